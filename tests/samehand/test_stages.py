"""The stages as commands: archives in, findings, reports and exports out, the same bytes whatever the order."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from samehand.cli import main
from samehand.data_folder import DataFolder


def folder_digest(folder: Path) -> dict[str, str]:
    """Every file below a folder by its digest."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def brought_in(data: Path, archives: list[Path]) -> dict[str, str]:
    """Import and analyse; the findings' files."""
    assert main(["import", *map(str, archives), "--data", str(data)]) == 0
    assert main(["analyse", "--data", str(data)]) == 0
    return folder_digest(data / "findings")


def test_import_prints_the_crawl_and_analyse_a_summary(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", *map(str, market.archives), "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'crawls' / market.crawl}\n"
    assert main(["analyse", market.crawl, "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "5 storefronts, 1 cluster of two or more (1 pair)" in said
    assert said.endswith(f"{tmp_path / 'findings' / market.crawl}\n")


def test_storefronts_that_could_not_be_read_are_named(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", *map(str, market.archives), "--data", str(tmp_path)]) == 0
    settings = tmp_path / "samehand.toml"
    settings.write_text("[analysis]\nseconds = 0\nworkers = 1\n", "utf-8")
    capsys.readouterr()
    assert main(["analyse", "--data", str(tmp_path), "--config", str(settings)]) == 0
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 5
    assert all(re.search(r"^samehand: \S+ could not be read: reading took longer than 0 s; ", line) for line in said)


def test_two_analyses_give_the_same_bytes(market, tmp_path: Path) -> None:
    first = brought_in(tmp_path, list(market.archives))
    assert first == folder_digest(market.data / "findings")
    assert main(["analyse", "--data", str(tmp_path)]) == 0
    assert folder_digest(tmp_path / "findings") == first


def test_the_order_of_the_archives_changes_nothing(market, tmp_path: Path) -> None:
    assert brought_in(tmp_path, list(reversed(market.archives))) == folder_digest(market.data / "findings")


def test_our_own_crawl_brought_in_again_gives_the_same_findings(market, tmp_path: Path) -> None:
    own = sorted((market.data / "crawls" / market.crawl).glob("*.warc.gz"))
    assert len(own) == 5
    assert brought_in(tmp_path, own) == folder_digest(market.data / "findings")


def test_findings_keep_no_path_and_no_clock(market) -> None:
    mark = (market.data / "findings" / market.crawl / "findings.json").read_text("utf-8")
    assert str(market.data) not in mark
    assert json.loads(mark)["crawl_id"] == market.crawl


def test_report_writes_the_page_the_mail_and_the_exports(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought_in(tmp_path, list(market.archives))
    capsys.readouterr()
    assert main(["report", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    reports = tmp_path / "reports" / market.crawl
    for name in ("graph.html", "weekly.eml"):
        assert (reports / name).is_file()
        assert str(reports / name) in said
    first = folder_digest(reports)
    assert main(["report", market.crawl, "--data", str(tmp_path)]) == 0
    assert folder_digest(reports) == first


def test_sending_without_a_server_is_told(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought_in(tmp_path, list(market.archives))
    assert main(["report", "--send", "--data", str(tmp_path)]) in (1, 2)
    said = capsys.readouterr().err
    assert "mail.host" in said
    assert "Traceback" not in said


def test_evidence_that_is_left_out_is_left_out(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought_in(tmp_path, list(market.archives))
    for left_out in ("payment", "payment.payee_key"):
        assert main(["analyse", "--data", str(tmp_path), "--without", left_out]) == 0
        found = DataFolder(tmp_path).found(None)
        relations = {(row.site_a, row.site_b): row.relation for row in found.links}
        assert relations["house.example", "mirror.example"] == "same-kit"
        assert not any(row.kind == "payment.payee_key" for row in found.evidence)
    capsys.readouterr()
    assert main(["analyse", "--data", str(tmp_path), "--without", "wishes"]) == 2
    assert "wishes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "mend"),
    [("time", "--no-history"), ("history.carried", "--no-history"), ("judgement", "samehand judge SITE SITE unsure")],
)
def test_what_is_no_evidence_of_this_crawl_is_left_out_another_way(
    market, capsys: pytest.CaptureFixture[str], word: str, mend: str
) -> None:
    assert main(["analyse", "--data", str(market.data), "--without", word]) == 2
    said = capsys.readouterr().err
    assert f"--without {word}: " in said
    assert mend in said


def test_a_second_crawl_has_the_first_as_its_past(market, tmp_path: Path) -> None:
    later = "20260406T060000Z"
    brought_in(tmp_path, list(market.archives))
    data = DataFolder(tmp_path)
    before = {row.site: row.cluster for row in data.found(None).members}
    shops = [path for path in market.archives if path.name != market.archives[2].name]  # the copyist has gone
    assert main(["import", *map(str, shops), "--crawl-id", later, "--data", str(tmp_path)]) == 0
    assert main(["analyse", "--data", str(tmp_path)]) == 0
    found = data.found(None)
    assert (found.crawl_id, found.previous) == (later, market.crawl)
    assert {row.site: row.cluster for row in found.members} == before
    assert {row.what for row in found.changes} == set()
    assert next(row.outcome for row in found.storefronts if row.site == "copy.example") == "not-asked"
    assert main(["analyse", "--no-history", "--data", str(tmp_path)]) == 0
    alone = data.found(None)
    assert alone.previous == ""
    assert len(alone.members) == 4


def test_nothing_found_is_no_failure(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought_in(tmp_path, [market.archives[-1]])
    assert main(["report", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "1 storefront, 0 clusters of two or more" in said
    assert main(["export", "links", "--data", str(tmp_path)]) == 0
    assert re.fullmatch(r"site_a,site_b,relation,probability,bits,for,against\r?\n", capsys.readouterr().out)


def test_a_torn_archive_is_refused_by_name(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the archive is evidence: changed bytes are not analysed."""
    assert main(["import", *map(str, market.archives), "--data", str(tmp_path)]) == 0
    victim = min((tmp_path / "crawls" / market.crawl).glob("*.warc.gz"))
    victim.write_bytes(victim.read_bytes()[:-40])
    capsys.readouterr()
    assert main(["analyse", "--data", str(tmp_path)]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert victim.name in said
    assert "SHA-256 differs" in said
    assert not (tmp_path / "findings").exists()
