"""What a mirror does to hide, one trick at a time: each a pure function of a capture."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce

from bs4 import BeautifulSoup
from PIL import Image

from benchmarks.captures import is_page, is_style, is_text, with_body, with_pages, with_resources
from crawler.captures import Capture, Resource, Role

__all__ = ["MUTATIONS", "everything", "reissue"]

_RATIO = 0.86
_CLASS_ATTRIBUTE = re.compile(r"""(\bclass\s*=\s*)(["'])([^"']{1,2000})\2""", re.IGNORECASE)
_SELECTOR = re.compile(r"([^{}]{1,4000})\{")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]{0,80})")
_STYLE_ELEMENT = re.compile(r"(<style\b[^>]{0,200}>)(.{0,200000}?)(</style>)", re.IGNORECASE | re.DOTALL)
_HEX = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_RGB = re.compile(r"\b(rgba?)\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")
_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")
_SIMPLE_QUOTES = re.compile(r"""(<[A-Za-z][^<>]{0,2000}?\s[\w-]{1,40}=)"([\w./#-]{1,200})"(?=[\s>])""")
_BEFORE = re.compile(r"([$€£₽])(\s{0,2})(\d{1,6})([.,]\d{2})\b")
_AFTER = re.compile(r"\b(\d{1,6})([.,]\d{2})(\s{0,2})(€|₽|руб)")
_JSON_PRICE = re.compile(r'("(?:price|lowPrice|highPrice)"\s*:\s*"?)(\d{1,6}(?:\.\d{1,2})?)')
_CURRENCY = re.compile(r"\b(USD|EUR|GBP|RUB)\b")
_MENU: Mapping[str, str] = {
    "Home": "Startseite",
    "Shop": "Laden",
    "Shop Now": "Jetzt kaufen",
    "Products": "Waren",
    "Product": "Ware",
    "Categories": "Gruppen",
    "Category": "Gruppe",
    "Cart": "Warenkorb",
    "Shopping Cart": "Warenkorb",
    "Checkout": "Kasse",
    "Contact": "Kontakt",
    "Contact Us": "Kontakt",
    "About": "Wir",
    "About Us": "Wir",
    "Blog": "Notizen",
    "Search": "Suche",
    "Login": "Anmelden",
    "Sign In": "Anmelden",
    "Register": "Konto",
    "My Account": "Mein Konto",
    "Wishlist": "Merkzettel",
    "Terms": "Bedingungen",
    "Terms of Service": "Bedingungen",
    "Privacy": "Datenschutz",
    "Privacy Policy": "Datenschutz",
    "Shipping": "Versand",
    "Returns": "Rückgabe",
    "Help": "Hilfe",
    "FAQ": "Fragen",
    "Add to cart": "In den Korb",
    "Add to Cart": "In den Korb",
    "Subscribe": "Bestellen",
    "Read more": "Mehr",
}
_MENU_TEXT = re.compile(r">(\s*)(" + "|".join(sorted(map(re.escape, _MENU), key=len, reverse=True)) + r")(\s*)<")
_IDS = re.compile(
    r"\b(UA-\d{4,10}-\d{1,3}|G-[A-Z0-9]{8,12}|GTM-[A-Z0-9]{4,8}|AW-\d{8,12}|pub-\d{16}"
    r"|(?<=fbq\('init', ')\d{10,20}|(?<=fbq\(\"init\", \")\d{10,20}|(?<=ym\()\d{6,10}|(?<=hjid:)\d{5,9}"
    r"|(?<=\"clarity\", \"script\", \")[a-z0-9]{8,12})"
)
_MOST_PIXELS = 4_000_000


def reissue(value: str, salt: str) -> str:
    """Another id of the same shape: digits stay digits, letters letters, the prefix stays."""
    head, dash, rest = value.partition("-")
    if not dash:
        head, rest = "", value
    stream = hashlib.sha256(f"{salt} {value}".encode()).digest() * (len(rest) // 32 + 1)
    made = []
    for character, byte in zip(rest, stream, strict=False):
        if character.isdigit():
            made.append(str(byte % 10))
        elif character.isalpha():
            made.append(chr(ord("A" if character.isupper() else "a") + byte % 26))
        else:
            made.append(character)
    return f"{head}{dash}{''.join(made)}"


def rename_classes(capture: Capture) -> Capture:
    """Every class gets another name, in pages and sheets alike."""

    def attribute(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}{' '.join(_short(name) for name in match[3].split())}{match[2]}"

    def page(text: str) -> str:
        text = _CLASS_ATTRIBUTE.sub(attribute, text)
        return _STYLE_ELEMENT.sub(lambda match: match[1] + _renamed_selectors(match[2]) + match[3], text)

    return _styles(with_pages(capture, page), _renamed_selectors)


def recolour(capture: Capture) -> Capture:
    """Red, green and blue change places, in sheets and in pages."""

    def change(text: str) -> str:
        text = _HEX.sub(lambda match: "#" + _turned(match[1]), text)
        return _RGB.sub(lambda match: f"{match[1]}({match[3]},{match[4]},{match[2]}", text)

    return _styles(with_pages(capture, change), change)


def minify(capture: Capture) -> Capture:
    """No comments, no white space between tags, no needless quotes."""

    def change(text: str) -> str:
        text = _BETWEEN.sub("><", _COMMENT.sub("", text))
        return _SIMPLE_QUOTES.sub(r"\1\2", text)

    return with_pages(capture, change)


def indent(capture: Capture) -> Capture:
    """Pages written anew, one tag a line."""
    return with_pages(capture, lambda text: BeautifulSoup(text, "lxml").prettify())


def wrap(capture: Capture) -> Capture:
    """A ``<div>`` more around everything in the body, and around each section."""

    def change(text: str) -> str:
        soup = BeautifulSoup(text, "lxml")
        for element in [*soup.find_all(["section", "nav", "main", "footer", "form"])[:60]]:
            element.wrap(soup.new_tag("div"))
        if soup.body is not None:
            for child in [*soup.body.find_all(True, recursive=False)]:
                if child.name not in ("script", "style", "noscript"):
                    child.wrap(soup.new_tag("div"))
        return str(soup)

    return with_pages(capture, change)


def move_sections(capture: Capture) -> Capture:
    """The body's sections in another order: the second half first."""

    def change(text: str) -> str:
        soup = BeautifulSoup(text, "lxml")
        if soup.body is None:
            return text
        blocks = [child for child in soup.body.find_all(True, recursive=False) if child.name not in ("script", "style", "noscript")]
        half = len(blocks) // 2
        order = [block.extract() for block in [*blocks[half:], *blocks[:half]]]
        for block in reversed(order):
            soup.body.insert(0, block)
        return str(soup)

    return with_pages(capture, change)


def reprice(capture: Capture) -> Capture:
    """Another currency, every price times the same number."""

    def before(match: re.Match[str]) -> str:
        return f"£{match[2]}{_price(match[3] + match[4])}"

    def change(text: str) -> str:
        text = _BEFORE.sub(before, text)
        text = _AFTER.sub(lambda match: f"{_price(match[1] + match[2])}{match[3]}£", text)
        text = _JSON_PRICE.sub(lambda match: match[1] + _price(match[2]), text)
        return _CURRENCY.sub("GBP", text)

    return with_pages(capture, change)


def translate_menu(capture: Capture) -> Capture:
    """Menu words in another language."""
    return with_pages(capture, lambda text: _MENU_TEXT.sub(lambda match: f">{match[1]}{_MENU[match[2]]}{match[3]}<", text))


def new_trackers(capture: Capture) -> Capture:
    """Ids of analytics, tags and pixels issued anew."""

    def change(resource: Resource) -> Resource:
        if not is_text(resource):
            return resource
        text = resource.body.decode("utf-8", "surrogateescape")
        text = _IDS.sub(lambda match: reissue(match[0], capture.site), text)
        return with_body(resource, text.encode("utf-8", "surrogateescape"))

    return with_resources(capture, change)


def reencode_pictures(capture: Capture) -> Capture:
    """Every bitmap a little smaller and saved again."""

    def change(resource: Resource) -> Resource:
        if resource.role not in (Role.IMAGE, Role.ICON) or not resource.body:
            return resource
        try:
            with Image.open(io.BytesIO(resource.body)) as picture:
                form = picture.format
                if form not in ("PNG", "JPEG", "GIF", "WEBP") or picture.width * picture.height > _MOST_PIXELS:
                    return resource
                size = (max(8, picture.width * 19 // 20), max(8, picture.height * 19 // 20))
                smaller = picture.convert("RGB" if form == "JPEG" else "RGBA").resize(size)
                out = io.BytesIO()
                smaller.save(out, format="PNG" if form == "GIF" else form, quality=72)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return resource
        return with_body(resource, out.getvalue())

    return with_resources(capture, change)


def rename_files(capture: Capture) -> Capture:
    """Sheets, scripts and pictures under other names, at the place they are and wherever they are named."""
    names: dict[str, str] = {}
    for resource in capture.resources:
        if resource.role in (Role.STYLE, Role.SCRIPT, Role.IMAGE):
            last = resource.url.partition("?")[0].rpartition("/")[2]
            stem, dot, ending = last.rpartition(".")
            if dot and 3 <= len(stem) <= 100 and re.fullmatch(r"[\w.@-]+", last):
                names[last] = f"{_short(last)}.{ending}"
    if not names:
        return capture
    pattern = re.compile(r"(?<=/)(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")(?![\w.-])")

    def change(resource: Resource) -> Resource:
        url = pattern.sub(lambda match: names[match[1]], resource.url)
        moved = replace(resource, url=url) if url != resource.url else resource
        if not is_text(resource):
            return moved
        text = resource.body.decode("utf-8", "surrogateescape")
        return with_body(moved, pattern.sub(lambda match: names[match[1]], text).encode("utf-8", "surrogateescape"))

    return with_resources(capture, change)


def other_server(capture: Capture) -> Capture:
    """Another server: headers in another order under another software's name, cookies under another name."""

    def change(resource: Resource) -> Resource:
        headers = []
        for key, value in reversed(resource.headers):
            if key.lower() == "server":
                headers.append((key, "Caddy"))
            elif key.lower() == "set-cookie":
                cookie, equals, rest = value.partition("=")
                headers.append((key, f"{_short(cookie + capture.site)}{equals}{rest}"))
            elif key.lower() not in ("x-powered-by", "etag", "last-modified", "via"):
                headers.append((key, value))
        return replace(resource, headers=tuple(headers))

    return with_resources(capture, change)


MUTATIONS: Mapping[str, Callable[[Capture], Capture]] = {
    "new class names": rename_classes,
    "recoloured sheets": recolour,
    "minified pages": minify,
    "indented pages": indent,
    "wrappers inserted": wrap,
    "sections moved": move_sections,
    "another currency": reprice,
    "menu translated": translate_menu,
    "new tracker ids": new_trackers,
    "pictures saved again": reencode_pictures,
    "files renamed": rename_files,
    "another server": other_server,
}


def everything(capture: Capture) -> Capture:
    """All tricks together; minified, not indented."""
    tricks = [change for title, change in MUTATIONS.items() if title != "indented pages"]
    return reduce(lambda changed, trick: trick(changed), tricks, capture)


def _styles(capture: Capture, change: Callable[[str], str]) -> Capture:
    def turn(resource: Resource) -> Resource:
        if not is_style(resource) or is_page(resource):
            return resource
        text = change(resource.body.decode("utf-8", "surrogateescape"))
        return with_body(resource, text.encode("utf-8", "surrogateescape"))

    return with_resources(capture, turn)


def _renamed_selectors(text: str) -> str:
    return _SELECTOR.sub(lambda match: _CLASS.sub(lambda name: "." + _short(name[1]), match[1]) + "{", text)


def _short(name: str) -> str:
    return "k" + hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:7]


def _turned(digits: str) -> str:
    third = len(digits) // 3
    return digits[third:] + digits[:third]


def _price(text: str) -> str:
    comma = "," in text
    shown = f"{float(text.replace(',', '.')) * _RATIO:.2f}"
    return shown.replace(".", ",") if comma else shown
