"""A report replaces its own older self and nothing that somebody put in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.landing import PlantedError, landed_folder, replace_file, replaced_file, write_new


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    replace_file(tmp_path / "a.csv", b"one")
    replace_file(tmp_path / "a.csv", b"two")
    assert (tmp_path / "a.csv").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one_and_nothing_beside(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half of ano"
        raise KeyboardInterrupt

    replace_file(tmp_path / "a.csv", b"one")
    with pytest.raises(KeyboardInterrupt), replaced_file(tmp_path / "a.csv") as file:
        file.writelines(pieces())
    assert (tmp_path / "a.csv").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_planted_link_is_refused_and_its_target_untouched(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"keep")
    (tmp_path / "a.csv").symlink_to(tmp_path / "precious")
    with pytest.raises(PlantedError):
        replace_file(tmp_path / "a.csv", b"x")
    with pytest.raises(PlantedError):
        write_new(tmp_path / "a.csv", b"x")
    assert (tmp_path / "precious").read_bytes() == b"keep"


def test_a_hard_link_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"keep")
    os.link(tmp_path / "precious", tmp_path / "hard")
    os.mkfifo(tmp_path / "pipe")
    for name in ("hard", "pipe"):
        with pytest.raises(PlantedError):
            replace_file(tmp_path / name, b"x")


def test_a_folder_takes_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "reports" / "20240318T060000Z"
    with landed_folder(target) as beside:
        (beside / "old").write_bytes(b"1")
    with pytest.raises(PlantedError), landed_folder(target) as beside:
        write_new(beside / "..", b"half")
    assert [path.name for path in target.iterdir()] == ["old"]
    with landed_folder(target) as beside:
        (beside / "new").write_bytes(b"3")
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_planted_folder_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlantedError), landed_folder(tmp_path / "here"):
        raise AssertionError("the block must not run")
