"""Blocking: which pairs are looked at."""

from __future__ import annotations

import random

from analysis.linkage.blocking import candidate_pairs

KEYS = [
    ("a.example", "payment.key", "one", True),
    ("b.example", "payment.key", "one", True),
    ("c.example", "assets.path", "x", False),
    ("d.example", "assets.path", "x", False),
    *[(f"s{n}.example", "layout.band", "common", False) for n in range(30)],
]


def test_a_strong_key_brings_a_pair_together() -> None:
    assert ("a.example", "b.example") in candidate_pairs(KEYS).pairs


def test_rare_keys_weigh_and_common_ones_are_skipped_and_counted() -> None:
    found = candidate_pairs(KEYS, cut=20)
    assert ("c.example", "d.example") in found.pairs
    assert not any(a.startswith("s") for a, _ in found.pairs)
    assert found.skipped_keys == 1


def test_a_common_key_under_the_cut_is_too_light() -> None:
    assert not any(a.startswith("s") for a, _ in candidate_pairs(KEYS, cut=200).pairs)


def test_neither_order_nor_buckets_change_the_pairs() -> None:
    mixed = list(KEYS)
    random.Random(5).shuffle(mixed)
    assert candidate_pairs(mixed, buckets=3) == candidate_pairs(KEYS, buckets=1)


def test_no_keys_no_pairs() -> None:
    assert candidate_pairs([]).pairs == ()


def test_hostile_values_are_data() -> None:
    hostile = "'; DROP TABLE keys; --"
    found = candidate_pairs([("a.example", "k", hostile, True), ("b.example", "k", hostile, True)])
    assert found.pairs == (("a.example", "b.example"),)
