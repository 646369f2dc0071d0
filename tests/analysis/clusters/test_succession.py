"""Successors and moves: who goes on where a storefront ends, told once for each that ended."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.clusters.lives import Chain, down, front, trace

RING = dict.fromkeys(("old", "new", "other"), "x")


def changes(
    chain: Chain, fronts: list, clusters: dict[str, str] | None = None, traces: list | None = None
) -> list[tuple[str, str, str]]:
    return [(row.what, row.site, row.after) for row in chain.crawl(fronts, clusters or RING, traces or [])]


def test_an_end_names_those_of_its_cluster_that_go_on_once() -> None:
    chain = Chain()
    changes(chain, [front("old"), front("new")])
    ended = down("old", "finished", "parked")
    assert changes(chain, [ended, front("new")]) == [("successor", "old", "new"), ("gone", "old", "parked")]
    assert changes(chain, [ended, front("new")]) == []


def test_a_silent_end_has_its_successor_when_it_is_established() -> None:
    chain = Chain()
    changes(chain, [front("old"), front("new")])
    rows = [changes(chain, [down("old"), front("new")]) for _ in range(6)]
    assert rows[0] == [("not-reached", "old", "unreachable")]
    assert rows[3] == [("successor", "old", "new"), ("gone", "old", "unreachable")]
    assert rows[1] == rows[2] == rows[4] == rows[5] == []


def test_a_newcomer_with_the_evidence_of_one_that_ended_is_its_successor() -> None:
    chain = Chain()
    changes(chain, [front("old"), front("z")])
    changes(chain, [down("old", "finished", "suspended"), front("z")])
    rows = changes(chain, [down("old", "finished", "suspended"), front("z"), front("new")])
    assert rows == [("joined", "new", "x"), ("successor", "old", "new")]
    assert changes(chain, [down("old", "finished", "suspended"), front("z"), front("new")]) == []


def test_a_redirect_to_a_stranger_is_a_move_and_to_a_fellow_a_succession() -> None:
    gone = down("old", "finished", "redirect-only")
    for to, word in (("stranger", "moved"), ("new", "successor")):
        chain = Chain()
        changes(chain, [front("old"), front("new")])
        told = changes(chain, [gone, front("new")], traces=[trace("old", "links.redirects_to", to)])
        assert told == [(word, "old", to)]
        assert changes(chain, [gone, front("new")], traces=[trace("old", "links.redirects_to", to)]) == []
        assert changes(chain, [front("old"), front("new")]) == [("back", "old", "shop")]


def test_a_redirect_whose_target_could_not_be_read_ends_nothing() -> None:
    chain = Chain()
    away = down("old", "finished", "redirect-only")
    changes(chain, [front("old"), front("new")])
    told = [changes(chain, [replace(away, unread="links"), front("new")]) for _ in range(6)]
    assert told == [[("not-reached", "old", "redirect-only")], [], [], [], [], []]
    read = [trace("old", "links.redirects_to", "new")]
    assert changes(chain, [away, front("new")], traces=read) == [("successor", "old", "new")]


def test_a_place_that_was_announced_before_the_end_is_a_move() -> None:
    chain = Chain()
    alone = {"old": "x", "z": "z"}
    changes(chain, [front("old"), front("z")], alone, [trace("old", "links.moved_to", "z")])
    told = changes(chain, [down("old", "finished", "suspended"), front("z")], alone)
    assert told == [("moved", "old", "z"), ("gone", "old", "suspended")]


def test_who_comes_back_may_have_a_successor_again() -> None:
    chain = Chain()
    ended = down("old", "finished", "parked")
    rows = [changes(chain, [look, front("new")]) for look in (front("old"), ended, *[front("old")] * 6, ended)]
    assert rows[1] == rows[-1] == [("successor", "old", "new"), ("gone", "old", "parked")]
