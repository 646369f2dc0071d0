"""The reference table: how many public packages, themes, icons and ordinary shops carry a value.

Shipped as one Parquet file of (kind, value hash, count) with the number of entries asked per kind. A kind that the
table does not know is unmeasured: ``share`` answers None.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

__all__ = ["DATA", "ReferenceTable", "load_reference", "value_hash"]

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """``counts[kind][hash]`` entries carry the value, of ``totals[kind]`` that were asked."""

    version: str
    totals: Mapping[str, int]
    counts: Mapping[str, Mapping[int, int]]

    def share(self, kind: str, value: str) -> float | None:
        """The share of entries with the value: 0.0 when measured and never seen, None when the kind is unmeasured."""
        total = self.totals.get(kind)
        if not total:
            return None
        return self.counts.get(kind, {}).get(value_hash(value), 0) / total


def value_hash(value: str) -> int:
    """63 bits of BLAKE2b: positive in every database."""
    return int.from_bytes(hashlib.blake2b(value.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


@lru_cache(maxsize=2)
def load_reference(folder: Path = DATA) -> ReferenceTable:
    """The table in ``folder``; an empty one, with version "none", where there is none."""
    about_path, table_path = folder / "reference.json", folder / "reference.parquet"
    if not about_path.is_file() or not table_path.is_file():
        return ReferenceTable("none", {}, {})
    about = json.loads(about_path.read_text(encoding="utf-8"))
    counts: dict[str, dict[int, int]] = {}
    with duckdb.connect(config={"threads": 1}) as database:
        for kind, value, count in database.execute("SELECT kind, value, count FROM read_parquet(?)", [str(table_path)]).fetchall():
            counts.setdefault(kind, {})[value] = count
    return ReferenceTable(about["version"], {kind: int(total) for kind, total in about["totals"].items()}, counts)
