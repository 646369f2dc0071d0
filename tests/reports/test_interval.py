"""Several crawls told as one: what is news over the whole interval is told once, what went and came back is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest

from analysis.findings import ChangeRow, Findings
from reports.digest import make_digest
from reports.interval import over
from reports.mail import MailSettings, message_bytes, weekly_mail
from reports.news import News

CRAWLS = ("20240304T060000Z", "20240311T060000Z", "20240318T060000Z")
START = "20240226T060000Z"
SITE = "tunedepot.example"

Change = Callable[..., ChangeRow]


@pytest.fixture
def change(world: ModuleType) -> Change:
    def made(what: str, before: str = "", after: str = "", site: str = SITE, cluster: str = "") -> ChangeRow:
        sentence = f"{site}: {what} {before} {after}"
        row: ChangeRow = world.change(what, site, cluster or world.A, 5, sentence, before, after)
        return row

    return made


def chain(findings: Findings, *weeks: tuple[ChangeRow, ...]) -> list[Findings]:
    """One findings a week with the given changes, the last week's tables in all."""
    crawls = CRAWLS[-len(weeks) :]
    before = (START, *CRAWLS)[-len(weeks) - 1 : -1]
    return [
        replace(findings, crawl_id=crawl, previous=previous, changes=changes)
        for crawl, previous, changes in zip(crawls, before, weeks, strict=True)
    ]


def told(findings: Findings, *weeks: tuple[ChangeRow, ...]) -> list[tuple[str, str, str]]:
    return [(row.what, row.before, row.after) for row in over(chain(findings, *weeks)).changes]


def test_one_crawl_is_told_as_it_is(world: ModuleType) -> None:
    assert message_bytes(weekly_mail(over([world.made()]))) == message_bytes(weekly_mail(world.made()))


def test_an_interval_starts_where_the_last_digest_ended(world: ModuleType, change: Change) -> None:
    findings = over(chain(world.made(), (), (), (change("company", "A", "B"),)))
    assert (findings.crawl_id, findings.previous, findings.notes["crawls"]) == (CRAWLS[2], START, "3")
    assert "since 26 February 2024" in str(weekly_mail(findings, MailSettings()).get_body(("plain",)).get_content())  # type: ignore[union-attr]


@pytest.mark.parametrize("crawls", [(), (0, 0), (1, 0)])
def test_a_chain_without_order_is_refused(world: ModuleType, crawls: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="interval"):
        over([replace(world.made(), crawl_id=CRAWLS[number]) for number in crawls])


def test_a_state_is_told_from_its_first_to_its_last(world: ModuleType, change: Change) -> None:
    weeks = (change("company", "A", "B"),), (), (change("company", "B", "C"),)
    assert told(world.made(), *weeks) == [("company", "A", "C")]


def test_a_state_that_changed_twice_is_told_in_a_sentence_of_its_own(world: ModuleType, change: Change) -> None:
    folded = over(chain(world.made(), (change("company", "A Ltd", "B Ltd"),), (change("company", "B Ltd", "C Ltd"),)))
    assert [row.sentence for row in folded.changes] == ["tunedepot.example now names “C Ltd”, before it named “A Ltd”"]


def test_steps_of_prices_multiply_and_small_ones_in_the_end_are_no_news(world: ModuleType, change: Change) -> None:
    up, more, down = (
        change("prices", "EUR", "EUR 1.100 9"),
        change("prices", "EUR", "EUR 1.100 7"),
        change("prices", "EUR", "EUR 0.910 8"),
    )
    assert told(world.made(), (up,), (more,)) == [("prices", "EUR", "EUR 1.210 7")]
    assert told(world.made(), (up,), (down,)) == []
    assert told(world.made(), (up,), (change("prices", "EUR", "USD 1.000 7"),)) == [("prices", "EUR", "USD 1.100 7")]


def test_networks_and_name_servers_change_apart(world: ModuleType, change: Change) -> None:
    weeks = (change("host", "network 1", "network 2"),), (change("host", "name-servers a", "name-servers b"),)
    assert len(told(world.made(), *weeks)) == 2


def test_what_came_back_to_where_it_was_is_no_news(world: ModuleType, change: Change) -> None:
    assert told(world.made(), (change("company", "A", "B"),), (change("company", "B", "A"),)) == []
    assert told(world.made(), (change("gone", "shop", "suspended"),), (change("back", "suspended", "shop"),)) == []


def test_a_shop_that_came_back_as_something_else_changed_its_page(world: ModuleType, change: Change) -> None:
    weeks = (change("gone", "shop", "suspended"),), (change("back", "suspended", "blog"),)
    assert told(world.made(), *weeks) == [("page-state", "shop", "blog")]


def test_a_shop_that_went_by_stages_is_gone(world: ModuleType, change: Change) -> None:
    weeks = (change("gone", "shop", "suspended"),), (change("page-state", "suspended", "for-sale"),)
    assert told(world.made(), *weeks) == [("gone", "shop", "for-sale")]


def test_payment_that_went_and_came_back_is_told_once_as_back(world: ModuleType, change: Change) -> None:
    weeks = (
        (change("payment", "accepted", "unavailable"),),
        (change("payment-still", "unavailable", "unavailable"),),
        (change("payment", "unavailable", "accepted"),),
    )
    assert told(world.made(), *weeks) == [("payment", "unavailable", "accepted")]


def test_payment_that_is_still_cut_is_told_as_cut_in_the_interval_it_was_cut_in(world: ModuleType, change: Change) -> None:
    cut, still = change("payment", "accepted", "unavailable"), change("payment-still", "unavailable", "unavailable")
    assert told(world.made(), (cut,), (still,)) == [("payment", "accepted", "unavailable")]
    assert told(world.made(), (still,), (still,)) == [("payment-still", "unavailable", "unavailable")]


def test_only_who_is_not_reached_now_was_not_reached(world: ModuleType, change: Change) -> None:
    missed = change("not-reached", "", "unreachable")
    assert told(world.made(), (missed,), ()) == []
    assert told(world.made(), (), (missed,)) == [("not-reached", "", "unreachable")]
    lasting = change("not-reached", "", "unreachable", site="quietlabel.example")
    assert told(world.made(), (lasting,), ()) == [("not-reached", "", "unreachable")]
    assert told(world.made(), (missed,), (change("reached-again", "unreachable", "shop"),)) == []
    assert told(world.made(), (missed,), (change("gone", "shop", "unreachable"),)) == [("gone", "shop", "unreachable")]


def test_who_was_found_in_the_first_crawl_is_still_news(world: ModuleType, change: Change) -> None:
    assert told(world.made(), (change("discovered", "", "link"),), (), ()) == [("discovered", "", "link")]


def alone(findings: Findings, first_seen: str) -> Findings:
    """The storefront out of its cluster."""
    members = tuple(replace(row, cluster="c-alone", first_seen=first_seen) if row.site == SITE else row for row in findings.members)
    return replace(
        findings, members=members, clusters=(*findings.clusters, replace(findings.clusters[0], cluster="c-alone", size=1))
    )


def test_joined_then_left_is_no_membership(world: ModuleType, change: Change) -> None:
    joined, left = change("joined", "c-alone", world.A), change("left", world.A, "c-alone")
    assert told(alone(world.made(), world.FIRST), (joined,), (left,)) == []


def test_a_stranger_that_joined_then_left_was_seen_for_the_first_time(world: ModuleType, change: Change) -> None:
    joined, left = change("joined", "", world.A), change("left", world.A, "c-alone")
    assert told(alone(world.made(), CRAWLS[1]), (joined,), (left,)) == [("appeared", "", "")]


def test_left_then_joined_again_is_no_news_and_left_for_good_is(world: ModuleType, change: Change) -> None:
    left, joined = change("left", world.A, "c-alone"), change("joined", "c-alone", world.A)
    assert told(world.made(), (left,), (joined,)) == []
    assert told(alone(world.made(), world.FIRST), (left,), ()) == [("left", world.A, "c-alone")]


def test_a_member_of_the_first_week_is_new_in_the_digest(world: ModuleType, change: Change) -> None:
    members = tuple(replace(row, first_seen=CRAWLS[0]) if row.site == SITE else row for row in world.made().members)
    findings = replace(world.made(), members=members)
    weeks = (change("appeared", "", "shop", cluster="c-old"),), (change("joined", "c-old", world.A),), ()
    folded = over(chain(findings, *weeks))
    cluster = next(row for row in folded.clusters if row.cluster == world.A)
    assert [(row.what, row.cluster) for row in folded.changes] == [("joined", world.A)]
    assert News(folded).new_members(cluster) == {SITE}


def test_clusters_and_copies_of_the_first_week_are_new(world: ModuleType) -> None:
    findings = world.made()
    clusters = tuple(replace(row, first_seen=CRAWLS[0]) if row.cluster == world.C else row for row in findings.clusters)
    members = tuple(replace(row, first_seen=CRAWLS[0]) if row.site == "albumhaus-mp3.example" else row for row in findings.members)
    findings = replace(findings, clusters=clusters, members=members)
    told_then = world.change("appeared", "", world.C, 1, "they are a new cluster")
    digest = make_digest(over(chain(findings, (told_then,), (), ())))
    assert [(row.name, row.is_new) for row in digest.clusters] == [(world.C, True)]
    assert len(digest.copies) == 1


def test_mergers_of_mergers_are_one_and_unknown_parents_are_not_named(world: ModuleType) -> None:
    findings = world.made()

    def merged(before: str, after: str) -> ChangeRow:
        return ChangeRow("merged", "", after, before, after, 1, f"the clusters {after}, {before} are one now", "", "")

    folded = over(chain(findings, (merged("c-x", world.B),), (merged(f"{world.B}", world.A),)))
    assert [row.before.split() for row in folded.changes] == [[world.B, "c-x"]]
    young = replace(findings.clusters[0], cluster="c-young", first_seen=CRAWLS[1])
    weeks = chain(findings, (), (merged("c-young", world.A),))
    weeks[0] = replace(weeks[0], clusters=(*findings.clusters, young))
    assert over(weeks).changes == ()


def test_an_old_shop_that_sells_again_has_no_successor(world: ModuleType, change: Change) -> None:
    heir = change("successor", "kicksvault.example", "solebargain.example", site="kicksvault.example")
    assert told(world.made(), (heir,), ()) == []
    assert told(world.made(), (change("successor", "albumhaus.example", SITE, site="albumhaus.example"),), ()) != []
