"""Whose key a ``pk_live_...`` is: several processors, and services that take no money, begin their keys as Stripe does."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from analysis.literals import occurrences

__all__ = ["processor_of_key"]

#: Processor -> words of its scripts and addresses, lower case, that stand in a source which uses its key.
_WORDS: Final = {
    "stripe": ("stripe",),
    "budpay": ("budpay",),
    "culqi": ("culqi",),
    "fintoc": ("fintoc",),
    "korapay": ("korapay",),
    "moyasar": ("moyasar",),
    "pay.jp": ("pay.jp", "payjp"),
    "paymongo": ("paymongo",),
    "tap": ("tap.company", "gosell"),
    "yoco": ("yoco",),
}
#: Stripe's keys since 2019 name their account and are of a length that no other has.
_CERTAIN: Final = re.compile(r"pk_live_51[0-9A-Za-z]{60,}")
#: A key of Magic, which signs people in.
_SIGNS_IN: Final = re.compile(r"pk_live_[0-9A-F]{16}")


def processor_of_key(key: str, text: str, lowered: str) -> str:
    """The processor that gave out a ``pk_live_`` key of ``text``; empty where it is of a service that signs people in.

    The processor named nearest to the key; Stripe where none is. ``lowered`` is the text in lower case.
    """
    if _CERTAIN.fullmatch(key):
        return "stripe"
    if _names_host(key.removeprefix("pk_live_")) or (_SIGNS_IN.fullmatch(key) and "magic" in lowered):
        return ""
    named = {processor: words for processor, words in _WORDS.items() if any(word in lowered for word in words)}
    if len(named) < 2 or len(text) != len(lowered):
        return next(iter(named), "stripe")
    places = list(occurrences(text, key))
    return min(named, key=lambda processor: _distance(places, lowered, named[processor]))


def _distance(places: list[int], lowered: str, words: tuple[str, ...]) -> int:
    found = [len(lowered)]
    for place in places:
        for word in words:
            before, behind = lowered.rfind(word, 0, place), lowered.find(word, place)
            found += [place - before] if before >= 0 else []
            found += [behind - place] if behind >= 0 else []
    return min(found)


def _names_host(rest: str) -> bool:
    """True for what Clerk makes of a host: its name and a ``$``, in base64."""
    try:
        host = base64.b64decode(rest + "=" * (-len(rest) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return host.endswith(b"$") and re.fullmatch(rb"[a-z0-9.-]{4,250}\$", host) is not None
