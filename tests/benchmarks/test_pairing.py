from math import log2

import duckdb

from analysis.linkage.blocking import candidate_pairs, default_threshold
from benchmarks.pairing import KEYS_EACH, blocking_of_file, blocking_of_rows, make_keys, pairing_section, plain_join, planted_pairs

SITES = 1_200


def test_planted_clusters_are_found_by_all(tmp_path):
    file = tmp_path / "keys.parquet"
    make_keys(SITES, file)
    planted = planted_pairs(SITES)
    assert len(planted) == 3 * SITES // 50
    assert set(planted) <= set(candidate_pairs(file))
    for work in (blocking_of_file, blocking_of_rows, plain_join):
        assert work(file, SITES).found == len(planted)


def test_one_half_of_the_clusters_needs_several_keys(tmp_path):
    """Their keys lie below the threshold one by one: what is found is found by adding up."""
    file = tmp_path / "keys.parquet"
    make_keys(20_000, file)
    with duckdb.connect() as database:
        carriers = database.execute(
            "SELECT COUNT(*) FROM read_parquet(?) WHERE value LIKE 'value--%' GROUP BY value ORDER BY 1", [str(file)]
        ).fetchall()
    weights = [log2(20_000 / count) for (count,) in carriers]
    asked = default_threshold(20_000)
    alone = [weight for weight in weights if weight >= asked]
    assert 200 <= len(alone) < len(weights)
    assert all(weight >= asked / 2 for weight in weights)


def test_every_storefront_has_keys_once_and_the_same_seed_makes_the_same_file(tmp_path):
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    make_keys(50, one)
    make_keys(50, two)
    with duckdb.connect() as database:
        ask = "SELECT site, COUNT(*), COUNT(DISTINCT (kind, value)) FROM read_parquet(?) GROUP BY site"
        counts = sorted(database.execute(ask, [str(one)]).fetchall())
        assert counts == sorted(database.execute(ask, [str(two)]).fetchall())
    assert len(counts) == 50
    assert all(4 <= count <= KEYS_EACH and count == different for _, count, different in counts)


def test_the_section_tells_size_ratio_and_growth(monkeypatch):
    monkeypatch.setattr("benchmarks.pairing._SEVERAL", 1)
    told = []
    lines = pairing_section([150, 60], told.append)
    assert [line.split("|")[1].strip() for line in lines if line.startswith("| 60") or line.startswith("| 150")] == ["60"] * 3 + [
        "150"
    ] * 3
    assert "From 60 to 150 storefronts blocking takes" in " ".join(lines)
    assert len(told) == 6
