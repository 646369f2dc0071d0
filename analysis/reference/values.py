"""What a public package would show on a storefront: the values that the fingerprints themselves take from its files.

Each style sheet and each page is read as a storefront of its own, for a bag is a sample of the smallest hashes: what any
shop that uses the sheet can have kept of it, is kept of the sheet alone. Pages, marks, pictures and error pages of themes
are read as one storefront besides. Pages of server-side templates are read with their placeholders taken out; parts of
pages only lend their class names. Texts are read page by page, translated ones in the language they are written in, and
a platform's default pages in every language of its catalogues.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain, islice

from analysis.evidence import Mode, Trace
from analysis.fingerprints import (
    assets,
    behaviour,
    identifiers,
    identity,
    imagery,
    infrastructure,
    layout,
    logo,
    policy,
    prose,
    style,
)
from analysis.fingerprints.registry import KINDS, Fingerprint
from analysis.linkage.model import MODEL
from analysis.page.page_state import PageState, Verdict
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.reference.default_texts import DefaultPage, default_pages
from analysis.reference.packages import Category, Package, PackageFile
from analysis.sketches import SAMPLE
from analysis.styles.style_sheets import MAX_SHEET_CHARS, without_comments
from crawler.captures import Capture, HostKind, Outcome, Resource, Role
from crawler.pages import classify

__all__ = ["COUNTED", "LEFT_OVERS", "values_of"]

_HOST = "reference.invalid"
_SHOP = Verdict(PageState.SHOP)
_TEXTS = frozenset(kind.name for kind in (*policy.KINDS, *prose.KINDS) if kind.mode is not Mode.NOTE)
_DEFAULTS = frozenset(
    {
        *("behaviour.checkout_form", "behaviour.error_page", "behaviour.error_words", "behaviour.login_form"),
        "infrastructure.robots_txt",
    }
)
#: Kinds of a theme's demo content, default texts, forms and answers: no rarity of theirs is measured, but what a package ships is
#: nobody's own.
LEFT_OVERS = (
    frozenset({"identity.mail", "identity.phone", "identity.messenger", "identity.social"})
    | _DEFAULTS
    | {kind for kind in KINDS if kind.startswith("identifiers.") and KINDS[kind].mode is Mode.VALUE}
    | _TEXTS
)
#: Kinds that are counted among packages: those whose rarity the matching model takes from here, and the left-overs.
COUNTED = frozenset(name for name in KINDS if (row := MODEL.get(name)) is not None and row.rarity == "reference") | LEFT_OVERS

_TYPES = {
    "css": (Role.STYLE, "text/css"),
    "js": (Role.SCRIPT, "text/javascript"),
    **dict.fromkeys(("woff", "woff2", "ttf", "otf", "eot"), (Role.FONT, "font/any")),
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "svg"), (Role.IMAGE, "image/any")),
    "ico": (Role.ICON, "image/x-icon"),
    "txt": (Role.ROBOTS, "text/plain"),
}
_PAGE_ENDINGS = frozenset({"html", "htm", "xhtml", "tpl", "twig", "ejs", "njk", "liquid", "pt", "jinja", "jinja2"})
_ICON_NAME = re.compile(r"(?i)(?:^|/)(?:favicon|apple-touch-icon)[^/]*$")
_PLACEHOLDER = re.compile(
    r"\{%.{0,2000}?%\}|\{\{.{0,2000}?\}\}|\{#.{0,2000}?#\}|<%.{0,4000}?%>|<\?.{0,4000}?\?>"
    r"|<\?(?:php|=).*|<!--\s{0,9}/?wp:.{0,4000}?-->",
    re.DOTALL,
)
#: Words handed to a translation call stay: they are what the page says where nobody translates it.
_TRANSLATED = re.compile(
    r"""\{%-?\s*(?:trans|translate)\s+(?P<a>["'])(?P<one>.{1,4000}?)(?P=a).{0,80}?%\}"""
    r"""|\{\{\s*(?:_|gettext|\$t|t)\(\s*(?P<b>["'])(?P<two>.{1,4000}?)(?P=b).{0,80}?\}\}"""
    r"""|<\?(?:php)?\s*(?:echo\s+)?(?:_e|__|esc_html_[ex_])\(\s*(?P<c>["'])(?P<three>.{1,4000}?)(?P=c).{0,160}?\?>"""
    r"""|\{l\s+s=(?P<d>["'])(?P<four>.{1,4000}?)(?P=d).{0,80}?\}"""
    r"""|<%=\s*(?:__|t|_)\(\s*(?P<e>["'])(?P<five>.{1,4000}?)(?P=e).{0,80}?%>""",
    re.DOTALL,
)
#: Files of a platform that its owner sees and no visitor: they would only take the place of others.
_OWNERS = re.compile(
    r"(?i)^wp-admin/(?!css/(?:login|forms|l10n)\b)|^wp-includes/(?:blocks/[^/]+/editor|css/dist/(?!block-library/(?!editor))"
    r"|css/(?:editor|media-views|customize-)|js/(?:tinymce|codemirror|plupload)/)|^wp-content/themes/.*(?:style|ie)-editor[^/]*\.css$"
)
_WHOLE = re.compile(rb"(?i)<html\b|<body\b")
_MISSING = re.compile(r"(?i)(?:^|/)(?:404|not-?_?found|error-?_?404|page-?_?404)\.[a-z0-9]+$")
_SERVED = re.compile(r"(?:^|/)(static/.+)$")
_FRAMED = (Role.HOME, Role.LISTING, Role.PRODUCT, Role.LOGIN, Role.CART, Role.CONTACT)
_PAGES = 60
_FRAGMENTS = 400
_WHOLE_PAGES = 12
_TEXT_PAGES = 200
_CHUNK = 40
_USUAL_FROM = 0.05
_USUAL_FILES = 40
_USUAL_FOLDERS: Mapping[Role, tuple[str, ...]] = {
    Role.SCRIPT: ("js", "assets/js", "static/js", "js/vendor", "js/plugins", "js/lib", "assets/js/vendor", "vendor/js"),
    Role.STYLE: ("css", "assets/css", "static/css", "css/vendor", "css/plugins", "assets/css/vendor", "vendor/css"),
    Role.FONT: ("fonts", "assets/fonts", "static/fonts", "webfonts", "assets/webfonts", "css/fonts"),
}
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]{1,58})(?=[\s.,:{>+~\[#)])")
_SOURCES = re.compile(r"(?i)(?:^|/)(?:src|sources?|lang|i18n|locales?|demos?|docs?|examples?)/")


def values_of(package: Package, files: Iterable[PackageFile], companions: Iterable[PackageFile] = ()) -> dict[str, frozenset[str]]:
    """Kind -> values; kinds without a value are absent. The same files give the same values in any order.

    ``companions`` are files of the other packages of its family, for catalogues of words that stand in their programs.
    """
    kept = list(files)
    pages, others = _sorted_out(package, kept)
    found: dict[str, set[str]] = defaultdict(set)
    for trace in chain(_traces(package, pages, others), _default_traces(default_pages(kept, companions))):
        if trace.kind in COUNTED and _is_telling(trace):
            found[trace.kind].add(trace.value)
    if package.sites >= _USUAL_FROM and not package.category.is_site:
        found["assets.path"].update(_usual_paths(package, others))
    return {kind: frozenset(values) for kind, values in sorted(found.items()) if values}


def _sorted_out(package: Package, files: Iterable[PackageFile]) -> tuple[list[PackageFile], list[Resource]]:
    """Pages as files, everything else as resources at the address a shop would serve it from."""
    ordered = sorted((file for file in files if not _OWNERS.search(file.path)), key=lambda file: file.path)
    has_pages = package.category.is_site or package.category is Category.POLICY
    endings = _PAGE_ENDINGS | {"php"} if package.category is Category.THEME else _PAGE_ENDINGS
    pages = [file for file in ordered if _ending(file.path) in endings] if has_pages else []
    root = _root(file.path for file in pages)
    others = []
    for file in ordered:
        role, media_type = _TYPES.get(_ending(file.path), (None, ""))
        if role is None:
            continue
        if role is Role.IMAGE and _ICON_NAME.search(file.path):
            role = Role.ICON
        others.append(_resource(_served_at(file.path, root), file.body, role, media_type))
    return [PackageFile(_served_at(file.path, root), file.body) for file in pages], others


def _default_traces(pages: Iterable[DefaultPage]) -> Iterator[Trace]:
    """Texts of a platform's default pages, where a crawl knows them for what they are and where it takes them for prose."""
    for page in pages:
        for role in dict.fromkeys((page.role, Role.BLOG)):
            yield from _taken(_reading([_page(page.file, role)], []), policy, prose)


def _traces(package: Package, pages: Sequence[PackageFile], others: Sequence[Resource]) -> Iterator[Trace]:
    for resource in others:
        if resource.role is Role.STYLE:
            sheet = resource.body.decode("utf-8", "replace")
            yield from _taken(_reading([_BLANK], [resource]), style)
            # inside a shop's own bundle a library's rules stand without its banner
            bare = _resource(resource.url, without_comments(sheet).encode("utf-8", "replace"), Role.STYLE, "text/css")
            yield from (trace for trace in _taken(_reading([_BLANK], [bare]), style) if trace.kind != "style.sheet")
            for page in _class_pages(sheet):
                yield from (trace for trace in _taken(_reading([page], []), layout) if trace.kind == "layout.class")
    for start in range(0, len(others), _CHUNK):
        yield from _taken(_reading([_BLANK], others[start : start + _CHUNK]), assets)
    for file in islice(pages, _TEXT_PAGES):
        yield from _taken(_reading([_text_page(file)], []), policy, prose)
    if not package.category.is_site:
        return
    whole = [file for file in pages if _WHOLE.search(file.body[:20_000])]
    parts = [file for file in pages if not _WHOLE.search(file.body[:20_000])]
    for file in islice(whole, _PAGES):
        yield from _taken(_reading([_page(file)], []), layout, style, assets, behaviour, identity, identifiers)
        for role in _FRAMED:
            # a theme's frame stands on all pages, and features of layout name the page's role
            yield from _taken(_reading([_page(file, role)], []), layout)
    for file in islice(parts, _FRAGMENTS):
        reading = _reading([_page(file)], [])
        for trace in _taken(reading, layout, behaviour):
            if trace.kind in ("layout.class", "layout.comment", "behaviour.login_form", "behaviour.checkout_form"):
                yield trace
    yield from _as_one_storefront(whole, pages, others)


def _as_one_storefront(whole: Sequence[PackageFile], pages: Sequence[PackageFile], others: Sequence[Resource]) -> Iterator[Trace]:
    """Marks, product pictures, robots.txt and error pages, which take more than one file."""
    shown = sorted((_page(file) for file in whole), key=lambda page: (page.role is not Role.HOME, page.url))[:_WHOLE_PAGES]
    reading = _reading(shown or [_BLANK], others)
    yield from _taken(reading, logo, imagery, infrastructure)
    for file in [file for file in pages if _MISSING.search(file.path)][:4]:
        missing = _text_page(file, Role.ERROR_PAGE)
        yield from _taken(_reading(shown or [_BLANK], [], missing), behaviour)


def _taken(reading: Reading, *fingerprints: Fingerprint) -> Iterator[Trace]:
    for fingerprint in fingerprints:
        yield from fingerprint.take(reading)


def _class_pages(sheet: str) -> Iterator[Page]:
    """Pages that use every class a sheet has rules for: markup that uses a library shows them."""
    names = sorted(set(_CLASS.findall(without_comments(sheet[:MAX_SHEET_CHARS]))))
    for start in range(0, len(names), SAMPLE):
        body = "".join(f'<i class="{name}"></i>' for name in names[start : start + SAMPLE])
        yield Page(_resource("", f"<html><body>{body}</body></html>".encode(), Role.HOME, "text/html; charset=utf-8"))


def _usual_paths(package: Package, others: Sequence[Resource]) -> Iterator[str]:
    """Where page builders lay a well-known library's files, with its version in the name or without."""
    built = [r for r in others if r.role in _USUAL_FOLDERS and not _SOURCES.search(r.url)]
    for resource in sorted(built, key=lambda r: (r.url.count("/"), r.url))[:_USUAL_FILES]:
        name = resource.url.rpartition("/")[2].lower()
        stem = re.match(r"([a-z0-9]+(?:[._-][a-z]+)*?)((?:\.min)?\.(?:js|css))$", name)
        versioned = f"{stem[1]}-{package.version}{stem[2]}" if stem else name
        for folder in _USUAL_FOLDERS[resource.role]:
            yield f"/{folder}/{name}"
            yield f"/{folder}/{versioned}"


def _is_telling(trace: Trace) -> bool:
    """False for what only stands for a placeholder, or is the made-up host itself."""
    return _HOST not in trace.value and trace.value.strip() != ""


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def _root(pages: Iterable[str]) -> str:
    """The folder that a shop would put at its root: where the shallowest index page lies."""
    indexes = [path for path in pages if path.rpartition("/")[2].lower() in ("index.html", "index.htm")]
    return min(indexes, key=lambda path: (path.count("/"), path)).rpartition("/")[0] if indexes else ""


def _served_at(path: str, root: str) -> str:
    if served := _SERVED.search(path):
        return served[1]
    return path[len(root) + 1 :] if root and path.startswith(f"{root}/") else path


def _resource(path: str, body: bytes, role: Role, media_type: str) -> Resource:
    return Resource(f"https://{_HOST}/{path}", 200, (("content-type", media_type),), body, sha256(body).hexdigest(), "", role)


def _page(file: PackageFile, role: Role | None = None) -> Page:
    text = _PLACEHOLDER.sub("", file.body[:2_000_000].decode("utf-8", "replace"))
    url = f"https://{_HOST}/{file.path}"
    if role is None:
        said = classify(url)
        role = said if said.is_page else Role.PAGE
    return Page(_resource(file.path, text.encode("utf-8", "replace"), role, "text/html; charset=utf-8"))


def _text_page(file: PackageFile, role: Role | None = None) -> Page:
    """The page as it reads before anybody fills it in."""
    text = file.body[:2_000_000].decode("utf-8", "replace")
    said = _TRANSLATED.sub(lambda match: next(filter(None, match.group("one", "two", "three", "four", "five")), ""), text)
    return _page(PackageFile(file.path, said.encode("utf-8", "replace")), role)


def _reading(pages: Sequence[Page], others: Sequence[Resource], error_page: Page | None = None) -> Reading:
    resources = (*(page.resource for page in pages), *others)
    capture = Capture(_HOST, f"https://{_HOST}/", HostKind.STOREFRONT, Outcome.FINISHED, "", resources)
    return Reading(capture, _SHOP, tuple(pages), (), error_page, ())


_BLANK = Page(_resource("", b"<html><body></body></html>", Role.HOME, "text/html; charset=utf-8"))
