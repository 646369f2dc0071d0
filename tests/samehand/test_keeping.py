"""``thin`` and ``forget`` by the command line, on the small market."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from analysis.findings import read
from crawler.archive import open_crawl
from samehand.cli import main
from samehand.config import read_config
from samehand.data_folder import DataFolder
from samehand.stages import crawl_plan

LATER = "20260309T060000Z"


@pytest.fixture
def data(market, tmp_path: Path) -> Path:
    """The market of two weeks: the older one analysed and reported, the newer one imported."""
    folder = tmp_path / "data"
    shutil.copytree(market.data, folder)
    assert main(["report", "--data", str(folder)]) == 0
    assert main(["import", *map(str, market.archives), "--crawl-id", LATER, "--data", str(folder)]) == 0
    return folder


def places_of(folder: Path, text: str) -> list[str]:
    """Files under ``folder`` that hold ``text``, also inside Parquet columns and compressed captures (by reading them)."""
    return [
        str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file() and text.encode() in path.read_bytes()
    ]


def test_thin_keeps_what_links_rest_on(market, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    before = {entry.site: entry for entry in open_crawl(data / "crawls" / market.crawl).entries}
    assert main(["thin", "--days", "3", "--dry-run", "--data", str(data)]) == 0
    assert "would go" in capsys.readouterr().out
    assert main(["thin", "--days", "3", "--data", str(data)]) == 0
    assert f"{market.crawl}: " in capsys.readouterr().out
    crawl = open_crawl(data / "crawls" / market.crawl)
    after = {entry.site: entry for entry in crawl.entries}
    linked = {site for row in read(data / "findings" / market.crawl).links for site in (row.site_a, row.site_b)}
    assert {"house.example", "mirror.example"} <= linked
    for site in ("house.example", "mirror.example", "copy.example"):
        assert after[site] == before[site]
    assert after["loner.example"].size < before["loner.example"].size
    # what is cited can still be shown
    findings = read(data / "findings" / market.crawl)
    pairs = {(link.site_a, link.site_b) for link in findings.links}
    held = {entry.site: {resource.digest for resource in crawl.capture(entry.site).resources} for entry in crawl.entries}
    for row in findings.evidence:
        if (row.site_a, row.site_b) in pairs:
            assert not row.digest_a or row.digest_a in held[row.site_a]
            assert not row.digest_b or row.digest_b in held[row.site_b]
    capsys.readouterr()
    assert main(["thin", "--days", "3", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("nothing to thin: ")


def test_a_thinned_crawl_is_not_analysed_anew(market, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["thin", "--days", "3", "--data", str(data)]) == 0
    assert main(["analyse", market.crawl, "--data", str(data)]) == 2
    assert "was thinned: it holds only what its links rest on" in capsys.readouterr().err
    assert main(["why", "house.example", "mirror.example", "--crawl-id", market.crawl, "--data", str(data)]) == 0


def test_young_and_unanalysed_crawls_stay_whole(market, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["thin", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("nothing to thin: ")
    shutil.rmtree(data / "findings" / market.crawl)
    assert main(["thin", "--days", "3", "--data", str(data)]) == 0
    assert capsys.readouterr().out == f"{market.crawl}: not analysed yet, left whole\n"
    assert main(["thin", "--days", "0", "--data", str(data)]) == 2
    assert main(["thin", "--days", "99999999999999", "--data", str(data)]) == 2


def test_a_forgotten_site_is_in_no_file_of_ours(market, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", LATER, "--data", str(data)]) == 0
    judged = ["judge", "loner.example", "house.example", "different", "--why", "loner.example is a friend's", "--data", str(data)]
    assert main(judged) == 0
    capsys.readouterr()
    assert main(["forget", "hxxps://WWW.loner[.]example/", "--why", "asked by its owner", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "taken out of 2 crawls and 2 sets of findings" in said
    assert "1 judgement that named it" in said
    with closing(sqlite3.connect(data / "state.sqlite")) as state:
        state.execute("INSERT INTO judgements VALUES (9, '', '', '', '', '', '', '', '')")
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"):  # the history is guarded again
            state.execute("DELETE FROM judgements")
    for crawl in (market.crawl, LATER):
        assert [entry.site for entry in open_crawl(data / "crawls" / crawl).entries if "loner" in entry.site] == []
        assert "loner.example" not in repr(read(data / "findings" / crawl))
    assert places_of(data, "loner.example") == []
    assert places_of(data, "loner[.]example") == []
    assert (data / "reports" / market.crawl / "graph.html").is_file()
    assert main(["analyse", LATER, "--data", str(data)]) == 0
    assert "loner.example" not in repr(read(data / "findings" / LATER))


def test_a_forgotten_site_is_left_out_of_crawls_until_let_in(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.txt").write_text("loner.example\nfresh.example\n")
    (tmp_path / "hosts").write_text("127.0.0.1 loner.example fresh.example\n")
    options = argparse.Namespace(
        candidates=str(tmp_path / "list.txt"), hosts=tmp_path / "hosts", hosts_only=True, crawl_id=None, lookalikes=False
    )

    def listed() -> set[str]:
        return {seed.site for seed in crawl_plan(options, read_config(None), DataFolder(data)).seeds}

    assert main(["forget", "loner.example", "--data", str(data)]) == 0
    capsys.readouterr()
    assert "loner.example" not in listed()
    assert "loner[.]example was forgotten on" in capsys.readouterr().err
    assert main(["forget", "loner.example", "--allow", "--data", str(data)]) == 0
    assert "loner.example" in listed()
    assert main(["forget", "loner.example", "--allow", "--data", str(data)]) == 2


def test_what_finds_nothing_to_do_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["thin", "--days", "9000", "--data", str(data)]) == 0
    assert "nothing to thin: no crawl is more than 9,000 days older" in capsys.readouterr().out
    assert main(["forget", "nobody-knows-it.example", "--data", str(data)]) == 0
    assert "nobody-knows-it[.]example: no crawl and no findings here know it" in capsys.readouterr().out


def test_forget_asks_for_a_name_and_for_finished_crawls(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "not a name", "--data", str(data)]) == 2
    assert "not a name has a space inside" in capsys.readouterr().err
    (data / "crawls" / "20260316T060000Z").mkdir()
    assert main(["forget", "loner.example", "--data", str(data)]) == 2
    assert "did not finish and may hold the site" in capsys.readouterr().err


def test_forgetting_that_was_cut_off_is_finished_by_the_same_command(market, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of before stood for ever when the findings were written and it was not."""

    class Killed(Exception):
        pass

    def kill(*_: object) -> None:
        raise Killed

    for step in ("write", "report"):
        with monkeypatch.context() as cut:
            cut.setattr(f"samehand.keeping.{step}", kill)
            with pytest.raises(Killed):
                main(["forget", "loner.example", "--data", str(data)])
    left = data / "findings" / f".{market.crawl}.old.x" / market.crawl  # a killed writer's, with all that it replaced
    left.mkdir(parents=True)
    (left / "storefronts.parquet").write_text("loner.example")
    assert main(["forget", "loner.example", "--data", str(data)]) == 0
    assert places_of(data, "loner.example") == []
    assert places_of(data, "loner[.]example") == []
    assert (data / "reports" / market.crawl / "graph.html").is_file()
