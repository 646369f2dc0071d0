"""Watching: real processes against a real web server; SIGTERM, kill -9, a second watch, and what status says of each."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from samehand.cli import main
from samehand.demo.server import serve
from samehand.demo.stacks import NGINX
from samehand.demo.world import Episode, Site
from samehand.outbox import Channel, DigestRow, Occasion, digest_id, open_outbox
from samehand.outbox import State as LetterState
from samehand.schedule import MARKS, Job, begin, end, marks, settle
from samehand.state import open_state
from samehand.timetable import read_timetable
from samehand.watch import watch

_WHEN = datetime(2026, 3, 2, 6, tzinfo=UTC)
_YEARLY = '[schedule]\ncrawl = "0 6 1 1 *"\n'
_MINUTELY = '[schedule]\ncrawl = "* * * * *"\n'


def small_shop(host: str, address: str) -> Site:
    goods = "".join(
        f"<li><a href='/product/{n}'>Lamp {n}</a> <b>$ {n}9.50</b> <button>Add to cart</button></li>" for n in range(1, 9)
    )
    pages = {"/": f"<html><head><title>{host}</title></head><body><h1>Lamps</h1><ul>{goods}</ul></body></html>"}
    pages |= {
        f"/product/{n}": f"<html><body><h1>Lamp {n}</h1><p>$ {n}9.50</p><button>Add to cart</button></body></html>"
        for n in range(1, 9)
    }
    html = "text/html; charset=utf-8"
    replies = {path: NGINX.reply(200, html, body.encode(), host=host, when=_WHEN) for path, body in pages.items()}
    return Site("shop", host, address, replies, NGINX.default_error(host=host, when=_WHEN))


@pytest.fixture
def market_place(tmp_path: Path) -> Iterator[Path]:
    """A folder with a list, a hosts file and a configuration, and a web server that answers for the list."""
    sites = (small_shop("lamps.example", "127.0.0.1"), small_shop("bulbs.example", "127.0.0.1"))
    with serve(Episode("20260302T060000Z", "", tuple(site.url for site in sites), sites)) as serving:
        (tmp_path / "hosts").write_text(serving.hosts)
        (tmp_path / "shops.csv").write_text("url\n" + "".join(f"{site.url}\n" for site in sites))
        (tmp_path / "samehand.toml").write_text(_YEARLY)
        yield tmp_path


def command(folder: Path, *words: str) -> list[str]:
    where = ["--data", str(folder / "data"), "--config", str(folder / "samehand.toml")]
    return [sys.executable, "-m", "samehand", *words, *where]


def watch_words(folder: Path, *more: str) -> list[str]:
    return command(folder, "watch", str(folder / "shops.csv"), "--hosts", str(folder / "hosts"), "--hosts-only", *more)


@contextmanager
def watching(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(watch_words(folder, *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    said = ""
    for line in process.stdout or ():
        said += line
        if words in line:
            return said
    raise AssertionError(f"the watch ended without saying {words!r}:\n{said}")


def status(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["status", "--data", str(folder / "data"), "--config", str(folder / "samehand.toml")])
    return code, capsys.readouterr().out


def test_once_catches_up_and_a_second_time_does_nothing(market_place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = subprocess.run(watch_words(market_place, "--once"), capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    done = [path.parent.name for path in (market_place / "data" / "findings").glob("*/findings.json")]
    assert done == [f"{datetime.now(UTC):%Y}0101T060000Z"]
    assert (market_place / "data" / "reports" / done[0] / "weekly.eml").is_file()
    again = subprocess.run(watch_words(market_place, "--once"), capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (0, "")
    code, said = status(market_place, capsys)
    assert code == 0
    assert "nobody is watching" in said
    assert "crawl      done for" in said
    assert "2 storefronts" in said
    assert said.endswith("healthy\n")


def test_a_watch_waits_tells_what_is_next_and_stops_cleanly(market_place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with watching(market_place) as process:
        said = wait_for(process, "next: crawl at")
        assert f"{datetime.now(UTC).year + 1}-01-01 06:00 UTC" in said
        code, told = status(market_place, capsys)
        assert code == 0
        assert "watch      at work" in told
        assert "crawl      waiting for its first time; next" in told
        second = subprocess.run(watch_words(market_place), capture_output=True, text=True, check=False)
        assert second.returncode == 75
        assert "another watch is at work here" in second.stderr
        process.send_signal(signal.SIGTERM)
        assert "stopped" in process.communicate()[0]
        assert process.returncode == 0
    assert not (market_place / "data" / "crawls").exists()


def test_kill_9_in_a_crawl_and_the_next_watch_goes_on_with_it(market_place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with watching(market_place, "--now") as process:
        wait_for(process, "UTC begins")
        process.kill()
    code, said = status(market_place, capsys)
    assert code == 1
    assert "was cut off and nobody is watching" in said
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:  # the stage of the killed watch may still hold the lock: it is not waited for in the product
        done = subprocess.run(watch_words(market_place, "--once"), capture_output=True, text=True, check=False)
        if done.returncode == 0:
            break
        with open_state(market_place / "data" / "state.sqlite", MARKS) as state:
            state.execute("UPDATE marks SET again = '2026-01-01T00:00:00Z'")
    assert done.returncode == 0, done.stderr
    assert len(list((market_place / "data" / "crawls").iterdir())) == 1
    assert status(market_place, capsys)[0] == 0


def test_sigterm_in_a_stage_ends_it_cleanly_and_it_is_taken_up_again(market_place: Path) -> None:
    with watching(market_place, "--now") as process:
        wait_for(process, "UTC begins")
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=90)[0]
        assert process.returncode == 0
        assert "stopped" in said
    done = subprocess.run(watch_words(market_place, "--once"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((market_place / "data" / "findings").glob("*/findings.json"))) == 1


def test_a_failed_stage_is_told_and_tried_again_later(market_place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (market_place / "shops.csv").write_text("url\nnot a shop at all\n")
    failed = subprocess.run(watch_words(market_place, "--once"), capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "failed: crawl ended with" in failed.stdout
    code, said = status(market_place, capsys)
    assert code == 1
    assert "1 attempt, again" in said
    at_once = subprocess.run(watch_words(market_place, "--once"), capture_output=True, text=True, check=False)
    assert (at_once.returncode, at_once.stdout) == (0, "")  # its pause is not over


def test_a_crawl_that_nobody_started_is_unhealthy_after_its_grace(
    market, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(market.data, tmp_path / "data")
    (tmp_path / "samehand.toml").write_text('[schedule]\ncrawl = "0 6 * * *"\ngrace_hours = 0.0\n')
    code, said = status(tmp_path, capsys)
    assert code == 1
    assert f"is not there; the newest findings are of {market.crawl}" in said
    (tmp_path / "samehand.toml").write_text('[schedule]\ncrawl = "0 6 * * *"\ngrace_hours = 25.0\n')
    assert status(tmp_path, capsys)[0] == 0


def test_a_job_under_way_elsewhere_and_a_failed_one_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "samehand.toml").write_text(_MINUTELY)
    job = Job("crawl", read_timetable("schedule.crawl", "* * * * *", "UTC"))
    with open_state(tmp_path / "data" / "state.sqlite", MARKS) as state:
        settle(state, job, _WHEN, at_once=False)
        begin(state, "crawl", _WHEN, _WHEN)
        end(state, "crawl", _WHEN + timedelta(minutes=3), "crawl ended with 3: the disk is full \x1b[2J")
        assert marks(state)["crawl"].said.startswith("crawl ended")
    code, said = status(tmp_path, capsys)
    assert code == 1
    assert "the disk is full" in said
    assert "\x1b" not in said


def test_a_refused_recipient_is_unhealthy(market, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(market.data, tmp_path / "data")
    (tmp_path / "samehand.toml").write_text("[schedule]\ngrace_hours = 1000000.0\n")
    with open_outbox(tmp_path / "data" / "state.sqlite") as outbox:
        digest = DigestRow(digest_id("", market.crawl), "", market.crawl, Occasion.WEEKLY, 2, True, "news")
        outbox.queue(digest, {(Channel.MAIL, "ann@x.example"): b"letter", (Channel.MAIL, "bo@x.example"): b"letter"})
        ann, bo = outbox.letters(digest.id)
        outbox.note(replace(ann, state=LetterState.ACCEPTED))
        outbox.note(replace(bo, state=LetterState.REFUSED, said="550 5.1.1 no such desk, see http://help.example/x"))
    code, said = status(tmp_path, capsys)
    assert code == 1
    assert f"digest     last sent of {market.crawl}" in said
    assert "was refused for bo@x.example: 550 5.1.1 no such desk, see hxxp://help[.]example/x" in said


_REACHED = _YEARLY + '[crawl]\ncontact = "desk@desk.example"\n'


@pytest.mark.parametrize(
    ("config", "words", "sentence"),
    [
        ('[schedule]\ncrawl = ""\n', ["shops.csv"], "schedule.crawl is empty"),
        (_YEARLY, ["-"], "name a file, not standard input"),
        (_YEARLY, ["nothing.csv"], "there is no such file"),
        ('[schedule]\ncrawl = "every monday"\n', ["shops.csv"], "must have five fields"),
        (_YEARLY, ["shops.csv"], "not crawled without a contact"),
        (_REACHED + '[mail]\nhost = "smtp.desk.example"\n', ["shops.csv"], "mail.recipients"),
    ],
)
def test_wrong_turns_are_told_before_anything_is_waited_for(
    tmp_path: Path, config: str, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "samehand.toml").write_text(config)
    (tmp_path / "shops.csv").write_text("lamps.example\n")
    named = [str(tmp_path / word) if word != "-" else word for word in words]
    assert main(["watch", *named, "--data", str(tmp_path / "data"), "--config", str(tmp_path / "samehand.toml")]) == 2
    assert sentence in capsys.readouterr().err


def test_units_and_cron_lines_run_the_same_watch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "with space % and $"
    folder.mkdir()
    (folder / "samehand.toml").write_text('[schedule]\ncrawl = "0 6 * * MON"\ntimezone = "Europe/Paris"\n')
    (folder / "shops.csv").write_text("lamps.example\n")
    words = ["schedule", str(folder / "shops.csv"), "--data", str(folder / "data"), "--config", str(folder / "samehand.toml")]
    assert main([*words, "--print", "systemd"]) == 0
    units = capsys.readouterr().out
    assert "OnCalendar=Mon *-*-* 06:00:00 Europe/Paris" in units
    assert f'"{folder}/shops.csv"'.replace("%", "%%").replace("$", "$$") in units
    assert main([*words, "--print", "cron"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("#")]
    assert lines[0] == "CRON_TZ=Europe/Paris"
    assert lines[1].startswith("0 6 * * MON  cd ")
    assert lines[2].startswith("@reboot  cd ")
    # as cron hands it to the shell: its own escapes taken off
    spoken = lines[1].partition("&& ")[2].partition(" >>")[0].replace("\\%", "%")
    shown = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {spoken}"], capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]}
    )
    assert shown.stdout.splitlines()[3:] == [
        "watch", str(folder / "shops.csv"), "--once", "--data", str(folder / "data"), "--config", str(folder / "samehand.toml")
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shops.csv").write_text("lamps.example\n")
    (tmp_path / "samehand.toml").write_text("[schedule]\n")
    words = ["schedule", str(tmp_path / "shops.csv"), "--data", str(tmp_path / "data"), "--config", str(tmp_path / "samehand.toml")]
    assert main([*words, "--print", "systemd"]) == 0
    service, _, timer = capsys.readouterr().out.partition("# /etc/systemd/system/samehand.timer")
    (tmp_path / "samehand.service").write_text(service)
    (tmp_path / "samehand.timer").write_text(timer)
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "samehand.timer"), str(tmp_path / "samehand.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "samehand." not in verified.stderr, verified.stderr


def test_a_signal_while_a_stage_starts_reaches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was told to stop then, and the watch waited for the whole stage."""
    stages: list[subprocess.Popen[str]] = []

    class Started(subprocess.Popen[str]):
        def __init__(self, *words: Any, **options: Any) -> None:
            super().__init__(*words, **options)
            stages.append(self)
            signal.raise_signal(signal.SIGTERM)

    stage = tmp_path / "stage"
    stage.write_text("#!/bin/sh\nexec sleep 20\n")
    stage.chmod(0o755)
    (tmp_path / "shops.csv").write_text("a.example\n")
    (tmp_path / "hosts").write_text("127.0.0.1 a.example\n")
    (tmp_path / "samehand.toml").write_text(_MINUTELY)
    monkeypatch.setattr("samehand.watch.subprocess.Popen", Started)
    monkeypatch.setattr("samehand.watch.sys.executable", str(stage))
    options = argparse.Namespace(
        **{"config": tmp_path / "samehand.toml", "data": tmp_path / "data", "candidates": str(tmp_path / "shops.csv")},
        **{"hosts": tmp_path / "hosts", "hosts_only": True, "now": True, "once": False},
    )
    assert watch(options) == 0
    assert [stage.returncode for stage in stages] == [-signal.SIGINT]


def test_who_asks_whether_a_watch_is_alive_keeps_none_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "shops.csv").write_text("a.example\n")
    (tmp_path / "samehand.toml").write_text(_MINUTELY)
    (tmp_path / "hosts").write_text("127.0.0.1 a.example\n")
    options = ["watch", str(tmp_path / "shops.csv"), "--config", str(tmp_path / "samehand.toml"), "--data", str(tmp_path / "data")]
    options += ["--hosts", str(tmp_path / "hosts"), "--hosts-only"]
    with open_state(tmp_path / "data" / "state.sqlite", MARKS) as state:
        settle(
            state, Job("crawl", read_timetable("schedule.crawl", "* * * * *", "UTC")), _WHEN + timedelta(days=9999), at_once=False
        )
    with (tmp_path / "data" / ".watch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        monkeypatch.setattr("samehand.watch.time.sleep", lambda _seconds: fcntl.flock(lock, fcntl.LOCK_UN))
        assert main([*options, "--once"]) == 0
    assert capsys.readouterr().err == ""


def test_a_login_without_a_name_is_told_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a container there may be no name for the number; that ended in a traceback."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 54321)
    (tmp_path / "shops.csv").write_text("a.example\n")
    (tmp_path / "samehand.toml").write_text(_YEARLY)
    words = ["schedule", str(tmp_path / "shops.csv"), "--data", str(tmp_path / "data"), "--config", str(tmp_path / "samehand.toml")]
    assert main([*words, "--print", "systemd"]) == 0
    assert "\nUser=54321\n" in capsys.readouterr().out
