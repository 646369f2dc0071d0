"""The different lines of a storefront's pages."""

from __future__ import annotations

import hashlib

from analysis.reading import read
from analysis.source_lines import source_lines
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
