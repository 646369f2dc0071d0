"""Whether a storefront is there: a miss is not a disappearance, and who was only missed does not come back.

The state's value is one of ``unseen`` (never read yet), ``idle HOW`` (read, and never been open), ``reached``, ``missed``,
``shut HOW`` (kept us out for long enough), ``gone HOW``. While it is missed, ``pending`` says in which way and ``times`` for
how many crawls in a row; where a flapping end or return is damped, they count how long it has held.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from analysis.clusters.memory import Patience, aged, first_state, told_again
from analysis.clusters.sights import Reach, Sight
from analysis.findings import StateRow

__all__ = ["PRESENCE", "Notice", "is_gone", "present", "was_read"]

PRESENCE = "presence"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something established of one storefront's presence; ``what`` is a word of ``RANKS``."""

    site: str
    what: str
    before: str
    after: str


def is_gone(state: StateRow | None) -> bool:
    """Whether the storefront is held to be gone."""
    return state is not None and state.value.startswith("gone")


def was_read(state: StateRow | None) -> bool:
    """Whether the storefront was ever read."""
    return state is not None and state.value != "unseen"


def present(
    state: StateRow | None, sight: Sight, page_before: str, crawl_id: str, patience: Patience
) -> tuple[StateRow | None, list[Notice]]:
    """The state after this crawl and what it establishes. ``page_before`` is the page state as last read, or empty."""
    site = sight.site
    if sight.reach is Reach.UNASKED:
        return state, []
    is_read = sight.reach in (Reach.OPEN, Reach.ENDED)
    if state is None or state.value == "unseen":
        if not is_read:
            unseen = state or first_state(site, PRESENCE, "unseen", crawl_id)
            return replace(unseen, seen=crawl_id), [] if state else [Notice(site, "not-reached", "", sight.how)]
        value = "reached" if sight.reach is Reach.OPEN else f"idle {sight.how}"
        return first_state(site, PRESENCE, value, crawl_id), [Notice(site, "appeared", "", sight.how)]
    state = replace(aged(state, patience), seen=crawl_id)
    if sight.reach is Reach.OPEN:
        return _open(state, sight, crawl_id, patience)
    if sight.reach is Reach.ENDED:
        return _ended(state, sight, page_before, crawl_id, patience)
    return _missed(state, sight, page_before, crawl_id, patience)


def _open(state: StateRow, sight: Sight, crawl_id: str, patience: Patience) -> tuple[StateRow, list[Notice]]:
    word, _, how = state.value.partition(" ")
    here = _became(state, "reached", crawl_id)
    match word:
        case "missed":
            note = Notice(state.site, "reached-again", how or state.pending, sight.how)
            return _once(here, "missed", "reached", note, was=state)
        case "shut" | "idle":
            return here, [Notice(state.site, "page-state", how, sight.how)]
        case "gone":
            if _lately(state, "gone", "open") and not _has_settled(state, "open", patience):
                return _waiting(state, "open", crawl_id), []
            return told_again(here, "gone", "open"), [Notice(state.site, "back", how, sight.how)]
        case _:
            return replace(state, pending="", pending_since="", times=0), []


def _ended(state: StateRow, sight: Sight, page_before: str, crawl_id: str, patience: Patience) -> tuple[StateRow, list[Notice]]:
    if state.value.startswith(("gone", "idle")):
        return replace(state, pending="", pending_since="", times=0), []
    if _lately(state, "open", "gone") and not _has_settled(state, "ended", patience):
        return _waiting(state, "ended", crawl_id), []
    gone = told_again(_became(state, f"gone {sight.how}", crawl_id), "open", "gone")
    return gone, [Notice(state.site, "gone", page_before, sight.how)]


def _missed(state: StateRow, sight: Sight, page_before: str, crawl_id: str, patience: Patience) -> tuple[StateRow, list[Notice]]:
    word = state.value.partition(" ")[0]
    if word in ("gone", "idle"):
        # a flapping return is not held back by a miss, nor furthered
        return replace(state, pending="", pending_since="", times=0), []
    kind = str(sight.reach)
    notes: list[Notice] = []
    if word == "reached":
        state, notes = _once(
            _became(state, f"missed {sight.how}", crawl_id),
            "reached",
            "missed",
            Notice(state.site, "not-reached", "", sight.how),
            was=state,
        )
        state = replace(state, pending=kind, pending_since=crawl_id, times=int(sight.reach is not Reach.OURS))
    elif sight.reach is Reach.OURS:
        pass
    elif state.pending == kind:
        state = replace(state, times=state.times + 1)
    else:
        state = replace(state, pending=kind, pending_since=crawl_id, times=1)
    if state.times < patience.confirm_after or sight.reach is Reach.OURS:
        return state, notes
    if sight.reach is Reach.SILENT:
        gone = told_again(_became(state, f"gone {sight.how}", crawl_id), "open", "gone")
        return gone, [*notes, Notice(state.site, "gone", page_before, sight.how)]
    if not state.value.startswith("shut"):
        shut = replace(_became(state, f"shut {sight.how}", crawl_id), pending=kind, times=state.times)
        return shut, [*notes, Notice(state.site, "page-state", page_before, sight.how)]
    return state, notes


def _became(state: StateRow, value: str, crawl_id: str) -> StateRow:
    return replace(state, value=value, since=crawl_id, pending="", pending_since="", times=0)


def _once(state: StateRow, before: str, after: str, note: Notice, *, was: StateRow) -> tuple[StateRow, list[Notice]]:
    """Told unless the same was told lately."""
    return (state, []) if _lately(was, before, after) else (told_again(state, before, after), [note])


def _lately(state: StateRow, before: str, after: str) -> bool:
    return any(row[:2] == [before, after] for row in json.loads(state.told)) if state.told else False


def _waiting(state: StateRow, pending: str, crawl_id: str) -> StateRow:
    again = state.pending == pending
    return replace(
        state,
        pending=pending,
        pending_since=state.pending_since if again else crawl_id,
        times=state.times + 1 if again else 1,
    )


def _has_settled(state: StateRow, pending: str, patience: Patience) -> bool:
    return state.pending == pending and state.times + 1 >= patience.settle_after
