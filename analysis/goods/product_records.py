"""What one product of a storefront is, and the canonical form of its name, its number and its category."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Product", "as_category", "as_gtin", "as_name", "as_sku", "name_key"]

#: What buttons, tabs and headings say beside products, in lower case.
_NO_NAMES = frozenset(
    """
    add to bag, add to basket, add to cart, best seller, best sellers, bestsellers, buy, buy it now, buy now, check
    availability, compare, customer reviews, customers also bought, description, details, event, features, featured,
    featured products, find out more, full details, home, info, information, item, items, learn more, more, more details,
    more info, more information, new, new arrivals, new in, new products, often bought with this item, order, order now,
    overview, price, product, product description, product details, product info, product information, products, quantity,
    quick look, quick shop, quick view, quickview, read more, recently viewed, related items, related products, reviews,
    sale, see details, see more, select options, shop, shop now, show more, similar products, size chart, size guide, sold
    out, special offer, special offers, specials, specification, specifications, top seller, top sellers, view, view all,
    view deal, view details, view more, view product, you may also like, your cart, angebot, artikel, artikeldetails,
    bestellen, beschreibung, bewertungen, in den warenkorb, jetzt bestellen, jetzt kaufen, kaufen, kundenbewertungen, mehr,
    mehr details, mehr erfahren, mehr info, mehr infos, neu, neuheiten, produktbeschreibung, produktdetails,
    produktinformationen, weiterlesen, zum angebot, zum artikel, zum produkt, zum shop, ähnliche produkte, ähnliche artikel,
    accueil, acheter, ajouter au panier, avis, caractéristiques, commander, descriptif, détails, en savoir plus, je
    découvre, lire la suite, meilleures ventes, nouveau, nouveautés, produits similaires, promotions, voir, voir le détail,
    voir le produit, voir plus, agregar al carrito, añadir al carrito, comprar, descripción, detalles, inicio, más
    información, más vendidos, novedades, ofertas, ver, ver detalles, ver más, ver producto, acquista, acquista ora,
    aggiungi al carrello, descrizione, dettagli, leggi tutto, novità, offerte, scheda prodotto, scopri, scopri di più, vedi,
    vedi dettagli, adicionar ao carrinho, detalhes, mais informações, saiba mais, ver mais, в корзину, добавить в корзину,
    главная, заказать, купить, новинки, описание, отзывы, подробнее, похожие товары, смотреть, сравнить, характеристики, хит
    продаж, хиты продаж, do koszyka, kup, kup teraz, nowości, opis, szczegóły, więcej, zobacz, bekijk, bestel, in
    winkelwagen, lees meer, meer info, læs mere, køb, læg i kurv, läs mer, köp, delivery, shipping, delivery & returns,
    shipping & returns, location, date and time, community, доставка, livraison, versand, consegna, envío, szállítás,
    dostawa, több info, további info, részletek
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
_LABELLED = re.compile(
    r"(?i)(?:brand|manufacturer|(?:product|item|model)(?:\s(?:code|no|number|id))?|sku|size|colou?r|availability|price|marke|hersteller|"
    r"art(?:ikel)?-?\s?n(?:r|ummer)|größe|farbe|marque|réf(?:érence)?|taille|marca|modelo|código|артикул|бренд|код(?:\sтовара)?)\.?\s?:"
)
_FILE = re.compile(r"(?i)(?:https?://|www\.)\S+$|\S+\.(?:jpe?g|png|gif|webp|html?|php|aspx?)$")
_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"[^\W_]+", re.UNICODE)
_SKU = re.compile(r"[A-Z0-9][A-Z0-9._/-]{2,39}")
_NOT_SKU = re.compile(r"\d{1,4}(?:[.,]\d\d)?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d-\d\d-\d\d|N/?A|NONE|NULL|0+|X+")
_GTIN_NAME = re.compile(r"^(?:isbn|gtin|ean|upc)[:\s]{0,3}")
_CATEGORY_SPLIT = re.compile(r"\s*(?:>|»|/|›|\|)\s*")


class Product(NamedTuple):
    """One product as seen on one page. Empty strings and None mean "not said there".

    ``sku`` is the shop's own number, upper case; ``gtin`` and ``mpn`` are the maker's (EAN, UPC, ISBN; part number), which every
    reseller of the same goods shows; ``price`` with its ISO ``currency``; ``url`` and ``picture`` are absolute.
    """

    name: str
    sku: str
    price: float | None
    currency: str
    url: str
    picture: str
    seen_url: str
    seen_digest: str
    gtin: str = ""
    mpn: str = ""
    category: tuple[str, ...] = ()


@lru_cache(maxsize=8_192)
def as_name(text: str) -> str:
    """A product's name, white space collapsed, at most 200 characters; empty for a button, a label, a file, and without letters."""
    clean = _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()[:200]
    if clean.endswith(":") or clean.casefold().strip(" .!»>›→…-") in _NO_NAMES:
        return ""
    if _LABELLED.match(clean) or _FILE.match(clean):
        return ""
    letters = filter(str.isalpha, clean[:60])
    return clean if next(letters, "") and next(letters, "") else ""


@lru_cache(maxsize=8_192)
def as_sku(text: str) -> str:
    """A shop's article number, upper case; empty for what is none: no digit, a price, a date, a placeholder."""
    clean = text.strip().strip("#:").strip().upper()
    if not _SKU.fullmatch(clean) or _NOT_SKU.fullmatch(clean) or not any(char.isdigit() for char in clean):
        return ""
    return clean.rstrip("._/-")


def as_gtin(text: str) -> str:
    """A GTIN of 12 to 14 digits (EAN, UPC, ISBN-13) with a valid check digit, as 13 or 14 digits; empty otherwise.

    GS1 General Specifications, 7.9: weights 3 and 1 from the right, sum divisible by ten. Eight digits pass by chance too often.
    """
    if not text:
        return ""
    digits = _GTIN_NAME.sub("", text.strip().lower()).replace("-", "").replace(" ", "")
    if len(digits) not in (12, 13, 14) or not digits.isdecimal() or not digits.isascii() or len(set(digits)) < 3:
        return ""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(digits)))
    return digits.zfill(13) if total % 10 == 0 else ""


def as_category(text: str) -> tuple[str, ...]:
    """A category path, outermost first, lower case; at most six steps of at most 60 characters."""
    steps = (_SPACE.sub(" ", step).strip().casefold()[:60] for step in _CATEGORY_SPLIT.split(text[:300]))
    return tuple(step for step in steps if step and any(char.isalpha() for char in step))[:6]


@lru_cache(maxsize=8_192)
def name_key(name: str) -> str:
    """The name's words, sorted, so that "Olive Oil 500 g" and "500 g Olive Oil" are one; empty for fewer than two."""
    words = sorted(set(_WORDS.findall(unicodedata.normalize("NFKC", name).casefold())))
    return " ".join(words)[:120] if len(words) >= 2 else ""
