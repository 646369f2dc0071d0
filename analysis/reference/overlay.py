"""A user's own table beside the shipped one: how many ordinary shops of the user's own crawls carry a value.

``reference.parquet`` (kind, value: as in the shipped table, share: a count, family: 0) and ``reference.json`` (totals:
shops asked per kind; asked: hashes of the sites that were counted, so that a shop is never counted twice). Only hashes
are kept. A cluster counts once, for an operator's ten mirrors are one piece of news.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.database import open_database
from analysis.evidence import Mode
from analysis.findings import Findings
from analysis.fingerprints.registry import KINDS
from analysis.linkage.model import MODEL
from analysis.reference.table import FORMAT, ReferenceProblem, load_reference, read_table, stored_hash, value_hash

__all__ = ["Added", "add_crawl"]

_COUNTED_MODES = frozenset({Mode.VALUE, Mode.BAG, Mode.HASH})
#: What is issued once is rare by construction; to count it would only let a suspect among the ordinary shops hide.
_COUNTED = frozenset(
    name
    for name, kind in KINDS.items()
    if kind.mode in _COUNTED_MODES and (row := MODEL.get(name)) is not None and row.rarity != "issued"
)
#: Features of bags that one shop alone carries are left out beyond this many rows.
_MAX_ROWS = 4_000_000


@dataclass(frozen=True, slots=True)
class Added:
    """``storefronts`` counted now (a cluster once), ``known`` left out because they were counted before, ``total`` counted
    in all, ``values`` in the table."""

    storefronts: int
    known: int
    total: int
    values: int


def add_crawl(findings: Findings, folder: Path) -> Added:
    """Count the values of a crawl of ordinary shops into the table in ``folder``, which is made where it is missing.

    Services, storefronts with nothing to read or with a fingerprint that failed (they are counted when they are read whole) and
    kinds that are issued once are not counted. Raises ReferenceProblem
    when the folder holds something else.
    """
    about, columns = read_table(folder)
    if about and "storefronts" not in about:
        raise ReferenceProblem(f"{folder}: holds a table of packages; name another folder for your own")
    counts: dict[str, Counter[int]] = {
        kind: Counter(dict(zip(rows[0].tolist(), rows[1].tolist(), strict=True))) for kind, rows in columns.items()
    }
    totals: Counter[str] = Counter(about.get("totals", {}))
    asked: set[str] = set(about.get("asked", ()))
    shown, known, sites = _shown(findings, asked)
    for kinds in shown.values():
        for kind, values in kinds.items():
            totals[kind] += 1
            counts.setdefault(kind, Counter()).update(values)
    storefronts = about.get("storefronts", 0) + len(shown)
    rows = _fitted(counts)
    _write(
        folder,
        {
            "format": FORMAT,
            "version": f"own.{storefronts}",
            "storefronts": storefronts,
            "totals": dict(sorted(totals.items())),
            "values": dict(sorted(Counter(kind for kind, _, _ in rows).items())),
            "asked": sorted(asked | sites),
        },
        rows,
    )
    load_reference.cache_clear()
    return Added(len(shown), known, storefronts, len(rows))


def _shown(findings: Findings, asked: set[str]) -> tuple[dict[str, dict[str, set[int]]], int, set[str]]:
    """Cluster -> kind -> stored hashes of the storefronts that were not counted before; how many were; the new ones' hashes."""
    clusters = {row.site: row.cluster for row in findings.members}
    wanted = {row.site for row in findings.storefronts if row.kind == "storefront" and row.pages > 0 and not row.unread}
    new = {site: digest for site in wanted if (digest := f"{value_hash(site):016x}") not in asked}
    shown: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for trace in findings.traces:
        if trace.site in new and trace.kind in _COUNTED:
            shown[clusters.get(trace.site, trace.site)][trace.kind].add(stored_hash(trace.value))
    return dict(shown), len(wanted) - len(new), set(new.values())


def _fitted(counts: Mapping[str, Counter[int]]) -> list[tuple[str, int, int]]:
    rows = [(kind, value, count) for kind, values in sorted(counts.items()) for value, count in sorted(values.items())]
    if len(rows) <= _MAX_ROWS:
        return rows
    return [row for row in rows if row[2] > 1 or KINDS[row[0]].mode is not Mode.BAG]


def _write(folder: Path, about: Mapping[str, object], rows: list[tuple[str, int, int]]) -> None:
    """Both files beside their places and then renamed: a table is never half written."""
    folder.mkdir(parents=True, exist_ok=True)
    table, beside = folder / "reference.parquet", folder / ".reference.parquet"
    columns = {
        "kind": np.array([kind for kind, _, _ in rows], dtype="object"),
        "value": np.array([value for _, value, _ in rows], dtype="int64"),
        "share": np.array([count for _, _, count in rows], dtype="int64"),
    }
    with open_database() as database:
        database.execute("CREATE TABLE out (kind VARCHAR, value BIGINT, share UINTEGER, family USMALLINT)")
        if rows:
            database.register("incoming", columns)
            database.execute("INSERT INTO out SELECT kind, value, share, 0 FROM incoming")
        quoted = str(beside).replace("'", "''")
        database.execute(f"COPY out TO '{quoted}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)")
    mark = folder / ".reference.json"
    mark.write_text(json.dumps(about, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    beside.replace(table)
    mark.replace(folder / "reference.json")
