"""Strangers and their copies: the package is read, copies are made, and what is said of both is counted apart."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from benchmarks.strangers import copies_of, read_pages, strangers_section, write_archive
from benchmarks.worlds import open_world

WORDS = (
    "We mend lamps of every maker in our workshop behind the harbour since the great fire.",
    "Whoever brings us a lamp by noon has it back before the ferry leaves in the evening.",
    "Our shades are cut by hand from paper that my sister makes of old sea charts.",
)


def page(site: str, word: str) -> bytes:
    said = "".join(f"<p>{sentence.replace('lamp', word)}</p>" for sentence in WORDS)
    return f"<html><head><title>{word} of {site}</title></head><body><h1>{word}</h1>{said}<a href='/b'>b</a></body></html>".encode()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    pages = {"one-0": ("http://www.one.example/", "lamp"), "one-1": ("http://www.one.example/b?x=1", "lamp")}
    pages |= {"two-0": ("http://two.example/", "chair")}
    index = {f"html/{name}.html": {"url": url} for name, (url, _) in pages.items()} | {
        "html/lost.html": {"url": "http://x.example/"}
    }
    files = {f"html/{name}.html": page(url.split("/")[2].removeprefix("www."), word) for name, (url, word) in pages.items()}
    file = tmp_path / "formasaurus-0.9.0.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for name, body in {**files, "index.json": json.dumps(index).encode()}.items():
            member = tarfile.TarInfo(f"formasaurus-0.9.0/formasaurus/data/{name}")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return file


def test_pages_are_those_of_the_index_by_site(package: Path) -> None:
    found = read_pages(package)
    assert {site: [url for url, _ in several] for site, several in found.items()} == {
        "one.example": ["http://www.one.example/", "http://www.one.example/b?x=1"],
        "two.example": ["http://two.example/"],
    }


def test_every_second_copy_keeps_the_name_of_its_original(package: Path) -> None:
    pages = read_pages(package)
    copies = copies_of({**pages, "two.example": pages["one.example"]})
    assert [url for url, _ in copies["copied000shop.com"]] == [
        "http://www.copied000shop.com/",
        "http://www.copied000shop.com/b?x=1",
    ]
    assert b"one.example" in copies["copied000shop.com"][0][1]
    renamed = copies_of({"zero.example": pages["one.example"], **pages})["copied001shop.com"][0][1]
    assert b"one.example" not in renamed
    assert b"copied001shop.com" in renamed


def test_another_package_is_refused_by_name(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz"):
        pass
    with pytest.raises(ValueError, match=r"no formasaurus/data/index\.json in it"):
        read_pages(tmp_path / "other.tar.gz")


def test_what_is_said_of_strangers_and_of_copies_is_counted_apart(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    world = {f"{name}.example": [(f"http://{name}.example/", page(f"{name}.example", "ship"))] for name in ("red", "blue")}
    write_archive(world, folder / "week-1.warc.gz", "nginx")
    (folder / "truth.csv").write_text("site,operator\nred.example,one\nblue.example,one\n", "utf-8")
    lines = strangers_section(read_pages(package), [open_world(folder)], tmp_path / "room", 1, lambda _: None, rounds=1)
    assert lines[0] == "3 pages of 2 sites; 1 byte copies, half of them renamed:"
    assert "| strangers | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | - | - |" in lines
    assert "| strangers and copies | 3 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | - | - |" in lines
    assert "| strangers and made week 1 | 4 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0/1 | 0 |" in lines
