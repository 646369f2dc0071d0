"""What a page points to, from honest and from hostile markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.links import MAX_LINKS, AssetUse, Links, extract

URL = "http://shop.example/a/b.html"


def of(html: str) -> Links:
    return extract(html.encode(), URL, "text/html; charset=utf-8")


def test_links_with_text_and_price() -> None:
    found = of(
        """<a href="/contact">Contact&nbsp;us</a>
        <div><a href="x.html"><img src="x.jpg" alt="Blue Shoes"></a><b>$12.50</b></div>"""
        + "<p>text</p>" * 20
        + '<a href="javascript:void(0)">no</a><a href="mailto:a@b">no</a><a href="//cdn.example/z" rel="nofollow" title="Z">'
    )
    assert [(link.url, link.text, link.priced) for link in found.links] == [
        ("http://shop.example/contact", "Contact us", False),
        ("http://shop.example/a/x.html", "Blue Shoes", True),
        ("http://cdn.example/z", "Z", False),
    ]
    assert found.links[2].rel == {"nofollow"}


@pytest.mark.parametrize("price", ["€ 9,99", "9,99 €", "1 299 ₽", "12.00 USD", "£5", "199 руб.", "49 kr"])
def test_prices_of_many_countries(price: str) -> None:
    assert of(f'<li><a href="/x">X</a> <span>{price}</span></li>').links[0].priced


@pytest.mark.parametrize("text", ["$0.00", "0,00 €", "call 555 1234", "EUR", "2026"])
def test_an_empty_cart_is_no_price(text: str) -> None:
    assert not of(f'<li><a href="/x">X</a> <span>{text}</span></li>').links[0].priced


def test_forms_with_fields_and_buttons() -> None:
    (form,) = of(
        '<form action="https://accounts.example/in" method="POST"><input name="user"><input type="password" name="pw">'
        '<select name="lang"></select><input type="submit" value="Log in"></form>'
    ).forms
    assert (form.action, form.method, form.has_password, form.passwords) == ("https://accounts.example/in", "post", True, 1)
    assert form.fields == (("user", "text"), ("pw", "password"), ("lang", "select"), ("", "submit"))
    assert form.buttons == ("Log in",)


def test_a_form_without_action_goes_to_its_own_page() -> None:
    assert of("<form><input name=q></form>").forms[0].action == URL


def test_assets_say_how_they_are_used() -> None:
    found = of(
        """<head><link rel="stylesheet" href="s.css"><link rel="shortcut icon" href="/f.ico"><link rel=manifest href="/m.json">
        <link rel="preload" as="font" href="/f.woff2"><meta property="og:image" content="/og.png"><script src="/j.js"></script>
        </head><body style="background:url('/bg.png')"><img data-src="/lazy.jpg" srcset="/2x.jpg 2x, /3x.jpg 3x">
        <svg><image href="/v.png"/></svg>"""
    )
    assert {(asset.url.rpartition("/")[2], asset.use) for asset in found.assets} == {
        ("s.css", AssetUse.STYLE),
        ("f.ico", AssetUse.ICON),
        ("m.json", AssetUse.MANIFEST),
        ("f.woff2", AssetUse.FONT),
        ("og.png", AssetUse.PREVIEW),
        ("j.js", AssetUse.SCRIPT),
        ("bg.png", AssetUse.BACKGROUND),
        ("lazy.jpg", AssetUse.IMAGE),
        ("2x.jpg", AssetUse.IMAGE),
        ("v.png", AssetUse.IMAGE),
    }


def test_where_the_page_sends_its_reader() -> None:
    found = of(
        """<head><base href="http://base.example/x/"><meta http-equiv="Refresh" content="5; URL='next.html'">
        <link rel="canonical" href="c.html"><link rel="alternate" hreflang="de-AT" href="http://shop.example.at/"></head>
        <iframe src="f.html"></iframe>"""
    )
    assert found.refresh == "http://base.example/x/next.html"
    assert found.canonical == "http://base.example/x/c.html"
    assert found.alternates == (("de-at", "http://shop.example.at/"),)
    assert found.frames == ("http://base.example/x/f.html",)


@pytest.mark.parametrize(
    "html",
    [
        '<div itemscope itemtype="https://schema.org/Product"></div>',
        '<meta property="og:type" content="product">',
        '<script type="application/ld+json">{"@context": "x", "@type": "Product"}</script>',
    ],
)
def test_pages_that_say_they_are_a_product(html: str) -> None:
    assert of(html).is_product
    assert not of(html.replace("roduct", "lace")).is_product


def test_the_passage_is_kept_for_links_that_lead_away() -> None:
    found = of('<p>To pay, please use <a href="http://pay.example/">this shop</a> now.</p><p>Our <a href="/x">own</a></p>')
    assert [link.context for link in found.links] == ["To pay, please use this shop now.", ""]


def test_an_unreadable_charset_is_guessed() -> None:
    assert extract("<a href=/x>\xfcber</a>".encode("latin-1"), URL).links[0].text == "über"
    assert extract("<a href=/x>Доставка</a>".encode("cp1251"), URL, "text/html; charset=windows-1251").links[0].text == "Доставка"
    assert extract(b"<a href=/x>a</a>", URL, "text/html; charset=x-none").links[0].text == "a"


@pytest.mark.parametrize(
    "body",
    [
        b"<a " * 20_000,
        b"<a " + b" ".join(b"a%d" % i for i in range(100_000)) + b"><a href=/x>y</a>",
        b"<a " + b" ".join(b"a%d='>'" % i for i in range(100_000)) + b"><a href=/x>y</a>",
        b"<div>" * 300_000,
        b"<b>" * 300_000,
        b"<table><tr><td>" * 50_000,
        b"<!--" * 300_000,
        b"<![CDATA[" * 100_000,
        b"<a href=/x>" * 100_000,
        b"<p>" + b"9" * 500_000,
        b'<a title="' + b"x" * 1_000_000,
        b"\x00" * 100_000,
        b"<form>" + b"<input name=x>" * 50_000,
        b"<img srcset='" + b"a," * 200_000 + b"'>",
        b"<style>" + b"url(x)" * 100_000,
        b"<p style='" + b"url(x)" * 100_000 + b"'>",
    ],
    ids=range(16),
)
def test_hostile_markup_is_bounded(body: bytes) -> None:
    """libxml2 alone takes minutes for 100,000 attributes in one tag; nothing may raise, and counts keep their limits."""
    found = extract(body, URL)
    assert len(found.links) <= MAX_LINKS
    assert len(found.assets) <= 500
    assert all(len(link.text) <= 200 and len(link.url) <= 2083 for link in found.links)


def test_what_follows_a_flood_of_attributes_is_still_read() -> None:
    body = b"<a " + b" ".join(b"a%d='>'" % i for i in range(40_000)) + b"><a href=/x>y</a>"
    assert [link.url for link in extract(body, URL).links] == ["http://shop.example/x"]


def test_deep_nesting_does_not_hide_what_follows() -> None:
    assert extract(b"<div>" * 1000 + b"<a href=/x>y</a>", URL).links


@given(st.binary(max_size=400))
def test_any_bytes_are_read(body: bytes) -> None:
    assert extract(body, URL) == extract(body, URL)
    extract(b"<html><body>" + body, URL, "text/html")
