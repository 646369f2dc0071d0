"""The one pipeline: a storefront's items become its archive file, and the finished crawl its ``crawl.json``.

A capture grows in a temporary file beside its place. When its visit ends the file is synced and renamed, and only then
acknowledged in the ledger: whatever kills the process costs the storefronts under way, which are visited again.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.archive import CaptureWriter, Entry, read_entry, write_crawl_json
from crawler.captures import HostKind, Outcome
from crawler.items import ConnectionFact, DnsFact, Exchange, SiteEnd, SiteStart
from crawler.ledger import Ledger
from crawler.problems import InputProblem

if TYPE_CHECKING:
    from crawler.spiders.storefront import StorefrontSpider

__all__ = ["ArchivePipeline"]

_FREE = 500 * 1024 * 1024  # bytes left on the disk below which a crawl stops, or a twentieth of a small disk


class ArchivePipeline:
    """Writes captures for the crawl that the spider plans; the only part that opens files."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._writers: dict[str, CaptureWriter] = {}
        self._threads = ThreadPoolExecutor(2, "archive")  # compression and fsync stay out of the event loop

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        """As Scrapy makes it."""
        return cls(crawler)

    @property
    def _spider(self) -> StorefrontSpider:
        spider: Any = self._crawler.spider
        return spider  # type: ignore[no-any-return]

    def open_spider(self) -> None:
        """Opens the ledger and tells the spider what an earlier run has done."""
        spider = self._spider
        self._folder = Path(spider.plan.folder) / spider.plan.crawl_id
        self._folder.mkdir(parents=True, exist_ok=True)
        self._ledger = Ledger(self._folder / "ledger.sqlite")
        self._ledger.note("began", _now())
        for leftover in self._folder.glob("*.part"):
            leftover.unlink()
        spider.done = {site: record for site, record in self._ledger.done().items() if self._is_whole(record)}

    async def process_item(self, item: object) -> object:
        """Archives one item; on a full or failing disk the crawl stops and says so."""
        try:
            loop = asyncio.get_running_loop()
            if isinstance(item, SiteEnd):
                record = await loop.run_in_executor(self._threads, self._finish, item)
                self._ledger.acknowledge(item.site, record)
                self._spider.done[item.site] = record
            else:
                await loop.run_in_executor(self._threads, self._keep, item)
        except OSError as error:
            self._spider.give_up(f"the archive cannot be written: {error.strerror or error}")
            raise DropItem("not archived") from error
        return item

    def close_spider(self) -> None:
        """Abandons the captures under way and, where every storefront is done, finishes the crawl."""
        self._threads.shutdown(wait=True)
        for writer in self._writers.values():
            writer.__exit__(None, None, None)
        self._writers.clear()
        spider = self._spider
        try:
            if spider.complete:
                self._finish_crawl()
        except OSError as error:
            spider.give_up(f"crawl.json cannot be written: {error.strerror or error}")
        finally:
            self._ledger.close()

    def _is_whole(self, record: Mapping[str, Any]) -> bool:
        """Whether the file that the ledger names is the one on the disk; a lost one means the storefront is visited again."""
        try:
            return bool(read_entry(self._folder / record["entry"]["file"]).sha256 == record["entry"]["sha256"])
        except (InputProblem, OSError, KeyError, TypeError):
            return False

    def _keep(self, item: object) -> None:
        if isinstance(item, SiteStart):
            usage = shutil.disk_usage(self._folder)
            if usage.free < min(_FREE, usage.total // 20):
                raise OSError(None, "the disk is nearly full")
            self._writers[item.site] = CaptureWriter(
                self._folder,
                item.site,
                url=item.url,
                kind=item.kind,
                crawl_id=self._spider.plan.crawl_id,
                discovered_by=item.discovered_by,
                discovered_how=item.discovered_how,
                software=self._spider.product,
            )
        elif isinstance(item, Exchange):
            self._writers[item.site].exchange(item.exchange)
        elif isinstance(item, ConnectionFact):
            self._writers[item.site].connection(
                item.connection,
                tls_version=item.tls_version,
                verdict=item.verdict,
                header_order=item.header_order,
                cookie_names=item.cookie_names,
            )
        elif isinstance(item, DnsFact):
            self._writers[item.site].dns(item.dns)
        else:
            raise TypeError(f"{type(item).__name__} is no item of a visit")

    def _finish(self, item: SiteEnd) -> dict[str, Any]:
        writer = self._writers.pop(item.site)
        with writer:
            writer.close(item.outcome, item.reason, limits=asdict(self._spider.plan.budgets))
            entry = asdict(writer.entry)
        visit = {key: getattr(item, key) for key in ("pages", "assets", "bytes", "seconds", "refused")}
        return {"entry": entry, "visit": visit, "leads": [asdict(lead) for lead in item.leads]}

    def _finish_crawl(self) -> None:
        spider = self._spider
        plan = spider.plan
        records = {site: spider.done[site] for site in sorted(spider.done)}
        entries = [_entry(record["entry"]) for record in records.values()]
        about = {
            "began": self._ledger.noted("began"),
            "ended": _now(),
            "software": spider.product,
            "hosts_only": plan.hosts_only,
            "delay": plan.delay,
            "budgets": asdict(plan.budgets),
            "discovery_budget": plan.discovery_budget,
            "visits": {site: record["visit"] for site, record in records.items()},
            "rejected": [{"line": line, "text": text, "why": why} for line, text, why in plan.rejected],
            "not_visited": spider.not_visited(),
        }
        write_crawl_json(self._folder, plan.crawl_id, entries, about)


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(**{**row, "kind": HostKind(row["kind"]), "outcome": Outcome(row["outcome"])})


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
