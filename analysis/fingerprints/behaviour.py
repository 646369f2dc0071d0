"""How the software behind the pages behaves, in ways that copying the pages does not bring along.

Takes: the session cookie together with the header order; the answer to a path that cannot exist; log-in and checkout
form fields; inode-based ETags and upload times of pictures; version marks on the shop's own files.

Keys: all but the habits that many share (``_common``, ``error_habit``).
Compares: equal values, weighted by rarity; upload times as a bag.
Class: E where server, platform and host do not explain the value (an own cookie name or an own header, an error page in
own words), B where they do, A for what stands in the page (forms, version marks).
Fooled by: one agency's set-up on several clients' servers; a theme that brings its own error page; a proxy that strips
or adds headers; software that randomises its cookie's name at each installation (then it never matches).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.files.error_words import LANGUAGES, own_error_words
from analysis.files.stock_fields import is_stock_field
from analysis.files.stock_marks import is_stock_cookie, is_stock_header
from analysis.files.third_parties import root_of, site_of
from analysis.identities.own_names import lift_names, own_names
from analysis.once import OncePerDigest
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.page.response_heads import constant_headers, cookie_names, header_order, server_of, typical
from analysis.page.tags import Tag
from analysis.payees.checkout import FIELD_NAMES, PAYING_ROLES, Form, forms_of, leads_to_pay
from analysis.places import Places
from crawler.captures import Resource, Role

__all__ = ["KINDS", "take"]

_A, _B, _E = EvidenceClass.COPYABLE, EvidenceClass.PROVIDER, EvidenceClass.BEHIND_THE_PAGE


def _kind(word: str, cls: EvidenceClass, mode: Mode, means: str, *, key: bool = True) -> Kind:
    return Kind(f"behaviour.{word}", Family.BEHAVIOUR, cls, mode, means, key)


KINDS: tuple[Kind, ...] = (
    _kind("cookie_and_headers", _E, Mode.VALUE, "the same uncommon cookie in the same header order"),
    _kind("header_and_order", _E, Mode.VALUE, "the same uncommon header, with the same value, in the same header order"),
    _kind("cookie_and_headers_common", _B, Mode.VALUE, "the same stock cookie in the same header order", key=False),
    _kind("error_page", _E, Mode.VALUE, "the same error page of their own"),
    _kind("error_words", _E, Mode.VALUE, "the same words of their own for a missing page"),
    _kind("error_habit", _B, Mode.VALUE, "the same way to answer for a missing page", key=False),
    _kind("login_form", _A, Mode.VALUE, "the same uncommon fields of the log-in form"),
    _kind("checkout_form", _A, Mode.VALUE, "the same uncommon fields of the checkout form"),
    _kind("etag", _E, Mode.VALUE, "the same file of one file system, by its inode"),
    _kind("last_modified", _E, Mode.BAG, "pictures uploaded at the same seconds"),
    _kind("asset_version", _A, Mode.VALUE, "the same uncommon version mark on their files"),
)

#: Tags of an error page that are read, and characters of one text; real ones have far fewer.
_MAX_TAGS: Final = 6000
_MAX_TEXT: Final = 2000
#: Words beyond those of every error page that one sentence, and all of them together, must have to be somebody's own.
_OWN_IN_SENTENCE: Final = 2
_OWN_IN_PAGE: Final = 3
_MAX_SENTENCES: Final = 10
#: Sentences that a theme says on its own page for what is missing: heading, explanation and hint.
_THEMES_SENTENCES: Final = 3
_LANDMARKS: Final = frozenset(
    {"header", "footer", "nav", "aside", "form", "script", "style", "noscript", "template", "svg", "select", "a", "button"}
)
_LANDMARK_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:header|footer|nav(?:bar|igation)?|menu|sidebar|newsletter|subscribe|breadcrumbs?|copyright|cookies?)(?:[\s_-]|$)",
    re.IGNORECASE,
)
#: A reference of the house's own making; ids of single requests are longer, and match nothing.
_OWN_CODE: Final = re.compile(
    r"(?<![\w./-])(?=[A-Z-]{0,8}\d)(?!\S{0,8}40[34](?!\d))[A-Z]{1,5}-\d{2,6}(?:-[A-Z0-9]{1,6})?(?![\w./-])"
)
_COPYRIGHT: Final = re.compile(r"©|\(c\)\s|copyright|all rights reserved", re.IGNORECASE)
#: Words from which on a string is a sentence; shorter ones are menus, which a theme may show in another language there.
_SENTENCE: Final = 5
#: Different upload times without which a site's times are one deployment, or a clock that always says the same.
_MIN_TIMES: Final = 4
_MAX_TIMES: Final = 512
_FILES: Final = frozenset({Role.STYLE, Role.SCRIPT, Role.IMAGE, Role.ICON, Role.FONT})
#: The usual way to write a date in a response head; others are left to the library.
_HTTP_DATE: Final = re.compile(r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$")
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"

_COMMON_FIELDS: Final = re.compile(
    r"^(?:e-?mail(?:address)?|user(?:name|_name|id)?|login|log|pwd|pass(?:word|wd)?|passwd|pw|remember(?:_?me)?|rememberme"
    r"|submit|redirect(?:_to)?|next|return(?:_?url|to)?"
    r"|back|action|_?token|csrf\w{0,20}|authenticity_token|utf8|_method|form_key|form_type|customer\[(?:email|password)\]|name"
    r"|phone|tel|first_?name|last_?name|address\d?|city"
    r"|zip|postcode|postal_?code|country|state|region|comments?|notes?|message|quantity|qty|id|q|s|search|query"
    r"|coupon(?:_code)?|code|amount|currency|sum|total|price"
    r"|woocommerce\S{0,40}|billing_\w{1,20}|shipping_\w{1,20}|_wp\w{0,20}|wp-submit|testcookie|option|task|view|lang)$",
    re.IGNORECASE,
)
#: Names of fields that not everybody gives, without which a form is nobody's own; software may have given all but one.
_UNCOMMON_FIELDS: Final = 2
#: Field names that a framework makes anew: view states, tokens, hashes.
_MADE_NAME: Final = re.compile(r"^__|[0-9a-f]{16}|\d{5}|_token|csrf|captcha")
_INODE_ETAG: Final = re.compile(r'^(?:W/)?"([0-9a-f]{4,16})-([0-9a-f]{1,10})-([0-9a-f]{8,16})(?:;[0-9a-f]{8,16})?"$')
_VERSION_MARK: Final = re.compile(r"^(?=\S*\d)(?!\d{1,3}(?:\.\d{1,4}){0,3}$)[0-9A-Za-z._-]{5,40}$")
_PLAIN_YEAR: Final = re.compile(r"^(?:19|20)\d{2}(?:[01]\d(?:[0-3]\d)?)?$")


def take(reading: Reading) -> Iterator[Trace]:
    """Behaviour traces of one storefront, sorted by kind and value."""
    found = Places()
    if reading.readable:
        own = [resource for resource in reading.capture.resources if site_of(root_of(resource.url)) == reading.site]
        _cookie_and_headers(found, reading, own)
        _forms(found, reading)
        _files(found, own)
    if reading.error_page is not None and reading.readable:
        _error_page(found, reading, reading.error_page)
    yield from found.traces()


def _cookie_and_headers(found: Places, reading: Reading, own: list[Resource]) -> None:
    pages = [page.resource for page in reading.readable if page.resource.status == 200 and site_of(page.url) == reading.site]
    page = typical(pages)
    if page is None:
        return
    cookies = cookie_names(page)
    uncommon = [name for name in cookies if not is_stock_cookie(name)]
    order = header_order(page)
    unheard = not all(map(is_stock_header, order.split(",")))
    marks = [
        f"{name}: {value[:80]}"
        for name, value in (constant_headers(own).items() if unheard else ())
        if name in order and not is_stock_header(name) and value and reading.site not in value
    ]
    value = "|".join((",".join(uncommon or cookies), server_of(page), order, *marks))
    if uncommon or marks:
        shown = "; ".join([*(f"cookie {name}" for name in uncommon), *marks, f"server {server_of(page) or '(not named)'}"])
        # a cookie's name is chosen from endless ones, a header's value is often the small number of a machine
        found.add("behaviour.cookie_and_headers" if uncommon else "behaviour.header_and_order", value, page, shown)
    elif cookies:
        found.add("behaviour.cookie_and_headers_common", value, page, f"cookie {', '.join(cookies)}; server {server_of(page)}")


def _forms(found: Places, reading: Reading) -> None:
    passwords: set[Tag] = set()
    for page, fresh in reading.own_fresh:
        fields = [tag for tag in fresh if tag.name in FIELD_NAMES]
        passwords.update(tag for tag in fields if tag.attributes.get("type", "").lower() == "password")
        paying = page.role in PAYING_ROLES
        # a page none of whose fields is new has the log-in form of a page before it
        if not (paying or (fields and not passwords.isdisjoint(page.all_tags))):
            continue
        for form in forms_of(page):
            if form.asks_for_a_password:
                _fields(found, "behaviour.login_form", form, page, at_least=2)
            elif paying and site_of(form.action) == reading.site and leads_to_pay(page, form):
                _fields(found, "behaviour.checkout_form", form, page, at_least=3)


def _fields(found: Places, kind: str, form: Form, page: Page, at_least: int) -> None:
    """Names of the fields in order; nothing where everybody, or the software behind the form, would have named them so."""
    names = [name.lower() for name, _, _ in form.fields if not _MADE_NAME.search(name.lower())]
    uncommon = [name for name in names if not _COMMON_FIELDS.match(name)]
    if len(names) >= at_least and len(uncommon) >= _UNCOMMON_FIELDS and not all(map(is_stock_field, uncommon)):
        found.add(kind, "|".join(names[:40]), page)


def _files(found: Places, own: list[Resource]) -> None:
    times: dict[str, Resource] = {}
    for asset in own:
        if asset.role not in _FILES or asset.status != 200:
            continue
        match = _INODE_ETAG.match(asset.header("etag") or "")
        if match:
            found.add("behaviour.etag", "-".join(match.groups()), asset)
        if asset.role is Role.IMAGE and (when := _uploaded(asset)):
            times.setdefault(when, asset)
        if "?" not in asset.url:
            continue
        query = dict(parse_qsl(urlsplit(asset.url).query[:300]))
        for name in ("v", "ver", "version", "rev", "_", "t", "build"):
            mark = query.get(name, "")
            if _VERSION_MARK.match(mark) and not _PLAIN_YEAR.match(mark):
                found.add("behaviour.asset_version", f"{name}={mark}", asset)
    if len(times) >= _MIN_TIMES:
        for when in sorted(times, key=lambda text: sha256(text.encode()).digest())[:_MAX_TIMES]:
            found.add("behaviour.last_modified", when, times[when])


def _uploaded(asset: Resource) -> str | None:
    """The upload time to the second; None for times that a packer, a build or the request itself makes."""
    when = _moment(asset.header("last-modified") or "")
    if when is None or (when.second == 0 and when.minute == 0):
        return None
    if told := asset.header("date"):
        served = _moment(told)
        if served is None or abs((served - when).total_seconds()) < 3600:
            return None
    return when.isoformat()


@lru_cache(maxsize=4096)
def _moment(written: str) -> datetime | None:
    """A date of a response head, its time zone left out; None for what is none."""
    try:
        if match := _HTTP_DATE.match(written):
            day, month, year, hour, minute, second = match.groups()
            return datetime(int(year), _MONTHS.index(month) // 3 + 1, int(day), int(hour), int(minute), int(second))
        return parsedate_to_datetime(written).replace(tzinfo=None)
    except (ValueError, TypeError, IndexError):
        return None


class _Own(NamedTuple):
    """What an error page says: its sentences as (tag, text), and its short strings that hold a reference, with it."""

    sentences: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]


#: Servers and kits answer with the same page everywhere.
_ERROR_PAGES: Final[OncePerDigest[_Own]] = OncePerDigest()


def _error_page(found: Places, reading: Reading, page: Page) -> None:
    resource = page.resource
    habit = f"{resource.status}|{server_of(resource)}|{header_order(resource)}"
    found.add("behaviour.error_habit", habit, page, f"status {resource.status}")
    if any(page.digest == other.digest for other in reading.readable):
        return
    told = _ERROR_PAGES.read(page.digest, page.html, lambda _: _Own(tuple(_sentences(page)), tuple(_codes(page))))
    if not told.sentences and not told.codes:
        return
    others = set().union(*(other.strings for other in reading.readable))
    for code, text in told.codes:
        if text not in others:
            found.add("behaviour.error_words", f"code {code}", page, text)
    rows = [row for row in told.sentences if row[1] not in others and not _COPYRIGHT.search(row[1])]
    if not rows:
        return
    names = own_names(reading)
    candidates = [(tag, text, lift_names(text, names)) for tag, text in rows]
    own = [row for row in candidates if own_error_words(row[2]) >= _OWN_IN_SENTENCE]
    if sum(own_error_words(lifted) for _, _, lifted in own) < _OWN_IN_PAGE:
        return
    if len(own) <= _THEMES_SENTENCES and _is_a_themes(page):
        return
    for _, text, lifted in own[:_MAX_SENTENCES]:
        found.add("behaviour.error_words", sha256(_plainly(lifted).encode()).hexdigest(), page, text)
    whole = "\n".join(f"{tag} {lifted}" for tag, _, lifted in own)
    found.add("behaviour.error_page", sha256(whole.encode()).hexdigest(), page, " ".join(text for _, text, _ in own))


def _is_a_themes(page: Page) -> bool:
    """True for WordPress's page for what is missing, in a language whose usual words for it are not known.

    Its theme says a sentence or two there, translated into seventy languages, and few owners ever change them.
    """
    body = next(page.named("body"), None)
    return body is not None and "error404" in body.attributes.get("class", "").split() and page.language not in LANGUAGES


def _codes(page: Page) -> Iterator[tuple[str, str]]:
    return ((code, text) for text in page.strings if "-" in text and len(text) <= 80 for code in _OWN_CODE.findall(text))


def _sentences(page: Page) -> Iterator[tuple[str, str]]:
    """(tag, text) of the sentences of a page that stand in none of its landmarks (header, footer, menu, forms).

    In order of the elements, those of one element together.
    """
    elements: list[tuple[str, list[str]]] = []
    stack: list[list[str]] = [[]]
    outside = 0
    for tag in page.tags[:_MAX_TAGS]:
        if outside:
            outside += (tag.opens - tag.closes) if tag.name else 0
            if outside:
                continue
        elif tag.opens and elements and _is_landmark(tag):
            if not tag.closes:
                outside = 1
                continue
        elif tag.opens and not tag.closes:
            stack.append([])
            elements.append((tag.name, stack[-1]))
        elif tag.closes and not tag.opens and len(stack) > 1:
            stack.pop()
        clean = tag.words if len(tag.text) <= _MAX_TEXT else " ".join(tag.text[:_MAX_TEXT].split())
        if clean.count(" ") >= _SENTENCE - 1:
            stack[-1].append(clean)
    return ((name, text) for name, texts in elements for text in texts)


def _is_landmark(tag: Tag) -> bool:
    if tag.name in _LANDMARKS:
        return True
    told = tag.attributes.get
    return not tag.head.is_bare and _LANDMARK_NAME.search(f"{told('class') or ''} {told('id') or ''}"[:200]) is not None


def _plainly(words: str) -> str:
    """Letters only, one case: punctuation and numbers differ between copies of one sentence."""
    return " ".join(re.findall(r"[^\W\d_]+", words.casefold()))
