"""Progress: counts that people can read, and nothing of a stranger that a terminal obeys."""

from __future__ import annotations

import io
from typing import Any

from crawler.progress import Progress, escape_terminal

TOTALS = {"done": 1, "total": 4, "responses": 20}


def shown(*events: dict[str, Any], terminal: bool) -> str:
    out = io.StringIO()
    progress = Progress(out, terminal=terminal)
    for event in events:
        progress(event)
    return out.getvalue()


BEGIN = {"event": "begin", "done": 0, "total": 4, "responses": 0}
REFUSED = {
    "event": "site",
    "site": "a.example",
    "outcome": "unreachable",
    "reason": "no \x1b]0;x\x07 answer\n",
    "pages": 0,
    "assets": 0,
    **TOTALS,
}
END = {"event": "end", "complete": True, "failure": None, "reason": "finished", "done": 4, "total": 4, "responses": 90}


def test_control_and_direction_characters_are_shown() -> None:
    assert escape_terminal("a\x1b[31m\r\n\u202eb\x9b\u200bё") == "a\\x1b[31m\\x0d\\x0a\\u202eb\\x9b\\u200bё"


def test_plain_lines_elsewhere() -> None:
    text = shown(BEGIN, REFUSED, END, terminal=False)
    assert "\x1b" not in text
    assert "a[.]example: unreachable (no \\x1b]0;x\\x07 answer\\x0a)\n" in text
    assert text.splitlines()[-1].startswith("4 of 4 sites, 90 responses in ")
    assert text.endswith("1 not reached\n")


def test_one_line_is_rewritten_on_a_terminal() -> None:
    text = shown(BEGIN, REFUSED, {"event": "responses", **TOTALS}, terminal=True)
    assert text.count("\n") == 0
    assert text.rpartition("\r\x1b[2K")[2].startswith("1/4 sites, ")
    assert "1 not reached, about " in text


def test_what_was_found_is_told() -> None:
    event = {"event": "discovered", "site": "new.example", "by": "a.example", "how": "moved", "kind": "storefront", **TOTALS}
    assert "found storefront new[.]example through a[.]example (moved)\n" in shown(BEGIN, event, terminal=True)
