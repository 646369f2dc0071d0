"""Where a page's source tells theme and build: folders, the platform's record of its theme, a generator's build, a credit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import Final

from analysis.once import Answers
from analysis.page.pages import Page

__all__ = ["SIGNS", "credits_on", "marks_in", "plain_name"]

_FOLDERS_PER_PAGE = 20
#: Characters before a folder in which the folders around it are looked for.
_BEFORE = 120
_SHOPIFY: Final = "shopify.theme"
_NEXT: Final = "/_next/static/"
_SHOPIFY_THEME = re.compile(r'Shopify\.theme\s{0,3}=\s{0,3}\{"name":"([^"\\]{2,60})"')
_NEXT_BUILD = re.compile(r"/_next/static/([\w-]{8,40})/_(?:build|ssg)Manifest\.js")
_FOLDERS: Final = (
    ("wordpress", "/wp-content/themes/", re.compile(r"/wp-content/themes/(?:(?:pub|vip|premium)/)?([\w.-]{2,60})/")),
    ("drupal", "/themes/", re.compile(r"/sites/[\w.-]{1,60}/themes/(?:(?:custom|contrib)/)?([\w.-]{2,60})/")),
    ("magento", "/skin/frontend/", re.compile(r"/skin/frontend/([\w.-]{2,40}/[\w.-]{2,40})/")),
    ("magento", "/static/version", re.compile(r"/static/version\d{1,14}/frontend/([\w.-]{2,40}/[\w.-]{2,40})/")),
    ("opencart", "catalog/view/theme/", re.compile(r"catalog/view/theme/([\w.-]{2,60})/")),
    ("bitrix", "/bitrix/templates/", re.compile(r"/bitrix/templates/([\w.-]{2,60})/")),
    ("prestashop", "/themes/", re.compile(r"(?<!/wp-content)/themes/([\w.-]{2,60})/(?:assets|css|js|cache)/")),
)
#: Folders that hold themes of something else than the shop: extensions, libraries, another system's.
_OTHERS = re.compile(
    r"(?i)/(?:modules?|plugins?|extensions?|components|sites|libs?|libraries|vendor|js|jquery[\w.-]{0,20})/[^\"'\s]{0,60}$"
)
#: Themes that platforms come with: nobody chose them.
_STOCK: Final = {
    "wordpress": re.compile(r"default|classic|storefront|twenty[a-z]{3,12}"),
    "drupal": re.compile(r"bartik|claro|garland|olivero|seven|stark|zen"),
    "magento": re.compile(
        r"base/default|default/(?:blank|default|iphone|modern)|(?:enterprise|rwd)/(?:default|enterprise)|magento/(?:blank|luma)"
    ),
    "opencart": re.compile(r"default"),
    "bitrix": re.compile(r"\.?default"),
    "prestashop": re.compile(r"classic|default(?:-bootstrap)?|hummingbird|prestashop"),
}
#: Signs, in lower case, of what ``marks_in`` reads.
SIGNS: Final = frozenset((_SHOPIFY, _NEXT, *(sign for _, sign, _ in _FOLDERS)))
_CREDITED = re.compile(
    r"(?i)\b(?:template|theme|thème|vorlage|plantilla|шаблон)\b[^.|©]{0,40}$|\b(?:template|theme|шаблон) (?:by|von|par|por|от)\b"
)
_BY = re.compile(r"(?i)(?:^|\s)(?:by|von|par|por|от)\b\s{0,3}:?\s{0,3}([\w][\w.&' -]{1,38})?$")
_THEME = re.compile(r"(?i)template|theme|thème|vorlage|plantilla|шаблон")
_CREDIT_CHARS = 160
#: Letters of the shortest author's name.
_LETTERS = 3
_FOOTER_STRINGS = 120


def marks_in(pieces: Sequence[str], signs: Set[str], platform: str = "") -> Iterator[tuple[str, str, str]]:
    """Word of the kind, value and what is shown of the marks that pieces of a page's source hold, for signs that are there.

    Folders carry their platform's name; a folder called "themes" and no more is PrestaShop's only where that is the ``platform``.
    """
    if _SHOPIFY in signs:
        for found in islice(_all(_SHOPIFY_THEME, "Shopify.theme", pieces), 1):
            yield "theme_name", plain_name(found[1]), found[1]
    for kind, sign, pattern in _FOLDERS:
        if sign in signs:
            folders = (found[1].lower() for found in _all(pattern, sign, pieces) if not _is_others(kind, found))
            for folder in islice((folder for folder in folders if _STOCK[kind].fullmatch(folder) is None), _FOLDERS_PER_PAGE):
                yield "theme_folder", f"{'themes' if kind == 'prestashop' != platform else kind}:{folder}", ""
    if _NEXT in signs:
        for found in islice(_all(_NEXT_BUILD, _NEXT, pieces), 1):
            yield "build_id", found[1], ""


def _is_others(kind: str, found: re.Match[str]) -> bool:
    """True for a folder called "themes" that is not the shop's own."""
    return kind == "prestashop" and _OTHERS.search(found.string[max(0, found.start() - _BEFORE) : found.start() + 1]) is not None


def _all(pattern: re.Pattern[str], sign: str, pieces: Sequence[str]) -> Iterator[re.Match[str]]:
    for piece in pieces:
        if sign in piece:
            yield from pattern.finditer(piece)


def plain_name(name: str) -> str:
    """A theme's or author's name as it is compared."""
    return " ".join(name.casefold().split()).strip(" -|.,;:*/")


def credits_on(page: Page) -> Iterator[tuple[str, str]]:
    """Author of a template and the words that credit it, in the last visible strings of a page."""
    left = _FOOTER_STRINGS
    for strings in reversed(page.string_runs):
        if _CREDITING[strings]:
            break
        left -= len(strings)
        if left <= 0:
            return
    else:
        return
    strings = page.strings[-_FOOTER_STRINGS:]
    for at, text in enumerate(strings):
        if _credits(text) and (author := _author(strings[at : at + 4])):
            yield author, f"{text[-80:]} ... {author}"


def _has_credit(strings: tuple[str, ...]) -> bool:
    return _has_word("\n".join(strings)) and any(map(_credits, strings))


def _credits(text: str) -> bool:
    return _has_word(text) and _CREDITED.search(text[-_CREDIT_CHARS:]) is not None


def _has_word(text: str) -> bool:
    """True when one of the words is there that are in every credit; most texts have none."""
    low = text.lower()
    return "theme" in low or "template" in low or "thème" in low or "vorlage" in low or "plantilla" in low or "шаблон" in low


_CREDITING: Final = Answers(_has_credit, most=16_384, longest=400)


def _author(strings: tuple[str, ...]) -> str:
    """The name after the first "by" behind the word theme or template; icons and links may have cut the sentence in pieces."""
    for number, text in enumerate(strings[:3]):
        told = text if number else text[[found.end() for found in _THEME.finditer(text)][-1] :]
        if (by := _BY.search(told[-80:])) and len(told) <= _CREDIT_CHARS:
            name = by[1] or (strings[number + 1][:40] if number + 1 < len(strings) else "")
            return name if sum(map(str.isalpha, name)) >= _LETTERS else ""
    return ""
