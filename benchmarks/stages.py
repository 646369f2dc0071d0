"""Where the time goes: seconds a stage on an imported week, milliseconds a storefront for each fingerprint."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from analysis.findings import write
from analysis.fingerprints.registry import FINGERPRINTS
from analysis.masking import masked
from analysis.people import Masks
from analysis.reading import Reading, read
from benchmarks.document import figure, table
from benchmarks.linking import Linked
from benchmarks.reading import bare_parsing
from benchmarks.readings import CrawlReadings
from crawler.archive import open_crawl
from reports.report import report

__all__ = ["Imported", "stages_section"]

#: Every so many storefronts are read again, fingerprint by fingerprint, on one core.
_SAMPLE_EVERY = 6


@dataclass(frozen=True, slots=True)
class Imported:
    """One week brought in: seconds of the import, the readings, what was linked from them."""

    import_seconds: float
    crawl: CrawlReadings
    linked: Linked
    workers: int


def stages_section(week: Imported, tell: Callable[[str], None]) -> list[str]:
    """Two tables and the comparison with bare parsing."""
    crawl, linked = week.crawl, week.linked
    with tempfile.TemporaryDirectory(prefix="samehand-stages-") as folder:
        start = time.perf_counter()
        write(linked.findings, Path(folder) / "findings")
        written = time.perf_counter()
        report(masked(linked.findings, Masks()), Path(folder) / "report")
        reported = time.perf_counter()
    tell("stages timed")
    rows = [
        ("import", week.import_seconds),
        (f"read, {week.workers} processes", crawl.seconds),
        ("link", linked.link_seconds),
        ("conclude", linked.conclude_seconds),
        ("write findings", written - start),
        ("report", reported - written),
    ]
    total = sum(seconds for _, seconds in rows)
    lines = [f"{len(crawl.sites)} storefronts, {sum(f.reading.row.pages for f in crawl.sites.values())} pages:", ""]
    lines += table(("stage", "seconds", "share"), [(what, figure(s, 1), f"{s / total:.0%}") for what, s in rows])
    return lines + _fingerprints(crawl, tell)


def _fingerprints(crawl: CrawlReadings, tell: Callable[[str], None]) -> list[str]:
    archive = open_crawl(crawl.folder)
    sample = sorted(crawl.sites)[::_SAMPLE_EVERY]
    spent: dict[str, list[float]] = {}
    parse, pages = 0.0, 0
    for site in sample:
        capture = archive.capture(site)
        seconds, count = bare_parsing(capture)
        parse += seconds
        pages += count
        start = time.process_time()
        reading = read(capture)
        spent.setdefault("pages and their states", []).append(time.process_time() - start)
        _time_each(reading, spent)
        tell(f"fingerprints of {site} timed")
    total = sum(map(sum, spent.values()))
    rows = [
        (what, figure(1000 * sum(times) / len(times), 1), figure(1000 * median(times), 1), f"{sum(times) / total:.0%}")
        for what, times in sorted(spent.items(), key=lambda item: -sum(item[1]))
    ]
    lines = [
        f"{len(sample)} of them again, one after another on one core; what a page computes once counts for who asks first:",
        "",
    ]
    lines += table(("fingerprint", "mean ms a storefront", "median ms", "share"), rows)
    if parse and total:
        lines += [
            f"{pages} pages: lxml parsing with one walk over all elements {pages / parse:.0f} pages/s, reading with every "
            f"fingerprint, pictures included, {pages / total:.0f} pages/s ({parse / total:.2f} of it).",
            "",
        ]
    return lines


def _time_each(reading: Reading, spent: dict[str, list[float]]) -> None:
    for fingerprint in FINGERPRINTS:
        start = time.process_time()
        for _ in fingerprint.take(reading):
            pass
        name = getattr(fingerprint, "__name__", "").rpartition(".")[2]
        spent.setdefault(name, []).append(time.process_time() - start)
