"""The changes that earlier crawls told, handed on from findings to findings for the time line."""

from __future__ import annotations

from analysis.findings import Findings, PastRow

__all__ = ["PAST_ROWS", "past_rows"]

#: Changes that are handed on; a year of a few hundred storefronts has fewer. The older ones stay in their own findings.
PAST_ROWS = 3000


def past_rows(previous: Findings | None) -> tuple[PastRow, ...]:
    """What was told up to and with the previous crawl, the newest ``PAST_ROWS`` of it, in order of crawls."""
    if previous is None:
        return ()
    order = sorted(previous.changes, key=lambda row: (row.rank, row.cluster, row.site, row.what, row.sentence))
    told = [
        PastRow(previous.crawl_id, number, row.what, row.site, row.cluster, row.before, row.after, row.sentence)
        for number, row in enumerate(order)
    ]
    return tuple([*sorted(previous.past, key=lambda row: (row.crawl, row.number)), *told][-PAST_ROWS:])
