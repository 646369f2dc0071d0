"""The lists of own and licensed storefronts."""

from __future__ import annotations

from pathlib import Path

import pytest

from samehand.config import read_config
from samehand.own_lists import read_list
from samehand.problems import BadInput


def listed(folder: Path, text: bytes) -> frozenset[str]:
    (folder / "samehand.toml").write_text('[analysis]\nowned = "owned.txt"\n')
    (folder / "owned.txt").write_bytes(text)
    return read_list(read_config(folder / "samehand.toml"), "analysis.owned")


def test_a_list_lies_beside_the_configuration_and_has_comments(tmp_path: Path) -> None:
    text = "\ufeff# ours\nhttps://www.House.example/x  # the old one\n\nmünchen.example\nshop[.]example\n".encode()
    assert listed(tmp_path, text) == {"house.example", "xn--mnchen-3ya.example", "shop.example"}
    assert listed(tmp_path, b"# none yet\n") == frozenset()


def test_without_the_key_there_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "samehand.toml").write_text("")
    assert read_list(read_config(tmp_path / "samehand.toml"), "analysis.licensed") == frozenset()


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"owned\.txt, line 2: co\.uk is no registrable domain"):
        listed(tmp_path, b"house.example\nco.uk\n")
    with pytest.raises(BadInput, match="not UTF-8"):
        listed(tmp_path, b"\xff\xfeh")


def test_a_list_that_is_not_there_is_named_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "samehand.toml").write_text('[analysis]\nlicensed = "mine.txt"\n')
    with pytest.raises(BadInput, match=r"mine\.txt: there is no such file, but analysis\.licensed names it"):
        read_list(read_config(tmp_path / "samehand.toml"), "analysis.licensed")
