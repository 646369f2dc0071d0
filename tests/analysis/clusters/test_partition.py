"""Clusters: components, weak bridges cut, order-independent."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from analysis.clusters.partition import Edge, partition, path_probability


def _clique(sites: list[str], value: str, probability: float = 0.99) -> list[Edge]:
    return [Edge(a, b, probability, frozenset({value})) for a, b in combinations(sorted(sites), 2)]


ONE = ["a1", "a2", "a3"]
TWO = ["b1", "b2", "b3"]


def test_a_component_is_a_cluster_and_a_lone_site_too() -> None:
    found = partition([*ONE, "z"], _clique(ONE, "payee"))
    assert [cluster.sites for cluster in found] == [("a1", "a2", "a3"), ("z",)]
    assert found[0].density == 1.0
    assert found[1].weakest is None


def test_one_shared_value_between_two_operators_is_cut_and_shown() -> None:
    bridge = Edge("a1", "b1", 0.97, frozenset({"planted"}))
    found = partition([*ONE, *TWO], [*_clique(ONE, "p1"), *_clique(TWO, "p2"), bridge])
    assert [cluster.sites for cluster in found] == [tuple(ONE), tuple(TWO)]
    assert all(cluster.bridges == (bridge,) for cluster in found)


def test_a_key_planted_on_one_page_is_cut_though_it_is_all_that_holds_the_other_side() -> None:
    """The victims share nothing but that key, so without it they fall into single storefronts."""
    planted = [Edge("a1", site, 0.97, frozenset({"payment.key=theirs"})) for site in TWO]
    home = [Edge(edge.a, edge.b, 0.99, frozenset({"payment.key=own", "cookie=own"})) for edge in _clique(ONE, "payment.key=own")]
    edges = [*home, *_clique(TWO, "payment.key=theirs"), *planted]
    found = partition([*ONE, *TWO], edges)
    assert [cluster.sites for cluster in found] == [tuple(ONE), tuple(TWO)]
    assert found[0].bridges == tuple(sorted(planted))


def test_a_mirror_that_pays_into_two_accounts_of_one_hand_is_not_cut() -> None:
    """Two of three storefronts on each side share the second account too: that is no page's planting."""
    both = [Edge(a, b, 0.97, frozenset({"payment.key=second"})) for a in ("a1", "a2", "a3") for b in TWO]
    edges = [*_clique(ONE, "payment.key=own"), *_clique(TWO, "payment.key=second"), *both]
    assert len(partition([*ONE, *TWO], edges)) == 1


def test_a_bridge_of_two_values_holds() -> None:
    bridge = Edge("a1", "b1", 0.97, frozenset({"one", "two"}))
    found = partition([*ONE, *TWO], [*_clique(ONE, "p1"), *_clique(TWO, "p2"), bridge])
    assert len(found) == 1


def test_a_payee_on_every_pair_is_no_bridge() -> None:
    edges = _clique([*ONE, *TWO], "payee")
    assert len(partition([*ONE, *TWO], edges)) == 1


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1])), st.randoms())
def test_clusters_refine_components_and_ignore_order(pairs: set[tuple[int, int]], rng: random.Random) -> None:
    edges = [Edge(str(a), str(b), 0.9 + (a + b) / 1000, frozenset({str((a * b) % 3)})) for a, b in pairs]
    sites = [str(n) for n in range(10)]
    straight = partition(sites, edges)
    rng.shuffle(edges)
    rng.shuffle(sites)
    assert partition(sites, edges) == straight
    graph = nx.Graph()
    graph.add_nodes_from(sites)
    graph.add_edges_from((edge.a, edge.b) for edge in edges)
    whole = [set(part) for part in nx.connected_components(graph)]
    assert sorted(site for cluster in straight for site in cluster.sites) == sorted(sites)
    assert all(any(set(cluster.sites) <= part for part in whole) for cluster in straight)


def test_the_probability_of_a_path_is_its_weakest_link() -> None:
    edges = [Edge("a", "b", 0.95), Edge("b", "c", 0.91), Edge("c", "d", 0.99), Edge("a", "d", 0.92)]
    found = path_probability(edges)
    assert found["a", "c"] == 0.92
    assert found["c", "d"] == 0.99


def _judged(a: str, b: str) -> Edge:
    return Edge(a, b, 1.0, judged=True)


def test_a_judged_link_holds_without_evidence_and_is_never_cut() -> None:
    found = partition([*ONE, *TWO], [*_clique(ONE, "p1"), *_clique(TWO, "p2"), _judged("a1", "b1")])
    assert [cluster.sites for cluster in found] == [(*ONE, *TWO)]
    assert found[0].bridges == ()


def test_a_pair_kept_apart_is_parted_where_least_is_lost() -> None:
    """a1 and a3 hang together by a2; the weaker of its two links goes, and is shown."""
    strong, weak = Edge("a1", "a2", 0.999), Edge("a2", "a3", 0.92)
    found = partition(ONE, [strong, weak], [("a1", "a3")])
    assert [cluster.sites for cluster in found] == [("a1", "a2"), ("a3",)]
    assert all(cluster.bridges == (weak,) for cluster in found)
    swapped = partition(ONE, [Edge("a1", "a2", 0.92), Edge("a2", "a3", 0.999)], [("a3", "a1")])
    assert [cluster.sites for cluster in swapped] == [("a1",), ("a2", "a3")]


def test_one_wrong_shop_leaves_a_cluster_that_stays_whole() -> None:
    """Taking the wrong one out loses three links, any other cut more."""
    edges = [*_clique(["a1", "a2", "a3", "a4"], "p1", 0.99), *(Edge(site, "w", 0.95) for site in ("a2", "a3", "a4"))]
    found = partition(["a1", "a2", "a3", "a4", "w"], edges, [("a1", "w")])
    assert [cluster.sites for cluster in found] == [("a1", "a2", "a3", "a4"), ("w",)]


def test_a_judged_link_is_kept_where_a_pair_is_parted() -> None:
    found = partition(ONE, [Edge("a1", "a2", 0.999), _judged("a2", "a3")], [("a1", "a3")])
    assert [cluster.sites for cluster in found] == [("a1",), ("a2", "a3")]


drawn_edges = st.dictionaries(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.sampled_from([0.9, 0.95, 0.99, 1.0]), st.sampled_from(["p", "q", ""])),
    max_size=16,
)
drawn_apart = st.sets(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda pair: pair[0] < pair[1]))


@given(drawn_edges, drawn_apart, st.randoms(use_true_random=False))
def test_no_cluster_holds_both_of_a_pair_kept_apart_whatever_the_order(
    drawn: dict[tuple[str, str], tuple[float, str]], apart: set[tuple[str, str]], rng: random.Random
) -> None:
    edges = [Edge(a, b, sure, frozenset({value} - {""})) for (a, b), (sure, value) in drawn.items()]
    found = partition("abcdefg", edges, apart)
    for cluster in found:
        assert not any(set(pair) <= set(cluster.sites) for pair in apart)
    assert sorted(site for cluster in found for site in cluster.sites) == list("abcdefg")
    rng.shuffle(edges)
    pairs = [pair if rng.random() < 0.5 else pair[::-1] for pair in apart]
    rng.shuffle(pairs)
    assert partition(list("gfedcba"), edges, pairs) == found
