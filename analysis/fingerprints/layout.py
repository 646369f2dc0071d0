"""Layout: how the pages are built, whatever they say.

Takes, from a few pages of each role: tag paths without wrappers, pq-grams of the element tree (Augsten, Böhlen and
Gamper, "Approximate matching of hierarchical data using pq-grams", VLDB 2005; p,q = 1,2 and 2,3), class and id names,
the pattern in which classes repeat (which outlives their renaming), the order of landmarks, the generator's noise and
the comments left in the source.

Keys: ``layout.band`` (near-equal structure), ``layout.block`` (an equal part), ``layout.skeleton`` (equal order of
landmarks), ``layout.comment`` (same rare comment). Bags bring no pair together by themselves.

Compares: bags by weighted overlap. Features carry the page's role, repetitions count by their logarithm, and paths
leave out ``div`` and ``span``: a wrapper, a moved section or one more product card changes little. Renamed classes
empty ``layout.class`` and leave ``layout.path``, ``layout.pq12``, ``layout.pq23`` and ``layout.class_pattern`` as they
were. A full bag is a sample: ``analysis.sketches``.

Class A throughout: a page's layout can be saved by anyone.

What fools it: strangers on one theme are alike to the last feature, and one operator on two themes shares nothing; only
what the theme does not explain speaks of an operator. A minifier removes noise and comments. Pages drawn by scripts
show their shell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.once import OncePerDigest
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.sightings import Sightings
from analysis.sketches import SAMPLE, banded, feature_value, minima_of_values
from analysis.structure.markup_habits import comments, habits, source_of
from analysis.structure.page_layout import Column, PageLayout, column, layout_of
from crawler.captures import Role

__all__ = ["KINDS", "take"]


def _bag(word: str, means: str) -> Kind:
    return Kind(f"layout.{word}", Family.TEMPLATE, EvidenceClass.COPYABLE, Mode.BAG, means, key=False)


def _value(word: str, means: str) -> Kind:
    return Kind(f"layout.{word}", Family.TEMPLATE, EvidenceClass.COPYABLE, Mode.VALUE, means)


KINDS: tuple[Kind, ...] = (
    _bag("path", "elements nested alike"),
    _bag("pq12", "the same neighbours in the element tree"),
    _bag("pq23", "the same neighbourhoods in the element tree"),
    _bag("class", "the same class and id names"),
    _bag("class_pattern", "classes that repeat in the same pattern, whatever their names"),
    _bag("noise", "markup typed with the same habits"),
    _value("block", "a part of the page built exactly alike"),
    _value("skeleton", "the same landmarks in the same order"),
    _value("band", "nearly the same structure"),
    _value("comment", "the same comment in the source"),
)

_BAGS = tuple(kind.name.removeprefix("layout.") for kind in KINDS if kind.mode is Mode.BAG)
#: Pages read of each group of roles; more of one template add nothing but time.
_GROUPS: tuple[tuple[str, tuple[Role, ...], int], ...] = (
    ("home", (Role.HOME,), 1),
    ("listing", (Role.LISTING,), 1),
    ("product", (Role.PRODUCT,), 1),
    ("door", (Role.LOGIN, Role.REGISTER, Role.INVITATION), 1),
    ("buying", (Role.CART, Role.CHECKOUT, Role.PAYMENT), 1),
    ("other", (Role.CONTACT, Role.ABOUT, Role.BLOG, Role.SHIPPING, Role.PAGE), 1),
)
#: Pages whose source is read for habits, the first chosen: what types one page of a shop types them all.
_TYPED = 3
_COMMENTS = 64
_SKELETON_SHORTEST = 8
_BAND_SMALLEST = 25
_VALUE = attrgetter("value")


class _Bag:
    """The traces of one kind: how often on one page at most, where first seen. ``is_grouped``: pages never share a feature."""

    __slots__ = ("is_grouped", "kind", "traces")

    def __init__(self, word: str) -> None:
        self.kind = f"layout.{word}"
        self.is_grouped = word not in ("class", "noise")
        self.traces: list[Trace] = []

    def add(self, page: Page, features: Column) -> None:
        """Add one page's features."""
        columns = zip(repeat(self.kind), features.values, repeat(page.url), repeat(page.digest), features.shown, features.weights)
        self.traces += map(_TRACE, columns)

    def sample(self) -> list[Trace]:
        """The traces of smallest value, in order."""
        return sorted(self.traces if self.is_grouped else self._merged(), key=_VALUE)[:SAMPLE]

    def _merged(self) -> Iterable[Trace]:
        found: dict[str, Trace] = {}
        for trace in self.traces:
            first = found.setdefault(trace.value, trace)
            if first.weight < trace.weight:
                found[trace.value] = first._replace(weight=trace.weight)
        return found.values()


#: A trace of its fields in a row; a storefront has more than a thousand, and calling ``Trace`` takes twice the time.
_TRACE = partial(tuple.__new__, Trace)


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of layout, in order of kind and value."""
    bags = {word: _Bag(word) for word in sorted(_BAGS)}
    structure: list[str] = []
    seen = Sightings(limit=_COMMENTS)
    for number, (group, page) in enumerate(_chosen(reading)):
        found = _layout(group, page)
        for word, features in found.bags.items():
            bags[word].add(page, features)
        for value, shown in found.blocks:
            seen.see("layout.block", value, page.url, page.digest, shown)
        if group in ("home", "product"):
            structure += found.bags["path"].values + found.bags["pq12"].values
        if len(found.landmarks) >= _SKELETON_SHORTEST:
            skeleton = " ".join(found.landmarks)
            seen.see("layout.skeleton", f"{group}:{feature_value(skeleton)}", page.url, page.digest, skeleton[:200])
        files, read_source = (_TYPED_FILES, _typed) if number < _TYPED else (_OTHER_FILES, _told)
        written = files.read(page.digest, page.html, read_source)
        for comment in written.comments:
            seen.see("layout.comment", comment.casefold(), page.url, page.digest, comment)
        bags["noise"].add(page, written.noise)
    for bag in bags.values():
        yield from bag.sample()
    home = reading.home or next(iter(reading.readable), None)
    if home is not None and len(structure) >= _BAND_SMALLEST:
        for value in banded(minima_of_values(structure, 40), rows=5):
            seen.see("layout.band", value, home.url, home.digest)
    yield from seen.traces()


class _Written(NamedTuple):
    """What the source of a page says beside its tags: comments, and habits where they are asked for."""

    comments: Sequence[str]
    noise: Column


def _typed(html: str) -> _Written:
    source = source_of(html)
    return _Written(comments(source), column("", habits(source)))


def _told(html: str) -> _Written:
    return _Written(comments(source_of(html)), column("", {}))


def _layout(group: str, page: Page) -> PageLayout:
    if len(page.html) > _REMEMBERED_CHARS:
        return layout_of(group, page.tags)
    return _LAYOUTS.read(f"{group} {page.digest}", page.html, lambda _: layout_of(group, page.tags))


#: Mirrors show one file, and most of a shop's files are the same a week later.
_LAYOUTS: OncePerDigest[PageLayout] = OncePerDigest(most=256)
_TYPED_FILES: OncePerDigest[_Written] = OncePerDigest(most=512)
_OTHER_FILES: OncePerDigest[_Written] = OncePerDigest(most=512)
_REMEMBERED_CHARS = 200_000


def _chosen(reading: Reading) -> Iterator[tuple[str, Page]]:
    """Pages to read, with their group. A gate stands for its role and for a door: it resembles log-in pages too."""
    gates = frozenset(id(page) for page in reading.gates)
    for group, roles, most in _GROUPS:
        fitting = [p for p in reading.readable if p.role in roles or (group == "door" and id(p) in gates)]
        yield from ((group, page) for page in fitting[:most])
