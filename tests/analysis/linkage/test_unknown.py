"""What could not be read is neither evidence nor its absence: nothing that it may have explained is held to be unexplained."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from analysis.evidence import Family, fingerprint_of
from analysis.findings import Relation
from analysis.linkage.comparison import Direction
from analysis.linkage.corpus import Profile
from analysis.linkage.matching import Match, match
from analysis.linkage.unknown import Unknown
from tests.analysis.linkage.made_rows import PRIOR, TEXT, row

OWN_KEY = {"payment.payee_key": ["pk_live_of_the_landlord"]}
RENTED = {"assets.platform": ["shopify"]}
#: What tells of a copy whether whole pages were taken.
PAGES = ("assets", "layout", "policy", "style")


def without(shop: Profile, *failed: str, known: bool = True) -> Profile:
    """The storefront as it is found where these fingerprints failed; ``known`` False: as if it had nothing of theirs."""
    kept = {kind: values for kind, values in shop.traces.items() if fingerprint_of(kind) not in failed}
    return replace(shop, traces=kept, unread=frozenset(failed) if known else frozenset())


def told(made: SimpleNamespace, one: Profile, two: Profile) -> Match:
    found = made.verdict(made.linked(one, two), "one", "two")
    assert found is not None
    return found


@pytest.mark.parametrize("known", [True, False])
def test_a_payee_on_what_may_be_a_copy_is_for_review(made: SimpleNamespace, known: bool) -> None:
    """Its words are another shop's; whether its markup and policies are too could not be read. Taken for a shop with markup of
    its own it would be called that shop's operator."""
    pages = made.join(made.theme("ours", named=False), made.words("ours"), made.payee("one hand"))
    copy = without(made.shop("two.example", pages), *PAGES, known=known)
    found = told(made, made.shop("one.example", pages, made.company("a")), copy)
    assert (found.relation is Relation.SAME_OPERATOR) is not known
    assert found.rule == ("rule.unread" if known else "")
    assert found.review is known


@pytest.mark.parametrize("failed", ["layout", "behaviour", "imagery", "logo", "infrastructure"])
def test_a_payee_of_shops_with_words_of_their_own_decides_all_the_same(made: SimpleNamespace, failed: str) -> None:
    shops = [made.shop(f"{name}.example", made.whole(name), made.payee("one hand")) for name in ("one", "two")]
    assert told(made, shops[0], without(shops[1], failed)).relation is Relation.SAME_OPERATOR


def test_what_a_landlord_may_explain_is_explained(made: SimpleNamespace) -> None:
    tenants = [made.shop(f"{name}.example", made.whole(name), OWN_KEY, RENTED) for name in ("one", "two")]
    own = made.shop("two.example", made.whole("two"), OWN_KEY, {"assets.platform": ["woocommerce"]})
    pairs = {
        "shopify": (without(tenants[0], "assets"), tenants[1]),
        "unread": tuple(without(tenant, "assets") for tenant in tenants),
        "": (without(tenants[0], "assets"), own),
    }
    for landlord, pair in pairs.items():
        found = told(made, *pair)
        (key,) = [item for item in found.contributions if item.kind.name == "payment.payee_key"]
        assert key.explained_by == landlord
        assert (key.direction is Direction.EXPLAINED) is bool(landlord)
        assert (found.relation is Relation.SAME_OPERATOR) is not bool(landlord)


@pytest.mark.parametrize(("against", "rule"), [(0.0, ""), (0.5, ""), (3.0, "rule.unread"), (90.0, "rule.unread")])
def test_one_operator_is_not_said_for_want_of_what_may_speak_against_it(against: float, rule: str) -> None:
    rows = [row("answers.login_host", 9.0), TEXT]
    found = match("a.example", "b.example", rows, PRIOR + 1.5, unknown=Unknown(against=against))
    assert found.rule == rule
    assert found.probability <= (0.8 if rule else 1.0)
    assert (found.relation is Relation.SAME_OPERATOR) is not bool(rule)


def test_strong_evidence_stands_whatever_may_speak_against_it() -> None:
    rows = [row("answers.login_host", 14.0), TEXT, row("identifiers.google_analytics", 4.0)]
    unknown = Unknown(copyable=frozenset(Family), against=90.0)
    assert match("a.example", "b.example", rows, PRIOR, unknown=unknown).relation is Relation.SAME_OPERATOR
