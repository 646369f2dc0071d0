"""What is different between any two findings, neighbours or not: what is held to be so in both, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analysis.clusters.changes import changes_between
from analysis.clusters.likeness import ATTRIBUTES, NONE_SEEN
from analysis.clusters.memory import Patience, Shift
from analysis.clusters.presence import PRESENCE, Notice
from analysis.clusters.sights import sights
from analysis.clusters.watch import Watched, remembered
from analysis.findings import ChangeRow, Findings, StateRow

__all__ = ["difference"]

_Key = tuple[str, str]
_REGROUPED = frozenset({"joined", "left"})


def difference(older: Findings, newer: Findings, told: Iterable[ChangeRow] = ()) -> list[ChangeRow]:
    """The changes from ``older`` to ``newer`` in the order people want to know them.

    Damping has been done by each crawl's own memory: what a flapping value is held to be is compared, and nothing is told
    late. What both crawls could not ask about is no change. ``told``: the changes of the crawls in between, oldest first; where
    an analyst's correction moved a storefront, that is said of it, and not that its evidence is another one.
    """
    was, now = remembered(older), remembered(newer)
    seen = sights(newer.storefronts, newer.traces)
    notices = [note for site in sorted(seen) for note in _notices(site, was, now)]
    news = {note.site for note in notices if note.what in ("appeared", "back", "page-state")}
    shifts = [
        Shift(site, name, was[site, name].value, state.value, False)
        for (site, name), state in sorted(now.items())
        if (site, name) in was and name in ATTRIBUTES and name != "cluster" and site in seen
        if not (name == "page" and site in news) and _differs(name, was[site, name].value, state.value)
    ]
    watched = Watched(newer.crawl_id, False, seen, {}, now, tuple(shifts), tuple(notices), ())
    rows = changes_between(older, watched, newer.storefronts, newer.members, Patience())[0]
    corrected = {row.site: row for row in told if row.what == "corrected"}
    found = {corrected.get(row.site, row) if row.what in _REGROUPED else row for row in rows}
    return sorted(found, key=lambda row: (row.rank, row.cluster, row.site, row.sentence))


def _differs(name: str, old: str, new: str) -> bool:
    rule = ATTRIBUTES[name]
    if name == "payment" and new == NONE_SEEN:
        return old == "accepted"
    return not rule.lost(old, new) and not rule.same(old, new)


def _notices(site: str, was: Mapping[_Key, StateRow], now: Mapping[_Key, StateRow]) -> Iterator[Notice]:
    before, after = _word(was.get((site, PRESENCE))), _word(now.get((site, PRESENCE)))
    page_before, page = _page(was, site), _page(now, site)
    if after[0] in ("", "unseen") or before == after:
        return
    match before[0], after[0]:
        case (("" | "unseen"), _):
            yield Notice(site, "appeared", "", page or after[1])
        case "gone", ("reached" | "missed" | "shut"):
            yield Notice(site, "back", before[1], page)
        case _, "gone":
            if before[0] not in ("gone", "idle"):
                yield Notice(site, "gone", page_before, after[1])
        case (("shut" | "idle"), "reached"):
            yield Notice(site, "page-state", before[1], page)
        case _, "shut":
            yield Notice(site, "page-state", page_before, after[1])
        case "reached", "missed":
            yield Notice(site, "not-reached", "", after[1])
        case "missed", "reached":
            yield Notice(site, "reached-again", before[1], page)


def _word(state: StateRow | None) -> tuple[str, str]:
    word, _, how = state.value.partition(" ") if state else ("", "", "")
    return word, how


def _page(states: Mapping[_Key, StateRow], site: str) -> str:
    state = states.get((site, "page"))
    return state.value if state else ""
