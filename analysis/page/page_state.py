"""Page state: is there a shop to read at all?

Pages that are *nothing* (parked, challenge, default page, blank...) resemble one another without any operator behind them, so they
have no fingerprints. A verdict always carries the marks it rests on. A mark of emptiness only counts on a page without substance:
a shop with a log-in box, a cookie banner or the word "sale" is a shop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from analysis.literals import surroundings
from analysis.page import page_marks as marks_of
from analysis.page.page_look import BUYING, FEW_WORDS, Look, matches, said_of
from analysis.page.pages import Page
from analysis.page.tags import Tag
from crawler.captures import Resource, Role

__all__ = ["PageState", "Verdict", "assess"]

#: A page of more words is something, whatever it says (the longest parking and challenge pages seen in the wild stay below).
_SHORT_WORDS = 250
#: A page that announces in title or heading that it is for the invited may explain itself at length.
_ANNOUNCED_WORDS = 700
#: Pages that sell a domain ask and answer questions, tell of content buyers and show other domains.
_LANDER_WORDS = 1500
#: What is said on next to empty pages is said of the page.
_NEXT_TO_NO_WORDS = 60
_FEW_LINKS = 10
#: A page with a password field and more links than this is a page with a log-in box.
_DOOR_LINKS = 20

_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}"
    r"|\d{1,2}\.? [^\W\d]{3,12}\.? (?:19|20)\d{2}|[^\W\d]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2})\b"
)
#: A year, and the characters around it in which the rest of its date stands.
_YEAR = re.compile(r"\d{4}")
_NEAR_YEAR = 24
_META_REFRESH = re.compile(r"^\s*+[\d.]{0,6}+\s*+[;,]?\s*+url\s*+=", re.IGNORECASE)
_SCRIPT_REDIRECT = re.compile(r"(?:window|document|self|top)?\.?location(?:\.href|\.replace|\.assign)?\s{0,4}(?:=|\()\s{0,4}[\"']")
_APP_ROOTS = frozenset({"root", "app", "__next", "__nuxt", "main-app", "react-root", "app-root"})
#: Roles of pages that may be a blog where a shop was.
_TOLD = frozenset({Role.HOME, Role.BLOG, Role.PAGE})
#: Roles of pages that sell with one price on them.
_SELLING = frozenset({Role.PRODUCT, Role.LISTING})
_NUMBER_404 = re.compile(r"(?<!\d)404(?!\d)")


class PageState(StrEnum):
    """What a page is. The first three are readable; the four gates keep a readable part; of the rest nothing is compared."""

    SHOP = "shop"
    CONTENT = "content"
    BLOG = "blog"  # posts or a farewell where a shop was or never was

    LOGIN_GATE = "login-gate"
    INVITATION_GATE = "invitation-gate"
    COOKIE_WALL = "cookie-wall"
    AGE_WALL = "age-wall"

    BLANK = "blank"
    PARKED = "parked"
    FOR_SALE = "for-sale"
    SUSPENDED = "suspended"
    DEFAULT_PAGE = "default-server-page"
    CHALLENGE = "bot-challenge"
    GEO_BLOCK = "geo-block"
    MAINTENANCE = "maintenance"
    ERROR = "error"
    SOFT_404 = "soft-404"
    APP_SHELL = "app-shell"
    NOT_HTML = "not-html"
    UNREACHABLE = "unreachable"
    REDIRECT = "redirect-only"
    NOT_SEEN = "not-seen"  # refused by robots.txt or by our guard, or our own failure: says nothing about the shop


_READABLE = frozenset({PageState.SHOP, PageState.CONTENT, PageState.BLOG})
_GATES = frozenset({PageState.LOGIN_GATE, PageState.INVITATION_GATE, PageState.COOKIE_WALL, PageState.AGE_WALL})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state and the marks, in words, it was recognised by."""

    state: PageState
    marks: tuple[str, ...] = ()

    @property
    def is_readable(self) -> bool:
        """True when the page has fingerprints."""
        return self.state in _READABLE

    @property
    def is_gate(self) -> bool:
        """True when only a gate can be read: what it shows has fingerprints, what it hides has not."""
        return self.state in _GATES


def assess(page: Page) -> Verdict:
    """The state of one page, by what it says and by what it lacks."""
    resource = page.resource
    if 300 <= resource.status < 400:
        return Verdict(PageState.REDIRECT, (f"status {resource.status}",))
    if not resource.body.strip():
        return Verdict(_by_status(resource.status) or PageState.BLANK, ("empty body", *_status_mark(resource)))
    if _is_other_format(page):
        return Verdict(PageState.NOT_HTML, ("no HTML in the body",))
    look = Look(page)
    return _nothing(look) or _gate(look) or _refusal(look) or _hollow(look) or _something(look)


def _is_other_format(page: Page) -> bool:
    head = page.html[:4096].lstrip("\ufeff \t\r\n")
    if "<" in head:
        return head.startswith(("<?xml", "<rss", "<feed", "<urlset", "<svg")) and "<html" not in head.lower()
    return head.startswith(("{", "[")) or page.resource.media_type not in ("text/html", "application/xhtml+xml", "")


def _status_mark(resource: Resource) -> tuple[str, ...]:
    return () if resource.status == 200 else (f"status {resource.status}",)


def _by_status(status: int) -> PageState | None:
    if status == 401:
        return PageState.LOGIN_GATE
    if status == 429:
        return PageState.CHALLENGE
    if status == 451:
        return PageState.GEO_BLOCK
    if status == 503:
        return PageState.MAINTENANCE
    return PageState.ERROR if status >= 400 else None


def _nothing(look: Look) -> Verdict | None:
    """Pages of hosts, registrars and guards, told by their marks on a short page without a catalogue."""
    if look.is_catalogue or look.words > _SHORT_WORDS:
        return _placeholder(look)
    alone = look.is_hollow and not look.sells and not look.passwords
    if (alone or look.status in (403, 429, 503)) and (challenge := _challenge(look)):
        return Verdict(PageState.CHALLENGE, (*challenge, *_status_mark(look.page.resource)))
    if look.sells:
        return _for_sale_itself(look)
    if suspended := look.claims(marks_of.SUSPENDED):
        return Verdict(PageState.SUSPENDED, suspended)
    if placed := _default_page(look) or _idle_domain(look) or _for_sale_itself(look):
        return placed
    geo = look.claims(marks_of.GEO)
    if geo or look.status == 451:
        return Verdict(PageState.GEO_BLOCK, (*geo, *_status_mark(look.page.resource)))
    return None


def _placeholder(look: Look) -> Verdict | None:
    """What servers, panels and sellers of domains put where no site is: they may explain and advertise at length."""
    if look.words > _LANDER_WORDS:
        return None
    if look.is_catalogue or look.sells or look.words > _ANNOUNCED_WORDS or look.links >= _DOOR_LINKS:
        return _for_sale_itself(look)
    return _default_page(look) or _for_sale_itself(look)


def _for_sale_itself(look: Look) -> Verdict | None:
    sale = look.claims_of_itself(marks_of.FOR_SALE)
    return Verdict(PageState.FOR_SALE, sale) if sale else None


def _default_page(look: Look) -> Verdict | None:
    default = said_of(marks_of.DEFAULT_PAGE, look.heading)
    if not default and look.words <= _SHORT_WORDS:
        default = said_of(marks_of.FRESH, look.text)
    if not default and look.words < FEW_WORDS and not look.pictures:
        default = said_of(marks_of.DEFAULT_PAGE, look.text)
    return Verdict(PageState.DEFAULT_PAGE, default) if default else None


def _idle_domain(look: Look) -> Verdict | None:
    """A domain that is parked or for sale. Who writes of such domains, or trades in them, names others than his own."""
    code = tuple(f"{word} in the source" for word in marks_of.PARKED_CODE if word in look.source)[:3]
    sale = look.claims(marks_of.FOR_SALE)
    parked = look.claims(marks_of.PARKED)
    itself = look.claims_of_itself(marks_of.PARKED)
    if (not look.trades_names and (len(parked) > 1 or (parked and sale) or (parked and not look.pictures) or itself)) or code:
        return Verdict(PageState.PARKED, (*code, *(parked or itself), *sale))
    return Verdict(PageState.FOR_SALE, sale) if sale and not look.trades_names else None


def _challenge(look: Look) -> tuple[str, ...]:
    code = tuple(f"{word} in the source" for word in marks_of.CHALLENGE_CODE if word in look.source)[:3]
    headed = said_of(marks_of.CHALLENGE_HEADINGS, look.heading)
    said = said_of(marks_of.CHALLENGE_WORDS, f"{look.said} {look.source if look.words < FEW_WORDS else ''}")
    return (*code, *said, *headed)


def _gate(look: Look) -> Verdict | None:
    """A page that is nothing but a door. A log-in box beside a catalogue or a long text is no door."""
    if look.words > _ANNOUNCED_WORDS or (look.is_catalogue and look.sells):
        return None
    is_front = look.sells and look.links >= _DOOR_LINKS  # a shop's front may announce offers for members
    announced = said_of(marks_of.INVITATION, look.title if is_front else look.heading)
    asks = look.status in (401, 403) or look.passwords or look.codes
    in_text = look.words <= _SHORT_WORDS and not look.is_catalogue and not look.sells and (look.links < _DOOR_LINKS or look.codes)
    if asks and (announced or in_text) and (invitation := announced or said_of(marks_of.INVITATION, look.text)):
        return Verdict(PageState.INVITATION_GATE, (*invitation, *_status_mark(look.page.resource)))
    if look.is_catalogue or look.words > _SHORT_WORDS:
        return None
    if announced and look.inputs and not look.sells:
        return Verdict(PageState.INVITATION_GATE, announced)
    own_page = look.page.role in (Role.LOGIN, Role.REGISTER, Role.INVITATION)
    heading = look.heading if own_page or look.links < _DOOR_LINKS else look.title
    login = said_of(marks_of.LOGIN, heading) if look.passwords or look.status == 401 else ()
    bare = look.is_hollow and not look.sells
    if look.speaks and not bare:
        login = ()  # of a box beside what the page is for
    if look.passwords and (login or own_page or bare or look.status in (401, 403)):
        return Verdict(PageState.LOGIN_GATE, ("password field", *login))
    if look.status == 401:
        return Verdict(PageState.LOGIN_GATE, ("status 401", *login))
    if look.status >= 400:
        return None
    if look.sells:
        return None
    if age := look.claims(marks_of.AGE):
        return Verdict(PageState.AGE_WALL, age)
    if (
        look.is_hollow
        and any(word in look.text for word in marks_of.COOKIE_NAMES)
        and (cookie := said_of(marks_of.COOKIE, look.said))
    ):
        return Verdict(PageState.COOKIE_WALL, cookie)
    return None


def _refusal(look: Look) -> Verdict | None:
    """Errors and maintenance: by status, or by saying so under a 200."""
    short = look.words <= FEW_WORDS and not look.is_catalogue and not look.sells
    if look.status == 503 or (short and not _is_about_payment(look)):
        maintenance = said_of(marks_of.MAINTENANCE, look.said) or _soon(look)
        if maintenance and (look.status == 503 or not _is_over(look)):
            return Verdict(PageState.MAINTENANCE, (*maintenance, *_status_mark(look.page.resource)))
        if look.status == 200 and look.links < _DOOR_LINKS and (error := _broken(look)):
            return Verdict(PageState.ERROR, error)
    if (state := _by_status(look.status)) is not None:
        if look.page.role is Role.HOME and look.is_catalogue and look.sells:
            return Verdict(PageState.SHOP, (f"status {look.status}", f"{look.prices} prices", *look.sells))
        return Verdict(state, _status_mark(look.page.resource))
    missing = said_of(marks_of.NOT_FOUND, look.heading) if look.words <= _ANNOUNCED_WORDS and not look.is_catalogue else ()
    if not missing and short and _NUMBER_404.search(look.heading):
        missing = ("says 404",)
    if missing and (short or look.page.role is not Role.HOME):
        return Verdict(PageState.SOFT_404, missing)
    return None


def _soon(look: Look) -> tuple[str, ...]:
    return said_of(marks_of.SOON, look.said if look.words < _NEXT_TO_NO_WORDS and look.links < _FEW_LINKS else look.heading)


def _broken(look: Look) -> tuple[str, ...]:
    return said_of(marks_of.ERROR, look.said if look.words < _NEXT_TO_NO_WORDS and look.links < _FEW_LINKS else look.title)


def _is_over(look: Look) -> bool:
    """True of a farewell; who is back soon has said none."""
    told = None if said_of(marks_of.CLOSED, look.text) else _told(look)
    return told.marks[0].startswith("farewell") if told else bool(said_of(marks_of.CLOSED, look.text))


def _is_about_payment(look: Look) -> bool:
    return look.page.role in BUYING or any(word in look.text for word in marks_of.PAYMENT_WORDS)


def _hollow(look: Look) -> Verdict | None:
    """Redirects by markup or script, app shells, pages with next to nothing on them."""
    if look.words > 40:
        return None
    for meta in (tag.attributes for tag in look.page.named("meta")):
        if meta.get("http-equiv", "").strip().lower() == "refresh" and _META_REFRESH.match(meta.get("content", "")[:2100]):
            return Verdict(PageState.REDIRECT, ("meta refresh",))
    bare = look.words < 15 and not look.pictures and look.links < 3 and not look.inputs
    if bare and _SCRIPT_REDIRECT.search(look.source):
        return Verdict(PageState.REDIRECT, ("script sets the location",))
    thin = look.words < 12 and look.pictures < 3 and look.links < 5
    loads = not (look.sells or look.prices) and any("src" in tag.attributes for tag in look.page.named("script"))
    if loads and (thin or _has_app_root(look.page)):
        return Verdict(PageState.APP_SHELL, ("scripts, and no text without them",))
    if bare and look.words < 5 and not look.count("iframe", "frame"):
        return Verdict(PageState.BLANK, (f"{look.words} words, no picture, no form",))
    return None


def _has_app_root(page: Page) -> bool:
    """True when a page has an empty box for a script to fill."""
    tags = page.all_tags
    return any(
        tag.opens and tag.name == "div" and tag.attributes.get("id") in _APP_ROOTS and (tag.closes or _is_empty(tag, behind))
        for tag, behind in pairwise(tags)
    )


def _is_empty(tag: Tag, behind: Tag) -> bool:
    return behind.closes and not behind.opens and not tag.words


def _something(look: Look) -> Verdict:
    """Readable: shop, blog or other content."""
    if not look.is_catalogue and look.page.role in _TOLD and (told := _told(look)):
        return told
    closed = said_of(marks_of.CLOSED, look.text) if look.page.role is Role.HOME and look.words < _SHORT_WORDS else ()
    if closed and not (look.prices or look.sells):
        return Verdict(PageState.BLOG, tuple(f"farewell: {mark}" for mark in closed))
    priced = f"{look.prices} price" if look.prices == 1 else f"{look.prices} prices"
    if look.sells or (look.prices and _asks(look)):
        return Verdict(PageState.SHOP, (priced, *look.sells) if look.prices else look.sells)
    return Verdict(PageState.CONTENT, (f"{look.words} words",))


def _asks(look: Look) -> bool:
    """True where prices are asked; elsewhere than where one pays, a text that tells of money asks none."""
    return look.page.role in BUYING or look.tags > 1 or (look.tags > 0 and look.page.role in _SELLING)


def _farewell(look: Look) -> tuple[str, ...]:
    """What the page says for good-bye; long rows of posts say it of many things, and shops that sell say it to a colleague."""
    if look.words > _ANNOUNCED_WORDS:
        return ()
    if look.sells or look.prices:
        return said_of(marks_of.CLOSED, look.text)
    return said_of((*marks_of.CLOSED, *marks_of.FAREWELL), look.text)


def _told(look: Look) -> Verdict | None:
    """A blog, told by its posts, or by its dates and a farewell. A front with a basket is a shop, whatever it posts."""
    farewell = tuple(f"farewell: {mark}" for mark in _farewell(look))
    if not farewell and look.page.role is Role.HOME and look.has_basket:
        return None
    years = (match.start() for match in _YEAR.finditer(look.text))
    near = " | ".join(look.text[start:end] for start, end in surroundings(years, _NEAR_YEAR, len(look.text)))
    dates = len({match.group() for match in matches(_DATE, near, 40)})
    times = look.count("time")
    articles = look.count("article")
    pieces = articles + times
    blog = said_of(marks_of.BLOG_WORDS, look.text)
    named = any(word in look.heading for word in ("blog", "блог", "journal de bord"))
    dated = max(dates, times) >= 2
    posts = (dated and (bool(blog) or named or pieces >= 2 or bool(farewell))) or (articles >= 2 and (bool(blog) or named))
    if not posts and not (farewell and (named or dates)):
        return None
    seen = (f"{dates} dates",) if dates else (f"{times} times",) if times else ()
    written = (f"{articles} articles",) if articles >= 2 else ()
    return Verdict(PageState.BLOG, (*farewell, *blog, *seen, *written, *(("calls itself a blog",) if named else ())))
