"""Two price lists side by side, and the shape of one list that neither names nor currency change."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

__all__ = ["MIN_SHARED", "Ratio", "is_odd", "price_ratio", "price_shape"]

#: Shared keys below which a ratio says nothing.
MIN_SHARED = 3
_TOLERANCE = 0.01
_STEP = 0.01  # of the natural logarithm: about one per cent
_MIN_PRICES = 6
_MAX_PRICES = 400
#: Hundredths that shops end prices on by habit.
_USUAL_CENTS = frozenset(
    {
        0,
        5,
        9,
        10,
        15,
        19,
        20,
        25,
        29,
        30,
        35,
        39,
        40,
        45,
        49,
        50,
        55,
        59,
        60,
        65,
        69,
        70,
        75,
        79,
        80,
        85,
        88,
        89,
        90,
        95,
        97,
        98,
        99,
    }
)
#: Currencies whose shops rarely write hundredths: there the last digit is the ending.
_WHOLE = frozenset({"RUB", "JPY", "KRW", "HUF", "IDR", "KZT", "UAH", "CZK", "VND", "RSD", "ISK", "INR", "SEK", "NOK", "DKK"})


@dataclass(frozen=True, slots=True)
class Ratio:
    """``shared`` keys, the median of their ratios (second list to first), the share of keys within one per cent of it,
    and how many distinct prices the shared keys have in the first list (one price for all proves little)."""

    shared: int
    median: float
    constant: float
    distinct: int


def price_ratio(a: Mapping[str, float], b: Mapping[str, float]) -> Ratio | None:
    """How the prices of the keys that both lists have relate; None for fewer than three such keys."""
    keys = [key for key in a if key in b and a[key] > 0 and b[key] > 0]
    if len(keys) < MIN_SHARED:
        return None
    ratios = [b[key] / a[key] for key in keys]
    middle = median(ratios)
    close = sum(abs(ratio / middle - 1) <= _TOLERANCE for ratio in ratios)
    return Ratio(len(keys), middle, close / len(keys), len({round(a[key], 2) for key in keys}))


def price_shape(prices: Iterable[float]) -> list[str]:
    """Features of a price list that survive renaming and a constant ratio: runs of three neighbouring steps of the sorted prices.

    Each step is the rounded logarithm of the ratio of two neighbours; a product more or less costs at most four features. Empty for
    fewer than six distinct prices. Lists of round endings (9.99, 19.99, 29.99) give runs that many shops have: rarity tells.
    """
    distinct = sorted({round(price, 2) for price in prices if price > 0})[:_MAX_PRICES]
    if len(distinct) < _MIN_PRICES:
        return []
    steps = [round(math.log(high / low) / _STEP) for low, high in pairwise(distinct)]
    runs = zip(steps, steps[1:], steps[2:], strict=False)
    return sorted({"-".join(map(str, run)) for run in runs if sum(step > 0 for step in run) >= 2})


def is_odd(amount: float, currency: str) -> bool:
    """True for a price whose ending shops do not choose by habit: 25.62, but not 24.99, 24.90 or 25."""
    if amount < 3:
        return False
    hundredths = round(amount * 100)
    whole, cents = divmod(hundredths, 100)
    if cents:
        return cents not in _USUAL_CENTS
    return currency in _WHOLE and whole > 100 and whole % 10 not in (0, 5, 9, 8)
