"""A page's elements numbered in document order, so that "what lies inside this element" is a range and costs a binary search."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from lxml import etree, html

__all__ = ["MAX_ELEMENTS", "PageOrder", "inside"]

#: Elements numbered at most; a longer page is read up to there.
MAX_ELEMENTS = 40_000
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "option"})

Located = TypeVar("Located")


class PageOrder:
    """Visible elements of a tree in document order: ``elements[i]`` has number i, its last descendant ``last[i]``."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self.elements: list[html.HtmlElement] = []
        self.last: list[int] = []
        self.parent: list[int] = []
        body = tree.find("body")
        root = tree if body is None else body
        open_numbers: list[int] = []
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                if open_numbers and self.elements[open_numbers[-1]] is element:
                    self.last[open_numbers.pop()] = len(self.elements) - 1
                continue
            if not isinstance(element.tag, str) or element.tag in _SKIPPED:
                walker.skip_subtree()
                continue
            if len(self.elements) >= MAX_ELEMENTS:
                break
            self.parent.append(open_numbers[-1] if open_numbers else -1)
            open_numbers.append(len(self.elements))
            self.elements.append(element)
            self.last.append(len(self.elements) - 1)
        for number in open_numbers:
            self.last[number] = len(self.elements) - 1

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


def inside(rows: Sequence[tuple[int, Located]], first: int, last: int) -> Sequence[tuple[int, Located]]:
    """Those rows (sorted by number) whose element lies between two numbers, both included."""
    numbers = _Numbers(rows)
    return rows[bisect_left(numbers, first) : bisect_left(numbers, last + 1)]


class _Numbers(Sequence[int]):
    """The first column of rows, without copying it."""

    def __init__(self, rows: Sequence[tuple[int, Located]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: int) -> int:  # type: ignore[override]
        return self._rows[at][0]
