"""Bags of features compared quickly: every value of a kind is a number once, and weights are looked up in arrays."""

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


class _Kind:
    """One kind: its values in order, the groups that carry each, each site's values."""

    def __init__(self, name: str, sites: Mapping[str, Sequence[str]], groups: Mapping[str, int], reference: Reference) -> None:
        self.values = sorted({value for values in sites.values() for value in values})
        number = {value: position for position, value in enumerate(self.values)}
        carried: list[set[int]] = [set() for _ in self.values]
        self.sites: dict[str, Numbers] = {}
        for site in sorted(sites):
            numbers = sorted(number[value] for value in sites[site])
            self.sites[site] = np.array(numbers, dtype=np.int64)
            for position in numbers:
                carried[position].add(groups[site])
        self.carriers = np.array([len(row) for row in carried], dtype=np.int64)
        self.reference = np.array([reference.share(name, value) or 0.0 for value in self.values])
        # only what the table knows can have a family: the others need not be looked up
        names = [reference.family(name, value) if known else None for value, known in zip(self.values, self.reference, strict=True)]
        number_of = {family: position for position, family in enumerate(sorted(filter(None, set(names))), 1)}
        self.family = np.array([number_of.get(family, 0) if family else 0 for family in names], dtype=np.int64)
        # a default text is everybody's who fills it in, however few of them are here
        self.shipped = np.array([reference.ships(name, value) for value in self.values], dtype=bool)
        self._rest = max(len(set(groups.values())) - 1, 1)
        self._sums = {site: np.cumsum(self.weights(numbers, self.carriers[numbers] - 1)) for site, numbers in self.sites.items()}

    def total(self, site: str, features: int) -> float:
        """Weight of a site's first ``features`` features."""
        return float(self._sums[site][features - 1]) if features else 0.0

    def on_one_ground(self, shared: Numbers) -> npt.NDArray[np.bool_]:
        """Which shared features one theme or library alone ships of which the two share so many that both stand on it: there
        they are next to certain, however rare among all shops."""
        families = self.family[shared]
        often = np.bincount(families)
        often[0] = 0
        found: npt.NDArray[np.bool_] = often[families] >= _GROUND
        return found

    def weights(self, numbers: Numbers, others: Numbers) -> Floats:
        """Bits of each feature when ``others`` other groups carry it; what every group has weighs almost nothing."""
        share = np.maximum(np.minimum(others / self._rest, 1.0), self.reference[numbers])
        share = np.maximum(share, 1.0 / (4.0 * self._rest + 4.0))
        weights: Floats = np.where(share > 0.5, 1.0 - share, -np.log2(share))
        return weights


def _in_both(left: Numbers, right: Numbers) -> Numbers:
    """What two sorted rows without repetition have in common, sorted."""
    if not len(right):
        return right
    places = np.searchsorted(right, left)
    places[places == len(right)] = 0
    shared: Numbers = left[right[places] == left]
    return shared


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
        self._groups = {name: (other_groups or {}).get(name, groups) for name in kinds}
        self._kinds = {name: _Kind(name, sites, self._groups[name], reference) for name, sites in kinds.items()}

    def overlap(self, kind: str, site_a: str, site_b: str) -> Overlap | None:
        """None where one side has no such features."""
        bag = self._kinds.get(kind)
        if bag is None or site_a not in bag.sites or site_b not in bag.sites:
            return None
        left, right = bag.sites[site_a], bag.sites[site_b]
        # a full bag is a sample of the smallest hashes: beyond its largest one nothing is known of that side
        full = [int(side[-1]) for side in (left, right) if len(side) >= BAG_FULL]
        if full:
            left, right = left[left <= min(full)], right[right <= min(full)]
        shared = _in_both(left, right)
        smaller_count = min(len(left), len(right))
        if not len(shared):
            return Overlap(0, smaller_count, 0, 0.0, 0.0, "")
        others = bag.carriers[shared] - (1 if self._groups[kind][site_a] == self._groups[kind][site_b] else 2)
        weights = bag.weights(shared, others)
        both = float(weights.sum())
        alone = float(bag.weights(shared, bag.carriers[shared] - 1).sum())
        rest_a, rest_b = (max(bag.total(site, len(side)) - alone, 0.0) for site, side in ((site_a, left), (site_b, right)))
        smaller = both + min(rest_a, rest_b)
        union = both + rest_a + rest_b
        if smaller <= 0 or union <= 0:
            return Overlap(len(shared), smaller_count, 0, 0.0, 0.0, bag.values[int(shared[0])])
        own = (others <= _OWN_OTHERS) & (weights > _OWN_WEIGHT) & ~bag.shipped[shared] & ~bag.on_one_ground(shared)
        # what a third copy of the same source has too counts half, what a theme's whole following has not at all
        derived = float((weights[own] / (1 + others[own])).sum()) / smaller
        # the rarest one; the first in sort order among equals
        best = int(shared[int(np.lexsort((shared, -weights, others))[0])])
        return Overlap(len(shared), smaller_count, int(own.sum()), (both / union + both / smaller) / 2, derived, bag.values[best])
