"""Lineage: ids that survive from crawl to crawl, and memberships that outlive a shop that closed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clusters.lineage import CARRY_DAYS, carried_edges, first_seen_of, name_clusters
from analysis.clusters.partition import Cluster, Edge
from analysis.findings import ClusterRow, EvidenceRow, Findings, LinkRow, MemberRow, StateRow, StorefrontRow

MARCH, APRIL = "20260302T060000Z", "20260406T060000Z"


def cluster(*sites: str) -> Cluster:
    return Cluster(tuple(sorted(sites)), 1.0, 1.0, None, ())


def front(site: str, state: str = "shop") -> StorefrontRow:
    return StorefrontRow(site, f"https://{site}/", "storefront", "finished", "", state, "", "", "", "", "", 0, 1, "", "", b"")


def past(
    clusters: dict[str, list[str]], *, links: list[tuple[str, str]] | None = None, proved: str = MARCH, first: str = MARCH
) -> Findings:
    """Last crawl's findings: cluster id -> sites, and the pairs it proved."""
    members = tuple(MemberRow(site, name, 1.0, first, MARCH, proved) for name, sites in clusters.items() for site in sites)
    rows = tuple(ClusterRow(name, len(sites), 1.0, 1.0, "", "", "", first, MARCH) for name, sites in clusters.items())
    pairs = tuple(LinkRow(a, b, "same-operator", 0.97, 5.0, 12.0, 0.0, False, "", "", "", "") for a, b in links or ())
    return Findings(MARCH, "", (), (), (), pairs, members, rows, ())


def names(clusters: list[Cluster], previous: Findings | None, crawl: str = APRIL) -> dict[tuple[str, ...], str]:
    return {item.cluster.sites: item.name for item in name_clusters(clusters, previous, crawl)}


def test_a_new_cluster_has_an_id_that_a_replay_gives_again() -> None:
    first = names([cluster("a", "b"), cluster("c")], None)
    assert first == names([cluster("a", "b"), cluster("c")], None)
    assert len(set(first.values())) == 2
    assert first != names([cluster("a", "b"), cluster("c")], None, MARCH)


def test_a_cluster_keeps_its_id_when_it_grows_and_when_it_shrinks() -> None:
    previous = past({"old": ["a", "b", "c"], "lone": ["d"]})
    assert names([cluster("a", "b", "c", "d", "e")], previous) == {("a", "b", "c", "d", "e"): "old"}
    shrunk = names([cluster("a", "b"), cluster("c"), cluster("d")], previous)
    assert shrunk["a", "b"] == "old"
    assert shrunk["d",] == "lone"
    assert shrunk["c",] not in ("old", "lone")


def test_a_split_leaves_the_id_with_the_larger_part_and_names_the_parent() -> None:
    previous = past({"old": ["a", "b", "c", "d", "e"]})
    large, small = name_clusters([cluster("a", "b", "c"), cluster("d", "e")], previous, APRIL)
    assert (large.name, large.parents, large.first_seen) == ("old", (), MARCH)
    assert small.name != "old"
    assert (small.parents, small.first_seen) == (("old",), APRIL)


def test_a_merger_keeps_the_larger_ones_id_and_names_the_other() -> None:
    (merged,) = name_clusters([cluster("a", "b", "c", "d", "e")], past({"big": ["a", "b", "c"], "little": ["d", "e"]}), APRIL)
    assert (merged.name, merged.parents) == ("big", ("little",))


def test_an_old_id_is_given_once() -> None:
    found = names([cluster("a", "x"), cluster("b", "y")], past({"old": ["a", "b"]}))
    assert sorted(name == "old" for name in found.values()) == [False, True]


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), max_size=4), st.randoms(use_true_random=False))
def test_ids_are_unique_and_ignore_order(parts: list[set[str]], rng: random.Random) -> None:
    seen: set[str] = set()
    disjoint = []
    for part in parts:
        if rest := part - seen:
            disjoint.append(cluster(*rest))
            seen |= rest
    previous = past({"one": ["a", "b", "c"], "two": ["d", "e"], "three": ["f"]})
    straight = names(disjoint, previous)
    assert len(set(straight.values())) == len(disjoint)
    rng.shuffle(disjoint)
    assert names(disjoint, previous) == straight


@pytest.mark.parametrize("state", ["blog", "parked", "not-seen", "login-gate"])
def test_a_link_outlives_a_shop_that_shows_nothing_more(state: str) -> None:
    previous = past({"old": ["a", "b"]}, links=[("a", "b")])
    (edge,) = carried_edges(previous, {"a": front("a", state), "b": front("b")}, [], APRIL)
    assert (edge.a, edge.b, edge.probability) == ("a", "b", 0.97)
    assert carried_edges(previous, {"b": front("b")}, [], APRIL) == [edge]


def test_between_two_open_shops_what_no_longer_holds_is_dropped() -> None:
    previous = past({"old": ["a", "b"]}, links=[("a", "b")])
    assert carried_edges(previous, {"a": front("a"), "b": front("b")}, [], APRIL) == []


def test_a_link_outlives_a_visit_that_did_not_read_what_showed_it() -> None:
    previous = past({"old": ["a", "b"]}, links=[("a", "b")])
    whole = {site: replace(front(site), roles="cart,home,product,terms") for site in "ab"}
    previous = replace(previous, storefronts=tuple(whole.values()))
    assert carried_edges(previous, whole, [], APRIL) == []
    assert carried_edges(previous, {**whole, "b": replace(whole["b"], roles="cart,home,product")}, [], APRIL) == []
    assert carried_edges(previous, {**whole, "b": replace(whole["b"], roles="home,product,terms")}, [], APRIL)


def test_a_visit_that_a_budget_cut_must_have_read_all_that_was_ever_read() -> None:
    previous = past({"old": ["a", "b"]}, links=[("a", "b")])
    rows = {site: replace(front(site), roles="home", outcome="budget") for site in "ab"}
    ever = tuple(StateRow(site, "read", "cart,home", MARCH, MARCH, "", "", 0, "") for site in "ab")
    previous = replace(previous, storefronts=tuple(rows.values()), states=ever)
    assert carried_edges(previous, rows, [], APRIL)
    assert carried_edges(previous, {site: replace(row, roles="cart,home") for site, row in rows.items()}, [], APRIL) == []


def test_what_this_crawl_proved_is_not_carried_too() -> None:
    previous = past({"old": ["a", "b"]}, links=[("a", "b")])
    assert carried_edges(previous, {"a": front("a", "blog"), "b": front("b")}, [Edge("a", "b", 0.99)], APRIL) == []


def test_a_link_that_nobody_proved_for_half_a_year_ends() -> None:
    previous = past({"old": ["a", "b"]}, links=[("a", "b")])
    fronts = {"a": front("a", "blog"), "b": front("b")}
    assert CARRY_DAYS == 180
    assert carried_edges(previous, fronts, [], "20260828T060000Z")
    assert carried_edges(previous, fronts, [], "20260830T060000Z") == []


def test_the_first_crawl_has_no_past() -> None:
    assert carried_edges(None, {}, [], APRIL) == []
    assert first_seen_of(None) == {}
    assert first_seen_of(past({"old": ["a"]}))["a"].first_seen == MARCH


def test_a_link_outlives_a_visit_in_which_a_fingerprint_failed() -> None:
    previous = past({"old": ["a", "b"]}, links=[("a", "b")])
    (edge,) = carried_edges(previous, {"a": replace(front("a"), unread="payment"), "b": front("b")}, [], APRIL)
    assert (edge.a, edge.b) == ("a", "b")


def test_a_link_that_a_host_answered_for_outlives_a_visit_that_could_not_read_the_host() -> None:
    seen = ("https://a/", "0" * 64)
    answer = EvidenceRow(
        "a", "b", "answers.login_host", "links", "D", "for", 9.0, 0.9, 0.001, "floor", "", "pass", "pass", *seen, *seen, "both"
    )
    previous = replace(past({"old": ["a", "b"]}, links=[("a", "b")]), evidence=(answer,))
    rows = {"a": front("a"), "b": front("b"), "pass": replace(front("pass"), kind="service")}
    assert carried_edges(previous, rows, [], APRIL) == []
    for host, number in (("pass", 1), ("nobody", 0)):
        failed = {host: replace(front(host), kind="service", unread="links")}
        assert len(carried_edges(previous, {**rows, **failed}, [], APRIL)) == number
