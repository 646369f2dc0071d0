"""Shares from packages, and a table that is the same to the byte every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reference.building import build, count
from analysis.reference.packages import Category, Package
from analysis.reference.table import SHARE_UNIT, load_reference
from analysis.sketches import feature_value
from benchmarks.build_reference import main


def lib(name: str, version: str = "1.0.0", sites: float = 0.2, category: Category = Category.SCRIPT, family: str = "") -> Package:
    return Package("npm", name, version, category, family or name, sites)


def shares(*read: tuple[Package, dict[str, list[str]]]) -> dict[str, float]:
    return {row.value: row.share * SHARE_UNIT for row in count(read).rows}


def test_versions_share_their_familys_popularity() -> None:
    found = shares((lib("a", "1.0.0"), {"layout.class": ["both", "old"]}), (lib("a", "2.0.0"), {"layout.class": ["both"]}))
    assert found == pytest.approx({"both": 0.2, "old": 0.1})


def test_a_value_of_two_libraries_is_likelier_than_of_either() -> None:
    found = shares((lib("a"), {"layout.class": ["x"]}), (lib("b", sites=0.5), {"layout.class": ["x"]}))
    assert found["x"] == pytest.approx(1 - 0.8 * 0.5)


def test_what_most_themes_have_is_common_however_few_shops_use_each() -> None:
    themes = [lib(f"t{n}", sites=0.002, category=Category.THEME) for n in range(8)]
    found = shares(*[(theme, {"layout.path": ["frame"] if n < 7 else ["own"]}) for n, theme in enumerate(themes)])
    assert found["frame"] == pytest.approx(7 / (8 + 4), abs=SHARE_UNIT)
    assert found["own"] == pytest.approx(0.002)


def test_ten_templates_of_one_author_are_one_piece_of_news() -> None:
    series = [lib(f"t{n}", sites=0.002, category=Category.THEME, family="maker") for n in range(10)]
    counted = count([(theme, {"layout.path": ["frame"]}) for theme in series])
    assert counted.totals == {"layout.path": 1}
    assert counted.rows[0].share * SHARE_UNIT == pytest.approx(0.002)
    assert counted.rows[0].family == "maker"


def test_for_size_the_largest_hashes_of_lone_bag_features_go_first() -> None:
    read = [
        (lib("a"), {"layout.class": ["1", "2", "3"], "assets.script": ["9"]}),
        (lib("b"), {"layout.class": ["3"]}),
    ]
    counted = count(read, max_rows=3)
    assert [(row.kind, row.value) for row in counted.rows] == [
        ("assets.script", "9"),
        ("layout.class", "1"),
        ("layout.class", "3"),
    ]
    assert counted.dropped == {"layout.class": 1}


def test_the_command_builds_from_its_cache_the_same_bytes_each_time(archive, tmp_path: Path, capsys) -> None:
    first = lib("a")
    archive(first, {"a.css": ".zed-box{margin:1px;padding:2px;top:3px}" * 30})
    archive(Package("pypi", "b", "1.0", Category.SHOP, "b", 0.01), {"b/templates/x.html": '<p class="zed-box"></p>'})
    listed = tmp_path / "list.tsv"
    listed.write_text(
        "registry\tname\tversions\tcategory\tfamily\tsites\nnpm\ta\t1.0.0\tscript\ta\t0.2\npypi\tb\t1.0\tshop\tb\t0.01\n"
    )
    bytes_of = []
    for name in ("one", "two"):
        out = tmp_path / name
        arguments = [str(out), "--version", "2026-01-02", "--list", str(listed), "--cache", str(tmp_path / "cache")]
        assert main(arguments) == 0
        bytes_of.append([path.read_bytes() for path in sorted(out.iterdir())])
    assert bytes_of[0] == bytes_of[1]
    assert "2 archives, 2 families" in capsys.readouterr().out
    table = load_reference(tmp_path / "one")
    assert table.version == "2026-01-02"
    assert table.totals["layout.class"] == 2
    assert table.share("layout.class", feature_value("zed-box")) == pytest.approx(1 - 0.8 * 0.99)


def test_a_package_that_shows_nothing_is_named(archive, tmp_path: Path) -> None:
    package = lib("a")
    path = archive(package, {"a.css": ""})
    build([(package, path)], tmp_path / "out", "2026-01-02")
    assert '"npm:a@1.0.0"' in (tmp_path / "out" / "reference.json").read_text()
    assert load_reference(tmp_path / "out").share("layout.class", "x") is None
