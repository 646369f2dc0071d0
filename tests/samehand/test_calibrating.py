"""The command calibrate: a model file that the configuration can name, from one labelled crawl or several."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analysis.findings import read
from samehand.cli import main

TRUTH = "site,operator\nhouse.example,one\nmirror.example,one\ncopy.example,two\n"


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    path = tmp_path / "truth.csv"
    path.write_text(TRUTH, encoding="utf-8")
    return path


def test_one_crawl_is_too_few_and_the_values_in_force_are_kept(market, truth: Path, tmp_path: Path) -> None:
    out = tmp_path / "model.toml"
    assert main(["calibrate", str(truth), "--data", str(market.data), "-o", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "1 operator of two storefronts or more is too few" in text
    assert tomllib.loads(text)["fit"] | {"operators": 1, "crawls": 1, "true_pairs": 1} == tomllib.loads(text)["fit"]
    assert main(["calibrate", str(truth), "--data", str(market.data), "-o", str(tmp_path)]) == 2


def test_several_labelled_crawls_are_fitted_together(market, truth: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "other.csv", tmp_path / "model.toml"
    other.write_text(TRUTH, encoding="utf-8")
    (found,) = (market.data / "findings").glob("2*")
    words = ["calibrate", str(truth), "--crawl-id", found.name, "--data", str(market.data), "-o", str(out)]
    assert main([*words, "--also", str(other), str(found), "--also", str(other), str(market.data)]) == 0
    fit = tomllib.loads(out.read_text(encoding="utf-8"))["fit"]
    assert (fit["operators"], fit["true_pairs"]) == (2, 3)


def test_a_truth_of_other_storefronts_is_refused(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("site,operator\nnobody.example,one\n", encoding="utf-8")
    assert main(["calibrate", str(wrong), "--data", str(market.data)]) == 2
    said = capsys.readouterr().err
    assert "wrong.csv: no compared pair" in said
    assert "name the crawl it was made for" in said


def test_analyse_weighs_by_the_model_that_the_configuration_names(
    market, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.toml").write_text("[class]\na_share = 0.1\n", encoding="utf-8")
    config = tmp_path / "own.toml"
    config.write_text('[analysis]\nmodel = "model.toml"\nworkers = 1\n', encoding="utf-8")
    (before,) = (market.data / "findings").glob("2*")
    data = tmp_path / "data"
    (data / "crawls").mkdir(parents=True)
    (data / "crawls" / before.name).symlink_to(market.data / "crawls" / before.name)
    assert main(["analyse", "--data", str(data), "--config", str(config)]) == 0
    old, new = read(before), read(data / "findings" / before.name)
    bits = [
        {(row.site_a, row.site_b): row.bits for row in found.evidence if row.cls == "A" and row.bits > 0} for found in (old, new)
    ]
    assert bits[1]
    assert all(bits[1][pair] < bits[0][pair] for pair in bits[1].keys() & bits[0].keys())
    assert old.notes["model"] == "shipped" != new.notes["model"]

    (tmp_path / "model.toml").write_text("[class]\na_shar = 0.1\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["analyse", "--data", str(data), "--config", str(config)]) == 2
    assert "no value is named class.a_shar (did you mean class.a_share?)" in capsys.readouterr().err
