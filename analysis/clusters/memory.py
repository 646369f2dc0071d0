"""What is held to be so, and when something else is: one value of one attribute weighed against what is remembered.

What is positively seen is told at once; damping concerns repeats, and what is not sure at first sight.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from analysis.clusters.likeness import ATTRIBUTES
from analysis.findings import StateRow

__all__ = ["Patience", "Shift", "aged", "first_state", "repeats", "told_again", "weigh"]


@dataclass(frozen=True, slots=True)
class Patience:
    """``confirm_after``: crawls in a row that a storefront must be missed in before it is held to be gone, and in which a
    repetition counts as flapping; ``settle_after``: crawls in a row that a damped or unsure value must hold to be told."""

    confirm_after: int = 4
    settle_after: int = 3


@dataclass(frozen=True, slots=True)
class Shift:
    """One attribute of one storefront is another one now; ``is_late`` where it was damped or had to settle first."""

    site: str
    attribute: str
    before: str
    after: str
    is_late: bool


def first_state(site: str, attribute: str, value: str, crawl_id: str) -> StateRow:
    """The state of what is seen for the first time."""
    return StateRow(site, attribute, value, crawl_id, crawl_id, "", "", 0, "")


def weigh(state: StateRow, value: str, crawl_id: str, patience: Patience, *, sure: bool = True) -> tuple[StateRow, Shift | None]:
    """The state after a crawl that saw ``value``, and the change if one is established.

    ``sure`` False: the visit was not like the one before, so that a difference must settle.
    """
    rule = ATTRIBUTES[state.attribute]
    seen = replace(state, seen=crawl_id, told=_aged(state.told, patience))
    if rule.lost(state.value, value):
        return replace(seen, value=value, since=crawl_id, pending="", pending_since="", times=0), None
    if rule.same(state.value, value):
        return replace(seen, value=rule.kept(state.value, value), pending="", pending_since="", times=0), None
    again = state.times > 0 and rule.same(state.pending, value)
    pending_since = state.pending_since if again else crawl_id
    times = state.times + 1 if again else 1
    is_repeat = repeats(seen, value)
    at_once = sure and rule.sure(state.value, value) and not is_repeat and not again
    if is_repeat:
        seen = replace(seen, told=_afresh(seen.told))
    if not at_once and times < patience.settle_after:
        return replace(seen, pending=value, pending_since=pending_since, times=times), None
    shift = Shift(state.site, state.attribute, state.value, value, not at_once)
    changed = replace(seen, value=value, since=pending_since, pending="", pending_since="", times=0)
    return told_again(changed, shift.before, shift.after), shift


def repeats(state: StateRow, value: str) -> bool:
    """Whether telling that ``state.value`` became ``value`` would repeat what was told lately."""
    rule = ATTRIBUTES.get(state.attribute)
    same = rule.same if rule else str.__eq__
    for before, after, _ in _told(state.told):
        if rule is not None and rule.once:
            return True
        if same(after, value) and same(before, state.value):
            return True
        if rule is not None and rule.is_soft and same(before, value):
            return True
    return False


def told_again(state: StateRow, before: str, after: str) -> StateRow:
    """The state with one more change noted as told in this crawl."""
    return replace(state, told=json.dumps([*_told(state.told), [before, after, 0]], ensure_ascii=False, separators=(",", ":")))


def aged(state: StateRow, patience: Patience) -> StateRow:
    """The state one crawl later: what was told too long ago is forgotten."""
    return replace(state, told=_aged(state.told, patience))


def _aged(told: str, patience: Patience) -> str:
    rows = [[before, after, age + 1] for before, after, age in _told(told) if age + 1 <= patience.confirm_after]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def _afresh(told: str) -> str:
    """The window begins anew: what goes on flapping stays damped."""
    return json.dumps([[before, after, 0] for before, after, _ in _told(told)], ensure_ascii=False, separators=(",", ":"))


def _told(told: str) -> list[tuple[str, str, int]]:
    return [(str(before), str(after), int(age)) for before, after, age in json.loads(told)] if told else []
