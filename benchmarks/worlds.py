"""A world: a folder with archives of several weeks and the truth about who runs what.

``week-N.warc.gz`` are the weeks; ``truth.csv`` names each site's operator, ``relations.csv`` what holds between pairs;
``candidates.csv`` and ``hosts`` serve live crawls.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.evaluation import Truth, read_relations, read_truth

__all__ = ["World", "WorldProblem", "open_world"]

_WEEK = re.compile(r"week-(\d+)\.warc\.gz")


class WorldProblem(ValueError):
    """A folder that is no world, in one sentence."""


@dataclass(frozen=True, slots=True)
class World:
    """``weeks`` number -> archive, in order; ``relations`` is empty where the world has none."""

    name: str
    folder: Path
    weeks: Mapping[int, Path]
    relations: Mapping[tuple[str, str], frozenset[str]]

    def truth(self, week: int) -> Truth:
        """Who ran what in that week."""
        return read_truth(self.folder / "truth.csv", str(week))


def open_world(folder: Path) -> World:
    """Look at a folder; ``WorldProblem`` where it holds no weeks or no truth."""
    found = [(int(match[1]), path) for path in folder.glob("week-*.warc.gz") if (match := _WEEK.fullmatch(path.name))]
    if not found:
        raise WorldProblem(f"{folder}: no week-1.warc.gz here; name the folder of a world")
    if not (folder / "truth.csv").is_file():
        raise WorldProblem(f"{folder}: no truth.csv here; without it nothing can be scored")
    relations = folder / "relations.csv"
    return World(folder.resolve().name, folder, dict(sorted(found)), read_relations(relations) if relations.is_file() else {})
