"""Style sheets as rules: a bounded, linear reader, and which rules belong to a public library.

No grammar of values is needed to compare sheets, only where comments, strings and blocks end, so one pass over the text
does; a full CSS parser spends some hundred milliseconds on a common library sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["MAX_SHEET_CHARS", "Rule", "is_library_name", "library_of", "rules", "without_comments"]

#: Characters of one sheet that are read.
MAX_SHEET_CHARS = 500_000
_RULES = 8_000
_DEPTH = 8
_SELECTOR_CHARS = 300
_BLOCK_CHARS = 4_000

_MARKS = "{},:;>+~()!"
_STOPS = re.compile(r"""["'{};]""")
_QUOTED = {
    '"': re.compile(r'"(?:[^"\\\n]|\\.){0,200000}+"?', re.DOTALL),
    "'": re.compile(r"'(?:[^'\\\n]|\\.){0,200000}+'?", re.DOTALL),
}

#: Words of a sheet's first comment by which a public library names itself.
_LIBRARY_BANNERS: tuple[str, ...] = (
    "bootstrap v",
    "bootstrap reboot",
    "bootstrap grid",
    "bootstrap icons",
    "font awesome",
    "fontawesome",
    "owl carousel",
    "swiper ",
    "slicknav",
    "animate.css",
    "normalize.css",
    "jquery ui",
    "magnific popup",
    "magnific-popup",
    "nice select",
    "select2",
    "fancybox",
    "lightbox",
    "flexslider",
    "tailwindcss",
    "bulma",
    "foundation for sites",
    "materialize v",
    "ionicons",
    "material design iconic",
    "hover.css",
    "photoswipe",
    "flickity",
    "nouislider",
    "toastr",
    "sweetalert",
    "pure v",
    "uikit",
    "w3.css",
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One style rule: ``media`` is the at-rule it stands in (empty at the top), selectors and declarations are normalised."""

    media: str
    selectors: tuple[str, ...]
    declarations: tuple[str, ...]


def without_comments(sheet: str) -> str:
    """The sheet without ``/* */``; strings that contain ``/*`` are rare enough to lose."""
    kept = []
    position = 0
    while (start := sheet.find("/*", position)) >= 0:
        kept.append(sheet[position:start])
        end = sheet.find("*/", start + 2)
        if end < 0:
            return "".join(kept)
        position = end + 2
    kept.append(sheet[position:])
    return "".join(kept)


def rules(sheet: str) -> Iterator[Rule]:
    """Style rules of a sheet in order, minified or not; broken ones are skipped."""
    text = _tidy(without_comments(sheet[:MAX_SHEET_CHARS]))
    around: list[str] = []
    given = 0
    prelude_at = position = 0
    while stop := _STOPS.search(text, position):
        mark = stop.group()
        position = stop.end()
        if mark in _QUOTED:
            quoted = _QUOTED[mark].match(text, stop.start())
            position = max(position, quoted.end() if quoted else position)
        elif mark == ";":
            prelude_at = position
        elif mark == "}":
            if around:
                around.pop()
            prelude_at = position
        else:
            prelude = text[prelude_at : stop.start()][: _SELECTOR_CHARS * 8].strip()
            if prelude.startswith("@") and not prelude.startswith(("@font-face", "@page")):
                if len(around) >= _DEPTH:
                    return
                around.append(prelude[:_SELECTOR_CHARS])
                prelude_at = position
                continue
            end = _block_end(text, position)
            block = text[position:end][:_BLOCK_CHARS]
            position = prelude_at = end + 1
            selectors = tuple(s[:_SELECTOR_CHARS] for s in prelude.split(",")[:40] if s)
            declarations = tuple(sorted({part.strip() for part in block.lower().split(";") if ":" in part}))
            if selectors and declarations and not any(a.startswith(("@keyframes", "@-")) for a in around):
                yield Rule(" ".join(around), selectors, declarations)
                given += 1
                if given == _RULES:
                    return


def _block_end(text: str, position: int) -> int:
    """Where the block that begins at ``position`` closes; nested blocks are left to the caller's next turn."""
    while stop := _STOPS.search(text, position):
        mark = stop.group()
        if mark in _QUOTED:
            quoted = _QUOTED[mark].match(text, stop.start())
            position = max(stop.end(), quoted.end() if quoted else stop.end())
        elif mark == ";":
            position = stop.end()
        else:
            return stop.start()
    return len(text)


def _tidy(text: str) -> str:
    """White space made one space, and none around marks; done once over a whole sheet, since rule by rule is slow."""
    text = " ".join(text.split())
    for mark in _MARKS:
        text = text.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return text


def library_of(sheet: str) -> str | None:
    """The banner word of the public library that a sheet is, by its first comment; None for a sheet of its own."""
    head = sheet[:600].lower()
    if "/*" not in head[:200]:
        return None
    banner = head[head.index("/*") :].partition("*/")[0]
    return next((name.strip() for name in _LIBRARY_BANNERS if name in banner), None)


def is_library_name(selector: str) -> bool:
    """True when the first class of a selector begins with a public library's word."""
    first = _FIRST_CLASS.search(selector)
    return first is not None and first[1].lower() in _LIBRARY_NAMES
