"""From same-operator links to clusters: components, weak bridges cut and shown, judgements kept, order-independent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log2

import networkx as nx

__all__ = ["Cluster", "Edge", "partition", "path_probability"]

#: A cut between two groups is weak when fewer than this share of their cross pairs are linked.
_WEAK_SHARE = 0.34
#: The same where the value sits on one storefront that has another of its kind at home: planting one key takes one page.
_PLANTED_SHARE = 0.6


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A same-operator link, ``a < b``; ``values`` are the control values it rests on.

    ``judged``: a person's decision; it has probability 1 and no values, and nothing cuts it.
    """

    a: str
    b: str
    probability: float
    values: frozenset[str] = frozenset()
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Storefronts held to be run by one operator.

    ``density`` = linked pairs / all pairs; ``weakest`` the weakest link that holds a member (None for a lone one);
    ``bridges`` links that were cut at its border because they looked like one false bridge, or for a judgement's sake.
    """

    sites: tuple[str, ...]
    density: float
    probability: float
    weakest: Edge | None
    bridges: tuple[Edge, ...]


def partition(sites: Iterable[str], edges: Iterable[Edge], apart: Collection[tuple[str, str]] = ()) -> list[Cluster]:
    """Clusters in order of their first site; every site is in exactly one.

    ``apart``: pairs that no cluster may hold both of, though others link them. They are taken in the order of their names,
    and each is parted where that loses the least evidence (a minimum cut, weighed in bits). No judged link is cut: the
    caller sees to it that ``apart`` and the judged links do not contradict each other.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(sites))
    for edge in sorted(edges, key=_order):
        graph.add_edge(edge.a, edge.b, edge=edge)
    forbidden = sorted(tuple(sorted(pair)) for pair in apart)
    cut: list[Edge] = []
    parts: list[list[str]] = []
    waiting = sorted((sorted(part) for part in nx.connected_components(graph)), reverse=True)
    while waiting:
        part = waiting.pop()
        inside = graph.subgraph(part)
        weak = _weak_bridge(inside) or _least_cut(inside, forbidden)
        if not weak:
            parts.append(part)
            continue
        cut += weak
        graph.remove_edges_from([(edge.a, edge.b) for edge in weak])
        waiting += sorted((sorted(piece) for piece in nx.connected_components(graph.subgraph(part))), reverse=True)
    return [_cluster(graph, part, cut) for part in sorted(parts)]


def _weak_bridge(part: nx.Graph[str]) -> list[Edge]:
    """The links to cut where two groups of at least two hang together by one control value.

    Every value is asked: without the links that rest on it alone the part falls into pieces. A piece of two or more on one
    side, and on the other side everything that it reaches through the value alone (storefronts that only this value
    holds together are one group, not so many single ones): where few of their cross pairs are linked, the value is a
    bridge. A payee is cut before anything that no page can carry, for a page is where things are planted.
    """
    if part.number_of_nodes() < 4:
        return []
    edges: list[Edge] = [data["edge"] for _, _, data in part.edges(data=True)]
    best: tuple[bool, float, list[Edge]] | None = None
    for value in sorted({value for edge in edges for value in edge.values}):
        resting = sorted(edge for edge in edges if edge.values == {value})
        if not resting:
            continue
        rest: nx.Graph[str] = nx.Graph(part)
        rest.remove_edges_from([(edge.a, edge.b) for edge in resting])
        pieces = sorted((set(piece) for piece in nx.connected_components(rest)), key=min)
        piece_of = {site: number for number, piece in enumerate(pieces) for site in piece}
        kind = value.partition("=")[0]
        for number, left in enumerate(pieces):
            crossing = [edge for edge in resting if (piece_of[edge.a] == number) != (piece_of[edge.b] == number)]
            right = {site for edge in crossing for end in (edge.a, edge.b) if end not in left for site in pieces[piece_of[end]]}
            if len(left) < 2 or len(right) < 2:
                continue
            ends = {end for edge in crossing for end in (edge.a, edge.b) if end in left}
            # a storefront at the bridge's end must be at home on this side, else the value is what it is at home by
            if any(2 * rest.degree(end) < len(left) - 1 for end in ends):
                continue
            own = any(
                other != value and other.partition("=")[0] == kind
                for edge in edges
                if edge.a in left and edge.b in left
                for other in edge.values
            )
            share = len(crossing) / (len(left) * len(right))
            rank = (not kind.startswith("payment."), share, crossing)
            if share < (_PLANTED_SHARE if own and len(ends) == 1 else _WEAK_SHARE) and (best is None or rank < best):
                best = rank
    return best[2] if best else []


def _order(edge: Edge) -> tuple[str, str, bool, float, list[str]]:
    """A whole order, the link to keep of one pair last: a judged one, else the likelier."""
    return edge.a, edge.b, edge.judged, edge.probability, sorted(edge.values)


def _least_cut(part: nx.Graph[str], apart: Iterable[tuple[str, ...]]) -> list[Edge]:
    """The links to cut for the first pair of ``apart`` that the part holds; of equal cuts the one nearest to its second site."""
    pair = next(((a, b) for a, b in apart if a in part and b in part), None)
    if pair is None:
        return []
    flow: nx.DiGraph[str] = nx.DiGraph()
    for a, b, data in part.edges(data=True):
        # a link without a capacity cannot be cut
        capacity = {} if data["edge"].judged else {"capacity": _evidence(data["edge"])}
        flow.add_edge(a, b, **capacity)
        flow.add_edge(b, a, **capacity)
    _, (side, _) = nx.minimum_cut(flow, *pair)
    crossing = (data["edge"] for a, b, data in part.edges(data=True) if (a in side) != (b in side))
    return sorted(crossing, key=_order)


def _evidence(edge: Edge) -> int:
    """What a link says for one operator, in thousandths of a bit: whole numbers, so that equal cuts are equal."""
    sure = min(max(edge.probability, 0.5), 1 - 2**-30)
    return 1 + round(1000 * log2(sure / (1 - sure)))


def _cluster(graph: nx.Graph[str], part: list[str], cut: list[Edge]) -> Cluster:
    inside = graph.subgraph(part)
    edges: list[Edge] = [data["edge"] for _, _, data in inside.edges(data=True)]
    pairs = len(part) * (len(part) - 1) / 2
    held = [max((data["edge"] for _, _, data in inside.edges(site, data=True)), key=_strength) for site in part if len(part) > 1]
    weakest = min(held, key=_strength) if held else None
    members = set(part)
    bridges = tuple(sorted((edge for edge in cut if edge.a in members or edge.b in members), key=_order))
    return Cluster(tuple(part), len(edges) / pairs if pairs else 1.0, weakest.probability if weakest else 1.0, weakest, bridges)


def _strength(edge: Edge) -> tuple[float, str, str]:
    return (edge.probability, edge.a, edge.b)


def path_probability(edges: Iterable[Edge]) -> Mapping[tuple[str, str], float]:
    """For each pair in one component the largest, over paths, of the smallest probability on the path."""
    tree = nx.maximum_spanning_tree(_weighted(edges), weight="probability")
    result: dict[tuple[str, str], float] = {}
    for start in sorted(tree):
        reach = {start: 1.0}
        stack = [start]
        while stack:
            here = stack.pop()
            for there in sorted(tree[here]):
                if there not in reach:
                    reach[there] = min(reach[here], tree[here][there]["probability"])
                    stack.append(there)
        for end, probability in reach.items():
            if start < end:
                result[start, end] = probability
    return result


def _weighted(edges: Iterable[Edge]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for edge in sorted(edges):
        graph.add_edge(edge.a, edge.b, probability=edge.probability)
    return graph
