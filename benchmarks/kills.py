"""``python -m benchmarks.kills``: kill -9 at random moments over crawl, analyse and alert; is anything lost or doubled?

Every trial starts from what an undisturbed run had before the stage, kills the stage (its whole process group, or its first
process alone, in turn), runs the same command again until it ends and those that follow, and compares with the undisturbed run:
every storefront archived, archive files that were acknowledged before the kill unchanged after it, findings byte for byte, and
each recipient's mail once. A mail may come twice, with one Message-ID, where the process died between the server's answer and its
own note of it: these are counted apart.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller

from benchmarks.half_year.pages import render
from benchmarks.half_year.plan import crawl_id, make_plan, moment
from benchmarks.half_year.serving import Front, serve

__all__ = ["main"]

_RECIPIENTS = ("desk@rights.example", "cards@network.example")
_SITES = 3
_CONFIG = """[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "samehand@desk.example"
recipients = [{listed}]
"""


@dataclass(slots=True)
class _Inbox:
    """What the mail server took, by (Message-ID, recipient)."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        message = message_from_bytes(getattr(envelope, "original_content", b""))
        for recipient in getattr(envelope, "rcpt_tos", ()):
            self.seen[str(message["Message-ID"]), recipient] += 1
        return "250 kept"


@dataclass(slots=True)
class _Tally:
    """Figures over all trials."""

    kills: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    window: int = 0


def main(argv: Sequence[str] | None = None) -> int:
    """Kill, resume, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(argv)
    rng = random.Random(arguments.seed)
    plan = make_plan(arguments.seed)
    shops = [shop for shop in plan.shops if shop.born == 0][:_SITES]
    fronts = {shop.host: Front(shop, render(shop), "") for shop in shops}
    tally = _Tally()
    with tempfile.TemporaryDirectory(prefix="samehand-kills-") as scratch, serve(fronts, moment(0)) as hosts:
        folder = Path(scratch)
        (folder / "hosts").write_text(hosts)
        (folder / "shops.csv").write_text("url\n" + "".join(f"http://{shop.host}/\n" for shop in shops))
        _, spans = _trial(folder, None, tally)
        wanted = _digest(folder / "data")
        for number in range(arguments.trials):
            stage = number % len(spans)
            kill = (stage, rng.uniform(0, spans[stage]), number // len(spans) % 2 == 0)
            name, _ = _trial(folder, kill, tally)
            tally.kills[name] += 1
            if _digest(folder / "data") != wanted:
                tally.lost.append(f"trial {number}, {name} killed: the findings differ from those of an undisturbed run")
            print(f"{number + 1}/{arguments.trials}: {name}", file=sys.stderr, flush=True)
    spread = ", ".join(f"{count} in {name}" for name, count in sorted(tally.kills.items()))
    print(f"{sum(tally.kills.values())} kills ({spread}): {len(tally.lost)} with something lost, {len(tally.doubled)} doubled,")
    print(f"{tally.window} mails twice in the one window that SMTP leaves")
    print("\n".join(f"- {line}" for line in (*tally.lost, *tally.doubled)))
    return 1 if tally.lost or tally.doubled else 0


def _commands(folder: Path) -> list[list[str]]:
    data = ["--data", str(folder / "data"), "--config", str(folder / "samehand.toml")]
    crawl = ["crawl", str(folder / "shops.csv"), "--hosts", str(folder / "hosts"), "--hosts-only", "--crawl-id", crawl_id(0)]
    return [[*words, *data] for words in (crawl, ["analyse", crawl_id(0)], ["alert"])]


def _trial(folder: Path, kill: tuple[int, float, bool] | None, tally: _Tally) -> tuple[str, list[float]]:
    """One run, disturbed or not; the name of the stage that was killed and how long each stage took."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    if kill and kill[0]:
        shutil.copytree(folder / f"before-{kill[0]}", folder / "data")
    inbox = _Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=_free_port())
    controller.start()
    spans, killed = [], "nothing"
    try:
        (folder / "samehand.toml").write_text(
            _CONFIG.format(port=controller.port, listed=", ".join(f'"{one}"' for one in _RECIPIENTS))
        )
        for number, words in enumerate(_commands(folder)):
            if kill and number < kill[0]:
                continue
            if kill is None and number:
                shutil.copytree(folder / "data", folder / f"before-{number}")
            start = time.monotonic()
            if kill and kill[0] == number:
                killed = words[0] if _killed(words, kill[1], whole_group=kill[2]) else f"{words[0]} (already done)"
                kept = _acknowledged(folder / "data")
                if killed == words[0]:
                    _finish(words)
                if any(_acknowledged(folder / "data").get(name) != digest for name, digest in kept.items()):
                    tally.lost.append(f"an archive file that was acknowledged is not what it was ({killed} killed)")
            else:
                _finish(words)
            spans.append(time.monotonic() - start)
    finally:
        controller.stop()
    for recipient in _RECIPIENTS:
        taken = [count for (_, to), count in inbox.seen.items() if to == recipient]
        if not taken:
            tally.lost.append(f"{recipient} got no mail ({killed} killed)")
        elif len(taken) > 1:
            tally.doubled.append(f"{recipient} got {len(taken)} different mails ({killed} killed)")
        elif taken[0] > 1:
            tally.window += 1
            if killed != "alert" or taken[0] > 2:
                tally.doubled.append(f"{recipient} got one mail {taken[0]} times ({killed} killed)")
    return killed, spans


def _finish(words: list[str]) -> None:
    for _ in range(50):
        done = subprocess.run([sys.executable, "-m", "samehand", *words], capture_output=True, text=True, check=False)
        if done.returncode == 75:
            time.sleep(0.2)  # an orphan of the killed run is still holding the lock
            continue
        if done.returncode == 2 and "holds a finished crawl" in done.stderr:
            return  # killed after its last act, or an orphan has ended it
        if done.returncode:
            raise SystemExit(f"samehand {' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return
    raise SystemExit(f"samehand {words[0]}: the lock was never released")


def _killed(words: list[str], after: float, *, whole_group: bool) -> bool:
    """Run, wait, kill; False when it had ended by itself before."""
    running = subprocess.Popen(
        [sys.executable, "-m", "samehand", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        running.wait(after)
        return False
    except subprocess.TimeoutExpired:
        if whole_group:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
        running.wait()
        return True


def _acknowledged(data: Path) -> dict[str, str]:
    """Archive file -> digest of its bytes, of the storefronts that the crawl's ledger says are done."""
    crawl = data / "crawls" / crawl_id(0)
    if not (crawl / "ledger.sqlite").is_file():
        return {}
    with closing(sqlite3.connect(crawl / "ledger.sqlite")) as ledger:
        try:
            sites = [str(row[0]) for row in ledger.execute("SELECT site FROM done")]
        except sqlite3.OperationalError:  # killed before the table was made
            return {}
    files = [crawl / f"{hashlib.sha256(site.encode()).hexdigest()[:16]}.warc.gz" for site in sites]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _digest(data: Path) -> str:
    """One digest over what a run must come to: the storefronts archived and the findings' traces, links and clusters."""
    made = hashlib.sha256()
    made.update("\n".join(sorted(path.name for path in (data / "crawls" / crawl_id(0)).glob("*.warc.gz"))).encode())
    for path in sorted((data / "findings" / crawl_id(0)).iterdir()):
        made.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def _free_port() -> int:
    with socket.socket() as probing:
        probing.bind(("127.0.0.1", 0))
        return int(probing.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())
