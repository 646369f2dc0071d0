"""Class F: changes in step weigh from the second interval on, both ways, by rarity; an echo is a mark of copying."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from analysis.findings import Relation, StepRow
from analysis.linkage.matching import match, prior_bits
from analysis.linkage.model import MODEL
from analysis.linkage.synchrony import ECHO, SYNCHRONOUS, synchrony
from tests.analysis.clusters.lives import week


def step(number: int, site: str, signature: str = "accepted>unavailable", attribute: str = "payment", among: int = 60) -> StepRow:
    return StepRow(week(number), site, attribute, signature, f"{attribute} {signature}", 2, among, f"https://{site}/", "d" * 64)


def both(number: int, *sites: str, **parts: object) -> list[StepRow]:
    return [step(number, site, **parts) for site in sites]


def test_one_interval_says_nothing() -> None:
    assert synchrony(both(1, "a", "b"), {}) == {}


def test_bits_grow_with_every_further_interval_up_to_the_cap() -> None:
    steps: list[StepRow] = []
    bits = []
    for number in range(1, 6):
        steps += both(3 * number, "a", "b", signature=f"x{number}")
        bits.append(sum(row.bits for row in synchrony(steps, {}).get(("a", "b"), [])))
    assert bits[0] == 0
    assert 0 < bits[1] <= bits[2] <= bits[4] == MODEL[SYNCHRONOUS.name].cap


def test_what_others_did_too_explains_itself() -> None:
    """A processor that drops its customers hits strangers on one day."""
    everybody = [f"s{n}" for n in range(12)]
    steps = [row for number in (1, 9) for row in both(number, "a", "b", *everybody)]
    assert synchrony(steps, {}) == {}
    ring = dict.fromkeys(everybody, "one hand")
    assert [row.kind for row in synchrony(steps, ring)["a", "b"]] == [SYNCHRONOUS]


def test_a_side_that_changes_much_else_is_in_step_by_chance() -> None:
    steps = [*both(1, "a", "b"), *both(9, "a", "b"), *[step(n, "b", f"other{n}", "company") for n in range(20, 30)]]
    assert ("a", "b") not in synchrony(steps, {})


def test_who_always_follows_is_a_copy_and_names_its_original() -> None:
    steps = [row for number in (1, 9, 18) for row in (step(number, "a", f"x{number}"), step(number + 1, "b", f"x{number}"))]
    (row,) = synchrony(steps, {})["a", "b"]
    assert (row.kind, row.value) == (ECHO, "a")
    assert not row.kind.cls.is_control
    assert match("a", "b", [row], prior_bits(60)).relation is not Relation.SAME_OPERATOR


def test_who_leads_now_and_follows_then_is_no_echo() -> None:
    steps = [step(1, "a", "x"), step(2, "b", "x"), step(9, "b", "y"), step(10, "a", "y")]
    assert synchrony(steps, {}) == {}


def test_it_never_makes_an_operator_by_itself() -> None:
    steps = [row for number in range(1, 30) for row in both(number, "a", "b", signature=f"x{number}")]
    rows = synchrony(steps, {})["a", "b"]
    assert match("a", "b", rows, prior_bits(60)).relation is not Relation.SAME_OPERATOR


_STEPS = st.lists(
    st.builds(
        step,
        st.integers(1, 8),
        st.sampled_from("abc"),
        st.sampled_from(["x", "y"]),
        st.sampled_from(["payment", "company"]),
    ),
    max_size=24,
)


@given(_STEPS, st.permutations("abc"))
def test_neither_order_nor_names_matter(steps: list[StepRow], names: list[str]) -> None:
    found = synchrony(steps, {})
    assert synchrony(list(reversed(steps)), {}) == found
    renamed = dict(zip("abc", names, strict=True))
    again = synchrony([replace(row, site=renamed[row.site]) for row in steps], {})
    assert {tuple(sorted(renamed[site] for site in pair)): [row.bits for row in rows] for pair, rows in found.items()} == {
        pair: [row.bits for row in rows] for pair, rows in again.items()
    }
