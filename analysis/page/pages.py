"""A page as the fingerprints read it: decoded once, parsed once by one reader (lxml), with its visible text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from w3lib.encoding import html_to_unicode

from analysis.page.runs import Run, runs_in, visible, written
from analysis.page.tags import Tag, text_within
from crawler.captures import Resource, Role

__all__ = ["MAX_PAGE_CHARS", "READER", "Page"]

#: Characters of a page that are parsed; the rest is padding or an attack (HOSTILE limits: parser input 2 MiB).
MAX_PAGE_CHARS = 2_000_000
#: Name and version of the reader, recorded in the findings: another reader may build another tree.
READER = f"lxml {'.'.join(map(str, etree.LXML_VERSION[:3]))}"

_BOXES = re.compile(rb"</?(?:div|span|font|center|section|article|b|i|em|strong|small)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
#: An address of which no base can supply more than scheme and host.
_FROM_ROOT = re.compile(r"(?:https?:)?//[^/?#;\s]|/(?![/?#;\s])", re.IGNORECASE)
#: One of which it supplies the folder too: nothing but a scheme is the page itself.
_FROM_FOLDER = re.compile(r"(?!https?:)[^\W_]", re.IGNORECASE)
#: Query and fragment of an address of which joining and writing anew would change nothing.
_REST = r"(?:\?[^\s;#\[\]\x00-\x20]++)?+(?:#[^\s\[\]\x00-\x20]++)?+"
#: Such an address that is absolute, and one within a host or folder: no empty part, none that begins with a dot.
_WHOLE = re.compile(rf"https?://[A-Za-z0-9.-]++(?::\d{{1,5}}+)?+(?:/[^\s;?#\[\]\x00-\x20]*+)?+{_REST}")
_PART = r"[^\s.:/;?#\[\]\x00-\x20][^\s:/;?#\[\]\x00-\x20]*+"
_WITHIN = re.compile(rf"/?+(?:{_PART}/)*+(?:{_PART})?+{_REST}")
#: Folders whose addresses are remembered, and how many in each; longer ones are not.
_FOLDERS = 16
_KNOWN_IN_FOLDER = 2_048
_LONGEST_KEPT = 500
#: One class for all elements: lxml's own choice of a class by tag name is Python code, run for every element looked at.
_CLASSES = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement, comment=lxml.html.HtmlComment)
_PARSER = lxml.html.HTMLParser(encoding="utf-8", recover=True, remove_pis=True, huge_tree=True, collect_ids=False)
_PARSER.set_element_class_lookup(_CLASSES)
#: Fewer tags than the parser follows into the depth (2048).
_SHALLOW = 2_000


#: A declared language with its region, and the names of elements of the head that declare one.
_LANGUAGE = re.compile(r"([a-z]{2,3})(?![a-z])")
_LANGUAGE_METAS = re.compile(r"(?:og:locale|content-language)$", re.IGNORECASE)


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
        """The tree, parsed anew, for those who ask for elements: few do, of few pages."""
        return _tree(self.html)

    @cached_property
    def _read(self) -> _Read:
        # the tree is let go before anything else is made: later it takes as long as parsing to go through it a last time
        written = _written(_tree(self.html))
        runs = runs_in(written.whole)
        inside = runs if not written.has_body else runs[1:] if written.body is None else runs_in(written.body)
        return _Read(runs, inside, inside is not runs and written.body is None, written.beside)

    @property
    def runs(self) -> list[Run]:
        """The tags of the whole page in runs, the first of all that stands before a body."""
        return self._read.runs

    @property
    def body_runs(self) -> list[Run]:
        """Runs of all that stands in ``body``, or of the whole page without one; there may be ends of what is around it behind."""
        return self._read.body_runs

    @property
    def beside(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What comments before the outermost element say, the nearest first, and those behind it."""
        return self._read.beside

    @cached_property
    def all_tags(self) -> list[Tag]:
        """The tags of the whole page, its head and what stands behind its body included."""
        return list(chain.from_iterable([run.tags for run in self.runs]))

    @cached_property
    def tags(self) -> list[Tag]:
        """The tags of ``body`` with the text behind each, in document order."""
        if self.body_runs is self.runs:
            return self.all_tags
        if self._read.ends_with_body:
            return self.all_tags[len(self.runs[0].tags) : -1]
        return [tag for run in self.body_runs for tag in run.tags]

    def named(self, *names: str) -> Iterator[Tag]:
        """The opening tags of the whole page that have one of ``names``, those of one name in document order."""
        return chain.from_iterable(self._by_name[name] for name in names if name in self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for run in self.runs:
            for name, tags in run.by_name.items():
                if name in found:
                    found[name] += tags
                else:
                    found[name] = tags[:]
        return found

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
        return tuple(chain.from_iterable(self.string_runs))

    @cached_property
    def string_runs(self) -> list[tuple[str, ...]]:
        """``strings`` as they stand together, none empty: what pages have in common is mostly one object."""
        runs = self.body_runs
        if not sum([run.hides for run in runs]):
            return [run.strings for run in runs if run.strings]
        found = []
        hidden = 0
        for run in runs:
            strings, hidden = visible(run.tags, hidden)
            if strings:
                found.append(strings)
        return found

    @cached_property
    def title(self) -> str:
        titled = next(self.named("title"), None)
        return "" if titled is None else text_within(self.all_tags, self.all_tags.index(titled))

    @cached_property
    def language(self) -> str | None:
        """The declared language's primary subtag, lower case: of the document, else of a declaration in its head."""
        told = self.all_tags[0].attributes
        metas = (tag.attributes for tag in self.named("meta"))
        spoken = (
            meta.get("content", "") for meta in metas if _LANGUAGE_METAS.match(meta.get("property") or meta.get("http-equiv", ""))
        )
        for declared in chain((told.get("lang", ""), told.get("xml:lang", "")), spoken):
            if found := _LANGUAGE.match(declared.strip().lower()):
                return found[1]
        return None

    @cached_property
    def base(self) -> str:
        """What relative links are resolved against."""
        declared = next((tag.attributes["href"] for tag in self.named("base") if "href" in tag.attributes), None)
        return self.url if declared is None else self.absolute(declared, self.url)

    def absolute(self, href: str, base: str | None = None) -> str:
        """``href`` as an absolute URL; empty when it cannot be one."""
        if base is not None:
            return _joined(base, href.strip())
        address = self._addresses[href]
        return _joined(self.base, href.strip()) if address is None else address

    @cached_property
    def _addresses(self) -> _Addresses:
        """Addresses of the folder of ``base``, in which most pages of a shop stand."""
        try:
            parts = urlsplit(self.base)
        except ValueError:
            return _Addresses(self.base)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return _Addresses(self.base)
        return _addresses_in(f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/")

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Absolute http(s) links of ``<a href>`` with their text, in order."""
        found = []
        passed = 0
        for run in self.runs:
            for at, href, text in run.links:
                target = self.absolute(href)
                if target.startswith(("http://", "https://")):
                    found.append((target, text_within(self.all_tags, passed + at) if text is None else text))
            passed += len(run.tags)
        return tuple(found)


class _Addresses(dict[str, str | None]):
    """Addresses by what is written in pages of one folder; None where the page itself matters too."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self._host = folder[: folder.find("/", folder.find("//") + 2)]
        # where an address can be put behind it as it is
        self._is_plain = all(_joined(folder, f"{root}x") == f"{start}x" for root, start in (("", folder), ("/", f"{self._host}/")))

    def __missing__(self, written: str) -> str | None:
        href = written.strip()
        address = self._of(href) if _FROM_ROOT.match(href) or _FROM_FOLDER.match(href) else None
        if len(written) <= _LONGEST_KEPT:
            if len(self) >= _KNOWN_IN_FOLDER:
                self.clear()
            self[written] = address
        return address

    def _of(self, href: str) -> str:
        if self._is_plain:
            if _WITHIN.fullmatch(href):
                return f"{self._host if href[0] == '/' else self._folder}{href}"
            if _WHOLE.fullmatch(href):
                return href
        return _joined(self._folder, href)


_addresses_in = lru_cache(maxsize=_FOLDERS)(_Addresses)


def _joined(base: str, href: str) -> str:
    try:
        address = urljoin(base, href)
        if "[" in address or "]" in address or not address.isascii():
            urlsplit(address)  # without a base nothing was looked at, and whoever reads an address takes it apart
    except ValueError:
        return ""
    return address


class _Written(NamedTuple):
    """A tree as text; ``body`` is its first body where the page goes on behind that, so that the whole does not end with it."""

    whole: bytes
    has_body: bool
    body: bytes | None
    beside: tuple[tuple[str, ...], tuple[str, ...]]


class _Read(NamedTuple):
    """The runs of a page and of its body, and the comments beside its tree."""

    runs: list[Run]
    body_runs: list[Run]
    ends_with_body: bool
    beside: tuple[tuple[str, ...], tuple[str, ...]]


def _written(tree: lxml.html.HtmlElement) -> _Written:
    body = tree.find("body")
    goes_on = body is not None and (body.getnext() is not None or (body.tail or "").strip() != "")
    return _Written(
        written(tree),
        body is not None,
        written(body) if goes_on else None,
        (_comments(tree, before=True), _comments(tree, before=False)),
    )


def _comments(tree: lxml.html.HtmlElement, *, before: bool) -> tuple[str, ...]:
    return tuple(node.text for node in tree.itersiblings(etree.Comment, preceding=before) if node.text)


def _tree(html: str) -> lxml.html.HtmlElement:
    """The parsed tree, its declaration taken out; an empty ``<html>`` where nothing could be parsed."""
    raw = html.encode("utf-8", "replace")
    root = _parsed(raw)
    if raw.count(b"<") > _SHALLOW and any("depth" in entry.message.lower() for entry in _PARSER.error_log):
        # the reader gives up below its depth and drops the rest: boxes nested for that purpose are taken out
        root = _parsed(_BOXES.sub(b" ", raw))
    if root is None:
        root = etree.fromstring(b"<html><body></body></html>", _PARSER)
    root.getroottree().docinfo.clear()
    return root


def _parsed(raw: bytes) -> lxml.html.HtmlElement | None:
    try:
        return etree.fromstring(raw, _PARSER)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _guess(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(raw) - 4 else "cp1252"
    return "utf-8"
