"""What is no change and still worth a line beside the changes: payment that was lost and is not back."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings import ChangeRow, Findings

__all__ = ["with_standing"]

_STILL = {
    "unavailable": "it is still unavailable",
    "withdrawn": "it is still withdrawn",
    "moved": "customers are still sent elsewhere to pay",
}
_RANK = 7


def with_standing(findings: Findings) -> Findings:
    """The findings with a ``payment-still`` row for each storefront that was read and whose payment an earlier crawl told lost.

    A crawl without changes stays without: what merely goes on is no news.
    """
    if not findings.changes:
        return findings
    states = {(row.site, row.attribute): row for row in findings.states}
    member = {row.site: row for row in findings.members}
    urls = {row.site: row.url for row in findings.storefronts}
    rows = []
    for (site, attribute), row in sorted(states.items()):
        presence = states.get((site, "presence"))
        if attribute != "payment" or row.value not in _STILL or presence is None or presence.value != "reached":
            continue
        if row.since < findings.crawl_id == row.seen and site in member:
            sentence = f"{site}: payment is not back, {_STILL[row.value]}"
            change = ("payment-still", site, member[site].cluster, row.value, row.value, _RANK, sentence, urls.get(site, ""), "")
            rows.append(ChangeRow(*change))
    return replace(findings, changes=(*findings.changes, *rows))
