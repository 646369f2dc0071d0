"""Progress: one line that moves on a terminal, nothing elsewhere."""

from __future__ import annotations

import io
import sys

import pytest

from samehand.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_it_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    Progress("storefronts read")(1, 2, "a.example")
    assert written.getvalue() == ""


def test_on_a_terminal_one_line_moves_and_is_taken_away_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    progress = Progress("storefronts read")
    progress(1, 2, "a.example")
    assert written.getvalue().startswith("\r\x1b[K1/2 storefronts read, about ")
    assert "a.example" in written.getvalue()
    progress(2, 2, "b.example")
    assert written.getvalue().endswith("\r\x1b[K")
    assert "\n" not in written.getvalue()


def test_a_name_from_outside_cannot_speak_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    Progress("storefronts read")(1, 2, "a\x1b[2J\r\nb" + "x" * 500)
    shown = written.getvalue().removeprefix("\r\x1b[K")
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert len(shown) <= 110


def test_nothing_done_is_no_division_by_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    written = Terminal()
    monkeypatch.setattr(sys, "stderr", written)
    Progress("storefronts read")(0, 3, "")
    assert "0/3" in written.getvalue()
