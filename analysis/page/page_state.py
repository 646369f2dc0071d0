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
from urllib.parse import urlsplit

from analysis.literals import surroundings
from analysis.page import page_marks as marks_of
from analysis.page.page_look import BUYING, Look, matches, said_of
from analysis.page.pages import Page
from analysis.page.tags import Tag
from crawler.captures import Capture, Outcome, Resource, Role

__all__ = ["PageState", "Verdict", "assess", "storefront_verdict"]

#: A page of more words is something, whatever it says (the longest parking and challenge pages seen in the wild stay below).
_FEW_WORDS = 250
_VERY_FEW_WORDS = 120
#: A page that announces in title or heading that it is for the invited may explain itself at length.
_ANNOUNCED_WORDS = 700
_REDIRECT_HOPS = 5
#: A page with a password field and more links than this is a page with a log-in box.
_DOOR_LINKS = 20

_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}"
    r"|\d{1,2}\.? [^\W\d]{3,12}\.? (?:19|20)\d{2}|[^\W\d]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2})\b"
)
#: A year, and the characters around it in which the rest of its date stands.
_YEAR = re.compile(r"\d{4}")
_NEAR_YEAR = 24
_META_REFRESH = re.compile(r"^\s*[\d.]{0,6}\s*[;,]?\s*url\s*=", re.IGNORECASE)
_SCRIPT_REDIRECT = re.compile(r"(?:window|document|self|top)?\.?location(?:\.href|\.replace|\.assign)?\s{0,4}(?:=|\()\s{0,4}[\"']")
_APP_ROOTS = frozenset({"root", "app", "__next", "__nuxt", "main-app", "react-root", "app-root"})
#: Roles of pages that may be a blog where a shop was.
_TOLD = frozenset({Role.HOME, Role.BLOG, Role.PAGE})
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


def storefront_verdict(capture: Capture, judged: tuple[tuple[Page, Verdict], ...]) -> Verdict:
    """The storefront's own state: its home page's, looked for behind redirects inside the site.

    A magazine-like front does not hide a shop, nor does one challenged page hide pages that were read; a gate or a farewell on
    the home page says it all.
    """
    if not judged:
        return _without_pages(capture)
    home = _home_verdict(capture, judged)
    others = [verdict for page, verdict in judged if page.role is not Role.HOME]
    sells = any(verdict.state is PageState.SHOP for verdict in others)
    if home.state is PageState.CONTENT or (home.state is PageState.BLOG and not any(m.startswith("farewell") for m in home.marks)):
        return Verdict(PageState.SHOP, (*home.marks, "other pages sell")) if sells else home
    if (
        home.state
        in (PageState.NOT_SEEN, PageState.CHALLENGE, PageState.APP_SHELL, PageState.ERROR, PageState.SOFT_404, PageState.BLANK)
        and sells
    ):
        return Verdict(PageState.SHOP, (*home.marks, f"home page {home.state}", "other pages sell"))
    return home


def _without_pages(capture: Capture) -> Verdict:
    if capture.outcome is Outcome.UNREACHABLE:
        return Verdict(PageState.UNREACHABLE, tuple(filter(None, (capture.reason,))))
    if capture.outcome in (Outcome.ROBOTS, Outcome.GUARD, Outcome.FAILED):
        return Verdict(PageState.NOT_SEEN, (str(capture.outcome), *filter(None, (capture.reason,))))
    if any(300 <= r.status < 400 for r in capture.resources):
        return Verdict(PageState.REDIRECT, ("only redirects answered",))
    pages = [r for r in capture.resources if r.role.is_page]
    if pages:
        return Verdict(PageState.NOT_HTML, (f"home answers {pages[0].media_type or 'no type'}",))
    return Verdict(PageState.NOT_SEEN, ("no page archived",))


_ORDER = {state: number for number, state in enumerate(PageState)}


def _preference(verdict: Verdict) -> int:
    return _ORDER[verdict.state]


def _home_verdict(capture: Capture, judged: tuple[tuple[Page, Verdict], ...]) -> Verdict:
    homes = [(page, verdict) for page, verdict in judged if page.role is Role.HOME]
    arrived = [verdict for _, verdict in homes if verdict.state is not PageState.REDIRECT]
    if arrived:
        return min(arrived, key=_preference)
    verdicts = {_plain(page.url): verdict for page, verdict in judged}
    targets = {_plain(r.url): target for r in capture.resources if 300 <= r.status < 400 and (target := _target(r))}
    ends = [_followed(page.url, capture.site, targets, verdicts) for page, _ in homes] or [
        _followed(capture.url, capture.site, targets, verdicts)
    ]
    return min(ends, key=_preference)


def _followed(url: str, site: str, targets: dict[str, str], verdicts: dict[str, Verdict]) -> Verdict:
    """The verdict of the page that redirects lead to."""
    for _ in range(_REDIRECT_HOPS):
        target = targets.get(_plain(url))
        if target is None:
            unseen = Verdict(PageState.NOT_SEEN, ("home page leads to a page not archived",))
            return verdicts.get(_plain(url), unseen)
        host = (urlsplit(target).hostname or "").lower()
        if host != site and not host.endswith(f".{site}"):
            return Verdict(PageState.REDIRECT, (f"sends visitors to {host}",))
        url = target
    return Verdict(PageState.REDIRECT, ("redirects without an end",))


def _target(resource: Resource) -> str:
    """Where a redirect leads; empty when nowhere, or only to another spelling of the same address."""
    location = resource.header("location")
    target = Page(resource).absolute(location, resource.url)[:2083] if location else ""
    return "" if _plain(target) == _plain(resource.url) else target


def _plain(url: str) -> str:
    """A URL without scheme, fragment, ``www.`` and closing slash, so that redirects between those spellings meet."""
    try:
        parts = urlsplit(url.partition("#")[0])
    except ValueError:
        return url
    host = (parts.netloc or "").lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


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
    if status == 451:
        return PageState.GEO_BLOCK
    if status == 503:
        return PageState.MAINTENANCE
    return PageState.ERROR if status >= 400 else None


def _nothing(look: Look) -> Verdict | None:
    """Pages of hosts, registrars and guards, told by their marks on a short page without a catalogue."""
    if look.is_catalogue or look.words > _FEW_WORDS:
        return None
    alone = look.words < _VERY_FEW_WORDS and not look.sells and look.links < _DOOR_LINKS and not look.passwords
    if (alone or look.status in (403, 429, 503)) and (challenge := _challenge(look)):
        return Verdict(PageState.CHALLENGE, (*challenge, *_status_mark(look.page.resource)))
    if look.sells:
        return None
    said, source = look.said, look.source
    if suspended := said_of(marks_of.SUSPENDED, said):
        return Verdict(PageState.SUSPENDED, suspended)
    default = said_of(marks_of.DEFAULT_PAGE, look.heading) or (
        said_of(marks_of.DEFAULT_PAGE, look.text) if look.words < _VERY_FEW_WORDS and not look.pictures else ()
    )
    if default:
        return Verdict(PageState.DEFAULT_PAGE, default)
    sale = said_of(marks_of.FOR_SALE, said)
    parked = said_of(marks_of.PARKED, said)
    code = tuple(f"{word} in the source" for word in marks_of.PARKED_CODE if word in source)[:3]
    if code or len(parked) > 1 or (parked and sale) or (parked and look.words < _VERY_FEW_WORDS and not look.pictures):
        return Verdict(PageState.PARKED, (*code, *parked, *sale))
    if sale:
        return Verdict(PageState.FOR_SALE, sale)
    geo = said_of(marks_of.GEO, said)
    if geo or look.status == 451:
        return Verdict(PageState.GEO_BLOCK, (*geo, *_status_mark(look.page.resource)))
    return None


def _challenge(look: Look) -> tuple[str, ...]:
    code = tuple(f"{word} in the source" for word in marks_of.CHALLENGE_CODE if word in look.source)[:3]
    return (*code, *said_of(marks_of.CHALLENGE_WORDS, f"{look.said} {look.source if look.words < _VERY_FEW_WORDS else ''}"))


def _gate(look: Look) -> Verdict | None:
    """A page that is nothing but a door. A log-in box beside a catalogue or a long text is no door."""
    if look.words > _ANNOUNCED_WORDS or (look.is_catalogue and look.sells):
        return None
    announced = said_of(marks_of.INVITATION, look.heading)
    short = announced or look.words <= _FEW_WORDS
    closed = announced or not look.is_catalogue
    if short and closed and (look.status in (401, 403) or look.passwords or look.codes):
        invitation = said_of(marks_of.INVITATION, f"{look.heading} {look.text}")
        if invitation:
            return Verdict(PageState.INVITATION_GATE, (*invitation, *_status_mark(look.page.resource)))
    if look.is_catalogue or look.words > _FEW_WORDS:
        return None
    if announced and look.inputs and not look.sells:
        return Verdict(PageState.INVITATION_GATE, announced)
    login = said_of(marks_of.LOGIN, look.heading) if look.passwords or look.status == 401 else ()
    own_page = look.page.role in (Role.LOGIN, Role.REGISTER, Role.INVITATION)
    bare = look.words < _VERY_FEW_WORDS and look.links < _DOOR_LINKS and not look.sells
    if look.passwords and (login or own_page or bare or look.status in (401, 403)):
        return Verdict(PageState.LOGIN_GATE, ("password field", *login))
    if look.status == 401:
        return Verdict(PageState.LOGIN_GATE, ("status 401", *login))
    if look.status >= 400:
        return None
    if look.sells:
        return None
    if age := said_of(marks_of.AGE, look.said):
        return Verdict(PageState.AGE_WALL, age)
    if look.words < _VERY_FEW_WORDS and "cookie" in look.text and (cookie := said_of(marks_of.COOKIE, look.said)):
        return Verdict(PageState.COOKIE_WALL, cookie)
    return None


def _refusal(look: Look) -> Verdict | None:
    """Errors and maintenance: by status, or by saying so under a 200."""
    short = look.words <= _VERY_FEW_WORDS and not look.is_catalogue and not look.sells
    if look.status == 503 or (short and not _is_about_payment(look)):
        maintenance = said_of(marks_of.MAINTENANCE, look.said)
        if maintenance and (look.status == 503 or not said_of(marks_of.FAREWELL, look.text)):
            return Verdict(PageState.MAINTENANCE, (*maintenance, *_status_mark(look.page.resource)))
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
    closed = said_of(marks_of.CLOSED, look.text) if look.page.role is Role.HOME and look.words < _FEW_WORDS else ()
    if closed and not (look.prices or look.sells):
        return Verdict(PageState.BLOG, tuple(f"farewell: {mark}" for mark in closed))
    if look.prices or look.sells:
        return Verdict(PageState.SHOP, ((f"{look.prices} prices", *look.sells) if look.prices else look.sells))
    return Verdict(PageState.CONTENT, (f"{look.words} words",))


def _told(look: Look) -> Verdict | None:
    """A blog, told by its posts, or by its dates and a farewell."""
    farewell = tuple(f"farewell: {mark}" for mark in said_of(marks_of.FAREWELL, look.text))
    years = (match.start() for match in _YEAR.finditer(look.text))
    near = " | ".join(look.text[start:end] for start, end in surroundings(years, _NEAR_YEAR, len(look.text)))
    dates = len({match.group() for match in matches(_DATE, near, 40)})
    articles = look.count("article", "time")
    blog = said_of(marks_of.BLOG_WORDS, look.text)
    named = any(word in look.heading for word in ("blog", "блог", "journal de bord"))
    posts = (dates >= 2 or articles >= 2) and (bool(blog) or named or articles >= 2 or bool(farewell))
    if not posts and not (farewell and (named or dates)):
        return None
    seen = (f"{dates} dates",) if dates else ()
    return Verdict(PageState.BLOG, (*farewell, *blog, *seen, *(("calls itself a blog",) if named else ())))
