"""Corrections: what people changed is told as theirs, once, and in place of the same move told as an event on the web."""

from __future__ import annotations

import pytest

from analysis.clusters.changes import RANKS, changes_between
from analysis.clusters.corrections import CORRECTED, LAST_NOTE, settled, with_corrections
from analysis.clusters.watch import watch
from analysis.findings import ChangeRow, ClusterRow, EvidenceRow, Findings, MemberRow, StateRow, StorefrontRow
from analysis.linkage.judgements import Judgement, Standing, Verdict, resolve

MARCH, APRIL = "20260302T060000Z", "20260406T060000Z"
TOGETHER = {"a": "c1", "b": "c1", "c": "c1"}
APART = {"a": "c1", "b": "c1", "c": "c3"}


def front(site: str) -> StorefrontRow:
    return StorefrontRow(site, f"https://{site}/", "storefront", "finished", "", "shop", "", "", "", "", "", 0, 1, "", "", b"")


def member(site: str, cluster: str) -> MemberRow:
    return MemberRow(site, cluster, 1.0, MARCH, MARCH, MARCH)


def sized(members: dict[str, str]) -> list[ClusterRow]:
    names = sorted(set(members.values()))
    return [ClusterRow(n, [*members.values()].count(n), 1.0, 1.0, "", "", "", MARCH, APRIL) for n in names]


def judged(a: str, b: str, verdict: Verdict, number: int = 1) -> Judgement:
    return Judgement(number, f"2026-03-{number:02}T06:00:00Z", "ann", verdict, "she called them", a, b)


def valued(verdict: Verdict) -> Judgement:
    return Judgement(1, "2026-03-02T06:00:00Z", "ann", verdict, "a test key", kind="payment.payee_key", value="test")


def shared(a: str, b: str) -> EvidenceRow:
    return EvidenceRow(
        a, b, "payment.payee_key", "payment", "C", "for", 12.0, 0.5, 0.1, "floor", "", "test", "", "", "", "", "", ""
    )


def changes(
    was: dict[str, str],
    now: dict[str, str],
    standing: Standing,
    *,
    notes: dict[str, str] | None = None,
    before: tuple[EvidenceRow, ...] = (),
    evidence: tuple[EvidenceRow, ...] = (),
) -> list[ChangeRow]:
    fronts = {site: front(site) for site in now}
    past = tuple(member(*item) for item in was.items())
    previous = Findings(MARCH, "", tuple(map(front, was)), (), before, (), past, tuple(sized(was)), (), notes or {})
    members = [member(*item) for item in now.items()]
    rows, _ = changes_between(previous, watch(previous, fronts.values(), [], APRIL), fronts.values(), members)
    return with_corrections(rows, previous, fronts, members, evidence, standing)


def test_a_shop_taken_out_by_a_judgement_is_a_correction_and_has_not_left() -> None:
    (row,) = changes(TOGETHER, APART, resolve([judged("a", "c", Verdict.DIFFERENT)]))
    assert (row.what, row.site, row.before, row.after, row.rank) == (CORRECTED, "c", "c1", "c3", RANKS[CORRECTED])
    assert row.sentence == (
        "an analyst's correction, not an event on the web: c is taken out of the cluster with a and b; "
        "ann judged on 2026-03-01 that a and c are not run by one operator, because: she called them"
    )


def test_both_sides_of_a_pair_are_told_once() -> None:
    """The one that keeps the cluster's id is alone now too, and did not leave anything either."""
    (row,) = changes({"a": "c1", "c": "c1"}, {"a": "c1", "c": "c3"}, resolve([judged("a", "c", Verdict.DIFFERENT)]))
    assert (row.what, row.site) == (CORRECTED, "c")


def test_a_judgement_that_the_history_knew_is_no_news() -> None:
    standing = resolve([judged("a", "c", Verdict.DIFFERENT)])
    assert changes(APART, APART, standing, notes={LAST_NOTE: "1"}) == []
    # the same move in a week whose history knew the judgement is the web's doing
    assert [row.what for row in changes(TOGETHER, APART, standing, notes={LAST_NOTE: "1"})] == ["left"]


def test_a_move_that_no_judgement_explains_is_told_as_before() -> None:
    standing = resolve([judged("a", "x", Verdict.DIFFERENT)])
    assert changes(TOGETHER, APART, standing) == changes(TOGETHER, APART, Standing())


def test_a_judgement_that_moves_nobody_is_not_told() -> None:
    assert changes(APART, APART, resolve([judged("a", "c", Verdict.DIFFERENT)])) == []


def test_a_shop_put_in_by_a_judgement_is_a_correction_and_has_not_joined() -> None:
    (row,) = changes(APART, TOGETHER, resolve([judged("b", "c", Verdict.SAME)]))
    assert (row.what, row.site, row.before, row.after) == (CORRECTED, "c", "c3", "c1")
    assert "c is put into one cluster with a and b; ann judged on 2026-03-01 that b and c are run by one" in row.sentence


def test_whole_clusters_are_split_and_merged_by_judgements() -> None:
    one, two = dict.fromkeys("abcd", "c1"), {"a": "c1", "b": "c1", "c": "c2", "d": "c2"}
    split = changes(one, two, resolve([judged("a", "c", Verdict.DIFFERENT)]))
    assert [(row.what, row.site) for row in split] == [(CORRECTED, "c"), (CORRECTED, "d")]
    merged = changes(two, one, resolve([judged("a", "c", Verdict.SAME)]))
    assert [(row.what, row.site) for row in merged] == [(CORRECTED, "c"), (CORRECTED, "d")]


def test_a_judgement_that_is_taken_back_is_a_correction_too() -> None:
    standing = resolve([judged("a", "c", Verdict.SAME), judged("a", "c", Verdict.UNSURE, 2)])
    (row,) = changes(TOGETHER, APART, standing, notes={LAST_NOTE: "1"})
    assert (row.what, row.site) == (CORRECTED, "c")
    assert "it is open whether one operator runs a and c" in row.sentence


def test_one_shop_is_corrected_while_another_leaves() -> None:
    was = dict.fromkeys("abcd", "c1")
    rows = changes(was, {"a": "c1", "b": "c1", "c": "c3", "d": "c4"}, resolve([judged("a", "c", Verdict.DIFFERENT)]))
    assert [(row.what, row.site) for row in rows] == [(CORRECTED, "c"), ("left", "d")]


def test_a_corrected_shop_that_joins_others_is_told_twice() -> None:
    was, now = {**TOGETHER, "x": "c9", "y": "c9"}, {"a": "c1", "b": "c1", "c": "c9", "x": "c9", "y": "c9"}
    rows = changes(was, now, resolve([judged("a", "c", Verdict.DIFFERENT)]))
    assert [(row.what, row.site) for row in rows] == [(CORRECTED, "c"), ("joined", "c")]


@pytest.mark.parametrize("verdict", [Verdict.NOISE, Verdict.EVIDENCE])
def test_a_judged_value_corrects_those_who_shared_it(verdict: Verdict) -> None:
    is_noise = verdict is Verdict.NOISE
    was, now = (TOGETHER, APART) if is_noise else (APART, TOGETHER)
    rows = (shared("a", "c"),)
    (row,) = changes(was, now, resolve([valued(verdict)]), before=rows if is_noise else (), evidence=() if is_noise else rows)
    assert (row.what, row.site) == (CORRECTED, "c")
    assert "payment payee_key test is" in row.sentence
    assert [row.what for row in changes(was, now, resolve([valued(verdict)]))] != [CORRECTED]


def test_a_storefront_on_the_owned_list_is_taken_out_once() -> None:
    standing = resolve([], owned=["c"])
    (row,) = changes(TOGETHER, APART, standing)
    assert row.what == CORRECTED
    assert "c is on your list now (owned)" in row.sentence
    assert [row.what for row in changes(TOGETHER, APART, standing, notes={"owned": "c"})] == ["left"]
    (back,) = changes(APART, TOGETHER, Standing(), notes={"owned": "c"})
    assert "c is on your list no more (owned)" in back.sentence


def test_a_new_shop_that_only_a_judgement_holds_shows_no_evidence() -> None:
    standing = resolve([judged("a", "n", Verdict.SAME)])
    (row,) = changes({"a": "c1"}, {"a": "c1", "n": "c1"}, standing)
    assert (row.what, row.sentence) == ("joined", "n is new, and an analyst's judgement holds it to be of one operator with a")


def test_the_first_crawl_corrects_nothing() -> None:
    row = ChangeRow("discovered", "a", "c1", "", "", 3, "a was found", "", "")
    assert with_corrections([row], None, {}, [], [], resolve([judged("a", "b", Verdict.SAME)])) == [row]


def test_a_corrected_membership_is_settled_on_both_sides() -> None:
    """Whatever the damping still meant to tell of it later is not told."""
    (row,) = changes(TOGETHER, APART, resolve([judged("a", "c", Verdict.DIFFERENT)]))
    members = [member(*item) for item in {**APART, "z": "c9"}.items()]
    waiting = [StateRow(site, "cluster", "c1", MARCH, MARCH, "alone", MARCH, 2, "") for site in "abcz"]
    other = StateRow("c", "payment", "accepted", MARCH, MARCH, "moved", MARCH, 1, "")
    rows = settled([*waiting, other], [row], members, APRIL)
    assert [(state.site, state.value, state.pending) for state in rows[:4]] == [
        ("a", "c1", ""),
        ("b", "c1", ""),
        ("c", "alone", ""),
        ("z", "c1", "alone"),
    ]
    assert rows[4] == other
    assert settled(waiting, [], members, APRIL) == waiting
