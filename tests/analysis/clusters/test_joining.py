"""Lone storefronts and the operator they most likely belong to."""

from __future__ import annotations

from itertools import permutations

import pytest

from analysis.clusters.joining import joined
from analysis.clusters.partition import Edge

PROVEN = [Edge("a", "b", 0.99), Edge("b", "c", 0.99), Edge("p", "q", 0.99)]


def near(site: str, others: str, probability: float = 0.8) -> list[Edge]:
    return [Edge(*sorted((site, other)), probability, frozenset({"kind=value"})) for other in others]


def test_what_one_link_does_not_prove_several_to_one_operator_do() -> None:
    found = joined(PROVEN, near("x", "abc"), 0.9)
    assert [(edge.a, edge.b) for edge in found] == [("a", "x"), ("b", "x"), ("c", "x")]
    assert [edge.probability for edge in found] == pytest.approx([12 / 13] * 3, abs=1e-6)
    assert all(edge.values == {"kind=value"} for edge in found)


@pytest.mark.parametrize(
    "links",
    [
        near("x", "ab"),
        near("x", "a") + near("x", "p"),
        near("x", "yz", 0.89),
        near("x", "abc") + near("x", "pq", 0.85),
        near("a", "pq"),
    ],
    ids=["too little", "two operators", "strangers", "two that would do", "no lone one"],
)
def test_nobody_joins_by_less(links: list[Edge]) -> None:
    assert joined(PROVEN, links, 0.9) == []


def test_of_a_large_operator_only_a_few_count() -> None:
    many = [Edge("a", f"s{number:02}", 0.99) for number in range(40)]
    links = [Edge(f"s{number:02}", "x", 0.6) for number in range(40)]
    assert joined(many, links, 0.9) == []


def test_who_has_joined_counts_for_the_next_in_any_order() -> None:
    links = [*near("x", "abc"), *near("y", "abx", 0.76)]
    for order in permutations(links):
        found = joined(PROVEN, order, 0.9)
        assert {(edge.a, edge.b) for edge in found} == {(edge.a, edge.b) for edge in links}
