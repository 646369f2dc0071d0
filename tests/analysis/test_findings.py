"""The findings format: what is written is read back, byte for byte the same each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.findings import Findings, FindingsProblem, LinkRow, StorefrontRow, latest, read, write

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
