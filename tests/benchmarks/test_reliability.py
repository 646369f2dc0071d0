"""Reliability and the page of the shipped values: counts shown, too few operators said, what moved with its interval."""

from __future__ import annotations

from analysis.calibration import calibrate
from analysis.evaluation import Truth
from analysis.evidence import Family
from analysis.findings import Findings, LinkRow
from analysis.fitting import LabelledPair
from analysis.linkage.blocking import candidate_pairs
from analysis.linkage.caps import read_judged, values_of
from analysis.linkage.link import Linkage
from analysis.linkage.matching import match, prior_bits
from benchmarks.defaults import calibration_page
from benchmarks.reliability import evidence_section, told_section
from benchmarks.stories import HELD_OUT, TOLD


def rows(operators: int) -> list[LabelledPair]:
    found = []
    for n in range(operators):
        found.append(LabelledPair("w", "c", f"op{n}", f"op{n}", 10, {Family.TEXT: 3.0}, {}, {Family.PAYMENT: 14.0}))
        texts = {Family.TEXT: 4.0, Family.IMAGERY: 4.0}
        found.append(LabelledPair("w", "c", f"op{n}", f"stranger{n}", 10, texts, {}, {}))
    return found


def test_few_operators_are_said_to_be_too_few() -> None:
    sites = ("a.example", "b.example", "c.example")
    prior = prior_bits(len(sites))
    matches = {(a, b): match(a, b, [], prior) for a, b in (sites[:2], sites[1:])}
    linkage = Linkage(matches, candidate_pairs([]), sites, prior)
    truth = Truth({"a.example": "one", "b.example": "one", "c.example": "two"}, {})
    alone = "\n".join(evidence_section([("Week 1", linkage, truth)]))
    assert (
        "Week 1, each pair by its own evidence alone, clusters aside: 2 compared pairs with known operators, 1 of them true"
        in alone
    )
    links = tuple(LinkRow(a, b, "none", 0.25, 0.0, 0.0, 0.0, False, "", "", "", "") for a, b in matches)
    findings = Findings("20260302T060000Z", "", (), (), (), links, (), (), ())
    told = "\n".join(told_section([("week 1", findings, truth)]))
    assert "| week 1 | 2 | 0.250 |" in told
    assert "| 0.2 to 0.3 | 2 | 0.250 | 0.500 |" in told
    assert "Operators of two storefronts or more: 1, which is too few" in told


def test_all_rows_are_told_together_and_how_to_read_that() -> None:
    """Two weeks of one market: the pairs of both count, the different ones are named, and the error is that of all of them."""
    truth = Truth({"a.example": "one", "b.example": "one", "c.example": "two"}, {})
    rows = []
    for week, sure in (("week 1", 0.75), ("week 2", 0.95)):
        links = (
            LinkRow("a.example", "b.example", "none", sure, 0.0, 0.0, 0.0, False, "", "", "", ""),
            LinkRow("b.example", "c.example", "none", 0.15, 0.0, 0.0, 0.0, False, "", "", "", ""),
        )
        rows.append((week, Findings("20260302T060000Z", "", (), (), (), links, (), (), ()), truth))
    told = "\n".join(told_section(rows))
    assert "| week 1 | 2 | 0.200 |" in told
    assert "| week 2 | 2 | 0.100 |" in told
    assert "| all rows together | 4 | 0.150 |" in told
    assert "2 different pairs of storefronts among them" in told
    assert "no independent samples" in told


def test_the_page_names_what_moved_with_its_interval_and_what_was_held_out() -> None:
    judged = read_judged()
    found = calibrate(rows(12), judged, judged)
    told = calibration_page(found, rows(3))
    assert found.is_better
    old, new = values_of(judged), values_of(found.fitted.caps)
    for name, (low, high) in found.fitted.intervals.items():
        line = f"| `{name}` | {old[name]:g} | {new[name]:g} | {low:g} to {high:g} |"
        assert (line in told) == (old[name] != new[name])
    assert found.sentence in told
    assert "Stories that no fit has seen" in told
    assert all(f"| {family} |" in told for family in found.without)


def test_no_story_is_both_fitted_and_held_out() -> None:
    assert not {tale.seed for tale in TOLD} & {tale.seed for tale in HELD_OUT}
    assert {tale.without_control for tale in HELD_OUT} == {tale.framed for tale in HELD_OUT} == {True, False}
