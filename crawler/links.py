"""What a page points to: links, forms, assets, frames. Bounded, never raises; spider and role rules read pages with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import lxml.html
from lxml import etree
from w3lib.encoding import html_to_unicode

from crawler.names import absolute, host_of

__all__ = ["MAX_LINKS", "MAX_PARSED", "Asset", "AssetUse", "Form", "Link", "Links", "extract"]

#: Bytes of a page that are parsed: what follows is padding or an attack.
MAX_PARSED = 2 * 1024 * 1024
#: Links of one page that are kept; real shop pages have a few hundred.
MAX_LINKS = 2000
#: Assets of one page that are kept.
MAX_ASSETS = 500
_MAX_FORMS = 50
_MAX_FIELDS = 100
_MAX_TEXT = 200
_MIN_PASSAGE, _MAX_PASSAGE = 12, 400
_INLINE = frozenset({"a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "mark", "abbr", "label", "cite", "q"})
#: libxml2 takes time quadratic in the attributes of one tag (40,000 of them: 11 s), so longer tags lose theirs.
_MAX_ATTRIBUTES = 500
_GUARDED_FROM = 32 * 1024
#: A product card is the largest passage around a price that leads to few addresses (the product, a wish list, a preview).
_MAX_CARD_LINKS, _MAX_CARD_ELEMENTS, _MAX_CARD_DEPTH, _MAX_CARDS = 3, 120, 6, 300

_TAG = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b(?:[^>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+>.*?(?:</\1|\Z)"
    rb"|<[a-zA-Z](?:[^>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+>?",
    re.DOTALL | re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_PRICE = re.compile(
    r"(?:[$€£¥₽₴₹]|\b(?:usd|eur|gbp|rub|chf|pln)\b)\s{0,3}\d{1,7}(?:[.,\s]\d{2,3})?|\d(?:[.,\s]\d{2,3})?\s{0,3}(?:[$€£¥₽₴₹]|\b(?:usd|eur|gbp|rub|chf|pln|kr|zł|руб|грн)\b|р\.)",
    re.IGNORECASE,
)
_NO_PRICE = re.compile(r"[^1-9]*")
_REFRESH = re.compile(r"^\s*+\d{0,6}+(?:\.\d{0,3}+)?\s*+[;,]\s*+(?:url\s*+=\s*+)?['\"]?([^'\"]{1,2083})", re.IGNORECASE)
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\"()\s]{1,2083})", re.IGNORECASE)


class AssetUse(StrEnum):
    """How a page refers to an asset."""

    ICON = "icon"
    MANIFEST = "manifest"
    STYLE = "style"
    SCRIPT = "script"
    IMAGE = "image"
    PREVIEW = "preview"  # og:image, twitter:image
    BACKGROUND = "background"  # url(...) of an inline style
    FONT = "font"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Link:
    """One ``<a href>``: the absolute address and its text (or title, or the picture's alt).

    ``priced`` says that a card with a price leads there; ``context`` is the text of the passage it stands in,
    kept only where it leads to another host.
    """

    url: str
    text: str
    rel: frozenset[str]
    priced: bool
    context: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One ``<form>``: where it goes, ``get`` or ``post``, its fields as (name, type), and the words on its buttons."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[str, ...]

    @property
    def has_password(self) -> bool:
        return any(kind == "password" for _, kind in self.fields)

    @property
    def passwords(self) -> int:
        return sum(kind == "password" for _, kind in self.fields)


@dataclass(frozen=True, slots=True)
class Asset:
    """One thing that a page needs to be shown."""

    url: str
    use: AssetUse


@dataclass(frozen=True, slots=True)
class Links:
    """All that a page points to, each kind in document order. ``alternates`` are (hreflang, address), ``main_headings`` the h1."""

    title: str = ""
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    assets: tuple[Asset, ...] = ()
    frames: tuple[str, ...] = ()
    refresh: str | None = None
    canonical: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    main_headings: tuple[str, ...] = ()
    is_product: bool = False


def extract(body: bytes, url: str, content_type: str | None = None) -> Links:
    """What the HTML in ``body``, found at ``url``, points to; empty where nothing can be parsed."""
    root = _parse(body[:MAX_PARSED], content_type)
    return _Walk(root, url).links() if root is not None else Links()


def _parse(body: bytes, content_type: str | None) -> etree._Element | None:
    if len(body) > _GUARDED_FROM:
        body = _TAG.sub(_without_attribute_flood, body)
    try:
        _, text = html_to_unicode(content_type, body, auto_detect_fun=_guess)
        parser = lxml.html.HTMLParser(encoding="utf-8", recover=True, remove_comments=True, remove_pis=True, huge_tree=True)
        return lxml.html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError):
        return None


def _guess(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(raw) - 4 else "cp1252"
    return "utf-8"


def _without_attribute_flood(found: re.Match[bytes]) -> bytes:
    tag = found[0]
    if len(tag) < 4 * _MAX_ATTRIBUTES or tag.startswith(b"<!--") or found[1]:
        return tag
    names = max(len(tag.split()), tag.count(b"="), tag.count(b'"') // 2, tag.count(b"'") // 2)
    return tag if names <= _MAX_ATTRIBUTES else (re.match(rb"<[a-zA-Z0-9]{1,32}", tag) or [b"<a"])[0] + b">"


class _Walk:
    """One pass over the tree in document order."""

    def __init__(self, root: etree._Element, url: str) -> None:
        self.root = root
        self.base = url
        self.host = host_of(url)
        self.found: list[tuple[str, str, frozenset[str], str]] = []
        self.prices: list[etree._Element] = []
        self.forms: list[Form] = []
        self.assets: dict[tuple[str, AssetUse], None] = {}
        self.frames: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self.main_headings: list[str] = []
        self.title = ""
        self.refresh: str | None = None
        self.canonical: str | None = None
        self.is_product = False
        self.takers: dict[str, Callable[[etree._Element], None]] = {
            "form": self._form,
            "img": self._image,
            "source": self._image,
            "link": self._link,
            "script": self._script,
            "meta": self._meta,
            "iframe": self._frame,
            "frame": self._frame,
            "title": self._title,
            "h1": self._heading,
            "h2": self._heading,
            "image": self._svg_image,
        }

    def links(self) -> Links:
        base = self.root.find(".//base[@href]")
        if base is not None:
            self.base = absolute(self.base, base.get("href", "")) or self.base
        for element in self.root.iter(etree.Element):
            tag = element.tag
            if tag == "a" or tag == "area":
                self._anchor(element)
            elif tag in self.takers:
                self.takers[tag](element)
            if tag not in ("script", "style") and _is_price(element.text):
                self.prices.append(element)
            if _is_price(element.tail) and (around := element.getparent()) is not None:
                self.prices.append(around)
            if (style := element.get("style")) and "url(" in style:
                for target in _CSS_URL.findall(style[:4096]):
                    self._asset(target, AssetUse.BACKGROUND)
            if (element.get("itemtype") or "").lower().rstrip("/").endswith("schema.org/product") and element.get(
                "itemprop"
            ) is None:
                self.is_product = True
        carded = self._carded()
        return Links(
            title=self.title,
            links=tuple(Link(url, text, rel, url in carded, context) for url, text, rel, context in self.found),
            forms=tuple(self.forms),
            assets=tuple(Asset(url, use) for url, use in self.assets),
            frames=tuple(self.frames),
            refresh=self.refresh,
            canonical=self.canonical,
            alternates=tuple(self.alternates),
            headings=tuple(self.headings),
            main_headings=tuple(self.main_headings),
            is_product=self.is_product,
        )

    def _carded(self) -> frozenset[str]:
        """The addresses that stand on one product card with a price."""
        found: set[str] = set()
        for price in self.prices[:_MAX_CARDS]:
            card: set[str] = set()
            around: etree._Element | None = price
            for _ in range(_MAX_CARD_DEPTH):
                if around is None or around.tag in ("body", "html"):
                    break
                inside = self._addresses(around)
                if inside is None:
                    break
                card, around = inside, around.getparent()
            found |= card
        return frozenset(found)

    def _addresses(self, passage: etree._Element) -> set[str] | None:
        """The addresses that a passage links to; None where it is too large, or leads to too many, to be one card."""
        targets: set[str] = set()
        for count, element in enumerate(passage.iter(etree.Element)):
            if count > _MAX_CARD_ELEMENTS or len(targets) > _MAX_CARD_LINKS:
                return None
            href = (element.get("href") or "").strip() if element.tag == "a" else ""
            if href and not href.startswith("#") and (target := absolute(self.base, href)) is not None:
                targets.add(target)
        return targets if len(targets) <= _MAX_CARD_LINKS else None

    def _anchor(self, element: etree._Element) -> None:
        href = element.get("href")
        if not href or len(self.found) >= MAX_LINKS:
            return
        target = absolute(self.base, href)
        if target is None:
            return
        text = _text(element) or _clean(element.get("title") or element.get("aria-label") or element.get("alt"))
        if not text:
            picture = element.find(".//img")
            text = _clean(picture.get("alt")) if picture is not None else ""
        context = _passage(element) if host_of(target) != self.host else ""
        self.found.append((target, text, _words(element.get("rel")), context))

    def _form(self, element: etree._Element) -> None:
        if len(self.forms) >= _MAX_FORMS:
            return
        fields: list[tuple[str, str]] = []
        buttons: list[str] = []
        for field in element.iter("input", "select", "textarea", "button"):
            if len(fields) >= _MAX_FIELDS:
                break
            kind = (field.get("type") or ("text" if field.tag == "input" else str(field.tag))).strip().lower()[:20]
            if kind in ("submit", "button", "image"):
                buttons.append(_clean(field.get("value") or field.get("alt")) or _text(field))
            fields.append(((field.get("name") or "")[:_MAX_TEXT], kind))
        action = absolute(self.base, element.get("action") or "") or ""
        method = "post" if (element.get("method") or "").strip().lower() == "post" else "get"
        self.forms.append(Form(action, method, tuple(fields), tuple(filter(None, buttons))))

    def _asset(self, target: str | None, use: AssetUse) -> None:
        if target and len(self.assets) < MAX_ASSETS and (tidy := absolute(self.base, target)):
            self.assets.setdefault((tidy, use), None)

    def _image(self, element: etree._Element) -> None:
        for name in ("src", "data-src", "data-original", "data-lazy-src"):
            self._asset(element.get(name), AssetUse.IMAGE)
        candidates = (element.get("srcset") or "")[:4096].split(",")
        self._asset(candidates[0].strip().split(" ")[0], AssetUse.IMAGE)

    def _svg_image(self, element: etree._Element) -> None:
        self._asset(element.get("href") or element.get("xlink:href"), AssetUse.IMAGE)

    def _script(self, element: etree._Element) -> None:
        self._asset(element.get("src"), AssetUse.SCRIPT)
        if "ld+json" in (element.get("type") or "") and re.search(r'"@type"\s*:\s*\[?\s*"Product"', (element.text or "")[:200_000]):
            self.is_product = True

    def _frame(self, element: etree._Element) -> None:
        if len(self.frames) < _MAX_FORMS and (target := absolute(self.base, element.get("src") or "")):
            self.frames.append(target)

    def _link(self, element: etree._Element) -> None:
        rel, href = _words(element.get("rel")), element.get("href")
        if not href:
            return
        if "stylesheet" in rel:
            self._asset(href, AssetUse.STYLE)
        elif rel & {"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"}:
            self._asset(href, AssetUse.ICON)
        elif "manifest" in rel:
            self._asset(href, AssetUse.MANIFEST)
        elif "canonical" in rel:
            self.canonical = self.canonical or absolute(self.base, href)
        elif "alternate" in rel and element.get("hreflang") and len(self.alternates) < _MAX_FORMS:
            if target := absolute(self.base, href):
                self.alternates.append(((element.get("hreflang") or "")[:35].lower(), target))
        elif rel & {"preload", "prefetch"} and (use := _PRELOADED.get((element.get("as") or "").lower())):
            self._asset(href, use)

    def _meta(self, element: etree._Element) -> None:
        content = element.get("content") or ""
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if name in ("og:image", "og:image:url", "twitter:image", "image"):
            self._asset(content, AssetUse.PREVIEW)
        elif name == "og:type" and content.strip().lower() in ("product", "og:product", "product.item"):
            self.is_product = True
        elif (element.get("http-equiv") or "").strip().lower() == "refresh" and (found := _REFRESH.match(content[:4096])):
            self.refresh = self.refresh or absolute(self.base, found[1])

    def _title(self, element: etree._Element) -> None:
        self.title = self.title or _text(element)

    def _heading(self, element: etree._Element) -> None:
        if len(self.headings) < 20 and (text := _text(element)):
            self.headings.append(text)
            if element.tag == "h1":
                self.main_headings.append(text)


_PRELOADED = {"style": AssetUse.STYLE, "script": AssetUse.SCRIPT, "font": AssetUse.FONT, "image": AssetUse.IMAGE}


def _is_price(text: str | None) -> bool:
    """Text that shows an amount of money other than zero (an empty cart shows zero on every page)."""
    if not text or len(text) > 400:
        return False
    found = _PRICE.search(text)
    return found is not None and not _NO_PRICE.fullmatch(found[0])


def _clean(text: str | None) -> str:
    return _SPACE.sub(" ", text[: 4 * _MAX_TEXT]).strip()[:_MAX_TEXT] if text else ""


def _text(element: etree._Element) -> str:
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(str(part)[: 4 * _MAX_TEXT])
        size += len(part)
        if size > 4 * _MAX_TEXT or len(parts) > 200:
            break
    return _clean(" ".join(parts))


def _passage(element: etree._Element) -> str:
    """The text of the block an element stands in; of the next block around it where that says little beside the link."""
    passage = ""
    own = len(_text(element))
    for _ in range(8):
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html", "nav", "footer", "header") or len(passage) > own + _MIN_PASSAGE:
            break
        element = parent
        if element.tag in _INLINE:
            continue
        parts: list[str] = []
        size = 0
        for part in element.itertext():
            parts.append(str(part))
            size += len(part)
            if size > _MAX_PASSAGE:
                return passage
        passage = _SPACE.sub(" ", " ".join(parts)).strip()
    return passage


def _words(text: str | None) -> frozenset[str]:
    return frozenset((text or "")[:_MAX_TEXT].lower().split())
