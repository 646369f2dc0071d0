"""Products by repeated structure: sibling subtrees that each hold a price and a link, and the one product a product page is about.

Renamed classes and wrapped elements cost nothing: of class names only those around a price are asked
(``analysis.goods.product_signs``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from analysis.goods.page_order import HIDDEN
from analysis.goods.prices import Money, names_amount
from analysis.goods.product_layout import ProductLayout
from analysis.goods.product_records import Product, as_name
from analysis.goods.product_signs import HEADINGS, says_title
from analysis.page.pages import Page
from crawler.captures import Role

__all__ = ["carded_products"]

_MAX_CLIMB = 9
_MAX_CARD_PRICES = 6  # asked, old, per unit, per instalment; each may be seen on an element and its inner one
_MAX_CARD_ELEMENTS = 401
_MAX_CARD_LINKS = 30
#: Characters of the shortest name that is looked for in the page's title.
_TITLE_CHARS = 10
#: How the headings of rows of cards begin, in lower case; they name none of the cards.
_OF_SECTION = tuple(
    """
    recommended, recommendations, related, similar, you may, you might, customers also, customers who, also bought,
    popular, most popular, bestsellers from, best sellers from, best-sellers from, latest, newest, recently, most read,
    most recent, most viewed, most wanted, trending, top sellers, top picks, top stories, top products, new arrivals,
    new products, featured products, featured items, on sale, special offers, frequently bought, more from, shop our,
    our recommend, see more, empfohlen, empfehlung, ähnliche, passende produkte, das könnte, kunden kauften, kunden
    haben, beliebte, meistverkauft, neuheiten, zuletzt angesehen, produits similaires, produits associés, produits
    recommandés, vous aimerez, meilleures ventes, nouveautés, en ce moment, productos relacionados, productos similares,
    productos recomendados, productos destacados, también te, más vendid, novedades, prodotti correlati, prodotti
    simili, prodotti consigliati, potrebbe, i più venduti, produtos relacionados, produtos semelhantes, mais vendidos,
    gerelateerde, aanbevolen, vaak samen, podobne, polecane, nowości, související, podobné, rekommenderade, liknande,
    populära, anbefalte, relaterte, relaterede, lignende, похожие, рекомендуем, с этим товаром, новинки, хиты
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
#: Words of the longest of these headings; more are a name that begins like one.
_SECTION_WORDS = 5
_NO_PRODUCT = re.compile(
    r"(?i)cart|basket|checkout|wishlist|compare|login|sign-?in|register|account|panier|warenkorb|carrito|add-to|quick-?view|[?&]add"
)


def carded_products(page: Page) -> list[Product]:
    """The products of the page's repeated cards, in document order, and the main product of a product page first."""
    layout = ProductLayout(page)
    if not layout.prices.places:
        return []
    cards = _cards(layout)
    found = [product for at in cards if (product := _carded(layout, at)) is not None]
    main = _main_product(layout, cards)
    return found if main is None else [main, *found]


def _cards(layout: ProductLayout) -> list[int]:
    """The elements that are cards: each has a price, a link, and siblings that have both too."""
    found: dict[int, None] = {}
    judged: dict[int, bool] = {}
    parent, last = layout.order.parent, layout.order.last
    places = [-1, *dict.fromkeys(layout.prices.places), len(layout.row)]
    for before, at, behind in zip(places, places[1:], places[2:], strict=False):
        for _ in range(_MAX_CLIMB + 1):
            above = parent[at]
            if above < 0 or at in found:
                break
            if above <= before or last[above] >= behind:  # else it has no other price
                if above not in judged:
                    judged[above] = _repeats(layout, above)
                if judged[above] and layout.links(at, last[at], 1):
                    found[at] = None
                    break
            if not above:
                break
            at = above
    return list(found)


def _repeats(layout: ProductLayout, above: int) -> bool:
    """Two or more children of one tag, each with a link of its own and few prices (many prices: a list, not a card)."""
    prices, parent, last = layout.prices.places, layout.order.parent, layout.order.last
    alike: dict[str, list[int]] = {}
    at, stop = bisect_left(prices, above + 1), bisect_left(prices, last[above] + 1)
    while at < stop:
        child = prices[at]
        while parent[child] != above:
            child = parent[child]
        behind = bisect_left(prices, last[child] + 1, at)
        if behind - at <= _MAX_CARD_PRICES:
            alike.setdefault(layout.row[child].name, []).append(child)
        at = behind
    return any(len(children) > 1 and _differ(layout, children) for children in alike.values())


def _differ(layout: ProductLayout, children: list[int]) -> bool:
    """Whether two of these elements are about different links."""
    targets = filter(None, (_product_link(layout, child) for child in children))
    first = next(targets, "")
    return any(target != first for target in targets)


def _product_link(layout: ProductLayout, at: int) -> str:
    """The link a card is about: a heading's, else the most frequent that is no cart or account."""
    known = layout.targets.get(at)
    if known is not None:
        return known
    order, last = layout.order, layout.order.last
    links = [(place, href) for place, href in layout.links(at, last[at], _MAX_CARD_LINKS) if _may_be_product(href)]
    counts = dict.fromkeys((href for _, href in links), 0)
    if len(counts) > 1:
        headings = [place for place, _ in layout.headings(at, last[at])]
        for place, href in links:
            weight = 3 if any(layout.row[up].name in HEADINGS for up in order.climb(place, 2)) else 1
            counts[href] += weight + (2 if any(place <= heading <= last[place] for heading in headings) else 0)
    found = layout.targets[at] = max(counts, key=lambda href: counts[href], default="")
    return found


@lru_cache(maxsize=8_192)
def _may_be_product(href: str) -> bool:
    return _NO_PRODUCT.search(href) is None


def _carded(layout: ProductLayout, at: int) -> Product | None:
    last = layout.order.last[at]
    href = _product_link(layout, at)
    name = _card_name(layout, at, last, href) if href else ""
    money = layout.asked(at, last)
    if not name or money is None:
        return None
    numbers = set(layout.skus.within(at, last))
    sku = numbers.pop() if len(numbers) == 1 else ""  # of several numbers none is known to be the card's
    return _product(layout, name, sku, money, layout.page.absolute(href), layout.picture(at, last))


def _card_name(layout: ProductLayout, at: int, last: int, href: str) -> str:
    """A heading, else what a title-like element or the product's own link says, else its picture's alt text.

    Empty for what has only the heading of a row of cards: it is the row.
    """
    headings = [heading for _, heading in layout.headings(at, last) if not names_amount(heading)]
    for heading in headings:
        if heading.count(" ") >= _SECTION_WORDS or not heading.casefold().startswith(_OF_SECTION):
            return heading
    if headings:
        return ""
    linked, titled, alts = "", "", ""
    for place in layout.order.elements(at, last, _MAX_CARD_ELEMENTS):
        tag = layout.row[place]
        if tag.name == "a" and tag.attributes.get("href", "").strip() == href:
            text = layout.name_at(place) or as_name(tag.attributes.get("title", ""))
            linked = max(linked, text, key=len) if not names_amount(text) else linked
        elif tag.name == "img":
            alts = alts or as_name(tag.attributes.get("alt", ""))
        elif not titled and says_title[tag.head]:
            text = layout.name_at(place)
            titled = text if not names_amount(text) else ""
    return titled or linked or alts


def _main_product(layout: ProductLayout, cards: list[int]) -> Product | None:
    """The product the page itself is about: the smallest block around its article number that has a price and a heading."""
    order, row = layout.order, layout.row
    titled: list[int] = []
    anchors = [place for place in layout.skus.places if not any(card <= place <= order.last[card] for card in cards)]
    if not anchors and layout.page.role is Role.PRODUCT:
        anchors = [place for place, _ in layout.headings(0, len(row)) if row[place].name == "h1"][:2]
        titled = _titled(layout)
        anchors += titled
    for anchor in anchors[:5]:
        for at in (anchor, *order.climb(anchor, _MAX_CLIMB)):
            last = order.last[at]
            money = layout.asked(at, last)
            if money is None:
                continue
            names = sorted(layout.headings(at, last), key=lambda named: (row[named[0]].name != "h1", named[0]))
            own = [layout.name_at(anchor)] if anchor in titled else []
            if name := next((text for text in [*own, *(text for _, text in names)] if not names_amount(text)), ""):
                skus = layout.skus.within(at, last)
                return _product(layout, name, skus[0] if skus else "", money, layout.page.url, layout.picture(at, last))
    return None


def _titled(layout: ProductLayout) -> list[int]:
    """The first element that says by itself what the page's title begins with, where that is a name of some length."""
    title = layout.page.title.casefold()
    for place, tag in enumerate(layout.row):
        if tag.opens and len(tag.words) >= _TITLE_CHARS and tag.name not in HIDDEN and title.startswith(tag.words.casefold()):
            return [place]
    return []


def _product(layout: ProductLayout, name: str, sku: str, money: Money, url: str, picture: str) -> Product:
    return Product(name, sku, money.amount, money.currency, url, picture, layout.page.url, layout.page.digest)
