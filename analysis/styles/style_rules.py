"""One style rule as written, and what it says: selectors of its own, its block without colours, variables, colours, fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from analysis.once import Answers

__all__ = ["Rule", "font_name", "is_library_name", "rule_of", "tidy"]

_SELECTORS = 40
_SELECTOR_CHARS = 300
_PRELUDE_CHARS = 2_400
_BLOCK_CHARS = 4_000
_SHORTEST_BLOCK = 3
_TOLD_OF_BLOCK = 600
#: Declarations remembered, and the longest of them in characters.
_KEPT = 16_384
_LONGEST = 200

_MARKS = ",:>+~()!"
_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^()]{0,60}+\)"
    r"|\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange|purple|pink|brown|silver|gold|navy|teal|maroon|transparent|currentcolor)\b"
)
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_URL = re.compile(r"url\([^()]{0,4000}+\)")
_PROPERTY = re.compile(r"--[a-z][\w-]{2,60}")
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
#: The first part of class names that public libraries give.
_LIBRARY_WORDS: Final = """
fa fas far fab fal glyphicon icon bi ti ion ionicon flaticon zmdi mdi material lni pe arrow social owl slick swiper flex
flexslider mfp fancybox lightbox nice slicknav ui select2 noui bx nivo tns flickity glide splide pswp carousel navbar
nav dropdown btn col row container modal tooltip popover form input list card badge alert progress pagination breadcrumb
media jumbotron accordion offcanvas spinner toast table img embed close collapse collapsing fade show d float text bg
border rounded shadow m mt mb ml mr mx my ms me p pt pb pl pr px py ps pe w h mw mh vw vh align justify order offset g
gx gy sr visually sticky fixed position invisible visible overflow font small lead h1 h2 h3 h4 h5 h6 display blockquote
pre caret thumbnail well panel label hidden pull clearfix center help has disabled animated animate wow wp woocommerce
aligncenter alignleft alignright bs
"""
_LIBRARY_NAMES = frozenset(_LIBRARY_WORDS.split())
_FIRST_CLASS = re.compile(r"[.#]([A-Za-z]+)")


class Rule(NamedTuple):
    """What one rule says; most rules have a selector and a block, and nothing else."""

    selectors: tuple[str, ...]
    blocks: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()


def rule_of(prelude: str, block: str) -> Rule | None:
    """The rule of a tidy prelude and a block as written; None where it declares nothing or is named after a public library.

    Of an at-rule with declarations (``@font-face``) only the fonts are told.
    """
    if len(block) > _BLOCK_CHARS:
        block = ";".join(map(tidy, block.split(";")))[:_BLOCK_CHARS]
    distinct = set(map(_DECLARATIONS.__getitem__, block.split(";")))
    distinct.discard("")
    if not distinct or not prelude:
        return None
    declarations = sorted(distinct)
    written = ";".join(declarations)
    fonts = tuple(_families(declarations)) if "font-family:" in written else ()
    if prelude[0] == "@":
        return Rule((), fonts=fonts)
    if "," in prelude or len(prelude) > _SELECTOR_CHARS:
        parts = prelude[:_PRELUDE_CHARS].split(",")[:_SELECTORS]
        selectors = tuple([part[:_SELECTOR_CHARS] for part in parts if part and not is_library_name(part[:_SELECTOR_CHARS])])
    else:
        selectors = () if is_library_name(prelude) else (prelude,)
    if not selectors:
        return None
    return Rule(
        selectors,
        (";".join(map(_UNCOLOURED.__getitem__, declarations))[:_TOLD_OF_BLOCK],) if len(declarations) >= _SHORTEST_BLOCK else (),
        tuple(_properties(declarations)) if "--" in written else (),
        tuple(_colours(written)) if "#" in written else (),
        fonts,
    )


def is_library_name(selector: str) -> bool:
    """True when the first class of a selector begins with a public library's word."""
    first = _FIRST_CLASS.search(selector)
    return first is not None and first[1].lower() in _LIBRARY_NAMES


def font_name(written: str) -> str:
    """A font family as it is compared; empty for those that every system has."""
    plain = written.strip(" \"'\\").lower()[:60]
    own = len(plain) > 2 and plain not in _GENERIC_FONTS and not plain.startswith(("var(", "-")) and plain[0].isalpha()
    return plain if own else ""


def tidy(text: str) -> str:
    """White space made one space, none at the ends and none around marks."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    text = " ".join(words)
    for mark in _MARKS:
        if mark in text:
            text = text.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return text


def _declaration(written: str) -> str:
    return tidy(written.lower()) if ":" in written else ""


def _uncoloured(declaration: str) -> str:
    if "url(" in declaration:
        declaration = _URL.sub("url()", declaration)
    return _COLOUR.sub("#", declaration)


def _properties(declarations: Iterable[str]) -> Iterator[str]:
    for declaration in declarations:
        found = _PROPERTY.match(declaration)
        if found and not declaration.startswith(_LIBRARY_PROPERTIES):
            yield found[0]


def _colours(written: str) -> Iterator[str]:
    for colour in _HEX.findall(written):
        yield f"#{colour if len(colour) == 6 else ''.join(c + c for c in colour)}"


def _families(declarations: Iterable[str]) -> Iterator[str]:
    for declaration in declarations:
        if declaration.startswith("font-family:"):
            yield from filter(None, map(font_name, declaration[12:].replace("!important", "").split(",")[:6]))


_DECLARATIONS = Answers(_declaration, most=_KEPT, longest=_LONGEST)
_UNCOLOURED = Answers(_uncoloured, most=_KEPT, longest=_LONGEST)
