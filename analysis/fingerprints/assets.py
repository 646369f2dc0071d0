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
from itertools import chain
from urllib.parse import urlsplit

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.files.asset_bodies import body_told
from analysis.files.asset_names import FOREIGN_NAMES, NameTold, normal_path, split_address
from analysis.files.page_files import FILES_OF_RUNS, NAMES_OF_PATHS, FilesNamed
from analysis.files.platforms import PLATFORM_MARKS, platform_of
from analysis.files.source_marks import SourceMarks, written
from analysis.files.theme_marks import SIGNS, credits_on, marks_in, plain_name
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.sightings import Sightings
from analysis.sketches import feature_value
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
_NEW_NAMES_PER_PAGE = 600
_VALUES = 200
_PAGES = 12
#: Pages from which the platform is told, and addresses of files.
_PLATFORM_PAGES = 3
_ADDRESSES_SEARCHED = 300

#: Pages on which goods are shown: a picture that stands on no other is a product's, and suppliers hand those out.
_SHOW_GOODS = frozenset({Role.HOME, Role.LISTING, Role.PRODUCT, Role.CART, Role.BLOG, Role.PAGE, Role.ERROR_PAGE})
_SCRIPT, _STYLE, _FONT, _OTHER = Role.SCRIPT, Role.STYLE, Role.FONT, Role.OTHER
_PICTURE_ROLES = (Role.IMAGE, Role.ICON)
_FILE_ROLES = (_SCRIPT, _STYLE, _FONT, *_PICTURE_ROLES, _OTHER)
#: Public packages ship maps too: theirs say nothing of a shop.
_LIBRARY = re.compile(
    r"bootstrap|jquery|popper|swiper|owl|slick|awesome|vue|react|angular|lodash|moment|polyfill|vendor|chunk|min\."
)
_SOURCE_MARKS = SourceMarks(PLATFORM_MARKS | SIGNS)


class _Files:
    """The storefront's files as referenced by its pages and as archived."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.seen = Sightings(limit=_VALUES)
        self.looked_at: set[FilesNamed] = set()
        self._told: dict[NameTold, tuple[str, str]] = {}
        self._roles: dict[str, set[Role]] = defaultdict(set)
        self._own: dict[str, bool] = {}

    def is_own(self, origin: str) -> bool:
        """True for the origin of an address on one of the storefront's own hosts."""
        own = self._own.get(origin)
        if own is None:
            try:
                host = (urlsplit(origin).hostname or "").lower()
            except ValueError:
                host = ""
            own = self._own[origin] = host == self.site or host.endswith(f".{self.site}")
        return own

    def reference(self, url: str, place: Page | Resource) -> None:
        """One file named by its address, by a page or by being archived."""
        self.reference_to(*split_address(url), place)

    def reference_to(self, origin: str, path: str, place: Page | Resource) -> None:
        """One file named by origin and path of its address."""
        if self.is_own(origin) and (told := NAMES_OF_PATHS[path]):
            self.see(told, place)

    def see(self, told: NameTold, place: Page | Resource) -> None:
        """What the name of one of the storefront's own files says."""
        here = (place.url, place.digest)
        known = self._told.get(told)
        if known is None or here < known:
            self._told[told] = here
        if told.is_stamped and place.role.is_page:
            self._roles[told.picture].add(place.role)

    def traces(self) -> Iterator[Trace]:
        paths: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for told, place in self._told.items():
            _lowest(paths["assets.picture_path" if told.is_picture else "assets.path"], told.path, place)
            if told.picture:
                _lowest(paths["assets.picture_name"], told.picture, place)
            if told.is_stamped:
                roles = self._roles[told.picture]
                is_of_the_house = len(roles) > 1 and bool(roles - _SHOW_GOODS)
                kind = "assets.upload_name" if is_of_the_house else "assets.stamped_name"
                self.seen.see(kind, told.picture, *place)
        for kind, places in paths.items():
            kept = (
                places if len(places) <= _VALUES else sorted(places, key=lambda value: feature_value(f"{kind} {value}"))[:_VALUES]
            )
            for value in kept:
                self.seen.see(kind, value, *places[value])
        yield from self.seen.traces()


def _lowest(places: dict[str, tuple[str, str]], value: str, place: tuple[str, str]) -> None:
    known = places.get(value)
    if known is None or place < known:
        places[value] = place


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of assets, in order of kind and value."""
    files = _Files(reading.site)
    pages = reading.readable[:_PAGES]
    if not pages:
        return
    for page in sorted(pages, key=lambda page: (page.url, page.digest)):
        _references(page, files)
        for author, shown in credits_on(page):
            files.seen.see("assets.theme_credit", plain_name(author), page.url, page.digest, shown)
    for resource in reading.assets(*_FILE_ROLES):
        _body(resource, files)
    _source(reading, pages, files.seen)
    yield from files.traces()


def _references(page: Page, files: _Files) -> None:
    """The files that a page names; what it has in common with one before is looked at only where it may say something else."""
    rows = list(filter(None, dict.fromkeys(map(FILES_OF_RUNS.__getitem__, page.runs))))
    is_own = files.is_own(split_address(page.base if any(row.has_base for row in rows) else page.url)[0])
    left = _NEW_NAMES_PER_PAGE
    for row in rows:
        if row in files.looked_at:
            continue
        if row.is_steady and is_own:
            files.looked_at.add(row)
        if is_own:
            for told in row.own:
                files.see(told, page)
        for address in row.elsewhere:
            files.reference(address, page)
        for address in row.relative:
            files.reference(page.absolute(address), page)
        for release, name in row.releases:
            files.seen.see("assets.release", release, page.url, page.digest, f"{name}={release}")
        left -= len(row.own) + len(row.elsewhere) + len(row.relative)
        if left <= 0:
            return


def _body(resource: Resource, files: _Files) -> None:
    role = resource.role
    origin, path = split_address(resource.url)
    if role is not _OTHER:
        files.reference_to(origin, path, resource)
    if len(resource.body) < _SMALLEST:
        return
    place = (resource.url, resource.digest)
    name = path.rpartition("/")[2][:120]
    see = files.seen.see
    if role in _PICTURE_ROLES:
        if not FOREIGN_NAMES[name]:
            see("assets.picture", resource.digest, *place, name, asset=True)
    elif role is _FONT:
        see("assets.font_file", resource.digest, *place, name, asset=True)
    elif role is _SCRIPT or role is _STYLE:
        see("assets.script" if role is _SCRIPT else "assets.style_file", resource.digest, *place, name, asset=True)
        told = body_told(resource, files.site)
        if told.characters >= _SMALLEST:
            see("assets.script_text", told.text, *place, name, asset=True)
        if told.theme:
            see("assets.theme_name", plain_name(told.theme), *place, told.theme.strip(), asset=True)
        if files.is_own(origin):
            if _is_telling_map(told.source_map, path):
                see("assets.source_map_name", told.source_map[:200].lower(), *place, asset=True)
            for folder in told.paths:
                see("assets.build_path", folder, *place, asset=True)
    elif path.endswith(".map") and files.is_own(origin) and not _LIBRARY.search(name.lower()):
        see("assets.source_map", resource.digest, *place, name, asset=True)


def _is_telling_map(source_map: str, path: str) -> bool:
    """True for a source map that is not just called after its file."""
    if not source_map or source_map.startswith("data:"):
        return False
    name = source_map.partition("?")[0].rpartition("/")[2].lower()
    own = path.rpartition("/")[2].lower()
    return name != f"{own}.map" and normal_path(f"/{name}") != normal_path(f"/{own}.map")


def _source(reading: Reading, pages: tuple[Page, ...], seen: Sightings) -> None:
    """What the source of pages, header names and addresses say of platform, theme and build."""
    first = pages[:_PLATFORM_PAGES]
    names = [f"{k} {v.partition('=')[0] if k.lower() == 'set-cookie' else ''}" for page in first for k, v in page.resource.headers]
    urls = [resource.url for resource in reading.capture.resources[:_ADDRESSES_SEARCHED]]
    runs = dict.fromkeys(chain.from_iterable(page.runs for page in first))
    _, there = _SOURCE_MARKS.within(runs, "\n".join(names + urls))
    platform = platform_of(there)
    if platform:
        name, marks = platform
        seen.see("assets.platform", name, first[0].url, first[0].digest, f"{name} ({', '.join(marks[:4])})")
    if SIGNS.isdisjoint(there):
        return
    for page in pages:
        marked, there = _SOURCE_MARKS.within(dict.fromkeys(page.runs))
        source = [written(tag) for run in marked for tag in run.tags]
        for kind, value, shown in marks_in(source, there, platform[0] if platform else ""):
            seen.see(f"assets.{kind}", value, page.url, page.digest, shown)
