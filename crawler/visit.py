"""One visit: what is asked of one storefront, in what order, and how the visit ended.

The order is a function of what the storefront answers, not of who answers first: addresses are asked for in small
rounds and read in the order asked, so that two visits to an unchanged shop archive the same.
"""

from __future__ import annotations

import asyncio
import heapq
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.asking import Answer, Asker
from crawler.captures import DnsFacts, HostKind, Outcome, Role
from crawler.decode import decode
from crawler.discovery import Discovery, How, from_certificate, from_page, from_redirect
from crawler.download import Failure
from crawler.items import ConnectionFact, DnsFact, Exchange, Lead, SiteEnd, SiteStart
from crawler.links import AssetUse, Link, Links, extract
from crawler.names import absolute, site_of
from crawler.pages import Wanted, choose, impossible_path, is_html_body, is_state_changing
from crawler.plan import Seed
from crawler.robots import robots_url
from crawler.styles import manifest_assets, style_assets

__all__ = ["ReadPage", "Visit"]

Item = SiteStart | Exchange | ConnectionFact | DnsFact | SiteEnd

_WIDTH = 4  # addresses asked for in one round; the pace of each host decides how many are under way
_MAX_SITEMAPS = 3  # files; an index and two of its parts show the template and a sample of the catalogue
_MAX_SITEMAP_LINKS = 5000
_LOC = re.compile(rb"<loc>\s{0,80}(?:<!\[CDATA\[)?\s{0,80}([^<\]\s]{1,2083})", re.IGNORECASE)
_MAX_LEADS = 100  # of one visit; a link list is no discovery, whatever it looks like
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page of a visit as discovery reads it: where it was asked for, what it promised to be, what it points to."""

    url: str
    role: Role
    links: Links
    onward: str | None  # a redirect to another storefront


class Visit:
    """The visit to ``seed``; iterate over ``run()`` for the items to archive, then read ``pages`` and ``outcome``."""

    def __init__(self, seed: Seed, asker: Asker, crawl_id: str) -> None:
        self.seed = seed
        self.asker = asker
        self.pages: list[ReadPage] = []
        self.outcome = Outcome.FAILED
        self.reason = ""
        self._crawl_id = crawl_id
        self._taken: Counter[Role] = Counter()
        self._queue: list[tuple[int, int, int, Wanted]] = []  # rank, depth, number in order of finding
        self._queued: set[str] = set()
        self._found = 0
        self._home: Answer | None = None

    async def run(self, dns: asyncio.Task[DnsFacts | None] | None = None) -> AsyncIterator[Item]:
        """Items in the order they are to be archived; the last one is the ``SiteEnd``."""
        seed = self.seed
        yield SiteStart(seed.site, seed.urls[0], seed.kind, seed.discovered_by, seed.discovered_how)
        home = await self._arrive()
        for exchange in self._drain():
            yield exchange
        if home is not None:
            self._read(home, Role.HOME, depth=0)
            await self._side_doors(home.url)
            for exchange in self._drain():
                yield exchange
            while self._queue and self.asker.stopped is None:
                await self._round()
                for exchange in self._drain():
                    yield exchange
        for fact in self.asker.connections():
            yield fact
        if dns is not None and (facts := await dns) is not None:
            yield DnsFact(seed.site, facts)
        self._conclude()
        yield SiteEnd(
            seed.site,
            self.outcome,
            self.reason,
            seconds=round(self.asker.seconds, 1),
            pages=self.asker.pages,
            assets=self.asker.assets,
            bytes=self.asker.bytes,
            refused=self.asker.refused_by_robots,
            leads=self._leads(),
        )

    def _drain(self) -> list[Exchange]:
        facts, self.asker.facts = self.asker.facts, []
        return facts

    async def _arrive(self) -> Answer | None:
        """The home page, by the first of the seed's addresses that answers."""
        for url in self.seed.urls:
            answer = await self.asker.ask(url)
            if answer is not None:
                self._home = answer
                return answer
            if self.asker.refused_by_robots and not self._no_answer_at(url):
                return None
            self.asker.start_over()
        return None

    def _no_answer_at(self, url: str) -> bool:
        """Whether robots.txt refused only because nobody answered there: another scheme may still."""
        return not any(robots_url(fact.exchange.url) == robots_url(url) for fact in self.asker.facts)

    async def _side_doors(self, home: str) -> None:
        """What every storefront is asked for: icon, sitemap, and once a path that cannot exist."""
        parts = urlsplit(home)
        root = f"{parts.scheme}://{parts.netloc}"
        rules = await self.asker.rules(home)
        if self.seed.kind is HostKind.SERVICE:
            return
        self._queue_up((Wanted(f"{root}/favicon.ico", Role.ICON, -2),), depth=1)
        probe = f"{root}{impossible_path(self.seed.site, self._crawl_id)}"
        answer = await self.asker.ask(probe)
        if answer is not None:
            self._read(answer, Role.ERROR_PAGE, depth=self.asker.budgets.depth)
        await self._sitemaps([*(url for url in rules.sitemaps if site_of(url) == self.seed.site), f"{root}/sitemap.xml"])

    async def _sitemaps(self, addresses: list[str]) -> None:
        asked: set[str] = set()
        nested = False
        while addresses and len(asked) < _MAX_SITEMAPS:
            url = absolute(addresses[0], "") if addresses[0] else None
            addresses = addresses[1:]
            if url is None or url in asked:
                continue
            asked.add(url)
            answer = await self.asker.ask(url, asset=True)
            if answer is None or answer.exchange.status != 200:
                continue
            found = _locations(answer)
            parts = [place for place in found if re.search(r"\.xml(?:\.gz)?$", urlsplit(place).path, re.IGNORECASE)]
            if parts and not nested:
                nested = True
                addresses = parts[: _MAX_SITEMAPS - 1]  # an index: its first parts, and no index within
                continue
            links = tuple(Link(place, "", frozenset(), False) for place in found if not is_state_changing(place))
            self._want(Links(links=links), depth=1)
            return

    async def _round(self) -> None:
        """Asks for the next few addresses at once and reads the answers in the order asked."""
        batch: list[tuple[Wanted, int]] = []
        while self._queue and len(batch) < _WIDTH:
            _, depth, _, wanted = heapq.heappop(self._queue)
            if wanted.url in self.asker.fetched:
                continue
            batch.append((wanted, depth))
        answers = await self.asker.ask_all([(wanted.url, not wanted.role.is_page) for wanted, _ in batch])
        for (wanted, depth), answer in zip(batch, answers, strict=True):
            if answer is not None:
                self._read(answer, wanted.role, depth)
            elif not self.asker.has_room(asset=not wanted.role.is_page):
                self._drop(asset=not wanted.role.is_page)

    def _drop(self, *, asset: bool) -> None:
        """Forgets what no budget is left for."""
        self._queue = [entry for entry in self._queue if entry[3].role.is_page is asset]
        heapq.heapify(self._queue)

    def _read(self, answer: Answer, role: Role, depth: int) -> None:
        media = (answer.header("content-type") or "").partition(";")[0].strip().lower()
        if role is Role.STYLE:
            self._want(Links(assets=style_assets(answer.body(), answer.url)), depth + 1)
            return
        if role is Role.MANIFEST:
            self._want(Links(assets=manifest_assets(answer.body(), answer.url)), depth + 1)
            return
        if not role.is_page:
            return
        body = answer.body()
        links = extract(body, answer.url, answer.header("content-type")) if is_html_body(body, media) else Links()
        self.pages.append(ReadPage(answer.url, role, links, answer.onward))
        framed = tuple(Link(url, "", frozenset(), False) for url in (*links.frames, *filter(None, (links.refresh,))))
        self._want(replace(links, links=links.links + framed) if framed else links, depth + 1)

    def _want(self, links: Links, depth: int) -> None:
        if self.seed.kind is HostKind.SERVICE:
            links = replace(links, assets=tuple(asset for asset in links.assets if asset.use is AssetUse.ICON))
        if depth > self.asker.budgets.depth:
            links = Links(assets=links.assets)
        self._queue_up(choose(links, self.seed.site, self._taken, self._queued | self.asker.fetched), depth)

    def _queue_up(self, wanted: tuple[Wanted, ...], depth: int) -> None:
        for one in wanted:
            if one.url in self._queued or one.url in self.asker.fetched:
                continue
            self._queued.add(one.url)
            self._taken[one.role] += 1
            self._found += 1
            heapq.heappush(self._queue, (one.rank, depth, self._found, one))

    def _leads(self) -> tuple[Lead, ...]:
        """The hosts that this visit's pages, redirects and certificates lead to, each once a kind, sorted."""
        site = self.seed.site
        found: list[Discovery] = []
        for page in self.pages:
            if page.onward is not None and (led := from_redirect(site, page.url, page.onward, page.role)) is not None:
                found.append(led)
            found.extend(from_page(site, page.role, page.links))
        for fact in self.asker.connections():
            certificate = fact.connection.certificate
            if certificate is not None and site_of(f"https://{fact.connection.host}/") == site:
                found.extend(from_certificate(site, certificate))
        leads: dict[tuple[str, HostKind], Lead] = {}
        strength = {how: place for place, how in enumerate(How)}
        for one in sorted(found, key=lambda lead: (lead.site, lead.kind.value, strength[lead.how], lead.url)):
            leads.setdefault((one.site, one.kind), Lead(one.site, one.url, one.kind, one.how.value))
        return tuple(leads.values())[:_MAX_LEADS]

    def _conclude(self) -> None:
        asker = self.asker
        if self._home is not None:
            if asker.stopped is not None:
                self.outcome, self.reason = Outcome.BUDGET, asker.stopped
            elif asker.exhausted is not None:
                self.outcome, self.reason = Outcome.BUDGET, f"the limit of {asker.exhausted} was reached"
            else:
                self.outcome, self.reason = Outcome.FINISHED, ""
            return
        failures = [error.failure for error in asker.failures] + [error.failure for error in asker.robots_failures]
        message = str([*asker.failures, *asker.robots_failures][-1]) if failures else ""
        if any(failure in (Failure.REFUSED, Failure.NOT_IN_HOSTS) for failure in failures):
            self.outcome, self.reason = Outcome.GUARD, message
        elif failures:
            self.outcome, self.reason = Outcome.UNREACHABLE, message
        elif asker.refused_by_robots:
            self.outcome, self.reason = Outcome.ROBOTS, asker.robots_reason or "robots.txt refuses the home page"
        else:
            self.outcome, self.reason = (
                Outcome.BUDGET,
                asker.stopped or f"the limit of {asker.exhausted or 'redirects'} was reached",
            )


def _locations(answer: Answer) -> tuple[str, ...]:
    """Addresses of a sitemap, by pattern: no XML parser reads what a shop sends here."""
    body = answer.body()
    if body.startswith(_GZIP):
        body = decode(body, "gzip", 5 * 1024 * 1024)[0]
    found: dict[str, None] = {}
    for match in _LOC.finditer(body):
        if len(found) >= _MAX_SITEMAP_LINKS:
            break
        if (url := absolute(answer.url, match[1].decode("utf-8", "replace").replace("&amp;", "&"))) is not None:
            found[url] = None
    return tuple(found)
