"""Handing letters to an SMTP server: one recipient an envelope, one account a letter.

A server takes a message over with its answer to the line that ends the message (RFC 5321, 4.1.1.4); before that line it must
forget what it was given, and if its answer is lost nobody can know (RFC 1047). So the caller is told right before that line.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from reports.answer import Answer, CarrierDown, Fate, SendError, read_secret, told

__all__ = ["Mailer", "Security", "SmtpSettings", "addressed"]

_NOBODY = b"\r\nTo: undisclosed-recipients:;\r\n"
_LINE_DOT = re.compile(rb"^\.", re.MULTILINE)
_OUR_FAULT = frozenset({530, 534, 535, 538})  # a log-in is asked for or was wrong: no recipient's doing
_TOO_LARGE = 552


class Security(StrEnum):
    """How the connection is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where and as whom to send.

    ``password_file`` is read if given, else the environment variable ``password_env``; the password itself is no setting.
    ``timeout`` and ``end_timeout`` are seconds for one answer. ``ca_file`` trusts one more authority.
    """

    host: str
    sender: str
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password_env: str = "SAMEHAND_SMTP_PASSWORD"
    password_file: Path | None = None
    ca_file: Path | None = None
    timeout: float = 60.0
    # RFC 5321, 4.5.3.2.6: who gives up early on the last answer makes doubles
    end_timeout: float = 600.0


def addressed(letter: bytes, recipient: str) -> bytes:
    """The letter with this recipient, and nobody else, in its To line: no reader learns who else gets it."""
    return letter.replace(_NOBODY, b"\r\nTo: " + recipient.encode() + b"\r\n", 1)


class Mailer:
    """One connection, opened when it is first needed and used for every letter.

    Raises ``SendError`` at once for settings that cannot work.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._context = None if settings.security is Security.NONE else _context(settings)
        self._password = _password(settings)
        self._secrets = (self._password, f"\0{settings.user}\0{self._password}") if self._password else ()
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Mailer:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        if self._server is not None and kind is None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._drop()

    def hand_over(self, letter: bytes, recipient: str, before_end: Callable[[], None]) -> Answer:
        """Send one letter to one recipient; ``before_end`` is called when all but the ending line has been sent.

        Raises ``CarrierDown`` where the server, the log-in or the network failed before that line: the letter is not sent.
        """
        is_used = self._server is not None
        try:
            refusal = self._envelope(letter, recipient)
        except CarrierDown:
            if not is_used:
                raise
            # a server may have closed a connection that it found idle
            refusal = self._envelope(letter, recipient)
        if refusal is not None:
            self._forget()
            return refusal
        before_end()
        return self._end()

    def _envelope(self, letter: bytes, recipient: str) -> Answer | None:
        """Everything up to the ending line; an answer is a refusal."""
        server = self._connected()
        options = [f"SIZE={len(letter)}"] if server.has_extn("size") else []
        if not (recipient + self._settings.sender).isascii():
            if not server.has_extn("smtputf8"):
                return Answer(Fate.REFUSED, "the server takes no addresses beyond ASCII (SMTPUTF8)")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        try:
            code, reply = server.mail(self._settings.sender, options)
            if code == _TOO_LARGE:
                return self._answer(code, reply)
            if code != 250:
                raise CarrierDown(self._told(code, reply), hopeless=code >= 500)
            code, reply = server.rcpt(recipient)
            if code not in (250, 251):
                return self._answer(code, reply)
            code, reply = server.docmd("DATA")
            if code != 354:
                return self._answer(code, reply)
            server.send(_LINE_DOT.sub(b"..", letter if letter.endswith(b"\r\n") else letter + b"\r\n"))
        except (OSError, smtplib.SMTPException) as failure:
            self._drop()
            raise CarrierDown(self._said(failure)) from None
        except CarrierDown:
            self._drop()
            raise
        return None

    def _end(self) -> Answer:
        server = self._connected()
        try:
            if server.sock is not None:
                server.sock.settimeout(self._settings.end_timeout)
            server.send(b".\r\n")
            code, reply = server.getreply()
            if server.sock is not None:
                server.sock.settimeout(self._settings.timeout)
        except (OSError, smtplib.SMTPException) as failure:
            self._drop()
            return Answer(Fate.UNSURE, self._said(failure))
        return self._answer(code, reply)

    def _answer(self, code: int, reply: bytes) -> Answer:
        said = self._told(code, reply)
        if code == 421:
            self._drop()
        if code in _OUR_FAULT:
            raise CarrierDown(said, hopeless=True)
        if 200 <= code < 300:
            return Answer(Fate.ACCEPTED, said)
        return Answer(Fate.REFUSED if code >= 500 else Fate.LATER, said)

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            settings = self._settings
            try:
                self._server = _connect(settings, self._context)
                if settings.user:
                    self._server.login(settings.user, self._password)
            except (OSError, UnicodeError, smtplib.SMTPException) as failure:
                self._drop()
                raise CarrierDown(self._said(failure), hopeless=_is_hopeless(failure)) from None
        return self._server

    def _forget(self) -> None:
        if self._server is not None:
            try:
                self._server.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def _told(self, code: int, reply: bytes | str) -> str:
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        return told(f"{code} {text}", self._secrets)

    def _said(self, failure: Exception) -> str:
        if isinstance(failure, smtplib.SMTPResponseException):
            return self._told(failure.smtp_code, failure.smtp_error)
        if isinstance(failure, OSError) and failure.strerror:
            return told(failure.strerror, self._secrets)
        return told(str(failure) or type(failure).__name__, self._secrets)


def _connect(settings: SmtpSettings, context: ssl.SSLContext | None) -> smtplib.SMTP:
    if settings.security is Security.TLS:
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
    try:
        if settings.security is Security.STARTTLS:
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(settings.ca_file))
        except OSError as error:  # a file that holds no certificate raises SSLError, which is one
            raise SendError(f"no certificate can be read from {settings.ca_file}: {error.strerror or error}") from None
    return context


def _password(settings: SmtpSettings) -> str:
    if not settings.user:
        return ""
    if settings.security is Security.NONE:
        raise SendError("a password is not sent over an open connection: use starttls or tls")
    password = read_secret(settings.password_env, settings.password_file, "the mail password")
    if not (settings.user + password).isascii():
        raise SendError("user and password must be ASCII: log-ins of the standard library spell nothing else")
    if not password:
        raise SendError(f"a user is configured, but neither a password file nor the variable {settings.password_env}")
    return password


def _is_hopeless(failure: Exception) -> bool:
    if isinstance(failure, smtplib.SMTPResponseException):
        return failure.smtp_code >= 500
    if isinstance(failure, socket.gaierror):
        return failure.errno == socket.EAI_NONAME
    return isinstance(failure, smtplib.SMTPNotSupportedError | ssl.SSLCertVerificationError | UnicodeError)
