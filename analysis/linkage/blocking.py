"""Which pairs to look at: portable SQL over the evidence keys.

``BLOCKING_SQL`` is one statement that uses only what DuckDB and Spark SQL share (WITH, JOIN ... ON, CASE, ROUND, LN, %,
GROUP BY ... HAVING); the numbers are formatted in. It asks ``keys(site, key, strong)``: sites numbered from 0, a key a
64-bit number of its kind and value (``hash(kind, value)`` in DuckDB, ``xxhash64(kind, value)`` in Spark), strong 0 or 1,
each row once. Two keys that fall on one number, which is one chance in ten thousand among 60 million keys, make a pair
looked at or a key skipped: never evidence, for the comparison asks the values themselves.

Here its three parts run one after the other, the last one once a bucket of sites, so that memory stays bounded whatever the
number of storefronts: what does not fit is spilled to a temporary folder that goes when the work ends.

What the threshold means: of ``n`` storefronts, a key with ``f`` carriers weighs ``log2(n / f)`` bits, for a stranger has it
with probability ``f / n``. Keys that weigh ``w`` bits together are therefore all had by ``n * 2**-w`` strangers to be
expected by chance. A pair is looked at where that is at most ``2**3``, however large the crawl: the number of pairs grows
with the number of storefronts, not with its square. A pair above the threshold is never missed, unless by a key that
more than ``cut`` storefronts carry; those are counted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log2
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from analysis.database import open_database

__all__ = ["BLOCKING_SQL", "Blocked", "Key", "candidate_pairs", "default_threshold"]

#: (site, kind, value, strong): a strong key brings a pair together whatever it weighs.
Key = tuple[str, str, str, bool]

#: A key carried by one site brings nobody together.
_CARRIED_SQL = """
  SELECT key, COUNT(*) AS carriers, MAX(strong) AS strong FROM keys GROUP BY key HAVING COUNT(*) >= 2
"""
#: One carried by more than ``cut`` is skipped. Weights are whole thousandths of a bit, so that their sum does not depend on the
#: order they are added in.
_RARE_SQL = """
  SELECT k.site, k.key,
    CASE WHEN f.strong = 1 THEN {asked} ELSE ROUND(1000.0 * LN({sites} * 1.0 / f.carriers) / LN(2.0)) END AS weight
  FROM keys k JOIN carried f ON k.key = f.key
  WHERE f.carriers <= {cut}
"""
_PAIRS_SQL = """
SELECT a.site AS site_a, b.site AS site_b
FROM rare a JOIN rare b ON a.key = b.key
WHERE a.site < b.site AND a.site % {buckets} = {bucket}
GROUP BY a.site, b.site
HAVING SUM(a.weight) >= {asked}
"""
#: ``keys(site, key, strong)`` -> pairs of sites whose keys weigh ``asked`` thousandths of a bit or more.
BLOCKING_SQL = f"WITH carried AS ({_CARRIED_SQL}), rare AS ({_RARE_SQL})\n{_PAIRS_SQL}"

#: Pairs of a crawl of few storefronts are looked at from this many bits; in a large one a key must be rarer.
_LEAST_BITS = 4.0
#: A single key brings a pair together when at most 2**3 storefronts carry it.
_SINGLE_KEY_BITS = 3.0
#: Storefronts a bucket is made for: its join takes less than a gigabyte, and a million storefronts are sixteen buckets.
_BUCKET = 60_000
#: Rows that are held as Python objects at a time.
_CHUNK = 100_000
#: From here on DuckDB spills: it leaves room beside it on any machine that can hold the crawl's traces.
_MEMORY = "1500MB"
_KEY_SQL = "CAST(hash(kind, value) >> 1 AS BIGINT)"

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Blocked:
    """The pairs, and how many keys were too common to be asked.

    ``sites`` are in order; ``pairs`` (n x 2, int32) are positions in it, the smaller one first, in order, each pair once.
    Iterating gives the pairs as names.
    """

    sites: tuple[str, ...]
    pairs: npt.NDArray[np.int32]
    skipped_keys: int

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for start in range(0, len(self.pairs), _CHUNK):
            for a, b in self.pairs[start : start + _CHUNK].tolist():
                yield self.sites[a], self.sites[b]

    def with_pairs(self, wanted: Iterable[tuple[str, str]]) -> Blocked:
        """These pairs and ``wanted``, whose sites need not be known yet."""
        more = sorted(set(wanted))
        names = list(dict.fromkeys([*self.sites, *(site for pair in more for site in pair)]))
        number = {site: position for position, site in enumerate(names)}
        added = np.array([(number[a], number[b]) for a, b in more], dtype=np.int64).reshape(-1, 2)
        order, place = _places(names)
        packed = [_packed(place[rows[:, 0]], place[rows[:, 1]]) for rows in (self.pairs, added)]
        return _blocked(names, order, packed, self.skipped_keys)


def default_threshold(sites: int) -> float:
    """Bits from which a pair is looked at among so many storefronts; see the module's text."""
    return max(_LEAST_BITS, log2(max(sites, 1)) - _SINGLE_KEY_BITS)


def candidate_pairs(
    keys: Iterable[Key] | Path, *, cut: int = 200, threshold: float | None = None, buckets: int | None = None
) -> Blocked:
    """Pairs of sites that share keys, each of which is given once: rows, or a Parquet file with the columns of ``Key``.

    ``threshold`` in bits (``default_threshold`` where it is None). Rows are streamed. The result depends on neither the
    order of the keys nor the number of buckets.
    """
    with (
        tempfile.TemporaryDirectory(prefix="samehand-blocking-") as spill,
        open_database() as database,
    ):
        quoted = spill.replace("'", "''")
        for setting in (
            "preserve_insertion_order = false",
            f"memory_limit = '{_MEMORY}'",
            f"temp_directory = '{quoted}'",
        ):
            database.execute(f"SET {setting}")
        names = _load_file(database, keys) if isinstance(keys, Path) else _load_rows(database, keys)
        if not names:
            return Blocked((), np.zeros((0, 2), dtype=np.int32), 0)
        bits = default_threshold(len(names)) if threshold is None else threshold
        numbers = {"sites": len(names), "cut": cut, "asked": round(1000 * bits)}
        database.execute("CREATE TABLE carried AS " + _CARRIED_SQL)
        skipped = database.execute(f"SELECT COUNT(*) FROM carried WHERE carriers > {cut}").fetchall()[0][0]
        database.execute("CREATE TABLE rare AS " + _RARE_SQL.format(**numbers))
        database.execute("DROP TABLE keys; DROP TABLE carried")
        buckets = buckets or max(1, len(names) // _BUCKET)
        order, place = _places(names)
        found = []
        for bucket in range(buckets):
            pairs = database.execute(_PAIRS_SQL.format(**numbers, buckets=buckets, bucket=bucket)).fetchnumpy()
            found.append(_packed(place[pairs["site_a"]], place[pairs["site_b"]]))
            del pairs
    return _blocked(names, order, found, int(skipped))


def _load_rows(database: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> list[str]:
    """Fill ``keys`` from rows; the names of the sites in order of their numbers."""
    database.execute("CREATE TABLE keys (site INTEGER, key BIGINT, strong TINYINT)")
    numbers: dict[str, int] = {}
    rows = iter(keys)
    while chunk := list(islice(rows, _CHUNK)):
        site, kind, value, strong = zip(*chunk, strict=True)
        columns = {
            "site": np.array([numbers.setdefault(name, len(numbers)) for name in site], dtype=np.int32),
            "kind": np.array(kind, dtype=object),
            "value": np.array(value, dtype=object),
            "strong": np.array(strong, dtype=bool),
        }
        database.register("incoming", columns)
        database.execute(f"INSERT INTO keys SELECT site, {_KEY_SQL}, CAST(strong AS TINYINT) FROM incoming")
        database.unregister("incoming")
    return list(numbers)


def _load_file(database: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    """The same from a Parquet file, none of whose rows becomes a Python object."""
    source = "read_parquet('{}')".format(str(file).replace("'", "''"))
    database.execute(
        "CREATE TABLE sites AS SELECT site, CAST(ROW_NUMBER() OVER (ORDER BY site) - 1 AS INTEGER) AS number "
        f"FROM (SELECT DISTINCT site FROM {source}) named"
    )
    database.execute(
        f"CREATE TABLE keys AS SELECT s.number AS site, {_KEY_SQL} AS key, CAST(k.strong AS TINYINT) AS strong "
        f"FROM {source} k JOIN sites s ON k.site = s.site"
    )
    names = database.execute("SELECT site FROM sites ORDER BY number").fetchnumpy()["site"].tolist()
    database.execute("DROP TABLE sites")
    return list(names)


def _places(names: Sequence[str]) -> tuple[list[int], Numbers]:
    """The positions of ``names`` in order of the names, and each one's place in that order."""
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    return order, place


def _packed(one: Numbers, other: Numbers) -> Numbers:
    """Pairs of places as one number each, the smaller place in the upper half: sorting numbers is quicker than sorting rows."""
    return (np.minimum(one, other) << 32) | np.maximum(one, other)


def _blocked(names: Sequence[str], order: Sequence[int], found: list[Numbers], skipped_keys: int) -> Blocked:
    """Packed pairs, some of them perhaps twice; ``found`` is emptied, for at a million storefronts each copy is a burden."""
    every = np.concatenate(found)
    found.clear()
    every.sort()
    if (every[1:] == every[:-1]).any():
        every = np.unique(every)
    pairs = np.empty((len(every), 2), dtype=np.int32)
    np.right_shift(every, 32, out=pairs[:, 0], casting="unsafe")
    np.bitwise_and(every, 0xFFFFFFFF, out=pairs[:, 1], casting="unsafe")
    return Blocked(tuple(names[position] for position in order), pairs, skipped_keys)
