"""Both languages have the same phrases with the same slots, words for every change, and both forms of every counted noun."""

from __future__ import annotations

import re
from dataclasses import replace
from string import Formatter
from types import ModuleType

import pytest

from analysis.clusters.changes import RANKS
from reports.digest import SECTIONS
from reports.languages.catalogue import LANGUAGES, language_of
from reports.languages.language import Language

EVERY = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
#: What the analysis writes into ``before`` and ``after`` of each sort of change.
VALUES = [("", ""), ("shop", "suspended"), ("", "unreachable"), ("accepted", ""), ("EUR", "EUR 1.075 12"), ("EUR", "USD 1.000 9")]
VALUES += [("network 192.0.2.0/24", "network 198.51.100.0/24"), ("de", "de,fr"), ("c-1", "c-2 c-3"), ("unavailable", "accepted")]


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@EVERY
def test_each_language_has_the_same_phrases_with_the_same_slots(language: Language) -> None:
    english = language_of("en")
    assert {key: slots(text) for key, text in language.phrases.items()} == {
        key: slots(text) for key, text in english.phrases.items()
    }
    assert language.counted.keys() == english.counted.keys()


@EVERY
@pytest.mark.parametrize("what", RANKS)
def test_every_change_has_words_in_every_language(language: Language, what: str) -> None:
    assert language.has_wording(what)


@EVERY
@pytest.mark.parametrize("what", [*RANKS, "unheard-of"])
@pytest.mark.parametrize(("before", "after"), VALUES)
def test_every_change_is_a_sentence_whatever_its_values(
    world: ModuleType, language: Language, what: str, before: str, after: str
) -> None:
    row = replace(world.change(what, "tunedepot.example", world.A, 1, "", before, after), sentence="")
    sentence = language.change(row)
    assert len(sentence.split()) > 1
    assert not re.search(r"[{}]|  |\(\)| $", sentence)


@EVERY
def test_every_section_of_the_digest_has_a_title(language: Language) -> None:
    assert all(language.say(title) for title, _ in SECTIONS)


@EVERY
def test_words_for_probabilities_reach_from_certain_to_nothing(language: Language) -> None:
    bounds = [bound for bound, _ in language.bands]
    assert bounds == [bound for bound, _ in language_of("en").bands]
    assert language.words(0.0) == language.bands[-1][1]
    assert len({words for _, words in language.bands}) == len(bounds)


@EVERY
@pytest.mark.parametrize("state", ["for-sale", "unreachable", "bot-challenge", "withdrawn", "invitation-gate", "refused-by-robots"])
def test_states_have_names_and_are_not_quoted(language: Language, state: str) -> None:
    assert "-" not in language.name(state)
    assert language.name(state)[0].isalpha()


def test_english_says_what_the_analysis_wrote(world: ModuleType) -> None:
    row = world.made().changes[1]
    assert language_of("en").change(row) == row.sentence


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of en, fr"):
        language_of("xx")


@pytest.mark.parametrize(("number", "said"), [(0, "0 storefronts"), (1, "1 storefront"), (12_000, "12,000 storefronts")])
def test_english_plurals(number: int, said: str) -> None:
    assert language_of("en").count("storefront", number) == said


def test_long_lists_say_how_many_more() -> None:
    assert language_of("en").join("abcde") == "a, b, c and 2 more"
    assert language_of("en").join("ab") == "a and b"
