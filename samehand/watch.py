"""``samehand watch``: stays, and does what is due. Every stage is a process of its own, started as a user would start it."""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from reports.escape import terminal
from samehand.alert import check_routes
from samehand.config import Config, read_config
from samehand.data_folder import DataFolder
from samehand.problems import BadInput, StageFailed
from samehand.schedule import MARKS, Job, Mark, begin, crawl_id_of, due, end, jobs, marks, settle
from samehand.stages import check_reach
from samehand.state import open_state

__all__ = ["stages_of", "watch", "watched"]

#: The clock may be set and the machine may sleep: nothing is waited for longer than this at a stretch.
_LOOK_SECONDS = 20.0
#: A stage that was asked to stop closes what it has open; after this it is ended.
_PATIENCE_SECONDS = 60.0
_BUSY = 75
#: Seconds between tries for the lock: a `samehand status` that asks for it holds it for a moment.
_ASKED = (0.05, 0.2, 0.5)


def watch(arguments: argparse.Namespace) -> int:
    """Do what is due until told to stop, or once."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    listed = jobs(config)
    if not any(job.name == "crawl" for job in listed):
        raise BadInput('schedule.crawl is empty: write [schedule] and crawl = "0 6 * * MON" into samehand.toml')
    if arguments.candidates == "-":
        raise BadInput("a watch reads its candidates anew for every crawl: name a file, not standard input")
    if not Path(arguments.candidates).is_file():
        raise BadInput(f"{arguments.candidates}: there is no such file; name a CSV or text file of addresses")
    check_reach(arguments, config)  # better told now than on Monday at six
    if config.text("mail.host") or config.text("alert.webhook"):
        check_routes(config)
    with _alone(data):
        return _Watch(arguments, config, data, listed).until_stopped(once=arguments.once)


def watched(data: DataFolder) -> bool:
    """Whether a watch is alive on this data folder."""
    path = data.root / ".watch.lock"
    if not path.is_file():
        return False
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)  # whoever may read may ask
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def stages_of(job: str, occasion: datetime, arguments: argparse.Namespace, config: Config, data: DataFolder) -> list[list[str]]:
    """The commands that are left to do for an occasion: what lies finished in the data folder is not done again."""
    where = ["--data", str(data.root), *(["--config", str(arguments.config)] if arguments.config else [])]
    alert = ["alert", *where]
    if job == "alert":
        return [alert]
    crawl_id = crawl_id_of(occasion)
    words = []
    if not (data.crawls / crawl_id / "crawl.json").is_file():
        hosts = ["--hosts", str(arguments.hosts)] if arguments.hosts else []
        only = ["--hosts-only"] if arguments.hosts_only else []
        words.append(["crawl", str(arguments.candidates), *hosts, *only, "--crawl-id", crawl_id, *where])
    if not (data.findings / crawl_id / "findings.json").is_file():
        words.append(["analyse", crawl_id, *where])
    if not (data.reports / crawl_id).is_dir():
        words.append(["report", crawl_id, *where])
    if not config.text("schedule.alert").strip() and (config.text("mail.host") or config.text("alert.webhook")):
        words.append(alert)
    if config.whole("retention.days"):
        words.append(["thin", *where])
    return words


class _Watch:
    """One watch: its jobs, the stage under way, and whether it was told to stop."""

    def __init__(self, arguments: argparse.Namespace, config: Config, data: DataFolder, listed: list[Job]) -> None:
        self._arguments, self._config, self._data, self._jobs = arguments, config, data, listed
        self._stop = threading.Event()
        self._stage: subprocess.Popen[str] | None = None

    def until_stopped(self, *, once: bool) -> int:
        """Take up every job that is due, wait, and so on; 1 when ``once`` and something failed."""
        before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            with open_state(self._data.state, MARKS) as state:
                for job in self._jobs:
                    settle(state, job, _now(), at_once=once or self._arguments.now)
            failed = False
            while not self._stop.is_set():
                failed = self._round()
                if once:
                    break
                self._tell_next()
                while not self._stop.is_set() and not self._due():
                    self._stop.wait(_LOOK_SECONDS)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if self._stop.is_set():
            _say("stopped")
            return 0
        return 1 if failed else 0

    def _due(self) -> list[tuple[Job, datetime]]:
        with open_state(self._data.state, MARKS) as state:
            known: dict[str, Mark] = marks(state)
        found = [(job, due(known[job.name], job, _now())) for job in self._jobs if job.name in known]
        return [(job, occasion) for job, occasion in found if occasion is not None]

    def _round(self) -> bool:
        """Do what is due; True when something failed."""
        failed = False
        for job, occasion in self._due():
            if self._stop.is_set():
                break
            with open_state(self._data.state, MARKS) as state:
                begin(state, job.name, occasion, _now())
            _say(f"{job.name} of {occasion:%Y-%m-%d %H:%M} UTC begins")
            code, said = self._run(job, occasion)
            if self._stop.is_set() and code:
                _say(f"{job.name} of {occasion:%Y-%m-%d %H:%M} UTC is cut off; the next watch goes on with it")
                break
            with open_state(self._data.state, MARKS) as state:
                end(state, job.name, _now(), said if code else None, busy=code == _BUSY)
            failed = failed or bool(code)
            _say(f"{job.name} of {occasion:%Y-%m-%d %H:%M} UTC " + (f"failed: {said}" if code else "done"))
        return failed

    def _run(self, job: Job, occasion: datetime) -> tuple[int, str]:
        """Exit code and last words of the first stage that failed, or (0, "")."""
        for words in stages_of(job.name, occasion, self._arguments, self._config, self._data):
            if self._stop.is_set():
                return 11, "stopped"
            code, said = self._stage_done(words)
            if code:
                return code, f"{words[0]} ended with {code}" + (f": {said}" if said else "")
        return 0, ""

    def _stage_done(self, words: list[str]) -> tuple[int, str]:
        command = [sys.executable, "-m", "samehand", *words]
        said = ""
        # a session of its own: Ctrl-C in the terminal reaches the stage through us, and only once
        self._stage = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)
        with self._stage as running:
            if self._stop.is_set():  # the signal came while the stage was started, when there was nobody to pass it on to
                self._ask_to_stop(running)
            for line in running.stderr or ():
                sys.stderr.write(line)
                said = terminal(line.strip().removeprefix("samehand: "), 300) or said
            code = running.wait()
        self._stage = None
        return code, said

    def _on_signal(self, _number: int, _frame: object) -> None:
        first = not self._stop.is_set()
        self._stop.set()
        running = self._stage
        if running is None or running.poll() is not None:
            return
        if first:
            self._ask_to_stop(running)
        else:
            running.kill()

    def _ask_to_stop(self, running: subprocess.Popen[str]) -> None:
        running.send_signal(signal.SIGINT)
        impatient = threading.Timer(_PATIENCE_SECONDS, running.kill)
        impatient.daemon = True  # a stage that ends in time is not waited for
        impatient.start()

    def _tell_next(self) -> None:
        if self._stop.is_set():
            return
        following = sorted((job.timetable.after(_now()), job.name) for job in self._jobs)
        _say("next: " + ", ".join(f"{name} at {occasion:%Y-%m-%d %H:%M} UTC" for occasion, name in following))


@contextmanager
def _alone(data: DataFolder) -> Iterator[None]:
    """One watch a data folder; the kernel drops the lock when its holder dies."""
    data.root.mkdir(parents=True, exist_ok=True)
    handle = os.open(data.root / ".watch.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _taken(handle):
            raise StageFailed(f"{data.root}: another watch is at work here; `samehand status` tells what it does next", 75)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    for pause in (*_ASKED, None):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if pause is not None:
                time.sleep(pause)
        else:
            return True
    return False


def _now() -> datetime:
    return datetime.now(UTC)


def _say(text: str) -> None:
    print(f"{_now():%Y-%m-%d %H:%M:%S} {text}", flush=True)
