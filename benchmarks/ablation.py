"""What each family of evidence is worth: left out, and alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.evaluation import Evaluation, Truth, evaluate
from benchmarks.document import share, table
from benchmarks.linking import NO_TRACKING, families, link_readings
from benchmarks.readings import CrawlReadings
from benchmarks.rivals import Pair

__all__ = ["ablation_section"]


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
