"""The reference table: the share of shops that carry a value, as public packages, themes and ordinary shops tell.

Shipped as ``reference.parquet`` (kind, value: the upper 48 bits of the value's hash, share in units of SHARE_UNIT, family:
number of the one package family that alone carries it, or 0; rows in order of kind and value) and ``reference.json``
(format, version, values: rows per kind, totals: families asked per kind, names of the families, what the table was built
of). This module is the format's only
reader, ``analysis.reference.building`` its writer. A kind that the table does not know is unmeasured: ``share`` answers
None. A user's own table beside it (``analysis.reference.overlay``) holds counts and is merged by the numbers asked.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from analysis.database import open_database

__all__ = [
    "DATA",
    "FORMAT",
    "MEASURED_FROM",
    "SHARE_UNIT",
    "ReferenceProblem",
    "ReferenceTable",
    "Shares",
    "load_reference",
    "read_table",
    "stored_hash",
    "value_hash",
]

DATA = Path(__file__).parent / "data"
FORMAT = "samehand-reference-1"
#: The smallest share the files can say.
SHARE_UNIT = 1e-4
#: Families or own storefronts that show a kind from which on a value that none of them has is held to be rare.
MEASURED_FROM = 20

Numbers = npt.NDArray[np.int64]


class ReferenceProblem(ValueError):
    """A table that cannot be read, in one sentence that names the file and the mend."""


class Shares:
    """One kind's rows in order of hash: looked up by bisection, so that half a million rows cost their bytes and no more."""

    def __init__(self, hashes: Numbers, shares: Numbers, families: Numbers) -> None:
        self._hashes = array("q", hashes.astype(np.int64).tobytes())
        self._shares = array("q", shares.astype(np.int64).tobytes())
        self._families = array("q", families.astype(np.int64).tobytes())

    def find(self, stored: int) -> tuple[int, int] | None:
        """(share in units or count, family number) of a stored hash; None when the kind has no such row."""
        place = bisect_left(self._hashes, stored)
        if place == len(self._hashes) or self._hashes[place] != stored:
            return None
        return self._shares[place], self._families[place]

    def __len__(self) -> int:
        return len(self._hashes)


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """``shares[kind]`` is what the packages say, of ``totals[kind]`` families asked; ``families`` are their names, numbered
    from 1. ``counts[kind]`` of ``own[kind]`` storefronts are a user's own; ``left_overs`` kinds have no rarity: what a package
    ships is nobody's own, and what none ships is unmeasured."""

    version: str
    totals: Mapping[str, int]
    shares: Mapping[str, Shares]
    families: tuple[str, ...] = ()
    left_overs: frozenset[str] = frozenset()
    own: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, Shares] = field(default_factory=dict)

    def share(self, kind: str, value: str) -> float | None:
        """The share of shops with the value: 0.0 when measured and never seen, None when the kind is unmeasured.

        Where few families show a kind, a value that they have has its share and any other one is unmeasured.
        """
        total = 0 if kind in self.left_overs else self.totals.get(kind, 0)
        own = self.own.get(kind, 0)
        stored = stored_hash(value)
        known = self.shares[kind].find(stored) if total and kind in self.shares else None
        if known is None and total + own < MEASURED_FROM:
            return None
        share = known[0] * SHARE_UNIT if known is not None else 0.0
        if not own:
            return share
        counted = self.counts[kind].find(stored) if kind in self.counts else None
        # one carrier may be the very shop that is asked about
        others = counted[0] - 1 if counted is not None else 0
        return (share * total + others) / (total + own)

    def family(self, kind: str, value: str) -> str | None:
        """The one family of packages that alone carries the value; None where none or several do."""
        rows = self.shares.get(kind)
        known = rows.find(stored_hash(value)) if rows is not None else None
        return self.families[known[1] - 1] if known is not None and known[1] else None

    def ships(self, kind: str, value: str) -> bool:
        """Whether a package brings this value along as demo content or as a default text; False for every other kind."""
        rows = self.shares.get(kind) if kind in self.left_overs else None
        return rows is not None and rows.find(stored_hash(value)) is not None


def value_hash(value: str) -> int:
    """63 bits of BLAKE2b: positive in every database."""
    return int.from_bytes(hashlib.blake2b(value.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def stored_hash(value: str) -> int:
    """The upper 48 bits of ``value_hash``: among half a million values a stranger meets one once in 500 million times."""
    return value_hash(value) >> 15


@lru_cache(maxsize=4)
def load_reference(folder: Path = DATA, overlay: Path | None = None) -> ReferenceTable:
    """The table in ``folder`` with the user's own in ``overlay``; an empty one, with version "none", where there is none.

    Raises ReferenceProblem for files of another format.
    """
    about, columns = read_table(folder)
    own_about, own_columns = read_table(overlay) if overlay is not None else ({}, {})
    version = about.get("version", "none")
    if own_about:
        version = f"{version}+own.{own_about['storefronts']}"
    return ReferenceTable(
        version,
        about.get("totals", {}),
        {kind: Shares(*rows) for kind, rows in columns.items()},
        tuple(about.get("families", ())),
        frozenset(about.get("left_overs", ())),
        own_about.get("totals", {}),
        {kind: Shares(*rows) for kind, rows in own_columns.items()},
    )


def read_table(folder: Path) -> tuple[dict[str, Any], dict[str, tuple[Numbers, Numbers, Numbers]]]:
    """What ``reference.json`` says and, by kind, the columns value, share and family; two empty mappings where no table is."""
    about_path, table_path = folder / "reference.json", folder / "reference.parquet"
    if not about_path.is_file() or not table_path.is_file():
        return {}, {}
    try:
        about = json.loads(about_path.read_text(encoding="utf-8"))
        with open_database() as database:
            rows = database.execute("SELECT value, share, family FROM read_parquet(?)", [str(table_path)]).fetchnumpy()
    except (OSError, ValueError, duckdb.Error) as error:
        raise ReferenceProblem(
            f"{folder}: the reference table cannot be read ({str(error).splitlines()[0]}); build it anew"
        ) from error
    if about.get("format") != FORMAT:
        raise ReferenceProblem(f"{about_path}: not a table of format {FORMAT}; build it anew")
    columns: dict[str, tuple[Numbers, Numbers, Numbers]] = {}
    start = 0
    values, shares, families = (np.asarray(rows[name], dtype=np.int64) for name in ("value", "share", "family"))
    if sum(about["values"].values()) != len(values):
        raise ReferenceProblem(f"{table_path}: not the rows that {about_path.name} speaks of; build it anew")
    for kind, size in sorted(about["values"].items()):
        end = start + size
        columns[kind] = (values[start:end], shares[start:end], families[start:end])
        start = end
    return about, columns
