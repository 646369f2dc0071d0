"""The different lines of a storefront's pages."""

from __future__ import annotations

import hashlib

from analysis.page.reading import read
from analysis.page.source_lines import plain_source, plain_text, source_lines
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

FILLING = "<p>Long playing records, shipped from our own cellar to any address you name, every weekday of the year.</p>\n" * 6


def page(path: str, line: str, role: Role) -> Resource:
    raw = f"<!doctype html><html><body><h1>Records</h1>\n<script>fbq(1)</script>\n{FILLING}{line}\n</body></html>".encode()
    return Resource(
        f"https://shop.example/{path}", 200, (("content-type", "text/html"),), raw, hashlib.sha256(raw).hexdigest(), "", role
    )


def test_each_line_of_each_page_stands_there_once() -> None:
    resources = (page("", "<p>home</p>", Role.HOME), page("about", "<p>about</p>", Role.ABOUT))
    reading = read(Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", resources))
    lines = source_lines(reading).text.split("\n")
    assert len(reading.readable) == 2
    assert set(lines) == {line for each in reading.readable for line in each.html.split("\n")}
    assert len(lines) == len(set(lines))


def test_slashes_and_ampersands_of_json_are_written_out() -> None:
    """Platforms write the addresses of their scripts into settings: ids stand in them as in any address."""
    written = r'{"a":"https:\/\/cdn.example\/x.js?id=7\u0026shop=1","b":"{\"c\":\"https:\\\/\\\/d.example\"}","e":"\u002Ff\u002fg"}'
    plain = plain_text(written)
    assert "https://cdn.example/x.js?id=7&shop=1" in plain
    assert "//d.example" in plain
    assert "/f/g" in plain
    assert plain_text("no backslash at all") == "no backslash at all"


def test_a_plain_page_is_its_own_source() -> None:
    reading = read(
        Capture(
            "shop.example",
            "https://shop.example/",
            HostKind.STOREFRONT,
            Outcome.FINISHED,
            "",
            (page("", "<p>Home</p>", Role.HOME),),
        )
    )
    source = plain_source(reading.readable[0])
    assert source.text is reading.readable[0].html
    assert source.lowered == reading.readable[0].html.lower()
