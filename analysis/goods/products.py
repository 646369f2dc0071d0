"""The products of a storefront: read from every page by markup and by repeated structure, and one record a product."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from analysis.goods.product_cards import carded_products
from analysis.goods.product_markup import declared_products
from analysis.goods.product_records import Product, name_key
from analysis.once import once_each
from analysis.page.pages import Page
from analysis.page.reading import Reading
from crawler.captures import Role

__all__ = ["MAX_PRODUCTS", "products_of_page", "products_of_storefront"]

#: Products kept of one storefront.
MAX_PRODUCTS = 2_000
_MAX_PER_PAGE = 400
_TRACKING = re.compile(r"(?i)(?:^|&)(?:utm_[a-z]{1,20}|gclid|fbclid|ref|sid|session|variant|_pos|_sid|_ss|srsltid)=[^&]{0,200}")
#: Pages whose prices are a cart's or a form's, not the catalogue's.
_UNREAD = frozenset(
    {
        Role.CART,
        Role.CHECKOUT,
        Role.PAYMENT,
        Role.LOGIN,
        Role.REGISTER,
        Role.INVITATION,
        Role.CONTACT,
        Role.ABOUT,
        Role.TERMS,
        Role.PRIVACY,
        Role.SHIPPING,
        Role.RETURNS,
        Role.LEGAL,
    }
)


@once_each
def products_of_page(page: Page) -> tuple[Product, ...]:
    """Products of one page, declared ones first; read once a page."""
    return (*declared_products(page), *carded_products(page))[:_MAX_PER_PAGE]


@once_each
def products_of_storefront(reading: Reading) -> tuple[Product, ...]:
    """One record a product, in order of first sight; what one page leaves out another fills in.

    Two sights are one product when they share an article number, or lead to one address, or have one name, and nothing else they
    say contradicts it. Product pages are read first: their price wins over a listing's.
    """
    sights = [
        product
        for page in sorted(reading.pages, key=lambda page: (page.role is not Role.PRODUCT, page.url))
        if page.role not in _UNREAD
        for product in products_of_page(page)
    ]
    shared = _shared_pictures(sights)
    records: list[Product] = []
    index: dict[str, int] = {}
    for sight in sights:
        product = sight._replace(picture="") if sight.picture in shared else sight
        keys = _keys(product)
        at = next((index[key] for key in keys if key in index and _agree(records[index[key]], product)), None)
        if at is None:
            if len(records) >= MAX_PRODUCTS:
                continue
            at = len(records)
            records.append(product)
        else:
            records[at] = _filled(records[at], product)
        for key in keys:
            index.setdefault(key, at)
    return tuple(records)


def _shared_pictures(sights: list[Product]) -> frozenset[str]:
    """Pictures that three or more differently named products show: the theme's thumbnails and placeholders."""
    names: dict[str, set[str]] = {}
    for product in sights:
        if product.picture:
            names.setdefault(product.picture, set()).add(name_key(product.name) or product.name)
    return frozenset(picture for picture, shown in names.items() if len(shown) >= 3)


def _keys(product: Product) -> list[str]:
    """The names under which a product is known, strongest first."""
    keys = [f"sku:{product.sku}"] if product.sku else []
    if key := _address_key(product.url):
        keys.append(key)
    if key := name_key(product.name):
        keys.append(f"name:{key}")
    return keys


@lru_cache(maxsize=8_192)
def _address_key(url: str) -> str:
    """An address without host and tracking; empty where nothing is left."""
    parts = urlsplit(url)
    if not (parts.path.strip("/") or parts.query or parts.fragment):
        return ""
    return f"url:{parts.path.rstrip('/')}?{_TRACKING.sub('', parts.query).strip('&')}#{parts.fragment}"


def _agree(known: Product, other: Product) -> bool:
    """False when both say an article number and these differ, or neither number nor name is shared."""
    if known.sku and other.sku:
        return known.sku == other.sku
    if not known.name or not other.name:
        return True
    return (name_key(known.name) or known.name) == (name_key(other.name) or other.name)


def _filled(known: Product, other: Product) -> Product:
    return known._replace(
        name=known.name or other.name,
        sku=known.sku or other.sku,
        gtin=known.gtin or other.gtin,
        mpn=known.mpn or other.mpn,
        price=known.price if known.price is not None else other.price,
        currency=known.currency or other.currency,
        picture=known.picture or other.picture,
        category=known.category or other.category,
    )
