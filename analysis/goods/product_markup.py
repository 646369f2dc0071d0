"""Products as pages declare them to machines: JSON-LD, microdata (by extruct) and Open Graph."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from extruct.w3cmicrodata import MicrodataExtractor

from analysis.files.third_parties import host_of, site_of
from analysis.goods.prices import read_amount, read_currency
from analysis.goods.product_records import Product, as_category, as_gtin, as_name, as_sku
from analysis.page.pages import Page

__all__ = ["declared_products", "json_ld_nodes"]

_MAX_SCRIPT = 600_000
_MAX_NODES = 20_000
_MAX_SCRIPTS = 400
#: Longer JSON-LD is not remembered.
_REMEMBERED_CHARS = 20_000
_MAX_ITEMS = 600
_MAX_METAS = 300
_TRAILING_COMMA = re.compile(r",(\s{0,50}[}\]])")
_PRODUCT_TYPES = (
    "product",
    "productgroup",
    "productmodel",
    "individualproduct",
    "book",
    "musicalbum",
    "musicrecording",
    "musicrelease",
)
_GTIN_FIELDS = ("gtin13", "gtin", "gtin12", "gtin14", "gtin8", "ean", "isbn", "productID")


def declared_products(page: Page) -> list[Product]:
    """Every product that the page's markup declares, in order."""
    found = [product for node in json_ld_nodes(page) if (product := _from_node(page, node)) is not None]
    if "itemprop" in page.html and "itemtype" in page.html:
        found.extend(product for node in _microdata(page) if (product := _from_node(page, node)) is not None)
    if not found and (product := _open_graph(page)) is not None:
        found.append(product)
    return found


def json_ld_nodes(page: Page) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, nested ones too, outermost first. Shared by all who ask: never changed."""
    for script in islice(page.named("script"), _MAX_SCRIPTS):
        if not script.closes and "ld+json" in script.attributes.get("type", "").lower():
            text = script.text.strip()
            if text and len(text) <= _MAX_SCRIPT:
                yield from _nodes(text) if len(text) <= _REMEMBERED_CHARS else _nodes.__wrapped__(text)


@lru_cache(maxsize=128)
def _nodes(text: str) -> tuple[dict[str, Any], ...]:
    return tuple(_walk(_loaded(text)))


def _loaded(text: str) -> Any:
    """Decoded JSON; None where it is broken beyond a trailing comma, a comment wrapper or control characters."""
    clean = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/|;)\s*$", "", text)
    for candidate in (clean, _TRAILING_COMMA.sub(r"\1", clean)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(root: Any) -> Iterator[dict[str, Any]]:
    """The objects in decoded JSON, found without recursion."""
    queue, seen = deque([root]), 0
    while queue and seen < _MAX_NODES:
        node = queue.popleft()
        seen += 1
        if isinstance(node, dict):
            yield node
            queue.extend(value for value in node.values() if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            queue.extend(value for value in node if isinstance(value, (dict, list)))


def _microdata(page: Page) -> Iterator[dict[str, Any]]:
    """extruct's items in the shape of JSON-LD."""
    if page.html.count("itemscope") > _MAX_ITEMS:
        return
    try:
        items = MicrodataExtractor().extract_items(page.tree, page.url)
    except (RecursionError, ValueError, TypeError, KeyError, AttributeError):
        return
    queue, seen = list(items), 0
    while queue and seen < _MAX_NODES:
        item = queue.pop()
        seen += 1
        if not isinstance(item, dict):
            continue
        properties = item.get("properties")
        if isinstance(properties, dict):
            queue.extend(inner for value in properties.values() for inner in (value if isinstance(value, list) else [value]))
            yield {"@type": item.get("type"), **properties}


def _types(node: dict[str, Any]) -> list[str]:
    declared = node.get("@type")
    values = declared if isinstance(declared, list) else [declared]
    return [str(value).rsplit("/", 1)[-1].rsplit("#", 1)[-1].lower() for value in values[:5] if value]


def _from_node(page: Page, node: dict[str, Any]) -> Product | None:
    if not any(kind in _PRODUCT_TYPES for kind in _types(node)):
        return None
    offer = _offer(node)
    name = as_name(html.unescape(_text(node.get("name"))))
    sku = as_sku(_text(node.get("sku")) or _text(offer.get("sku")) or _text(node.get("productID")))
    if not name and not sku:
        return None
    gtin = next((code for field in _GTIN_FIELDS if (code := as_gtin(_text(node.get(field)) or _text(offer.get(field))))), "")
    price = next((p for f in ("price", "lowPrice", "highPrice") if (p := _amount(offer.get(f))) is not None and p > 0), None)
    url = _text(node.get("url")) or _text(offer.get("url"))
    picture = _picture(node.get("image"))
    if price is None and not gtin and not sku and name.casefold() in (site_of(page.url), host_of(page.url)):
        return None  # ratings of the shop itself, declared as a product's
    return Product(
        name=name,
        sku=sku,
        gtin=gtin or as_gtin(sku),
        mpn=as_sku(_text(node.get("mpn"))),
        price=price,
        currency=read_currency(_text(offer.get("priceCurrency"))) if offer.get("priceCurrency") else "",
        url=page.absolute(url) if url else page.url,
        picture=page.absolute(picture) if picture else "",
        category=as_category(_text(node.get("category"))),
        seen_url=page.url,
        seen_digest=page.digest,
    )


def _offer(node: dict[str, Any]) -> dict[str, Any]:
    """The first offer, an aggregate's own inner offer where it has prices; microdata nests it under ``properties``."""
    offers = node.get("offers")
    for candidate in (offers if isinstance(offers, list) else [offers])[:5]:
        if isinstance(candidate, dict):
            flat = candidate.get("properties") if isinstance(candidate.get("properties"), dict) else candidate
            assert isinstance(flat, dict)
            specification = flat.get("priceSpecification")
            first = specification[0] if isinstance(specification, list) and specification else specification
            if "price" not in flat and isinstance(first, dict):
                return {**flat, **{key: first[key] for key in ("price", "priceCurrency") if key in first}}
            return flat
    return node if "price" in node else {}


def _text(value: Any) -> str:
    """A string of what may be a string, a number, a list or an object with a value or name."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("@id") or ""
    return str(value)[:500] if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _amount(value: Any) -> float | None:
    return read_amount(value if isinstance(value, (int, float)) else _text(value)) if value not in (None, "") else None


def _picture(value: Any) -> str:
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("url") or value.get("contentUrl") or value.get("@id") or ""
    return value[:2000] if isinstance(value, str) else ""


def _open_graph(page: Page) -> Product | None:
    metas: dict[str, str] = {}
    for meta in islice(page.named("meta"), _MAX_METAS):
        attributes = meta.attributes
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        if name.startswith(("og:", "product:")) and (content := attributes.get("content")):
            metas.setdefault(name, content[:2000])
    if not metas:
        return None
    amount = metas.get("product:price:amount") or metas.get("og:price:amount")
    if not metas.get("og:type", "").lower().endswith("product") and not amount:
        return None
    currency = metas.get("product:price:currency") or metas.get("og:price:currency") or ""
    sku = as_sku(metas.get("product:retailer_item_id", ""))
    name = as_name(metas.get("og:title", ""))
    if not name and not sku:
        return None
    picture = metas.get("og:image", "")
    return Product(
        name=name,
        sku=sku,
        gtin=as_gtin(metas.get("product:ean", "")) or as_gtin(sku),
        price=read_amount(amount) if amount else None,
        currency=read_currency(currency) if currency else "",
        url=page.url,
        picture=page.absolute(picture) if picture else "",
        category=as_category(metas.get("product:category", "")),
        seen_url=page.url,
        seen_digest=page.digest,
    )
