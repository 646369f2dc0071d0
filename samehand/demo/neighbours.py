"""Everyone in the story who is not the operator: theme twins, the CDN neighbour, a band, a label, linkers, and empty pages."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samehand.demo import drawings
from samehand.demo.catalogue import GENRES, Album, compose
from samehand.demo.certificates import self_signed
from samehand.demo.names import Brand, Cast, invent, spun
from samehand.demo.shops import template, vocabulary
from samehand.demo.stacks import APACHE, APACHE_STATIC, IIS, NGINX, NGINX_PHP, Stack
from samehand.demo.wording import BAND, FANS, Voice, labels
from samehand.demo.world import KeyPair, Reply, Site

__all__ = ["accounts_host", "bystanders", "cdn_certificate", "closing_blog"]

_HTML = "text/html; charset=utf-8"


def bystanders(cast: Cast, voices: Mapping[str, Voice], when: datetime, catalogue: tuple[Album, ...]) -> tuple[Site, ...]:
    """All sites that stay the same from crawl to crawl, as they stand at ``when``."""
    return (
        _twin(cast, "twin_a", voices["records"], "en", when, APACHE, "127.20.0.32"),
        _twin(cast, "twin_b", voices["fr"], "fr", when, APACHE, "127.20.0.33"),
        _posters(cast, voices["posters"], when),
        _band(cast, when, catalogue),
        _label(cast, when),
        *(_fan(cast, number, when, catalogue) for number in range(1, 6)),
        _bare(cast["parked"], "parked", "127.20.0.37", NGINX, when, 200),
        _bare(cast["challenge"], "challenge", "127.20.0.38", NGINX, when, 503),
    )


def accounts_host(cast: Cast, shops: tuple[Brand, ...], words: dict[str, str], when: datetime) -> Site:
    """The host at which several shops log in: its page and its certificate name them. A service, no shop."""
    brand = cast["accounts"]
    body = template("small.html", {"kind": "accounts", "brand": brand, "shops": shops, "words": words})
    names = (brand.host, *(name for shop in shops for name in (shop.host, f"www.{shop.host}")))
    key = self_signed(f"{cast.seed}/accounts", names, brand.name)
    return _site(brand, "127.20.0.20", NGINX, when, {"/": (_HTML, body), "/enter": (_HTML, body)}, key_pair=key)


def cdn_certificate(cast: Cast) -> KeyPair:
    """One certificate of the CDN for its customers, the original shop and its chance neighbour among them."""
    customers = (cast["original"].host, f"www.{cast['original'].host}", cast["neighbour"].host, f"www.{cast['neighbour'].host}")
    names = (f"ssl7.{cast.cdn_host}", f"*.{cast.cdn_host}", *customers, *cast.cdn_others)
    return self_signed(f"{cast.seed}/cdn", names, cast.cdn_name)


def closing_blog(
    cast: Cast, words: dict[str, str], when: datetime, stack: Stack, missing: bytes | None, accounts: Brand | None
) -> Site:
    """The original shop's last page: a blog that promises to resume. ``missing`` is the house's error page, kept by its server."""
    brand = cast["original"]
    posts = [
        ("2 July 2007", words["resume"], words["resumemore"].format(brand=brand.name), "resume"),
        ("29 June 2007", words["closed"], words["closedmore"].format(brand=brand.name), "closed"),
    ]

    def page(shown: list[tuple[str, str, str, str]]) -> tuple[str, bytes]:
        values = {"kind": "blog", "brand": brand, "posts": shown, "accounts": accounts, "words": words}
        return _HTML, template("small.html", values)

    feed = "".join(f"<item><title>{post[1]}</title><link>http://{brand.host}/2007/{post[3]}/</link></item>" for post in posts)
    pages = {
        "/": page(posts),
        "/feed.xml": (
            "application/rss+xml",
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{brand.name}</title>{feed}</channel></rss>'.encode(),
        ),
        "/blog.css": ("text/css", template("blog.css", {"p": brand.colours})),
        "/logo.png": ("image/png", drawings.logo(brand.name, brand.tagline, brand.colours, 0, (230, 60))),
        "/favicon.ico": ("image/x-icon", drawings.icon(brand.name[0], brand.colours, 0)),
        **{f"/2007/{post[3]}/": page([post]) for post in posts},
    }
    return _site(
        brand, "127.20.0.11", stack, when, pages, missing=missing, key_pair=cdn_certificate(cast), aliases=(f"www.{brand.host}",)
    )


def _site(
    brand: Brand, address: str, stack: Stack, when: datetime, pages: Mapping[str, tuple[str, bytes]], *,
    missing: bytes | None = None, key_pair: KeyPair | None = None, aliases: tuple[str, ...] = (),
) -> Site:  # fmt: skip
    replies: dict[str, Reply] = {
        path: stack.reply(200, media_type, body, host=brand.host, when=when) for path, (media_type, body) in pages.items()
    }
    lost = stack.default_error(host=brand.host, when=when)
    if missing is not None:
        lost = stack.reply(404, _HTML, missing, host=brand.host, when=when)
    return Site(brand.role, brand.host, address, replies, lost, key_pair, aliases)


def _bare(brand: Brand, kind: str, address: str, stack: Stack, when: datetime, status: int) -> Site:
    """A host that has one page for every path."""
    reply = stack.reply(status, _HTML, template("small.html", {"kind": kind, "brand": brand}), host=brand.host, when=when)
    robots = stack.reply(200, "text/plain", b"User-agent: *\nDisallow:\n", host=brand.host, when=when)
    return Site(brand.role, brand.host, address, {"/": reply, "/buy": reply, "/robots.txt": robots}, reply)


def _twin(cast: Cast, role: str, voice: Voice, language: str, when: datetime, stack: Stack, address: str) -> Site:
    brand, rng = cast[role], cast.random(role)
    words = labels(language, rng) | ({"topup": "Checkout"} if language == "en" else {})
    theme = vocabulary(cast.random("theme"), cast.theme[:2].lower())
    albums = compose(rng, 10, tracks=(8, 11))
    prices = {album.number: rng.randrange(6, 24) + rng.choice((0.0, 0.5, 0.9)) for album in albums}
    slugs = [slug for slug in GENRES if any(album.genre == slug for album in albums)]
    place = {"en": 0, "fr": 2}[language]
    currency = {"en": "GBP", "fr": "EUR"}[language]

    def photo(album: Album) -> bytes:
        return drawings.cover(f"{cast.seed}/{role}/{album.number}", album.title, album.artist, 180)

    def price(album: Album) -> str:
        return f"£{prices[album.number]:.2f}" if language == "en" else f"{prices[album.number]:.2f} €".replace(".", ",")

    texts = [(page, f"/{page}/") for page in ("about", "help", "refunds", "terms", "privacy", "contacts")]
    menu = [(words["home"], "/"), *((words[page], href) for page, href in texts)]
    common: dict[str, Any] = {
        "brand": brand, "theme": cast.theme, "author": cast.theme_author, "c": theme, "lang": language, "L": words, "menu": menu,
        "genres": [(slug, GENRES[slug][place]) for slug in slugs], "price": price, "currency": currency,
    }  # fmt: skip

    def page(kind: str, title: str, **more: Any) -> tuple[str, bytes]:
        return _HTML, template("theme.html", {**common, "kind": kind, "title": title, **more})

    at = f"/themes/{cast.theme.lower()}"
    where = (f"{brand.company}, {brand.city}. {brand.phone}. {brand.mail}",)
    pages = {
        "/": page("list", words["new"], albums=albums[:6]),
        "/cart/": page("text", words["cart"], paragraphs=(words["empty"],)),
        "/checkout/": page("checkout", words["topup"]),
        "/login/": page("login", words["login"]),
        **{href: page("text", words[name], paragraphs=voice.say(name, brand) or where) for name, href in texts},
        **{f"/section/{slug}/": page("list", GENRES[slug][place], albums=[a for a in albums if a.genre == slug]) for slug in slugs},
        **{f"/item/{album.number}/": page("item", f"{album.artist}: {album.title}", one=album) for album in albums},
        **{f"/photos/{one.number}.jpg": ("image/jpeg", photo(one)) for one in albums},
        f"{at}/style.css": ("text/css", template("theme.css", {"theme": cast.theme, "author": cast.theme_author, "c": theme})),
        f"{at}/theme.js": ("application/x-javascript", template("theme.js", {"theme": cast.theme, "c": theme})),
        f"{at}/theme/stripe.png": ("image/png", drawings.gradient("#f4ead6", "#fffdf8", 40)),
        f"{at}/theme/knob.png": ("image/png", drawings.gradient("#a06a28", "#6a3d0c", 24)),
        "/favicon.ico": ("image/x-icon", drawings.icon(brand.name[0], brand.colours, rng.randrange(3))),
    }  # fmt: skip
    lost = {"en": "Nothing was found at this address.", "fr": "Rien n'a été trouvé à cette adresse."}[language]
    return _site(brand, address, stack, when, pages, missing=page("text", "404", paragraphs=(lost,))[1])


def _posters(cast: Cast, voice: Voice, when: datetime) -> Site:
    brand, rng = cast["neighbour"], cast.random("posters")
    posters = [
        (rng.randrange(100, 999) + 1000 * n, f"{invent(rng, 2)} Festival {1970 + rng.randrange(36)}", f"{rng.randrange(14, 49)},00")
        for n in range(1, 9)
    ]

    texts = {"terms": "terms", "privacy": "privacy", "shipping": "help", "returns": "refunds"}

    def page(kind: str, **more: Any) -> tuple[str, bytes]:
        return _HTML, template("posters.html", {"kind": kind, "brand": brand, "title": f"{brand.name}: {brand.tagline}", **more})

    pages = {
        "/": page("home", posters=posters, intro=voice.say("about", brand)[0]),
        "/checkout": page("checkout"),
        "/contact": page("text", paragraphs=(f"{brand.company}, {brand.city}", brand.phone, brand.mail)),
        **{f"/{path}": page("text", paragraphs=voice.say(name, brand)) for path, name in texts.items()},
        **{f"/poster/{one[0]}": page("poster", one=one) for one in posters},
        **{f"/assets/p{one[0]}.jpg": ("image/jpeg", drawings.photo(f"{cast.seed}/{one[0]}", (174, 246))) for one in posters},
        "/assets/print.css": ("text/css", template("posters.css", {})),
        "/assets/sign.png": ("image/png", drawings.logo(brand.name, "", brand.colours, 5, (200, 60))),
        "/favicon.ico": ("image/x-icon", drawings.icon(brand.name[0], brand.colours, 2)),
    }  # fmt: skip
    return _site(brand, "127.20.0.11", IIS, when, pages, key_pair=cdn_certificate(cast), aliases=(f"www.{brand.host}",))


def _band(cast: Cast, when: datetime, catalogue: tuple[Album, ...]) -> Site:
    brand, rng = cast["band"], cast.random("band")
    songs = [track.title for track in catalogue[0].tracks[:3]]
    common = {
        "kind": "band",
        "brand": brand,
        "original": cast["original"],
        "licensed": cast["licensed"],
        "label": cast["label"],
        "code": rng.randrange(100, 999),
    }
    pages: dict[str, tuple[str, bytes]] = {}
    for path, (title, said) in BAND.items():
        paragraphs = [spun(one, rng) for one in said]
        offered = songs if path == "/mp3.html" else []
        values = {**common, "title": title, "paragraphs": paragraphs, "songs": offered}
        pages[path] = (_HTML, template("small.html", values))
    tone = b"ID3\x03\x00\x00\x00\x00\x00\x00"
    pages |= {f"/mp3/{n}.mp3": ("audio/mpeg", tone + rng.randbytes(512)) for n in range(1, 4)}
    pages["/photo/groupe.jpg"] = ("image/jpeg", drawings.photo(f"{cast.seed}/band", (700, 240)))
    return _site(brand, "127.20.0.34", APACHE_STATIC, when, pages)


def _label(cast: Cast, when: datetime) -> Site:
    brand, rng = cast["label"], cast.random("label")
    records = [
        (f"{brand.slug[:3].upper()}{n:03d}", f"{invent(rng, 2)} {invent(rng, 1)}", invent(rng, 3), 1998 + n) for n in range(1, 9)
    ]
    said = {
        "/": ("artistes", [f"{brand.name} publie {cast['band'].name} et sept autres artistes depuis 1999."], []),
        "/catalogue.html": ("catalogue", [], records),
        "/contact.html": ("contact", [f"{brand.company}, {brand.city}. {brand.phone}. contact@{brand.host}"], []),
    }
    pages = {
        path: (
            _HTML,
            template("small.html", {"kind": "label", "brand": brand, "title": title, "paragraphs": texts, "records": rows}),
        )
        for path, (title, texts, rows) in said.items()
    }
    return _site(brand, "127.20.0.35", NGINX_PHP, when, pages)


def _fan(cast: Cast, number: int, when: datetime, catalogue: tuple[Album, ...]) -> Site:
    brand = cast[f"fan_{number}"]
    rng = random.Random(f"{cast.seed}/fan/{number}")
    artists = [album.artist for album in rng.sample(catalogue, 5)]
    say = [spun(one, rng) for one in FANS]
    values = {
        "kind": brand.role,
        "brand": brand,
        "original": cast["original"],
        "band": cast["band"],
        "artists": artists,
        "say": say,
        "code": rng.randrange(10, 99),
    }
    pages = {"/": (_HTML, template("small.html", values))}
    if number == 1:
        pages["/me.jpg"] = ("image/jpeg", drawings.photo(f"{cast.seed}/fan", (240, 120)))
    if number == 3:
        pages["/forum.css"] = (
            "text/css",
            b".forumline { border: 1px solid #006699; font: 11px Verdana; } th { background: #006699; color: #ffa34f; }\n",
        )
    stack = (APACHE_STATIC, NGINX, APACHE, NGINX_PHP, APACHE_STATIC)[number - 1]
    return _site(brand, f"127.20.0.{40 + number}", stack, when, pages)
