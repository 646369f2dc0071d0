"""Marks: one catch-up after downtime, the cut-off job again, pauses that grow, clocks that jump."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samehand.schedule import MARKS, Job, State, begin, crawl_id_of, due, end, marks, settle
from samehand.state import open_state
from samehand.timetable import read_timetable

JOB = Job("crawl", read_timetable("schedule.crawl", "0 6 * * MON", "UTC"))
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WEEK, HOUR, MINUTE = timedelta(weeks=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_state(tmp_path / "state.sqlite", MARKS) as connection:
        yield connection


def now_due(state: sqlite3.Connection, now: datetime) -> datetime | None:
    return due(marks(state)["crawl"], JOB, now)


def test_the_first_occasion_is_the_next_one_or_the_last_where_asked(state: sqlite3.Connection) -> None:
    settle(state, JOB, MONDAY - HOUR, at_once=False)
    assert now_due(state, MONDAY - MINUTE) is None
    assert now_due(state, MONDAY) == MONDAY


def test_at_once_takes_the_occasion_that_has_passed(state: sqlite3.Connection) -> None:
    settle(state, JOB, MONDAY + HOUR, at_once=True)
    assert now_due(state, MONDAY + HOUR) == MONDAY


def test_five_missed_weeks_are_caught_up_with_once(state: sqlite3.Connection) -> None:
    settle(state, JOB, MONDAY, at_once=False)
    later = MONDAY + 5 * WEEK + HOUR
    assert now_due(state, later) == MONDAY + 5 * WEEK
    begin(state, "crawl", MONDAY + 5 * WEEK, later)
    end(state, "crawl", later + MINUTE, None)
    assert now_due(state, later + HOUR) is None
    assert marks(state)["crawl"].state == State.DONE


def test_what_was_cut_off_goes_on_under_its_own_id(state: sqlite3.Connection) -> None:
    settle(state, JOB, MONDAY - HOUR, at_once=False)
    begin(state, "crawl", MONDAY, MONDAY)
    assert now_due(state, MONDAY + HOUR) == MONDAY
    assert crawl_id_of(MONDAY) == "20261123T060000Z"
    assert now_due(state, MONDAY + WEEK) == MONDAY + WEEK  # a week later the newer one alone is asked for


def test_pauses_grow_and_end_with_the_next_occasion(state: sqlite3.Connection) -> None:
    settle(state, JOB, MONDAY - HOUR, at_once=False)
    now, pauses = MONDAY, []
    for _ in range(8):
        begin(state, "crawl", MONDAY, now)
        end(state, "crawl", now, "no network")
        again = marks(state)["crawl"].again
        assert again is not None
        pauses.append(int((again - now).total_seconds() / 60))
        assert now_due(state, again - MINUTE) is None
        assert now_due(state, again) == MONDAY
        now = again
    assert pauses == [10, 20, 40, 80, 160, 320, 360, 360]
    assert now_due(state, MONDAY + WEEK) == MONDAY + WEEK


def test_a_busy_data_folder_is_no_failure_of_ours(state: sqlite3.Connection) -> None:
    settle(state, JOB, MONDAY - HOUR, at_once=False)
    for _ in range(3):
        begin(state, "crawl", MONDAY, MONDAY)
        end(state, "crawl", MONDAY, "another samehand is at work", busy=True)
    mark = marks(state)["crawl"]
    assert (mark.again, mark.attempts) == (MONDAY + MINUTE, 0)


def test_a_clock_that_was_set_back_does_not_put_a_retry_off(state: sqlite3.Connection) -> None:
    settle(state, JOB, MONDAY - HOUR, at_once=False)
    begin(state, "crawl", MONDAY, MONDAY)
    end(state, "crawl", MONDAY + 365 * 24 * HOUR, "no network")  # written while the clock was a year ahead
    assert now_due(state, MONDAY + HOUR) == MONDAY
