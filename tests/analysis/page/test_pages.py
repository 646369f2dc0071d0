"""Pages: decoded once, parsed once, and never upset by what they are made of."""

from __future__ import annotations

import hashlib
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.page.pages import MAX_PAGE_CHARS, Page
from crawler.captures import Resource, Role

URL = "https://shop.example/a/b.html"


def page(body: bytes | str, content_type: str = "text/html") -> Page:
    raw = body if isinstance(body, bytes) else body.encode()
    headers = (("Content-Type", content_type),)
    return Page(Resource(URL, 200, headers, raw, hashlib.sha256(raw).hexdigest(), "2026-03-02T06:00:00Z", Role.PAGE))


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("<p>Цены</p>".encode("cp1251"), "text/html; charset=windows-1251", "Цены"),
        (b"<meta charset=koi8-r><p>" + "Цены".encode("koi8-r"), "text/html", "Цены"),
        ("<p>Größe</p>".encode(), "text/html", "Größe"),
        ("<p>Größe</p>".encode("cp1252"), "text/html", "Größe"),
        ("\ufeff<p>Größe</p>".encode("utf-16"), "text/html", "Größe"),
        ("<p>Größe</p>".encode(), "text/html; charset=no-such-thing", "Größe"),
    ],
)
def test_a_page_is_decoded_as_browsers_do(body: bytes, declared: str, text: str) -> None:
    assert text in page(body, declared).text


def test_text_is_what_people_see() -> None:
    made = page(
        "<title>T</title><body>One <b>two</b> three<script>no</script><style>no</style> four<!-- no --> five"
        "<noscript>no</noscript><svg><text>no</text></svg><template>no</template> six</body>"
    )
    assert made.text == "One two three four five six"
    assert made.title == "T"


def test_links_are_absolute_and_of_the_web() -> None:
    made = page(
        '<a href="c">C  c</a><a href="/d">D</a><a href="mailto:x@y">m</a><a href="javascript:x()">j</a><a href="http://[bad">b</a><a>n</a>'
    )
    assert made.links == (("https://shop.example/a/c", "C c"), ("https://shop.example/d", "D"))


def test_a_base_is_obeyed() -> None:
    assert page('<base href="//other.example/x/"><a href="c">C</a>').links == (("https://other.example/x/c", "C"),)


@pytest.mark.parametrize(("declared", "language"), [("en-GB", "en"), ("RU_ru", "ru"), ("", None)])
def test_the_language_is_the_primary_subtag(declared: str, language: str | None) -> None:
    assert page(f'<html lang="{declared}"><p>x</p></html>').language == language


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ('<html xml:lang="fr-FR"><p>x', "fr"),
        ('<html><head><meta http-equiv="Content-Language" content="sv"></head><p>x', "sv"),
        ('<html><head><meta property="og:locale" content="pt_BR"></head><p>x', "pt"),
        ('<html lang="x-default"><head><meta property="og:locale:alternate" content="de_DE"></head><p>x', None),
        ('<html lang="english"><p>x', None),
    ],
)
def test_other_declarations_of_a_language(source: str, language: str | None) -> None:
    assert page(source).language == language


@pytest.mark.parametrize("body", ["", " ", "\x00", "<", "<!--", "<html>", "<?xml?>", "<!DOCTYPE", b"\xff\xfe", b"%PDF-1.4"])
def test_what_is_no_page_is_an_empty_one(body: str | bytes) -> None:
    made = page(body)
    assert made.tree.tag == "html"
    assert made.links == ()
    assert made.title == ""


def test_a_deep_page_is_read_to_its_end() -> None:
    """Two thousand nested boxes hide nothing."""
    assert "the end" in page("<html><body>" + "<div>" * 2000 + "the end").text


def test_a_deep_page_full_of_errors_is_read_to_its_end() -> None:
    assert "the end" in page("<html><body>" + "<p>x</q></p>" * 200 + "<div>" * 2100 + "</div>" * 2100 + "the end").text


def test_a_page_of_endless_depth_is_read_as_far_as_it_goes() -> None:
    assert page("<html><body><p>before</p>" + "<div>" * 100_000).text == "before"


def test_what_is_longer_than_a_page_is_left() -> None:
    made = page("<p>head</p>" + "x" * (MAX_PAGE_CHARS + 10) + "<p>tail</p>")
    assert len(made.html) == MAX_PAGE_CHARS
    assert "tail" not in made.html


@given(st.binary(max_size=300))
def test_no_bytes_upset_a_page(body: bytes) -> None:
    made = page(b"<html><body>" + body)
    assert isinstance(made.text, str)
    assert isinstance(made.title, str)
    assert all(url.startswith(("http://", "https://")) for url, _ in made.links)


def test_what_stands_beside_the_body_has_its_own_tags() -> None:
    seen = page("<html><head><title>Records</title><script src=/a.js></script></head><body><p>x</p></body></html>")
    assert [tag.name for tag in seen.all_tags if tag.opens] == ["html", "head", "title", "script", "body", "p"]
    assert {tag.name for tag in seen.tags} == {"body", "p"}


def test_tags_are_found_by_name_in_head_and_body() -> None:
    seen = page("<html><head><meta name=a><script>1</script></head><body><p>x<meta name=b><img alt='&amp;'></body></html>")
    assert [tag.attributes["name"] for tag in seen.named("meta")] == ["a", "b"]
    assert [tag.name for tag in seen.named("img", "script", "video")] == ["img", "script"]
    assert seen.lowered == seen.html.lower()


def test_links_of_cards_that_hold_boxes_have_all_their_text() -> None:
    shown = page(
        '<body><div><a href="/one"><div>First</div> card</a></div><a href="#top">Up</a><div><a href="/two">Second</a></div></body>'
    )
    assert shown.links == (
        ("https://shop.example/one", "First card"),
        ("https://shop.example/a/b.html#top", "Up"),
        ("https://shop.example/two", "Second"),
    )


#: Addresses as pages write them, well and badly.
_WRITTEN = st.lists(
    st.sampled_from(
        [
            "https://",
            "http://",
            "HTTP://",
            "//",
            "a.example",
            "b",
            ":80",
            "/",
            "..",
            ".",
            "?",
            "#",
            ";",
            "x=1",
            "c.html",
            "&",
            " ",
            "\t",
            "é",
            "[",
            "@",
        ]
    ),
    max_size=9,
).map("".join)


@given(_WRITTEN)
def test_an_absolute_address_is_what_joining_makes_of_it(written: str) -> None:
    try:
        joined = urljoin("https://shop.example/a/b", written.strip())
    except ValueError:
        joined = ""
    assert page("<p>x</p>").absolute(written, "https://shop.example/a/b") == joined


@given(
    _WRITTEN,
    st.sampled_from(
        [
            "https://shop.example/a/b.html",
            "https://shop.example/?x",
            "http://shop.example:80/a;b/c",
            "https://shop.example/a//b",
            "https://shop.example/a/../b/c",
            "https://shop.example/a/./c",
            "HTTP://Shop.example/%20/d",
        ]
    ),
)
def test_an_address_put_behind_its_folder_is_what_joining_makes_of_it(written: str, url: str) -> None:
    body = b"<p>x</p>"
    shown = Page(Resource(url, 200, (), body, hashlib.sha256(body).hexdigest(), "2026-03-02T06:00:00Z", Role.PAGE))
    try:
        joined = urljoin(url, written.strip())
    except ValueError:
        joined = ""
    assert shown.absolute(written) == joined


def test_an_address_that_depends_on_the_page_is_not_that_of_another_page() -> None:
    body = b'<a href="?page=2">next</a><a href="item.html">item</a>'
    pages = [
        Page(Resource(url, 200, (), body, hashlib.sha256(body).hexdigest(), "2026-03-02T06:00:00Z", Role.PAGE))
        for url in ("https://shop.example/a/b.html", "https://shop.example/a/c.html", "https://shop.example/d/")
    ]
    assert [[target for target, _ in shown.links] for shown in pages] == [
        ["https://shop.example/a/b.html?page=2", "https://shop.example/a/item.html"],
        ["https://shop.example/a/c.html?page=2", "https://shop.example/a/item.html"],
        ["https://shop.example/d/?page=2", "https://shop.example/d/item.html"],
    ]


@pytest.mark.parametrize("base", ["", "<base href='//[x'>"])
@pytest.mark.parametrize("written", ["http://[::1/a", "//[a]b/", "https://a\u2100b.example/x"])
def test_what_cannot_be_taken_apart_is_no_address(base: str, written: str) -> None:
    assert page(f"<head>{base}</head><body><a href='{written}'>x</a></body>").absolute(written) == ""
