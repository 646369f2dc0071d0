"""Where on a page a mark may stand, by the signs on its tags: most of a page has none and need not be looked at.

A picture may be the shop's mark when it calls itself a logo, when what it stands in does, or when it leads home. All three are
said by tags as written, which are asked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from analysis.page.tags import ByHead, Head, Tag
from analysis.texts.any_case import AnyCase

__all__ = [
    "IS_FOREIGN",
    "PICTURE",
    "SIGN",
    "Picture",
    "Sign",
    "Surroundings",
    "calls_itself",
    "is_foreign_mark",
    "is_home",
    "pictures_within",
    "surroundings",
]

_PICTURES = frozenset({"img", "svg"})
_OUTERMOST = frozenset({"body", "html"})
_DECLARING = frozenset({"link", "script", "meta"})
#: Levels above a picture that are looked at, and those whose names count as the picture's.
_LEVELS = 8
_NAMING_LEVELS = 3
#: Characters of a picture's names and classes that are looked at, and of an address.
_WORDS_KEPT = 2_000
_ADDRESS_KEPT = 500

_FOREIGN = AnyCase(
    r"(?<![a-z])(?:visa|master-?_?card|maestro|amex|american-?_?express|pay-?pal|discover(?:-?card)?|diners(?:-?club)?|jcb|union-?pay|klarna|sofort|"
    r"giropay|ideal|bancontact|apple-?pay|google-?pay|gpay|amazon-?pay|shop-?pay|after-?pay|clear-?pay|stripe|skrill|neteller|web-?money|wmlogo|qiwi|"
    r"yoo-?money|yandex|mir|sepa|bitcoin|btc|ethereum|usdt|tether|payments?|pay-?methods?|credit-?cards?|debit-?cards?|cards?|cc|trust-?pilot|"
    r"trusted-?shops|ekomi|norton|mcafee|comodo|verisign|geotrust|ssl|secure|dhl|ups|usps|fed-?ex|gls|dpd|hermes|royal-?mail|correos|colissimo|"
    r"chronopost|mondial-?relay|facebook|fb|twitter|instagram|insta|pinterest|youtube|linkedin|tiktok|whatsapp|telegram|viber|skype|vk|"
    r"vkontakte|odnoklassniki|google|app-?store|play-?store|itunes|flags?|partners?|sponsors?|clients?|suppliers?|brands|manufacturers?|"
    r"cart|basket|bag|heart|wish-?list|search|menu|close|arrow|user|account|phone|mail|email|map|pin|clock|truck|star|language|loader|spinner|"
    r"woocommerce|shopify|magento|prestashop|opencart|wordpress|bootstrap|avatar|author|testimonials?|blog)(?![a-z])"
)
_LOGO = re.compile(
    r"(?i)(?<![a-z])(?:logo(?:type|mark)?s?|brand|wordmark|masthead|site-?_?name|site-?_?title)(?![a-rt-z])|(?<=[a-z_-])logo"
)
_HEADER = re.compile(r"(?i)(?<![a-z])(?:header|navbar|masthead|top-?bar|site-?nav|menu)(?![a-z])")
_ICON_REL = re.compile(r"(?i)(?:^|\s)(?:icon|apple-touch-icon(?:-precomposed)?|mask-icon|fluid-icon)(?:\s|$)")
_HOME_PATHS = frozenset({"", "/", "/index.html", "/index.php", "/home", "/home/"})
#: The last part of an address that may be home, according to where it stands.
_HOME_ENDS = frozenset({"", ".", "..", "index.html", "index.php", "home"})
_HREF = ' href="'
#: With one of these such an address ends; an empty one with what is before it.
_HOME_LETTERS = frozenset('"/.lpeLPE?# ')


class Sign(IntEnum):
    """What a tag has to do with marks; of ``NAMED`` and ``HOME`` the value is how many levels below a picture is meant."""

    NONE = 0
    NAMED = _NAMING_LEVELS  # is called a logo or a brand
    HOME = _LEVELS  # may lead home
    PICTURE = 100  # a picture that calls itself a logo
    ICON = 101
    DECLARED = 102  # may declare a logo


class Picture(NamedTuple):
    """A picture's address as written, the name of its file and folder, and the words of its own attributes."""

    source: str
    name: str
    own: str


class Surroundings(NamedTuple):
    """What stands around a picture: class and id words of the three nearest elements; whether a header is among the nearest eight;
    addresses of the links that the picture is in, nearest first."""

    words: str
    in_header: bool
    links: tuple[str, ...]


def is_foreign_mark(*texts: str) -> bool:
    """True when file name, alt text or class say that a picture is a payment, shipping, social, platform or partner mark."""
    return any(_FOREIGN.stands_in(text[:300].replace("_", "-")) for text in texts if text)


@lru_cache(maxsize=4_096)
def calls_itself(words: str) -> bool:
    """True when words say that something is a logo or a brand."""
    return _LOGO.search(words) is not None


@lru_cache(maxsize=4_096)
def is_home(target: str, url: str) -> bool:
    """True when an address is the home page of the host that ``url`` is on."""
    there, own = urlsplit(target), urlsplit(url)
    return there.path.lower() in _HOME_PATHS and not there.query and there.netloc == own.netloc


def pictures_within(tags: Sequence[Tag], at: int, levels: int) -> Iterator[int]:
    """Places of the pictures inside the element that opens at a place of the row, at most so many levels below it."""
    depth = 0
    for place in range(at, len(tags)):
        tag = tags[place]
        if tag.opens:
            if tag.name in _PICTURES and 0 < depth <= levels:
                yield place
            depth += not tag.closes
        elif tag.closes:
            depth -= 1
        if depth <= 0:
            return


def surroundings(tags: Sequence[Tag], at: int) -> Surroundings:
    """What stands around the picture at a place of the row."""
    words: list[str] = []
    links: list[str] = []
    in_header = False
    closed = levels = 0
    for place in range(at - 1, -1, -1):
        tag = tags[place]
        if not tag.opens:
            closed += tag.closes
        elif tag.closes:
            continue
        elif closed:
            closed -= 1
        elif levels == _LEVELS or tag.name in _OUTERMOST:
            break
        else:
            named, is_header, link = _AROUND[tag.head]
            if levels < _NAMING_LEVELS:
                words.append(named)
            in_header = in_header or is_header
            if link is not None:
                links.append(link)
            levels += 1
    return Surroundings(" ".join(words), in_header, tuple(links))


@ByHead
def SIGN(head: Head) -> Sign:  # noqa: N802  - a memory, filled by this
    """What a tag that opens has to do with marks: most, quickly, nothing."""
    name, markup = head.name, head.markup
    if name == "a":
        start = markup.find(_HREF) + len(_HREF)
        if start < len(_HREF):
            return Sign.HOME
        ends = markup[markup.find('"', start) - 1] in _HOME_LETTERS or markup.count("/", start) == 2  # a host alone
        if ends and _may_be_home(head.attributes.get("href", "")):
            return Sign.HOME
    elif name in _DECLARING:
        return _declared(head)
    low = markup.lower()
    if "logo" in low or "brand" in low or "wordmark" in low or "masthead" in low or "site" in low:
        return _named(head)
    return Sign.NONE


def _declared(head: Head) -> Sign:
    told = head.attributes.get
    if head.name == "link":
        return Sign.ICON if _ICON_REL.search(told("rel", "")) else Sign.NONE
    declares = "ld+json" in told("type", "").lower() if head.name == "script" else told("property") == "og:logo"
    return Sign.DECLARED if declares else Sign.NONE


def _named(head: Head) -> Sign:
    if head.name in _OUTERMOST:
        return Sign.NONE
    if head.name in _PICTURES:
        picture = PICTURE[head]
        return Sign.PICTURE if calls_itself(f"{picture.name} {picture.own}") else Sign.NONE
    return Sign.NAMED if calls_itself(_names(head)) else Sign.NONE


@ByHead
def PICTURE(head: Head) -> Picture:  # noqa: N802  - a memory, filled by this
    """A picture by its tag."""
    told = head.attributes.get
    source = (told("src") or told("data-src") or "").strip()
    own = " ".join(told(name) or "" for name in ("alt", "class", "id", "aria-label"))
    return Picture(source, "" if source.startswith("data:") else _file_and_folder(source[:_ADDRESS_KEPT]), own[:_WORDS_KEPT])


@ByHead
def IS_FOREIGN(head: Head) -> bool:  # noqa: N802  - a memory, filled by this
    """True for a picture that its own words call a foreign mark."""
    return is_foreign_mark(PICTURE[head].name, PICTURE[head].own)


@ByHead
def _AROUND(head: Head) -> tuple[str, bool, str | None]:  # noqa: N802  - a memory, filled by this
    named = _names(head)
    link = (head.attributes.get("href") or "").strip() if head.name == "a" else "#"
    return named, head.name in ("header", "nav") or _HEADER.search(named) is not None, None if link.startswith("#") else link


def _names(head: Head) -> str:
    told = head.attributes.get
    return "" if head.is_bare else f"{told('class') or ''} {told('id') or ''}"


def _may_be_home(href: str) -> bool:
    """False for most addresses that are no home page, wherever they stand."""
    path, fragment, _ = href.strip().lower().partition("#")
    if "?" in path[:-1] or (fragment and not path):
        return False
    path = path.rstrip("?")
    if path.startswith("/") and not path.startswith("//") and ".." not in path:
        return path in _HOME_PATHS
    return path.rpartition("/")[2] in _HOME_ENDS or (path.count("/") == 2 and "//" in path)


def _file_and_folder(source: str) -> str:
    try:
        return " ".join(urlsplit(source).path.split("/")[-2:])
    except ValueError:
        return ""
