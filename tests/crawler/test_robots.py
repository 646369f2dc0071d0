"""robots.txt by RFC 9309."""

from __future__ import annotations

import pytest

from crawler.robots import MAX_ROBOTS, read_robots, refuse_all, robots_url

SHOP = "https://shop.example"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_file_allows_all(status: int) -> None:
    assert read_robots(status, b"User-agent: *\nDisallow: /").allows(f"{SHOP}/cart")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_a_server_in_trouble_refuses_all(status: int) -> None:
    rules = read_robots(status, b"")
    assert not rules.allows(f"{SHOP}/")
    assert rules.refused_because is not None
    assert str(status) in rules.refused_because


def test_rules_for_all_and_for_us() -> None:
    rules = read_robots(
        200, b"User-agent: *\nDisallow: /\n\nUser-agent: samehand\nDisallow: /cart\nAllow: /cart/help\nCrawl-delay: 3\n"
    )
    assert rules.allows(f"{SHOP}/")
    assert not rules.allows(f"{SHOP}/cart?x=1")
    assert rules.allows(f"{SHOP}/cart/help")
    assert rules.crawl_delay == 3
    assert rules.allows(f"{SHOP}/robots.txt")


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /secret\r\n",
        "User-agent: *\nDisallow: /secret\n".encode("utf-16"),
        b"User-agent: *\rDisallow: /secret\r",
    ],
)
def test_byte_marks_and_line_ends(body: bytes) -> None:
    rules = read_robots(200, body)
    assert not rules.allows(f"{SHOP}/secret")
    assert rules.allows(f"{SHOP}/open")


def test_a_page_instead_of_rules_allows_all() -> None:
    assert read_robots(200, b"<!DOCTYPE html><p>User-agent: *\nDisallow: /").allows(f"{SHOP}/x")


def test_only_the_first_half_mebibyte_counts() -> None:
    padding = b"# padding\n" * (MAX_ROBOTS // 10 + 1)
    assert read_robots(200, padding + b"User-agent: *\nDisallow: /").allows(f"{SHOP}/x")
    assert not read_robots(200, b"User-agent: *\nDisallow: /\n" + padding).allows(f"{SHOP}/x")


def test_sitemaps_are_named() -> None:
    assert read_robots(200, b"Sitemap: https://shop.example/s.xml\n").sitemaps == ("https://shop.example/s.xml",)


def test_no_answer_refuses() -> None:
    assert not refuse_all("no answer").allows(f"{SHOP}/")
    assert robots_url("https://shop.example:8443/a/b?c") == "https://shop.example:8443/robots.txt"
