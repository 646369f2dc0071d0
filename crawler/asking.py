"""Asking one storefront politely: robots.txt first, within budgets, with back-off, each hop of a redirect archived."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from crawler.captures import Connection
from crawler.decode import decode
from crawler.download import Failure, FetchError, WireResponse
from crawler.hostfacts import cookie_names, header_order, read_certificate, verdict
from crawler.items import ArchivedExchange, ConnectionFact, Exchange
from crawler.names import absolute, registrable
from crawler.plan import Budgets
from crawler.robots import MAX_DELAY, MAX_ROBOTS, Rules, read_robots, refuse_all, robots_url

__all__ = ["Answer", "Asker", "Robots", "Send"]

Send = Callable[[str, int], Awaitable[WireResponse]]  # address, most bytes of the body -> the answer; raises FetchError

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_RETRIED_FAILURES = frozenset({Failure.CONNECT, Failure.ANSWER})
_LONGEST_WAIT = 60.0  # seconds that a Retry-After may hold one visit up; more ends it
_DEAD_AFTER = 3  # answers missing in a row: the host is down, and a visit of 200 addresses would take an hour
_MAX_BODY = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin with the exchanges that gave them, so that every capture that obeyed them can hold them."""

    rules: Rules
    exchanges: tuple[ArchivedExchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address finally answered, after redirects. ``onward`` is a redirect that leaves the storefront, not followed."""

    url: str
    exchange: ArchivedExchange
    onward: str | None = None

    def body(self, limit: int = _MAX_BODY) -> bytes:
        """The body without content encoding, at most ``limit`` bytes."""
        return decode(self.exchange.body, self.header("content-encoding") or "", limit)[0]

    def header(self, name: str) -> str | None:
        """The first header field of that name, case-insensitively."""
        return next((value for key, value in self.exchange.headers if key.lower() == name), None)


class Asker:
    """Asks for the addresses of one storefront and notes every exchange in ``facts``.

    ``shared`` holds the robots.txt of other storefronts' and delivery hosts for the whole crawl; ``pace`` is told a
    Crawl-delay in seconds; ``pause`` waits before a retry, ``back_off`` seconds the first time and twice as long each next.
    """

    def __init__(
        self,
        site: str,
        budgets: Budgets,
        send: Send,
        shared: MutableMapping[str, asyncio.Future[Robots]],
        pace: Callable[[float], None],
        pause: Callable[[float], Awaitable[None]],
        back_off: float,
    ) -> None:
        self.site = site
        self.budgets = budgets
        self.facts: list[Exchange] = []
        self.fetched: set[str] = set()
        self.pages = 0
        self.assets = 0
        self.bytes = 0
        self.refused_by_robots = 0
        self.stopped: str | None = None  # why nothing more is asked
        self.exhausted: str | None = None  # the first budget that was reached
        self.failures: list[FetchError] = []
        self.robots_failures: list[FetchError] = []  # of the storefront's own hosts
        self.robots_reason: str | None = None  # why its own robots.txt refused the last address that it refused
        self._send = send
        self._shared = shared
        self._pace = pace
        self._pause = pause
        self._back_off = back_off
        self._own_robots: dict[str, asyncio.Future[Robots]] = {}
        self._robots_kept: set[str] = set()
        self._paced: set[str] = set()
        self._peers: dict[tuple[str, str], tuple[bool, ConnectionFact]] = {}
        self._retries = 0
        self._missing = 0
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long the visit has taken."""
        return time.monotonic() - self._began

    def start_over(self) -> None:
        """Lets another address of the same storefront be tried after one did not answer."""
        self.stopped = None
        self._missing = 0

    def has_room(self, *, asset: bool) -> bool:
        """Whether the budgets allow one more request."""
        if self.stopped is not None:
            return False
        spent = (
            ("seconds", self.seconds, self.budgets.seconds),
            ("bytes", self.bytes, self.budgets.bytes),
            ("assets", self.assets, self.budgets.assets) if asset else ("pages", self.pages, self.budgets.pages),
        )
        for name, used, limit in spent:
            if used >= limit:
                self.exhausted = self.exhausted or name
                return False
        return True

    async def ask(self, url: str, *, asset: bool = False) -> Answer | None:
        """The answer to ``url``, or None when it was refused, failed or no budget was left."""
        return (await self.ask_all([(url, asset)]))[0]

    async def ask_all(self, wanted: Sequence[tuple[str, bool]]) -> list[Answer | None]:
        """The answers to (address, is an asset), asked for at once and settled in the order given, whoever answers first."""
        answers: list[Answer | None] = [None] * len(wanted)
        waiting: list[tuple[int, str, bool, str | None]] = [(place, url, asset, None) for place, (url, asset) in enumerate(wanted)]
        for _ in range(self.budgets.redirects + 1):
            asked = [one for one in waiting if self._reserve(one[1], asset=one[2])]
            got = await asyncio.gather(*(self._hop(url, via, asset=asset) for _, url, asset, via in asked))
            waiting = []
            for (place, url, asset, _), exchange in zip(asked, got, strict=True):
                self._keep_robots(url)
                if exchange is None:
                    continue
                self.facts.append(Exchange(self.site, exchange, asset))
                target = _redirect(exchange)
                if target is None:
                    answers[place] = Answer(url, exchange)
                elif not asset and _site(target) != self.site:
                    answers[place] = Answer(url, exchange, onward=target)
                else:
                    waiting.append((place, target, asset, url))
            if not waiting:
                return answers
        self.exhausted = self.exhausted or "redirects"
        return answers

    def _reserve(self, url: str, *, asset: bool) -> bool:
        """Takes a place in the budget for an address that was not asked for yet."""
        if url in self.fetched or not self.has_room(asset=asset):
            return False
        self.fetched.add(url)
        self._count(1, asset=asset)
        return True

    def _count(self, number: int, *, asset: bool) -> None:
        if asset:
            self.assets += number
        else:
            self.pages += number

    async def _hop(self, url: str, via: str | None, *, asset: bool) -> ArchivedExchange | None:
        """One request that has its place in the budget, unless robots.txt refuses it."""
        rules = await self.rules(url)
        if not rules.allows(url):
            self._count(-1, asset=asset)
            self.refused_by_robots += 1
            if _site(url) == self.site:
                self.robots_reason = rules.refused_because or "robots.txt disallows it"
            return None
        if self.stopped is not None:
            self._count(-1, asset=asset)
            return None
        try:
            response = await self._try(url, _MAX_BODY)
        except FetchError as error:
            self.failures.append(error)
            return None
        exchange = replace(response.exchange, redirected_from=via)
        self.bytes += len(exchange.body)
        self._note_peer(response, page=not asset)
        return exchange

    async def rules(self, url: str) -> Rules:
        """The rules for the origin of ``url``; reading them is archived with this storefront."""
        origin = robots_url(url)
        held = self._own_robots if _site(url) == self.site else self._shared
        future = held.get(origin)
        if future is None:
            future = asyncio.get_running_loop().create_future()
            held[origin] = future
            try:
                robots = await self._read_robots(origin)
            except BaseException:
                held.pop(origin, None)
                future.cancel()
                raise
            future.set_result(robots)
        robots = await asyncio.shield(future)
        if _site(url) == self.site and robots.rules.crawl_delay is not None and origin not in self._paced:
            self._paced.add(origin)
            self._pace(min(robots.rules.crawl_delay, MAX_DELAY))
        return robots.rules

    def _keep_robots(self, url: str) -> None:
        """Archives the robots.txt that was read for ``url``, once."""
        origin = robots_url(url)
        future = (self._own_robots if _site(url) == self.site else self._shared).get(origin)
        if origin not in self._robots_kept and future is not None and future.done():
            self._robots_kept.add(origin)
            self.facts.extend(Exchange(self.site, exchange, asset=True) for exchange in future.result().exchanges)

    async def _read_robots(self, origin: str) -> Robots:
        kept: list[ArchivedExchange] = []
        url, via = origin, None
        for _ in range(self.budgets.redirects + 1):
            try:
                response = await self._try(url, MAX_ROBOTS)
            except FetchError as error:
                if _site(origin) == self.site:
                    self.robots_failures.append(error)
                return Robots(refuse_all(f"robots.txt gave no answer: {error}"), tuple(kept))
            exchange = replace(response.exchange, redirected_from=via)
            if _site(url) == self.site:
                self._note_peer(response, page=False)
            self.bytes += len(exchange.body)
            kept.append(exchange)
            target = _redirect(exchange)
            if target is None:
                body = decode(exchange.body, _field(exchange, "content-encoding") or "", MAX_ROBOTS)[0]
                rules = read_robots(exchange.status, body)
                if rules.crawl_delay is not None and rules.crawl_delay > MAX_DELAY:
                    rules = refuse_all(f"robots.txt asks for {rules.crawl_delay:g} seconds between requests")
                return Robots(rules, tuple(kept))
            via, url = url, target
        return Robots(read_robots(404, b""), tuple(kept))  # RFC 9309: after five redirects it counts as not there

    async def _try(self, url: str, most: int) -> WireResponse:
        """One address with retries; raises FetchError when no answer came."""
        for attempt in range(self.budgets.retries + 1):
            last = attempt == self.budgets.retries or self._retries >= self.budgets.retries_in_all
            wait = self._back_off * 2**attempt
            try:
                response = await self._send(url, most)
            except FetchError as error:
                if _site(url) == self.site:
                    self._missing += 1
                    if self._missing >= _DEAD_AFTER:
                        self.stopped = self.stopped or f"{_DEAD_AFTER} requests in a row had no answer"
                if last or error.failure not in _RETRIED_FAILURES or self.stopped is not None:
                    raise
            else:
                if _site(url) == self.site:
                    self._missing = 0
                asked = _retry_after(response)
                if response.status not in _RETRIED:
                    return response
                if asked is not None and asked > min(_LONGEST_WAIT, self.budgets.seconds - self.seconds):
                    if _site(url) == self.site:
                        self.stopped = self.stopped or f"the host asked to wait {asked:.0f} seconds"
                    return response
                if last or (asked is not None and attempt >= 1):
                    return response
                wait = max(wait, asked or 0.0)
            self._retries += 1
            await self._pause(wait)
        raise AssertionError("the last attempt returns or raises")

    def connections(self) -> tuple[ConnectionFact, ...]:
        """The hosts connected to, by name and scheme."""
        return tuple(self._peers[key][1] for key in sorted(self._peers))

    def _note_peer(self, response: WireResponse, *, page: bool) -> None:
        """Keeps the first answer of each host; a page rather than an asset, for that is where cookies are set."""
        peer = response.peer
        known = self._peers.get((peer.host, peer.scheme))
        if known is not None and known[0] >= page:
            return
        certificate = read_certificate(peer.chain[0]) if peer.chain else None
        fact = ConnectionFact(
            site=self.site,
            connection=Connection(peer.host, peer.scheme, peer.address, certificate),
            tls_version=peer.tls_version,
            verdict=verdict(peer.chain, peer.host) if peer.chain else None,
            header_order=header_order(response.exchange.headers),
            cookie_names=cookie_names(response.exchange.headers),
        )
        self._peers[peer.host, peer.scheme] = (page, fact)


def _field(exchange: ArchivedExchange, name: str) -> str | None:
    return next((value for key, value in exchange.headers if key.lower() == name), None)


def _redirect(exchange: ArchivedExchange) -> str | None:
    location = _field(exchange, "location") if exchange.status in _REDIRECTS else None
    if not location:
        return None
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")  # servers send UTF-8, the wire is read as Latin-1
    return absolute(exchange.url, location)


def _site(url: str) -> str:
    return registrable(urlsplit(url).hostname or "")


def _retry_after(response: WireResponse) -> float | None:
    written = _field(response.exchange, "retry-after")
    if written is None:
        return None
    text = written.strip()[:40]
    if text.isascii() and text.isdigit():
        return float(int(text[:9]))
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
