"""Identifiers that third parties hand out: trackers, tags, pixels, verification tags, captchas, chats, error trackers, referrals.

Takes:    each id by its own grammar in its own context (``analysis.ids.identifier_grammars``), from the source of readable pages
          and from scripts of the storefront's own hosts. ``UA-64281352-3`` is compared as its account ``UA-64281352``;
          a Matomo number counts only together with the server that counts.
Keys:     every value but referrals.
Compares: equal values, weighted by rarity.
Class:    A. A copy keeps the tracker of its victim, a kit brings its maker's, a rented platform puts one key on all
          tenants. Equality says that two pages descend from one hand or one copy, never which.
Fooled by: ids planted to frame somebody, ids left in a theme (known ones are dropped, see ``analysis.texts.boilerplate``),
          ids that are set by a script of another host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from urllib.parse import parse_qsl, urlsplit

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.ids.grammars import Grammar, Pattern
from analysis.ids.identifier_grammars import GRAMMARS
from analysis.ids.service_grammars import VERIFICATION_METAS
from analysis.literals import Literals, Searched
from analysis.once import OncePerDigest
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.page.source_lines import plain_source, plain_text, source_lines
from analysis.sightings import Sightings
from analysis.texts.boilerplate import is_placeholder_id, is_platform_host, is_vendor
from crawler.captures import Role

__all__ = ["KINDS", "take"]

VERIFICATION = Kind(
    "identifiers.verification", Family.TRACKING, EvidenceClass.COPYABLE, Mode.VALUE, "the same site verification token"
)
REFERRAL = Kind(
    "identifiers.referral", Family.TRACKING, EvidenceClass.COPYABLE, Mode.NOTE, "links with the same referral id", key=False
)
_BY_WORD = {
    grammar.word: Kind(f"identifiers.{grammar.word}", Family.TRACKING, EvidenceClass.COPYABLE, Mode.VALUE, grammar.means)
    for grammar in GRAMMARS
}
KINDS: tuple[Kind, ...] = (*_BY_WORD.values(), VERIFICATION, REFERRAL)

#: Characters of one own script that are searched; a loader stands near its beginning or in a short file.
MAX_SCRIPT_CHARS = 400_000
#: Characters of all own scripts of one storefront.
MAX_SCRIPTS_CHARS = 3_000_000
#: Hits of one pattern in one text: a page that repeats an id is not more of an id.
MAX_HITS = 20

_REFERRAL_WORDS = frozenset(
    {
        "aff",
        "affid",
        "aff_id",
        "affiliate",
        "affiliate_id",
        "a_aid",
        "ref",
        "refid",
        "ref_id",
        "referral",
        "referrer",
        "partner",
        "partner_id",
        "pid",
        "awinaffid",
        "irclickid",
        "campid",
        "hop",
        "invite",
        "rfsn",
        "tag",
    }
)

#: A link, in lower case, that has one of these words.
_MAY_REFER = re.compile(rf"[?&](?:{'|'.join(sorted(_REFERRAL_WORDS))})=")
#: Names of meta tags by which somebody whom no list has proves that a site is his.
_PROVES = re.compile(
    r"(?:(?P<party>[a-z0-9][a-z0-9.]{1,24}(?:-[a-z0-9]{2,12})??)[-_:])?(?:(?:site|domain|web(?:site)?|owner(?:ship)?)[-_])?"
    r"(?:verification|verify)(?:[-_]?(?:id|code|key|token|ownership))?",
    re.ASCII,
)
#: What a parameter of a link says where it tells the place of the link and not who sent the visitor.
_PLACE = re.compile(
    r"(?:^|[^a-z])(?:head(?:er)?\d?|foot(?:er)?|nav(?:bar|igation)?|menu|home(?:page)?|logo|side(?:bar)?|top|bottom|button|link|rss|search"
    r"|banner|teaser|article|login|register|website|lof|widget|related|recommended|trending|(?:most)?popular)(?:[^a-z]|$)|(?:header|footer|navbar|navigation|sidebar|button|teaser)",
    re.IGNORECASE,
)
#: Hosts at which ``ref`` tells the place of a link on their own pages, as addresses are copied from there.
_OWN_REFS = re.compile(r"(?:^|\.)amazon\.[a-z.]{2,6}$")
#: Words that mean a referral at few sites only, and what a value of theirs must look like.
_SELDOM = {"tag": re.compile(r"[\w-]{2,40}-2[0-9]"), "pid": re.compile(r"\d{4,12}"), "invite": re.compile(r"(?=\D*\d)[\w-]{4,64}")}

#: Networks that write their own ``ref=`` into links.
_SOCIAL = re.compile(
    r"^https?://(?:[\w-]{1,30}\.){0,2}(?:facebook|twitter|x|instagram|pinterest|linkedin|youtube|google)\.com/", re.ASCII
)


_Hit = tuple[str, str, str]
"""A kind's name, a value of it (empty: it counts as a hit and says nothing) and what is shown of it."""
_LITERALS = Literals(
    literal for grammar in GRAMMARS for literal in (*grammar.marks, *(pattern.anchor for pattern in grammar.patterns)) if literal
)
_OF_SCRIPTS = OncePerDigest[tuple[_Hit, ...]]()


def take(reading: Reading) -> Iterator[Trace]:
    """Identifiers of one storefront, sorted by kind and value."""
    seen = Sightings(limit=60)
    search = _Search(source_lines(reading))
    for page in reading.readable:
        for kind, value, shown in search.hits(*plain_source(page)) if search else ():
            seen.see(kind, value, page.url, page.digest, shown)
        _verifications(page, seen)
        _referrals(page, reading.site, seen)
    left = MAX_SCRIPTS_CHARS
    for script in reading.assets(Role.SCRIPT):
        if left <= 0:
            break
        if _is_own(script.url, reading.site):
            text = script.body[: min(MAX_SCRIPT_CHARS, left)].decode("utf-8", "replace")
            left -= len(text)
            for kind, value, shown in _OF_SCRIPTS.read(script.digest, text, _hits):
                seen.see(kind, value, script.url, script.digest, shown, asset=True)
    yield from seen.traces()


def _hits(text: str) -> tuple[_Hit, ...]:
    searched = Searched(plain_text(text))
    return tuple(_Search(searched).hits(searched.text, searched.lowered))


class _Search:
    """The grammars that can have a match in some texts, given one text that holds every line of theirs."""

    def __init__(self, lines: Searched) -> None:
        there = _LITERALS.within(lines)
        self._grammars = tuple(
            (grammar, marks, patterns)
            for grammar in GRAMMARS
            if (marks := tuple((mark, mark.islower()) for mark in grammar.marks if mark in there))
            if (patterns := tuple(pattern for pattern in grammar.patterns if not pattern.anchor or pattern.anchor in there))
        )
        self._read: dict[tuple[Pattern, str], tuple[_Hit, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._grammars)

    def hits(self, text: str, lowered: str) -> Iterator[_Hit]:
        """The hits in one of the texts; ``lowered`` is it in lower case."""
        for grammar, marks, patterns in self._grammars:
            if any(mark in (lowered if is_lower else text) for mark, is_lower in marks):
                for pattern in patterns:
                    pieces = (self._hits_in(grammar, pattern, piece) for piece in pattern.pieces(text, lowered))
                    yield from (hit for hit in islice(chain.from_iterable(pieces), MAX_HITS) if hit[1])

    def _hits_in(self, grammar: Grammar, pattern: Pattern, piece: str) -> tuple[_Hit, ...]:
        """What one piece of a text says; the same piece stands on many pages."""
        known = self._read.get((pattern, piece))
        if known is None:
            matches = islice(pattern.pattern.finditer(piece), MAX_HITS)
            known = self._read[pattern, piece] = tuple(_hit(grammar, match) for match in matches)
        return known


def _hit(grammar: Grammar, match: re.Match[str]) -> _Hit:
    groups = match.groupdict()
    shown, host = groups["id"], (groups.get("host") or "").lower()
    value = shown.lower() if grammar.fold else shown
    if grammar.account and (account := grammar.account.fullmatch(value)):
        value = account.group(1)
    if grammar.per_host:
        value, shown = f"{host}#{value}", f"{shown} at {host}"
    elif is_placeholder_id(value) or is_placeholder_id(shown) or is_platform_host(host) or _is_makers(value):
        value = ""
    return _BY_WORD[grammar.word].name, value, shown


def _verifications(page: Page, seen: Sightings) -> None:
    for meta in page.named("meta"):
        told = meta.attributes.get
        party = _verifier((told("name") or told("property") or "").strip().lower())
        token = (told("content") or "").strip()
        if party and 8 <= len(token) <= 128 and " " not in token and not is_placeholder_id(token):
            seen.see(VERIFICATION.name, f"{party}:{token}", page.url, page.digest)


@lru_cache(maxsize=1024)
def _verifier(name: str) -> str:
    """Who asks for a meta tag of that name to prove whose a site is; empty for any other tag."""
    match = _PROVES.fullmatch(name)
    return VERIFICATION_METAS.get(name) or (match["party"] or "somebody" if match else "")


def _is_makers(value: str) -> bool:
    """True of a help desk whose owner many shops run a script of: the script says where it is explained."""
    return value.endswith(".zendesk.com") and is_vendor(value)


def _referrals(page: Page, site: str, seen: Sightings) -> None:
    for link, _ in page.links:
        if "?" in link and _MAY_REFER.search(link.lower()):
            for value in _referred(link, site):
                seen.see(REFERRAL.name, value, page.url, page.digest)


@lru_cache(maxsize=4096)
def _referred(link: str, site: str) -> tuple[str, ...]:
    """``host?name=value`` of the referral ids in a link of ``site`` to somebody else."""
    if _is_own(link, site) or _SOCIAL.search(link):
        return ()
    try:
        parts = urlsplit(link)
        pairs = parse_qsl(parts.query, max_num_fields=20)
    except ValueError:
        return ()
    host = (parts.hostname or "").lower()
    return tuple(
        f"{host}?{name.lower()}={value}"
        for name, value in pairs
        if name.lower() in _REFERRAL_WORDS and 2 <= len(value) <= 64 and _is_referral(host, name.lower(), value)
    )


def _is_referral(host: str, name: str, value: str) -> bool:
    looks = _SELDOM.get(name)
    if name == "ref" and _OWN_REFS.search(host):
        return False
    return " " not in value and (_PLACE.search(value) is None if looks is None else looks.fullmatch(value) is not None)


def _is_own(url: str, site: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    return host == site or host.endswith("." + site)
