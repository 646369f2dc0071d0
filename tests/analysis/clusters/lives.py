"""A history made of rows: what each crawl shows of each storefront, its clusters, and the findings chained by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from analysis.clusters.changes import changes_between
from analysis.clusters.history import past_rows
from analysis.clusters.memory import Patience
from analysis.clusters.watch import watch
from analysis.findings import ChangeRow, ClusterRow, Findings, MemberRow, StorefrontRow, TraceRow

ROLES = "cart,checkout,home,listing,product"


def week(number: int) -> str:
    """The crawl id of a week, counted from 1."""
    return f"{datetime(2026, 1, 5, 6, tzinfo=UTC) + timedelta(weeks=number - 1):%Y%m%dT%H%M%SZ}"


def front(site: str, **parts: object) -> StorefrontRow:
    """A shop that was read whole and takes payments; ``parts`` say what is different."""
    plain = StorefrontRow(
        site, f"https://{site}/", "storefront", "finished", "", "shop", "", "", "en", "", "accepted", 40, 9, "", "", b"", ROLES
    )
    return replace(plain, **parts)


def down(site: str, outcome: str = "unreachable", state: str = "unreachable") -> StorefrontRow:
    """A storefront of which nothing was seen."""
    return front(site, outcome=outcome, page_state=state, payment="", products=0, roles="", languages="")


def trace(site: str, kind: str, value: str, weight: float = 1.0) -> TraceRow:
    return TraceRow(site, kind, value, "", f"https://{site}/seen", "d" * 64, weight)


class Chain:
    """Findings of one crawl after another, each a function of the one before."""

    def __init__(self, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        self.findings: list[Findings] = []

    def crawl(
        self,
        fronts: Iterable[StorefrontRow],
        clusters: Mapping[str, str] | None = None,
        traces: Iterable[TraceRow] = (),
        crawl_id: str = "",
    ) -> list[ChangeRow]:
        """The changes of the next crawl; ``clusters`` site -> id, by default each its own."""
        crawl_id = crawl_id or week(len(self.findings) + 1)
        previous = self.findings[-1] if self.findings else None
        rows, seen = list(fronts), list(traces)
        first = {row.site: row.first_seen for row in previous.members} if previous else {}
        of = {row.site: (clusters or {}).get(row.site, f"of-{row.site}") for row in rows}
        members = [MemberRow(site, name, 1.0, first.get(site, crawl_id), crawl_id, crawl_id) for site, name in of.items()]
        names = list(of.values())
        sizes = [ClusterRow(name, names.count(name), 1.0, 1.0, "", "", "", crawl_id, crawl_id) for name in sorted(set(names))]
        watched = watch(previous, rows, seen, crawl_id, self.patience)
        changes, states = changes_between(previous, watched, rows, members, self.patience)
        self.findings.append(
            Findings(
                crawl_id,
                previous.crawl_id if previous else "",
                tuple(rows),
                tuple(seen),
                (),
                (),
                tuple(members),
                tuple(sizes),
                tuple(changes),
                {},
                (),
                tuple(states),
                watched.steps,
                past_rows(previous),
            )
        )
        return changes

    def tells(self, *weeks: StorefrontRow) -> list[list[str]]:
        """The words of the changes of each of these weeks, for one storefront."""
        return [[row.what for row in self.crawl([week])] for week in weeks]
