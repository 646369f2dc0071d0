"""The life of one storefront or one cluster over all findings: what happened when, and how things stand now.

Texts are as the findings have them; who shows them makes them safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.findings import ChangeRow, Findings, StateRow
from analysis.masking import Shown
from reports.words import count, day

__all__ = ["Event", "cluster_events", "cluster_now", "site_events", "site_now"]

#: Attributes whose value a person reads; the others are kept for comparing.
_SHOWN_STATES = ("presence", "page", "payment", "company", "language", "catalogue", "host", "name-servers")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a time line. ``what`` is a word of the changes, or ``first-seen``, ``members`` or ``merged-into``."""

    crawl: str
    what: str
    site: str
    cluster: str
    before: str
    after: str
    sentence: str


def site_events(chain: Sequence[Shown], site: str) -> Iterator[Event]:
    """What every crawl told of a storefront, the oldest first. ``chain``: all findings, in order of their crawls."""
    cluster = ""
    for findings in chain:
        member = next((row for row in findings.members if row.site == site), None)
        if member is not None and not cluster:
            front = next(row for row in findings.storefronts if row.site == site)
            how = f", found from {front.discovered_by} ({front.discovered_how.replace('-', ' ')})" if front.discovered_by else ""
            said = f"asked for the first time{how}: {front.page_state if front.pages else front.outcome}"
            yield Event(findings.crawl_id, "first-seen", site, member.cluster, "", front.page_state, said)
        clusters = {cluster, member.cluster if member else ""} - {""}
        cluster = member.cluster if member else cluster
        for row in _in_order(findings):
            is_regrouped = not row.site and clusters & {row.cluster, *row.before.split()}
            is_heir = row.what in ("successor", "moved") and site in row.after.split()
            if row.site == site or is_regrouped or is_heir:
                yield _event(findings, row)


def cluster_events(chain: Sequence[Shown], name: str) -> Iterator[Event]:
    """What every crawl told of a cluster, with its members where they changed."""
    before: set[str] = set()
    for findings in chain:
        now = {row.site for row in findings.members if row.cluster == name}
        if now != before:
            said = _members_said(before, now)
            yield Event(findings.crawl_id, "members" if before else "first-seen", "", name, str(len(before)), str(len(now)), said)
        merged = False
        for row in _in_order(findings):
            if row.what == "merged" and name in row.before.split():
                merged = True
                yield Event(findings.crawl_id, "merged-into", "", row.cluster, name, row.cluster, row.sentence)
            elif row.cluster == name or (row.what == "split" and row.before == name):
                yield _event(findings, row)
        if before and not now and not merged:
            went = sorted({row.cluster for row in findings.members if row.site in before})
            yield Event(
                findings.crawl_id, "ended", "", name, name, " ".join(went), f"no cluster has this id now; see {', '.join(went)}"
            )
        before = now


def _members_said(before: set[str], now: set[str]) -> str:
    parts = []
    if new := sorted(now - before):
        parts.append(("with " if not before else "came: ") + ", ".join(new))
    if gone := sorted(before - now):
        parts.append("went: " + ", ".join(gone))
    return f"{'; '.join(parts)} ({count(len(now), 'storefront')})"


def _in_order(findings: Findings) -> list[ChangeRow]:
    return sorted(findings.changes, key=lambda row: (row.rank, row.cluster, row.site, row.sentence))


def _event(findings: Findings, row: ChangeRow) -> Event:
    return Event(findings.crawl_id, row.what, row.site, row.cluster, row.before, row.after, row.sentence)


def site_now(findings: Shown, site: str) -> list[tuple[str, str]]:
    """What is held to be so of a storefront, as (word, value)."""
    states = {row.attribute: row for row in findings.states if row.site == site}
    now = [(name, _state(states[name])) for name in _SHOWN_STATES if name in states and states[name].value]
    member = next((row for row in findings.members if row.site == site), None)
    if member is not None:
        size = sum(row.cluster == member.cluster for row in findings.members)
        now.append(("cluster", f"{member.cluster} ({count(size, 'storefront')}), last proved {day(member.proved)}"))
    return now or [("not known", f"the findings of {day(findings.crawl_id)} do not have it")]


def _state(state: StateRow) -> str:
    return f"{state.value}, since {day(state.since)}" + (f"; last asked {day(state.seen)}" if state.seen != state.since else "")


def cluster_now(findings: Shown, name: str) -> list[tuple[str, str]]:
    """The members of a cluster, as (presence, member since)."""
    rows = sorted((row for row in findings.members if row.cluster == name), key=lambda row: row.site)
    presence = {row.site: row.value for row in findings.states if row.attribute == "presence"}
    return [(presence.get(row.site, "member"), f"{row.site}, first seen {day(row.first_seen)}") for row in rows] or [
        ("none", "no storefront is in it any more")
    ]
