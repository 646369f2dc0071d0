"""Habits of response heads."""

from __future__ import annotations

from analysis.page.response_heads import constant_headers, header_order
from crawler.captures import Resource, Role


def answer(*headers: tuple[str, str]) -> Resource:
    return Resource("https://first.com/", 200, headers, b"", "0" * 64, "", Role.PAGE)


def test_the_order_of_names_without_what_varies() -> None:
    assert header_order(answer(("Server", "a"), ("Age", "1"), ("Transfer-Encoding", "chunked"), ("server", "b"))) == "server,length"


def test_constant_headers_say_the_same_everywhere_however_they_are_written() -> None:
    found = constant_headers(
        [
            answer(("Server", "a"), ("X-House", " one "), ("Date", "1")),
            answer(("server", "a"), ("X-House", "one"), ("Date", "2")),
            answer(("Date", "3"), ("SERVER", "a"), ("x-house", "one")),
        ]
    )
    assert found == {"server": "a", "x-house": "one"}
    assert constant_headers([answer(("Server", "a"))] * 2) == {}
