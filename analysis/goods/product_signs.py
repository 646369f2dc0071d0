"""What one tag says of a product: a price, an article number, a link, a title. Worked out once for all pages that have the tag.

Class names are read only to tell an old price from the asked one and a bare number in a price tag from any other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.goods.page_order import HIDDEN
from analysis.goods.prices import MAX_TAG, Quote, quotes_in
from analysis.goods.product_records import as_sku
from analysis.page.tags import ByHead, Head, Tag

__all__ = ["HEADINGS", "SIGNS", "Signs", "Words", "href_of", "mixed_words_of", "picture_in", "says_old_around", "says_title"]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

#: Tags that one process remembers, and the characters from which on a tag is not remembered.
_KNOWN_TAGS = 50_000
_REMEMBERED_CHARS = 2_000
#: Longer texts without a digit announce no number.
_LABEL_CHARS = 40
_STRUCK = frozenset({"del", "s", "strike"})
_PRICE_WORD = re.compile(r"(?i)price|prix|preis|precio|prezzo|(?<!s)cena|(?<![a-z])(?:cost|amount)(?![a-z])|цена")
#: Amounts of what is no money.
_MEASURE = re.compile(r"(?i)ingredient|nutri|serving|recipe")
_OLD_WORD = re.compile(
    r"(?i)\bold|old\b|was|regular|before|compare|crossed|strike|list-price|rrp|uvp|barr|discount|alt(?:er)?-preis|save"
)
_TITLE_WORD = re.compile(r"(?i)title|name|titre|titel|nombre|produkt|product-link")
_SKU_LABEL = re.compile(
    r"(?i)(?:^|[\s(,;>|])(?:sku|item\s?(?:no|nr|number|code|#)|art(?:icle|ikel)?[\s.-]{0,2}(?:no|nr|n°|nº|number|nummer|code)|artikelnummer|bestell-?\s?n(?:r|ummer)"
    r"|(?:product|model|stock|catalog(?:ue)?)\s?(?:code|no|number|id|#)|réf(?:érence)?|ref(?:erence|erencia)?|артикул|арт|код(?:\sтовара)?)"
    r"\s{0,2}[.:#№]{0,2}\s{0,3}(?P<sku>[A-Za-z0-9][A-Za-z0-9._/-]{2,39})?(?=$|[\s),;|<])"
)
_SKU_ATTRIBUTE = re.compile(r"data-(?:article|item-sku|product-code|product-sku|product_sku|sku)(?==)")
_SKU_FIELDS = frozenset({"sku", "product_sku", "item_sku", "article", "product_code", "productcode"})
_HAS_DIGIT = re.compile(r"\d")
_BACKGROUND = re.compile(r"url\(\s{0,3}[\"']?([^\"')]{1,1000})")
_PICTURE_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-setbg", "data-bg", "data-image", "src")
_PICTURE_TAGS = frozenset({"img", "source"})
_PICTURE_KEYS = ("data-setbg", "data-bg", "data-background")
_PICTURE_NAME = re.compile(r"(?i)\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])")


class Words(NamedTuple):
    """What an element's own text says.

    ``label`` is the article number it names, empty where one is announced and stands elsewhere, None where there is none;
    ``number`` is the article number that the text itself is, if one was announced. ``quotes`` are its prices, former ones where
    ``is_old``; ``around``: it says "price", and the price may stand in its children.
    """

    label: str | None
    number: str
    quotes: tuple[Quote, ...]
    is_old: bool
    around: bool


class Signs(NamedTuple):
    """What a tag says by itself.

    ``hides``: nobody sees what is in it; ``links``: it is a link; ``heads``: a heading; ``tails``: text of the element around it
    stands behind it. ``number`` is the article number in its attributes; ``words`` what its text says.
    """

    hides: bool = False
    links: bool = False
    heads: bool = False
    tails: bool = False
    number: str = ""
    words: Words | None = None


_HIDES, _LINKS, _HEADS, _TAIL = Signs(hides=True), Signs(links=True), Signs(heads=True), Signs(tails=True)


class _BySight(dict[Tag, Signs | None]):
    """The signs of every tag seen so far; most tags have none."""

    def __missing__(self, tag: Tag) -> Signs | None:
        found = _signs(tag) if tag.opens else _TAIL if tag.words else None
        if tag.head.is_kept and len(tag.text) <= _REMEMBERED_CHARS:
            if len(self) >= _KNOWN_TAGS:
                self.clear()
            self[tag] = found
        return found


#: ``SIGNS[tag]``; None where a tag says nothing.
SIGNS = _BySight()


def _signs(tag: Tag) -> Signs | None:
    head, name, text = tag.head, tag.name, tag.words
    number = ""
    if not head.is_bare and ("data-" in head.markup or name == "input"):
        number = _number_in(head)
    if name in HIDDEN:
        return _HIDES if not tag.closes else _TAIL if text else None
    words = _words_of(head, text) if text and not tag.closes else None
    if words or number or (tag.closes and text):
        return Signs(False, name == "a", name in HEADINGS, tag.closes and text != "", number, words)
    return _LINKS if name == "a" else _HEADS if name in HEADINGS else None


def _number_in(head: Head) -> str:
    """The article number that attributes carry."""
    if head.name == "input":
        return as_sku(head.attributes.get("value", "")) if head.attributes.get("name", "").lower() in _SKU_FIELDS else ""
    numbers = (as_sku(head.attributes.get(key, "")) for key in sorted(_SKU_ATTRIBUTE.findall(head.markup)))
    return next(filter(None, numbers), "")


@ByHead
def href_of(head: Head) -> str:
    """Where a link leads, as written; empty where it leads to no other page."""
    href = head.attributes.get("href", "").strip()
    return "" if href.startswith(("#", "javascript:", "mailto:", "tel:")) or href == "/" else href


def _words_of(head: Head, text: str) -> Words | None:
    """What the own text of an element says; None where it says nothing."""
    if _HAS_DIGIT.search(text) is None:
        if len(text) > _LABEL_CHARS:
            return None
        tagged, is_old = _speaks[head]
        label = _label(text)
        return Words(label, "", (), is_old, tagged) if tagged or label is not None else None
    if len(text) > MAX_TAG:
        return None
    tagged, is_old = _speaks[head]
    quotes = quotes_in(text, tagged=tagged)
    label, number = _label(text), as_sku(text)
    around = tagged and not quotes
    return Words(label, number, quotes, is_old, around) if quotes or around or number or label is not None else None


#: The same for a text that stands between an element's children.
mixed_words_of = lru_cache(maxsize=4_096)(_words_of)


@ByHead
def _speaks(head: Head) -> tuple[bool, bool]:
    """Whether name and classes of an element say "price", and whether they say "former"."""
    markup, struck = head.markup, head.name in _STRUCK
    if "class=" not in markup and "itemprop=" not in markup:
        return False, struck
    tagged, old = _spoken(f"{_written(markup, ' class=')} {_written(markup, ' itemprop=')}")
    return tagged, old or struck


def _written(markup: str, name: str) -> str:
    """An attribute as it is written, without taking all of them apart; a quotation mark in another's value is no mark there."""
    return markup.partition(f'{name}"')[2].partition('"')[0]


@lru_cache(maxsize=8_192)
def _spoken(words: str) -> tuple[bool, bool]:
    return _PRICE_WORD.search(words) is not None and _MEASURE.search(words) is None, _OLD_WORD.search(words) is not None


@ByHead
def says_old_around(head: Head) -> bool:
    """Whether an element says of all that is in it that it is a former price."""
    return head.name in _STRUCK or _spoken(_written(head.markup, " class="))[1]


def _label(text: str) -> str | None:
    label = _SKU_LABEL.search(text)
    if label is None:
        return None
    if label.group("sku"):
        return as_sku(label.group("sku")) or None
    return "" if label.end() >= len(text) - 2 else None


@ByHead
def says_title(head: Head) -> bool:
    """Whether the classes of an element say that it is a title."""
    return _TITLE_WORD.search(_written(head.markup, " class=")) is not None


@ByHead
def picture_in(head: Head) -> str:
    """The address of the picture that an element shows, itself or as its background; empty where it shows none."""
    if head.is_bare:
        return ""
    attributes = head.attributes
    if head.name in _PICTURE_TAGS:
        for name in _PICTURE_ATTRIBUTES:
            if (value := attributes.get(name, "").strip()) and not value.startswith("data:"):
                return value[:2000]
        return ""
    for name in _PICTURE_KEYS:
        if (value := attributes.get(name, "").strip()) and _PICTURE_NAME.search(value):
            return value[:2000]
    style = attributes.get("style")
    if style and "url(" in style and (match := _BACKGROUND.search(style[:3000])) and _PICTURE_NAME.search(match.group(1)):
        return match.group(1)
    return ""
