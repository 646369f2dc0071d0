"""Judgements in the linkage: noise counts nowhere, decided pairs keep their evidence, protected storefronts are nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace

import pytest

from analysis.findings import Relation
from analysis.fingerprints.registry import KINDS
from analysis.linkage.comparison import Direction
from analysis.linkage.corpus import Profile
from analysis.linkage.judged import judged_matches
from analysis.linkage.judgements import Judgement, Standing, Verdict, resolve
from analysis.linkage.link import Linkage, link
from analysis.linkage.matching import Match

A, B, C = "a.example", "b.example", "c.example"


def pair(a: str, b: str, verdict: Verdict, number: int = 1) -> Judgement:
    return Judgement(number, "2026-03-02T06:00:00Z", "ann", verdict, "two companies", *sorted((a, b)))


def noise(kind: str, value: str) -> Standing:
    return resolve([Judgement(1, "2026-03-02T06:00:00Z", "ann", Verdict.NOISE, "a test account", kind=kind, value=value)])


def linked(made: SimpleNamespace, rows: Iterable[Profile], standing: Standing) -> Linkage:
    return link([*rows, *made.strangers(20)], KINDS, made.Counted(), standing=standing)


def mirrors(made: SimpleNamespace, *sites: str) -> list[Profile]:
    """Shops of one hand: one account, one author, nothing else in common."""
    hand = made.join(made.payee("hand"), made.words("hand"))
    return [made.shop(site, made.whole(site), hand) for site in sites]


def judged(found: Linkage, standing: Standing, *more: str) -> dict[tuple[str, str], Match]:
    return judged_matches(found.matches, standing, [*found.sites, *more], found.prior)


def word(found: Match) -> list[str]:
    return [row.kind.name for row in found.contributions if row.kind.name.startswith("judgement.")]


def test_a_value_judged_noise_counts_nowhere_and_is_shown_as_subtracted(made: SimpleNamespace) -> None:
    rows = mirrors(made, A, B)
    assert linked(made, rows, Standing()).matches[A, B].relation is Relation.SAME_OPERATOR
    found = linked(made, rows, noise("payment.merchant_id", "gateway hand")).matches[A, B]
    assert found.relation is not Relation.SAME_OPERATOR
    (row,) = [item for item in found.contributions if item.kind.name == "payment.merchant_id"]
    assert (row.direction, row.bits, row.raw, row.explained_by) == (Direction.EXPLAINED, 0.0, 0.0, "judgement")
    assert row.sentence.endswith("judged noise by ann, 2026-03-02 06:00 UTC, because: a test account")


def test_another_value_of_the_kind_counts_as_if_the_noise_were_not_there(made: SimpleNamespace) -> None:
    rows = [made.shop(site, made.whole(site), made.payee("hand"), made.payee("test"), made.words("hand")) for site in (A, B)]
    clean = linked(made, mirrors(made, A, B), Standing()).matches[A, B]
    found = linked(made, rows, noise("payment.merchant_id", "gateway test")).matches[A, B]
    assert found.relation is Relation.SAME_OPERATOR
    assert found.bits == clean.bits


def test_a_picture_judged_noise_takes_those_of_its_look_along(made: SimpleNamespace) -> None:
    mark = "f0" * 32
    near = f"{int(mark, 16) ^ 0b10101:064x}"
    rows = [made.shop(A, {"logo.mark_raw": [mark]}, made.words("v")), made.shop(B, {"logo.mark_raw": [near]}, made.words("v"))]
    assert any(
        row.kind.name == "logo.mark_raw" and row.bits > 0 for row in linked(made, rows, Standing()).matches[A, B].contributions
    )
    (row,) = [
        item
        for item in linked(made, rows, noise("logo.mark_raw", near)).matches[A, B].contributions
        if item.kind.name == "logo.mark_raw"
    ]
    assert (row.direction, row.bits) == (Direction.EXPLAINED, 0.0)


def test_a_pair_judged_same_keeps_the_probability_of_its_evidence(made: SimpleNamespace) -> None:
    standing = resolve([pair(A, B, Verdict.SAME)])
    rows = [made.shop(site, made.whole(site)) for site in (A, B)]
    found = linked(made, rows, standing)
    after = judged(found, standing)[A, B]
    assert after.relation is Relation.SAME_OPERATOR
    assert (after.probability, after.bits) == (found.matches[A, B].probability, found.matches[A, B].bits)
    assert word(after) == ["judgement.same"]
    assert "ann, 2026-03-02 06:00 UTC" in after.contributions[0].sentence
    assert "because: two companies" in after.contributions[0].sentence


def test_a_judged_pair_that_nobody_compared_has_a_match(made: SimpleNamespace) -> None:
    standing = resolve([pair(A, "gone.example", Verdict.SAME)])
    found = linked(made, [made.shop(A, made.whole(A))], standing)
    assert judged(found, standing, "gone.example")[A, "gone.example"].relation is Relation.SAME_OPERATOR
    assert (A, "gone.example") not in judged(found, standing)


def test_a_pair_judged_different_has_the_lesser_relation(made: SimpleNamespace) -> None:
    standing = resolve([pair(A, B, Verdict.DIFFERENT), pair(B, C, Verdict.SAME, 2)])
    hand = made.join(made.payee("hand"), made.words("hand"), made.company("hand"))
    after = judged(linked(made, [made.shop(site, made.theme(site), hand) for site in (A, B, C)], standing), standing)
    assert after[A, B].relation is Relation.COPY_OF
    assert not after[A, B].review
    assert word(after[A, B]) == ["judgement.different"]
    assert after[A, C].relation is Relation.COPY_OF, "held apart through b"
    assert "c.example" in after[A, C].contributions[0].sentence


def test_a_pair_left_open_is_for_review(made: SimpleNamespace) -> None:
    standing = resolve([pair(A, B, Verdict.UNSURE)])
    after = judged(linked(made, [made.shop(site, made.whole(site)) for site in (A, B)], standing), standing)[A, B]
    assert (after.relation, after.review, word(after)) == (Relation.FOR_REVIEW, True, ["judgement.unsure"])


def test_what_resembles_an_owned_storefront_is_a_copy_of_it(made: SimpleNamespace) -> None:
    """A suspect shows the owner's account: planted or copied, it never makes the owner his fellow."""
    standing = resolve([], owned=["own.example"])
    rows = mirrors(made, A, B, "own.example")
    plain = judged(linked(made, rows, Standing()), Standing())
    assert plain[A, "own.example"].relation is Relation.SAME_OPERATOR
    after = judged(linked(made, rows, standing), standing)
    for site in (A, B):
        found = after[site, "own.example"]
        assert (found.relation, found.named, found.review) == (Relation.COPY_OF, "own.example", False)
        assert word(found) == ["judgement.protected"]


def test_what_two_copies_took_from_an_owned_storefront_does_not_join_them(made: SimpleNamespace) -> None:
    standing = resolve([], owned=["own.example"])
    found = linked(made, mirrors(made, A, B, "own.example"), standing).matches[A, B]
    assert found.relation is not Relation.SAME_OPERATOR
    payee = next(row for row in found.contributions if row.kind.name == "payment.merchant_id")
    assert (payee.direction, payee.explained_by) == (Direction.EXPLAINED, "own.example")


def test_two_copies_with_an_account_of_their_own_are_still_one_hand(made: SimpleNamespace) -> None:
    standing = resolve([], owned=["own.example"])
    thief = made.join(made.payee("hand"), made.payee("thief"), made.words("hand"))
    rows = [*mirrors(made, "own.example"), *(made.shop(site, made.whole(site), thief) for site in (A, B))]
    after = judged(linked(made, rows, standing), standing)
    assert after[A, B].relation is Relation.SAME_OPERATOR
    assert after[A, "own.example"].relation is Relation.COPY_OF


def test_two_owned_storefronts_may_be_one_operator(made: SimpleNamespace) -> None:
    standing = resolve([], owned=[A, B])
    assert judged(linked(made, mirrors(made, A, B), standing), standing)[A, B].relation is Relation.SAME_OPERATOR


@pytest.mark.parametrize(("owned", "licensed"), [(A, B), (B, A)])
def test_between_an_owned_and_a_licensed_one_the_owned_is_the_original(made: SimpleNamespace, owned: str, licensed: str) -> None:
    standing = resolve([], owned=[owned], licensed=[licensed])
    found = judged(linked(made, mirrors(made, A, B), standing), standing)[A, B]
    assert (found.relation, found.named) == (Relation.COPY_OF, owned)


def test_judgements_leave_everybody_else_as_they_are(made: SimpleNamespace) -> None:
    standing = resolve([pair("x.example", "y.example", Verdict.SAME)], owned=["z.example"])
    rows = mirrors(made, A, B)
    found = linked(made, rows, Standing())
    assert linked(made, rows, standing).matches == found.matches
    assert judged(found, standing) == found.matches
