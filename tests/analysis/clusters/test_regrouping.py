"""Joined, left, merged, split: each regrouping is told by one word, once, and only where both sides were read."""

from __future__ import annotations

from tests.analysis.clusters.lives import Chain, down, front

SITES = ("a", "b", "c", "d", "e")


def told(chain: Chain, clusters: dict[str, str], *fronts) -> list[tuple[str, str]]:
    rows = {row.site: row for row in (*(front(site) for site in clusters), *fronts)}
    return [(row.what, row.site or row.cluster) for row in chain.crawl(rows.values(), clusters)]


def test_a_member_that_comes_is_told_and_those_it_came_to_are_not() -> None:
    chain = Chain()
    assert told(chain, {"a": "x", "b": "x", "c": "y"}) == []
    assert told(chain, {"a": "x", "b": "x", "c": "x", "d": "x"}) == [("joined", "c"), ("joined", "d")]
    assert told(chain, {"a": "x", "b": "x", "c": "x", "d": "x"}) == []


def test_a_merger_is_told_once_and_not_member_by_member() -> None:
    chain = Chain()
    told(chain, {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert told(chain, dict.fromkeys("abcd", "x")) == [("merged", "x")]
    assert (chain.findings[1].changes[0].before, chain.findings[1].changes[0].after) == ("y", "x")


def test_a_split_is_told_once_and_names_its_parent() -> None:
    chain = Chain()
    told(chain, dict.fromkeys("abcd", "x"))
    assert told(chain, {"a": "x", "b": "x", "c": "y", "d": "y"}) == [("split", "y")]
    assert (chain.findings[1].changes[0].before, chain.findings[1].changes[0].after) == ("x", "y")


def test_of_two_that_part_one_has_left() -> None:
    chain = Chain()
    told(chain, {"a": "x", "b": "x"})
    assert told(chain, {"a": "x", "b": "y"}) == [("left", "b")]
    assert "b no longer shows evidence of common operation with a" in chain.findings[1].changes[0].sentence


def test_nobody_leaves_who_was_not_read_or_whose_fellows_were_not() -> None:
    for missed in (down("b"), down("b", "finished", "bot-challenge"), down("b", "finished", "parked")):
        chain = Chain()
        told(chain, {"a": "x", "b": "x"})
        assert "left" not in [what for what, _ in told(chain, {"a": "x", "b": "y"}, missed)]
    chain = Chain()
    told(chain, {"a": "x", "b": "x"})
    assert "left" not in [what for what, _ in told(chain, {"a": "x", "b": "y"}, down("a"))]


def test_a_membership_that_flaps_is_told_once_each_way_and_then_when_it_settles() -> None:
    chain = Chain()
    apart, together = {"a": "x", "b": "x", "c": "y"}, dict.fromkeys("abc", "x")
    weeks = [apart, together, apart, together, apart, together, together, together, together]
    rows = [[what for what, _ in told(chain, week)] for week in weeks]
    assert rows == [[], ["joined"], ["left"], [], [], [], [], ["joined"], []]


def test_one_that_goes_from_one_cluster_to_another_has_joined_it() -> None:
    chain = Chain()
    told(chain, {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"})
    assert told(chain, {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}) == [("joined", "c")]
    assert (chain.findings[1].changes[0].before, chain.findings[1].changes[0].after) == ("x", "y")
