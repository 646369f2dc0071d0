"""Bags of features compared quickly: every value of a kind is a number once, and one storefront is laid on all others at once.

Sums are taken one after the other, in order of the features: they are the same whatever else is compared beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.linkage.rarity import Reference

__all__ = ["Bags", "Overlap"]

#: Bags are bottom-k samples of this size (``analysis.sketches``).
BAG_FULL = 512
#: A feature that more other groups than this carry is not the pair's own.
_OWN_OTHERS = 2
_OWN_WEIGHT = 1.0
#: Shared features that one family of packages alone ships from which both sites are held to use it.
_GROUND = 8

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two bags lie on each other; weights in bits of inverse group frequency.

    ``alike`` is the mean of weighted Jaccard and containment: containment alone makes a tiny page equal to everything,
    Jaccard alone punishes one more section. ``derived`` is the share of the smaller bag's weight that hardly anybody else
    has. ``best`` is the shared feature to show.
    """

    shared: int
    smaller: int
    own: int
    alike: float
    derived: float
    best: str


class _Columns:
    """How one site's bag lies on those of others, a place each; ``best`` is -1 where nothing is shared."""

    __slots__ = ("alike", "best", "derived", "own", "shared", "smaller")

    def __init__(self, others: int) -> None:
        self.shared = np.zeros(others, dtype=np.int64)
        self.smaller = np.zeros(others, dtype=np.int64)
        self.own = np.zeros(others, dtype=np.int64)
        self.alike = np.zeros(others)
        self.derived = np.zeros(others)
        self.best = np.full(others, -1, dtype=np.int64)


class _Kind:
    """One kind: its values in order, the groups that carry each, each site's values."""

    def __init__(self, name: str, sites: Mapping[str, Sequence[str]], groups: Mapping[str, int], reference: Reference) -> None:
        self.values = sorted({value for values in sites.values() for value in values})
        number = {value: position for position, value in enumerate(self.values)}
        self._rows = {site: np.array(sorted(number[value] for value in sites[site]), dtype=np.int64) for site in sorted(sites)}
        self._group = {site: groups[site] for site in self._rows}
        carried: list[set[int]] = [set() for _ in self.values]
        for site, row in self._rows.items():
            for position in row.tolist():
                carried[position].add(groups[site])
        self._carriers = np.array([len(row) for row in carried], dtype=np.int64)
        self._reference = np.array([reference.share(name, value) or 0.0 for value in self.values])
        # only what the table knows can have a family: the others need not be looked up
        names = [
            reference.family(name, value) if known else None for value, known in zip(self.values, self._reference, strict=True)
        ]
        number_of = {family: position for position, family in enumerate(sorted(filter(None, set(names))), 1)}
        self._family = np.array([number_of.get(family, 0) if family else 0 for family in names], dtype=np.int64)
        # a default text is everybody's who fills it in, however few of them are here
        self._shipped = np.array([reference.ships(name, value) for value in self.values], dtype=bool)
        self._rest = max(len(set(groups.values())) - 1, 1)
        # what a feature weighs as seen from one carrier, and from two carriers of different groups
        self._alone, self._paired = self._weights(self._carriers - 1), self._weights(self._carriers - 2)
        self._sums = {site: np.concatenate(([0.0], np.cumsum(self._alone[row]))) for site, row in self._rows.items()}
        self._is_left = np.zeros(len(self.values), dtype=bool)

    def __contains__(self, site: str) -> bool:
        return site in self._rows

    def _weights(self, others: Numbers) -> Floats:
        """Bits of every feature when ``others`` other groups carry it; what every group has weighs almost nothing."""
        share = np.maximum(np.minimum(others / self._rest, 1.0), self._reference)
        share = np.maximum(share, 1.0 / (4.0 * self._rest + 4.0))
        weights: Floats = np.where(share > 0.5, 1.0 - share, -np.log2(share))
        return weights

    def beside(self, site: str, others: Sequence[str]) -> _Columns:
        """The site's bag laid on those of ``others``, all of which have one."""
        found = _Columns(len(others))
        left, rows = self._rows[site], [self._rows[other] for other in others]
        right = np.concatenate(rows)
        owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self._is_left[left] = True
        hits = np.flatnonzero(self._is_left[right])
        self._is_left[left] = False
        shared, owner_of = right[hits], owner[hits]
        # a full bag is a sample of the smallest hashes: beyond its largest one nothing is known of that side
        counted_left = np.array([self._counted(left, row) for row in rows])
        counted_right = np.array([self._counted(row, left) for row in rows])
        found.shared = np.bincount(owner_of, minlength=len(rows))
        found.smaller = np.minimum(counted_left, counted_right)
        is_one_group = np.array([self._group[other] == self._group[site] for other in others])[owner_of]
        weights = np.where(is_one_group, self._alone[shared], self._paired[shared])
        both = np.bincount(owner_of, weights, minlength=len(rows))
        alone = np.bincount(owner_of, self._alone[shared], minlength=len(rows))
        rest_left = np.maximum(self._sums[site][counted_left] - alone, 0.0)
        totals = [self._sums[other][end] for other, end in zip(others, counted_right.tolist(), strict=True)]
        rest_right = np.maximum(np.array(totals) - alone, 0.0)
        smaller = both + np.minimum(rest_left, rest_right)
        union = both + rest_left + rest_right
        weighed = (found.shared > 0) & (smaller > 0) & (union > 0)
        smaller[~weighed] = union[~weighed] = 1.0
        found.alike = np.where(weighed, (both / union + both / smaller) / 2, 0.0)
        others_of = self._carriers[shared] - np.where(is_one_group, 1, 2)
        own = (others_of <= _OWN_OTHERS) & (weights > _OWN_WEIGHT) & ~self._shipped[shared] & weighed[owner_of]
        own &= ~self._on_one_ground(shared, owner_of)
        found.own = np.bincount(owner_of[own], minlength=len(rows))
        # what a third copy of the same source has too counts half, what a theme's whole following has not at all
        derived = np.bincount(owner_of[own], weights[own] / (1 + others_of[own]), minlength=len(rows))
        found.derived = derived / smaller
        has_any, starts = np.unique(owner_of, return_index=True)
        # the rarest one, the first in sort order among equals; where nothing weighs, the first of all
        places = _first_best(starts, others_of, weights)
        found.best[has_any] = shared[np.where(weighed[has_any], places, starts)]
        return found

    @staticmethod
    def _counted(row: Numbers, other: Numbers) -> int:
        """How many of a bag's features lie where the other bag can be asked."""
        return int(np.searchsorted(row, other[-1], side="right")) if len(other) >= BAG_FULL else len(row)

    def _on_one_ground(self, shared: Numbers, owner: Numbers) -> npt.NDArray[np.bool_]:
        """Which shared features one theme or library alone ships of which the two share so many that both stand on it: there
        they are next to certain, however rare among all shops."""
        families = self._family[shared]
        found = np.zeros(len(shared), dtype=bool)
        shipped = np.flatnonzero(families)
        if len(shipped):
            keys = owner[shipped] * (int(families.max()) + 1) + families[shipped]
            _, where, often = np.unique(keys, return_inverse=True, return_counts=True)
            found[shipped] = often[where] >= _GROUND
        return found


def _first_best(starts: Numbers, others: Numbers, weights: Floats) -> Numbers:
    """In each run that begins at ``starts``: the place of the fewest others, then of the greatest weight, then the first."""
    if not len(starts):
        return starts
    lengths = np.diff(np.append(starts, len(others)))
    is_least = others == np.repeat(np.minimum.reduceat(others, starts), lengths)
    weighed = np.where(is_least, weights, -1.0)
    is_best = is_least & (weighed == np.repeat(np.maximum.reduceat(weighed, starts), lengths))
    places = np.flatnonzero(is_best)
    first: Numbers = places[np.searchsorted(places, starts)]
    return first


class Bags:
    """All bags of one crawl."""

    def __init__(
        self,
        kinds: Mapping[str, Mapping[str, Sequence[str]]],
        groups: Mapping[str, int],
        reference: Reference,
        other_groups: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        """``kinds``: kind -> site -> its values; ``groups``: site -> group; ``other_groups``: kind -> groups in place of these."""
        self._kinds = {name: _Kind(name, sites, (other_groups or {}).get(name, groups), reference) for name, sites in kinds.items()}

    def overlap(self, kind: str, site_a: str, site_b: str) -> Overlap | None:
        """None where one side has no such features."""
        return self.overlaps(site_a, [site_b])[0].get(kind)

    def overlaps(self, site: str, others: Sequence[str], *, smaller: int = 0, alike: float = 0.0) -> list[dict[str, Overlap]]:
        """For each of ``others``: kind -> how the two bags lie on each other, where both have one.

        Only of bags of at least ``smaller`` features and ``alike`` likeness.
        """
        result: list[dict[str, Overlap]] = [{} for _ in others]
        for name, kind in self._kinds.items():
            there = [place for place, other in enumerate(others) if other in kind] if site in kind else []
            if not there:
                continue
            found = kind.beside(site, [others[place] for place in there])
            for row in np.flatnonzero((found.smaller >= smaller) & (found.alike >= alike)).tolist():
                best = int(found.best[row])
                result[there[row]][name] = Overlap(
                    int(found.shared[row]),
                    int(found.smaller[row]),
                    int(found.own[row]),
                    float(found.alike[row]),
                    float(found.derived[row]),
                    kind.values[best] if best >= 0 else "",
                )
        return result
