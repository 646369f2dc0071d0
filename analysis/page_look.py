"""What the page-state rules ask of a page: its words, prices, forms and links, computed once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from analysis import page_marks as marks_of
from analysis.literals import Literals
from analysis.pages import Page
from crawler.captures import Role

__all__ = ["BUYING", "Look", "look_at", "matches", "said_of"]

#: Characters of text and of source searched for marks; what is nothing says so at once.
_TEXT_SEARCHED = 60_000
_SOURCE_SEARCHED = 200_000
#: This many different prices are a catalogue; fewer may be an empty cart, a "from 9.99" teaser, a domain's asking price.
_CATALOGUE = 3
#: Roles of pages on which one pays.
BUYING = frozenset({Role.CART, Role.CHECKOUT, Role.PAYMENT})
#: Roles whose texts speak of closed accounts, ages, cookies and countries without being a wall.
_SPEAKING = frozenset(
    {
        *(Role.TERMS, Role.PRIVACY, Role.SHIPPING, Role.RETURNS, Role.LEGAL, Role.ABOUT, Role.CONTACT, Role.BLOG),
        *BUYING,
    }
)
_CURT_WORDS = 60
_HEADINGS = 5
_FIELDS = 200
#: In a longer text all marks are looked for at once.
_SHORT = 2_000

_PRICE = re.compile(
    r"(?:[$€£¥₽]|\b(?:usd|eur|gbp|rub|chf|pln|zł|kr)\b)\s?\d{1,6}(?:[.,]\d{1,3})?"
    r"|\d{1,6}(?:[.,]\d{1,3})?\s?(?:[$€£¥₽円]|(?:usd|eur|gbp|rub|chf|zł|kr|руб)\b|р\.)"
)
_MORE_THAN_NOTHING = frozenset("123456789")
_CODE_FIELD = re.compile(r"invit|einlad|приглаш|member.?code|access.?code|инвайт")


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules ask of a page, computed once."""

    page: Page
    text: str
    heading: str
    words: int
    prices: int
    sells: tuple[str, ...]
    pictures: int
    links: int
    passwords: int
    codes: int
    inputs: int

    @property
    def source(self) -> str:
        """The source, folded; asked for on short pages only."""
        return self.page.html[:_SOURCE_SEARCHED].casefold()

    @property
    def is_catalogue(self) -> bool:
        return self.prices >= _CATALOGUE

    @property
    def said(self) -> str:
        """Where words of emptiness count: policies and payment pages speak of suspended accounts and cards, so only headings."""
        speaks = self.page.role in _SPEAKING and self.words > _CURT_WORDS
        return self.heading if speaks else f"{self.heading} {self.text}"

    @property
    def status(self) -> int:
        return self.page.resource.status


def look_at(page: Page) -> Look:
    """Read a page for the rules."""
    text = _fold(page.text[:_TEXT_SEARCHED])
    tree = page.tree
    description = "".join(m.get("content", "") for m in tree.iter("meta") if m.get("name") == "description")[:1000]
    headings = " ".join(str(h.text_content())[:300] for tag in ("h1", "h2") for h in islice(tree.iter(tag), _HEADINGS))
    fields = list(islice(tree.iter("input"), _FIELDS))
    types = [(element.get("type") or "text").strip().lower() for element in fields]
    prices = {price for price in {match.group() for match in matches(_PRICE, text, 60)} if not _MORE_THAN_NOTHING.isdisjoint(price)}
    return Look(
        page=page,
        text=text,
        heading=_fold(f"{page.title[:500]} | {headings} | {description}"),
        words=max(len(text.split()), len(text) // 12),
        prices=len(prices),
        sells=said_of(marks_of.CART_WORDS, text),
        pictures=sum(1 for _ in tree.iter("img")),
        links=sum(1 for _ in tree.iter("a")),
        passwords=types.count("password"),
        codes=sum(1 for element in fields if _CODE_FIELD.search(_named(element))),
        inputs=sum(1 for t in types if t in ("text", "email", "password", "tel", "search", "number")),
    )


def _named(element: etree._Element) -> str:
    return " ".join((element.get(name) or "")[:60] for name in ("name", "id", "placeholder")).lower()


def matches(pattern: re.Pattern[str], text: str, most: int) -> list[re.Match[str]]:
    """The first ``most`` matches."""
    found = []
    for match in pattern.finditer(text):
        found.append(match)
        if len(found) == most:
            break
    return found


def _fold(text: str) -> str:
    return text.casefold().replace("’", "'").replace("ё", "е").replace("\xa0", " ").replace("…", "...")


def said_of(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The first four of the words that a folded text contains, each as a mark."""
    there = _said_in(text) if len(text) > _SHORT else [word for word in words if word in text]
    return tuple(f'says "{word}"' for word in words if word in there)[:4]


@lru_cache(maxsize=4)
def _said_in(text: str) -> frozenset[str]:
    """All marks that a text contains: the same text is asked for many lists."""
    return _EVERY_MARK.within(text)


_EVERY_MARK = Literals(word for name in marks_of.__all__ for word in getattr(marks_of, name) if isinstance(word, str))
