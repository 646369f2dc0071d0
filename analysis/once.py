"""What is worked out once: of a file, in however many shops it stands; of a storefront or page, however many ask."""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import wraps
from typing import Final, Generic, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["Answers", "OncePerDigest", "once_each"]

Key = TypeVar("Key", bound=Sized)
Answer = TypeVar("Answer")
Owner = TypeVar("Owner")

#: Answers kept; the memory is emptied when it is full, which costs no more than asking again.
MAX_KEPT: Final = 4096


class Answers(dict[Key, Answer]):
    """Answers of a pure function, worked out once each: ``answers[key]``, or ``map(answers.__getitem__, keys)``.

    ``most`` answers are kept, none of a key (a text, a tuple, a run of tags) that is longer than ``longest``; when it is full, all
    are forgotten.
    """

    def __init__(self, function: Callable[[Key], Answer], *, most: int = MAX_KEPT, longest: int = 1_000) -> None:
        super().__init__()
        self._function = function
        self._most = most
        self._longest = longest

    def __missing__(self, key: Key) -> Answer:
        answer = self._function(key)
        if len(key) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[key] = answer
        return answer


class OncePerDigest(Generic[Answer]):
    """Answers of a pure function of a text, by the digest of the file that the text was read from.

    A text that was cut for the sake of a budget is another text: its length is part of the key. ``most`` is how many
    answers are kept.
    """

    def __init__(self, most: int = MAX_KEPT) -> None:
        self._most = most
        self._known: dict[tuple[str, int], Answer] = {}

    def read(self, digest: str, text: str, function: Callable[[str], Answer]) -> Answer:
        """``function(text)``, from memory where a file of that digest was read to the same length."""
        key = (digest, len(text))
        if key not in self._known:
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[key] = function(text)
        return self._known[key]


def once_each(function: Callable[[Owner], Answer]) -> Callable[[Owner], Answer]:
    """``function`` whose answer is kept as long as the reading or page that it was asked of; nobody may change the answer."""
    known: WeakKeyDictionary[Owner, Answer] = WeakKeyDictionary()

    @wraps(function)
    def asked(owner: Owner) -> Answer:
        if owner not in known:
            known[owner] = function(owner)
        return known[owner]

    return asked
