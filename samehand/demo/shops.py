"""Builds the big shops: one plan in, one served site out. Frame, pieces and class names are the plan's, so shops differ."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from samehand.demo import drawings
from samehand.demo.catalogue import GENRES, Album, Track
from samehand.demo.names import Brand, invent
from samehand.demo.stacks import Stack
from samehand.demo.wording import Voice
from samehand.demo.world import KeyPair, Reply, Site

__all__ = ["CARD_MARKS", "Addresses", "ShopPlan", "Skeleton", "build_shop", "renumbered", "skeleton", "template", "vocabulary"]

CARD_MARKS = (("Visa", "visa.png", "#1a3f8b"), ("MasterCard", "mastercard.png", "#b5121b"))

_WORDS = {
    "page": ("page", "sheet", "outer", "whole", "wrap"), "header": ("header", "masthead", "topbar", "crown"),
    "logo": ("logo", "sign", "brandmark", "emblem"),
    "slogan": ("slogan", "motto", "strap", "claim"), "tools": ("tools", "service", "corner", "userlinks"),
    "menu": ("menu", "bar", "tabs", "mainnav"),
    "search": ("search", "finder", "quick", "lookup"), "left": ("left", "leftcol", "panel", "west"),
    "right": ("right", "rightcol", "extra", "east"),
    "main": ("main", "content", "centre", "middle"), "box": ("box", "block", "frame", "tile"),
    "boxtitle": ("boxhead", "caption", "blockhead", "tilehead"),
    "genre": ("genre", "style", "shelf", "rubric"), "form": ("form", "entry", "dataform", "ask"),
    "button": ("button", "btn", "press", "go"),
    "chart": ("chart", "toplist", "ranking", "hits"), "marks": ("marks", "cards", "paylogos", "payways"),
    "footer": ("footer", "bottom", "endline", "base"),
    "inner": ("inner", "fixed", "centred", "column"), "columns": ("columns", "bodyrow", "twocol", "floor"),
    "active": ("active", "here", "current", "chosen"),
    "title": ("title", "heading", "pagehead", "topic"), "grid": ("grid", "albums", "gallery", "covers"),
    "album": ("album", "release", "record", "disc"),
    "cover": ("cover", "sleeve", "front", "thumb"), "name": ("name", "albumname", "what", "label"),
    "artist": ("artist", "performer", "band", "who"),
    "price": ("price", "cost", "sum", "amount"), "detail": ("detail", "albuminfo", "card", "sheetinfo"),
    "tracks": ("tracks", "songs", "tracklist", "playlist"),
    "odd": ("odd", "rowa", "lighter", "one"), "even": ("even", "rowb", "darker", "two"), "text": ("text", "para", "copy", "prose"),
    "notice": ("notice", "warning", "message", "hint"), "field": ("field", "inputbox", "line", "slot"),
    "length": ("length", "time", "meta", "minor"),
    "banner": ("banner", "promo", "poster", "show"),
}  # fmt: skip


def vocabulary(rng: random.Random, prefix: str) -> dict[str, str]:
    """Class names for every slot of the templates, in one author's manner."""
    join = rng.choice(("-", "_", ""))
    made = {}
    for slot, words in _WORDS.items():
        word = rng.choice(words)
        made[slot] = f"{prefix}{join}{word}" if join else prefix + word.capitalize()
    return made


@dataclass(frozen=True, slots=True)
class Skeleton:
    """How an author builds pages: frame (table, tabs, panel), pieces (table, div, list), class names, addresses, type."""

    frame: str
    dialect: str
    classes: dict[str, str]
    extension: str
    folders: dict[str, str]
    script_name: str
    font: str
    size: int


def skeleton(rng: random.Random, frame: str, dialect: str, extension: str) -> Skeleton:
    """A skeleton with names of its own."""
    prefix = invent(rng, 1).lower()
    pick = rng.choice
    folders = {
        "album": pick(("album", "mcatalog", "release", "disc")), "genre": pick(("genre", "genres", "style", "browse")),
        "help": pick(("help", "info", "pages", "about")), "img": pick(("img", "images", "i", "pics")),
        "css": pick(("css", "styles", "c")),
        "js": pick(("js", "scripts", "script")), "sheet": pick(("main", "shop", "site", "all")),
        "pay": pick(("pay", "payment", "billing")),
    }  # fmt: skip
    fonts = (
        "Verdana, Arial, sans-serif",
        "Tahoma, Verdana, sans-serif",
        "Arial, Helvetica, sans-serif",
        '"Trebuchet MS", Arial, sans-serif',
    )
    return Skeleton(frame, dialect, vocabulary(rng, prefix), extension, folders, f"{prefix}Player", pick(fonts), pick((11, 12)))


@dataclass(frozen=True, slots=True)
class ShopPlan:
    """Everything that makes one shop at one time. ``company`` stands in the footer, ``company_contacts`` on the contact page.

    ``payment``: accepted, moved (cards off, a voucher form left; ``moved_to`` is where payers are sent) or unavailable.
    ``error_page``: the house's own page for lost visitors instead of the server's. ``gate``: only log-in and invitation are
    public. ``intro`` and ``news`` are the shop's own texts, ``texts`` the policy pages its voice speaks; ``covers`` maps an article
    number to the drawing's key; ``flat`` is (track, album) price where size does not matter.
    """

    brand: Brand
    address: str
    stack: Stack
    when: datetime
    skeleton: Skeleton
    labels: dict[str, str]
    words: dict[str, str]
    voice: Voice
    albums: tuple[Album, ...]
    covers: Mapping[int, str]
    login_action: str
    logo_style: int
    intro: tuple[str, ...] = ()
    news: tuple[tuple[str, str, str], ...] = ()
    payment: str = "accepted"
    moved_to: Brand | None = None
    merchant: str = ""
    flat: tuple[str, str] | None = None
    texts: tuple[str, ...] = ("help", "terms", "privacy", "legal", "refunds", "about")
    error_page: bool = False
    gate: bool = False
    client: bool = False
    alt_name: str = ""
    company_contacts: str = ""
    since: int = 2000
    russian: tuple[dict[str, str], Voice] | None = None
    banner: tuple[str, bytes] | None = None
    sleeves: bool = False
    robots: str | None = None
    sitemap: bool = False
    key_pair: KeyPair | None = None
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


class Addresses:
    """Where a shop keeps what: paths as its templates ask for them."""

    def __init__(self, plan: ShopPlan) -> None:
        ext, folders = plan.skeleton.extension, plan.skeleton.folders
        self._ext, self._folders = ext, folders
        self.home = "/"
        self.css = f"/{folders['css']}/{folders['sheet']}.css"
        self.js = f"/{folders['js']}/{plan.skeleton.script_name.lower()}.js"
        self.cart, self.login, self.register = "/cart/", f"/login{ext}", f"/register{ext}"
        self.search, self.news, self.client, self.setup = f"/search{ext}", f"/news{ext}", f"/client{ext}", "/download/setup16.exe"
        self.topup = f"/{folders['pay']}/topup{ext}"
        self.ru = "/ru/" if plan.russian else ""
        self.texts = {page: f"/{folders['help']}/{page}{ext}" for page in (*plan.texts, "contacts")}
        menu = [("home", self.home), ("new", f"/new{ext}"), ("topup", self.topup), ("help", self.texts.get("help", ""))]
        self.menu = [
            (key, href)
            for key, href in (*menu, ("news", self.news if plan.news else ""), ("about", self.texts.get("about", "")))
            if href
        ]
        self.foot = [(page, href) for page, href in self.texts.items() if page not in ("help", "about")]

    def genre(self, slug: str) -> str:
        return f"/{self._folders['genre']}/{slug}{self._ext}"

    def album(self, album: Album) -> str:
        return f"/{self._folders['album']}/{album.number}{self._ext}"

    def cover(self, album: Album, size: str) -> str:
        return self.image(f"covers/{album.number}{size}.jpg")

    def image(self, name: str) -> str:
        return f"/{self._folders['img']}/{name}"


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).with_name("data"))
    escape = jinja2.select_autoescape(("html",))
    return jinja2.Environment(
        loader=loader, autoescape=escape, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def template(name: str, values: dict[str, Any]) -> bytes:
    """One template of ``samehand/demo/data`` filled in, as UTF-8."""
    return _templates().get_template(name).render(values).encode()


def build_shop(plan: ShopPlan) -> Site:
    """The whole site of ``plan``."""
    at = Addresses(plan)
    pages = _gate(plan, at) if plan.gate else _pages(plan, at)
    replies: dict[str, Reply] = {}

    def put(path: str, media_type: str, body: bytes, status: int = 200) -> Reply:
        replies[path] = plan.stack.reply(status, media_type, body, host=plan.brand.host, when=plan.when)
        return replies[path]

    for path, values in pages.items():
        put(path, "text/html; charset=utf-8", _page(plan, at, path, values))
    for path, (media_type, body) in _files(plan, at).items():
        put(path, media_type, body)
    if plan.sitemap:
        urls = "".join(f"<url><loc>http://{plan.brand.host}{path}</loc></url>\n" for path in sorted(pages))
        listing = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        listing += f"{urls}</urlset>\n"
        put("/sitemap.xml", "application/xml", listing.encode())
    if plan.error_page:
        body = _page(plan, at, "/lost", {"kind": "error", "title": plan.words["lost"]})
        missing = plan.stack.reply(404, "text/html; charset=utf-8", body, host=plan.brand.host, when=plan.when)
    else:
        missing = plan.stack.default_error(host=plan.brand.host, when=plan.when)
    return Site(plan.brand.role, plan.brand.host, plan.address, replies, missing, plan.key_pair, plan.aliases)


def _pages(plan: ShopPlan, at: Addresses) -> dict[str, dict[str, Any]]:
    """Path -> what the page template is given."""
    labels, voice, brand = plan.labels, plan.voice, plan.brand
    title = f"{brand.name} - {brand.tagline}"
    shot = at.image("client.png") if plan.client else ""
    newest = plan.albums[::-1]
    pages: dict[str, dict[str, Any]] = {
        "/": {"kind": "home", "title": title, "list": newest[:8], "intro": plan.intro, "shot": shot, "alt_name": brand.name},
        f"/new{plan.skeleton.extension}": {"kind": "listing", "heading": labels["new"], "list": newest[:16]},
        at.cart: {"kind": "cart"},
        at.login: {"kind": "login"},
        at.register: {"kind": "register"},
        at.search: {"kind": "listing", "heading": labels["search"], "list": plan.albums[:4]},
        at.topup: {"kind": "topup"},
        at.texts["contacts"]: {"kind": "contacts", "company_here": plan.company_contacts or brand.company},
    }
    for slug in _genres(plan):
        pages[at.genre(slug)] = {"kind": "listing", "heading": GENRES[slug][0], "list": [a for a in plan.albums if a.genre == slug]}
    for album in plan.albums:
        pages[at.album(album)] = {"kind": "album", "title": f"{album.artist} - {album.title} - {brand.name}", "one": album}
    for page in plan.texts:
        pages[at.texts[page]] = {"kind": "text", "heading": labels[page], "paragraphs": voice.say(page, brand)}
    if plan.news:
        pages[at.news] = {"kind": "news"}
    if plan.client:
        pages[at.client] = {
            "kind": "client",
            "shot": shot,
            "paragraphs": [plan.words["client"].format(brand=brand.name), plan.words["system"]],
        }
    if plan.russian:
        words, russian = plan.russian
        about = (*russian.say("help", brand), *russian.say("legal", brand))
        pages["/ru/"] = {
            "kind": "home",
            "title": words["welcome"].format(brand=brand.name),
            "list": newest[:8],
            "intro": about,
            "shot": "",
            "lang": "ru",
            "L": words,
        }
    return pages


def _gate(plan: ShopPlan, at: Addresses) -> dict[str, dict[str, Any]]:
    values = {
        "kind": "gate",
        "title": f"{plan.brand.name}: {plan.labels['login']}",
        "list": plan.albums[:6],
        "paragraphs": (*plan.voice.say("help", plan.brand), *plan.voice.say("legal", plan.brand)),
    }
    return {"/": values, at.register: values, at.login: values}


def _page(plan: ShopPlan, at: Addresses, path: str, values: dict[str, Any]) -> bytes:
    brand, made = plan.brand, plan.skeleton
    language = values.get("lang", "en")
    names = {"en": 0, "ru": 1, "fr": 2}

    def genre_name(slug: str) -> str:
        return GENRES[slug][names[language]]

    def album_price(album: Album) -> str:
        return plan.flat[1] if plan.flat else album.price

    def track_price(album: Album, track: Track) -> str:
        return plan.flat[0] if plan.flat else album.track_price(track)

    heading = values.get("heading") or plan.labels.get({"contacts": "contacts"}.get(values["kind"], values["kind"]), "")
    common: dict[str, Any] = {
        "frame": f"frame_{made.frame}.html", "dialect": f"pieces_{made.dialect}.html", "brand": brand, "at": at, "c": made.classes,
        "L": plan.labels, "words": plan.words, "lang": language, "path": path, "title": f"{heading} - {brand.name}",
        "gate": plan.gate,
        "genres": [(slug, genre_name(slug)) for slug in _genres(plan)], "chart": plan.albums[2:12], "payment": plan.payment,
        "marks": [m[:2] for m in CARD_MARKS],
        "login_action": plan.login_action, "login_shop": brand.host, "company": brand.company,
        "years": "2007" if plan.since == 2007 else f"{plan.since}-2007", "moved_to": plan.moved_to,
        "merchant": plan.merchant or brand.merchant, "by_size": plan.flat is None, "alt_name": plan.alt_name or brand.name,
        "news": plan.news,
        "banner": plan.banner[0] if plan.banner else "", "genre_name": genre_name, "album_price": album_price,
        "track_price": track_price,
    }  # fmt: skip
    return template("pages.html", {**common, **values})


def _files(plan: ShopPlan, at: Addresses) -> dict[str, tuple[str, bytes]]:
    """Everything that is not a page."""
    brand, made, tone = plan.brand, plan.skeleton, plan.brand.colours
    look = {
        "frame": made.frame, "dialect": made.dialect, "c": made.classes, "p": tone, "at": at, "font": made.font, "size": made.size,
        "headfont": made.font,
        "ground": "#ffffff" if made.frame == "tabs" else tone.pale, "footground": tone.pale, "hover": tone.pale,
        "note": f"{made.folders['sheet']} sheet",
        "fn": made.script_name, "build": made.size,
    }  # fmt: skip
    # The script is the author's, not the shop's: its hover colour is no part of the palette.
    script = {**look, "hover": "#ffffcc"}
    head = (
        ("#f4f4f4", "#b9b9b9", 64)
        if made.frame == "panel"
        else ((tone.main, tone.dark, 118) if made.frame == "tabs" else ("#ffffff", tone.pale, 30))
    )
    png, jpeg = "image/png", "image/jpeg"
    files = {
        at.css: ("text/css", template("shop.css", look)),
        at.js: ("application/x-javascript", template("shop.js", script)),
        at.image("logo.png"): (png, drawings.logo(brand.name, brand.tagline, tone, plan.logo_style)),
        at.image("head.png"): (png, drawings.gradient(*head)),
        at.image("bar.png"): (png, drawings.gradient(tone.main, tone.dark, 34)),
        at.image("arrow.png"): (png, drawings.arrow(tone.accent)),
        "/favicon.ico": ("image/x-icon", drawings.icon(brand.name[0], tone, plan.logo_style)),
        **plan.extra,
    }
    shown = plan.albums[:6] if plan.gate else plan.albums
    for album in shown:
        key = plan.covers[album.number]
        draw = drawings.sleeve if plan.sleeves else drawings.cover
        files[at.cover(album, "s")] = (jpeg, draw(key, album.title, album.artist, 104 if plan.sleeves else 110))
        if not plan.gate:
            files[at.cover(album, "l")] = (jpeg, draw(key, album.title, album.artist, 170 if plan.sleeves else 210))
    for mark, name, colour in CARD_MARKS:
        files[at.image(name)] = (png, drawings.card_mark(mark, colour))
    if plan.client:
        rows = tuple(
            f"{track.title} - {album.artist}" for album in plan.albums[:5] for track in album.tracks[:3] if track.title.isascii()
        )
        files[at.image("client.png")] = (png, drawings.screenshot(brand.name, rows, tone))
        files[at.setup] = (
            "application/octet-stream",
            b"MZ" + bytes(62) + f"{brand.name} 1.6 setup, a stand-in that does nothing".encode(),
        )
    if plan.banner:
        files[plan.banner[0]] = (png, plan.banner[1])
    if plan.robots is not None:
        files["/robots.txt"] = ("text/plain", plan.robots.encode())
    return files


def _genres(plan: ShopPlan) -> list[str]:
    present = {album.genre for album in plan.albums}
    return [slug for slug in GENRES if slug in present]


def renumbered(albums: tuple[Album, ...], first: int) -> tuple[Album, ...]:
    """The same records under another shop's article numbers."""
    return tuple(replace(album, number=first + place * 7) for place, album in enumerate(albums))
