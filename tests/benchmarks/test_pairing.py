import duckdb

from analysis.linkage.blocking import candidate_pairs
from benchmarks.pairing import KEYS_EACH, blocking, make_keys, plain_join, planted_pairs


def test_planted_clusters_are_found_by_both_joins(tmp_path):
    file = tmp_path / "keys.parquet"
    make_keys(120, file)
    planted = planted_pairs(120)
    assert len(planted) == 9
    with duckdb.connect() as database:
        rows = database.execute("SELECT site, kind, value, strong = 1 FROM read_parquet(?)", [str(file)]).fetchall()
    assert planted <= set(candidate_pairs(rows).pairs)
    assert blocking(file, 120, 1)[2] == plain_join(file, 120, 1)[2] == 9


def test_every_storefront_has_keys_and_the_same_seed_makes_the_same_file(tmp_path):
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    make_keys(50, one)
    make_keys(50, two)
    with duckdb.connect() as database:
        ask = "SELECT site, COUNT(*) FROM read_parquet(?) GROUP BY site"
        counts = dict(database.execute(ask, [str(one)]).fetchall())
        assert counts == dict(database.execute(ask, [str(two)]).fetchall())
    assert len(counts) == 50
    assert all(4 <= count <= KEYS_EACH for count in counts.values())


def test_buckets_give_the_same_pairs(tmp_path):
    file = tmp_path / "keys.parquet"
    make_keys(90, file)
    assert blocking(file, 90, 1)[1:] == blocking(file, 90, 3)[1:]
