"""Findings of a few crawls made by hand: a shop whose payment comes and goes, a second that joins it, a week without news."""

from __future__ import annotations

from pathlib import Path

from analysis.findings import ChangeRow, ClusterRow, Findings, MemberRow, StorefrontRow, write

FIRST, SECOND, THIRD, FOURTH = "20260302T060000Z", "20260309T060000Z", "20260316T060000Z", "20260323T060000Z"


def front(site: str) -> StorefrontRow:
    return StorefrontRow(
        site, f"https://{site}/", "storefront", "finished", "", "shop", "", site, "en", "", "accepted", 9, 5, "", "", b""
    )


def change(what: str, site: str, sentence: str, before: str = "", after: str = "") -> ChangeRow:
    return ChangeRow(what, site, "c1", before, after, 3, sentence, f"https://{site}/", "ab" * 32)


PAYMENT = change("payment", "one.example", "one.example takes no payment any more", "accepted", "withdrawn")
LANGUAGE = change("company", "two.example", "two.example names another company", "Lamps Ltd", "Lights Ltd")
GONE = change("gone", "two.example", "two.example is gone", "shop", "gone")
JOINED = change("joined", "two.example", "two.example joined one.example", "c2", "c1")


def write_findings(data: Path, crawl: str, previous: str = "", *changes: ChangeRow) -> Findings:
    """One crawl's findings under ``data``."""
    sites = ("one.example", "two.example")
    found = Findings(
        crawl_id=crawl,
        previous=previous,
        storefronts=tuple(front(site) for site in sites),
        traces=(),
        evidence=(),
        links=(),
        members=tuple(MemberRow(site, "c1", 0.99, FIRST, crawl, crawl) for site in sites),
        clusters=(ClusterRow("c1", 2, 0.99, 1.0, "one.example two.example 0.99", "", "", FIRST, crawl),),
        changes=changes,
    )
    write(found, data / "findings" / crawl)
    return found
