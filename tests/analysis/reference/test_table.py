"""The table answers: how many shops have it, whose it is, or that nobody knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.reference.table import DATA, ReferenceProblem, ReferenceTable, Shares, load_reference, stored_hash
from analysis.sketches import feature_value


def rows(**values: tuple[int, int]) -> Shares:
    ordered = sorted((stored_hash(value), *row) for value, row in values.items())
    return Shares(*(np.array(column) for column in zip(*ordered, strict=True)))


def table(**more: object) -> ReferenceTable:
    shares = {"layout.class": rows(hero=(2500, 0), mine=(20, 1)), "identity.mail": rows(**{"hello@demo.example": (20, 1)})}
    totals = {"layout.class": 80, "identity.mail": 2}
    return ReferenceTable("t", totals, shares, ("some-theme",), frozenset({"identity.mail"}), **more)  # type: ignore[arg-type]


def test_measured_and_never_seen_is_not_unmeasured() -> None:
    assert table().share("layout.class", "hero") == 0.25
    assert table().share("layout.class", "other") == 0.0
    assert table().share("policy.shingle", "other") is None


def test_a_value_of_one_theme_alone_names_it() -> None:
    assert table().family("layout.class", "mine") == "some-theme"
    assert table().family("layout.class", "hero") is None
    assert table().family("layout.class", "other") is None
    assert table().family("policy.shingle", "other") is None


def test_left_overs_of_a_theme_have_a_family_and_no_rarity() -> None:
    assert table().share("identity.mail", "hello@demo.example") is None
    assert table().family("identity.mail", "hello@demo.example") == "some-theme"


def test_only_left_overs_are_shipped_as_they_are() -> None:
    assert table().ships("identity.mail", "hello@demo.example")
    assert not table().ships("identity.mail", "desk@shop.example")
    assert not table().ships("layout.class", "mine")


def test_own_shops_weigh_by_their_number_and_one_carrier_may_be_the_shop_itself() -> None:
    own = table(own={"layout.class": 20}, counts={"layout.class": rows(hero=(1, 0), new=(11, 0))})
    assert own.share("layout.class", "hero") == pytest.approx(0.25 * 80 / 100)
    assert own.share("layout.class", "new") == pytest.approx(10 / 100)


def test_a_kind_that_no_package_shows_is_measured_by_enough_shops() -> None:
    few = table(own={"policy.shingle": 5}, counts={"policy.shingle": rows(x=(5, 0))})
    enough = table(own={"policy.shingle": 40}, counts={"policy.shingle": rows(x=(5, 0))})
    assert few.share("policy.shingle", "x") is None
    assert enough.share("policy.shingle", "x") == pytest.approx(0.1)


def test_a_kind_that_few_families_show_says_nothing_of_other_values() -> None:
    thin = ReferenceTable("t", {"behaviour.error_page": 3}, {"behaviour.error_page": rows(known=(500, 0))})
    assert thin.share("behaviour.error_page", "known") == pytest.approx(0.05)
    assert thin.share("behaviour.error_page", "other") is None


def test_no_table_is_no_error_and_another_format_is(tmp_path: Path) -> None:
    assert load_reference(tmp_path).version == "none"
    assert load_reference(tmp_path).share("layout.class", "x") is None
    (tmp_path / "reference.json").write_text('{"format": "else"}')
    (tmp_path / "reference.parquet").write_bytes(b"nothing")
    load_reference.cache_clear()
    with pytest.raises(ReferenceProblem, match=r"build it anew"):
        load_reference(tmp_path)


def test_the_shipped_table_knows_what_page_builders_use() -> None:
    shipped = load_reference()
    for name in ("container", "row", "btn", "owl-carousel"):
        share = shipped.share("layout.class", feature_value(name))
        assert share is not None
        assert share > 0.05
    assert (shipped.share("assets.path", "/css/bootstrap.min.css") or 0) > 0.2
    assert shipped.share("layout.class", feature_value("no-package-has-this-name")) == 0.0
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 5_000_000
