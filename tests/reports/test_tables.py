"""The tables fit the terminal and obey nothing in their cells."""

from __future__ import annotations

from types import ModuleType

import pytest

from reports.tables import clusters_table, pair_lines, table, width_of


@pytest.mark.parametrize("width", [30, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(world: ModuleType, width: int) -> None:
    assert max(width_of(line) for line in clusters_table(world.made(), width).splitlines()) <= width


def test_the_storefront_and_its_probability_stay_when_room_is_short(world: ModuleType) -> None:
    text = clusters_table(world.made(), 60)
    assert "songkontor[.]example" in text
    assert "99.9 %" in text


def test_wide_letters_take_two_columns() -> None:
    assert width_of("北京") == 4
    text = table(("a", "b"), (("北京北京北京", "x"),), 12)
    assert all(width_of(line) <= 12 for line in text.splitlines())


def test_each_pair_has_its_sentence_reasons_and_counter_reason(world: ModuleType) -> None:
    lines = pair_lines(world.made()).splitlines()
    at = lines.index(
        "albumhaus[.]example and songkontor[.]example: evidence consistent with common operation (almost certain, 99.9 %)."
    )
    assert [line.split()[0] for line in lines[at + 1 : at + 4]] == ["for", "for", "against"]


def test_hostile_cells_are_shown_not_obeyed(world: ModuleType) -> None:
    text = pair_lines(world.made()) + table(("x",), ((world.HOSTILE,),), 200)
    assert "\\x1b]0;x" in text
    assert not set(text) & set("\x1b\x07\u202e\u2028\r")


def test_pairs_left_out_are_counted(world: ModuleType) -> None:
    assert pair_lines(world.made(), most=3).splitlines()[-1].startswith("15 more pairs")
