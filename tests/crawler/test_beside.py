"""A file written beside its place: whole or not there, and never through a link that stands in the way."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from crawler.beside import Beside


def test_it_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with Beside(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    with suppress(KeyboardInterrupt), Beside(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"kept")
    (tmp_path / "a.part").symlink_to(elsewhere)
    with Beside(tmp_path / "a") as file:
        file.write(b"new")
    assert elsewhere.read_bytes() == b"kept"
    assert (tmp_path / "a").read_bytes() == b"new"
