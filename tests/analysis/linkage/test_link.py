"""The linkage as a whole: two passes, services apart, siblings no strangers, and no order anywhere."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.findings import Relation
from analysis.fingerprints.registry import KINDS
from analysis.linkage.comparison import Direction
from analysis.linkage.corpus import Profile
from analysis.linkage.link import Linkage, link


def market(made: SimpleNamespace) -> list[Profile]:
    """An operator of three, his copyist, two theme twins, a neighbour on the same address, and strangers."""
    hand = made.join(made.words("v"), made.goods("v", "7.77"), {"links.login_host": ["pass.example"]})
    return [
        made.shop("pass.example", {"links.answers_for": ["v1.example", "v2.example", "v3.example"]}, service=True),
        *(made.shop(f"v{n}.example", hand, made.theme(f"v{n}", named=False), made.company(f"firm{n}")) for n in (1, 2, 3)),
        made.shop("copy.example", hand, made.theme("v1", named=False), made.payee("thief"), {"links.copied_from": ["v1.example"]}),
        *(made.shop(f"twin{n}.example", made.theme("stock"), made.words(f"twin{n}"), made.marks(f"twin{n}")) for n in (1, 2)),
        made.shop("near.example", made.whole("near"), {"infrastructure.address": ["198.51.100.9"]}),
        *made.strangers(12),
    ]


def plain(found: Linkage) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        pair: (
            m.relation,
            m.probability,
            m.bits,
            m.review,
            m.named,
            [(c.kind.name, c.value, c.bits, c.sentence) for c in m.contributions],
        )
        for pair, m in found.matches.items()
    }


@pytest.fixture(scope="module")
def told(made: SimpleNamespace) -> Linkage:
    return link(market(made), KINDS, made.Counted())


def test_the_operator_is_found_and_his_copyist_is_not_him(told: Linkage) -> None:
    operator = {pair for pair, found in told.matches.items() if found.relation is Relation.SAME_OPERATOR}
    assert operator == {("v1.example", "v2.example"), ("v1.example", "v3.example"), ("v2.example", "v3.example")}
    copies = {pair for pair, found in told.matches.items() if found.relation is Relation.COPY_OF}
    assert copies == {("copy.example", f"v{n}.example") for n in (1, 2, 3)}
    assert told.matches["copy.example", "v1.example"].named == "v1.example"
    assert told.matches["twin1.example", "twin2.example"].relation is Relation.SAME_KIT


def test_a_service_is_no_storefront(told: Linkage) -> None:
    assert "pass.example" not in told.sites
    assert not any("pass.example" in pair for pair in told.matches)
    assert len(told.sites) == 19


def test_pairs_are_in_order_and_never_of_one_site(told: Linkage) -> None:
    assert all(a < b for a, b in told.matches)
    assert sorted(told.matches) == list(told.blocked)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_the_order_of_storefronts_and_kinds_changes_nothing(made: SimpleNamespace, told: Linkage, seed: int) -> None:
    rows, rng = market(made), random.Random(seed)
    rng.shuffle(rows)
    names = list(KINDS)
    rng.shuffle(names)
    shuffled = [
        Profile(
            row.site,
            row.is_service,
            {
                kind: dict(rng.sample(sorted(v.items()), len(v)))
                for kind, v in rng.sample(sorted(row.traces.items()), len(row.traces))
            },
        )
        for row in rows
    ]
    assert plain(link(shuffled, {name: KINDS[name] for name in names}, made.Counted())) == plain(told)


@pytest.mark.parametrize("siblings", [2, 4, 10])
def test_siblings_do_not_make_their_common_trace_common(made: SimpleNamespace, siblings: int) -> None:
    """Ten mirrors of one hand with one error page, one gateway account: the eight others are no strangers."""
    hand = made.join(made.payee("hand"), made.words("hand"), {"behaviour.error_page": ["page of the house"]})
    rows = [made.shop(f"m{n}.example", made.whole(f"m{n}"), hand) for n in range(siblings)]
    found = made.verdict(made.linked(*rows), "m0", "m1")
    assert found is not None
    assert found.relation is Relation.SAME_OPERATOR
    bits = {row.kind.name: row.bits for row in found.contributions if row.direction is Direction.FOR}
    assert bits["behaviour.error_page"] > 8
    assert bits["payment.merchant_id"] > 13


def test_a_pair_that_was_linked_before_is_looked_at_again(made: SimpleNamespace) -> None:
    rows = [made.shop("one.example", made.words("a")), made.shop("two.example", made.words("b")), *made.strangers(12)]
    pair = ("one.example", "two.example")
    assert pair not in link(rows, KINDS, made.Counted()).matches
    assert pair in link(rows, KINDS, made.Counted(), known_pairs=[pair]).matches
    assert ("gone.example", "one.example") not in link(
        rows, KINDS, made.Counted(), known_pairs=[("gone.example", "one.example")]
    ).matches


def test_an_original_known_from_before_tells_the_copy(made: SimpleNamespace) -> None:
    """The copying marks are gone by now: last crawl's findings still know who is whose copy, and the owner's shops stay his."""
    page = made.join(made.words("v"), made.goods("v", "7.77"), made.theme("v", named=False), made.payee("v"))
    rows = [
        made.shop("victim.example", page),
        made.shop("copy.example", page),
        made.shop("sister.example", made.whole("s"), made.payee("v")),
        *made.strangers(20),
    ]
    knowing = link(rows, KINDS, made.Counted(), originals={"copy.example": frozenset({"victim.example"})}).matches
    assert knowing["sister.example", "victim.example"].relation is Relation.SAME_OPERATOR
    assert knowing["copy.example", "sister.example"].relation is not Relation.SAME_OPERATOR
    assert knowing["copy.example", "sister.example"].review
    # where nothing tells which of the two is the copy, neither is said to be the sister's hand
    unknowing = link(rows, KINDS, made.Counted()).matches
    for pair in (("copy.example", "sister.example"), ("sister.example", "victim.example")):
        assert (unknowing[pair].relation is Relation.SAME_OPERATOR, unknowing[pair].review) == (False, True)


def test_keys_on_too_many_storefronts_are_skipped_and_counted(made: SimpleNamespace) -> None:
    rows = [made.shop(f"s{n}.example", {"assets.path": ["/common"], "infrastructure.address": [str(n)]}) for n in range(20)]
    assert link(rows, KINDS, made.Counted(), cut=10).blocked.skipped_keys == 1
    assert link(rows, KINDS, made.Counted(), cut=30).blocked.skipped_keys == 0


def test_nobody_is_compared_with_nobody(made: SimpleNamespace) -> None:
    assert dict(link([], KINDS, made.Counted()).matches) == {}
    assert link([made.shop("only.example", made.whole("o"))], KINDS, made.Counted()).sites == ("only.example",)
