"""Contact cards that people read: hCard and schema.org microdata, cut out of the page and read by BeautifulSoup.

The whole tree is searched by lxml; only the few small blocks that are cards are handed to the slower reader, whose
selectors say what is meant. A card of somebody else (a carrier, a bank) looks the same, so what it tells is as copyable and
as fallible as any text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import cast

from bs4 import BeautifulSoup, Tag
from lxml import etree

from analysis.pages import Page

__all__ = ["MAX_CARDS", "MAX_CARD_CHARS", "contact_cards"]

#: Cards read of one page, and characters of source read of one: a card is an address, not a page.
MAX_CARDS = 4
MAX_CARD_CHARS = 20_000

#: What a card tells -> where it stands, microdata first, then the class names of hCard.
_FIELDS = {
    "legal_name": '[itemprop~="legalName"]',
    "name": '[itemprop~="name"], .org, .organization-name',
    "mail": '[itemprop~="email"], .email',
    "telephone": '[itemprop~="telephone"], .tel',
    "tax_number": '[itemprop~="vatID"], [itemprop~="taxID"]',
    "street": '[itemprop~="streetAddress"], .street-address',
    "postal_code": '[itemprop~="postalCode"], .postal-code',
    "city": '[itemprop~="addressLocality"], .locality',
}
#: Elements that say what they are about, or have a class like a card's.
_MAY_BE_CARDS = etree.XPath("//*[@itemtype or contains(translate(@class, 'VCARD', 'vcard'), 'vcard')]")
_ORGANISATIONS = ("organization", "store", "localbusiness", "corporation", "onlinestore")


def contact_cards(page: Page) -> Iterator[dict[str, str]]:
    """Each card's fields that are filled, in order of the page; cards without a name and an address or contact are none."""
    for block in _blocks(page):
        soup = BeautifulSoup(block, "lxml")
        card = {name: text for name, selector in _FIELDS.items() if (text := _read(soup.select_one(selector)))}
        if ("name" in card or "legal_name" in card) and len(card) > 1:
            yield card


def _blocks(page: Page) -> Iterator[str]:
    """The source of each card, cut out."""
    given = 0
    if not _has_cards(page):
        return
    for element in cast("list[etree._Element]", _MAY_BE_CARDS(page.tree)):
        if given >= MAX_CARDS:
            return
        if not _is_card(element.get("itemtype") or "", element.get("class") or ""):
            continue
        given += 1
        yield etree.tostring(element, encoding="unicode", method="html", with_tail=False)[:MAX_CARD_CHARS]


def _has_cards(page: Page) -> bool:
    """A quick look at the source, where a name may be written in numbers, then at the tags."""
    if not any(mark in page.lowered for mark in ("itemtype", "vcard", "&#")):
        return False
    tags = (tag.attributes for tag in chain(page.head_tags, page.tags) if tag.attributes)
    told = ((attributes.get("itemtype", ""), attributes.get("class", "")) for attributes in tags)
    return any(_is_card(*one) for one in told) or _is_card(page.tree.get("itemtype", ""), page.tree.get("class", ""))


def _is_card(itemtype: str, classes: str) -> bool:
    return itemtype.rpartition("/")[2].lower() in _ORGANISATIONS or "vcard" in classes.lower().split()


def _read(element: Tag | None) -> str:
    """What a field says: the value meant for machines where there is one, else the visible text."""
    if element is None:
        return ""
    meant = element.get("content")
    text = meant if isinstance(meant, str) else element.get_text(" ")
    return " ".join(text.split())[:120]
