"""Questions to the findings: why, show, export, evaluate, on a small market that was really brought in and analysed."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import duckdb
import pytest

from samehand.asking import EXPORTED, FORMATS
from samehand.cli import main


def asked(market, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a question is answered with; it must be answered."""
    capsys.readouterr()
    assert main([*words, "--data", str(market.data)]) == 0
    return capsys.readouterr().out


def test_why_gives_every_contribution_in_bits_with_its_source(market, capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(market, capsys, "why", "mirror.example", "house.example")
    assert said.startswith("house[.]example and mirror[.]example show evidence consistent with common operation\n")
    assert "relation same-operator" in said
    assert "publishable payment key" in said
    assert "payment.payee_key, class C, family payment" in said
    assert re.search(r"house\[\.\]example: hxxps://house\[\.\]example/cart sha256:[0-9a-f]{64}", said)
    against = said[said.index("\nagainst\n") :]
    assert "different company declared as their own" in against
    weight = re.search(r"match weight ([+-][\d.]+) bits", said)
    assert weight is not None
    bits = [float(number) for number in re.findall(r"^ {2,4}([+-]\d+\.\d) ", said, re.MULTILINE)]
    assert sum(bits) == pytest.approx(float(weight[1]), abs=0.05 * len(bits))


def test_why_answers_alike_in_either_order_and_however_a_site_is_written(market, capsys: pytest.CaptureFixture[str]) -> None:
    plain = asked(market, capsys, "why", "house.example", "mirror.example")
    assert asked(market, capsys, "why", "https://www.mirror.example/cart", "house[.]example") == plain


def test_why_of_strangers_says_so(market, capsys: pytest.CaptureFixture[str]) -> None:
    assert "share too little" in asked(market, capsys, "why", "parked.example", "house.example")


def test_why_explains_a_copy(market, capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(market, capsys, "why", "copy.example", "house.example")
    assert said.startswith("copy[.]example is a copy of house[.]example; nothing shows that one operator runs both")
    assert "canonical address" in said


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [("nobody.example", "house.example", "no such storefront"), ("house.example",) * 2 + ("two different",)],
)
def test_why_refuses_what_it_cannot_answer(market, capsys: pytest.CaptureFixture[str], one: str, two: str, words: str) -> None:
    assert main(["why", one, two, "--data", str(market.data)]) == 2
    assert words in capsys.readouterr().err


def test_show_tells_a_storefront(market, capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(market, capsys, "show", "house.example")
    for words in ("House of lamps", "page state   shop", "company      Lampworks Ltd", "payment      accepted", "pages read   5"):
        assert words in said
    assert re.search(r"same-operator 0\.99\d  mirror\[\.\]example", said)
    assert re.search(r"copy-of       0\.\d{3}  copy\[\.\]example", said)


def test_show_tells_a_page_that_is_no_shop(market, capsys: pytest.CaptureFixture[str]) -> None:
    assert 'page state   for-sale (says "domain is for sale")' in asked(market, capsys, "show", "parked.example")


def test_show_tells_a_cluster(market, capsys: pytest.CaptureFixture[str]) -> None:
    name = re.search(r"cluster      (c[0-9a-f]{9})", asked(market, capsys, "show", "house.example"))
    assert name is not None
    said = asked(market, capsys, "show", name[1])
    assert said.startswith(f"cluster {name[1]}: 2 storefronts, first seen 20260302T060000Z")
    assert "house[.]example" in said
    assert "mirror[.]example" in said


def test_what_a_shop_wrote_cannot_speak_to_the_terminal(market, capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(market, capsys, "show", "loner.example")
    assert "\ufffd[2J\ufffd]0;owned" in said
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", said)
    assert "https://" not in said


@pytest.mark.parametrize("table", EXPORTED)
@pytest.mark.parametrize("form", FORMATS)
def test_exports_are_the_same_every_time(market, capsys: pytest.CaptureFixture[str], tmp_path: Path, table: str, form: str) -> None:
    paths = [tmp_path / f"{number}.{form}" for number in (1, 2)]
    for path in paths:
        asked(market, capsys, "export", table, "--format", form, "-o", str(path))
    assert paths[0].read_bytes() == paths[1].read_bytes() != b""


def test_clusters_and_links_have_the_columns_that_were_promised(market, capsys: pytest.CaptureFixture[str]) -> None:
    clusters = list(csv.DictReader(io.StringIO(asked(market, capsys, "export", "clusters"))))
    assert list(clusters[0]) == ["site", "cluster", "probability", "first_seen", "last_seen"]
    assert [row["site"] for row in clusters] == [
        "copy.example",
        "house.example",
        "loner.example",
        "mirror.example",
        "parked.example",
    ]
    cluster = {row["site"]: row["cluster"] for row in clusters}
    assert cluster["house.example"] == cluster["mirror.example"]
    assert len(set(cluster.values())) == 4
    links = list(csv.DictReader(io.StringIO(asked(market, capsys, "export", "links"))))
    assert list(links[0]) == ["site_a", "site_b", "relation", "probability", "bits", "for", "against"]
    told = {(row["site_a"], row["site_b"]): row["relation"] for row in links}
    assert told["house.example", "mirror.example"] == "same-operator"
    assert told["copy.example", "house.example"] == "copy-of"
    assert not any("parked.example" in pair for pair in told)
    assert {relation for pair, relation in told.items() if "loner.example" in pair} <= {"same-kit"}


def test_json_and_parquet_say_the_same_as_csv(market, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(asked(market, capsys, "export", "links"))))
    asked(market, capsys, "export", "links", "--format", "json", "-o", str(tmp_path / "l.json"))
    asked(market, capsys, "export", "links", "--format", "parquet", "-o", str(tmp_path / "l.parquet"))
    text = (tmp_path / "l.json").read_text("utf-8")
    assert [row["site_b"] for row in rows] == re.findall(r'"site_b": ?"([^"]+)"', text)
    assert duckdb.sql(f"SELECT site_b FROM read_parquet('{tmp_path / 'l.parquet'}')").fetchall() == [
        (row["site_b"],) for row in rows
    ]


def truth(tmp_path: Path, text: str) -> str:
    path = tmp_path / "truth.csv"
    path.write_text(text, "utf-8")
    return str(path)


def test_evaluate_gives_the_figures(market, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    operators = "house.example,one\nmirror.example,one\ncopy.example,thief\nloner.example,loner\nparked.example,nobody\n"
    said = asked(market, capsys, "evaluate", truth(tmp_path, f"site,operator\n{operators}"))
    assert "precision 1.000  recall 1.000  F1 1.000   (1 of 1 pairs, 0 false)" in said
    assert "ARI       1.000" in said
    assert "false merge" not in said
    assert "with a probability from 0.02 to 0.98" in said


def test_evaluate_names_false_merges_and_missed_pairs(market, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "site,operator,notes\nhouse.example,one,level=original\nmirror.example,two,\ncopy.example,one,level=L2\n"
    said = asked(market, capsys, "evaluate", truth(tmp_path, text))
    assert "false merge: house[.]example and mirror[.]example" in said
    assert "missed: copy[.]example and house[.]example (L2 and original)" in said
    assert re.search(r"L2 +0/1", said)


def test_evaluate_scores_relations(market, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    relations = tmp_path / "relations.csv"
    relations.write_text(
        "site_a,site_b,relation\nhouse.example,copy.example,impersonates\nhouse.example,mirror.example,same_theme\n", "utf-8"
    )
    operators = truth(tmp_path, "site,operator\nhouse.example,one\nmirror.example,two\ncopy.example,three\n")
    said = asked(market, capsys, "evaluate", operators, "--relations", str(relations))
    assert "relations right 1/2 (50.0%)" in said
    assert "wrong relation: house[.]example and mirror[.]example: same_theme, found same-operator" in said


def test_evaluate_as_json(market, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = asked(market, capsys, "evaluate", truth(tmp_path, "site,operator\nhouse.example,one\nmirror.example,one\n"), "--json")
    assert json.loads(said)["f1"] == 1.0


def test_evaluate_refuses_a_truth_without_its_columns(market, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["evaluate", truth(tmp_path, "domain,who\na,b\n"), "--data", str(market.data)]) == 2
    said = capsys.readouterr().err
    assert "truth.csv, line 1: no column named site" in said
