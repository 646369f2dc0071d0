"""Two price lists compared, and the shape of one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.goods.catalogue_prices import is_odd, price_ratio, price_shape

PRICES = {"a": 12.4, "b": 25.62, "c": 8.85, "d": 39.27, "e": 31.99, "f": 7.77, "g": 54.1, "h": 18.35}


def test_another_currency_at_a_constant_ratio() -> None:
    other = {key: round(price * 117.09, 2) for key, price in PRICES.items()}
    ratio = price_ratio(PRICES, other)
    assert ratio is not None
    assert (ratio.shared, round(ratio.median, 2), ratio.constant, ratio.distinct) == (8, 117.09, 1.0, 8)


def test_a_resellers_own_margins_are_no_constant_ratio() -> None:
    margins = [1.1, 1.35, 0.9, 1.2, 1.5, 1.05, 0.8, 1.27]
    other = {key: price * margin for (key, price), margin in zip(PRICES.items(), margins, strict=True)}
    ratio = price_ratio(PRICES, other)
    assert ratio is not None
    assert ratio.constant <= 0.25


def test_too_few_shared_keys_are_nothing_to_compare() -> None:
    assert price_ratio(PRICES, {"a": 1.0, "b": 2.0, "z": 3.0}) is None
    assert price_ratio({}, {}) is None
    assert price_ratio({"a": 0.0, "b": 0.0, "c": 0.0}, {"a": 1.0, "b": 1.0, "c": 1.0}) is None


def test_the_shape_survives_a_ratio_and_one_more_product() -> None:
    shape = set(price_shape(PRICES.values()))
    assert shape
    assert shape == set(price_shape(price * 4.25 for price in PRICES.values()))
    assert len(shape & set(price_shape([*PRICES.values(), 22.0]))) >= len(shape) - 4


def test_other_prices_have_another_shape() -> None:
    assert not set(price_shape(PRICES.values())) & set(price_shape([3.1, 11.0, 14.5, 29.0, 45.5, 46.0, 80.2, 99.0]))


def test_few_or_equal_prices_have_no_shape() -> None:
    assert price_shape([9.99] * 30) == []
    assert price_shape([9.99, 19.99, 29.99, 39.99, 49.99]) == []


def test_odd_prices() -> None:
    assert [is_odd(price, "GBP") for price in (25.62, 31.07, 24.99, 24.9, 25.0, 0.02)] == [True, True, False, False, False, False]
    assert is_odd(2737, "RUB")
    assert not is_odd(2990, "RUB")
    assert not is_odd(2737, "EUR")


@given(st.dictionaries(st.text(max_size=3), st.floats(0.01, 1e7)), st.dictionaries(st.text(max_size=3), st.floats(0.01, 1e7)))
def test_ratios_are_symmetric_in_what_they_share(a: dict[str, float], b: dict[str, float]) -> None:
    one, other = price_ratio(a, b), price_ratio(b, a)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.shared == other.shared
        assert 0 < one.constant <= 1 or one.shared % 2 == 0
