"""When something is due: a cron expression in a time zone, asked for the occasion before and after a moment.

Expressions mean what Debian's cron makes of them (cronsim): Sunday is 0 or 7, a day of the month and a weekday that are both
restricted are alternatives, and a time of day that the clocks skip or repeat comes once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from samehand.problems import BadInput

__all__ = ["Timetable", "read_timetable"]

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Timetable:
    """Occasions of one job: five fields, in the local time of ``zone``."""

    expression: str
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first occasion later than ``moment``, in UTC."""
        return next(CronSim(self.expression, moment.astimezone(self.zone))).astimezone(UTC)

    def before(self, moment: datetime) -> datetime:
        """The last occasion not later than ``moment``, in UTC."""
        start = (moment + timedelta(minutes=1)).astimezone(self.zone)
        found = CronSim(self.expression, start, reverse=True)
        # the walk backwards starts below its beginning; one minute more lets an occasion at this very minute count
        occasion = next(found).astimezone(UTC)
        return occasion if occasion <= moment else next(found).astimezone(UTC)

    def systemd(self) -> list[str]:
        """The same occasions as values of OnCalendar=, one line each; ``BadInput`` for what systemd cannot say (L, #)."""
        fields = CronSim(self.expression, datetime(2026, 1, 1, tzinfo=UTC))
        if any(not isinstance(day, int) for day in fields.weekdays) or min(fields.days) < 0:
            raise BadInput(
                f"schedule: {self.expression!r} uses L or #, which systemd timers cannot say; use cron or samehand watch"
            )
        weekdays = {(int(day) - 1) % 7 for day in fields.weekdays if isinstance(day, int)}
        named = ",".join(_WEEKDAYS[day] for day in sorted(weekdays)) + " " if len(weekdays) < 7 else ""
        days, months = _numbers(fields.days, range(1, 32)), _numbers(fields.months, range(1, 13))
        clock = f"{_numbers(fields.hours, range(24))}:{_numbers(fields.minutes, range(60))}:00 {self.zone.key}"
        if named and days != "*" and not fields.day_and:
            return [f"*-{months}-{days} {clock}", f"{named}*-{months}-* {clock}"]
        return [f"{named}*-{months}-{days} {clock}"]


def read_timetable(name: str, expression: str, zone: str) -> Timetable:
    """The timetable that the configuration gives under key ``name``; ``BadInput`` names what is wrong with it."""
    try:
        found = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(f"schedule.timezone: {zone!r} is no time zone; write it as Europe/Paris or UTC") from None
    if len(expression.split()) != 5:
        raise BadInput(f'{name}: {expression!r} must have five fields: minute hour day month weekday, such as "0 6 * * MON"')
    try:
        # an expression that is well formed and never true (30 February) is found out by asking for its first occasion
        next(CronSim(expression, datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration) as error:
        why = str(error).lower() or "it never comes"
        raise BadInput(
            f'{name}: {expression!r} cannot be used ({why}); write minute hour day month weekday, such as "0 6 * * MON"'
        ) from None
    return Timetable(expression, found)


def _numbers(chosen: Collection[int], every: range) -> str:
    return "*" if set(chosen) == set(every) else ",".join(f"{number:02d}" for number in sorted(chosen))
