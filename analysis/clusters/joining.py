"""Storefronts that no single link proves, joined to the operator several of whose storefronts they share traces with.

That one hand runs x and y1, and that one hand runs x and y2, is one and the same claim where y1 and y2 are known to be of one
operator: before any evidence a storefront is n times as likely to be of an operator of n storefronts as of one of one (the
Chinese restaurant process; Aldous, "Exchangeability and related topics", 1985). So the odds of the links add up. Without
this the prior, which falls with the number of candidates, would lose in a large crawl the members that a small one finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import networkx as nx

from analysis.clusters.partition import Edge

__all__ = ["joined"]

#: At most so many storefronts of an operator count, the likeliest: what a hundred share with a stranger is one thing, shared.
_COUNTED = 4


def joined(proven: Sequence[Edge], near: Iterable[Edge], enough: float) -> list[Edge]:
    """The links of ``near`` by which lone storefronts join a group that ``proven`` links hold together.

    ``near``: links that are not proven, and that only lack probability. The links of one storefront come back with the probability
    of all of them together, which is at least ``enough``. One that several groups would have joins none. Who has joined counts for
    those who come after; the order of the links changes nothing.
    """
    graph: nx.Graph[str] = nx.Graph((edge.a, edge.b) for edge in proven)
    beside: dict[str, dict[str, Edge]] = defaultdict(dict)
    for edge in near:
        beside[edge.a][edge.b] = beside[edge.b][edge.a] = edge
    found: list[Edge] = []
    while True:
        group_of = {site: number for number, group in enumerate(nx.connected_components(graph)) for site in group}
        fresh = [edge for site in sorted(beside) if site not in group_of for edge in _links(beside[site], group_of, enough)]
        if not fresh:
            return found
        found += fresh
        graph.add_edges_from((edge.a, edge.b) for edge in fresh)


def _links(beside: dict[str, Edge], group_of: dict[str, int], enough: float) -> list[Edge]:
    """The links of one lone storefront to the one group that they are enough for."""
    groups: dict[int, list[Edge]] = defaultdict(list)
    for other, edge in sorted(beside.items()):
        if other in group_of:
            groups[group_of[other]].append(edge)
    likely = [(links, probability) for links in groups.values() if (probability := _together(links)) >= enough]
    if len(likely) != 1:
        return []
    links, probability = likely[0]
    return [Edge(edge.a, edge.b, probability, edge.values) for edge in links]


def _together(links: Iterable[Edge]) -> float:
    odds = sorted((edge.probability / (1 - edge.probability) for edge in links if edge.probability < 1), reverse=True)
    total = sum(odds[:_COUNTED])
    return round(total / (1 + total), 6)
