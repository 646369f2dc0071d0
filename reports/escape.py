"""The one place where a string from outside is made safe for the output it goes to.

Titles, names, addresses, values and error texts are chosen by the shops. Each output has its own way of being fooled, so each
has its own function here, and no other module of this room escapes anything by itself.
"""

from __future__ import annotations

import base64
import hashlib
import html as html_text
import ipaddress
import json
import re
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

__all__ = [
    "FOLDS",
    "attribute",
    "csv_line",
    "defang",
    "defang_text",
    "file_name",
    "html",
    "icon_uri",
    "json_for_html",
    "mail_header",
    "neutralise",
    "scrub",
    "skeleton",
    "terminal",
    "unneutralise",
    "visible",
    "xml_text",
]

# Characters that move, hide or reorder what a reader sees: C0, C1, soft hyphen, zero width, bidi controls, separators, tags.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# XML 1.0, production 2 (Char), complemented.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# The last four are the full-width forms, which open a formula in spreadsheets set to East Asian scripts.
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_QUOTED = re.compile("[\",;\t\r\n'|]|^\\s|\\s$")
_LABEL = r"[0-9A-Za-z_\u00a1-\uffff](?:[0-9A-Za-z_\u00a1-\uffff-]{0,62})"
_HOST = re.compile(rf"(?<![0-9A-Za-z_\[\]-])(?:{_LABEL}\.)+{_LABEL}(?!\[)")
_SCHEME = re.compile(r"\b(?:https?|ftps?)(?=:)", re.IGNORECASE)
_RISKY_SCHEME = re.compile(r"\b(javascript|vbscript|data|file|mailto|tel):(?=\S)", re.IGNORECASE)
# Endings of file names that are no top-level domain: `style.css` stays as it is.
_FILE_ENDINGS = frozenset(
    re.findall(r"\w+", "css scss less js mjs json xml txt csv pdf png jpg jpeg gif svg webp avif ico woff woff2 ttf eot")
    + re.findall(r"\w+", "php html htm xhtml asp aspx jsp cgi")
)
_LONGEST = 4000
#: Texts whose escaped form is remembered: reports say the same addresses and sentences of pair after pair.
_REMEMBERED = 8192
_PNG = b"\x89PNG\r\n\x1a\n"
_ICON_BYTES = 48 * 1024
_ICON_SIDE = 128

FOLDS: Mapping[str, str] = {
    **dict(
        zip("\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445", "abekmhopctyx", strict=True)
    ),  # Cyrillic
    **dict(zip("\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u0440", "ijsdhqwp", strict=True)),  # Cyrillic of other alphabets
    **dict(zip("\u03b1\u03bd\u03bf\u03c1\u03c4\u03c5\u03b9\u03ba", "avoptuik", strict=True)),  # Greek
    **dict(zip("01\u0131\u0261\u0142", "olig" + "l", strict=True)),
}
"""Look-alike letters (after lower-casing) and the plain one each is read as; for searching, never for comparing storefronts."""


def _code(character: str) -> str:
    point = ord(character)
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def visible(text: str, limit: int = 300) -> str:
    """The text with everything unseen (control, bidi, zero width, lone surrogates) written out, at most ``limit`` characters.

    >>> visible("a\\u202eb")
    'a\\\\u202eb'
    """
    cut = text[: limit + 1]
    if len(cut) > limit:
        cut = cut[: limit - 1] + "…"
    return _UNSEEN.sub(lambda match: _code(match.group()), cut)


def terminal(text: str, limit: int = _LONGEST) -> str:
    """One line for a terminal or a log: C0, C1, ESC, bidi and zero-width characters are shown as ``\\x1b``.

    >>> terminal("a\\x1b[31m")
    'a\\\\x1b[31m'
    """
    return visible(text, limit)


def html(text: str, limit: int = _LONGEST) -> Markup:
    """The text as HTML, isolated (``<bdi>``) so that its direction cannot reorder its neighbours."""
    return Markup("<bdi>{}</bdi>").format(visible(text, limit))


def scrub(text: str) -> str:
    """The text in valid Unicode: lone surrogates, which no UTF-8 can carry, become U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> tuple[str, int]:
    """The text with characters that XML 1.0 cannot hold replaced by U+FFFD, and how many they were."""
    return _NOT_XML.subn("\ufffd", text)


def neutralise(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: a leading ``'`` where one could be seen, or where a ``'`` stands already.

    Reversible: ``unneutralise(neutralise(x)) == x`` for every x.
    """
    if cell.startswith("'"):
        return "'" + cell
    for character in cell:
        if character in _FORMULA:
            return "'" + cell
        if not (character.isspace() or _UNSEEN.match(character)):
            return cell
    return cell


def unneutralise(cell: str) -> str:
    """What ``neutralise`` was given."""
    return cell.removeprefix("'")


def csv_line(cells: Sequence[str | int | float | bool]) -> str:
    """One CSV line (RFC 4180 quoting, ``\\n`` at its end). Strings are neutralised; our own numbers are written as they are."""
    return ",".join([_csv_text(cell) if isinstance(cell, str) else _csv_cell(cell) for cell in cells]) + "\n"


def _csv_cell(cell: float | bool) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


@lru_cache(maxsize=_REMEMBERED)
def _csv_text(cell: str) -> str:
    """A cell's text; tables of evidence say the same thousands of times."""
    safe = neutralise(scrub(cell))
    if _QUOTED.search(safe):
        return '"' + safe.replace('"', '""') + '"'
    return safe


def json_for_html(value: object) -> Markup:
    """JSON that may stand inside a ``<script type="application/json">`` element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(_SURROGATE.sub("\ufffd", text))


def mail_header(words: str, limit: int = 200) -> str:
    """A header value of our own words and counts. Refuses what could only come from outside: an error here is a bug of ours.

    Raises ``ValueError`` on anything but printable characters on one line.
    """
    if len(words) > limit or not words.isprintable() or _UNSEEN.search(words):
        raise ValueError("a mail header carries our own words and counts only")
    return words


@lru_cache(maxsize=_REMEMBERED)
def defang(address: str, limit: int = 500) -> str:
    """A URL or host that nothing turns into a live link: ``hxxps://shop[.]example/path``.

    >>> defang("https://shop.example/a.html")
    'hxxps://shop[.]example/a.html'
    """
    text = visible(address, limit)
    scheme, mark, rest = text.partition("://")
    if not mark:
        return _dots(_RISKY_SCHEME.sub(r"\1[:]", text))
    head = re.match(r"[^/?#\\]*", rest)
    authority = head.group() if head else ""
    return _weak_scheme(scheme) + "://" + authority.replace(".", "[.]") + rest[len(authority) :].replace("://", "[:]//")


@lru_cache(maxsize=_REMEMBERED)
def defang_text(text: str, limit: int = _LONGEST) -> str:
    """Free text in which every host, mail address and URL is defanged; file names and decimals stay as they are."""
    weak = _SCHEME.sub(lambda match: _weak_scheme(match.group()), visible(text, limit))
    weak = _RISKY_SCHEME.sub(r"\1[:]", weak)
    return _HOST.sub(lambda match: _host_dots(match.group()), weak)


def _weak_scheme(scheme: str) -> str:
    lowered = scheme.lower()
    if lowered in ("http", "https"):
        return "hxxp" + lowered[4:]
    return {"ftp": "fxp", "ftps": "fxps"}.get(lowered, "x-" + scheme.replace(":", "[:]"))


def _dots(text: str) -> str:
    head, slash, tail = text.partition("/")
    return head.replace("[.]", ".").replace(".", "[.]") + slash + tail


def _host_dots(host: str) -> str:
    last = host.rpartition(".")[2].lower()
    if last in _FILE_ENDINGS:
        return host
    if last.isdigit():
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            return host
    return host.replace(".", "[.]")


def skeleton(text: str) -> str:
    """The text as a hurried reader sees it: compatibility form, no accents, lower case, look-alike letters folded."""
    flat = unicodedata.normalize("NFKD", text[:_LONGEST])
    kept = (c for c in flat if not unicodedata.combining(c) and not _UNSEEN.match(c))
    return "".join(FOLDS.get(c, c) for c in "".join(kept).casefold())


def file_name(identifier: str, ending: str) -> str:
    """A file name made of a cluster id: ASCII letters, digits, ``-`` and ``_`` only, never empty, never a device name.

    An id that had to be changed gets a mark of its own bytes, so that two ids never share a name.
    """
    plain = re.sub(r"[^0-9a-z_-]", "-", identifier.lower())[:80].strip("-")
    if plain != identifier or not plain:
        mark = base64.b32encode(_digest(identifier))[:10].decode().lower()
        plain = f"{plain[:60]}-{mark}".lstrip("-")
    return f"cluster-{plain}{ending}"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def icon_uri(png: bytes) -> str:
    """A ``data:`` address for a small PNG; empty for anything that is none, is damaged at its head, or is too large."""
    if len(png) < 33 or len(png) > _ICON_BYTES or not png.startswith(_PNG) or png[12:16] != b"IHDR":
        return ""
    width, height = struct.unpack(">II", png[16:24])
    if not 0 < width <= _ICON_SIDE or not 0 < height <= _ICON_SIDE:
        return ""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def attribute(text: str) -> str:
    """The text for an XML or SVG attribute or text node of our own drawings."""
    return html_text.escape(visible(text), quote=True)
