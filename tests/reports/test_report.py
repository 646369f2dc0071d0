"""The stage writes everything, twice the same, in one step, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from reports.exports import Form
from reports.landing import PlantedError
from reports.mail import MailSettings
from reports.report import ReportSettings, report


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_everything_lies_in_the_folder(world: ModuleType, tmp_path: Path) -> None:
    files = report(world.made(), tmp_path / "reports" / world.CRAWL, ReportSettings(forms=tuple(Form)))
    assert files.graph.read_text("utf-8").startswith("<!doctype html>")
    assert files.mail.read_bytes().startswith(b"Subject: samehand")
    assert sorted(files.dossiers) == sorted([world.A, world.B, world.C])
    assert all(path.is_file() for path in (*files.dossiers.values(), *files.exports))
    assert len(files.exports) == 5 * 3 + 2
    assert files.replaced == 2


def test_equal_findings_make_equal_reports_and_replace_one_another(world: ModuleType, tmp_path: Path) -> None:
    report(world.made(), tmp_path / "one")
    first = content(tmp_path / "one")
    report(world.made(), tmp_path / "one")
    assert content(tmp_path / "one") == first
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_report_that_fails_leaves_the_older_one(world: ModuleType, tmp_path: Path) -> None:
    report(world.made(), tmp_path / "one")
    first = content(tmp_path / "one")
    with pytest.raises(ValueError, match="domain"):
        report(world.made(), tmp_path / "one", ReportSettings(mail=MailSettings(domain="not a host")))
    assert content(tmp_path / "one") == first
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_planted_link_is_refused(world: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "one").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlantedError):
        report(world.quiet(), tmp_path / "one")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_hostile_cluster_ids_stay_inside_the_folder(world: ModuleType, tmp_path: Path) -> None:
    findings = world.made()
    bad = "../../../escape\x00"
    named = replace(
        findings,
        clusters=tuple(replace(row, cluster=bad) if row.cluster == world.A else row for row in findings.clusters),
        members=tuple(replace(row, cluster=bad) if row.cluster == world.A else row for row in findings.members),
    )
    files = report(named, tmp_path / "deep" / "er" / "one")
    assert files.dossiers[bad].parent == tmp_path / "deep" / "er" / "one" / "dossiers"
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]


def test_findings_of_nothing_make_a_report_too(world: ModuleType, tmp_path: Path) -> None:
    empty = replace(world.quiet(), storefronts=(), traces=(), evidence=(), links=(), members=(), clusters=())
    files = report(empty, tmp_path / "none")
    assert files.dossiers == {}
