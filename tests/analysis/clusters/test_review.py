"""The queue: the most useful question first, settled ones gone, one question for two clusters."""

from __future__ import annotations

from analysis.clusters.review import Question, review_questions
from analysis.findings import ClusterRow, EvidenceRow, Findings, LinkRow, MemberRow
from analysis.linkage.judgements import Judgement, Standing, Verdict, resolve

CRAWL = "20260302T060000Z"


def link(a: str, b: str, probability: float, relation: str = "for-review") -> LinkRow:
    return LinkRow(a, b, relation, probability, 0.0, 0.0, 0.0, relation == "for-review", "", "", "", "")


def found(members: dict[str, str], *links: LinkRow, through: tuple[tuple[str, str], ...] = ()) -> Findings:
    rows = tuple(MemberRow(site, name, 1.0, CRAWL, CRAWL, CRAWL) for site, name in members.items())
    sizes = {name: [*members.values()].count(name) for name in members.values()}
    clusters = tuple(ClusterRow(name, size, 1.0, 1.0, "", "", "", CRAWL, CRAWL) for name, size in sizes.items())
    evidence = tuple(
        EvidenceRow(a, b, "cluster.through", "links", "A", "for", 9.0, 1.0, 1.0, "floor", "", "", "", "", "", "", "", "")
        for a, b in through
    )
    return Findings(CRAWL, "", (), (), evidence, links, rows, clusters, ())


def asked(findings: Findings, standing: Standing | None = None) -> list[tuple[str, str]]:
    return [(question.link.site_a, question.link.site_b) for question in questions(findings, standing)]


def questions(findings: Findings, standing: Standing | None = None) -> tuple[Question, ...]:
    return review_questions(findings, standing or Standing())


def judged(a: str, b: str, verdict: Verdict) -> Standing:
    return resolve([Judgement(1, "2026-03-02T06:00:00Z", "ann", verdict, "seen", a, b)])


ALONE = {site: site for site in "abcdef"}
#: Three and two storefronts, and a lone one.
GROUPS = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "c": "c"}


def test_an_even_chance_comes_before_a_likely_one() -> None:
    assert asked(found(ALONE, link("a", "b", 0.8), link("c", "d", 0.5))) == [("c", "d"), ("a", "b")]


def test_an_answer_that_decides_more_pairs_comes_first() -> None:
    rows = questions(found(GROUPS, link("a1", "b1", 0.8), link("a2", "c", 0.5)))
    assert [(row.link.site_b, row.decides) for row in rows] == [("b1", 6), ("c", 3)]
    assert rows[0].usefulness == 0.96


def test_of_two_clusters_one_question_is_asked() -> None:
    (row,) = questions(found(GROUPS, link("a1", "b1", 0.8), link("a2", "b2", 0.6), link("a3", "b1", 0.7)))
    assert (row.link.site_a, row.also) == ("a2", 2)


def test_a_weak_link_that_holds_a_cluster_together_is_asked() -> None:
    """a1 and a2 hang by one link on a3, b1 by another: which of them is wrong parts two pairs or one."""
    members = dict.fromkeys(("a1", "a2", "a3", "b1"), "a")
    sure = [link(*pair, 0.97, "same-operator") for pair in (("a1", "a2"), ("a1", "a3"), ("a3", "b1"))]
    held = [link(*pair, 0.97, "same-operator") for pair in (("a2", "a3"), ("a2", "b1"), ("a1", "b1"))]
    rows = questions(found(members, *sure, *held, through=tuple((row.site_a, row.site_b) for row in held)))
    assert [(row.link.site_a, row.link.site_b, row.decides) for row in rows] == [("a1", "a3", 4), ("a1", "a2", 3), ("a3", "b1", 3)]


def test_a_link_near_the_threshold_is_asked_and_a_sure_one_is_not() -> None:
    members = dict.fromkeys(("a1", "a2", "a3"), "a")
    rows = (
        link("a1", "a2", 0.93, "same-operator"),
        link("a1", "a3", 0.995, "same-operator"),
        link("a2", "a3", 0.9999, "same-operator"),
    )
    assert asked(found(members, *rows)) == [("a1", "a2")]


def test_what_is_settled_is_not_asked() -> None:
    findings = found(GROUPS, link("a1", "b1", 0.8), link("a2", "b2", 0.6))
    for verdict in (Verdict.SAME, Verdict.DIFFERENT):
        assert ("a1", "b1") not in asked(findings, judged("a1", "b1", verdict))
    assert asked(findings, judged("a1", "b2", Verdict.DIFFERENT)) == []
    assert asked(found(ALONE, link("a", "b", 0.5)), resolve([], owned=["a"])) == []


def test_what_was_left_open_comes_last_with_the_note() -> None:
    rows = questions(found(ALONE, link("a", "b", 0.5), link("c", "d", 0.7)), judged("a", "b", Verdict.UNSURE))
    assert [(row.link.site_a, row.unsure is not None) for row in rows] == [("c", False), ("a", True)]


def test_each_bridge_decides_the_pairs_that_it_alone_connects() -> None:
    """A chain of two triangles and a lone end: of the seven storefronts the bridges part 3 from 4, and 1 from 6."""
    triangles = [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e"), ("d", "f"), ("e", "f")]
    links = [link(*pair, 0.999, "same-operator") for pair in (*triangles, ("c", "d"), ("f", "g"))]
    rows = questions(found(dict.fromkeys("abcdefg", "one"), *links))
    assert {(row.link.site_a, row.link.site_b): row.decides for row in rows} == {("c", "d"): 12, ("f", "g"): 6}
