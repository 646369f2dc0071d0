"""Which class and id names a page uses, and in which pattern its classes repeat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from analysis.structure.outlines import Mark

__all__ = ["names_used", "pattern_of"]


def names_used(marks: Sequence[Mark]) -> dict[str, int]:
    """Class and id names with their uses, serial numbers and build hashes in them made alike; ids have a ``#`` before them."""
    found: defaultdict[str, int] = defaultdict(int)
    for mark, times in Counter(marks).items():
        for name in mark.names:
            found[name] += times
    return found


def pattern_of(marks: Sequence[Mark]) -> dict[str, int]:
    """Neighbouring tags, each with how often its classes are used on the page: the same before and after a renaming."""
    uses: defaultdict[str, int] = defaultdict(int)
    classed = [mark for mark in marks if mark.classes]
    distinct = Counter(classed)
    for mark, times in distinct.items():
        for name in mark.classes:
            uses[name] += times
    told = {name: str(count.bit_length()) for name, count in uses.items()}
    shapes = {mark: f"{mark.label.rstrip('/')}({' '.join(sorted([told[name] for name in mark.classes]))})" for mark in distinct}
    row = ["", *[shapes[mark] for mark in classed]]
    return {f"{before} {now}": times for (before, now), times in Counter(pairwise(row)).items()}
