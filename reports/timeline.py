"""The time line of the graph page: which crawl told what, and whom it was about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.findings import Findings
from reports.escape import defang_text, visible
from reports.words import day, moment

__all__ = ["timeline"]

Json = dict[str, object]

#: What an event does to the eye: a ring changed, money, an end or a return, a door, or a detail.
_SORTS: Mapping[str, str] = {
    **dict.fromkeys(("merged", "split", "joined", "left", "discovered", "appeared", "corrected"), "ring"),
    "payment": "money",
    **dict.fromkeys(("gone", "back", "successor", "moved", "gate", "page-state"), "end"),
}
#: Changes of so many storefronts may be named by their cluster.
_NAMED = 60


@dataclass(frozen=True, slots=True)
class _Told:
    """One change, of this crawl or of one before."""

    what: str
    site: str
    cluster: str
    after: str
    sentence: str


def timeline(
    findings: Findings, index: Mapping[str, int], clusters: Mapping[str, Sequence[int]], most: int
) -> tuple[list[Json], list[Json], int]:
    """(crawls, events, events left out). ``index`` site -> its number on the page; ``clusters`` id -> its storefronts' numbers.

    The newest ``most`` events stay; every crawl that told anything is there, and this one too.
    """
    told: dict[str, list[_Told]] = defaultdict(list)
    for past in sorted(findings.past, key=lambda row: (row.crawl, row.number)):
        told[past.crawl].append(_Told(past.what, past.site, past.cluster, past.after, past.sentence))
    order = sorted(findings.changes, key=lambda row: (row.rank, row.cluster, row.site, row.what, row.sentence))
    told[findings.crawl_id] = [_Told(row.what, row.site, row.cluster, row.after, row.sentence) for row in order]
    if findings.previous:
        told.setdefault(findings.previous, [])
    left = max(sum(map(len, told.values())) - most, 0)
    skip = left
    crawls: list[Json] = []
    events: list[Json] = []
    for crawl in sorted(told):
        rows = told[crawl][min(skip, len(told[crawl])) :]
        skip -= len(told[crawl]) - len(rows)
        when = moment(crawl)
        crawls.append(
            {
                "day": day(crawl),
                "short": f"{when.day} {when:%b}" if when else visible(crawl, 12),
                "year": str(when.year) if when else "",
                "events": list(range(len(events), len(events) + len(rows))),
            }
        )
        for row in rows:
            events.append(
                {
                    "crawl": len(crawls) - 1,
                    "what": visible(row.what, 40).replace("-", " "),
                    "sort": _SORTS.get(row.what, "detail"),
                    "sentence": defang_text(row.sentence, 400),
                    "sites": _about(row, index, clusters),
                }
            )
    return crawls, events, left


def _about(row: _Told, index: Mapping[str, int], clusters: Mapping[str, Sequence[int]]) -> list[int]:
    """The storefronts an event is about, as the page numbers them: its own, its heirs, or its whole cluster."""
    if not row.site:
        return list(clusters.get(row.cluster, ()))[:_NAMED]
    names = [row.site, *(row.after.split() if row.what in ("successor", "moved") else ())]
    return [index[name] for name in dict.fromkeys(names) if name in index]
