"""How far probabilities can be believed: bins, the calibration error, its interval, and what chance alone makes of it.

In a well calibrated bin the share of true pairs is the mean probability. The expected calibration error is the mean distance
of the two, weighted by the bins' counts (Naeini, Cooper, Hauskrecht 2015). Its interval comes from drawing *operators* anew,
never pairs: the pairs of one operator repeat one cause. Of few pairs the error is large even where every probability is
right; ``by_chance`` says how large, by drawing the truth from the probabilities (consistency resampling: Bröcker and Smith,
"Increasing the reliability of reliability diagrams", 2007).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = [
    "ENOUGH_OPERATORS",
    "Asked",
    "Bin",
    "Reliability",
    "binned",
    "calibration_error",
    "error_by_chance",
    "error_interval",
    "reliability",
    "telling",
]

#: Fewer operators of two storefronts or more than this tell little of operators that were not labelled.
ENOUGH_OPERATORS = 20
#: Only probabilities inside say anything: outside there is hardly a wrong pair to count.
_FROM, _TO = 0.02, 0.98
_BINS = 10
_ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One pair: its probability, and who operates its ends. ``pair`` tells that two of them are the same two storefronts, seen
    twice; None is like no other."""

    probability: float
    operators: tuple[Hashable, Hashable]
    pair: Hashable = None

    @property
    def is_same(self) -> bool:
        return self.operators[0] == self.operators[1]


@dataclass(frozen=True, slots=True)
class Bin:
    """Probabilities from ``low`` to below ``high``: how many pairs, their mean probability, the share that is true."""

    low: float
    high: float
    pairs: int
    mean: float
    true: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins of some pairs' probabilities, their calibration error (None of nothing), its 95 % interval, and the mean error of a
    model that is right about every one of these pairs."""

    bins: tuple[Bin, ...]
    error: float | None
    interval: tuple[float, float] | None
    by_chance: float | None

    @property
    def pairs(self) -> int:
        """How many pairs the bins hold."""
        return sum(row.pairs for row in self.bins)


def reliability(pairs: Sequence[Asked]) -> Reliability:
    """Bins, error, interval and error by chance of the pairs with a probability from 0.02 to 0.98."""
    bins = binned(pairs)
    return Reliability(bins, calibration_error(bins), error_interval(pairs), error_by_chance(pairs))


def binned(pairs: Sequence[Asked]) -> tuple[Bin, ...]:
    """Bins of equal width over 0..1, of the probabilities from 0.02 to 0.98; empty bins are left out."""
    rows = []
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [pair for pair in telling(pairs) if low <= pair.probability < high]
        if count := len(inside):
            mean, true = sum(pair.probability for pair in inside) / count, sum(pair.is_same for pair in inside) / count
            rows.append(Bin(low, high, count, mean, true))
    return tuple(rows)


def calibration_error(bins: Iterable[Bin]) -> float | None:
    """The expected calibration error, 0..1; None of no pairs."""
    rows = list(bins)
    pairs = sum(row.pairs for row in rows)
    return sum(row.pairs * abs(row.mean - row.true) for row in rows) / pairs if pairs else None


def error_interval(pairs: Sequence[Asked], rounds: int = _ROUNDS, seed: int = 1) -> tuple[float, float] | None:
    """The 95 % interval of the calibration error when operators are drawn anew; a pair weighs by how often both were drawn."""
    kept = telling(pairs)
    if not kept:
        return None
    number = {name: position for position, name in enumerate(dict.fromkeys(end for pair in kept for end in pair.operators))}
    left, right = (np.array([number[pair.operators[side]] for pair in kept]) for side in (0, 1))
    gap, place = _gaps(kept)
    one = left == right
    draw = np.random.default_rng(seed)
    errors = []
    for _ in range(rounds):
        times = np.bincount(draw.integers(0, len(number), len(number)), minlength=len(number)).astype(float)
        weight = np.where(one, times[left], times[left] * times[right])
        total = float(weight.sum())
        if total > 0:
            errors.append(float(np.abs(np.bincount(place, weights=weight * gap, minlength=_BINS)).sum()) / total)
    if not errors:
        return None
    low, high = np.percentile(np.array(errors), [2.5, 97.5])
    return float(low), float(high)


def error_by_chance(pairs: Sequence[Asked], rounds: int = _ROUNDS, seed: int = 1) -> float | None:
    """The mean calibration error of these pairs were each true with just its probability; None of no pairs.

    Two storefronts that were asked about several times are one operator's or not: one draw decides all of them.
    """
    kept = telling(pairs)
    if not kept:
        return None
    probability = np.array([pair.probability for pair in kept])
    _, place = _gaps(kept)
    number: dict[Hashable, int] = {}
    once = np.array([number.setdefault(at if pair.pair is None else (pair.pair,), len(number)) for at, pair in enumerate(kept)])
    draw = np.random.default_rng(seed)
    total = 0.0
    for _ in range(rounds):
        gap = probability - (draw.random(len(number))[once] < probability)
        total += float(np.abs(np.bincount(place, weights=gap, minlength=_BINS)).sum())
    return total / rounds / len(kept)


def telling(pairs: Sequence[Asked]) -> list[Asked]:
    """The pairs with a probability from 0.02 to 0.98."""
    return [pair for pair in pairs if _FROM <= pair.probability <= _TO]


def _gaps(pairs: Sequence[Asked]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Probability less truth, and the number of the bin, of each pair."""
    probability = np.array([pair.probability for pair in pairs])
    gap = probability - np.array([float(pair.is_same) for pair in pairs])
    return gap, np.minimum((probability * _BINS).astype(np.intp), _BINS - 1)
