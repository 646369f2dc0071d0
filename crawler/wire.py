"""HTTP/1.1 over one connection, read as it comes: fields in order and case, and whatever a broken server sends is kept.

Libraries refuse an answer for one stray byte, a doubled length or a field too many, and a shop that sends those would be
invisible to us while browsers show it. Here every limit cuts and marks, and only what is no HTTP at all is an error.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["EndpointRefusedError", "Head", "NotHttpError", "Pool", "Wire", "connect", "read_body", "read_head"]

MAX_FIELDS = 256  # header fields of one answer; curl stops at 5,000, Node at 1,000, shops send about 30
MAX_HEAD = 64 * 1024  # bytes of all of them
_MAX_INTERIM = 20  # 1xx answers before the real one; early hints send a few
_MAX_CHUNKS = 50_000  # of one body; 5 MiB in chunks of a hundred bytes
_MAX_BUFFER = 256 * 1024  # bytes that wait to be read before the sender is held up
_STATUS = re.compile(rb"HTTP/(\d)(?:\.(\d))?[ \t]{1,10}(\d{3})(?:[ \t]+(.*))?", re.DOTALL)
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;.*)?", re.DOTALL)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)


class NotHttpError(Exception):
    """What came back has no status line; the message says what came instead."""


class EndpointRefusedError(Exception):
    """An address that may not be connected to."""


@dataclass(frozen=True, slots=True)
class Head:
    """A status line and its fields as received (Latin-1). ``cut`` when there were more fields than are read."""

    version: str
    status: int
    reason: str
    fields: tuple[tuple[str, str], ...]
    cut: bool = False

    def all(self, name: str) -> list[str]:
        """The values of every field of that name, in order."""
        return [value for key, value in self.fields if key.lower() == name]


class Wire(asyncio.Protocol):
    """One connection: what has come is read from a bounded buffer."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._ended = False
        self._waiter: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._held = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        self._buffer += data
        if len(self._buffer) > _MAX_BUFFER and not self._held and self._transport is not None:
            self._held = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """Called by asyncio."""
        self._ended = True
        self._wake()
        return False

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        """Called by asyncio."""
        self._ended = True
        self._wake()

    @property
    def idle(self) -> bool:
        """Whether another request may be sent: nothing waits to be read and nobody hung up."""
        return not self._ended and not self._buffer and self._transport is not None and not self._transport.is_closing()

    def info(self, name: str) -> Any:
        """A transport's extra information."""
        return self._transport.get_extra_info(name) if self._transport is not None else None

    def send(self, data: bytes) -> None:
        """Sends a request."""
        if self._transport is not None:
            self._transport.write(data)

    def close(self) -> None:
        """Ends the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    async def line(self, limit: int) -> bytes | None:
        """The next line without its end; None when the connection ends first; cut at ``limit`` bytes (its rest comes next)."""
        searched = 0
        while (at := self._buffer.find(b"\n", searched)) < 0:
            if len(self._buffer) >= limit:
                return self._take(limit)
            searched = len(self._buffer)
            if not await self._more():
                return None
        line = self._take(at + 1)
        return line[:-2] if line.endswith(b"\r\n") else line[:-1]

    async def some(self, most: int) -> bytes:
        """At least one and at most ``most`` bytes; nothing when the connection has ended."""
        if not self._buffer and not await self._more():
            return b""
        return self._take(most)

    async def _more(self) -> bool:
        size = len(self._buffer)
        while len(self._buffer) == size:
            if self._ended:
                return False
            if self._held and self._transport is not None:
                self._held = False
                self._transport.resume_reading()
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return True

    def _take(self, most: int) -> bytes:
        taken = bytes(self._buffer[:most])
        del self._buffer[:most]
        if self._held and len(self._buffer) < _MAX_BUFFER // 2 and self._transport is not None:
            self._held = False
            self._transport.resume_reading()
        return taken

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


async def read_head(wire: Wire) -> Head | None:
    """The head of the next answer, interim ones left out; None when the connection ended before its first byte."""
    for _ in range(_MAX_INTERIM):
        line = await wire.line(MAX_HEAD)
        while line is not None and not line.strip():
            line = await wire.line(MAX_HEAD)
        if line is None:
            return None
        found = _STATUS.fullmatch(line)
        if found is None:
            raise NotHttpError("the answer does not begin with a status line")
        fields, cut = await _fields(wire)
        status = int(found[3])
        if 100 <= status < 200 and status != 101 and not cut:
            continue
        version = f"HTTP/{found[1].decode()}.{(found[2] or b'0').decode()}"
        return Head(version, status, (found[4] or b"").strip().decode("latin-1"), tuple(fields), cut)
    raise NotHttpError("only interim answers came")


async def _fields(wire: Wire) -> tuple[list[tuple[str, str]], bool]:
    fields: list[tuple[str, str]] = []
    room = MAX_HEAD
    while True:
        line = await wire.line(room + 1)
        if line is None or not line:
            return fields, False
        room -= len(line) + 2
        if room < 0 or len(fields) >= MAX_FIELDS:
            return fields, True
        text = line.decode("latin-1")
        if text[0] in " \t" and fields:  # a folded line belongs to the field before it
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {text.strip()}".strip())
            continue
        name, colon, value = text.partition(":")
        if colon and name.strip():
            fields.append((name.strip(), value.strip(" \t\r")))


async def read_body(wire: Wire, head: Head, limit: int, into: bytearray) -> tuple[str | None, bool]:
    """Reads the body into ``into``, at most ``limit`` bytes of it.

    Gives the WARC-Truncated reason (None when all came) and whether the connection may be used again. What has come stays
    in ``into`` when the caller's clock cancels the reading.
    """
    if head.cut:
        return "length", False
    if head.status in (204, 304):
        return None, _keeps(head)
    codings = ",".join(head.all("transfer-encoding")).lower()
    if "chunked" in codings:
        return await _chunks(wire, limit, into, keeps=_keeps(head))
    lengths = [part.strip() for value in head.all("content-length") for part in value.split(",")]
    if lengths and all(_LENGTH.fullmatch(length) for length in lengths):
        length = min(map(int, lengths))  # of two that differ the larger is never believed
        reason = await _take(wire, min(length, limit), into)
        if reason is None and length > limit:
            reason = "length"
        return reason, reason is None and len(set(lengths)) == 1 and _keeps(head)
    while len(into) <= limit:
        piece = await wire.some(limit + 1 - len(into))
        if not piece:
            return None, False
        into += piece
    del into[limit:]
    return "length", False


async def _take(wire: Wire, size: int, into: bytearray) -> str | None:
    end = len(into) + size
    while len(into) < end:
        piece = await wire.some(end - len(into))
        if not piece:
            return "disconnect"
        into += piece
    return None


async def _chunks(wire: Wire, limit: int, into: bytearray, *, keeps: bool) -> tuple[str | None, bool]:
    for _ in range(_MAX_CHUNKS):
        line = await wire.line(4096)
        found = _CHUNK.fullmatch(line) if line is not None else None
        if found is None:
            return "disconnect", False
        size = int(found[1], 16)
        if size == 0:
            _, cut = await _fields(wire)  # trailers
            return None, keeps and not cut
        room = limit - len(into)
        reason = await _take(wire, min(size, room), into)
        if reason is not None or size > room:
            return reason or "length", False
        if await wire.line(2) is None:
            return "disconnect", False
    return "length", False


def _keeps(head: Head) -> bool:
    said = ",".join(head.all("connection")).lower()
    return head.status != 101 and "close" not in said and (head.version == "HTTP/1.1" or "keep-alive" in said)


class Pool:
    """Connections that wait to be used again, a few for each destination."""

    _KEEP = 8.0  # seconds; servers close idle connections after five to fifteen
    _MOST = 4  # for one destination

    def __init__(self) -> None:
        self._idle: dict[tuple[str, int, bool], list[tuple[float, Wire]]] = {}

    def take(self, key: tuple[str, int, bool]) -> Wire | None:
        """A connection to (host, port, TLS) that is still open, the one used last."""
        waiting = self._idle.get(key, [])
        now = asyncio.get_running_loop().time()
        while waiting:
            since, wire = waiting.pop()
            if wire.idle and now - since < self._KEEP:
                return wire
            wire.close()
        self._idle.pop(key, None)
        return None

    def give(self, key: tuple[str, int, bool], wire: Wire) -> None:
        """Keeps a connection for the next request, or closes it."""
        now = asyncio.get_running_loop().time()
        waiting = self._idle.setdefault(key, [])
        if not wire.idle or len(waiting) >= self._MOST:
            wire.close()
            return
        waiting.append((now, wire))
        if len(self._idle) > 200:
            self._sweep(now)

    def close(self) -> None:
        """Closes all."""
        for waiting in self._idle.values():
            for _, wire in waiting:
                wire.close()
        self._idle.clear()

    def _sweep(self, now: float) -> None:
        for key in list(self._idle):
            fresh: list[tuple[float, Wire]] = []
            for since, wire in self._idle[key]:
                if now - since < self._KEEP and wire.idle:
                    fresh.append((since, wire))
                else:
                    wire.close()
            if fresh:
                self._idle[key] = fresh
            else:
                del self._idle[key]


async def connect(
    endpoints: Sequence[tuple[str, int]], allowed: Callable[[str, int], bool], tls: ssl.SSLContext | None, host: str, seconds: float
) -> Wire:
    """A connection to the first endpoint that takes one, each checked by ``allowed`` just before.

    Raises OSError (TimeoutError and ssl.SSLError among them); ``EndpointRefusedError`` when ``allowed`` refuses an address.
    """
    loop = asyncio.get_running_loop()
    failure: OSError = OSError("no address to connect to")
    async with asyncio.timeout(seconds):
        for address, port in endpoints[:4]:
            if not allowed(address, port):
                raise EndpointRefusedError(f"{address} may not be connected to")
            try:
                named = host if tls is not None else None
                _, wire = await loop.create_connection(Wire, address, port, ssl=tls, server_hostname=named)
            except OSError as error:
                failure = error
            else:
                return wire
    raise failure
