"""Verdicts: what a cluster adds to its pairs, directions, bridges, and the sentences."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from analysis.clusters.constraints import apart_pairs, judged_edges
from analysis.clusters.lineage import Named, name_clusters
from analysis.clusters.partition import Edge, partition
from analysis.findings import LinkRow, MemberRow, Relation
from analysis.fingerprints.registry import KINDS
from analysis.linkage.blocking import candidate_pairs
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.corpus import ANSWER_KINDS
from analysis.linkage.judged import judged_matches
from analysis.linkage.judgements import Judgement, Verdict, resolve
from analysis.linkage.link import Linkage
from analysis.linkage.matching import Match, match
from analysis.verdicts import KEPT_FROM, cluster_rows, evidence_rows, link_rows, told_pairs

ALL = {**KINDS, **{kind.name: kind for kind in ANSWER_KINDS}}
PRIOR = -7.0
CRAWL = "20260302T060000Z"


def row(name: str, bits: float, value: str = "x", overlap: float | None = None) -> Contribution:
    direction = Direction.FOR if bits > 0 else Direction.AGAINST if bits < 0 else Direction.EXPLAINED
    sentence = f"{name} {value}"
    return Contribution(
        ALL[name], direction, bits, 0.5, 0.01, "floor", "", value, value, None, None, sentence, max(bits, 0.0), overlap
    )


def same(a: str, b: str, value: str = "pass") -> Match:
    return match(a, b, [row("answers.login_host", 14.0, value), row("policy.shingle", 2.5)], PRIOR)


def copy(a: str, b: str, *, of: str = "", goods: bool = True) -> Match:
    rows = [row("policy.shingle", 2.5, overlap=0.9), *([row("catalogue.sku", 3.0)] if goods else [])]
    return match(a, b, [*rows, *([row("links.copied_from", 1.0, of)] if of else [])], PRIOR)


def kit(a: str, b: str) -> Match:
    return match(a, b, [row("assets.theme_name", 0.0)], PRIOR)


class Case:
    """Matches by pair, taken through clusters to rows as analysis does."""

    def __init__(
        self,
        matches: dict[tuple[str, str], Match],
        *,
        first_seen: dict[str, str] | None = None,
        carried: dict[tuple[str, str], str] | None = None,
        several: Collection[tuple[str, str]] = (),
    ) -> None:
        self.sites = sorted({site for pair in matches for site in pair} | {site for pair in carried or {} for site in pair})
        linkage = Linkage(matches, candidate_pairs([]), tuple(self.sites), PRIOR)
        self.edges = [
            Edge(a, b, found.probability, frozenset(c.value for c in found.contributions if c.kind.cls.is_control))
            for (a, b), found in matches.items()
            if found.relation is Relation.SAME_OPERATOR
        ] + [Edge(a, b, 0.95, frozenset({"held"})) for a, b in [*(carried or {}), *several]]
        self.named: list[Named] = name_clusters(partition(self.sites, self.edges), None, CRAWL)
        self.told = told_pairs(linkage, self.named, self.edges, carried or {}, several=frozenset(several))
        cut = [edge for item in self.named for edge in item.cluster.bridges]
        rows = link_rows(self.told, self.named, first_seen or {}, cut)
        self.links: dict[tuple[str, str], LinkRow] = {(link.site_a, link.site_b): link for link in rows}

    def adds_up(self) -> bool:
        sums = dict.fromkeys(self.told, PRIOR)
        for item in evidence_rows(self.told):
            sums[item.site_a, item.site_b] += item.bits
        return all(self.links[pair].bits == pytest.approx(total, abs=0.01) for pair, total in sums.items())


def test_a_pair_of_one_cluster_is_one_operator_if_only_through_a_third() -> None:
    case = Case({("a", "b"): same("a", "b"), ("b", "c"): same("b", "c"), ("a", "c"): kit("a", "c")})
    through = case.links["a", "c"]
    assert through.relation == Relation.SAME_OPERATOR
    assert not through.review
    assert "both are linked to b" in through.pro
    assert through.sentence == "a and c are held together through other storefronts of their cluster"
    assert case.links["a", "b"].sentence == "a and b show evidence consistent with common operation"
    assert case.adds_up()


def test_who_joined_by_several_links_is_told_so() -> None:
    several = [("a", "c"), ("b", "c")]
    case = Case({("a", "b"): same("a", "b"), **{pair: kit(*pair) for pair in several}}, several=several)
    for pair in several:
        assert (case.links[pair].relation, case.links[pair].probability) == (Relation.SAME_OPERATOR, 0.95)
        assert "shares such traces with several storefronts of the other's operator" in case.links[pair].pro
    assert case.adds_up()


def test_a_pair_that_was_never_a_candidate_has_a_row_in_its_cluster() -> None:
    case = Case({("a", "b"): same("a", "b"), ("b", "c"): same("b", "c"), ("c", "d"): same("c", "d")})
    assert ("a", "d") in case.links
    assert "both are linked to other storefronts of their cluster" in case.links["a", "d"].pro
    assert case.adds_up()


def test_a_false_bridge_is_cut_shown_and_for_review() -> None:
    """One strong value planted between two operators of three: they stay apart and an analyst is sent there."""
    pairs = {}
    for house in ("abc", "xyz"):
        for one in house:
            for two in house:
                if one < two:
                    pairs[one, two] = same(one, two, f"pass of {house}")
    pairs["c", "x"] = same("c", "x", "planted")
    case = Case(pairs)
    assert [item.cluster.sites for item in case.named] == [("a", "b", "c"), ("x", "y", "z")]
    bridge = case.links["c", "x"]
    assert (bridge.relation, bridge.review) == (Relation.FOR_REVIEW, True)
    assert bridge.sentence == "c and x share strong evidence that would bridge two clusters: for review"
    members = [MemberRow(site, item.name, 1.0, CRAWL, CRAWL, CRAWL) for item in case.named for site in item.cluster.sites]
    assert all(entry.bridges.startswith("c x 0.99") for entry in cluster_rows(case.named, members))


def test_a_membership_of_an_earlier_crawl_names_it() -> None:
    case = Case({("a", "b"): kit("a", "b")}, carried={("a", "b"): "20260202T060000Z"})
    link = case.links["a", "b"]
    assert link.relation == Relation.SAME_OPERATOR
    assert link.sentence == "a and b showed evidence consistent with common operation in an earlier crawl"
    assert "20260202T060000Z" in link.pro
    assert case.adds_up()


@pytest.mark.parametrize(("of", "original"), [("a", "a"), ("b", "b"), ("", "")])
def test_a_mark_tells_the_original(of: str, original: str) -> None:
    link = Case({("a", "b"): copy("a", "b", of=of)}).links["a", "b"]
    assert (link.relation, link.original) == (Relation.COPY_OF, original)
    if original:
        thief = "b" if original == "a" else "a"
        assert link.sentence == f"{thief} is a copy of {original}; nothing shows that one operator runs both"
    else:
        assert link.sentence == "a and b descend from one source"


def test_without_a_mark_the_one_that_was_seen_first_is_the_original() -> None:
    matches = {("a", "b"): copy("a", "b")}
    assert Case(matches, first_seen={"a": "20260406T060000Z", "b": CRAWL}).links["a", "b"].original == "b"
    assert Case(matches, first_seen={"a": CRAWL, "b": CRAWL}).links["a", "b"].original == ""


def test_a_mark_outweighs_the_dates() -> None:
    seen = {"a": "20260406T060000Z", "b": CRAWL}
    assert Case({("a", "b"): copy("a", "b", of="a")}, first_seen=seen).links["a", "b"].original == "a"


def test_a_copy_of_one_member_is_a_copy_of_all() -> None:
    """The mirror was seen later than the copy of its sister; still nobody says that the mirror was copied from the copy."""
    matches = {("m", "o"): same("m", "o"), ("c", "o"): copy("c", "o", of="o"), ("c", "m"): copy("c", "m")}
    links = Case(matches, first_seen={"c": CRAWL, "o": CRAWL, "m": "20260406T060000Z"}).links
    assert links["c", "o"].original == "o"
    assert links["c", "m"].original == "m"


def test_pairs_of_which_nothing_holds_are_kept_only_when_there_is_something_to_explain() -> None:
    told = [row("identifiers.google_analytics", 4.0), row("identity.mail", 4.0)]
    quiet, loud = match("a", "b", [], PRIOR), match("a", "c", told, PRIOR)
    assert quiet.probability < KEPT_FROM <= loud.probability
    case = Case({("a", "b"): quiet, ("a", "c"): loud})
    assert list(case.links) == [("a", "c")]
    assert case.links["a", "c"].sentence == "a and c were compared and nothing holds"


def test_reasons_come_strongest_first_with_the_counter_reasons_apart() -> None:
    rows = [
        row("policy.shingle", 2.5),
        row("answers.login_host", 14.0),
        row("identity.declared_company", -1.0),
        row("catalogue.currency", -0.3),
    ]
    link = Case({("a", "b"): match("a", "b", rows, PRIOR)}).links["a", "b"]
    assert link.pro == "answers.login_host x; policy.shingle x"
    assert link.contra == "identity.declared_company x; catalogue.currency x"


def test_every_contribution_is_a_row() -> None:
    case = Case({("a", "b"): same("a", "b")})
    rows = evidence_rows(case.told)
    assert [(item.kind, item.cls, item.direction) for item in rows] == [
        ("answers.login_host", "D", "for"),
        ("policy.shingle", "A", "for"),
    ]
    assert case.adds_up()


def test_a_cluster_says_its_size_density_and_weakest_link() -> None:
    case = Case({("a", "b"): same("a", "b"), ("b", "c"): same("b", "c")})
    members = [MemberRow(site, case.named[0].name, 1.0, CRAWL, CRAWL, CRAWL) for site in "abc"]
    (entry,) = cluster_rows(case.named, members)
    assert (entry.size, entry.density, entry.last_seen) == (3, pytest.approx(2 / 3, abs=1e-6), CRAWL)
    assert entry.weakest.startswith(("a b ", "b c "))


def judged_case(matches: dict[tuple[str, str], Match], *rows: tuple[str, str, Verdict]) -> dict[tuple[str, str], LinkRow]:
    """Matches by pair, taken through judgements and clusters to link rows as analysis does."""
    sites = sorted({site for pair in matches for site in pair} | {site for a, b, _ in rows for site in (a, b)})
    standing = resolve(Judgement(n, f"2026-03-{n:02}T06:00:00Z", "ann", v, "seen", a, b) for n, (a, b, v) in enumerate(rows, 1))
    linkage = Linkage(judged_matches(matches, standing, sites, PRIOR), candidate_pairs([]), tuple(sites), PRIOR)
    edges = [
        Edge(a, b, found.probability, frozenset(c.value for c in found.contributions if c.kind.cls.is_control))
        for (a, b), found in linkage.matches.items()
        if found.relation is Relation.SAME_OPERATOR and (a, b) not in standing.same
    ]
    edges += judged_edges(standing, sites)
    named = name_clusters(partition(sites, edges, apart_pairs(standing, sites)), None, CRAWL)
    told = told_pairs(linkage, named, edges, {}, standing)
    cut = [edge for item in named for edge in item.cluster.bridges]
    return {(link.site_a, link.site_b): link for link in link_rows(told, named, {}, cut)}


def test_what_only_a_judgement_holds_says_so_and_keeps_its_own_probability() -> None:
    links = judged_case({("a", "b"): same("a", "b")}, ("b", "c", Verdict.SAME))
    assert links["b", "c"].sentence == "b and c are held to be of one operator by an analyst's judgement"
    assert links["a", "c"].sentence == "a and c are held together by an analyst's judgement on others of their cluster"
    assert links["a", "c"].relation == Relation.SAME_OPERATOR
    assert links["a", "c"].bits == links["b", "c"].bits == PRIOR
    assert "b and c are run by one operator (ann, 2026-03-01 06:00 UTC)" in links["a", "c"].pro


def test_a_link_cut_for_a_judgements_sake_names_it() -> None:
    links = judged_case({("a", "b"): same("a", "b"), ("b", "c"): same("b", "c")}, ("a", "c", Verdict.DIFFERENT))
    assert links["a", "b"].relation == Relation.SAME_OPERATOR
    assert (links["b", "c"].relation, links["b", "c"].review) == (Relation.FOR_REVIEW, True)
    assert (
        links["b", "c"].sentence
        == "b and c share strong evidence, but an analyst's judgement keeps their clusters apart: for review"
    )
    assert links["b", "c"].contra.startswith(
        "cut for the sake of an analyst's judgement: a and c are not run by one operator (ann,"
    )
    assert links["a", "c"].sentence == "a and c are held apart by an analyst's judgement"


def test_what_is_held_apart_may_still_be_a_copy() -> None:
    links = judged_case({("a", "b"): copy("a", "b", of="a")}, ("a", "b", Verdict.DIFFERENT))
    assert links["a", "b"].sentence == "a and b are held apart by an analyst's judgement; b is a copy of a"
