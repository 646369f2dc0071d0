"""What the page-state rules ask of a page: its words, prices, forms and links, each looked for when a rule first asks.

Pages say most of what they say in passages that others have too, to the letter: header, cards, footer. A passage is read once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, islice
from urllib.parse import urlsplit

from analysis.page import page_marks as marks_of
from analysis.page.pages import Page
from analysis.page.tags import Tag, written_within
from crawler.captures import Role

__all__ = ["BUYING", "FEW_WORDS", "Look", "matches", "said_of"]

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
#: Words of the longest string that tells a price; in longer ones amounts of money are told of.
_TAG_WORDS = 10
#: A page of fewer words and links may be nothing but what it says of itself.
FEW_WORDS = 120
_DOOR_LINKS = 20
_DOMAIN = re.compile(
    r"\b(?:[a-z0-9][a-z0-9-]{0,62}\.){1,3}(?:com|net|org|info|biz|shop|store|online|io|co|eu|de|fr|es|it|ru|pl|nl|pt|uk)\b"
)
_NAMES_SEARCHED = 20_000
_OTHER_NAMES = 3
_HEADINGS = 5
_FIELDS = 200
#: Passages and their characters that one process remembers; then it forgets them all and begins anew.
_KNOWN_PASSAGES = 20_000
_KNOWN_CHARS = 2_000_000

_SIGNS = ("$", "€", "£", "¥", "₽", "円", "元", "원", "₺", "₴", "₹", "₸", "₪", "₩", "฿", "₫", "₦")
_CODES = (
    "usd",
    "eur",
    "gbp",
    "rub",
    "chf",
    "pln",
    "czk",
    "huf",
    "ron",
    "bgn",
    "uah",
    "sek",
    "nok",
    "dkk",
    "inr",
    "brl",
    "aud",
    "cad",
)
_BEFORE = (*_CODES, "zł", "kr", "rs")
_BEHIND = (*_CODES, "zł", "kr", "kč", "руб", "грн", "лв", "lei")
_PRICE = re.compile(
    rf"(?:[{''.join(_SIGNS)}]|\b(?:{'|'.join(_BEFORE)})\b)\s?\d{{1,6}}(?:[.,]\d{{1,3}})?"
    rf"|\d{{1,6}}(?:[.,]\d{{1,3}})?\s?(?:[{''.join(_SIGNS)}]|(?:{'|'.join(_BEHIND)})\b|р\.|(?<=\d\d)tl\b|(?<=\d\d\s)tl\b)"
)
#: What the end of a passage and the beginning of the next have in sum where a price may stand across.
_MAY_BE_PRICE = 3
_MONEY = tuple(dict.fromkeys((*_SIGNS, *_BEFORE, *_BEHIND, "р.", "tl")))
_ASCII_MONEY = tuple(filter(str.isascii, _MONEY))
_MONEY_ENDS = _SIGNS + _BEFORE
_MONEY_BEGINS = (*_SIGNS, *_BEHIND, "р.", "tl")
_DIGIT = re.compile(r"\d")
#: Writing without spaces between words: two characters are about one word.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MORE_THAN_NOTHING = frozenset("123456789")
_CODE_FIELD = re.compile(r"invit|einlad|приглаш|member.?code|access.?code|инвайт")
_ASKING = frozenset({"text", "email", "password", "tel", "search", "number"})
_SELLING = (*marks_of.BASKET_WORDS, *marks_of.OFFER_WORDS)
_SHARED = Counter(word for phrase in _SELLING for word in set(phrase.split()))
#: What a page that sells says, with one word of each that must stand in one passage, however the rest is spread: few do for all.
_CARTS = tuple((phrase, max(phrase.split(), key=lambda word: (len(word) > 3, _SHARED[word], len(word)))) for phrase in _SELLING)
_CHECKOUT = ('says "checkout"',)
_BASKETS = ("cart", "basket", "bag", "trolley", "order")
_CART_WORDS = tuple(dict.fromkeys(word for _, word in _CARTS))
_ASCII_CART_WORDS = tuple(filter(str.isascii, _CART_WORDS))


class Passage:
    """Strings that stand together, folded, and what is to be known of them on whatever page.

    ``begins`` and ``ends`` are 1 for a digit, 2 for a currency, else 0: 3 where two passages meet may be a price. ``carts`` are
    single words of what pages that sell say; the rest may stand in another passage.
    """

    __slots__ = ("begins", "carts", "ends", "prices", "text", "unspaced", "words")

    def __init__(self, text: str) -> None:
        self.text = text = _fold(text)
        self.words = len(text.split())
        self.unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
        self.begins = 1 if text[:1].isdigit() else 2 if text.startswith(_MONEY_BEGINS) else 0
        self.ends = 1 if text[-1:].isdigit() else 2 if text.endswith(_MONEY_ENDS) else 0
        self.prices = _prices(text)
        self.carts = [word for word in (_ASCII_CART_WORDS if text.isascii() else _CART_WORDS) if word in text]


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
        self.words = sum([passage.words for passage in self._passages]) + sum([passage.unspaced for passage in self._passages]) // 2
        self.words = max(self.words, len(self.text) // 12)

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
        return _different(found)

    @cached_property
    def tags(self) -> int:
        """How many of its prices stand by themselves, outside of running text: articles speak of money too."""
        strings = [string for strings in self.page.string_runs for string in strings if len(string.split()) <= _TAG_WORDS]
        return _different(_prices(_fold(" ".join(strings)[:_TEXT_SEARCHED])))

    @cached_property
    def sells(self) -> tuple[str, ...]:
        """The words of carts that the page says, as marks."""
        words = set(chain.from_iterable([passage.carts for passage in self._passages if passage.carts]))
        said = said_of(tuple([phrase for phrase, word in _CARTS if word in words]), self.text) if words else ()
        if (
            said == _CHECKOUT
            and self.page.role not in BUYING
            and not self.prices
            and not any(word in self.text for word in _BASKETS)
        ):
            return ()  # of a hotel, or of a code repository
        return said

    @cached_property
    def heading(self) -> str:
        """Title, headings and description."""
        metas = (tag.attributes for tag in self.page.named("meta") if "description" in tag.head.markup)
        description = "".join(meta.get("content", "") for meta in metas if meta.get("name") == "description")[:1000]
        headings = " ".join(written[:300] for name in ("h1", "h2") for written in islice(self._written(name), _HEADINGS))
        return _fold(f"{self.page.title[:500]} | {headings} | {description}")

    @property
    def has_basket(self) -> bool:
        """True where the words of carts are more than an offer, which magazines make too."""
        return any(mark not in _OFFERS for mark in self.sells)

    @cached_property
    def title(self) -> str:
        """The title alone."""
        return _fold(self.page.title[:500])

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

    @cached_property
    def is_hollow(self) -> bool:
        """Little text that leads to few places, as pages have that are nothing."""
        return self.words < FEW_WORDS and self.links < _DOOR_LINKS

    @cached_property
    def own_name(self) -> str:
        """The host name of the page as people say it, in lower case."""
        return (urlsplit(self.page.url).hostname or "").removeprefix("www.")

    @cached_property
    def trades_names(self) -> bool:
        """True where its text says several other domain names: who sells domains names many, a domain for sale names itself."""
        found = _DOMAIN.findall(self.text[:_NAMES_SEARCHED])
        return len({name for name in found if name != self.own_name}) >= _OTHER_NAMES

    def claims(self, marks: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these marks a page that is nothing says: in its heading, or anywhere on a hollow page."""
        return said_of(marks, self.said if self.is_hollow else self.heading)

    def claims_of_itself(self, marks: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these marks of a domain its heading says by the page's own name; a trader's heads many, with his name above."""
        name = self.own_name
        if not name or name not in self.heading:
            return ()
        headed = said_of(marks, self.heading)
        if headed and not self.trades_names:
            return headed
        return tuple(mark for mark in said_of(marks, self.heading.replace(name, "domain")) if mark not in headed)

    @property
    def speaks(self) -> bool:
        """True for policies and the like, unless they are next to empty."""
        return self.page.role in _SPEAKING and self.words > _CURT_WORDS

    @property
    def said(self) -> str:
        """Where words of emptiness count: policies and payment pages speak of suspended accounts and cards, so only headings."""
        return self.heading if self.speaks else f"{self.heading} {self.text}"

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
    if not _DIGIT.search(text):
        return ()
    for sign in _ASCII_MONEY if text.isascii() else _MONEY:
        if sign in text:
            break
    else:
        return ()
    return tuple([match.group() for match in matches(_PRICE, text, _PRICES)])


_prices_across = lru_cache(maxsize=2_048)(_prices)


def _different(prices: Sequence[str]) -> int:
    """How many different ones above zero are among the first."""
    return sum(not _MORE_THAN_NOTHING.isdisjoint(price) for price in set(prices[:_PRICES]))


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


_OFFERS = frozenset(mark for word in marks_of.OFFER_WORDS for mark in said_of((word,), word))
_PASSAGES = _Passages()
