"""Content encodings: what servers send comes back whole, bombs and torn bodies stay bounded."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest

from crawler.decode import decode, zstd

TEXT = b"".join(b"<p>album %d</p>" % number for number in range(20_000))


def raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@pytest.mark.parametrize("name", ENCODERS)
def test_each_encoding_comes_back(name: str) -> None:
    sent = ENCODERS[name](TEXT)
    assert decode(sent, name.upper(), len(TEXT)) == (TEXT, True)
    assert decode(sent, name, 1000) == (TEXT[:1000], False)
    torn, whole = decode(sent[: len(sent) // 2], name, len(TEXT))
    assert TEXT.startswith(torn)
    assert not whole
    assert decode(b"<html>never encoded", name, 100) == (b"<html>never encoded", False)


@pytest.mark.parametrize("name", ENCODERS)
def test_a_bomb_gives_no_more_than_asked_for(name: str) -> None:
    out, whole = decode(ENCODERS[name](bytes(8 << 20)), name, 1 << 20)
    assert (len(out), whole) == (1 << 20, False)


def test_two_layers_are_undone_and_three_are_not() -> None:
    twice = brotli.compress(gzip.compress(TEXT))
    assert decode(twice, "gzip, br", len(TEXT)) == (TEXT, True)
    thrice = gzip.compress(twice)
    assert decode(thrice, "gzip, br, gzip", len(TEXT)) == (thrice, False)


def test_odd_forms_that_browsers_read() -> None:
    assert decode(raw_deflate(TEXT), "deflate", len(TEXT)) == (TEXT, True)
    assert decode(gzip.compress(b"a") + gzip.compress(b"b"), "gzip", 10) == (b"ab", True)
    assert decode(gzip.compress(b"a") + b"junk", "gzip", 10) == (b"a", True)
    assert decode(b"plain", "identity", 10) == (b"plain", True)
    assert decode(b"odd", "compress", 10) == (b"odd", False)
