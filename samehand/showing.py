"""Findings as the command line shows them: people's data masked, or plain for somebody who gave a reason, which is written down.

``data/people.key`` is the installation's own: with it equal values have equal marks from week to week, without it nobody can
try out who is behind one. It is made once, readable by its owner only. The uses of ``--plain`` stand in ``data/state.sqlite``;
rows are added and never changed, but for the name of a site that is to be forgotten.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import secrets
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.findings import Findings
from analysis.masking import Shown, as_they_are, masked
from analysis.people import Masks
from crawler.names import naming
from reports.escape import scrub, terminal
from samehand.data_folder import DataFolder
from samehand.problems import BadInput
from samehand.state import Part, open_state, transaction

__all__ = ["PlainUse", "masks_of", "plain_uses", "reason_for", "shown", "strike_uses", "wanted"]

_KEY_BYTES = 32
_LONGEST = 1000
_NOT_CHANGED = (
    "CREATE TRIGGER plain_uses_are_not_changed BEFORE UPDATE ON plain_uses "
    "BEGIN SELECT RAISE(ABORT, 'uses are added, never changed'); END"
)
_PART = Part(
    "plain_uses",
    (
        "CREATE TABLE plain_uses (id INTEGER PRIMARY KEY AUTOINCREMENT, used_at TEXT NOT NULL, who TEXT NOT NULL, "
        "command TEXT NOT NULL, reason TEXT NOT NULL)",
        _NOT_CHANGED,
        "CREATE TRIGGER plain_uses_are_not_deleted BEFORE DELETE ON plain_uses "
        "BEGIN SELECT RAISE(ABORT, 'uses are added, never deleted'); END",
    ),
)


@dataclass(frozen=True, slots=True)
class PlainUse:
    """One time that people's data were shown plain: when (UTC), to whom, by which command, and why."""

    when: str
    who: str
    command: str
    reason: str


def shown(data: DataFolder, findings: Findings, about: Collection[str] = ()) -> Shown:
    """The findings with what is people's masked, as ``analysis.masking.masked`` says."""
    return masked(findings, masks_of(data), about)


def wanted(arguments: argparse.Namespace, data: DataFolder, findings: Findings, asked: str, about: Collection[str] = ()) -> Shown:
    """The findings as this command shows them: masked, or plain with ``--plain``; ``asked`` says the command."""
    reason = reason_for(arguments)
    if not reason:
        return shown(data, findings, about)
    _write_down(data.state, f"{asked} ({findings.crawl_id})", reason)
    print(f"samehand: people's data are plain; who asked, and why, is written down in {terminal(str(data.state))}", file=sys.stderr)
    return as_they_are(findings)


def reason_for(arguments: argparse.Namespace) -> str:
    """The reason given with ``--plain``; empty where the option is not. Raises ``BadInput`` for an empty or endless one."""
    if arguments.plain is None:
        return ""
    reason = " ".join(scrub(arguments.plain).split())
    if not reason or len(reason) > _LONGEST or "\x00" in reason:
        raise BadInput(f'--plain needs a reason of at most {_LONGEST} characters, for it is written down: --plain "case 12/2026"')
    return reason


def plain_uses(state: Path) -> tuple[PlainUse, ...]:
    """All uses, the oldest first; none where there is no database."""
    if not state.is_file():
        return ()
    with open_state(state, _PART) as connection:
        rows = connection.execute("SELECT used_at, who, command, reason FROM plain_uses ORDER BY id").fetchall()
    return tuple(PlainUse(*row) for row in rows)


def strike_uses(state: Path, site: str) -> None:
    """Take the name of a site that is to be forgotten out of the uses; that they were stays written."""
    if not state.is_file():
        return
    named = naming(site)
    with open_state(state, _PART) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        with transaction(connection):
            rows = connection.execute("SELECT id, command, reason FROM plain_uses").fetchall()
            connection.execute("DROP TRIGGER plain_uses_are_not_changed")
            for row in rows:
                texts = (named.sub("(forgotten)", row["command"]), named.sub("(forgotten)", row["reason"]))
                if texts != (row["command"], row["reason"]):
                    connection.execute("UPDATE plain_uses SET command = ?, reason = ? WHERE id = ?", (*texts, row["id"]))
            connection.execute(_NOT_CHANGED)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def masks_of(data: DataFolder) -> Masks:
    """The masks of this installation. Who may neither read nor make its key sees masks without tags."""
    path = data.root / "people.key"
    try:
        return Masks(path.read_bytes() if path.exists() else _made(path))
    except OSError:
        return Masks()


def _made(path: Path) -> bytes:
    """A new key, whole and readable by its owner only before it has its name; another's that came first is taken."""
    handle, beside = tempfile.mkstemp(prefix=".people.key.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
        return path.read_bytes()
    finally:
        Path(beside).unlink()


def _write_down(state: Path, command: str, reason: str) -> None:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with open_state(state, _PART) as connection, transaction(connection):
        connection.execute(
            "INSERT INTO plain_uses (used_at, who, command, reason) VALUES (?, ?, ?, ?)", (moment, _login(), command, reason)
        )


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
