"""Rows of one dataclass as a Parquet file, and back, whatever their number: sorted, written and read a piece at a time.

A crawl of a thousand storefronts has millions of rows of evidence, whose texts repeat. They are never copied as a whole: keys
to sort by are made for the rows of one storefront at a time, columns for one batch of rows, and equal texts are read as one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import duckdb
import numpy as np

from analysis.database import open_database

__all__ = ["in_order", "read_parquet", "write_parquet"]

_SQL_TYPES = {str: "VARCHAR", float: "DOUBLE", int: "BIGINT", bool: "BOOLEAN", bytes: "BLOB"}
_NUMPY_TYPES = {str: "object", float: "float64", int: "int64", bool: "bool", bytes: "object"}
#: Rows that are columns at the same time: one row group of the file.
_BATCH = 122_880
#: Rows that are read as Python objects before their texts are told to be known.
_READ = 8_192

Row = TypeVar("Row")


def in_order(rows: Iterable[Row], record: type[Any]) -> Iterator[Row]:
    """The rows sorted by all their columns as text. The first column is text, and tells rows apart by storefront."""
    first, key = attrgetter(fields(record)[0].name), _sort_key(record)
    for _, several in groupby(sorted(rows, key=first), key=first):
        yield from sorted(several, key=key)


def write_parquet(rows: Iterable[object], record: type[Any], path: Path) -> int:
    """Write records of one dataclass to ``path`` in the order given; how many they were."""
    source = iter(rows)
    written = 0
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder, open_database() as database:
        parts: list[Path] = []
        while (batch := list(islice(source, _BATCH))) or not parts:
            parts.append(Path(folder) / f"{len(parts)}.parquet")
            _write_batch(database, batch, record, parts[-1])
            written += len(batch)
        if len(parts) == 1:
            parts[0].rename(path)
        else:
            listed = ", ".join(map(_quoted, parts))
            database.execute(f"COPY (SELECT * FROM read_parquet([{listed}])) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
    return written


def read_parquet(path: Path, record: type[Row]) -> tuple[Row, ...]:
    """The rows of a file, equal texts as one object. Raises ``duckdb.Error`` for a file that cannot be read."""
    columns = fields(record)  # type: ignore[arg-type]
    texts: dict[str, str] = {}
    found: list[Row] = []
    with open_database() as database:
        there = {row[0] for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()}
        # a column with a default is younger than the format: findings of before it have none
        names = [item.name for item in columns if item.name in there or item.default is MISSING]
        picked = ", ".join(f'"{name}"' for name in names)
        rows = database.execute(f"SELECT {picked} FROM read_parquet(?)", [str(path)])
        while batch := rows.fetchmany(_READ):
            for row in batch:
                values = [texts.setdefault(value, value) if type(value) is str else value for value in row]
                found.append(record(*values) if len(values) == len(columns) else record(**dict(zip(names, values, strict=True))))
    return tuple(found)


def _write_batch(database: duckdb.DuckDBPyConnection, rows: list[object], record: type[Any], path: Path) -> None:
    kinds = get_type_hints(record)
    names = [item.name for item in fields(record)]
    declared = ", ".join(f'"{name}" {_SQL_TYPES[kinds[name]]}' for name in names)
    database.execute(f"CREATE OR REPLACE TABLE out ({declared})")
    if rows:
        columns = {name: np.array(list(map(attrgetter(name), rows)), dtype=_NUMPY_TYPES[kinds[name]]) for name in names}
        database.register("incoming", columns)
        picked = ", ".join(f'CAST("{name}" AS {_SQL_TYPES[kinds[name]]})' for name in names)
        database.execute(f"INSERT INTO out SELECT {picked} FROM incoming")
        database.unregister("incoming")
    database.execute(f"COPY out TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _sort_key(record: type[Any]) -> Callable[[object], tuple[str, ...]]:
    """A row's values as text, in order of its columns, which are looked up once and not for each of a million rows."""
    values = attrgetter(*(item.name for item in fields(record)))
    if bytes not in get_type_hints(record).values():
        return lambda row: tuple(map(str, values(row)))
    return lambda row: tuple(value.hex() if isinstance(value, bytes) else str(value) for value in values(row))
