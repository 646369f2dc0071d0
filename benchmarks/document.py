"""Pieces of a Markdown document: tables, counted figures, names that nobody can click on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.escape import defang_text, terminal

__all__ = ["figure", "name", "pair", "share", "table", "text"]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table with a blank line after it; cells cannot break out of it."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return [*lines, ""]


def figure(value: float, digits: int = 3) -> str:
    """A figure with fixed digits."""
    return f"{value:.{digits}f}"


def share(part: int, whole: int) -> str:
    """``3/4``, or a dash of nothing."""
    return f"{part}/{whole}" if whole else "-"


def name(site: str) -> str:
    """A site's name, defanged."""
    return text(site, 80)


def pair(a: str, b: str) -> str:
    """Two sites."""
    return f"{name(a)} + {name(b)}"


def text(value: str, most: int = 160) -> str:
    """Anything from a crawl as one line of Markdown: addresses defanged, control characters and markup shown as text."""
    clean = terminal(defang_text(value), most)
    for mark in ("\\", "`", "*", "_", "<", ">", "|"):
        clean = clean.replace(mark, "\\" + mark)
    return clean


def _cell(cell: object) -> str:
    shown = figure(cell) if isinstance(cell, float) else str(cell)
    return shown.replace("\n", " ")
