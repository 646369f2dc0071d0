"""The layout of one page: its features with their values, its blocks, its landmarks.

Whole pages repeat too, to the last mark: doors and carts of one theme, and a shop a week later. Such a page is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from analysis.page.tags import Tag
from analysis.sketches import FeatureValues
from analysis.structure.class_uses import names_used, pattern_of
from analysis.structure.outlines import Mark, outline
from analysis.structure.page_grams import grams_of
from analysis.structure.page_parts import parts_of

__all__ = ["Column", "PageLayout", "column", "layout_of"]

#: A block has this many parts at least, equal ones counted once; smaller ones (a menu, a form) are built alike everywhere.
_BLOCK_SMALLEST = 12
_BLOCKS = 32
_SKELETON_LONGEST = 120
_SHOWN_CHARS = 160
#: Features whose values one process remembers; then it forgets them all and begins anew.
_KNOWN_FEATURES = 60_000
#: Pages that one process remembers, and the most marks of such a page.
_KNOWN_PAGES = 256
_REMEMBERED_MARKS = 2_000
_BLOCK_GROUPS = frozenset({"home", "door"})
_LANDMARK_GROUPS = frozenset({"home", "product"})


class Column(NamedTuple):
    """Features, row by row: their values, the texts that a person reads, and the logarithm of how often the page has them."""

    values: tuple[str, ...]
    shown: tuple[str, ...]
    weights: tuple[float, ...]


class PageLayout(NamedTuple):
    """``bags`` by their word; ``blocks``, the largest first, as digest and what a person reads; ``landmarks`` in order.

    Only home pages and doors have blocks, only home pages and products landmarks.
    """

    bags: Mapping[str, Column]
    blocks: tuple[tuple[str, str], ...]
    landmarks: tuple[str, ...]


def layout_of(group: str, tags: Sequence[Tag]) -> PageLayout:
    """The layout of a page of a group, by the tags of its body; but for class names, features of different groups differ."""
    marks = outline(tags)
    return _laid_out(group, marks) if len(marks) <= _REMEMBERED_MARKS else _laid_out.__wrapped__(group, marks)


def column(group: str, features: Mapping[str, int]) -> Column:
    """Features, each with the number of times it is seen; ``group`` is told before each, unless it is empty."""
    if not features:
        return Column((), (), ())
    if sum(map(len, _FEATURES.values())) > _KNOWN_FEATURES:
        _FEATURES.clear()
    if group not in _FEATURES:
        _FEATURES[group] = FeatureValues(f"{group} " if group else "", _SHOWN_CHARS)
    values, shown = zip(*map(_FEATURES[group].__getitem__, features), strict=True)
    return Column(values, shown, tuple(map(float, map(int.bit_length, features.values()))))


_FEATURES: dict[str, FeatureValues] = {}


@lru_cache(maxsize=_KNOWN_PAGES)
def _laid_out(group: str, marks: tuple[Mark, ...]) -> PageLayout:
    labels = tuple([mark.label for mark in marks])
    is_large = len(labels) > _REMEMBERED_MARKS
    grams = _grams.__wrapped__(labels) if is_large else _grams(labels)
    bags = {
        "path": column(group, grams.paths),
        "pq12": column(group, grams.pq12),
        "pq23": column(group, grams.pq23),
        "class": column("", names_used(marks)),
        "class_pattern": column(group, pattern_of(marks)),
    }
    blocks: tuple[tuple[str, str], ...] = ()
    if group in _BLOCK_GROUPS:
        blocks = _blocks.__wrapped__(labels) if is_large else _blocks(labels)
    landmarks = [mark.landmark for mark in marks if mark.landmark] if group in _LANDMARK_GROUPS else ()
    return PageLayout(bags, blocks, tuple(landmark for landmark, _ in groupby(landmarks))[:_SKELETON_LONGEST])


#: What only the names and the nesting of a page's elements decide: more pages are alike in these than in their classes.
_grams = lru_cache(maxsize=_KNOWN_PAGES)(grams_of)


@lru_cache(maxsize=_KNOWN_PAGES)
def _blocks(labels: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    large = [part for part in parts_of(labels) if part.size >= _BLOCK_SMALLEST]
    large.sort(key=lambda part: (-part.size, part.digest))
    return tuple((part.digest, f"<{part.name}> of {part.size} parts") for part in large[:_BLOCKS])
