"""``report --send`` and the configured mail, against a real SMTP server on loopback."""

from __future__ import annotations

import email
import email.policy
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from samehand.cli import main


class Postbox:
    """Keeps what it was given; refuses one address."""

    def __init__(self) -> None:
        self.kept: list[Envelope] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802, ARG002
        if address.startswith("gone@"):
            return "550 no such desk"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        self.kept.append(envelope)
        return "250 kept"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def _settings(path: Path, port: int, *recipients: str) -> Path:
    listed = ", ".join(f'"{address}"' for address in recipients)
    server = f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "samehand@desk.example"\n'
    path.write_text(f"[mail]\n{server}recipients = [{listed}]\n", encoding="utf-8")
    return path


def test_the_weekly_mail_reaches_every_recipient_as_it_lies_on_disk(
    market, tmp_path: Path, postbox: tuple[Postbox, int], capsys: pytest.CaptureFixture[str]
) -> None:
    box, port = postbox
    data = shutil.copytree(market.data, tmp_path / "data")
    config = _settings(tmp_path / "my.toml", port, "one@rights.example", "two@rights.example")
    assert main(["report", "--send", "--data", str(data), "--config", str(config)]) == 0
    assert "mail sent to 2 of 2 recipients" in capsys.readouterr().out
    assert [envelope.rcpt_tos for envelope in box.kept] == [["one@rights.example"], ["two@rights.example"]]
    (lying,) = (data / "reports").glob("*/weekly.eml")
    kept = email.message_from_bytes(lying.read_bytes(), policy=email.policy.default)
    for envelope in box.kept:
        got = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert got["To"] == envelope.rcpt_tos[0]
        assert got["Subject"] == kept["Subject"]
        assert got.get_body(("plain",)).get_content() == kept.get_body(("plain",)).get_content()


def test_a_refused_recipient_is_named_and_the_rest_get_theirs(
    market, tmp_path: Path, postbox: tuple[Postbox, int], capsys: pytest.CaptureFixture[str]
) -> None:
    box, port = postbox
    data = shutil.copytree(market.data, tmp_path / "data")
    config = _settings(tmp_path / "my.toml", port, "gone@rights.example", "here@rights.example")
    assert main(["report", "--send", "--data", str(data), "--config", str(config)]) == 0
    said = capsys.readouterr()
    assert "gone@rights.example was refused: 550" in said.err
    assert "mail sent to 1 of 2 recipients" in said.out
    assert [envelope.rcpt_tos for envelope in box.kept] == [["here@rights.example"]]
