"""A page as the fingerprints read it: decoded once, parsed once by one reader (lxml), with its visible text."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from w3lib.encoding import html_to_unicode

from crawler.captures import Resource, Role

__all__ = ["MAX_PAGE_CHARS", "READER", "Page"]

#: Characters of a page that are parsed; the rest is padding or an attack (HOSTILE limits: parser input 2 MiB).
MAX_PAGE_CHARS = 2_000_000
#: Name and version of the reader, recorded in the findings: another reader may build another tree.
READER = f"lxml {'.'.join(map(str, etree.LXML_VERSION[:3]))}"

_SPACE = re.compile(r"\s+")
_BOXES = re.compile(rb"</?(?:div|span|font|center|section|article|b|i|em|strong|small)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
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
        """The parsed tree; an empty ``<html>`` where nothing could be parsed."""
        parser = lxml.html.HTMLParser(encoding="utf-8", recover=True, remove_pis=True, huge_tree=True)
        raw = self.html.encode("utf-8", "replace")
        try:
            root = lxml.html.document_fromstring(raw, parser=parser)
            if any("depth" in entry.message.lower() for entry in parser.error_log):
                # the reader gives up below its depth and drops the rest: boxes nested for that purpose are taken out
                root = lxml.html.document_fromstring(_BOXES.sub(b" ", raw), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            root = lxml.html.document_fromstring("<html><body></body></html>")
        return root

    @cached_property
    def text(self) -> str:
        """Visible text, white space collapsed."""
        return _SPACE.sub(" ", " ".join(self.strings)).strip()

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """Visible strings in document order, stripped, none empty."""
        found: list[str] = []
        body = self.tree.find("body")
        root = self.tree if body is None else body
        skip: set[etree._Element] = set()
        for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
            if event == "comment":
                if element.getparent() not in skip:
                    _keep(found, element.tail)
                continue
            if event == "start":
                if element.getparent() in skip or element.tag in _UNSEEN:
                    skip.add(element)
                    continue
                _keep(found, element.text)
            elif element is not root and element.getparent() not in skip:
                _keep(found, element.tail)
        return tuple(found)

    @cached_property
    def title(self) -> str:
        element = self.tree.find(".//title")
        return "" if element is None else _SPACE.sub(" ", element.text_content()).strip()

    @cached_property
    def language(self) -> str | None:
        """The declared language's primary subtag, lower case."""
        declared = (self.tree.get("lang") or "").strip().lower()
        return re.split(r"[-_]", declared)[0] or None

    @cached_property
    def base(self) -> str:
        """What relative links are resolved against."""
        element = self.tree.find(".//base[@href]")
        return self.absolute(element.get("href", ""), self.url) if element is not None else self.url

    def absolute(self, href: str, base: str | None = None) -> str:
        """``href`` as an absolute URL; empty when it cannot be one."""
        try:
            return urljoin(self.base if base is None else base, href.strip())
        except ValueError:
            return ""

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Absolute http(s) links of ``<a href>`` with their text, in order."""
        found = []
        for element in self.tree.iter("a"):
            href = element.get("href")
            if not href:
                continue
            target = self.absolute(href)
            if target.startswith(("http://", "https://")):
                found.append((target, _SPACE.sub(" ", element.text_content()).strip()))
        return tuple(found)


def _keep(found: list[str], text: str | None) -> None:
    if text and (clean := _SPACE.sub(" ", text).strip()):
        found.append(clean)


def _guess(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(raw) - 4 else "cp1252"
    return "utf-8"
