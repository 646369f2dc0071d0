"""A page as the fingerprints read it: decoded once, parsed once by one reader (lxml), with its visible text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import chain
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from w3lib.encoding import html_to_unicode

from analysis.tags import Tag, tags_of, text_within
from crawler.captures import Resource, Role

__all__ = ["MAX_PAGE_CHARS", "READER", "Page"]

#: Characters of a page that are parsed; the rest is padding or an attack (HOSTILE limits: parser input 2 MiB).
MAX_PAGE_CHARS = 2_000_000
#: Name and version of the reader, recorded in the findings: another reader may build another tree.
READER = f"lxml {'.'.join(map(str, etree.LXML_VERSION[:3]))}"

_BOXES = re.compile(rb"</?(?:div|span|font|center|section|article|b|i|em|strong|small)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
#: An address of which no base can supply more than scheme and host.
_FROM_ROOT = re.compile(r"(?:https?:)?//[^/?#;\s]|/(?![/?#;])", re.IGNORECASE)
#: One class for all elements: lxml's own choice of a class by tag name is Python code, run for every element looked at.
_CLASSES = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement, comment=lxml.html.HtmlComment)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})


class Page:
    """One archived HTML page. All views are computed on first use and kept."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource

    @property
    def url(self) -> str:
        return self.resource.url

    @property
    def digest(self) -> str:
        return self.resource.digest

    @property
    def role(self) -> Role:
        return self.resource.role

    @cached_property
    def html(self) -> str:
        """The decoded source: header charset, then BOM and meta, then UTF-8, then windows-1252; at most MAX_PAGE_CHARS."""
        declared = self.resource.header("content-type")
        _, text = html_to_unicode(declared, self.resource.body[: MAX_PAGE_CHARS * 4], auto_detect_fun=_guess)
        return text[:MAX_PAGE_CHARS].replace("\x00", "")

    @cached_property
    def tree(self) -> lxml.html.HtmlElement:
        """The parsed tree, its declaration taken out; an empty ``<html>`` where nothing could be parsed."""
        parser = lxml.html.HTMLParser(encoding="utf-8", recover=True, remove_pis=True, huge_tree=True)
        parser.set_element_class_lookup(_CLASSES)
        raw = self.html.encode("utf-8", "replace")
        try:
            root = lxml.html.document_fromstring(raw, parser=parser)
            if any("depth" in entry.message.lower() for entry in parser.error_log):
                # the reader gives up below its depth and drops the rest: boxes nested for that purpose are taken out
                root = lxml.html.document_fromstring(_BOXES.sub(b" ", raw), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            root = lxml.html.document_fromstring("<html><body></body></html>")
        root.getroottree().docinfo.clear()
        return root

    @cached_property
    def body(self) -> lxml.html.HtmlElement:
        """The page's first body; the whole tree where it has none."""
        body = self.tree.find("body")
        return self.tree if body is None else body

    @cached_property
    def all_tags(self) -> list[Tag]:
        """The tags of the whole page, its head and what stands behind its body included."""
        return tags_of(self.tree)

    @cached_property
    def tags(self) -> list[Tag]:
        """The tags of ``body`` with the text behind each, in document order."""
        if self.body is self.tree:
            return self.all_tags
        if self.body.getnext() is not None or (self.body.tail or "").strip():
            return tags_of(self.body)
        opened = next((at for at, tag in enumerate(self.all_tags) if tag.name == "body" and tag.opens), 0)
        return self.all_tags[opened:-1]

    @cached_property
    def head_tags(self) -> list[Tag]:
        """The tags of what stands beside ``body``: the head, and what a broken page leaves elsewhere."""
        return [tag for part in self.tree if part is not self.body for tag in tags_of(part)] if self.body is not self.tree else []

    @cached_property
    def _by_name(self) -> dict[str, list[Tag]]:
        found: defaultdict[str, list[Tag]] = defaultdict(list)
        for tag in chain(self.head_tags, self.tags):
            if tag.opens:
                found[tag.name].append(tag)
        return dict(found)

    def named(self, *names: str) -> Iterator[Tag]:
        """The opening tags of the whole page that have one of ``names``, those of one name in document order."""
        return chain.from_iterable(self._by_name.get(name, ()) for name in names)

    @cached_property
    def lowered(self) -> str:
        """``html`` in lower case."""
        return self.html.lower()

    @cached_property
    def text(self) -> str:
        """Visible text, white space collapsed."""
        return " ".join(self.strings)

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """Visible strings in document order, stripped, none empty."""
        found: list[str] = []
        skipped = 0
        for tag in self.tags:
            if skipped:
                if tag.opens:
                    skipped += not tag.closes
                elif tag.closes:
                    skipped -= 1
                if skipped:
                    continue
            elif tag.opens and not tag.closes and tag.name in _UNSEEN:
                skipped = 1
                continue
            if tag.words:
                found.append(tag.words)
        return tuple(found)

    @cached_property
    def title(self) -> str:
        element = next(self.tree.iter("title"), None)
        if element is None:
            return ""
        text = str(element.text_content()) if len(element) else element.text or ""
        return " ".join(text.split())

    @cached_property
    def language(self) -> str | None:
        """The declared language's primary subtag, lower case."""
        declared = (self.tree.get("lang") or "").strip().lower()
        return re.split(r"[-_]", declared)[0] or None

    @cached_property
    def base(self) -> str:
        """What relative links are resolved against."""
        declared = next((href for element in self.tree.iter("base") if (href := element.get("href")) is not None), None)
        return self.url if declared is None else self.absolute(declared, self.url)

    def absolute(self, href: str, base: str | None = None) -> str:
        """``href`` as an absolute URL; empty when it cannot be one."""
        href = href.strip()
        if len(href) > _LONGEST_KEPT:
            return _joined.__wrapped__(self.base if base is None else base, href)
        if base is not None:
            return _joined(base, href)
        if _FROM_ROOT.match(href):
            return _joined(self._bases[0], href)
        return _joined(self._bases[1] if href[:1].isalnum() else self.base, href)

    @cached_property
    def _bases(self) -> tuple[str, str]:
        """The host's root and the folder of ``base``: all that paths from the root, and from here, depend on."""
        try:
            parts = urlsplit(self.base)
        except ValueError:
            return self.base, self.base
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return self.base, self.base
        root = f"{parts.scheme}://{parts.netloc}"
        return f"{root}/", f"{root}{parts.path.rpartition('/')[0]}/"

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Absolute http(s) links of ``<a href>`` with their text, in order."""
        found = []
        tags = self.all_tags
        for at, tag in enumerate(tags):
            if tag.name == "a" and tag.opens and (href := tag.head.attributes.get("href")):
                target = self.absolute(href)
                if target.startswith(("http://", "https://")):
                    found.append((target, text_within(tags, at)))
        return tuple(found)


#: Longer addresses are not remembered.
_LONGEST_KEPT = 500


@lru_cache(maxsize=32_768)
def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _guess(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(raw) - 4 else "cp1252"
    return "utf-8"
