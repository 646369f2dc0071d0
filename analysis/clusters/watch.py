"""What this crawl establishes of each storefront by itself: its presence, and every watched attribute against what is remembered.

Nothing here knows clusters, so it comes before the linkage: synchronous changes are evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.clusters.likeness import ATTRIBUTES, NONE_SEEN, price_step
from analysis.clusters.memory import Patience, Shift, aged, first_state, weigh
from analysis.clusters.presence import PRESENCE, Notice, present, was_read
from analysis.clusters.sights import GATES, SET_UP, Reach, Sight, sights
from analysis.crawl_ids import days_between
from analysis.findings import Findings, StateRow, StepRow, StorefrontRow, TraceRow

__all__ = ["Watched", "remembered", "watch"]

#: Pages that say how one pays; only where all that offered it were read again may "no longer offered" be asked at all.
_PAYING = frozenset({"home", "product", "cart", "checkout", "payment"})
_GOODS = frozenset({"listing", "product"})
#: What providers change for many at once, and from which share of how many storefronts it is their doing.
_SHARED_DOING = ("host", "name-servers", "certificate")
_MANY, _MANY_OF = 0.5, 4
#: Days that specific changes are remembered.
_STEP_DAYS = 371


@dataclass(frozen=True, slots=True)
class Watched:
    """``before`` and ``states``: (site, attribute) -> what was and is held to be so; ``shifts`` and ``notices`` what changed;
    ``steps`` all specific changes of the last year, this crawl's included."""

    crawl_id: str
    is_first: bool
    sights: Mapping[str, Sight]
    before: Mapping[tuple[str, str], StateRow]
    states: Mapping[tuple[str, str], StateRow]
    shifts: tuple[Shift, ...]
    notices: tuple[Notice, ...]
    steps: tuple[StepRow, ...]


def watch(
    previous: Findings | None,
    storefronts: Iterable[StorefrontRow],
    traces: Iterable[TraceRow],
    crawl_id: str,
    patience: Patience | None = None,
) -> Watched:
    """Weigh what this crawl shows against the memory of the findings before it. The order of rows does not matter."""
    patience = patience or Patience()
    before = remembered(previous)
    seen = sights(storefronts, traces)
    states = dict(before)
    shifts: list[Shift] = []
    notices: list[Notice] = []
    for site, sight in seen.items():
        page = before.get((site, "page"))
        state, notes = present(before.get((site, PRESENCE)), sight, page.value if page else "", crawl_id, patience)
        notices += notes
        if state is not None:
            states[site, PRESENCE] = state
        if sight.reach is not Reach.OPEN:
            continue
        is_news = any(note.what in ("back", "page-state", "appeared") for note in notes)
        for name in sorted(sight.values.keys() - {SET_UP}):
            old = before.get((site, name))
            if old is None or (name == "page" and is_news):
                states[site, name] = first_state(site, name, sight.values[name], crawl_id)
                continue
            weighed = _weighed(old, sight, before, crawl_id, patience)
            if weighed is not None:
                states[site, name] = weighed[0]
                shifts += [weighed[1]] if weighed[1] else []
        if SET_UP in sight.values:
            states[site, SET_UP] = first_state(site, SET_UP, sight.values[SET_UP], crawl_id)
        if _says_nothing_now(states.get((site, "payment")), before.get((site, "read")), sight):
            del states[site, "payment"]
        states[site, "read"] = _read(before.get((site, "read")), sight, crawl_id)
    shared = _shared_doings(shifts, seen, before)
    for shift in shifts:
        if shift.attribute in shared:
            # kept, and not told: so it damps nothing either
            key = (shift.site, shift.attribute)
            states[key] = replace(states[key], told=aged(before[key], patience).told)
    shifts = [shift for shift in shifts if shift.attribute not in shared]
    steps = _steps(shifts, seen, crawl_id)
    kept = [row for row in (previous.steps if previous else ()) if days_between(row.crawl, crawl_id) <= _STEP_DAYS]
    return Watched(crawl_id, previous is None, seen, before, states, tuple(shifts), tuple(notices), (*kept, *steps))


def remembered(previous: Findings | None) -> dict[tuple[str, str], StateRow]:
    """(site, attribute) -> state; findings of before this memory are read as if they had been the first crawl."""
    if previous is None:
        return {}
    if previous.states:
        return {(row.site, row.attribute): row for row in previous.states}
    states = dict(watch(None, previous.storefronts, previous.traces, previous.crawl_id).states)
    for site in (row.site for row in previous.storefronts if row.kind == "storefront"):
        state = states.get((site, PRESENCE), first_state(site, PRESENCE, "unseen", previous.crawl_id))
        if not was_read(state):
            # whether it was read before that crawl is not known; it is no newcomer
            states[site, PRESENCE] = replace(state, value="missed unreachable", pending="silent", times=1)
    return states


def _weighed(
    state: StateRow, sight: Sight, before: Mapping[tuple[str, str], StateRow], crawl_id: str, patience: Patience
) -> tuple[StateRow, Shift | None] | None:
    """The state after weighing; None where this visit could not ask. What was not read has not changed."""
    value = sight.values[state.attribute]
    read = before.get((sight.site, "read"))
    roles = frozenset(read.value.split(",")) if read and read.value else frozenset[str]()
    sure = True
    match state.attribute:
        case "payment" if value == NONE_SEEN and state.value == "accepted":
            if not sight.is_whole or not roles & _PAYING <= sight.roles:
                return None
        case "payment" if value == NONE_SEEN and state.value != NONE_SEEN:
            # what was said of lost payment is not taken back by silence
            return None
        case "payment" if state.value == NONE_SEEN and value == "accepted" and not sight.roles <= roles:
            # another page was read this time: it may have said so all along
            return first_state(state.site, "payment", value, crawl_id), None
        case "catalogue" if not roles & _GOODS <= sight.roles:
            return None
        case "language" | "page":
            sure = sight.is_whole or value in GATES or state.value in GATES
        case "host":
            sure = _is_rehosted(state, sight, before)
        case _:
            pass
    return weigh(state, value, crawl_id, patience, sure=sure)


def _is_rehosted(state: StateRow, sight: Sight, before: Mapping[tuple[str, str], StateRow]) -> bool:
    """Whether another address is a move at first sight: with it came another key, name server or set-up of the server, or it
    went behind a content network or came from behind one. An address alone may be one of many that take turns."""
    if state.value.partition(" ")[0] != sight.values["host"].partition(" ")[0]:
        return True
    for name in ("certificate", "name-servers", SET_UP):
        old, new = before.get((sight.site, name)), sight.values.get(name)
        if (
            old is not None
            and new is not None
            and not (ATTRIBUTES[name].same if name in ATTRIBUTES else str.__eq__)(old.value, new)
        ):
            return True
    return False


def _says_nothing_now(payment: StateRow | None, read: StateRow | None, sight: Sight) -> bool:
    """Whether "no payment seen" holds no longer: pages that no visit had read were read by one that could not read payment."""
    if payment is None or payment.value != NONE_SEEN or "payment" in sight.values or sight.values.get("page") != "shop":
        return False
    return not sight.roles <= frozenset(read.value.split(",") if read else ())


def _read(state: StateRow | None, sight: Sight, crawl_id: str) -> StateRow:
    """All roles that any visit has read: what one visit misses is not forgotten."""
    known = frozenset(state.value.split(",")) if state and state.value else frozenset[str]()
    value = ",".join(sorted(known | sight.roles))
    return replace(state, value=value, seen=crawl_id) if state else first_state(sight.site, "read", value, crawl_id)


def _shared_doings(
    shifts: Iterable[Shift], seen: Mapping[str, Sight], before: Mapping[tuple[str, str], StateRow]
) -> frozenset[str]:
    """What of their hosting half of all storefronts changed in one interval: a provider's doing, or our own road's."""
    asked = Counter(name for site, sight in seen.items() for name in sight.values if (site, name) in before)
    made = Counter(shift.attribute for shift in shifts)
    return frozenset(name for name in _SHARED_DOING if made[name] >= _MANY_OF and made[name] >= _MANY * asked[name])


def _steps(shifts: Iterable[Shift], seen: Mapping[str, Sight], crawl_id: str) -> list[StepRow]:
    """This crawl's specific changes, each with how many storefronts made it."""
    among = sum(sight.reach is Reach.OPEN for sight in seen.values())
    rows: dict[tuple[str, str], list[tuple[Shift, str]]] = defaultdict(list)
    for shift in shifts:
        if not shift.is_late and (step := _signature(shift)):
            rows[shift.attribute, step[0]].append((shift, step[1]))
    return [
        StepRow(crawl_id, shift.site, attribute, signature, shown, len(found), among, *_place(seen[shift.site], attribute))
        for (attribute, signature), found in sorted(rows.items())
        for shift, shown in sorted(found, key=lambda item: item[0].site)
    ]


def _place(sight: Sight, attribute: str) -> tuple[str, str]:
    return sight.places.get(attribute, (sight.url, ""))


def _signature(shift: Shift) -> tuple[str, str] | None:
    """What the change is, equal for equal changes, and in words; None where it is not specific enough to be shared."""
    match shift.attribute:
        case "payment" if shift.after != NONE_SEEN:
            return f"{shift.before}>{shift.after}", f"payment {shift.after}"
        case "page":
            return f"{shift.before}>{shift.after}", f"{shift.after.replace('-', ' ')} after {shift.before.replace('-', ' ')}"
        case "company":
            return " ".join(sorted(shift.after.casefold().split())), f"the company {shift.after}"
        case "language":
            return shift.after, f"the languages {shift.after}"
        case "prices":
            step = price_step(shift.before, shift.after)
            if step is None:
                return None
            if step[0] != step[1]:
                return f"{step[0]}>{step[1]}", f"prices in {step[1]} after {step[0]}"
            return f"x{step[2]:.2f}", f"prices at {step[2]:.2f} of what they were"
        case _:
            return None
