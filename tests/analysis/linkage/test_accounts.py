"""Accounts of several providers lift a pair to an analyst's desk, and never further."""

from __future__ import annotations

import pytest

from analysis.findings import Relation
from analysis.linkage.accounts import SEVERAL_ACCOUNTS, lifting_bits
from analysis.linkage.comparison import Contribution
from analysis.linkage.matching import REVIEW_AT, Match, unlifted
from tests.analysis.linkage.made_rows import PRIOR, TEXT, judged, row

ANALYTICS = row("identifiers.google_analytics", 4.0, value="UA-1-1")
TAGS = row("identifiers.google_tag_manager", 4.0, value="GTM-1")
PIXEL = row("identifiers.facebook_pixel", 4.0, value="1")
TOKEN = row("identifiers.verification", 4.0, value="bing:ABC")
KIT = row("layout.class", 2.0, overlap=0.7)
LOGIN = row("answers.login_host", 14.0)


def is_lifted(found: Match) -> bool:
    return any(item.kind is SEVERAL_ACCOUNTS for item in found.contributions)


@pytest.mark.parametrize("second", [PIXEL, TOKEN])
def test_accounts_of_two_providers_are_for_review(second: Contribution) -> None:
    found = judged(ANALYTICS, second)
    assert (found.relation, found.review) == (Relation.FOR_REVIEW, True)
    assert REVIEW_AT <= found.probability < 0.9
    assert found.bits == pytest.approx(PRIOR + sum(item.bits for item in found.contributions), abs=1e-3)


def test_the_relation_stays_what_it_is_and_is_marked() -> None:
    found = judged(ANALYTICS, PIXEL, KIT)
    assert (found.relation, found.review) == (Relation.SAME_KIT, True)


@pytest.mark.parametrize(
    "rows",
    [
        (ANALYTICS,),
        (ANALYTICS, TAGS),
        (TOKEN, row("identifiers.verification", 2.0, value="bing:DEF")),
        (ANALYTICS, row("identifiers.sentry", 4.0)),
        (ANALYTICS, row("identifiers.facebook_pixel", 0.0)),
    ],
    ids=["one account", "one provider", "one provider's tokens", "a platform's key", "explained"],
)
def test_what_one_cause_brings_is_one_provider(rows: tuple[Contribution, ...]) -> None:
    found = judged(*rows)
    assert not is_lifted(found)
    assert not found.review


@pytest.mark.parametrize(
    "page",
    [
        (TEXT, row("catalogue.sku", 2.0)),
        (row("layout.class", 2.0, overlap=0.97),),
        (row("links.absolute_elsewhere", 1.0), TEXT),
    ],
    ids=["words and goods", "markup as it stood", "a tool's mark"],
)
def test_a_copy_has_its_victims_accounts(page: tuple[Contribution, ...]) -> None:
    found = judged(ANALYTICS, PIXEL, TOKEN, *page)
    assert not is_lifted(found)
    assert found.probability < REVIEW_AT


def test_however_many_they_never_make_an_operator() -> None:
    many = [row(f"identifiers.{word}", 4.0) for word in ("google_analytics", "facebook_pixel", "hotjar", "chartbeat", "quantcast")]
    found = judged(*many, prior=-2.0)
    assert found.relation is not Relation.SAME_OPERATOR
    assert found.probability == pytest.approx(0.65, abs=1e-3)


def test_a_proven_pair_needs_none_and_gets_none() -> None:
    found = judged(LOGIN, TEXT, ANALYTICS, PIXEL)
    assert found.relation is Relation.SAME_OPERATOR
    assert not is_lifted(found)
    assert unlifted(found) == found.probability


def test_what_is_lifted_decides_nothing_elsewhere() -> None:
    found = judged(ANALYTICS, PIXEL)
    assert lifting_bits(found.contributions) > 0
    assert unlifted(found) < REVIEW_AT < found.probability


def test_the_accounts_are_named() -> None:
    """An analyst looks them up elsewhere: three in words, the heaviest of each provider first."""
    (told,) = [item for item in judged(ANALYTICS, PIXEL, TOKEN).contributions if item.kind is SEVERAL_ACCOUNTS]
    assert "accounts with 3 providers" in told.sentence
    assert "Meta pixel 1, Google Analytics account UA-1-1, site verification token bing:ABC" in told.sentence
    assert told.shown == "1, UA-1-1, bing:ABC"
