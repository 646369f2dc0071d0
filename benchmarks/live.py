"""A world crawled live: a command serves a week on loopback addresses, a hosts file says where, and our own crawler visits."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.worlds import World
from crawler.candidates import read_candidates
from crawler.crawl import run_crawl
from crawler.options import seeds_of
from crawler.plan import CrawlPlan

__all__ = ["Live", "crawl_week"]

#: What a server may take to load a week and listen.
_START_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Live:
    """``serve`` is a command with {world} and {week} in it; ``hosts`` the file that pins every name to loopback."""

    serve: str
    hosts: Path


def crawl_week(world: World, week: int, live: Live, crawls: Path, crawl_id: str, tell: Callable[[str], None]) -> tuple[Path, float]:
    """Serve one week, crawl its candidates, end the server. Gives the crawl's folder and the seconds of the crawl."""
    seeds = seeds_of(read_candidates(world.folder / "candidates.csv").candidates)
    plan = CrawlPlan(folder=str(crawls), crawl_id=crawl_id, seeds=seeds, hosts=str(live.hosts), hosts_only=True)
    with _served(live.serve.format(world=shlex.quote(str(world.folder)), week=week)):
        tell(f"week {week} is served; crawling {len(seeds)} candidates")
        start = time.perf_counter()
        run_crawl(plan, lambda _event: None)
        seconds = time.perf_counter() - start
    tell(f"week {week} crawled in {seconds:.0f} s")
    return crawls / crawl_id, seconds


@contextmanager
def _served(command: str) -> Iterator[None]:
    process = subprocess.Popen(shlex.split(command), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        time.sleep(_START_SECONDS)
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}: {command}")
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
