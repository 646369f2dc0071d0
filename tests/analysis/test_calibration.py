import tomllib

import pytest

from analysis.calibration import (
    LabelledPair,
    as_toml,
    calibrate,
    calibration_error,
    error_interval,
    labelled_pairs,
    reliability,
)
from analysis.evaluation import Truth
from analysis.findings import EvidenceRow, Findings, LinkRow

PRIOR = -6.0


def evidence(a: str, b: str, kind: str, family: str, cls: str, bits: float) -> EvidenceRow:
    direction = "for" if bits > 0 else "against"
    return EvidenceRow(a, b, kind, family, cls, direction, bits, 0.5, 0.01, "floor", "", "v", "v", "", "", "", "", "s")


def findings(pairs: dict[tuple[str, str], list[tuple[str, str, str, float]]]) -> Findings:
    rows = [evidence(a, b, *row) for (a, b), several in pairs.items() for row in several]
    links = []
    for (a, b), several in pairs.items():
        bits = PRIOR + sum(row[3] for row in several)
        links.append(LinkRow(a, b, "none", 2**bits / (1 + 2**bits), bits, 0.0, 0.0, False, "", "", "", ""))
    return Findings("20260302T090000Z", "", (), (), tuple(rows), tuple(links), (), (), ())


def world(operators: int, stranger_bits: float) -> tuple[Findings, Truth]:
    """Operators of two storefronts each; neighbours of different operators share copyable things."""
    truth = Truth({f"{side}{n}.example": f"op{n}" for n in range(operators) for side in "ab"}, {})
    pairs = {}
    for n in range(operators):
        rows = [("payment.payee_key", "payment", "C", 12.0), ("policy.shingle", "text", "A", 3.0)]
        pairs[f"a{n}.example", f"b{n}.example"] = rows
        if n:
            pairs[f"a{n - 1}.example", f"a{n}.example"] = [("layout.class", "template", "A", stranger_bits)]
            pairs[f"b{n - 1}.example", f"b{n}.example"] = [("layout.class", "template", "A", stranger_bits)]
    return findings(pairs), truth


def test_bins_hold_mean_probability_and_share_of_true_pairs():
    bins = reliability([0.01, 0.05, 0.07, 0.55, 0.99], [False, False, True, True, True])
    assert [(row.low, row.pairs, row.true) for row in bins] == [(0.0, 2, 0.5), (0.5, 1, 1.0)]
    assert bins[0].mean == pytest.approx(0.06)
    assert calibration_error(bins) == pytest.approx((2 * 0.44 + 1 * 0.45) / 3)
    assert calibration_error(()) is None


def test_labelled_pairs_take_prior_class_a_and_rule_apart():
    rows = [("x.y", "text", "A", 4.0), ("p.k", "payment", "C", 9.0), ("rule.lone_payee", "payment", "A", -5.0)]
    found = findings({("a.example", "b.example"): rows})
    (pair,) = labelled_pairs(found, Truth({"a.example": "one", "b.example": "two"}, {}))
    assert (pair.prior, pair.class_a, pair.rule, pair.bits) == pytest.approx((PRIOR, 4.0, -5.0, 2.0))
    assert pair.families == {"text": 4.0, "payment": 9.0}
    assert not pair.is_same
    assert labelled_pairs(found, Truth({"a.example": "one"}, {})) == []


def test_strangers_held_too_likely_teach_caution_with_few_operators_and_nothing_else():
    found = calibrate([world(6, stranger_bits=5.0)])
    assert found.operators == 6
    assert found.is_better
    assert found.scale.slope == 1.0
    assert found.scale.shift < 0 or found.scale.class_a_cap < 5.0
    assert found.scale.shift <= 0
    assert "too few" in found.sentence
    assert found.held_out < found.loss


def test_enough_operators_may_move_slope_and_cap_too():
    found = calibrate([world(24, stranger_bits=5.0)])
    assert "too few" not in found.sentence
    assert found.is_better
    assert found.held_out < found.loss


def test_values_that_fit_are_kept():
    """Pairs said to be true one time in two, of which one in two is: nothing is better than what is in force."""
    truth = Truth({f"{side}{n}.example": f"op{n}" for n in range(24) for side in "ab"}, {})
    row = [("policy.shingle", "text", "B", -PRIOR)]
    pairs = {(f"a{n}.example", f"b{n}.example"): row for n in range(24)}
    pairs |= {(f"a{n}.example", f"a{n + 1}.example"): row for n in range(23)}
    found = calibrate([(findings(pairs), truth)])
    assert (found.scale.shift, found.scale.slope, found.is_better) == (0.0, 1.0, False)
    assert "kept" in found.sentence


def test_a_pair_that_failed_a_rule_stays_held_however_the_scale_moves():
    rows = [("p.k", "payment", "C", 15.0), ("rule.lone_payee", "payment", "A", -7.0)]
    pairs = {(f"a{n}.example", f"b{n}.example"): rows for n in range(30)}
    truth = Truth({f"{side}{n}.example": f"{side}{n}" for n in range(30) for side in "ab"}, {})
    found = calibrate([(findings(pairs), truth)])
    assert all(row.mean <= 0.8 + 1e-9 for row in found.bins_fitted)


def test_nothing_labelled_is_said():
    with pytest.raises(ValueError, match="no compared pair"):
        calibrate([(findings({}), Truth({}, {}))])


def test_interval_draws_operators_and_is_the_same_each_time():
    pairs = [LabelledPair(f"op{n}", f"op{n + 1}", -3.0, PRIOR, 3.0, 0.0, {}) for n in range(20)]
    low, high = error_interval(pairs, rounds=200)
    assert 0 < low <= high < 1
    assert error_interval(pairs, rounds=200) == (low, high)
    assert error_interval([]) is None


def test_the_file_can_be_read_back():
    found = calibrate([world(6, stranger_bits=5.0)])
    read = tomllib.loads(as_toml(found))
    assert read["scale"]["shift"] == found.scale.shift
    assert read["fit"]["operators"] == 6
    assert read["bins"][0]["pairs"] == found.bins[0].pairs
