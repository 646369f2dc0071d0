"""What each family of evidence is worth: left out, and alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from analysis.evaluation import Evaluation, Truth, evaluate
from analysis.findings import Findings
from analysis.fingerprints.registry import FINGERPRINTS
from benchmarks.document import figure, share, table
from benchmarks.linking import NO_TRACKING, families, link_readings
from benchmarks.readings import CrawlReadings
from benchmarks.rivals import Pair

__all__ = ["ablation_section", "bits_section"]

#: Contributions of fewer bits than this would be shown as none.
_CHANGES = 0.005


def ablation_section(
    crawl: CrawlReadings, truth: Truth, relations: Mapping[Pair, frozenset[str]], tell: Callable[[str], None]
) -> list[str]:
    """Tracking ids removed, one family removed, one family alone."""
    every = families()
    wanted: list[tuple[str, frozenset[str]]] = [("everything", frozenset()), ("without all tracking ids", NO_TRACKING)]
    wanted += [(f"without {family}", frozenset({family})) for family in every]
    wanted += [(f"{family} alone", frozenset(every) - {family}) for family in every]
    rows = []
    for title, without in wanted:
        tell(title)
        rows.append((title, evaluate(link_readings(crawl, without=without).findings, truth, relations)))
    return table(
        ("evidence", "P", "R", "F1", "ARI", "pairs found", "false pairs", "false same-operator links"),
        [(title, *_figures(found)) for title, found in rows],
    )


def bits_section(findings: Findings) -> list[str]:
    """For each fingerprint the pairs whose bits it changes, and its largest contribution either way."""
    pairs: dict[str, set[Pair]] = defaultdict(set)
    most: dict[str, float] = defaultdict(float)
    least: dict[str, float] = defaultdict(float)
    for row in findings.evidence:
        name = row.kind.partition(".")[0]
        if abs(row.bits) >= _CHANGES:
            pairs[name].add((row.site_a, row.site_b))
            most[name], least[name] = max(most[name], row.bits), min(least[name], row.bits)
    modules = sorted(fingerprint.KINDS[0].name.partition(".")[0] for fingerprint in FINGERPRINTS)
    rows = [(name, len(pairs[name]), figure(most[name], 1), figure(least[name], 1)) for name in modules]
    return table(("fingerprint", "pairs it changes", "most bits for", "most bits against"), rows)


def _figures(found: Evaluation) -> tuple[object, ...]:
    return (
        found.precision,
        found.recall,
        found.f1,
        found.ari,
        share(found.found_pairs, found.true_pairs),
        found.false_pairs,
        found.false_links,
    )
