"""Limited workers: a hostile item costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from analysis.workers import Died, Limits, run_limited


def _work(item: str) -> str:
    if item == "dies":
        os.abort()
    if item == "hangs":
        time.sleep(600)
    if item == "raises":
        raise ValueError("bad page")
    if item == "eats":
        return "x" * len(bytearray(3 * 1024**3))
    return item.upper()


def test_results_come_in_order_and_one_death_costs_one_item() -> None:
    items = ["a", "dies", "b", "hangs", "raises", "eats", "c"]
    found = dict(run_limited(_work, items, Limits(seconds=8, megabytes=1024, workers=2)))
    assert list(found) == items
    assert (found["a"], found["b"], found["c"]) == ("A", "B", "C")
    for item, words in {"dies": "died", "hangs": "longer", "raises": "bad page", "eats": "memory"}.items():
        answer = found[item]
        assert isinstance(answer, Died)
        assert words in answer.reason


def test_no_items_no_workers() -> None:
    assert list(run_limited(_work, [], Limits())) == []


def test_a_reader_that_ends_complains_of_nothing() -> None:
    """Objects frozen out of the collector's sight once made DuckDB print a screenful of leaks when each worker ended."""
    said = subprocess.run(
        [sys.executable, "-c", "import duckdb\nfrom analysis.workers import settle\nsettle()"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stderr == ""


def interrupts_blocked(_item: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_worker_never_hears_ctrl_c_and_we_go_on_hearing_it() -> None:
    """A worker that was still loading printed a traceback: that must not return."""
    assert [answer for _, answer in run_limited(interrupts_blocked, [1, 2], Limits(workers=2))] == [True, True]
    assert not interrupts_blocked(0)
