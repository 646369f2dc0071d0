"""Questions to all findings: the time line of a storefront or a cluster, and what is different between two crawls."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.clusters.between import difference
from analysis.findings import ChangeRow, Findings, StateRow, finished, read_changes
from reports.escape import defang_text, terminal
from reports.words import count, day
from samehand.asking import site_names
from samehand.data_folder import DataFolder, check_crawl_id
from samehand.problems import BadInput

__all__ = ["Event", "diff", "history"]

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


def history(arguments: argparse.Namespace) -> int:
    """The time line of one storefront or one cluster, over all findings."""
    data = DataFolder(arguments.data)
    chain = [read_changes(folder) for folder in finished(data.findings)]
    if not chain:
        raise BadInput(f"{data.findings}: no findings here; run `samehand analyse` first")
    name = str(arguments.name).strip()
    if any(row.cluster == name for findings in chain for row in findings.clusters):
        events, now = list(_of_cluster(chain, name)), _cluster_now(chain[-1], name)
    else:
        name = _site(chain, name)
        events, now = list(_of_site(chain, name)), _site_now(chain[-1], name)
    if arguments.json:
        print(json.dumps([{field: getattr(event, field) for field in Event.__slots__} for event in events], indent=1))
        return 0
    print(f"{_text(name)}, over {count(len(chain), 'crawl')} from {day(chain[0].crawl_id)} to {day(chain[-1].crawl_id)}\n")
    for event in events:
        print(f"{day(event.crawl):>18}  {event.what:14} {_text(event.sentence)}")
    print("\nnow")
    for word, value in now:
        print(f"  {word:16} {_text(value)}")
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """What is different between two crawls, from the older to the newer."""
    data = DataFolder(arguments.data)
    one, two = check_crawl_id(arguments.crawl_a), check_crawl_id(arguments.crawl_b)
    if one == two:
        raise BadInput(f"{one}: name two different crawls")
    known = [folder.name for folder in finished(data.findings)]
    for crawl in (one, two):
        if crawl not in known:
            there = f"there are findings of {', '.join(known[-12:])}" if known else "there are no findings at all"
            raise BadInput(f"{crawl}: no findings of this crawl under {data.findings}; {there}")
    older, newer = sorted((one, two))
    rows = difference(data.found(older), data.found(newer))
    if arguments.json:
        print(json.dumps([{field: getattr(row, field) for field in ChangeRow.__slots__} for row in rows], indent=1))
        return 0
    order = " (named in the other order)" if one > two else ""
    print(f"from {older} ({day(older)}) to {newer} ({day(newer)}){order}: {count(len(rows), 'change')}")
    for row in rows:
        print(f"  {row.what:14} {_text(row.sentence)}")
    return 0


def _of_site(chain: Sequence[Findings], site: str) -> Iterator[Event]:
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


def _of_cluster(chain: Sequence[Findings], name: str) -> Iterator[Event]:
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


def _site_now(findings: Findings, site: str) -> list[tuple[str, str]]:
    states = {row.attribute: row for row in findings.states if row.site == site}
    now = [(name, _state(states[name])) for name in _SHOWN_STATES if name in states and states[name].value]
    member = next((row for row in findings.members if row.site == site), None)
    if member is not None:
        size = sum(row.cluster == member.cluster for row in findings.members)
        now.append(("cluster", f"{member.cluster} ({count(size, 'storefront')}), last proved {day(member.proved)}"))
    return now or [("not known", f"the findings of {day(findings.crawl_id)} do not have it")]


def _state(state: StateRow) -> str:
    return f"{state.value}, since {day(state.since)}" + (f"; last asked {day(state.seen)}" if state.seen != state.since else "")


def _cluster_now(findings: Findings, name: str) -> list[tuple[str, str]]:
    rows = sorted((row for row in findings.members if row.cluster == name), key=lambda row: row.site)
    presence = {row.site: row.value for row in findings.states if row.attribute == "presence"}
    return [(presence.get(row.site, "member"), f"{row.site}, first seen {day(row.first_seen)}") for row in rows] or [
        ("none", "no storefront is in it any more")
    ]


def _site(chain: Sequence[Findings], name: str) -> str:
    known = {row.site for findings in chain for row in findings.storefronts}
    for candidate in site_names(name):
        if candidate in known:
            return candidate
    raise BadInput(f"{name}: no such storefront or cluster in any findings; `samehand export clusters` lists the newest")


def _text(text: str) -> str:
    """Safe for a terminal, addresses defanged."""
    return terminal(defang_text(text), 2000)
