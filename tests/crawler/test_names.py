"""One spelling per address, and the registrable domain that stands for a storefront."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.names import absolute, is_public_suffix, registrable, site_of, tidy_host, tidy_url


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.shop.co.uk", "shop.co.uk"),
        ("a.myshopify.com", "a.myshopify.com"),
        ("deep.www.shop.example", "shop.example"),
        ("WWW.Bücher.DE.", "xn--bcher-kva.de"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:DB8:0::1]", "2001:db8::1"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
    ],
)
def test_registrable_domains(host: str, site: str) -> None:
    assert registrable(host) == site


@pytest.mark.parametrize(
    "host", ["", ".", "a..b", "-a.b", "a b", "0x7f.1", "2130706433", "127.1", "a/b", "x" * 64 + ".com", "\ud800.com"]
)
def test_what_is_no_host(host: str) -> None:
    assert tidy_host(host) is None


@pytest.mark.parametrize(
    ("url", "tidy"),
    [
        ("HTTP://Shop.Example", "http://shop.example/"),
        ("https://u:p@shop.example:443/a?b#c", "https://shop.example/a?b"),
        ("http://shop.example:8080", "http://shop.example:8080/"),
        ("http://[::1]/", "http://[::1]/"),
        ("http://shop.example/ü?ü", "http://shop.example/%C3%BC?%C3%BC"),
        ("ftp://shop.example/", None),
        ("http:///x", None),
        ("http://shop.example:x/", None),
        ("http://shop.example/" + "x" * 3000, None),
        ("shop.example", None),
    ],
)
def test_one_spelling_per_address(url: str, tidy: str | None) -> None:
    assert tidy_url(url) == tidy


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../x y?z#q", "http://shop.example/x%20y?z"),
        ("\\\\other.example\\a", "http://other.example/a"),
        (" /a\tb\nc ", "http://shop.example/abc"),
        ("//other.example", "http://other.example/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("http://[", None),
        ("", "http://shop.example/d/e"),
    ],
)
def test_addresses_as_found_on_pages(href: str, url: str | None) -> None:
    assert absolute("http://shop.example/d/e", href) == url


def test_public_suffixes_are_no_storefronts() -> None:
    assert all(map(is_public_suffix, ("com", "co.uk", "myshopify.com", "localhost")))
    assert not any(map(is_public_suffix, ("shop.com", "a.myshopify.com", "192.0.2.1", "::1", "not a name")))


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing(text: str) -> None:
    url = absolute("http://shop.example/a/", text)
    if url is not None:
        assert tidy_url(url) == url
        site = site_of(url)
        assert site is not None
        assert registrable(site) == site
