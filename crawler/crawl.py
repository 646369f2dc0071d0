"""The crawl as one call: a plan in, a finished crawl folder and a report out.

Scrapy's reactor runs once in a process, so each crawl has a process of its own; it is told the plan by a file and tells
its progress through a pipe. When its parent dies it stops by itself.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import crawler
from crawler.archive import CRAWL_JSON, crawl_moment
from crawler.options import check_plan
from crawler.plan import CrawlPlan
from crawler.problems import InputProblem
from crawler.progress import Progress, escape_terminal

__all__ = ["CrawlFailed", "CrawlLocked", "CrawlReport", "run_crawl"]

LOCKED = 75  # exit code of the crawling process when another one holds the folder
_PATIENCE = 45.0  # seconds for a stop to end by itself: one answer's limit and the writing of what is under way


class CrawlFailed(Exception):
    """The crawl stopped for a reason of our own; what was acknowledged is kept. ``disk_full`` when the disk was full."""

    def __init__(self, message: str, *, disk_full: bool = False) -> None:
        super().__init__(message)
        self.disk_full = disk_full


class CrawlLocked(Exception):
    """Another process is crawling into the same folder."""


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How a crawl went. ``complete`` is false when it was interrupted: the same plan goes on where it ended."""

    folder: Path
    crawl_id: str
    complete: bool
    interrupted: bool
    sites: int
    responses: int
    seconds: float
    outcomes: Mapping[str, int] = field(default_factory=dict)  # outcome -> sites visited in this run


def run_crawl(plan: CrawlPlan, progress: Callable[[Mapping[str, Any]], None] | None = None) -> CrawlReport:
    """Carries a plan out, or goes on with one that was interrupted; may be called many times.

    ``progress`` is called with the events of ``crawler.progress.ProgressReporter``; by default they are shown on stderr.
    Raises ``InputProblem`` for a plan that may not be carried out, ``CrawlLocked`` and ``CrawlFailed``. A first
    SIGINT or SIGTERM ends the crawl cleanly (``interrupted``), a second one at once.
    """
    check_plan(plan)
    crawl_moment(plan.crawl_id)
    folder = Path(plan.folder) / plan.crawl_id
    if (folder / CRAWL_JSON).exists():
        raise InputProblem(f"{folder} holds a finished crawl: take another crawl id")
    shown = progress or Progress(sys.stderr)
    began = time.monotonic()
    outcomes: Counter[str] = Counter()
    last: Mapping[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="samehand-") as scratch:
        path = Path(scratch) / "plan.json"
        path.write_text(plan.to_json(), "utf-8")
        with _Crawling(path) as crawling:
            for event in crawling.events():
                if event["event"] == "site":
                    outcomes[event["outcome"]] += 1
                if event["event"] in ("end", "problem"):
                    last = event
                if event["event"] != "problem":
                    shown(event)
        code, errors = crawling.code, crawling.errors
    if code == LOCKED:
        raise CrawlLocked(f"another process is crawling into {folder}")
    if last.get("event") == "problem":
        raise InputProblem(str(last["message"]))
    if not crawling.interrupted:
        if last.get("failure"):
            raise CrawlFailed(str(last["failure"]), disk_full="space" in last["failure"] or "full" in last["failure"])
        if not last.get("complete"):
            raise CrawlFailed(f"the crawling process ended with code {code}: {errors or 'it said nothing'}")
    return CrawlReport(
        folder=folder,
        crawl_id=plan.crawl_id,
        complete=bool(last.get("complete")),
        interrupted=crawling.interrupted and not last.get("complete"),
        sites=int(last.get("done", 0)),
        responses=int(last.get("responses", 0)),
        seconds=time.monotonic() - began,
        outcomes=dict(sorted(outcomes.items())),
    )


class _Crawling:
    """The crawling process, while it runs."""

    def __init__(self, plan: Path) -> None:
        self.interrupted = False
        self.code: int | None = None
        self.errors = ""
        self._plan = plan

    def __enter__(self) -> _Crawling:
        reading, writing = os.pipe()
        root = str(Path(crawler.__file__).resolve().parent.parent)
        paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "crawler.process", str(self._plan), str(writing)],
                stdin=subprocess.PIPE,  # its end tells the process that its parent is gone
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(writing,),
                start_new_session=True,  # a Ctrl-C reaches it once, through us
                env={**os.environ, "PYTHONPATH": paths},
            )
        finally:
            os.close(writing)
        self._events = os.fdopen(reading, encoding="utf-8")
        self._tail: list[bytes] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self.code = self._process.wait()
        self._listener.join(5)
        self._events.close()
        for end in (self._process.stdin, self._process.stderr):
            if end is not None:
                end.close()
        lines = b"".join(self._tail).decode("utf-8", "replace").strip().splitlines()
        self.errors = lines[-1][:500] if lines else ""

    def events(self) -> Iterator[Mapping[str, Any]]:
        """Events until the process ends."""
        with _signals(self._stop):
            for line in self._events:
                yield json.loads(line)
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _stop(self) -> None:
        if self.interrupted:
            self._process.kill()
            return
        self.interrupted = True
        self._process.send_signal(signal.SIGINT)
        timer = threading.Timer(_PATIENCE, self._process.kill)
        timer.daemon = True
        timer.start()

    def _listen(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        for line in stream:
            self._tail = [*self._tail[-50:], line[:2000]]
            sys.stderr.write(escape_terminal(line[:2000].decode("utf-8", "replace").rstrip()) + "\n")


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Turns SIGINT and SIGTERM into ``stop`` while the crawl runs; only the main thread may."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
