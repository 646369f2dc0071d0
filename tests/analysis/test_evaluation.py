"""Figures against a truth: by hand on small cases, by brute force on random ones, and truth files that cannot be used."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evaluation import Evaluation, Truth, TruthProblem, evaluate, read_relations, read_truth
from analysis.findings import Findings, LinkRow, MemberRow

CRAWL = "20260302T060000Z"


def findings(clusters: dict[str, str], links: dict[tuple[str, str], str] | None = None) -> Findings:
    """site -> cluster, pair -> relation."""
    members = tuple(MemberRow(site, name, 1.0, CRAWL, CRAWL, CRAWL) for site, name in clusters.items())
    rows = tuple(
        LinkRow(a, b, relation, 0.5, 0.0, 0.0, 0.0, False, "", "", "", "") for (a, b), relation in sorted((links or {}).items())
    )
    return Findings(CRAWL, "", (), (), (), rows, members, (), ())


def truth(operators: dict[str, str], levels: dict[str, str] | None = None) -> Truth:
    return Truth(operators, {site: (levels or {}).get(site, "") for site in operators})


def scored(want: str, got: str) -> Evaluation:
    """One letter a site: its operator, its cluster."""
    sites = [f"s{n:02}" for n in range(len(want))]
    return evaluate(findings(dict(zip(sites, got, strict=True))), truth(dict(zip(sites, want, strict=True))))


def test_a_perfect_answer() -> None:
    found = scored("aaabbc", "xxxyyz")
    assert (found.precision, found.recall, found.f1, found.ari) == (1, 1, 1, 1)
    assert (found.bcubed_precision, found.bcubed_recall, found.bcubed_f1) == (1, 1, 1)
    assert (found.true_pairs, found.found_pairs, found.false_pairs) == (4, 4, 0)
    assert found.false_merges == found.missed == []


def test_an_answer_reckoned_by_hand() -> None:
    """Operators {1,2,3},{4,5},{6}; clusters {1,2},{3,4,5},{6}: 2 of 4 true pairs found, 2 false ones."""
    found = scored("aaabbc", "xxyyyz")
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    # B-cubed precision: 1, 1, 1/3, 2/3, 2/3, 1; recall: 2/3, 2/3, 1/3, 1, 1, 1
    assert found.bcubed_precision == pytest.approx(14 / 18)
    assert found.bcubed_recall == pytest.approx(14 / 18)
    # expected hits 4 * 4 / 15, so (2 - 16/15) / (4 - 16/15)
    assert found.ari == pytest.approx(14 / 44)
    assert [(a, b) for a, b, _ in found.false_merges] == [("s02", "s03"), ("s02", "s04")]
    assert [(a, b) for a, b, _ in found.missed] == [("s00", "s02"), ("s01", "s02")]


def test_no_links_at_all_is_worth_nothing_though_b_cubed_flatters() -> None:
    """The plain Rand index gives such an answer 0.998 on a real crawl."""
    found = scored("aabbcdefgh", "0123456789")
    assert (found.recall, found.f1, found.ari) == (0, 0, 0)
    assert found.precision == 1.0
    assert found.bcubed_f1 > 0.85


def test_one_cluster_for_all_is_worth_nothing_either() -> None:
    found = scored("aabbccdd", "xxxxxxxx")
    assert found.recall == 1.0
    assert found.precision == pytest.approx(4 / 28)
    assert found.ari == pytest.approx(0.0)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=14))
def test_the_figures_are_those_of_brute_force(labels: list[tuple[int, int]]) -> None:
    want, got = "".join(str(w) for w, _ in labels), "".join(str(g) for _, g in labels)
    found = scored(want, got)
    pairs = list(combinations(range(len(labels)), 2))
    true = {pair for pair in pairs if want[pair[0]] == want[pair[1]]}
    said = {pair for pair in pairs if got[pair[0]] == got[pair[1]]}
    assert (found.true_pairs, found.found_pairs, found.false_pairs) == (len(true), len(true & said), len(said - true))
    assert found.precision == pytest.approx(len(true & said) / len(said) if said else 1.0)
    assert found.recall == pytest.approx(len(true & said) / len(true) if true else 1.0)
    precision, recall = [], []
    for site in range(len(labels)):
        operator = {other for other in range(len(labels)) if want[other] == want[site]}
        cluster = {other for other in range(len(labels)) if got[other] == got[site]}
        precision.append(len(operator & cluster) / len(cluster))
        recall.append(len(operator & cluster) / len(operator))
    assert found.bcubed_precision == pytest.approx(sum(precision) / len(labels))
    assert found.bcubed_recall == pytest.approx(sum(recall) / len(labels))
    # Hubert and Arabie from the four counts of pairs
    n11, n10, n01 = len(true & said), len(said - true), len(true - said)
    n00 = len(pairs) - n11 - n10 - n01
    bottom = (n11 + n10) * (n10 + n00) + (n11 + n01) * (n01 + n00)
    assert found.ari == pytest.approx(2 * (n11 * n00 - n10 * n01) / bottom if bottom else 1.0)
    assert len(found.false_merges) == found.false_pairs
    assert len(found.missed) == found.true_pairs - found.found_pairs


def test_a_site_that_the_findings_lack_is_alone_and_counted() -> None:
    found = evaluate(findings({"a": "x"}), truth({"a": "op", "b": "op", "c": "op"}))
    assert (found.missing, found.clusters, found.recall) == (2, 3, 0.0)


def test_a_site_that_the_truth_lacks_is_not_judged() -> None:
    found = evaluate(
        findings({"a": "x", "b": "x", "stranger": "x"}, {("a", "stranger"): "same-operator"}), truth({"a": "op", "b": "op"})
    )
    assert (found.sites, found.false_pairs, found.false_links) == (2, 0, 0)


def test_recall_is_split_by_the_harder_side() -> None:
    levels = {"a": "original", "b": "L1", "c": "L3"}
    found = evaluate(findings({"a": "x", "b": "x", "c": "y"}), truth(dict.fromkeys("abc", "op"), levels))
    assert {name: (row.pairs_found, row.pairs) for name, row in found.levels.items()} == {
        "original": (0, 0),
        "L1": (1, 1),
        "L3": (0, 2),
    }
    assert {name: (row.sites_joined, row.sites) for name, row in found.levels.items()} == {
        "original": (1, 1),
        "L1": (1, 1),
        "L3": (0, 1),
    }


def test_a_false_link_counts_even_where_the_clusters_are_right() -> None:
    links = {("a", "b"): "same-operator", ("a", "c"): "copy-of"}
    assert evaluate(findings({"a": "1", "b": "2", "c": "3"}, links), truth({"a": "x", "b": "y", "c": "z"})).false_links == 1


def test_strangers_called_copies_are_named_where_no_copy_is_listed() -> None:
    links = {("a", "b"): "copy-of", ("a", "c"): "copy-of", ("b", "d"): "copy-of", ("c", "d"): "same-kit", ("a", "z"): "copy-of"}
    told = {("a", "c"): frozenset({"same_theme", "impersonates"})}
    known = truth({"a": "1", "b": "2", "c": "3", "d": "2"})
    assert evaluate(findings({}, links), known, told).false_copies == [("a", "b")]
    assert evaluate(findings({}, links), known).false_copies == []


def test_relations_are_scored_and_the_wrong_ones_named() -> None:
    links = {("a", "b"): "same-operator", ("a", "c"): "copy-of", ("b", "c"): "same-kit"}
    told = {
        ("a", "b"): frozenset({"same_operator"}),
        ("a", "c"): frozenset({"impersonates"}),
        ("b", "c"): frozenset({"shared_hosting"}),
        ("a", "d"): frozenset({"reseller_same_catalogue"}),
    }
    found = evaluate(findings({}, links), truth({"a": "1", "b": "1", "c": "2", "d": "3"}), told)
    assert found.relations == {
        "impersonates": (1, 1),
        "reseller_same_catalogue": (1, 1),
        "same_operator": (1, 1),
        "shared_hosting": (0, 1),
    }
    assert found.wrong_relations == [("b", "c", "shared_hosting", "same-kit")]


def test_probabilities_told_are_held_to_account_also_where_nothing_holds() -> None:
    found = findings({"a": "1", "b": "1", "c": "2"}, {("a", "b"): "same-operator"})
    (link,) = found.links
    compared = replace(link, site_b="c", relation="none", probability=0.05)
    outside = replace(compared, site_b="unlabelled")
    judged = evaluate(replace(found, compared=(compared, outside)), truth({"a": "one", "b": "one", "c": "two"}))
    assert [(row.pairs, row.mean, row.true) for row in judged.reliability.bins] == [(1, 0.05, 0.0), (1, 0.5, 1.0)]
    assert judged.reliability.error == pytest.approx((0.05 + 0.5) / 2)
    assert judged.many == 1


def test_truth_is_read_with_levels_and_weeks(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(
        "\ufeffsite,operator,notes,more\n"
        "https://www.A.example/x,one,level=L2 weeks=12,\nb.example,one,level=original weeks=2,\nc.example,two,,\n",
        "utf-8",
    )
    assert read_truth(path) == Truth(
        {"a.example": "one", "b.example": "one", "c.example": "two"}, {"a.example": "L2", "b.example": "original", "c.example": ""}
    )
    assert set(read_truth(path, week="1").operator) == {"a.example", "c.example"}


def test_a_level_column_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("site,operator,level\na.example,one,L4\n", "utf-8")
    assert read_truth(path).level == {"a.example": "L4"}


def test_relations_are_read_in_either_order_and_added_up(tmp_path: Path) -> None:
    path = tmp_path / "relations.csv"
    path.write_text("site_a,site_b,relation\nb.example,a.example,same_theme\na.example,b.example,shared_hosting\n", "utf-8")
    assert read_relations(path) == {("a.example", "b.example"): frozenset({"same_theme", "shared_hosting"})}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("domain,operator\na,b\n", r"line 1: no column named site"),
        ("site,operator\na.example,one\nb.example,\n", r"line 3: site or operator is empty"),
        ("", r"line 1: no column named site"),
        ("site,operator\na.example,one\nwww.a.example,two\n", r"line 3: a.example is given to another operator than before"),
        (b"site,operator\n\xff\xfe,x\n", r"cannot be read as CSV in UTF-8"),
    ],
)
def test_a_truth_that_cannot_be_used_is_named(tmp_path: Path, text: str | bytes, words: str) -> None:
    path = tmp_path / "truth.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TruthProblem, match=words) as problem:
        read_truth(path)
    assert str(path) in str(problem.value)


def test_a_truth_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruthProblem, match="absent"):
        read_truth(tmp_path / "absent.csv")
