"""Catalogue: what resellers share with everybody is kept apart from what only one hand writes."""

from __future__ import annotations

import hashlib
import json

from analysis.evidence import Mode, Trace
from analysis.fingerprints import catalogue
from analysis.goods.catalogue_prices import price_ratio
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

WORDS = "<p>" + "We sell good things made by careful people in small places. " * 20 + "</p>"
GOODS = {
    "Wild Honey 500 g": ("AWB/1958", 12.4),
    "Organic Rye Flour 1 kg": ("AWB/6027", 25.62),
    "Heirloom Black Tea": ("AWB/6590", 8.85),
    "Smoked Sea Salt": ("AWB/9154", 39.27),
    "Raw Bananas 750 ml": ("AWB/9881", 31.99),
    "Baby Goat Cheese": ("AWB/0491", 7.77),
    "Sun-dried Tomatoes": ("AWB/6083", 54.1),
    "Roasted Walnuts": ("AWB/6138", 18.35),
}


def capture(site: str, goods: dict[str, tuple[str, float]], currency: str = "GBP", extra: str = "") -> Capture:
    rows = [
        {
            "@type": "Product",
            "name": name,
            "sku": sku,
            "offers": {"price": f"{price:.2f}", "priceCurrency": currency},
            "url": f"/{n}",
        }
        for n, (name, (sku, price)) in enumerate(goods.items())
    ]
    script = f'<script type="application/ld+json">{json.dumps(rows)}</script>'
    body = f"<html><head><title>Shop</title>{script}</head><body><h1>Shop</h1>{WORDS}{extra}</body></html>".encode()
    home = Resource(
        f"https://{site}/", 200, (("Content-Type", "text/html"),), body, hashlib.sha256(body).hexdigest(), "2026-01-01", Role.HOME
    )
    return Capture(site, f"https://{site}/", HostKind.STOREFRONT, Outcome.FINISHED, "", (home,))


def traces(site: str, goods: dict[str, tuple[str, float]], currency: str = "GBP", extra: str = "") -> list[Trace]:
    return list(catalogue.take(read(capture(site, goods, currency, extra))))


def values(found: list[Trace], kind: str) -> set[str]:
    return {trace.value for trace in found if trace.kind == f"catalogue.{kind}"}


def series(found: list[Trace], kind: str) -> dict[str, float]:
    return {trace.value: trace.weight for trace in found if trace.kind == f"catalogue.{kind}"}


def test_every_trace_is_of_a_declared_kind_and_given_once() -> None:
    found = traces("a.example", GOODS, extra="<p>All music $0.02 per MB</p>")
    assert {trace.kind for trace in found} <= {kind.name for kind in catalogue.KINDS}
    assert len({(trace.kind, trace.value) for trace in found}) == len(found)
    assert all(trace.url and len(trace.digest) == 64 for trace in found)
    assert found == traces("a.example", GOODS, extra="<p>All music $0.02 per MB</p>")


def test_own_numbers_and_how_they_are_built() -> None:
    found = traces("a.example", GOODS)
    assert values(found, "sku") == {sku for sku, _ in GOODS.values()}
    assert values(found, "sku_pattern") == {"AWB/9999"}
    assert values(found, "currency") == {"GBP"}
    assert values(found, "size") == {"8"}
    assert values(found, "odd_price") == {"25.62 GBP", "39.27 GBP", "7.77 GBP"}


def test_bar_codes_belong_to_the_goods() -> None:
    """A number with a valid GTIN check digit is the maker's: every reseller has it, and it never counts as the shop's own."""
    found = traces("a.example", {"Marker Pen Blue": ("4006381333931", 2.5)})
    assert values(found, "sku") == set()
    assert values(found, "gtin") == {"4006381333931"}
    kinds = {kind.name: kind for kind in catalogue.KINDS}
    assert not kinds["catalogue.gtin"].key


def test_a_mirror_in_another_currency_and_language_keeps_its_price_list() -> None:
    names = [f"Produkt {word}" for word in ("eins", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht")]
    mirror = {
        name: (f"N{n:04d}X", round(price * 117.09, 2))
        for n, (name, (_, price)) in enumerate(zip(names, GOODS.values(), strict=True))
    }
    first, second = traces("a.example", GOODS), traces("b.example", mirror, "RUB")
    assert not values(first, "sku") & values(second, "sku")
    assert not values(first, "product_name") & values(second, "product_name")
    assert len(values(first, "price_shape") & values(second, "price_shape")) >= 4


def test_a_mirror_and_a_reseller_differ_in_the_ratio_of_prices_not_in_names() -> None:
    margins = [1.1, 1.35, 0.9, 1.2, 1.5, 1.05, 0.8, 1.27]
    mirror = {name: (sku, round(price * 4.25, 2)) for name, (sku, price) in GOODS.items()}
    reseller = {
        name: (f"TP{n}4145", round(price * margin, 2))
        for n, ((name, (_, price)), margin) in enumerate(zip(GOODS.items(), margins, strict=True))
    }
    shop, copied, resold = traces("a.example", GOODS), traces("b.example", mirror, "PLN"), traces("c.example", reseller)
    assert values(shop, "product_name") == values(copied, "product_name") == values(resold, "product_name")
    same, other = (price_ratio(series(shop, "price_by_name"), series(found, "price_by_name")) for found in (copied, resold))
    assert same is not None
    assert other is not None
    assert (round(same.median, 2), same.constant) == (4.25, 1.0)
    assert other.constant < 0.5
    by_number = price_ratio(series(shop, "price"), series(copied, "price"))
    assert by_number is not None
    assert by_number.shared == 8
    assert not values(shop, "price_shape") & values(resold, "price_shape")


def test_words_in_another_order_are_one_name() -> None:
    turned = {" ".join(reversed(name.split())): row for name, row in GOODS.items()}
    assert values(traces("a.example", GOODS), "product_name") == values(traces("b.example", turned), "product_name")


def test_a_sign_that_several_currencies_share_splits_no_price_list() -> None:
    """Markup says SEK where the cards say "kr": once the numbered half of the prices fell out so."""
    row = '<div><h4><a href="/k{n}">Card thing {n}</a></h4><b>{n}9,50 kr</b></div>'
    cards = "<div>" + "".join(row.format(n=n) for n in range(3, 9)) + "</div>"
    found = traces("a.example", dict(list(GOODS.items())[:4]), "SEK", cards)
    assert values(found, "currency") == {"SEK"}
    assert len(series(found, "price")) == 4
    assert len(series(found, "price_by_name")) == 10


def test_a_price_per_megabyte_is_kept() -> None:
    assert values(traces("a.example", {}, extra="<p>Only $0.02 per MB</p>"), "unit_price") == {"0.02 USD/mb"}


def test_large_catalogues_are_sampled_alike() -> None:
    """What is kept are the smallest hashes, not the first seen: shops that share half their goods share half of the sample."""
    many = {f"Thing number {n} of {n % 97} kinds": (f"SK{n:05d}", 10 + n / 100) for n in range(390)}
    found = traces("a.example", many)
    assert len(values(found, "product_name")) == 390
    assert all(sum(trace.kind == kind.name for trace in found) <= 512 for kind in catalogue.KINDS)


def test_nothing_sold_gives_nothing() -> None:
    assert traces("a.example", {}) == []
    assert all(kind.cls.value == "A" for kind in catalogue.KINDS)
    assert {kind.mode for kind in catalogue.KINDS} == {Mode.VALUE, Mode.BAG, Mode.SERIES, Mode.FACT, Mode.NOTE}
