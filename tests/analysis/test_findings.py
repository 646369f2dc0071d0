"""The findings format: what is written is read back, byte for byte the same each time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from analysis.findings import EvidenceRow, Findings, FindingsProblem, LinkRow, StorefrontRow, latest, read, read_changes, write

SHOPS = tuple(
    StorefrontRow(
        site, f"https://{site}/", "storefront", "finished", "", "shop", "", "Títle ☂", "en", "", "", 3, 4, "", "", b"\x89PNG\x00"
    )
    for site in ("b.example", "a.example")
)
LINK = LinkRow("a.example", "b.example", "copy-of", 0.4, -0.5, 3.0, 0.0, True, "a.example", "s", "p", "c")


def _findings(storefronts: tuple[StorefrontRow, ...] = SHOPS) -> Findings:
    return Findings("20260302T060000Z", "", storefronts, (), (), (LINK,), (), (), (), {"reader": "x"})


def test_what_is_written_is_read_back_sorted(tmp_path: Path) -> None:
    folder = write(_findings(), tmp_path / "20260302T060000Z")
    again = read(folder)
    assert [row.site for row in again.storefronts] == ["a.example", "b.example"]
    assert again.storefronts[0].icon == b"\x89PNG\x00"
    assert again.links == (LINK,)


def test_order_and_repetition_do_not_change_a_byte(tmp_path: Path) -> None:
    one = write(_findings(), tmp_path / "one" / "20260302T060000Z")
    two = write(_findings(tuple(reversed(SHOPS))), tmp_path / "two" / "20260302T060000Z")
    write(_findings(), two)
    for path in sorted(one.iterdir()):
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == ["20260302T060000Z"]


def test_unfinished_unknown_and_foreign_folders_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FindingsProblem, match="no finished findings"):
        read(tmp_path / "nothing")
    folder = write(_findings(), tmp_path / "20260302T060000Z")
    mark = folder / "findings.json"
    about = json.loads(mark.read_text())
    mark.write_text(json.dumps({**about, "version": 99}))
    with pytest.raises(FindingsProblem, match="version 99"):
        read(folder)
    mark.write_text("{}")
    with pytest.raises(FindingsProblem, match="not a findings mark"):
        read(folder)


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    folder = write(_findings(), tmp_path / "20260302T060000Z")
    (folder / "links.parquet").write_bytes(b"torn")
    with pytest.raises(FindingsProblem, match=r"links\.parquet"):
        read(folder)
    (folder / "links.parquet").unlink()
    with pytest.raises(FindingsProblem, match="missing"):
        read(folder)


def test_latest_ignores_unfinished_and_later_ones(tmp_path: Path) -> None:
    write(_findings(), tmp_path / "20260302T060000Z")
    (tmp_path / "20260309T060000Z").mkdir()
    assert latest(tmp_path) == tmp_path / "20260302T060000Z"
    assert latest(tmp_path, before="20260302T060000Z") is None
    assert latest(tmp_path / "none") is None


def test_findings_of_before_the_memory_are_read(tmp_path: Path) -> None:
    """They lack three tables and two columns; whoever upgrades keeps his history."""
    folder = write(_findings(), tmp_path / "20260302T060000Z")
    for name in ("states", "steps", "past"):
        (folder / f"{name}.parquet").unlink()
    about = json.loads((folder / "findings.json").read_text())
    about["tables"] = {name: row for name, row in about["tables"].items() if name not in ("states", "steps", "past")}
    (folder / "findings.json").write_text(json.dumps(about))
    table = folder / "storefronts.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT * EXCLUDE (roles, unread) FROM '{table}') TO '{table}.old' (FORMAT parquet)")
    Path(f"{table}.old").rename(table)
    found = read(folder)
    assert (found.states, found.steps, found.past) == ((), (), ())
    assert {(row.roles, row.unread) for row in found.storefronts} == {("", "")}
    assert {row.site for row in found.storefronts} == {row.site for row in SHOPS}


def test_a_table_that_findings_had_must_be_there(tmp_path: Path) -> None:
    folder = write(_findings(), tmp_path / "20260302T060000Z")
    (folder / "states.parquet").unlink()
    with pytest.raises(FindingsProblem, match=r"states\.parquet: the table is missing"):
        read(folder)


def test_the_changes_are_read_without_the_evidence(tmp_path: Path) -> None:
    folder = write(_findings(), tmp_path / "20260302T060000Z")
    found = read_changes(folder)
    assert (found.storefronts, found.changes, found.traces) == (read(folder).storefronts, read(folder).changes, ())


def _evidence(a: str, b: str, sentence: str) -> EvidenceRow:
    return EvidenceRow(a, b, "k", "text", "A", "for", 1.0, 0.5, 0.1, "crawl", "", "v", "v", "", "", "", "", sentence)


def test_evidence_is_asked_for_by_pair_and_links_by_storefront() -> None:
    others = (("a.example", "c.example"), ("b.example", "c.example"), ("c.example", "d.example"))
    links = (LINK, *(replace(LINK, site_a=a, site_b=b) for a, b in others))
    rows = (
        _evidence("a.example", "c.example", "1"),
        _evidence("a.example", "b.example", "2"),
        _evidence("a.example", "c.example", "3"),
    )
    found = replace(_findings(), links=links, evidence=rows)
    assert [row.sentence for row in found.evidence_of("a.example", "c.example")] == ["1", "3"]
    assert found.evidence_of("b.example", "c.example") == ()
    assert sorted(found.links_of(["a.example", "b.example"]), key=lambda row: (row.site_a, row.site_b)) == list(links[:3])
    assert found.links_of(["d.example", "e.example"]) == [links[3]]
    less = replace(found, evidence=rows[:1], links=links[:1])
    assert [row.sentence for row in less.evidence_of("a.example", "c.example")] == ["1"], "what was asked before is not remembered"
    assert less.links_of(["c.example"]) == []
    assert found == replace(found), "an index is no part of the findings"
