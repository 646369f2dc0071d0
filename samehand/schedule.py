"""What is due, what was done about it: jobs with their timetables, and their marks in ``data/state.sqlite``.

A mark says up to which occasion a job has been taken up. An occasion that passed while nobody watched is caught up with once,
however many passed; the job that was cut off is taken up again under the same crawl id.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from samehand.config import Config
from samehand.state import Part, transaction
from samehand.timetable import Timetable, read_timetable

__all__ = ["MARKS", "Job", "Mark", "State", "begin", "crawl_id_of", "due", "end", "jobs", "marks", "settle"]

MARKS = Part(
    "schedule",
    (
        "CREATE TABLE marks (job TEXT PRIMARY KEY, occasion TEXT NOT NULL, state TEXT NOT NULL, began TEXT NOT NULL, "
        "ended TEXT NOT NULL, attempts INTEGER NOT NULL, again TEXT NOT NULL, said TEXT NOT NULL)",
    ),
)
_FIRST_PAUSE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(hours=6)


class State(StrEnum):
    """What may have become of an occasion."""

    WAITING = "waiting"  # nothing has been due since the job was first seen
    RUNNING = "running"  # also: cut off, when nobody is watching
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """``crawl`` (crawl, analyse, report and what follows at once) or ``alert`` (the mail on days of its own)."""

    name: str
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class Mark:
    """One job's mark; times in UTC, ``ended`` and ``again`` None where there is none."""

    job: str
    occasion: datetime
    state: str
    began: datetime | None
    ended: datetime | None
    attempts: int
    again: datetime | None
    said: str


def jobs(config: Config) -> list[Job]:
    """The jobs that the configuration asks for; ``BadInput`` names a key that cannot be used."""
    zone = config.text("schedule.timezone")
    return [
        Job(name, read_timetable(f"schedule.{name}", config.text(f"schedule.{name}"), zone))
        for name in ("crawl", "alert")
        if config.text(f"schedule.{name}").strip()
    ]


def crawl_id_of(occasion: datetime) -> str:
    """The crawl of an occasion: a run that is taken up again goes on with the same one."""
    return occasion.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def marks(state: sqlite3.Connection) -> dict[str, Mark]:
    """Every mark by job."""
    return {
        row["job"]: Mark(
            row["job"], _time(row["occasion"]) or datetime.min.replace(tzinfo=UTC), row["state"], _time(row["began"]),
            _time(row["ended"]), row["attempts"], _time(row["again"]), row["said"],
        )
        for row in state.execute("SELECT * FROM marks")
    }  # fmt: skip


def settle(state: sqlite3.Connection, job: Job, now: datetime, *, at_once: bool) -> None:
    """Mark a job that was never seen: its first occasion is the next one, or with ``at_once`` the last one."""
    last = job.timetable.before(now)
    occasion = last - timedelta(seconds=1) if at_once else last
    state.execute("INSERT OR IGNORE INTO marks VALUES (?, ?, ?, '', '', 0, '', '')", (job.name, _text(occasion), State.WAITING))


def due(mark: Mark, job: Job, now: datetime) -> datetime | None:
    """The occasion to take up now, or None. Of several that passed only the last one is."""
    last = job.timetable.before(now)
    if last > mark.occasion:
        return last
    if mark.state == State.RUNNING:
        return mark.occasion
    if mark.state == State.FAILED and mark.again is not None and _has_come(mark.again, now):
        return mark.occasion
    return None


def begin(state: sqlite3.Connection, job: str, occasion: datetime, now: datetime) -> None:
    """Write down that an occasion is taken up, before anything is done about it."""
    with transaction(state):
        row = state.execute("SELECT occasion, attempts FROM marks WHERE job = ?", (job,)).fetchone()
        attempts = row["attempts"] if row and row["occasion"] == _text(occasion) else 0
        state.execute(
            "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, '', ?, '', '')",
            (job, _text(occasion), State.RUNNING, _text(now), attempts + 1),
        )


def end(state: sqlite3.Connection, job: str, now: datetime, failure: str | None, *, busy: bool = False) -> None:
    """Write down how it ended; a failed one is tried again after 10 minutes, 20, 40 and so on up to 6 hours.

    ``busy``: another run held the data folder, which is no failure of this one: a minute later again.
    """
    with transaction(state):
        row = state.execute("SELECT attempts FROM marks WHERE job = ?", (job,)).fetchone()
        attempts = max(int(row["attempts"]) - busy, 0) if row else 0
        pause = timedelta(minutes=1) if busy else min(_FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 10), _LONGEST_PAUSE)
        again = "" if failure is None else _text(now + pause)
        state.execute(
            "UPDATE marks SET state = ?, ended = ?, attempts = ?, again = ?, said = ? WHERE job = ?",
            (State.DONE if failure is None else State.FAILED, _text(now), attempts, again, failure or "", job),
        )


def _has_come(again: datetime, now: datetime) -> bool:
    # a moment further off than the longest pause was written before the clock was set back
    return now >= again or again - now > _LONGEST_PAUSE


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(text: str) -> datetime | None:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) if text else None
