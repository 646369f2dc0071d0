"""Identifiers that third parties hand out: trackers, tags, pixels, verification tags, captchas, chats, error trackers, referrals.

Takes:    each id by its own grammar in its own context (``analysis.identifier_grammars``), from the source of readable pages
          and from scripts of the storefront's own hosts. ``UA-64281352-3`` is compared as its account ``UA-64281352``;
          a Matomo number counts only together with the server that counts.
Keys:     every value but referrals.
Compares: equal values, weighted by rarity.
Class:    A. A copy keeps the tracker of its victim, a kit brings its maker's, a rented platform puts one key on all
          tenants. Equality says that two pages descend from one hand or one copy, never which.
Fooled by: ids planted to frame somebody, ids left in a theme (known ones are dropped, see ``analysis.boilerplate``),
          ids that are set by a script of another host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from analysis.boilerplate import is_placeholder_id, is_platform_host
from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.grammars import Grammar
from analysis.identifier_grammars import GRAMMARS
from analysis.pages import Page
from analysis.reading import Reading
from analysis.service_grammars import VERIFICATION_METAS
from analysis.sightings import Sightings
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

#: Networks that write their own ``ref=`` into links.
_SOCIAL = re.compile(
    r"^https?://(?:[\w-]{1,30}\.){0,2}(?:facebook|twitter|x|instagram|pinterest|linkedin|youtube|google)\.com/", re.ASCII
)


def take(reading: Reading) -> Iterator[Trace]:
    """Identifiers of one storefront, sorted by kind and value."""
    seen = Sightings(limit=60)
    for page in reading.readable:
        _search(page.html, page.url, page.digest, seen, asset=False)
        _verifications(page, seen)
        _referrals(page, reading.site, seen)
    left = MAX_SCRIPTS_CHARS
    for script in reading.assets(Role.SCRIPT):
        if left <= 0:
            break
        if _is_own(script.url, reading.site):
            text = script.body[: min(MAX_SCRIPT_CHARS, left)].decode("utf-8", "replace")
            left -= len(text)
            _search(text, script.url, script.digest, seen, asset=True)
    yield from seen.traces()


def _search(text: str, url: str, digest: str, seen: Sightings, *, asset: bool) -> None:
    lowered = text.lower()
    for grammar in GRAMMARS:
        if not any(mark in (lowered if mark.islower() else text) for mark in grammar.marks):
            continue
        for value, shown in _values(grammar, text):
            seen.see(_BY_WORD[grammar.word].name, value, url, digest, shown, asset=asset)


def _values(grammar: Grammar, text: str) -> Iterator[tuple[str, str]]:
    for pattern in grammar.patterns:
        for hits, match in enumerate(pattern.finditer(text)):
            if hits >= MAX_HITS:
                break
            groups = match.groupdict()
            shown, host = groups["id"], (groups.get("host") or "").lower()
            value = shown.lower() if grammar.fold else shown
            if grammar.account and (account := grammar.account.fullmatch(value)):
                value = account.group(1)
            if grammar.per_host:
                yield f"{host}#{value}", f"{shown} at {host}"
            elif not is_placeholder_id(value) and not is_platform_host(host):
                yield value, shown


def _verifications(page: Page, seen: Sightings) -> None:
    for meta in page.tree.iter("meta"):
        party = VERIFICATION_METAS.get((meta.get("name") or meta.get("property") or "").strip().lower())
        token = (meta.get("content") or "").strip()
        if party and 8 <= len(token) <= 128 and " " not in token and not is_placeholder_id(token):
            seen.see(VERIFICATION.name, f"{party}:{token}", page.url, page.digest)


def _referrals(page: Page, site: str, seen: Sightings) -> None:
    for link, _ in page.links:
        if "?" not in link or _is_own(link, site) or _SOCIAL.search(link):
            continue
        try:
            parts = urlsplit(link)
            pairs = parse_qsl(parts.query, max_num_fields=20)
        except ValueError:
            continue
        for name, value in pairs:
            if name.lower() in _REFERRAL_WORDS and 2 <= len(value) <= 64:
                seen.see(REFERRAL.name, f"{(parts.hostname or '').lower()}?{name.lower()}={value}", page.url, page.digest)


def _is_own(url: str, site: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    return host == site or host.endswith("." + site)
