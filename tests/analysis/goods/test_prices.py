"""Prices in the ways shops write them."""

from __future__ import annotations

import pytest

from analysis.goods.prices import (
    Money,
    UnitPrice,
    find_prices,
    may_end_unit_price,
    names_amount,
    quotes_in,
    read_amount,
    unit_prices,
)


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
        ("15,800円", 15800.0, "JPY"),
        ("45 лв.", 45.0, "BGN"),
        ("1.400 din", 1400.0, "RSD"),
        ("2 000 Ft", 2000.0, "HUF"),
        ("449,00 Euro", 449.0, "EUR"),
        ("990 рублей", 990.0, "RUB"),
        ("3€20", 3.2, "EUR"),
        ("A$ 25.00", 25.0, "AUD"),
        ("from $19.99 per week", 19.99, "USD"),
        ("ab 19,90 €", 19.9, "EUR"),
        ("Linen Shirt, three colours and four sizes - £35", 35.0, "GBP"),
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


@pytest.mark.parametrize(
    "text",
    [
        *("Save £20", "$4.00 Off", "You save: $12.05", "Sie sparen 5,00 €", "Économisez 10 €", "Скидка 100 руб.", "10 EUR Rabatt"),
        *(
            "Free shipping over $50",
            "FREE SHIPPING $29+",
            "Gifts Under $20",
            "Sale - $35 & up",
            "ab Bestellwert von 50 €",
            "jusqu'à 30 €",
        ),
        *(
            "Shipping: $5.95",
            "zzgl. Versand 4,90 €",
            "3 Year Protection £45.00",
            "Kiszállítás díja 990 Ft",
            "+ € 90,00 di trasporto",
        ),
        *("$10 shopping coupon", "15 € remboursés", "$25 a month", "0,14 EUR/Minute", "£375,000 pa"),
        *("lost $110M", "a €36m move", "$1.3-billion bridge", "$2 million", "Rs. 8 lakh", "220 тысяч $220 тысяч", "€5k"),
        *("25 ft. cord", "1 Try 30 days", "god til din 5-kilometer", "Mo. - Fr. 9.00 - 18.00 Uhr"),
        *("The little board that could: a $150 computer for kids", "They were asked for $60 of their own money"),
    ],
)
def test_amounts_that_nobody_asks_for_goods(text: str) -> None:
    assert find_prices(text) == []


def test_an_article_is_no_currency() -> None:
    assert find_prices("A $12 tie") == [Money(12.0, "USD")]


@pytest.mark.parametrize(
    "text", ["Was £90.00", "Retail Price: $125.00", "statt 20,00 €", "au lieu de 30 €", "старая цена 900 руб."]
)
def test_words_say_that_a_price_was_asked_before(text: str) -> None:
    assert [quote.is_former for quote in quotes_in(text)] == [True]


def test_what_was_asked_and_what_is_asked_stand_in_one_text() -> None:
    assert [(quote.money.amount, quote.is_former) for quote in quotes_in("Was £90.00 Now £45.00 Save £45.00")] == [
        (90.0, True),
        (45.0, False),
    ]


@pytest.mark.parametrize("text", ["-30 %", "4.5k", "100+"])
def test_a_price_tag_has_other_numbers_too(text: str) -> None:
    assert find_prices(text, tagged=True) == []


def test_a_text_with_any_amount_is_no_name() -> None:
    assert names_amount("Save £20 on garden chairs " + "of every kind " * 12)
    assert not names_amount("Garden chair 20")


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


def test_spoons_of_a_german_recipe_are_no_lira() -> None:
    assert find_prices("2 TL Salz") == find_prices("1,5 TL") == []
    assert [money.currency for money in find_prices("99,90 TL")] == ["TRY"]
