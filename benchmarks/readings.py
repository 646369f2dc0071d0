"""Every storefront of a crawl read once: traces, its row, and what the rivals' rules look at.

Readings are what costs; everything else here links the same readings again and again.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.analyse import SiteReading, storefront_row
from analysis.fingerprints.registry import take_all
from analysis.page.reading import read
from analysis.workers import Died, Limits, run_limited
from benchmarks.rivals import Features, features
from crawler.archive import open_crawl
from crawler.captures import Capture

__all__ = ["CrawlReadings", "SiteFacts", "read_capture", "read_crawl"]


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """One storefront's reading, the rivals' view of it, and how long it took in seconds."""

    reading: SiteReading
    features: Features
    seconds: float


@dataclass(frozen=True, slots=True)
class CrawlReadings:
    """All readings of one crawl; ``died`` names those whose worker gave up, ``seconds`` is wall clock for all."""

    crawl_id: str
    folder: Path
    sites: Mapping[str, SiteFacts]
    died: Mapping[str, str]
    seconds: float


def read_capture(capture: Capture) -> SiteFacts:
    """Read one capture held in memory."""
    start = time.perf_counter()
    reading = read(capture)
    traces = take_all(reading)
    kept = tuple(trace for trace in traces if trace.kind != "logo.icon")
    done = time.perf_counter() - start
    return SiteFacts(SiteReading(storefront_row(reading, traces), kept), features(reading, traces), done)


def read_crawl(folder: Path, workers: int = 2, tell: Callable[[str], None] = print, keep: Path | None = None) -> CrawlReadings:
    """Read a whole crawl; ``keep`` is a file that holds the readings of an earlier run, or will hold these."""
    if keep is not None and keep.is_file():
        with keep.open("rb") as stream:
            kept = pickle.load(stream)
        if isinstance(kept, CrawlReadings):
            return replace(kept, folder=folder)
    start = time.perf_counter()
    crawl = open_crawl(folder)
    tasks = [(str(folder), entry.site) for entry in crawl.entries]
    sites: dict[str, SiteFacts] = {}
    died: dict[str, str] = {}
    for (_, site), answer in run_limited(_read_site, tasks, Limits(seconds=300.0, workers=workers)):
        if isinstance(answer, Died):
            died[site] = answer.reason
        else:
            sites[site] = answer
        tell(site)
    found = CrawlReadings(crawl.crawl_id, folder, sites, died, time.perf_counter() - start)
    if keep is not None:
        with keep.open("wb") as stream:
            pickle.dump(found, stream)
    return found


def _read_site(task: tuple[str, str]) -> SiteFacts:
    folder, site = task
    return read_capture(open_crawl(Path(folder)).capture(site))
