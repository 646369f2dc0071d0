"""One week's web on loopback: every shop at its own 127.x address, plain and TLS, headers in the order its server sends them."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import ssl
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.half_year.pages import Answer
from benchmarks.half_year.shops import Shop, Stack

__all__ = ["Front", "certificate", "serve"]

_NO_LISTENER = 9  # the discard port: nothing answers there


@dataclass(frozen=True, slots=True)
class Front:
    """What one host answers this week: ``out`` is how it fails, empty when it does not."""

    shop: Shop
    answers: Mapping[str, Answer]
    out: str


@contextlib.contextmanager
def serve(fronts: Mapping[str, Front], when: datetime) -> Iterator[str]:
    """Serve until the block ends; yields the text of the hosts file."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="half-year", daemon=True)
    thread.start()
    with tempfile.TemporaryDirectory(prefix="half-year-") as keys:
        context = _tls(fronts, Path(keys))

        async def start() -> tuple[asyncio.Server, asyncio.Server]:
            web = _Web(fronts, when)
            plain = await asyncio.start_server(web.plain, "0.0.0.0", 0, backlog=512)
            secure = await asyncio.start_server(web.secure, "0.0.0.0", 0, backlog=512, ssl=context, ssl_shutdown_timeout=1)
            return plain, secure

        servers = asyncio.run_coroutine_threadsafe(start(), loop).result()
        http, https = (server.sockets[0].getsockname()[1] for server in servers)
        try:
            lines = []
            for host, front in sorted(fronts.items()):
                ports = f"{_NO_LISTENER},{_NO_LISTENER}" if front.out == "refused" else f"{http},{https}"
                address = (
                    front.shop.address
                    if not front.shop.rotating
                    else front.shop.rotating[int(when.timestamp() // 604800) % len(front.shop.rotating)]
                )
                lines.append(f"{address}:{ports} {host} www.{host}\n")
            yield "".join(lines)
        finally:

            async def stop() -> None:
                for server in servers:
                    server.close()
                running = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)

            asyncio.run_coroutine_threadsafe(stop(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


class _Web:
    """Answers for every host of the week."""

    def __init__(self, fronts: Mapping[str, Front], when: datetime) -> None:
        self._fronts, self._when = fronts, when

    async def plain(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One plain connection."""
        await self._talk(reader, writer)

    async def secure(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One TLS connection."""
        await self._talk(reader, writer)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                raw = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
                first, *rest = raw.decode("latin-1").split("\r\n")
                method, path, _ = first.split(" ", 2)
                asked = {key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in rest)}
                writer.write(self._answer(method, asked.get("host", "").partition(":")[0].lower(), path.partition("?")[0]))
                await writer.drain()
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            pass
        finally:
            writer.close()

    def _answer(self, method: str, host: str, path: str) -> bytes:
        front = self._fronts.get(host.removeprefix("www."))
        if front is None:
            return b"HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n"
        if front.out == "error":
            return _reply(
                front.shop.stack, 503, "text/html", b"<html><body><h1>503 Service Unavailable</h1></body></html>", self._when, ""
            )
        if path == "/robots.txt" and front.out == "forbidden":
            return _reply(front.shop.stack, 200, "text/plain", b"User-agent: *\nDisallow: /\n", self._when, "")
        status, media, body = front.answers.get(path) or front.answers["*"]
        if status == 301:
            return _reply(front.shop.stack, 301, "text/html", b"", self._when, "", location=body.decode())
        cookie = hashlib.sha256(f"{host}{self._when}".encode()).hexdigest()[:24] if media.startswith("text/html") else ""
        made = _reply(front.shop.stack, status, media, body, self._when, cookie)
        return made[: made.index(b"\r\n\r\n") + 4] if method == "HEAD" else made


def _reply(stack: Stack, status: int, media: str, body: bytes, when: datetime, cookie: str, location: str = "") -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    told = {"Date": format_datetime(when, usegmt=True), "Content-Type": media, "Content-Length": str(len(body))}
    for name, value in stack.headers:
        lines.append(f"{name}: {told.get(name, value)}")
        if name == "Content-Type" and stack.cookie and cookie:
            lines.append(f"Set-Cookie: {stack.cookie}={cookie}; path=/")
    if location:
        lines.append(f"Location: {location}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def _tls(fronts: Mapping[str, Front], folder: Path) -> ssl.SSLContext:
    contexts: dict[str, ssl.SSLContext] = {}
    default = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    for number, (host, front) in enumerate(sorted(fronts.items())):
        path = folder / f"{number}.pem"
        path.write_bytes(certificate(front.shop.key, host, front.shop.renewed))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        contexts[host] = contexts[f"www.{host}"] = context
        if number == 0:
            default.load_cert_chain(path)

    def choose(connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _context: ssl.SSLContext) -> None:
        if name in contexts:
            connection.context = contexts[name]

    default.sni_callback = choose
    return default


_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def certificate(label: str, host: str, renewed: int) -> bytes:
    """Key and self-signed certificate as PEM; ``label`` makes the key, ``renewed`` counts certificates for that key."""
    secret = int.from_bytes(hashlib.sha512(f"half year {label}".encode()).digest()) % (_ORDER - 1) + 1
    key = ec.derive_private_key(secret, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=renewed)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(f"{label}/{renewed}".encode()).digest()[:15]) | 1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host), x509.DNSName(f"www.{host}")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return pem + made.public_bytes(serialization.Encoding.PEM)
