"""Occasions before and after a moment, over clock changes; the same as systemd says them; what cannot be used is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from samehand.problems import BadInput
from samehand.timetable import Timetable, read_timetable


def table(expression: str, zone: str = "UTC") -> Timetable:
    return read_timetable("schedule.crawl", expression, zone)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("expression", ["0 6 * * MON", "30 2 * * *", "*/15 * * * *", "0 0 13 * FRI", "5 4 1 */2 *"])
@pytest.mark.parametrize(
    "moment", ["2026-03-29 00:59:00", "2026-10-25 01:30:00", "2026-11-01 06:00:00", "2026-11-23 06:00:00", "2026-11-23 05:59:59"]
)
def test_every_moment_lies_between_two_neighbouring_occasions(expression: str, zone: str, moment: str) -> None:
    occasions, now = table(expression, zone), at(moment)
    before, after = occasions.before(now), occasions.after(now)
    assert before <= now < after
    assert occasions.after(before) == after
    assert occasions.after(before - timedelta(seconds=1)) == before


def test_local_time_is_kept_over_the_change_of_clocks() -> None:
    weekly = table("0 6 * * MON", "Europe/Paris")
    assert weekly.after(at("2026-10-20 00:00:00")) == at("2026-10-26 05:00:00")
    assert weekly.after(at("2026-10-13 00:00:00")) == at("2026-10-19 04:00:00")


def test_a_time_that_the_clocks_skip_comes_once_and_one_they_repeat_too() -> None:
    nightly = table("30 2 * * *", "Europe/Paris")
    spring = [nightly.after(at("2026-03-28 12:00:00")), nightly.after(nightly.after(at("2026-03-28 12:00:00")))]
    assert [moment.day for moment in spring] == [29, 30]
    first = nightly.after(at("2026-10-24 12:00:00"))
    assert first.day == 25
    assert nightly.after(first).day == 26


def test_sunday_is_0_and_7() -> None:
    assert table("0 6 * * 0").after(at("2026-11-20 00:00:00")) == table("0 6 * * 7").after(at("2026-11-20 00:00:00"))
    assert table("0 6 * * 0").after(at("2026-11-20 00:00:00")).weekday() == 6


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        ("0 6 * * MON", ["Mon *-*-* 06:00:00 Europe/Paris"]),
        ("*/30 6 1,15 * *", ["*-*-01,15 06:00,30:00 Europe/Paris"]),
        ("0 0 13 * FRI", ["*-*-13 00:00:00 Europe/Paris", "Fri *-*-* 00:00:00 Europe/Paris"]),
        ("0 0 * 1-3 1-5", ["Mon,Tue,Wed,Thu,Fri *-01,02,03-* 00:00:00 Europe/Paris"]),
    ],
)
def test_systemd_is_told_the_same_occasions(expression: str, lines: list[str]) -> None:
    assert table(expression, "Europe/Paris").systemd() == lines


@pytest.mark.parametrize(
    ("expression", "zone", "said"),
    [
        ("0 6 * *", "UTC", r"schedule\.crawl: .* must have five fields"),
        ("0 25 * * *", "UTC", r"schedule\.crawl: .*bad hour"),
        ("0 6 30 2 *", "UTC", r"schedule\.crawl: .*cannot be used"),
        ("0 6 * * MON", "Mars/Olympus", r"schedule\.timezone: 'Mars/Olympus' is no time zone"),
        ("0 6 * * MON", "../../etc/passwd", r"schedule\.timezone: .* is no time zone"),
    ],
)
def test_what_cannot_be_used_is_named(expression: str, zone: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        table(expression, zone)


def test_what_systemd_cannot_say_is_refused() -> None:
    with pytest.raises(BadInput, match="systemd timers cannot say"):
        table("0 6 L * *").systemd()
