"""Which clusters have news, and which of their members are new: asked by the mail's words and by its picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from analysis.findings import ClusterRow, Findings, LinkRow, Relation

__all__ = ["IN_CLUSTERS", "News", "copy_side", "strongest_copies"]

IN_CLUSTERS = ("appeared", "joined", "merged", "split", "left")
"""The changes that are told with their cluster, where it has two members and more."""


class News:
    """The membership of one crawl's findings, indexed once; news is what came after ``findings.previous``."""

    def __init__(self, findings: Findings) -> None:
        self._since = findings.previous
        self._is_first = not findings.previous
        self._members: dict[str, set[str]] = defaultdict(set)
        self._joined: dict[str, set[str]] = defaultdict(set)
        for member in findings.members:
            self._members[member.cluster].add(member.site)
        for change in findings.changes:
            if change.site and change.what in ("joined", "appeared"):
                self._joined[change.cluster].add(change.site)
        named = {row.cluster for row in findings.changes if row.what in IN_CLUSTERS}
        rows = [row for row in findings.clusters if row.size > 1 and (self._is_first or row.cluster in named)]
        self.clusters = tuple(sorted(rows, key=lambda row: (not self.is_new(row), -row.size, row.cluster)))
        """Clusters of two and more whose membership changed (at the first crawl: all): new ones first, then the largest."""

    def is_new(self, cluster: ClusterRow) -> bool:
        """First seen since then, or a lone storefront until others joined it."""
        if self._is_first or cluster.first_seen > self._since:
            return True
        joined = self._joined[cluster.cluster]
        return bool(joined) and len(self._members[cluster.cluster] - joined) < 2

    def new_members(self, cluster: ClusterRow) -> set[str]:
        """The members to mark as new: who joined, or all of a new cluster; at the first crawl none, for all are."""
        if self._is_first:
            return set()
        if cluster.first_seen > self._since:
            return set(self._members[cluster.cluster])
        return set(self._joined[cluster.cluster])


def copy_side(link: LinkRow) -> str:
    """The storefront that is the copy; empty where the direction is not known."""
    if link.original not in (link.site_a, link.site_b):
        return ""
    return link.site_b if link.original == link.site_a else link.site_a


def strongest_copies(links: Iterable[LinkRow]) -> list[LinkRow]:
    """Of each copy the strongest link only, for a copy of one member of a cluster is one of all; and all of unknown direction."""
    found: list[LinkRow] = []
    seen: set[str] = set()
    copies = (link for link in links if link.relation == Relation.COPY_OF)
    for link in sorted(copies, key=lambda link: (-link.bits, link.site_a, link.site_b)):
        copy = copy_side(link)
        if not copy or copy not in seen:
            found.append(link)
            seen.add(copy)
    return found
