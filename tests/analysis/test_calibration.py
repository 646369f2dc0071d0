"""Calibration: a fit is used where it is better on operators it has not seen, and says so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analysis.calibration import as_toml, calibrate
from analysis.evidence import WEIGHED, Family
from analysis.fitting import LabelledPair, Pairs, probabilities
from analysis.linkage.caps import read_caps, read_judged, values_of

JUDGED = read_judged()


def pair(world: str, a: str, b: str, copyable: float, control: float = 0.0, rule: str = "") -> LabelledPair:
    texts = {Family.TEXT: copyable / 2, Family.IMAGERY: copyable / 2}
    return LabelledPair(world, "c", a, b, 10, texts, {}, {Family.PAYMENT: control} if control else {}, 0.0, rule)


def world(operators: int, stranger_bits: float) -> list[LabelledPair]:
    """Operators of two storefronts each; neighbours of different operators share copyable things."""
    rows = [pair("w", f"op{n}", f"op{n}", 3.0, 14.0) for n in range(operators)]
    return rows + [pair("w", f"op{n - 1}", f"op{n}", stranger_bits) for n in range(1, operators)] * 2


def test_strangers_held_too_likely_teach_caution_with_few_operators() -> None:
    found = calibrate(world(12, stranger_bits=8.0), JUDGED)
    assert found.operators == 12
    assert found.is_better
    assert found.held_out < found.loss
    assert found.gain[0] > found.gain[1]
    assert "too few" in found.sentence
    assert (Pairs(world(12, 8.0)).bits(found.caps) <= Pairs(world(12, 8.0)).bits(JUDGED) + 1e-9).all()


def test_enough_operators_may_make_pairs_likelier_too() -> None:
    rows = [pair("w", f"op{n}", f"op{n}", 4.0, 4.0) for n in range(40)]
    found = calibrate(rows, JUDGED)
    assert "too few" not in found.sentence
    assert found.is_better
    assert (Pairs(rows).bits(found.caps) > Pairs(rows).bits(JUDGED)).all()


def test_values_that_fit_are_kept() -> None:
    rows = [pair("w", f"op{n}", f"op{n}", 3.0, 14.0) for n in range(24)]
    found = calibrate(rows, JUDGED)
    assert (found.caps, found.is_better) == (JUDGED, False)
    assert "kept" in found.sentence


def test_operators_of_two_worlds_are_never_one() -> None:
    found = calibrate([pair("v", "op", "op", 3.0, 14.0), pair("w", "op", "op", 3.0, 14.0)], JUDGED)
    assert (found.operators, found.crawls) == (2, 2)


def test_a_pair_that_failed_a_rule_stays_held_however_the_values_move() -> None:
    rows = [pair("w", f"a{n}", f"b{n}", 6.0, 15.0, "rule.lone_payee") for n in range(30)]
    found = calibrate(rows, JUDGED)
    assert all(p <= 0.8 + 1e-9 for p in probabilities(Pairs(rows).bits(found.fitted.caps)))


def test_a_family_held_out_shows_what_rests_on_it() -> None:
    found = calibrate(world(12, stranger_bits=8.0), JUDGED)
    assert set(found.without) == set(map(str, WEIGHED))
    assert found.without["payment"][1] > found.loss, "without the payee the true pairs are not found"


def test_nothing_labelled_is_said() -> None:
    with pytest.raises(ValueError, match="no compared pair"):
        calibrate([])


def test_the_file_is_a_model_that_can_be_used(tmp_path: Path) -> None:
    found = calibrate(world(12, stranger_bits=8.0), JUDGED)
    file = tmp_path / "model.toml"
    file.write_text(as_toml(found), encoding="utf-8")
    assert values_of(read_caps(file)) == values_of(found.caps)
    assert values_of(read_judged(file)) == values_of(JUDGED)
    read = tomllib.loads(as_toml(found))
    assert read["fit"]["operators"] == 12
    assert read["bins"][0]["pairs"] == found.before.bins[0].pairs
    moved = [entry for section in ("prior", "class", "family", "control") for entry in read[section].values()]
    assert all(entry["low"] <= entry["value"] <= entry["high"] for entry in moved)
