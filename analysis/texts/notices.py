"""Short notices on a page: a block of text as people read it, with the links that stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from analysis.page.blocks import blocks
from analysis.page.pages import Page

__all__ = ["Notice", "new_notices", "new_texts", "notices", "notices_of"]

#: Blocks of a page that are read, and characters of one.
MAX_BLOCKS: Final = 4000
MAX_CHARS: Final = 1500

_BLOCK_NAMES: Final = (
    "p div li td th h1 h2 h3 h4 h5 h6 section article aside header footer main blockquote dd dt center form fieldset label"
    " body marquee pre table tr tbody ul ol dl nav figure figcaption"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea"})


@dataclass(frozen=True, slots=True)
class Notice:
    """The text of one block (its inline children included, inner blocks not) and the absolute links in it."""

    text: str
    links: tuple[str, ...]


def new_notices(page: Page, wanted: Callable[[str], bool], seen: set[str]) -> list[Notice]:
    """Blocks of ``page`` whose text is ``wanted`` and stands on no page looked at before; ``seen`` grows by the page's texts.

    A shop's header and footer stand on every page, so most texts are asked about once; links are gathered only where
    something is wanted.
    """
    texts = new_texts(page, seen)
    return notices_of(page, texts, wanted) if any(map(wanted, texts)) else []


def new_texts(page: Page, seen: set[str]) -> set[str]:
    """Texts of the blocks of ``page`` that are not in ``seen``, which grows by them."""
    texts = {block.text for block in blocks(page)}
    texts -= seen
    seen |= texts
    return texts


def notices_of(page: Page, texts: Iterable[str], wanted: Callable[[str], bool]) -> list[Notice]:
    """The notices whose text is one of ``texts``, and ``wanted`` when it is one line."""
    lines = {" ".join(text.split()) for text in texts}
    return [notice for notice in notices(page) if notice.text in lines and wanted(notice.text)]


def notices(page: Page) -> Iterator[Notice]:
    """Blocks with text of their own, in document order."""
    body = page.tree.find("body")
    root = page.tree if body is None else body
    texts: dict[etree._Element, list[str]] = {}
    links: dict[etree._Element, list[str]] = {}
    order: list[etree._Element] = []
    block = root
    stack: list[etree._Element] = []
    skipped: etree._Element | None = None

    def add(text: str | None) -> None:
        if text and (block in texts or not text.isspace()):
            if block not in texts:
                texts[block] = []
                order.append(block)
            texts[block].append(text)

    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if len(order) >= MAX_BLOCKS:
            break
        if event == "comment":
            if skipped is None:
                add(element.tail)
            continue
        if event == "start":
            if skipped is not None:
                continue
            if element.tag in _UNSEEN:
                skipped = element
                continue
            if element.tag in _BLOCKS:
                stack.append(block)
                block = element
            elif element.tag == "br":
                add("\n")
            elif element.tag == "a" and (href := element.get("href")):
                links.setdefault(block, []).append(href)
            add(element.text)
            continue
        if skipped is not None:
            if element is not skipped:
                continue
            skipped = None
        elif element.tag in _BLOCKS and stack:
            block = stack.pop()
        if element is not root:
            add(element.tail)
    for owner in order:
        text = " ".join("".join(texts[owner])[:MAX_CHARS].split())
        if text:
            targets = (page.absolute(href) for href in links.get(owner, ())[:20])
            yield Notice(text, tuple(target for target in targets if target.startswith(("http://", "https://"))))
