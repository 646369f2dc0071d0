"""Products by repeated structure: sibling subtrees that each hold a price and a link, and the one product a product page is about.

Renamed classes and wrapped elements cost nothing: of class names only those around a price are asked (``analysis.product_signs``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from analysis.page_order import MAX_TAGS, Located, PageOrder
from analysis.pages import Page
from analysis.prices import Money, find_prices
from analysis.product_records import Product, as_name
from analysis.product_signs import HEADINGS, SIGNS, Words, href_of, picture_in, says_old_around, says_title, words_of
from analysis.tags import written_within
from crawler.captures import Role

__all__ = ["carded_products"]

_MAX_PRICES = 600
_MAX_CLIMB = 9
_MAX_CARD_PRICES = 6  # asked, old, per unit, per instalment; each may be seen on an element and its inner one
_MAX_CARD_ELEMENTS = 401
_MAX_CARD_LINKS = 30
_MAX_NAME = 300  # characters of an element in which a name is looked for
_MAX_WHOLE = 60  # characters of a price tag that has its price in inner elements
#: Elements from the one that announces an article number to the one that is it.
_LABEL_REACH = 3
_NO_PRODUCT = re.compile(
    r"(?i)cart|basket|checkout|wishlist|compare|login|register|account|panier|warenkorb|carrito|add-to|quick-?view|[?&]add"
)


class _Price(NamedTuple):
    """One price, and whether it is a former one."""

    money: Money
    old: bool


class _Layout:
    """The page's prices, links, headings and article numbers by the place of their element."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.order = PageOrder(page.tags)
        self.row = self.order.row
        self.prices: Located[_Price] = Located()
        self.skus: Located[str] = Located()
        self._links: list[int] = []
        self._headings: list[int] = []
        self._names: dict[int, str] = {}
        self._attributed: list[tuple[int, str]] = []
        self._read_texts(self._read_signs())

    def _read_signs(self) -> list[tuple[int, Words]]:
        """Note links, headings and numbers in attributes; what the elements' own texts say, in order."""
        signs = list(map(SIGNS.__getitem__, self.row))
        texts: dict[int, Words | None] = {}
        mixed: set[int] = set()
        hidden = -1
        for place in compress(range(len(signs)), signs):
            found = signs[place]
            if found is None or place < hidden:
                continue
            links, heads, tails, hides, number, words = found
            if hides:
                hidden = self.order.last[place]
                continue
            if links:
                self._links.append(place)
            elif heads:
                self._headings.append(place)
            if number:
                self._attributed.append((place, number))
            if words:
                texts[place] = words
            if tails:
                mixed.add(self.order.parent[place])
        mixed.discard(-1)
        for place in mixed:
            texts[place] = words_of(self.row[place].head, self.order.own_text(place))
        return [(place, words) for place in sorted(texts) if (words := texts[place])]

    def _read_texts(self, texts: list[tuple[int, Words]]) -> None:
        numbers = self._attributed
        announced = -1
        for place, words in texts:
            if words.number and announced >= 0 and self._is_near(announced, place):
                numbers.append((place, words.number))
                announced = -1
            elif words.label:
                numbers.append((place, words.label))
            elif words.label is not None:
                announced = place
            if (words.moneys or words.around) and len(self.prices.places) < _MAX_PRICES:
                self._read_prices(place, words)
        for place, sku in sorted(numbers, key=lambda row: row[0]):
            self.skus.add(place, sku)

    def _is_near(self, announced: int, place: int) -> bool:
        return place in self.order.elements(announced + 1, place, _LABEL_REACH)

    def _read_prices(self, place: int, words: Words) -> None:
        moneys = words.moneys
        if words.around and self.order.last[place] > place + 1:
            whole = written_within(self.row, place)
            if len(whole) <= _MAX_WHOLE:
                moneys = tuple(find_prices(" ".join(whole.split()), tagged=True))
        above = self.order.parent[place]
        for money in moneys[:3]:
            self.prices.add(place, _Price(money, words.is_old or (above >= 0 and says_old_around[self.row[above].head])))

    def cards(self) -> list[int]:
        """The elements that are cards: each has a price, a link, and siblings that have both too."""
        found: dict[int, None] = {}
        judged: dict[int, bool] = {}
        for place in dict.fromkeys(self.prices.places):
            for at in (place, *self.order.climb(place, _MAX_CLIMB)):
                if at in found:
                    break
                above = self.order.parent[at]
                if above < 0:
                    break
                if above not in judged:
                    judged[above] = self._shares(above, at) and self._repeats(above)
                if judged[above] and self.links(at, self.order.last[at], 1):
                    found[at] = None
                    break
        return list(found)

    def _shares(self, above: int, at: int) -> bool:
        """Whether an element has prices outside of this child."""
        last = self.order.last
        return self.prices.any(above, at - 1) or self.prices.any(last[at] + 1, last[above])

    def _repeats(self, above: int) -> bool:
        """Two or more children of one tag, each with a link of its own and few prices (many prices: a list, not a card)."""
        targets: dict[str, str] = {}
        for child in self.order.children(above):
            last = self.order.last[child]
            if not (self.links(child, last, 1) and 0 < self.prices.count(child, last) <= _MAX_CARD_PRICES):
                continue
            target = self.product_link(child)
            if target and targets.setdefault(self.row[child].name, target) != target:
                return True
        return False

    def product_link(self, at: int) -> str:
        """The link a card is about: a heading's, else the most frequent that is no cart or account."""
        links = self.links(at, self.order.last[at], _MAX_CARD_LINKS)
        hrefs = {href for _, href in links if _may_be_product(href)}
        if len(hrefs) < 2:
            return hrefs.pop() if hrefs else ""
        counts: dict[str, int] = {}
        for place, href in links:
            if href in hrefs:
                weight = 3 if any(self.row[up].name in HEADINGS for up in self.order.climb(place, 2)) else 1
                weight += 2 if self.headings(place, self.order.last[place]) else 0
                counts[href] = counts.get(href, 0) + weight
        return max(counts, key=lambda href: counts[href])

    def links(self, first: int, last: int, limit: int) -> list[tuple[int, str]]:
        """(place, address as written) of the links in a range that lead somewhere; at most ``limit``."""
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
        """What an element says, as a product's name."""
        name = self._names.get(place)
        if name is None:
            name = self._names[place] = as_name(written_within(self.row, place)[:_MAX_NAME])
        return name

    def asked(self, first: int, last: int) -> Money | None:
        """The asked price in a range: the first one that is not struck out."""
        prices = [price for _, price in self.prices.within(first, last)]
        return next((price.money for price in prices if not price.old), prices[0].money if prices else None)

    def skus_in(self, first: int, last: int) -> list[str]:
        """The article numbers in a range."""
        return [sku for _, sku in self.skus.within(first, last)]

    def picture(self, first: int, last: int) -> str:
        """The absolute address of the first picture in a range; empty where there is none."""
        shown = (picture_in[self.row[place].head] for place in self.order.elements(first, last, MAX_TAGS))
        address = next(filter(None, shown), "")
        return self.page.absolute(address) if address else ""


def carded_products(page: Page) -> list[Product]:
    """The products of the page's repeated cards, in document order, and the main product of a product page first."""
    layout = _Layout(page)
    if not layout.prices.places:
        return []
    cards = layout.cards()
    found = [product for at in cards if (product := _carded(layout, at)) is not None]
    main = _main_product(layout, cards)
    return found if main is None else [main, *found]


def _carded(layout: _Layout, at: int) -> Product | None:
    last = layout.order.last[at]
    href = layout.product_link(at)
    name = _card_name(layout, at, last, href) if href else ""
    money = layout.asked(at, last)
    if not name or money is None:
        return None
    numbers = set(layout.skus_in(at, last))
    sku = numbers.pop() if len(numbers) == 1 else ""  # several numbers: it cannot be told which is the card's
    return _product(layout, (at, last), name, sku, money, layout.page.absolute(href))


def _card_name(layout: _Layout, at: int, last: int, href: str) -> str:
    """A heading, else what a title-like element or the product's own link says, else its picture's alt text."""
    for _, heading in layout.headings(at, last):
        if not find_prices(heading):
            return heading
    linked, titled, alts = "", "", ""
    for place in layout.order.elements(at, last, _MAX_CARD_ELEMENTS):
        tag = layout.row[place]
        if tag.name == "a" and tag.attributes.get("href", "").strip() == href:
            text = layout.name_at(place) or as_name(tag.attributes.get("title", ""))
            linked = max(linked, text, key=len) if not find_prices(text) else linked
        elif tag.name == "img":
            alts = alts or as_name(tag.attributes.get("alt", ""))
        elif not titled and says_title[tag.head]:
            text = layout.name_at(place)
            titled = text if not find_prices(text) else ""
    return titled or linked or alts


def _main_product(layout: _Layout, cards: list[int]) -> Product | None:
    """The product the page itself is about: the smallest block around its article number that has a price and a heading."""
    last, row = layout.order.last, layout.row
    anchors = [place for place in layout.skus.places if not any(card <= place <= last[card] for card in cards)]
    if not anchors and layout.page.role is Role.PRODUCT:
        anchors = [place for place, _ in layout.headings(0, len(row)) if row[place].name == "h1"][:2]
    for anchor in anchors[:5]:
        for at in (anchor, *layout.order.climb(anchor, _MAX_CLIMB)):
            money = layout.asked(at, last[at])
            if money is None:
                continue
            names = sorted(layout.headings(at, last[at]), key=lambda named: (row[named[0]].name != "h1", named[0]))
            if name := next((text for _, text in names if not find_prices(text)), ""):
                sku = next(iter(layout.skus_in(at, last[at])), "")
                return _product(layout, (at, last[at]), name, sku, money, layout.page.url)
    return None


def _product(layout: _Layout, range_: tuple[int, int], name: str, sku: str, money: Money, url: str) -> Product:
    page = layout.page
    return Product(name, sku, money.amount, money.currency, url, layout.picture(*range_), page.url, page.digest)


@lru_cache(maxsize=8_192)
def _may_be_product(href: str) -> bool:
    return _NO_PRODUCT.search(href) is None
