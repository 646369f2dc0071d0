"""The configuration: every key documented, unknown ones refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from samehand.config import KEYS, ConfigProblem, read_config

DOCS = Path(__file__).parents[2] / "docs" / "configuration.md"


def _config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "samehand.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_hold_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = read_config(None)
    assert {name: config.values[name] for name in config.values} == {key.name: key.default for key in KEYS}


def test_a_key_is_read_with_its_type(tmp_path: Path) -> None:
    config = read_config(_config(tmp_path, '[crawl]\ncontact = "a@b.example"\ndelay = 3\n[mail]\nrecipients = ["x@y.example"]\n'))
    assert config.text("crawl.contact") == "a@b.example"
    assert config.number("crawl.delay") == 3.0
    assert config.texts("mail.recipients") == ("x@y.example",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[crawl]\ndelai = 3\n", r"unknown key crawl\.delai \(did you mean crawl\.delay\?\)"),
        ('[crawl]\npages = "many"\n', r"crawl\.pages must be a whole number"),
        ("[crawl]\npages = true\n", r"crawl\.pages must be a whole number"),
        ("[crawl]\ndelay = -1\n", "must not be negative"),
        ("[schedule]\ngrace_hours = nan\n", "must be at most 999999999"),
        ("[crawl]\ndelay = inf\n", "must be at most 999999999"),
        ("[retention]\ndays = 99999999999999\n", "must be at most 999999999"),
        pytest.param(f"[crawl]\ndelay = 1{'0' * 400}\n", r"crawl\.delay must be a number", id="beyond floating point"),
        ('[mail]\nsecurity = "some"\n', "starttls, tls or none"),
        ('[report]\ndomain = "no host"\n', "must be a host name"),
        ('[mail]\nsender = "nobody"\n', "must be a mail address"),
        ('[mail]\nrecipients = ["a@b.example", "nobody"]\n', "must be a list of mail addresses"),
        ("delay = 1\n", "outside a section"),
        ("[crawl\n", "not readable as TOML"),
    ],
)
def test_bad_configuration_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigProblem, match=words):
        read_config(_config(tmp_path, text))


def test_a_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem, match="no such file"):
        read_config(tmp_path / "absent.toml")


def test_a_file_that_a_key_names_lies_beside_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "desk").mkdir()
    path = tmp_path / "desk" / "samehand.toml"
    path.write_text('[analysis]\nowned = "own.txt"\n[mail]\nca_file = "/etc/ca.pem"\n', "utf-8")
    found = read_config(path)
    assert found.path("analysis.owned") == tmp_path / "desk" / "own.txt"
    assert found.path("mail.ca_file") == Path("/etc/ca.pem")
    assert found.path("analysis.licensed") is None


def test_every_key_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    missing = [key.name for key in KEYS if f"`{key.name}`" not in text]
    assert missing == []
