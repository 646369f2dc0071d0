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
from crawler.state_changes import is_state_changing
from crawler.vocabulary import BLOG_FOLDERS, LISTING_FOLDERS, PRODUCT_FOLDERS, phrase_role, words

__all__ = [
    "ASSET_ROLES",
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
    "is_named",
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


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EXTENSIONS = {
    extension: role
    for role, extensions in (
        (Role.STYLE, "css less scss"),
        (Role.SCRIPT, "js mjs"),
        (Role.IMAGE, "png jpg jpeg jpe gif webp avif svg bmp"),
        (Role.ICON, "ico cur"),
        (Role.FONT, "woff woff2 ttf otf eot"),
        (Role.MANIFEST, "webmanifest"),
        (Role.OTHER, "pdf zip rar exe dmg mp3 mp4 ogg wav flac avi webm json xml rss atom map txt gz"),
    )
    for extension in extensions.split()
}
#: The role that each use of an asset promises; frames are pages of their own.
ASSET_ROLES: Mapping[AssetUse, Role] = {
    AssetUse.ICON: Role.ICON,
    AssetUse.MANIFEST: Role.MANIFEST,
    AssetUse.STYLE: Role.STYLE,
    AssetUse.SCRIPT: Role.SCRIPT,
    AssetUse.IMAGE: Role.IMAGE,
    AssetUse.PREVIEW: Role.IMAGE,
    AssetUse.BACKGROUND: Role.IMAGE,
    AssetUse.FONT: Role.FONT,
}
_ROOT_FILES = _set("index.html index.htm index.php default.aspx default.asp index.asp index.aspx index.jsp home")
#: The first folder of a shop in several languages: what lies there is the home page of one.
_LANGUAGE = re.compile(
    r"(?:en|fr|de|es|ru|it|nl|pl|pt|cs|sk|sv|da|fi|no|nb|hu|ro|bg|el|tr|uk|ua|ja|jp|ko|zh|cn|ar|he|et|lv|lt|sl|hr)(?:[-_][a-z]{2})?",
    re.IGNORECASE,
)
_WEB_FILE = re.compile(r"(?:\.(?:[sx]?html?|phtml|php\d?|aspx?|jspx?|cfm|cgi|do|action))+$")
_ICON_NAMES = ("favicon", "apple-touch-icon", "mstile", "android-chrome")
_PRODUCT_NAME = re.compile(
    r"(?:^|[-_])(?:item|product|prod|tovar|sku|artikel|p|a)[-_]?\d{2,15}(?:$|[-_.])|^(?:item|id)?\d{4,15}(?:\.html?)?$"
    r"|[-_](?:p|pid|a|i)[-_]?\d{2,12}$",
    re.IGNORECASE,
)
_PAGINATION = re.compile(r"^(?:page|seite|pagina|stranica|p|pg)?[-_]?\d{1,4}$", re.IGNORECASE)
_PRODUCT_KEYS = _set(
    "product_id id_product products_id productid product prod_id itemid item_id goods_id goodsid pid sku item tovar"
)
_LISTING_KEYS = _set("category_id id_category categoryid category cat_id catid cat cpath cid genre")
_ROUTE_KEYS = _set("route controller page pagename p view mode option dispatch rt main_page act section pageto")
_SITEMAP = re.compile(r"sitemap[^/]{0,60}\.(?:xml|txt)(?:\.gz)?$", re.IGNORECASE)
_LOGO = re.compile(r"logo|brand|header", re.IGNORECASE)
_LEADING = re.compile(rb"^(?:\xef\xbb\xbf)?[\s\x00]*")
_BINARY = (b"\x89png", b"gif8", b"\xff\xd8\xff", b"riff", b"%pdf", b"pk\x03\x04", b"<?xml", b"<svg", b"\x00\x00\x01\x00")
_MARKUP = (b"<title", b"<script", b"<div", b"<meta", b"<body", b"<table", b"<center", b"<h1", b"<p>", b"<!--")


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
        (f"{root}/", Role.HOME),
        *(((url, classify(url)),) if url != f"{root}/" else ()),
        (f"{root}/favicon.ico", Role.ICON),
        (f"{root}/sitemap.xml", Role.SITEMAP),
    )


def is_html_body(body: bytes, media_type: str = "") -> bool:
    """HTML by content first, for declared types lie; by declaration where the content says nothing."""
    head = _LEADING.sub(b"", body[:1024]).lower()
    if head.startswith(_BINARY):
        return b"<html" in head
    if b"<html" in head or b"<!doctype html" in head or b"<head>" in head:
        return True
    return media_type in ("text/html", "application/xhtml+xml") or (not media_type and head.startswith(_MARKUP))


@dataclass(frozen=True, slots=True)
class _Said:
    """What an address says of itself; ``sure`` is false where a link's words may know better."""

    role: Role | None
    sure: bool = True


@lru_cache(maxsize=65536)
def _said_by(url: str) -> _Said:
    parts = urlsplit(url)
    path = unquote(parts.path, errors="replace")
    segments = [segment for segment in path.split("/") if segment]
    last = segments[-1].lower().rstrip("\"'") if segments else ""
    if path == "/robots.txt":
        return _Said(Role.ROBOTS)
    if _SITEMAP.search(path):
        return _Said(Role.SITEMAP)
    if len(segments) == 1 and last in ("manifest.json", "site.webmanifest", "browserconfig.xml"):
        return _Said(Role.MANIFEST)
    stem, dot, extension = last.rpartition(".")
    if dot and extension in _EXTENSIONS:
        asset = _EXTENSIONS[extension]
        return _Said(Role.ICON if asset is Role.IMAGE and stem.startswith(_ICON_NAMES) else asset)
    below = segments[1:] if segments and _LANGUAGE.fullmatch(segments[0]) else segments
    if (not below or (len(below) == 1 and last in _ROOT_FILES)) and not parts.query:
        return _Said(Role.HOME)
    by_query = _query_role(parts.query)
    if by_query is not None:
        return _Said(by_query)
    return _path_role(segments, _WEB_FILE.sub("", last))


#: What lies beside the posts or goods of a folder when its name says so.
_ALSO_POSTED = frozenset(
    {Role.CONTACT, Role.ABOUT, Role.TERMS, Role.PRIVACY, Role.SHIPPING, Role.RETURNS, Role.LEGAL, Role.LOGIN, Role.REGISTER}
)
#: Named by a folder and the page's name together ("account/create").
_ACCOUNTS = frozenset({Role.LOGIN, Role.REGISTER})


def _path_role(segments: list[str], name: str) -> _Said:
    folders = [segment.lower() for segment in segments[:-1]]
    spoken = words(segments[-1][: len(name)]) if segments else ()
    if _PAGINATION.match(name) and folders and not PRODUCT_FOLDERS & set(folders):
        before = _path_role(segments[:-1], folders[-1])
        if before.role is not None and before.role is not Role.PRODUCT:
            return before
    if folders and (below := PRODUCT_FOLDERS & set(folders)) and len(name) > 1:
        if below == {"p"} and (named := phrase_role(spoken, whole=True)) in _ALSO_POSTED:
            return _Said(named)  # folder of a blog's own pages
        return _Said(phrase_role(spoken, whole=True) if name in ("all", "new") else Role.PRODUCT)
    if BLOG_FOLDERS & set(folders):
        named = phrase_role(spoken, whole=True)
        return _Said(named if named in _ALSO_POSTED else Role.BLOG)
    if _PRODUCT_NAME.search(name):
        return _Said(Role.PRODUCT)
    role = phrase_role(spoken)
    if role is not None and role is not Role.HOME:
        return _Said(role)
    if LISTING_FOLDERS & set(folders):
        return _Said(Role.LISTING, sure=False)
    if folders and (joined := phrase_role((*words(segments[-2]), *spoken), whole=True)) in _ACCOUNTS:
        return _Said(joined)
    for folder in () if not segments or "." in segments[-1][1:] else reversed(folders):
        role = phrase_role(words(folder), whole=True)
        if role is not None and role is not Role.HOME:
            return _Said(role, role is not Role.LISTING or name == "all")
    return _Said(None)


def _query_role(query: str) -> Role | None:
    try:
        pairs = parse_qsl(query, max_num_fields=40)
    except ValueError:
        return None
    said: Role | None = None
    for key, value in pairs:
        name = key.lower()
        if "://" in value or value.startswith("/") or len(value) > 60:
            continue  # an address to come back to says nothing of this page
        if name in _PRODUCT_KEYS and value[:1].isalnum():
            return Role.PRODUCT
        if name in _ROUTE_KEYS:
            steps = [words(step) for step in re.split(r"[/.]", value) if step]
            if len(steps) > 1 and "product" in steps[0] and steps[-1] != ("category",):
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

    ``priced`` says that a price stands beside the link: what nothing else names is then a product. Where one text is
    the name that the address spells ("Goat Cheese" for ``/goat-cheese.html``), what other links call it does not
    count: "About us" may link to anything.
    """
    said = _said_by(url)
    if said.role is not None and said.sure:
        return said.role
    spoken = [spelled for text in texts if (spelled := words(text))]
    named = [spelled for spelled in spoken if _spells(url, spelled)]
    votes = Counter(role for spelled in named or spoken if (role := phrase_role(spelled)) is not None and role is not Role.HOME)
    if votes:
        return min(votes, key=lambda role: (-votes[role], _RANK.get(role, 99)))
    if said.role is not None:
        return Role.PRODUCT if named and priced else said.role
    return Role.PRODUCT if priced else Role.PAGE


def is_named(url: str, texts: Iterable[str]) -> bool:
    """True when one of these texts is the name that the last part of the address spells."""
    return any(_spells(url, words(text)) for text in texts)


def _spells(url: str, spoken: tuple[str, ...]) -> bool:
    slug = set(words(unquote(urlsplit(url).path, errors="replace").rstrip("/").rpartition("/")[2]))
    return len(spoken) > 1 and len(slug & set(spoken)) >= max(2, 0.6 * len(slug))


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
    by_role: dict[Role, list[tuple[str, str]]] = {}
    pages = _own_pages(links, site)
    for place, (url, (said, priced)) in enumerate(pages.items()):
        if url not in seen:
            role = classify(url, said, priced=priced)
            key = _sample_key(url, said) if role is Role.PRODUCT else f"{place:06d}"
            by_role.setdefault(role, []).append((key, url))
    for place, asset in enumerate(links.assets):
        if asset.url not in seen and asset.url not in pages and asset.use in ASSET_ROLES:
            role = ASSET_ROLES[asset.use]
            later = role is Role.IMAGE and asset.use is not AssetUse.PREVIEW and not _LOGO.search(asset.url)
            by_role.setdefault(role, []).append((f"{later:d}{site_of(asset.url) != site:d}{place:06d}", asset.url))
    wanted: list[Wanted] = []
    for role in _ORDER:
        found = dict.fromkeys(url for _, url in sorted(by_role.get(role, ())))
        left = quotas.get(role, 0) - taken.get(role, 0)
        wanted.extend(Wanted(url, role, _RANK[role]) for url in list(found)[: max(0, left)])
    return tuple(wanted)


def _own_pages(links: Links, site: str) -> dict[str, tuple[list[str], bool]]:
    """The site's own addresses that may be asked for, with what links call them and whether a price stands beside one."""
    texts: dict[str, tuple[list[str], bool]] = {}
    for link in links.links:
        # "Add to cart" may lead to the product's own page: the text bars this link only, the address bars them all.
        if site_of(link.url) == site and not is_state_changing(link.url, link.text):
            said, priced = texts.get(link.url, ([], False))
            texts[link.url] = ([*said, link.text], priced or link.priced)
    for form in links.forms:
        if (
            form.method == "get"
            and site_of(form.action) == site
            and not is_state_changing(form.action)
            and classify(form.action) in _BEHIND_FORMS
        ):
            texts.setdefault(form.action, (list(form.buttons), False))
    return texts


#: Pages that some shops reach by a button only; asking for the address submits nothing.
_BEHIND_FORMS = frozenset({Role.CART, Role.CHECKOUT, Role.PAYMENT, Role.LOGIN, Role.REGISTER})


def _sample_key(url: str, texts: list[str]) -> str:
    name = max((" ".join(words(text)) for text in texts), key=len, default="")
    if len(name) < 4:
        name = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
