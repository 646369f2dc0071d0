"""``python -m benchmarks.pairing [SITES...]``: blocking at size, beside a plain DuckDB self-join of the same keys.

Synthetic storefronts have 60 keys each, drawn from a Zipf distribution, and planted clusters of three that share some
rare keys. Both run in a process of their own, whose peak memory is read when it ends; keys come from a file, so that the
making of them counts for neither.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.connection
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from analysis.linkage.blocking import candidate_pairs
from benchmarks.document import figure, share, table

__all__ = ["Measured", "main", "make_keys", "measure", "pairing_section", "planted_pairs"]

KEYS_EACH = 60
#: Exponent of the distribution, and how many different keys there are for each site.
_ZIPF = 1.1
_KEYS_A_SITE = 20
#: Of every so many sites the first three are one planted cluster.
_CLUSTER_EVERY = 50
_CLUSTER_SIZE = 3
_CLUSTER_KEYS = 4
_CUT = 200
#: What one run may take of a machine that others use too.
_MOST_MEGABYTES = 8_000
_THRESHOLD = 4.0

#: The join that anybody would write first: the same cut for common keys, pairs by their number of shared keys.
PLAIN_SQL = """
SELECT a.site, b.site, COUNT(*) FROM keys a JOIN keys b ON a.kind = b.kind AND a.value = b.value
WHERE a.site < b.site AND (a.kind, a.value) IN (
  SELECT (kind, value) FROM keys GROUP BY kind, value HAVING COUNT(*) BETWEEN 2 AND {cut})
GROUP BY a.site, b.site
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds, peak memory of its process in MB, pairs given, planted pairs found of all; ``failed`` says why not."""

    seconds: float
    megabytes: float
    pairs: int
    found: int
    planted: int
    failed: str = ""


def make_keys(sites: int, file: Path, seed: int = 1) -> None:
    """Write ``keys(site, kind, value, strong)`` to a Parquet file: KEYS_EACH a site, clusters planted."""
    draw = np.random.default_rng(seed)
    with duckdb.connect(config={"threads": 1}) as database:
        database.execute("CREATE TABLE keys (site VARCHAR, kind VARCHAR, value VARCHAR, strong BIGINT)")
        step = 20_000
        for start in range(0, sites, step):
            count = min(step, sites - start)
            owner = np.repeat(np.arange(start, start + count, dtype=np.int64), KEYS_EACH)
            number = np.minimum(draw.zipf(_ZIPF, count * KEYS_EACH), _KEYS_A_SITE * sites).astype(np.int64)
            # half of a real storefront's keys are its own
            own = draw.random(count * KEYS_EACH) < 0.5
            number = np.where(own, draw.integers(0, _KEYS_A_SITE * sites, count * KEYS_EACH), number)
            inside = (owner % _CLUSTER_EVERY < _CLUSTER_SIZE) & (np.tile(np.arange(KEYS_EACH), count) < _CLUSTER_KEYS)
            planted = -1 - (owner // _CLUSTER_EVERY * _CLUSTER_KEYS + np.tile(np.arange(KEYS_EACH), count))
            number = np.where(inside, planted, number)
            database.register("made", {"owner": owner, "number": number})
            database.execute(
                "INSERT INTO keys SELECT DISTINCT printf('s%08d.example', owner), printf('kind%d', abs(number) % 12), "
                "printf('value-%d', number), 0 FROM made"
            )
            database.unregister("made")
        database.execute(f"COPY keys TO '{str(file).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")


def planted_pairs(sites: int) -> set[tuple[str, str]]:
    """The pairs of one planted cluster; each shares enough rare keys to lie above the threshold."""
    pairs = set()
    for start in range(0, sites, _CLUSTER_EVERY):
        members = [f"s{number:08d}.example" for number in range(start, min(start + _CLUSTER_SIZE, sites))]
        pairs |= {(a, b) for a in members for b in members if a < b}
    return pairs


def measure(work: Callable[[Path, int, int], tuple[float, int, int]], file: Path, sites: int, buckets: int) -> Measured:
    """Run ``work`` in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_inside, args=(work, file, sites, buckets, theirs))
    process.start()
    theirs.close()
    planted = len(planted_pairs(sites))
    try:
        seconds, pairs, found, megabytes = ours.recv()
        return Measured(seconds, megabytes, pairs, found, planted)
    except EOFError:
        return Measured(0.0, 0.0, 0, 0, planted, f"it ended without an answer (a process may use {_MOST_MEGABYTES} MB)")
    finally:
        process.join()


def blocking(file: Path, sites: int, buckets: int) -> tuple[float, int, int]:
    """Seconds, pairs and planted pairs found by ``candidate_pairs``, which takes its keys as rows."""
    with duckdb.connect(config={"threads": 1}) as database:
        rows = database.execute("SELECT site, kind, value, strong = 1 FROM read_parquet(?)", [str(file)]).fetchall()
    start = time.perf_counter()
    found = candidate_pairs(rows, cut=_CUT, threshold=_THRESHOLD, buckets=buckets)
    seconds = time.perf_counter() - start
    return seconds, len(found.pairs), len(planted_pairs(sites) & set(found.pairs))


def plain_join(file: Path, sites: int, buckets: int) -> tuple[float, int, int]:
    """The same of the plain self-join; ``buckets`` is not asked."""
    del buckets
    with duckdb.connect(config={"threads": 1}) as database:
        start = time.perf_counter()
        database.execute("CREATE TABLE keys AS SELECT * FROM read_parquet(?)", [str(file)])
        database.execute("CREATE TABLE pairs AS " + PLAIN_SQL.format(cut=_CUT))
        seconds = time.perf_counter() - start
        counted = database.execute("SELECT COUNT(*) FROM pairs").fetchall()[0][0]
        database.execute("CREATE TABLE planted (a VARCHAR, b VARCHAR)")
        pairs = sorted(planted_pairs(sites))
        database.register(
            "given", {"a": np.array([a for a, _ in pairs], dtype=object), "b": np.array([b for _, b in pairs], dtype=object)}
        )
        found = database.execute("SELECT COUNT(*) FROM pairs JOIN given ON pairs.site = given.a AND pairs.site_1 = given.b")
        return seconds, int(counted), int(found.fetchall()[0][0])


def pairing_section(sizes: Sequence[int], tell: Callable[[str], None]) -> list[str]:
    """One table over all sizes."""
    rows = []
    for sites in sizes:
        with tempfile.TemporaryDirectory(prefix="samehand-pairing-") as folder:
            file = Path(folder) / "keys.parquet"
            make_keys(sites, file)
            buckets = max(1, sites // 100_000)
            tell(f"pairing {sites} storefronts: keys made")
            plain = measure(plain_join, file, sites, buckets)
            tell(f"pairing {sites} storefronts: plain self-join {plain.seconds:.1f} s")
            ours = measure(blocking, file, sites, buckets)
            tell(f"pairing {sites} storefronts: blocking {ours.seconds:.1f} s")
        rows += [_row(sites, "plain self-join", plain, plain), _row(sites, f"blocking, {buckets} buckets", ours, plain)]
    return table(("storefronts", "what", "seconds", "times the plain join", "peak MB", "pairs", "planted pairs found"), rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for the sizes asked for (100,000 where none is)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairing", description="Blocking beside a plain self-join.")
    parser.add_argument("sites", nargs="*", type=int, default=[100_000])
    given = parser.parse_args(arguments)
    print("\n".join(pairing_section(given.sites, lambda what: print(what, file=sys.stderr))))
    return 0


def _row(sites: int, what: str, measured: Measured, plain: Measured) -> tuple[object, ...]:
    if measured.failed:
        return (f"{sites:,}", what, measured.failed, "-", "-", "-", "-")
    ratio = figure(measured.seconds / plain.seconds, 2) if plain.seconds else "-"
    found = share(measured.found, measured.planted)
    return (f"{sites:,}", what, figure(measured.seconds, 1), ratio, f"{measured.megabytes:,.0f}", f"{measured.pairs:,}", found)


def _inside(
    work: Callable[[Path, int, int], tuple[float, int, int]],
    file: Path,
    sites: int,
    buckets: int,
    pipe: multiprocessing.connection.Connection,
) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEGABYTES * 1024 * 1024, _MOST_MEGABYTES * 1024 * 1024))
    seconds, pairs, found = work(file, sites, buckets)
    pipe.send((seconds, pairs, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    sys.exit(main())
