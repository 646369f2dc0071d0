"""The story of a pair that people judged: the judgement first, and never as a figure."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from analysis.findings import LinkRow
from reports.languages.catalogue import ENGLISH
from reports.languages.french import FRENCH
from reports.stories import edge_words, pair_story, sure_of


def judged(world: ModuleType, word: str, direction: str, relation: str = "same-operator") -> tuple[LinkRow, list[object]]:
    link = LinkRow("a.example", "b.example", relation, 0.03, -5.0, 1.0, 0.0, False, "a.example", "", "", "")
    evidence = world.contribution("a.example", "b.example", "for", "payee")
    row = replace(
        evidence,
        direction=direction,
        kind=f"judgement.{word}",
        family="judgement",
        bits=0.0,
        shown="ann, 2026-03-02 06:00 UTC: one phone",
        sentence="held by an analyst's judgement: they are one (ann), because: one phone",
    )
    return link, [evidence, row]


def test_a_judgement_is_the_first_reason_though_it_weighs_nothing(world: ModuleType) -> None:
    story = pair_story(*judged(world, "same", "for"))
    assert story.sentence.startswith("a[.]example and b[.]example: held to be of one operator by an analyst's judgement")
    assert "the evidence alone: very unlikely, 3 %" in story.sentence
    assert story.reasons[0].endswith("because: one phone")


def test_who_judged_and_why_is_told_in_french_too(world: ModuleType) -> None:
    story = pair_story(*judged(world, "different", "against"), FRENCH)
    assert story.counter == ("tenus pour distincts par le jugement d'un analyste (ann, 2026-03-02 06:00 UTC: one phone)")


@pytest.mark.parametrize(
    ("word", "relation", "said"),
    [
        ("different", "copy-of", "held apart by an analyst's judgement"),
        ("different", "for-review", "an analyst's judgement on others keeps their clusters apart"),
        ("unsure", "for-review", "left open by an analyst"),
        ("protected", "copy-of", "b[.]example is a copy of a[.]example, which is on your list of storefronts"),
        ("through", "same-operator", "held together by an analyst's judgement on others of their cluster"),
    ],
)
def test_every_judgement_has_its_sentence(world: ModuleType, word: str, relation: str, said: str) -> None:
    link, rows = judged(world, word, "explained", relation)
    assert said in pair_story(link, rows).sentence
    assert pair_story(link, rows, FRENCH).sentence != pair_story(link, rows[:1], FRENCH).sentence


def test_a_cluster_that_only_a_judgement_holds_has_no_figure(world: ModuleType) -> None:
    cluster = replace(world.CLUSTERS[0], weakest="a.example b.example judged", probability=1.0)
    assert sure_of(cluster, ENGLISH) == "held by an analyst's judgement"
    assert "%" in sure_of(world.CLUSTERS[0], ENGLISH)


def test_an_edge_is_told_in_the_readers_language_and_never_as_certain() -> None:
    assert edge_words("a.example b.example 1.000") == "a[.]example \u2013 b[.]example (over 99.9 %)"
    assert edge_words("a.example b.example 0.970", FRENCH).endswith("(97\u00a0%)")
    assert edge_words("a.example b.example judged", FRENCH).endswith("(tenu par le jugement d'un analyste)")
    assert edge_words("") == ""
    assert edge_words("somebody.example wrote nonsense") == "somebody[.]example wrote nonsense"


@pytest.mark.parametrize(("review", "first"), [(False, "one theme"), (True, "two accounts")])
def test_what_makes_a_pair_on_one_kit_worth_a_look_is_told_before_the_kit(world: ModuleType, review: bool, first: str) -> None:
    link = LinkRow("a.example", "b.example", "same-kit", 0.6, 0.6, 7.0, 0.0, review, "", "", "", "")
    accounts = replace(world.contribution("a.example", "b.example", "for", "payee"), family="tracking", sentence="two accounts")
    theme = replace(accounts, direction="explained", family="template", bits=0.0, explained_by="common", sentence="one theme")
    assert pair_story(link, [theme, accounts]).reasons[0] == first
