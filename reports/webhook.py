"""The digest for programs: bounded JSON, signed, posted to the one address the user configured.

Redirects are not followed and no proxy is asked: what was configured is what is contacted. The receiver has the whole letter
only with its last byte, so the caller is told right before that byte, as with a mail's ending line.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from analysis.findings import ChangeRow, ClusterRow, Findings
from analysis.masking import Shown
from reports.answer import Answer, CarrierDown, Fate, SendError, read_secret, told
from reports.escape import defang, defang_text, scrub
from reports.news import News
from reports.severity import Severity

__all__ = ["FORMAT", "VERSION", "Hook", "HookSettings", "hook_letter", "hook_place"]

FORMAT = "samehand-alert"
VERSION = 1

_MOST = 200  # entries of a list; a receiver that wants all of them has the exports
_MEMBERS = 50
_TEXT = 500
_BYTES = 256_000
_PUT_OFF = frozenset({408, 409, 425, 429})  # 409: the same Idempotency-Key is being worked on at this moment


@dataclass(frozen=True, slots=True)
class HookSettings:
    """Where to post. Without a secret nothing is signed. ``timeout``: seconds for all of it."""

    url: str
    secret_env: str = "SAMEHAND_WEBHOOK_SECRET"
    secret_file: Path | None = None
    ca_file: Path | None = None
    timeout: float = 30.0


def hook_place(url: str) -> str:
    """The host of a URL, which is all that is ever shown of it: its path may be a secret. Empty for one that may not be used.

    https anywhere; plain http on loopback only; no user or password inside.

    >>> hook_place("https://hooks.desk.example/T0/secret")
    'hooks.desk.example'
    >>> hook_place("http://hooks.desk.example/")
    ''
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    usable = bool(host) and parts.username is None and url.isascii() and url.isprintable() and " " not in url
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    return host if usable and safe else ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def hook_letter(findings: Shown, severity: Severity, key: str, title: str) -> bytes:
    """The JSON body, the same for the same findings. ``key`` names the digest; ``title`` is the mail's subject."""
    most = _MOST
    letter = _letter(findings, severity, key, title, most)
    while len(letter) > _BYTES and most > 1:
        most //= 2
        letter = _letter(findings, severity, key, title, most)
    return letter


def _letter(findings: Findings, severity: Severity, key: str, title: str, most: int) -> bytes:
    changes = sorted(findings.changes, key=lambda row: (row.rank, row.site, row.what, row.sentence))
    clusters = News(findings).clusters
    members: dict[str, list[str]] = {row.cluster: [] for row in clusters[:most]}
    for row in findings.members:
        if row.cluster in members:
            members[row.cluster].append(row.site)
    body = {
        "format": FORMAT,
        "version": VERSION,
        "id": key,
        "text": title,
        "severity": severity.name.lower(),
        "crawl": findings.crawl_id,
        "since": findings.previous,
        "storefronts": sum(1 for row in findings.storefronts if row.kind == "storefront"),
        "changes": [_change(row) for row in changes[:most]],
        "more_changes": max(len(changes) - most, 0),
        "clusters": [_cluster(row, sorted(members[row.cluster]), min(most, _MEMBERS)) for row in clusters[:most]],
        "more_clusters": max(len(clusters) - most, 0),
    }
    return json.dumps(body, allow_nan=False, separators=(",", ":")).encode("ascii")


def _change(row: ChangeRow) -> dict[str, object]:
    return {
        "what": row.what,
        "rank": row.rank,
        "cluster": _cut(row.cluster),
        "site_raw": _cut(row.site),
        "site_defanged": defang(row.site, _TEXT),
        "before_raw": _cut(row.before),
        "after_raw": _cut(row.after),
        "sentence_raw": _cut(row.sentence),
        "sentence_defanged": defang_text(row.sentence, _TEXT),
        "url_raw": _cut(row.url),
        "url_defanged": defang(row.url, _TEXT),
        "digest": _cut(row.digest),
    }


def _cluster(row: ClusterRow, sites: Sequence[str], most: int) -> dict[str, object]:
    return {
        "cluster": _cut(row.cluster),
        "size": row.size,
        "probability": round(row.probability, 6),
        "first_seen": _cut(row.first_seen),
        "members_raw": [_cut(site) for site in sites[:most]],
        "members_defanged": [defang(site, _TEXT) for site in sites[:most]],
        "more_members": max(len(sites) - most, 0),
    }


def _cut(text: str) -> str:
    return scrub(text[:_TEXT])


class Hook:
    """Posts letters, one connection each. Raises ``SendError`` at once for settings that cannot work."""

    def __init__(self, settings: HookSettings) -> None:
        self.place = hook_place(settings.url)
        if not self.place:
            raise SendError("the webhook's address is not https (http is for loopback only), or holds a user or password")
        self._parts = urlsplit(settings.url)
        self._secret = read_secret(settings.secret_env, settings.secret_file, "the webhook's secret")
        self._context = ssl.create_default_context() if self._parts.scheme == "https" else None
        self._timeout = settings.timeout
        if settings.ca_file is not None and self._context is not None:
            try:
                self._context.load_verify_locations(cafile=str(settings.ca_file))
            except OSError as error:
                raise SendError(f"no certificate can be read from {settings.ca_file}: {error.strerror or error}") from None

    def hand_over(self, letter: bytes, key: str, before_end: Callable[[], None]) -> Answer:
        """Post one letter under its idempotency ``key``; ``before_end`` is called when all but the last byte has been sent.

        Raises ``CarrierDown`` where the connection failed before that byte.
        """
        connection = self._connection()
        try:
            try:
                with _deadline(connection, self._timeout):
                    self._head(connection, letter, key)
                    connection.send(letter[:-1])
            except (OSError, http.client.HTTPException, UnicodeError) as failure:
                hopeless = isinstance(failure, ssl.SSLCertVerificationError | UnicodeError)
                raise CarrierDown(self._said(failure), hopeless=hopeless) from None
            before_end()
            try:
                with _deadline(connection, self._timeout):
                    connection.send(letter[-1:])
                    response = connection.getresponse()
            except (OSError, http.client.HTTPException) as failure:
                return Answer(Fate.UNSURE, self._said(failure))
            return self._answer(response.status, response.reason)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host = self._parts.hostname or ""
        if self._context is None:
            return http.client.HTTPConnection(host, self._parts.port, timeout=self._timeout)
        return http.client.HTTPSConnection(host, self._parts.port, timeout=self._timeout, context=self._context)

    def _head(self, connection: http.client.HTTPConnection, letter: bytes, key: str) -> None:
        connection.putrequest("POST", _target(self._parts), skip_accept_encoding=True)
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(letter)),
            "Idempotency-Key": key,
            "User-Agent": "samehand",
            "Connection": "close",
        }
        if self._secret:
            mark = hmac.new(self._secret.encode("utf-8", "surrogateescape"), letter, hashlib.sha256).hexdigest()
            headers["X-Samehand-Signature"] = f"sha256={mark}"
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()

    def _answer(self, status: int, reason: str) -> Answer:
        said = self._told(f"{status} {reason}")
        if 200 <= status < 300:
            return Answer(Fate.ACCEPTED, said)
        if 300 <= status < 400:
            return Answer(Fate.REFUSED, f"{said} (redirects are not followed)")
        return Answer(Fate.LATER if status in _PUT_OFF or status >= 500 else Fate.REFUSED, said)

    def _said(self, failure: Exception) -> str:
        if isinstance(failure, TimeoutError):
            return "no answer in time"
        if isinstance(failure, OSError) and failure.strerror:
            return self._told(failure.strerror)
        return self._told(str(failure) or type(failure).__name__)

    def _told(self, words: str) -> str:
        return told(words, (self._secret, _target(self._parts) if len(_target(self._parts)) > 1 else ""))


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """End the connection after so many seconds in all: a server that sends a byte now and then would hold us for ever."""

    def end() -> None:
        # read anew: the socket is made by the first line that is sent
        sock: socket.socket | None = connection.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                # not SSLSocket's own, which would take the session from under who is reading
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
