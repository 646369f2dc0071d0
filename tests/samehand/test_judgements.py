"""The judgements' table: added and never changed, kept over a kill, out and in as CSV to the byte."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.linkage.judgements import Judgement, Verdict
from samehand.judgements import add, as_csv, bring_in, new_entry, read_csv, recorded, strike
from samehand.problems import BadInput

ROOT = Path(__file__).parents[2]
WHEN = "2026-03-02T06:00:00Z"


def pair(a: str = "a.example", b: str = "b.example", verdict: str = "same", why: str = "seen", who: str = "ann") -> Judgement:
    return new_entry(verdict, who=who, why=why, when=WHEN, sites=(a, b))


def test_what_is_recorded_is_kept_with_who_when_and_why(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    assert recorded(state) == ()
    assert not state.exists(), "a question makes no file"
    assert add(state, pair()).number == 1
    assert add(state, pair(verdict="different")).number == 2
    first, second = recorded(state)
    assert (first.verdict, second.verdict) == (Verdict.SAME, Verdict.DIFFERENT)
    assert (first.who, first.when, first.why, first.pair) == ("ann", WHEN, "seen", ("a.example", "b.example"))


@pytest.mark.parametrize("statement", ["UPDATE judgements SET verdict = 'same'", "DELETE FROM judgements"])
def test_the_history_cannot_be_rewritten(tmp_path: Path, statement: str) -> None:
    add(tmp_path / "state.sqlite", pair(verdict="different"))
    with sqlite3.connect(tmp_path / "state.sqlite") as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(statement)
    connection.close()
    assert recorded(tmp_path / "state.sqlite")[0].verdict is Verdict.DIFFERENT


def test_what_was_acknowledged_survives_a_kill_and_what_was_not_is_whole_or_gone(tmp_path: Path) -> None:
    """A writer is killed in the middle of its work, a batch of three a time."""
    state = tmp_path / "state.sqlite"
    script = (
        "import sys; from pathlib import Path; from samehand.judgements import bring_in, new_entry\n"
        "for n in range(10**6):\n"
        "    rows = [new_entry('same', who='ann', why=f'{n} {k}', when='2026-03-02T06:00:00Z',\n"
        "            sites=('a.example', 'b.example')) for k in range(3)]\n"
        "    bring_in(Path(sys.argv[1]), rows); print(n, flush=True)\n"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", script, str(state)], stdout=subprocess.PIPE, env=environment) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(5)][-1]
        writer.send_signal(signal.SIGKILL)
    rows = recorded(state)
    assert len(rows) >= 3 * (acknowledged + 1)
    assert len(rows) % 3 == 0
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert add(state, pair()).number == len(rows) + 1


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=30).filter(str.strip)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, st.sampled_from(["same", "different", "unsure"])), min_size=1, max_size=6))
def test_out_and_in_again_gives_the_same_bytes(drawn: list[tuple[str, str, str, str]]) -> None:
    """Also of what a spreadsheet would take for a formula, of quotes, line breaks and equal rows."""
    with tempfile.TemporaryDirectory() as folder:
        one, two, file = Path(folder, "one.sqlite"), Path(folder, "two.sqlite"), Path(folder, "judgements.csv")
        for who, why, value, verdict in drawn:
            add(one, pair(verdict=verdict, why=why, who=who))
            add(one, new_entry("noise", who=who, why=why, when=WHEN, value=("payment.merchant_id", value)))
        written = as_csv(recorded(one)).encode()
        file.write_bytes(written)
        rows = [entry.judgement for entry in read_csv(file, who="else", when=WHEN)]
        assert bring_in(two, rows) == 2 * len(drawn)
        assert as_csv(recorded(two)).encode() == written
        assert bring_in(two, rows) == 0, "what is known already is not brought in twice"
        assert recorded(one) == recorded(two)


def test_cells_that_a_spreadsheet_would_run_are_defused() -> None:
    line = as_csv([pair(why="=cmd|' /C calc'!A0", who="+ann")]).splitlines()[1]
    assert "\"'=cmd|' /C calc'!A0\"" in line
    assert ',"\'+ann",' in line


def test_a_filled_in_queue_is_taken_as_it_is(tmp_path: Path) -> None:
    """No who, no when, columns of its own, and open questions left open."""
    file = tmp_path / "queue.csv"
    file.write_text(
        "site_a,site_b,verdict,why,usefulness\nB.example,https://www.a.example/x,Same,one phone,0.2\nc.example,d.example,,,0.1\n"
    )
    (entry,) = read_csv(file, who="ann", when=WHEN)
    assert entry.judgement == pair(why="one phone")
    assert entry.line == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a.example,b.example,maybe,seen,", "maybe: no verdict on two storefronts; say same, different or unsure"),
        ("a.example,a.example,same,seen,", "cannot be judged beside itself"),
        ("a.example,not a site,same,seen,", "has a space inside"),
        ("a.example,b.example,same,,", "a judgement needs why"),
        ("a.example,b.example,same,seen,yesterday", "no time; write it in UTC as 2026-03-02T06:00:00Z"),
        ("a.example,b.example,same,seen,2062-03-02T06:00:00Z", "lies in the future"),
        ("a.example,b.example,same", "has 3 cells where the head has 5"),
        ('a.example,b.example,same,"seen', "no CSV"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, row: str, words: str) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f'site_a,site_b,verdict,why,when\nc.example,d.example,same,"two\nlines",\n{row}\n')
    with pytest.raises(BadInput) as problem:
        read_csv(file, who="ann", when=WHEN)
    assert str(problem.value).startswith(f"{file}: line ")
    assert "line 4" in str(problem.value) or "no CSV" in words
    assert words in str(problem.value)
    assert "nothing was brought in" in str(problem.value)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="line 1: needs a head"):
        read_csv(file, who="ann", when=WHEN)
    file.write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(BadInput, match="not UTF-8"):
        read_csv(file, who="ann", when=WHEN)


def test_a_site_is_struck_wherever_it_is_named_and_names_that_end_alike_stay(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    for why in ("like hxxps://www.lamp[.]example/", "like mylamp.example", "like lamp.example.net"):
        add(state, pair(why=why))
    add(state, pair("lamp.example", "c.example"))
    assert strike(state, "lamp.example") == 2
    assert [row.why for row in recorded(state)] == ["like mylamp.example", "like lamp.example.net"]
