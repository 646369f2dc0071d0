"""A pattern in any case matches what the engine itself would match, ignoring case."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from analysis.texts.any_case import AnyCase

PATTERN = r"(?<![a-z])(?:visits? (?:our )?kiosk|sœurs?|мы переехали|straße)(?!\w)"
PIECES = (
    "visit",
    "VISITS",
    "Our",
    " ",
    "kiosk",
    "\u212aiosk",
    "KIOSK",
    "v\u0131s\u0130ts",
    "ki\u1c82sk",
    "ſœurs",
    "Sœur",
    "МЫ Переехали",
    "STRASSE",
)


@given(st.lists(st.sampled_from((*PIECES, "straße", "STRAẞE", "мы пере\u1c80хали", "x", "\n")), max_size=7).map("".join))
def test_it_is_what_ignoring_case_finds(text: str) -> None:
    assert AnyCase(PATTERN).stands_in(text) == (re.search(PATTERN, text, re.IGNORECASE) is not None)


def test_capitals_are_found() -> None:
    assert AnyCase(PATTERN).stands_in("Now VISIT OUR Kiosk!")
    assert AnyCase(PATTERN).stands_in("МЫ ПЕРЕЕХАЛИ")
    assert not AnyCase(PATTERN).stands_in("revisit our kiosk")
