"""Style sheets cut at their braces: what a rule is, whatever stands in strings, comments and at-rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.styles.style_sheets import library_of, rules, without_comments

DECLARED = "{margin:1px;padding:2px;width:3px}"


def selectors(sheet: str) -> list[str]:
    return [selector for rule in rules(sheet) for selector in rule.selectors]


@pytest.mark.parametrize(
    "quoted",
    ["'}'", '"}{;"', "'\\'}'", '"it\'s}"', "'a' \"}\" 'b'", "'{'", '"x\\\\"'],
)
def test_what_stands_in_a_string_ends_nothing(quoted: str) -> None:
    sheet = f".one{{content:{quoted};margin:0}}.two{DECLARED}@media x{{.three{DECLARED}}}"
    assert selectors(sheet) == [".one", ".two", ".three"]


def test_a_string_in_a_selector_may_hold_what_ends_a_prelude() -> None:
    assert selectors(f".one{DECLARED}[title=';{{']{DECLARED}.two{DECLARED}") == [".one", "[title=';{']", ".two"]


def test_rules_of_movements_and_of_one_browser_are_skipped_and_those_around_are_not() -> None:
    moving = f"@keyframes k{{from{DECLARED}to{DECLARED}}}"
    sheet = f"@media a{{.one{DECLARED}{moving}.two{DECLARED}}}@-ms-viewport{{.x{DECLARED}}}.three{DECLARED}"
    assert selectors(sheet) == [".one", ".two", ".three"]


def test_statements_before_a_rule_are_no_selector() -> None:
    assert selectors(f"@charset 'utf-8';@import url(a.css);.one{DECLARED}") == [".one"]


def test_an_unclosed_sheet_keeps_its_last_rule() -> None:
    assert selectors(f".one{DECLARED}.two{{margin:0;padding:0") == [".one", ".two"]


def test_at_rules_in_at_rules_are_read_to_a_bounded_depth() -> None:
    assert selectors("@media x{" * 8 + f".one{DECLARED}") == [".one"]
    assert selectors("@media x{" * 9 + f".one{DECLARED}") == []


def test_a_sheet_has_a_bounded_number_of_rules() -> None:
    assert len(rules(DECLARED.join(f".n{number}" for number in range(9_000)))) == 8_000


def test_comments_end_at_their_first_end() -> None:
    assert without_comments("a/* b /* c */d*/e/*/f*/g") == "ad*/eg"
    assert without_comments("a/*b*/c/*d") == "ac"
    assert without_comments("a*/b") == "a*/b"


def test_a_library_names_itself_in_its_first_comment() -> None:
    assert library_of("/*! Bootstrap v5.0 */ a{b:c}") == "bootstrap v"
    assert library_of("a{b:c} /* bootstrap v5 */") == "bootstrap v"
    assert library_of("/* ours */ /* bootstrap v5 */") is None


@given(st.text(alphabet="ab.#@{}:;,'\"\\ \n-", max_size=80))
def test_any_text_is_read_and_the_same_way_twice(text: str) -> None:
    found = rules(text)
    assert found == rules(text)
