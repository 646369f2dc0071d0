"""A page cut into the blocks that people read, and which of them are the site's layout rather than the page's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from analysis.pages import Page
from analysis.tags import Tag

__all__ = ["Block", "authored", "blocks", "layout_texts"]

_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea", "button", "canvas", "math"}
)
_BLOCK_TAGS = frozenset(
    {
        *(
            "p",
            "div",
            "li",
            "td",
            "th",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "dt",
            "dd",
            "blockquote",
            "pre",
            "section",
            "article",
            "header",
        ),
        *(
            "footer",
            "nav",
            "aside",
            "main",
            "address",
            "table",
            "tr",
            "ul",
            "ol",
            "dl",
            "form",
            "fieldset",
            "figure",
            "figcaption",
            "center",
        ),
        *("body", "tbody", "thead", "tfoot", "caption", "details", "summary", "hr", "menu"),
    }
)
_LANDMARK_TAGS = frozenset({"header", "footer", "nav", "aside", "form"})
# Names that people give to the same parts where they do not use the tags; matched as whole class or id words.
_LANDMARK_NAMES = {
    "header": "header",
    "site-header": "header",
    "masthead": "header",
    "topbar": "header",
    "top-bar": "header",
    "footer": "footer",
    "site-footer": "footer",
    "page-footer": "footer",
    "footer-area": "footer",
    "imprint": "footer",
    "nav": "nav",
    "navbar": "nav",
    "navigation": "nav",
    "menu": "nav",
    "mainmenu": "nav",
    "main-menu": "nav",
    "mobile-menu": "nav",
    "breadcrumb": "nav",
    "breadcrumbs": "nav",
    "sidebar": "aside",
    "cookie-banner": "aside",
}
#: Blocks of one page that are kept; a longer page is cut here.
MAX_BLOCKS = 6000
#: Characters of all blocks of one page: what people read of a shop's page, many times over.
MAX_CHARS = 400_000


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text that a person reads in one go.

    ``text`` has its white space collapsed; a line break made by ``<br>`` stays as a newline. ``tag`` is the block
    element that holds it; ``landmark`` is header, footer, nav, aside or form when it stands in one, else empty.
    """

    text: str
    tag: str
    landmark: str = ""


_CUT: WeakKeyDictionary[Page, tuple[Block, ...]] = WeakKeyDictionary()


def blocks(page: Page) -> tuple[Block, ...]:
    """The blocks of one page in document order, none empty; cut once and kept as long as the page."""
    known = _CUT.get(page)
    if known is None:
        known = _CUT[page] = tuple(_cut(page))
    return known


def _cut(page: Page) -> Iterator[Block]:
    stack: list[tuple[str, str]] = [("body", "")]
    skipped = count = 0
    pieces: list[str] = []
    for tag in page.tags:
        if skipped:
            if tag.opens:
                skipped += not tag.closes
            elif tag.closes:
                skipped -= 1
            if skipped:
                continue
        elif tag.opens and tag.name in _UNSEEN:
            if not tag.closes:
                skipped = 1
                continue
        elif tag.name in _BLOCK_TAGS:
            if pieces and (made := _made(pieces, stack[-1])):
                yield made
                count += 1 + len(made.text) * MAX_BLOCKS // MAX_CHARS
                if count >= MAX_BLOCKS:
                    return
            pieces.clear()
            if tag.opens:
                if not tag.closes:
                    stack.append((tag.name, stack[-1][1] or _landmark(tag)))
            elif len(stack) > 1:
                stack.pop()
        elif tag.name == "br" and tag.opens:
            pieces.append("\0")
        if tag.text:
            pieces.append(tag.text)
    if made := _made(pieces, stack[0]):
        yield made


def _made(pieces: list[str], place: tuple[str, str]) -> Block | None:
    raw = "".join(pieces)
    if not raw or raw.isspace():
        return None
    if "\0" not in raw:
        text = " ".join(raw.split())
    else:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in raw.split("\0"))))
    return Block(text, *place) if text else None


def _landmark(tag: Tag) -> str:
    if tag.name in _LANDMARK_TAGS:
        return tag.name
    if tag.name in ("body", "main", "article") or not tag.attributes:
        return ""
    for name in f"{tag.attributes.get('class', '')} {tag.attributes.get('id', '')}".lower().split()[:12]:
        if name in _LANDMARK_NAMES:
            return _LANDMARK_NAMES[name]
    return ""


def layout_texts(pages: Iterable[Page]) -> frozenset[str]:
    """Texts of blocks that stand on more than half of the site's different pages: its layout.

    With one page there is nothing to compare and nothing is layout.
    """
    different = {page.digest: page for page in pages}
    if len(different) < 2:
        return frozenset()
    counted: Counter[str] = Counter()
    for page in different.values():
        counted.update({block.text for block in blocks(page)})
    return frozenset(text for text, times in counted.items() if times * 2 > len(different))


def authored(page: Page, layout: frozenset[str]) -> tuple[Block, ...]:
    """The page's own blocks: outside of landmarks, not layout; where nothing is left, landmarks are looked into too."""
    own = tuple(block for block in blocks(page) if block.text not in layout)
    inside = tuple(block for block in own if not block.landmark)
    return inside if sum(len(block.text) for block in inside) >= 80 else own
