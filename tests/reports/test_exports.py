"""Exports have exactly the promised columns, the same bytes for equal findings, and survive hostile values."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import duckdb
import networkx as nx
import pytest
from lxml import etree

from analysis.findings import Findings
from reports.escape import unneutralise
from reports.exports import Form, Table, columns, render, write, write_gexf, write_graphml, write_stream


def shuffled(findings: Findings) -> Findings:
    chance = random.Random(7)
    parts = {
        name: tuple(chance.sample(getattr(findings, name), len(getattr(findings, name))))
        for name in ("storefronts", "evidence", "links", "members")
    }
    return replace(findings, **parts)


def test_the_promised_columns() -> None:
    assert ",".join(columns(Table.CLUSTERS)) == "site,cluster,probability,first_seen,last_seen"
    assert ",".join(columns(Table.LINKS)) == "site_a,site_b,relation,probability,bits,for,against"
    assert "icon" not in columns(Table.STOREFRONTS)


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("table", list(Table))
def test_equal_findings_make_equal_bytes_whatever_their_order(world: ModuleType, table: Table, form: Form) -> None:
    findings = world.made()
    assert render(shuffled(findings), table, form) == render(findings, table, form)


def test_csv_reads_back_to_the_values(world: ModuleType) -> None:
    text = render(world.made(), Table.STOREFRONTS, Form.CSV).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    hostile = next(row for row in rows if row["site"].startswith("xn--"))
    assert hostile["company"].startswith("'=HYPERLINK")
    assert unneutralise(hostile["company"]) == '=HYPERLINK("https://canary.example/";"x")'
    assert hostile["title"] == world.HOSTILE


def test_json_is_one_array_with_the_columns_in_order(world: ModuleType) -> None:
    rows = json.loads(render(world.made(), Table.LINKS, Form.JSON))
    assert len(rows) == 18
    assert tuple(rows[0]) == columns(Table.LINKS)


@pytest.mark.parametrize("table", list(Table))
def test_parquet_has_the_same_rows_as_json(world: ModuleType, table: Table, tmp_path: Path) -> None:
    write(world.made(), table, Form.PARQUET, tmp_path / "it's.parquet")
    rows = json.loads(render(world.made(), table, Form.JSON))
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "it's.parquet")]).fetchall()
    assert found == [tuple(row.values()) for row in rows]


def test_no_rows_make_heads_and_nothing_else(world: ModuleType, tmp_path: Path) -> None:
    assert render(world.quiet(), Table.CHANGES, Form.CSV).decode().splitlines() == [",".join(columns(Table.CHANGES))]
    assert json.loads(render(world.quiet(), Table.CHANGES, Form.JSON)) == []
    write(world.quiet(), Table.CHANGES, Form.PARQUET, tmp_path / "none.parquet")
    with duckdb.connect() as connection:
        assert connection.execute("SELECT count(*) FROM read_parquet(?)", [str(tmp_path / "none.parquet")]).fetchall() == [(0,)]


def test_parquet_is_refused_where_text_is_wanted(world: ModuleType) -> None:
    with pytest.raises(ValueError, match="not to a text stream"):
        write_stream(world.made(), Table.LINKS, Form.PARQUET, io.StringIO())


def test_graphml_is_read_by_both_readers_and_counts_what_it_replaced(world: ModuleType, tmp_path: Path) -> None:
    replaced = write_graphml(world.made(), tmp_path / "links.graphml")
    assert replaced == 2  # ESC and BEL of the hostile title
    graph = nx.read_graphml(tmp_path / "links.graphml")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (20, 18)
    assert graph.edges["albumhaus-mp3.example", "albumhaus.example"]["original"] == "albumhaus.example"
    assert etree.parse(tmp_path / "links.graphml").getroot().tag.endswith("graphml")


def test_gexf_is_dated_by_the_crawl(world: ModuleType, tmp_path: Path) -> None:
    write_gexf(world.made(), tmp_path / "links.gexf")
    root = etree.parse(tmp_path / "links.gexf").getroot()
    assert root.find("{*}meta").get("lastmodifieddate") == "2024-03-18"
    assert len(root.findall(".//{*}node")) == 20


def test_a_label_of_a_megabyte_is_written_and_read(world: ModuleType, tmp_path: Path) -> None:
    findings = world.made()
    huge = replace(findings, storefronts=(replace(findings.storefronts[0], title="\x00\ufffex" * 350_000),), links=())
    assert write_graphml(huge, tmp_path / "huge.graphml") == 700_000
    assert nx.read_graphml(tmp_path / "huge.graphml").number_of_nodes() == 1
