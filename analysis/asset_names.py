"""What the names and bodies of assets say once the parts that change by themselves are taken out."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

__all__ = ["is_stamped", "normal_path", "normal_script", "picture_name"]

_MAX_PATH = 300
_MAX_SCRIPT = 1_000_000
#: Build and cache marks in names: ``app.3f2a91bc.js``, ``style-602fa3.css``, ``/version1612345678/``, ``/cache/9df78eab.../``.
_BUILD = re.compile(r"(?<=[._~-])(?=[0-9a-f]{0,31}[0-9])(?=[0-9a-f]{0,31}[a-f])[0-9a-f]{6,32}(?=[._-]|$)")
_LONG_DIGITS = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{20,64}|\d{9,14})(?![0-9a-f])")
_SIZE = re.compile(r"[-_](?:\d{2,4}x\d{0,4}|x\d{2,4}|small|medium|large|thumb|scaled|grande|compact|master|@[23]x)$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico)$")
_BLOCK_COMMENT = re.compile(r"/\*[\s\S]{0,20000}?\*/")
_LINE_COMMENT = re.compile(r"(?m)^[ \t]{0,200}//[^\n]{0,4000}")
_SPACE = re.compile(r"\s+")
_STAMPS = (
    re.compile(r"(?:img|dsc|dscn|pxl|mvimg|vid|screenshot|photo|image|whatsapp)[ _.-]{0,3}20\d\d[01]\d[0-3]\d[ _-]?\d{4,9}"),
    re.compile(r"(?<!\d)20[0-3]\d[ _.-]?[01]\d[ _.-]?[0-3]\d[ _t.-]{0,4}(?:at )?[0-2]\d[ _.:-]?[0-5]\d[ _.:-]?[0-5]\d(?!\d{3})"),
    re.compile(r"(?<![0-9a-f])1[0-9]\d{8}(?:\d{3})?(?![0-9a-f])"),
)


def normal_path(url: str) -> str:
    """A URL's path: decoded, lower case, without query, with build and cache marks made ``#``."""
    try:
        path = unquote(urlsplit(url).path)[:_MAX_PATH].lower()
    except ValueError:
        return ""
    return _LONG_DIGITS.sub("#", _BUILD.sub("#", path))


def picture_name(url: str) -> str:
    """A picture's file name without folder, extension and size; empty for what is no picture or has a name too plain to tell."""
    try:
        name = unquote(urlsplit(url).path).rpartition("/")[2][:120].lower()
    except ValueError:
        return ""
    if not _PICTURE.search(name):
        return ""
    stem = _SIZE.sub("", _PICTURE.sub("", name))
    telling = len(stem) >= 10 or (len(stem) >= 5 and sum(c.isdigit() for c in stem) >= 3)
    return stem if telling else ""


def is_stamped(name: str) -> bool:
    """True when a file name carries the moment it was taken or uploaded, to the second or nearly so."""
    return any(pattern.search(name) for pattern in _STAMPS)


def normal_script(source: str, own_host: str) -> str:
    """A script without comments, white space and its shop's own name, so that banners, indentation and re-branding do not tell."""
    text = _LINE_COMMENT.sub("", _BLOCK_COMMENT.sub("", source[:_MAX_SCRIPT]))
    return _SPACE.sub("", text).replace(own_host, "@")
