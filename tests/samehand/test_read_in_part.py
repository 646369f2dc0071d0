"""A storefront on which a fingerprint failed, as every output tells it: read in part, and nothing made of the rest."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from samehand.cli import main
from tests.analysis.stumbling import OTHER, SHOP, block, crawl, stumbling

__all__ = ["stumbling"]

WEEKS = ("20260302T060000Z", "20260309T060000Z")
MAIL = "jane.miller@gmail.com"  # the failing fingerprint quotes it


def asked(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main([*words, "--data", str(data)]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("stumbling")
def test_every_output_says_what_could_not_be_read_and_nothing_is_news(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A week in which all was read, then one in which payment could not be read on a.example."""
    data, said = tmp_path, []
    for week, home in zip(WEEKS, (SHOP, SHOP + block("payment")), strict=True):
        crawl(data / "crawls", week, {"a.example": home, "b.example": OTHER})
        assert main(["analyse", week, "--data", str(data)]) == 0
        said.append(capsys.readouterr().err)
    assert said[0] == ""
    assert said[1].startswith("samehand: a.example could not be read in payment (ValueError: no ? payment at all: ")
    assert said[1].endswith("; the findings say nothing of that\n")
    assert MAIL not in said[1]

    shown = asked(data, capsys, "show", "a.example")
    assert "payment      could not be read" in shown
    assert "not read     payment: nothing of that is compared or watched" in shown
    assert "not compared: a[.]example could not be read in payment" in asked(data, capsys, "why", "a.example", "b.example")
    assert "0 changes" in asked(data, capsys, "diff", *WEEKS)
    assert "accepted, since 2 March 2026" in asked(data, capsys, "history", "a.example")

    asked(data, capsys, "report")
    folder = data / "reports" / WEEKS[1]
    message = message_from_bytes((folder / "weekly.eml").read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    for part in ("plain", "html"):
        body = message.get_body((part,))
        assert body is not None
        told = " ".join(str(body.get_content()).split())
        assert "Nothing changed" in told
        assert "a[.]example: could not be read in payment; nothing of that is compared or told" in told
    page = (folder / "graph.html").read_text("utf-8")
    assert '"unread":["payment"]' in page.replace('": [', '":[')
    (dossier,) = (folder / "dossiers").iterdir()
    assert "could not be read" in dossier.read_text("utf-8")
    assert ",payment" in (folder / "storefronts.csv").read_text("utf-8")
    assert 'value="payment"' in (folder / "links.gexf").read_text("utf-8")
    for path in folder.rglob("*.*"):
        assert MAIL.encode() not in path.read_bytes(), path
