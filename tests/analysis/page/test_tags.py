"""Tags: the flat row says what the tree says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from analysis.page.pages import Page
from analysis.page.tags import Tag, end_of, text_within
from crawler.captures import Resource, Role

XHTML = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
PIECES = st.lists(
    st.sampled_from(
        [
            *("<div class='a b'>", "</div>", '<p title="x&gt;&quot;y&#10;z">', "</p>", "<br>", "<img src=a.png alt=''>", "</a>"),
            *(
                "<a name=n href='/x?a=1&amp;b=2'>",
                "<b>",
                "</b>",
                "<!-- <p>no&amp;</p> -->",
                "<script>a<b && '</p>'</script>",
                "text",
            ),
            *("<svg viewBox=0><path/></svg>", " &lt;i&gt; ", "&amp;copy;", "\r\n", "&nbsp;", "<input disabled>", "<x:q a=1>"),
            *(
                "<b<>",
                "<pre<i a=1>",
                "</pre<>",
                "<td>",
                "<option>",
                "<style>a>b{}</style>",
                "<template><i>t</i>",
                "\u2028",
                "&#13;",
                "<i <ul='' a&b=1>",
                "<q<r>",
                "</q<r>",
            ),
        ]
    ),
    max_size=30,
)


def page(body: str, url: str = "https://shop.example/a/b.html") -> Page:
    raw = body.encode()
    digest = hashlib.sha256(raw).hexdigest()
    return Page(Resource(url, 200, (("Content-Type", "text/html; charset=utf-8"),), raw, digest, "2026-03-02T06:00:00Z", Role.PAGE))


def said_by_the_tree(root: etree._Element) -> Iterator[tuple[str, dict[str, str], str]]:
    """(name, attributes, text) where elements open, ("/name", none, tail) where they close, in order."""
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            yield f"<!{element.text}", {}, element.tail or ""
        elif event == "start":
            yield str(element.tag), dict(element.attrib), element.text or ""
        else:
            yield f"/{element.tag}", {}, (element.tail or "") if element is not root else ""


def said_by_the_tags(tags: Sequence[Tag]) -> Iterator[tuple[str, dict[str, str], str]]:
    for tag in tags:
        if tag.opens:
            yield tag.name, dict(tag.attributes), "" if tag.closes else tag.text
        if tag.closes or not tag.opens:
            yield f"/{tag.name}" if tag.closes else f"<!{tag.head.comment}", {}, tag.text


@pytest.mark.parametrize("declared", ["", "<!doctype html>", XHTML])
@given(pieces=PIECES)
def test_the_row_says_what_the_tree_says(declared: str, pieces: list[str]) -> None:
    """An XHTML declaration must not come back into the tree: the writer would add ids and languages of its own."""
    read = page(f"{declared}<body>{''.join(pieces)}")
    assert list(said_by_the_tags(read.tags)) == list(said_by_the_tree(read.tree.find("body")))
    assert list(said_by_the_tags(read.all_tags)) == list(said_by_the_tree(read.tree))


@given(pieces=PIECES)
def test_links_and_their_texts_are_those_of_the_tree(pieces: list[str]) -> None:
    read = page("".join(pieces))
    expected = [
        (urljoin(read.url, a.get("href", "")), " ".join(str(a.text_content()).split()))
        for a in read.tree.iter("a")
        if a.get("href")
    ]
    assert list(read.links) == expected


def test_where_an_element_is_over() -> None:
    tags = page("<div><p>a<!-- b --><br>c<i></i></p></div>text").tags
    opened = {tag.name: at for at, tag in enumerate(tags) if tag.opens}
    last = {name: tags[end_of(tags, at) - 1] for name, at in opened.items()}
    assert {name: (tag.name, tag.closes) for name, tag in last.items()} == {name: (name, True) for name in opened}
    assert (last["p"].text, last["div"].text) == ("", "text")


def test_the_text_of_an_element_holds_that_of_all_below() -> None:
    read = page("<body><div>a<p>b<br>c<!-- no --></p>d</div>e")
    at = next(number for number, tag in enumerate(read.tags) if tag.name == "div")
    assert text_within(read.tags, at) == "abcd"


@given(
    base=st.sampled_from(
        ["https://s.example", "http://s.example/a/b;c/d.html?q=/x#/f", "https://s.example/a/", "ftp://f.example/a", "x"]
    ),
    href=st.one_of(
        st.sampled_from(["", "?a", "#", "//o.example/x", "http:///x", "https://s.example", "http:x", "mailto:a@b.example", "b;p"]),
        st.text(alphabet="ab/.?#;:= &", max_size=12),
    ),
)
def test_addresses_are_joined_as_ever(base: str, href: str) -> None:
    """Joined addresses are remembered by as little of the base as matters; that must not change one."""
    assert page("", base).absolute(href) == urljoin(base, href.strip())


def test_a_name_that_holds_the_sign_of_a_tag_ends_no_reader() -> None:
    """``<b<>`` is an element of that name to the parser; it must not take the whole storefront's reading with it."""
    shown = page("<body><p>one <b<>two</p><pre<i class=k>three</pre<i></body>")
    assert [tag.name for tag in shown.tags if tag.opens] == ["body", "p", "b<", "pre<i"]
    assert text_within(shown.tags, 0) == "one twothree"
