"""How a crawl goes, as it goes: events from the crawling process, and one line on a terminal or plain lines elsewhere."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Mapping
from typing import Any, TextIO

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.items import Exchange, SiteEnd, SiteStart

__all__ = ["Progress", "ProgressReporter", "escape_terminal"]

_EVERY = 0.5  # seconds between events of counted pages; a terminal line needs no more
_PLAIN_EVERY = 10.0  # seconds between plain lines
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def escape_terminal(text: str) -> str:
    """Text of a stranger made safe for a terminal or a log line: control and direction characters are shown, not obeyed."""
    return _UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else f"\\u{ord(found[0]):04x}", text)


def defanged(host: str) -> str:
    """A host's name so that no terminal makes a link of it."""
    return host.replace(".", "[.]")


class ProgressReporter:
    """Scrapy extension: tells what was archived as JSON lines to the file descriptor ``PROGRESS_FD``, or on stderr."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        descriptor = crawler.settings.getint("PROGRESS_FD")
        self._pipe = os.fdopen(descriptor, "w", encoding="utf-8") if descriptor else None
        self._shown = Progress(sys.stderr) if self._pipe is None else None
        self._responses = 0
        self._told = 0.0
        self._ended: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProgressReporter:
        """As Scrapy makes it."""
        reporter = cls(crawler)
        crawler.signals.connect(reporter.opened, signal=signals.spider_opened)
        crawler.signals.connect(reporter.scraped, signal=signals.item_scraped)
        crawler.signals.connect(reporter.closed, signal=signals.spider_closed)
        return reporter

    def opened(self) -> None:
        """The crawl begins, perhaps where an earlier run ended."""
        self._tell({"event": "begin", **self._totals()})

    def scraped(self, item: object) -> None:
        """An item is in the archive."""
        if isinstance(item, Exchange):
            self._responses += 1
            now = time.monotonic()
            if now - self._told >= _EVERY:
                self._told = now
                self._tell({"event": "responses", **self._totals()})
        elif isinstance(item, SiteEnd):
            row = {
                "site": item.site,
                "outcome": item.outcome.value,
                "reason": item.reason,
                "pages": item.pages,
                "assets": item.assets,
            }
            self._tell({"event": "site", **row, **self._totals()})
        elif isinstance(item, SiteStart) and item.discovered_by is not None:
            found = {"site": item.site, "by": item.discovered_by, "how": item.discovered_how, "kind": item.kind.value}
            self._tell({"event": "discovered", **found, **self._totals()})

    def closed(self, reason: str) -> None:
        """The crawl ends; nothing follows."""
        spider: Any = self._crawler.spider
        self._tell({"event": "end", "complete": spider.complete, "failure": spider.failure, "reason": reason, **self._totals()})
        if self._pipe is not None:
            self._pipe.close()

    def _totals(self) -> dict[str, int]:
        spider: Any = self._crawler.spider
        return {"done": len(spider.done), "total": spider.total, "responses": self._responses}

    def _tell(self, event: Mapping[str, Any]) -> None:
        if self._shown is not None:
            self._shown(event)
        if self._pipe is None:
            return
        try:
            self._pipe.write(json.dumps(event) + "\n")
            self._pipe.flush()
        except (BrokenPipeError, ValueError):
            self._pipe = None  # whoever listened is gone; the crawl's own file tells the rest


class Progress:
    """Shows events on ``out``: one line that is rewritten on a terminal, a plain line now and then elsewhere."""

    def __init__(self, out: TextIO, *, terminal: bool | None = None) -> None:
        self._out = out
        self._terminal = out.isatty() if terminal is None else terminal
        self._began = time.monotonic()
        self._last = 0.0
        self._errors = 0
        self._first_done: int | None = None

    def __call__(self, event: Mapping[str, Any]) -> None:
        """Shows one event of ``ProgressReporter``."""
        kind = event["event"]
        done, total, responses = event["done"], event["total"], event["responses"]
        if self._first_done is None:
            self._first_done = done
        if kind == "site" and event["outcome"] not in ("finished", "budget"):
            self._errors += 1
        seconds = max(time.monotonic() - self._began, 0.001)
        line = f"{done}/{total} sites, {responses / seconds:.1f} pages/s, {self._errors} not reached"
        if kind == "end":
            self._write(
                f"{done} of {total} sites, {responses} responses in {seconds:.0f} s, {self._errors} not reached", final=True
            )
            return
        if kind == "discovered":
            found = "service" if event["kind"] == "service" else "storefront"
            site, by = defanged(event["site"]), defanged(event["by"])
            self._write(escape_terminal(f"found {found} {site} through {by} ({event['how']})"), final=True)
            return
        visited = done - self._first_done
        if visited > 0 and total > done:
            line += f", about {_span(seconds / visited * (total - done))} left"
        if not self._terminal:
            if kind == "site" and event["outcome"] not in ("finished", "budget"):
                self._write(escape_terminal(f"{defanged(event['site'])}: {event['outcome']} ({event['reason']})"), final=True)
            if time.monotonic() - self._last < _PLAIN_EVERY:
                return
            self._last = time.monotonic()
        self._write(line, final=False)

    def _write(self, line: str, *, final: bool) -> None:
        if self._terminal:
            self._out.write(f"\r\x1b[2K{line}" + ("\n" if final else ""))
        else:
            self._out.write(line + "\n")
        self._out.flush()


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"
