"""Products by repeated structure: sibling subtrees that each hold a price and a link, and the one product a product page is about.

Class names are read only to tell an old price from the asked one and a bare number in a price tag from any other, so renamed
classes and wrapped elements cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from lxml import html

from analysis.page_order import PageOrder, inside
from analysis.pages import Page
from analysis.prices import MAX_TAG, Money, find_prices
from analysis.product_records import Product, as_name, as_sku
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
class _Tag:
    """One price with what its element says of it."""

    money: Money
    old: bool


class _Layout:
    """The page's prices, links, headings, pictures and article numbers by element number."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.order = PageOrder(page.tree)
        self.prices: list[tuple[int, _Tag]] = []
        self.links: list[tuple[int, str]] = []
        self.headings: list[tuple[int, str]] = []
        self.pictures: list[tuple[int, str]] = []
        self.skus: list[tuple[int, str]] = []
        self._own = urlsplit(page.url).path.rstrip("/")
        label_open = -10
        for number, element in enumerate(self.order.elements):
            label_open = self._sight(number, element, label_open)

    def _sight(self, number: int, element: html.HtmlElement, label_open: int) -> int:
        tag = element.tag
        if tag == "a":
            href = (element.get("href") or "").strip()
            if href and not href.startswith(("#", "javascript:", "mailto:", "tel:")) and href != "/":
                self.links.append((number, href))
        elif tag in _HEADINGS:
            if name := as_name(element.text_content()[:300]):
                self.headings.append((number, name))
        elif tag == "input":
            if (element.get("name") or "").lower() in _SKU_FIELDS and (sku := as_sku(element.get("value") or "")):
                self.skus.append((number, sku))
            return label_open
        if keys := element.keys():
            if (tag in _PICTURE_TAGS or not _PICTURE_KEYS.isdisjoint(keys)) and (source := _picture_of(element)):
                self.pictures.append((number, source))
            if not _SKU_ATTRIBUTES.isdisjoint(keys):
                numbers = (as_sku(element.get(name) or "") for name in sorted(_SKU_ATTRIBUTES.intersection(keys)))
                self.skus.extend((number, sku) for sku in [next(filter(None, numbers), "")] if sku)
        text = _own_text(element)
        if text and len(text) <= MAX_TAG and (len(text) <= 40 or _HAS_DIGIT.search(text)):
            label_open = self._read_text(number, element, text, label_open)
        return label_open

    def _read_text(self, number: int, element: html.HtmlElement, text: str, label_open: int) -> int:
        if number - label_open <= 3 and (sku := as_sku(text)):
            self.skus.append((number, sku))
            label_open = -10
        elif label := _SKU_LABEL.search(text):
            if label.group("sku"):
                if sku := as_sku(label.group("sku")):
                    self.skus.append((number, sku))
            elif label.end() >= len(text) - 2:
                label_open = number
        words = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        tagged = bool(_PRICE_WORD.search(words))
        if len(self.prices) < _MAX_PRICES:
            found = find_prices(text, tagged=tagged)
            if not found and tagged and len(element) and len(whole := element.text_content()) <= 60:
                found = find_prices(" ".join(whole.split()), tagged=True)
            old = element.tag in _STRUCK or bool(_OLD_WORD.search(words))
            parent = element.getparent()
            if parent is not None and not old:
                old = parent.tag in _STRUCK or bool(_OLD_WORD.search(parent.get("class") or ""))
            self.prices.extend((number, _Tag(money, old)) for money in found[:3])
        return label_open

    @cached_property
    def cards(self) -> list[int]:
        """Numbers of the elements that are cards: each has a price, a link, and siblings that have both too."""
        found: dict[int, None] = {}
        judged: dict[int, bool] = {}
        for number, _ in self.prices:
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
        return bool(inside(self.links, at, last)) and bool(inside(self.prices, at, last))

    def _repeats(self, above: int) -> bool:
        """Two or more children of one tag, each with a link of its own and few prices (many prices: a list, not a card)."""
        targets: dict[str, set[str]] = {}
        for child in self.order.children(above):
            if self._has(child) and len(inside(self.prices, child, self.order.last[child])) <= _MAX_CARD_PRICES:
                target = self.product_link(child)
                if target:
                    targets.setdefault(self.order.elements[child].tag, set()).add(target)
        return any(len(found) >= 2 for found in targets.values())

    def product_link(self, at: int) -> str:
        """The link a card is about: a heading's, else the most frequent that is no cart or account."""
        counts: dict[str, int] = {}
        for number, href in inside(self.links, at, self.order.last[at])[:30]:
            if _NO_PRODUCT.search(href):
                continue
            weight = 3 if any(self.order.elements[up].tag in _HEADINGS for up in (number, *self.order.climb(number, 2))) else 1
            weight += 2 if inside(self.headings, number, self.order.last[number]) else 0
            counts[href] = counts.get(href, 0) + weight
        return max(counts, key=lambda href: counts[href]) if counts else ""

    def asked(self, first: int, last: int) -> Money | None:
        """The asked price in a range: the first one that is not struck out."""
        tags = [tag for _, tag in inside(self.prices, first, last)]
        return next((tag.money for tag in tags if not tag.old), tags[0].money if tags else None)

    def sku_in(self, first: int, last: int) -> str:
        """The one article number in a range; empty when there are none or several."""
        found = {sku for _, sku in inside(self.skus, first, last)}
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
    pictures = inside(layout.pictures, at, last)
    return _product(
        layout.page, name, layout.sku_in(at, last), money, layout.page.absolute(href), pictures[0][1] if pictures else ""
    )


def _card_name(layout: _Layout, at: int, last: int, href: str) -> str:
    """A heading, else what a title-like element or the product's own link says, else its picture's alt text."""
    for _, heading in inside(layout.headings, at, last):
        if not find_prices(heading):
            return heading
    linked, titled, alts = "", "", ""
    for number in range(at, min(last, at + 400) + 1):
        element = layout.order.elements[number]
        if element.tag == "a" and (element.get("href") or "").strip() == href:
            text = as_name(element.text_content()[:300]) or as_name(element.get("title") or "")
            linked = max(linked, text, key=len) if not find_prices(text) else linked
        elif element.tag == "img":
            alts = alts or as_name(element.get("alt") or "")
        elif not titled and _TITLE_WORD.search(element.get("class") or ""):
            text = as_name(element.text_content()[:300])
            titled = text if not find_prices(text) else ""
    return titled or linked or alts


def main_product(page: Page, layout: _Layout | None = None) -> Product | None:
    """The product the page itself is about: the smallest block around its article number that has a price and a heading."""
    layout = layout or _Layout(page)
    anchors = [number for number, _ in layout.skus if not any(c <= number <= layout.order.last[c] for c in layout.cards)]
    if not anchors and page.role is Role.PRODUCT:
        anchors = [number for number, _ in layout.headings if layout.order.elements[number].tag == "h1"][:2]
    for anchor in anchors[:5]:
        for at in (anchor, *layout.order.climb(anchor, _MAX_CLIMB)):
            last = layout.order.last[at]
            headings = inside(layout.headings, at, last)
            money = layout.asked(at, last)
            if not headings or money is None:
                continue
            names = sorted(headings, key=lambda row: (layout.order.elements[row[0]].tag != "h1", row[0]))
            name = next((text for _, text in names if not find_prices(text)), "")
            if not name:
                continue
            pictures = inside(layout.pictures, at, last)
            skus = inside(layout.skus, at, last)
            return _product(page, name, skus[0][1] if skus else "", money, page.url, pictures[0][1] if pictures else "")
    return None


def _product(page: Page, name: str, sku: str, money: Money, url: str, picture: str) -> Product:
    bare = Product(name, sku, money.amount, money.currency, url, page.absolute(picture) if picture else "", page.url, page.digest)
    return replace(bare, name=name[:200])


def _own_text(element: html.HtmlElement) -> str:
    """The element's own text: before its first child and between its children."""
    if not len(element):
        text: str = element.text or ""
        return " ".join(text.split()) if len(text) <= MAX_TAG * 4 else text
    pieces = [element.text or ""]
    size = len(pieces[0])
    for child in element[:12]:
        if child.tail:
            pieces.append(child.tail)
            size += len(child.tail)
            if size > MAX_TAG * 4:
                break
    return " ".join(" ".join(pieces).split())


def _picture_of(element: html.HtmlElement) -> str:
    if element.tag in _PICTURE_TAGS:
        for name in _PICTURE_ATTRIBUTES:
            if (value := (element.get(name) or "").strip()) and not value.startswith("data:"):
                return value[:2000]
        return ""
    for name in ("data-setbg", "data-bg", "data-background"):
        if (value := (element.get(name) or "").strip()) and _PICTURE_NAME.search(value):
            return value[:2000]
    style = element.get("style")
    if style and "url(" in style and (match := _BACKGROUND.search(style[:3000])) and _PICTURE_NAME.search(match.group(1)):
        return match.group(1)
    return ""
