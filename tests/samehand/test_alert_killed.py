"""``samehand alert`` killed with SIGKILL: nobody is left out, and only the documented window brings a copy more."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from samehand.data_folder import DataFolder
from samehand.outbox import State, open_outbox
from tests.mail_server import Postbox, serving
from tests.samehand.findings_chain import FIRST, PAYMENT, write_findings

ROUNDS = 20
PEOPLE = tuple(f"desk{number}@rights.example" for number in range(6))

#: Imports once. Two lines make one command: its arguments (answered with the pid of a child forked for it), then the
#: seconds after which it is killed, or nothing (answered with its exit code when it has ended). The child is not reaped
#: before the second line, so until then its pid can be killed by anyone, ended or not.
NURSERY = """
import os, select, signal, sys
from samehand.cli import main
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        os._exit(main(["alert", *line.split()]))
    print(child, flush=True)
    kill_after = sys.stdin.readline().strip()
    if kill_after:
        end = os.pidfd_open(child)
        if not select.select([end], [], [], float(kill_after))[0]:
            os.kill(child, signal.SIGKILL)
        os.close(end)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Nursery:
    """Runs ``alert`` in children of one warm process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def begin(self, data: Path, config: Path) -> int:
        """Start a child; its pid, good until :meth:`end`."""
        return self._say(f"--data {data} --config {config}")

    def end(self, kill_after: float | None = None) -> int:
        """Wait for it, at most so many seconds and then kill it; the exit code, negative: the signal it died of."""
        return self._say("" if kill_after is None else f"{kill_after}")

    def _say(self, line: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(line, file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def alert(self, data: Path, config: Path, kill_after: float | None = None) -> int:
        """A whole command."""
        self.begin(data, config)
        return self.end(kill_after)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture
def box() -> Postbox:
    return Postbox()


@pytest.fixture
def config(box: Postbox, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "my.toml"
    listed = ", ".join(f'"{name}"' for name in PEOPLE)
    with serving(box) as port:
        path.write_text(f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nrecipients = [{listed}]\n')
        yield path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_findings(tmp_path / "data", FIRST, "", PAYMENT)
    return tmp_path / "data"


def test_killed_anywhere_nobody_is_left_out_and_only_the_window_doubles(
    nursery: Nursery, box: Postbox, config: Path, data: Path, tmp_path: Path
) -> None:
    drawn = random.Random(20260302)
    box.pause = 0.01
    queued = shutil.copytree(data, tmp_path / "queued")
    nobody = tmp_path / "nobody.toml"
    nobody.write_text(re.sub(r"port = \d+", "port = 1\npatience = 0", config.read_text()))
    assert nursery.alert(queued, nobody) == 1
    whole = {}
    for start in (data, queued):
        began = time.monotonic()
        assert nursery.alert(shutil.copytree(start, tmp_path / f"measured {start.name}".replace(" ", "-")), config) == 0
        whole[start] = time.monotonic() - began
    killed: Counter[str] = Counter()
    for number in range(ROUNDS):
        start = (data, queued)[number % 2]
        here = shutil.copytree(start, tmp_path / f"round{number}")
        box.kept.clear()
        in_window: set[str] = set()
        for _ in range(2):
            if nursery.alert(here, config, drawn.uniform(0.05, 0.95) * whole[start]) == -signal.SIGKILL:
                in_window |= _in_window(here, killed)
        assert nursery.alert(here, config) == 0
        copies = Counter(box.reached)
        assert set(copies) == set(PEOPLE), number
        assert {name for name, times in copies.items() if times > 1} <= in_window, number
        assert len({mark for _, mark in box.got}) == 1, number
    assert nursery.alert(here, config) == 0
    assert len(box.kept) == copies.total()
    assert min(killed["before anything was queued"], killed["with letters owed"]) > 0, killed  # or this tested nothing


def _in_window(data: Path, killed: Counter[str]) -> set[str]:
    """Who may have got a letter whose answer was not noted; and how far the child had come, for the account."""
    with open_outbox(DataFolder(data).state) as outbox:
        killed["before anything was queued"] += outbox.newest_digest() is None
        killed["with letters owed"] += bool(outbox.open_letters(hold=False))
        return {letter.recipient for letter in outbox.summary().unsure if letter.state is State.SENDING}


@pytest.mark.parametrize("place", [0, 3, 5])
def test_killed_in_the_window_one_letter_comes_twice_with_one_message_id(
    nursery: Nursery, box: Postbox, config: Path, data: Path, place: int
) -> None:
    child: Future[int] = Future()

    def kill() -> None:
        if len(box.kept) == place + 1:
            os.kill(child.result(timeout=60), signal.SIGKILL)

    box.before_answer = kill
    child.set_result(nursery.begin(data, config))
    assert nursery.end() == -signal.SIGKILL
    box.before_answer = None
    assert nursery.alert(data, config) == 0
    assert Counter(box.reached) == {name: 2 if name == PEOPLE[place] else 1 for name in PEOPLE}
    assert len({mark for _, mark in box.got}) == 1


def test_killed_before_the_last_line_nothing_comes_twice(nursery: Nursery, box: Postbox, config: Path, data: Path) -> None:
    """Every command but the last one leaves the server with nothing."""
    with Stopped(config, data) as stopped:
        for line in (b"EHLO", b"MAIL", b"RCPT", b"DATA", b"body"):
            child = nursery.begin(data, stopped.config)
            with stopped.silent_from(line):
                os.kill(child, signal.SIGKILL)
                assert nursery.end() == -signal.SIGKILL
            with open_outbox(DataFolder(data).state) as outbox:
                assert {letter.state for letter in outbox.open_letters(hold=False)} <= {State.QUEUED, State.UNKNOWN}, line
                assert outbox.summary().unsure == (), line
    assert nursery.alert(data, config) == 0
    assert sorted(box.reached) == sorted(PEOPLE)


class Stopped:
    """A server that answers up to a line and then says nothing more, by hand and on one connection after the other."""

    def __init__(self, config: Path, data: Path) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(60)
        self.config = data.parent / "stopped.toml"
        self.config.write_text(re.sub(r"port = \d+", f"port = {self._listener.getsockname()[1]}", config.read_text()))

    def __enter__(self) -> Stopped:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    @contextmanager
    def silent_from(self, last: bytes) -> Iterator[None]:
        """Answer every line before ``last``, then hold the line. ``body``: the message but for its last line."""
        caller, _ = self._listener.accept()
        with caller, caller.makefile("rwb") as lines:
            lines.write(b"220 ready\r\n")
            lines.flush()
            for line in lines:
                command = line[:4].upper()
                if command == last:
                    break
                if command == b"DATA":
                    lines.write(b"354 go on\r\n")
                    lines.flush()
                    lines.readline()
                    break
                lines.write(b"250 OK\r\n")
                lines.flush()
            yield
