"""Which of many marks stand in the source of pages, each tag and text of which is searched once in a process.

What is new on a storefront is searched at once: most of it has no mark at all, and that is one question instead of hundreds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

from analysis.literals import Literals, Searched, occurrences
from analysis.page.runs import Run
from analysis.page.tags import Tag

__all__ = ["SourceMarks", "written"]

#: What one process remembers, in characters searched and (as so many) places of tags; then it forgets all and begins anew.
_SIZE_KEPT = 12_000_000
_SIZE_OF_TAG = 8
_NONE: frozenset[str] = frozenset()


class SourceMarks:
    """Marks, all in lower case, and what was searched for them."""

    def __init__(self, marks: Iterable[str]) -> None:
        self._marks = Literals(marks)
        self._searched: set[Tag] = set()
        self._marked: dict[Tag, frozenset[str]] = {}
        self._runs: dict[Run, frozenset[str]] = {}
        self._size = 0

    def within(self, runs: Iterable[Run], beside: str = "") -> tuple[list[Run], frozenset[str]]:
        """The runs that have a mark, and the marks of all; those of the text ``beside`` them too."""
        if self._size > _SIZE_KEPT:
            self._size = 0
            self._runs.clear()
            self._searched.clear()
            self._marked.clear()
        runs = list(runs)
        there = self._search([run for run in runs if run not in self._runs], beside.lower())
        marked = [run for run in runs if self._runs[run]]
        return marked, there.union(*(self._runs[run] for run in marked))

    def _search(self, new: list[Run], beside: str) -> frozenset[str]:
        """Search new runs, and give the marks of the text beside them."""
        tags = set(chain.from_iterable([run.tags for run in new]))
        unknown = tags - self._searched
        pieces = list({tag.head.markup for tag in unknown}.union([tag.text for tag in unknown if tag.words]))
        # marks are of plain letters, and a text of nothing else is searched in half the time
        searched = Searched("\n".join([*pieces, beside]).encode("ascii", "replace").decode())
        there = self._marks.within(searched)
        if there:
            told = _by_piece(pieces, searched.lowered, there)
            for tag in unknown:
                found = told.get(tag.head.markup, _NONE) | told.get(tag.text, _NONE)
                if found:
                    self._marked[tag] = found
        self._searched |= unknown
        self._size += len(searched.text) + _SIZE_OF_TAG * sum(map(len, new))
        self._runs.update(dict.fromkeys(new, _NONE))
        if not self._marked.keys().isdisjoint(tags):
            for run in new:
                self._runs[run] = _NONE.union(*(self._marked.get(tag, _NONE) for tag in run.tags))
        return frozenset([mark for mark in there if mark in beside])


def _by_piece(pieces: Sequence[str], text: str, marks: Iterable[str]) -> dict[str, frozenset[str]]:
    """The marks of each piece that has one; ``text`` is the pieces in lower case, a character between two."""
    starts = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
    told: dict[str, frozenset[str]] = {}
    for mark in marks:
        for at in occurrences(text[: starts[-1]], mark):
            piece = pieces[bisect_right(starts, at) - 1]
            told[piece] = told.get(piece, _NONE) | {mark}
    return told


def written(tag: Tag) -> str:
    """What stands in a tag and behind it."""
    return f"{tag.head.markup}>{tag.text}"
