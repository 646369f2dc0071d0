"""A page's outline: its tags as layout sees them, without texts, addresses and what has no structure.

Two tags of one name, class and id are one mark, whatever else they say: pages of one theme are made of a few hundred marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from analysis.page.tags import ByHead, Head, Tag

__all__ = ["CLOSE", "UNCOUNTED", "WRAPPERS", "Mark", "outline"]

#: Labels of what is no element: the end of one, and a comment or an element without structure.
CLOSE = "/"
UNCOUNTED = "!"
#: Elements that are put around others without a meaning.
WRAPPERS = frozenset({"div", "span", "center", "font", "b", "i", "em", "strong", "br"})

#: Tags looked at per page; the largest real pages have about ten thousand elements.
_MOST_TAGS = 24_000
_UNSTRUCTURED = frozenset({"script", "noscript", "style", "svg", "template", "link", "meta", "head"})
_LANDMARK_TAGS = frozenset({"header", "nav", "main", "aside", "footer", "section", "article", "form", "table"})
_LANDMARK_WORD = re.compile(
    r"(?<![a-z])(header|top|nav|navbar|menu|logo|search|cart|basket|breadcrumb|slider|carousel|hero|banner|categor|sidebar|filter|content"
    r"|main|product|related|featured|newsletter|subscribe|brand|blog|testimonial|instagram|service|footer|copyright|widget|pagination)"
)
_MARKED_BY_STATE = re.compile(r"\d{3,}|[0-9a-f]{8,}|(?<=[a-z])[A-Z0-9]{5,}$")


class Mark:
    """A tag in the outline. One object for all tags alike, so that marks are told apart by identity.

    ``label``: the element's name, with a slash behind it where it is empty and so has no closing tag; ``CLOSE``; ``UNCOUNTED``.
    ``classes`` are as written; ``names`` are classes and id, serial numbers and build hashes in them made alike; ``landmark``
    is what part of a page begins here. ``is_named``: it has any of the three.
    """

    __slots__ = ("classes", "is_named", "label", "landmark", "names")

    def __init__(self, label: str, classes: tuple[str, ...] = (), names: tuple[str, ...] = (), landmark: str = "") -> None:
        self.label = label
        self.classes = classes
        self.names = names
        self.landmark = landmark
        self.is_named = bool(names or landmark)


def outline(tags: Sequence[Tag]) -> tuple[Mark, ...]:
    """The marks of a page's body in document order, its first element called ``body``, one ``UNCOUNTED`` for what is left out."""
    marks = [_marks[tag.head] for tag in tags]
    hidden = [at for at, mark in enumerate(marks) if mark is _HIDDEN]
    if hidden:
        marks = _without_hidden(marks, hidden)
    if marks and tags[0].name != "body":
        marks[0] = _marked("body/" if tags[0].closes else "body", tags[0].attributes.get("class"), tags[0].attributes.get("id"))
    return tuple(marks if len(marks) <= _MOST_TAGS else _cut(marks))


def _cut(marks: list[Mark]) -> list[Mark]:
    kept = marks[:_MOST_TAGS]
    closed = kept.count(_CLOSE)
    opened = sum(mark.label[-1:] not in (CLOSE, UNCOUNTED) for mark in kept)
    return kept + [_CLOSE] * (opened - closed)


def _without_hidden(marks: list[Mark], hidden: list[int]) -> list[Mark]:
    kept: list[Mark] = []
    after = 0
    for start in hidden:
        if start < after:
            continue
        kept += marks[after:start]
        kept.append(_UNCOUNTED)
        after = start + 1
        depth = 1
        while depth and after < len(marks):
            depth += (marks[after] is _HIDDEN) - (marks[after] is _SHOWN)
            after += 1
    return kept + marks[after:]


_CLOSE, _UNCOUNTED = Mark(CLOSE), Mark(UNCOUNTED)
#: Begin and end of an element that is left out with all that is in it.
_HIDDEN, _SHOWN = Mark("("), Mark(")")


@ByHead
def _marks(head: Head) -> Mark:
    if not head.opens:
        return _UNCOUNTED if not head.closes else _SHOWN if head.name in _UNSTRUCTURED else _CLOSE
    if head.name in _UNSTRUCTURED:
        return _UNCOUNTED if head.closes else _HIDDEN
    label = f"{head.name}/" if head.closes else head.name
    if " class=" not in head.markup and " id=" not in head.markup:
        return _marked(label)
    return _marked(label, head.attributes.get("class"), head.attributes.get("id"))


@lru_cache(maxsize=16_384)
def _marked(label: str, declared: str | None = None, identity: str | None = None) -> Mark:
    name = label.rstrip("/")
    classes = tuple(declared[:400].split()[:12]) if declared else ()
    names = [_MARKED_BY_STATE.sub("#", word[:60]) for word in classes]
    if identity:
        names.append(f"#{_MARKED_BY_STATE.sub('#', identity[:60].strip())}")
    landmark = name if name in _LANDMARK_TAGS else ""
    if (declared or identity) and (word := _LANDMARK_WORD.search(f"{declared or ''} {identity or ''}"[:200].lower())):
        landmark = f"{name}.{word[1]}"
    return Mark(label, classes, tuple(names), landmark)
