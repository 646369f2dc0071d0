"""How far probabilities can be believed, and what few labelled operators allow to be fitted.

Reliability: pairs are put into bins by the probability of one operator; in a well calibrated bin the share of true pairs
is the mean probability. The expected calibration error is the mean distance of the two, weighted by the bins' counts
(Naeini, Cooper, Hauskrecht 2015). Intervals come from drawing *operators* anew, never pairs: the pairs of one operator
repeat one cause.

Fitted are three numbers, no more, for labelled operators always are few: a ``shift`` of the prior in bits, one ``slope``
on all evidence (Platt's scaling of the match weight) and the cap of class A. Held to account by leaving one operator out
at a time; where the fit is not better on the operators it has not seen by more than its standard error, the values in
force are kept, and the result says so. With few operators only caution can be learnt, for strangers are many even then:
nothing but a shift downward and a lower cap are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt

import numpy as np
import numpy.typing as npt

from analysis.evaluation import Truth
from analysis.evidence import EvidenceClass, Family
from analysis.findings import Findings
from analysis.linkage.caps import SHIPPED

__all__ = [
    "ENOUGH_OPERATORS",
    "Bin",
    "Calibration",
    "LabelledPair",
    "Scale",
    "as_toml",
    "calibrate",
    "calibration_error",
    "error_interval",
    "labelled_pairs",
    "reliability",
]

Numbers = npt.NDArray[np.float64]

#: Fewer operators of two storefronts or more than this tell little of operators that were not labelled.
ENOUGH_OPERATORS = 20
#: Only probabilities inside say anything: outside there is hardly a wrong pair to count.
_FROM, _TO = 0.02, 0.98
#: A pair that fails a rule of control is never shown above this many bits (probability 0.8).
_HELD_BITS = 2.0
_ROUNDS = 2_000
_SHIFTS = tuple(value / 2 for value in range(-8, 5))
_SLOPES = tuple(value / 10 for value in range(5, 16))
_CLASS_A_CAPS = tuple(value / 2 for value in range(2, int(SHIPPED.class_a_cap * 2) + 1))
#: What a step away from the values in force costs, in nats over all pairs: with little data nothing moves.
_PULL = 0.5


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A compared pair whose operators are known.

    ``bits`` is the match weight in force, ``prior`` its share that no evidence gave, ``class_a`` the bits of copyable
    evidence, ``rule`` the bits that a rule of control took away (0 or less); ``families`` bits for by family.
    """

    operator_a: str
    operator_b: str
    bits: float
    prior: float
    class_a: float
    rule: float
    families: Mapping[str, float]

    @property
    def is_same(self) -> bool:
        return self.operator_a == self.operator_b

    @property
    def probability(self) -> float:
        """Of one operator, as the values in force say."""
        return float(_probability(np.array([self.bits]))[0])


@dataclass(frozen=True, slots=True)
class Bin:
    """Probabilities from ``low`` to below ``high``: how many pairs, their mean probability, the share that is true."""

    low: float
    high: float
    pairs: int
    mean: float
    true: float


@dataclass(frozen=True, slots=True)
class Scale:
    """``bits' = prior + shift + slope * evidence``, with copyable evidence cut at ``class_a_cap`` bits."""

    shift: float = 0.0
    slope: float = 1.0
    class_a_cap: float = SHIPPED.class_a_cap


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came of the fit. ``scale`` is what to use: the fitted one where it ``is_better``, else the one in force.

    Losses are mean log losses in bits a pair, ``held_out`` with each operator's pairs judged by a fit without them.
    ``bins_fitted`` and ``error_fitted`` are those of the fit, used or not.
    ``interval`` is the 95 % interval of ``error`` over operators drawn anew; None of nothing. ``by_family`` is the fit with one
    family's bits left out: where it moves far, that family carries the fit.
    """

    scale: Scale
    fitted: Scale
    is_better: bool
    pairs: int
    true_pairs: int
    operators: int
    loss: float
    held_out: float
    error: float | None
    interval: tuple[float, float] | None
    error_fitted: float | None
    bins: tuple[Bin, ...]
    bins_fitted: tuple[Bin, ...]
    by_family: Mapping[str, Scale]
    sentence: str


def labelled_pairs(findings: Findings, truth: Truth) -> list[LabelledPair]:
    """Every link of the findings whose two operators the truth names."""
    class_a: dict[tuple[str, str], float] = {}
    rules: dict[tuple[str, str], float] = {}
    told: dict[tuple[str, str], float] = {}
    families: dict[tuple[str, str], dict[str, float]] = {}
    for row in findings.evidence:
        key = (row.site_a, row.site_b)
        told[key] = told.get(key, 0.0) + row.bits
        if row.kind.startswith("rule."):
            rules[key] = rules.get(key, 0.0) + row.bits
        elif row.bits > 0:
            of = families.setdefault(key, {})
            of[row.family] = of.get(row.family, 0.0) + row.bits
            if row.cls == EvidenceClass.COPYABLE:
                class_a[key] = class_a.get(key, 0.0) + row.bits
    pairs = []
    for link in findings.links:
        key = (link.site_a, link.site_b)
        if key not in told or link.site_a not in truth.operator or link.site_b not in truth.operator:
            continue
        pairs.append(
            LabelledPair(
                truth.operator[link.site_a],
                truth.operator[link.site_b],
                link.bits,
                link.bits - told[key],
                class_a.get(key, 0.0),
                rules.get(key, 0.0),
                families.get(key, {}),
            )
        )
    return pairs


def reliability(probabilities: Sequence[float], same: Sequence[bool], bins: int = 10) -> tuple[Bin, ...]:
    """Bins of equal width over 0..1, of the probabilities from 0.02 to 0.98; empty bins are left out."""
    rows = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [(p, s) for p, s in zip(probabilities, same, strict=True) if _FROM <= p <= _TO and low <= p < high]
        if inside:
            count = len(inside)
            rows.append(Bin(low, high, count, sum(p for p, _ in inside) / count, sum(s for _, s in inside) / count))
    return tuple(rows)


def calibration_error(bins: Iterable[Bin]) -> float | None:
    """The expected calibration error, 0..1; None of no pairs."""
    rows = list(bins)
    pairs = sum(row.pairs for row in rows)
    return sum(row.pairs * abs(row.mean - row.true) for row in rows) / pairs if pairs else None


def error_interval(pairs: Sequence[LabelledPair], rounds: int = _ROUNDS, seed: int = 1) -> tuple[float, float] | None:
    """The 95 % interval of the calibration error when operators are drawn anew; a pair weighs by how often both were drawn."""
    kept = [pair for pair in pairs if _FROM <= pair.probability <= _TO]
    if not kept:
        return None
    names = sorted({name for pair in kept for name in (pair.operator_a, pair.operator_b)})
    number = {name: position for position, name in enumerate(names)}
    left = np.array([number[pair.operator_a] for pair in kept])
    right = np.array([number[pair.operator_b] for pair in kept])
    probability = np.array([pair.probability for pair in kept])
    gap = probability - np.array([float(pair.is_same) for pair in kept])
    place = np.minimum((probability * 10).astype(int), 9)
    one = left == right
    draw = np.random.default_rng(seed)
    errors = []
    for _ in range(rounds):
        times = np.bincount(draw.integers(0, len(names), len(names)), minlength=len(names)).astype(float)
        weight = np.where(one, times[left], times[left] * times[right])
        total = float(weight.sum())
        if total > 0:
            errors.append(float(np.abs(np.bincount(place, weights=weight * gap, minlength=10)).sum()) / total)
    if not errors:
        return None
    low, high = np.percentile(np.array(errors), [2.5, 97.5])
    return float(low), float(high)


def calibrate(labelled: Iterable[tuple[Findings, Truth]]) -> Calibration:
    """Fit shift, slope and class A cap on labelled findings, and say whether the fit may be used.

    ``ValueError`` where no pair is labelled.
    """
    rounds = list(labelled)
    pairs = [pair for findings, truth in rounds for pair in labelled_pairs(findings, truth)]
    if not pairs:
        raise ValueError("no compared pair has two sites that the truth names; nothing can be calibrated")
    counts: dict[str, int] = {}
    for _, truth in rounds[:1]:
        for operator in truth.operator.values():
            counts[operator] = counts.get(operator, 0) + 1
    many = sorted(name for name, count in counts.items() if count > 1)
    columns = _Columns(pairs)
    is_few = len(many) < ENOUGH_OPERATORS
    fitted = columns.fit(np.ones(len(pairs), dtype=bool), is_few)
    gains, before, after = [], [], []
    for name in many:
        concerned = np.array([name in (pair.operator_a, pair.operator_b) for pair in pairs])
        if concerned.any():
            ours, other = columns.losses(Scale())[concerned], columns.losses(columns.fit(~concerned, is_few))[concerned]
            gains.append(float(ours.mean() - other.mean()))
            before += list(ours)
            after += list(other)
    gain = sum(gains) / len(gains) if gains else 0.0
    spread = float(np.std(gains, ddof=1)) / sqrt(len(gains)) if len(gains) > 1 else float("inf")
    is_better = fitted != Scale() and gain > spread
    scale = fitted if is_better else Scale()
    same = [pair.is_same for pair in pairs]
    bins = reliability([pair.probability for pair in pairs], same)
    bins_fitted = reliability([float(p) for p in _probability(columns.bits(fitted))], same)
    return Calibration(
        scale,
        fitted,
        is_better,
        len(pairs),
        sum(same),
        len(many),
        sum(before) / len(before) if before else 0.0,
        sum(after) / len(after) if after else 0.0,
        calibration_error(bins),
        error_interval(pairs),
        calibration_error(bins_fitted),
        bins,
        bins_fitted,
        {family: _Columns(pairs, family).fit(np.ones(len(pairs), dtype=bool), is_few) for family in map(str, sorted(Family))},
        _sentence(len(many), is_better, fitted),
    )


def as_toml(found: Calibration) -> str:
    """The result as a file that people read and the configuration can name."""
    lines = [
        "# Fitted on labelled storefronts. bits = prior + shift + slope * evidence; class_a_cap in bits.",
        f"# {found.sentence}",
        "[scale]",
        f"shift = {found.scale.shift:g}",
        f"slope = {found.scale.slope:g}",
        f"class_a_cap = {found.scale.class_a_cap:g}",
        "",
        "[fit]",
        f"shift = {found.fitted.shift:g}",
        f"slope = {found.fitted.slope:g}",
        f"class_a_cap = {found.fitted.class_a_cap:g}",
        f"is_better = {str(found.is_better).lower()}",
        f"pairs = {found.pairs}",
        f"true_pairs = {found.true_pairs}",
        f"operators = {found.operators}",
        f"loss = {found.loss:.4f}",
        f"held_out_loss = {found.held_out:.4f}",
    ]
    if found.error is not None:
        lines.append(f"calibration_error = {found.error:.4f}")
    if found.interval is not None:
        lines.append(f"calibration_error_interval = [{found.interval[0]:.4f}, {found.interval[1]:.4f}]")
    if found.error_fitted is not None:
        lines.append(f"calibration_error_fitted = {found.error_fitted:.4f}")
    for title, bins in (("bins", found.bins), ("bins_fitted", found.bins_fitted)):
        for row in bins:
            lines += ["", f"[[{title}]]", f"low = {row.low:g}", f"high = {row.high:g}", f"pairs = {row.pairs}"]
            lines += [f"mean_probability = {row.mean:.4f}", f"share_true = {row.true:.4f}"]
    for family, scale in found.by_family.items():
        lines += ["", f"[without.{family}]", f"shift = {scale.shift:g}", f"slope = {scale.slope:g}"]
        lines.append(f"class_a_cap = {scale.class_a_cap:g}")
    return "\n".join(lines) + "\n"


class _Columns:
    """Pairs as arrays; ``without`` leaves one family's bits out."""

    def __init__(self, pairs: Sequence[LabelledPair], without: str = "") -> None:
        left_out = np.array([pair.families.get(without, 0.0) for pair in pairs])
        class_a = np.array([pair.class_a for pair in pairs])
        self.prior = np.array([pair.prior for pair in pairs])
        self.rule = np.array([pair.rule for pair in pairs])
        # a family's copyable and controlled bits are not told apart here: what is left of class A is never negative
        self.class_a = np.maximum(class_a - left_out, 0.0)
        self.rest = np.array([pair.bits for pair in pairs]) - self.prior - self.rule - left_out - self.class_a
        self.same = np.array([pair.is_same for pair in pairs], dtype=bool)

    def bits(self, scale: Scale) -> Numbers:
        evidence = np.minimum(self.class_a, scale.class_a_cap) + self.rest
        bits: Numbers = self.prior + scale.shift + scale.slope * evidence
        return np.where(self.rule < 0, np.minimum(bits, _HELD_BITS), bits)

    def losses(self, scale: Scale) -> Numbers:
        """Log loss of each pair in bits, a probability never taken for surer than 0.999."""
        probability = np.clip(_probability(self.bits(scale)), 0.001, 0.999)
        losses: Numbers = -np.log2(np.where(self.same, probability, 1 - probability))
        return losses

    def fit(self, chosen: npt.NDArray[np.bool_], is_few: bool) -> Scale:
        """The scale with the least loss over the chosen pairs, each step from the one in force paid for."""
        best: tuple[float, float, Scale] | None = None
        downward = tuple(shift for shift in _SHIFTS if shift <= 0)
        grid = product(_CLASS_A_CAPS, downward, (1.0,)) if is_few else product(_CLASS_A_CAPS, _SHIFTS, _SLOPES)
        for cap, shift, slope in grid:
            scale = Scale(shift, slope, cap)
            away = abs(shift) / 2 + abs(slope - 1) * 4 + (SHIPPED.class_a_cap - cap) / 2
            loss = float(self.losses(scale)[chosen].sum()) + _PULL * away
            if best is None or (loss, away) < best[:2]:
                best = (loss, away, scale)
        return best[2] if best is not None else Scale()


def _probability(bits: Numbers) -> Numbers:
    found: Numbers = 1.0 / (1.0 + np.exp2(-np.clip(bits, -60.0, 60.0)))
    return found


def _sentence(operators: int, is_better: bool, fitted: Scale) -> str:
    few = ""
    if operators < ENOUGH_OPERATORS:
        few = (
            f"{operators} operators of two storefronts or more are too few to say how well this holds for others: "
            "only a shift downward and a lower cap were tried. "
        )
    if is_better:
        return few + "The fit is better on operators that it had not seen, by more than its standard error; it is used."
    if fitted == Scale():
        return few + "The values in force fit best; they are kept."
    return few + "The fit is not surely better on operators that it had not seen; the values in force are kept."
