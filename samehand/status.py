"""``samehand status``: what was done, what is next, and whether all is well; the answer is also the exit code."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from analysis.findings import latest, read
from reports.escape import terminal
from reports.words import count
from samehand.config import Config, read_config
from samehand.data_folder import CRAWL_ID, DataFolder
from samehand.outbox import Summary, open_outbox
from samehand.problems import StageFailed
from samehand.schedule import MARKS, Mark, State, crawl_id_of, jobs, marks
from samehand.showing import plain_uses
from samehand.state import open_state
from samehand.watch import watched

__all__ = ["ailments", "status"]

_USES = 3  # of --plain that are listed


def status(arguments: argparse.Namespace) -> int:
    """Print the state of this data folder; 1 where something is wrong."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    now = datetime.now(UTC)
    known = _marks(data)
    print("\n".join(_told(config, data, known, now)))
    wrong = list(ailments(config, data, known, now))
    for line in wrong:
        print(f"unhealthy  {line}")
    if not wrong:
        print("healthy")
    return 1 if wrong else 0


def ailments(config: Config, data: DataFolder, known: dict[str, Mark], now: datetime) -> Iterator[str]:
    """What is wrong, a sentence each.

    A crawl counts as missing when its occasion is longer ago than ``schedule.grace_hours`` and no crawl since has findings,
    whoever was to start it; before the first crawl nothing is missing.
    """
    for name, mark in sorted(known.items()):
        if mark.state == State.FAILED:
            yield f"the {name} of {_moment(mark.occasion)} failed: {terminal(mark.said)}"
        elif mark.state == State.RUNNING and not watched(data):
            yield f"the {name} of {_moment(mark.occasion)} was cut off and nobody is watching; `samehand watch` goes on with it"
    yield from _undelivered(data)
    newest = latest(data.findings)
    crawl = next((job for job in jobs(config) if job.name == "crawl"), None)
    if newest is None or crawl is None:
        return
    last = crawl.timetable.before(now)
    is_running = any(mark.state == State.RUNNING for mark in known.values()) and watched(data)
    if crawl_id_of(last) > newest.name and now - last > timedelta(hours=config.number("schedule.grace_hours")) and not is_running:
        yield f"the crawl that was due {_moment(last)} is not there; the newest findings are of {newest.name}"


def _undelivered(data: DataFolder) -> Iterator[str]:
    """Recipients whose newest digest was refused, or of which nobody knows whether it came; a digest that nobody got."""
    summary = _outbox(data)
    if summary is None:
        return
    for crawl, said in {letter.crawl: letter.answer for letter in summary.owed if letter.crawl > summary.last_sent}.items():
        yield f"the digest of {crawl} has reached nobody yet" + (f": {terminal(said)}" if said else "")
    for letter in summary.refused:
        yield f"the digest of {letter.crawl} was refused for {terminal(letter.recipient)}: {terminal(letter.answer)}"
    for letter in summary.unsure:
        yield f"the digest of {letter.crawl} may not have reached {terminal(letter.recipient)}: {terminal(letter.answer)}"


def _told(config: Config, data: DataFolder, known: dict[str, Mark], now: datetime) -> Iterator[str]:
    alive = watched(data)
    yield "watch      " + ("at work" if alive else "nobody is watching")
    for job in jobs(config):
        mark = known.get(job.name)
        said = _last(mark) if mark is not None else "never run by a watch"
        following = f"next {_moment(job.timetable.after(now))}" if alive else f"due {_moment(job.timetable.after(now))}"
        yield f"{job.name:<10} {said}; {following} ({job.timetable.expression}, {job.timetable.zone.key})"
    newest = latest(data.findings)
    if newest is None:
        yield f"findings   none yet under {data.findings}"
    else:
        found = read(newest)
        shops = sum(row.kind == "storefront" for row in found.storefronts)
        joined = sum(row.size > 1 for row in found.clusters)
        review = sum(row.review for row in found.links)
        told = f"{count(shops, 'storefront')}, {count(joined, 'cluster')} of two or more, {count(review, 'pair')} for review"
        yield f"findings   {newest.name}: {told}"
    if (summary := _outbox(data)) is not None and (summary.last_sent or summary.owed):
        owed = f", {count(len(summary.owed), 'letter')} still to be sent" if summary.owed else ""
        yield f"digest     last sent of {summary.last_sent or 'no crawl yet'}{owed}"
    yield from _plain(data)
    for crawl_id in _unfinished(data):
        yield f"unfinished {crawl_id}: go on with `samehand crawl CANDIDATES --crawl-id {crawl_id}`, or delete the folder"


def _plain(data: DataFolder) -> Iterator[str]:
    """How often people's data were shown plain, and the last times."""
    try:
        uses = plain_uses(data.state)
    except StageFailed:  # read-only for whoever asks
        return
    if uses:
        yield f"plain      people's data were shown plain {count(len(uses), 'time')}, the last times:"
    for use in uses[: -_USES - 1 : -1]:
        who, what = terminal(use.who), f"{terminal(use.command)}: {terminal(use.reason)}"
        yield f"           {use.when[:10]} {use.when[11:16]} UTC, {who}: {what}"


def _last(mark: Mark) -> str:
    began = mark.began
    match mark.state:
        case State.DONE if began is not None and mark.ended is not None:
            took = mark.ended - began
            return f"done for {_moment(mark.occasion)} in {_span(took)}"
        case State.RUNNING if began is not None:
            return f"under way for {_moment(mark.occasion)} since {_moment(began)}"
        case State.FAILED:
            again = f", again {_moment(mark.again)}" if mark.again else ""
            return f"failed for {_moment(mark.occasion)} ({count(mark.attempts, 'attempt')}{again})"
        case _:
            return "waiting for its first time"


def _unfinished(data: DataFolder) -> list[str]:
    if not data.crawls.is_dir():
        return []
    return sorted(p.name for p in data.crawls.iterdir() if CRAWL_ID.fullmatch(p.name) and not (p / "crawl.json").is_file())


def _outbox(data: DataFolder) -> Summary | None:
    if not data.state.is_file():
        return None
    try:
        with open_outbox(data.state) as outbox:
            return outbox.summary()
    except StageFailed:
        return None


def _marks(data: DataFolder) -> dict[str, Mark]:
    if not data.state.is_file():
        return {}
    try:
        with open_state(data.state, MARKS) as state:
            return marks(state)
    except StageFailed:  # read-only for whoever asks: the marks are not theirs to see
        return {}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _span(took: timedelta) -> str:
    minutes, seconds = divmod(int(took.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
