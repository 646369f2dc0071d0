"""Readings: what of a capture can be read, what is a gate, and what is nothing."""

from __future__ import annotations

import hashlib

import pytest

from analysis.page.page_state import PageState
from analysis.page.reading import Reading, is_html, read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

WORDS = "<p>Songs by the megabyte from artists of every land, in the format and at the quality that you choose yourself.</p>" * 6
GOODS = "".join(f"<div><b>${n}.37</b> <a href='/cart?add={n}'>Add to cart</a></div>" for n in range(10, 20))


def resource(
    path: str, body: str | bytes, role: Role, *, status: int = 200, media: str = "text/html", location: str = ""
) -> Resource:
    raw = body if isinstance(body, bytes) else body.encode()
    headers = (("Content-Type", media), *((("Location", location),) if location else ()))
    return Resource(
        f"https://shop.example{path}", status, headers, raw, hashlib.sha256(raw).hexdigest(), "2026-03-02T06:00:00Z", role
    )


def reading(*resources: Resource) -> Reading:
    ordered = tuple(sorted(resources, key=lambda item: item.url))
    return read(Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", ordered))


def html(body: str, title: str = "Lamps") -> str:
    return f"<html lang=en><head><title>{title}</title></head><body>{body}</body></html>"


HOME = resource("/", html(WORDS + GOODS), Role.HOME)


def test_a_shop_is_read_page_by_page_in_order() -> None:
    found = reading(resource("/terms", html(WORDS), Role.TERMS), HOME, resource("/about", html(WORDS), Role.ABOUT))
    assert [page.url.removeprefix("https://shop.example") for page in found.pages] == ["/", "/about", "/terms"]
    assert found.home is found.pages[0]
    assert [page.role for page in found.with_role(Role.TERMS, Role.ABOUT)] == [Role.ABOUT, Role.TERMS]
    assert found.verdict.state is PageState.SHOP
    assert found.site == "shop.example"


def test_the_error_page_is_apart() -> None:
    found = reading(HOME, resource("/no-such-page", html(WORDS), Role.ERROR_PAGE, status=404))
    assert found.error_page is not None
    assert found.error_page not in found.readable


@pytest.mark.parametrize(
    "body",
    [
        "",
        html("This domain is for sale."),
        html("Checking your browser before accessing. Cloudflare Ray ID: 1", "Just a moment..."),
    ],
)
def test_a_page_that_is_nothing_is_not_read(body: str) -> None:
    found = reading(resource("/", body, Role.HOME))
    assert found.pages == ()
    assert found.verdict.state is not PageState.SHOP


def test_of_a_gate_only_the_gate_is_read() -> None:
    form = (
        '<form action="/login" method="post"><input name="user"><input type="password" name="word"><button>Log in</button></form>'
    )
    found = reading(resource("/", html(f"<h1>Members only</h1><p>Please log in.</p>{form}"), Role.HOME))
    assert found.pages == ()
    assert [page.url for page in found.gates] == ["https://shop.example/"]
    assert found.readable == found.gates


def test_a_redirect_is_no_page() -> None:
    moved = resource("/old", html(WORDS), Role.PAGE, status=301, location="https://shop.example/")
    assert [page.url for page in reading(HOME, moved).pages] == ["https://shop.example/"]


def test_assets_are_those_that_were_answered() -> None:
    picture, missing = (
        resource("/a.png", b"\x89PNG\r\n", Role.IMAGE, media="image/png"),
        resource("/b.png", b"gone", Role.IMAGE, status=404),
    )
    assert list(reading(HOME, picture, missing).assets(Role.IMAGE)) == [picture]


@pytest.mark.parametrize(
    ("body", "media", "is_page"),
    [
        (b"<html><p>x", "text/plain", True),
        (b"\x89PNG\r\n<html>", "text/html", False),
        (b"%PDF-1.4 <html>", "text/html", False),
        (b"plain words", "text/html", True),
        (b"plain words", "text/plain", False),
        (b'{"a": 1}', "application/json", False),
    ],
)
def test_content_decides_before_the_declared_type(body: bytes, media: str, is_page: bool) -> None:
    assert is_html(resource("/", body, Role.PAGE, media=media)) is is_page


def test_nothing_at_all_is_a_reading_too() -> None:
    found = reading()
    assert (found.pages, found.gates, found.home, found.error_page) == ((), (), None, None)


def test_what_stands_on_an_earlier_page_is_not_fresh() -> None:
    menu = '<nav><a href="/music">Music we sell by the megabyte</a></nav>'
    home = resource("/", html(f"{menu}{WORDS}<b>$1.00</b>"), Role.HOME)
    other = resource("/b", html(f"{menu}{WORDS}<b>$2.00</b><b>$2.00</b>"), Role.PAGE)
    (first, of_first), (second, of_second) = reading(other, home).fresh
    assert (first.url, second.url) == ("https://shop.example/", "https://shop.example/b")
    assert "/music" in [tag.attributes.get("href") for tag in of_first]
    assert [tag.text for tag in of_second if tag.name == "b" and tag.opens] == ["$2.00"]
    assert not any(tag.name in ("nav", "a") for tag in of_second)
