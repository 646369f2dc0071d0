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


class Rarity:
    """Counts of one crawl together with the reference table."""

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
        self._groups = groups
        self._sources = sources
        self._themes = themes
        self._reference = reference
        self._counted = {False: len(set(groups.values())), True: len(set(sources.values()))}
        self._carrying: dict[tuple[str, str, bool], frozenset[int]] = {}
        self._measured: dict[tuple[str, str], float | None] = {}
        self._families: dict[tuple[str, str], str | None] = {}
        self._pair: tuple[str, str, bool] | None = None
        self._pair_fellows: frozenset[int] = frozenset()

    def share(
        self, kind: str, value: str, floor: float, site_a: str, site_b: str, *, by_theme: bool = False, by_source: bool = False
    ) -> Share:
        """The share of strangers that carry the value, as seen from the pair.

        ``by_theme`` is for what stands in pages: it comes with a theme, so the fellows on the same theme are asked too.
        ``by_source`` is for what somebody wrote, drew or priced: a family of clear copies counts as one, for their words are
        no third party's to explain. A server's doing is neither.
        """
        count_by = self._sources if by_source else self._groups
        own = {count_by[site_a], count_by[site_b]}
        carrying = self._groups_with(kind, value, by_source)
        others = len(carrying) - sum(group in carrying for group in own)
        u, source = floor, "floor"
        if (kind, value) not in self._measured:
            self._measured[kind, value] = self._reference.share(kind, value)
        measured = self._measured[kind, value]
        if measured is not None and measured > u:
            u, source = measured, "reference"
        if others:
            rest = max(self._counted[by_source] - len(own), 1)
            share = min(others / rest, 1.0)
            if share > u:
                u, source = share, "crawl"
            fellows = self._fellows(site_a, site_b, by_source) if by_theme else frozenset()
            if len(fellows) > 1:
                share = len(carrying & fellows) / len(fellows)
                if share > u:
                    u, source = share, "theme"
        return Share(u, source, others)

    def family(self, kind: str, value: str) -> str | None:
        """The theme or library that ships the value, where it is just one, or several that ship it as demo or default text."""
        if (kind, value) not in self._families:
            several = _SEVERAL if self._reference.ships(kind, value) else None
            self._families[kind, value] = self._reference.family(kind, value) or several
        return self._families[kind, value]

    def others(self, kind: str, value: str, site_a: str, site_b: str) -> frozenset[str]:
        """Sites of other groups that carry the value."""
        own = {self._groups[site_a], self._groups[site_b]}
        return frozenset(site for site in self._carriers.get((kind, value), ()) if self._groups[site] not in own)

    def _groups_with(self, kind: str, value: str, by_source: bool) -> frozenset[int]:
        """Groups, or families of copies, of the sites that carry the value."""
        key = (kind, value, by_source)
        if key not in self._carrying:
            count_by = self._sources if by_source else self._groups
            self._carrying[key] = frozenset(count_by[site] for site in self._carriers.get((kind, value), ()))
        return self._carrying[key]

    def _fellows(self, site_a: str, site_b: str, by_source: bool) -> frozenset[int]:
        """Other groups, or families of copies, on the theme that both stand on; pairs are asked about one after another."""
        if self._pair != (site_a, site_b, by_source):
            count_by = self._sources if by_source else self._groups
            sites = self._themes.get(site_a, frozenset()) & self._themes.get(site_b, frozenset())
            self._pair = (site_a, site_b, by_source)
            self._pair_fellows = frozenset(count_by[site] for site in sites) - {count_by[site_a], count_by[site_b]}
        return self._pair_fellows


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


def carriers_of(values: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[tuple[str, str], frozenset[str]]:
    """site -> kind -> values, turned round: (kind, value) -> sites."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for site, kinds in values.items():
        for kind, several in kinds.items():
            for value in several:
                found[kind, value].add(site)
    return {key: frozenset(sites) for key, sites in found.items()}
