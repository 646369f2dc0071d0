"""Sending, against a real SMTP server on loopback that speaks TLS, asks for a password, refuses and fails."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from reports.send import Security, SendError, SmtpSettings, send


@dataclass
class Postbox:
    """Answers as told, keeps what it was given."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    data_answers: list[str] = field(default_factory=list)
    kept: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802, ARG002
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        answer = self.data_answers.pop(0) if self.data_answers else "250 kept"
        if answer.startswith("250"):
            self.kept.append(envelope)
        return answer


@dataclass
class Server:
    box: Postbox
    port: int
    ca_file: Path


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:  # noqa: ARG001
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"samehand", b"a secret")
    return AuthResult(success=right, handled=False)


def run_server(mode: Security, certificates: trustme.CA, ca_file: Path) -> Iterator[Server]:
    box = Postbox()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificates.issue_cert("127.0.0.1").configure_cert(context)
    loop = asyncio.new_event_loop()

    def factory() -> SMTP:
        guarded = mode is not Security.NONE
        return SMTP(
            box,
            loop=loop,
            tls_context=context if mode is Security.STARTTLS else None,
            require_starttls=mode is Security.STARTTLS,
            authenticator=authenticate if guarded else None,
            auth_required=mode is Security.STARTTLS,
            auth_require_tls=mode is Security.STARTTLS,
        )

    listener = loop.run_until_complete(loop.create_server(factory, "127.0.0.1", 0, ssl=context if mode is Security.TLS else None))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield Server(box, listener.sockets[0].getsockname()[1], ca_file)
    finally:

        async def close() -> None:
            listener.close()
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()
            await asyncio.sleep(0.05)

        asyncio.run_coroutine_threadsafe(close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


@pytest.fixture
def starttls(authority: trustme.CA, ca_file: Path) -> Iterator[Server]:
    yield from run_server(Security.STARTTLS, authority, ca_file)


@pytest.fixture
def tls(authority: trustme.CA, ca_file: Path) -> Iterator[Server]:
    yield from run_server(Security.TLS, authority, ca_file)


@pytest.fixture
def plain(authority: trustme.CA, ca_file: Path) -> Iterator[Server]:
    yield from run_server(Security.NONE, authority, ca_file)


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "samehand: nothing changed"
    made["Message-ID"] = "<one@samehand.example>"
    made.set_content("Nothing changed.\n")
    return made


def settings(server: Server, security: Security, *recipients: str, user: str = "samehand", **more: object) -> SmtpSettings:
    made = {"ca_file": server.ca_file, "backoff": 0.01, "timeout": 20.0, **more}
    return SmtpSettings(
        "127.0.0.1", "reports@samehand.example", recipients or ("a@x.example",), server.port, security, user, **made
    )  # type: ignore[arg-type]


def test_starttls_with_a_password_from_the_environment(
    starttls: Server, message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", "a secret")
    delivery = send(message, settings(starttls, Security.STARTTLS, "a@x.example", "b@x.example"))
    assert delivery.complete
    assert delivery.attempts == 1
    assert starttls.box.kept[0].rcpt_tos == ["a@x.example", "b@x.example"]
    assert b"Message-ID: <one@samehand.example>" in starttls.box.kept[0].original_content


def test_tls_from_the_start_with_a_password_from_a_file(tls: Server, message: EmailMessage, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("a secret\n")
    assert send(message, settings(tls, Security.TLS, password_file=tmp_path / "password")).complete


def test_a_certificate_nobody_vouches_for_ends_the_attempts(
    starttls: Server, message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", "a secret")
    delivery = send(message, settings(starttls, Security.STARTTLS, ca_file=None))
    assert not delivery.accepted
    assert "CERTIFICATE_VERIFY_FAILED" in delivery.error
    assert delivery.attempts == 1
    assert starttls.box.kept == []


def test_a_wrong_password_is_not_tried_again(starttls: Server, message: EmailMessage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", "wrong")
    delivery = send(message, settings(starttls, Security.STARTTLS))
    assert delivery.error.startswith("535")
    assert delivery.attempts == 1
    assert delivery.refused[0].recipient == "a@x.example"


def test_a_refused_recipient_is_reported_and_the_rest_get_theirs(plain: Server, message: EmailMessage) -> None:
    plain.box.answers["gone@x.example"] = ["550 no such \x1b[31muser"]
    delivery = send(message, settings(plain, Security.NONE, "gone@x.example", "a@x.example", user=""))
    assert delivery.accepted == ("a@x.example",)
    assert [(r.recipient, r.code) for r in delivery.refused] == [("gone@x.example", 550)]
    assert "\x1b" not in delivery.refused[0].reason
    assert len(plain.box.kept) == 1


def test_all_refused_is_a_report_too(plain: Server, message: EmailMessage) -> None:
    plain.box.answers["gone@x.example"] = ["550 no"]
    delivery = send(message, settings(plain, Security.NONE, "gone@x.example", user=""))
    assert (delivery.accepted, delivery.complete, delivery.attempts) == ((), False, 1)


def test_a_greylisted_recipient_is_tried_again_and_nobody_gets_two(plain: Server, message: EmailMessage) -> None:
    plain.box.answers["slow@x.example"] = ["451 later"]
    waits: list[float] = []
    delivery = send(message, settings(plain, Security.NONE, "a@x.example", "slow@x.example", user="", backoff=5.0), waits.append)
    assert delivery.complete
    assert sorted(delivery.accepted) == ["a@x.example", "slow@x.example"]
    assert [envelope.rcpt_tos for envelope in plain.box.kept] == [["a@x.example"], ["slow@x.example"]]
    assert waits == [5.0]


def test_a_server_that_fails_for_now_is_tried_with_growing_waits(plain: Server, message: EmailMessage) -> None:
    plain.box.data_answers = ["451 busy", "452 full", "250 kept"]
    waits: list[float] = []
    delivery = send(message, settings(plain, Security.NONE, user="", backoff=5.0), waits.append)
    assert delivery.complete
    assert (delivery.attempts, waits) == (3, [5.0, 10.0])


def test_a_message_refused_for_good_is_not_sent_again(plain: Server, message: EmailMessage) -> None:
    plain.box.data_answers = ["554 spam"]
    delivery = send(message, settings(plain, Security.NONE, user=""))
    assert delivery.error == "554 spam"
    assert delivery.attempts == 1


def test_nobody_listening_is_a_report_not_an_error(message: EmailMessage) -> None:
    closed = SmtpSettings("127.0.0.1", "s@x.example", ("a@x.example",), port=1, security=Security.NONE, attempts=2, backoff=0.01)
    delivery = send(message, closed)
    assert delivery.attempts == 2
    assert "refused" in delivery.error.lower()
    assert delivery.refused[0].code == 0


def test_a_password_never_travels_in_the_open(plain: Server, message: EmailMessage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEHAND_SMTP_PASSWORD", "a secret")
    with pytest.raises(SendError, match="open connection"):
        send(message, settings(plain, Security.NONE))


def test_a_user_without_a_password_and_a_list_without_a_name_are_said(
    message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMEHAND_SMTP_PASSWORD", raising=False)
    with pytest.raises(SendError, match="SAMEHAND_SMTP_PASSWORD"):
        send(message, SmtpSettings("127.0.0.1", "s@x.example", ("a@x.example",), user="samehand"))
    with pytest.raises(SendError, match="no recipient"):
        send(message, SmtpSettings("127.0.0.1", "s@x.example", ()))
