"""Records of any tool, read one at a time; damage is told and reading goes on behind it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.records import MAX_PAYLOAD, Damage, load, received, scan


def record(url: str, block: bytes, kind: str = "response", *, more: str = "") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n{more}"
    return (
        f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n".encode()
        + block
        + b"\r\n\r\n"
    )


def http(body: bytes, *headers: str) -> bytes:
    return ("HTTP/1.1 200 OK\r\n" + "".join(f"{line}\r\n" for line in headers) + "\r\n").encode("latin-1") + body


A = record("http://a.example/", http(b"one"))
B = record("<http://b.example/>", http(b"two"))


def read(path: Path) -> tuple[list[str], list[str]]:
    damage: list[Damage] = []
    return [found.url for found in scan(path, damage)], [part.what for part in damage]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_records_are_read_and_found_again_by_offset(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "x"
    path.write_bytes(pack(A) + pack(B))
    damage: list[Damage] = []
    found = list(scan(path, damage))
    assert [(one.url, one.payload, one.status) for one in found] == [
        ("http://a.example/", b"one", 200),
        ("http://b.example/", b"two", 200),
    ]
    assert [load(path, one.offset) for one in found] == found
    assert damage == []


def test_reading_goes_on_behind_a_damaged_member(tmp_path: Path) -> None:
    broken = bytearray(gzip.compress(A))
    broken[30] ^= 0xFF
    path = tmp_path / "x"
    path.write_bytes(bytes(broken) + gzip.compress(B))
    assert read(path) == (["http://b.example/"], ["is damaged"])


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_cut_record_is_not_taken_for_whole(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "x"
    path.write_bytes(pack(A) + pack(B)[:-12])
    assert read(path) == (["http://a.example/"], ["is cut off"])


def test_a_record_shorter_than_it_says_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(gzip.compress(A.replace(b"Content-Length: 2", b"Content-Length: 9")))
    assert read(path)[1] == ["holds a record shorter than it says"]


def test_junk_between_plain_records_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(A + b"junk\r\n" + B)
    assert read(path) == (["http://a.example/", "http://b.example/"], ["holds no record here"])


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"WARC/1.1\r\n", b"WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"])
def test_what_is_no_archive_is_told_once(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    urls, damage = read(path)
    assert (urls, len(damage)) == ([], 1)


def test_chunks_are_removed_where_there_are_any(tmp_path: Path) -> None:
    path = tmp_path / "x"
    chunked = http(b"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "Transfer-Encoding: chunked")
    already = http(b"abcde", "Transfer-Encoding: chunked")
    cut = http(b"3\r\nabc\r\n5\r\nde", "Transfer-Encoding: chunked")
    path.write_bytes(b"".join(record("http://a.example/", block) for block in (chunked, already, cut)))
    assert [one.payload for one in scan(path, [])] == [b"abcde"] * 3


def test_an_endless_payload_is_cut_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(gzip.compress(record("http://a.example/", http(b"\0" * (MAX_PAYLOAD + 9)))) + gzip.compress(B))
    first, second = scan(path, [])
    assert (len(first.payload), first.truncated, second.url) == (MAX_PAYLOAD, "length", "http://b.example/")


def test_headers_that_tools_set_aside_come_back() -> None:
    assert received((("x-archive-orig-transfer-encoding", "chunked"), ("A", "b"))) == (("transfer-encoding", "chunked"), ("A", "b"))
