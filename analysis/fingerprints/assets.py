"""Assets: the files a storefront serves, by content and by name.

Takes digests of scripts, style sheets, fonts and pictures above 1 KB (below it everybody's blank pixels are equal);
scripts also without comments and white space; paths on the storefront's own host without queries and build marks; names
of pictures; names and folders of themes and credits to their authors; stamped upload names, build ids, source maps and
the builder's local paths; the platform.

Keys: all but platform, credit, release, names of source maps and stamped product pictures.

Compares: equal values, weighed by how few ordinary sites have them: ``/css/bootstrap.min.css`` is worth nothing.

Classes: files, paths, theme names, declared releases and the builder's local paths are A: they travel with the file,
and public packages carry their own. The random build id of a site generator, archived source maps of the shop's own
code and the upload names of *site-wide* pictures (logo, banners: what a supplier does not hand out with his catalogue)
are E: they stand behind the page. A byte copy of the whole site carries even them along, so they count only between
shops that copying does not explain. Stamped names of other pictures are A: resellers get them from one supplier.

What fools it: libraries and themes from public packages, tenants of one platform (same build id), suppliers' pictures,
and copies by mirror tools.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from analysis.asset_names import is_stamped, normal_path, normal_script, picture_name
from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.marks import is_foreign_mark
from analysis.pages import Page
from analysis.platforms import platform_of
from analysis.reading import Reading
from analysis.sightings import Sightings
from analysis.sketches import feature_value
from analysis.tags import ByHead, Head
from crawler.captures import Resource, Role

__all__ = ["KINDS", "take"]

_A = EvidenceClass.COPYABLE
_E = EvidenceClass.BEHIND_THE_PAGE
_T = Family.TEMPLATE

KINDS: tuple[Kind, ...] = (
    Kind("assets.script", _T, _A, Mode.VALUE, "the same script file"),
    Kind("assets.script_text", _T, _A, Mode.VALUE, "the same script, comments and white space aside"),
    Kind("assets.style_file", _T, _A, Mode.VALUE, "the same style sheet file"),
    Kind("assets.font_file", _T, _A, Mode.VALUE, "the same font file"),
    Kind("assets.picture", Family.IMAGERY, _A, Mode.VALUE, "the same picture file"),
    Kind("assets.path", _T, _A, Mode.VALUE, "a file at the same path"),
    Kind("assets.picture_path", Family.IMAGERY, _A, Mode.VALUE, "a picture at the same path"),
    Kind("assets.picture_name", Family.IMAGERY, _A, Mode.VALUE, "a picture of the same file name"),
    Kind("assets.stamped_name", Family.IMAGERY, _A, Mode.VALUE, "a picture of the same time-stamped name", key=False),
    Kind("assets.upload_name", Family.IMAGERY, _E, Mode.VALUE, "a site-wide picture uploaded under the same time-stamped name"),
    Kind("assets.build_id", _T, _E, Mode.VALUE, "the same build"),
    Kind("assets.release", _T, _A, Mode.VALUE, "the same declared release", key=False),
    Kind("assets.build_path", _T, _A, Mode.VALUE, "files built in the same folder of somebody's computer"),
    Kind("assets.source_map", _T, _E, Mode.VALUE, "the same source map of the shop's own code"),
    Kind("assets.source_map_name", _T, _A, Mode.VALUE, "a source map of the same name", key=False),
    Kind("assets.theme_name", _T, _A, Mode.VALUE, "a theme that calls itself the same"),
    Kind("assets.theme_folder", _T, _A, Mode.VALUE, "a theme folder of the same name"),
    Kind("assets.theme_credit", _T, _A, Mode.VALUE, "a template credited to the same author", key=False),
    Kind("assets.platform", _T, _A, Mode.FACT, "shop platform", key=False),
)

#: Below this a file says nothing: blank pixels, empty sprites, one-line stubs.
_SMALLEST = 1_025
_REFERENCES_PER_PAGE = 600
_VALUES = 200
_PAGES = 12
_SOURCE_SEARCHED = 200_000
_SCRIPT_TAIL = 4_000
_FOOTER_STRINGS = 120

_PICTURE_ROLES = (Role.IMAGE, Role.ICON)
_EVERYBODYS = frozenset(
    {"/", "", "/favicon.ico", "/robots.txt", "/sitemap.xml", "/apple-touch-icon.png", "/sitemap_index.xml", "/manifest.json"}
)
_FILE = re.compile(r"\.[a-z0-9]{2,5}$")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico)$")
_THEME_HEADER = re.compile(r"(?i)(?:theme|template)(?:[ -]name)?[ \t]{0,4}:[ \t]{0,4}([^\n*]{2,60})")
_SHOPIFY_THEME = re.compile(r'Shopify\.theme\s{0,3}=\s{0,3}\{"name":"([^"\\]{2,60})"')
_FOLDERS: Final = (
    ("wordpress", "/wp-content/themes/", re.compile(r"/wp-content/themes/([\w.-]{2,60})/")),
    ("magento", "/skin/frontend/", re.compile(r"/skin/frontend/([\w.-]{2,40}/[\w.-]{2,40})/")),
    ("magento", "/static/version", re.compile(r"/static/version\d{1,14}/frontend/([\w.-]{2,40}/[\w.-]{2,40})/")),
    ("opencart", "catalog/view/theme/", re.compile(r"catalog/view/theme/([\w.-]{2,60})/")),
    ("bitrix", "/bitrix/templates/", re.compile(r"/bitrix/templates/([\w.-]{2,60})/")),
    ("prestashop", "/themes/", re.compile(r"/themes/([\w.-]{2,60})/(?:assets|css|js|cache)/")),
)
_CREDITED = re.compile(
    r"(?i)\b(?:template|theme|thème|vorlage|plantilla|шаблон)\b[^.|©]{0,40}$|\b(?:template|theme|шаблон) (?:by|von|par|por|от)\b"
)
_BY = re.compile(r"(?i)(?:^|\s)(?:by|von|par|por|от)\b\s{0,3}:?\s{0,3}([\w][\w.&' -]{1,38})?$")
_NEXT_BUILD = re.compile(r"/_next/static/([\w-]{8,40})/_(?:build|ssg)Manifest\.js")
_META_BUILD = re.compile(
    r"(?i)^(?:build|build-id|build-number|buildid|release|revision|commit|git-commit|app-version|deploy|deployment-id)$"
)
_BUILD_VALUE = re.compile(r"^(?=.{0,39}\d)[\w.:+-]{7,60}$")
_SOURCE_MAP = re.compile(r"[#@]\s?sourceMappingURL=([^\s'\"*]{1,300})")
#: Public packages ship maps too: theirs say nothing of a shop.
_LIBRARY = re.compile(
    r"bootstrap|jquery|popper|swiper|owl|slick|awesome|vue|react|angular|lodash|moment|polyfill|vendor|chunk|min\."
)
_LOCAL_MARKS = ("/home/", "/Users/", "\\Users\\", ":/Users/")
_LOCAL_PATH = re.compile(
    r"(?i)(?:[a-z]:[\\/]{1,2}users[\\/]{1,2}[\w .-]{2,40}|/(?:home|users)/[\w.-]{2,40})(?:[\\/]{1,2}[\w .@-]{1,40}){1,6}"
)


class _Files:
    """The storefront's files as referenced by its pages and as archived."""

    def __init__(self, reading: Reading) -> None:
        self.site = reading.site
        self.seen = Sightings(limit=_VALUES)
        self.paths: dict[str, tuple[str, str, str]] = {}
        self._known: dict[str, tuple[tuple[str, str, str], ...]] = {}
        self.stamped: dict[str, tuple[str, str]] = {}
        self.roles: dict[str, set[Role]] = defaultdict(set)

    def is_own(self, url: str) -> bool:
        try:
            host = (urlsplit(url).hostname or "").lower()
        except ValueError:
            return False
        return host == self.site or host.endswith(f".{self.site}")

    def reference(self, target: str, place: Page | Resource) -> None:
        """One file named by a page, or archived itself."""
        features = self._known.get(target)
        if features is None:
            features = self._known[target] = tuple((name, value, f"{name} {value}") for name, value in self._features(target))
        if not features:
            return
        here = (place.url, place.digest)
        for name, value, key in features:
            if name == "stamped":
                self.stamped[value] = min(self.stamped.get(value, here), here)
                if place.role.is_page:
                    self.roles[value].add(place.role)
                continue
            known = self.paths.get(key)
            if known is None or here < known[:2]:
                self.paths[key] = (*here, value)

    def _features(self, target: str) -> Iterator[tuple[str, str]]:
        """What the name of one file says: kind and value; nothing for files of other hosts and names that everybody has."""
        if not self.is_own(target):
            return
        path = normal_path(target)
        if path in _EVERYBODYS or not _FILE.search(path):
            return
        if _PICTURE_FILE.search(path) and is_foreign_mark(path.rpartition("/")[2]):
            return  # card, carrier and network marks belong to everybody
        yield ("assets.picture_path" if _PICTURE_FILE.search(path) else "assets.path"), path
        if stem := picture_name(target):
            yield "assets.picture_name", stem
            if is_stamped(stem):
                yield "stamped", stem

    def traces(self) -> Iterator[Trace]:
        kept: dict[str, list[str]] = defaultdict(list)
        for key in self.paths:
            kept[key.partition(" ")[0]].append(key)
        for kind, keys in kept.items():
            for key in sorted(keys, key=feature_value)[:_VALUES]:
                url, digest, value = self.paths[key]
                self.seen.see(kind, value, url, digest)
        for stem, (url, digest) in self.stamped.items():
            kind = "assets.upload_name" if len(self.roles[stem]) > 1 else "assets.stamped_name"
            self.seen.see(kind, stem, url, digest)
        yield from self.seen.traces()


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of assets, in order of kind and value."""
    files = _Files(reading)
    pages = reading.readable[:_PAGES]
    if not pages:
        return
    for page in pages:
        _references(page, files)
        _page_marks(page, files.seen)
    for resource in reading.assets(Role.SCRIPT, Role.STYLE, Role.FONT, Role.IMAGE, Role.ICON, Role.OTHER):
        _body(resource, files)
    _platform(reading, pages, files.seen)
    yield from files.traces()


def _references(page: Page, files: _Files) -> None:
    named: dict[str, list[str]] = {"link": [], "script": [], "img": []}
    for tag in page.all_tags:
        if tag.name in named and tag.opens:
            named[tag.name] += _targets[tag.head]
    for target in dict.fromkeys([*named["link"], *named["script"], *named["img"]][:_REFERENCES_PER_PAGE]):
        files.reference(page.absolute(target), page)


@ByHead
def _targets(head: Head) -> tuple[str, ...]:
    """The files that a ``link``, ``script`` or ``img`` names."""
    names = {"link": ("href",), "script": ("src",)}.get(head.name, ("src", "data-src", "data-original"))
    values = (head.attributes.get(name, "") for name in names)
    return tuple(value for value in values if value and len(value) < 2_083 and not value.startswith(("data:", "?", "#")))


def _body(resource: Resource, files: _Files) -> None:
    if resource.role is not Role.OTHER:
        files.reference(resource.url, resource)
    if len(resource.body) < _SMALLEST:
        return
    seen = files.seen
    place = (resource.url, resource.digest)
    if resource.role in _PICTURE_ROLES:
        if is_foreign_mark(_name(resource)):
            return
        seen.see("assets.picture", resource.digest, *place, _name(resource), asset=True)
    elif resource.role is Role.FONT:
        seen.see("assets.font_file", resource.digest, *place, _name(resource), asset=True)
    elif resource.role is Role.SCRIPT:
        text = resource.body[:1_000_000].decode("utf-8", "replace")
        normal = normal_script(text, files.site)
        seen.see("assets.script", resource.digest, *place, _name(resource), asset=True)
        if len(normal) >= _SMALLEST:
            digest = sha256(normal.encode("utf-8", "replace")).hexdigest()[:32]
            seen.see("assets.script_text", digest, *place, _name(resource), asset=True)
        _built(text, resource, files)
    elif resource.role is Role.STYLE:
        text = resource.body[:1_000_000].decode("utf-8", "replace")
        seen.see("assets.style_file", resource.digest, *place, _name(resource), asset=True)
        header = text[:3_000].partition("*/")[0] if "/*" in text[:200] else ""
        for theme in _THEME_HEADER.findall(header)[:1]:
            seen.see("assets.theme_name", _plain(theme), *place, theme.strip(), asset=True)
        _built(text, resource, files)
    elif (
        resource.url.partition("?")[0].endswith(".map")
        and files.is_own(resource.url)
        and not _LIBRARY.search(_name(resource).lower())
    ):
        seen.see("assets.source_map", resource.digest, *place, _name(resource), asset=True)


def _built(text: str, resource: Resource, files: _Files) -> None:
    """What a build leaves in a file of the storefront's own host."""
    if not files.is_own(resource.url):
        return
    for target in _SOURCE_MAP.findall(text[-_SCRIPT_TAIL:])[-1:]:
        name = target.partition("?")[0].rpartition("/")[2].lower()
        own = resource.url.partition("?")[0].rpartition("/")[2].lower()
        if not target.startswith("data:") and name != f"{own}.map" and normal_path(f"/{name}") != normal_path(f"/{own}.map"):
            files.seen.see("assets.source_map_name", target[:200].lower(), resource.url, resource.digest, asset=True)
    if not any(mark in text for mark in _LOCAL_MARKS):
        return
    for number, match in enumerate(_LOCAL_PATH.finditer(text[:_SOURCE_SEARCHED])):
        if number == 10:
            break
        files.seen.see("assets.build_path", match.group().replace("\\\\", "\\")[:200], resource.url, resource.digest, asset=True)


def _name(resource: Resource) -> str:
    return urlsplit(resource.url).path.rpartition("/")[2][:120]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).strip(" -|.,;:*/")


def _page_marks(page: Page, seen: Sightings) -> None:
    source = page.html[:_SOURCE_SEARCHED]
    for theme in _SHOPIFY_THEME.findall(source)[:1]:
        seen.see("assets.theme_name", _plain(theme), page.url, page.digest, theme)
    for platform, sign, pattern in _FOLDERS:
        for number, folder in enumerate(pattern.finditer(source) if sign in source else ()):
            if number == 20:
                break
            seen.see("assets.theme_folder", f"{platform}:{folder[1].lower()}", page.url, page.digest)
    for build in _NEXT_BUILD.findall(source)[:1]:
        seen.see("assets.build_id", build, page.url, page.digest)
    metas = (tag.attributes for tag in page.all_tags if tag.name == "meta" and "name" in tag.attributes)
    for attributes in islice(metas, 60):
        content = attributes.get("content", "").strip()
        if _META_BUILD.match(attributes["name"][:40]) and _BUILD_VALUE.match(content[:80]):
            seen.see("assets.release", content, page.url, page.digest, f"{attributes['name']}={content}")
    strings = page.strings[-_FOOTER_STRINGS:]
    for number, text in enumerate(strings):
        if _credits(text[-160:]):
            author = _author(strings[number : number + 4])
            seen.see("assets.theme_credit", _plain(author), page.url, page.digest, f"{text[-80:]} ... {author}")


@lru_cache(maxsize=8_192)
def _credits(text: str) -> bool:
    return _CREDITED.search(text) is not None


def _author(strings: tuple[str, ...]) -> str:
    """The name after the first "by" of a credit; icons and links may have cut the sentence in pieces."""
    for number, text in enumerate(strings[:3]):
        if by := _BY.search(text[-80:]):
            return by[1] or (strings[number + 1][:40] if number + 1 < len(strings) else "")
    return ""


def _platform(reading: Reading, pages: tuple[Page, ...], seen: Sightings) -> None:
    names = [
        f"{k} {v.partition('=')[0] if k.lower() == 'set-cookie' else ''}" for page in pages[:3] for k, v in page.resource.headers
    ]
    urls = [resource.url for resource in reading.capture.resources[:300]]
    texts = (*(page.html[:_SOURCE_SEARCHED].lower() for page in pages[:3]), "\n".join(names).lower(), "\n".join(urls).lower())
    found = platform_of(texts)
    if found is not None:
        platform, marks = found
        seen.see("assets.platform", platform, pages[0].url, pages[0].digest, f"{platform} ({', '.join(marks[:4])})")
