"""The command line: help, exit codes, and one sentence instead of a traceback for whatever a person can get wrong."""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from samehand.cli import EXIT_CODES, build_parser, main

ROOT = Path(__file__).parents[2]
_words = next(action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction))
COMMANDS = sorted(_words.choices)
STAGES = ("run", "crawl", "import", "analyse", "report", "why", "show", "export", "evaluate", "demo")


def samehand(*words: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "samehand", *words]
    return subprocess.run(command, cwd=cwd, env=environment, input=stdin, capture_output=True, text=True, timeout=120, check=False)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence that a bad input is answered with."""
    assert main(words) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    (line,) = streams.err.strip().splitlines()
    assert line.startswith("samehand: ")
    assert "Traceback" not in line
    return line


def test_every_stage_is_a_word() -> None:
    assert set(STAGES) <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"example: samehand {command}" in shown
    assert "--data DIR" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_of_a_command_is_understood(command: str) -> None:
    parser = _words.choices[command]
    assert parser.epilog is not None
    example = parser.epilog.removeprefix("example: samehand ").split()
    assert build_parser().parse_args(example).command is not None


def test_the_exit_codes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert all(f"{code} {means}" in shown for code, means in EXIT_CODES.items())
    assert set(EXIT_CODES) == {0, 1, 2, 3, 11, 75}


def test_an_unknown_word_is_bad_input(tmp_path: Path) -> None:
    done = samehand("dance", cwd=tmp_path)
    assert done.returncode == 2
    assert "invalid choice" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_candidate_list_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "crawl", str(tmp_path / "absent.csv"), "--data", str(tmp_path))
    assert "absent.csv: there is no such file; name a CSV" in said


def test_bad_lines_are_named_and_none_usable_ends_in_two(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("url\nhttp://\nnot a host!\n", "utf-8")
    done = samehand("crawl", "list.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "list.csv" in done.stderr


def test_standard_input_is_a_list_too(tmp_path: Path) -> None:
    done = samehand("crawl", "-", cwd=tmp_path, stdin="\n\n")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_hosts_file_must_exist_and_hosts_only_needs_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("url\nshop.example\n", "utf-8")
    words = ("crawl", str(tmp_path / "list.csv"), "--data", str(tmp_path))
    assert "no such hosts file" in refused(capsys, *words, "--hosts", str(tmp_path / "absent"))
    assert "--hosts-only needs --hosts FILE" in refused(capsys, *words, "--hosts-only")


def test_a_bad_crawl_id_is_told_how_to_write_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("url\nshop.example\n", "utf-8")
    (tmp_path / "hosts").write_text("127.0.0.1 shop.example\n", "utf-8")
    words = ("crawl", str(tmp_path / "list.csv"), "--data", str(tmp_path), "--hosts", str(tmp_path / "hosts"))
    said = refused(capsys, *words, "--crawl-id", "../../etc")
    assert "20260302T060000Z" in said
    assert not (tmp_path / "crawls").exists()


@pytest.mark.parametrize("command", [("why", "a.example", "b.example"), ("show", "a.example"), ("export", "links"), ("report",)])
def test_without_findings_the_next_step_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert "samehand analyse" in refused(capsys, *command, "--data", str(tmp_path))


def test_without_a_crawl_the_next_step_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "samehand crawl" in refused(capsys, "analyse", "--data", str(tmp_path))


def test_an_unfinished_crawl_is_told_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "crawls" / "20260302T060000Z").mkdir(parents=True)
    said = refused(capsys, "analyse", "20260302T060000Z", "--data", str(tmp_path))
    assert "did not finish" in said
    assert "--crawl-id 20260302T060000Z" in said


@pytest.mark.parametrize("content", [b"", b"no archive at all\n", b"\x1f\x8b\x08\x00broken"])
def test_a_file_that_is_no_archive_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(content)
    assert main(["import", str(path), "--data", str(tmp_path / "data")]) == 2
    said = capsys.readouterr().err
    assert "odd.warc.gz" in said
    assert "Traceback" not in said


def test_an_archive_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "absent.warc: there is no such file" in refused(capsys, "import", str(tmp_path / "absent.warc"), "--data", str(tmp_path))


def test_an_unknown_configuration_key_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.toml"
    path.write_text("[crawl]\npagse = 3\n", "utf-8")
    (tmp_path / "list.csv").write_text("url\nshop.example\n", "utf-8")
    said = refused(capsys, "crawl", str(tmp_path / "list.csv"), "--data", str(tmp_path), "--config", str(path))
    assert "my.toml" in said
    assert "crawl.pagse" in said
    assert "crawl.pages" in said


def test_the_configuration_beside_us_is_read(tmp_path: Path) -> None:
    (tmp_path / "samehand.toml").write_text("[crawl]\nwat = 1\n", "utf-8")
    (tmp_path / "list.csv").write_text("url\nshop.example\n", "utf-8")
    done = samehand("crawl", "list.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "crawl.wat" in done.stderr


@pytest.mark.parametrize("command", [("analyse",), ("report",), ("import", "a.warc")])
def test_a_second_writer_ends_at_once_with_75(tmp_path: Path, command: tuple[str, ...]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "a.warc").touch()
    with (data / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        done = samehand(*command, cwd=tmp_path)
    assert done.returncode == 75
    assert re.fullmatch(r"samehand: data: another samehand is at work here; wait for it or use another --data\n", done.stderr)


def test_a_reader_that_leaves_is_no_failure(market, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with os.fdopen(writer, "w") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "samehand", "export", "evidence", "--data", str(market.data)],
            cwd=tmp_path, env=environment, stdout=gone, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_full_disk_is_told(market, capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this machine")
    with suppress(OSError), Path("/dev/full").open("w") as full, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        code = main(["export", "evidence", "--data", str(market.data)])
    assert code == 3
    assert "the disk is full" in capsys.readouterr().err


def test_hostile_names_cannot_speak_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "crawl", str(tmp_path / "a\x1b[2Jb\nc.csv"), "--data", str(tmp_path))
    assert "\x1b" not in said
