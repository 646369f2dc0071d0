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
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.files.copy_marks import copy_marks, may_be_copied
from analysis.files.third_parties import host_of, is_third_party, site_of
from analysis.page.outward import REFRESH, Address, Name, Names, Saying, based_addresses, named_in, other_site, said_of_others
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.page.tags import Tag
from analysis.payees.checkout import forms_of, may_lead_to_pay, outward_to_pay, query_fields
from analysis.places import Places
from analysis.texts.moving_words import invites, says_moved, serves_accounts, speaks_of_others
from analysis.texts.notices import Notice, new_texts, notices_of
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
#: New names of other sites that one page may bring.
_MOST_NAMED: Final = 40
#: Other sites that one storefront may mention by name in its texts before it is a directory, a forum or a comparison of shops; and
#: in how many texts a name stands that one of those may have kept.
_MOST_MENTIONED: Final = 5
_REPEATED: Final = 3
_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
#: Elements that have addresses of pages and files.
_ADDRESSING: Final = frozenset({"a", "img", "script", "link", "source", "form", "area"})
#: Paths by which only a shop itself addresses itself: a mirror keeps them where the tool could not follow.
_SHOP_PATH: Final = re.compile(
    r"/(cart|basket|checkout|order|account|login|signin|register|wishlist|add|panier|warenkorb|carrito|korzina|bag"
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


@dataclass(slots=True)
class _Named:
    """Another site's name outside of links: where it stood first, how often, and whether as a bare name in a text each time."""

    page: Page
    around: str
    times: int = 0
    is_mention: bool = True


@dataclass(slots=True)
class _Shop:
    """What is gathered of one storefront, page after page in order of URL.

    ``anchors`` are links to other sites, with the site; ``paying`` forms that lead there, and links and frames where one may pay;
    ``blocks`` and ``texts`` were read on an earlier page; ``links`` counts the links to each site; ``internal`` has paths on other
    sites that seem to be the shop's own, by the tag that leads there.
    """

    site: str
    is_service: bool
    found: Places = field(default_factory=Places)
    anchors: dict[Tag, str] = field(default_factory=dict)
    paying: set[Tag] = field(default_factory=set)
    bases: set[Tag] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    links: Counter[str] = field(default_factory=Counter)
    internal: dict[str, dict[Tag, str]] = field(default_factory=dict)
    named: dict[str, _Named] = field(default_factory=dict)


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of named sites, sorted by kind and value."""
    shop = _Shop(reading.site, reading.capture.kind is HostKind.SERVICE)
    found = shop.found
    own_paths = cache(lambda: {urlsplit(resource.url).path for resource in reading.capture.resources})
    for page, fresh in reading.own_fresh:
        said, anchors = _said(shop, page, fresh)
        links = [tag for tag in page.all_tags if tag in anchors] if _on(page, anchors.keys()) else []
        linked = [anchors[tag] for tag in links]
        shop.links.update(linked)
        for tag, address in said.addresses:
            target = page.absolute(address.written)
            _address(found, page, tag, address, target)
            if tag.name in _ADDRESSING and (path := _own_path(target, own_paths)):
                shop.internal.setdefault(address.site, {})[tag] = path
        if _on(page, shop.paying):
            _forms(found, page, shop.site)
        _notices(shop, page, {tag.words for tag in links})
        _residual(shop, page, said.texts, frozenset(linked))
        if said.may_be_copied:
            _copied(found, page, shop.site)
    _residual_names(shop)
    for named, number in shop.links.items():
        found.weigh("links.link_to", named, float(number))
    for named, inner in shop.internal.items():
        paths = sorted(set(inner.values()))
        if len(paths) >= _MANY_ABSOLUTE:
            page = next(page for page in reading.readable if site_of(page.url) == shop.site and _on(page, inner.keys()))
            shown = f"{len(paths)} addresses of its own paths there, as {paths[0]}"
            found.add("links.absolute_elsewhere", named, page, shown, weight=float(len(paths)))
    _redirects(found, reading.capture.resources, shop.site)
    if shop.is_service:
        _certificates(found, reading)
    yield from found.traces()


def _on(page: Page, tags: AbstractSet[Tag]) -> bool:
    """True when one of ``tags`` stands on a page."""
    return bool(tags) and not tags.isdisjoint(page.all_tags)


def _said(shop: _Shop, page: Page, fresh: list[Tag]) -> tuple[Saying, dict[Tag, str]]:
    """What a page says of other sites, in tags that stand on no page before it and in comments beside its outermost element.

    And the links to other sites that it may have, those that are not fresh among them.
    """
    said, anchors = said_of_others(fresh, shop.site), shop.anchors
    shop.bases.update(tag for tag, _ in said.addresses if tag.name == "base")
    if _on(page, shop.bases) and site_of(page.base) != shop.site:
        said, anchors = said._replace(addresses=based_addresses(page, shop.site)), {}
    for tag, address in said.addresses:
        target = page.absolute(address.written)
        if _is_link(tag, address, target):
            anchors[tag] = address.site
        if tag.name == "form" or (tag.name in ("a", "iframe") and may_lead_to_pay(target)):
            shop.paying.add(tag)
    before, behind = page.beside
    if not before and not behind:
        return said, anchors
    texts = [(text, named_in(text)) for text in before] + said.texts + [(text, named_in(text)) for text in behind]
    copied = said.may_be_copied or any(may_be_copied(text, is_comment=True) for text in before + behind)
    return Saying(said.addresses, texts, copied), anchors


def _is_link(tag: Tag, address: Address, target: str) -> bool:
    return tag.name == "a" and address.attribute == "href" and target.startswith(("http://", "https://"))


def _address(found: Places, page: Page, tag: Tag, address: Address, target: str) -> None:
    """One address on another site, by the element that it stands in."""
    if _is_link(tag, address, target):
        ids = [f"{name}={value}" for name, value in query_fields(target) if _REFERRAL.match(name) and value]
        if ids:
            found.add("links.referral", f"{address.site} {ids[0][:80]}", page, target)
        found.add("links.link_to", address.site, page, target)
    elif tag.name == "link" and address.attribute == "href":
        _head(found, page, tag, address.site, target)
    elif address.attribute == REFRESH:
        found.add("links.redirects_to" if page.role is Role.HOME else "links.moved_to", address.site, page, target)
    elif tag.name == "meta" and address.attribute == "content":
        found.add("links.og_url_elsewhere", address.site, page, address.written)


def _head(found: Places, page: Page, tag: Tag, named: str, target: str) -> None:
    told = tag.attributes.get
    rel = (told("rel") or "").lower().split()
    if "canonical" in rel:
        found.add("links.canonical_elsewhere", named, page, target)
    elif "alternate" in rel and told("hreflang"):
        found.add("links.hreflang_elsewhere", named, page, f"{told('hreflang')}: {target}")
    elif ("alternate" in rel and re.search(r"rss|atom|json|xml", told("type") or "")) or "search" in rel:
        found.add("links.feed_elsewhere", named, page, target)


def _own_path(target: str, own_paths: Callable[[], AbstractSet[str]]) -> str:
    """The path of an address on another site that seems to be the shop's own, with the query where it is an action's."""
    parts = urlsplit(target)
    if (found := _SHOP_PATH.search(parts.path)) is not None:
        # whoever writes about others links to what he searched there: all searches are one
        return f"{parts.path}?{parts.query}" if parts.query and found[1].lower() != "search" else parts.path
    if parts.path in ("", "/"):
        return ""
    return parts.path if parts.path in own_paths() else ""


def _forms(found: Places, page: Page, site: str) -> None:
    for form in forms_of(page):
        if form.asks_for_a_password and (named := other_site(form.action, site)):
            found.add("links.login_host", named, page, form.action)
    for target in outward_to_pay(page):
        if named := other_site(target.target, site):
            found.add("links.checkout_host", named, page, target.target)


def _notices(shop: _Shop, page: Page, links: set[str]) -> None:
    """Notices that may name another site: by a name in the text, or by a link whose first words are one of ``links``."""
    texts = new_texts(page, shop.blocks)
    if shop.is_service:
        _notice(shop, page, notices_of(page, texts, bool))
        return
    if "" in links:  # a picture's link has no words: its notice may be any text
        telling = set(texts)
    else:
        telling = {text for text in texts if "." in text and any(name.site != shop.site for name in named_in(text))}
        for link in links:
            telling.update([text for text in texts if link in text])
    lines = {" ".join(text.split()) for text in telling}
    if any(map(speaks_of_others, lines)):
        _notice(shop, page, notices_of(page, lines, speaks_of_others))


def _notice(shop: _Shop, page: Page, notices: list[Notice]) -> None:
    served: dict[str, str] = {}
    for notice in notices:
        moved, invited = says_moved(notice.text), invites(notice.text)
        serves = shop.is_service or serves_accounts(notice.text)
        if not (moved or invited or serves):
            continue
        for named in _named_in(notice, shop.site):
            if moved:
                shop.found.add("links.moved_to", named, page, notice.text[:300])
            if invited:
                shop.found.add("links.invitation", named, page, notice.text[:300])
            if serves and not moved:
                served[named] = notice.text[:300]
    if len(served) <= _MOST_SERVED:
        for named, text in served.items():
            shop.found.add("links.answers_for", named, page, text)


def _named_in(notice: Notice, site: str) -> list[str]:
    named = {other_site(host_of(link), site) for link in notice.links}
    named.update(name.site for name in named_in(notice.text[:1500]) if name.site != site)
    return sorted(named - {""})


def _residual(shop: _Shop, page: Page, texts: list[tuple[str, Names]], linked: frozenset[str]) -> None:
    """Gather names of other sites outside of links: in text, alternative texts, comments and settings."""
    left = _MOST_NAMED
    for text, names in texts:
        if text in shop.texts:
            continue
        shop.texts.add(text)
        for name in names:
            if name.site == shop.site or name.site in linked or _is_own_name(shop.site, name):
                continue
            known = shop.named.get(name.site)
            if known is None:
                left -= 1
                if left < 0:
                    return
                known = shop.named[name.site] = _Named(page, name.around)
            known.times += 1
            known.is_mention = known.is_mention and name.is_bare


def _is_own_name(site: str, name: Name) -> bool:
    """True for the end of the storefront's own name, written with spaces: "Garden Shop.com" on gardenshop.com."""
    own, label = site.partition(".")[0], name.site.partition(".")[0]
    return (
        name.is_bare and own != label and own.endswith(label) and own.replace("-", "") in _NO_LETTERS.sub("", name.around.lower())
    )


def _residual_names(shop: _Shop) -> None:
    """The names gathered. Who mentions many shops by name writes about them: then only those count that he repeats."""
    mentions = sum(named.is_mention for named in shop.named.values())
    for site, named in shop.named.items():
        if mentions <= _MOST_MENTIONED or not named.is_mention or named.times >= _REPEATED:
            shop.found.add("links.residual_name", site, named.page, named.around)


def _copied(found: Places, page: Page, site: str) -> None:
    for tool, original in copy_marks(page.html):
        found.add("links.copying_tool", f"{tool}: {original}" if original else tool, page)
        if (named := site_of(original)) and named != site and not is_third_party(named):
            found.add("links.copied_from", named, page, f"{tool} saved it from {original}")


def _redirects(found: Places, resources: tuple[Resource, ...], site: str) -> None:
    for resource in resources:
        target = resource.header("location") if 300 <= resource.status < 400 else None
        if (
            target
            and site_of(resource.url) == site
            and urlsplit(resource.url).path in ("", "/")
            and (named := other_site(target, site))
        ):
            found.add("links.redirects_to", named, resource, f"{resource.status} to {target}"[:300])


def _certificates(found: Places, reading: Reading) -> None:
    for connection in reading.capture.connections:
        if connection.certificate is None or site_of(connection.host) != reading.site:
            continue
        seen_at = next((r for r in reading.capture.resources if host_of(r.url) == connection.host), None)
        others = sorted({other_site(name.removeprefix("*."), reading.site) for name in connection.certificate.sans} - {""})
        if seen_at is not None and len(others) <= _MOST_SERVED:
            for named in others:
                found.add("links.answers_for", named, seen_at, f"the certificate of {connection.host} names {named}")
