"""What the names of files say once the parts that change by themselves are taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from analysis.imagery.marks import is_foreign_mark
from analysis.once import Answers

__all__ = ["FOREIGN_NAMES", "NameTold", "is_stamped", "name_told", "normal_path", "picture_name", "split_address"]

_MAX_PATH = 300
_EVERYBODYS = frozenset(
    {"/", "", "/favicon.ico", "/robots.txt", "/sitemap.xml", "/apple-touch-icon.png", "/sitemap_index.xml", "/manifest.json"}
)
#: What generators of icons call their files.
_GENERATED_ICON = re.compile(
    r"/(?:favicon-\d+(?:x\d+)?|apple-touch-icon(?:-\d+x\d+)?(?:-precomposed)?|android-chrome-\d+x\d+|mstile-\d+x\d+"
    r"|safari-pinned-tab|browserconfig|site)\.(?:png|svg|xml|webmanifest)$"
)
_FILE = re.compile(r"\.[a-z0-9]{2,5}$")
#: Build and cache marks in names: ``app.3f2a91bc.js``, ``style-602fa3.css``, ``/version1612345678/``, ``/cache/9df78eab.../``.
_BUILD = re.compile(r"(?<=[._~-])(?=[0-9a-f]{0,31}[0-9])(?=[0-9a-f]{0,31}[a-f])[0-9a-f]{6,32}(?=[._-]|$)")
_LONG_DIGITS = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{20,64}|\d{9,14})(?![0-9a-f])")
_SIZE = re.compile(r"[-_](?:\d{2,4}x\d{0,4}|x\d{2,4}|small|medium|large|thumb|scaled|grande|compact|master|@[23]x)$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico)$")
_DIGIT = re.compile(r"\d")
#: What every stamp has.
_FOUR_DIGITS = re.compile(r"\d{4}")
#: Pictures taken over from a network that numbers them: its numbers are as long as stamps.
_NUMBERED = re.compile(r"\d{5,}_\d{8,}_\d{6,}_[a-z](?![a-z])")
_STAMPS = (
    re.compile(r"(?:img|dsc|dscn|pxl|mvimg|vid|screenshot|photo|image|whatsapp)[ _.-]{0,3}20\d\d[01]\d[0-3]\d[ _-]?\d{4,9}"),
    re.compile(r"(?<!\d)20[0-3]\d[ _.-]?[01]\d[ _.-]?[0-3]\d[ _t.-]{0,4}(?:at )?[0-2]\d[ _.:-]?[0-5]\d[ _.:-]?[0-5]\d(?!\d{3})"),
    re.compile(r"(?<![0-9a-f])1[0-9]\d{8}(?:\d{3})?(?![0-9a-f])"),
)
#: Whether the names of pictures are those of other people's marks.
FOREIGN_NAMES: Final = Answers(is_foreign_mark, most=8_192)


@dataclass(frozen=True, slots=True, eq=False)
class NameTold:
    """What the name of a file says: its path without build marks, and of a telling picture's name the plain part.

    ``is_stamped``: that part carries the moment of the picture's making.
    """

    path: str
    is_picture: bool
    picture: str
    is_stamped: bool


def split_address(url: str) -> tuple[str, str]:
    """Origin and path of an absolute address; an address that is not of that form has no path."""
    at = url.find("/", url.find("//") + 2)
    if at < 0:
        return url, ""
    origin, rest = url[:at], url[at:]
    return (url, "") if "?" in origin or "#" in origin else (origin, rest.partition("?")[0].partition("#")[0])


def name_told(path: str) -> NameTold | None:
    """What the path of a file on the storefront's own host says; None for no file and for names that everybody has."""
    normal = _normal(path)
    if normal in _EVERYBODYS or _GENERATED_ICON.match(normal) or not _FILE.search(normal):
        return None
    is_picture = _PICTURE.search(normal) is not None
    if is_picture and FOREIGN_NAMES[normal.rpartition("/")[2]]:
        return None  # card, carrier and network marks belong to everybody
    stem = _stem(path)
    return NameTold(normal, is_picture, stem, bool(stem) and is_stamped(stem))


def normal_path(url: str) -> str:
    """A URL's path: decoded, lower case, without query, with build and cache marks made ``#``."""
    try:
        return _normal(urlsplit(url).path)
    except ValueError:
        return ""


def picture_name(url: str) -> str:
    """A picture's file name without folder, extension and size; empty for what is no picture or has a name too plain to tell."""
    try:
        return _stem(urlsplit(url).path)
    except ValueError:
        return ""


def is_stamped(name: str) -> bool:
    """True when a file name carries the moment it was taken or uploaded, to the second or nearly so."""
    return (
        _FOUR_DIGITS.search(name) is not None and any(pattern.search(name) for pattern in _STAMPS) and _NUMBERED.match(name) is None
    )


def _normal(path: str) -> str:
    normal = unquote(path)[:_MAX_PATH].lower()
    return _LONG_DIGITS.sub("#", _BUILD.sub("#", normal)) if _DIGIT.search(normal) else normal


def _stem(path: str) -> str:
    name = unquote(path).rpartition("/")[2][:120].lower()
    if not _PICTURE.search(name):
        return ""
    stem = _SIZE.sub("", _PICTURE.sub("", name))
    telling = len(stem) >= 10 or (len(stem) >= 5 and sum(c.isdigit() for c in stem) >= 3)
    return stem if telling else ""
