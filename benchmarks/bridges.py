"""A planted false bridge: one strong value of one operator put on one storefront of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

from analysis.analyse import SiteReading
from analysis.evaluation import Truth, evaluate
from analysis.evidence import EvidenceClass, Trace
from analysis.fingerprints.registry import KINDS
from benchmarks.document import name, share, table, text
from benchmarks.labels import operators
from benchmarks.linking import Linked, link_readings
from benchmarks.readings import CrawlReadings

__all__ = ["Planted", "bridge_section", "plant_payee"]


@dataclass(frozen=True, slots=True)
class Planted:
    """A payee of ``source``'s operator on ``target``."""

    source: str
    target: str
    trace: Trace
    reading: SiteReading


def plant_payee(crawl: CrawlReadings, source: str, target: str) -> Planted | None:
    """``target`` as it would read with the payee of ``source`` on it; None where ``source`` shows no payee."""
    if source not in crawl.sites or target not in crawl.sites:
        return None
    payees = [t for t in crawl.sites[source].reading.traces if KINDS[t.kind].cls is EvidenceClass.PAYEE]
    if not payees:
        return None
    reading = crawl.sites[target].reading
    planted = payees[0]._replace(url=reading.row.url)
    return Planted(source, target, planted, SiteReading(reading.row, tuple(sorted({*reading.traces, planted}))))


def bridge_section(crawl: CrawlReadings, truth: Truth, tell: Callable[[str], None]) -> list[str]:
    """Each operator's payee on one storefront of every other operator: do they stay apart, and is the bridge shown?"""
    groups = [[site for site in sites if site in crawl.sites] for sites in operators(truth).values()]
    rows = []
    for members, others in permutations([sites for sites in groups if sites], 2):
        planted = next((p for s in members for o in others if (p := plant_payee(crawl, s, o)) is not None), None)
        if planted is None:
            continue
        tell(f"bridge {planted.source} {planted.target}")
        linked = link_readings(crawl, replaced={planted.target: planted.reading})
        rows.append(_row(planted, linked, truth, set(members), set(others)))
    if not rows:
        return ["No operator of two storefronts shows a payee here.", ""]
    return table(
        (
            "payee of",
            "planted on",
            "sizes",
            "false pairs",
            "pairs found",
            "the planted pair",
            "bridges shown",
        ),
        rows,
    )


def _row(planted: Planted, linked: Linked, truth: Truth, members: set[str], others: set[str]) -> tuple[object, ...]:
    found = evaluate(linked.findings, truth)
    a, b = sorted((planted.source, planted.target))
    link = next((row for row in linked.findings.links if (row.site_a, row.site_b) == (a, b)), None)
    cluster_of = {row.site: row.cluster for row in linked.findings.members}
    ours = {cluster_of[site] for site in members | others if site in cluster_of}
    bridges = sorted({part for row in linked.findings.clusters if row.cluster in ours for part in row.bridges.split("; ") if part})
    return (
        name(planted.source),
        name(planted.target),
        f"{len(members)} and {len(others)}",
        found.false_pairs,
        share(found.found_pairs, found.true_pairs),
        f"{link.relation}{', for review' if link.review else ''} ({link.probability:.3f})" if link else "nothing said",
        text("; ".join(bridges), 400) or "none",
    )
