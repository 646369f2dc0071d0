"""Where a storefront shows its own mark: icons, header, markup; and which pictures are other people's marks."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from itertools import chain, compress, islice
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from analysis.goods.product_markup import json_ld_nodes
from analysis.imagery.inline_svg import standalone_svg
from analysis.imagery.mark_signs import (
    IS_FOREIGN,
    PICTURE,
    SIGN,
    Sign,
    calls_itself,
    is_foreign_mark,
    is_home,
    pictures_within,
    surroundings,
)
from analysis.once import once_each
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.page.tags import Tag
from crawler.captures import Resource, Role

__all__ = ["Mark", "MarkPlace", "is_foreign_mark", "marks_of", "resources_by_url"]

_MAX_MARKS = 14
_MAX_PAGES = 8
_MAX_DATA = 200_000
_MAX_IMAGES = 400

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


@once_each
def resources_by_url(reading: Reading) -> dict[str, Resource]:
    """What was fetched with 200, by URL without scheme and fragment: pages mix http and https."""
    return {_bare(resource.url): resource for resource in reading.capture.resources if resource.status == 200 and resource.body}


def marks_of(reading: Reading) -> tuple[Mark, ...]:
    """The storefront's marks, surest first, each picture once, at most fourteen."""
    found: dict[str, Mark] = {}
    for mark in chain(_on_pages(reading), _files(reading)):
        better = found.get(mark.digest)
        if better is None or (mark.place, mark.url) < (better.place, better.url):
            found[mark.digest] = mark
    ordered = sorted(found.values(), key=lambda mark: (mark.place, mark.url, mark.digest))
    kept = [mark for mark in ordered if mark.place <= MarkPlace.HEADER][:8]
    return (*kept, *[mark for mark in ordered if mark.place > MarkPlace.HEADER][: _MAX_MARKS - len(kept)])


def _on_pages(reading: Reading) -> Iterator[Mark]:
    shown = _Shown(resources_by_url(reading))
    declared: set[Tag] = set()
    pages = sorted(reading.readable, key=lambda page: (page.role is not Role.HOME, page.url))[:_MAX_PAGES]
    pages.sort(key=lambda page: (page.url, page.digest))
    last = pages[-1].url if pages else ""
    signs = {
        tag: sign for page, fresh in reading.fresh if page.url <= last for tag in fresh if tag.opens and (sign := SIGN[tag.head])
    }
    for page in pages:
        tags = page.all_tags
        pictures: set[int] = set()
        for at in compress(range(len(tags)), map(signs.__contains__, tags)):
            sign = signs[tags[at]]
            if sign is Sign.PICTURE:
                pictures.add(at)
            elif sign is Sign.ICON:
                yield from _linked_icon(page, tags[at].attributes, shown)
            elif sign is not Sign.DECLARED:
                pictures.update(pictures_within(tags, at, sign))
            elif tags[at].name == "meta":
                yield from shown.fetched(MarkPlace.DECLARED, page.absolute(tags[at].attributes.get("content", "")[:2000]))
            elif "logo" in tags[at].text and tags[at] not in declared:
                declared.add(tags[at])
                yield from _declared(page, shown)
        yield from _in_header(page, [at for at in sorted(pictures)[:_MAX_IMAGES] if tags[at] not in shown.marks], shown)


def _files(reading: Reading) -> Iterator[Mark]:
    """Icons that no page need name."""
    shown = _Shown(resources_by_url(reading))
    for resource in reading.assets(Role.MANIFEST):
        yield from _manifest_icons(resource, shown)
    for resource in reading.assets(Role.ICON):
        path = urlsplit(resource.url).path.lower()
        if path.endswith(("/favicon.ico", "/favicon.png", "/favicon.svg")):
            yield Mark(MarkPlace.FAVICON, resource.body, resource.url, resource.digest)
        elif "apple-touch-icon" in path:
            yield Mark(MarkPlace.TOUCH_ICON, resource.body, resource.url, resource.digest)


class _Shown:
    """What the pages of one storefront show of its files; each address is looked up once.

    ``marks`` are the pictures that were found to be marks on a page before: one that is need not be asked again.
    """

    def __init__(self, known: dict[str, Resource]) -> None:
        self._known = known
        self._fetched: dict[tuple[MarkPlace, str], tuple[Mark, ...]] = {}
        self.marks: set[Tag] = set()

    def fetched(self, place: MarkPlace, url: str) -> tuple[Mark, ...]:
        """The mark behind an address, if there is one."""
        if (place, url) not in self._fetched:
            resource = self._known.get(_bare(url))
            is_mark = (
                resource is not None and not resource.role.is_page and not is_foreign_mark(urlsplit(url).path.rsplit("/", 1)[-1])
            )
            self._fetched[place, url] = (Mark(place, resource.body, resource.url, resource.digest),) if resource and is_mark else ()
        return self._fetched[place, url]


def _declared(page: Page, shown: _Shown) -> Iterator[Mark]:
    for node in json_ld_nodes(page):
        kinds = node.get("@type")
        words = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
        logo = node.get("logo")
        if logo and re.search(r"Organization|Store|Brand|LocalBusiness|WebSite|Corporation", words):
            url = logo.get("url") or logo.get("contentUrl") if isinstance(logo, dict) else logo
            if isinstance(url, str):
                yield from shown.fetched(MarkPlace.DECLARED, page.absolute(url[:2000]))


def _in_header(page: Page, places: list[int], shown: _Shown) -> Iterator[Mark]:
    """Of the pictures at some places of a page, those that call themselves a logo, and those in a header that lead home."""
    loose: list[int] = []
    tags = page.all_tags
    for at in places:
        head = tags[at].head
        if IS_FOREIGN[head]:
            continue
        picture = PICTURE[head]
        words, in_header, links = surroundings(tags, at)
        leads_home = any(is_home(page.absolute(link[:1000]), page.url) for link in links)
        if not ((in_header and leads_home) or calls_itself(f"{picture.name} {picture.own} {words}"[:_WORDS_KEPT])):
            continue
        if in_header or leads_home:
            yield from _picture(page, at, shown)
        elif not is_foreign_mark(words):
            loose.append(at)
    if len(loose) <= 4:  # more are a wall of brands
        for at in loose:
            yield from _picture(page, at, shown)


#: Characters of a picture's names and classes that are looked at.
_WORDS_KEPT = 2_000


def _picture(page: Page, at: int, shown: _Shown) -> Iterator[Mark]:
    tag = page.all_tags[at]
    source = PICTURE[tag.head].source
    if tag.name == "svg":
        before = sum(tag.name == "svg" and tag.opens for tag in page.all_tags[:at])
        if drawn := standalone_svg(next(islice(page.tree.iter("svg"), before, None)), page.tree):
            yield Mark(MarkPlace.HEADER, drawn, page.url, sha256(drawn).hexdigest())
        return
    shown.marks.add(tag)
    if (body := _data_body(source)) is not None:
        yield Mark(MarkPlace.HEADER, body, page.url, sha256(body).hexdigest())
    elif source:
        yield from shown.fetched(MarkPlace.HEADER, page.absolute(source[:2000]))


def _linked_icon(page: Page, attributes: Mapping[str, str], shown: _Shown) -> Iterator[Mark]:
    place = MarkPlace.TOUCH_ICON if "touch" in attributes.get("rel", "").lower() else MarkPlace.FAVICON
    href = attributes.get("href", "").strip()
    if (body := _data_body(href)) is not None:
        yield Mark(place, body, page.url, sha256(body).hexdigest())
    elif href:
        yield from shown.fetched(place, page.absolute(href[:2000]))


def _manifest_icons(resource: Resource, shown: _Shown) -> Iterator[Mark]:
    try:
        manifest = json.loads(resource.body[:200_000])
    except (ValueError, RecursionError):
        return
    icons = manifest.get("icons") if isinstance(manifest, dict) else None
    for icon in (icons if isinstance(icons, list) else [])[:10]:
        source = icon.get("src") if isinstance(icon, dict) else None
        if isinstance(source, str):
            try:
                yield from shown.fetched(MarkPlace.TOUCH_ICON, urljoin(resource.url, source[:2000]))
            except ValueError:
                continue


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
    """Host, path and query of an address."""
    scheme, _, rest = url.partition("#")[0].partition("://")
    if scheme not in ("http", "https"):
        return url
    path, _, query = rest.partition("?")
    return f"{path}?{query}" if "/" in path else f"{path}/?{query}"
