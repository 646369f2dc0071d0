"""How far the shipped probabilities can be believed on a world: bins, and the calibration error with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.calibration import Bin, Reliability, calibration_error, error_interval, reliability
from analysis.evaluation import Truth
from analysis.fitting import LabelledPair, Numbers, Pairs, labelled_pairs, probabilities
from analysis.linkage.caps import SHIPPED, read_judged
from analysis.linkage.link import Linkage
from benchmarks.document import figure, table

__all__ = ["bins_table", "error_text", "reliability_of", "reliability_section"]

_ENOUGH = 20


def reliability_section(rows: Sequence[tuple[str, Linkage, Truth]]) -> list[str]:
    """One part a run: the shipped values, and beside them what the authors judged before anything was fitted."""
    lines: list[str] = []
    for title, linkage, truth in rows:
        pairs = Pairs(labelled_pairs(linkage, truth, "", title))
        many = {row.operator_a for row in pairs.rows if row.is_same}
        shipped = reliability_of(pairs.rows, probabilities(pairs.bits(SHIPPED)))
        judged = reliability_of(pairs.rows, probabilities(pairs.bits(read_judged())))
        inside = sum(row.pairs for row in shipped.bins)
        lines += [
            f"{title}: {len(pairs.rows)} compared pairs with known operators, {int(pairs.same.sum())} of them true; {inside} with "
            f"a probability from 0.02 to 0.98. With the shipped values: {error_text(shipped)}. "
            f"With the values judged before any fit: {error_text(judged)}.",
            "",
            *bins_table(shipped.bins),
        ]
        if len(many) < _ENOUGH:
            lines += [
                f"{len(many)} operators of two storefronts or more are too few to say how well this holds for others: one operator "
                "more or less moves the figure by as much as it is large. How the shipped values were fitted, on which crawls, and "
                "how they do where no fit has looked is in [calibration.md](calibration.md).",
                "",
            ]
    return lines


def reliability_of(rows: Sequence[LabelledPair], found: Numbers) -> Reliability:
    """Bins, error and interval of some pairs' probabilities."""
    values = [float(p) for p in found]
    bins = reliability(values, [row.is_same for row in rows])
    return Reliability(bins, calibration_error(bins), error_interval(rows, values))


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
