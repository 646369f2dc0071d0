"""Hosts that everybody names, processors, and gateways by their names."""

from __future__ import annotations

import pytest

from analysis.files.third_parties import host_of, is_third_party, root_of, site_of
from analysis.payees.processors import looks_like_gateway, processor_of


def test_host_and_site() -> None:
    assert host_of("https://user:pw@WWW.Shop.co.uk.:8080/x?y#z") == "www.shop.co.uk"
    assert host_of("mailto:x@y.com") == host_of("https://") == ""
    assert site_of("//cdn.shop.co.uk/x.js") == site_of("www.shop.co.uk") == "shop.co.uk"
    assert site_of("co.uk") == site_of("192.0.2.1") == site_of("localhost") == ""


def test_what_a_host_depends_on() -> None:
    assert root_of("http://a/b/c?d=/") == "http://a/"
    assert root_of("https://first.com") == "https://first.com"
    assert site_of(root_of("https://www.shop.co.uk?x=/y")) == "shop.co.uk"


def test_third_parties() -> None:
    for host in (
        "www.facebook.com",
        "https://fonts.googleapis.com/css",
        "www.google.com.br",
        "someone.github.io",
        "d1.cloudfront.net",
    ):
        assert is_third_party(host)
    for host in ("shop.co.uk", "my-shop.myshopify.com", "cdn.shop.com", "googly-shop.com"):
        assert not is_third_party(host)


def test_processors() -> None:
    assert processor_of("https://js.stripe.com/v3/") == "stripe"
    assert processor_of("auth.robokassa.ru") == "robokassa"
    assert processor_of("stripe.com.evil.net") is None


@pytest.mark.parametrize(
    "host", ["pay.shop.com", "billing.payline13.net", "secure.chargegate.net", "checkout.x.org", "merchant.bank.ru", "payhouse.com"]
)
def test_gateways_by_name(host: str) -> None:
    assert looks_like_gateway(host)


@pytest.mark.parametrize("host", ["shop.com", "www.repayment-advice.org", "music.net", "display.com", "paper.com"])
def test_no_gateways(host: str) -> None:
    assert not looks_like_gateway(host)
