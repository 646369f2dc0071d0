"""The one door for work on hostile bytes: child processes with a memory limit and a deadline, killed and replaced.

Parsing runs here and nowhere else, so a page that freezes or fells its reader costs one storefront, which is named, and
nothing else.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

__all__ = ["Died", "Limits", "run_limited", "settle"]

Item = TypeVar("Item")
Result = TypeVar("Result")
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of wall clock an item may take; ``megabytes`` of address space a worker may map; how many ``workers``."""

    seconds: float = 120.0
    megabytes: int = 4096
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Died:
    """An item whose worker was killed, died or raised; ``reason`` is one sentence."""

    reason: str


@dataclass(slots=True)
class _Worker(Generic[Item]):
    process: BaseProcess
    pipe: Connection
    index: int | None = None
    deadline: float = 0.0


def run_limited(function: Callable[[Item], Result], items: Sequence[Item], limits: Limits) -> Iterator[tuple[Item, Result | Died]]:
    """``function`` of every item, in the order of ``items``; ``function`` must be importable by name.

    With fewer items than workers no more workers are started than there is work.
    """
    context = multiprocessing.get_context("spawn")
    waiting = list(reversed(range(len(items))))
    done: dict[int, Result | Died] = {}
    workers: list[_Worker[Item]] = []
    following = 0

    def start() -> _Worker[Item]:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(function, theirs, limits.megabytes), daemon=False)
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    try:
        while following < len(items):
            while waiting and len(workers) < min(limits.workers, len(items)):
                workers.append(start())
            for worker in workers:
                if worker.index is None and waiting:
                    worker.index = waiting.pop()
                    worker.deadline = time.monotonic() + limits.seconds
                    worker.pipe.send(items[worker.index])
            busy = [worker for worker in workers if worker.index is not None]
            soonest = min(worker.deadline for worker in busy)
            ready = wait([worker.pipe for worker in busy], timeout=max(0.0, soonest - time.monotonic()))
            for worker in busy:
                index = worker.index
                if index is None:
                    continue
                if worker.pipe in ready:
                    try:
                        done[index] = worker.pipe.recv()
                        worker.index = None
                        continue
                    except (EOFError, OSError):
                        worker.process.join(5)
                        done[index] = Died(f"its reader died (exit {worker.process.exitcode})")
                elif time.monotonic() >= worker.deadline:
                    done[index] = Died(f"reading took longer than {limits.seconds:g} s")
                else:
                    continue
                _end(worker)
                workers.remove(worker)
            while following in done:
                yield items[following], done.pop(following)
                following += 1
    finally:
        for worker in workers:
            _end(worker)


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started inside never hears Ctrl-C, not even while it still loads its modules; ours waits until the end."""
    resource_tracker.ensure_running()  # it takes the block away again when it has to be started first
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def settle() -> None:
    """Make a process ready to read much: what it has loaded stays, and its collector looks for circles less often.

    Reading makes hundreds of thousands of small objects and next to no circles; what is done with is freed by its count.
    """
    gc.collect()
    gc.freeze()
    # what is frozen at the end looks leaked to the libraries that count, and they say so on standard error
    atexit.register(gc.unfreeze)
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 100)


def _end(worker: _Worker[Item]) -> None:
    worker.pipe.close()
    if worker.index is not None:
        worker.process.kill()
    worker.process.join(10)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()


def _serve(function: Callable[[Item], Result], pipe: Connection, megabytes: int) -> None:
    # the parent decides when to stop: a Ctrl-C must not print one traceback a worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):
        limit = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    settle()
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Result | Died = function(item)
        except MemoryError:
            answer = Died("reading needed more memory than a worker may use")
        except Exception as error:  # noqa: BLE001  - whatever a hostile page provokes is this storefront's outcome, not the run's
            answer = Died(f"its reader failed: {type(error).__name__}: {str(error)[:200]}")
        pipe.send(answer)
