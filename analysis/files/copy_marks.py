"""Marks that copying tools leave in the pages they save, with the original they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["copy_marks", "may_be_copied"]

#: Characters of a page in which a tool's mark stands: its head.
_SEARCHED: Final = 20_000
_URL: Final = r"(?:https?://)?([a-z0-9.-]{4,200})(?:[:/?#][^\s>\"]{0,500})?"
_WAYBACK: Final = r"(?:https?://)?web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/"
_OTHER_TOOLS: Final = r"(?:WebCopy|WebReaper|Offline Explorer|SiteSucker|BlackWidow)"
_MARKS: Final = (
    ("HTTrack", re.compile(rf"<!--\s*Mirrored from {_URL} by HTTrack", re.IGNORECASE)),
    ("HTTrack", re.compile(rf"<!--\s*Created by HTTrack Website Copier[^>]{{0,200}}?(?:from|of) {_URL}", re.IGNORECASE)),
    ("SingleFile", re.compile(rf"Page saved with SingleFile\s{{0,20}}url:\s{{0,10}}{_URL}", re.IGNORECASE)),
    ("browser", re.compile(rf"<!--\s*saved from url=\(\d{{1,6}}\)\s?{_URL}", re.IGNORECASE)),
    ("Teleport", re.compile(rf"<!--[^>]{{0,80}}Teleport Pro[^>]{{0,120}}?{_URL}", re.IGNORECASE)),
    (
        "WebCopy",
        re.compile(
            rf"<!--[^>]{{0,80}}{_OTHER_TOOLS}[^>]{{0,160}}?(?:from|of|url:?)\s{{0,4}}{_URL}",
            re.IGNORECASE,
        ),
    ),
    (
        "Wayback Machine",
        re.compile(rf"FILE ARCHIVED ON [^>]{{0,80}}?{_WAYBACK}{_URL}", re.IGNORECASE),
    ),
    ("Wayback Machine", re.compile(rf"{_WAYBACK}{_URL}", re.IGNORECASE)),
    ("wget", re.compile(rf"<!--[^>]{{0,40}}(?:wget|cURL)[^>]{{0,120}}?{_URL}", re.IGNORECASE)),
    ("MHTML", re.compile(rf"^(?:Snapshot-)?Content-Location:\s?{_URL}", re.IGNORECASE | re.MULTILINE)),
)
_NAMELESS: Final = (
    ("HTTrack", re.compile(r"HTTrack Website Copier|<!-- Added by HTTrack -->", re.IGNORECASE)),
    ("SingleFile", re.compile(r"Page saved with SingleFile|savepage-url|single-file-", re.IGNORECASE)),
    ("Save Page WE", re.compile(r"savepage-(?:url|title|date)", re.IGNORECASE)),
    ("Teleport", re.compile(r"\btppabs=\"", re.IGNORECASE)),
)


#: One of these stands in every mark that is a comment; one of the others, and an address, in those that are not.
_IN_COMMENTS: Final = (
    *("httrack", "singlefile", "savepage", "saved from url", "teleport", "webcopy", "webreaper", "offline explorer"),
    *("sitesucker", "blackwidow", "web.archive.org", "wget", "curl"),
)
_ELSEWHERE: Final = (
    *("httrack", "singlefile", "savepage-", "single-file-", "tppabs=", "web.archive.org/web/", "content-location:"),
)


def may_be_copied(text: str, *, is_comment: bool = False) -> bool:
    """True when a piece of a page, a tag as written, a text or a comment, may be part of a mark: a quick question."""
    if not is_comment and "//" not in text:
        return False
    lower = text.lower()
    return any(map(lower.__contains__, _IN_COMMENTS if is_comment else _ELSEWHERE))


def copy_marks(html: str) -> Iterator[tuple[str, str]]:
    """(tool, host of the original) for every mark in the head of a page; the host is empty where the tool names none."""
    head = html[:_SEARCHED]
    named = set()
    for tool, pattern in _MARKS:
        match = pattern.search(head)
        if match:
            named.add(tool)
            yield tool, match.group(1).lower().strip(".")
    for tool, pattern in _NAMELESS:
        if tool not in named and pattern.search(head):
            yield tool, ""
