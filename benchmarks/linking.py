"""The same readings linked again and again: with evidence left out, with storefronts changed, with a history."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.analyse import AnalysisSettings, SiteReading, compare_readings, conclude
from analysis.evidence import Family
from analysis.findings import Findings
from analysis.fingerprints.registry import KINDS
from analysis.linkage.caps import SHIPPED, Caps
from analysis.linkage.link import Linkage
from benchmarks.readings import CrawlReadings

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
    caps: Caps = SHIPPED,
) -> Linked:
    """What ``analyse`` does after its readings. ``replaced`` puts other readings in the place of, or beside, the crawl's."""
    settings = AnalysisSettings(without=frozenset(without), caps=caps)
    readings = {site: facts.reading for site, facts in crawl.sites.items()} | dict(replaced or {})
    start = time.perf_counter()
    compared = compare_readings(crawl.crawl_id, readings, previous, settings)
    linked = time.perf_counter()
    findings = conclude(crawl.crawl_id, compared, previous)
    return Linked(findings, compared.linkage, linked - start, time.perf_counter() - linked)
