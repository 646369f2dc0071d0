"""``python -m benchmarks.pairing [SITES...]``: blocking at size, beside a plain DuckDB self-join of the same keys.

Synthetic storefronts have 60 keys each, drawn from a Zipf distribution, and planted clusters of three: every other cluster
shares one key that nobody else has, the rest share three keys that are not rare enough to bring a pair together one by
one. Each run has a process of its own, whose peak memory is read when it ends; keys come from a file, so that the making
of them counts for neither.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.connection
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from analysis.database import open_database
from analysis.linkage.blocking import Blocked, Key, candidate_pairs
from benchmarks.document import figure, share, table
from benchmarks.memory import peak_megabytes

__all__ = [
    "Measured",
    "blocking_of_file",
    "blocking_of_rows",
    "main",
    "make_keys",
    "measure",
    "pairing_section",
    "plain_join",
    "planted_pairs",
]

KEYS_EACH = 60
#: Exponent of the distribution, and how many different keys there are for each site.
_ZIPF = 1.1
_KEYS_A_SITE = 20
#: Of every so many sites the first three are one planted cluster.
_CLUSTER_EVERY = 50
_CLUSTER_SIZE = 3
#: The keys that a cluster of the second sort shares, and how many clusters share each of them.
_CLUSTER_KEYS = 3
_SHARED_BY = 8
_CUT = 200
#: Sizes up to this are run several times, and the median told; larger ones once, by blocking from a file alone: the plain join
#: would hold some ten gigabytes of pairs of names.
_SEVERAL_UP_TO = 200_000
_SEVERAL = 3
#: The plain join's memory: from here on DuckDB spills.
_PLAIN_MEMORY = "6GB"

#: The join that anybody would write first: the same cut for common keys, pairs by their number of shared keys.
PLAIN_SQL = """
SELECT a.site, b.site, COUNT(*) FROM keys a JOIN keys b ON a.kind = b.kind AND a.value = b.value
WHERE a.site < b.site AND (a.kind, a.value) IN (
  SELECT (kind, value) FROM keys GROUP BY kind, value HAVING COUNT(*) BETWEEN 2 AND {cut})
GROUP BY a.site, b.site
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: wall clock and processor seconds, peak memory of its process in MB, pairs given, planted pairs among them."""

    seconds: float
    cpu: float
    megabytes: float
    pairs: int
    found: int


#: (file of keys, number of sites) -> what it took
Work = Callable[[Path, int], Measured]


def make_keys(sites: int, file: Path, seed: int = 1) -> None:
    """Write ``keys(site, kind, value, strong)`` to a Parquet file: KEYS_EACH a site, clusters planted, each row once."""
    draw = np.random.default_rng(seed)
    with open_database() as database:
        database.execute("CREATE TABLE keys (site VARCHAR, kind VARCHAR, value VARCHAR, strong BOOLEAN)")
        step = 20_000
        for start in range(0, sites, step):
            count = min(step, sites - start)
            owner = np.repeat(np.arange(start, start + count, dtype=np.int64), KEYS_EACH)
            number = np.minimum(draw.zipf(_ZIPF, count * KEYS_EACH), _KEYS_A_SITE * sites).astype(np.int64)
            # half of a real storefront's keys are its own
            own = draw.random(count * KEYS_EACH) < 0.5
            number = np.where(own, draw.integers(0, _KEYS_A_SITE * sites, count * KEYS_EACH), number)
            position = np.tile(np.arange(KEYS_EACH), count)
            cluster, member = np.divmod(owner, _CLUSTER_EVERY)
            alone = (member < _CLUSTER_SIZE) & (cluster % 2 == 0) & (position == 0)
            together = (member < _CLUSTER_SIZE) & (cluster % 2 == 1) & (position < _CLUSTER_KEYS)
            number = np.where(alone, -1 - cluster * KEYS_EACH, number)
            number = np.where(together, -1 - _middling(cluster, position, sites), number)
            database.register("made", {"owner": owner, "number": number})
            database.execute(
                "INSERT INTO keys SELECT DISTINCT printf('s%08d.example', owner), printf('kind%d', abs(number) % 12), "
                "printf('value-%d', number), false FROM made"
            )
            database.unregister("made")
        database.execute(f"COPY keys TO '{str(file).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")


def planted_pairs(sites: int) -> list[tuple[str, str]]:
    """The pairs of one planted cluster, in order; each shares keys that lie above the threshold of 1,000 sites and more."""
    pairs = set()
    for start in range(0, sites, _CLUSTER_EVERY):
        members = [f"s{number:08d}.example" for number in range(start, min(start + _CLUSTER_SIZE, sites))]
        pairs |= {(a, b) for a in members for b in members if a < b}
    return sorted(pairs)


def blocking_of_file(file: Path, sites: int) -> Measured:
    """``candidate_pairs`` with a file of keys."""
    return _blocking(lambda: candidate_pairs(file, cut=_CUT), sites)


def blocking_of_rows(file: Path, sites: int) -> Measured:
    """``candidate_pairs`` with rows, as the analysis calls it; making the rows counts."""
    return _blocking(lambda: candidate_pairs(_rows(file), cut=_CUT), sites)


def plain_join(file: Path, sites: int) -> Measured:
    """The plain self-join; no numbers for names, no weights, no buckets."""
    with (
        tempfile.TemporaryDirectory(prefix="samehand-plain-") as spill,
        open_database() as database,
    ):
        database.execute(f"SET memory_limit = '{_PLAIN_MEMORY}'")
        database.execute("SET temp_directory = '{}'".format(spill.replace("'", "''")))
        wall, cpu = time.perf_counter(), time.process_time()
        database.execute("CREATE TABLE keys AS SELECT * FROM read_parquet(?)", [str(file)])
        database.execute("CREATE TABLE pairs AS " + PLAIN_SQL.format(cut=_CUT))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        megabytes = peak_megabytes()
        counted = database.execute("SELECT COUNT(*) FROM pairs").fetchall()[0][0]
        left, right = (np.array(names, dtype=object) for names in zip(*planted_pairs(sites), strict=True))
        database.register("given", {"a": left, "b": right})
        found = database.execute("SELECT COUNT(*) FROM pairs JOIN given ON pairs.site = given.a AND pairs.site_1 = given.b")
        return Measured(wall, cpu, megabytes, int(counted), int(found.fetchall()[0][0]))


def measure(work: Work, file: Path, sites: int) -> Measured:
    """Run ``work`` in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_inside, args=(work, file, sites, theirs))
    process.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError as error:
        raise RuntimeError(f"the run over {sites} storefronts ended without an answer") from error
    finally:
        process.join()
    assert isinstance(answer, Measured)
    return answer


def pairing_section(sizes: Sequence[int], tell: Callable[[str], None]) -> list[str]:
    """One table over all sizes, and how the time grows from one to the next."""
    works: tuple[tuple[str, Work], ...] = (
        ("plain self-join", plain_join),
        ("blocking, keys from a file", blocking_of_file),
        ("blocking, keys from rows", blocking_of_rows),
    )
    rows: list[tuple[object, ...]] = []
    grown: list[str] = []
    before: tuple[int, Measured] | None = None
    for sites in sorted(sizes):
        times = _SEVERAL if sites <= _SEVERAL_UP_TO else 1
        asked = works if sites <= _SEVERAL_UP_TO else works[1:2]
        runs: dict[str, list[Measured]] = {what: [] for what, _ in asked}
        with tempfile.TemporaryDirectory(prefix="samehand-pairing-") as folder:
            file = Path(folder) / "keys.parquet"
            make_keys(sites, file)
            for _ in range(times):
                for what, work in asked:
                    run = measure(work, file, sites)
                    runs[what].append(run)
                    tell(f"pairing {sites} storefronts: {what} {run.seconds:.1f} s, {run.cpu:.1f} s CPU, {run.megabytes:.0f} MB")
        middle = {what: _middle(several) for what, several in runs.items()}
        plain, ours = middle.get(works[0][0]), middle[works[1][0]]
        rows += [_row(sites, what, found, plain) for what, found in middle.items()]
        if before is not None:
            few, last = before
            grown.append(f"From {few:,} to {sites:,} storefronts blocking takes {ours.seconds / last.seconds:.1f} times as long")
            grown[-1] += f" ({ours.cpu / last.cpu:.1f} times the processor time)."
        before = (sites, ours)
    head = ("storefronts", "what", "seconds", "CPU seconds", "CPU, times the plain join", "peak MB", "pairs", "planted pairs found")
    lines = table(head, rows)
    lines[-1:] = ["", f"One thread; medians of {_SEVERAL} up to {_SEVERAL_UP_TO:,} storefronts. {' '.join(grown)}".rstrip(), ""]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for the sizes asked for (100,000 where none is)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairing", description="Blocking beside a plain self-join.")
    parser.add_argument("sites", nargs="*", type=int, default=[100_000])
    given = parser.parse_args(arguments)
    print("\n".join(pairing_section(given.sites, lambda what: print(what, file=sys.stderr))))
    return 0


def _middling(cluster: np.ndarray, position: np.ndarray, sites: int) -> np.ndarray:
    """Numbers of keys that several clusters share, a different company at each position."""
    clusters = sites // _CLUSTER_EVERY + 1
    groups = clusters // (2 * _SHARED_BY) + 1
    # the same remainder puts two clusters together at one position at most
    turned = (cluster // 2 + position * (cluster // 2 // groups)) % groups
    numbers: np.ndarray = clusters * KEYS_EACH * (1 + position) + turned
    return numbers


def _blocking(work: Callable[[], Blocked], sites: int) -> Measured:
    wall, cpu = time.perf_counter(), time.process_time()
    blocked = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    megabytes = peak_megabytes()
    place = {site: number for number, site in enumerate(blocked.sites)}
    every = blocked.pairs[:, 0].astype(np.int64) * len(place) + blocked.pairs[:, 1]
    planted = np.array([place[a] * len(place) + place[b] for a, b in planted_pairs(sites)])
    return Measured(wall, cpu, megabytes, len(blocked), int(np.isin(planted, every).sum()))


def _rows(file: Path) -> Iterator[Key]:
    with open_database() as database:
        asked = database.execute("SELECT site, kind, value, strong FROM read_parquet(?)", [str(file)])
        while rows := asked.fetchmany(100_000):
            yield from rows


def _middle(runs: Sequence[Measured]) -> Measured:
    return Measured(
        median(run.seconds for run in runs),
        median(run.cpu for run in runs),
        max(run.megabytes for run in runs),
        runs[0].pairs,
        min(run.found for run in runs),
    )


def _row(sites: int, what: str, found: Measured, plain: Measured | None) -> tuple[object, ...]:
    ratio = figure(found.cpu / plain.cpu, 2) if plain and plain.cpu else "-"
    planted = share(found.found, len(planted_pairs(sites)))
    return (
        f"{sites:,}",
        what,
        figure(found.seconds, 1),
        figure(found.cpu, 1),
        ratio,
        f"{found.megabytes:,.0f}",
        f"{found.pairs:,}",
        planted,
    )


def _inside(work: Work, file: Path, sites: int, pipe: multiprocessing.connection.Connection) -> None:
    pipe.send(work(file, sites))


if __name__ == "__main__":
    sys.exit(main())
