"""One rule: written loosely or tightly it says the same."""

from __future__ import annotations

import pytest

from analysis.styles.style_rules import font_name, rule_of, tidy


def test_loose_and_tight_are_one_rule_whatever_the_order() -> None:
    loose = rule_of(tidy(" .a >\n .b ,  p : hover "), "\n  COLOR : #FFF ;\n margin: 0  auto !important ; padding : 1px , 2px\n")
    tight = rule_of(".a>.b,p:hover", "margin:0 auto!important;padding:1px,2px;color:#fff;color:#fff")
    assert loose == tight
    assert loose is not None
    assert loose.selectors == (".a>.b", "p:hover")
    assert loose.blocks == ("color:#;margin:0 auto!important;padding:1px,2px",)
    assert loose.colours == ("#ffffff",)


def test_two_declarations_are_no_block() -> None:
    rule = rule_of(".a", "margin:0;padding:0")
    assert rule is not None
    assert rule.blocks == ()


@pytest.mark.parametrize(("prelude", "block"), [(".a", ""), (".a", "nothing"), ("", "a:b"), (",", "a:b"), (".owl-item", "a:b")])
def test_what_declares_nothing_of_its_own_is_no_rule(prelude: str, block: str) -> None:
    assert rule_of(prelude, block) is None


def test_of_a_font_face_only_its_name_is_told() -> None:
    rule = rule_of("@font-face", "font-family:'Cairo';src:url(a.woff);font-style:normal;--own-thing:1")
    assert rule == ((), (), (), (), ("cairo",))


def test_variables_of_libraries_are_left() -> None:
    rule = rule_of(":root", "--bs-blue:#00f;--shelf-gap:1px")
    assert rule is not None
    assert rule.properties == ("--shelf-gap",)


@pytest.mark.parametrize(
    ("written", "name"),
    [(" 'Open Sans' ", "open sans"), ("Arial", ""), ("var(--x)", ""), ("-apple-system", ""), ("ab", ""), ("3d face", "")],
)
def test_fonts_that_every_system_has_are_left(written: str, name: str) -> None:
    assert font_name(written) == name


def test_a_long_block_is_cut() -> None:
    rule = rule_of(".a", ";".join(f"p{number}:x" for number in range(5_000)))
    assert rule is not None
    assert len(rule.blocks[0]) == 600
