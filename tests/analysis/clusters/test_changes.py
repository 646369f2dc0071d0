"""Changes: what is different, in plain sentences, and what is not a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.clusters.changes import RANKS, changes_between
from analysis.clusters.watch import watch
from analysis.findings import ChangeRow, ClusterRow, Findings, MemberRow, StorefrontRow, TraceRow

MARCH, APRIL = "20260302T060000Z", "20260406T060000Z"


def front(site: str, **parts: object) -> StorefrontRow:
    plain = StorefrontRow(
        site, f"https://{site}/", "storefront", "finished", "", "shop", "", "", "", "", "accepted", 9, 5, "", "", b""
    )
    return replace(plain, **parts)


def member(site: str, cluster: str) -> MemberRow:
    return MemberRow(site, cluster, 1.0, MARCH, MARCH, MARCH)


def sized(members: dict[str, str]) -> list[ClusterRow]:
    names = sorted(set(members.values()))
    sizes = {name: list(members.values()).count(name) for name in names}
    return [ClusterRow(name, sizes[name], 1.0, 1.0, "", "", "", MARCH, APRIL) for name in names]


def before(fronts: list[StorefrontRow], members: dict[str, str]) -> Findings:
    rows = tuple(member(site, name) for site, name in members.items())
    return Findings(MARCH, "", tuple(fronts), (), (), (), rows, tuple(sized(members)), ())


def changed(
    previous: Findings | None,
    fronts: list[StorefrontRow],
    members: dict[str, str],
    *,
    traces: list[TraceRow] | None = None,
) -> list[ChangeRow]:
    rows = [member(site, name) for site, name in members.items()]
    return changes_between(previous, watch(previous, fronts, traces or [], APRIL), fronts, rows)[0]


def told(rows: list[ChangeRow]) -> list[tuple[str, str]]:
    return [(row.what, row.sentence) for row in rows]


def one(old: StorefrontRow, new: StorefrontRow) -> list[tuple[str, str]]:
    return told(changed(before([old], {old.site: "c1"}), [new], {new.site: "c1"}))


def test_nothing_new_is_no_news() -> None:
    assert one(front("a"), front("a")) == []


def test_the_first_crawl_tells_its_discoveries_only() -> None:
    fronts = [front("a"), front("b", discovered_by="a", discovered_how="moved-to")]
    assert told(changed(None, fronts, {"a": "c1", "b": "c1"})) == [("discovered", "b was found from a (moved to)")]


@pytest.mark.parametrize(
    ("old", "new", "what", "sentence"),
    [
        ("accepted", "unavailable", "payment", "a: payment is unavailable (before: accepted)"),
        ("accepted", "moved", "payment", "a: customers are sent elsewhere to pay (before: accepted)"),
        ("unavailable", "accepted", "payment", "a: payment is back, it is accepted again"),
        ("", "accepted", "payment", "a: payment is accepted"),
    ],
)
def test_payment_is_told(old: str, new: str, what: str, sentence: str) -> None:
    assert one(front("a", payment=old), front("a", payment=new)) == [(what, sentence)]


@pytest.mark.parametrize(
    ("old", "new", "what", "sentence"),
    [
        ("shop", "parked", "gone", "a is gone: its pages are parked now"),
        ("parked", "shop", "page-state", "a is open to us now: shop where it was parked"),
        ("shop", "blog", "page-state", "a was a shop and is a blog now"),
        ("shop", "invitation-gate", "gate", "a has closed its door: an invitation gate stands before it now"),
        ("login-gate", "shop", "gate", "a has opened its door: a shop without a login gate"),
        ("login-gate", "invitation-gate", "gate", "a has an invitation gate where it had a login gate"),
    ],
)
def test_page_states_are_told(old: str, new: str, what: str, sentence: str) -> None:
    assert one(front("a", page_state=old), front("a", page_state=new)) == [(what, sentence)]


@pytest.mark.parametrize("outcome", ["unreachable", "refused", "failed", "guard"])
def test_a_shop_that_was_not_reached_is_not_gone(outcome: str) -> None:
    """A miss is not a disappearance."""
    rows = changed(
        before([front("a"), front("b")], {"a": "c1", "b": "c1"}),
        [front("a", outcome=outcome, reason="it did not answer", page_state="not-seen", payment=""), front("b")],
        {"a": "c1", "b": "c1"},
    )
    assert told(rows) == [("not-reached", "a was not reached (it did not answer)")]


def test_a_shop_that_was_not_asked_is_no_news() -> None:
    assert one(front("a"), front("a", outcome="not-asked", page_state="not-seen", payment="")) == []


def test_after_a_miss_the_state_is_not_compared_with_nothing() -> None:
    missed = front("a", outcome="unreachable", page_state="not-seen", payment="")
    assert one(missed, front("a")) == [("reached-again", "a is read again")]
    assert one(missed, front("a", payment="unavailable")) == [("reached-again", "a is read again")]


def test_a_new_shop_joins_or_appears() -> None:
    previous = before([front("a")], {"a": "c1"})
    fronts = [front("a"), front("b"), front("c", discovered_by="a", discovered_how="invitation")]
    assert told(changed(previous, fronts, {"a": "c1", "b": "c1", "c": "c2"})) == [
        ("joined", "b is new, with evidence consistent with common operation with a"),
        ("discovered", "c was found from a (invitation)"),
        ("appeared", "c was seen for the first time"),
    ]


def test_an_old_shop_joins_and_leaves() -> None:
    fronts = [front(site) for site in "abc"]
    apart, together = {"a": "c1", "b": "c1", "c": "c3"}, {"a": "c1", "b": "c1", "c": "c1"}
    assert told(changed(before(fronts, apart), fronts, together)) == [
        ("joined", "c now shows evidence consistent with common operation with a and b")
    ]
    assert told(changed(before(fronts, together), fronts, apart)) == [
        ("left", "c no longer shows evidence of common operation with a, b")
    ]


def test_clusters_merge_and_split() -> None:
    fronts = [front(site) for site in "abcd"]
    two, whole = {"a": "c1", "b": "c1", "c": "c2", "d": "c2"}, dict.fromkeys("abcd", "c1")
    merged = changed(before(fronts, two), fronts, whole)
    assert ("merged", "the clusters c1, c2 are one now") in told(merged)
    split = changed(before(fronts, whole), fronts, two)
    assert ("split", "cluster c2 has split from c1") in told(split)


def test_an_heir_is_told_when_a_shop_ends_as_a_shop() -> None:
    members = {"a": "c1", "b": "c1", "c": "c1"}
    old = before([front(site) for site in "abc"], members)
    many = changed(old, [front("a", page_state="blog", payment=""), front("b"), front("c")], members)
    assert ("successor", "a has become a blog; b, c of the same cluster go on") in told(many)
    last = changed(old, [front("a", page_state="parked", payment=""), front("b"), front("c", page_state="parked")], members)
    assert ("successor", "a has ended as a shop (parked); b of the same cluster goes on") in told(last)
    nobody = changed(old, [front(site, page_state="parked", payment="") for site in "abc"], members)
    assert "successor" not in {row.what for row in nobody}


def test_another_company_is_told_and_another_spelling_is_not() -> None:
    assert one(front("a", company="Mediaworks"), front("a", company="Mediaworks Ltd")) == []
    assert one(front("a", company="Mediaworks"), front("a", company="Regional Trade")) == [
        ("company", "a now names Regional Trade, before it named Mediaworks")
    ]


def test_a_change_shows_where_it_was_seen() -> None:
    seen = TraceRow("a", "payment.state", "unavailable", "", "https://a/cart", "e" * 64, 1.0)
    (row,) = changed(before([front("a")], {"a": "c1"}), [front("a", payment="unavailable")], {"a": "c1"}, traces=[seen])
    assert (row.url, row.digest) == ("https://a/cart", "e" * 64)


def test_changes_come_in_the_order_people_want_to_know_them() -> None:
    fronts = [
        front("a", payment="unavailable"),
        front("b", discovered_by="a", discovered_how="moved-to"),
        front("c", page_state="parked"),
    ]
    rows = changed(before([front("a"), front("c")], {"a": "c1", "c": "c3"}), fronts, {"a": "c1", "b": "c1", "c": "c3"})
    assert [row.rank for row in rows] == sorted(RANKS[row.what] for row in rows)
    assert [row.what for row in rows] == ["joined", "discovered", "payment", "gone"]
