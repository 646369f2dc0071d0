"""Judgements as constraints on clusters: links that hold whatever the evidence, pairs kept apart, links no longer carried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from analysis.clusters.partition import Edge
from analysis.evidence import EvidenceClass
from analysis.findings import Findings
from analysis.linkage.judgements import Pair, Standing
from analysis.linkage.rarity import group_sites

__all__ = ["apart_pairs", "judged_edges", "still_carried"]

#: Kinds that a judgement gave a pair in earlier findings: what rests on them is not proved and not carried.
_JUDGED = frozenset({"judgement.same", "judgement.through"})
_THROUGH = "cluster.through"


def judged_edges(standing: Standing, sites: Iterable[str]) -> list[Edge]:
    """A judged link for every ``same`` that stands between two of ``sites``; a group that hangs together only by storefronts
    that are not among them is joined all the same."""
    present = set(sites)
    pairs = [pair for pair in standing.same if present.issuperset(pair)]
    inside: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        inside[standing.groups[pair[0]]].append(pair)
    members: dict[int, list[str]] = defaultdict(list)
    for site in sorted(present & standing.groups.keys()):
        members[standing.groups[site]].append(site)
    for group, fellows in members.items():
        pieces = group_sites(fellows, inside[group])
        first = {number: site for site, number in sorted(pieces.items(), reverse=True)}
        pairs += [(fellows[0], site) for number, site in sorted(first.items()) if number != pieces[fellows[0]]]
    return [Edge(a, b, 1.0, frozenset(), judged=True) for a, b in sorted(pairs)]


def apart_pairs(standing: Standing, sites: Iterable[str]) -> list[Pair]:
    """One pair of ``sites`` for every two groups that a judgement holds apart: the pair it names, where both are there."""
    members: dict[int, list[str]] = defaultdict(list)
    for site in sorted(set(sites) & standing.groups.keys()):
        members[standing.groups[site]].append(site)
    found = []
    for (one, two), judgement in standing.enemies.items():
        if one not in members or two not in members:
            continue
        is_there = judgement.site_a in members[one] + members[two] and judgement.site_b in members[one] + members[two]
        found.append(judgement.pair if is_there else (members[one][0], members[two][0]))
    return found


def still_carried(carried: Iterable[Edge], previous: Findings | None, standing: Standing) -> list[Edge]:
    """The links of earlier crawls that judgements leave: none that one holds apart, none that a judgement of that time held
    (whoever takes it back takes with it what rested on it), and none whose traces of control are all noise now."""
    held = {(row.site_a, row.site_b): row.kind for row in previous.evidence if row.kind in _JUDGED} if previous else {}
    indirect = {(row.site_a, row.site_b) for row in previous.evidence if row.kind == _THROUGH} if previous else set()
    cluster_of = {row.site: row.cluster for row in previous.members} if previous else {}
    judged = {cluster_of.get(site) for pair in held for site in pair}
    noise = _on_noise(previous, standing)
    return [
        edge
        for edge in carried
        if standing.may_join(edge.a, edge.b)
        and (edge.a, edge.b) not in held
        and (edge.a, edge.b) not in noise
        and not ((edge.a, edge.b) in indirect and cluster_of.get(edge.a) in judged)
    ]


def _on_noise(previous: Findings | None, standing: Standing) -> set[Pair]:
    """Pairs whose traces of control in the earlier findings have all been judged noise since."""
    control: dict[Pair, list[bool]] = defaultdict(list)
    for row in previous.evidence if previous is not None and standing.noise else ():
        if EvidenceClass(row.cls).is_control and row.bits > 0:
            control[row.site_a, row.site_b].append(standing.noise_of(row.kind, row.value) is not None)
    return {pair for pair, judged in control.items() if all(judged)}
