"""How rare a value is: what a stranger would have to be lucky, or copying, to share it.

``u`` of a value is the probability that a storefront of somebody else carries it. It is the largest of three shares:
the kind's floor (nobody has measured rarer), the reference table's share among public libraries, themes and ordinary
shops, and the share of *groups* of this crawl that carry it beside the pair (groups, not sites: an operator's ten
mirrors are one piece of news). Where both storefronts stand on one theme the share among that theme's groups is asked
too, for what a theme brings along says nothing (FIELD part 3, ancestor subtraction).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Rarity", "Reference", "Share", "carriers_of", "group_sites"]


_SEVERAL = "several public packages"
_NOBODY: frozenset[str] = frozenset()


class Reference(Protocol):
    """What the reference table answers: the share of reference entries with the value, None where the kind is unmeasured; the
    one family of packages (a theme, a library) that ships the value, None where none or several do; whether any ships it as
    demo content or a default text."""

    def share(self, kind: str, value: str) -> float | None: ...

    def family(self, kind: str, value: str) -> str | None: ...

    def ships(self, kind: str, value: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Share:
    """``u`` with its source (reference|crawl|theme|floor) and how many other groups carry the value."""

    u: float
    source: str
    others: int


class _Groups:
    """Groups of sites: a set of them is a number in which each has the bit of its first site."""

    def __init__(self, groups: Mapping[str, int], bits: Mapping[str, int]) -> None:
        members: dict[int, int] = defaultdict(int)
        for site, bit in bits.items():
            members[groups[site]] |= bit
        self.members = {site: members[groups[site]] for site in bits}
        self.of = {site: mask & -mask for site, mask in self.members.items()}
        self.count = len(members)
        self._several = [(mask, mask & -mask) for mask in members.values() if mask.bit_count() > 1]
        self._single = sum(mask for mask in members.values() if mask.bit_count() == 1)

    def among(self, sites: int) -> int:
        """The groups that these sites are of."""
        found = sites & self._single
        if found != sites:
            for mask, first in self._several:
                if mask & sites:
                    found |= first
        return found


class _Known:
    """What is asked of one value again and again: who carries it, as bits, and what the reference table says."""

    __slots__ = ("family", "groups", "measured", "sites", "sources")

    def __init__(self, sites: int, groups: int, sources: int, measured: float | None, family: str | None) -> None:
        self.sites = sites
        self.groups = groups
        self.sources = sources
        self.measured = measured
        self.family = family


class Rarity:
    """Counts of one crawl together with the reference table.

    Sets of sites are whole numbers here, a bit a site in order of the names: common values are on hundreds of sites, and every
    pair of them asks.
    """

    def __init__(
        self,
        carriers: Mapping[tuple[str, str], frozenset[str]],
        groups: Mapping[str, int],
        sources: Mapping[str, int],
        themes: Mapping[str, frozenset[str]],
        reference: Reference,
    ) -> None:
        """``carriers`` (kind, value) -> sites; ``groups`` site -> group; ``sources`` site -> family of copies;
        ``themes`` site -> sites on its theme, itself too."""
        self._carriers = carriers
        self._sites = sorted(groups)
        self._bits = {site: 1 << place for place, site in enumerate(self._sites)}
        self._groups = _Groups(groups, self._bits)
        self._sources = self._groups if sources is groups else _Groups(sources, self._bits)
        self._themes = {site: self.bits(fellows) for site, fellows in themes.items()}
        self._reference = reference
        self._known: dict[tuple[str, str], _Known] = {}
        self._pair = ("", "")
        self._pair_fellows: dict[bool, tuple[int, int]] = {}

    def share(
        self, kind: str, value: str, floor: float, site_a: str, site_b: str, *, by_theme: bool = False, by_source: bool = False
    ) -> Share:
        """The share of strangers that carry the value, as seen from the pair.

        ``by_theme`` is for what stands in pages: it comes with a theme, so the fellows on the same theme are asked too.
        ``by_source`` is for what somebody wrote, drew or priced: a family of clear copies counts as one, for their words are
        no third party's to explain. A server's doing is neither.
        """
        known = self._known.get((kind, value)) or self._look_up(kind, value)
        count_by, carrying = (self._sources, known.sources) if by_source else (self._groups, known.groups)
        own = count_by.of[site_a] | count_by.of[site_b]
        strangers = carrying & ~own
        others = strangers.bit_count()
        u, source = floor, "floor"
        measured = known.measured
        if measured is not None and measured > u:
            u, source = measured, "reference"
        if others:
            rest = max(count_by.count - own.bit_count(), 1)
            share = min(others / rest, 1.0)
            if share > u:
                u, source = share, "crawl"
            fellows, count = self._fellows(site_a, site_b, by_source) if by_theme else (0, 0)
            if count > 1:
                share = (strangers & fellows).bit_count() / count
                if share > u:
                    u, source = share, "theme"
        return Share(u, source, others)

    def family(self, kind: str, value: str) -> str | None:
        """The theme or library that ships the value, where it is just one, or several that ship it as demo or default text."""
        return (self._known.get((kind, value)) or self._look_up(kind, value)).family

    def carriers(self, kind: str, value: str) -> frozenset[str]:
        """Sites that carry the value."""
        return self._carriers.get((kind, value), _NOBODY)

    def bits(self, sites: Iterable[str]) -> int:
        """A set of sites as ``first_among`` takes it."""
        found = 0
        for site in sites:
            found |= self._bits[site]
        return found

    def first_among(self, ancestors: int, kind: str, value: str, site_a: str, site_b: str) -> str:
        """The first of ``ancestors`` (``bits``) that carries the value and is of another group than the two; else empty."""
        known = self._known.get((kind, value)) or self._look_up(kind, value)
        found = ancestors & known.sites & ~(self._groups.members[site_a] | self._groups.members[site_b])
        return self._sites[(found & -found).bit_length() - 1] if found else ""

    def groups_beside(self, sites: int, site_a: str, site_b: str) -> int:
        """How many groups other than the two's own these sites (``bits``) are of."""
        return (self._groups.among(sites) & ~(self._groups.of[site_a] | self._groups.of[site_b])).bit_count()

    def fellows(self, site_a: str, site_b: str) -> int:
        """The sites on the theme that both stand on, as ``bits``."""
        return self._themes.get(site_a, 0) & self._themes.get(site_b, 0)

    def is_fellow(self, site_a: str, site_b: str) -> bool:
        """Whether the two themselves were seen to stand on one theme."""
        return bool(self._themes.get(site_a, 0) & self._bits[site_b])

    def _look_up(self, kind: str, value: str) -> _Known:
        sites = self.bits(self.carriers(kind, value))
        groups = self._groups.among(sites)
        sources = groups if self._sources is self._groups else self._sources.among(sites)
        several = _SEVERAL if self._reference.ships(kind, value) else None
        family = self._reference.family(kind, value) or several
        known = _Known(sites, groups, sources, self._reference.share(kind, value), family)
        self._known[kind, value] = known
        return known

    def _fellows(self, site_a: str, site_b: str, by_source: bool) -> tuple[int, int]:
        """Other groups, or families of copies, on the theme that both stand on, and how many they are; pairs are asked about one
        after another."""
        if self._pair != (site_a, site_b):
            self._pair = (site_a, site_b)
            self._pair_fellows = {}
        if by_source not in self._pair_fellows:
            count_by = self._sources if by_source else self._groups
            found = count_by.among(self.fellows(site_a, site_b)) & ~(count_by.of[site_a] | count_by.of[site_b])
            self._pair_fellows[by_source] = (found, found.bit_count())
        return self._pair_fellows[by_source]


def group_sites(sites: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Number the connected groups that ``pairs`` make of ``sites``, in order of their first site."""
    parent: dict[str, str] = {site: site for site in sorted(sites)}

    def root(site: str) -> str:
        while parent[site] != site:
            parent[site] = parent[parent[site]]
            site = parent[site]
        return site

    for left, right in pairs:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    numbers: dict[str, int] = {}
    result: dict[str, int] = {}
    for site in sorted(parent):
        result[site] = numbers.setdefault(root(site), len(numbers))
    return result


def carriers_of(values: Mapping[str, Mapping[str, Iterable[str]]], least: int = 1) -> dict[tuple[str, str], frozenset[str]]:
    """site -> kind -> values, turned round: (kind, value) -> sites, where they are at least so many."""
    result = {}
    for name in sorted({kind for kinds in values.values() for kind in kinds}):
        # one kind after the other: most values are on one site only
        found: dict[str, list[str]] = defaultdict(list)
        for site, kinds in values.items():
            for value in kinds.get(name, ()):
                found[value].append(site)
        result.update({(name, value): frozenset(sites) for value, sites in found.items() if len(sites) >= least})
    return result
