"""Answers of broken and hostile servers: what came is kept, every limit holds, only what is no HTTP is an error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from crawler.wire import MAX_FIELDS, EndpointRefusedError, Head, NotHttpError, Pool, Wire, connect, read_body, read_head

LIMIT = 1000
Sender = Callable[[asyncio.StreamWriter], Awaitable[None]]


def exchange(answer: bytes | Sender, *, piecewise: bool = False) -> tuple[Head | None, bytes, str | None, bool]:
    """Head, body, truncation and whether the connection may be used again, of one answer."""

    async def run() -> tuple[Head | None, bytes, str | None, bool]:
        serving: list[asyncio.Task[None] | None] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            serving.append(asyncio.current_task())
            await reader.readuntil(b"\r\n\r\n")
            try:
                if not isinstance(answer, bytes):
                    await answer(writer)
                elif piecewise:
                    for first, last in pairwise(range(len(answer) + 1)):
                        writer.write(answer[first:last])
                        await writer.drain()
                        await asyncio.sleep(0)
                else:
                    writer.write(answer)
                    await writer.drain()
            except ConnectionError:
                pass
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        try:
            port = server.sockets[0].getsockname()[1]
            wire = await connect([("127.0.0.1", port)], lambda *_: True, None, "shop.example", 5)
            wire.send(b"GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")
            try:
                async with asyncio.timeout(10):
                    head = await read_head(wire)
                    body = bytearray()
                    truncated, again = await read_body(wire, head, LIMIT, body) if head is not None else (None, False)
                return head, bytes(body), truncated, again
            finally:
                wire.close()
        finally:
            server.close()
            await asyncio.wait([task for task in serving if task is not None], timeout=5)
            await asyncio.sleep(0)

    return asyncio.run(run())


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize("piecewise", [False, True])
@pytest.mark.parametrize(
    ("answer", "body", "truncated", "again"),
    [
        (OK + b"Content-Length: 5\r\n\r\nhello", b"hello", None, True),
        (OK + b"Content-Length: 5\nX: y\n\nhello", b"hello", None, True),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nT: x\r\n\r\n", b"hello", None, True),
        (OK + b"\r\nuntil the end", b"until the end", None, False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", b"hello", None, False),
        (OK + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello", b"hello", None, False),
        (b"\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nhi", b"hi", None, True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b"", None, True),
        # too long: cut and kept
        (OK + b"Content-Length: 5000\r\n\r\n" + b"x" * 5000, b"x" * LIMIT, "length", False),
        (OK + b"\r\n" + b"x" * 5000, b"x" * LIMIT, "length", False),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n1388\r\n" + b"x" * 5000 + b"\r\n0\r\n\r\n", b"x" * LIMIT, "length", False),
        # lies about the length
        (OK + b"Content-Length: 50\r\n\r\nhello", b"hello", "disconnect", False),
        (OK + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello", b"hello", None, False),
        (OK + b"Content-Length: 5, 5\r\n\r\nhello", b"hello", None, True),
        (OK + b"Content-Length: -5\r\n\r\nhello", b"hello", None, False),
        (OK + b"Content-Length: 99999999999999999999999\r\n\r\nhello", b"hello", None, False),
        # broken chunks
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n", b"hello", "disconnect", False),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n50\r\nhello", b"hello", "disconnect", False),
    ],
)
def test_bodies(answer: bytes, body: bytes, truncated: str | None, again: bool, piecewise: bool) -> None:
    head, got, reason, reusable = exchange(answer, piecewise=piecewise and len(answer) < 500)
    assert head is not None
    assert (got, reason, reusable) == (body, truncated, again)


def test_fields_keep_order_case_and_repeats() -> None:
    head, _, _, _ = exchange(
        b"HTTP/1.1 404 Nicht da\r\nX-B: 1\r\nx-a:2 \r\nSET-Cookie: a=1\r\nset-cookie: b=2\r\nFold: one\r\n  two\r\nno colon\r\n\r\n"
    )
    assert head is not None
    assert (head.version, head.status, head.reason) == ("HTTP/1.1", 404, "Nicht da")
    assert head.fields == (("X-B", "1"), ("x-a", "2"), ("SET-Cookie", "a=1"), ("set-cookie", "b=2"), ("Fold", "one two"))


async def endless_fields(writer: asyncio.StreamWriter) -> None:
    writer.write(OK)
    while True:
        writer.write(b"X-Field: value\r\n" * 100)
        await writer.drain()


async def endless_line(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"X-Field: ")
    while True:
        writer.write(b"v" * 10_000)
        await writer.drain()


async def endless_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n" * 1000)
        await writer.drain()


@pytest.mark.parametrize("sender", [endless_fields, endless_line])
def test_endless_heads_are_cut_and_kept(sender: Sender) -> None:
    head, body, truncated, again = exchange(sender)
    assert head is not None
    assert head.status == 200
    assert head.cut
    assert len(head.fields) <= MAX_FIELDS
    assert (body, truncated, again) == (b"", "length", False)


def test_endless_small_chunks_end() -> None:
    _, body, truncated, _ = exchange(endless_chunks)
    assert (len(body), truncated) == (LIMIT, "length")


@pytest.mark.parametrize(
    "answer", [b"<html>no head</html>\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 99 low\r\n\r\n"]
)
def test_what_is_no_http_is_an_error(answer: bytes) -> None:
    with pytest.raises(NotHttpError):
        exchange(answer)


def test_a_flood_of_interim_answers_is_an_error() -> None:
    with pytest.raises(NotHttpError):
        exchange(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def test_a_connection_that_ends_at_once_gives_no_head() -> None:
    assert exchange(b"")[0] is None


def test_a_refused_endpoint_is_not_connected_to() -> None:
    async def run() -> int:
        met = 0

        async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal met
            met += 1
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(EndpointRefusedError):
            await connect([("127.0.0.1", port)], lambda *_: False, None, "shop.example", 5)
        await asyncio.sleep(0.05)
        server.close()
        return met

    assert asyncio.run(run()) == 0


def test_a_connection_with_something_left_over_is_not_used_again() -> None:
    async def run() -> tuple[bool, bool]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for extra in (b"", b"stray"):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(OK + b"Content-Length: 2\r\n\r\nhi" + extra)
                await writer.drain()
            await reader.read()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        pool, key = Pool(), ("shop.example", 80, False)
        wire = await connect([("127.0.0.1", port)], lambda *_: True, None, "shop.example", 5)
        kept: list[Wire | None] = []
        for _ in range(2):
            wire.send(b"GET / HTTP/1.1\r\n\r\n")
            head = await read_head(wire)
            assert head is not None
            await read_body(wire, head, LIMIT, bytearray())
            await asyncio.sleep(0.05)
            pool.give(key, wire)
            kept.append(pool.take(key))
        wire.close()
        server.close()
        await asyncio.sleep(0.05)
        return kept[0] is wire, kept[1] is None

    assert asyncio.run(run()) == (True, True)
