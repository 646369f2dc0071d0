"""``samehand import --certificates``: shops that share nothing but a certificate in a log, through the real commands."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import open_crawl
from samehand.cli import main

CRAWL = "20260302T060000Z"
SHOPS = {
    "lamps.example": (
        "<table class='bright'><tr><td><h1>{site}</h1></td><td>{words}</td></tr></table>",
        "Brass lamps and reading lights for desks, shelves and long evenings, wired by hand in our own workshop. ",
    ),
    "seeds.example": (
        "<main id='bed'><section><article><h2>{site}</h2><blockquote>{words}</blockquote></article></section></main>",
        "Heirloom seeds of beans, marrows and forgotten grains, gathered each autumn and sent in paper bags. ",
    ),
    "boots.example": (
        "<ul class='shelf'><li><b>{site}</b></li><li><i>{words}</i></li></ul>",
        "Walking boots resoled and waxed, with laces by the metre and advice on blisters from people who walk. ",
    ),
}
CERTIFICATE = {"issuer_name": "C=XX, CN=Made Up CA", "serial_number": "0a1b2c", "not_before": "2026-01-01T00:00:00"}
VALID = {**CERTIFICATE, "not_after": "2026-06-30T00:00:00"}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Three shops at three addresses, archived by another tool, which keeps no certificates."""
    folder = tmp_path_factory.mktemp("shops")
    paths = []
    for number, (site, (markup, words)) in enumerate(SHOPS.items()):
        body = f"<html><head><title>{site}</title></head><body>{markup.format(site=site, words=words * 4)}</body></html>".encode()
        path = folder / f"{site}.warc.gz"
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
            record = writer.create_warc_record(
                f"https://{site}/",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": "2026-03-02T06:00:00Z", "WARC-IP-Address": f"192.0.2.{number}"},
            )
            writer.write_record(record)
        paths.append(str(path))
    return paths


def listed(path: Path, *rows: dict[str, str]) -> str:
    path.write_text(json.dumps(rows), encoding="utf-8")
    return str(path)


def test_a_shared_logged_certificate_makes_one_provider(
    archives: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "data")]
    one = listed(tmp_path / "one.json", {**VALID, "name_value": "lamps.example\nwww.lamps.example"})
    two = listed(tmp_path / "two.json", {**VALID, "name_value": "seeds.example"})
    assert main(["import", *archives, "--certificates", one, "--certificates", two, *data]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["2 of 3 storefronts named in a logged certificate of their day", str(tmp_path / "data" / "crawls" / CRAWL)]
    crawl = open_crawl(tmp_path / "data" / "crawls" / CRAWL)
    assert crawl.about["certificates"] == {"files": ["one.json", "two.json"], "read": 1, "storefronts": 2}
    assert all(connection.certificate is None for capture in crawl.captures() for connection in capture.connections)
    assert main(["analyse", *data]) == 0
    assert "0 clusters of two or more" in capsys.readouterr().out
    assert main(["why", "lamps.example", "seeds.example", *data]) == 0
    told = capsys.readouterr().out
    assert "use one provider" in told
    assert "both have the same logged certificate, not seen served" in told
    assert "named in a logged certificate for 2 sites" in told


def test_without_the_list_nothing_is_known_of_it(archives: list[str], tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    assert main(["import", *archives, *data]) == 0
    crawl = open_crawl(tmp_path / "crawls" / CRAWL)
    assert "certificates" not in crawl.about
    assert not [capture for capture in crawl.captures() if capture.logged]


def test_a_certificate_of_another_time_says_nothing(
    archives: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = listed(tmp_path / "old.json", {**CERTIFICATE, "not_after": "2026-03-01T00:00:00", "name_value": "lamps.example"})
    assert main(["import", *archives, "--certificates", old, "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("0 of 3 storefronts named in a logged certificate")


def test_an_import_of_an_import_keeps_them(archives: list[str], tmp_path: Path) -> None:
    table = tmp_path / "certificates.csv"
    table.write_text(f"names,spki\nlamps.example,{'5a' * 32}\n")
    assert main(["import", *archives, "--certificates", str(table), "--data", str(tmp_path / "one")]) == 0
    first = tmp_path / "one" / "crawls" / CRAWL
    assert main(["import", str(first), "--data", str(tmp_path / "two")]) == 0
    captures = list(open_crawl(tmp_path / "two" / "crawls" / CRAWL).captures())
    assert captures == list(open_crawl(first).captures())
    assert [certificate.spki for capture in captures for certificate in capture.logged] == ["5a" * 32]


def test_a_bad_list_imports_nothing(archives: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = listed(tmp_path / "good.json", {**VALID, "name_value": "lamps.example"})
    bad = tmp_path / "bad.csv"
    bad.write_text("host,not_after\nlamps.example,2026-06-30\nseeds.example,\x1b[2Jsoon\n")
    data = tmp_path / "data"
    assert main(["import", *archives, "--certificates", good, "--certificates", str(bad), "--data", str(data)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{bad}, line 3: not_after" in said
    assert "is no date; write it like 2026-03-02" in said
    assert "\x1b" not in said
    assert not (data / "crawls").exists() or not list((data / "crawls").iterdir())
