"""Matches and clusters as rows of the findings, each with its sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from operator import itemgetter

from analysis.clusters.lineage import Named
from analysis.clusters.partition import Edge, path_probability
from analysis.evidence import Family
from analysis.findings import ClusterRow, EvidenceRow, LinkRow, MemberRow, Relation
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.judged import contribution_of
from analysis.linkage.judgements import Standing
from analysis.linkage.link import Linkage
from analysis.linkage.matching import HELD_KINDS, Match, held, unmatched

__all__ = ["KEPT_FROM", "cluster_rows", "evidence_rows", "link_rows", "told_pairs"]

#: A compared pair with no relation is kept from this probability: below it there is nothing to explain.
KEPT_FROM = 0.02
#: In clusters up to this size every pair gets a row, also those that were never candidates.
_ALL_PAIRS_UP_TO = 60
_PAIR = itemgetter(0)


def told_pairs(
    linkage: Linkage,
    named: Sequence[Named],
    edges: Sequence[Edge],
    carried: Mapping[tuple[str, str], str],
    standing: Standing | None = None,
    several: frozenset[tuple[str, str]] = frozenset(),
) -> dict[tuple[str, str], Match]:
    """Every pair that something may be said of, with what its cluster adds.

    Pairs of one cluster are same-operator, if only through a third or since an earlier crawl: that is a contribution of its
    own, so the bits shown add up to the probability shown. A link that was cut as a bridge is for review.
    ``several``: pairs that joined their cluster together (``analysis.clusters.joining``).
    ``carried``: pairs that an earlier crawl proved and this one could not ask about -> that crawl's id. What only a judgement
    holds together keeps the probability of its evidence.
    """
    standing = standing or Standing()
    cluster_of = {site: item.name for item in named for site in item.cluster.sites}
    inside = [edge for edge in edges if cluster_of.get(edge.a) == cluster_of.get(edge.b) and not edge.judged]
    through = path_probability(inside) if inside else {}
    own = {(edge.a, edge.b): edge.probability for edge in inside}
    crossing = {(edge.a, edge.b) for edge in edges if cluster_of.get(edge.a) != cluster_of.get(edge.b)}
    pairs = dict(linkage.matches)
    for item in named:
        if 1 < len(item.cluster.sites) <= _ALL_PAIRS_UP_TO:
            for pair in combinations(item.cluster.sites, 2):
                pairs.setdefault(pair, unmatched(linkage.prior))
    for (a, b), found in pairs.items():
        together = a in cluster_of and cluster_of[a] == cluster_of.get(b)
        is_cut = found.relation is Relation.SAME_OPERATOR or (found.relation is Relation.FOR_REVIEW and (a, b) in crossing)
        if not together and is_cut:
            pairs[a, b] = _cut(found, cluster_of.get(a, ""), cluster_of.get(b, ""), named, standing)
        elif together and found.relation is not Relation.SAME_OPERATOR and (a, b) not in through and (a, b) not in carried:
            pairs[a, b] = _held_by_judgement(found, cluster_of[a], edges, cluster_of, standing)
        elif together and found.relation is not Relation.SAME_OPERATOR:
            if (a, b) in carried:
                kind = HELD_KINDS[0]
                since = "since then one of the two shows no shop, or not all of it could be read"
                sentence = f"shown by the crawl {carried[a, b]}; {since}"
            elif (a, b) in several:
                kind = HELD_KINDS[2]
                sentence = "one of the two shares such traces with several storefronts of the other's operator"
            else:
                kind = HELD_KINDS[1]
                sentence = _through(a, b, own)
            pairs[a, b] = held(found, max(own.get((a, b), 0.0), through.get((a, b), 0.0)), kind, sentence)
    return {
        pair: found
        for pair, found in pairs.items()
        if found.relation is not Relation.NONE or found.probability >= KEPT_FROM or _is_judged(found)
    }


def _cut(found: Match, one: str, two: str, named: Sequence[Named], standing: Standing) -> Match:
    """A link between two clusters is for review; where a judgement holds the two apart, it is named."""
    cut = replace(found, relation=Relation.FOR_REVIEW, review=True)
    sites = {item.name: item.cluster.sites for item in named}
    for a in sites.get(one, ()):
        for b in sites.get(two, ()) if a in standing.groups else ():
            if (judgement := standing.apart(a, b)) is not None:
                sentence = f"cut for the sake of an analyst's judgement: {judgement.said} ({judgement.by}){judgement.because}"
                return replace(cut, contributions=(contribution_of("different", sentence, judgement), *cut.contributions))
    return cut


def _held_by_judgement(
    found: Match, cluster: str, edges: Iterable[Edge], cluster_of: Mapping[str, str], standing: Standing
) -> Match:
    judged = [standing.same.get((edge.a, edge.b)) for edge in edges if edge.judged and cluster_of.get(edge.a) == cluster]
    said = "; ".join(f"{row.said} ({row.by})" for row in judged[:2] if row is not None)
    row = contribution_of("through", "held by an analyst's judgement on others of the cluster" + (f": {said}" if said else ""))
    return replace(found, relation=Relation.SAME_OPERATOR, review=False, contributions=(row, *found.contributions))


def _is_judged(found: Match) -> bool:
    return any(row.kind.family is Family.JUDGEMENT or row.explained_by == "judgement" for row in found.contributions)


def link_rows(
    told: Mapping[tuple[str, str], Match], named: Sequence[Named], first_seen: Mapping[str, str], cut: Iterable[Edge]
) -> list[LinkRow]:
    """One row a pair; ``cut`` are the bridges between clusters."""
    cluster_of = {site: item.name for item in named for site in item.cluster.sites}
    sources = _sources(told, cluster_of)
    bridges = {(edge.a, edge.b) for edge in cut}
    rows = []
    for (a, b), found in sorted(told.items(), key=_PAIR):
        copied = found.relation is Relation.COPY_OF
        original = _original(a, b, found, first_seen, cluster_of, sources) if copied else ""
        rows.append(
            LinkRow(
                a,
                b,
                str(found.relation),
                found.probability,
                found.bits,
                found.bits_for,
                found.bits_against,
                found.review,
                original,
                _sentence(a, b, found, original, is_bridge=(a, b) in bridges),
                "; ".join(_reasons(found)),
                "; ".join(c.sentence for c in _against(found)),
            )
        )
    return rows


def evidence_rows(told: Mapping[tuple[str, str], Match]) -> list[EvidenceRow]:
    """Every contribution of these pairs. Equal numbers and texts are one object, for there may be millions of rows."""
    rows = []
    known: dict[float, float] = {}
    for (a, b), found in sorted(told.items(), key=_PAIR):
        for c in found.contributions:
            bits, m, u = round(c.bits, 4), round(c.m, 6), round(c.u, 9)
            rows.append(
                EvidenceRow(
                    a,
                    b,
                    c.kind.name,
                    c.kind.family.value,
                    c.kind.cls.value,
                    c.direction.value,
                    known.setdefault(bits, bits),
                    known.setdefault(m, m),
                    known.setdefault(u, u),
                    c.u_source,
                    c.explained_by,
                    c.value[:500],
                    c.shown[:500],
                    c.a.url if c.a else "",
                    c.a.digest if c.a else "",
                    c.b.url if c.b else "",
                    c.b.digest if c.b else "",
                    c.sentence,
                )
            )
    return rows


def cluster_rows(named: Sequence[Named], members: Sequence[MemberRow]) -> list[ClusterRow]:
    """One row a cluster."""
    last_seen: dict[str, str] = {}
    for row in members:
        last_seen[row.cluster] = max(last_seen.get(row.cluster, ""), row.last_seen)
    return [
        ClusterRow(
            item.name,
            len(item.cluster.sites),
            round(item.cluster.probability, 6),
            round(item.cluster.density, 6),
            _edge(item.cluster.weakest) if item.cluster.weakest else "",
            "; ".join(_edge(edge) for edge in item.cluster.bridges),
            " ".join(item.parents),
            item.first_seen,
            last_seen[item.name],
        )
        for item in named
    ]


def _edge(edge: Edge) -> str:
    return f"{edge.a} {edge.b} judged" if edge.judged else f"{edge.a} {edge.b} {edge.probability:.3f}"


def _through(a: str, b: str, own: Mapping[tuple[str, str], float]) -> str:
    """The words for a pair that hangs together by others: the third storefront whose weaker link is strongest."""
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, two), probability in own.items():
        near[one][two] = near[two][one] = probability
    thirds = sorted(near[a].keys() & near[b].keys(), key=lambda site: (-min(near[a][site], near[b][site]), site))
    if thirds:
        return f"both are linked to {thirds[0]}"
    return "both are linked to other storefronts of their cluster"


def _sources(told: Mapping[tuple[str, str], Match], cluster_of: Mapping[str, str]) -> dict[str, set[str]]:
    """copy -> clusters of what it was copied from, as far as the marks of copying tell."""
    found: dict[str, set[str]] = defaultdict(set)
    for (a, b), match in told.items():
        if match.relation is Relation.COPY_OF and cluster_of.get(a) != cluster_of.get(b) and match.named in (a, b):
            found[a if match.named == b else b].add(cluster_of[match.named])
    return found


def _original(
    a: str,
    b: str,
    found: Match,
    first_seen: Mapping[str, str],
    cluster_of: Mapping[str, str],
    sources: Mapping[str, set[str]],
) -> str:
    """Which of the two the other was taken from; empty where nothing tells.

    Marks that copying left come first, for they name the source. Then the family: what was taken from one storefront of a
    cluster is a copy to all of them, also to those that were seen later. First-seen dates last.
    """
    if found.named:
        return found.named
    from_b, from_a = cluster_of.get(b) in sources.get(a, ()), cluster_of.get(a) in sources.get(b, ())
    if from_a != from_b:
        return b if from_b else a
    if first_seen.get(a, "") != first_seen.get(b, ""):
        return a if first_seen.get(a, "") < first_seen.get(b, "") else b
    return ""


def _sentence(a: str, b: str, found: Match, original: str, *, is_bridge: bool) -> str:
    also = "; whether one operator runs both is for review" if found.review else ""
    by = {row.kind.name for row in found.contributions if row.kind.family is Family.JUDGEMENT}
    match found.relation:
        case Relation.SAME_OPERATOR if "judgement.same" in by:
            return f"{a} and {b} are held to be of one operator by an analyst's judgement"
        case Relation.SAME_OPERATOR if "judgement.through" in by:
            return f"{a} and {b} are held together by an analyst's judgement on others of their cluster"
        case Relation.COPY_OF if "judgement.protected" in by:
            return f"{b if original == a else a} is a copy of {original}, which nobody else operates: it is on your list"
        case Relation.FOR_REVIEW if "judgement.different" in by:
            return f"{a} and {b} share strong evidence, but an analyst's judgement keeps their clusters apart: for review"
        case _ if "judgement.different" in by:
            return f"{a} and {b} are held apart by an analyst's judgement{_beside(a, b, found, original)}"
        case Relation.FOR_REVIEW if "judgement.unsure" in by:
            return f"{a} and {b}: an analyst has left it open whether one operator runs both"
        case Relation.SAME_OPERATOR if any(row.kind.name == HELD_KINDS[1].name for row in found.contributions):
            return f"{a} and {b} are held together through other storefronts of their cluster"
        case Relation.SAME_OPERATOR if any(row.kind.name == HELD_KINDS[0].name for row in found.contributions):
            return f"{a} and {b} showed evidence consistent with common operation in an earlier crawl"
        case Relation.SAME_OPERATOR:
            return f"{a} and {b} show evidence consistent with common operation"
        case Relation.COPY_OF if original:
            copy = b if original == a else a
            return f"{copy} is a copy of {original}{also or '; nothing shows that one operator runs both'}"
        case Relation.COPY_OF:
            return f"{a} and {b} descend from one source{also}"
        case Relation.SAME_KIT:
            return f"{a} and {b} stand on one theme or platform{also}"
        case Relation.SAME_PROVIDER:
            return f"{a} and {b} use one provider{also}"
        case Relation.FOR_REVIEW if is_bridge:
            return f"{a} and {b} share strong evidence that would bridge two clusters: for review"
        case Relation.FOR_REVIEW:
            return f"{a} and {b} share evidence that an analyst should look at"
        case _:
            return f"{a} and {b} were compared and nothing holds"


def _beside(a: str, b: str, found: Match, original: str) -> str:
    """What else holds between two storefronts that are held apart."""
    match found.relation:
        case Relation.COPY_OF if original:
            return f"; {b if original == a else a} is a copy of {original}"
        case Relation.COPY_OF:
            return "; they descend from one source"
        case Relation.SAME_KIT:
            return "; they stand on one theme or platform"
        case Relation.SAME_PROVIDER:
            return "; they use one provider"
        case _:
            return ""


def _is_evidence(row: Contribution) -> bool:
    """False for a judgement, which comes before all evidence."""
    return row.kind.family is not Family.JUDGEMENT


def _reasons(found: Match) -> list[str]:
    ranked = sorted(
        (c for c in found.contributions if c.direction is Direction.FOR),
        key=lambda c: (_is_evidence(c), -c.bits, -c.raw, c.kind.name, c.value),
    )
    if not ranked:
        ranked = sorted(
            (c for c in found.contributions if c.direction is Direction.EXPLAINED),
            key=lambda c: (_is_evidence(c), -(c.overlap or 0), c.kind.name),
        )
    return [c.sentence for c in ranked[:8]]


def _against(found: Match) -> list[Contribution]:
    against = (c for c in found.contributions if c.direction is Direction.AGAINST)
    return sorted(against, key=lambda c: (_is_evidence(c), c.bits, c.kind.name))
