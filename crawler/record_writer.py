"""WARC 1.1 records written by warcio, with ids and bytes that repeat when the input does."""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from collections.abc import Mapping
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.records import KEPT_NAME

__all__ = ["RecordWriter"]


class _AsReceived(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers written in Latin-1, byte for byte; warcio would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002
        lines = [f"{self.protocol} {self.statusline}".rstrip() if self.statusline else self.protocol]
        lines += [f"{_line(name)}: {_line(value)}" for name, value in self.headers]
        self.headers_buff = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ").replace("\0", "")


class RecordWriter:
    """Writes WARC 1.1 records to ``out``, one gzip member each; equal calls give equal bytes."""

    def __init__(self, out: BinaryIO, name: str) -> None:
        self._out = out
        self._name = name
        self._count = 0
        self._payloads: dict[str, tuple[str, str]] = {}

    def _id(self, kind: str, url: str, content: bytes) -> str:
        self._count += 1
        name = f"samehand\n{self._name}\n{self._count}\n{kind}\n{url}\n{hashlib.sha256(content).hexdigest()}"
        return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"

    def _write(
        self, kind: str, url: str, fields: Mapping[str, str], block: bytes, *, http: StatusAndHeaders | None = None, media: str = ""
    ) -> None:
        plain = io.BytesIO()
        writer = WARCWriter(plain, gzip=False, warc_version="WARC/1.1")
        record = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(block),
            length=len(block),
            http_headers=http,
            warc_headers_dict=dict(fields),
            warc_content_type=media,
        )
        writer.write_record(record)
        engine = zlib.compressobj(6, zlib.DEFLATED, 31)
        self._out.write(engine.compress(plain.getvalue()) + engine.flush())

    def information(self, date: str, filename: str, facts: Mapping[str, str]) -> None:
        """The ``warcinfo`` record that opens a file."""
        block = "".join(f"{key}: {_line(value)}\r\n" for key, value in facts.items()).encode()
        fields = {"WARC-Record-ID": self._id("warcinfo", filename, block), "WARC-Date": date, "WARC-Filename": filename}
        self._write("warcinfo", "", fields, block, media="application/warc-fields")

    def metadata(self, url: str, date: str, content: bytes) -> None:
        """A ``metadata`` record of JSON."""
        fields = {"WARC-Record-ID": self._id("metadata", url, content), "WARC-Date": date}
        self._write("metadata", url, fields, content, media="application/json")

    def response(
        self,
        url: str,
        date: str,
        status_line: tuple[str, int, str],
        headers: tuple[tuple[str, str], ...],
        body: bytes,
        *,
        address: str | None,
        truncated: str | None,
    ) -> str:
        """A ``response`` record, or a ``revisit`` where this file holds the payload already; its id is given back."""
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        version, status, reason = status_line
        kept = [(KEPT_NAME + name if name.lower() == "transfer-encoding" else name, value) for name, value in headers]
        http = _AsReceived(_line(f"{status} {reason}".strip()), kept, protocol=version)
        known = self._payloads.get(digest) if body else None
        kind = "revisit" if known else "response"
        record_id = self._id(kind, url, repr((headers, digest)).encode("utf-8", "replace"))
        fields = {"WARC-Record-ID": record_id, "WARC-Date": date, "WARC-Payload-Digest": digest}
        if address:
            fields["WARC-IP-Address"] = address
        if truncated:
            fields["WARC-Truncated"] = truncated
        if known:
            fields["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
            fields["WARC-Refers-To-Target-URI"], fields["WARC-Refers-To-Date"] = known
        else:
            self._payloads.setdefault(digest, (url, date))
        self._write(kind, url, fields, b"" if known else body, http=http)
        return record_id

    def request(
        self, url: str, date: str, method: str, target: str, headers: tuple[tuple[str, str], ...], answered_by: str
    ) -> None:
        """The ``request`` record that belongs to the response ``answered_by``."""
        http = _AsReceived(_line(f"{target} HTTP/1.1"), list(headers), protocol=_line(method))
        content = repr((method, target, headers)).encode("utf-8", "replace")
        fields = {"WARC-Record-ID": self._id("request", url, content), "WARC-Date": date, "WARC-Concurrent-To": answered_by}
        self._write("request", url, fields, b"", http=http)
