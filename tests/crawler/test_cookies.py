"""Cookies: one bounded jar per storefront, and no question to the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares import cookies as scrapy_cookies
from scrapy.http import Response

from crawler.cookies import MAX_COOKIES, StorefrontCookies
from crawler.names import is_public_suffix


def _answered(middleware: StorefrontCookies, *fields: str) -> list[str]:
    request = Request("https://shop.example.co.uk/", meta={"cookiejar": "example.co.uk"})
    response = Response(request.url, headers={"Set-Cookie": list(fields)}, request=request)
    middleware.process_response(request, response)
    return [cookie.name for cookie in middleware.jars["example.co.uk"].jar]


def test_a_cookie_is_kept_in_the_storefronts_jar_until_it_is_forgotten() -> None:
    middleware = StorefrontCookies()
    assert _answered(middleware, "session=1; Path=/") == ["session"]
    middleware.forget("example.co.uk")
    assert "example.co.uk" not in middleware.jars


def test_a_bomb_of_cookies_is_not_taken() -> None:
    assert _answered(StorefrontCookies(), *(f"c{n}=1" for n in range(MAX_COOKIES + 1))) == []


def test_a_cookie_for_a_whole_suffix_is_refused_without_asking_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scrapy's own question would fetch the Public Suffix List on a machine that has no cache of it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert scrapy_cookies._is_public_domain is is_public_suffix
    assert _answered(StorefrontCookies(), "all=1; Domain=co.uk") == []
    assert list(tmp_path.iterdir()) == []
