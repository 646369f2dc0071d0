"""How the grammar of an identifier is written down.

A pattern names its account in the group ``id`` and, where the same number means another account on another server,
the server in the group ``host``. Every repetition is bounded, so a search stays linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from analysis.literals import occurrences, surroundings

__all__ = ["HOST", "UUID", "Grammar", "Pattern", "grammar"]

#: A quote as it stands in a script, in a JSON string inside a script, or in an attribute.
_Q = r"(?:\\{0,3}[\"']|&quot;|&#0?3[49];)"
_S = r"\s{0,20}"
#: A UUID, and a host name as the group ``host``.
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
HOST = r"(?P<host>(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})"

#: Characters that a match of most patterns spans at most, together with the one character it looks at beyond.
REACH: Final = 320
#: The parts that a pattern is written in.
_PART: Final = re.compile(
    r"\\(?P<escaped>[^\w\s])|\\\w|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<opens>\((?:\?(?:P<\w+>|[:=!]|<[=!]))?)"
    r"|(?P<closes>\))|(?P<either>\|)|(?P<plain>[^\\\[\](){}?*+|.^$])|."
)
#: An identifier without groups inside.
_IDENTIFIER: Final = re.compile(r"\(\?P<id>([^()]*)\)")
_REPEATED: Final = re.compile(r"(?:[?*+]|\{\d*,?\d*\})\??")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern with its ``anchor``: lower-case characters that every match of it contains; empty where it has none.

    ``reach`` is how far from its anchor a match can begin or end; where the anchor begins the identifier, ``identifier`` is
    the grammar of that alone.
    """

    pattern: re.Pattern[str]
    anchor: str
    reach: int
    identifier: re.Pattern[str] | None = None

    def pieces(self, text: str, lowered: str) -> Iterator[str]:
        """The pieces of ``text`` that hold its matches in order, each whole in one piece; ``lowered`` is ``text.lower()``."""
        if not self.anchor or len(lowered) != len(text):  # a few letters grow when lowered, and places differ
            yield text
            return
        places: Iterable[int] = occurrences(lowered, self.anchor)
        if self.identifier is not None:
            places = filter(partial(self.identifier.match, text), places)
        for start, end in surroundings(places, self.reach, len(text)):
            yield text[start:end]


@dataclass(frozen=True, slots=True)
class Grammar:
    """One identifier: ``word`` names its kind, ``means`` tells an analyst what both sites have.

    ``marks`` are strings of which one must stand in the text before any pattern is tried; one with a capital is
    looked for as written, the others in any case. ``fold`` says that letter case carries nothing; ``account`` finds
    what is compared, in its first group, when the identifier names a property below an account; ``per_host`` says
    that the same number is another account on another server.
    """

    word: str
    means: str
    marks: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    fold: bool = False
    account: re.Pattern[str] | None = None
    per_host: bool = False


def grammar(
    word: str,
    means: str,
    marks: str,
    *patterns: str,
    fold: bool = False,
    account: str | None = None,
    per_host: bool = False,
    reach: int = REACH,
) -> Grammar:
    """A row of the table; in patterns ``{Q}`` stands for any quote and ``{S}`` for optional white space."""
    compiled = tuple(_compiled(p.replace("{Q}", _Q).replace("{S}", _S), reach) for p in patterns)
    return Grammar(word, means, tuple(marks.split()), compiled, fold, re.compile(account, re.ASCII) if account else None, per_host)


def _compiled(pattern: str, reach: int) -> Pattern:
    flags = re.ASCII | re.IGNORECASE
    anchor = _anchor(pattern)
    identifier = _IDENTIFIER.search(pattern)
    begins = identifier is not None and identifier[1].lower().startswith(anchor)
    return Pattern(re.compile(pattern, flags), anchor, reach, re.compile(identifier[1], flags) if identifier and begins else None)


def _anchor(pattern: str) -> str:
    """The longest run of plain characters that every match of ``pattern`` contains, lower case; empty with a choice in it.

    Read from the pattern as written: what stands outside of groups or in a named one, which is never optional. A
    character that may be missing or repeated ends the run.
    """
    runs, run, depth, at = [""], "", 0, 0
    while part := _PART.match(pattern, at):
        repeated = _REPEATED.match(pattern, part.end())
        at = repeated.end() if repeated else part.end()
        if part["either"] and not depth:
            return ""
        if part["opens"] and (depth or not part["opens"].startswith("(?P<")):
            depth += 1
        elif part["closes"] and depth:
            depth -= 1
        letter = part["escaped"] or part["plain"]
        if letter and not depth and repeated is None:
            run += letter
        else:
            runs.append(run)
            run = ""
    return max([*runs, run], key=len).lower()
