"""A clustering scored without findings: for rivals' rules and for counting pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from analysis.evaluation import Evaluation, Truth, evaluate
from analysis.findings import Findings, MemberRow

__all__ = ["operators", "score_labels", "true_pairs"]


def score_labels(label: Mapping[str, str], truth: Truth) -> Evaluation:
    """Figures of a plain site -> group answer."""
    members = tuple(MemberRow(site, group, 1.0, "", "", "") for site, group in sorted(label.items()))
    return evaluate(Findings("", "", (), (), (), (), members, (), ()), truth)


def operators(truth: Truth) -> dict[str, list[str]]:
    """Operators of two sites or more, with their sites in order."""
    found: dict[str, list[str]] = {}
    for site in sorted(truth.operator):
        found.setdefault(truth.operator[site], []).append(site)
    return {name: sites for name, sites in sorted(found.items()) if len(sites) > 1}


def true_pairs(truth: Truth, sites: Iterable[str] | None = None) -> set[tuple[str, str]]:
    """All pairs of one operator, of the sites asked for."""
    wanted = set(truth.operator) if sites is None else set(sites)
    return {pair for members in operators(truth).values() for pair in combinations([s for s in members if s in wanted], 2)}
