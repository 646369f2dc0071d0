"""A page's elements numbered in document order, so that "what lies inside this element" is a range and costs a binary search."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, TypeVar

from analysis.tags import Tag

__all__ = ["MAX_ELEMENTS", "Located", "PageOrder"]

#: Elements numbered at most; a longer page is read up to there.
MAX_ELEMENTS = 40_000
#: Pieces of an element's own text that are read, and characters from which on it is prose.
_PIECES = 12
_PROSE = 480
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "option"})

Value = TypeVar("Value")


class PageOrder:
    """Visible elements of a row of tags in document order.

    ``elements[i]`` has number i, opens at ``places[i]`` of the row, lies in ``parent[i]``, and its last descendant is ``last[i]``.
    ``own[i]`` is its own text, white space collapsed: before its first child and between its children; empty for long prose.
    """

    def __init__(self, row: Sequence[Tag]) -> None:
        self.row = row
        self.elements: list[Tag] = []
        self.places: list[int] = []
        self.last: list[int] = []
        self.parent: list[int] = []
        self.own: list[str] = []
        self._read()

    def _read(self) -> None:
        elements, places, last, parent, own = self.elements, self.places, self.last, self.parent, self.own
        here = -1
        skipped = 0
        sizes: list[int] = []  # characters of own text
        pieces: list[int] = []  # children so far
        for place, tag in enumerate(self.row):
            if tag.opens:
                if skipped:
                    skipped += not tag.closes
                    continue
                if tag.name in _SKIPPED:
                    skipped = not tag.closes
                    if skipped:
                        continue
                else:
                    if len(elements) >= MAX_ELEMENTS:
                        break
                    number = len(elements)
                    elements.append(tag)
                    places.append(place)
                    parent.append(here)
                    last.append(number)
                    pieces.append(0)
                    if not tag.closes:
                        own.append(tag.words)
                        sizes.append(len(tag.text))
                        here = number
                        continue
                    own.append("")
                    sizes.append(0)
            elif skipped:
                skipped -= tag.closes
                if skipped:
                    continue
            elif tag.closes:
                last[here] = len(elements) - 1
                if sizes[here] > _PROSE and not pieces[here]:
                    own[here] = ""
                here = parent[here]
            if here >= 0:
                pieces[here] += 1
                if tag.words and pieces[here] <= _PIECES and (sizes[here] <= _PROSE or pieces[here] == 1):
                    own[here] = f"{own[here]} {tag.words}" if own[here] else tag.words
                sizes[here] += len(tag.text)
        while here >= 0:
            last[here] = len(elements) - 1
            here = parent[here]

    def climb(self, number: int, levels: int) -> list[int]:
        """The numbers of at most ``levels`` ancestors, nearest first, without the root."""
        found = []
        for _ in range(levels):
            number = self.parent[number]
            if number <= 0:
                break
            found.append(number)
        return found

    def children(self, number: int, limit: int = 400) -> list[int]:
        """The numbers of an element's visible children."""
        found: list[int] = []
        at = number + 1
        while at <= self.last[number] and len(found) < limit:
            found.append(at)
            at = self.last[at] + 1
        return found


class Located(Generic[Value]):
    """Values by the number of the element they stand in, added in order of number."""

    __slots__ = ("numbers", "values")

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.values: list[Value] = []

    def __len__(self) -> int:
        return len(self.numbers)

    def add(self, number: int, value: Value) -> None:
        """Note a value; ``number`` is not below the last one."""
        self.numbers.append(number)
        self.values.append(value)

    def count(self, first: int, last: int) -> int:
        """How many values lie between two numbers, both included."""
        start = bisect_left(self.numbers, first)
        return bisect_left(self.numbers, last + 1, start) - start

    def within(self, first: int, last: int) -> list[tuple[int, Value]]:
        """(number, value) of those between two numbers, both included."""
        start = bisect_left(self.numbers, first)
        stop = bisect_left(self.numbers, last + 1, start)
        return list(zip(self.numbers[start:stop], self.values[start:stop], strict=True))
