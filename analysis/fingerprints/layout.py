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

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, groupby, pairwise

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.markup_habits import comments, habits, without_code
from analysis.pages import Page
from analysis.reading import Reading
from analysis.sightings import Sightings
from analysis.sketches import bands, bottom_k, feature_value
from analysis.tags import ByHead, Head, Tag
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
#: Elements walked per page; the largest real pages have about ten thousand.
_ELEMENTS = 12_000
_CHILDREN = 2_000
_PATH_TAGS = 7
_COMMENTS = 64
#: A block has this many parts at least, equal ones counted once; smaller ones (a menu, a form) are built alike everywhere.
_BLOCK_SMALLEST = 12
_BLOCKS = 32
_SKELETON_SHORTEST = 8
_SKELETON_LONGEST = 120
_BAND_SMALLEST = 25

#: Stands in a row of children for comments and elements without structure, where they come first.
_UNCOUNTED = ""
_WRAPPERS = frozenset({"div", "span", "center", "font", "b", "i", "em", "strong", "br"})
_UNSTRUCTURED = frozenset({"script", "noscript", "style", "svg", "template", "link", "meta", "head"})
_LANDMARK_TAGS = frozenset({"header", "nav", "main", "aside", "footer", "section", "article", "form", "table"})
_LANDMARK_WORD = re.compile(
    r"(?<![a-z])(header|top|nav|navbar|menu|logo|search|cart|basket|breadcrumb|slider|carousel|hero|banner|categor|sidebar|filter|content"
    r"|main|product|related|featured|newsletter|subscribe|brand|blog|testimonial|instagram|service|footer|copyright|widget|pagination)"
)
_MARKED_BY_STATE = re.compile(r"\d{3,}|[0-9a-f]{8,}|(?<=[a-z])[A-Z0-9]{5,}$")


@dataclass(slots=True)
class _Structure:
    """Counts over the pages read; values are (count, page of first sight)."""

    kinds: dict[str, dict[str, tuple[int, Page]]] = field(default_factory=dict)
    banded: list[str] = field(default_factory=list)

    def add(self, kind: str, counts: Counter[str], page: Page) -> None:
        held = self.kinds.setdefault(kind, {})
        for feature, count in counts.items():
            known = held.get(feature)
            held[feature] = (count, page) if known is None else (max(count, known[0]), known[1])


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of layout, in order of kind and value."""
    structure = _Structure()
    seen = Sightings(limit=_COMMENTS)
    for number, (group, page) in enumerate(_chosen(reading)):
        _read(group, page, structure, seen)
        typed = without_code(page.html)
        for comment in comments(page.html, typed):
            seen.see("layout.comment", comment.casefold(), page.url, page.digest, comment)
        if number < _TYPED:
            structure.add("layout.noise", habits(page.html, typed), page)
    for kind, features in sorted(structure.kinds.items()):
        for value, feature, (count, page) in bottom_k(features):
            yield Trace(kind, value, page.url, page.digest, feature[:160], float(count.bit_length()))
    home = reading.home or next(iter(reading.readable), None)
    if home is not None and len(structure.banded) >= _BAND_SMALLEST:
        for value in bands(structure.banded, count=8, rows=5):
            seen.see("layout.band", value, home.url, home.digest)
    yield from seen.traces()


def _chosen(reading: Reading) -> Iterator[tuple[str, Page]]:
    """Pages to read, with their group. A gate stands for its role and for a door: it resembles log-in pages too."""
    gates = frozenset(id(page) for page in reading.gates)
    for group, roles, most in _GROUPS:
        fitting = [p for p in reading.readable if p.role in roles or (group == "door" and id(p) in gates)]
        yield from ((group, page) for page in fitting[:most])


def _read(group: str, page: Page, structure: _Structure, seen: Sightings) -> None:
    walk = _Walk(group)
    walk.over(page.tags)
    structure.add("layout.path", walk.paths, page)
    structure.add("layout.pq12", walk.pq12, page)
    structure.add("layout.pq23", walk.pq23, page)
    structure.add("layout.class", walk.names(), page)
    structure.add("layout.class_pattern", walk.patterns(), page)
    if group in ("home", "door"):
        for value, tags in _blocks(walk.parents, walk.labels):
            seen.see("layout.block", value, page.url, page.digest, tags)
    if group in ("home", "product"):
        structure.banded.extend(walk.paths)
        structure.banded.extend(walk.pq12)
        if len(walk.landmarks) >= _SKELETON_SHORTEST:
            skeleton = " ".join(walk.landmarks)
            seen.see("layout.skeleton", f"{group}:{feature_value(skeleton)}", page.url, page.digest, skeleton[:200])


def _blocks(parents: list[int], labels: list[str]) -> list[tuple[str, str]]:
    """Hashes of the page's larger parts by their tags alone, repetitions told once and single wrappers left out.

    Elements come in document order. A moved or wrapped section, one more card, or other class names leave the parts equal; header
    and footer are shared by all pages of a shop, gates among them.
    """
    known: dict[tuple[str, tuple[int, ...]], int] = {}
    digests: list[str] = []
    sizes: list[int] = []
    below: list[list[int]] = [[] for _ in labels]
    for number in range(len(labels) - 1, -1, -1):
        told: list[int] = []
        for child in reversed(below[number]):
            if not told or told[-1] != child:
                told.append(child)
        below[number] = []
        label = labels[number]
        if len(told) == 1 and label in _WRAPPERS:
            whole = told[0]
        else:
            shape = (label, tuple(told))
            whole = known.get(shape, -1)
            if whole < 0:
                whole = known[shape] = len(digests)
                digests.append(feature_value(f"{label} {' '.join(digests[child] for child in told)}"))
                sizes.append(1 + sum(sizes[child] for child in set(told)))
        if parents[number] >= 0:
            below[parents[number]].append(whole)
    large = {whole: shape[0] for shape, whole in known.items() if sizes[whole] >= _BLOCK_SMALLEST}
    kept = sorted(large, key=lambda whole: (-sizes[whole], digests[whole]))[:_BLOCKS]
    return [(digests[whole], f"<{large[whole]}> of {sizes[whole]} parts") for whole in kept]


class _Walk:
    """One pass over a page's tags; windows are gathered in lists and counted at C speed."""

    def __init__(self, group: str) -> None:
        self.group = group
        self.paths: Counter[str] = Counter()
        self.pq12: Counter[str] = Counter()
        self.pq23: Counter[str] = Counter()
        self.identities: list[str] = []
        self.landmarks: list[str] = []
        self.parents: list[int] = []
        self.labels: list[str] = []
        self._classed: list[tuple[str, tuple[str, ...]]] = []
        self._uses: Counter[str] = Counter()

    def over(self, tags: Sequence[Tag]) -> None:
        """Count every element of a page's body; the loop runs once per tag of every page, so it only appends."""
        chains: dict[tuple[int, str], int] = {}
        chained: list[int] = []
        parents, labels, identities, classed = self.parents, self.labels, self.identities, self._classed
        rows: list[list[str]] = []
        marks: list[str] = []
        above = steps = -1
        row: list[str] = []  # the tags of the children so far of what is around
        around: list[tuple[int, int, list[str]]] = []
        skipped = count = 0
        for tag in tags:
            if not tag.opens:
                if skipped:
                    skipped -= tag.closes
                elif tag.closes:
                    above, steps, row = around.pop()
                elif not row:
                    row.append(_UNCOUNTED)
                continue
            if skipped:
                skipped += not tag.closes
                continue
            label = tag.name if count else "body"
            if label in _UNSTRUCTURED or len(row) >= _CHILDREN:
                skipped = not tag.closes
                if not row:
                    row.append(_UNCOUNTED)
                continue
            if count == _ELEMENTS:
                break
            row.append(label)
            parents.append(above)
            below = steps
            if label not in _WRAPPERS:
                below = chains.setdefault((steps, label), len(chains))
                chained.append(below)
            if not tag.head.is_bare or label in _LANDMARK_TAGS:
                classes, identity, mark = _named[tag.head]
                if classes:
                    classed.append((label, classes))
                if identity is not None:
                    identities.append(identity)
                if mark:
                    marks.append(mark)
            own: list[str] = []
            if not tag.closes:
                around.append((above, steps, row))
                above, steps, row = count, below, own
            labels.append(label)
            rows.append(own)
            count += 1
        self.landmarks = [mark for mark, _ in groupby(marks)][:_SKELETON_LONGEST]
        self._uses.update(chain.from_iterable(classes for _, classes in classed))
        told = ["*", *map(labels.__getitem__, parents[1:])]
        self._count(chains, Counter(chained), Counter(zip(told, labels, map(tuple, rows), strict=True)))

    def _count(
        self, chains: dict[tuple[int, str], int], chained: Counter[int], families: Counter[tuple[str, str, tuple[str, ...]]]
    ) -> None:
        """Features of the distinct chains and grams; the 1,2-grams are the starts of the 2,3-grams."""
        group = self.group
        names: list[str] = []
        for above, label in chains:
            names.append(f"{names[above]}>{label}" if above >= 0 else label)
        for number, count in chained.items():
            self.paths[f"{group} {'>'.join(names[number].rsplit('>', _PATH_TAGS)[-_PATH_TAGS:])}"] += count
        pq12, pq23 = self.pq12, self.pq23
        for (parent, label, children), times in families.items():
            starts, windows = _windows(label, children)
            for start, count in starts:
                pq12[f"{group} {start}"] += times * count
            before = f"{group} {parent} {label} "
            for window, count in windows:
                pq23[before + window] += times * count

    def names(self) -> Counter[str]:
        """Class and id names with their uses, serial numbers and build hashes in them made alike."""
        found: Counter[str] = Counter()
        for name, count in self._uses.items():
            found[_unnumbered(name[:60])] += count
        for identity in self.identities:
            found[f"#{_unnumbered(identity)}"] += 1
        return found

    def patterns(self) -> Counter[str]:
        """Tags with how often each of their classes is used on the page: the same before and after a renaming."""
        uses = {name: str(count.bit_length()) for name, count in self._uses.items()}
        shapes = {row: f"{row[0]}({' '.join(sorted(map(uses.__getitem__, row[1])))})" for row in set(self._classed)}
        row = [shapes[row] for row in self._classed]
        return Counter({f"{self.group} {before} {now}": count for (before, now), count in Counter(pairwise(["", *row])).items()})


@ByHead
def _named(head: Head) -> tuple[tuple[str, ...], str | None, str]:
    """Classes, id and landmark of an element."""
    declared, identity = head.attributes.get("class"), head.attributes.get("id")
    mark = ""
    if declared or identity or head.name in _LANDMARK_TAGS:
        word = _LANDMARK_WORD.search(f"{declared or ''} {identity or ''}"[:200].lower())
        if word or head.name in _LANDMARK_TAGS:
            mark = f"{head.name}.{word[1]}" if word else head.name
    return tuple(declared[:400].split()[:12]) if declared else (), identity[:60].strip() if identity else None, mark


@lru_cache(maxsize=4_096)
def _windows(label: str, children: tuple[str, ...]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Starts (element, two neighbours) and windows (three neighbours) over a row of children, each with its number."""
    if not children:
        return [(f"{label} * *", 1)], [("* * *", 1)]
    if children == (_UNCOUNTED,):
        return [(f"{label} * *", 2)], [("* * *", 2)]
    row = ["*", "*", *(child for child in children if child != _UNCOUNTED), "*", "*"]
    windows = Counter(zip(row, row[1:], row[2:], strict=False))
    starts = Counter(pairwise(row))
    del starts["*", "*"]
    return [(f"{label} {one} {two}", count) for (one, two), count in starts.items()], [
        (f"{one} {two} {three}", count) for (one, two, three), count in windows.items()
    ]


@lru_cache(maxsize=16_384)
def _unnumbered(name: str) -> str:
    return _MARKED_BY_STATE.sub("#", name)
