"""The same readings linked again and again: with evidence left out, with storefronts changed, with a history."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.analyse import AnalysisSettings, SiteReading, _conclude, _known_originals, _not_asked, _wanted
from analysis.evidence import Family
from analysis.findings import Findings
from analysis.fingerprints.registry import KINDS
from analysis.linkage.corpus import profile
from analysis.linkage.link import Linkage, link
from analysis.reference.table import load_reference
from benchmarks.readings import CrawlReadings
from crawler.captures import HostKind

__all__ = ["NO_TRACKING", "Linked", "families", "link_readings"]

#: What "all tracking ids removed" leaves out.
NO_TRACKING = frozenset({"identifiers", str(Family.TRACKING)})


@dataclass(frozen=True, slots=True)
class Linked:
    """Findings with the linkage they came from; seconds of linking and of everything after it."""

    findings: Findings
    linkage: Linkage
    link_seconds: float
    conclude_seconds: float


def families() -> list[str]:
    """Every family that a fingerprint speaks of, in order."""
    return sorted({str(kind.family) for kind in KINDS.values()})


def link_readings(
    crawl: CrawlReadings,
    *,
    without: Iterable[str] = (),
    previous: Findings | None = None,
    replaced: Mapping[str, SiteReading] | None = None,
) -> Linked:
    """What ``analyse`` does after its readings. ``replaced`` puts other readings in the place of, or beside, the crawl's."""
    settings = AnalysisSettings(without=frozenset(without))
    readings = {site: facts.reading for site, facts in crawl.sites.items()} | dict(replaced or {})
    rows = {site: reading.row for site, reading in readings.items()}
    rows |= _not_asked(previous, rows)
    traces = {site: [trace for trace in reading.traces if _wanted(trace, settings)] for site, reading in readings.items()}
    start = time.perf_counter()
    linkage = link(
        (profile(site, rows[site].kind == HostKind.SERVICE, kept) for site, kept in traces.items()),
        KINDS,
        load_reference(),
        known_pairs=[(row.site_a, row.site_b) for row in previous.links] if previous else (),
        originals=_known_originals(previous),
        cut=settings.key_cut,
    )
    linked = time.perf_counter()
    findings = _conclude(crawl.crawl_id, rows, traces, linkage, previous)
    return Linked(findings, linkage, linked - start, time.perf_counter() - linked)
