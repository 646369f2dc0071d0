"""Names and patterns of classes."""

from __future__ import annotations

from analysis.structure.class_uses import names_used, pattern_of
from analysis.structure.outlines import Mark

CARD, NAME, PRICE = (Mark("div", (word,), (word,)) for word in ("card", "name", "price"))
BARE = Mark("p")


def test_names_are_counted_over_the_page() -> None:
    assert names_used([CARD, NAME, BARE, CARD, NAME]) == {"card": 2, "name": 2}


def test_a_pattern_tells_neighbours_by_how_often_their_classes_are_used() -> None:
    assert pattern_of([CARD, NAME, BARE, CARD, PRICE]) == {
        " div(2)": 1,
        "div(2) div(1)": 2,
        "div(1) div(2)": 1,
    }


def test_a_pattern_outlives_a_renaming() -> None:
    renamed = {mark: Mark(mark.label, (f"x{number}",)) for number, mark in enumerate((CARD, NAME, PRICE))}
    row = [CARD, NAME, CARD, NAME, PRICE]
    assert pattern_of(row) == pattern_of([renamed[mark] for mark in row])
