"""Sources as they are searched: addresses in settings without their backslashes, every line of a storefront's pages once."""

from __future__ import annotations

from typing import Final, NamedTuple

from analysis.literals import Searched
from analysis.once import once_each
from analysis.page.pages import Page
from analysis.page.reading import Reading

__all__ = ["Source", "plain_source", "plain_text", "source_lines"]

#: JSON in a page writes ``https:\\/\\/...\\u0026id=``, and JSON in its strings once more, for what an attribute writes plainly.
_HIDDEN: Final = (("\\u0026", "&"), ("\\u002F", "/"), ("\\u002f", "/"))
_DEEP: Final = 3


class Source(NamedTuple):
    """A text and the same text in lower case."""

    text: str
    lowered: str


def plain_text(text: str) -> str:
    """``text`` with the slashes and ampersands that JSON hides written out."""
    if "\\u002" in text:
        for hidden, written in _HIDDEN:
            text = text.replace(hidden, written)
    for _ in range(_DEEP):
        if "\\/" not in text:
            break
        text = text.replace("\\/", "/")
    return text


@once_each
def plain_source(page: Page) -> Source:
    """The plain source of one page."""
    text = plain_text(page.html)
    return Source(text, page.lowered if text is page.html else text.lower())


@once_each
def source_lines(reading: Reading) -> Searched:
    """The different lines of all readable pages, joined and plain: what stands in none of them, and on one line, is on no page.

    A storefront's one page is taken as it is.
    """
    if len(reading.readable) == 1:
        return Searched(*plain_source(reading.readable[0]))
    lines: dict[str, None] = {}
    for page in reading.readable:
        lines.update(dict.fromkeys(page.html.split("\n")))
    return Searched(plain_text("\n".join(lines)))
