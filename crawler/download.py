"""The download handler: one guarded GET, and the answer as it came over the wire.

Scrapy's own handlers lose the order of header fields and drop what is too long. This one keeps status line and fields as
received, the address connected to and the leaf certificate; it cuts a body at the size or time limit and keeps the head.
Every destination passes ``crawler.guard`` before a socket is opened, and the socket's address passes it again.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import aiohttp
import yarl
from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.guard import AddressRefusedError, Guard, NotInHostsError, Target, UnresolvedError, plain_url
from crawler.items import ArchivedExchange

__all__ = ["Failure", "FetchError", "GuardedHandler", "Peer", "WireResponse"]

MAX_FIELDS = 256  # header fields of one answer; curl stops at 5,000, Node at 1,000, shops send about 30
MAX_FIELD = 32 * 1024  # bytes of one field; content security policies of 10 KiB exist
MAX_HEAD = 64 * 1024  # bytes of all fields that are kept


class Failure(StrEnum):
    """Why there is no answer to archive."""

    REFUSED = "address-refused"
    NOT_IN_HOSTS = "not-in-hosts"
    UNRESOLVED = "unresolved"
    CONNECT = "connect"
    TLS = "tls"
    TIME = "time"
    HEAD = "headers-too-large"
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


class _ClientResponse(aiohttp.ClientResponse):
    """Notes the transport before aiohttp lets go of it."""

    peer_address: str | None = None
    peer_chain: tuple[bytes, ...] = ()
    peer_tls: str | None = None

    async def start(self, connection: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
        transport = connection.transport
        if transport is not None:
            name = transport.get_extra_info("peername")
            self.peer_address = str(name[0]) if name else None
            tls = transport.get_extra_info("ssl_object")
            if tls is not None:
                self.peer_tls = tls.version()
                self.peer_chain = _chain(tls)
        return await super().start(connection)


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


class _Pinned(AbstractResolver):
    """Gives aiohttp the endpoints that the guard has just checked, so that no second look-up happens."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:  # noqa: ARG002
        target = await self._guard.target(host, port)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=endpoint,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address, endpoint in target.endpoints[:4]
        ]

    async def close(self) -> None:
        """Nothing is held."""


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
        self._session: aiohttp.ClientSession | None = None
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
            return await self._get(request, url, host, limit)

    async def close(self) -> None:
        """Closes the pooled connections."""
        if self._session is not None:
            await self._session.close()
        self.guard.close()

    async def _get(self, request: Request, url: str, host: str, limit: int) -> WireResponse:
        headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, values in request.headers.items() for value in values
        ]
        date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        deadline = asyncio.get_running_loop().time() + self._total
        try:
            async with asyncio.timeout_at(deadline):
                answer = await self._pool().get(yarl.URL(url, encoded=True), headers=headers, allow_redirects=False, ssl=self._tls)
        except TimeoutError:
            raise FetchError(Failure.TIME, f"no answer within {self._total:g} seconds") from None
        except AddressRefusedError as error:
            raise FetchError(Failure.REFUSED, str(error)) from None
        except UnresolvedError as error:
            raise FetchError(Failure.UNRESOLVED, str(error)) from None
        except (aiohttp.ClientSSLError, ssl.SSLError) as error:
            raise FetchError(Failure.TLS, f"no TLS connection ({type(error).__name__})") from None
        except (aiohttp.ClientConnectorError, ConnectionRefusedError) as error:
            raise FetchError(Failure.CONNECT, f"no connection ({_os_reason(error)})") from None
        except aiohttp.ClientResponseError as error:
            kind = Failure.HEAD if _too_large(error.message) else Failure.ANSWER
            raise FetchError(
                kind, "the header fields are too many or too long" if kind is Failure.HEAD else "the answer is not HTTP"
            ) from None
        except (aiohttp.InvalidURL, ValueError):
            raise FetchError(Failure.REFUSED, "the address cannot be asked for") from None
        except (aiohttp.ClientError, OSError) as error:
            raise FetchError(Failure.ANSWER, f"the connection broke ({type(error).__name__})") from None
        assert isinstance(answer, _ClientResponse)
        body, truncated = await self._body(answer, limit, deadline)
        return _wire(request, url, host, answer, body, truncated, date)

    async def _body(self, answer: _ClientResponse, limit: int, deadline: float) -> tuple[bytes, str | None]:
        body = bytearray()
        truncated: str | None = None
        try:
            async with asyncio.timeout_at(deadline):
                async for chunk in answer.content.iter_any():
                    body += chunk
                    if len(body) > limit:
                        truncated = "length"
                        break
        except TimeoutError:
            truncated = "time"
        except (aiohttp.ClientError, OSError):
            truncated = "disconnect"
        if truncated is not None:
            answer.close()  # the connection holds the rest: it cannot be used again
        else:
            answer.release()
        return bytes(body[:limit]), truncated

    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=_Pinned(self.guard),
                use_dns_cache=False,  # the guard keeps what it checked
                limit=0,  # Scrapy's slots and the turns per address are the limit
                keepalive_timeout=10,
                socket_factory=self._socket,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),  # cookies are per storefront, see crawler.cookies
                auto_decompress=False,  # the archive keeps bodies as received
                response_class=_ClientResponse,
                skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect),
                trust_env=False,  # never a proxy or .netrc from the environment
                max_headers=MAX_FIELDS,
                max_field_size=MAX_FIELD,
                max_line_size=8190,
            )
        return self._session

    def _socket(self, info: Any) -> socket.socket:
        family, kind, proto, _, address = info
        if not self.guard.may_connect(str(address[0]), int(address[1])):
            raise AddressRefusedError(f"{ipaddress.ip_address(address[0])} may not be connected to")
        return socket.socket(family=family, type=kind, proto=proto)


def _too_large(message: str) -> bool:
    return "Too many headers" in message or "more than" in message


def _os_reason(error: Exception) -> str:
    inner = getattr(error, "os_error", error)
    return str(getattr(inner, "strerror", None) or type(inner).__name__)[:100]


def _wire(
    request: Request, url: str, host: str, answer: _ClientResponse, body: bytes, truncated: str | None, date: str
) -> WireResponse:
    kept: list[tuple[str, str]] = []
    size = 0
    for name, value in answer.raw_headers:
        size += len(name) + len(value) + 4
        if size > MAX_HEAD:
            break
        kept.append((name.decode("latin-1"), value.decode("latin-1")))
    version = answer.version
    response = WireResponse(request.url, status=answer.status, headers=dict(_grouped(kept)), body=body, request=request)
    response.exchange = ArchivedExchange(
        url=url,
        method="GET",
        request_headers=tuple(answer.request_info.headers.items()),
        status=answer.status,
        reason=answer.reason or "",
        http_version=f"HTTP/{version.major}.{version.minor}" if version else "HTTP/1.1",
        headers=tuple(kept),
        body=body,
        date=date,
        address=answer.peer_address,
        truncated=truncated,
    )
    response.peer = Peer(host, yarl.URL(url).scheme, answer.peer_address, answer.peer_chain, answer.peer_tls)
    return response


def _grouped(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in fields:
        grouped.setdefault(name.lower(), []).append(value)
    return grouped
