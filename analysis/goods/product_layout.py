"""Where a page has its prices, links, headings and article numbers: all that products are found by."""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress
from typing import NamedTuple

from analysis.goods.page_order import Located, PageOrder
from analysis.goods.prices import MAX_TAG, Money, quotes_in
from analysis.goods.product_records import as_name
from analysis.goods.product_signs import SIGNS, Words, href_of, mixed_words_of, picture_in, says_old_around
from analysis.page.pages import Page
from analysis.page.tags import written_within

__all__ = ["ProductLayout"]

_MAX_PRICES = 600
_MAX_WHOLE = 60  # characters of a price tag that has its price in inner elements
_MAX_NAME = 300  # characters of an element in which a name is looked for
#: Elements from the one that announces an article number to the one that is it.
_LABEL_REACH = 3


class _Price(NamedTuple):
    """One price, and whether it is a former one."""

    money: Money
    old: bool


class ProductLayout:
    """The page's prices, links, headings and article numbers by the place of their element in ``row``.

    ``targets``: the links that elements were found to be about.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.order = PageOrder(page.tags)
        self.row = self.order.row
        self.prices: Located[_Price] = Located()
        self.skus: Located[str] = Located()
        self.targets: dict[int, str] = {}
        self._links: list[int] = []
        self._headings: list[int] = []
        self._numbers: list[tuple[int, str]] = []
        self._read_texts(self._read_signs())

    def _read_signs(self) -> list[tuple[int, Words]]:
        """Note links, headings and numbers in attributes; what the elements' own texts say, in order."""
        last, parent = self.order.last, self.order.parent
        signs = list(map(SIGNS.__getitem__, self.row))
        texts: dict[int, Words | None] = {}
        mixed: set[int] = set()
        hidden = -1
        for place in compress(range(len(signs)), signs):
            found = signs[place]
            if found is None or place < hidden:
                continue
            hides, links, heads, tails, number, words = found
            if links:
                self._links.append(place)
            elif heads:
                self._headings.append(place)
            elif hides:
                hidden = last[place]
            if tails:
                mixed.add(parent[place])
            if words:
                texts[place] = words
            if number:
                self._numbers.append((place, number))
        mixed.discard(-1)
        for place in mixed:
            texts[place] = mixed_words_of(self.row[place].head, self.order.own_text(place, MAX_TAG))
        return [(place, words) for place in sorted(texts) if (words := texts[place])]

    def _read_texts(self, texts: list[tuple[int, Words]]) -> None:
        announced = -1
        for place, words in texts:
            if words.number and announced >= 0 and place in self.order.elements(announced + 1, place, _LABEL_REACH):
                self._numbers.append((place, words.number))
                announced = -1
            elif words.label:
                self._numbers.append((place, words.label))
            elif words.label is not None:
                announced = place
            if (words.quotes or words.around) and len(self.prices.places) < _MAX_PRICES:
                self._read_prices(place, words)
        for place, sku in sorted(self._numbers, key=lambda row: row[0]):
            self.skus.add(place, sku)

    def _read_prices(self, place: int, words: Words) -> None:
        quotes = words.quotes
        if words.around and self.order.last[place] > place + 1:
            whole = written_within(self.row, place)
            if len(whole) <= _MAX_WHOLE:
                quotes = quotes_in(" ".join(whole.split()), tagged=True)
        above = self.order.parent[place]
        for money, is_former in quotes[:3]:
            old = is_former or words.is_old or (above >= 0 and says_old_around[self.row[above].head])
            self.prices.add(place, _Price(money, old))

    def links(self, first: int, last: int, limit: int) -> list[tuple[int, str]]:
        """(place, address as written) of the links in a range that lead to another page; at most ``limit``."""
        found: list[tuple[int, str]] = []
        for at in range(bisect_left(self._links, first), len(self._links)):
            place = self._links[at]
            if place > last or len(found) == limit:
                break
            if href := href_of[self.row[place].head]:
                found.append((place, href))
        return found

    def headings(self, first: int, last: int) -> list[tuple[int, str]]:
        """(place, text) of the headings in a range that say something."""
        start = bisect_left(self._headings, first)
        stop = bisect_left(self._headings, last + 1, start)
        return [(place, name) for place in self._headings[start:stop] if (name := self.name_at(place))]

    def name_at(self, place: int) -> str:
        """What an element says, as a product's name; empty where it says none."""
        return as_name(written_within(self.row, place)[:_MAX_NAME])

    def asked(self, first: int, last: int) -> Money | None:
        """The asked price in a range: the first one that is not struck out."""
        prices = self.prices.within(first, last)
        return next((price.money for price in prices if not price.old), prices[0].money if prices else None)

    def picture(self, first: int, last: int) -> str:
        """The absolute address of the first picture in a range; empty where there is none."""
        for place in self.order.elements(first, last, len(self.row)):
            if address := picture_in[self.row[place].head]:
                return self.page.absolute(address)
        return ""
