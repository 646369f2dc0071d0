"""The files that a run of tags names."""

from __future__ import annotations

import hashlib

from analysis.files.page_files import FILES_OF_RUNS, FilesNamed
from analysis.page.pages import Page
from crawler.captures import Resource, Role


def named(body: str, head: str = "") -> FilesNamed:
    """What the one run with something to tell names."""
    raw = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    page = Page(Resource("https://shop.example/", 200, (), raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", Role.HOME))
    (found,) = filter(None, map(FILES_OF_RUNS.__getitem__, page.runs))
    return found


def test_addresses_are_set_apart_by_what_they_are_relative_to() -> None:
    found = named(
        "<img src=' /a/b.png?v=1#x '><img data-src='c/d.png'><img src='//cdn.example/e.png'>"
        "<script src='/../f.js'></script><script src='/g//h.js'></script><img src='data:image/gif;base64,R0'><img src='?x'>"
    )
    assert [told.path for told in found.own] == ["/a/b.png"]
    assert found.elsewhere == ("//cdn.example/e.png",)
    assert found.relative == ("/../f.js", "/g//h.js", "c/d.png")


def test_what_says_the_same_on_every_page_is_steady() -> None:
    assert named("<img src='/a/b.png'><img src='https://cdn.example/e.png'>").is_steady
    assert not named("<img src='a/b.png'>").is_steady
    assert not named("<img src='/a/1612345678_logo.png'>").is_steady
    assert not named("<img src='https://shop.example/1612345678_logo.png'>").is_steady


def test_declared_releases_are_those_with_a_number() -> None:
    head = "<meta name=Release content=' 2024.03.12-7 '><meta name=build content=nightly><meta name=author content=1234567>"
    assert named("", head).releases == (("2024.03.12-7", "Release"),)


def test_a_base_is_told() -> None:
    assert named("", "<base href='/shop/'>").has_base
    assert not named("", "<link href='/a.css'>").has_base


def test_the_files_of_one_run_are_bounded() -> None:
    body = "".join(f"<img src='/i/picture-{number}.jpg'>" for number in range(2_000))
    assert len(named(body).own) == 600
