"""Which of many short strings stand in a text, asked of all of them at once.

What stands in the text four characters long becomes bits of a small table, and likewise what is shorter; a string of which one
part is not there stands nowhere, and only the few that are left are looked for (the filter of trigram indexes: Cox,
"Regular expression matching with a trigram index", 2012). Around what was found, only the surroundings need be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["Literals", "Searched", "occurrences", "surroundings"]

#: Bits of the table of four characters' numbers; a page of 100 KB fills a twentieth of it.
_BITS: Final = 18
_SPREAD: Final = np.uint32(0x9E3779B1)
_SHIFT: Final = np.uint32(32 - _BITS)
#: Below this many characters looking for each string is quicker than making the tables.
_SHORT: Final = 2_000
_Numbers = npt.NDArray[np.uint32]
_There = npt.NDArray[np.bool_]


class Searched:
    """A text that is looked into more than once."""

    def __init__(self, text: str, lowered: str | None = None) -> None:
        self.text = text
        self.lowered = text.lower() if lowered is None else lowered

    @cached_property
    def fours(self) -> _There:
        """True at the numbers of each four characters in a row of the lowered text."""
        return _there(_fours(_letters(self.lowered)), 1 << _BITS)

    @cached_property
    def threes(self) -> _There:
        """True at the numbers of each three characters in a row of the lowered text."""
        return _there(_threes(_letters(self.lowered)), 1 << _BITS)


class Literals:
    """Strings to look for. One with a capital is looked for as written, the others in any (ASCII) case."""

    def __init__(self, literals: Iterable[str]) -> None:
        self._literals = tuple(dict.fromkeys(literals))
        self._as_written = tuple(literal != literal.lower() for literal in self._literals)
        lowered = [_letters(literal.lower()) for literal in self._literals]
        self._fours = _Rows([_fours(letters) for letters in lowered])
        self._threes = _Rows([_threes(letters) if len(letters) == 3 else _none() for letters in lowered])

    def within(self, searched: Searched | str) -> frozenset[str]:
        """Those that stand in a text."""
        if isinstance(searched, str):
            searched = Searched(searched)
        rows: Iterable[int] = range(len(self._literals))
        if len(searched.lowered) >= _SHORT:
            there = self._fours.all_in(searched.fours)
            there &= self._threes.all_in(searched.threes)
            rows = np.flatnonzero(there).tolist()
        return frozenset(
            literal
            for row in rows
            if (literal := self._literals[row]) in (searched.text if self._as_written[row] else searched.lowered)
        )


class _Rows:
    """Numbers, some for each row."""

    def __init__(self, rows: list[_Numbers]) -> None:
        self._count = len(rows)
        self._with = np.array([row for row, numbers in enumerate(rows) if len(numbers)], np.intp)
        kept = [numbers for numbers in rows if len(numbers)]
        self._numbers = np.concatenate(kept).astype(np.intp) if kept else np.zeros(0, np.intp)
        self._starts = np.cumsum([0, *(len(numbers) for numbers in kept)][:-1], dtype=np.intp) if kept else np.zeros(0, np.intp)

    def all_in(self, there: _There) -> _There:
        """For each row, whether ``there`` is true at all its numbers; true for a row that has none."""
        answer = np.ones(self._count, np.bool_)
        if len(self._with):
            answer[self._with] = np.logical_and.reduceat(there[self._numbers], self._starts)
        return answer


def _there(numbers: _Numbers, size: int) -> _There:
    there = np.zeros(size, np.bool_)
    there[numbers] = True
    return there


def _letters(text: str) -> bytes:
    """One byte a character; characters that no literal has are all alike."""
    return text.encode("latin-1", "replace")


def _fours(letters: bytes) -> _Numbers:
    """A number of each four bytes in a row."""
    if len(letters) < 4:
        return _none()
    four = np.ndarray((len(letters) - 3,), "<u4", letters, strides=(1,))
    numbers: _Numbers = four * _SPREAD >> _SHIFT
    return numbers


def _threes(letters: bytes) -> _Numbers:
    """A number of each three bytes in a row."""
    if len(letters) < 3:
        return _none()
    three = np.ndarray((len(letters) - 2,), "<u4", letters + b"\0", strides=(1,)) & np.uint32(0xFFFFFF)
    numbers: _Numbers = three * _SPREAD >> _SHIFT
    return numbers


def _none() -> _Numbers:
    return np.zeros(0, np.uint32)


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
