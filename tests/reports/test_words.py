"""The words say what the figures say, and no more."""

from __future__ import annotations

from types import ModuleType

import pytest

from analysis.findings import EvidenceRow, Findings, LinkRow
from reports import words
from reports.stories import PairStory, pair_story


def story(findings: Findings, a: str, b: str) -> PairStory:
    link: LinkRow = next(row for row in findings.links if (row.site_a, row.site_b) == (a, b))
    rows: tuple[EvidenceRow, ...] = findings.evidence
    return pair_story(link, rows)


@pytest.mark.parametrize(
    ("probability", "said", "figure"),
    [
        (1.0, "almost certain", "over 99.9 %"),
        (0.9951, "almost certain", "99.5 %"),
        (0.97, "very likely", "97 %"),
        (0.7, "likely", "70 %"),
        (0.5, "more likely than not", "50 %"),
        (0.12, "unlikely", "12 %"),
        (0.004, "remote", "0.4 %"),
        (0.0, "remote", "under 0.1 %"),
    ],
)
def test_a_probability_has_one_word_and_never_claims_certainty(probability: float, said: str, figure: str) -> None:
    assert words.probability_words(probability) == said
    assert words.percent(probability) == figure


def test_reasons_are_the_strongest_of_two_families(world: ModuleType) -> None:
    told = story(world.made(), "albumhaus.example", "songkontor.example")
    assert (
        told.sentence
        == "albumhaus[.]example and songkontor[.]example: evidence consistent with common operation (almost certain, 99.9 %)."
    )
    assert told.reasons == (
        "one accounts host logs buyers of both in, and its certificate names both",
        "both answer an unknown address with the same hand-written error page",
    )
    assert told.counter == "they name different companies"


def test_a_copy_is_told_with_its_direction_and_without_a_claim(world: ModuleType) -> None:
    told = story(world.made(), "albumhaus-mp3.example", "albumhaus.example")
    assert told.sentence.startswith("albumhaus-mp3[.]example is a copy of albumhaus[.]example; common operation is not shown")


def test_a_copy_without_direction_names_no_original(world: ModuleType) -> None:
    told = story(world.made(), "nordwolle-outlet.example", "nordwolle-sale.example")
    assert "which first is not known" in told.sentence


def test_a_kit_is_told_by_what_explains_it(world: ModuleType) -> None:
    told = story(world.made(), "songkontor.example", "vinylcorner.example")
    assert any("explained by theme Vinylia 2.1" in reason for reason in told.reasons)


def test_without_evidence_rows_the_links_own_reasons_are_told(world: ModuleType) -> None:
    link = world.made().links[1]
    told = pair_story(link, ())
    assert told.counter == "they speak different languages"


def test_days_come_from_the_crawl_id() -> None:
    assert words.day("20070703T060000Z") == "3 July 2007"
    assert words.day("test.example") == "test[.]example"
    assert words.moment("nonsense") is None
