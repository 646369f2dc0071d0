"""Where a storefront shows its own mark: icons, header, markup; and which pictures are other people's marks."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from lxml import html

from analysis.inline_svg import standalone_svg
from analysis.pages import Page
from analysis.product_markup import json_ld_nodes
from analysis.reading import Reading
from crawler.captures import Resource, Role

__all__ = ["Mark", "MarkPlace", "is_foreign_mark", "marks_of", "resources_by_url"]

_MAX_MARKS = 14
_MAX_PAGES = 8
_MAX_DATA = 200_000
_MAX_IMAGES = 400

_FOREIGN = re.compile(
    r"(?i)(?<![a-z])(?:visa|master-?_?card|maestro|amex|american-?_?express|pay-?pal|discover(?:-?card)?|diners(?:-?club)?|jcb|union-?pay|klarna|sofort|"
    r"giropay|ideal|bancontact|apple-?pay|google-?pay|gpay|amazon-?pay|shop-?pay|after-?pay|clear-?pay|stripe|skrill|neteller|web-?money|wmlogo|qiwi|"
    r"yoo-?money|yandex|mir|sepa|bitcoin|btc|ethereum|usdt|tether|payments?|pay-?methods?|credit-?cards?|debit-?cards?|cards?|cc|trust-?pilot|"
    r"trusted-?shops|ekomi|norton|mcafee|comodo|verisign|geotrust|ssl|secure|dhl|ups|usps|fed-?ex|gls|dpd|hermes|royal-?mail|correos|colissimo|"
    r"chronopost|mondial-?relay|facebook|fb|twitter|instagram|insta|pinterest|youtube|linkedin|tiktok|whatsapp|telegram|viber|skype|vk|"
    r"vkontakte|odnoklassniki|google|app-?store|play-?store|itunes|flags?|partners?|sponsors?|clients?|suppliers?|brands|manufacturers?|"
    r"cart|basket|bag|heart|wish-?list|search|menu|close|arrow|user|account|phone|mail|email|map|pin|clock|truck|star|language|loader|spinner|"
    r"woocommerce|shopify|magento|prestashop|opencart|wordpress|bootstrap|avatar|author|testimonials?|blog)(?![a-z])"
)
_LOGO = re.compile(
    r"(?i)(?<![a-z])(?:logo(?:type|mark)?s?|brand|wordmark|masthead|site-?_?name|site-?_?title)(?![a-rt-z])|(?<=[a-z_-])logo"
)
_HEADER = re.compile(r"(?i)(?<![a-z])(?:header|navbar|masthead|top-?bar|site-?nav|menu)(?![a-z])")
_ICON_REL = re.compile(r"(?i)(?:^|\s)(?:icon|apple-touch-icon(?:-precomposed)?|mask-icon|fluid-icon)(?:\s|$)")
_HOME_PATHS = frozenset({"", "/", "/index.html", "/index.php", "/home", "/home/"})
_DATA = re.compile(r"(?is)^data:(image/[a-z0-9.+-]{2,20})((?:;[a-z0-9=-]{1,30}){0,3}),")


class MarkPlace(IntEnum):
    """Where a mark stands; the lower, the surer that it is the shop's own."""

    DECLARED = 0  # Organization.logo, og:logo
    HEADER = 1
    TOUCH_ICON = 2  # apple-touch and manifest icons
    FAVICON = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One picture that is shown as the storefront's own mark. ``digest`` is of ``body``; ``url`` is where it, or its page, is."""

    place: MarkPlace
    body: bytes
    url: str
    digest: str


def is_foreign_mark(*texts: str) -> bool:
    """True when file name, alt text or class say that a picture is a payment, shipping, social, platform or partner mark."""
    return any(_FOREIGN.search(text.replace("_", "-")[:300]) for text in texts if text)


def resources_by_url(reading: Reading) -> dict[str, Resource]:
    """What was fetched with 200, by URL without scheme and fragment: pages mix http and https."""
    return {_bare(resource.url): resource for resource in reading.capture.resources if resource.status == 200 and resource.body}


def marks_of(reading: Reading) -> tuple[Mark, ...]:
    """The storefront's marks, surest first, each picture once, at most fourteen."""
    known = resources_by_url(reading)
    found: dict[str, Mark] = {}
    for mark in _all(reading, known):
        better = found.get(mark.digest)
        if better is None or (mark.place, mark.url) < (better.place, better.url):
            found[mark.digest] = mark
    ordered = sorted(found.values(), key=lambda mark: (mark.place, mark.url, mark.digest))
    kept = [mark for mark in ordered if mark.place <= MarkPlace.HEADER][:8]
    return (*kept, *[mark for mark in ordered if mark.place > MarkPlace.HEADER][: _MAX_MARKS - len(kept)])


def _all(reading: Reading, known: dict[str, Resource]) -> Iterator[Mark]:
    pages = sorted(reading.readable, key=lambda page: (page.role is not Role.HOME, page.url))[:_MAX_PAGES]
    for page in pages:
        yield from _declared(page, known)
        yield from _in_header(page, known)
        yield from _linked_icons(page, known)
    for resource in reading.assets(Role.MANIFEST):
        yield from _manifest_icons(resource, known)
    for resource in reading.assets(Role.ICON):
        path = urlsplit(resource.url).path.lower()
        if path.endswith(("/favicon.ico", "/favicon.png", "/favicon.svg")):
            yield Mark(MarkPlace.FAVICON, resource.body, resource.url, resource.digest)
        elif "apple-touch-icon" in path:
            yield Mark(MarkPlace.TOUCH_ICON, resource.body, resource.url, resource.digest)


def _declared(page: Page, known: dict[str, Resource]) -> Iterator[Mark]:
    for node in json_ld_nodes(page):
        kinds = node.get("@type")
        words = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
        logo = node.get("logo")
        if logo and re.search(r"Organization|Store|Brand|LocalBusiness|WebSite|Corporation", words):
            url = logo.get("url") or logo.get("contentUrl") if isinstance(logo, dict) else logo
            if isinstance(url, str):
                yield from _fetched(MarkPlace.DECLARED, page.absolute(url[:2000]), known)
    if "og:logo" in page.html:
        for meta in page.tree.xpath("//meta[@property='og:logo']")[:2]:
            yield from _fetched(MarkPlace.DECLARED, page.absolute((meta.get("content") or "")[:2000]), known)


def _in_header(page: Page, known: dict[str, Resource]) -> Iterator[Mark]:
    """Pictures that call themselves a logo, and those in a header that lead home."""
    loose: list[list[Mark]] = []
    for count, element in enumerate(page.tree.iter("img", "svg")):
        if count >= _MAX_IMAGES:
            break
        source = (element.get("src") or element.get("data-src") or "").strip()
        own = " ".join(element.get(name) or "" for name in ("alt", "class", "id", "aria-label"))
        name = "" if source.startswith("data:") else _file_and_folder(source[:500])
        if _is_foreign(name, own[:_WORDS_KEPT]):
            continue
        words, in_header, leads_home = _surroundings(element, page)
        if not ((in_header and leads_home) or _calls_itself(f"{name} {own} {words}"[:_WORDS_KEPT])):
            continue
        marks = list(_picture(element, source, page, known))
        if in_header or leads_home:
            yield from marks
        elif not is_foreign_mark(words):
            loose.append(marks)
    if len(loose) <= 4:  # more are a wall of brands
        for marks in loose:
            yield from marks


#: Characters of a picture's names and classes that are looked at.
_WORDS_KEPT = 2_000


@lru_cache(maxsize=4_096)
def _is_foreign(name: str, own: str) -> bool:
    return is_foreign_mark(name, own)


@lru_cache(maxsize=4_096)
def _calls_itself(words: str) -> bool:
    return _LOGO.search(words) is not None


@lru_cache(maxsize=4_096)
def _file_and_folder(source: str) -> str:
    try:
        return " ".join(urlsplit(source).path.split("/")[-2:])
    except ValueError:
        return ""


def _picture(element: html.HtmlElement, source: str, page: Page, known: dict[str, Resource]) -> Iterator[Mark]:
    if element.tag == "svg":
        if drawn := standalone_svg(element, page.tree):
            yield Mark(MarkPlace.HEADER, drawn, page.url, sha256(drawn).hexdigest())
    elif (body := _data_body(source)) is not None:
        yield Mark(MarkPlace.HEADER, body, page.url, sha256(body).hexdigest())
    elif source:
        yield from _fetched(MarkPlace.HEADER, page.absolute(source[:2000]), known)


def _surroundings(element: html.HtmlElement, page: Page) -> tuple[str, bool, bool]:
    """Class and id words of the three nearest ancestors; whether a header is around; whether the element leads home."""
    words: list[str] = []
    in_header = leads_home = False
    for level, above in enumerate(element.iterancestors()):
        if level > 7 or above.tag in ("body", "html"):
            break
        named = f"{above.get('class') or ''} {above.get('id') or ''}"
        if level < 3:
            words.append(named)
        in_header = in_header or above.tag in ("header", "nav") or bool(_HEADER.search(named))
        if above.tag == "a" and not leads_home:
            href = (above.get("href") or "").strip()
            leads_home = not href.startswith("#") and _is_home(page.absolute(href[:1000]), page.url)
    return " ".join(words), in_header, leads_home


@lru_cache(maxsize=4_096)
def _is_home(target: str, url: str) -> bool:
    """True when an address is the home page of the host that ``url`` is on."""
    there, own = urlsplit(target), urlsplit(url)
    return there.path.lower() in _HOME_PATHS and not there.query and there.netloc == own.netloc


def _linked_icons(page: Page, known: dict[str, Resource]) -> Iterator[Mark]:
    for count, link in enumerate(page.tree.iter("link")):
        if count > 200:
            break
        rel = link.get("rel") or ""
        if not _ICON_REL.search(rel):
            continue
        place = MarkPlace.TOUCH_ICON if "touch" in rel.lower() else MarkPlace.FAVICON
        href = (link.get("href") or "").strip()
        if (body := _data_body(href)) is not None:
            yield Mark(place, body, page.url, sha256(body).hexdigest())
        elif href:
            yield from _fetched(place, page.absolute(href[:2000]), known)


def _manifest_icons(resource: Resource, known: dict[str, Resource]) -> Iterator[Mark]:
    try:
        manifest = json.loads(resource.body[:200_000])
    except (ValueError, RecursionError):
        return
    icons = manifest.get("icons") if isinstance(manifest, dict) else None
    for icon in (icons if isinstance(icons, list) else [])[:10]:
        source = icon.get("src") if isinstance(icon, dict) else None
        if isinstance(source, str):
            try:
                yield from _fetched(MarkPlace.TOUCH_ICON, urljoin(resource.url, source[:2000]), known)
            except ValueError:
                continue


def _fetched(place: MarkPlace, url: str, known: dict[str, Resource]) -> Iterator[Mark]:
    resource = known.get(_bare(url))
    if resource is not None and not resource.role.is_page and not is_foreign_mark(urlsplit(url).path.rsplit("/", 1)[-1]):
        yield Mark(place, resource.body, resource.url, resource.digest)


def _data_body(source: str) -> bytes | None:
    """The bytes of a data: URL of a picture; None for anything else or too large."""
    if not source.startswith("data:") or len(source) > _MAX_DATA or not (match := _DATA.match(source)):
        return None
    payload = source[match.end() :]
    if "base64" not in match.group(2).lower():
        return unquote_to_bytes(payload)
    try:
        return base64.b64decode(unquote_to_bytes(payload), validate=False)
    except (binascii.Error, ValueError):
        return None


def _bare(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.netloc}{parts.path or '/'}?{parts.query}"
