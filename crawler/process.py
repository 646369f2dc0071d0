"""The crawling process: ``python -m crawler.process PLAN.json FD`` runs one plan and tells its progress to ``FD``."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from crawler.plan import CrawlPlan
from crawler.problems import InputProblem

__all__ = ["main"]

_LOCKED = 75


def main(arguments: list[str]) -> int:
    """Runs the plan; 0 when the spider closed by itself, 75 when another process crawls into the same folder."""
    plan = CrawlPlan.from_json(Path(arguments[0]).read_text("utf-8"))
    descriptor = int(arguments[1])
    folder = Path(plan.folder) / plan.crawl_id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder) as free:
            if not free:
                return _LOCKED
            threading.Thread(target=_stop_with_parent, daemon=True).start()
            _crawl(plan, descriptor)
    except InputProblem as problem:
        _tell(descriptor, str(problem))
        return 2
    except OSError as error:
        _tell(descriptor, f"{folder} cannot be written: {error.strerror or error}")
        return 2
    return 0


def _crawl(plan: CrawlPlan, descriptor: int) -> None:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("PROGRESS_FD", descriptor, priority="cmdline")
    process = CrawlerProcess(settings)
    process.crawl("storefront", plan=plan)
    process.start()


@contextmanager
def _lock(folder: Path) -> Iterator[bool]:
    """A lock that the kernel lets go of when its holder dies."""
    handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _stop_with_parent() -> None:
    while os.read(
        0, 1024
    ):  # ends when the parent does, however it ended; unbuffered, for a thread may not hold stdin's lock at exit
        pass
    os.kill(os.getpid(), signal.SIGINT)


def _tell(descriptor: int, message: str) -> None:
    with os.fdopen(descriptor, "w", encoding="utf-8") as pipe:
        pipe.write(json.dumps({"event": "problem", "message": message}) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
