"""Packages -> shares -> the two files of the table.

A value's share is the larger of two estimates: what its carriers' popularity makes likely (a shop has it when it uses one
of them: 1 - product of (1 - share of shops with the package)), and, where several themes and platforms carry it, how many
of them do. Every family of packages counts once: a value in k of its n archives gets k/n of the family's popularity.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from analysis.database import open_database
from analysis.evidence import Mode
from analysis.fingerprints.registry import KINDS
from analysis.reference.packages import Category, Package, read_archive
from analysis.reference.table import FORMAT, SHARE_UNIT, stored_hash
from analysis.reference.values import LEFT_OVERS, values_of

__all__ = ["MAX_ROWS", "Counted", "Row", "build", "count"]

#: Rows that are shipped at most; six to seven bytes each.
MAX_ROWS = 600_000
_MOST = 0.95
#: Families without the value that are imagined beside those asked: two of three are not two thirds of the world.
_UNSEEN_FAMILIES = 4
_PROCESSES = 2
_WORTH_PROCESSES = 8


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One value: ``share`` in units of SHARE_UNIT, ``family`` when one family alone carries it, else empty."""

    kind: str
    value: str
    share: int
    family: str


@dataclass(frozen=True, slots=True)
class Counted:
    """``totals`` kind -> families that show the kind; ``dropped`` kind -> rows left out for size."""

    rows: tuple[Row, ...]
    totals: Mapping[str, int]
    dropped: Mapping[str, int]


def build(archives: Sequence[tuple[Package, Path]], out: Path, version: str, *, max_rows: int = MAX_ROWS) -> str:
    """Read the archives, write the table to ``out`` and say in a few lines what went in."""
    ordered = sorted(archives)
    asked = [(package, path, _companions(package, ordered)) for package, path in ordered]
    if len(ordered) < _WORTH_PROCESSES:
        read = [_read_one(*archive) for archive in asked]
    else:
        with get_context("spawn").Pool(_PROCESSES) as pool:
            read = pool.starmap(_read_one, asked, chunksize=1)
    useful = [(package, path, values) for (package, path), values in zip(ordered, read, strict=True) if values]
    counted = count(((package, values) for package, _, values in useful), max_rows=max_rows)
    out.mkdir(parents=True, exist_ok=True)
    about = _about([(package, path) for package, path, _ in useful], counted, version)
    about["values"] = _write_rows(counted.rows, out / "reference.parquet")
    about["empty"] = sorted(
        f"{p.registry}:{p.name}@{p.version}" for (p, _), values in zip(ordered, read, strict=True) if not values
    )
    text = json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (out / "reference.json").write_text(text, encoding="utf-8")
    size = (out / "reference.parquet").stat().st_size
    families = {package.family for package, _, _ in useful}
    return f"{len(useful)} archives, {len(families)} families, {len(counted.rows)} values, {size} bytes"


def count(read: Iterable[tuple[Package, Mapping[str, Iterable[str]]]], *, max_rows: int = MAX_ROWS) -> Counted:
    """Shares of all values, at most ``max_rows`` of them."""
    archives: Counter[str] = Counter()
    popularity: dict[str, float] = {}
    sites: set[str] = set()
    carried: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for package, values in read:
        # who lends texts only has none of the family's other values
        archives[package.family] += package.category is not Category.POLICY
        popularity[package.family] = max(popularity.get(package.family, 0.0), package.sites)
        if package.category.is_site:
            sites.add(package.family)
        for kind, several in values.items():
            for value in several:
                carried[kind][value][package.family] += 1
    rows: list[Row] = []
    totals: dict[str, int] = {}
    for kind, values_of_kind in sorted(carried.items()):
        showing = {family for families in values_of_kind.values() for family in families}
        asked = len(showing & sites)
        totals[kind] = len(showing)
        for value, families in values_of_kind.items():
            likely = 1.0 - prod(1.0 - popularity[f] * min(k / max(archives[f], 1), 1.0) for f, k in sorted(families.items()))
            among = len(families.keys() & sites)
            share = max(likely, among / (asked + _UNSEEN_FAMILIES) if among >= 2 else 0.0)
            family = next(iter(families)) if len(families) == 1 else ""
            rows.append(Row(kind, value, max(1, round(min(share, _MOST) / SHARE_UNIT)), family))
    kept, dropped = _fitted(rows, max_rows)
    return Counted(tuple(sorted(kept)), totals, dropped)


def _fitted(rows: list[Row], most: int) -> tuple[list[Row], dict[str, int]]:
    """Leave out features of bags that one family alone carries, largest hash first: samples keep the smallest hashes."""
    surplus = len(rows) - most
    if surplus <= 0:
        return rows, {}
    lone = sorted((row for row in rows if row.family and KINDS[row.kind].mode is Mode.BAG), key=lambda r: (r.value, r.kind))
    out = set(lone[max(len(lone) - surplus, 0) :])
    return [row for row in rows if row not in out], dict(sorted(Counter(row.kind for row in out).items()))


def _companions(package: Package, archives: Sequence[tuple[Package, Path]]) -> tuple[Path, ...]:
    """Archives of the programs whose words a package of catalogues translates."""
    if package.registry != "deb" or package.category is not Category.POLICY:
        return ()
    return tuple(path for other, path in archives if other.family == package.family and other != package)


def _read_one(package: Package, path: Path, companions: Sequence[Path]) -> dict[str, frozenset[str]]:
    return values_of(package, read_archive(path), chain.from_iterable(map(read_archive, companions)))


def _write_rows(rows: Sequence[Row], path: Path) -> dict[str, int]:
    """Sorted by kind and hash, so that differences of neighbours are small; delta encoding does the rest. Rows per kind."""
    families = _numbered(rows)
    hashes: dict[tuple[str, int], tuple[int, int]] = {}
    for row in rows:
        hashes[row.kind, stored_hash(row.value)] = (row.share, families.get(row.family, 0))
    keys = sorted(hashes)
    columns = {
        "kind": np.array([kind for kind, _ in keys], dtype="object"),
        "value": np.array([value for _, value in keys], dtype="int64"),
        "share": np.array([hashes[key][0] for key in keys], dtype="int32"),
        "family": np.array([hashes[key][1] for key in keys], dtype="int32"),
    }
    with open_database() as database:
        database.register("incoming", columns)
        database.execute(
            "CREATE TABLE out AS SELECT CAST(kind AS VARCHAR) kind, value, CAST(share AS USMALLINT) share,"
            " CAST(family AS USMALLINT) family FROM incoming"
        )
        quoted = str(path).replace("'", "''")
        database.execute(f"COPY out TO '{quoted}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)")
    return dict(sorted(Counter(kind for kind, _ in keys).items()))


def _numbered(rows: Iterable[Row]) -> dict[str, int]:
    """Families that alone carry something, numbered from 1 in order of name."""
    return {name: number for number, name in enumerate(sorted({row.family for row in rows} - {""}), 1)}


def _spelled(package: Package) -> str:
    return f"{package.registry}:{package.name}@{package.version}"


def _about(archives: Sequence[tuple[Package, Path]], counted: Counted, version: str) -> dict[str, Any]:
    categories: dict[str, set[str]] = defaultdict(set)
    for package, _ in archives:
        categories[str(package.category)].add(package.family)
    return {
        "format": FORMAT,
        "version": version,
        "totals": dict(sorted(counted.totals.items())),
        "dropped": dict(counted.dropped),
        "families": list(_numbered(counted.rows)),
        "left_overs": sorted(LEFT_OVERS & counted.totals.keys()),
        "categories": {name: len(families) for name, families in sorted(categories.items())},
        "packages": [
            {
                "package": _spelled(p),
                "category": str(p.category),
                "family": p.family,
                "sites": p.sites,
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for p, path in archives
        ],
    }
