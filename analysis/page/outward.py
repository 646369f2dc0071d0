"""What the tags of a page say of other sites: addresses that lead there, and names of hosts in texts.

Most tags say nothing of the kind, and one says the same on whatever page it stands: it is asked once. What is left out here can
name no storefront: the site itself, third parties, payment processors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from analysis.files.copy_marks import may_be_copied
from analysis.files.third_parties import is_third_party, root_of, site_of
from analysis.host_names import hosts_in, may_name_host
from analysis.page.pages import Page
from analysis.page.tags import ByHead, Head, Tag
from analysis.payees.processors import processor_of

__all__ = ["REFRESH", "Address", "Name", "Names", "Saying", "based_addresses", "named_in", "other_site", "said_of_others"]

#: The attribute of an address that the page goes on to by itself.
REFRESH: Final = "refresh"

#: Longer addresses and texts are not remembered.
_LONGEST_ADDRESS: Final = 500
_LONGEST_TEXT: Final = 2_000
#: Characters of a page's texts, scripts' data among them, in which names are looked for.
_SEARCHED: Final = 400_000
#: Characters of a text that are shown on either side of a name.
_AROUND: Final = 60
#: How an address on another host begins: with a scheme or without.
_BEGINNING: Final = len("https://")
_ATTRIBUTES: Final = ("href", "src", "action")
_URL_NAMES: Final = frozenset({"og:url", "twitter:url", "al:web:url"})
_GOES_ON: Final = re.compile(r"url\s{0,4}=\s{0,4}['\"]?([^'\"\s]{4,500})", re.IGNORECASE)
#: Attributes that are read by people, and what a page declares.
_TEXTS: Final = ("alt", "title", "placeholder")
_META_TEXTS: Final = (*_TEXTS, "content")
#: What stands before the name of whoever made a theme, a picture or a part of the page, and characters in which it is looked for.
_CREDITS: Final = re.compile(
    r"(?i)(?:\b(?:theme|template|skin|style|layout|icon|photo|foto|image|picture|web ?design|website|site|script|code)s?"
    r"\s(?:made\s|created\s|designed\s)?(?:by|von|par|por|from)|\b(?:photo|foto|image|bild|source|quelle)s?\s?:|\bdesign(?:ed)? by"
    r"|\bcoded by|©[^|]{0,40}/)[^.|]{0,30}$"
)
_CREDITED: Final = 60
#: Words of a comment in which software names itself: its makers' names stand on every site that runs it.
_SOFTWARE: Final = re.compile(
    r"(?i)\b(?:plug-?ins?|extension|add-?on|powered by|optimi[sz]ed (?:by|with)|generated (?:by|with)|cach(?:ed|ing)|licen[cs]ed?|"
    r"authors?:|original author|developed by|pictograms|open source|content management|cms|cookie consent|tracking code|"
    r"version:? \d|v\d{1,2}\.\d)\b"
)
_LONGEST_CREDIT: Final = 600
#: A dot before a letter in one of them, as the markup is written: attributes of most tags need not be taken apart.
_MAY_NAME: Final = re.compile(r' (?:alt|title|placeholder|content)="[^"]*\.[^\W\d_]')
_CODE: Final = frozenset({"script", "style"})


class Address(NamedTuple):
    """An address that stands in an ``attribute`` as ``written`` and leads to another ``site`` (registrable domain)."""

    attribute: str
    written: str
    site: str


class Name(NamedTuple):
    """A ``site`` named in a text with the words ``around`` it; ``is_bare``: by its name alone, neither a mail nor an address."""

    site: str
    around: str
    is_bare: bool


#: Sites named in a text, in order, as often as they are named.
Names = tuple[Name, ...]


class Saying(NamedTuple):
    """What some tags say of other sites, in their order: addresses, texts with the names in them; marks of copying tools aside."""

    addresses: list[tuple[Tag, Address]]
    texts: list[tuple[str, Names]]
    may_be_copied: bool


class _Told(NamedTuple):
    addresses: tuple[Address, ...]
    texts: tuple[tuple[str, Names], ...]
    may_be_copied: bool


def other_site(url_or_host: str, site: str) -> str:
    """The registrable domain of another site worth naming; empty for this one, third parties and processors."""
    named = _nameable(url_or_host) if len(url_or_host) <= _LONGEST_ADDRESS else _nameable.__wrapped__(url_or_host)
    return "" if named == site else named


def named_in(text: str) -> Names:
    """Each name of a site in a text with the words around it; any site, the storefront's own too."""
    if not may_name_host(text):
        return ()
    return _names_in(text) if len(text) <= _LONGEST_TEXT else _names_in.__wrapped__(text)


def said_of_others(tags: Iterable[Tag], site: str) -> Saying:
    """What tags of a page of ``site`` say of other sites."""
    addresses: list[tuple[Tag, Address]] = []
    texts: list[tuple[str, Names]] = []
    copied = False
    read = 0
    # a host has a dot; a comment without one may still be a copying tool's
    for tag in [tag for tag in tags if "." in tag.head.markup or "." in tag.text or not tag.name]:
        if (told := _TOLD[tag.head]) is not None:
            addresses.extend((tag, address) for address in told.addresses if address.site != site)
            texts.extend(told.texts)
            copied = copied or told.may_be_copied
        text = tag.text
        if "." not in text:
            continue
        copied = copied or may_be_copied(text)
        if tag.name in _CODE and tag.opens and not tag.closes and "json" not in tag.attributes.get("type", ""):
            continue
        read += len(text)
        if read > _SEARCHED:
            break
        if names := named_in(text):
            texts.append((text, names))
    return Saying(addresses, texts, copied)


def based_addresses(page: Page, site: str) -> list[tuple[Tag, Address]]:
    """All addresses of a page that lead to other sites, by its base if in no other way; its declarations (``meta``) aside."""
    return [
        (tag, Address(name, written, named))
        for tag in page.all_tags
        if tag.opens
        for name in _ATTRIBUTES
        if (written := tag.attributes.get(name)) and (named := other_site(page.absolute(written), site))
    ]


@lru_cache(maxsize=4_096)
def _names_in(text: str) -> Names:
    return tuple(
        Name(
            named,
            " ".join(text[max(0, start - _AROUND) : start + len(host) + _AROUND].split()),
            text[start : start + len(host)].lower() == host,
        )
        for host, start in hosts_in(text)
        if (named := _nameable(host)) and _CREDITS.search(text[max(0, start - _CREDITED) : start]) is None
    )


@lru_cache(maxsize=16_384)
def _nameable(url_or_host: str) -> str:
    named = site_of(url_or_host)
    return "" if not named or is_third_party(url_or_host) or processor_of(url_or_host) else named


@ByHead
def _TOLD(head: Head) -> _Told | None:  # noqa: N802  - a memory, filled by this
    if not head.opens:
        comment = head.comment
        # in a part of a page that was taken out, or is for old browsers, the addresses are the page's own
        names = () if "<" not in comment and _SOFTWARE.search(comment[:_LONGEST_CREDIT]) else named_in(comment)
        copied = may_be_copied(comment, is_comment=True)
        return _Told((), ((comment, names),) if names else (), copied) if names or copied else None
    markup = head.markup
    leads_away = "//" in markup
    may_name = _MAY_NAME.search(markup) is not None
    if not (leads_away or may_name):
        return None
    naming = _naming(head) if may_name else ()
    addresses = _addresses(head) if leads_away else ()
    copied = leads_away and may_be_copied(markup)
    return _Told(addresses, naming, copied) if addresses or naming or copied else None


def _naming(head: Head) -> tuple[tuple[str, Names], ...]:
    told = head.attributes.get
    texts = (told(name, "") for name in (_META_TEXTS if head.name == "meta" else _TEXTS))
    return tuple((text, names) for text in texts if "." in text and (names := named_in(text)))


def _addresses(head: Head) -> tuple[Address, ...]:
    told = head.attributes.get
    written = [(name, value) for name in _ATTRIBUTES if (value := told(name)) and "//" in value]
    if head.name == "meta" and (content := told("content")):
        if (told("property") or told("name") or "").lower() in _URL_NAMES:
            written.append(("content", content))
        elif (told("http-equiv") or "").lower() == "refresh" and (match := _GOES_ON.search(content)):
            written.append((REFRESH, match.group(1)))
    found = [address for name, value in written if (address := _address(name, value))] if written else None
    return tuple(found) if found else ()


def _address(attribute: str, written: str) -> Address | None:
    start = written.lstrip()
    if "//" not in start[:_BEGINNING]:
        return None
    named = _nameable(root_of(start)[:_LONGEST_ADDRESS])
    return Address(attribute, written, named) if named else None
