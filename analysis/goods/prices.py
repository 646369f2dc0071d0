"""Prices as shops write them, in any of the common orders and groupings: found by a bounded grammar, read by price-parser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from price_parser import Price

__all__ = ["MAX_TAG", "Money", "UnitPrice", "find_prices", "may_end_unit_price", "read_amount", "read_currency", "unit_prices"]

#: Longer texts are prose, not price tags.
MAX_TAG = 120
_MAX_AMOUNT = 10_000_000.0

_CODES = (
    "USD|EUR|GBP|RUB|UAH|PLN|CZK|CHF|JPY|CAD|AUD|SEK|NOK|DKK|HUF|RON|BGN|TRY|INR|BRL|CNY|IDR|KRW|ILS|MXN|NZD|SGD|HKD|ZAR|KZT|BYN"
)
_SYMBOLS = "$€£¥₽₴₹₺₩₪฿₫₸"
_SHORT = "Rs|Rp|kr|Fr|lei|Kč|zł|грн|руб|р|din|Ft"
_CURRENCY = (
    rf"(?:US\s?\$|CA?\s?\$|AU?\s?\$|NZ\s?\$|HK\s?\$|R\$|[{_SYMBOLS}]|(?<![^\W\d_])(?:{_CODES})\b|"
    rf"\b(?:{_SHORT})(?:\b\.?|\.))"
)
_AMOUNT = r"\d{1,3}(?:[   .,'’]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,8}(?:[.,]\d{1,4})?(?!\d)"
_PRICE = re.compile(
    rf"(?P<before>{_CURRENCY})\s{{0,3}}(?P<first>{_AMOUNT})|(?P<second>{_AMOUNT})(?:,-|,–|\.-)?\s{{0,3}}(?P<after>{_CURRENCY})",
    re.IGNORECASE,
)
_SYMBOL = re.compile(rf"[{_SYMBOLS}]")
_WORD = re.compile(r"[^\W\d_]+")
_CURRENCY_WORDS = frozenset(f"{_CODES}|{_SHORT}".lower().split("|"))
_BARE = re.compile(rf"^\D{{0,12}}?(?P<amount>{_AMOUNT})\D{{0,12}}$")
_DECIMAL = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")
_DIGIT = re.compile(r"\d")
_CENTS = r"cents?|¢|коп\w{0,5}"
_ONE = (
    r"(?:1\s{0,2})?"
    r"(?P<unit>megabytes?|mb|mo|мб|мегабайт\w{0,3}|gigabytes?|gb|go|гб|tracks?|songs?|titel|titre|canci[oó]n|трек\w{0,3}|песн\w{0,3})\b"
)
_EACH = r"(?:/\s{0,3}|\b(?:per|pro|par|por|за|a|je)\s{1,3})"
_UNIT = rf"\s{{0,3}}{_EACH}{_ONE}"
_PER = re.compile(
    rf"(?:(?P<before>{_CURRENCY})\s{{0,3}}(?P<first>{_AMOUNT})|(?P<second>{_AMOUNT})\s{{0,3}}(?P<after>{_CURRENCY}|{_CENTS})){_UNIT}",
    re.IGNORECASE,
)
#: A digit with a unit soon behind it: in every price per unit, and quickly found to be nowhere.
_PER_SIGN = re.compile(rf"\d\s{{0,3}}(?:(?:{_CURRENCY}|{_CENTS})\s{{0,3}})?{_UNIT}", re.IGNORECASE)
#: In lower case: how a unit begins, quickly found to be nowhere; and a unit with what leads up to it as far as one string has it.
_UNIT_WORD = re.compile(r"[\s/1](?:[mg](?:[bo]\b|egab|igab)|[мг](?:б\b|егаб)|t(?:racks?|it(?:el|re))\b|songs?\b|canci|трек|песн)")
_EACH_UNIT = re.compile(rf"(?:^|{_EACH}){_ONE}", re.MULTILINE)
_UNITS = (
    (("megabyte", "mb", "mo", "мб", "мегабайт"), "mb"),
    (("gigabyte", "gb", "go", "гб"), "gb"),
    (("track", "song", "titel", "titre", "canci", "трек", "песн"), "track"),
)
_NAMES = {
    "€": "EUR",
    "£": "GBP",
    "$": "USD",
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "R$": "BRL",
    "¥": "JPY",
    "₽": "RUB",
    "РУБ": "RUB",
    "Р": "RUB",
    "₴": "UAH",
    "ГРН": "UAH",
    "₹": "INR",
    "RS": "INR",
    "₺": "TRY",
    "₩": "KRW",
    "₪": "ILS",
    "฿": "THB",
    "₫": "VND",
    "₸": "KZT",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "FT": "HUF",
    "LEI": "RON",
    "RP": "IDR",
    "FR": "CHF",
}
_KNOWN = frozenset(_CODES.split("|"))


class Money(NamedTuple):
    """An amount with its currency as ISO code where that is known, else as written, else empty."""

    amount: float
    currency: str


class UnitPrice(NamedTuple):
    """What is asked for one unit: ``mb``, ``gb`` or ``track``."""

    amount: float
    currency: str
    unit: str


def find_prices(text: str, *, tagged: bool = False) -> list[Money]:
    """Prices in one short text, in order; ``tagged`` text (its element says "price") may leave the currency out."""
    return list(_prices_of(text, tagged)) if len(text) <= MAX_TAG and _DIGIT.search(text) else []


@lru_cache(maxsize=8_192)
def _prices_of(text: str, tagged: bool) -> tuple[Money, ...]:
    found = []
    for match in _PRICE.finditer(text) if _names_currency(text) else ():
        amount = read_amount(match.group("first") or match.group("second"))
        if amount is not None and amount > 0:
            found.append(Money(amount, read_currency(match.group("before") or match.group("after"))))
    if not found and tagged and (bare := _BARE.match(text.strip())):
        amount = read_amount(bare.group("amount"))
        if amount is not None and amount > 0:
            found.append(Money(amount, ""))
    return tuple(found)


def _names_currency(text: str) -> bool:
    """Without it there is no price but a bare one; asked first, as the grammar of prices tries every number."""
    return _SYMBOL.search(text) is not None or not _CURRENCY_WORDS.isdisjoint(_WORD.findall(text.lower()))


def read_amount(value: object) -> float | None:
    """A number as JSON or a tag gives it; None for what is none, or beyond any shop."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        number = float(value)
    else:
        text = str(value).strip()[:40]
        if text.startswith("-"):
            return None
        try:
            number = float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else _parsed(text)
        except (ValueError, ArithmeticError):
            return None
    return round(number, 4) if 0 <= number <= _MAX_AMOUNT else None


def read_currency(written: str) -> str:
    """The ISO code of a symbol or code; unknown ones stay as written, upper case."""
    text = re.sub(r"[\s.]", "", written).upper()[:6]
    return text if text in _KNOWN else _NAMES.get(text, text)


def may_end_unit_price(strings: Iterable[str]) -> bool:
    """False where none of these visible strings of pages is the end of a price per unit, which may begin in the strings before."""
    text = "\n".join(("", *strings)).lower()
    return _UNIT_WORD.search(text) is not None and _EACH_UNIT.search(text) is not None


def unit_prices(text: str) -> list[UnitPrice]:
    """Prices per megabyte, gigabyte or track in a page's text, at most eight, in order."""
    found: list[UnitPrice] = []
    text = text[:400_000]
    if not _PER_SIGN.search(text):
        return found
    for match in _PER.finditer(text):
        amount = read_amount(match.group("first") or match.group("second"))
        if amount is None or amount <= 0:
            continue
        currency = match.group("before") or match.group("after")
        if currency.lower().startswith(("cent", "¢", "коп")):
            amount, currency = round(amount / 100, 6), "RUB" if currency.lower().startswith("коп") else "USD"
        unit = next(name for starts, name in _UNITS if match.group("unit").lower().startswith(starts))
        price = UnitPrice(amount, read_currency(currency), unit)
        if price not in found:
            found.append(price)
        if len(found) == 8:
            break
    return found


def _parsed(text: str) -> float:
    amount = Price.fromstring(text).amount
    return -1.0 if amount is None else float(amount)
