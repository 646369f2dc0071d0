"""The difference of any two findings: what is held to be so in both, and nothing of the way there."""

from __future__ import annotations

from dataclasses import replace

from analysis.clusters.between import difference
from tests.analysis.clusters.lives import Chain, down, front


def test_what_went_and_came_back_is_no_difference() -> None:
    chain = Chain()
    chain.tells(front("a"), front("a", payment="unavailable"), down("a", "finished", "parked"), front("a"))
    assert difference(chain.findings[0], chain.findings[3]) == []
    assert [row.what for row in difference(chain.findings[0], chain.findings[1])] == ["payment"]
    assert [row.what for row in difference(chain.findings[0], chain.findings[2])] == ["payment", "gone"]
    assert [row.what for row in difference(chain.findings[2], chain.findings[3])] == ["payment", "back"]


def test_several_changes_are_told_as_one() -> None:
    chain = Chain()
    names = ("North Wind Trading", "South Sea Goods", "East Gate Supplies")
    chain.tells(*[front("a", company=name) for name in names])
    (row,) = difference(chain.findings[0], chain.findings[2])
    assert (row.before, row.after) == (names[0], names[2])


def test_regroupings_are_found_between_crawls_that_are_no_neighbours() -> None:
    chain = Chain()
    for clusters in (
        {"a": "x", "b": "x", "c": "y", "d": "y"},
        {"a": "x", "b": "x", "c": "y", "d": "z"},
        dict.fromkeys("abcd", "x"),
    ):
        chain.crawl([front(site) for site in clusters], clusters)
    assert [(row.what, row.before) for row in difference(chain.findings[0], chain.findings[2])] == [("merged", "y")]


def test_a_correction_in_between_is_told_as_one() -> None:
    chain = Chain()
    chain.crawl([front("a"), front("b"), front("c")], {"a": "x", "b": "x", "c": "x"})
    chain.crawl([front("a"), front("b"), front("c")], {"a": "x", "b": "x", "c": "y"})
    older, newer = chain.findings
    (left,) = difference(older, newer)
    assert (left.what, left.site) == ("left", "c")
    corrected = replace(left, what="corrected", rank=1, sentence="an analyst's correction")
    assert difference(older, newer, [corrected]) == [corrected]
    assert difference(older, newer, [replace(corrected, site="a")]) == [left]


def test_a_newcomer_and_a_silent_end_are_differences() -> None:
    chain = Chain()
    chain.crawl([front("a")])
    for _ in range(5):
        chain.crawl([down("a"), front("b")])
    told = [(row.what, row.site) for row in difference(chain.findings[0], chain.findings[-1])]
    assert told == [("gone", "a"), ("appeared", "b")]
    assert [row.what for row in difference(chain.findings[0], chain.findings[1])] == ["appeared", "not-reached"]
