"""The languages that can be chosen, by code."""

from __future__ import annotations

from collections.abc import Mapping

from reports.languages.english import ENGLISH
from reports.languages.french import FRENCH
from reports.languages.language import Language

__all__ = ["ENGLISH", "FRENCH", "LANGUAGES", "language_of"]

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "fr": FRENCH}


def language_of(code: str) -> Language:
    """The language with this code. Raises ``ValueError`` for a code that is none of ours."""
    if code not in LANGUAGES:
        raise ValueError(f"{code!r} is no language of the reports; choose one of {', '.join(sorted(LANGUAGES))}")
    return LANGUAGES[code]
