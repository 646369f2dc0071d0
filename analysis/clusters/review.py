"""Which question an analyst should be asked first.

Every pair that is open (for review, little above the threshold, or all that holds two parts of a cluster together) is a
question. Its usefulness is the change of the clustering that the answer is expected to make: p (1 - p) times the number of
storefront pairs that the answer decides, p being the probability of one operator. Of several questions between the same two
clusters one answer decides all, so only the most useful is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import networkx as nx

from analysis.findings import Findings, LinkRow, Relation
from analysis.linkage.judgements import Judgement, Standing

__all__ = ["NEAR", "Question", "review_questions"]

#: A link of less probability than this is near enough to the threshold to be asked about.
NEAR = 0.99
#: A question of less usefulness is not worth an analyst's minute.
_LEAST = 0.001
#: What is left of the usefulness of a question that somebody looked at and left open.
_LOOKED_AT = 0.1
#: Evidence kinds that come from outside the pair: such a pair is no question of its own.
_INDIRECT = frozenset({"cluster.through", "history.carried", "judgement.same", "judgement.through"})


@dataclass(frozen=True, slots=True)
class Question:
    """One pair to judge. ``decides``: storefront pairs that come together or apart by the answer; ``also``: other open pairs
    between the same two clusters; ``asked_for`` says why it is open; ``unsure`` the judgement that left it open."""

    link: LinkRow
    usefulness: float
    decides: int
    asked_for: str
    also: int = 0
    unsure: Judgement | None = None


def review_questions(findings: Findings, standing: Standing) -> tuple[Question, ...]:
    """The open questions, the most useful first; what judgements or lists have settled is none."""
    cluster_of = {row.site: row.cluster for row in findings.members}
    size = {row.cluster: row.size for row in findings.clusters}
    indirect = {(row.site_a, row.site_b) for row in findings.evidence if row.kind in _INDIRECT}
    settled = {_clusters(cluster_of, *pair) for pair in standing.different}
    inside: dict[str, list[LinkRow]] = defaultdict(list)
    between: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for link in findings.links:
        one, two = cluster_of.get(link.site_a, ""), cluster_of.get(link.site_b, "")
        if one == two and link.relation == Relation.SAME_OPERATOR:
            inside[one].append(link)
        elif one != two and (link.review or link.relation == Relation.FOR_REVIEW) and _is_open(link, standing):
            clusters = _clusters(cluster_of, link.site_a, link.site_b)
            if clusters not in settled:
                question = _question(link, size.get(one, 1) * size.get(two, 1), "for review", standing)
                between[clusters].append(question)
    found = [question for links in inside.values() for question in _inside(links, indirect, standing)]
    for several in between.values():
        best = min(several, key=_order)
        found.append(replace(best, also=len(several) - 1))
    return tuple(sorted((question for question in found if question.usefulness >= _LEAST), key=_order))


def _inside(links: Iterable[LinkRow], indirect: set[tuple[str, str]], standing: Standing) -> list[Question]:
    """Links of one cluster that are weak, or that alone hold two parts of it together."""
    graph: nx.Graph[str] = nx.Graph()
    own = []
    for link in links:
        pair = (link.site_a, link.site_b)
        if pair not in indirect:
            own.append(link)
        if pair not in indirect or standing.is_same(*pair):
            graph.add_edge(*pair)
    decides = _bridges(graph) if own else {}
    found = []
    for link in own:
        pair = (link.site_a, link.site_b)
        if not _is_open(link, standing):
            continue
        if pair in decides:
            found.append(_question(link, decides[pair], "all that holds two parts of a cluster together", standing))
        elif link.probability < NEAR:
            found.append(_question(link, 1, "near the threshold", standing))
    return found


def _bridges(graph: nx.Graph[str]) -> dict[tuple[str, ...], int]:
    """Each bridge, its ends in order -> pairs of storefronts that it alone connects.

    A bridge is an edge of every spanning tree, and the part beyond it is what hangs below it there: one walk counts all.
    """
    bridges = {tuple(sorted(pair)) for pair in nx.bridges(graph)}
    found = {}
    for component in nx.connected_components(graph):
        root = min(component)
        above = nx.dfs_predecessors(graph, root)
        below = dict.fromkeys(component, 1)
        for site in nx.dfs_postorder_nodes(graph, root):
            if site == root:
                continue
            below[above[site]] += below[site]
            edge = tuple(sorted((site, above[site])))
            if edge in bridges:
                found[edge] = below[site] * (len(component) - below[site])
    return found


def _question(link: LinkRow, decides: int, asked_for: str, standing: Standing) -> Question:
    unsure = standing.unsure.get((link.site_a, link.site_b))
    usefulness = link.probability * (1 - link.probability) * decides * (_LOOKED_AT if unsure else 1.0)
    return Question(link, round(usefulness, 6), decides, asked_for, 0, unsure)


def _is_open(link: LinkRow, standing: Standing) -> bool:
    return standing.may_join(link.site_a, link.site_b) and not standing.is_same(link.site_a, link.site_b)


def _clusters(cluster_of: Mapping[str, str], a: str, b: str) -> tuple[str, str]:
    one, two = sorted((cluster_of.get(a, ""), cluster_of.get(b, "")))
    return one, two


def _order(question: Question) -> tuple[float, str, str]:
    return -question.usefulness, question.link.site_a, question.link.site_b
