"""Who goes on where a storefront ends: named by itself, or of its cluster; told once for each that ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.clusters.memory import first_state
from analysis.clusters.presence import PRESENCE, is_gone
from analysis.clusters.regrouping import Groups, Move
from analysis.clusters.sights import GATES, Reach
from analysis.clusters.watch import Watched
from analysis.crawl_ids import days_between
from analysis.findings import Findings, StateRow

__all__ = ["Succession", "successions"]

_SUCCESSOR = "successor"
#: Days around an end in which a newcomer of the same cluster is its successor.
_AROUND_DAYS = 60
_GOING_ON = frozenset({"shop", "content", "app-shell"}) | GATES


@dataclass(frozen=True, slots=True)
class Succession:
    """``what`` successor or moved; ``how`` it ended: a page state, ``farewell``, ``moved`` or how it is missed; ``heirs`` those
    that it names first, then the newest first."""

    what: str
    site: str
    how: str
    heirs: tuple[str, ...]


def successions(
    previous: Findings | None, watched: Watched, groups: Groups, moves: Iterable[Move]
) -> tuple[list[Succession], list[StateRow]]:
    """What to tell, and the states of whom it was told for."""
    if previous is None:
        return [], []
    told = {site: row for (site, name), row in watched.before.items() if name == _SUCCESSOR}
    reopened = {note.site for note in watched.notices if note.what == "back"}
    reopened |= {shift.site for shift in watched.shifts if shift.attribute == "page" and shift.after == "shop"}
    for site in reopened:
        told.pop(site, None)
    said = _said_moved(previous)
    found = []
    for site, how in sorted(_ended(watched).items()):
        if site in told:
            continue
        named = [name for name in watched.sights[site].named or said.get(site, ()) if name != site]
        if (one := _succession(watched, previous, groups, site, how, named)) is not None:
            found.append(one)
    ended_now = {one.site for one in found}
    for move in moves:
        if move.what != "joined" or move.before or not _goes_on(watched, move.site):
            continue
        for site in groups.fellows(move.site):
            state = watched.states.get((site, PRESENCE))
            if state is None or not is_gone(state) or site in told or site in ended_now:
                continue
            if days_between(state.since, watched.crawl_id) <= _AROUND_DAYS:
                found.append(Succession(_SUCCESSOR, site, state.value.partition(" ")[2], (move.site,)))
                ended_now.add(site)
    new = {one.site: first_state(one.site, _SUCCESSOR, " ".join(one.heirs), watched.crawl_id) for one in found}
    return found, list({**told, **new}.values())


def _ended(watched: Watched) -> dict[str, str]:
    ended = {note.site: note.after for note in watched.notices if note.what == "gone"}
    turned = {shift.site: shift.after for shift in watched.shifts if shift.attribute == "page" and shift.before == "shop"}
    return {**{site: page for site, page in turned.items() if page == "blog"}, **ended}


def _said_moved(previous: Findings) -> dict[str, list[str]]:
    """Where each storefront last said it went; its redirect and what it says now go before that."""
    named: dict[str, set[str]] = defaultdict(set)
    for row in previous.traces:
        if row.kind == "links.moved_to":
            named[row.site].add(row.value)
    return {site: sorted(names) for site, names in named.items()}


def _succession(watched: Watched, previous: Findings, groups: Groups, site: str, how: str, named: list[str]) -> Succession | None:
    fellows = [other for other in groups.fellows(site) if _goes_on(watched, other)]
    if watched.sights[site].redirects and named[0] not in fellows:
        return Succession("moved", site, how, (named[0],))
    if not fellows:
        return Succession("moved", site, how, (named[0],)) if named and _goes_on(watched, named[0]) else None
    first_seen = {row.site: row.first_seen for row in previous.members}
    newest = sorted(sorted(fellows), key=lambda other: first_seen.get(other, watched.crawl_id), reverse=True)
    return Succession(_SUCCESSOR, site, how, tuple(sorted(newest, key=lambda other: other not in named)[:4]))


def _goes_on(watched: Watched, site: str) -> bool:
    sight = watched.sights.get(site)
    return sight is not None and sight.reach is Reach.OPEN and sight.values.get("page", "") in _GOING_ON
