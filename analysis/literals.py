"""Which of many short strings stand in a text, asked of all of them at once.

The text's trigrams become bits of a small table; a string one of whose trigrams is not there stands nowhere, and only
the few that are left are looked for (the filter of trigram indexes: Cox, "Regular expression matching with a trigram
index", 2012). Around what was found, only the surroundings need be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["Literals", "Searched", "occurrences", "surroundings"]

#: Bits of the table; a page of 100 KB fills about a fifth of it.
_SIZE: Final = 1 << 16
#: Below this many characters looking for each string is quicker than making the table.
_SHORT: Final = 2_000
_Numbers = npt.NDArray[np.uint16]


class Searched:
    """A text that is looked into more than once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lowered = text.lower()

    @cached_property
    def trigrams(self) -> npt.NDArray[np.bool_]:
        """True at the numbers of the trigrams that stand in the lowered text."""
        there = np.zeros(_SIZE, np.bool_)
        there[_trigrams(self.lowered)] = True
        return there


class Literals:
    """Strings to look for. One with a capital is looked for as written, the others in any (ASCII) case."""

    def __init__(self, literals: Iterable[str]) -> None:
        self._literals = tuple(dict.fromkeys(literals))
        self._as_written = tuple(literal != literal.lower() for literal in self._literals)
        width = max((len(literal) for literal in self._literals), default=0)
        # row i: the trigrams of literal i, the last one repeated; a literal that is too short has none and is always tried
        self._rows = np.zeros((len(self._literals), max(1, width - 2)), np.uint16)
        self._tried = np.zeros(len(self._literals), np.bool_)
        for row, literal in enumerate(self._literals):
            grams = _trigrams(literal.lower())
            if len(grams):
                self._rows[row, : len(grams)] = grams
                self._rows[row, len(grams) :] = grams[-1]
            else:
                self._tried[row] = True

    def within(self, searched: Searched | str) -> frozenset[str]:
        """Those that stand in a text."""
        if isinstance(searched, str):
            searched = Searched(searched)
        rows: Iterable[int] = range(len(self._literals))
        if len(searched.lowered) >= _SHORT:
            rows = np.flatnonzero(searched.trigrams[self._rows].all(axis=1) | self._tried).tolist()
        return frozenset(
            literal
            for row in rows
            if (literal := self._literals[row]) in (searched.text if self._as_written[row] else searched.lowered)
        )


def _trigrams(lowered: str) -> _Numbers:
    """A number of each three characters in a row; characters that no literal has are all alike."""
    letters = np.frombuffer(lowered.encode("latin-1", "replace"), np.uint8).astype(np.uint16)
    if len(letters) < 3:
        return np.zeros(0, np.uint16)
    grams: _Numbers = letters[:-2] * np.uint16(0x9E35) + letters[1:-1] * np.uint16(0x85EB) + letters[2:] * np.uint16(0xC2B3)
    return grams


def occurrences(text: str, literal: str) -> Iterator[int]:
    """Where ``literal`` stands in ``text``, overlapping ones too."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)


def surroundings(places: Iterable[int], reach: int, length: int) -> Iterator[tuple[int, int]]:
    """(start, end) of what lies within ``reach`` characters of sorted ``places``, touching ones joined, in order."""
    start, end = 0, -1
    for place in places:
        if end < 0:
            start = max(0, place - reach)
        elif place - reach > end:
            yield start, end
            start = place - reach
        end = min(length, place + reach)
    if end >= 0:
        yield start, end
