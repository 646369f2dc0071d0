"""Style: what the shop's own style sheets say.

Takes, from every style sheet archived for the storefront and from ``<style>`` elements: a digest of each whole sheet
with comments and white space removed, selectors, blocks of declarations without their colours and without their
selectors, font families, names of custom properties, and the palette. Sheets that name themselves as a public library,
and rules named after one, stay out of the bags; whole library sheets keep their digest, whose commonness tells what it
is worth.

Keys: ``style.sheet`` and ``style.band`` (nearly the same blocks of declarations).

Compares: bags by weighted overlap. Renaming classes empties ``style.selector`` and leaves ``style.block``; recolouring
changes neither, for colours only make the palette, which is shown and never compared: another palette says nothing
against one hand.

Class A throughout.

What fools it: a theme's style sheet is its author's; one page builder writes the same blocks for everybody; a
preprocessor that merges rules re-cuts the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice

from w3lib.encoding import html_to_unicode

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.page.tags import ByHead, Head
from analysis.sightings import Sightings
from analysis.styles.sheet_features import BAGS, SHORTEST_SHEET, Sheet, read_sheet, together
from analysis.styles.style_rules import font_name
from analysis.styles.style_sheets import MAX_SHEET_CHARS
from crawler.captures import Resource, Role

__all__ = ["KINDS", "take"]


def _kind(word: str, mode: Mode, means: str, *, key: bool = False) -> Kind:
    return Kind(f"style.{word}", Family.TEMPLATE, EvidenceClass.COPYABLE, mode, means, key)


KINDS: tuple[Kind, ...] = (
    _kind("sheet", Mode.VALUE, "the same style sheet, comments and white space aside", key=True),
    _kind("band", Mode.VALUE, "nearly the same style rules", key=True),
    _kind("selector", Mode.BAG, "the same style selectors"),
    _kind("block", Mode.BAG, "the same blocks of style declarations, colours aside"),
    _kind("custom_property", Mode.BAG, "the same names of style variables"),
    _kind("font", Mode.VALUE, "the same typeface"),
    _kind("palette", Mode.NOTE, "colours"),
)

_SHEETS = 40
_PAGES_WITH_STYLE = 3
_STYLES_OF_PAGE = 20
_LINKS_OF_PAGE = 60
_FAMILY_LINK = re.compile(r"[?&]family=([^&\"'<>\s]{1,400})")


class _Styles:
    """The sheets of one storefront, each with the place where it was seen."""

    def __init__(self) -> None:
        self.seen = Sightings(limit=60)
        self.sheets: list[Sheet] = []
        self.places: list[tuple[str, str]] = []

    def add(self, sheet: Sheet, url: str, digest: str) -> None:
        if sheet.characters >= SHORTEST_SHEET:
            shown = f"{sheet.library or 'own'} sheet, {sheet.characters} characters"
            self.seen.see("style.sheet", sheet.name, url, digest, shown, asset=True)
        if sheet.library is None:
            self.sheets.append(sheet)
            self.places.append((url, digest))
            for font in sheet.fonts:
                self.font(font, url, digest)

    def font(self, name: str, url: str, digest: str) -> None:
        self.seen.see("style.font", name, url, digest, asset=True)


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of style, in order of kind and value."""
    styles = _Styles()
    for resource in islice(reading.assets(Role.STYLE), _SHEETS):
        styles.add(_SHEETS_READ.of_file(resource), resource.url, resource.digest)
    for page in reading.readable[:_PAGES_WITH_STYLE]:
        _of_page(page, styles)
    if styles.sheets:
        said = together(tuple(styles.sheets))
        for word, rows in zip(BAGS, said.bags, strict=True):
            kind = f"style.{word}"
            for value, shown, times, number in rows:
                url, digest = styles.places[number]
                yield Trace(kind, value, url, digest, shown, float(times.bit_length()))
        for band in said.bands:
            styles.seen.see("style.band", band, *styles.places[0], asset=True)
        styles.seen.see("style.palette", said.palette, *styles.places[0], asset=True)
    yield from styles.seen.traces()


def _of_page(page: Page, styles: _Styles) -> None:
    elements = islice(page.named("style"), _STYLES_OF_PAGE)
    inline = "\n".join("" if tag.closes else tag.text for tag in elements)
    if inline.strip():
        styles.add(_SHEETS_READ.of_text(inline), page.url, page.digest)
    for link in islice(page.named("link"), _LINKS_OF_PAGE):
        for font in _linked_fonts[link.head]:
            styles.font(font, page.url, page.digest)


@ByHead
def _linked_fonts(head: Head) -> tuple[str, ...]:
    """The font families that a link to a font service asks for."""
    href = head.attributes.get("href", "")
    if "fonts.g" not in href and "fonts.bunny" not in href:
        return ()
    asked = "|".join(_FAMILY_LINK.findall(href[:2000])).replace("%7C", "|").split("|")
    return tuple(filter(None, (font_name(family.partition(":")[0].replace("+", " ")) for family in asked)))


class _SheetsRead:
    """The sheets read in this process, by what they were decoded from; when it is full, all are forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[tuple[str, str | None], Sheet] = {}

    def of_file(self, resource: Resource) -> Sheet:
        declared = resource.header("content-type")
        known = self._known.get((resource.digest, declared))
        if known is not None:
            return known
        _, text = html_to_unicode(declared, resource.body[: MAX_SHEET_CHARS * 2], default_encoding="utf8")
        return self._keep((resource.digest, declared), text)

    def of_text(self, text: str) -> Sheet:
        key = (f"text {sha256(text.encode('utf-8', 'replace')).hexdigest()}", None)
        return self._known.get(key) or self._keep(key, text)

    def _keep(self, key: tuple[str, str | None], text: str) -> Sheet:
        if len(self._known) >= self._most:
            self._known.clear()
        sheet = self._known[key] = read_sheet(text[:MAX_SHEET_CHARS])
        return sheet


#: Sheets remembered; the largest one says some hundred kilobytes.
_SHEETS_READ = _SheetsRead(most=256)
