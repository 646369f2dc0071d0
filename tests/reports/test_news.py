"""New clusters, grown clusters and new members are told apart; a first crawl has clusters but nothing that is new in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

from analysis.findings import Findings, Relation, read, write
from reports.digest import make_digest
from reports.graph_data import graph_data
from reports.mail import message_bytes, weekly_mail
from reports.news import News


def kinds(findings: Findings) -> list[tuple[str, bool, int]]:
    news = News(findings)
    return [(row.cluster, news.is_new(row), len(news.new_members(row))) for row in news.clusters]


def test_a_cluster_first_seen_is_new_and_one_that_grew_is_not(world: ModuleType) -> None:
    assert kinds(world.made()) == [(world.C, True, 2), (world.A, False, 2)]


def test_a_lone_storefront_that_others_join_is_a_new_cluster(world: ModuleType) -> None:
    findings = world.made()
    only = tuple(row for row in findings.members if row.site not in ("memberdisc.example", "tunedepot.example"))
    clusters = tuple(replace(row, size=2) if row.cluster == world.A else row for row in findings.clusters)
    assert (world.A, True, 2) in kinds(replace(findings, members=only, clusters=clusters))


def test_a_first_crawl_tells_every_cluster_and_marks_nobody(world: ModuleType) -> None:
    first = replace(world.made(), previous="", changes=())
    assert kinds(first) == [(world.A, True, 0), (world.B, True, 0), (world.C, True, 0)]
    digest = make_digest(first)
    assert not digest.is_quiet
    assert len(digest.copies) == 4
    assert all(any(member.story for member in cluster.members) for cluster in digest.clusters)


def test_what_is_still_unavailable_is_told_with_payment_and_what_was_missed_once(world: ModuleType) -> None:
    rows = (
        world.change(
            "payment-still", "tunedepot.example", world.A, 6, "tunedepot.example: payment is not back, it is still unavailable"
        ),
        world.change("not-reached", "quietlabel.example", "", 13, "quietlabel.example was not reached (connection refused)"),
    )
    digest = make_digest(replace(world.made(), changes=rows))
    assert [(section.title, [line.sentence for line in section.said]) for section in digest.sections] == [
        ("Payment", ["tunedepot[.]example: payment is not back, it is still unavailable"])
    ]
    assert digest.not_reached == ("quietlabel[.]example: unreachable (connection refused)",)
    assert "1 payment notice" in digest.counts


def test_a_host_nobody_asked_for_was_not_missed(world: ModuleType) -> None:
    findings = world.made()
    fronts = tuple(replace(row, outcome="not-asked") if row.outcome == "unreachable" else row for row in findings.storefronts)
    assert make_digest(replace(findings, storefronts=fronts)).not_reached == ()


def test_pairs_between_which_nothing_holds_are_no_links(world: ModuleType) -> None:
    findings = world.made()
    links = tuple(replace(row, relation=str(Relation.NONE)) for row in findings.links)
    assert graph_data(replace(findings, links=links))["links"] == []


def test_findings_read_back_from_disk_make_the_same_mail(world: ModuleType, tmp_path: Path) -> None:
    findings = world.made()
    clean = replace(findings, evidence=tuple(row for row in findings.evidence if row != world.HOSTILE_EVIDENCE))
    write(clean, tmp_path / findings.crawl_id)
    assert message_bytes(weekly_mail(read(tmp_path / findings.crawl_id))) == message_bytes(weekly_mail(clean))


def test_a_copy_of_a_whole_cluster_is_told_once_and_only_when_the_copy_is_new(world: ModuleType) -> None:
    findings = world.made()
    more = (
        replace(
            row, site_a="albumhaus-mp3.example", site_b=other, relation=str(Relation.COPY_OF), original=other, bits=row.bits - 9
        )
        for row in findings.links
        for other in ("songkontor.example", "tunedepot.example")
        if row.site_a == "albumhaus-mp3.example"
    )
    copied = replace(findings, links=(*findings.links, *more))
    assert make_digest(copied).copies == ()
    members = tuple(
        replace(row, first_seen=world.CRAWL) if row.site == "albumhaus-mp3.example" else row for row in findings.members
    )
    told = make_digest(replace(copied, members=members)).copies
    assert [story.sentence.split(";")[0] for story in told] == ["albumhaus-mp3[.]example is a copy of albumhaus[.]example"]
    family = next(row for row in graph_data(copied)["families"] if len(row["members"]) == 4)
    assert graph_data(copied)["sites"][family["original"]]["name"] == "albumhaus[.]example"


def test_a_first_crawl_without_a_find_says_so(world: ModuleType) -> None:
    empty = replace(world.quiet(), previous="", links=(), clusters=())
    assert weekly_mail(empty)["Subject"] == "samehand, 18 March 2024: first crawl, nothing to tell yet"


def test_a_first_crawl_with_nothing_but_a_copy_counts_it(world: ModuleType) -> None:
    copies = tuple(row for row in world.made().links if row.site_a == "albumhaus-mp3.example")
    first = replace(world.quiet(), previous="", links=copies, clusters=())
    assert weekly_mail(first)["Subject"] == "samehand, 18 March 2024: 1 new copy"


def test_a_change_in_a_cluster_without_news_gives_its_reasons_once(world: ModuleType) -> None:
    rows = (
        world.change("gone", "kicksvault.example", world.B, 4, "kicksvault.example is gone"),
        world.change("back", "solebargain.example", world.B, 4, "solebargain.example is back"),
        world.change("gone", "nordwolle.example", "", 4, "nordwolle.example is gone"),
    )
    (section,) = make_digest(replace(world.made(), changes=rows)).sections
    told = {line.sentence.split("[")[0]: line for line in section.said}
    first = told["kicksvault"].story
    assert first is not None
    assert first.sentence.startswith("kicksvault[.]example and solebargain[.]example: evidence consistent with common operation")
    assert len(first.reasons) == 2
    assert first.seen.startswith("first seen: kicksvault[.]example 15 January 2024")
    assert told["solebargain"].story is None
    assert (told["kicksvault"].sure, told["solebargain"].sure) == ("likely, 88 %", "")
    assert told["solebargain"].cluster == world.B
    assert told["nordwolle"].cluster == told["nordwolle"].sure == ""
