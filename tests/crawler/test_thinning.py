"""Thinning and forgetting in an archive: what is cited stays readable, the rest goes, and an interrupted run is taken up again."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.archive import CaptureWriter, Entry, capture_file, open_crawl, read_crawl_json, write_crawl_json
from crawler.captures import Connection, HostKind, Outcome
from crawler.items import ArchivedExchange
from crawler.problems import InputProblem
from crawler.thinning import drop_site, is_thinned, thin

CRAWL = "20260105T060000Z"
HOME = b"<html><body>home</body></html>"
CART = b"<html><body>cart</body></html>"


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def captured(folder: Path, site: str, discovered_by: str | None = None) -> Entry:
    """Home, cart, and the home page again at another address (a revisit record)."""
    writer = CaptureWriter(
        folder, site, url=f"http://{site}/", kind=HostKind.STOREFRONT, crawl_id=CRAWL, discovered_by=discovered_by,
        discovered_how="moved" if discovered_by else None,
    )  # fmt: skip
    with writer:
        for path, body in (("/", HOME), ("/cart", CART), ("/start", HOME)):
            writer.exchange(
                ArchivedExchange(
                    url=f"http://{site}{path}", method="GET", request_headers=(("Host", site),), status=200, reason="OK",
                    http_version="HTTP/1.1", headers=(("Content-Type", "text/html"),), body=body, date="2026-01-05T06:00:00Z",
                    address="192.0.2.7",
                )
            )  # fmt: skip
        writer.connection(Connection(site, "http", "192.0.2.7", None))
        writer.close(Outcome.FINISHED, "")
    return writer.entry


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    folder = tmp_path / CRAWL
    folder.mkdir()
    entries = [captured(folder, site) for site in ("a.example", "b.example")] + [captured(folder, "c.example", "a.example")]
    about = {"rejected": [["1", "a.example/x", "why"], ["2", "z.example", "why"]], "not_visited": [{"site": "a.example"}]}
    write_crawl_json(folder, CRAWL, entries, about)
    return folder


def test_cited_bytes_stay_and_the_rest_goes(crawl: Path) -> None:
    before = {path.name: path.read_bytes() for path in crawl.glob("*.warc.gz")}
    done = thin(crawl, {"a.example"}, {"b.example": {digest(HOME)}})
    assert done.captures == 2
    assert done.after < done.before
    assert (crawl / capture_file("a.example")).read_bytes() == before[capture_file("a.example")]
    assert not (crawl / capture_file("c.example")).exists()
    thinned = open_crawl(crawl)
    left = thinned.capture("b.example")
    assert [(r.url, r.body) for r in left.resources] == [("http://b.example/", HOME), ("http://b.example/start", HOME)]
    assert left.connections[0].address == "192.0.2.7"
    gone = thinned.capture("c.example")
    assert (gone.resources, gone.outcome) == ((), Outcome.FINISHED)
    assert is_thinned(thinned.about)


def test_thinned_files_are_warc_and_a_second_time_changes_nothing(crawl: Path) -> None:
    thin(crawl, (), {"b.example": {digest(CART)}})
    path = crawl / capture_file("b.example")
    checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout
    first = {file.name: file.read_bytes() for file in crawl.iterdir()}
    assert thin(crawl, (), {"b.example": {digest(CART)}}).captures == 0
    assert {file.name: file.read_bytes() for file in crawl.iterdir()} == first


def test_a_run_that_was_cut_off_is_taken_up_again(crawl: Path) -> None:
    crawl_id, entries, about = read_crawl_json(crawl)
    # as a kill between the first file and the last leaves it: one file gone, crawl.json still telling of it
    write_crawl_json(crawl, crawl_id, entries, {**about, "thinned": "going-on"})
    (crawl / capture_file("c.example")).unlink()
    thin(crawl, {"a.example"}, {"b.example": {digest(HOME)}, "c.example": {digest(HOME)}})
    assert [len(capture.resources) for capture in open_crawl(crawl).captures()] == [3, 2, 0]
    assert open_crawl(crawl).about["thinned"] == "done"


def test_a_damaged_file_is_named_and_left(crawl: Path) -> None:
    path = crawl / capture_file("b.example")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputProblem, match=r"is cut off at byte \d+: restore it"):
        thin(crawl, (), {"b.example": {digest(HOME)}})
    assert path.exists()


def test_a_site_is_dropped_with_every_note_of_it(crawl: Path) -> None:
    assert drop_site(crawl, "a.example")
    assert not (crawl / capture_file("a.example")).exists()
    assert "a.example" not in (crawl / "crawl.json").read_text()
    assert "z.example" in (crawl / "crawl.json").read_text()
    assert [entry.site for entry in open_crawl(crawl).entries] == ["b.example", "c.example"]
    assert not drop_site(crawl, "a.example")


def test_sites_whose_names_only_end_alike_keep_their_notes(crawl: Path) -> None:
    crawl_id, entries, about = read_crawl_json(crawl)
    notes = {"seen": ["mama.example", "https://www.a.example/", "?to=https%3A%2F%2Fa.example"], "named": {"in": "xa.example"}}
    write_crawl_json(crawl, crawl_id, entries, {**about, **notes})
    assert drop_site(crawl, "a.example")
    left = read_crawl_json(crawl)[2]
    assert (left["seen"], left["named"]) == (["mama.example"], {"in": "xa.example"})


def test_what_a_cut_off_thinning_left_beside_goes_too(crawl: Path) -> None:
    part = crawl / f"{capture_file('a.example')}.part"
    part.write_bytes(b"half of it")
    drop_site(crawl, "a.example")
    assert not part.exists()
