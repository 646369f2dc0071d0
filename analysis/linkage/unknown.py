"""What nobody can tell of a pair: what a fingerprint that failed on one of the two would have shown, what their kit brings along.

What was not read is no evidence, for or against. It counts in this only: what could have explained the evidence away, had it been
read, is not held to be absent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.evidence import EvidenceClass, Family, Kind, fingerprint_of
from analysis.linkage.corpus import Profile
from analysis.linkage.model import Weight

__all__ = ["NOTHING_UNKNOWN", "Unknown", "Unread"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """``kit``: families that the kit of both may bring along, for all one knows; ``copyable``: families whose copyable traces
    could not all be read; ``against``: bits that what was not read may cost at most."""

    kit: frozenset[Family] = frozenset()
    copyable: frozenset[Family] = frozenset()
    against: float = 0.0


NOTHING_UNKNOWN = Unknown()


class Unread:
    """What each fingerprint might have said, had it been read."""

    def __init__(self, kinds: Mapping[str, Kind], model: Mapping[str, Weight]) -> None:
        self._copyable: dict[str, set[Family]] = defaultdict(set)
        self._against: dict[str, float] = defaultdict(float)
        for name, kind in kinds.items():
            weight = model.get(name)
            if weight is not None:
                self._against[fingerprint_of(name)] += weight.against
                if kind.cls is EvidenceClass.COPYABLE:
                    self._copyable[fingerprint_of(name)].add(kind.family)

    def beside(self, a: Profile, b: Profile, kit: frozenset[Family]) -> Unknown:
        """What is not known of the two; ``kit`` as in ``Unknown``."""
        failed = a.unread | b.unread
        if not failed:
            return Unknown(kit) if kit else NOTHING_UNKNOWN
        copyable = frozenset(family for name in failed for family in self._copyable.get(name, ()))
        return Unknown(kit, copyable, sum(self._against.get(name, 0.0) for name in failed))
