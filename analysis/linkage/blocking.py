"""Which pairs to look at: one portable SQL statement over the evidence keys.

The text uses only what DuckDB and Spark SQL share (JOIN ... ON, CAST, %, GROUP BY ... HAVING), so the same statement
runs unchanged on many machines; the numbers are formatted in. It is run once per bucket of sites, so that
memory stays bounded whatever the number of storefronts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

import duckdb
import numpy as np

__all__ = ["BLOCKING_SQL", "Blocked", "candidate_pairs"]

#: ``keys(site, key, strong)``, all numbers, each row once -> pairs. A key carried by one site brings nobody together; one
#: carried by more than ``cut`` sites is skipped (and counted). A pair is looked at when its keys weigh enough, or one is strong.
BLOCKING_SQL = """
SELECT a.site AS site_a, b.site AS site_b
FROM (
  SELECT k.site, k.key, k.strong, LN({sites} * 1.0 / f.carriers) / LN(2.0) AS weight
  FROM keys k JOIN (
    SELECT key, CAST(COUNT(*) AS DOUBLE) AS carriers FROM keys
    GROUP BY key HAVING COUNT(*) >= 2 AND COUNT(*) <= {cut}
  ) f ON k.key = f.key
) a JOIN keys b ON a.key = b.key
WHERE a.site < b.site AND a.site % {buckets} = {bucket}
GROUP BY a.site, b.site
HAVING SUM(a.weight) >= {threshold} OR MAX(a.strong) = 1
"""

#: Pairs of a crawl of few storefronts are looked at from this many bits; in a large one a key must be rarer.
_LEAST_BITS = 4.0
#: A single key brings a pair together when at most 2**3 storefronts carry it.
_SINGLE_KEY_BITS = 3.0
#: Storefronts a bucket is made for: a bucket's join stays under about a gigabyte.
_BUCKET = 25_000


@dataclass(frozen=True, slots=True)
class Blocked:
    """The pairs, sorted, and how many keys were too common to be asked."""

    pairs: tuple[tuple[str, str], ...]
    skipped_keys: int


def candidate_pairs(
    keys: Iterable[tuple[str, str, str, bool]],
    *,
    cut: int = 200,
    threshold: float | None = None,
    buckets: int | None = None,
) -> Blocked:
    """Pairs of sites that share keys: ``keys`` are (site, kind, value, strong); ``threshold`` in bits.

    Sites and keys are numbered on the way in, so that the join compares numbers. The result depends on neither the order
    of the keys nor the number of buckets.
    """
    sites: dict[str, int] = {}
    values: dict[tuple[str, str], int] = {}
    coded = array("q")
    for site, kind, value, strong in keys:
        number = sites.setdefault(site, len(sites))
        key = values.setdefault((kind, value), len(values))
        coded.append((number << 33) | (key << 1) | strong)
    if not coded:
        return Blocked((), 0)
    # equal (site, key) rows fall together; the strong one is kept
    rows = np.unique(np.frombuffer(coded, dtype=np.int64))
    last = np.append((rows[1:] >> 1) != (rows[:-1] >> 1), True)
    rows = rows[last]
    if threshold is None:
        threshold = max(_LEAST_BITS, log2(len(sites)) - _SINGLE_KEY_BITS)
    if buckets is None:
        buckets = max(1, len(sites) // _BUCKET)
    names = list(sites)
    pairs: list[tuple[str, str]] = []
    with duckdb.connect(config={"threads": 1}) as database:
        database.execute("SET enable_progress_bar = false")
        database.execute("CREATE TABLE keys (site INTEGER, key INTEGER, strong TINYINT)")
        columns = {
            "site": (rows >> 33).astype(np.int32),
            "key": ((rows >> 1) & 0xFFFFFFFF).astype(np.int32),
            "strong": (rows & 1).astype(np.int8),
        }
        database.register("incoming", columns)
        database.execute("INSERT INTO keys SELECT site, key, strong FROM incoming")
        for bucket in range(buckets):
            statement = BLOCKING_SQL.format(sites=len(names), cut=cut, threshold=threshold, buckets=buckets, bucket=bucket)
            found = database.execute(statement).fetchnumpy()
            for one, two in zip(found["site_a"].tolist(), found["site_b"].tolist(), strict=True):
                a, b = names[one], names[two]
                pairs.append((a, b) if a < b else (b, a))
        skipped = database.execute(
            f"SELECT COUNT(*) FROM (SELECT key FROM keys GROUP BY key HAVING COUNT(*) > {cut}) common"
        ).fetchall()[0][0]
    return Blocked(tuple(sorted(pairs)), int(skipped))
