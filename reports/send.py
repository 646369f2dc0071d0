"""Handing a finished message to an SMTP server: one call, one account of who got it and who was refused.

A server that stores a message and whose answer is lost is asked again, for nobody can know (RFC 1047): the copy has the same
Message-ID and Date.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path

from reports.escape import terminal

__all__ = ["Delivery", "Refusal", "Security", "SendError", "SmtpSettings", "send"]


class Security(StrEnum):
    """How the connection is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class SendError(ValueError):
    """The settings do not allow sending: no recipient, no readable password, or a password over an open connection."""


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where and as whom to send.

    ``password_file`` is read if given, else the environment variable ``password_env``; the password itself is no setting.
    ``timeout`` and ``backoff`` are seconds; the n-th wait is ``backoff * 2**(n - 1)``. ``ca_file`` trusts one more authority.
    """

    host: str
    sender: str
    recipients: tuple[str, ...]
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password_env: str = "SAMEHAND_SMTP_PASSWORD"
    password_file: Path | None = None
    ca_file: Path | None = None
    timeout: float = 60.0  # servers that check spam while we wait take tens of seconds after DATA
    attempts: int = 4
    backoff: float = 5.0  # four attempts span 35 s: outlives a restart of the server, not an outage (the outbox's business)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One recipient the server would not take: its reply code (0: none came) and text, made visible."""

    recipient: str
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message. ``error`` is why an attempt as a whole failed last, empty if none did."""

    accepted: tuple[str, ...]
    refused: tuple[Refusal, ...]
    attempts: int
    error: str = ""

    @property
    def complete(self) -> bool:
        """Every recipient's server took it."""
        return bool(self.accepted) and not self.refused and not self.error


def send(message: EmailMessage, settings: SmtpSettings, wait: Callable[[float], None] = time.sleep) -> Delivery:
    """Send to every recipient; those refused for now (4xx) and failed connections are tried again, those refused for good are not.

    Raises ``SendError`` for settings that cannot work. Never raises for what the server or the network does.
    """
    password = _password(settings)
    open_to = list(dict.fromkeys(settings.recipients))
    accepted: list[str] = []
    refused: dict[str, Refusal] = {}
    error = ""
    attempt = 0
    while open_to and attempt < settings.attempts:
        if attempt:
            wait(settings.backoff * 2 ** (attempt - 1))
        attempt += 1
        error = ""
        try:
            turned_down = _attempt(message, settings, password, open_to)
        except (OSError, smtplib.SMTPException) as failure:
            error = _said(failure)
            if _for_good(failure):
                break
            continue
        accepted += [address for address in open_to if address not in turned_down]
        for address, (code, reply) in turned_down.items():
            refused[address] = Refusal(address, code, terminal(reply.decode("utf-8", "replace"), 300))
        open_to = [address for address, (code, _) in turned_down.items() if 400 <= code < 500]
    for address in open_to:
        refused.setdefault(address, Refusal(address, 0, error))
    still = tuple(refused[address] for address in settings.recipients if address in refused and address not in accepted)
    return Delivery(tuple(accepted), tuple(dict.fromkeys(still)), attempt, error)


def _attempt(message: EmailMessage, settings: SmtpSettings, password: str, recipients: list[str]) -> dict[str, tuple[int, bytes]]:
    with _connect(settings) as server:
        if settings.user:
            server.login(settings.user, password)
        try:
            return server.send_message(message, settings.sender, recipients)
        except smtplib.SMTPRecipientsRefused as refusal:
            return refusal.recipients


def _connect(settings: SmtpSettings) -> smtplib.SMTP:
    if settings.security is Security.TLS:
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=_context(settings))
    server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
    if settings.security is Security.STARTTLS:
        try:
            server.starttls(context=_context(settings))
        except BaseException:
            server.close()
            raise
    return server


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        context.load_verify_locations(cafile=str(settings.ca_file))
    return context


def _password(settings: SmtpSettings) -> str:
    if not settings.recipients:
        raise SendError("no recipient is configured")
    if not settings.user:
        return ""
    if settings.security is Security.NONE:
        raise SendError("a password is not sent over an open connection: use starttls or tls")
    if settings.password_file is not None:
        try:
            return settings.password_file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise SendError(f"the password file cannot be read: {type(error).__name__}") from error
    password = os.environ.get(settings.password_env, "")
    if not password:
        raise SendError(f"a user is configured, but neither a password file nor the variable {settings.password_env}")
    return password


def _for_good(failure: Exception) -> bool:
    if isinstance(failure, smtplib.SMTPResponseException):
        return failure.smtp_code >= 500
    return isinstance(failure, smtplib.SMTPNotSupportedError | ssl.SSLCertVerificationError | socket.gaierror | UnicodeError)


def _said(failure: Exception) -> str:
    if isinstance(failure, smtplib.SMTPResponseException):
        reply = failure.smtp_error
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
        return terminal(f"{failure.smtp_code} {text}", 300)
    return terminal(f"{type(failure).__name__}: {failure}", 300)
