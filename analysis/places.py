"""Sightings noted by the page or asset they stand on, with how often, and bounded in length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from analysis.evidence import Trace
from analysis.page.pages import Page
from analysis.sightings import Sightings
from crawler.captures import Resource

__all__ = ["Places"]

#: Characters of a value and of what is shown of it.
MAX_CHARS: Final = 400


@dataclass
class Places(Sightings):
    """``Sightings`` that take the place itself, and weights."""

    _weight: dict[tuple[str, str], float] = field(default_factory=dict)

    def add(self, kind: str, value: str, seen_at: Page | Resource, shown: str = "", *, weight: float | None = None) -> None:
        """Note ``value`` at a page or asset; ``weight`` is kept as given, the largest wins."""
        value = value[:MAX_CHARS]
        resource = seen_at.resource if isinstance(seen_at, Page) else seen_at
        self.see(kind, value, resource.url, resource.digest, shown[:MAX_CHARS], asset=not resource.role.is_page)
        if weight is not None:
            self._weight[kind, value] = max(weight, self._weight.get((kind, value), weight))

    def weigh(self, kind: str, value: str, weight: float) -> None:
        """From now on the trace of a value, as it was added, weighs that."""
        self._weight[kind, value[:MAX_CHARS]] = weight

    def traces(self) -> Iterator[Trace]:
        """The traces in order of kind and value, with their weights."""
        for trace in super().traces():
            weight = self._weight.get((trace.kind, trace.value))
            yield trace if weight is None else trace._replace(weight=weight)
