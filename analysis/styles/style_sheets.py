"""Style sheets as rules: a bounded, linear reader, and which rules belong to a public library.

No grammar of values is needed to compare sheets, only where comments, strings and blocks end. A sheet is cut at every ``}``;
themes, their children and their releases share most of their rules to the letter, so a piece is taken apart once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from analysis.once import Answers
from analysis.styles.style_rules import Rule, rule_of, tidy

__all__ = ["MAX_SHEET_CHARS", "library_of", "rules", "without_comments", "without_space"]

#: Characters of one sheet that are read.
MAX_SHEET_CHARS = 500_000
_RULES = 8_000
_DEPTH = 8
#: Pieces that one process remembers, and the longest of them in characters.
_PIECES_KEPT = 16_384
_LONGEST_PIECE = 1_000

_SPACE = b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
#: A quoted string, to its end or to the end of the text; the group says that it was closed.
_STRING = re.compile(r""""[^"\\]*+(?:\\.[^"\\]*+)*+(")?|'[^'\\]*+(?:\\.[^'\\]*+)*+(')?""", re.DOTALL)
#: At-rules that have declarations of their own.
_DECLARING = ("@font-face", "@page")
#: At-rules whose rules are steps of a movement, or of one browser.
_SKIPPED = ("@keyframes", "@-")

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


class _Piece(NamedTuple):
    """What stands between two closing braces and is not just a rule.

    ``steps`` are its rules and, as booleans, the at-rules that open in it: True for those whose rules are skipped. ``closes``: the
    brace behind it closes an at-rule. ``is_cut``: the brace stands in a string.
    """

    steps: tuple[Rule | bool, ...]
    closes: bool
    is_cut: bool


def without_comments(sheet: str) -> str:
    """The sheet without ``/* */``; strings that contain ``/*`` are rare enough to lose."""
    first, *commented = sheet.split("/*")
    return "".join([first, *(piece.partition("*/")[2] for piece in commented)]) if commented else sheet


def without_space(text: str) -> tuple[bytes, int]:
    """A text as UTF-8 without white space, and its length in characters."""
    if text.isascii():
        normal = text.encode().translate(None, _SPACE)
        return normal, len(normal)
    words = "".join(text.split())
    return words.encode("utf-8", "replace"), len(words)


def rules(sheet: str) -> list[Rule]:
    """Style rules of a sheet without comments, in order, minified or not; broken ones are skipped."""
    found = _in_order(map(_PIECES.__getitem__, sheet.split("}")))
    if found is None:
        found = _in_order(map(_PIECES.__getitem__, _split(sheet, _masked(sheet)[0], "}")), are_whole=True)
    return (found or [])[:_RULES]


def _in_order(pieces: Iterable[Rule | _Piece], *, are_whole: bool = False) -> list[Rule] | None:
    """The rules of pieces in a row, those of skipped at-rules left out; None where a string was cut and pieces are not whole."""
    found: list[Rule] = []
    around: list[bool] = []
    for piece in pieces:
        if isinstance(piece, Rule):
            if True not in around:
                found.append(piece)
            continue
        if piece.is_cut and not are_whole:
            return None
        for step in piece.steps:
            if isinstance(step, Rule):
                if True not in around:
                    found.append(step)
            elif len(around) < _DEPTH:
                around.append(step)
            else:
                return found
        if piece.closes and around:
            around.pop()
    return found


def _taken_apart(piece: str) -> Rule | _Piece:
    prelude, _, block = piece.partition("{")
    if "{" in block or ";" in prelude or "@" in prelude or not _has_plain_strings(piece):
        return _nested(piece)
    if not block:
        return _Piece((), "{" not in piece, is_cut=False)
    return rule_of(tidy(prelude), block) or _NO_RULE


def _has_plain_strings(piece: str) -> bool:
    """True when all strings of a piece are surely closed: one kind of quotes, an even number, none escaped."""
    double, single = piece.count('"'), piece.count("'")
    if not double and not single:
        return True
    return not (double and single) and (double + single) % 2 == 0 and '\\"' not in piece and "\\'" not in piece


def _nested(piece: str) -> Rule | _Piece:
    """A piece in which more than one block opens, or an at-rule, or which has a string."""
    masked, is_cut = _masked(piece)
    parts = _split(piece, masked, "{")
    steps: list[Rule | bool] = []
    at, last = 0, len(parts) - 1
    while at < last and len(steps) < _RULES:
        prelude = parts[at]
        if ";" in prelude:
            prelude = _split(prelude, _masked(prelude)[0], ";")[-1]
        prelude = tidy(prelude)
        if prelude.startswith("@") and not prelude.startswith(_DECLARING):
            steps.append(prelude.startswith(_SKIPPED))
            at += 1
            continue
        if rule := rule_of(prelude, parts[at + 1]):
            steps.append(rule)
        at += 2  # a block in a block ends it; what opened there is read on as if it stood outside
    return _Piece(tuple(steps), at <= last, is_cut)


def _split(text: str, masked: str, mark: str) -> list[str]:
    """``text`` cut where ``masked``, of the same length, has a mark."""
    pieces = masked.split(mark)
    if text is masked:
        return pieces
    ends = accumulate((len(piece) + 1 for piece in pieces), initial=0)
    return [text[start : end - 1] for start, end in pairwise(ends)]


def _masked(text: str) -> tuple[str, bool]:
    """The text with its strings blotted out, as long as before; whether the last of them is not closed."""
    kept: list[str] = []
    at = 0
    is_open = False
    for found in _STRING.finditer(text):
        start, end = found.span()
        kept += (text[at:start], "_" * (end - start))
        at = end
        is_open = found.lastindex is None
    kept.append(text[at:])
    return "".join(kept), is_open


_NO_RULE = _Piece((), closes=False, is_cut=False)
_PIECES = Answers(_taken_apart, most=_PIECES_KEPT, longest=_LONGEST_PIECE)


def library_of(sheet: str) -> str | None:
    """The banner word of the public library that a sheet is, by its first comment; None for a sheet of its own."""
    head = sheet[:600].lower()
    if "/*" not in head[:200]:
        return None
    banner = head[head.index("/*") :].partition("*/")[0]
    return next((name.strip() for name in _LIBRARY_BANNERS if name in banner), None)
