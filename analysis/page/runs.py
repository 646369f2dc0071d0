"""A page as a sequence of runs of tags, so that what pages have in common is taken apart once and not looked at again.

The written tree is cut where a box ends. Pages of a shop repeat their header, cards and footer to the letter: most runs were seen
before, and a page of six hundred tags is put together of some seventy answers from memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from analysis.page.tags import Tag, end_of, tags_in, text_within

__all__ = ["Run", "runs_in", "visible", "written"]

#: Where a page is cut: after the first of these that stands in it often enough.
_ENDS = (b"</div>", b"</tr>", b"</li>", b"</p>")
_BYTES_A_RUN = 4_000
#: Bytes of runs that one process remembers for one kind of end; then it forgets them all and begins anew.
_KNOWN_BYTES = 4_000_000
#: A longer run is one page's own, and not remembered.
_REMEMBERED_BYTES = 20_000

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
#: A tag with a "<" in a name, which is written as it is, even one that looks like the begin of a comment.
_UNCLOSED = re.compile(r"<(?!!)[^<>]*<[^>]*>")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})


class Run:
    """Tags in a row. One object for all that are written alike, as long as it is kept: never changed.

    ``strings`` are those that people see, where nothing before the run hides it; ``hides`` is how many elements
    that hide what is in them are open at its end.
    """

    __slots__ = ("by_name", "hides", "links", "strings", "tags")
    by_name: dict[str, list[Tag]]
    links: list[tuple[int, str, str | None]]

    def __init__(self, tags: list[Tag]) -> None:
        self.tags = tags
        if _UNSEEN.isdisjoint([tag.name for tag in tags]):
            self.strings, self.hides = tuple([tag.words for tag in tags if tag.words]), 0
        else:
            self.strings, self.hides = visible(tags)

    def __len__(self) -> int:
        return len(self.tags)

    def __getattr__(self, name: str) -> object:
        """What is worked out when somebody first asks: a slot that was never set is looked for here.

        ``by_name`` has the opening tags by name; ``links`` has (place, ``href``, text) of each ``a``, the text None where it goes
        on behind the run.
        """
        if name == "by_name":
            self.by_name = _by_name(self.tags)
            return self.by_name
        if name == "links":
            self.links = _links(self.tags)
            return self.links
        raise AttributeError(name)


def _by_name(tags: list[Tag]) -> dict[str, list[Tag]]:
    found: dict[str, list[Tag]] = {}
    for tag in tags:
        if tag.opens:
            found.setdefault(tag.name, []).append(tag)
    return found


def _links(tags: list[Tag]) -> list[tuple[int, str, str | None]]:
    found = []
    for at, tag in enumerate(tags):
        if tag.name == "a" and tag.opens and (href := tag.head.attributes.get("href")):
            found.append((at, href, text_within(tags, at) if end_of(tags, at) < len(tags) else None))
    return found


def visible(tags: Iterable[Tag], hidden: int = 0) -> tuple[tuple[str, ...], int]:
    """The visible strings of tags in a row, ``hidden`` levels deep in what hides them; how deep their end is."""
    found: list[str] = []
    for tag in tags:
        if hidden:
            if tag.opens:
                hidden += not tag.closes
            elif tag.closes:
                hidden -= 1
            if hidden:
                continue
        elif tag.opens and not tag.closes and tag.name in _UNSEEN:
            hidden = 1
            continue
        if tag.words:
            found.append(tag.words)
    return tuple(found), hidden


def written(element: etree._Element) -> bytes:
    """An element and all that is in it, in UTF-8. Its document must have no declaration: one of XHTML has attributes added."""
    return etree.tostring(element, encoding="utf-8", with_tail=False)


def runs_in(written: bytes) -> list[Run]:
    """The tags of a written element, in document order; the first run is all that stands before a ``body``."""
    runs = _cut(written)
    if _PARTED in runs:  # by an end within a comment
        runs = _cut(_COMMENT.sub(_escaped, _UNCLOSED.sub(_closed, written.decode())).encode())
    return runs


def _cut(written: bytes) -> list[Run]:
    at = written.find(b"<body")
    while at >= 0 and written[at + 5] not in b" />":
        at = written.find(b"<body", at + 5)
    before, rest = (written[:at], written[at:]) if at >= 0 else (b"", written)
    for end in _ENDS:
        first, *others = rest.split(end)
        if len(others) * _BYTES_A_RUN > len(rest):
            break
    return [_FIRST[before], _FIRST[first], *map(_AFTER[end].__getitem__, others)]


class _Known(dict[bytes, Run]):
    """Runs by what is written, in UTF-8, after the end of a box, or from the beginning where ``end`` is empty."""

    def __init__(self, end: bytes) -> None:
        super().__init__()
        self._end = end.decode()
        self._bytes = 0

    def __missing__(self, written: bytes) -> Run:
        run = _made(self._end + written.decode())
        size = len(written)
        if size <= _REMEMBERED_BYTES:
            if self._bytes > _KNOWN_BYTES:
                self.clear()
                self._bytes = 0
            self._bytes += size
            self[written] = run
        return run


def _made(source: str) -> Run:
    plain = _COMMENT.sub(_escaped, source) if "<!--" in source else source
    if "<!--" in plain or plain.count("<") != plain.count(">"):
        plain = _COMMENT.sub(_escaped, _UNCLOSED.sub(_closed, source))
        if "<!--" in plain:
            return _PARTED
    return Run(tags_in(plain.split("<")[1:]))


def _closed(tag: re.Match[str]) -> str:
    return f"<{tag[0][1:].replace('<', '&lt;')}"


def _escaped(comment: re.Match[str]) -> str:
    said = comment[1].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<!&#45;{said[1:]}>" if said[:1] == "-" else f"<!{said}>"


_FIRST = _Known(b"")
_AFTER = {end: _Known(end) for end in _ENDS}
#: Stands for what begins within a comment.
_PARTED = Run([])
