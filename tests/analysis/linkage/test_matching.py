"""From contributions to a relation: caps, prior, the tests of control, and the sum that a reader can check."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence import WEIGHED, EvidenceClass, Kind, Mode
from analysis.findings import Relation
from analysis.linkage.caps import SHIPPED
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.matching import HELD_KINDS, REVIEW_AT, SAME_OPERATOR_AT, cap, held, prior_bits, unmatched
from tests.analysis.linkage.made_rows import ALL, PRIOR, TEXT, judged, row

PAYEE = row("payment.merchant_id", 14.0)
LOGIN = row("answers.login_host", 14.0)
TRACKER = row("identifiers.google_analytics", 4.0)


def test_without_evidence_the_prior_is_all_there_is() -> None:
    found = judged()
    assert (found.relation, found.bits, found.review) == (Relation.NONE, PRIOR, False)
    assert found.probability == pytest.approx(2**PRIOR / (1 + 2**PRIOR), abs=1e-6)
    assert unmatched(PRIOR).probability == found.probability


@given(st.integers(0, 100_000))
def test_the_prior_falls_with_the_candidates_and_is_never_better_than_the_caps_say(storefronts: int) -> None:
    assert prior_bits(storefronts + 1) <= prior_bits(storefronts) <= -log2(SHIPPED.prior - 1) + 1e-9


def test_live_control_and_words_are_one_operator() -> None:
    found = judged(LOGIN, TEXT)
    assert (found.relation, found.review) == (Relation.SAME_OPERATOR, False)
    assert found.probability >= SAME_OPERATOR_AT


def test_the_bits_are_the_prior_and_the_capped_contributions() -> None:
    found = judged(LOGIN, TEXT, TRACKER, row("identity.declared_company", -1.0))
    assert found.bits == pytest.approx(PRIOR + sum(item.bits for item in found.contributions), abs=1e-3)
    assert found.bits == pytest.approx(PRIOR + found.bits_for - found.bits_against, abs=1e-3)


@pytest.mark.parametrize("raw", [(), (TEXT,), (TEXT, TRACKER, row("logo.digest", 2.0), row("identity.company", 3.0))])
def test_copyable_evidence_never_comes_near_an_operator(raw: tuple[Contribution, ...]) -> None:
    found = judged(*raw)
    assert found.relation is not Relation.SAME_OPERATOR
    assert found.bits <= PRIOR + SHIPPED.class_a_cap + 1e-9


def test_without_control_likeliness_alone_is_held_and_said() -> None:
    """The rule and not the number decides: a better prior must not turn a copy into an operator."""
    found = judged(TEXT, TRACKER, row("logo.digest", 2.5), prior=2.0)
    assert found.relation is not Relation.SAME_OPERATOR
    assert found.probability <= 0.8
    (rule,) = [item for item in found.contributions if item.kind.name.startswith("rule.")]
    assert rule.kind.name == "rule.no_control"
    assert rule.bits < 0
    assert found.bits == pytest.approx(2.0 + sum(item.bits for item in found.contributions), abs=1e-3)


def test_one_family_of_live_control_is_for_review() -> None:
    found = judged(LOGIN)
    assert (found.relation, found.review) == (Relation.FOR_REVIEW, True)
    assert any(item.kind.name == "rule.one_family" for item in found.contributions)


def test_a_payee_alone_decides_where_copying_explains_nothing() -> None:
    assert judged(PAYEE).relation is Relation.SAME_OPERATOR


@pytest.mark.parametrize("mark", ["links.canonical_elsewhere", "links.absolute_elsewhere", "links.copied_from"])
def test_a_payee_on_a_marked_copy_is_for_review(mark: str) -> None:
    found = judged(PAYEE, TEXT, row(mark, 1.0, value="b.example"))
    assert (found.relation, found.review, found.named) == (Relation.COPY_OF, True, "b.example")
    assert any(item.kind.name == "rule.lone_payee" for item in found.contributions)


def test_a_payee_with_the_same_rare_set_up_is_not_alone() -> None:
    setup = row("behaviour.cookie_and_headers_common", 0.7)
    found = judged(PAYEE, TEXT, setup, row("links.copied_from", 1.0, value="b.example"))
    assert found.relation is Relation.SAME_OPERATOR


def test_marks_of_copying_never_exclude_an_operator() -> None:
    found = judged(LOGIN, TEXT, row("links.copied_from", 1.0, value="b.example"))
    assert found.relation is Relation.SAME_OPERATOR


def test_an_explained_payee_is_for_review_all_the_same() -> None:
    found = judged(row("payment.merchant_id", 0.0, raw=14.0))
    assert (found.relation, found.review) == (Relation.FOR_REVIEW, True)


def test_each_naming_the_other_gives_no_direction() -> None:
    marks = [row("links.residual_name", 1.0, value=site) for site in ("a.example", "b.example")]
    assert judged(*marks).named == ""
    assert judged(marks[0]).named == "a.example"


def test_goods_and_pictures_of_a_supplier_are_no_copy() -> None:
    found = judged(row("catalogue.product_name", 1.5), row("imagery.picture", 1.0), row("catalogue.price_by_name", 2.5))
    assert found.relation is Relation.NONE


def test_a_named_theme_is_a_kit_and_an_address_a_provider() -> None:
    assert judged(row("assets.theme_name", 0.0)).relation is Relation.SAME_KIT
    assert judged(row("infrastructure.address", 0.0)).relation is Relation.SAME_PROVIDER
    assert judged(row("infrastructure.address", 0.0), row("assets.theme_name", 0.0)).relation is Relation.SAME_KIT
    assert judged(row("infrastructure.name_server", 0.0)).relation is Relation.NONE


def test_counter_evidence_lowers_and_is_bounded() -> None:
    against = [row("identity.declared_company", -2.0), row("assets.platform", -2.0), row("catalogue.currency", -40.0)]
    found = judged(LOGIN, TEXT, *against)
    assert found.bits_against == pytest.approx(5.0)
    assert found.bits < judged(LOGIN, TEXT).bits
    assert [item.kind.name for item in found.contributions if item.direction is Direction.AGAINST] == [r.kind.name for r in against]


_KIND_NAMES = sorted(name for name, kind in ALL.items() if kind.mode is not Mode.NOTE)


@given(st.lists(st.tuples(st.sampled_from(_KIND_NAMES), st.floats(-4, 16)), max_size=30))
def test_no_family_and_no_class_passes_its_cap(drawn: list[tuple[str, float]]) -> None:
    rows = cap([row(name, bits, value=str(number)) for number, (name, bits) in enumerate(drawn)])
    assert [item.value for item in rows] == [str(number) for number in range(len(drawn))]
    for family in WEIGHED:
        for control, caps in ((True, SHIPPED.control), (False, SHIPPED.family)):
            total = sum(i.bits for i in rows if i.kind.family is family and i.kind.cls.is_control == control and i.bits > 0)
            assert total <= caps[family] + 1e-6
    for cls, most in ((EvidenceClass.COPYABLE, SHIPPED.class_a_cap), (EvidenceClass.PROVIDER, SHIPPED.class_b_cap)):
        assert sum(item.bits for item in rows if item.kind.cls is cls and item.bits > 0) <= most + 1e-6
    assert sum(item.bits for item in rows if item.bits < 0) >= -5 - 1e-6


@given(st.lists(st.tuples(st.sampled_from(_KIND_NAMES), st.floats(-4, 16)), max_size=20))
def test_an_operator_is_never_said_without_a_trace_of_control(drawn: list[tuple[str, float]]) -> None:
    found = judged(*(row(name, bits, value=str(number)) for number, (name, bits) in enumerate(drawn)), prior=0.0)
    assert 0 <= found.probability <= 1
    if found.relation is Relation.SAME_OPERATOR:
        assert any(item.kind.cls.is_control and item.bits >= 1 for item in found.contributions)
        assert found.probability >= SAME_OPERATOR_AT
    elif found.probability >= REVIEW_AT:
        assert found.review
    assert found.bits == pytest.approx(sum(item.bits for item in found.contributions), abs=1e-3)


@pytest.mark.parametrize("probability", [0.0, 0.95, 1.0])
def test_what_holds_a_pair_from_outside_is_a_contribution_of_its_own(probability: float) -> None:
    kind: Kind = HELD_KINDS[1]
    found = held(judged(TEXT), probability, kind, "both are linked to c.example")
    assert found.relation is Relation.SAME_OPERATOR
    assert SAME_OPERATOR_AT <= found.probability <= 1
    assert found.contributions[-1].sentence == "both are linked to c.example"
    assert found.bits == pytest.approx(PRIOR + sum(item.bits for item in found.contributions), abs=1e-3)
