"""Signs of marks on tags."""

from __future__ import annotations

import hashlib

import pytest

from analysis.imagery.mark_signs import IS_FOREIGN, PICTURE, SIGN, Sign, is_home, pictures_within, surroundings
from analysis.page.pages import Page
from analysis.page.tags import Tag
from crawler.captures import Resource, Role

HOME = "https://a.example/x/"


def tags(body: str) -> list[Tag]:
    raw = f"<html><head></head><body>{body}</body></html>".encode()
    return Page(Resource(HOME, 200, (), raw, hashlib.sha256(raw).hexdigest(), "", Role.PAGE)).all_tags


def place(row: list[Tag], name: str) -> int:
    return next(at for at, tag in enumerate(row) if tag.name == name and tag.opens)


@pytest.mark.parametrize(
    ("source", "sign"),
    [
        ('<img src="/i/Logo.png">', Sign.PICTURE),
        ('<img src="/i/1.png" alt="Our logo">', Sign.PICTURE),
        ('<img src="/logistics.png">', Sign.NONE),
        ('<img src="/1.png">', Sign.NONE),
        ('<div class="Site-Title">', Sign.NAMED),
        ('<a class="brand" href="/about">', Sign.NAMED),
        ('<div class="sites"></div>', Sign.NONE),
        *(
            (f'<a href="{href}">', Sign.HOME)
            for href in ("", "/", "/#top", "/?", "./", "..", "INDEX.html", "https://a.example", "//b/")
        ),
        *((f'<a href="{href}">', Sign.NONE) for href in ("#", "#top", "/?x=1", "/a/", "/x/index.html", "mailto:x@y.example", "/e")),
        ("<a name=x>", Sign.HOME),
        ('<link rel="shortcut icon" href="/i.ico">', Sign.ICON),
        ('<link rel="stylesheet" href="/logo.css">', Sign.NONE),
        ('<script type="application/LD+json">{}</script>', Sign.DECLARED),
        ('<script src="/logo.js"></script>', Sign.NONE),
        ('<meta property="og:logo" content="/l.png">', Sign.DECLARED),
        ('<meta name="logo" content="/l.png">', Sign.NONE),
    ],
)
def test_signs(source: str, sign: Sign) -> None:
    name = source[1:].partition(" ")[0]
    row = tags(source)
    assert SIGN[row[place(row, name)].head] is sign


def test_a_page_that_calls_itself_a_logo_is_no_mark_of_all_its_pictures() -> None:
    raw = b'<html class="logo"><body class="logo"><p>x</p></body></html>'
    row = Page(Resource(HOME, 200, (), raw, "0" * 64, "", Role.PAGE)).all_tags
    assert {SIGN[tag.head] for tag in row if tag.opens} == {Sign.NONE}


def test_a_picture_and_its_words() -> None:
    row = tags('<img data-src=" /a/b/c.png " alt="x" class="y"><svg aria-label="Visa"></svg>')
    image, drawing = row[place(row, "img")].head, row[place(row, "svg")].head
    assert PICTURE[image] == ("/a/b/c.png", "b c.png", "x y  ")
    assert (IS_FOREIGN[image], IS_FOREIGN[drawing]) == (False, True)


def test_pictures_inside_an_element_to_some_depth() -> None:
    row = tags("<p><i><img><b><u><svg><path/></svg></u></b></i></p><img>")
    at = place(row, "p")
    assert [[row[found].name for found in pictures_within(row, at, levels)] for levels in (1, 2, 4, 8)] == [
        [],
        ["img"],
        ["img", "svg"],
        ["img", "svg"],
    ]


def test_what_stands_around_a_picture() -> None:
    row = tags(
        '<div class="top-bar"><p class="far">x</p><a href="/">y</a><div id="d"><a href=" /home "><b class="k"><i>z</i><u>'
        "<img></u></b></a></div></div><img>"
    )
    words, in_header, links = surroundings(row, place(row, "img"))
    assert (words.split(), in_header, links) == (["k"], True, ("/home",))
    assert surroundings(row, len(row) - 3) == ("", False, ())


def test_only_the_nearest_are_looked_at() -> None:
    row = tags(f'<header><a href="/">{"<i>" * 7}<img></a></header>')
    assert surroundings(row, place(row, "img"))[1:] == (False, ("/",))


def test_home_is_of_the_same_host() -> None:
    assert is_home("https://a.example/", HOME)
    assert is_home("https://a.example/INDEX.html", HOME)
    assert not is_home("https://a.example/?x=1", HOME)
    assert not is_home("https://b.example/", HOME)
