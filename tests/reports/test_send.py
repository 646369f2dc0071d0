"""Handing letters to a real SMTP server on loopback that speaks TLS, asks for a password, refuses, fails and breaks off."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
import trustme

from reports.answer import Answer, CarrierDown, Fate, SendError
from reports.send import Mailer, Security, SmtpSettings, addressed
from tests.mail_server import PASSWORD, USER, Postbox, read, serving


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


@pytest.fixture
def context(authority: trustme.CA) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(made)
    return made


@pytest.fixture
def box() -> Postbox:
    return Postbox()


@pytest.fixture
def starttls(box: Postbox, context: ssl.SSLContext) -> Iterator[int]:
    with serving(box, security="starttls", context=context) as port:
        yield port


@pytest.fixture
def tls(box: Postbox, context: ssl.SSLContext) -> Iterator[int]:
    with serving(box, security="tls", context=context) as port:
        yield port


@pytest.fixture
def plain(box: Postbox) -> Iterator[int]:
    with serving(box) as port:
        yield port


@pytest.fixture
def letter() -> bytes:
    made = EmailMessage(policy=SMTP)
    made["Subject"] = "samehand: nothing changed"
    made["From"] = "samehand@desk.example"
    made["To"] = "undisclosed-recipients:;"
    made["Message-ID"] = "<one@samehand.example>"
    made.set_content("Nothing changed.\n")
    return made.as_bytes()


def settings(port: int, security: Security = Security.NONE, **more: object) -> SmtpSettings:
    made: dict[str, object] = {"timeout": 20.0, "end_timeout": 20.0, "user": "" if security is Security.NONE else USER, **more}
    return SmtpSettings("127.0.0.1", "samehand@desk.example", port, security, **made)  # type: ignore[arg-type]


def hand_over(chosen: SmtpSettings, letter: bytes, *recipients: str) -> list[Answer]:
    with Mailer(chosen) as mailer:
        return [mailer.hand_over(addressed(letter, recipient), recipient, lambda: None) for recipient in recipients]


def fates(answers: list[Answer]) -> list[Fate]:
    return [answer.fate for answer in answers]


def test_starttls_with_a_password_from_the_environment(
    starttls: int, box: Postbox, ca_file: Path, letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", PASSWORD)
    answers = hand_over(settings(starttls, Security.STARTTLS, ca_file=ca_file), letter, "a@x.example", "b@x.example")
    assert fates(answers) == [Fate.ACCEPTED, Fate.ACCEPTED]
    assert box.got == [("a@x.example", "<one@samehand.example>"), ("b@x.example", "<one@samehand.example>")]


def test_tls_from_the_start_with_a_password_from_a_file(
    tls: int, box: Postbox, ca_file: Path, letter: bytes, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    chosen = settings(tls, Security.TLS, ca_file=ca_file, password_file=tmp_path / "password")
    assert fates(hand_over(chosen, letter, "a@x.example")) == [Fate.ACCEPTED]
    assert box.reached == ["a@x.example"]


def test_each_letter_names_its_own_recipient_only(plain: int, box: Postbox, letter: bytes) -> None:
    hand_over(settings(plain), letter, "a@x.example", "b@x.example")
    assert [(envelope.rcpt_tos, read(envelope)["To"]) for envelope in box.kept] == [
        (["a@x.example"], "a@x.example"),
        (["b@x.example"], "b@x.example"),
    ]
    assert box.greetings == 1


def test_a_certificate_nobody_vouches_for_ends_the_attempts(
    starttls: int, box: Postbox, letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", PASSWORD)
    with pytest.raises(CarrierDown, match="CERTIFICATE_VERIFY_FAILED") as told:
        hand_over(settings(starttls, Security.STARTTLS), letter, "a@x.example")
    assert told.value.hopeless
    assert box.kept == []


def test_a_wrong_password_is_no_recipients_fault_and_is_never_repeated(
    starttls: int, box: Postbox, ca_file: Path, letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that echoes what it was given does not bring the password into a log."""
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", "hunter2")
    box.log_in_said = "535 not hunter2, aHVudGVyMg==, AHNhbWVoYW5kAGh1bnRlcjI="
    with pytest.raises(CarrierDown, match=r"^535 not \*\*\*, \*\*\*, \*\*\*$") as told:
        hand_over(settings(starttls, Security.STARTTLS, ca_file=ca_file), letter, "a@x.example")
    assert told.value.hopeless


def test_a_refused_recipient_touches_nobody_else(plain: int, box: Postbox, letter: bytes) -> None:
    box.answers["gone@x.example"] = ["550 no such \x1b[31muser"]
    refused, taken = hand_over(settings(plain), letter, "gone@x.example", "a@x.example")
    assert (refused.fate, taken.fate) == (Fate.REFUSED, Fate.ACCEPTED)
    assert refused.said.startswith("550 no such")
    assert "\x1b" not in refused.said
    assert box.reached == ["a@x.example"]


@pytest.mark.parametrize(("end", "fate"), [("451 busy", Fate.LATER), ("554 spam", Fate.REFUSED)])
def test_the_end_of_a_message_has_an_answer_of_its_own(plain: int, box: Postbox, letter: bytes, end: str, fate: Fate) -> None:
    box.ends = [end]
    assert hand_over(settings(plain), letter, "a@x.example") == [Answer(fate, end)]


def test_a_greylisted_recipient_is_put_off(plain: int, box: Postbox, letter: bytes) -> None:
    box.answers["slow@x.example"] = ["451 later"]
    assert fates(hand_over(settings(plain), letter, "slow@x.example", "slow@x.example")) == [Fate.LATER, Fate.ACCEPTED]


def test_an_answer_that_is_lost_leaves_us_unsure(plain: int, box: Postbox, letter: bytes) -> None:
    box.ends = ["lost"]
    assert fates(hand_over(settings(plain), letter, "a@x.example")) == [Fate.UNSURE]
    assert len(box.kept) == 1


def test_before_its_last_line_a_message_is_nobodys(plain: int, box: Postbox, letter: bytes) -> None:
    """What is noted before the last line must not be noted earlier: a break before it leaves nothing in doubt."""
    noted: list[int] = []
    box.breaks = ["DATA"]
    with pytest.raises(CarrierDown), Mailer(settings(plain)) as mailer:
        mailer.hand_over(letter, "a@x.example", lambda: noted.append(len(box.kept)))
    assert (noted, box.kept) == ([], [])
    with Mailer(settings(plain)) as mailer:
        mailer.hand_over(letter, "a@x.example", lambda: noted.append(len(box.kept)))
    assert (noted, len(box.kept)) == ([0], 1)


def test_who_gives_up_before_the_last_line_has_sent_nothing(plain: int, box: Postbox, letter: bytes) -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop), Mailer(settings(plain)) as mailer:
        mailer.hand_over(letter, "a@x.example", stop)
    hand_over(settings(plain), letter, "b@x.example")
    assert box.reached == ["b@x.example"]


def test_a_connection_closed_between_two_letters_is_opened_again(plain: int, box: Postbox, letter: bytes) -> None:
    with Mailer(settings(plain)) as mailer:
        mailer.hand_over(letter, "a@x.example", lambda: None)
        box.breaks = ["MAIL"]
        mailer.hand_over(letter, "b@x.example", lambda: None)
    assert box.reached == ["a@x.example", "b@x.example"]
    assert box.greetings == 2


def test_lines_of_dots_arrive_as_they_are(plain: int, box: Postbox) -> None:
    hand_over(settings(plain), b"Subject: dots\r\n\r\n.\r\n..\r\n.end\r\n", "a@x.example")
    (envelope,) = box.kept
    assert envelope.original_content == b"Subject: dots\r\n\r\n.\r\n..\r\n.end\r\n"


def test_an_address_beyond_ascii_is_refused_where_the_server_cannot_take_it(plain: int, box: Postbox, letter: bytes) -> None:
    answers = hand_over(settings(plain), letter, "j\u00fcrgen@x.example", "a@x.example")
    assert fates(answers) == [Fate.REFUSED, Fate.ACCEPTED]
    assert "SMTPUTF8" in answers[0].said
    assert box.reached == ["a@x.example"]


def test_nobody_listening_is_no_verdict_on_a_letter(letter: bytes) -> None:
    with pytest.raises(CarrierDown, match="refused") as told:
        hand_over(settings(1), letter, "a@x.example")
    assert not told.value.hopeless


def test_a_password_never_travels_in_the_open(plain: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", PASSWORD)
    with pytest.raises(SendError, match="open connection"):
        Mailer(settings(plain, user=USER))


def test_a_password_that_no_log_in_can_spell_is_said_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", "p\u00e4ss")
    with pytest.raises(SendError, match="ASCII") as told:
        Mailer(settings(1, Security.STARTTLS))
    assert "\u00e4" not in str(told.value)


def test_settings_that_cannot_work_are_said_before_anything_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMEHAND_SMTP_PASSWORD", raising=False)
    empty, absent, junk = tmp_path / "empty", tmp_path / "absent", tmp_path / "junk"
    empty.write_text("\n")
    junk.write_text("no certificate")
    for more, words in (
        ({}, "SAMEHAND_SMTP_PASSWORD"),
        ({"password_file": empty}, "is empty"),
        ({"password_file": absent}, "No such file"),
        ({"ca_file": absent}, "no certificate can be read"),
        ({"ca_file": junk}, "no certificate can be read"),
    ):
        with pytest.raises(SendError, match=words):
            Mailer(settings(1, Security.STARTTLS, **more))
