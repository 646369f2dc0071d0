"""Blocking: which pairs are looked at."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from itertools import combinations
from math import log2
from pathlib import Path

import duckdb
import numpy as np
import pytest

from analysis.linkage.blocking import BLOCKING_SQL, Blocked, Key, candidate_pairs, default_threshold

KEYS: list[Key] = [
    ("a.example", "payment.key", "one", True),
    ("b.example", "payment.key", "one", True),
    ("c.example", "assets.path", "x", False),
    ("d.example", "assets.path", "x", False),
    *[(f"s{n}.example", "layout.band", "common", False) for n in range(30)],
]


def drawn(sites: int, seed: int) -> list[Key]:
    """Twelve keys a site, some of them on many sites, some strong, each once."""
    draw = random.Random(seed)
    rows = {
        (f"s{draw.randrange(sites):03d}.example", f"kind{kind}", str(int(draw.paretovariate(0.4))), kind == 0)
        for _ in range(12 * sites)
        for kind in (draw.choice((0, 1, 1, 2, 2, 2)),)
    }
    return sorted(rows)


def by_hand(keys: list[Key], cut: int, threshold: float) -> list[tuple[str, str]]:
    """The same pairs, straight from the words of the module."""
    carriers: dict[tuple[str, str], set[str]] = defaultdict(set)
    strong = {(kind, value) for _, kind, value, is_strong in keys if is_strong}
    for site, kind, value, _ in keys:
        carriers[kind, value].add(site)
    sites = len({row[0] for row in keys})
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for key, holders in carriers.items():
        if 2 <= len(holders) <= cut:
            for a, b in combinations(sorted(holders), 2):
                weights[a, b] += 1000 if key in strong else log2(sites / len(holders))
    return sorted(pair for pair, weight in weights.items() if weight >= threshold)


def parquet(keys: list[Key], file: Path) -> Path:
    columns = {name: np.array([row[place] for row in keys]) for place, name in enumerate(("site", "kind", "value", "strong"))}
    with duckdb.connect() as database:
        database.register("given", {name: column.astype(object) for name, column in columns.items()})
        quoted = str(file).replace("'", "''")
        database.execute(f"COPY (SELECT * FROM given) TO '{quoted}' (FORMAT parquet)")
    return file


def test_a_strong_key_brings_a_pair_together() -> None:
    assert ("a.example", "b.example") in list(candidate_pairs(KEYS))


def test_rare_keys_weigh_and_common_ones_are_skipped_and_counted() -> None:
    found = candidate_pairs(KEYS, cut=20)
    assert ("c.example", "d.example") in list(found)
    assert not any(a.startswith("s") for a, _ in found)
    assert found.skipped_keys == 1


def test_a_common_key_under_the_cut_is_too_light() -> None:
    assert not any(a.startswith("s") for a, _ in candidate_pairs(KEYS, cut=200))


@pytest.mark.parametrize("cut", [5, 40])
@pytest.mark.parametrize("threshold", [2.7, 5.3, 9.1])
def test_exactly_the_pairs_above_the_threshold_are_given(cut: int, threshold: float) -> None:
    keys = drawn(150, seed=3)
    wanted = by_hand(keys, cut, threshold)
    assert len(wanted) > 50
    assert list(candidate_pairs(keys, cut=cut, threshold=threshold)) == wanted


def test_neither_order_nor_buckets_change_the_pairs() -> None:
    keys = drawn(90, seed=8)
    mixed = list(keys)
    random.Random(5).shuffle(mixed)
    one, other = candidate_pairs(keys, buckets=1), candidate_pairs(mixed, buckets=7)
    assert len(one) > 20
    assert (one.sites, list(one), one.skipped_keys) == (other.sites, list(other), other.skipped_keys)


def test_a_file_of_keys_gives_the_same_as_rows(tmp_path: Path) -> None:
    keys = drawn(90, seed=2)
    rows, file = candidate_pairs(keys, cut=30), candidate_pairs(parquet(keys, tmp_path / "it's keys.parquet"), cut=30)
    assert len(rows) > 20
    assert (rows.sites, list(rows), rows.skipped_keys) == (file.sites, list(file), file.skipped_keys)


def test_the_one_statement_gives_what_its_parts_give() -> None:
    """Who runs blocking elsewhere runs ``BLOCKING_SQL``: it must not part from what runs here."""
    keys = drawn(60, seed=4)
    sites = sorted({row[0] for row in keys})
    threshold = 6.0
    with duckdb.connect() as database:
        database.execute("CREATE TABLE keys (site INTEGER, key BIGINT, strong INTEGER)")
        numbers = {key: number for number, key in enumerate(sorted({row[1:3] for row in keys}))}
        database.executemany(
            "INSERT INTO keys VALUES (?, ?, ?)", [(sites.index(row[0]), numbers[row[1:3]], int(row[3])) for row in keys]
        )
        asked = BLOCKING_SQL.format(sites=len(sites), cut=30, asked=round(1000 * threshold), buckets=1, bucket=0)
        pairs = sorted((sites[a], sites[b]) for a, b in database.execute(asked).fetchall())
    assert len(pairs) > 20
    assert pairs == list(candidate_pairs(keys, cut=30, threshold=threshold))


def test_one_key_brings_eight_together_however_many_storefronts_there_are() -> None:
    for sites in (1_000, 100_000, 1_000_000):
        assert log2(sites / 8) >= default_threshold(sites) > log2(sites / 9)
    assert default_threshold(60) == default_threshold(2) == default_threshold(0) == 4.0


def test_pairs_are_positions_in_order_each_once() -> None:
    found = candidate_pairs(drawn(90, seed=6), buckets=4)
    rows = found.pairs.tolist()
    assert rows == sorted(map(list, set(map(tuple, rows))))
    assert all(a < b for a, b in rows)
    assert list(found.sites) == sorted(found.sites)
    assert found.pairs.dtype == np.int32
    assert len(found) == len(rows)


def test_pairs_may_be_added_and_may_name_new_sites() -> None:
    found = candidate_pairs(KEYS).with_pairs([("d.example", "c.example"), ("b.example", "aa.example"), ("b.example", "aa.example")])
    assert list(found) == [("a.example", "b.example"), ("aa.example", "b.example"), ("c.example", "d.example")]
    assert found.skipped_keys == 0


def test_no_keys_no_pairs() -> None:
    found = candidate_pairs([])
    assert (list(found), len(found), found.sites, found.skipped_keys) == ([], 0, (), 0)
    assert list(found.with_pairs([])) == []
    assert list(found.with_pairs([("b.example", "a.example")])) == [("a.example", "b.example")]


def test_nothing_to_pair() -> None:
    assert list(candidate_pairs([("a.example", "k", "v", True)])) == []


def test_hostile_values_are_data() -> None:
    hostile = "'; DROP TABLE keys; --"
    found = candidate_pairs([("a.example", "k", hostile, True), ("b.example", "k", hostile, True)])
    assert list(found) == [("a.example", "b.example")]


def test_kind_and_value_are_told_apart() -> None:
    rows: list[Key] = [("a.example", "ka", "b", True), ("b.example", "k", "ab", True), ("c.example", "k", "b", True)]
    assert list(candidate_pairs(rows)) == []


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    candidate_pairs(drawn(60, seed=1))
    assert list(tmp_path.iterdir()) == []


def test_iteration_goes_over_all_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.linkage.blocking._CHUNK", 7)
    keys = drawn(60, seed=1)
    found = candidate_pairs(keys)
    monkeypatch.undo()
    assert list(found) == list(candidate_pairs(keys))
    blocked = Blocked(("a", "b", "c"), np.array([[0, 1], [1, 2]], dtype=np.int32), 0)
    assert list(blocked) == [("a", "b"), ("b", "c")]
