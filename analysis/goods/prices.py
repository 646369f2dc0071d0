"""Prices as shops write them, in any of the common orders and groupings: found by a bounded grammar, read by price-parser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from price_parser import Price

from analysis.goods.price_words import says_former, says_no_price, stands_in_prose

__all__ = [
    "MAX_TAG",
    "Money",
    "Quote",
    "UnitPrice",
    "find_prices",
    "may_end_unit_price",
    "names_amount",
    "quotes_in",
    "read_amount",
    "read_currency",
    "unit_prices",
]

#: Longer texts are prose, not price tags.
MAX_TAG = 120
_MAX_AMOUNT = 10_000_000.0

#: Codes in any case, and those that are words too ("try", "sek", "ils") as codes are written.
_ANY_CASE = "USD|EUR|GBP|RUB|UAH|PLN|CZK|CHF|NOK|DKK|HUF|BGN|INR|BRL|IDR|MXN|NZD|SGD|HKD|ZAR|KZT|BYN|JPY|AUD|CNY|KRW"
_CAPITAL = "CAD|SEK|RON|ILS|TRY|RSD"
_CODES = f"{_ANY_CASE}|{_CAPITAL}"
_SYMBOLS = "$€£¥₽₴₹₺₩₪฿₫₸円元원"
#: Short forms that stand on either side of an amount, and those that stand behind it: before it they are other words.
_SHORT = "R[sS]|rs|Rp|[Kk]r|KR|S?Fr|K[čČ]|z[łl]|ZŁ|[рР]уб"
_BEHIND = "[Ll]ei|LEI|[гГ]рн|р|din|дин|лв|Ft|TL|[Ee]uros?|EUROS?|рубл(?:ей|я|ь)"
_CURRENCY = (
    rf"(?:(?-i:(?<![^\W\d_])(?:US\s?|CA?|AU?|NZ|HK|R)\$)|[{_SYMBOLS}]|(?<![^\W\d_])(?:{_ANY_CASE}|(?-i:{_CAPITAL}))\b|"
    rf"(?<![^\W\d_])(?-i:{_SHORT})(?:\b\.?|\.))"
)
_AFTER = rf"(?:{_CURRENCY}|(?-i:{_BEHIND})(?:\b\.?|\.))"
_AMOUNT = r"\d{1,3}(?:[   .,'’]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,8}(?:[.,]\d{1,4})?(?!\d)"
_PRICE = re.compile(
    rf"(?P<before>{_CURRENCY})\s{{0,3}}(?P<first>{_AMOUNT})|(?P<second>{_AMOUNT})(?:,-|,–|\.-)?\s{{0,3}}(?P<after>{_AFTER})",
    re.IGNORECASE,
)
#: How French shops write 1.40 euros: 1€40.
_CENTS_BEHIND = re.compile(r"\d\d(?!\d|[.,]\d|\s?[€%])")
_SYMBOL = re.compile(rf"[{_SYMBOLS}]")
_WORD = re.compile(r"[^\W\d_]+")
_CURRENCY_WORDS = frozenset(
    f"{_CODES}|rs|rp|kr|fr|sfr|kč|zł|zl|руб|lei|грн|р|din|дин|лв|ft|tl|euro|euros|рублей|рубля|рубль".lower().split("|")
)
_BARE = re.compile(rf"^\D{{0,12}}?(?P<amount>{_AMOUNT})\D{{0,12}}$")
_DECIMAL = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")
_DIGIT = re.compile(r"\d")
#: Spoons of a German recipe, where other amounts are lira.
_SPOONS = re.compile(r"\d(?:[.,]\d)?")
_CENTS = r"cents?|¢|коп\w{0,5}"
_ONE = (
    r"(?:1\s{0,2})?"
    r"(?P<unit>megabytes?|mb|mo|мб|мегабайт\w{0,3}|gigabytes?|gb|go|гб|tracks?|songs?|titel|titre|canci[oó]n|трек\w{0,3}|песн\w{0,3})\b"
)
_EACH = r"(?:/\s{0,3}|\b(?:per|pro|par|por|за|a|je)\s{1,3})"
_UNIT = rf"\s{{0,3}}{_EACH}{_ONE}"
_PER = re.compile(
    rf"(?:(?P<before>{_CURRENCY})\s{{0,3}}(?P<first>{_AMOUNT})|(?P<second>{_AMOUNT})\s{{0,3}}(?P<after>{_AFTER}|{_CENTS})){_UNIT}",
    re.IGNORECASE,
)
#: A digit with a unit soon behind it: in every price per unit, and quickly found to be nowhere.
_PER_SIGN = re.compile(rf"\d\s{{0,3}}(?:(?:{_AFTER}|{_CENTS})\s{{0,3}})?{_UNIT}", re.IGNORECASE)
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
    "ЛВ": "BGN",
    "TL": "TRY",
    "円": "JPY",
    "元": "CNY",
    "원": "KRW",
    "DIN": "RSD",
    "ДИН": "RSD",
    "SFR": "CHF",
    "ZL": "PLN",
    "EURO": "EUR",
    "EUROS": "EUR",
    "РУБЛЕЙ": "RUB",
    "РУБЛЯ": "RUB",
    "РУБЛЬ": "RUB",
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


class Quote(NamedTuple):
    """An amount in a text, and whether its words say that it was asked at another time or by others."""

    money: Money
    is_former: bool


class UnitPrice(NamedTuple):
    """What is asked for one unit: ``mb``, ``gb`` or ``track``."""

    amount: float
    currency: str
    unit: str


def find_prices(text: str, *, tagged: bool = False) -> list[Money]:
    """Prices in one short text, in order; ``tagged`` text (its element says "price") may leave the currency out."""
    return [quote.money for quote in quotes_in(text, tagged=tagged)]


def quotes_in(text: str, *, tagged: bool = False) -> tuple[Quote, ...]:
    """``find_prices`` with what the words around them say; amounts that nobody asks for goods are left out."""
    return _quotes_of(text, tagged) if len(text) <= MAX_TAG and _DIGIT.search(text) else ()


def names_amount(text: str) -> bool:
    """True where the text of a heading or link has an amount of money, asked or not: it is no name then."""
    return _DIGIT.search(text) is not None and _names_currency(text) and _PRICE.search(text) is not None


@lru_cache(maxsize=8_192)
def _quotes_of(text: str, tagged: bool) -> tuple[Quote, ...]:
    matches = list(_PRICE.finditer(text)) if _names_currency(text) else []
    if not matches and tagged and (bare := _BARE.match(text.strip())):
        matches = [bare]
    found = []
    for match in matches:
        before, behind = match.string[: match.start("amount" if match.re is _BARE else 0)], match.string[_end_of(match) :]
        if match.re is not _BARE and match["after"] == "TL" and _SPOONS.fullmatch(match["second"]):
            continue
        if says_no_price(before, behind) or (not tagged and len(matches) == 1 and stands_in_prose(before, behind)):
            continue
        if (money := _money_of(match)) is not None:
            found.append(Quote(money, says_former(before)))
    return tuple(found)


def _end_of(match: re.Match[str]) -> int:
    return match.end("amount" if match.re is _BARE else 0)


def _money_of(match: re.Match[str]) -> Money | None:
    """What a match of ``_PRICE`` or ``_BARE`` says; None for nothing, or beyond any shop."""
    if match.re is _BARE:
        amount, currency = read_amount(match["amount"]), ""
    else:
        amount, currency = read_amount(match["first"] or match["second"]), read_currency(match["before"] or match["after"])
        if match["after"] == "€" and match["second"].isdecimal() and (cents := _CENTS_BEHIND.match(match.string, match.end())):
            amount = read_amount(f"{match['second']}.{cents[0]}")
    return Money(amount, currency) if amount is not None and amount > 0 else None


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
