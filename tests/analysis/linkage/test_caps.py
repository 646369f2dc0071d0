"""Model files: the shipped one is whole, a user's own may be partial, and what is wrong is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.linkage.caps import DEFAULTS, SHIPPED, ModelProblem, caps_of, names_of, read_caps, read_judged, values_of


def test_the_shipped_file_names_every_value() -> None:
    assert read_caps() == SHIPPED == read_caps(DEFAULTS)
    assert SHIPPED.name == "shipped"
    assert list(values_of(SHIPPED)) == list(names_of())
    assert caps_of(values_of(SHIPPED), "shipped") == SHIPPED


def test_a_file_may_name_some_values_and_the_others_are_as_shipped(tmp_path: Path) -> None:
    file = tmp_path / "model.toml"
    file.write_text("[class]\na_cap = 4\n[control]\nlinks = { value = 9.5, judged = 12, low = 8, high = 11 }\n", encoding="utf-8")
    found = read_caps(file)
    changed = {name for name, value in values_of(found).items() if value != values_of(SHIPPED)[name]}
    assert changed == {"class.a_cap", "control.links"}
    assert (found.class_a_cap, values_of(found)["control.links"]) == (4.0, 9.5)
    assert (read_judged(file).class_a_cap, values_of(read_judged(file))["control.links"]) == (4.0, 12.0)
    assert found.name not in ("", "shipped")


def test_a_file_that_changes_nothing_is_the_shipped_model(tmp_path: Path) -> None:
    file = tmp_path / "model.toml"
    file.write_text(DEFAULTS.read_text(encoding="utf-8").replace("\npairs = ", "\nshown_pairs = "), encoding="utf-8")
    assert read_caps(file) == SHIPPED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[class]\na_capp = 4\n", r"no value is named class\.a_capp \(did you mean class\.a_cap\?\)"),
        ("[class]\na_cap = 'much'\n", r"class\.a_cap must be a number"),
        ("[class]\na_cap = true\n", r"class\.a_cap must be a number"),
        ("[class]\na_share = 2\n", r"class\.a_share must lie between 0 and 1, but is 2"),
        ("[prior]\none_in = 1\n", r"prior\.one_in must lie between 2 and"),
        ("[family]\ntext = nan\n", r"family\.text must lie between"),
        ("a_cap = 4\n", r"a_cap stands outside of \[prior\]"),
        ("[class\n", "not readable as TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "model.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelProblem, match=f"model.toml: .*{said}"):
        read_caps(file)


def test_a_missing_file_is_said_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="no such file; `samehand calibrate"):
        read_caps(tmp_path / "none.toml")
