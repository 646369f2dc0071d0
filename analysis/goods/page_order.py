"""Which element of a page lies in which: one quick pass over its row of tags, and the rest asked of the few places that matter.

An element is named by the place in the row where it opens, so that "what lies inside this element" is a range of places and costs
a binary search.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from analysis.page.tags import Tag

__all__ = ["HIDDEN", "MAX_TAGS", "Located", "PageOrder"]

#: Tags read at most; a longer page is read up to there.
MAX_TAGS = 80_000
#: Elements whose content nobody sees.
HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "option"})
#: Pieces of an element's own text that are read.
_PIECES = 12
#: Characters of the longest label before a text.
_LABEL_CHARS = 24

Value = TypeVar("Value")


class PageOrder:
    """The nesting of a row of tags.

    The element that opens at ``place`` closes at ``last[place]``, its own place where it is empty. ``parent[place]`` is the
    element around it, -1 around the root; behind a tag that only closes, the element that goes on there.
    """

    __slots__ = ("last", "parent", "row")

    def __init__(self, row: Sequence[Tag]) -> None:
        self.row = row = row if len(row) <= MAX_TAGS else row[:MAX_TAGS]
        self.last = last = [0] * len(row)
        self.parent = parent = [-1] * len(row)
        here = -1
        for place, tag in enumerate(row):
            if tag.opens:
                parent[place] = here
                if tag.closes:
                    last[place] = place
                else:
                    here = place
            elif not tag.closes:
                parent[place] = here
            elif here >= 0:
                last[here] = place
                here = parent[place] = parent[here]
        while here >= 0:
            last[here] = len(row) - 1
            here = parent[here]

    def climb(self, place: int, levels: int) -> list[int]:
        """At most ``levels`` elements around one, nearest first, without the root."""
        found: list[int] = []
        while len(found) < levels and (place := self.parent[place]) > 0:
            found.append(place)
        return found

    def elements(self, first: int, last: int, limit: int) -> Iterator[int]:
        """The visible elements that open between two places, both included; at most ``limit``."""
        place = first
        while place <= last and limit:
            tag = self.row[place]
            if tag.opens:
                if tag.name not in HIDDEN:
                    limit -= 1
                    yield place
                else:
                    place = self.last[place]
            place += 1

    def own_text(self, place: int, limit: int) -> str:
        """The text before an element's first child and between its children, white space collapsed.

        With the label before it, where that is a child of its own ("<b>Was:</b> 10"). Empty where it has more than ``limit``
        characters, which is prose.
        """
        found, pieces = self.row[place].words, 0
        at, stop = place + 1, self.last[place]
        while at < stop and pieces < _PIECES and len(found) <= limit:
            label = ""
            if self.row[at].opens:
                label = "" if found else self._label(at)
                at = self.last[at]
            pieces += 1
            if words := self.row[at].words:
                found = " ".join(filter(None, (found, label, words)))
            at += 1
        return found if len(found) <= limit else ""

    def _label(self, place: int) -> str:
        """What an element without children says in a few words and no digits."""
        tag = self.row[place]
        if self.last[place] != place + 1 or len(tag.words) > _LABEL_CHARS or tag.name in HIDDEN:
            return ""
        return "" if any(map(str.isdigit, tag.words)) else tag.words


class Located(Generic[Value]):
    """Values by the place they stand at, added in order of place."""

    __slots__ = ("places", "values")

    def __init__(self) -> None:
        self.places: list[int] = []
        self.values: list[Value] = []

    def add(self, place: int, value: Value) -> None:
        """Note a value; ``place`` is not below the last one."""
        self.places.append(place)
        self.values.append(value)

    def within(self, first: int, last: int) -> list[Value]:
        """The values between two places, both included."""
        start = bisect_left(self.places, first)
        return self.values[start : bisect_left(self.places, last + 1, start)]
