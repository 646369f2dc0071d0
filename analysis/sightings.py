"""Where values were seen: one trace per kind and value, at the place that a person would open first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.evidence import Trace

__all__ = ["Sightings"]


@dataclass
class Sightings:
    """Collects values and keeps the best place of each: a page before an asset, then the lowest URL.

    ``limit`` bounds the traces of one kind, so that a page cannot flood the findings; the values kept are the
    first in order of value, whatever the order in which they were seen.
    """

    limit: int = 200
    _seen: dict[tuple[str, str], tuple[bool, str, str, str]] = field(default_factory=dict)

    def see(self, kind: str, value: str, url: str, digest: str, shown: str = "", *, asset: bool = False) -> None:
        """Note one sighting; an empty value is nothing."""
        if not value:
            return
        key = (kind, value)
        place = (asset, url, digest, shown if shown != value else "")
        known = self._seen.get(key)
        if known is None or place < known:
            self._seen[key] = place

    def values(self, kind: str) -> list[str]:
        """The values seen of one kind, sorted."""
        return sorted(value for name, value in self._seen if name == kind)

    def traces(self) -> Iterator[Trace]:
        """The traces in order of kind and value."""
        given: dict[str, int] = {}
        for kind, value in sorted(self._seen):
            given[kind] = given.get(kind, 0) + 1
            if given[kind] > self.limit:
                continue
            _, url, digest, shown = self._seen[kind, value]
            yield Trace(kind, value, url, digest, shown)
