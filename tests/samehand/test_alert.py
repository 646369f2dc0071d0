"""``samehand alert`` by the command line: real findings, a real outbox, a real SMTP server and a real webhook."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from samehand.cli import main
from samehand.data_folder import DataFolder
from samehand.outbox import open_outbox
from tests.mail_server import Postbox, read, serving
from tests.samehand.findings_chain import FIRST, FOURTH, GONE, JOINED, LANGUAGE, PAYMENT, SECOND, THIRD, write_findings

ANN, BO, CHIEF = "ann@desk.example", "bo@desk.example", "chief@desk.example"


@dataclass
class Desk:
    """A data folder, a configuration and the mailbox behind it."""

    data: Path
    config: Path
    box: Postbox
    port: int

    def configure(self, *sections: str, port: int | None = None, **mail: object) -> None:
        keys: dict[str, object] = {"recipients": [ANN, BO], "patience": 0, **mail}
        lines = [f"{name} = {json.dumps(value)}" for name, value in keys.items()]
        head = f'[mail]\nhost = "127.0.0.1"\nport = {port or self.port}\nsecurity = "none"\nsender = "samehand@desk.example"\n'
        self.config.write_text(head + "\n".join([*lines, *sections]) + "\n", encoding="utf-8")

    def run(self, *words: str) -> int:
        return main([*words, "--data", str(self.data), "--config", str(self.config)])

    def let_time_pass(self) -> None:
        """As if every wait were over."""
        with open_outbox(DataFolder(self.data).state) as outbox:
            for letter in outbox.open_letters(hold=False):
                outbox.note(replace(letter, wait=0.0))

    def alert(self, *words: str) -> int:
        return self.run("alert", *words)

    @property
    def subjects(self) -> list[tuple[str, str]]:
        return [(envelope.rcpt_tos[0], str(read(envelope)["Subject"])) for envelope in self.box.kept]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    box = Postbox()
    with serving(box) as port:
        made = Desk(tmp_path / "data", tmp_path / "my.toml", box, port)
        made.configure()
        yield made


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_the_first_digest_tells_the_newest_crawl_and_a_second_run_sends_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    write_findings(desk.data, FIRST, "", JOINED)
    write_findings(desk.data, SECOND, FIRST, PAYMENT)
    assert desk.alert() == 0
    said = capsys.readouterr().out
    assert said.startswith(f"digest of {SECOND}: samehand, 9 March 2026: 1 payment notice\n")
    assert "mail sent to 2 of 2 recipients" in said
    assert desk.box.reached == [ANN, BO]
    assert desk.alert() == 0
    assert capsys.readouterr().out == f"nothing new: the last digest that was sent tells everything up to {SECOND}\n"
    assert len(desk.box.kept) == 2


def test_the_next_digest_tells_everything_since_the_last_one_sent(desk: Desk) -> None:
    write_findings(desk.data, FIRST)
    desk.alert()
    write_findings(desk.data, SECOND, FIRST, PAYMENT)
    write_findings(desk.data, THIRD, SECOND, GONE)
    desk.box.kept.clear()
    assert desk.alert() == 0
    assert desk.subjects == [(name, "samehand, 16 March 2026: 1 payment notice, 1 storefront gone") for name in (ANN, BO)]


def test_run_and_report_go_through_the_same_outbox(desk: Desk) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    assert desk.alert() == 0
    assert desk.run("report", "--send") == 0
    assert desk.box.reached == [ANN, BO]
    write_findings(desk.data, SECOND, FIRST, GONE)
    assert desk.run("report", SECOND, "--send") == 0
    assert desk.alert() == 0
    assert desk.box.reached == [ANN, BO, ANN, BO]
    assert len(set(desk.box.got)) == 4


def test_a_digest_nobody_got_is_told_by_the_next_one(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST)
    desk.alert()
    desk.box.kept.clear()
    write_findings(desk.data, SECOND, FIRST, PAYMENT)
    desk.configure(port=closed_port())
    assert desk.alert() == 1
    assert "was not delivered: Connection refused; it stays in the outbox" in capsys.readouterr().err
    assert desk.alert() == 1
    write_findings(desk.data, THIRD, SECOND, GONE)
    desk.configure()
    assert desk.alert() == 0
    assert desk.subjects == [(name, "samehand, 16 March 2026: 1 payment notice, 1 storefront gone") for name in (ANN, BO)]


def test_who_was_put_off_gets_both_weeks_and_the_others_none_twice(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.box.answers[BO] = ["451 later"]
    write_findings(desk.data, FIRST, "", PAYMENT)
    assert desk.alert() == 0
    assert f"{BO} has not got the digest of {FIRST} yet (451 later)" in capsys.readouterr().err
    write_findings(desk.data, SECOND, FIRST, GONE)
    desk.let_time_pass()
    assert desk.alert() == 0
    assert sorted(desk.box.reached) == [ANN, ANN, BO, BO]
    assert len(set(desk.box.got)) == 4
    assert capsys.readouterr().err == ""


def test_refused_recipients_are_named_and_the_rest_get_theirs(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.box.answers[ANN] = ["550 no such desk"]
    write_findings(desk.data, FIRST)
    assert desk.alert() == 0
    said = capsys.readouterr()
    assert f"{ANN} was refused: 550 no such desk" in said.err
    assert "mail sent to 1 of 2 recipients" in said.out
    assert desk.box.reached == [BO]
    with open_outbox(DataFolder(desk.data).state) as outbox:
        assert [row.recipient for row in outbox.summary().refused] == [ANN]


def test_refused_by_all_is_a_failure_until_it_is_mended(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.box.answers = {ANN: ["550 no"], BO: ["550 no"]}
    write_findings(desk.data, FIRST)
    assert desk.alert() == 1
    assert f"samehand alert --resend {FIRST} sends it again" in capsys.readouterr().err
    assert desk.alert() == 1
    assert desk.alert("--resend") == 0
    assert desk.box.reached == [ANN, BO]


def test_a_lost_answer_is_told_as_what_it_is(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    desk.configure(unsure="hold")
    desk.box.ends = ["lost", "lost"]
    assert desk.alert() == 1
    said = capsys.readouterr().err
    assert "nobody has confirmed the weekly mail, though it may have been delivered" in said
    assert f"it is held; samehand alert --resend {FIRST} --to {BO} sends it again" in said
    assert desk.alert("--dry-run") == 0
    assert f"may have got {ANN}, the digest of {FIRST}" in capsys.readouterr().out
    assert desk.alert("--resend", FIRST, "--to", BO) == 0
    assert desk.box.reached == [ANN, BO, BO]
    said = capsys.readouterr().err
    assert f"{ANN} may have got" in said
    assert f"{BO} may have got" not in said


def test_lists_by_severity_and_one_mail_for_an_address_on_several(desk: Desk) -> None:
    desk.configure(recipients=[ANN], change_recipients=[BO, ANN.upper()], alert_recipients=[CHIEF, BO])
    reached = []
    for crawl, previous, change in ((FIRST, "", LANGUAGE), (SECOND, FIRST, PAYMENT), (THIRD, SECOND, JOINED)):
        write_findings(desk.data, crawl, previous, change)
        desk.box.kept.clear()
        assert desk.alert() == 0
        reached.append(desk.box.reached)
    assert reached[1:] == [[ANN, BO], [ANN, BO, CHIEF]]


def test_a_severity_nobody_wants_is_told_with_the_next_one_somebody_wants(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST)
    desk.alert()
    desk.configure(recipients=[], alert_recipients=[CHIEF])
    desk.box.kept.clear()
    capsys.readouterr()
    write_findings(desk.data, SECOND, FIRST, PAYMENT)
    assert desk.alert() == 0
    assert "severity change, which nobody is configured to get" in capsys.readouterr().out
    write_findings(desk.data, THIRD, SECOND, JOINED)
    assert desk.alert() == 0
    ((_, subject),) = desk.subjects
    assert "1 payment notice" in subject


def test_a_week_without_news_is_a_line_or_silence(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST)
    desk.alert()
    desk.box.kept.clear()
    write_findings(desk.data, SECOND, FIRST)
    desk.configure(quiet="silent")
    assert desk.alert() == 0
    assert "nothing changed, nobody is told (mail.quiet is silent)" in capsys.readouterr().out
    assert desk.box.kept == []
    desk.configure(quiet="line")
    assert desk.alert() == 0
    assert desk.subjects == [(name, "samehand, 9 March 2026: nothing changed") for name in (ANN, BO)]


def test_since_tells_it_all_again_once_and_the_next_week_goes_on(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST)
    write_findings(desk.data, SECOND, FIRST, PAYMENT)
    desk.alert()
    write_findings(desk.data, THIRD, SECOND, GONE)
    desk.alert()
    desk.box.kept.clear()
    for _ in range(2):
        assert desk.alert("--since", FIRST) == 0
    assert desk.subjects == [(name, "samehand, 16 March 2026: 1 payment notice, 1 storefront gone") for name in (ANN, BO)]
    capsys.readouterr()
    assert desk.alert() == 0
    assert "nothing new" in capsys.readouterr().out
    write_findings(desk.data, FOURTH, THIRD, LANGUAGE)
    desk.box.kept.clear()
    assert desk.alert() == 0
    assert all("payment" not in subject for _, subject in desk.subjects)
    assert desk.alert("--since", FOURTH) == 2
    assert desk.alert("--since", "last week") == 2


def test_since_that_leaves_a_gap_saves_the_next_digest_nothing(desk: Desk) -> None:
    write_findings(desk.data, FIRST)
    desk.alert()
    write_findings(desk.data, SECOND, FIRST, PAYMENT)
    write_findings(desk.data, THIRD, SECOND, GONE)
    assert desk.alert("--since", SECOND) == 0
    desk.box.kept.clear()
    assert desk.alert() == 0
    assert all("1 payment notice" in subject for _, subject in desk.subjects)
    assert len(desk.subjects) == 2


def test_resend_gives_the_stored_bytes_again(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    desk.alert()
    write_findings(desk.data, SECOND, FIRST, GONE)
    desk.alert()
    desk.configure("[report]", 'domain = "another.example"')
    write_findings(desk.data, FIRST, "", JOINED)
    before = {envelope.rcpt_tos[0]: envelope.original_content for envelope in desk.box.kept[:2]}
    desk.box.kept.clear()
    assert desk.alert("--resend", FIRST, "--to", BO) == 0
    assert [(envelope.rcpt_tos[0], envelope.original_content) for envelope in desk.box.kept] == [(BO, before[BO])]
    assert desk.alert("--resend") == 0
    assert desk.box.reached == [BO, ANN, BO]
    capsys.readouterr()
    for words in (["--resend", "--to", "x@y.example"], ["--resend", THIRD], ["--to", BO], ["--resend", "last"]):
        assert desk.alert(*words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_a_dry_run_tells_who_would_get_what_and_touches_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    assert desk.alert("--dry-run") == 0
    said = capsys.readouterr().out
    assert "severity     alert" in said
    assert f"would go to  {ANN}" in said
    assert not DataFolder(desk.data).state.exists()
    eml = desk.data / "reports" / f"{FIRST}.alert.eml"
    assert str(eml) in said
    assert b"samehand, 2 March 2026" in eml.read_bytes()
    desk.box.answers[BO] = ["451 later"]
    desk.alert()
    before = DataFolder(desk.data).state.read_bytes()
    capsys.readouterr()
    for words in ([], ["--resend"], ["--since", "20200101T000000Z"]):
        assert desk.alert("--dry-run", *words) == 0
    assert f"still owed   {BO}" in capsys.readouterr().out
    assert DataFolder(desk.data).state.read_bytes() == before
    assert desk.box.reached == [ANN]


def test_findings_under_a_clock_that_ran_ahead_do_not_silence_later_ones(desk: Desk) -> None:
    write_findings(desk.data, FIRST)
    desk.alert()
    ahead = desk.data / "findings" / "20360302T060000Z"
    write_findings(desk.data, ahead.name, FIRST, GONE)
    desk.alert()
    for path in ahead.iterdir():
        path.unlink()
    ahead.rmdir()
    write_findings(desk.data, SECOND, FIRST, PAYMENT)
    desk.box.kept.clear()
    assert desk.alert() == 0
    assert desk.box.reached == [ANN, BO]


def test_nobody_to_tell_and_unreadable_secrets_are_said_before_anything_else(
    desk: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_findings(desk.data, FIRST)
    desk.config.write_text("[mail]\n")
    assert desk.alert() == 2
    assert "mail.host" in capsys.readouterr().err
    desk.configure(user="samehand", security="tls", password_file=str(tmp_path / "absent"))
    desk.config.write_text(desk.config.read_text().replace('security = "none"\n', ""))
    assert desk.alert() == 2
    assert "No such file" in capsys.readouterr().err
    assert not DataFolder(desk.data).state.exists()


def test_no_secret_reaches_the_outbox_or_the_screen(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", "hunter2-and-more")
    monkeypatch.setenv("SAMEHAND_WEBHOOK_SECRET", "hush-hush-hush")
    write_findings(desk.data, FIRST, "", PAYMENT)
    desk.configure("[alert]", f'webhook = "http://127.0.0.1:{closed_port()}/T0/token-in-path"', user="samehand")
    desk.config.write_text(desk.config.read_text().replace('security = "none"', 'security = "starttls"'))
    assert desk.alert() == 1
    said = capsys.readouterr()
    kept = b"".join(path.read_bytes() for path in desk.data.rglob("state.sqlite*"))
    for secret in ("hunter2-and-more", "hush-hush-hush", "token-in-path"):
        assert secret not in said.out + said.err
        assert secret.encode() not in kept


@pytest.fixture
def receiver() -> Iterator[tuple[int, list[tuple[dict[str, str], bytes]], list[int]]]:
    kept: list[tuple[dict[str, str], bytes]] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.append((dict(self.headers.items()), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port, kept, answers
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_webhook_is_told_once_signed_and_on_its_own_account(
    desk: Desk,
    receiver: tuple[int, list[tuple[dict[str, str], bytes]], list[int]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port, kept, answers = receiver
    monkeypatch.setenv("SAMEHAND_WEBHOOK_SECRET", "hush")
    write_findings(desk.data, FIRST, "", PAYMENT)
    desk.configure("[alert]", f'webhook = "http://127.0.0.1:{port}/hook"')
    answers.append(503)
    assert desk.alert() == 1
    assert "the digest for the webhook was not delivered: 503" in capsys.readouterr().err
    assert desk.box.reached == [ANN, BO]
    desk.let_time_pass()
    assert desk.alert() == 0
    assert "webhook 127.0.0.1 told" in capsys.readouterr().out
    assert desk.alert() == 0
    assert desk.box.reached == [ANN, BO]
    (first, body), (second, again) = kept
    assert body == again
    assert first["Idempotency-Key"] == second["Idempotency-Key"] == hashlib.sha256(body).hexdigest()
    assert first["X-Samehand-Signature"] == "sha256=" + hmac.new(b"hush", body, hashlib.sha256).hexdigest()
    assert json.loads(body)["changes"][0]["sentence_raw"] == PAYMENT.sentence
    assert desk.alert("--resend", "--to", "webhook") == 0
    assert len(kept) == 3


def test_two_at_once_tell_nobody_twice(desk: Desk) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    command = [sys.executable, "-m", "samehand", "alert", "--data", str(desk.data), "--config", str(desk.config)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for process in running:
        process.communicate()
    assert {process.returncode for process in running} <= {0, 75}
    assert sorted(desk.box.reached) == [ANN, BO]


def test_who_holds_the_folder_is_waited_for_by_nobody(desk: Desk) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    with DataFolder(desk.data).locked():
        assert desk.alert() == 75
    assert desk.box.kept == []


def test_status_tells_of_a_digest_that_reached_nobody(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    desk.configure(port=closed_port())
    desk.alert()
    capsys.readouterr()
    assert desk.run("status") == 1
    assert f"unhealthy  the digest of {FIRST} has reached nobody yet: Connection refused" in capsys.readouterr().out
    desk.configure()
    desk.alert()
    capsys.readouterr()
    desk.run("status")
    assert "reached nobody" not in capsys.readouterr().out


def test_a_forgotten_site_is_in_no_letter(desk: Desk) -> None:
    write_findings(desk.data, FIRST, "", PAYMENT)
    desk.configure("[alert]", f'webhook = "http://127.0.0.1:{closed_port()}/"')
    desk.alert()
    desk.alert("--resend", "--dry-run")
    assert b"one.example" in DataFolder(desk.data).state.read_bytes()
    assert desk.run("forget", "one.example") == 0
    assert not any(b"one.example" in path.read_bytes() for path in desk.data.rglob("state.sqlite*"))
    assert list((desk.data / "reports").glob("*.eml")) == []
    assert desk.alert("--resend") == 2
