"""Where the time goes: seconds a stage on an imported week, and reading beside bare parsing, fingerprint by fingerprint."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.findings import write
from analysis.masking import masked
from analysis.people import Masks
from benchmarks.document import figure, table
from benchmarks.linking import Linked
from benchmarks.reading import reading_section
from benchmarks.readings import CrawlReadings
from reports.report import report

__all__ = ["Imported", "stages_section"]


@dataclass(frozen=True, slots=True)
class Imported:
    """One week brought in: seconds of the import, the readings, what was linked from them."""

    import_seconds: float
    crawl: CrawlReadings
    linked: Linked
    workers: int


def stages_section(week: Imported, tell: Callable[[str], None]) -> list[str]:
    """The stages, and reading beside bare parsing."""
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
    tell("reading alone")
    return [*lines, "Reading alone, pages of this one crawl:", "", *reading_section([crawl.folder])]
