"""Whether a link to pay is that of whoever made the theme, plug-in or site, and left it there for thanks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["is_makers"]

#: What is read before a link, and how far its own text is looked for.
_BEFORE: Final = 600
_BEHIND: Final = 300
_BOX: Final = re.compile(
    r"</?(?:div|p|li|ul|td|tr|table|section|footer|header|form|h[1-6]|br|main|article|aside|body)\b[^<>]{0,300}>", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>|<[^<>]{0,2000}\Z")
#: What a maker of it calls his own, and how a credit goes on; who made goods for sale is the shop itself.
_THING: Final = r"(?:theme|template|skin|plug-?in|extension|web ?design|thème|modèle|vorlage|plantilla|tema|шаблон|тема|дизайн)"
_CREDIT: Final = re.compile(
    rf"\b{_THING}(?:,? [^\W\d_]{{2,20}}){{0,3}}:? (?:by|from|par|von|por|от)\b|\b{_THING}:"
    r"|\b(?:web ?site|site|blog|page)s? (?:was )?(?:designed|made|built|created|developed|coded) by\b"
    r"|\b(?:coded|developed|programmed) by\b"
    r"|\bsite (?:conçu|réalisé|développé) par\b|\bseite (?:erstellt|entwickelt|gestaltet) von\b"
    r"|\bsitio (?:diseñado|desarrollado) por\b"
    rf"|\bразработ\w{{1,4}} сайта|\b{_THING}(?:['’]s)? (?:author|developer|maker|creator)"
    rf"|\b(?:author|developer|maker|creator)s? of (?:this|the) {_THING}"
    rf"|\b(?:support|donate to|like|enjoy) (?:this|the) (?:free )?{_THING}"
    rf"|\bfree (?:\w{{1,20}} )?{_THING}s?\b",
    re.IGNORECASE,
)


def is_makers(text: str, places: Iterable[int]) -> bool:
    """True when a credit of a maker stands in the same box before each of ``places``, or is the link's own text."""
    places = list(places)
    return bool(places) and all(_is_credited(text, place) for place in places)


def _is_credited(text: str, place: int) -> bool:
    before = text[max(0, place - _BEFORE) : place]
    box = max((match.end() for match in _BOX.finditer(before)), default=0)
    end = text.find("</a>", place, place + _BEHIND)
    opened = text.find(">", place, place + _BEHIND)
    own = text[opened + 1 : end] if 0 <= opened < end else ""
    return any(_CREDIT.search(" ".join(_TAG.sub(" ", part).split())) is not None for part in (before[box:], own))
