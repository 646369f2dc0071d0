"""How far the shipped probabilities can be believed on a world: bins, and the calibration error with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.calibration import judged_pairs
from analysis.evaluation import Truth, told_pairs
from analysis.findings import Findings
from analysis.fitting import LabelledPair, Numbers, Pairs, labelled_pairs, probabilities
from analysis.linkage.caps import SHIPPED, read_judged
from analysis.linkage.link import Linkage
from analysis.reliability import ENOUGH_OPERATORS, Asked, Bin, Reliability, reliability, telling
from benchmarks.document import figure, table

__all__ = ["bins_table", "error_text", "evidence_section", "reliability_of", "told_section"]


def told_section(rows: Sequence[tuple[str, Findings, Truth]]) -> list[str]:
    """The probabilities that the findings tell of one world, row by row and all together, with the bins of each row."""
    asked = [(title, told_pairs(findings, truth)) for title, findings, truth in rows]
    shown = [(title, reliability(pairs)) for title, pairs in asked]
    together = [pair for _, pairs in asked for pair in pairs]
    lines = table(
        ("row", "pairs from 0.02 to 0.98", "expected calibration error", "95 % interval over operators", "by chance alone"),
        [(title, found.pairs, *_error_cells(found)) for title, found in (*shown, ("all rows together", reliability(together)))],
    )
    lines += [
        "By chance alone: the mean error of a model that is right about each of these pairs.",
        "",
        f"All rows together: the pairs of all rows in the same bins, {_different(together)} different pairs of storefronts among "
        "them. The rows are no independent samples, for the same pairs recur from row to row: more pairs are not more operators. "
        "So for the interval an operator's pairs of all rows are drawn together, and for the error by chance a pair that recurs "
        "is true or false in all rows at once. The line says how the figure stands over weeks and ways of crawling; it is no "
        "surer than one row.",
        "",
    ]
    for title, found in shown:
        lines += [f"{title}:", "", *bins_table(found.bins)]
    many = {pair.operators[0] for _, pairs in asked for pair in pairs if pair.is_same}
    if len(many) < ENOUGH_OPERATORS:
        lines += [
            f"Operators of two storefronts or more: {len(many)}, which is too few to say how well this holds for others: one "
            "operator more or less moves the figure by as much as it is large. How the shipped values were fitted, on which "
            "crawls, and how they do where no fit has looked is in [calibration.md](calibration.md).",
            "",
        ]
    return lines


def _different(pairs: Sequence[Asked]) -> int:
    return len({pair.pair for pair in telling(pairs)})


def _error_cells(found: Reliability) -> tuple[str, str, str]:
    if found.error is None or found.by_chance is None:
        return "-", "-", "-"
    interval = f"{found.interval[0]:.3f} to {found.interval[1]:.3f}" if found.interval else "-"
    return figure(found.error), interval, figure(found.by_chance)


def evidence_section(rows: Sequence[tuple[str, Linkage, Truth]]) -> list[str]:
    """Each pair by its own evidence alone, with the shipped values and with what the authors judged before anything was fitted."""
    lines: list[str] = []
    for title, linkage, truth in rows:
        pairs = Pairs(labelled_pairs(linkage, truth, "", title))
        shipped = reliability_of(pairs.rows, probabilities(pairs.bits(SHIPPED)))
        judged = reliability_of(pairs.rows, probabilities(pairs.bits(read_judged())))
        lines += [
            f"{title}, each pair by its own evidence alone, clusters aside: {len(pairs.rows)} compared pairs with known operators, "
            f"{int(pairs.same.sum())} of them true; {shipped.pairs} with a probability from 0.02 to 0.98. With the shipped values: "
            f"{error_text(shipped)}. With the values judged before any fit: {error_text(judged)}.",
            "",
        ]
    return lines


def reliability_of(rows: Sequence[LabelledPair], found: Numbers) -> Reliability:
    """Bins, error and interval of some pairs' probabilities."""
    return reliability(judged_pairs(rows, found))


def error_text(shown: Reliability) -> str:
    """The calibration error in words."""
    if shown.error is None:
        return "nothing to compare"
    interval = f" (95 % interval over operators {shown.interval[0]:.3f} to {shown.interval[1]:.3f})" if shown.interval else ""
    return f"expected calibration error {figure(shown.error)}{interval}"


def bins_table(bins: Sequence[Bin]) -> list[str]:
    """Bins with their counts."""
    return table(
        ("probability", "pairs", "mean probability", "share that is true"),
        [(f"{row.low:.1f} to {row.high:.1f}", row.pairs, row.mean, row.true) for row in bins],
    )
