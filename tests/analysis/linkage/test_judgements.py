"""Judgements: the latest wins, closure, what contradicts what, and no order anywhere."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from analysis.linkage.judgements import Judgement, Protection, Standing, Verdict, resolve

SITES = "abcdef"


def judged(number: int, a: str, b: str, verdict: Verdict, *, day: int | None = None, who: str = "ann") -> Judgement:
    one, two = sorted((a, b))
    return Judgement(number, f"2026-03-{day or number:02}T06:00:00Z", who, verdict, "seen", one, two)


def valued(number: int, verdict: Verdict, value: str = "acct_1") -> Judgement:
    return Judgement(number, f"2026-03-{number:02}T06:00:00Z", "ann", verdict, "a test key", kind="payment.payee_key", value=value)


def plain(found: Standing) -> tuple[object, ...]:
    pairs = [(a, b) for a in SITES for b in SITES if a < b]
    closure = [(found.is_same(*pair), found.apart(*pair), found.may_join(*pair)) for pair in pairs]
    return found.same, found.different, found.unsure, found.noise, [c.sentence for c in found.conflicts], closure, found.digest


def test_the_later_judgement_on_a_pair_wins_and_the_history_stays() -> None:
    rows = [judged(1, "a", "b", Verdict.SAME), judged(2, "a", "b", Verdict.DIFFERENT)]
    found = resolve(rows)
    assert not found.is_same("a", "b")
    assert found.apart("b", "a") == rows[1]
    assert found.history == tuple(rows)
    assert found.conflicts == ()


def test_of_one_moment_the_later_recording_wins() -> None:
    rows = [judged(1, "a", "b", Verdict.SAME, day=3), judged(2, "a", "b", Verdict.DIFFERENT, day=3)]
    assert resolve(rows).apart("a", "b") == rows[1]


def test_unsure_takes_a_decision_back() -> None:
    found = resolve([judged(1, "a", "b", Verdict.SAME), judged(2, "a", "b", Verdict.UNSURE)])
    assert not found.is_same("a", "b")
    assert list(found.unsure) == [("a", "b")]


def test_same_and_different_are_closed_through_others() -> None:
    found = resolve([judged(1, "a", "b", Verdict.SAME), judged(2, "b", "c", Verdict.SAME), judged(3, "c", "d", Verdict.DIFFERENT)])
    assert found.is_same("a", "c")
    assert all(not found.may_join(site, "d") for site in "abc")
    assert found.may_join("a", "e")


def test_a_contradiction_is_named_with_both_and_the_oldest_yields() -> None:
    rows = [
        judged(1, "a", "b", Verdict.SAME, who="ann"),
        judged(2, "b", "c", Verdict.SAME, who="bob"),
        judged(3, "a", "c", Verdict.DIFFERENT, who="cem"),
    ]
    found = resolve(rows)
    (conflict,) = found.conflicts
    assert conflict.yields == rows[0]
    assert set(conflict.to) == {rows[1], rows[2]}
    for part in ("ann, 2026-03-01", "cem, 2026-03-03", "bob, 2026-03-02", "a and b are run by one operator"):
        assert part in conflict.sentence
    assert found.is_same("b", "c")
    assert found.apart("a", "c") == rows[2]
    assert not found.is_same("a", "b")


def test_an_older_different_yields_to_later_sames() -> None:
    rows = [judged(1, "a", "c", Verdict.DIFFERENT), judged(2, "a", "b", Verdict.SAME), judged(3, "b", "c", Verdict.SAME)]
    found = resolve(rows)
    assert found.is_same("a", "c")
    assert [conflict.yields for conflict in found.conflicts] == [rows[0]]


def test_nobody_is_of_one_operator_with_a_protected_storefront() -> None:
    row = judged(1, "a", "b", Verdict.SAME)
    found = resolve([row], owned=["a", "c"], licensed=["d", "c"])
    assert found.protected == {"a": Protection.OWNED, "c": Protection.OWNED, "d": Protection.LICENSED}
    assert not found.is_same("a", "b")
    assert not found.may_join("a", "b")
    assert not found.may_join("a", "d")
    assert found.may_join("a", "c")
    assert "a is your own storefront" in found.conflicts[0].sentence


def test_noise_holds_until_it_is_taken_back() -> None:
    assert resolve([valued(1, Verdict.NOISE)]).noise_of("payment.payee_key", "acct_1") is not None
    assert resolve([valued(1, Verdict.NOISE)]).noise_of("payment.payee_key", "acct_2") is None
    for verdict in (Verdict.EVIDENCE, Verdict.UNSURE):
        assert resolve([valued(1, Verdict.NOISE), valued(2, verdict)]).noise == {}


rows_drawn = st.lists(
    st.tuples(st.sampled_from(SITES), st.sampled_from(SITES), st.sampled_from([*Verdict][:3]), st.integers(1, 9)), max_size=14
)


def made(drawn: Sequence[tuple[str, str, Verdict, int]]) -> list[Judgement]:
    return [judged(n, a, b, verdict, day=day) for n, (a, b, verdict, day) in enumerate(drawn, 1) if a != b]


@given(rows_drawn, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn: list[tuple[str, str, Verdict, int]], rng: random.Random) -> None:
    rows = made(drawn)
    straight = plain(resolve(rows, owned=["a"]))
    rng.shuffle(rows)
    assert plain(resolve(rows, owned=["a"])) == straight


@given(rows_drawn)
def test_what_stands_never_contradicts_itself(drawn: list[tuple[str, str, Verdict, int]]) -> None:
    rows = made(drawn)
    found = resolve(rows)
    for a in SITES:
        for b in SITES:
            assert not (found.is_same(a, b) and found.apart(a, b) is not None)
            assert found.is_same(a, b) == found.is_same(b, a)
            for c in SITES:
                if found.is_same(a, b):
                    assert found.apart(a, c) == found.apart(b, c)
                    assert found.is_same(a, c) == found.is_same(b, c)
    latest = {row.pair: row for row in sorted(rows, key=lambda row: (row.when, row.number))}
    yielded = {conflict.yields for conflict in found.conflicts}
    for row in latest.values():
        stands = {Verdict.SAME: found.same, Verdict.DIFFERENT: found.different, Verdict.UNSURE: found.unsure}[row.verdict]
        assert (row in yielded) != (row.pair in stands)
    for conflict in found.conflicts:
        assert all((rival.when, rival.number) > (conflict.yields.when, conflict.yields.number) for rival in conflict.to)
