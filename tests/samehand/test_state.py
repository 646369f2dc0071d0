"""The state file: steps once and in order, all or nothing, newer releases refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from samehand.problems import BadInput, StageFailed
from samehand.state import Part, open_state, transaction

_ONE = Part("notes", ("CREATE TABLE notes (word TEXT PRIMARY KEY)",))
_TWO = Part("notes", (*_ONE.steps, "ALTER TABLE notes ADD COLUMN seen INTEGER NOT NULL DEFAULT 0"))


def test_steps_are_applied_once_and_later_ones_follow(tmp_path: Path) -> None:
    path = tmp_path / "data" / "state.sqlite"
    with open_state(path, _ONE) as state:
        state.execute("INSERT INTO notes VALUES ('kept')")
    with open_state(path, _TWO) as state:
        assert [tuple(row) for row in state.execute("SELECT word, seen FROM notes")] == [("kept", 0)]
    with open_state(path, Part("other", ("CREATE TABLE other (n INTEGER)",))) as state:
        assert {row["name"]: row["version"] for row in state.execute("SELECT * FROM parts")} == {"notes": 2, "other": 1}


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with open_state(tmp_path / "state.sqlite", _ONE) as state:
        with pytest.raises(sqlite3.IntegrityError), transaction(state):
            state.executemany("INSERT INTO notes VALUES (?)", [("a",), ("a",)])
        assert state.execute("SELECT count(*) FROM notes").fetchone()[0] == 0


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with open_state(path, _TWO):
        pass
    with pytest.raises(BadInput, match="newer samehand"), open_state(path, _ONE):
        pass
    with open_state(path, _TWO) as state:
        assert state.execute("SELECT version FROM parts").fetchone()[0] == 2


def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_text("this is a diary, not a database" * 100)
    with pytest.raises(BadInput, match=r"state\.sqlite: not a database of samehand"), open_state(path, _ONE):
        pass
    assert path.read_text().startswith("this is a diary")


def test_what_the_system_denies_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.mkdir()
    with pytest.raises(StageFailed, match=r"state\.sqlite: unable to open"), open_state(path, _ONE):
        pass


def test_a_full_disk_is_told_as_such_and_nothing_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"

    def fill() -> None:
        with open_state(path, _ONE) as state:
            state.execute("INSERT INTO notes VALUES ('kept')")
            state.execute(f"PRAGMA max_page_count={state.execute('PRAGMA page_count').fetchone()[0]}")
            with transaction(state):
                state.execute("INSERT INTO notes VALUES ('small')")
                state.execute("INSERT INTO notes VALUES (?)", ("large" * 10_000,))

    with pytest.raises(StageFailed, match="full") as told:
        fill()
    assert told.value.exit_code == 3
    with open_state(path, _ONE) as state:
        assert [row["word"] for row in state.execute("SELECT word FROM notes")] == ["kept"]
