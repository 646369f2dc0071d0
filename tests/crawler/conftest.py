"""A small web on loopback: real sockets, real TLS, answers written byte by byte."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme


@dataclass(frozen=True)
class Hit:
    """One request as the server saw it."""

    scheme: str
    host: str
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]


@dataclass
class Web:
    """Hosts and what they answer; ``hits`` is every request in order of arrival."""

    http: int = 0
    https: int = 0
    answers: dict[tuple[str, str], object] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)

    def page(self, host: str, path: str, body: str | bytes, *, status: str = "200 OK", headers: str = "") -> None:
        """Answers ``path`` with HTML; ``headers`` are lines ended by CRLF."""
        data = body.encode() if isinstance(body, str) else body
        head = f"HTTP/1.1 {status}\r\n{headers}Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(data)}\r\n\r\n"
        self.answers[host, path] = head.encode("latin-1") + data

    def raw(self, host: str, path: str, answer: object) -> None:
        """Answers ``path`` with bytes as they are, with what a coroutine function writes, or with a list of such in turn."""
        self.answers[host, path] = answer

    def hosts_file(self, folder: Path, *names: str) -> Path:
        """A hosts file that leads ``names`` here."""
        path = folder / "hosts"
        path.write_text("".join(f"127.0.0.1:{self.http},{self.https}\t{name}\n" for name in names), "utf-8")
        return path

    def asked(self, host: str) -> list[str]:
        """The paths asked of one host, in order."""
        return [hit.path for hit in self.hits if hit.host == host]

    async def serve(self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                line, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
                method, path, _ = line.split(" ", 2)
                headers = tuple((name, value) for name, _, value in (one.partition(": ") for one in fields))
                host = next(value for name, value in headers if name.lower() == "host")
                self.hits.append(Hit(scheme, host, method, path, headers))
                answer = self.answers.get((f"{scheme}://{host}", path), self.answers.get((host, path)))
                if answer is None:
                    answer = self.answers.get((host, "*"), b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found")
                if isinstance(answer, list):  # one after the other, the last one for good
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
                if callable(answer):
                    await answer(writer)
                    break
                assert isinstance(answer, bytes)
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()


@contextmanager
def running() -> Iterator[Web]:
    """A running ``Web`` whose certificate names shop.example and www.shop.example."""
    served = Web()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    certificate = trustme.CA().issue_cert("shop.example", "www.shop.example", common_name="shop.example")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(tls)

    async def start() -> list[asyncio.Server]:
        servers = []
        for scheme, context in (("http", None), ("https", tls)):

            async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, scheme: str = scheme) -> None:
                await served.serve(scheme, reader, writer)

            servers.append(await asyncio.start_server(connected, "127.0.0.1", 0, ssl=context))
        served.http, served.https = (server.sockets[0].getsockname()[1] for server in servers)
        return servers

    def run() -> None:
        asyncio.set_event_loop(loop)
        servers = loop.run_until_complete(start())
        ready.set()
        loop.run_forever()
        for server in servers:
            server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(10)
    try:
        yield served
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


@pytest.fixture
def web() -> Iterator[Web]:
    """A web of one test's own."""
    with running() as served:
        yield served


@pytest.fixture(scope="module")
def shared_web() -> Iterator[Web]:
    """A web for all tests of a module."""
    with running() as served:
        yield served
