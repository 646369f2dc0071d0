"""Removes content encodings with bounded memory: at most two layers, and no more output than asked for."""

from __future__ import annotations

import sys
import zlib
from typing import Protocol

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["MAX_LAYERS", "decode"]

MAX_LAYERS = 2  # servers use one, a proxy may add another; more is an attack
_STEP = 64 * 1024


class _Layer(Protocol):
    def feed(self, data: bytes, room: int) -> bytes: ...

    def ended(self) -> bool: ...


class _Zlib:
    """gzip (several members too), or deflate with and without its zlib header."""

    def __init__(self, kind: str) -> None:
        self._wbits = 31 if kind == "gzip" else 15
        self._gzip = kind == "gzip"
        self._engine = zlib.decompressobj(self._wbits)
        self._started = False

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        while data and len(out) < room:
            try:
                out += self._engine.decompress(data, room - len(out))
            except zlib.error:
                if self._started or self._gzip:
                    raise
                self._engine = zlib.decompressobj(-15)  # "deflate" is often sent raw
                self._started = True
                continue
            self._started = True
            data = self._engine.unconsumed_tail
            if self._engine.eof:
                data = self._engine.unused_data if self._gzip else b""
                if not data.startswith(b"\x1f\x8b"):
                    break  # junk after the end is left out
                self._engine = zlib.decompressobj(self._wbits)
        return bytes(out)

    def ended(self) -> bool:
        return self._engine.eof


class _Brotli:
    def __init__(self) -> None:
        self._engine = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray(self._engine.process(data, output_buffer_limit=room))
        while len(out) < room and not self._engine.can_accept_more_data():
            more = self._engine.process(b"", output_buffer_limit=room - len(out))
            if not more:
                break
            out += more
        return bytes(out)

    def ended(self) -> bool:
        return bool(self._engine.is_finished())


class _Zstd:
    def __init__(self) -> None:
        # A window above 8 MiB is more than RFC 9659 allows on the web.
        self._engine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})

    def feed(self, data: bytes, room: int) -> bytes:
        return bytes(self._engine.decompress(data, room)) if not self._engine.eof else b""

    def ended(self) -> bool:
        return bool(self._engine.eof)


def _layer(name: str) -> _Layer | None:
    if name in ("gzip", "x-gzip"):
        return _Zlib("gzip")
    if name == "deflate":
        return _Zlib("deflate")
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    return None


def decode(body: bytes, content_encoding: str, limit: int) -> tuple[bytes, bool]:
    """The body without its content encodings, at most ``limit`` bytes, and whether all of it was recovered.

    What decodes before an error is kept. An unknown encoding, or more than ``MAX_LAYERS`` layers, leaves the body as it is.
    """
    names = [name for name in (part.strip().lower() for part in content_encoding[:200].split(",")) if name and name != "identity"]
    if not names:
        return body[:limit], len(body) <= limit
    if len(names) > MAX_LAYERS:
        return body[:limit], False
    whole = True
    for name in reversed(names):
        layer = _layer(name)
        if layer is None:
            return body[:limit], False
        body, complete = _run(layer, body, limit)
        whole = whole and complete
    return body, whole


def _run(layer: _Layer, body: bytes, limit: int) -> tuple[bytes, bool]:
    out = bytearray()
    for start in range(0, len(body), _STEP):
        if len(out) > limit:
            break
        try:
            out += layer.feed(body[start : start + _STEP], limit + 1 - len(out))
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError, ValueError):
            if not out and start == 0:
                return body[:limit], False  # declared, but never encoded so
            return bytes(out[:limit]), False
    return bytes(out[:limit]), len(out) <= limit and layer.ended()
