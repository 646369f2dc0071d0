"""Samples of large sets stay comparable, whatever the sizes of the sets."""

from __future__ import annotations

from analysis.sketches import SAMPLE, FeatureValues, banded, bands, bottom_k, feature_value, minima, minima_of_values


def features(first: int, last: int) -> dict[str, int]:
    return {f"feature {number}": 1 for number in range(first, last)}


def test_a_small_set_is_kept_whole_and_a_large_one_cut_to_the_sample() -> None:
    assert len(bottom_k(features(0, 100))) == 100
    assert len(bottom_k(features(0, 5_000))) == SAMPLE


def test_two_full_samples_cut_at_one_value_estimate_the_overlap_of_the_whole_sets() -> None:
    """Without the cut, a sample of a small set and one of a large set look less alike than the sets are."""
    small, large = ({row[0] for row in bottom_k(features(0, last))} for last in (1_000, 4_000))
    cut = min(max(small), max(large))
    one, two = ({value for value in sample if value <= cut} for sample in (small, large))
    assert abs(len(one & two) / len(one | two) - 0.25) < 0.05


def test_bands_meet_for_near_equal_sets_and_part_for_others() -> None:
    base = bands(features(0, 400), 8, 5)
    assert set(base) & set(bands(features(0, 420), 8, 5))
    assert not set(base) & set(bands(features(300, 700), 8, 5))
    assert bands([], 8, 5) == []


def test_order_and_repetition_of_features_do_not_matter() -> None:
    assert bands(["b", "a", "a"], 2, 1) == bands(["a", "b"], 2, 1)


def test_lesser_minima_of_two_sets_are_those_of_both_together() -> None:
    one, other = features(0, 60), features(40, 90)
    lesser = list(map(min, minima(one, 40), minima(other, 40)))
    assert banded(lesser, 5) == bands(features(0, 90), 8, 5)


def test_minima_of_values_are_minima_of_their_features() -> None:
    assert minima_of_values(map(feature_value, "ab"), 4) == minima("ab", 4)


def test_values_of_features_with_one_beginning_are_values_of_the_whole() -> None:
    values = FeatureValues("home ", 8)
    assert values["body>p"] == (feature_value("home body>p"), "home bod")
