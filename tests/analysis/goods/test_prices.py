"""Prices in the ways shops write them."""

from __future__ import annotations

import pytest

from analysis.goods.prices import Money, UnitPrice, find_prices, may_end_unit_price, read_amount, unit_prices


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("£25.62", 25.62, "GBP"),
        ("US$ 1,299.00", 1299.0, "USD"),
        ("1.234,50 €", 1234.5, "EUR"),
        ("1 234,50 €", 1234.5, "EUR"),
        ("12 990 ₽", 12990.0, "RUB"),
        ("2 999,82 руб.", 2999.82, "RUB"),
        ("EUR 9,90", 9.9, "EUR"),
        ("129,- €", 129.0, "EUR"),
        ("Rp.500.000", 500000.0, "IDR"),
        ("CHF 1'299.00", 1299.0, "CHF"),
        ("199,00 zł", 199.0, "PLN"),
        ("990 грн", 990.0, "UAH"),
        ("Price: $0.02", 0.02, "USD"),
    ],
)
def test_one_price(text: str, amount: float, currency: str) -> None:
    assert find_prices(text) == [Money(amount, currency)]


def test_old_and_new_price_come_in_order() -> None:
    assert [money.amount for money in find_prices("£30.00 £24.99")] == [30.0, 24.99]


@pytest.mark.parametrize(
    "text", ["", "500 g", "Call 030 1234567", "20%", "4.5 stars", "Item 24", "€", "x" * 500 + "€5", "Intel Celeron 2840"]
)
def test_what_is_no_price(text: str) -> None:
    assert find_prices(text) == []


def test_a_bare_number_is_a_price_only_in_a_price_tag() -> None:
    assert find_prices("117.95") == []
    assert find_prices("117.95", tagged=True) == [Money(117.95, "")]


@pytest.mark.parametrize("value", ["", "abc", True, "9" * 39, float("nan"), "-5", None])
def test_amounts_that_are_none(value: object) -> None:
    assert read_amount(value) is None


@pytest.mark.parametrize(
    ("text", "unit_price"),
    [
        ("All music at $0.02 per MB, always", UnitPrice(0.02, "USD", "mb")),
        ("только 2 цента: $0.02 за мегабайт", UnitPrice(0.02, "USD", "mb")),
        ("0,03 € pro MB", UnitPrice(0.03, "EUR", "mb")),
        ("2 cents per megabyte", UnitPrice(0.02, "USD", "mb")),
        ("0,15 € par titre", UnitPrice(0.15, "EUR", "track")),
        ("€0.99/track", UnitPrice(0.99, "EUR", "track")),
    ],
)
def test_prices_per_unit(text: str, unit_price: UnitPrice) -> None:
    assert unit_prices(text) == [unit_price]


@pytest.mark.parametrize(
    "strings",
    [
        ("All music at $0.02 per MB, always",),
        ("2 цента: $0.02", "за мегабайт"),
        ("0,15 €", "/", "titre"),
        ("2 cents per 1", "Megabyte"),
        ("€0.99/track",),
    ],
)
def test_no_price_per_unit_is_overlooked_in_the_strings_of_a_page(strings: tuple[str, ...]) -> None:
    assert unit_prices(" ".join(strings))
    assert may_end_unit_price(("Home", *strings, "Cart"))


@pytest.mark.parametrize("text", ["Pianoforte € 182 promo", "ab 5 € AGB", "$3 a gopher", "$3 perfect mb"])
def test_a_word_that_only_looks_like_a_unit_is_none(text: str) -> None:
    assert unit_prices(text) == []


def test_most_strings_end_no_price_per_unit() -> None:
    assert not may_end_unit_price(("Good morning", "Songbook €12", "Soundtracks", "10 mb of space", "Title"))


def test_a_hostile_text_is_read_in_bounded_time() -> None:
    assert unit_prices("1" * 300_000 + "$") == []
    assert find_prices("1 " * 60 + "€") is not None
    assert len(unit_prices("$0.02/mb " * 50_000)) == 1
