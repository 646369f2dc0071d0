"""How far the probabilities can be believed: bins, calibration error with its interval, and what a fit would change."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.calibration import Bin, calibrate
from analysis.evaluation import Truth
from analysis.findings import Findings
from benchmarks.document import figure, table

__all__ = ["reliability_section"]


def reliability_section(rows: Sequence[tuple[str, Findings, Truth]]) -> list[str]:
    """One part a run; each is fitted for itself."""
    lines: list[str] = []
    for title, findings, truth in rows:
        found = calibrate([(findings, truth)])
        interval = f" (95 % interval over operators {found.interval[0]:.3f} to {found.interval[1]:.3f})" if found.interval else ""
        inside = sum(row.pairs for row in found.bins)
        error = "nothing to compare" if found.error is None else figure(found.error)
        lines += [
            f"{title}: {found.pairs} pairs with known operators, {found.true_pairs} of them true; {inside} with a probability from "
            f"0.02 to 0.98. Expected calibration error {error}{interval}.",
            "",
        ]
        lines += _bins(found.bins)
        after = "nothing to compare" if found.error_fitted is None else figure(found.error_fitted)
        lines += [
            f"{found.sentence} Fitted: shift {found.fitted.shift:+g} bits, slope {found.fitted.slope:g}, class A cap "
            f"{found.fitted.class_a_cap:g}. Log loss {found.loss:.4f} bits a pair in force, {found.held_out:.4f} with each "
            f"operator judged by a fit without it. Calibration error with the fit {after}.",
            "",
        ]
        moved = [(family, scale.shift, scale.slope, scale.class_a_cap) for family, scale in found.by_family.items()]
        lines += ["The fit with one family's evidence held out:", ""]
        lines += table(("without", "shift", "slope", "class A cap"), [(f, f"{a:+g}", f"{b:g}", f"{c:g}") for f, a, b, c in moved])
    return lines


def _bins(bins: Sequence[Bin]) -> list[str]:
    return table(
        ("probability", "pairs", "mean probability", "share that is true"),
        [(f"{row.low:.1f} to {row.high:.1f}", row.pairs, row.mean, row.true) for row in bins],
    )
