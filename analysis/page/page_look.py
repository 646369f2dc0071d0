"""What the page-state rules ask of a page: its words, prices, forms and links, each looked for when a rule first asks.

Pages say most of what they say in passages that others have too, to the letter: header, cards, footer. A passage is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import chain, islice

from analysis.page import page_marks as marks_of
from analysis.page.pages import Page
from analysis.page.tags import Tag, written_within
from crawler.captures import Role

__all__ = ["BUYING", "Look", "matches", "said_of"]

#: Characters of text and of source searched for marks; what is nothing says so at once.
_TEXT_SEARCHED = 60_000
_SOURCE_SEARCHED = 200_000
#: This many different prices are a catalogue; fewer may be an empty cart, a "from 9.99" teaser, a domain's asking price.
_CATALOGUE = 3
#: Prices looked at on a page.
_PRICES = 60
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
#: Passages and their characters that one process remembers; then it forgets them all and begins anew.
_KNOWN_PASSAGES = 20_000
_KNOWN_CHARS = 2_000_000

_SIGNS = ("$", "€", "£", "¥", "₽", "円")
_BEFORE = ("usd", "eur", "gbp", "rub", "chf", "pln", "zł", "kr")
_BEHIND = ("usd", "eur", "gbp", "rub", "chf", "zł", "kr", "руб")
_PRICE = re.compile(
    rf"(?:[$€£¥₽]|\b(?:{'|'.join(_BEFORE)})\b)\s?\d{{1,6}}(?:[.,]\d{{1,3}})?"
    rf"|\d{{1,6}}(?:[.,]\d{{1,3}})?\s?(?:[$€£¥₽円]|(?:{'|'.join(_BEHIND)})\b|р\.)"
)
#: What the end of a passage and the beginning of the next have in sum where a price may stand across.
_MAY_BE_PRICE = 3
_MONEY = tuple(dict.fromkeys((*_SIGNS, *_BEFORE, *_BEHIND, "р.")))
_MONEY_ENDS = _SIGNS + _BEFORE
_MONEY_BEGINS = (*_SIGNS, *_BEHIND, "р.")
_DIGIT = re.compile(r"\d")
_MORE_THAN_NOTHING = frozenset("123456789")
_CODE_FIELD = re.compile(r"invit|einlad|приглаш|member.?code|access.?code|инвайт")
_ASKING = frozenset({"text", "email", "password", "tel", "search", "number"})
#: What a page that sells says, with the longest word of each: the one that must stand in one passage, however the rest is spread.
_CARTS = tuple((phrase, max(phrase.split(), key=len)) for phrase in marks_of.CART_WORDS)
_CART_WORDS = tuple(dict.fromkeys(word for _, word in _CARTS))


class Passage:
    """Strings that stand together, folded, and what is to be known of them on whatever page.

    ``begins`` and ``ends`` are 1 for a digit, 2 for a currency, else 0: 3 where two passages meet may be a price. ``carts`` are
    single words of what pages that sell say; the rest may stand in another passage.
    """

    __slots__ = ("begins", "carts", "ends", "prices", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text = _fold(text)
        self.words = len(text.split())
        self.begins = 1 if text[:1].isdigit() else 2 if text.startswith(_MONEY_BEGINS) else 0
        self.ends = 1 if text[-1:].isdigit() else 2 if text.endswith(_MONEY_ENDS) else 0
        self.prices = _prices(text)
        self.carts = [word for word in _CART_WORDS if word in text]


class _Passages(dict[tuple[str, ...], Passage]):
    """Passages by their strings."""

    def __init__(self) -> None:
        super().__init__()
        self._chars = 0

    def __missing__(self, strings: tuple[str, ...]) -> Passage:
        passage = Passage(" ".join(strings))
        self._chars += len(passage.text)
        if len(self) >= _KNOWN_PASSAGES or self._chars > _KNOWN_CHARS:
            self.clear()
            self._chars = len(passage.text)
        self[strings] = passage
        return passage


class Look:
    """What the rules ask of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._passages = list(map(_PASSAGES.__getitem__, page.string_runs))
        self.text = " ".join([passage.text for passage in self._passages])
        if len(self.text) > _TEXT_SEARCHED and len(page.text) > _TEXT_SEARCHED:
            self._passages = [Passage(page.text[:_TEXT_SEARCHED])]
            self.text = self._passages[0].text
        self.words = max(sum([passage.words for passage in self._passages]), len(self.text) // 12)

    @cached_property
    def prices(self) -> int:
        """How many different prices above zero are among the first."""
        found: list[str] = []
        joined: list[Passage] = []
        for passage in self._passages:
            if joined and joined[-1].ends + passage.begins != _MAY_BE_PRICE:
                found += _prices_of(joined)
                joined = []
            joined.append(passage)
        found += _prices_of(joined)
        return sum(not _MORE_THAN_NOTHING.isdisjoint(price) for price in set(found[:_PRICES]))

    @cached_property
    def sells(self) -> tuple[str, ...]:
        """The words of carts that the page says, as marks."""
        words = set(chain.from_iterable([passage.carts for passage in self._passages if passage.carts]))
        return said_of(tuple([phrase for phrase, word in _CARTS if word in words]), self.text) if words else ()

    @cached_property
    def heading(self) -> str:
        """Title, headings and description."""
        metas = (tag.attributes for tag in self.page.named("meta") if "description" in tag.head.markup)
        description = "".join(meta.get("content", "") for meta in metas if meta.get("name") == "description")[:1000]
        headings = " ".join(written[:300] for name in ("h1", "h2") for written in islice(self._written(name), _HEADINGS))
        return _fold(f"{self.page.title[:500]} | {headings} | {description}")

    def _written(self, name: str) -> Iterator[str]:
        """The texts of the elements of a name, as written."""
        tags = self.page.all_tags
        at = -1
        for tag in self.page.named(name):
            at = tags.index(tag, at + 1)
            yield written_within(tags, at)

    @cached_property
    def pictures(self) -> int:
        """How many pictures the page has."""
        return self.count("img")

    @cached_property
    def links(self) -> int:
        """How many elements it has that may be links."""
        return self.count("a")

    @cached_property
    def _fields(self) -> list[Tag]:
        return list(islice(self.page.named("input"), _FIELDS))

    @cached_property
    def _types(self) -> list[str]:
        return [(field.attributes.get("type") or "text").strip().lower() for field in self._fields]

    @cached_property
    def passwords(self) -> int:
        """How many fields ask for a password."""
        return self._types.count("password")

    @cached_property
    def codes(self) -> int:
        """How many fields ask for an invitation's code."""
        return sum(1 for field in self._fields if _CODE_FIELD.search(_named(field)))

    @cached_property
    def inputs(self) -> int:
        """How many fields ask for anything."""
        return sum(1 for kind in self._types if kind in _ASKING)

    @cached_property
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

    def count(self, *names: str) -> int:
        """How many elements of these names the page has."""
        return sum(1 for _ in self.page.named(*names))


def _named(field: Tag) -> str:
    return " ".join(field.attributes.get(name, "")[:60] for name in ("name", "id", "placeholder")).lower()


def matches(pattern: re.Pattern[str], text: str, most: int) -> list[re.Match[str]]:
    """The first ``most`` matches."""
    found = []
    for match in pattern.finditer(text):
        found.append(match)
        if len(found) == most:
            break
    return found


def _prices(text: str) -> tuple[str, ...]:
    if not _DIGIT.search(text) or not any(sign in text for sign in _MONEY):
        return ()
    return tuple([match.group() for match in matches(_PRICE, text, _PRICES)])


_prices_across = lru_cache(maxsize=2_048)(_prices)


def _prices_of(joined: list[Passage]) -> tuple[str, ...]:
    """The prices of passages that follow one another, with those of which a part stands in each of two."""
    if len(joined) == 1:
        return joined[0].prices
    return _prices_across(" ".join([passage.text for passage in joined]))


def _fold(text: str) -> str:
    return text.casefold().replace("’", "'").replace("ё", "е").replace("\xa0", " ").replace("…", "...")


def said_of(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The first four of the words that a folded text contains, each as a mark."""
    return tuple([f'says "{word}"' for word in words if word in text][:4])


_PASSAGES = _Passages()
