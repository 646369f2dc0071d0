"""Every line of a storefront's sources once: pages of one site repeat their scripts, menus and footers."""

from __future__ import annotations

from analysis.literals import Searched
from analysis.once import once_each
from analysis.reading import Reading

__all__ = ["source_lines"]


@once_each
def source_lines(reading: Reading) -> Searched:
    """The different lines of all readable pages, joined: what stands in none of them, and on one line, is on no page."""
    lines: dict[str, None] = {}
    for page in reading.readable:
        lines.update(dict.fromkeys(page.html.split("\n")))
    return Searched("\n".join(lines))
