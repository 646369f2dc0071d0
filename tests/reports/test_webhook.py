"""The webhook, against real HTTP servers on loopback: what is posted, how it is signed, and what every answer means."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest
import trustme

from reports.answer import CarrierDown, Fate, SendError
from reports.severity import Severity
from reports.webhook import FORMAT, VERSION, Hook, HookSettings, hook_letter, hook_place

SECRET = "hush hush"


@dataclass
class Desk:
    """Answers as told, keeps what it was posted."""

    answers: list[int] = field(default_factory=list)
    reason: str = "as told"
    kept: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiving(desk: Desk, context: ssl.SSLContext | None = None) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            desk.kept.append((self.path, dict(self.headers.items()), body))
            answer = desk.answers.pop(0) if desk.answers else 204
            if answer == 0:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(answer, desk.reason)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            desk.kept.append((self.path, {}, b"a redirect was followed"))

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a caller who hangs up is part of the test
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def port(desk: Desk) -> Iterator[int]:
    with receiving(desk) as port:
        yield port


def hook(port: int, **more: object) -> Hook:
    return Hook(HookSettings(f"http://127.0.0.1:{port}/T0/token?k=v", **more))  # type: ignore[arg-type]


def nothing() -> None:
    pass


def test_a_letter_is_posted_whole_signed_and_under_its_key(port: int, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEHAND_WEBHOOK_SECRET", SECRET)
    noted: list[int] = []
    answer = hook(port).hand_over(b'{"a":1}', "the-key", lambda: noted.append(len(desk.kept)))
    assert answer.fate is Fate.ACCEPTED
    ((path, headers, body),) = desk.kept
    assert (path, body, noted) == ("/T0/token?k=v", b'{"a":1}', [0])
    assert headers["Content-Type"] == "application/json"
    assert headers["Idempotency-Key"] == "the-key"
    assert headers["X-Samehand-Signature"] == "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert SECRET not in str(headers)


def test_the_secret_comes_from_a_file_too_and_without_one_nothing_is_signed(
    port: int, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMEHAND_WEBHOOK_SECRET", raising=False)
    (tmp_path / "secret").write_text(SECRET + "\n")
    hook(port, secret_file=tmp_path / "secret").hand_over(b"{}", "k", nothing)
    hook(port).hand_over(b"{}", "k", nothing)
    signed, bare = (headers.get("X-Samehand-Signature", "") for _, headers, _ in desk.kept)
    assert signed == "sha256=" + hmac.new(SECRET.encode(), b"{}", hashlib.sha256).hexdigest()
    assert bare == ""
    with pytest.raises(SendError, match="secret cannot be read"):
        hook(port, secret_file=tmp_path / "absent")


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (200, Fate.ACCEPTED),
        (202, Fate.ACCEPTED),
        (301, Fate.REFUSED),
        (307, Fate.REFUSED),
        (400, Fate.REFUSED),
        (404, Fate.REFUSED),
        (409, Fate.LATER),
        (429, Fate.LATER),
        (500, Fate.LATER),
        (503, Fate.LATER),
    ],
)
def test_what_a_status_means(port: int, desk: Desk, status: int, fate: Fate) -> None:
    desk.answers = [status]
    assert hook(port).hand_over(b"{}", "k", nothing).fate is fate
    assert len(desk.kept) == 1


def test_an_answer_that_is_lost_leaves_us_unsure(port: int, desk: Desk) -> None:
    desk.answers = [0]
    assert hook(port).hand_over(b"{}", "k", nothing).fate is Fate.UNSURE
    assert len(desk.kept) == 1


def test_nobody_listening_is_no_verdict() -> None:
    with pytest.raises(CarrierDown, match="refused") as told:
        hook(1).hand_over(b"{}", "k", nothing)
    assert not told.value.hopeless


def test_words_of_the_receiver_are_made_visible_and_repeat_no_secret(
    port: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMEHAND_WEBHOOK_SECRET", SECRET)
    desk.answers, desk.reason = [400], f"no \x1b[31m {SECRET} /T0/token?k=v"
    assert hook(port).hand_over(b"{}", "k", nothing).said == "400 no \\x1b[31m *** ***"


def test_a_receiver_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then keeps a socket's own timeout from ever coming; the deadline is for all of it."""
    monkeypatch.delenv("SAMEHAND_WEBHOOK_SECRET", raising=False)
    ended = threading.Event()

    def drip(listener: socket.socket) -> None:
        caller, _ = listener.accept()
        with caller:
            caller.recv(65536)
            try:
                while not ended.wait(0.02):
                    caller.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            except OSError:
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()
        try:
            answer = hook(listener.getsockname()[1], timeout=1.5).hand_over(b"{}", "k", nothing)
        finally:
            ended.set()
            thread.join()
    assert answer.fate is Fate.UNSURE


def test_certificates_are_checked(desk: Desk, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with receiving(desk, context) as port:
        url = f"https://127.0.0.1:{port}/"
        with pytest.raises(CarrierDown) as told:
            Hook(HookSettings(url)).hand_over(b"{}", "k", nothing)
        assert told.value.hopeless
        assert Hook(HookSettings(url, ca_file=tmp_path / "ca.pem")).hand_over(b"{}", "k", nothing).fate is Fate.ACCEPTED
    assert len(desk.kept) == 1


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://hooks.desk.example/T0/x", "hooks.desk.example"),
        ("https://10.0.0.8:8443/", "10.0.0.8"),
        ("http://127.0.0.1:8080/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://localhost/", "localhost"),
        ("http://hooks.desk.example/", ""),
        ("http://10.0.0.8/", ""),
        ("https://user:password@hooks.desk.example/", ""),
        ("https://hooks.desk.example:port/", ""),
        ("https://hooks.desk.example/a b", ""),
        ("https://hooks.desk.example/\r\nX: y", ""),
        ("file:///etc/passwd", ""),
        ("https:///x", ""),
    ],
)
def test_which_addresses_may_be_configured(url: str, place: str) -> None:
    assert hook_place(url) == place
    if not place:
        with pytest.raises(SendError):
            Hook(HookSettings(url))


def test_the_body_tells_raw_from_defanged_and_is_the_same_twice(world: ModuleType) -> None:
    findings = world.made()
    body = hook_letter(findings, Severity.ALERT, "the-id", "samehand: 1 new cluster")
    assert hook_letter(findings, Severity.ALERT, "the-id", "samehand: 1 new cluster") == body
    told = json.loads(body)
    assert (told["format"], told["version"], told["id"]) == (FORMAT, VERSION, "the-id")
    assert (told["crawl"], told["since"], told["severity"]) == (findings.crawl_id, findings.previous, "alert")
    assert len(told["changes"]) == len(findings.changes)
    assert [row["rank"] for row in told["changes"]] == sorted(row.rank for row in findings.changes)
    by_site = {row["site_raw"]: row for row in told["changes"] if row["site_raw"]}
    assert by_site
    for site, row in by_site.items():
        assert row["site_defanged"] == site.replace(".", "[.]")
        assert site not in row["sentence_defanged"]
        assert not row["url_defanged"].startswith("http")
    assert told["clusters"]
    assert all(row["more_members"] + len(row["members_raw"]) == row["size"] for row in told["clusters"])


def test_hostile_text_stays_text(world: ModuleType) -> None:
    findings = world.made()
    nasty = replace(findings, changes=tuple(replace(row, sentence=world.HOSTILE + "\ud800") for row in findings.changes))
    body = hook_letter(nasty, Severity.CHANGE, "id", "title")
    assert body.isascii()
    told = json.loads(body)["changes"][0]
    assert told["sentence_raw"] == world.HOSTILE + "\ufffd"
    assert "\u202e" not in told["sentence_defanged"]
    assert "\x1b" not in told["sentence_defanged"]


def test_a_body_is_bounded_and_says_how_much_more_there_is(world: ModuleType) -> None:
    findings = world.made()
    row = findings.changes[0]
    many = replace(findings, changes=tuple(replace(row, sentence="\u00e4" * 5000, site=f"s{n}.example") for n in range(3000)))
    body = hook_letter(many, Severity.CHANGE, "id", "title")
    assert len(body) <= 256_000
    told = json.loads(body)
    assert len(told["changes"]) + told["more_changes"] == 3000
    assert told["changes"]
