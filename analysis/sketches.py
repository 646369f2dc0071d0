"""Samples of large feature sets that stay comparable: the same features survive in every storefront that has them.

Each feature becomes 16 hex digits of BLAKE2b and the smallest ones are kept (bottom-k sampling: Cohen and Kaplan,
"Summarizing data using bottom-k sketches", 2007). Values sort like their hashes, so whoever compares two full samples
can cut both at the smaller of their largest values and has an unbiased overlap. Bands for blocking are minima of one
permutation (Li, Owen and Zhang, "One permutation hashing", NIPS 2012), grouped in rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

__all__ = ["SAMPLE", "FeatureValues", "banded", "bands", "bottom_k", "feature_value", "minima", "minima_of_values"]

#: Features kept per kind.
SAMPLE = 512
_T = TypeVar("_T")
_NONE = 1 << 64


@lru_cache(maxsize=32_768)
def feature_value(feature: str) -> str:
    """16 hex digits that stand for a feature; equal features, equal digits."""
    return _digits(feature)


class FeatureValues(dict[str, tuple[str, str]]):
    """By feature: ``feature_value`` of ``before`` and it, and that text cut to ``longest`` characters; kept until it is cleared."""

    def __init__(self, before: str, longest: int) -> None:
        super().__init__()
        self._before = before
        self._longest = longest

    def __missing__(self, feature: str) -> tuple[str, str]:
        whole = f"{self._before}{feature}"
        self[feature] = told = (_digits(whole), whole[: self._longest])
        return told


def _digits(feature: str) -> str:
    return blake2b(feature.encode("utf-8", "replace"), digest_size=8).hexdigest()


def bottom_k(features: Mapping[str, _T], limit: int = SAMPLE) -> list[tuple[str, str, _T]]:
    """The ``limit`` features of smallest value as (value, feature, what the mapping holds), in order of value."""
    named = dict(zip(map(feature_value, features), features, strict=True))
    return [(value, named[value], features[named[value]]) for value in sorted(named)[:limit]]


def bands(features: Iterable[str], count: int, rows: int) -> list[str]:
    """``count`` blocking values of ``rows`` minima each.

    Large sets of Jaccard j share one with probability near 1 - (1 - j**rows)**count: one permutation is cut into
    ``count * rows`` parts with a minimum each. Empty for an empty set.
    """
    distinct = set(features)
    return banded(minima(distinct, count * rows), rows) if distinct else []


def minima(features: Iterable[str], size: int) -> tuple[int, ...]:
    """The least number in each of ``size`` parts of the permutation; those of a union are the lesser ones, part by part."""
    return minima_of_values(map(feature_value, features), size)


def minima_of_values(values: Iterable[str], size: int) -> tuple[int, ...]:
    """``minima`` of features whose values are known."""
    least = [_NONE] * size
    for value in sorted(values, reverse=True):
        number = int(value, 16)
        least[number % size] = number
    return tuple(least)


def banded(least: Sequence[int], rows: int) -> list[str]:
    """The blocking values that minima make, ``rows`` of them each."""
    return [f"{at // rows}:{feature_value(' '.join(map(str, least[at : at + rows])))}" for at in range(0, len(least), rows)]
