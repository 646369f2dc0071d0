"""Judgements as links and as pairs kept apart, also where a storefront that joins two others is not there."""

from __future__ import annotations

from analysis.clusters.constraints import apart_pairs, judged_edges, still_carried
from analysis.clusters.partition import Edge, partition
from analysis.findings import EvidenceRow, Findings, MemberRow
from analysis.linkage.judgements import Judgement, Standing, Verdict, resolve

MARCH = "20260302T060000Z"


def standing(*rows: tuple[str, str, Verdict], noise: str = "", owned: tuple[str, ...] = ()) -> Standing:
    judged = [Judgement(n, f"2026-03-{n:02}T06:00:00Z", "ann", verdict, "seen", a, b) for n, (a, b, verdict) in enumerate(rows, 1)]
    if noise:
        judged.append(
            Judgement(99, "2026-04-01T06:00:00Z", "ann", Verdict.NOISE, "a test key", kind="payment.payee_key", value=noise)
        )
    return resolve(judged, owned=owned)


def evidence(a: str, b: str, kind: str, bits: float, value: str = "", cls: str = "C") -> EvidenceRow:
    return EvidenceRow(a, b, kind, "payment", cls, "for", bits, 0.5, 0.1, "floor", "", value, value, "", "", "", "", "")


def past(*rows: EvidenceRow, clusters: dict[str, str] | None = None) -> Findings:
    members = tuple(MemberRow(site, name, 1.0, MARCH, MARCH, MARCH) for site, name in (clusters or {}).items())
    return Findings(MARCH, "", (), (), rows, (), members, (), ())


CHAIN = standing(("a", "b", Verdict.SAME), ("b", "c", Verdict.SAME), ("c", "x", Verdict.DIFFERENT))


def test_judged_pairs_are_links() -> None:
    assert [(edge.a, edge.b, edge.judged) for edge in judged_edges(CHAIN, "abcx")] == [("a", "b", True), ("b", "c", True)]


def test_a_group_is_joined_though_the_storefront_between_is_not_there() -> None:
    assert [(edge.a, edge.b) for edge in judged_edges(CHAIN, "acx")] == [("a", "c")]
    assert judged_edges(CHAIN, "cx") == []


def test_a_pair_kept_apart_stands_for_its_groups() -> None:
    assert apart_pairs(CHAIN, "abcx") == [("c", "x")]
    assert apart_pairs(CHAIN, "abx") == [("a", "x")]
    assert apart_pairs(CHAIN, "abc") == []


def test_what_is_judged_different_is_not_held_together_by_a_third() -> None:
    """x is linked to a and to d; d is linked to c: no way leads round the judgement."""
    edges = [Edge("a", "x", 0.99), Edge("d", "x", 0.99), Edge("c", "d", 0.99), *judged_edges(CHAIN, "abcdx")]
    found = [cluster.sites for cluster in partition("abcdx", edges, apart_pairs(CHAIN, "abcdx"))]
    assert not any({"x", site} <= set(sites) for sites in found for site in "abc")
    assert any({"a", "b", "c"} <= set(sites) for sites in found)


def test_history_does_not_bring_back_what_was_judged_apart() -> None:
    carried = [Edge("a", "x", 0.99), Edge("d", "x", 0.99)]
    assert still_carried(carried, past(), CHAIN) == [Edge("d", "x", 0.99)]


def test_history_does_not_bring_back_what_only_a_judgement_held() -> None:
    """The judgement was taken back since; what hung on it goes with it."""
    rows = [evidence("a", "b", "judgement.same", 0.0, cls="J"), evidence("a", "c", "cluster.through", 9.0, cls="A")]
    previous = past(*rows, clusters={"a": "one", "b": "one", "c": "one", "d": "two", "e": "two"})
    carried = [Edge("a", "b", 0.9), Edge("a", "c", 0.9), Edge("b", "c", 0.99), Edge("d", "e", 0.9)]
    assert still_carried(carried, previous, Standing()) == carried[2:]


def test_history_does_not_bring_back_what_rests_on_noise_alone() -> None:
    previous = past(
        evidence("a", "b", "payment.payee_key", 12.0, "test"),
        evidence("a", "c", "payment.payee_key", 12.0, "test"),
        evidence("a", "c", "payment.payee_key", 12.0, "own"),
    )
    carried = [Edge("a", "b", 0.99), Edge("a", "c", 0.99)]
    assert still_carried(carried, previous, standing(noise="test")) == carried[1:]


def test_history_does_not_bring_back_what_is_protected_now() -> None:
    assert still_carried([Edge("a", "b", 0.99)], past(), standing(owned=("a",))) == []
