"""What one text says is worked out once, however many storefronts carry the same file: libraries and kits stand on thousands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

__all__ = ["OncePerDigest"]

Answer = TypeVar("Answer")

#: Answers kept; the memory is emptied when it is full, which costs no more than asking again.
MAX_KEPT: Final = 4096


class OncePerDigest(Generic[Answer]):
    """Answers of a pure function of a text, by the digest of the file that the text was read from.

    A text that was cut for the sake of a budget is another text: its length is part of the key.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Answer] = {}

    def read(self, digest: str, text: str, function: Callable[[str], Answer]) -> Answer:
        """``function(text)``, from memory where a file of that digest was read to the same length."""
        key = (digest, len(text))
        if key not in self._known:
            if len(self._known) >= MAX_KEPT:
                self._known.clear()
            self._known[key] = function(text)
        return self._known[key]
