"""Which other sites a storefront names, and as what.

Takes: "we have moved" notices and home redirects, invitations, targets of log-in and payment forms, pages and
certificates that name the shops they serve, canonical, Open Graph, hreflang and feed addresses on another site, absolute
addresses left by mirroring tools, the marks of those tools, other sites' names in text, alt texts, comments and
settings, referral links, and plain links.

Keys: the named site itself: a trace speaks about one pair. The copying tool's name is no key.
Compares: A names B; whether B names or answers for A is for the linkage to see.
Class: A, for anyone can type an address and ``wget -k`` writes it; ``answers_for`` is D: it is what the *target* says.
Fooled by: a link to frame somebody; a site that lists shops it does not serve (a directory, a price comparison), which
the many names on it give away; a shortener in between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from analysis.checkout import forms_of, outward_to_pay, query_fields
from analysis.copy_marks import copy_marks
from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.host_names import hosts_in
from analysis.moving_words import invites, says_moved, serves_accounts, speaks_of_others
from analysis.notices import Notice, new_notices
from analysis.pages import Page
from analysis.places import Places
from analysis.processors import processor_of
from analysis.reading import Reading
from analysis.tags import ByHead, Head, Tag
from analysis.third_parties import host_of, is_third_party, site_of
from crawler.captures import HostKind, Resource, Role

__all__ = ["KINDS", "take"]

_A, _D = EvidenceClass.COPYABLE, EvidenceClass.LIVE_CONTROL


def _kind(word: str, cls: EvidenceClass, mode: Mode, means: str, *, key: bool = True) -> Kind:
    return Kind(f"links.{word}", Family.LINKS, cls, mode, means, key)


KINDS: tuple[Kind, ...] = (
    _kind("moved_to", _A, Mode.NAMES, "one says that it moved to the other"),
    _kind("redirects_to", _D, Mode.NAMES, "one redirects its home page to the other"),
    _kind("invitation", _A, Mode.NAMES, "one invites its customers to the other"),
    _kind("login_host", _A, Mode.NAMES, "the log-in form of one goes to the other"),
    _kind("checkout_host", _A, Mode.NAMES, "the checkout of one goes to the other"),
    _kind("answers_for", _D, Mode.NAMES, "one says of itself that it serves the other"),
    _kind("canonical_elsewhere", _A, Mode.NAMES, "the canonical address of one is on the other"),
    _kind("og_url_elsewhere", _A, Mode.NAMES, "the Open Graph address of one is on the other"),
    _kind("hreflang_elsewhere", _A, Mode.NAMES, "one names the other as its page in another language"),
    _kind("feed_elsewhere", _A, Mode.NAMES, "the feed or search description of one is on the other"),
    _kind("absolute_elsewhere", _A, Mode.NAMES, "pages and files of one are addressed on the other"),
    _kind("residual_name", _A, Mode.NAMES, "the name of the other was left in the pages of one"),
    _kind("copied_from", _A, Mode.NAMES, "a copying tool's mark on one names the other"),
    _kind("copying_tool", _A, Mode.NOTE, "marks of a copying tool", key=False),
    _kind("link_to", _A, Mode.NOTE, "plain links to another site", key=False),
    _kind("referral", _A, Mode.NOTE, "referral links to another site", key=False),
)

#: Sites that one page may name as served before it is a directory rather than an accounts host.
_MOST_SERVED: Final = 12
#: Other sites that one storefront may address as its own before it is a portal.
_MOST_NAMED: Final = 40
#: Characters of a page's source, and of scripts in it, in which left names are looked for.
_SEARCHED: Final = 400_000
#: Longer addresses are not remembered.
_LONGEST_KEPT: Final = 500
#: Elements that have addresses of pages and files.
_ADDRESSING: Final = frozenset({"a", "img", "script", "link", "source", "form", "area"})
#: Paths by which only a shop itself addresses itself: a mirror keeps them where the tool could not follow.
_SHOP_PATH: Final = re.compile(
    r"/(?:cart|basket|checkout|order|account|login|signin|register|wishlist|add|panier|warenkorb|carrito|korzina|bag"
    r"|search)(?:[/.?_-]|$)",
    re.IGNORECASE,
)
#: Internal-looking addresses on one other site from which on they are left-overs of a mirror.
_MANY_ABSOLUTE: Final = 5

_REFERRAL: Final = re.compile(
    r"^(?:ref(?:id|_id|erral|erer|code)?|aff(?:id|_id|iliate(?:_?id)?|_?code)?|partner(?:_?id)?|aid|pid|promo(?:code)?"
    r"|invite(?:d_?by)?|utm_source|a_aid|tag|clickref|tt|zanpid|vteam|sponsor|from)$",
    re.IGNORECASE,
)


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of named sites, sorted by kind and value."""
    found = Places()
    site = reading.site
    service = reading.capture.kind is HostKind.SERVICE
    known: set[Tag] = set()
    texts: set[str] = set()
    blocks: set[str] = set()
    internal: dict[str, set[str]] = {}
    where: dict[str, Page] = {}
    own_paths = {urlsplit(resource.url).path for resource in reading.capture.resources}
    for page in reading.readable:
        if site_of(page.url) != site:
            continue
        _head(found, page, site)
        _forms(found, page, site)
        _notices(found, page, site, service, blocks)
        _anchors(found, page, site)
        # what stood on an earlier page, to the letter, is known
        fresh = [tag for tag in dict.fromkeys(page.all_tags) if tag not in known]
        known.update(fresh)
        for target, path in _absolute(page, fresh, site):
            if (path in own_paths and path not in ("", "/")) or _SHOP_PATH.search(path):
                internal.setdefault(target, set()).add(path)
                where.setdefault(target, page)
        _residual(found, page, fresh, site, texts)
        for tool, original in copy_marks(page.html):
            found.add("links.copying_tool", f"{tool}: {original}" if original else tool, page)
            if (named := site_of(original)) and named != site and not is_third_party(named):
                found.add("links.copied_from", named, page, f"{tool} saved it from {original}")
    for target, paths in internal.items():
        if len(paths) >= _MANY_ABSOLUTE:
            found.add(
                "links.absolute_elsewhere",
                target,
                where[target],
                f"{len(paths)} addresses of its own paths there, as {sorted(paths)[0]}",
                weight=float(len(paths)),
            )
    _redirects(found, reading.capture.resources, site)
    if service:
        _certificates(found, reading)
    found.counted("links.link_to")
    yield from found.traces()


def _other(url_or_host: str, site: str) -> str:
    """The registrable domain of another site worth naming; empty for this one, third parties and processors."""
    return _told(url_or_host, site) if len(url_or_host) <= _LONGEST_KEPT else _told.__wrapped__(url_or_host, site)


@lru_cache(maxsize=16_384)
def _told(url_or_host: str, site: str) -> str:
    named = site_of(url_or_host)
    if not named or named == site or is_third_party(url_or_host) or processor_of(url_or_host):
        return ""
    return named


def _head(found: Places, page: Page, site: str) -> None:
    for element in page.tree.iter("link"):
        rel = (element.get("rel") or "").lower().split()
        target = page.absolute(element.get("href") or "")
        named = _other(target, site)
        if not named:
            continue
        if "canonical" in rel:
            found.add("links.canonical_elsewhere", named, page, target)
        elif "alternate" in rel and element.get("hreflang"):
            found.add("links.hreflang_elsewhere", named, page, f"{element.get('hreflang')}: {target}")
        elif ("alternate" in rel and re.search(r"rss|atom|json|xml", element.get("type") or "")) or "search" in rel:
            found.add("links.feed_elsewhere", named, page, target)
    for element in page.tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").lower()
        content = element.get("content") or ""
        if name in ("og:url", "twitter:url", "al:web:url"):
            if named := _other(page.absolute(content), site):
                found.add("links.og_url_elsewhere", named, page, content)
        elif (element.get("http-equiv") or "").lower() == "refresh" and (
            match := re.search(r"url\s{0,4}=\s{0,4}['\"]?([^'\"\s]{4,500})", content, re.IGNORECASE)
        ):
            target = page.absolute(match.group(1))
            if (named := _other(target, site)) and page.role is Role.HOME:
                found.add("links.redirects_to", named, page, target)
            elif named:
                found.add("links.moved_to", named, page, target)


def _forms(found: Places, page: Page, site: str) -> None:
    for form in forms_of(page):
        if form.asks_for_a_password and (named := _other(form.action, site)):
            found.add("links.login_host", named, page, form.action)
    for target in outward_to_pay(page):
        if named := _other(target.target, site):
            found.add("links.checkout_host", named, page, target.target)


def _notices(found: Places, page: Page, site: str, service: bool, seen: set[str]) -> None:
    served: dict[str, str] = {}
    for notice in new_notices(page, (lambda _: True) if service else speaks_of_others, seen):
        moved, invited = says_moved(notice.text), invites(notice.text)
        serves = service or serves_accounts(notice.text)
        if not (moved or invited or serves):
            continue
        for named in _named_in(notice, site):
            if moved:
                found.add("links.moved_to", named, page, notice.text[:300])
            if invited:
                found.add("links.invitation", named, page, notice.text[:300])
            if serves and not moved:
                served[named] = notice.text[:300]
    if len(served) <= _MOST_SERVED:
        for named, text in served.items():
            found.add("links.answers_for", named, page, text)


def _named_in(notice: Notice, site: str) -> list[str]:
    hosts = [host_of(link) for link in notice.links]
    hosts += [host for host, _ in hosts_in(notice.text[:1500])]
    return sorted({_other(host, site) for host in hosts} - {""})


def _anchors(found: Places, page: Page, site: str) -> None:
    for target, _ in page.links[:2000]:
        named = _other(target, site)
        if not named:
            continue
        ids = [f"{name}={value}" for name, value in query_fields(target) if _REFERRAL.match(name) and value]
        if ids:
            found.add("links.referral", f"{named} {ids[0][:80]}", page, target)
        found.add("links.link_to", named, page, target)


def _absolute(page: Page, fresh: Iterable[Tag], site: str) -> Iterator[tuple[str, str]]:
    """(other site, path) of absolute addresses on other sites in links, pictures, scripts and styles."""
    for head in dict.fromkeys(tag.head for tag in fresh if tag.name in _ADDRESSING and tag.opens):
        for value in _addresses[head]:
            target = page.absolute(value)
            if named := _other(target, site):
                parts = urlsplit(target)
                yield named, f"{parts.path}?{parts.query}" if parts.query and _SHOP_PATH.search(parts.path) else parts.path


@ByHead
def _addresses(head: Head) -> tuple[str, ...]:
    values = (head.attributes.get(name, "") for name in ("href", "src", "action"))
    return tuple(value for value in values if "//" in value[:8])


def _residual(found: Places, page: Page, fresh: Iterable[Tag], site: str, seen: set[str]) -> None:
    """Names of other sites outside of links: in text, alternative texts, comments and settings."""
    linked: set[str] | None = None
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    used = 0
    for text in chain(_around(page, before=True), _loose_texts(fresh), _around(page, before=False)):
        if text in seen:
            continue
        seen.add(text)
        used += len(text)
        if used > _SEARCHED:
            break
        for host, start in hosts_in(text):
            if not (named := _other(host, site)):
                continue
            if linked is None:
                linked = {site_of(target) for target, _ in page.links}
            if named not in linked:
                counts[named] += 1
                shown.setdefault(named, " ".join(text[max(0, start - 60) : start + len(host) + 60].split()))
    for named, _ in counts.most_common(_MOST_NAMED):
        found.add("links.residual_name", named, page, shown[named])


def _loose_texts(tags: Iterable[Tag]) -> Iterator[str]:
    """Texts with a dot that stand outside of links and scripts: visible, alternative, in comments and in embedded data."""
    for tag in tags:
        if tag.opens:
            yield from _attribute_texts[tag.head]
            if tag.name == "script" and not tag.closes:
                if tag.text and "json" in tag.attributes.get("type", ""):
                    yield tag.text
                continue
            if tag.name == "style" and not tag.closes:
                continue
        elif not tag.closes and (comment := tag.head.comment):
            yield comment
        if "." in tag.text:
            yield tag.text


def _around(page: Page, *, before: bool) -> Iterator[str]:
    """The comments before or behind the page's outermost element."""
    return (node.text for node in page.tree.itersiblings(etree.Comment, preceding=before) if node.text)


@ByHead
def _attribute_texts(head: Head) -> tuple[str, ...]:
    names = ("alt", "title", "placeholder", "content") if head.name == "meta" else ("alt", "title", "placeholder")
    return tuple(value for name, value in head.attributes.items() if name in names and "." in value)


def _redirects(found: Places, resources: tuple[Resource, ...], site: str) -> None:
    for resource in resources:
        target = resource.header("location") if 300 <= resource.status < 400 else None
        if (
            target
            and site_of(resource.url) == site
            and urlsplit(resource.url).path in ("", "/")
            and (named := _other(target, site))
        ):
            found.add("links.redirects_to", named, resource, f"{resource.status} to {target}"[:300])


def _certificates(found: Places, reading: Reading) -> None:
    for connection in reading.capture.connections:
        if connection.certificate is None or site_of(connection.host) != reading.site:
            continue
        seen_at = next((r for r in reading.capture.resources if host_of(r.url) == connection.host), None)
        others = sorted({_other(name.removeprefix("*."), reading.site) for name in connection.certificate.sans} - {""})
        if seen_at is not None and len(others) <= _MOST_SERVED:
            for named in others:
                found.add("links.answers_for", named, seen_at, f"the certificate of {connection.host} names {named}")
