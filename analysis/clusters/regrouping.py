"""Who is held together now and was not before: joined, left, merged, split; each told by one of these words only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.clusters.memory import Patience, first_state, weigh
from analysis.clusters.sights import Reach
from analysis.clusters.watch import Watched
from analysis.findings import Findings, MemberRow, StateRow

__all__ = ["Groups", "Move", "groups_of", "regroup"]

_CLUSTER, _ALONE = "cluster", "alone"


@dataclass(frozen=True, slots=True)
class Move:
    """One regrouping. ``site`` is empty for whole clusters; ``others`` are the storefronts it is with now, or was with."""

    what: str
    site: str
    cluster: str
    before: str
    after: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """Clusters by id and by storefront."""

    sites: Mapping[str, tuple[str, ...]]
    of: Mapping[str, str]

    def fellows(self, site: str) -> tuple[str, ...]:
        """The others of its cluster, in order."""
        return tuple(other for other in self.sites.get(self.of.get(site, ""), ()) if other != site)

    def is_group(self, cluster: str) -> bool:
        """Whether the cluster exists and has two storefronts or more."""
        return len(self.sites.get(cluster, ())) > 1


def groups_of(members: Iterable[MemberRow]) -> Groups:
    """The clusters that membership rows make."""
    sites: dict[str, list[str]] = defaultdict(list)
    of = {row.site: row.cluster for row in members}
    for site in sorted(of):
        sites[of[site]].append(site)
    return Groups({name: tuple(found) for name, found in sites.items()}, of)


def regroup(
    previous: Findings | None, watched: Watched, members: Iterable[MemberRow], patience: Patience
) -> tuple[list[Move], list[StateRow]]:
    """What to tell, and each storefront's state of being in a cluster. A storefront that was not read has not moved."""
    now, was = groups_of(members), groups_of(previous.members if previous else ())
    moves = _whole(was, now) if previous else []
    states = []
    for site, cluster in sorted(now.of.items()):
        value = cluster if now.is_group(cluster) else _ALONE
        state = watched.before.get((site, _CLUSTER))
        if state is None and site in was.of:
            state = first_state(site, _CLUSTER, was.of[site] if was.is_group(was.of[site]) else _ALONE, watched.crawl_id)
        if state is None:
            states.append(first_state(site, _CLUSTER, value, watched.crawl_id))
            if value != _ALONE and previous is not None:
                moves.append(Move("joined", site, cluster, "", cluster, now.fellows(site)))
            continue
        if not _is_open(watched, site):
            states.append(state if state.value == value else replace(state, value=value, pending="", pending_since="", times=0))
            continue
        state, shift = weigh(state, value, watched.crawl_id, patience)
        states.append(state)
        if shift is not None:
            moves += _moved(site, value, was, now, watched, is_late=shift.is_late, left=shift.before)
    return moves, states


def _moved(site: str, value: str, was: Groups, now: Groups, watched: Watched, *, is_late: bool, left: str) -> list[Move]:
    old, cluster = was.of.get(site, ""), now.of[site]
    if value == _ALONE:
        others = was.fellows(site)
        keeps = old == cluster and not is_late
        # of two that part one keeps the id: it is the other that left
        if keeps or not (is_late or any(_is_open(watched, other) for other in others)):
            return []
        return [Move("left", site, cluster, left, cluster, others)]
    fellows = now.fellows(site)
    if is_late:
        return [Move("joined", site, cluster, left, cluster, fellows)]
    new = [other for other in fellows if was.of.get(other) != old]
    is_merged = was.is_group(old) and old not in now.sites
    if old == cluster or is_merged or not new:
        return []
    return [Move("joined", site, cluster, old, cluster, fellows)]


def _whole(was: Groups, now: Groups) -> list[Move]:
    """Merged and split, with the clusters they came from."""
    moves = []
    for cluster, sites in sorted(now.sites.items()):
        if len(sites) < 2:
            continue
        parents = Counter(was.of[site] for site in sites if site in was.of and was.is_group(was.of[site]))
        gone = sorted(parent for parent in parents if parent != cluster and parent not in now.sites)
        if gone:
            moves.append(Move("merged", "", cluster, " ".join(gone), cluster, sites))
        if cluster not in was.sites:
            left = sorted((-count, parent) for parent, count in parents.items() if parent in now.sites and count > 1)
            moves += [Move("split", "", cluster, parent, cluster, sites) for _, parent in left[:1]]
    return moves


def _is_open(watched: Watched, site: str) -> bool:
    return site in watched.sights and watched.sights[site].reach is Reach.OPEN
