"""Contact cards that people read: hCard and schema.org microdata, cut out of the page and read by BeautifulSoup.

The whole tree is searched by lxml; only the few small blocks that are cards are handed to the slower reader. A card of somebody
else (a carrier, a bank) looks the same, so what it tells is as copyable and as fallible as any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import cast

from bs4 import BeautifulSoup, Tag
from lxml import etree

from analysis.once import Answers
from analysis.page.pages import Page
from analysis.page.runs import Run
from analysis.page.tags import ByHead, Head

__all__ = ["MAX_CARDS", "MAX_CARD_CHARS", "contact_cards"]

#: Cards read of one page, and characters of source read of one: a card is an address, not a page.
MAX_CARDS = 4
MAX_CARD_CHARS = 20_000

#: What a card tells -> the microdata properties and the class names of hCard that mark it.
_FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "legal_name": (frozenset({"legalName"}), frozenset()),
    "name": (frozenset({"name"}), frozenset({"org", "organization-name"})),
    "mail": (frozenset({"email"}), frozenset({"email"})),
    "telephone": (frozenset({"telephone"}), frozenset({"tel"})),
    "tax_number": (frozenset({"vatID", "taxID"}), frozenset()),
    "street": (frozenset({"streetAddress"}), frozenset({"street-address"})),
    "postal_code": (frozenset({"postalCode"}), frozenset({"postal-code"})),
    "city": (frozenset({"addressLocality"}), frozenset({"locality"})),
}
#: Elements that say what they are about, or have a class like a card's.
_MAY_BE_CARDS = etree.XPath("//*[@itemtype or contains(translate(@class, 'VCARD', 'vcard'), 'vcard')]")
#: A letter that is written as a number.
_SPELT = re.compile(r"&#(?:x|0*(?:6[5-9]|[7-9]\d|1[01]\d|12[0-2])(?!\d))")
_ORGANISATIONS = ("organization", "store", "localbusiness", "corporation", "onlinestore")


def contact_cards(page: Page) -> Iterator[dict[str, str]]:
    """Each card's fields that are filled, in order of the page; cards without a name and an address or contact are none."""
    for block in _blocks(page):
        if card := _card(block):
            yield dict(card)


@lru_cache(maxsize=256)
def _card(block: str) -> tuple[tuple[str, str], ...]:
    """The fields of one card; none where it tells too little. The same card stands on every page of a shop."""
    first: dict[str, Tag] = {}
    for element in BeautifulSoup(block, "lxml").find_all(True):
        properties = str(element.get("itemprop", "")).split()
        classes = element.get("class") or ()
        for name, (meant, called) in _FIELDS.items() if properties or classes else ():
            if name not in first and not (meant.isdisjoint(properties) and called.isdisjoint(classes)):
                first[name] = element
    card = {name: text for name in _FIELDS if name in first and (text := _read(first[name]))}
    return tuple(card.items()) if ("name" in card or "legal_name" in card) and len(card) > 1 else ()


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
    source = page.lowered
    return ("itemtype" in source or "vcard" in source or ("&#" in source and _SPELT.search(source) is not None)) and any(
        map(_WITH_CARDS.__getitem__, page.runs)
    )


def _with_cards(run: Run) -> bool:
    return any(map(_HEADS_CARD.__getitem__, [tag.head for tag in run.tags]))


def _heads_card(head: Head) -> bool:
    lowered = head.markup.lower()
    return ("itemtype" in lowered or "vcard" in lowered) and _is_card(
        head.attributes.get("itemtype", ""), head.attributes.get("class", "")
    )


def _is_card(itemtype: str, classes: str) -> bool:
    return itemtype.rpartition("/")[2].lower() in _ORGANISATIONS or "vcard" in classes.lower().split()


def _read(element: Tag) -> str:
    """What a field says: the value meant for machines where there is one, else the visible text."""
    meant = element.get("content")
    text = meant if isinstance(meant, str) else element.get_text(" ")
    return " ".join(text.split())[:120]


_HEADS_CARD = ByHead(_heads_card)
_WITH_CARDS = Answers(_with_cards)
