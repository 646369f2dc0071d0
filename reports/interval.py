"""Several crawls told as one: what is news since the last digest that was sent, where others failed or were held back in between.

The tables are the newest crawl's. Of the changes only what is news over the whole interval stands: it is told once, as it was
before the interval and as it is now. What went and came back in between is no news, with one exception: payment that was cut and
is taken again is told as "back", for who cut it wants to know that it did not last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import prod

from analysis.findings import ChangeRow, Findings, MemberRow, StorefrontRow
from analysis.masking import Shown
from reports.languages.catalogue import ENGLISH
from reports.severity import NOTES
from reports.words import is_readable

__all__ = ["over"]

_MEMBERSHIP = frozenset({"appeared", "joined", "left"})
_REGROUPING = frozenset({"merged", "split"})
_PAYMENT = frozenset({"payment", "payment-still"})  # the second one stands in findings of before it was a state
_PAGE = frozenset({"gone", "back", "page-state", "gate"})
#: Things that happened, as opposed to things that are so: each of them is news by itself.
_EVENTS = frozenset({"discovered", "successor", "moved", "corrected"})
_LITTLE = 0.05  # of the price; the analysis tells no smaller step either


def over(chain: Sequence[Shown]) -> Shown:
    """The findings of the whole interval. ``chain``: all findings since the last digest sent, the oldest first.

    ``previous`` of the result is the start of the interval, so that "first seen since" asks of all of it; ``notes["crawls"]``
    counts the crawls where they are several. One crawl is given back as it is.

    Raises ``ValueError`` for an empty chain or one out of order.
    """
    if not chain:
        raise ValueError("an interval has one crawl at least")
    if any(one.crawl_id >= two.crawl_id for one, two in pairwise(chain)):
        raise ValueError("the crawls of an interval must be in order of their ids")
    if len(chain) == 1:
        return chain[0]
    newest, start = chain[-1], chain[0].previous
    return replace(newest, previous=start, changes=_folded(chain), notes={**newest.notes, "crawls": str(len(chain))})


def _folded(chain: Sequence[Findings]) -> tuple[ChangeRow, ...]:
    newest = chain[-1]
    member = {row.site: row for row in newest.members}
    groups: dict[tuple[str, str], list[ChangeRow]] = defaultdict(list)
    for findings in chain:
        for row in sorted(findings.changes, key=lambda row: (row.rank, row.site, row.sentence)):
            groups[_thing(row)].append(row)
    rows = _regrouped(chain, groups.pop(("regrouping", ""), []))
    fresh = {row.site for row in newest.members if row.first_seen > chain[0].previous}
    sizes = {row.cluster: row.size for row in newest.clusters}
    fronts = {row.site: row for row in newest.storefronts}
    told_now = frozenset(newest.changes)
    for (thing, site), found in groups.items():
        match thing:
            case "visit":
                rows += _visits(found, fronts.get(site), told_now, has_end=("page", site) in groups)
            case "membership":
                rows += _membership(found, member.get(site), sizes, is_fresh=site in fresh)
            case "payment":
                rows += _payment(found)
            case "page":
                rows += _page(found)
            case "event":
                rows += _events(found, fronts)
            case "prices":
                rows += _prices(found)
            case _:
                rows += _net(found)
    placed = (replace(row, cluster=member[row.site].cluster) if row.site in member else row for row in rows)
    return tuple(sorted(set(placed), key=lambda row: (row.rank, row.cluster, row.site, row.what, row.sentence)))


def _thing(row: ChangeRow) -> tuple[str, str]:
    """What a change is a change of, and whose: changes of one thing follow upon each other."""
    if row.what in _REGROUPING or (not row.site and row.what in _MEMBERSHIP):
        return "regrouping", ""
    for name, whats in (("visit", NOTES), ("membership", _MEMBERSHIP), ("payment", _PAYMENT), ("page", _PAGE), ("event", _EVENTS)):
        if row.what in whats:
            return name, row.site
    if row.what == "host":  # networks, content network and name servers change apart
        return f"host {row.after.partition(' ')[0]}", row.site
    return row.what, row.site


def _net(rows: Sequence[ChangeRow], what: str = "") -> list[ChangeRow]:
    """First state to last state; nothing where they are one."""
    first, last = rows[0], rows[-1]
    if len(rows) > 1 and first.before == last.after:
        return []
    return [_retold(last, what or last.what, first.before or last.before, last.after)]


def _retold(row: ChangeRow, what: str, before: str, after: str) -> ChangeRow:
    """The row with other values, and the sentence that these make; as it is where they are the same."""
    if (what, before, after) == (row.what, row.before, row.after):
        return row
    made = replace(row, what=what, before=before, after=after, sentence="")
    return replace(made, sentence=ENGLISH.change(made))


def _visits(
    rows: Sequence[ChangeRow], front: StorefrontRow | None, told_now: Collection[ChangeRow], *, has_end: bool
) -> list[ChangeRow]:
    """An absence that lasts, or a return; nothing of an absence that came and went, or that has become an end."""
    last = rows[-1]
    if has_end or (last.what == "reached-again" and len(rows) > 1):
        return []
    is_over = front is not None and is_readable(front.page_state, front.outcome)
    return [last] if last in told_now or (last.what == "not-reached" and not is_over) else []


def _prices(rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """One step of prices made of all: the factors multiply while the currency stays."""
    steps = [row.after.rsplit(" ", 2) for row in rows]
    try:
        factor = prod(float(step[-2]) for step in steps)
        goods = min(int(step[-1]) for step in steps)
    except (IndexError, ValueError):
        return [rows[-1]]
    currency = " ".join(steps[-1][:-2])
    if currency == rows[0].before and abs(factor - 1) < _LITTLE:
        return []
    if len(rows) == 1:
        return [rows[0]]
    return [_retold(rows[-1], "prices", rows[0].before, f"{currency} {factor:.3f} {goods}".strip())]


def _payment(rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    changes = [row for row in rows if row.what == "payment"]
    if not changes:
        return [rows[-1]]
    if changes[0].before == changes[-1].after:
        return [changes[-1]]
    return _net(changes)


def _page(rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """Gone or back where one of them stands at the end; both of them together are another page."""
    whats = {row.what for row in rows}
    if {"gone", "back"} <= whats:
        return _net(rows, "page-state")
    for what in ("gone", "back"):
        if what in whats:
            rank = next(row.rank for row in rows if row.what == what)
            return [replace(row, rank=rank) for row in _net(rows, what)]
    return _net(rows)


def _membership(rows: Sequence[ChangeRow], now: MemberRow | None, sizes: Mapping[str, int], *, is_fresh: bool) -> list[ChangeRow]:
    """Joined, left or seen for the first time, by where the storefront is now and where it was at the start."""
    if now is None:
        return []
    has_others = sizes.get(now.cluster, 1) > 1
    last = {row.what: row for row in rows}
    start = next((row.before for row in rows if row.what != "appeared"), "")
    if is_fresh:
        wanted = "joined" if has_others and "joined" in last else "appeared"
        if wanted in last:
            return [replace(last[wanted], before="")]
        if rows[0].what == "joined" and not rows[0].before:
            seen = f"{now.site} was seen for the first time"
            return [replace(rows[0], what="appeared", after="", rank=rows[-1].rank, sentence=seen)]
        return []
    if has_others:
        return [replace(last["joined"], before=start)] if "joined" in last and start != now.cluster else []
    first_move = next((row.what for row in rows if row.what in ("joined", "left")), "")
    return [replace(last["left"], before=start)] if "left" in last and first_move == "left" else []


def _regrouped(chain: Sequence[Findings], rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """Merged and split, of clusters that exist now and that somebody was told of."""
    exists = {row.cluster: row for row in chain[-1].clusters}
    born = {row.cluster: row.first_seen for findings in chain for row in findings.clusters}
    start = chain[0].previous
    eaten: dict[str, dict[str, None]] = defaultdict(dict)
    merged: dict[str, ChangeRow] = {}
    others: list[ChangeRow] = []
    for row in rows:
        if row.what == "merged":
            for name in row.before.split():
                if born.get(name, "") <= start:
                    eaten[row.cluster][name] = None
                eaten[row.cluster].update(eaten.pop(name, {}))
            merged[row.cluster] = row
        else:
            if row.what == "split":
                eaten.pop(row.before, None)
            others.append(row)
    told = [_merged(merged[name], tuple(before)) for name, before in eaten.items() if before and name in exists]
    return told + [row for row in others if row.cluster in exists and exists[row.cluster].size > 1 and row.before in {"", *exists}]


def _merged(row: ChangeRow, before: Iterable[str]) -> ChangeRow:
    names = sorted(before)
    if names == sorted(row.before.split()):
        return row
    return replace(row, before=" ".join(names), sentence=f"the clusters {', '.join(sorted([row.cluster, *names]))} are one now")


def _events(rows: Sequence[ChangeRow], fronts: Mapping[str, StorefrontRow]) -> list[ChangeRow]:
    """Each event once, the last telling of it; an old shop that is a shop again has no successor."""
    told = {(row.what, row.before, row.after): row for row in rows}
    return [
        row
        for row in told.values()
        if not (row.what == "successor" and row.before in fronts and fronts[row.before].page_state == "shop")
    ]
