"""Matches and clusters as rows of the findings, each with its sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from analysis.clusters.lineage import Named
from analysis.clusters.partition import Edge, path_probability
from analysis.findings import ClusterRow, EvidenceRow, LinkRow, MemberRow, Relation
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.link import Linkage
from analysis.linkage.matching import Match

__all__ = ["KEPT_FROM", "cluster_rows", "evidence_rows", "link_rows"]

#: A compared pair with no relation is kept from this probability: below it there is nothing to explain.
KEPT_FROM = 0.02
#: In clusters up to this size every pair gets a row, also those that were never candidates.
_ALL_PAIRS_UP_TO = 60


def link_rows(
    linkage: Linkage,
    named: Sequence[Named],
    edges: Sequence[Edge],
    first_seen: Mapping[str, str],
    carried: Mapping[tuple[str, str], str],
) -> list[LinkRow]:
    """One row a pair that something is said of. Pairs of one cluster are same-operator, if only through a third.

    ``carried``: pairs that an earlier crawl proved and this one could not ask about -> that crawl's id.
    """
    cluster_of = {site: item.name for item in named for site in item.cluster.sites}
    inside = [edge for edge in edges if cluster_of.get(edge.a) == cluster_of.get(edge.b)]
    through = path_probability(inside) if inside else {}
    direct = {(edge.a, edge.b) for edge in inside}
    pairs = {
        pair for pair, found in linkage.matches.items() if found.relation is not Relation.NONE or found.probability >= KEPT_FROM
    }
    for item in named:
        if 1 < len(item.cluster.sites) <= _ALL_PAIRS_UP_TO:
            pairs |= set(combinations(item.cluster.sites, 2))
    sources = _sources(linkage, cluster_of)
    rows = []
    for a, b in sorted(pairs):
        found = linkage.matches.get((a, b))
        together = a in cluster_of and cluster_of[a] == cluster_of.get(b)
        relation = found.relation if found else Relation.NONE
        probability = found.probability if found else 0.0
        review = found.review if found else False
        if together:
            relation, review = Relation.SAME_OPERATOR, False
            probability = max(probability, through.get((a, b), 0.0))
        elif relation is Relation.SAME_OPERATOR:
            # the link was cut as a bridge between two clusters
            relation, review = (Relation.FOR_REVIEW, True)
        original = _original(a, b, found, first_seen, cluster_of, sources) if relation is Relation.COPY_OF else ""
        reasons = _reasons(found, together=together)
        if (a, b) in carried:
            reasons = [f"shown by the crawl {carried[a, b]}; one of the two shows no shop to compare now", *reasons]
        rows.append(
            LinkRow(
                a,
                b,
                str(relation),
                probability,
                found.bits if found else 0.0,
                found.bits_for if found else 0.0,
                found.bits_against if found else 0.0,
                review,
                original,
                _sentence(a, b, relation, original, review, together, (a, b) in direct, found),
                "; ".join(reasons),
                "; ".join(c.sentence for c in _against(found)),
            )
        )
    return rows


def evidence_rows(linkage: Linkage, pairs: Iterable[tuple[str, str]]) -> list[EvidenceRow]:
    """Every contribution of these pairs."""
    rows = []
    for a, b in sorted(pairs):
        found = linkage.matches.get((a, b))
        for c in found.contributions if found else ():
            rows.append(
                EvidenceRow(
                    a,
                    b,
                    c.kind.name,
                    str(c.kind.family),
                    str(c.kind.cls),
                    str(c.direction),
                    round(c.bits, 4),
                    round(c.m, 6),
                    round(c.u, 9),
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
    return f"{edge.a} {edge.b} {edge.probability:.3f}"


def _sources(linkage: Linkage, cluster_of: Mapping[str, str]) -> dict[str, set[str]]:
    """copy -> clusters of what it was copied from, as far as the marks of copying tell."""
    found: dict[str, set[str]] = defaultdict(set)
    for (a, b), match in linkage.matches.items():
        if match.relation is Relation.COPY_OF and cluster_of.get(a) != cluster_of.get(b) and match.named in (a, b):
            found[a if match.named == b else b].add(cluster_of[match.named])
    return found


def _original(
    a: str,
    b: str,
    found: Match | None,
    first_seen: Mapping[str, str],
    cluster_of: Mapping[str, str],
    sources: Mapping[str, set[str]],
) -> str:
    """Which of the two the other was taken from; empty where nothing tells.

    Marks that copying left come first, for they name the source. Then the family: what was taken from one storefront of a
    cluster is a copy to all of them, also to those that were seen later. First-seen dates last.
    """
    if found is not None and found.named:
        return found.named
    from_b, from_a = cluster_of.get(b) in sources.get(a, ()), cluster_of.get(a) in sources.get(b, ())
    if from_a != from_b:
        return b if from_b else a
    if first_seen.get(a, "") != first_seen.get(b, ""):
        return a if first_seen.get(a, "") < first_seen.get(b, "") else b
    return ""


def _sentence(
    a: str, b: str, relation: Relation, original: str, review: bool, together: bool, is_direct: bool, found: Match | None
) -> str:
    if together and is_direct:
        return f"{a} and {b} show evidence consistent with common operation"
    if together:
        return f"{a} and {b} are held together through other storefronts of their cluster"
    also = "; whether one operator runs both is for review" if review else ""
    match relation:
        case Relation.COPY_OF if original:
            copy = b if original == a else a
            return (
                f"{copy} is a copy of {original}; nothing shows that one operator runs both"
                if not review
                else f"{copy} is a copy of {original}{also}"
            )
        case Relation.COPY_OF:
            return f"{a} and {b} descend from one source{also}"
        case Relation.SAME_KIT:
            return f"{a} and {b} stand on one theme or platform{also}"
        case Relation.SAME_PROVIDER:
            return f"{a} and {b} use one provider{also}"
        case Relation.FOR_REVIEW if found and found.relation is Relation.SAME_OPERATOR:
            return f"{a} and {b} share strong evidence that bridges two clusters: for review"
        case Relation.FOR_REVIEW:
            return f"{a} and {b} share evidence that an analyst should look at"
        case _:
            return f"{a} and {b} were compared and nothing holds"


def _reasons(found: Match | None, *, together: bool) -> list[str]:
    if found is None:
        return []
    ranked = sorted(
        (c for c in found.contributions if c.direction is Direction.FOR),
        key=lambda c: (-c.bits, -c.raw, c.kind.name, c.value),
    )
    if not together and found.relation in (Relation.SAME_KIT, Relation.SAME_PROVIDER) and not ranked:
        ranked = sorted(
            (c for c in found.contributions if c.direction is Direction.EXPLAINED), key=lambda c: (-(c.overlap or 0), c.kind.name)
        )
    return [c.sentence for c in ranked[:8]]


def _against(found: Match | None) -> list[Contribution]:
    if found is None:
        return []
    return sorted((c for c in found.contributions if c.direction is Direction.AGAINST), key=lambda c: (c.bits, c.kind.name))
