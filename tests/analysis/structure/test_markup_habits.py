"""Habits: how a source was typed."""

from __future__ import annotations

import pytest

from analysis.structure.markup_habits import comments, habits, source_of

LINES = ["<ul>", *["    <li>x</li>"] * 12, "", "  <p>y</p> ", "\t<p>z</p>", " \t<p>z</p>", " <i>", *["</ul>"] * 7]


def indents(source: str) -> dict[str, int]:
    return {habit: times for habit, times in habits(source_of(source)).items() if habit.startswith("indent ")}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_lines_are_told_by_their_beginnings_and_ends(end: str) -> None:
    assert indents(end.join(LINES)) == dict.fromkeys(
        [
            f"indent {habit}"
            for habit in ("by 4 5/10", "blank 0/10", "by 2 0/10", "tab 0/10", "mixed 0/10", "odd 0/10", "trailing 0/10")
        ],
        1,
    )
    assert indents(end.join([*LINES, ""])) == indents(end.join(LINES))


def test_a_source_all_of_whose_lines_are_indented_has_habits() -> None:
    assert "indent by 2 10/10" in habits(source_of("  <p>x</p>\n" * 30))


def test_few_lines_say_only_that_they_are_few() -> None:
    assert "short source" in habits(source_of("<p>x</p>"))
    assert "one long line" in habits(source_of("<p>x</p>" * 1_000))


def test_values_in_double_quotes_do_not_matter_and_other_quotes_are_told() -> None:
    first = habits(source_of('<a href="/one" title="it\'s">x</a>'))
    assert first == habits(source_of('<a href="/two" title="2 > 1"> > </a>'.replace(" > 1", "")))
    assert first["order a href title"] == 1
    assert habits(source_of("<A href='/one' id=x checked>"))["quote a href single"] == 0
    told = habits(source_of("<A href='/one' id=x checked>"))
    assert told["quote a href '"] == told["quote a id bare"] == told["quote a checked none"] == told["case upper a"] == 1


def test_scripts_are_no_markup_and_comments_are_read() -> None:
    source = source_of(
        "<p>a</p><script>if(a<b){s='<B x=1>'} <!-- words in a script --></script><!-- by the night shift --><!--1-->"
    )
    assert "<B" not in source.markup
    assert comments(source) == ["by the night shift"]
    assert habits(source)["comment shape  a a a a "] == 1
