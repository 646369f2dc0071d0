"""Which page of a shop is which, and which are worth a visit: pure rules over addresses, link texts and forms.

``crawler.roles`` decides, with these rules, what each resource of a finished capture was.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.captures import Role
from crawler.links import Asset, AssetUse, Form, Link, Links, extract
from crawler.names import site_of
from crawler.vocabulary import BLOG_FOLDERS, PRODUCT_FOLDERS, phrase_role, words

__all__ = [
    "QUOTAS",
    "Asset",
    "AssetUse",
    "Form",
    "Link",
    "Links",
    "Wanted",
    "choose",
    "classify",
    "extract",
    "impossible_path",
    "is_html_body",
    "is_state_changing",
    "seeds",
]

#: Pages and assets of each role that one visit may take. Pages: enough of each to compare, 45 in all, below the 60 of
#: a visit. Products: six show the template and a sample of the catalogue.
QUOTAS: Mapping[Role, int] = {
    Role.HOME: 2,
    Role.LISTING: 4,
    Role.PRODUCT: 6,
    Role.CART: 1,
    Role.CHECKOUT: 2,
    Role.PAYMENT: 3,
    Role.LOGIN: 2,
    Role.REGISTER: 2,
    Role.INVITATION: 2,
    Role.CONTACT: 2,
    Role.ABOUT: 2,
    Role.TERMS: 3,
    Role.PRIVACY: 2,
    Role.SHIPPING: 2,
    Role.RETURNS: 2,
    Role.LEGAL: 3,
    Role.BLOG: 1,
    Role.PAGE: 6,
    Role.MANIFEST: 1,
    Role.ICON: 6,
    Role.STYLE: 20,
    Role.SCRIPT: 30,
    Role.IMAGE: 60,
    Role.FONT: 6,
}

#: What is asked first: what tells operators apart before what shows the template.
_ORDER = (
    Role.HOME,
    Role.PAYMENT,
    Role.CHECKOUT,
    Role.CART,
    Role.LOGIN,
    Role.CONTACT,
    Role.TERMS,
    Role.LEGAL,
    Role.INVITATION,
    Role.PRIVACY,
    Role.LISTING,
    Role.PRODUCT,
    Role.ABOUT,
    Role.SHIPPING,
    Role.RETURNS,
    Role.REGISTER,
    Role.BLOG,
    Role.PAGE,
    Role.ICON,
    Role.MANIFEST,
    Role.STYLE,
    Role.SCRIPT,
    Role.IMAGE,
    Role.FONT,
)
_RANK = {role: rank for rank, role in enumerate(_ORDER)}

_EXTENSIONS = {
    **dict.fromkeys(("css", "less", "scss"), Role.STYLE),
    **dict.fromkeys(("js", "mjs"), Role.SCRIPT),
    **dict.fromkeys(("png", "jpg", "jpeg", "jpe", "gif", "webp", "avif", "svg", "bmp"), Role.IMAGE),
    **dict.fromkeys(("ico", "cur"), Role.ICON),
    **dict.fromkeys(("woff", "woff2", "ttf", "otf", "eot"), Role.FONT),
    "webmanifest": Role.MANIFEST,
    **dict.fromkeys(
        (
            "pdf",
            "zip",
            "rar",
            "exe",
            "dmg",
            "mp3",
            "mp4",
            "ogg",
            "wav",
            "flac",
            "avi",
            "webm",
            "json",
            "xml",
            "rss",
            "atom",
            "map",
            "txt",
            "gz",
        ),
        Role.OTHER,
    ),
}
_USES = {
    AssetUse.ICON: Role.ICON,
    AssetUse.MANIFEST: Role.MANIFEST,
    AssetUse.STYLE: Role.STYLE,
    AssetUse.SCRIPT: Role.SCRIPT,
    AssetUse.IMAGE: Role.IMAGE,
    AssetUse.PREVIEW: Role.IMAGE,
    AssetUse.BACKGROUND: Role.IMAGE,
    AssetUse.FONT: Role.FONT,
    AssetUse.FRAME: Role.PAGE,
}
_ROOT_FILES = frozenset(
    {"", "index.html", "index.htm", "index.php", "default.aspx", "default.asp", "index.asp", "index.aspx", "index.jsp", "home"}
)
_PRODUCT_PATH = re.compile(
    r"(?:^|[-_])(?:item|product|prod|tovar|sku|artikel|p|a)[-_]?\d{2,15}(?:$|[-_.])|^(?:item|id)?\d{4,15}(?:\.html?)?$|[-_](?:p|pid|a|i)[-_]?\d{2,12}$",
    re.I,
)
_PRODUCT_KEYS = frozenset(
    [
        "product_id",
        "id_product",
        "products_id",
        "productid",
        "product",
        "prod_id",
        "itemid",
        "item_id",
        "goods_id",
        "goodsid",
        "pid",
        "sku",
        "item",
        "tovar",
    ]
)
_LISTING_KEYS = frozenset(
    ["category_id", "id_category", "categoryid", "category", "cat_id", "catid", "cat", "cpath", "cid", "genre"]
)
_SITEMAP = re.compile(r"sitemap[^/]{0,60}\.(?:xml|txt)(?:\.gz)?$", re.I)
_LOGO = re.compile(r"logo|brand|header", re.I)
_LEADING = re.compile(rb"^(?:\xef\xbb\xbf)?[\s\x00]*")
_MARKUP = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<title",
    b"<script",
    b"<div",
    b"<meta",
    b"<table",
    b"<center",
    b"<h1",
    b"<p>",
    b"<!--",
)


def impossible_path(site: str, crawl_id: str) -> str:
    """A path that no shop has, the same for one storefront in one crawl: what is answered there is the error page."""
    token = hashlib.sha256(f"{site}\n{crawl_id}".encode()).hexdigest()[:12]
    return f"/this-page-does-not-exist-{token}"


def seeds(url: str) -> tuple[tuple[str, Role], ...]:
    """What is asked of every storefront before any link is known: (address, role), in order."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    return (
        (f"{root}/robots.txt", Role.ROBOTS),
        (url, Role.HOME),
        (f"{root}/favicon.ico", Role.ICON),
        (f"{root}/sitemap.xml", Role.SITEMAP),
    )


def is_html_body(body: bytes, media_type: str = "") -> bool:
    """HTML by content first, for declared types lie; by declaration where the content says nothing."""
    head = _LEADING.sub(b"", body[:1024]).lower()
    if head.startswith(
        (b"\x89png", b"gif8", b"\xff\xd8\xff", b"riff", b"%pdf", b"pk\x03\x04", b"<?xml", b"<svg", b"\x00\x00\x01\x00")
    ):
        return b"<html" in head
    if b"<html" in head or b"<!doctype html" in head or b"<head>" in head:
        return True
    return media_type in ("text/html", "application/xhtml+xml") or (not media_type and head.startswith(_MARKUP))


@lru_cache(maxsize=65536)
def _url_role(url: str) -> Role | None:
    """What the address alone says; None where it says nothing. The host's own root is ``HOME``."""
    parts = urlsplit(url)
    path = unquote(parts.path, errors="replace")
    segments = [segment for segment in path.split("/") if segment]
    last = segments[-1].lower() if segments else ""
    if path == "/robots.txt":
        return Role.ROBOTS
    if _SITEMAP.search(path):
        return Role.SITEMAP
    if len(segments) == 1 and last in ("manifest.json", "site.webmanifest", "browserconfig.xml"):
        return Role.MANIFEST
    stem, dot, extension = last.rpartition(".")
    if dot and extension in _EXTENSIONS:
        asset = _EXTENSIONS[extension]
        return (
            Role.ICON
            if asset is Role.IMAGE and stem.startswith(("favicon", "apple-touch-icon", "mstile", "android-chrome"))
            else asset
        )
    if len(segments) <= 1 and last in _ROOT_FILES and not parts.query:
        return Role.HOME
    if parts.query and (said := _query_role(parts.query)):
        return said
    folders = [segment.lower() for segment in segments[:-1]]
    if any(folder in PRODUCT_FOLDERS for folder in folders) and len(last) > 1:
        return phrase_role(words(last), whole=True) if last in ("all", "new") else Role.PRODUCT
    if any(folder in BLOG_FOLDERS for folder in folders):
        return Role.BLOG
    name = stem if dot and len(extension) <= 5 else last
    spoken = words(segments[-1].rpartition(".")[0] if dot and len(extension) <= 5 else segments[-1]) if segments else ()
    if _PRODUCT_PATH.search(name) and not any(character.isdigit() and len(spoken) == 1 and name.isdigit() for character in folders):
        return Role.PRODUCT
    if (role := phrase_role(spoken)) is not None and role is not Role.HOME:
        return role
    for folder in reversed(segments[:-1]):
        if (role := phrase_role(words(folder), whole=True)) is not None and role is not Role.HOME:
            return role if role is not Role.LISTING or not dot else None
    return None


def _query_role(query: str) -> Role | None:
    try:
        pairs = parse_qsl(query, max_num_fields=40)
    except ValueError:
        return None
    said: Role | None = None
    for key, value in pairs:
        name = key.lower()
        if "://" in value or value.startswith("/") or len(value) > 60:
            continue
        if name in _PRODUCT_KEYS and value[:1].isalnum():
            return Role.PRODUCT
        if name in (
            "route",
            "controller",
            "page",
            "pagename",
            "p",
            "view",
            "mode",
            "option",
            "dispatch",
            "rt",
            "main_page",
            "act",
            "section",
        ):
            steps = [words(step) for step in re.split(r"[/.]", value) if step]
            if steps and "product" in steps[0] and steps[-1] != ("category",) and len(steps) > 1:
                return Role.PRODUCT
            for step in reversed(steps):
                if (role := phrase_role(step)) is not None and role is not Role.HOME:
                    return role
        elif name in _LISTING_KEYS and value:
            said = said or Role.LISTING
        elif value.lower() in ("yes", "y", "1", "true") and (role := phrase_role(words(key))) is not None:
            return role
    return said


def classify(url: str, texts: Iterable[str] = (), *, priced: bool = False) -> Role:
    """The role that an address and the texts of the links to it promise, before it is fetched.

    ``priced`` says that a price stands beside the link: what nothing else names is then a product.
    """
    said = _url_role(url)
    if said is not None and said is not Role.LISTING:
        return said
    votes = Counter(role for text in texts if (role := phrase_role(words(text))) is not None and role is not Role.HOME)
    if votes:
        return min(votes, key=lambda role: (-votes[role], _RANK.get(role, 99)))
    if said is not None:
        return said
    return Role.PRODUCT if priced else Role.PAGE


_STATE_WORDS = re.compile(
    r"log[-_]?(?:out|off)|sign[-_]?(?:out|off)|add[-_]?(?:to|2)[-_]?(?:cart|basket|bag|wish|compare|fav)|addcart|buy[-_]?now|add[-_]?item"
    r"|(?:cart|basket|warenkorb|panier|carrito|korzina|wishlist|compare|favou?rites?)/(?:add|change|update|clear|remove|delete|empty)"
    r"|(?:add|remove|delete|update|clear|empty)[-_/]?(?:cart|basket|wishlist|compare|item|product|favou?rites?)|un[-_]?subscribe|desabonn|abbestellen"
    r"|darse[-_]?de[-_]?baja|otpis|unsub\b|opt[-_]?out|/(?:delete|remove|destroy|cancel|activate|confirm|verify|vote|rate|like|dislike|follow)(?:/|$)"
    r"|abmelden|ausloggen|deconnexion|se-deconnecter|cerrar[-_]?sesion|desconectar|vyhod|vyiti|выход|выйти"
    r"|(?:place|submit|confirm)[-_]?order|ajout(?:er)?[-_]?(?:au)?[-_]?panier|in[-_]den[-_]warenkorb|anadir[-_]?(?:al)?[-_]?carrito|v[-_]korzinu|one[-_]?click",
    re.IGNORECASE,
)
_STATE_TEXT = re.compile(
    r"^(?:log ?out|log ?off|sign ?out|add to (?:cart|basket|bag|wish ?list|compare|favou?rites)|buy(?: it)? now|un ?subscribe|remove|delete|empty cart|clear cart"
    r"|deconnexion|se deconnecter|ajouter au panier|se desabonner|supprimer|vider le panier|abmelden|ausloggen|in den (?:warenkorb|einkaufswagen)|entfernen|loschen"
    r"|cerrar sesion|salir|desconectar|anadir (?:al carrito|a la cesta)|agregar al carrito|eliminar|vaciar carrito|darse de baja"
    r"|выход|выити|выйти|в корзину|добавить в корзину|купить|купить в 1 клик|отписаться|удалить|очистить корзину)\b"
)
_STATE_KEYS = frozenset(
    [
        "add",
        "add-to-cart",
        "add_to_cart",
        "addtocart",
        "add_to_wishlist",
        "remove_item",
        "remove",
        "delete",
        "del",
        "unsubscribe",
        "logout",
        "currency",
        "set_currency",
        "setcurrency",
        "cur",
        "id_currency",
        "setlang",
        "vote",
        "rate",
        "empty-cart",
        "empty_cart",
        "clear-cart",
        "buy",
        "order_again",
        "undo_item",
        "confirm",
        "token",
        "nonce",
        "_wpnonce",
        "key",
        "hash",
        "reset",
        "activate",
    ]
)
_ACTION_KEYS = frozenset(["action", "act", "do", "cmd", "task", "op", "mode", "func", "event", "method"])
_HARMLESS_ACTIONS = re.compile(
    r"^(?:view|show|list|index|display|detail|details|info|page|open|login|signin|register|adduser|signup|contact|about|search|category|product|cart|catalog|news|shop|main|home)",
    re.I,
)


def is_state_changing(url: str, text: str = "") -> bool:
    """True for an address that could change something for somebody when asked for: it is never followed.

    Log-out, adding to and clearing carts and wish lists, unsubscribing, voting, currency switches, tokens of mails.
    """
    parts = urlsplit(url)
    if _STATE_WORDS.search(unquote(parts.path, errors="replace")[:2083]):
        return True
    if text and _STATE_TEXT.match(" ".join(words(text)[:8])):
        return True
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=60)
    except ValueError:
        return True
    for key, value in pairs:
        name = key.lower()
        if name in _STATE_KEYS:
            return True
        if name in _ACTION_KEYS and value and not _HARMLESS_ACTIONS.match(value):
            return True
        if _STATE_WORDS.search(f"{name}={value[:200]}"):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address worth a visit: ``rank`` orders requests of one storefront, the lowest first."""

    url: str
    role: Role
    rank: int


def choose(
    links: Links, site: str, taken: Mapping[Role, int], seen: Container[str], quotas: Mapping[Role, int] = QUOTAS
) -> tuple[Wanted, ...]:
    """What of one page is worth a visit, best first, within the quotas that ``taken`` leaves.

    Pages are those of the storefront's own registrable domain, assets may lie elsewhere (the caller's guard decides);
    addresses in ``seen`` and state-changing ones are left out. Products are sampled by a hash of their text or name,
    so that two shops with one catalogue are sampled alike.
    """
    texts: dict[str, list[str]] = {}
    priced: set[str] = set()
    barred: set[str] = set()
    for link in links.links:
        if site_of(link.url) != site or link.url in seen:
            continue
        if is_state_changing(link.url, link.text) or (
            "nofollow" in link.rel and "?" in link.url and classify(link.url, (link.text,)) is Role.PAGE
        ):
            barred.add(link.url)
            continue
        texts.setdefault(link.url, []).append(link.text)
        if link.priced:
            priced.add(link.url)
    for form in links.forms:
        if (
            form.action
            and form.method == "get"
            and site_of(form.action) == site
            and form.action not in seen
            and not is_state_changing(form.action)
        ):
            if classify(form.action) in (Role.CART, Role.CHECKOUT, Role.PAYMENT, Role.LOGIN, Role.REGISTER):
                texts.setdefault(form.action, []).extend(form.buttons)
    by_role: dict[Role, list[tuple[str, str]]] = {}
    for place, (url, said) in enumerate(texts.items()):
        if url in barred:
            continue
        role = classify(url, said, priced=url in priced)
        key = _sample_key(url, said) if role is Role.PRODUCT else f"{place:06d}"
        by_role.setdefault(role, []).append((key, url))
    for place, asset in enumerate(links.assets):
        role = _USES[asset.use]
        if role.is_page or asset.url in seen or asset.url in texts:
            continue
        foreign = site_of(asset.url) != site
        mark = role is Role.IMAGE and not (asset.use is AssetUse.PREVIEW or _LOGO.search(asset.url))
        by_role.setdefault(role, []).append((f"{int(mark)}{int(foreign)}{place:06d}", asset.url))
    wanted: list[Wanted] = []
    for role in _ORDER:
        found = dict.fromkeys(url for _, url in sorted(by_role.get(role, ())))
        left = quotas.get(role, 0) - taken.get(role, 0)
        wanted.extend(Wanted(url, role, _RANK[role]) for url in list(found)[: max(0, left)])
    return tuple(wanted)


def _sample_key(url: str, texts: list[str]) -> str:
    name = max((" ".join(words(text)) for text in texts), key=len, default="")
    if len(name) < 4:
        name = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
