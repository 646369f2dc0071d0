"""Serves one episode on loopback: real HTTP/1.1 and TLS, headers byte for byte as declared, an access log for tests.

Every address of the episode gets a plain and a TLS port chosen by the system, so nobody needs root or a fixed port.
Where only 127.0.0.1 exists (macOS), all sites share it: shared addresses then say nothing, which is class B anyway.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from samehand.demo.world import Episode, KeyPair, Reply, Site

__all__ = ["Access", "Serving", "serve"]

_MAX_HEAD = 65536
_IDLE_SECONDS = 30
_GOODBYE_SECONDS = 1.0
_NO_HOST = Reply(421, (("Content-Type", "text/plain"), ("Content-Length", "17")), b"No such host here")
_NO_METHOD = Reply(405, (("Allow", "GET, HEAD"), ("Content-Type", "text/plain"), ("Content-Length", "15")), b"Only GET, HEAD\n")


@dataclass(frozen=True, slots=True)
class Access:
    """One request as it came in."""

    scheme: str
    method: str
    host: str
    path: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Serving:
    """An episode on the air. ``hosts`` is the text of a hosts(5) file with ports; ``accesses`` grows while it runs."""

    hosts: str
    accesses: list[Access]
    ports: dict[str, tuple[str, int, int]]


@contextlib.contextmanager
def serve(episode: Episode) -> Iterator[Serving]:
    """Serve ``episode`` from a thread of this process until the block ends. Raises OSError when loopback cannot be bound."""
    by_address: dict[str, list[Site]] = {}
    for site in episode.sites:
        by_address.setdefault(site.address, []).append(site)
    with contextlib.ExitStack() as stack:
        keys = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samehand-demo-")))
        accesses: list[Access] = []
        listeners: list[tuple[socket.socket, _Host]] = []
        lines: list[str] = []
        ports: dict[str, tuple[str, int, int]] = {}
        for number, (address, sites) in enumerate(sorted(by_address.items())):
            plain, secure = _listen(address), _listen(address)
            stack.callback(plain.close)
            stack.callback(secure.close)
            bound, http = plain.getsockname()[:2]
            https = secure.getsockname()[1]
            names = {name: site for site in sites for name in (site.host, *site.aliases)}
            listeners.append((plain, _Host("http", names, accesses, None)))
            listeners.append((secure, _Host("https", names, accesses, _tls(names, keys / str(number)))))
            for name in names:
                lines.append(f"{bound}:{http},{https} {name}\n")
                ports[name] = (bound, http, https)
        with _loop_in_thread() as loop:
            servers = asyncio.run_coroutine_threadsafe(_start(listeners), loop).result()
            try:
                yield Serving("".join(lines), accesses, ports)
            finally:
                asyncio.run_coroutine_threadsafe(_stop(servers), loop).result()


@dataclass(frozen=True, slots=True)
class _Host:
    """What one listening socket answers for."""

    scheme: str
    names: dict[str, Site]
    accesses: list[Access]
    tls: ssl.SSLContext | None

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until either side closes it."""
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            pass  # a client that breaks off or sends nonsense ends its own connection, nothing else
        except asyncio.CancelledError:
            writer.transport.abort()  # the episode is over: no goodbye is waited for
            raise
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        raw = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _IDLE_SECONDS)
        first, *rest = raw.decode("latin-1").split("\r\n")
        method, target, version = first.split(" ", 2)
        headers = {key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in rest)}
        host = headers.get("host", "").partition(":")[0].lower()
        path = target.partition("#")[0]
        if length := int(headers.get("content-length", "0")):
            await reader.readexactly(min(length, _MAX_HEAD))
        self.accesses.append(Access(self.scheme, method, host, path, headers.get("user-agent", "")))
        reply = self._reply(method, host, path)
        head = f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in reply.headers)
        writer.write(head.encode("latin-1") + b"\r\n" + (b"" if method == "HEAD" else reply.body))
        await writer.drain()
        closing = any(name.lower() == "connection" and value.lower() == "close" for name, value in reply.headers)
        return not closing and headers.get("connection", "").lower() != "close" and version != "HTTP/1.0"

    def _reply(self, method: str, host: str, path: str) -> Reply:
        site = self.names.get(host)
        if site is None:
            return _NO_HOST
        if method not in ("GET", "HEAD"):
            return _NO_METHOD
        if host != site.host:
            where = (("Location", f"{self.scheme}://{site.host}{path}"), ("Content-Length", "0"))
            return Reply(301, where, b"")
        return site.reply(path)


def _listen(address: str) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((address, 0))
    except OSError:
        try:
            listening.bind(("127.0.0.1", 0))
        except OSError:
            listening.close()
            raise
    listening.listen(128)
    listening.setblocking(False)
    return listening


def _tls(names: dict[str, Site], stem: Path) -> ssl.SSLContext:
    """The context of one address: SNI picks the certificate, an unknown or plain-only name is refused."""
    contexts: dict[str, ssl.SSLContext] = {}
    made: dict[bytes, ssl.SSLContext] = {}
    for name, site in names.items():
        if site.key_pair is not None:
            pair = site.key_pair
            if pair.certificate not in made:
                made[pair.certificate] = _context(pair, stem.with_name(f"{stem.name}-{len(made)}.pem"))
            contexts[name] = made[pair.certificate]

    def pick(connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> int | None:
        chosen = contexts.get((name or "").lower())
        if chosen is None:
            return ssl.AlertDescription.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = chosen
        return None

    front = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    front.sni_callback = pick
    return front


def _context(pair: KeyPair, path: Path) -> ssl.SSLContext:
    path.write_bytes(pair.key + pair.certificate)  # OpenSSL reads files only; the folder is private and short-lived
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def _start(listeners: list[tuple[socket.socket, _Host]]) -> list[asyncio.Server]:
    started = []
    for listening, host in listeners:
        goodbye = _GOODBYE_SECONDS if host.tls else None
        server = asyncio.start_server(host.answer, sock=listening, ssl=host.tls, limit=_MAX_HEAD, ssl_shutdown_timeout=goodbye)
        started.append(await server)
    return started


async def _stop(servers: list[asyncio.Server]) -> None:
    loop = asyncio.get_running_loop()
    for server in servers:
        for listening in server.sockets:
            loop.remove_reader(listening.fileno())
    await _settle()  # a connection accepted this moment is attached to its server first, or its socket would be lost
    for server in servers:
        server.close()
    # Connections kept alive would outlast the episode: end them with the block.
    current = asyncio.current_task()
    running = [task for task in asyncio.all_tasks() if task is not current]
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await _settle()  # aborted transports close their sockets in the turn after


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@contextlib.contextmanager
def _loop_in_thread() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="samehand-demo-server", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
