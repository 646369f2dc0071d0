"""``data/state.sqlite``: the little that changes, held so that a crash at any moment loses nothing that was acknowledged.

Each part (outbox, judgements, schedule marks) owns its tables and hands its steps to ``open_state``; a step is applied once,
in order, inside one transaction. A database written by a newer release is refused rather than guessed at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from samehand.problems import BadInput, StageFailed

__all__ = ["Part", "open_state", "transaction"]

#: Seconds a writer waits for another one: every transaction here is a few rows.
_BUSY_SECONDS = 30.0
_EXIT_CODES = {sqlite3.SQLITE_FULL: 3, sqlite3.SQLITE_BUSY: 75, sqlite3.SQLITE_LOCKED: 75}


@dataclass(frozen=True, slots=True)
class Part:
    """Tables of one owner: ``steps`` are SQL statements by schema version, the first makes version 1."""

    name: str
    steps: Sequence[str]


@contextmanager
def open_state(path: Path, part: Part) -> Iterator[sqlite3.Connection]:
    """A connection with ``part``'s tables up to date; every statement outside ``transaction`` commits by itself.

    Raises ``BadInput`` when the file is no database of ours, is damaged or comes from a newer release, and ``StageFailed`` where
    the system denies it (no rights, disk full, held by another process), then or later in the block.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode=WAL")
            # an acknowledged row must survive a power cut, not only a kill
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            _bring_up(connection, path, part)
            yield connection
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a mistake of ours
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF  # the higher bits tell kinds of one error apart
        raise StageFailed(f"{path}: {error}; nothing was half written", _EXIT_CODES.get(code, 1)) from error
    except sqlite3.DatabaseError as error:
        raise BadInput(f"{path}: not a database of samehand ({error}); move it away or restore it from a backup") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: the writer's lock is taken at once, so that what was read inside is still true at commit."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _bring_up(connection: sqlite3.Connection, path: Path, part: Part) -> None:
    with transaction(connection):
        connection.execute("CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, version INTEGER NOT NULL)")
        row = connection.execute("SELECT version FROM parts WHERE name = ?", (part.name,)).fetchone()
        version = int(row["version"]) if row else 0
        if version > len(part.steps):
            raise BadInput(f"{path}: written by a newer samehand ({part.name} {version}); install that release to go on with it")
        if version == len(part.steps):
            return  # who only looks leaves the file as it is
        for step in part.steps[version:]:
            connection.execute(step)
        connection.execute(
            "INSERT INTO parts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version",
            (part.name, len(part.steps)),
        )
