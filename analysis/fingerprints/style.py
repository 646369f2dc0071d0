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
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from w3lib.encoding import html_to_unicode

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.reading import Reading
from analysis.sightings import Sightings
from analysis.sketches import bands, bottom_k
from analysis.style_sheets import MAX_SHEET_CHARS, Rule, is_library_name, library_of, rules, without_comments
from crawler.captures import Role

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
#: A normalised sheet below this many characters is a reset or a stub.
_SHORTEST_SHEET = 400
_BAND_SMALLEST = 30
_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^()]{0,60}+\)"
    r"|\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange|purple|pink|brown|silver|gold|navy|teal|maroon|transparent|currentcolor)\b"
)
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_URL = re.compile(r"url\([^()]{0,4000}+\)")
_PROPERTY = re.compile(r"^(--[a-z][\w-]{2,60})")
_FAMILY_LINK = re.compile(r"[?&]family=([^&\"'<>\s]{1,400})")
_COMMON_FONTS: Final = """
serif, sans-serif, monospace, cursive, fantasy, system-ui, inherit, initial, unset, arial, helvetica, verdana, tahoma,
georgia, times, courier, -apple-system, blinkmacsystemfont, consolas, menlo, monaco, ui-sans-serif, ui-serif,
ui-monospace, roboto, times new roman, courier new, segoe ui, helvetica neue, trebuchet ms, lucida grande, lucida sans,
arial black
"""
_GENERIC_FONTS = frozenset(name.strip() for name in _COMMON_FONTS.split(","))
_LIBRARY_PROPERTIES = (
    "--bs-",
    "--fa-",
    "--swiper-",
    "--wp-",
    "--tw-",
    "--bulma-",
    "--mdc-",
    "--wc-",
    "--global-",
    "--elementor",
    "--e-",
)


class _Styles:
    """What the sheets of one storefront say together."""

    def __init__(self) -> None:
        self.bags: dict[str, dict[str, tuple[int, str, str]]] = {
            "style.selector": {},
            "style.block": {},
            "style.custom_property": {},
        }
        self.seen = Sightings(limit=60)
        self.colours: Counter[str] = Counter()
        self.place = ("", "")

    def read(self, sheet: str, url: str, digest: str) -> None:
        text = sheet[:MAX_SHEET_CHARS]
        normal = "".join(without_comments(text).split())
        if len(normal) >= _SHORTEST_SHEET:
            library = library_of(text)
            name = sha256(normal.encode("utf-8", "replace")).hexdigest()[:32]
            self.seen.see("style.sheet", name, url, digest, f"{library or 'own'} sheet, {len(normal)} characters", asset=True)
            if library:
                return
        self.place = self.place if self.place != ("", "") else (url, digest)
        for rule in rules(text):
            self._rule(rule, url, digest)

    def _rule(self, rule: Rule, url: str, digest: str) -> None:
        if rule.selectors[0].startswith("@"):
            self._fonts(rule.declarations, url, digest)
            return
        own = [selector for selector in rule.selectors if not is_library_name(selector)]
        if not own:
            return
        for selector in own:
            self._add("style.selector", selector, url, digest)
        self._fonts(rule.declarations, url, digest)
        plain = []
        for declaration in rule.declarations:
            custom = _PROPERTY.match(declaration)
            if custom and not custom[1].startswith(_LIBRARY_PROPERTIES):
                self._add("style.custom_property", custom[1], url, digest)
            for colour in _HEX.findall(declaration):
                self.colours[f"#{colour if len(colour) == 6 else ''.join(c + c for c in colour)}"] += 1
            plain.append(_COLOUR.sub("#", _URL.sub("url()", declaration)))
        if len(plain) >= 3:
            self._add("style.block", ";".join(plain)[:600], url, digest)

    def _add(self, kind: str, feature: str, url: str, digest: str) -> None:
        held = self.bags[kind]
        count, *place = held.get(feature, (0, url, digest))
        held[feature] = (count + 1, place[0], place[1])

    def _fonts(self, declarations: tuple[str, ...], url: str, digest: str) -> None:
        for declaration in declarations:
            name, _, value = declaration.partition(":")
            if name == "font-family":
                for family in value.replace("!important", "").split(",")[:6]:
                    self.font(family, url, digest)

    def font(self, family: str, url: str, digest: str) -> None:
        plain = family.strip(" \"'\\").lower()[:60]
        if len(plain) > 2 and plain not in _GENERIC_FONTS and not plain.startswith(("var(", "-")) and plain[0].isalpha():
            self.seen.see("style.font", plain, url, digest, asset=True)


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of style, in order of kind and value."""
    styles = _Styles()
    sheets = list(reading.assets(Role.STYLE))[:_SHEETS]
    for resource in sheets:
        _, text = html_to_unicode(resource.header("content-type"), resource.body[: MAX_SHEET_CHARS * 2], default_encoding="utf8")
        styles.read(text, resource.url, resource.digest)
    for page in reading.readable[:_PAGES_WITH_STYLE]:
        inline = "\n".join(element.text or "" for element in list(page.tree.iter("style"))[:20])
        if inline.strip():
            styles.read(inline, page.url, page.digest)
        for link in list(page.tree.iter("link"))[:60]:
            if "fonts.g" in (href := link.get("href", "")) or "fonts.bunny" in href:
                for families in _FAMILY_LINK.findall(href[:2000]):
                    for family in families.replace("%7C", "|").split("|"):
                        styles.font(family.partition(":")[0].replace("+", " "), page.url, page.digest)
    for kind, features in sorted(styles.bags.items()):
        for value, feature, (count, url, digest) in bottom_k(features):
            yield Trace(kind, value, url, digest, feature[:160], float(count.bit_length()))
    blocks = styles.bags["style.block"]
    if len(blocks) >= _BAND_SMALLEST:
        for value in bands(blocks, count=8, rows=5):
            styles.seen.see("style.band", value, *styles.place, asset=True)
    if styles.colours:
        main = [colour for colour, _ in sorted(styles.colours.items(), key=lambda item: (-item[1], item[0]))[:8]]
        styles.seen.see("style.palette", " ".join(main), *styles.place, asset=True)
    yield from styles.seen.traces()
