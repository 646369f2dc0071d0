"""Patterns found in a text whatever its case, several times as quickly as the engine does it by itself."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["AnyCase"]

#: Letters that equal another one in any case but are not lowered to it, or to more than one.
_ODD: Final = re.compile(r"[\u0130\u0131\u017f\u1c80-\u1c88]")


class AnyCase:
    """A pattern, written in lower case, of Latin and Cyrillic words.

    Ignoring case, the engine compares each letter by both its cases; a text that is lowered once is compared as it stands.
    """

    def __init__(self, pattern: str) -> None:
        self._lowered = re.compile(pattern)
        self._ignoring = re.compile(pattern, re.IGNORECASE)

    def stands_in(self, text: str) -> bool:
        """True when it matches somewhere in ``text``."""
        if text.isascii() or _ODD.search(text) is None:
            return self._lowered.search(text.lower()) is not None
        return self._ignoring.search(text) is not None
