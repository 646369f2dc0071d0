"""Catalogue: what is sold, under which numbers and names, and for how much.

Takes the products of every readable page but carts, forms and policies (JSON-LD, microdata, Open Graph, repeated cards, the
product a page is about), prices per megabyte or track, category paths and the number of products. What a supplier hands to every
reseller (GTIN, part number, the bare names) is kept apart from what he does not: the shop's own article numbers, how they are
built, odd prices, and the price list itself.
Keys: ``sku``, ``product_name``, ``price_shape``, ``odd_price`` and ``unit_price`` bring pairs together.
Compares: own numbers, odd and unit prices by equality, names and categories as bags (each name is a set of words), ``price`` and
``price_by_name`` as series whose ratio is constant between a shop and its copy in another currency
(``analysis.goods.catalogue_prices``), ``price_shape`` as a bag that needs neither names nor numbers nor currency. ``currency``
is a declared fact.
Class A throughout: a catalogue is copied with one command.
Fooled by: dropshippers of one supplier (same names, pictures, often numbers; their own margins break the constant ratio), a
copyist who keeps the victim's prices, shops that let a program rename and reprice everything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.goods.catalogue_prices import is_odd, price_shape
from analysis.goods.prices import may_end_unit_price, unit_prices
from analysis.goods.product_markup import json_ld_nodes
from analysis.goods.product_records import Product, as_category, name_key
from analysis.goods.products import products_of_storefront
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.sketches import SAMPLE, bottom_k
from crawler.captures import Role

__all__ = ["KINDS", "take"]

_A, _CATALOGUE = EvidenceClass.COPYABLE, Family.CATALOGUE

SKU = Kind("catalogue.sku", _CATALOGUE, _A, Mode.VALUE, "the article number")
SKU_PATTERN = Kind("catalogue.sku_pattern", _CATALOGUE, _A, Mode.VALUE, "article numbers built like", key=False)
GTIN = Kind("catalogue.gtin", _CATALOGUE, _A, Mode.VALUE, "goods of the maker's number", key=False)
MPN = Kind("catalogue.mpn", _CATALOGUE, _A, Mode.VALUE, "goods of the part number", key=False)
NAME = Kind("catalogue.product_name", _CATALOGUE, _A, Mode.BAG, "products named")
MODEL = Kind("catalogue.model", _CATALOGUE, _A, Mode.BAG, "products of the model", key=False)
PRICE = Kind("catalogue.price", _CATALOGUE, _A, Mode.SERIES, "prices of the same article numbers", key=False)
PRICE_BY_NAME = Kind("catalogue.price_by_name", _CATALOGUE, _A, Mode.SERIES, "prices of products of one name", key=False)
PRICE_SHAPE = Kind("catalogue.price_shape", _CATALOGUE, _A, Mode.BAG, "the same steps between their prices")
ODD_PRICE = Kind("catalogue.odd_price", _CATALOGUE, _A, Mode.VALUE, "the odd price")
UNIT_PRICE = Kind("catalogue.unit_price", _CATALOGUE, _A, Mode.VALUE, "the price per unit")
CURRENCY = Kind("catalogue.currency", _CATALOGUE, _A, Mode.FACT, "prices in", key=False)
CATEGORY = Kind("catalogue.category", _CATALOGUE, _A, Mode.BAG, "the category", key=False)
SIZE = Kind("catalogue.size", _CATALOGUE, _A, Mode.NOTE, "this many products seen", key=False)

KINDS: tuple[Kind, ...] = (
    SKU, SKU_PATTERN, GTIN, MPN, NAME, MODEL, PRICE, PRICE_BY_NAME, PRICE_SHAPE, ODD_PRICE, UNIT_PRICE, CURRENCY, CATEGORY, SIZE,
)  # fmt: skip

_MODEL = re.compile(r"(?=[^\W_]{0,20}\d{2})(?=[^\W_]{0,20}[a-z])[a-z0-9][a-z0-9-]{3,20}")
_UNIT_WORD = re.compile(r"\d+(?:g|kg|ml|l|cl|mm|cm|m|gb|mb|tb|pcs|pack|oz|lb|inch|in|w|v|mah|x\d+)?")
_PATTERN_SHARE = 0.6
_MIN_PATTERNED = 5
_MAX_ODD = 64
_SIGNS = dict.fromkeys(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"), "$") | {
    "SEK": "KR", "NOK": "KR", "DKK": "KR", "ISK": "KR", "JPY": "¥", "CNY": "¥",
}  # fmt: skip
#: What a bare sign is read as.
_BY_SIGN = frozenset({"USD", "KR", "JPY"})
_HOME = frozenset({"home", "accueil", "startseite", "inicio", "главная", "start", "shop", "products", "all", "catalog"})


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of the storefront's catalogue; nothing where no product and no price was found."""
    yield from _unit_price_traces(reading)
    products = products_of_storefront(reading)
    if not products:
        return
    yield from _number_traces(products)
    yield from _name_traces(products)
    yield from _price_traces(products)
    yield from _category_traces(reading, products)
    first = min(products, key=lambda product: (product.seen_url, product.seen_digest))
    yield Trace(SIZE.name, str(len(products)), first.seen_url, first.seen_digest, f"{len(products)} products", float(len(products)))


def _number_traces(products: tuple[Product, ...]) -> Iterator[Trace]:
    for kind, field in ((SKU, "sku"), (GTIN, "gtin"), (MPN, "mpn")):
        seen: dict[str, Product] = {}
        for product in products:
            value = getattr(product, field)
            if value and not (kind is SKU and value == product.gtin):
                seen.setdefault(value, product)
        for _, value, product in bottom_k(seen):
            yield _trace(kind, value, product, f"{value} ({product.name})" if product.name else "")
    numbered = {product.sku: product for product in products if product.sku and product.sku != product.gtin}
    patterns = Counter(_pattern(sku) for sku in numbered)
    for pattern, count in patterns.most_common(1):
        if count >= _MIN_PATTERNED and count >= _PATTERN_SHARE * len(numbered) and any(char.isalpha() for char in pattern):
            first = min(sku for sku in numbered if _pattern(sku) == pattern)
            yield _trace(SKU_PATTERN, pattern, numbered[first], f"{pattern} (such as {first})")


def _pattern(sku: str) -> str:
    """Digits as 9, letters of a series of up to four as they are, longer words as one A: AWB/1958 is AWB/9999."""
    return re.sub(r"[A-Z]{5,}", "A", re.sub(r"\d", "9", sku))


def _name_traces(products: tuple[Product, ...]) -> Iterator[Trace]:
    names: dict[str, Product] = {}
    models: dict[str, Product] = {}
    for product in products:
        if key := name_key(product.name):
            names.setdefault(key, product)
            for word in key.split():
                if _MODEL.fullmatch(word) and not _UNIT_WORD.fullmatch(word):
                    models.setdefault(word, product)
    for value, _, product in bottom_k(names):
        yield _trace(NAME, value, product, product.name)
    for value, word, product in bottom_k(models):
        yield _trace(MODEL, value, product, word)


def _price_traces(products: tuple[Product, ...]) -> Iterator[Trace]:
    priced = [product for product in products if product.price is not None and product.price > 0]
    if not priced:
        return
    currency = _main_currency(priced)
    # A theme's demo prices stand in another currency than the shop's own.
    own = [product for product in priced if not product.currency or _sign(product.currency) == _sign(currency)]
    if currency:
        yield _trace(CURRENCY, currency, next(product for product in own if product.currency == currency), "")
    by_sku = {product.sku: product for product in own if product.sku}
    by_name = {key: product for product in own if (key := name_key(product.name))}
    for _, sku, product in bottom_k(by_sku):
        yield _trace(PRICE, sku, product, _priced(product), product.price)
    for value, _, product in bottom_k(by_name):
        yield _trace(PRICE_BY_NAME, value, product, _priced(product), product.price)
    by_amount = {round(product.price, 2): product for product in reversed(own) if product.price is not None}
    odd = {f"{amount:.2f} {currency}".strip(): product for amount, product in by_amount.items() if is_odd(amount, currency)}
    for _, value, product in bottom_k(odd, _MAX_ODD):
        yield _trace(ODD_PRICE, value, product, f"{value} ({product.name})")
    cheapest = min(own, key=lambda product: (product.price or 0.0, product.seen_url))
    for value, run, _ in bottom_k(dict.fromkeys(price_shape(by_amount), 1), SAMPLE):
        yield _trace(PRICE_SHAPE, value, cheapest, f"steps {run}")


def _main_currency(priced: list[Product]) -> str:
    """The currency of most prices. Several currencies share a sign ("kr", "$"): a code that markup declares beats what the sign
    stands for."""
    counts = Counter(product.currency for product in priced if product.currency)
    if not counts:
        return ""
    signs = Counter(_sign(product.currency) for product in priced if product.currency)
    sign = min(signs, key=lambda name: (-signs[name], name))
    codes = [code for code in counts if _sign(code) == sign]
    return min(codes, key=lambda code: (code in _BY_SIGN, -counts[code], code))


def _sign(currency: str) -> str:
    return _SIGNS.get(currency, currency)


def _unit_price_traces(reading: Reading) -> Iterator[Trace]:
    if not may_end_unit_price(set().union(*(page.strings for page in reading.readable))):
        return
    seen: dict[str, Page] = {}
    for page in reading.readable:
        for price in unit_prices(page.text):
            seen.setdefault(f"{price.amount:g} {price.currency}/{price.unit}", page)
    for value in sorted(seen)[:8]:
        yield Trace(UNIT_PRICE.name, value, seen[value].url, seen[value].digest)


def _category_traces(reading: Reading, products: tuple[Product, ...]) -> Iterator[Trace]:
    seen: dict[str, tuple[str, str]] = {}
    for product in products:
        for depth in range(1, len(product.category) + 1):
            seen.setdefault(" > ".join(product.category[:depth]), (product.seen_url, product.seen_digest))
    listings = {page.url for page in reading.with_role(Role.LISTING)}
    names = {name_key(product.name) for product in products}
    for page in reading.pages:
        for node in json_ld_nodes(page):
            if node.get("@type") == "BreadcrumbList":
                steps = [step for step in _crumbs(node) if name_key(step) not in names and step not in _HOME]
                for depth in range(1, len(steps) + 1):
                    seen.setdefault(" > ".join(steps[:depth]), (page.url, page.digest))
        if listings and page.role is Role.HOME:
            for target, text in page.links:
                if target in listings and (path := as_category(text)) and path[-1] not in _HOME:
                    seen.setdefault(path[-1], (page.url, page.digest))
    for value, shown, (url, digest) in bottom_k({name: place for name, place in seen.items() if name not in _HOME}):
        yield Trace(CATEGORY.name, value, url, digest, shown)


def _crumbs(node: dict[str, object]) -> list[str]:
    rows = node.get("itemListElement")
    found = []
    for row in (rows if isinstance(rows, list) else [])[:8]:
        item = row.get("item") if isinstance(row, dict) else None
        name = (row.get("name") if isinstance(row, dict) else None) or (item.get("name") if isinstance(item, dict) else None)
        if isinstance(name, str) and (steps := as_category(name.replace("/", " "))):
            found.append(steps[0])
    return found


def _priced(product: Product) -> str:
    return f"{product.sku or product.name} = {product.price:.2f} {product.currency}".strip()


def _trace(kind: Kind, value: str, product: Product, shown: str, weight: float | None = None) -> Trace:
    return Trace(kind.name, value, product.seen_url, product.seen_digest, shown, 1.0 if weight is None else weight)
