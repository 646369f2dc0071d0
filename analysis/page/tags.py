"""A page as one row of tags with the text behind each, made at C speed, so that nobody walks the tree element by element.

The tree is written out as well-formed text (``analysis.page.runs``) and cut at every ``<``. Pages of a shop repeat their header,
menu, cards and footer to the letter, and so do shops of one theme: most pieces were seen before, and a piece is taken apart once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

__all__ = ["ByHead", "Head", "Tag", "end_of", "tags_in", "text_within", "written_within"]

#: Pieces and their characters that one process remembers; then it forgets them all and begins anew.
_KNOWN_PIECES = 50_000
_KNOWN_CHARS = 4_000_000
_KNOWN_HEADS = 8_192
#: A longer piece is a text or a script of one page, and not remembered.
_REMEMBERED_CHARS = 2_000

_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')
_NUMBERED = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_NONE: Mapping[str, str] = {}
Answer = TypeVar("Answer")


class Head:
    """A tag as written: name and attributes. One object for all tags of a process that are written alike, as long as it is kept.

    ``is_bare``: it has no attributes.
    """

    __slots__ = ("attributes", "closes", "is_bare", "is_kept", "markup", "name", "opens")
    attributes: Mapping[str, str]

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.is_kept = len(markup) <= _REMEMBERED_CHARS
        self.is_bare = '="' not in markup
        if not markup:  # a "<" that opens nothing: within a comment that was cut, before that is found out
            name, self.opens, self.closes = "", False, False
        elif markup[0] == "/":
            name, self.opens, self.closes = markup[1:], False, True
        elif markup[0] == "!":
            name, self.opens, self.closes = "", False, False
        else:
            self.opens, self.closes = True, markup[-1] == "/"
            name = markup.rstrip("/") if self.is_bare else markup.partition(" ")[0]
        self.name = _plain(name) if "&" in name else name

    @property
    def comment(self) -> str:
        """What a comment says; empty for a tag."""
        return "" if self.opens or self.closes else _plain(self.markup[1:])

    def __getattr__(self, name: str) -> Mapping[str, str]:
        """The attributes, taken apart when somebody first asks: a slot that was never set is looked for here."""
        if name != "attributes":
            raise AttributeError(name)
        found = _NONE if self.is_bare else dict(_ATTRIBUTE.findall(self.markup.partition(" ")[2]))
        if "&" in self.markup:
            found = {_plain(key): _plain(value) for key, value in found.items()}
        self.attributes = found
        return found


class Tag:
    """One tag and what stands behind it up to the next one. Shared by all pages that have it: never changed.

    ``opens`` and ``closes`` are both true of an empty element, and both false of a comment. ``text`` is as written, so the text of
    an element where it opens and the tail of one where it closes; ``words`` is the same with white space collapsed.
    """

    __slots__ = ("closes", "head", "name", "opens", "text", "words")

    def __init__(self, head: Head, text: str) -> None:
        self.head = head
        self.name = head.name
        self.opens = head.opens
        self.closes = head.closes
        if not text or text.isspace():
            self.text, self.words = text, ""
        else:
            self.text = text = _plain(text) if "&" in text else text
            self.words = " ".join(text.split())

    @property
    def attributes(self) -> Mapping[str, str]:
        """Attributes by name, in order; empty where nothing opens."""
        return self.head.attributes


class ByHead(dict[Head, Answer]):
    """Answers of a pure function of name and attributes, worked out once for all tags written alike: ``answers[tag.head]``."""

    def __init__(self, function: Callable[[Head], Answer]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, head: Head) -> Answer:
        answer = self._function(head)
        if head.is_kept:
            if len(self) >= _KNOWN_HEADS:
                self.clear()
            self[head] = answer
        return answer


def tags_in(pieces: Iterable[str]) -> list[Tag]:
    """A tag of each piece of well-formed text that was cut at every ``<``; a comment is a piece that begins with ``!``."""
    return _KNOWN.all(pieces)


def end_of(tags: Sequence[Tag], at: int) -> int:
    """Where the element that opens at a place in the row is over: the place behind its last tag."""
    if tags[at].closes:
        return at + 1
    depth = 1
    for place in range(at + 1, len(tags)):
        tag = tags[place]
        if tag.opens:
            depth += not tag.closes
        elif tag.closes:
            depth -= 1
            if not depth:
                return place + 1
    return len(tags)


def text_within(tags: Sequence[Tag], at: int) -> str:
    """All text of the element that opens at a place in the row, white space collapsed."""
    opened = tags[at]
    if opened.closes:
        return ""
    following = tags[at + 1]
    if following.closes and not following.opens:
        return opened.words
    return " ".join(written_within(tags, at).split())


def written_within(tags: Sequence[Tag], at: int) -> str:
    """All text of the element that opens at a place in the row, as written."""
    opened = tags[at]
    if opened.closes:
        return ""
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
    return "".join(pieces)


class _Known(dict[str, Tag]):
    """The pieces taken apart so far."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: dict[str, Head] = {}
        self._chars = 0

    def all(self, pieces: Iterable[str]) -> list[Tag]:
        if len(self) > _KNOWN_PIECES or self._chars > _KNOWN_CHARS:
            self.clear()
            self._heads.clear()
            self._chars = 0
        return list(map(self.__getitem__, pieces))

    def __missing__(self, piece: str) -> Tag:
        markup, _, text = piece.partition(">")
        head = self._heads.get(markup)
        if head is None:
            head = Head(markup)
            if head.is_kept:
                self._heads[markup] = head
        made = Tag(head, text)
        chars = len(piece)
        if chars <= _REMEMBERED_CHARS:
            self[piece] = made
            self._chars += chars
        return made


def _plain(escaped: str) -> str:
    """Text as it was before it was written out."""
    if "&#" in escaped:
        escaped = _NUMBERED.sub(_character, escaped)
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number) if number < 0x110000 else "\ufffd"


_KNOWN = _Known()
