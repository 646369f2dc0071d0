"""A page as one row of tags with the text behind each, made at C speed, so that nobody walks the tree element by element.

The tree is written out as well-formed text and cut at every ``<``. Pages of a shop repeat their header, menu, cards and footer to
the letter, and so do shops of one theme: most pieces were seen before, and a piece is taken apart once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

__all__ = ["Tag", "tags_of", "text_within"]

#: Pieces and their characters that one process remembers; then it forgets them all and begins anew.
_KNOWN_PIECES = 50_000
_KNOWN_CHARS = 4_000_000
#: A longer piece is a text or a script of one page, and not remembered.
_REMEMBERED_CHARS = 2_000

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')
_NUMBERED = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_NONE: Mapping[str, str] = {}


class Tag:
    """One tag and what stands behind it up to the next one. Shared by all pages that have it: never changed.

    ``opens`` and ``closes`` are both true of an empty element, and both false of a comment. ``text`` is as written, so the text of
    an element where it opens and the tail of one where it closes; ``words`` is the same with white space collapsed.
    """

    __slots__ = ("attributes", "closes", "name", "opens", "text", "words")

    def __init__(self, piece: str) -> None:
        inside, _, text = piece.partition(">")
        self.text = _plain(text) if "&" in text else text
        self.words = " ".join(self.text.split())
        self.attributes = _NONE
        if inside[0] in "/!":
            self.opens, self.closes = False, inside[0] == "/"
            self.name = inside[1:]
            return
        self.opens, self.closes = True, inside[-1] == "/"
        self.name, _, rest = inside.partition(" ")
        if rest:
            found = dict(_ATTRIBUTE.findall(rest))
            self.attributes = {name: _plain(value) for name, value in found.items()} if "&" in rest else found
        elif self.closes:
            self.name = inside[:-1]


def tags_of(element: etree._Element) -> list[Tag]:
    """The tags of an element and of all that is in it, in document order; those of a comment are one tag without a name.

    The document must have no declaration: one of XHTML would have attributes added.
    """
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    if "<!--" in source:
        source = _COMMENT.sub("<!>", source)
    pieces = source.split("<")
    del pieces[0]
    if len(pieces) != source.count(">"):
        pieces = list(_mended(pieces))
    return _KNOWN.all(pieces)


def text_within(tags: Sequence[Tag], at: int) -> str:
    """All text of the element that opens at a place in the row, white space collapsed."""
    opened = tags[at]
    if opened.closes:
        return ""
    following = tags[at + 1]
    if following.closes and not following.opens:
        return opened.words
    pieces = [opened.text]
    depth = 1
    for place in range(at + 1, len(tags)):
        tag = tags[place]
        if tag.opens:
            depth += not tag.closes
        elif tag.closes:
            depth -= 1
            if not depth:
                break
        if tag.text:
            pieces.append(tag.text)
    return " ".join("".join(pieces).split())


def _mended(pieces: Iterable[str]) -> Iterator[str]:
    """The parser lets ``<`` into an element's name (``<pre<>``): what has no end goes on in the next piece."""
    begun = ""
    for piece in pieces:
        if ">" in piece:
            yield begun + piece
            begun = ""
        else:
            begun += f"{piece}<"


class _Known(dict[str, Tag]):
    """The pieces taken apart so far."""

    _chars = 0

    def all(self, pieces: Iterable[str]) -> list[Tag]:
        if len(self) > _KNOWN_PIECES or self._chars > _KNOWN_CHARS:
            self.clear()
            self._chars = 0
        return list(map(self.__getitem__, pieces))

    def __missing__(self, piece: str) -> Tag:
        made = Tag(piece)
        if len(piece) <= _REMEMBERED_CHARS:
            self[piece] = made
            self._chars += len(piece)
        return made


def _plain(escaped: str) -> str:
    """Text as it was before it was written out."""
    if "&" not in escaped:
        return escaped
    if "&#" in escaped:
        escaped = _NUMBERED.sub(_character, escaped)
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number) if number < 0x110000 else "\ufffd"


_KNOWN = _Known()
