"""The download handler: one guarded GET, and the answer as it came over the wire.

Scrapy's own handlers lose the order of header fields and drop what is too long. This one keeps status line and fields as
received, the address connected to and the certificates; it cuts a body at the size or time limit and keeps what came.
Every destination passes ``crawler.guard`` before it is resolved, and each address passes it again before a socket opens.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.guard import AddressRefusedError, Guard, NotInHostsError, Target, UnresolvedError, plain_url
from crawler.items import ArchivedExchange
from crawler.wire import EndpointRefusedError, Head, NotHttpError, Pool, Wire, connect, read_body, read_head

__all__ = ["Failure", "FetchError", "GuardedHandler", "Peer", "WireResponse"]


class Failure(StrEnum):
    """Why there is no answer to archive."""

    REFUSED = "address-refused"
    NOT_IN_HOSTS = "not-in-hosts"
    UNRESOLVED = "unresolved"
    CONNECT = "connect"
    TLS = "tls"
    TIME = "time"
    ANSWER = "bad-answer"
    STOPPED = "stopped"


class FetchError(Exception):
    """No answer came back; ``failure`` is the kind, the message one plain sentence."""

    def __init__(self, failure: Failure, message: str) -> None:
        super().__init__(message)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Peer:
    """The other end of a connection. ``chain`` holds DER certificates, the leaf first; empty over plain HTTP."""

    host: str
    scheme: str
    address: str | None
    chain: tuple[bytes, ...]
    tls_version: str | None


class WireResponse(Response):
    """A Scrapy response that carries the exchange as it went over the wire; ``body`` keeps its content encoding."""

    exchange: ArchivedExchange
    peer: Peer


def _chain(tls: Any) -> tuple[bytes, ...]:
    """The certificates shown, leaf first; only the leaf where this Python does not give the rest."""
    leaf = tls.getpeercert(binary_form=True)
    if leaf is None:
        return ()
    give = getattr(tls, "get_unverified_chain", None) or getattr(getattr(tls, "_sslobj", None), "get_unverified_chain", None)
    rest: list[bytes] = []
    if give is not None:
        for certificate in (give() or [])[1:10]:
            der = certificate if isinstance(certificate, bytes) else ssl.PEM_cert_to_DER_cert(certificate.public_bytes())
            rest.append(der)
    return (leaf, *rest)


class AddressTurns:
    """One connection at a time and a pause between requests, for each public address: many shops may share it."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._locks: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, target: Target, running: Callable[[], bool]) -> AsyncIterator[None]:
        """Waits for the address's turn; names of the hosts file are not held up, nor is a crawl that is being stopped."""
        if target.named or not target.endpoints:
            yield
            return
        address = target.endpoints[0][0]
        async with self._locks.setdefault(address, asyncio.Lock()):
            wait = self._free_at.get(address, 0.0) - time.monotonic()
            if wait > 0 and running():
                await asyncio.sleep(wait)
            if not running():
                raise FetchError(Failure.STOPPED, "the crawl is being stopped")
            self._free_at[address] = time.monotonic() + self._delay
            yield


class GuardedHandler(BaseDownloadHandler):
    """Answers http and https requests for Scrapy. The spider owns the guard (``spider.guard``)."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        spider: Any = crawler.spider
        self.guard: Guard = spider.guard
        settings = crawler.settings
        self._max_body = settings.getint("DOWNLOAD_MAXSIZE")
        self._total = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._connect = settings.getfloat("CONNECT_TIMEOUT")
        self._turns = AddressTurns(settings.getfloat("DOWNLOAD_DELAY"))
        self._pool = Pool()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls.check_hostname = False  # a shop with a bad certificate is still evidence; the verdict is recorded
        self._tls.verify_mode = ssl.CERT_NONE
        self._tls.set_alpn_protocols(["http/1.1"])

    async def download_request(self, request: Request) -> Response:
        """One GET. Raises ``FetchError``."""
        if request.method != "GET" or request.body:
            raise FetchError(Failure.REFUSED, "only GET without a body is ever sent")
        try:
            url, host, port = plain_url(request.url)
            target = await self.guard.target(host, port)
        except NotInHostsError as error:
            raise FetchError(Failure.NOT_IN_HOSTS, str(error)) from None
        except AddressRefusedError as error:
            raise FetchError(Failure.REFUSED, str(error)) from None
        except UnresolvedError as error:
            raise FetchError(Failure.UNRESOLVED, str(error)) from None
        limit = min(self._max_body, int(request.meta.get("max_body", self._max_body)))
        async with self._turns.turn(target, lambda: bool(self.crawler.engine.running)):
            return await self._get(request, url, target, limit)

    async def close(self) -> None:
        """Closes the connections that wait to be used again."""
        self._pool.close()
        self.guard.close()

    async def _get(self, request: Request, url: str, target: Target, limit: int) -> WireResponse:
        parts = urlsplit(url)
        sent = [("Host", parts.netloc)]
        sent += [(name.decode("latin-1"), value.decode("latin-1")) for name, values in request.headers.items() for value in values]
        asked = "".join(
            (f"GET {parts.path or '/'}{'?' if parts.query else ''}{parts.query} HTTP/1.1\r\n", *(f"{n}: {v}\r\n" for n, v in sent))
        )
        date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        key = (target.host, target.port, parts.scheme == "https")
        deadline = asyncio.get_running_loop().time() + self._total
        body = bytearray()
        wire: Wire | None = None
        done = False
        try:
            async with asyncio.timeout_at(deadline):
                wire, head = await self._ask(target, key, f"{asked}\r\n".encode("latin-1"))
            peer = _peer(target.host, parts.scheme, wire)
            try:
                async with asyncio.timeout_at(deadline):
                    truncated, done = await read_body(wire, head, limit, body)
            except TimeoutError:
                truncated = "time"
        except TimeoutError:
            raise FetchError(Failure.TIME, f"no answer within {self._total:g} seconds") from None
        finally:
            if wire is not None:
                if done:
                    self._pool.give(key, wire)
                else:
                    wire.close()
        return _wire_response(request, url, tuple(sent), head, bytes(body), truncated, date, peer)

    async def _ask(self, target: Target, key: tuple[str, int, bool], asked: bytes) -> tuple[Wire, Head]:
        """Sends the request and reads the head, on a kept connection if there is one and it still stands."""
        while True:
            kept = self._pool.take(key)
            wire = kept or await self._open(target, key)
            try:
                wire.send(asked)
                head = await read_head(wire)
            except NotHttpError as error:
                wire.close()
                raise FetchError(Failure.ANSWER, str(error)) from None
            except BaseException:
                wire.close()
                raise
            if head is not None:
                return wire, head
            wire.close()
            if kept is None:  # a kept connection may have been closed while it waited; a fresh one tells something
                raise FetchError(Failure.ANSWER, "the connection ended without an answer")

    async def _open(self, target: Target, key: tuple[str, int, bool]) -> Wire:
        try:
            return await connect(
                target.endpoints, self.guard.may_connect, self._tls if key[2] else None, target.host, self._connect
            )
        except TimeoutError:
            raise FetchError(Failure.TIME, f"no connection within {self._connect:g} seconds") from None
        except EndpointRefusedError as error:
            raise FetchError(Failure.REFUSED, str(error)) from None
        except (ssl.SSLError, ValueError) as error:
            raise FetchError(Failure.TLS, f"no TLS connection ({getattr(error, 'reason', None) or type(error).__name__})") from None
        except OSError as error:
            raise FetchError(Failure.CONNECT, f"no connection ({error.strerror or type(error).__name__})") from None


def _peer(host: str, scheme: str, wire: Wire) -> Peer:
    name, tls = wire.info("peername"), wire.info("ssl_object")
    return Peer(host, scheme, str(name[0]) if name else None, _chain(tls) if tls else (), tls.version() if tls else None)


def _wire_response(
    request: Request,
    url: str,
    sent: tuple[tuple[str, str], ...],
    head: Head,
    body: bytes,
    truncated: str | None,
    date: str,
    peer: Peer,
) -> WireResponse:
    response = WireResponse(request.url, status=head.status, headers=_grouped(head.fields), body=body, request=request)
    response.peer = peer
    response.exchange = ArchivedExchange(
        url=url,
        method="GET",
        request_headers=sent,
        status=head.status,
        reason=head.reason,
        http_version=head.version,
        headers=head.fields,
        body=body,
        date=date,
        address=peer.address,
        truncated=truncated,
    )
    return response


def _grouped(fields: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in fields:
        grouped.setdefault(name.lower(), []).append(value)
    return grouped
