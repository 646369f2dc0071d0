"""Which pairs to look at: one portable SQL statement over the evidence keys.

The text uses only what DuckDB and Spark SQL share (JOIN ... ON, CAST, %, GROUP BY ... HAVING), so the same statement
runs unchanged on many machines; ``?``-free, the numbers are formatted in. It is run once per bucket of sites, so that
memory stays bounded whatever the number of storefronts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np

__all__ = ["BLOCKING_SQL", "Blocked", "candidate_pairs"]

#: ``keys(site, kind, value, strong)`` -> pairs. A key carried by one site brings nobody together; one carried by more
#: than ``cut`` sites is skipped (and counted). A pair is looked at when its keys weigh enough or one of them is strong.
BLOCKING_SQL = """
SELECT a.site AS site_a, b.site AS site_b,
       CAST(SUM(a.weight) AS DOUBLE) AS weight, CAST(MAX(a.strong) AS BIGINT) AS strong
FROM (
  SELECT k.site, k.site_number, k.kind, k.value, k.strong, LN({sites} * 1.0 / f.carriers) / LN(2.0) AS weight
  FROM keys k JOIN (
    SELECT kind, value, CAST(COUNT(*) AS DOUBLE) AS carriers FROM keys
    GROUP BY kind, value HAVING COUNT(*) >= 2 AND COUNT(*) <= {cut}
  ) f ON k.kind = f.kind AND k.value = f.value
) a JOIN keys b ON a.kind = b.kind AND a.value = b.value
WHERE a.site < b.site AND a.site_number % {buckets} = {bucket}
GROUP BY a.site, b.site
HAVING SUM(a.weight) >= {threshold} OR MAX(a.strong) = 1
"""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The pairs, sorted, and how many keys were too common to be asked."""

    pairs: tuple[tuple[str, str], ...]
    skipped_keys: int


def candidate_pairs(
    keys: Iterable[tuple[str, str, str, bool]],
    *,
    cut: int = 200,
    threshold: float = 4.0,
    buckets: int = 1,
) -> Blocked:
    """Pairs of sites that share keys: ``keys`` are (site, kind, value, strong); ``threshold`` in bits."""
    rows = sorted(set(keys))
    if not rows:
        return Blocked((), 0)
    sites = sorted({row[0] for row in rows})
    number = {site: position for position, site in enumerate(sites)}
    with duckdb.connect(config={"threads": 1}) as database:
        database.execute("CREATE TABLE keys (site VARCHAR, site_number BIGINT, kind VARCHAR, value VARCHAR, strong BIGINT)")
        columns = {
            "site": np.array([row[0] for row in rows], dtype=object),
            "site_number": np.array([number[row[0]] for row in rows], dtype=np.int64),
            "kind": np.array([row[1] for row in rows], dtype=object),
            "value": np.array([row[2] for row in rows], dtype=object),
            "strong": np.array([int(row[3]) for row in rows], dtype=np.int64),
        }
        database.register("incoming", columns)
        database.execute("INSERT INTO keys SELECT site, site_number, kind, value, strong FROM incoming")
        pairs: list[tuple[str, str]] = []
        for bucket in range(buckets):
            statement = BLOCKING_SQL.format(sites=len(sites), cut=cut, threshold=threshold, buckets=buckets, bucket=bucket)
            pairs += [(row[0], row[1]) for row in database.execute(statement).fetchall()]
        skipped = database.execute(
            f"SELECT COUNT(*) FROM (SELECT kind, value FROM keys GROUP BY kind, value HAVING COUNT(*) > {cut}) common"
        ).fetchall()[0][0]
    return Blocked(tuple(sorted(pairs)), int(skipped))
