"""Products by repeated structure: sibling subtrees that each hold a price and a link, and the one product a product page is about.

Class names are read only to tell an old price from the asked one and a bare number in a price tag from any other, so renamed
classes and wrapped elements cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from analysis.page_order import Located, PageOrder
from analysis.pages import Page
from analysis.prices import MAX_TAG, Money, find_prices
from analysis.product_records import Product, as_name, as_sku
from analysis.tags import ByHead, Head, Tag, written_within
from crawler.captures import Role

__all__ = ["carded_products", "main_product"]

_MAX_PRICES = 600
_MAX_CLIMB = 9
_MAX_CARD_PRICES = 6  # asked, old, per unit, per instalment; each may be seen on an element and its inner one
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STRUCK = frozenset({"del", "s", "strike"})
_PRICE_WORD = re.compile(r"(?i)price|prix|preis|precio|prezzo|cena|цена|cost|amount")
_OLD_WORD = re.compile(
    r"(?i)\bold|old\b|was|regular|before|compare|crossed|strike|list-price|rrp|uvp|barr|discount|alt(?:er)?-preis|save"
)
_TITLE_WORD = re.compile(r"(?i)title|name|titre|titel|nombre|produkt|product-link")
_NO_PRODUCT = re.compile(
    r"(?i)cart|basket|checkout|wishlist|compare|login|register|account|panier|warenkorb|carrito|add-to|quick-?view|[?&]add"
)
_SKU_LABEL = re.compile(
    r"(?i)(?:^|[\s(,;>|])(?:sku|item\s?(?:no|nr|number|code|#)|art(?:icle|ikel)?[\s.-]{0,2}(?:no|nr|n°|nº|number|nummer|code)|artikelnummer|bestell-?\s?n(?:r|ummer)"
    r"|(?:product|model|stock|catalog(?:ue)?)\s?(?:code|no|number|id|#)|réf(?:érence)?|ref(?:erence|erencia)?|артикул|арт|код(?:\sтовара)?)"
    r"\s{0,2}[.:#№]{0,2}\s{0,3}(?P<sku>[A-Za-z0-9][A-Za-z0-9._/-]{2,39})?(?=$|[\s),;|<])"
)
_SKU_ATTRIBUTES = frozenset(
    {"data-sku", "data-product_sku", "data-product-sku", "data-product-code", "data-article", "data-item-sku"}
)
_SKU_FIELDS = frozenset({"sku", "product_sku", "item_sku", "article", "product_code", "productcode"})
_HAS_DIGIT = re.compile(r"\d")
_BACKGROUND = re.compile(r"url\(\s{0,3}[\"']?([^\"')]{1,1000})")
_PICTURE_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-setbg", "data-bg", "data-image", "src")
_PICTURE_TAGS = frozenset({"img", "source"})
_PICTURE_KEYS = frozenset({"style", "data-setbg", "data-bg", "data-background"})
_PICTURE_NAME = re.compile(r"(?i)\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])")


@dataclass(frozen=True, slots=True)
class _Price:
    """One price with what its element says of it."""

    money: Money
    old: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    """What name and attributes of an element say: where it leads, what it shows, which number and price word it carries.

    ``old``: it or its class speaks of a former price; ``old_around``: it says so of what stands in it.
    """

    href: str
    picture: str
    sku: str
    tagged: bool
    old: bool
    old_around: bool


class _Layout:
    """The page's prices, links, headings, pictures and article numbers by element number."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.order = PageOrder(page.tags)
        self.prices: Located[_Price] = Located()
        self.links: Located[str] = Located()
        self.headings: Located[str] = Located()
        self.pictures: Located[str] = Located()
        self.skus: Located[str] = Located()
        label_open = -10
        for number, (tag, text) in enumerate(zip(self.order.elements, self.order.own, strict=True)):
            if not tag.head.is_bare:
                facts = _facts[tag.head]
                if facts.href:
                    self.links.add(number, facts.href)
                if facts.picture:
                    self.pictures.add(number, facts.picture)
                if facts.sku:
                    self.skus.add(number, facts.sku)
            if tag.name in _HEADINGS and (name := as_name(written_within(page.tags, self.order.places[number])[:300])):
                self.headings.add(number, name)
            if text and len(text) <= MAX_TAG and (len(text) <= 40 or _HAS_DIGIT.search(text)) and tag.name != "input":
                label_open = self._read_text(number, tag, text, label_open)

    def _read_text(self, number: int, tag: Tag, text: str, label_open: int) -> int:
        if number - label_open <= 3 and (sku := as_sku(text)):
            self.skus.add(number, sku)
            label_open = -10
        elif (label := _label(text)) is not None:
            if label:
                self.skus.add(number, label)
            else:
                label_open = number
        if len(self.prices) < _MAX_PRICES:
            self._read_prices(number, tag, text)
        return label_open

    def _read_prices(self, number: int, tag: Tag, text: str) -> None:
        facts = _facts[tag.head]
        if not (facts.tagged or _HAS_DIGIT.search(text)):
            return
        found = find_prices(text, tagged=facts.tagged)
        if not found and facts.tagged and self._has_children(number):
            whole = written_within(self.page.tags, self.order.places[number])
            if len(whole) <= 60:
                found = find_prices(" ".join(whole.split()), tagged=True)
        if not found:
            return
        above = self.order.parent[number]
        old = facts.old or (above >= 0 and _facts[self.order.elements[above].head].old_around)
        for money in found[:3]:
            self.prices.add(number, _Price(money, old))

    def _has_children(self, number: int) -> bool:
        tag, following = self.order.elements[number], self.order.row[self.order.places[number] + 1]
        return not tag.closes and not (following.closes and not following.opens)

    @cached_property
    def cards(self) -> list[int]:
        """Numbers of the elements that are cards: each has a price, a link, and siblings that have both too."""
        found: dict[int, None] = {}
        judged: dict[int, bool] = {}
        for number in self.prices.numbers:
            for at in (number, *self.order.climb(number, _MAX_CLIMB)):
                if at in found:
                    break
                if not self._has(at):
                    continue
                above = self.order.parent[at]
                if above < 0:
                    break
                if above not in judged:
                    judged[above] = self._repeats(above)
                if judged[above]:
                    found[at] = None
                    break
        return list(found)

    def _has(self, at: int) -> bool:
        last = self.order.last[at]
        return self.links.count(at, last) > 0 and self.prices.count(at, last) > 0

    def _repeats(self, above: int) -> bool:
        """Two or more children of one tag, each with a link of its own and few prices (many prices: a list, not a card)."""
        targets: dict[str, set[str]] = {}
        for child in self.order.children(above):
            if self._has(child) and self.prices.count(child, self.order.last[child]) <= _MAX_CARD_PRICES:
                target = self.product_link(child)
                if target:
                    targets.setdefault(self.order.elements[child].name, set()).add(target)
        return any(len(found) >= 2 for found in targets.values())

    def product_link(self, at: int) -> str:
        """The link a card is about: a heading's, else the most frequent that is no cart or account."""
        counts: dict[str, int] = {}
        for number, href in self.links.within(at, self.order.last[at])[:30]:
            if _NO_PRODUCT.search(href):
                continue
            weight = 3 if any(self.order.elements[up].name in _HEADINGS for up in (number, *self.order.climb(number, 2))) else 1
            weight += 2 if self.headings.count(number, self.order.last[number]) else 0
            counts[href] = counts.get(href, 0) + weight
        return max(counts, key=lambda href: counts[href]) if counts else ""

    def asked(self, first: int, last: int) -> Money | None:
        """The asked price in a range: the first one that is not struck out."""
        tags = [tag for _, tag in self.prices.within(first, last)]
        return next((tag.money for tag in tags if not tag.old), tags[0].money if tags else None)

    def sku_in(self, first: int, last: int) -> str:
        """The one article number in a range; empty when there are none or several."""
        found = {sku for _, sku in self.skus.within(first, last)}
        return found.pop() if len(found) == 1 else ""


def carded_products(page: Page) -> list[Product]:
    """The products of the page's repeated cards, in document order, and the main product of a product page first."""
    if not any(char.isdigit() for char in page.html):
        return []
    layout = _Layout(page)
    found = [product for at in layout.cards if (product := _carded(layout, at)) is not None]
    main = main_product(page, layout)
    return found if main is None else [main, *found]


def _carded(layout: _Layout, at: int) -> Product | None:
    last = layout.order.last[at]
    href = layout.product_link(at)
    name = _card_name(layout, at, last, href)
    money = layout.asked(at, last)
    if not href or not name or money is None:
        return None
    pictures = layout.pictures.within(at, last)
    return _product(
        layout.page, name, layout.sku_in(at, last), money, layout.page.absolute(href), pictures[0][1] if pictures else ""
    )


def _card_name(layout: _Layout, at: int, last: int, href: str) -> str:
    """A heading, else what a title-like element or the product's own link says, else its picture's alt text."""
    for _, heading in layout.headings.within(at, last):
        if not find_prices(heading):
            return heading
    linked, titled, alts = "", "", ""
    for number in range(at, min(last, at + 400) + 1):
        tag = layout.order.elements[number]
        if tag.name == "a" and tag.attributes.get("href", "").strip() == href:
            text = as_name(_written(layout, number)) or as_name(tag.attributes.get("title", ""))
            linked = max(linked, text, key=len) if not find_prices(text) else linked
        elif tag.name == "img":
            alts = alts or as_name(tag.attributes.get("alt", ""))
        elif not titled and _says_title[tag.head]:
            text = as_name(_written(layout, number))
            titled = text if not find_prices(text) else ""
    return titled or linked or alts


def main_product(page: Page, layout: _Layout | None = None) -> Product | None:
    """The product the page itself is about: the smallest block around its article number that has a price and a heading."""
    layout = layout or _Layout(page)
    anchors = [number for number in layout.skus.numbers if not any(c <= number <= layout.order.last[c] for c in layout.cards)]
    if not anchors and page.role is Role.PRODUCT:
        anchors = [number for number in layout.headings.numbers if layout.order.elements[number].name == "h1"][:2]
    for anchor in anchors[:5]:
        for at in (anchor, *layout.order.climb(anchor, _MAX_CLIMB)):
            last = layout.order.last[at]
            headings = layout.headings.within(at, last)
            money = layout.asked(at, last)
            if not headings or money is None:
                continue
            names = sorted(headings, key=lambda row: (layout.order.elements[row[0]].name != "h1", row[0]))
            name = next((text for _, text in names if not find_prices(text)), "")
            if not name:
                continue
            pictures = layout.pictures.within(at, last)
            skus = layout.skus.within(at, last)
            return _product(page, name, skus[0][1] if skus else "", money, page.url, pictures[0][1] if pictures else "")
    return None


def _product(page: Page, name: str, sku: str, money: Money, url: str, picture: str) -> Product:
    bare = Product(name, sku, money.amount, money.currency, url, page.absolute(picture) if picture else "", page.url, page.digest)
    return replace(bare, name=name[:200])


def _written(layout: _Layout, number: int) -> str:
    return written_within(layout.page.tags, layout.order.places[number])[:300]


@ByHead
def _facts(head: Head) -> _Facts:
    name, attributes = head.name, head.attributes
    if name == "input":
        named = attributes.get("name", "").lower() in _SKU_FIELDS
        return _Facts("", "", as_sku(attributes.get("value", "")) if named else "", False, False, False)
    href = attributes.get("href", "").strip() if name == "a" else ""
    if href.startswith(("#", "javascript:", "mailto:", "tel:")) or href == "/":
        href = ""
    picture = _picture_of(head) if name in _PICTURE_TAGS or not _PICTURE_KEYS.isdisjoint(attributes) else ""
    numbers = (as_sku(attributes[key]) for key in sorted(_SKU_ATTRIBUTES.intersection(attributes)))
    classes = attributes.get("class", "")
    words = f"{classes} {attributes.get('itemprop', '')}"
    struck = name in _STRUCK
    return _Facts(
        href=href,
        picture=picture,
        sku=next(filter(None, numbers), ""),
        tagged=_PRICE_WORD.search(words) is not None,
        old=struck or _OLD_WORD.search(words) is not None,
        old_around=struck or _OLD_WORD.search(classes) is not None,
    )


@lru_cache(maxsize=8_192)
def _label(text: str) -> str | None:
    """The article number that a short text names; empty where one is announced and stands elsewhere, None where there is none."""
    label = _SKU_LABEL.search(text)
    if label is None:
        return None
    if label.group("sku"):
        return as_sku(label.group("sku")) or None
    return "" if label.end() >= len(text) - 2 else None


@ByHead
def _says_title(head: Head) -> bool:
    return _TITLE_WORD.search(head.attributes.get("class", "")) is not None


def _picture_of(head: Head) -> str:
    attributes = head.attributes
    if head.name in _PICTURE_TAGS:
        for name in _PICTURE_ATTRIBUTES:
            if (value := attributes.get(name, "").strip()) and not value.startswith("data:"):
                return value[:2000]
        return ""
    for name in ("data-setbg", "data-bg", "data-background"):
        if (value := attributes.get(name, "").strip()) and _PICTURE_NAME.search(value):
            return value[:2000]
    style = attributes.get("style")
    if style and "url(" in style and (match := _BACKGROUND.search(style[:3000])) and _PICTURE_NAME.search(match.group(1)):
        return match.group(1)
    return ""
