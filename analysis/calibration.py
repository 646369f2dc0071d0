"""How far probabilities can be believed, and what labelled storefronts allow to be fitted.

Reliability (``analysis.reliability``) is that of each pair's own evidence, history and clusters aside: it is what is fitted.

The fit (``analysis.fitting``) is held to account twice. Operators are held out: each pair is judged by a fit that saw
neither of its operators. Families of evidence are held out: the fit is made without one family and scored without it,
which shows what rests on a single family. Where the fit is not better on operators that it has not seen by more than its
standard error, the values in force are kept, and the result says so. With few operators only caution can be learnt, for
strangers are many even then: no step is tried that would make a pair likelier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from analysis.analyse import AnalysisSettings, SiteReading, compare_readings
from analysis.evaluation import Truth
from analysis.evidence import WEIGHED, Family, Trace
from analysis.findings import Findings
from analysis.fitting import Fitted, LabelledPair, Pairs, fit, labelled_pairs, probabilities
from analysis.linkage.caps import SHIPPED, Caps, read_judged, values_of
from analysis.reliability import ENOUGH_OPERATORS, Asked, Reliability, reliability

__all__ = ["Calibration", "as_toml", "calibrate", "judged_pairs", "labelled"]

Numbers = npt.NDArray[np.float64]

_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came of the fit. ``caps`` is what to use: the fitted one where it ``is_better``, else the one in force.

    ``operators`` counts those of two storefronts or more. Losses are mean log losses in bits, each pair of operators counted
    once: ``loss`` of the values in force, ``held_out`` with each pair judged by a fit that saw neither of its operators,
    both over the pairs of the operators held out; ``gain`` is their difference by fold with its standard error.
    ``before`` is the reliability of the values in force, ``after`` that of the fit on operators it has not seen;
    ``by_crawl`` has both for each crawl. ``without`` is the fit with one family of evidence held out: the values that it
    moves elsewhere than the whole fit, the loss in force and the loss of that fit, both without the family.
    """

    caps: Caps
    in_force: Caps
    judged: Caps
    fitted: Fitted
    is_better: bool
    pairs: int
    true_pairs: int
    crawls: int
    operators: int
    loss: float
    held_out: float
    gain: tuple[float, float]
    before: Reliability
    after: Reliability
    by_crawl: Mapping[str, tuple[Reliability, Reliability]]
    without: Mapping[str, tuple[Mapping[str, float], float, float]]
    sentence: str


def labelled(findings: Findings, truth: Truth, world: str, caps: Caps = SHIPPED) -> list[LabelledPair]:
    """The compared pairs of a crawl whose operators the truth names, compared anew from its traces, history aside.

    ``world`` names the truth: operators of two worlds are never one, whatever they are called.
    """
    traces: dict[str, list[Trace]] = {}
    for row in findings.traces:
        traces.setdefault(row.site, []).append(Trace(row.kind, row.value, row.url, row.digest, row.shown, row.weight))
    readings = {row.site: SiteReading(row, tuple(traces.get(row.site, ()))) for row in findings.storefronts}
    linkage = compare_readings(findings.crawl_id, readings, None, AnalysisSettings(caps=caps)).linkage
    return labelled_pairs(linkage, truth, world, findings.crawl_id)


def calibrate(rows: Sequence[LabelledPair], in_force: Caps = SHIPPED, judged: Caps | None = None) -> Calibration:
    """Fit caps and prior to labelled pairs, and say whether the fit may be used.

    ``judged`` is what the fit is drawn towards (default: what the authors judged). ``ValueError`` where no pair is labelled.
    """
    if not rows:
        raise ValueError("no compared pair has two sites that the truth names; nothing can be calibrated")
    judged = judged or read_judged()
    pairs = Pairs(rows)
    many = sorted({next(iter(row.operators)) for row in rows if row.is_same})
    is_few = len(many) < ENOUGH_OPERATORS
    fitted = fit(pairs, judged, only_lower=is_few)
    unseen, gains, losses = _held_out(pairs, in_force, judged, many, is_few)
    gain = sum(gains) / len(gains) if gains else 0.0
    spread = float(np.std(gains, ddof=1)) / sqrt(len(gains)) if len(gains) > 1 else float("inf")
    moved = values_of(fitted.caps) != values_of(in_force)
    is_better = moved and gain > spread
    now = probabilities(pairs.bits(in_force))
    by_crawl = {}
    for name in sorted({f"{row.world}, {row.crawl}" for row in rows}):
        inside = np.array([f"{row.world}, {row.crawl}" == name for row in rows])
        by_crawl[name] = (_reliability(rows, now, inside), _reliability(rows, unseen, inside))
    everything = np.ones(len(rows), dtype=bool)
    return Calibration(
        fitted.caps if is_better else in_force,
        in_force,
        judged,
        fitted,
        is_better,
        len(rows),
        int(pairs.same.sum()),
        len(by_crawl),
        len(many),
        losses[0],
        losses[1],
        (gain, spread),
        _reliability(rows, now, everything),
        _reliability(rows, unseen, everything),
        by_crawl,
        {str(family): _without(rows, family, in_force, judged, fitted.caps, is_few) for family in WEIGHED},
        _sentence(len(many), is_better, moved),
    )


def _held_out(
    pairs: Pairs, in_force: Caps, judged: Caps, many: Sequence[tuple[str, str]], is_few: bool
) -> tuple[Numbers, list[float], tuple[float, float]]:
    """Every pair's probability by fits that saw neither of its operators; the gain of each fold; mean losses before and after.

    Operators of several storefronts are dealt out to the folds first, so that each has its share of true pairs.
    """
    others = sorted({operator for row in pairs.rows for operator in row.operators} - set(many))
    fold_of = {operator: number % _FOLDS for number, operator in enumerate([*many, *others])}
    before = pairs.losses(in_force) / np.log(2)
    sums, counts = np.zeros(len(pairs.rows)), np.zeros(len(pairs.rows))
    gains, old, new, weight = [], 0.0, 0.0, 0.0
    for fold in sorted(set(fold_of.values())):
        concerned = np.array([any(fold_of[operator] == fold for operator in row.operators) for row in pairs.rows])
        if concerned.all():
            continue
        caps = fit(pairs, judged, ~concerned, only_lower=is_few).caps
        sums += np.where(concerned, probabilities(pairs.bits(caps)), 0.0)
        counts += concerned
        weights = pairs.weights * concerned
        after = pairs.losses(caps) / np.log(2)
        gains.append(float(((before - after) * weights).sum() / weights.sum()))
        old, new, weight = (
            old + float((before * weights).sum()),
            new + float((after * weights).sum()),
            weight + float(weights.sum()),
        )
    unseen = np.where(counts > 0, sums / np.maximum(counts, 1), probabilities(pairs.bits(in_force)))
    return unseen, gains, (old / weight, new / weight) if weight else (0.0, 0.0)


def _without(
    rows: Sequence[LabelledPair], family: Family, in_force: Caps, judged: Caps, whole: Caps, is_few: bool
) -> tuple[Mapping[str, float], float, float]:
    pairs = Pairs(rows, family)
    found = values_of(fit(pairs, judged, only_lower=is_few).caps)
    own = {f"family.{family}", f"control.{family}"}
    moved = {name: value for name, value in found.items() if name not in own and value != values_of(whole)[name]}
    total = float(pairs.weights.sum()) * np.log(2)
    of = [float((pairs.losses(caps) * pairs.weights).sum()) / total for caps in (in_force, whole)]
    return moved, of[0], of[1]


def _reliability(rows: Sequence[LabelledPair], found: Numbers, chosen: npt.NDArray[np.bool_]) -> Reliability:
    kept = [(row, p) for row, p, is_chosen in zip(rows, found, chosen, strict=True) if is_chosen]
    return reliability(judged_pairs([row for row, _ in kept], [p for _, p in kept]))


def judged_pairs(rows: Sequence[LabelledPair], found: Iterable[float]) -> list[Asked]:
    """Labelled pairs with their probabilities; operators of two worlds are never one, whatever they are called."""
    return [Asked(float(p), ((row.world, row.operator_a), (row.world, row.operator_b))) for row, p in zip(rows, found, strict=True)]


def as_toml(found: Calibration) -> str:
    """A whole model file: what to use, from where to where it might lie, and how that was found.

    ``analysis.linkage.caps`` reads its values; the rest is for people.
    """
    lines = [
        "# A samehand model: `analysis.model` in samehand.toml names it. Bits, but for prior.one_in (of how many candidates one",
        "# is the partner) and class.a_share. judged: by the authors, what the fit is drawn towards; low, high: values that fit",
        "# nearly as well.",
        f"# {found.sentence}",
    ]
    section = ""
    judged = values_of(found.judged)
    for name, value in values_of(found.caps).items():
        head, _, key = name.partition(".")
        if head != section:
            lines += ["", f"[{head}]"]
            section = head
        low, high = found.fitted.intervals[name]
        lines.append(f"{key} = {{ value = {value:g}, judged = {judged[name]:g}, low = {low:g}, high = {high:g} }}")
    lines += [
        "",
        "[fit]",
        f"is_better = {str(found.is_better).lower()}",
        f"pairs = {found.pairs}",
        f"true_pairs = {found.true_pairs}",
        f"crawls = {found.crawls}",
        f"operators = {found.operators}",
        f"loss = {found.loss:.4f}",
        f"held_out_loss = {found.held_out:.4f}",
    ]
    lines += _rates("", found.before) + _rates("held_out_", found.after)
    for title, shown in (("bins", found.before), ("bins_held_out", found.after)):
        for row in shown.bins:
            lines += ["", f"[[{title}]]", f"low = {row.low:g}", f"high = {row.high:g}", f"pairs = {row.pairs}"]
            lines += [f"mean_probability = {row.mean:.4f}", f"share_true = {row.true:.4f}"]
    for family, (moved, before, after) in found.without.items():
        lines += ["", f"[without.{family}]", f"loss = {before:.4f}", f"fitted_loss = {after:.4f}"]
        lines += [f'"{name}" = {value:g}' for name, value in moved.items()]
    return "\n".join(lines) + "\n"


def _rates(prefix: str, shown: Reliability) -> list[str]:
    lines = []
    if shown.error is not None:
        lines.append(f"{prefix}calibration_error = {shown.error:.4f}")
    if shown.interval is not None:
        lines.append(f"{prefix}calibration_error_interval = [{shown.interval[0]:.4f}, {shown.interval[1]:.4f}]")
    return lines


def _sentence(operators: int, is_better: bool, moved: bool) -> str:
    few = ""
    if operators < ENOUGH_OPERATORS:
        several = (
            "1 operator of two storefronts or more is"
            if operators == 1
            else f"{operators} operators of two storefronts or more are"
        )
        few = f"{several} too few to say how well this holds for others: only steps that make pairs less likely were tried. "
    if is_better:
        return few + "The fit is better on operators that it had not seen, by more than its standard error; it is used."
    if not moved:
        return few + "The values in force fit best; they are kept."
    return few + "The fit is not surely better on operators that it had not seen; the values in force are kept."
