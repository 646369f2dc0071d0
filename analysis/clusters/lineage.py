"""Clusters keep their identity from crawl to crawl, and what changed is said in words."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.clusters.partition import Cluster, Edge
from analysis.crawl_ids import days_between
from analysis.findings import Findings, LinkRow, MemberRow, Relation, StorefrontRow

__all__ = ["CARRY_DAYS", "Named", "carried_edges", "first_seen_of", "name_clusters"]

#: A membership that no crawl has proved anew for this long is dropped.
CARRY_DAYS = 180
#: Page states in which a storefront shows what a shop shows; in any other, missing evidence means nothing.
_SHOP_STATES = frozenset({"shop"})
#: Pages that show what only one operator shares; where one of them was not read again, what it showed still stands.
_TELLING_ROLES = frozenset({"home", "cart", "checkout", "payment", "login"})


@dataclass(frozen=True, slots=True)
class Named:
    """A cluster with its id, the ids it continues or came from, and the crawl it was first seen in."""

    cluster: Cluster
    name: str
    parents: tuple[str, ...]
    first_seen: str


def carried_edges(
    previous: Findings | None, storefronts: Mapping[str, StorefrontRow], proven: Iterable[Edge], crawl_id: str
) -> list[Edge]:
    """Links proved by an earlier crawl that this one could not ask about again.

    A link is carried only where one of its ends, or a host that answered for both, was not seen, shows no shop any more, or was
    not read in all the places and fingerprints that may have shown it: between two shops that were both read again, what no
    longer holds is dropped.
    """
    if previous is None:
        return []
    proven_pairs = {(edge.a, edge.b) for edge in proven}
    roles_before = {row.site: frozenset(row.roles.split(",")) for row in previous.storefronts}
    roles_ever = {row.site: frozenset(row.value.split(",")) for row in previous.states if row.attribute == "read"}
    last_proved = {row.site: row.proved for row in previous.members}
    unread = {site for site, row in storefronts.items() if row.unread}
    carried = []
    for row in previous.links:
        if row.relation != Relation.SAME_OPERATOR or (row.site_a, row.site_b) in proven_pairs:
            continue
        oldest = min(last_proved.get(row.site_a, ""), last_proved.get(row.site_b, ""))
        if days_between(oldest, crawl_id) > CARRY_DAYS:
            continue
        ends = [storefronts.get(row.site_a), storefronts.get(row.site_b)]
        if all(end is not None and _shows_all(end, roles_before, roles_ever) for end in ends) and not (
            unread and _answered_by(previous, row) & unread
        ):
            continue
        carried.append(Edge(row.site_a, row.site_b, row.probability, frozenset({f"carried:{row.site_a}:{row.site_b}"})))
    return sorted(carried)


def _shows_all(row: StorefrontRow, before: Mapping[str, frozenset[str]], ever: Mapping[str, frozenset[str]]) -> bool:
    """Whether a shop was read wherever it may show what held it; a visit that a budget cut must have read all it ever showed."""
    if row.page_state not in _SHOP_STATES or row.unread:
        return False
    asked = ever if row.outcome == "budget" else before
    return asked.get(row.site, frozenset()) & _TELLING_ROLES <= frozenset(row.roles.split(","))


def _answered_by(previous: Findings, link: LinkRow) -> set[str]:
    """The hosts whose answers held a link: when they are not read, both shops may be as they were."""
    return {row.value for row in previous.evidence_of(link.site_a, link.site_b) if row.kind.startswith("answers.")}


def first_seen_of(previous: Findings | None) -> dict[str, MemberRow]:
    """site -> its membership row of the previous findings."""
    return {row.site: row for row in previous.members} if previous else {}


def name_clusters(clusters: Sequence[Cluster], previous: Findings | None, crawl_id: str) -> list[Named]:
    """Give each cluster the id of the previous cluster it overlaps most with; each old id is given once.

    Ties go to the larger old cluster, the older one, the smaller id, then the first site. A cluster that overlaps none
    gets an id made of its first site and this crawl, so that a replay gives the same one.
    """
    old_of = {row.site: row.cluster for row in previous.members} if previous else {}
    old_size = Counter(old_of.values())
    old_first = {row.cluster: row.first_seen for row in previous.clusters} if previous else {}
    claims = []
    overlaps: dict[int, Counter[str]] = defaultdict(Counter)
    for number, cluster in enumerate(clusters):
        for site in cluster.sites:
            if site in old_of:
                overlaps[number][old_of[site]] += 1
        for old, count in overlaps[number].items():
            claims.append((-count, -old_size[old], old_first.get(old, crawl_id), old, cluster.sites, number))
    name_of: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, _, old, _, number in sorted(claims):
        if number not in name_of and old not in taken:
            name_of[number] = old
            taken.add(old)
    named = []
    for number, cluster in enumerate(clusters):
        name = name_of.get(number) or _new_name(cluster, crawl_id)
        seen = [old_first[old] for old in overlaps[number] if old in old_first]
        parents = tuple(sorted(old for old in overlaps[number] if old != name))
        named.append(Named(cluster, name, parents, min([crawl_id, *seen]) if name_of.get(number) else crawl_id))
    return named


def _new_name(cluster: Cluster, crawl_id: str) -> str:
    return "c" + hashlib.sha256(f"{crawl_id} {cluster.sites[0]}".encode()).hexdigest()[:9]
