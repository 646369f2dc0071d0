"""Labelled pairs as numbers, and the caps and prior that fit them best.

What is fitted are the values of ``analysis.linkage.caps``; kinds, their rarity and the rules of control are not. The
measure is log loss (a proper score: only the true probability minimises it), where every pair of operators counts once,
for the pairs of one operator repeat one cause. With few operators there is little to learn from, so each value is drawn
towards what the authors judged: a step by a quarter of an octave costs half a nat, as a normal distribution of that width
would have it. A fit never unsays a true pair that the judged values say to be one operator, and never says a false one.
Values are taken from readable steps only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log2

import numpy as np
import numpy.typing as npt

from analysis.evaluation import Truth
from analysis.evidence import WEIGHED, EvidenceClass, Family
from analysis.linkage.caps import Caps, caps_of, values_of
from analysis.linkage.link import Linkage
from analysis.linkage.matching import AGAINST_CAP, SAME_OPERATOR_AT, Match, rule_ceiling

__all__ = ["Fitted", "LabelledPair", "Numbers", "Pairs", "fit", "labelled_pairs", "probabilities", "steps"]

Numbers = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_]

_FAMILIES = WEIGHED
#: Octaves by which a judged value is held to be uncertain (one standard deviation).
_DOUBT = 0.25
#: A probability is never taken for surer than this when it is scored: one wrong pair must not decide everything.
_SUREST = 0.999
#: Nats within which a value fits nearly as well: half the 95 % quantile of chi squared with one degree of freedom.
_NEARLY = 1.92
_SWEEPS = 8
_SAID_FROM = log2(SAME_OPERATOR_AT / (1 - SAME_OPERATOR_AT))
_PRIORS = (16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 192.0, 256.0)


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A compared pair whose operators are known.

    ``world`` names the truth (operators of two truths are never one), ``crawl`` the crawl; ``storefronts`` how many were
    compared in it. ``copyable``, ``provider`` and ``control`` are bits for by family before caps, of class A, of class B
    and of classes C to F; ``against`` the bits against, capped (0 or less); ``rule`` the test of control it fails.
    """

    world: str
    crawl: str
    operator_a: str
    operator_b: str
    storefronts: int
    copyable: Mapping[Family, float]
    provider: Mapping[Family, float]
    control: Mapping[Family, float]
    against: float = 0.0
    rule: str = ""

    @property
    def is_same(self) -> bool:
        return self.operator_a == self.operator_b

    @property
    def operators(self) -> frozenset[tuple[str, str]]:
        """One or two of (world, operator)."""
        return frozenset({(self.world, self.operator_a), (self.world, self.operator_b)})


@dataclass(frozen=True, slots=True)
class Fitted:
    """The caps that fit best, and by name the least and greatest value that fits nearly as well with the others as they are."""

    caps: Caps
    intervals: Mapping[str, tuple[float, float]]


def labelled_pairs(linkage: Linkage, truth: Truth, world: str, crawl: str) -> list[LabelledPair]:
    """Every compared pair whose two operators the truth names."""
    return [
        _labelled(found, world, crawl, truth.operator[a], truth.operator[b], len(linkage.sites))
        for (a, b), found in sorted(linkage.matches.items())
        if a in truth.operator and b in truth.operator
    ]


def _labelled(found: Match, world: str, crawl: str, operator_a: str, operator_b: str, storefronts: int) -> LabelledPair:
    sums: dict[str, dict[Family, float]] = {"copyable": {}, "provider": {}, "control": {}}
    against = 0.0
    for row in found.contributions:
        if row.kind.name.startswith("rule.") or row.kind.family not in WEIGHED:
            continue
        if row.uncapped <= 0:
            against += row.uncapped
            continue
        name = {EvidenceClass.COPYABLE: "copyable", EvidenceClass.PROVIDER: "provider"}.get(row.kind.cls, "control")
        sums[name][row.kind.family] = sums[name].get(row.kind.family, 0.0) + row.uncapped
    return LabelledPair(
        world,
        crawl,
        operator_a,
        operator_b,
        storefronts,
        sums["copyable"],
        sums["provider"],
        sums["control"],
        max(against, -AGAINST_CAP),
        found.rule,
    )


class Pairs:
    """Labelled pairs as arrays; ``without`` leaves one family's evidence out."""

    def __init__(self, rows: Sequence[LabelledPair], without: Family | None = None) -> None:
        self.rows = tuple(rows)
        kept = [family for family in _FAMILIES if family is not without]
        self._columns = [_FAMILIES.index(family) for family in kept]
        self._copyable = _table([row.copyable for row in rows], kept)
        self._provider = _table([row.provider for row in rows], kept)
        self._control = _table([row.control for row in rows], kept)
        self._mixed = self._copyable + self._provider
        self._against = np.array([row.against for row in rows])
        self._others = np.array([max(row.storefronts - 1, 1) for row in rows], dtype=float)
        self._ceiling = np.array([rule_ceiling(row.rule) if row.rule else np.inf for row in rows])
        self._held = np.isfinite(self._ceiling)
        self.same: Chosen = np.array([row.is_same for row in rows], dtype=bool)

    @cached_property
    def weights(self) -> Numbers:
        """One over how many pairs the same two operators have: each pair of operators counts once."""
        often = Counter((row.operators, row.is_same) for row in self.rows)
        return np.array([1.0 / often[row.operators, row.is_same] for row in self.rows])

    def bits(self, caps: Caps) -> Numbers:
        """Match weights under these caps, as ``analysis.linkage.matching`` gives them, but for what accounts add for an analyst's
        sake: caps do not bind that."""
        most = np.array([caps.family[family] for family in _FAMILIES])[self._columns]
        most_control = np.array([caps.control[family] for family in _FAMILIES])[self._columns]
        scale = np.divide(most, self._mixed, out=np.ones_like(self._mixed), where=self._mixed > most)
        copyable = np.minimum((self._copyable * scale).sum(axis=1) * caps.class_a_share, caps.class_a_cap)
        provider = np.minimum((self._provider * scale).sum(axis=1), caps.class_b_cap)
        control = np.minimum(self._control, most_control).sum(axis=1)
        share = np.minimum(1.0 / caps.prior, 1.0 / self._others)
        prior = np.log2(share / (1.0 - np.minimum(share, 0.999999)))
        found: Numbers = np.minimum(prior + copyable + provider + control + self._against, self._ceiling)
        return found

    def said(self, caps: Caps) -> Chosen:
        """The pairs that are likely enough for one operator, and fail no test of control."""
        found: Chosen = (self.bits(caps) >= _SAID_FROM) & ~self._held
        return found

    def is_worse(self, caps: Caps, said: Chosen) -> bool:
        """Whether under these caps a true pair that was said is said no more, or strangers are said that were not."""
        now = self.said(caps)
        return bool((said & self.same & ~now).any() or (now & ~self.same & ~said).any())

    def losses(self, caps: Caps) -> Numbers:
        """Log loss of each pair in nats."""
        found = np.clip(probabilities(self.bits(caps)), 1 - _SUREST, _SUREST)
        losses: Numbers = -np.log(np.where(self.same, found, 1 - found))
        return losses


def _table(rows: Sequence[Mapping[Family, float]], families: Sequence[Family]) -> Numbers:
    """One row a pair, one column a family."""
    return np.array([[row.get(family, 0.0) for family in families] for row in rows]).reshape(len(rows), len(families))


def probabilities(bits: Numbers) -> Numbers:
    """2^bits / (1 + 2^bits)."""
    found: Numbers = 1.0 / (1.0 + np.exp2(-np.clip(bits, -60.0, 60.0)))
    return found


def steps(name: str, judged: float) -> tuple[float, ...]:
    """The readable values that a fit may give to ``name``, the judged one among them; never far beyond what was judged."""
    if name == "prior.one_in":
        found: Iterable[float] = _PRIORS
    elif name == "class.a_share":
        found = (number / 20 for number in range(4, 15))
    elif name == "class.b_cap":
        found = (number / 4 for number in range(1, 9))
    else:
        step = 0.5 if judged <= 8 else 1.0
        found = (number * step for number in range(1, int(1.5 * judged / step) + 1) if number * step >= judged / 3)
    return tuple(sorted({*found, judged}))


def fit(pairs: Pairs, judged: Caps, chosen: Chosen | None = None, *, only_lower: bool = False) -> Fitted:
    """The caps with the least loss over the chosen pairs (all where None), each step away from ``judged`` paid for.

    One value after another is set to its best step until none moves. ``only_lower`` tries no step that would make any
    pair likelier.
    """
    weights = pairs.weights if chosen is None else pairs.weights * chosen
    centre = values_of(judged)
    tried = {name: _allowed(name, value, only_lower) for name, value in centre.items()}

    said = pairs.said(judged) if chosen is None else pairs.said(judged) & chosen

    def cost(values: Mapping[str, float]) -> float:
        caps = caps_of(values, "fitted")
        if pairs.is_worse(caps, said):
            return inf
        away = sum((log2(values[name] / centre[name]) / _DOUBT) ** 2 for name in centre)
        return float((pairs.losses(caps) * weights).sum()) + away / 2

    values = dict(centre)
    best = cost(values)
    for _ in range(_SWEEPS):
        before = best
        for name, several in tried.items():
            for value in several:
                if value != values[name] and (found := cost({**values, name: value})) < best - 1e-9:
                    values[name], best = value, found
        if best == before:
            break
    intervals = {}
    for name in centre:
        near = [value for value in steps(name, centre[name]) if cost({**values, name: value}) <= best + _NEARLY]
        intervals[name] = (min(near, default=values[name]), max(near, default=values[name]))
    return Fitted(caps_of(values, "fitted"), intervals)


def _allowed(name: str, judged: float, only_lower: bool) -> tuple[float, ...]:
    several = steps(name, judged)
    if not only_lower:
        return several
    return tuple(value for value in several if (value >= judged if name == "prior.one_in" else value <= judged))
