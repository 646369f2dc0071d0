"""Reliability: bins, error and interval, and what chance alone makes of few pairs."""

from __future__ import annotations

import pytest

from analysis.reliability import Asked, binned, calibration_error, error_by_chance, error_interval, reliability


def asked(probability: float, *, same: bool, number: int = 0) -> Asked:
    return Asked(probability, (f"op{number}", f"op{number}" if same else f"stranger{number}"))


def test_bins_hold_mean_probability_and_share_of_true_pairs() -> None:
    rows = [(0.01, False), (0.05, False), (0.07, True), (0.55, True), (0.99, True)]
    bins = binned([asked(p, same=same) for p, same in rows])
    assert [(row.low, row.pairs, row.true) for row in bins] == [(0.0, 2, 0.5), (0.5, 1, 1.0)]
    assert bins[0].mean == pytest.approx(0.06)
    assert calibration_error(bins) == pytest.approx((2 * 0.44 + 1 * 0.45) / 3)
    assert calibration_error(()) is None


def test_interval_draws_operators_and_is_the_same_each_time() -> None:
    pairs = [asked(0.1 + n / 100, same=False, number=n) for n in range(20)]
    interval = error_interval(pairs, rounds=200)
    assert interval is not None
    assert 0 < interval[0] < interval[1] < 1
    assert error_interval(pairs, rounds=200) == interval
    assert error_interval([]) is None


def test_few_pairs_err_by_chance_and_many_hardly() -> None:
    one, many = ([asked(0.3, same=False)] * count for count in (1, 2_000))
    alone, among_many = error_by_chance(one), error_by_chance(many)
    assert alone == pytest.approx(2 * 0.3 * 0.7, abs=0.03), "a lone pair errs by 0.7 where it is true and by 0.3 where it is not"
    assert among_many is not None
    assert among_many < 0.02
    assert error_by_chance([]) is None


def test_rows_of_the_same_pairs_are_no_more_pairs() -> None:
    """An operator's pairs of all rows are drawn together, and a pair that recurs is true or false once."""
    probabilities = [0.1 + n / 50 for n in range(30)]
    row = [Asked(p, (f"op{n}", f"op{n}" if n % 3 else f"stranger{n}"), f"pair {n}") for n, p in enumerate(probabilities)]
    one, six = reliability(row), reliability(row * 6)
    assert six.pairs == 6 * one.pairs
    assert six.error == pytest.approx(one.error)
    assert six.interval == pytest.approx(one.interval)
    assert six.by_chance == pytest.approx(one.by_chance)
    told_apart = error_by_chance([Asked(pair.probability, pair.operators) for pair in row * 6])
    assert told_apart is not None
    assert six.by_chance is not None
    assert told_apart < six.by_chance / 1.5


def test_pairs_outside_of_the_band_say_nothing() -> None:
    found = reliability([asked(0.001, same=True), asked(0.999, same=False)])
    assert (found.bins, found.pairs, found.error, found.interval, found.by_chance) == ((), 0, None, None, None)
