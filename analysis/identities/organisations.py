"""Organisations that a page describes: JSON-LD of schema.org, read without trust in its shape, and contact cards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from analysis.identities.contact_cards import contact_cards
from analysis.page.pages import Page
from analysis.texts.boilerplate import word_set

__all__ = ["Organisation", "organisations"]

_TYPES = word_set(
    """
    organization onlinestore onlinebusiness corporation store localbusiness website musicstore clothingstore bookstore
    electronicsstore homegoodsstore shoestore jewelrystore grocerystore furniturestore sportinggoodsstore toystore
    petstore autopartsstore florist hobbyshop brand
    """
)
#: Characters of one JSON-LD script that are parsed, and values of it that are visited.
MAX_CHARS = 200_000
MAX_VALUES = 20_000
#: Things read of one page.
MAX_THINGS = 10
#: Longer scripts are not remembered.
_KEPT_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Organisation:
    """What one description tells; an empty string where it tells nothing."""

    name: str = ""
    legal_name: str = ""
    mail: str = ""
    telephone: str = ""
    tax_number: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    same_as: tuple[str, ...] = ()


def organisations(page: Page) -> Iterator[Organisation]:
    """The shop-like things that the page's JSON-LD describes, at most ten, then those of its contact cards."""
    yield from _described(page)
    for card in contact_cards(page):
        yield Organisation(
            name=card.get("name", ""),
            legal_name=card.get("legal_name", ""),
            mail=card.get("mail", ""),
            telephone=card.get("telephone", ""),
            tax_number=card.get("tax_number", ""),
            street=card.get("street", ""),
            postal_code=card.get("postal_code", ""),
            city=card.get("city", ""),
        )


def _described(page: Page) -> Iterator[Organisation]:
    given = 0
    for script in page.named("script"):
        if "ld+json" not in script.attributes.get("type", "").lower():
            continue
        text = script.text[:MAX_CHARS]
        for organisation in _told_by(text) if len(text) <= _KEPT_CHARS else _told_by.__wrapped__(text):
            if given >= MAX_THINGS:
                return
            given += 1
            yield organisation


@lru_cache(maxsize=256)
def _told_by(text: str) -> tuple[Organisation, ...]:
    """What one JSON-LD script tells; most stand on every page of a site."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    return tuple(_organisation(thing) for thing in islice(_things(data), MAX_THINGS))


def _things(data: object) -> Iterator[dict[str, Any]]:
    waiting = [data]
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value[:200])
        elif isinstance(value, dict):
            types = value.get("@type")
            named = {str(kind).lower() for kind in (types if isinstance(types, list) else [types])[:5]}
            if named & _TYPES or "legalName" in value or "vatID" in value:
                yield value
            # A product's brand or an offer's seller may be anyone: only what stands at the top or in a graph is the shop.
            waiting.extend(value[key] for key in ("@graph", "publisher", "parentOrganization", "mainEntity") if key in value)


def _organisation(thing: dict[str, Any]) -> Organisation:
    address = thing.get("address")
    if isinstance(address, list):
        address = address[0] if address else None
    where = address if isinstance(address, dict) else {}
    contact = thing.get("contactPoint")
    if isinstance(contact, list):
        contact = contact[0] if contact else None
    point = contact if isinstance(contact, dict) else {}
    links = thing.get("sameAs")
    return Organisation(
        name=_text(thing.get("name")),
        legal_name=_text(thing.get("legalName")),
        mail=_text(thing.get("email") or point.get("email")),
        telephone=_text(thing.get("telephone") or point.get("telephone")),
        tax_number=_text(thing.get("vatID") or thing.get("taxID")),
        street=_text(where.get("streetAddress")),
        postal_code=_text(where.get("postalCode")),
        city=_text(where.get("addressLocality")),
        same_as=tuple(str(link)[:400] for link in (links if isinstance(links, list) else [links])[:20] if isinstance(link, str)),
    )


def _text(value: object) -> str:
    return " ".join(str(value).split())[:120] if isinstance(value, str | int) and not isinstance(value, bool) else ""
