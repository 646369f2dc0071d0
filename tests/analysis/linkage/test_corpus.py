"""The corpus: traces indexed, near-equal pictures made equal, claims answered by whom they name."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence import Trace
from analysis.fingerprints.registry import KINDS
from analysis.linkage.corpus import NEAR_BITS, Profile, answered_claims, merge_near_hashes, profile

MARK = "logo.mark_raw"


def shop(site: str, *, service: bool = False, **named: list[str]) -> Profile:
    """``links__login_host=[...]`` is the kind ``links.login_host``."""
    traces = [
        Trace(kind.replace("__", "."), value, f"https://{site}/", "d" * 64) for kind, values in named.items() for value in values
    ]
    return profile(site, service, traces)


def picture(*flipped: int) -> str:
    """A 256-bit hash, all noughts but these bits."""
    return f"{sum(1 << bit for bit in flipped):064x}"


def values(rows: list[Profile], kind: str = MARK) -> dict[str, list[str]]:
    return {row.site: sorted(row.values(kind)) for row in rows}


def test_of_equal_values_the_first_one_in_order_is_shown() -> None:
    late, early = (Trace("k.v", "x", f"https://a.example/{path}", "d" * 64) for path in ("z", "b"))
    assert profile("a.example", False, [late, early]).values("k.v") == {"x": early}
    assert profile("a.example", False, []).values("k.v") == {}


def test_pictures_within_51_bits_are_one_and_the_trace_stays_its_own() -> None:
    """1.7 % of strangers' marks lie within 51 of 256 bits; 64-bit hashes gave false twins for most."""
    rows = merge_near_hashes(
        [
            shop("a.example", logo__mark_raw=[picture()]),
            shop("b.example", logo__mark_raw=[picture(*range(NEAR_BITS))]),
            shop("c.example", logo__mark_raw=[picture(*range(NEAR_BITS + 1))]),
        ],
        KINDS,
    )
    found = values(rows)
    assert found["a.example"] == found["b.example"] == [picture()]
    assert found["c.example"] == [picture(*range(NEAR_BITS + 1))]
    assert rows[1].values(MARK)[picture()].url == "https://b.example/"


def test_a_row_of_pictures_that_differ_a_little_does_not_become_one() -> None:
    steps = [picture(*range(40 * step)) for step in range(6)]
    found = values(merge_near_hashes([shop(f"s{n}.example", logo__mark_raw=[value]) for n, value in enumerate(steps)], KINDS))
    assert found["s0.example"] == found["s1.example"]
    assert found["s0.example"] != found["s2.example"]
    assert found["s0.example"] != found["s5.example"]
    assert len({leader for (leader,) in found.values()}) == 3


def test_what_is_no_hash_of_256_bits_stays_as_it_is() -> None:
    found = values(merge_near_hashes([shop("a.example", logo__mark_raw=["zz", "abcd"]), shop("b.example")], KINDS))
    assert found == {"a.example": ["abcd", "zz"], "b.example": []}


@given(st.lists(st.sets(st.integers(0, 255), max_size=70), min_size=2, max_size=8), st.randoms())
def test_near_pictures_merge_alike_in_any_order_and_never_far_from_themselves(flips: list[set[int]], rng: random.Random) -> None:
    rows = [shop(f"s{n}.example", logo__mark_raw=[picture(*flipped)]) for n, flipped in enumerate(flips)]
    straight = values(merge_near_hashes(rows, KINDS))
    own = values(rows)
    for site, (leader,) in straight.items():
        assert (int(leader, 16) ^ int(own[site][0], 16)).bit_count() <= NEAR_BITS
    rng.shuffle(rows)
    assert values(merge_near_hashes(rows, KINDS)) == straight


def test_a_log_in_host_counts_only_when_it_names_the_shop_back() -> None:
    """Anybody may point a form at a log-in host; only who runs it can make it name his shop."""
    rows = answered_claims(
        [
            shop("a.example", links__login_host=["pass.example"]),
            shop("b.example", links__login_host=["pass.example"]),
            shop("thief.example", links__login_host=["pass.example"]),
            shop("pass.example", service=True, links__answers_for=["a.example", "b.example"]),
        ]
    )
    answered = values(rows, "answers.login_host")
    assert answered == {"a.example": ["pass.example"], "b.example": ["pass.example"], "thief.example": [], "pass.example": []}


def test_a_host_that_was_never_seen_answers_nothing() -> None:
    rows = answered_claims(
        [shop("a.example", links__login_host=["pass.example"]), shop("b.example", links__login_host=["pass.example"])]
    )
    assert set(map(tuple, values(rows, "answers.login_host").values())) == {()}


def test_a_shop_does_not_answer_for_itself() -> None:
    (row,) = answered_claims([shop("a.example", links__login_host=["a.example"], links__answers_for=["a.example"])])
    assert row.values("answers.login_host") == {}


def test_a_payment_host_answers_too() -> None:
    rows = answered_claims(
        [
            shop("a.example", links__checkout_host=["pay.example"]),
            shop("b.example", payment__checkout_host=["pay.example"]),
            shop("pay.example", service=True, links__answers_for=["a.example", "b.example"]),
        ]
    )
    assert values(rows, "answers.checkout_host") == {"a.example": ["pay.example"], "b.example": ["pay.example"], "pay.example": []}


def test_sending_customers_on_counts_when_both_do_it() -> None:
    one_sided = answered_claims([shop("a.example", links__moved_to=["b.example"]), shop("b.example")])
    assert all(row.values("answers.reciprocal") == {} for row in one_sided)
    both = answered_claims([shop("a.example", links__moved_to=["b.example"]), shop("b.example", links__invitation=["a.example"])])
    assert [sorted(row.values("answers.reciprocal")) for row in both] == [["a.example and b.example"]] * 2


def test_a_plain_link_or_a_name_left_standing_is_no_answer() -> None:
    rows = answered_claims(
        [shop("a.example", links__moved_to=["b.example"]), shop("b.example", links__residual_name=["a.example"])]
    )
    assert all(row.values("answers.reciprocal") == {} for row in rows)
