"""The table of payees' places: no pattern is unbounded, none reaches beyond what is read around its anchor."""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]  # the widths of patterns are told nowhere else

import pytest

from analysis.ids.grammars import Grammar
from analysis.payees.payee_grammars import PAYEES


@pytest.mark.parametrize("grammar", PAYEES, ids=lambda grammar: grammar.word)
def test_every_repetition_is_bounded_and_no_match_is_cut_off(grammar: Grammar) -> None:
    for pattern in grammar.patterns:
        bare = re.sub(r"\\[^\n]|\[(?:\\.|[^\]])*\]", "_", pattern.pattern.pattern)
        assert not re.search(r"[*+]|,\}", bare), bare
        _, longest = _parser.parse(pattern.pattern.pattern, pattern.pattern.flags).getwidth()
        assert longest < pattern.reach, pattern.pattern.pattern


def test_every_row_has_marks_and_every_pattern_an_anchor() -> None:
    """Without them each page would be searched for every processor of the world."""
    for grammar in PAYEES:
        assert grammar.marks, grammar.word
        assert all(pattern.anchor for pattern in grammar.patterns), grammar.word


def test_a_word_is_one_row() -> None:
    words = [grammar.word for grammar in PAYEES]
    assert sorted(set(words)) == sorted(words)
