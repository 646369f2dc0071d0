"""WARC records one at a time, read from files of any tool, torn ones too.

warcio parses the records; the gzip members are taken apart here, because warcio takes a record that was cut
off for a whole one and stops without a word at the first damaged member.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

__all__ = ["KEPT_NAME", "MAX_PAYLOAD", "Damage", "Record", "is_one_member", "load", "received", "scan"]

#: Bytes of one record's payload that are kept in memory; more is cut and marked.
MAX_PAYLOAD = 32 * 1024 * 1024
_MAX_RECORD = MAX_PAYLOAD + 1024 * 1024
_CHUNK = 256 * 1024
_MAGIC = b"\x1f\x8b\x08"
#: What archiving tools put before the name of a header that no longer holds for the archived bytes.
KEPT_NAME = "X-Archive-Orig-"


@dataclass(frozen=True, slots=True)
class Damage:
    """What of a file could not be read: where, and why in one clause."""

    path: Path
    offset: int
    what: str


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record. ``payload`` has the transfer encoding removed, the content encoding kept; ``headers`` and
    ``status`` (0 for none) are those of the HTTP message; ``offset`` is where the record starts in its file."""

    kind: str
    url: str
    date: str
    offset: int
    payload: bytes
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    reason: str = ""
    version: str = "HTTP/1.1"
    method: str = ""

    def field(self, name: str) -> str | None:
        """The WARC field of that name, case-insensitively."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)

    def header(self, name: str) -> str | None:
        """The first HTTP header of that name, case-insensitively."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def truncated(self) -> str | None:
        """The WARC-Truncated reason; ``length`` where reading cut the payload."""
        return self.field("WARC-Truncated") or ("length" if self.cut else None)


def scan(path: Path, damage: list[Damage]) -> Iterator[Record]:
    """Every readable record of a WARC file, gzipped or not; what could not be read is added to ``damage``."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head.startswith(_MAGIC[:2]):
            yield from _scan_gzip(path, file, damage)
        elif head == b"WARC":
            yield from _scan_plain(path, file, damage)
        elif head:
            damage.append(Damage(path, 0, "is no WARC file"))
        else:
            damage.append(Damage(path, 0, "is empty"))


def load(path: Path, offset: int) -> Record | None:
    """The record that starts at ``offset``; None where none can be read there."""
    with path.open("rb") as file:
        file.seek(offset)
        head = file.read(4)
        file.seek(offset)
        if head.startswith(_MAGIC[:2]):
            for _, data, _ in _members(path, file, offset, []):
                return _parse(data, offset)
        elif head == b"WARC":
            return _parse(file.read(_MAX_RECORD), offset)
    return None


def is_one_member(path: Path) -> bool:
    """True for a gzip file that holds several records in one member: it has to be unpacked to be read by offset."""
    with path.open("rb") as file:
        for _, data, _ in _members(path, file, 0, []):
            end = _end(data)
            return end is not None and data[end:].lstrip(b"\r\n").startswith(b"WARC/")
    return False


def _scan_gzip(path: Path, file: BinaryIO, damage: list[Damage]) -> Iterator[Record]:
    for offset, data, cut in _members(path, file, 0, damage):
        if not data.strip():
            continue
        record = _parse(data, offset)
        if record is None:
            damage.append(Damage(path, offset, "holds a record that cannot be parsed"))
        else:
            end = _end(data)
            if end is not None and end > len(data) and not cut:
                damage.append(Damage(path, offset, "holds a record shorter than it says"))
            yield record


def _members(path: Path, file: BinaryIO, offset: int, damage: list[Damage]) -> Iterator[tuple[int, bytes, bool]]:
    """Each gzip member: where it starts, what it holds (at most ``_MAX_RECORD`` bytes), and whether that was cut."""
    pending = b""
    while True:
        if not pending:
            pending = file.read(_CHUNK)
        stripped = pending.lstrip(b"\0")
        offset += len(pending) - len(stripped)
        pending = stripped
        if not pending:
            if not file.peek(1) if isinstance(file, io.BufferedReader) else True:
                return
            continue
        start = offset
        engine = zlib.decompressobj(31)
        out = bytearray()
        size = 0
        try:
            while not engine.eof:
                if not pending:
                    pending = file.read(_CHUNK)
                    if not pending:
                        break
                piece = engine.decompress(pending, _CHUNK * 4)
                rest = engine.unused_data if engine.eof else engine.unconsumed_tail
                offset += len(pending) - len(rest)
                pending = rest
                size += len(piece)
                out += piece[: max(0, _MAX_RECORD - len(out))]
        except zlib.error:
            damage.append(Damage(path, start, "is damaged"))
            following = _next_magic(file, start + 1)
            if following is None:
                return
            file.seek(following)
            offset, pending = following, b""
            continue
        if not engine.eof:
            damage.append(Damage(path, start, "is cut off"))
            return
        yield start, bytes(out), size > len(out)


def _next_magic(file: BinaryIO, offset: int) -> int | None:
    file.seek(offset)
    held = b""
    while chunk := file.read(_CHUNK):
        held += chunk
        at = held.find(_MAGIC)
        if at >= 0:
            return offset + at
        offset += max(0, len(held) - 2)
        held = held[-2:]
    return None


def _scan_plain(path: Path, file: BinaryIO, damage: list[Damage]) -> Iterator[Record]:
    offset = 0
    size = path.stat().st_size
    while offset < size:
        file.seek(offset)
        data = file.read(64 * 1024)
        skipped = len(data) - len(data.lstrip(b"\r\n"))
        if skipped:
            offset += skipped
            continue
        end = _end(data) if data.startswith(b"WARC/") else None
        if end is None:
            damage.append(Damage(path, offset, "holds no record here"))
            following = _next_plain(file, offset + 1)
            if following is None:
                return
            offset = following
            continue
        if end > len(data):
            file.seek(offset)
            data = file.read(min(end, _MAX_RECORD))
        if offset + end > size:
            damage.append(Damage(path, offset, "is cut off"))
            return
        record = _parse(data[:end], offset)
        if record is None:
            damage.append(Damage(path, offset, "holds a record that cannot be parsed"))
        else:
            yield record
        offset += end


def _next_plain(file: BinaryIO, offset: int) -> int | None:
    file.seek(offset)
    held = b""
    while chunk := file.read(_CHUNK):
        held += chunk
        at = held.find(b"\r\nWARC/1.")
        if at >= 0:
            return offset + at + 2
        offset += max(0, len(held) - 16)
        held = held[-16:]
    return None


_LENGTH = re.compile(rb"\r?\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r?\n", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def _end(data: bytes) -> int | None:
    """How many bytes the record at the start of ``data`` says to take, its head included."""
    head = _HEAD_END.search(data[: 64 * 1024])
    if head is None:
        return None
    length = _LENGTH.search(data[: head.start() + 2])
    return head.end() + int(length[1]) if length else None


def _parse(data: bytes, offset: int) -> Record | None:
    if not data.startswith(b"WARC/"):
        return None
    try:
        found = ArcWarcRecordLoader(verify_http=False, arc2warc=False).parse_record_stream(io.BytesIO(data), known_format="warc")
        block = found.raw_stream.read(MAX_PAYLOAD + 1)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError, IndexError, TypeError):
        return None
    fields = tuple((str(key), str(value)) for key, value in found.rec_headers.headers)
    url = (found.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    record = Record(
        kind=str(found.rec_type or ""),
        url=url,
        date=found.rec_headers.get_header("WARC-Date") or "",
        offset=offset,
        payload=block[:MAX_PAYLOAD],
        fields=fields,
        cut=len(block) > MAX_PAYLOAD,
    )
    message = found.http_headers
    if message is None:
        return record
    headers = tuple((str(key), str(value)) for key, value in message.headers)
    payload = record.payload
    if any(key.lower() == "transfer-encoding" and "chunked" in value.lower() for key, value in headers):
        payload = _unchunk(payload)
    status, reason = 0, ""
    words = (message.statusline or "").split(None, 1)
    if record.kind != "request" and words and words[0].isdigit() and len(words[0]) == 3:
        status, reason = int(words[0]), words[1].strip() if len(words) > 1 else ""
    version = str(message.protocol or "HTTP/1.1")
    return replace(
        record,
        payload=payload,
        status=status,
        reason=reason,
        version=version,
        headers=headers,
        method=version if record.kind == "request" else "",
    )


_CHUNK_HEAD = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")


def _unchunk(body: bytes) -> bytes:
    """The body without its chunks; as it is where it has none (several tools remove them and keep the header)."""
    out = bytearray()
    at = 0
    while head := _CHUNK_HEAD.match(body, at):
        size = int(head[1], 16)
        if size == 0:
            return bytes(out)
        out += body[head.end() : head.end() + size]
        at = head.end() + size
        if at >= len(body):
            return bytes(out)
        if body[at : at + 2] == b"\r\n":
            at += 2
        elif body[at : at + 1] == b"\n":
            at += 1
        else:
            return body if not out else bytes(out)
    return bytes(out) if out else body


def received(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Headers as the server sent them: names that archiving tools set aside come back under their own name."""
    size = len(KEPT_NAME)
    return tuple((key[size:] if key.lower().startswith(KEPT_NAME.lower()) else key, value) for key, value in headers)
