"""A real SMTP server on loopback that answers as it is told: it refuses, puts off, breaks off, and keeps what it took."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "samehand", "a secret"


@dataclass
class Postbox:
    """``answers``: what RCPT says to an address, one after the other. ``ends``: what the end of a message gets, likewise;
    ``lost`` keeps the message and breaks off without an answer. ``breaks``: commands at which the connection breaks off, once each.
    ``before_answer`` is called when a message is kept and its answer not yet given; ``pause`` holds every answer back, in seconds.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)
    breaks: list[str] = field(default_factory=list)
    kept: list[Envelope] = field(default_factory=list)
    log_in_said: str = ""
    before_answer: Callable[[], None] | None = None
    pause: float = 0.0
    greetings: int = 0

    async def handle_EHLO(  # noqa: N802
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,
        envelope: Envelope,  # noqa: ARG002
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        self.greetings += 1
        return responses

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802, ARG002
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        answer = self.ends.pop(0) if self.ends else "250 kept"
        if answer.startswith("250") or answer == "lost":
            self.kept.append(envelope)
        if answer == "lost":
            server.transport.abort()
        await asyncio.sleep(self.pause)
        if self.before_answer is not None:
            self.before_answer()
        return answer

    @property
    def got(self) -> list[tuple[str, str]]:
        """Recipient and Message-ID of every letter that was kept."""
        return [(",".join(envelope.rcpt_tos), str(read(envelope)["Message-ID"])) for envelope in self.kept]

    @property
    def reached(self) -> list[str]:
        """The recipient of every letter that was kept."""
        return [recipient for recipient, _ in self.got]


def read(envelope: Envelope) -> EmailMessage:
    """The message in an envelope."""
    content = envelope.original_content or b""
    return email.message_from_bytes(content, EmailMessage, policy=email.policy.default)


class _Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if "DATA" in self.event_handler.breaks:
            self.event_handler.breaks.remove("DATA")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        if "MAIL" in self.event_handler.breaks:
            self.event_handler.breaks.remove("MAIL")
            self.transport.abort()
            return
        await super().smtp_MAIL(arg)


@contextmanager
def serving(box: Postbox, *, security: str = "none", context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve on a free port of 127.0.0.1; with ``starttls`` or ``tls`` a log-in is asked for."""
    loop = asyncio.new_event_loop()

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:  # noqa: ARG001
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False, message=None if right else box.log_in_said or None)

    def factory() -> SMTP:
        return _Server(
            box,
            loop=loop,
            tls_context=context if security == "starttls" else None,
            require_starttls=security == "starttls",
            authenticator=authenticate if security != "none" else None,
            auth_required=security == "starttls",
            auth_require_tls=security == "starttls",
        )

    made = loop.create_server(factory, "127.0.0.1", 0, ssl=context if security == "tls" else None)
    listener = loop.run_until_complete(made)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield listener.sockets[0].getsockname()[1]
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
