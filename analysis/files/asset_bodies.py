"""What the bodies of scripts and style sheets say, each worked out once however many storefronts serve it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from analysis.styles.style_sheets import without_space
from crawler.captures import Resource, Role

__all__ = ["BodyTold", "body_told", "normal_script"]

_KEPT = 4_096
_CHARS = 1_000_000
_TAIL = 4_000
_SEARCHED = 200_000
_HEADER = 3_000
_PATHS = 10
_PATH_CHARS = 200
#: The longest comment of a script, in characters between its marks.
_BLOCK_COMMENT = 20_000
_LINE_COMMENT = re.compile(r"\n[ \t]{0,200}//[^\n]{0,4000}")
_THEME_HEADER = re.compile(r"(?i)(?:theme|template)(?:[ -]name)?[ \t]{0,4}:[ \t]{0,4}([^\n*]{2,60})")
_SOURCE_MAP = re.compile(r"[#@]\s?sourceMappingURL=([^\s'\"*]{1,300})")
_LOCAL_PATH = re.compile(
    r"(?i)(?:[a-z]:[\\/]{1,2}users[\\/]{1,2}[\w .-]{2,40}|/(?:home|users)/[\w.-]{2,40})(?:[\\/]{1,2}[\w .@-]{1,40}){1,6}"
)


class BodyTold(NamedTuple):
    """``text`` is a digest of a script's text as it is compared, ``characters`` the length of that; both nothing of a sheet.

    ``theme`` is how a sheet calls its theme, ``source_map`` the last map that is named, ``paths`` are folders of somebody's
    computer.
    """

    text: str
    characters: int
    theme: str
    source_map: str
    paths: tuple[str, ...]


def body_told(resource: Resource, site: str) -> BodyTold:
    """What the script or style sheet of a storefront says; the storefront's own name in a script is nobody's."""
    key = (resource.digest, resource.role)
    told = _TOLD.get(key)
    if told is None:
        if len(_TOLD) >= _KEPT:
            _TOLD.clear()
        told = _TOLD[key] = _read(_text(resource), resource.role)
    if resource.role is Role.SCRIPT and site.encode() in resource.body:
        text, characters = normal_script(_text(resource).replace(site, "@"))
        return told._replace(text=text, characters=characters)
    return told


_TOLD: dict[tuple[str, Role], BodyTold] = {}


def normal_script(source: str) -> tuple[str, int]:
    """Digest and length of a script without comments and white space, so that banners and indentation do not tell."""
    bare = _without_blocks(source)
    if "//" in bare:
        bare = _LINE_COMMENT.sub("", f"\n{bare}")
    normal, characters = without_space(bare)
    return sha256(normal).hexdigest()[:32], characters


def _read(text: str, role: Role) -> BodyTold:
    digest, characters = normal_script(text) if role is Role.SCRIPT else ("", 0)
    header = text[:_HEADER].partition("*/")[0] if role is Role.STYLE and "/*" in text[:200] else ""
    theme = _THEME_HEADER.search(header)
    tail = text[-_TAIL:]
    maps = _SOURCE_MAP.findall(tail) if "sourceMappingURL=" in tail else ()
    paths: Iterator[str] = iter(())
    if "Users" in text or "/home/" in text:
        paths = (found.group().replace("\\\\", "\\")[:_PATH_CHARS] for found in _LOCAL_PATH.finditer(text[:_SEARCHED]))
    return BodyTold(digest, characters, theme[1] if theme else "", maps[-1] if maps else "", tuple(islice(paths, _PATHS)))


def _text(resource: Resource) -> str:
    return resource.body[:_CHARS].decode("utf-8", "replace")


def _without_blocks(text: str) -> str:
    """The text without its block comments; what is longer than one is, is none: a string may hold the beginning of a comment."""
    start = text.find("/*")
    end = 0
    kept: list[str] = []
    at = 0
    while start >= 0:
        if end < start + 2:
            end = text.find("*/", start + 2)
            if end < 0:
                break
        if end - start - 2 > _BLOCK_COMMENT:
            start = text.find("/*", start + 1)
            continue
        kept.append(text[at:start])
        at = end + 2
        start = text.find("/*", at)
    kept.append(text[at:])
    return "".join(kept)
