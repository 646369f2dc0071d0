"""Taking things out of findings: a forgotten site is nowhere, others keep theirs, people's data go where nothing rests on them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from analysis.findings import TABLES, ChangeRow, ClusterRow, EvidenceRow, Findings, LinkRow, MemberRow, StorefrontRow, TraceRow
from analysis.redaction import needed, without_people, without_site

CRAWL = "20260105T060000Z"


def made(record: type[Any], **given: object) -> Any:
    blank = {"str": "", "float": 0.0, "int": 0, "bool": False, "bytes": b""}
    return record(**{item.name: given.get(item.name, blank[str(item.type)]) for item in fields(record)})


def link(a: str, b: str, relation: str, **more: object) -> LinkRow:
    row: LinkRow = made(LinkRow, site_a=a, site_b=b, relation=relation, sentence=f"{a} and {b}", **more)
    return row


def findings() -> Findings:
    sites = ("a.example", "b.example", "c.example", "d.example", "sub-a.example")
    return Findings(
        crawl_id=CRAWL,
        previous="",
        storefronts=tuple(made(StorefrontRow, site=s, discovered_by="a.example" if s == "b.example" else "") for s in sites),
        traces=(
            made(TraceRow, site="b.example", kind="identity.mail", value="jane@b.example"),
            made(TraceRow, site="d.example", kind="identity.mail", value="joe@d.example"),
            made(TraceRow, site="d.example", kind="links.link_to", value="a.example"),
            made(TraceRow, site="d.example", kind="links.link_to", value="sub-a.example"),
        ),
        evidence=(
            made(EvidenceRow, site_a="a.example", site_b="b.example", kind="payment.merchant_id", digest_a="1", digest_b="2"),
            made(EvidenceRow, site_a="b.example", site_b="c.example", kind="layout.class", digest_a="3", digest_b="4"),
            made(EvidenceRow, site_a="c.example", site_b="d.example", kind="layout.class", digest_a="5", digest_b="6"),
        ),
        links=(link("a.example", "b.example", "same-operator"), link("b.example", "c.example", "same-kit")),
        members=tuple(made(MemberRow, site=s, cluster="c1" if s in sites[:2] else s) for s in sites),
        clusters=tuple(made(ClusterRow, cluster=c, size=n) for c, n in (("c1", 2), ("c.example", 1), ("d.example", 1))),
        changes=(
            made(ChangeRow, what="joined", site="b.example", digest="7", sentence="b.example joined a[.]example"),
            made(ChangeRow, what="payment", site="d.example", digest="8", sentence="d.example: payment"),
        ),
        compared=(link("a.example", "d.example", "none"),),
    )


def test_a_forgotten_site_stands_nowhere_and_others_keep_theirs() -> None:
    left = without_site(findings(), "a.example")
    said = [str(getattr(row, item.name)) for name in TABLES for row in getattr(left, name) for item in fields(row)]
    assert not [text for text in said if "a.example" in text.replace("sub-a.example", "") or "a[.]example" in text]
    assert [row.site for row in left.storefronts] == ["b.example", "c.example", "d.example", "sub-a.example"]
    assert {row.cluster: row.size for row in left.clusters} == {"c1": 1, "c.example": 1, "d.example": 1}
    assert [row.value for row in left.traces] == ["jane@b.example", "joe@d.example", "sub-a.example"]
    assert [(row.site_a, row.site_b) for row in left.links] == [("b.example", "c.example")]
    assert [row.what for row in left.changes] == ["payment"]


def test_a_cluster_without_members_goes() -> None:
    left = without_site(findings(), "c.example")
    assert [row.cluster for row in left.clusters] == ["c1", "d.example"]


def test_people_go_where_no_link_rests_on_the_storefront() -> None:
    assert [row.value for row in without_people(findings()).traces] == ["jane@b.example", "a.example", "sub-a.example"]


def test_what_analysts_act_on_is_needed_whole_and_the_rest_as_cited() -> None:
    rests = needed(findings())
    assert rests.whole == {"a.example", "b.example"}
    # d.example is only compared with c.example; its change is told all the same
    assert rests.cited == {"c.example": frozenset({"4"}), "d.example": frozenset({"8"})}


def test_notes_lose_the_part_that_names_the_site() -> None:
    notes = {"owned": "a.example b.example", "judgement_conflicts": "a.example and c.example | b.example and c.example", "x": "1"}
    left = without_site(replace(findings(), notes=notes), "a.example").notes
    assert left == {"owned": "b.example", "judgement_conflicts": "b.example and c.example", "x": "1"}
