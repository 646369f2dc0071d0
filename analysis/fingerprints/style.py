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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Final

from w3lib.encoding import html_to_unicode

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.once import OncePerDigest
from analysis.reading import Reading
from analysis.sightings import Sightings
from analysis.sketches import bands, bottom_k
from analysis.style_sheets import MAX_SHEET_CHARS, is_library_name, library_of, rules, without_comments
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What one sheet says: its digest without comments and white space, the library it is, and features with their numbers."""

    name: str
    characters: int
    library: str | None
    selectors: Mapping[str, int]
    blocks: Mapping[str, int]
    properties: Mapping[str, int]
    colours: Mapping[str, int]
    fonts: frozenset[str]


def _read(text: str) -> _Said:
    normal = "".join(without_comments(text).split())
    name = sha256(normal.encode("utf-8", "replace")).hexdigest()[:32]
    library = library_of(text) if len(normal) >= _SHORTEST_SHEET else None
    selectors: Counter[str] = Counter()
    blocks: Counter[str] = Counter()
    declared: Counter[str] = Counter()
    fonts: set[str] = set()
    for rule in rules(text) if library is None else ():
        if rule.selectors[0].startswith("@"):
            fonts.update(_families(rule.declarations))
            continue
        own = [selector for selector in rule.selectors if not is_library_name(selector)]
        if not own:
            continue
        selectors.update(own)
        fonts.update(_families(rule.declarations))
        declared.update(rule.declarations)
        if len(rule.declarations) >= 3:
            blocks[";".join(map(_uncoloured, rule.declarations))[:600]] += 1
    properties: Counter[str] = Counter()
    colours: Counter[str] = Counter()
    for declaration, times in declared.items():
        custom = _PROPERTY.match(declaration)
        if custom and not custom[1].startswith(_LIBRARY_PROPERTIES):
            properties[custom[1]] += times
        for colour in _HEX.findall(declaration) if "#" in declaration else ():
            colours[f"#{colour if len(colour) == 6 else ''.join(c + c for c in colour)}"] += times
    return _Said(name, len(normal), library, selectors, blocks, properties, colours, frozenset(fonts))


@lru_cache(maxsize=8_192)
def _uncoloured(declaration: str) -> str:
    return _COLOUR.sub("#", _URL.sub("url()", declaration))


def _families(declarations: tuple[str, ...]) -> Iterator[str]:
    for declaration in declarations:
        if declaration.startswith("font-family:"):
            yield from declaration[12:].replace("!important", "").split(",")[:6]


#: Sheets remembered; the largest one says a megabyte.
_SAID: OncePerDigest[_Said] = OncePerDigest(most=256)


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

    def read(self, sheet: str, url: str, digest: str, *, of_page: bool = False) -> None:
        text = sheet[:MAX_SHEET_CHARS]
        said = _SAID.read(sha256(text.encode("utf-8", "replace")).hexdigest() if of_page else digest, text, _read)
        if said.characters >= _SHORTEST_SHEET:
            shown = f"{said.library or 'own'} sheet, {said.characters} characters"
            self.seen.see("style.sheet", said.name, url, digest, shown, asset=True)
            if said.library:
                return
        self.place = self.place if self.place != ("", "") else (url, digest)
        for kind, features in zip(self.bags, (said.selectors, said.blocks, said.properties), strict=True):
            held = self.bags[kind]
            for feature, times in features.items():
                known = held.get(feature)
                held[feature] = (times, url, digest) if known is None else (known[0] + times, known[1], known[2])
        self.colours.update(said.colours)
        for family in said.fonts:
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
        sheets_in_page = islice((tag for tag in page.all_tags if tag.name == "style" and tag.opens), 20)
        inline = "\n".join("" if tag.closes else tag.text for tag in sheets_in_page)
        if inline.strip():
            styles.read(inline, page.url, page.digest, of_page=True)
        for link in islice((tag for tag in page.all_tags if tag.name == "link" and tag.opens), 60):
            if "fonts.g" in (href := link.attributes.get("href", "")) or "fonts.bunny" in href:
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
