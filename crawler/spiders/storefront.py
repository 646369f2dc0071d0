"""The spider: one visit per storefront, many at once.

Each storefront enters Scrapy's scheduler as one seed request. The seed asks nothing of the network (what is asked
first depends on robots.txt); its callback runs the visit, which sends its requests through the engine and yields the
items of the capture. When all candidates are done, what they led to is visited in the same way.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from crawler.asking import Asker, Robots
from crawler.captures import DnsFacts, HostKind, Outcome
from crawler.cookies import StorefrontCookies
from crawler.discovery import How
from crawler.download import WireResponse
from crawler.guard import AddressRefusedError, Guard, UnresolvedError
from crawler.hostfacts import dns_facts
from crawler.hostsfile import HostsFile
from crawler.items import Lead, SiteEnd
from crawler.lookalikes import lookalikes
from crawler.names import registrable
from crawler.options import hosts_of, plan_from_options
from crawler.plan import SERVICE_BUDGETS, CrawlPlan, Seed
from crawler.visit import Item, Visit
from crawler.waves import next_wave, passed_over

__all__ = ["SeedMiddleware", "StorefrontSpider"]

_LOOK_ALIKES = 200  # names tried for one storefront, the likeliest kinds first; each costs one look-up
_LOOK_UPS = 8  # of one storefront at once

_log = logging.getLogger(__name__)


class Interrupted(Exception):
    """The crawl is being stopped; the visit under way is given up and will be made again."""


class SeedMiddleware:
    """Answers seed requests at once with nothing, so that the visit behind each decides what is asked."""

    def process_request(self, request: Request) -> Response | None:
        """An empty answer for a seed."""
        return Response(request.url, request=request) if "seed" in request.meta else None


class StorefrontSpider(Spider):
    """``scrapy crawl storefront -a candidates=list.csv [-a hosts=FILE -a hosts_only=1 -a data=DIR -a contact=...]``."""

    name = "storefront"

    def __init__(self, plan: CrawlPlan, hosts: HostsFile, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.done: dict[str, Mapping[str, Any]] = {}  # site -> its ledger record; the pipeline fills it
        self.failure: str | None = None  # why the crawl had to stop
        self.waiting: set[str] = set()  # sites whose visit was begun in this run
        self.total = 0  # sites done before and begun in this run
        self.product = ""
        own = [(parts.hostname or "", parts.port) for seed in plan.seeds for parts in map(urlsplit, seed.urls)]
        self.guard = Guard(
            hosts,
            hosts_only=plan.hosts_only or not plan.contact,
            own_ports=[(host, port) for host, port in own if port is not None],
        )
        self._shared_robots: dict[str, asyncio.Future[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> StorefrontSpider:
        """Takes a ``plan`` or the command line's options, and sets what depends on them."""
        plan = kwargs.pop("plan", None) or plan_from_options(kwargs)
        settings = crawler.settings
        product = settings["USER_AGENT"]
        agent = f"{product} (+{plan.contact})" if plan.contact else product
        settings.set("USER_AGENT", agent, priority="spider")
        settings.set("DOWNLOAD_DELAY", plan.delay, priority="spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", plan.site_connections, priority="spider")
        # A visit's seed counts as 1,024 bytes while its callback runs: this is how many run at once.
        settings.set("SCRAPER_SLOT_MAX_ACTIVE_SIZE", plan.sites_at_once * 1024 - 1, priority="spider")
        spider: StorefrontSpider = super().from_crawler(crawler, *args, plan=plan, hosts=hosts_of(plan))
        spider.product = product
        crawler.signals.connect(spider.go_on, signal=signals.spider_idle)
        return spider

    @property
    def complete(self) -> bool:
        """Whether nothing is left to visit and nothing went wrong."""
        return self.failure is None and not next_wave(self.plan, self.done, self.may_visit)

    def may_visit(self, url: str) -> bool:
        """Whether a host that was found may be contacted at all."""
        return not self.guard.hosts_only or (urlsplit(url).hostname or "") in self.guard.hosts

    def not_visited(self) -> list[dict[str, str]]:
        """Hosts that were found and passed over, for ``crawl.json``."""
        return passed_over(self.plan, self.done, self.may_visit)

    def give_up(self, why: str) -> None:
        """Stops the crawl for a reason that is nobody's shop's fault."""
        if self.failure is None:
            self.failure = why
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="failed"))

    async def start(self) -> AsyncIterator[Request]:
        """The first wave that is not done, no faster than visits end."""
        for seed in self._next():
            while self.crawler.engine.needs_backout() and self.crawler.engine.running:
                await asyncio.sleep(0.05)
            yield self._seed(seed)

    def go_on(self) -> None:
        """Starts the next wave when one has ended."""
        wave = self._next() if self.failure is None else ()
        for seed in wave:
            self.crawler.engine.crawl(self._seed(seed))
        if wave:
            raise DontCloseSpider

    def _next(self) -> tuple[Seed, ...]:
        wave = tuple(seed for seed in next_wave(self.plan, self.done, self.may_visit) if seed.site not in self.waiting)
        if not self.waiting:
            self.total = len(self.done)
        self.total += len(wave)
        self.waiting |= {seed.site for seed in wave}  # a visit that was given up is not begun again in this run
        return wave

    def _seed(self, seed: Seed) -> Request:
        return Request(seed.urls[0], self.visit, meta={"seed": seed}, dont_filter=True)

    async def visit(self, response: Response) -> AsyncIterator[Item]:
        """The items of one storefront, the ``SiteEnd`` last; no ``SiteEnd`` when the crawl is being stopped."""
        seed: Seed = response.meta["seed"]
        service = seed.kind is HostKind.SERVICE
        named = any((urlsplit(url).hostname or "") in self.guard.hosts for url in seed.urls)
        delay = self.plan.hosts_delay if named else self.plan.delay
        asker = Asker(
            seed.site,
            SERVICE_BUDGETS if service else self.plan.budgets,
            send=partial(self._send, seed.site),
            shared=self._shared_robots,
            pace=partial(self._pace, seed.site, named),
            pause=self._pause,
            back_off=max(0.5, delay),
        )
        self._set_pace(seed.site, named, delay)
        visit = Visit(seed, asker, self.plan.crawl_id)
        dns = None if named or self.guard.hosts_only else asyncio.ensure_future(self._dns(seed))
        try:
            async for item in visit.run(dns):
                if isinstance(item, SiteEnd) and self.plan.lookalikes and seed.discovered_by is None and not service:
                    item = replace(item, leads=item.leads + await self._lookalikes(seed.site))
                yield item
        except (Interrupted, asyncio.CancelledError):
            return
        except Exception as error:  # noqa: BLE001  one shop must not end the crawl of the others; the outcome says what broke
            _log.exception("the visit to %s broke", seed.site)
            reason = f"our own error: {type(error).__name__}"
            yield SiteEnd(seed.site, Outcome.FAILED, reason, round(asker.seconds, 1), asker.pages, asker.assets, asker.bytes)
        finally:
            if dns is not None:
                dns.cancel()
            self.crawler.engine.downloader.per_slot_settings.pop(self._slot(seed.site, named), None)
            jar = self.crawler.get_downloader_middleware(StorefrontCookies)
            if jar is not None:
                jar.forget(seed.site)

    async def _send(self, site: str, url: str, most: int) -> WireResponse:
        if not self.crawler.engine.running:
            raise Interrupted
        host = urlsplit(url).hostname or ""
        slot = self._slot(registrable(host), host in self.guard.hosts)
        meta = {"cookiejar": site, "download_slot": slot, "max_body": most, "verbatim_url": True}
        response = await self.crawler.engine.download_async(Request(url, meta=meta, dont_filter=True))
        if not isinstance(response, WireResponse):
            raise TypeError(f"{type(response).__name__} did not come over the wire")
        return response

    async def _pause(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        while (left := until - asyncio.get_running_loop().time()) > 0:
            if not self.crawler.engine.running:
                raise Interrupted
            await asyncio.sleep(min(1.0, left))

    async def _lookalikes(self, site: str) -> tuple[Lead, ...]:
        """Names that look like this one and have an address that may be visited; nothing is asked of them yet."""
        room = asyncio.Semaphore(_LOOK_UPS)

        async def exists(name: str) -> bool:
            async with room:
                if not self.crawler.engine.running:
                    raise Interrupted
                try:
                    await self.guard.target(name, 443)
                except (AddressRefusedError, UnresolvedError):
                    return False
                return True

        names = lookalikes(site, _LOOK_ALIKES)
        found = await asyncio.gather(*map(exists, names))
        return tuple(
            Lead(name, f"https://{name}/", HostKind.STOREFRONT, How.LOOK_ALIKE.value)
            for name, there in zip(names, found, strict=True)
            if there
        )

    async def _dns(self, seed: Seed) -> DnsFacts | None:
        return await dns_facts(urlsplit(seed.urls[0]).hostname or seed.site, seed.site)

    def _pace(self, site: str, named: bool, delay: float) -> None:
        """A Crawl-delay of robots.txt; it never makes a visit faster."""
        self._set_pace(site, named, max(delay, self.plan.hosts_delay if named else self.plan.delay))

    def _set_pace(self, site: str, named: bool, delay: float) -> None:
        downloader = self.crawler.engine.downloader
        width = (self.plan.hosts_connections if named else self.plan.site_connections) if delay <= self._usual(named) else 1
        key = self._slot(site, named)
        downloader.per_slot_settings[key] = {"delay": delay, "concurrency": width, "jitter": 0.0}
        if (slot := downloader.slots.get(key)) is not None:
            slot.delay, slot.concurrency = delay, width

    def _usual(self, named: bool) -> float:
        return self.plan.hosts_delay if named else self.plan.delay

    def _slot(self, site: str, named: bool) -> str:
        return f"hosts file: {site}" if named else site
