"""Fitting: the same match weights as linkage gives, a proper score, readable steps, and nothing said or unsaid wrongly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evaluation import Truth
from analysis.evidence import Family, Mode
from analysis.fingerprints.registry import KINDS
from analysis.fitting import LabelledPair, Pairs, fit, labelled_pairs, probabilities, steps
from analysis.linkage.accounts import lifting_bits
from analysis.linkage.blocking import candidate_pairs
from analysis.linkage.caps import SHIPPED, Caps, caps_of, read_judged, values_of
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.corpus import ANSWER_KINDS
from analysis.linkage.link import Linkage
from analysis.linkage.matching import SAME_OPERATOR_AT, match, prior_bits

ALL = {**KINDS, **{kind.name: kind for kind in ANSWER_KINDS}}
NAMES = sorted(name for name, kind in ALL.items() if kind.mode is not Mode.NOTE)
JUDGED = read_judged()
LOW = caps_of({**values_of(JUDGED), "class.a_cap": 3.0, "class.b_cap": 0.5, "control.links": 6.0, "prior.one_in": 100.0}, "low")
TRUTH = Truth({"a.example": "one", "b.example": "two"}, {})


def contribution(name: str, bits: float) -> Contribution:
    direction = Direction.FOR if bits > 0 else Direction.AGAINST
    return Contribution(ALL[name], direction, bits, 0.5, 0.01, "floor", "", "v", "v", None, None, "", max(bits, 0.0))


def linked(rows: list[tuple[str, float]], caps: Caps, storefronts: int = 80) -> Linkage:
    sites = ("a.example", "b.example", *(f"s{number}.example" for number in range(storefronts - 2)))
    found = match("a.example", "b.example", [contribution(*row) for row in rows], prior_bits(storefronts, caps), caps=caps)
    return Linkage({("a.example", "b.example"): found}, candidate_pairs([]).with_pairs([("a.example", "b.example")]), sites, 0.0)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.floats(-3, 16)), max_size=20), st.integers(2, 400))
def test_the_bits_are_those_of_the_matching(drawn: list[tuple[str, float]], storefronts: int) -> None:
    """Fitted numbers that linkage would read otherwise are worth nothing."""
    for caps in (JUDGED, LOW):
        linkage = linked(drawn, caps, storefronts)
        (pair,) = labelled_pairs(linkage, TRUTH, "w", "c")
        found = linkage.matches["a.example", "b.example"]
        assert Pairs([pair]).bits(caps)[0] == pytest.approx(found.bits - lifting_bits(found.contributions), abs=2e-3)


def test_pairs_of_sites_that_the_truth_does_not_name_are_left_out() -> None:
    assert labelled_pairs(linked([], JUDGED), Truth({"a.example": "one"}, {}), "w", "c") == []


def pair(number: int, *, copyable: float = 0.0, control: float = 0.0, is_same: bool = False, rule: str = "") -> LabelledPair:
    other = f"op{number}" if is_same else f"other{number}"
    texts = {Family.TEXT: copyable / 2, Family.IMAGERY: copyable / 2}
    return LabelledPair("w", "c", f"op{number}", other, 10, texts, {}, {Family.BEHAVIOUR: control}, 0.0, rule)


def loss(rows: list[LabelledPair], caps: Caps) -> float:
    pairs = Pairs(rows)
    return float((pairs.losses(caps) * pairs.weights).sum())


def test_strangers_that_look_too_likely_lower_what_copyable_evidence_counts() -> None:
    rows = [pair(number, copyable=8.0) for number in range(60)]
    found = fit(Pairs(rows), JUDGED)
    assert loss(rows, found.caps) < loss(rows, JUDGED)
    assert found.caps.class_a_share < JUDGED.class_a_share or found.caps.class_a_cap < JUDGED.class_a_cap
    assert found.caps.control == JUDGED.control, "nothing speaks of what these pairs do not show"


def test_a_true_pair_that_is_said_stays_said() -> None:
    """However many strangers a lower share would please, an operator that was found is not lost to it."""
    rows = [pair(number, copyable=8.0) for number in range(60)] + [pair(99, copyable=6.0, control=7.0, is_same=True)]
    said = Pairs(rows[-1:])
    assert probabilities(said.bits(JUDGED))[0] >= SAME_OPERATOR_AT
    found = fit(Pairs(rows), JUDGED)
    assert found.caps != JUDGED
    assert probabilities(said.bits(found.caps))[0] >= SAME_OPERATOR_AT


def test_no_false_pair_is_ever_said() -> None:
    rows = [pair(number, copyable=4.0, control=6.0, is_same=True) for number in range(40)] + [pair(99, copyable=5.0, control=6.0)]
    stranger = Pairs(rows[-1:])
    assert probabilities(stranger.bits(JUDGED))[0] < SAME_OPERATOR_AT
    assert probabilities(stranger.bits(fit(Pairs(rows), JUDGED).caps))[0] < SAME_OPERATOR_AT


def test_only_lower_makes_no_pair_likelier() -> None:
    rows = [pair(number, copyable=4.0, control=4.0, is_same=True) for number in range(40)]
    assert (Pairs(rows).bits(fit(Pairs(rows), JUDGED).caps) > Pairs(rows).bits(JUDGED)).all()
    assert values_of(fit(Pairs(rows), JUDGED, only_lower=True).caps) == values_of(JUDGED)


def test_nothing_to_learn_from_moves_nothing() -> None:
    rows = [pair(1, copyable=4.0)]
    assert values_of(fit(Pairs(rows), JUDGED).caps) == values_of(JUDGED)


def test_a_family_left_out_adds_nothing() -> None:
    rows = [pair(1, copyable=2.0, control=5.0)]
    assert Pairs(rows, Family.BEHAVIOUR).bits(JUDGED)[0] == pytest.approx(Pairs([pair(1, copyable=2.0)]).bits(JUDGED)[0])


def test_two_operators_count_once_however_many_shops_they_have() -> None:
    rows = [pair(1, copyable=2.0)] * 9 + [pair(2, copyable=2.0)]
    assert Pairs(rows).weights == pytest.approx([1 / 9] * 9 + [1.0])
    assert np.allclose(Pairs(rows).weights.sum(), 2.0)


@pytest.mark.parametrize(("name", "value"), sorted(values_of(SHIPPED).items()))
def test_steps_are_readable_and_hold_the_judged_and_the_shipped_value(name: str, value: float) -> None:
    found = steps(name, values_of(JUDGED)[name])
    assert values_of(JUDGED)[name] in found
    assert value in found
    assert all(float(f"{step:g}") == pytest.approx(step) and len(f"{step:g}") <= 4 for step in found)
