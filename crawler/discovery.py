"""What a storefront's answers tell of other hosts worth a visit: pure rules, each with its word.

A storefront may name where it moved to, where its users are to pay, whom it invites to, its other languages, and whom
its certificate serves; a form or a button may lead to the host that logs its users in or takes their money, which is a
service, not a storefront. Partner, affiliate and friends' links discover nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.captures import Certificate, HostKind, Role
from crawler.links import Form, Link, Links
from crawler.names import absolute, host_of, is_public_suffix, registrable, site_of
from crawler.platforms import platform_reason
from crawler.vocabulary import fold, phrase_role, words

__all__ = ["MAX_CERTIFICATE_SITES", "Discovery", "How", "from_certificate", "from_page", "from_redirect"]

#: A certificate for more registrable domains than this is a provider's bundle: 13.4 % of the pairs that certificates
#: link were rejected by hand, nearly all of them in bundles.
MAX_CERTIFICATE_SITES = 8
#: Hosts that one page may name; more is a link list.
_MAX_OF_PAGE = 8


class How(StrEnum):
    """How a host was found: the words that the archive keeps."""

    REDIRECT = "redirect"
    META_REFRESH = "meta-refresh"
    MOVED = "moved"
    PAYMENT = "payment-elsewhere"
    INVITATION = "invitation"
    LANGUAGE = "other-language"
    CERTIFICATE = "certificate"
    LOG_IN = "log-in"
    CHECKOUT = "checkout"
    LOOK_ALIKE = "look-alike"


@dataclass(frozen=True, slots=True)
class Discovery:
    """A host worth a visit: its registrable domain, where to begin, how it was found and what it is held to be."""

    site: str
    url: str
    how: How
    kind: HostKind


_MOVED = re.compile(
    r"\b(?:we(?: have|'ve|’ve| are)? (?:just )?(?:moved|moving|relocated)"
    r"|(?:has|have) (?:been )?(?:moved|relocated)|now (?:moved|lives?) (?:to|at)"
    r"|our new (?:home|site|web ?site|shop|store|address|domain|location)"
    r"|new (?:web ?)?(?:address|site|website|domain) (?:is|of|:)"
    r"|(?:continues?|resumes?|lives? on|(?:is|are|be|re) back|reopen(?:ed|s)?) (?:on|at|under)"
    r"|(?:find us(?: now)?|visit us(?: now)?|see you) (?:on|at|under)"
    r"|now (?:at|under|available at)"
    r"|mirror site|our mirrors?|mirror of (?:this|our)"
    r"|(?:alternative|backup|reserve) (?:address|domain)"
    r"|if (?:this|the) (?:site|page) is blocked"
    r"|nous avons (?:demenage|change d.adresse)|a demenage|notre (?:nouveau site|nouvelle (?:boutique|adresse))|nouvelle adresse"
    r"|nouveau (?:site|domaine)|retrouvez.nous (?:desormais|maintenant)|site miroir|adresse de secours"
    r"|(?:wir sind|sind wir|ist) umgezogen|umgezogen|unsere neue (?:adresse|seite|webseite|website|domain|internetadresse)"
    r"|(?:neue|neuer|neuen|neues) (?:adresse|shop|domain|website|webseite|internetadresse)|ab sofort (?:unter|auf)"
    r"|finden (?:sie )?uns (?:jetzt|nun|ab sofort)"
    r"|spiegelseite|ausweichadresse"
    r"|nos (?:hemos )?(?:mudado|mudamos|trasladado|trasladamos)|hemos cambiado de (?:direccion|dominio)"
    r"|nuestr[oa] nuev[oa] (?:sitio|tienda|web|pagina|direccion|dominio)"
    r"|nueva (?:direccion|web|tienda)|nuevo (?:sitio|dominio)|ahora estamos en|encuentranos ahora|sitio espejo"
    r"|мы переехали|переехали? на|сменили адрес|наш новыи (?:саит|адрес|магазин|домен)|новыи (?:адрес|домен|саит)"
    r"|теперь мы|теперь по адресу|зеркало саита|наше зеркало|рабочее зеркало"
    r"|резервныи (?:адрес|саит|домен)|запаснои адрес)\b"
)
_PAY = re.compile(
    r"\b(?:pay(?:ing|ments?)?|top(?:ping)? up|top-up|refill|add funds|card ?holders?"
    r"|by (?:credit )?card|credit cards?|cards? (?:are|is) accepted|balance|deposit"
    r"|payer|paiements?|reglement|recharger|par carte|cartes? (?:bancaires?|de credit)|solde"
    r"|zahlen|bezahlen|zahlungen?|aufladen|guthaben|kreditkarten?|karteninhaber|per karte"
    r"|pagar|pagos?|recargar|saldo|tarjetas?|con tarjeta"
    r"|оплат(?:а|ить|ите|ы|у)|пополн(?:ить|ите|ение|ения)|баланс|картои|карты|картам|платеж\w{0,4})\b"
)
_SEND = re.compile(
    r"\b(?:go to|use|visit|please|at|through|via|on our|now|instead|moved|proceed|continue|switch"
    r"|allez|rendez.vous|utilisez|utiliser|sur|via|veuillez|passez par"
    r"|gehen|besuchen|nutzen|benutzen|uber|unter|auf|bitte|bei"
    r"|vaya|visite|utilice|use|en|por|a traves|dirijase"
    r"|переидите|зaидите|воспользуитесь|используите|через|на саите|на саит|перешли|можно на|пользоваться)\b"
)
_INVITED = re.compile(
    r"\b(?:invit(?:ation|ations|e|es|ed)|by invitation|sur invitation|invitez|inviter"
    r"|einladung(?:en)?|eingeladen|einladen|invitacion(?:es)?|invitad[oa]s?"
    r"|приглашени\w{1,3}|приглашаем|приглашаю|приглашены)\b"
)
_PARTNERS = re.compile(
    r"\b(?:partners?|affiliates?|affiliate program|sponsor(?:s|ed)?|friends|link exchange|links|recommended"
    r"|advert\w{0,6}|webring|banner"
    r"|partenaires?|affilies?|amis|sponsorise|liens|freunde|werbung|anzeige|empfehl\w{1,6}|socios|amigos|patrocin\w{1,6}"
    r"|enlaces|publicidad"
    r"|партнер\w{0,4}|друзья|реклам\w{1,3}|ссылки|спонсор\w{0,3})\b"
)
_REFERRAL_KEYS = re.compile(
    r"(?:^|&)(?:ref|aff|affid|aff_id|affiliate|partner|pid|aid|referr?er|refid|campaign|promo)=|utm_medium=affiliate", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:fakes?|fraud\w{0,6}|scam\w{0,5}|beware|warning|imitat\w{0,5}|copycat\w{0,2}|nothing to do with"
    r"|not (?:affiliated|related|connected|ours?)"
    r"|faux|contrefac\w{0,4}|attention aux|arnaque\w?|falsch\w{0,2}|betrug\w{0,3}|warnung|fals[oa]s?|estafa\w?|fraude\w{0,4}"
    r"|подделк\w{1,3}|мошенник\w{0,3}|осторожно)\b"
)
_MONEY_FIELD = re.compile(
    r"(?:merchant|shop|seller|payee)[_-]?(?:id|no|number)?|amount|invoice|order[_-]?(?:id|no|number)", re.IGNORECASE
)
_PAY_BUTTON = re.compile(
    r"(?:pay|proceed to pay|payer|bezahlen|zahlen|pagar|оплатить)\b(?!.*\b(?:at|on|via|through|sur|bei|auf|uber|en|на|через)\b)"
)
_DOOR_FIELD = re.compile(r"user|login|log_in|account|member|invit|passw|nick", re.IGNORECASE)
_MONEY = frozenset({Role.PAYMENT, Role.CHECKOUT, Role.CART})
_DOORS = frozenset({Role.LOGIN, Role.REGISTER, Role.INVITATION})


def from_redirect(site: str, url: str, location: str, role: Role) -> Discovery | None:
    """Where a redirect of ``url`` away from ``site`` leads: to a new home, or from a log-in or checkout page to a service."""
    target = absolute(url, location)
    if target is None:
        return None
    if role in _DOORS:
        return _found(site, target, How.LOG_IN, HostKind.SERVICE)
    if role in _MONEY:
        return _found(site, target, How.CHECKOUT, HostKind.SERVICE)
    return _found(site, target, How.REDIRECT, HostKind.STOREFRONT)


def from_page(site: str, role: Role, links: Links) -> tuple[Discovery, ...]:
    """Whom a page of ``site`` names, each host once with the strongest word, in order of host; nothing from link lists."""
    found: dict[tuple[str, HostKind], Discovery] = {}
    for discovery in filter(None, _named(site, role, links)):
        key = (discovery.site, discovery.kind)
        held = found.get(key)
        if held is None or _WEIGHT[discovery.how] < _WEIGHT[held.how]:
            found[key] = discovery
    kept = [one for one in found.values() if not _outranked(one, found)]
    return tuple(sorted(kept, key=lambda one: one.site)) if len(kept) <= _MAX_OF_PAGE else ()


def _outranked(one: Discovery, found: Mapping[tuple[str, HostKind], Discovery]) -> bool:
    """One host is one kind: a gateway that the page says to pay at is a service, a new home that logs users in a storefront."""
    other = HostKind.SERVICE if one.kind is HostKind.STOREFRONT else HostKind.STOREFRONT
    held = found.get((one.site, other))
    if held is None:
        return False
    gateway = How.CHECKOUT in (one.how, held.how) and How.PAYMENT in (one.how, held.how)
    return (one.kind is HostKind.STOREFRONT) is gateway


def from_certificate(site: str, certificate: Certificate) -> tuple[Discovery, ...]:
    """The other storefronts that a host's certificate names; nothing from a provider's bundle of many names."""
    sites: dict[str, str] = {}
    for name in certificate.sans[:1000]:
        host = host_of(f"https://{name.removeprefix('*.')}/")
        if host is None or is_public_suffix(host):
            continue
        if platform_reason(host) is not None and registrable(host) != site:
            return ()
        if registrable(host) not in sites or len(host) < len(sites[registrable(host)]):
            sites[registrable(host)] = host
    if len(sites) > MAX_CERTIFICATE_SITES:
        return ()
    found = (_found(site, f"https://{host}/", How.CERTIFICATE, HostKind.STOREFRONT) for _, host in sorted(sites.items()))
    return tuple(filter(None, found))


_WEIGHT = {how: weight for weight, how in enumerate(How)}


def _found(site: str, target: str | None, how: How, kind: HostKind) -> Discovery | None:
    """A discovery of another, unplatformed host; its root, for paths and queries may carry tokens and referrals."""
    other = site_of(target) if target else None
    if target is None or other is None or other == site or is_public_suffix(other):
        return None
    if platform_reason(other) is not None:
        return None
    parts = urlsplit(target)
    return Discovery(other, f"{parts.scheme}://{parts.netloc}/", how, kind)


def _named(site: str, role: Role, links: Links) -> Iterator[Discovery | None]:
    if links.refresh:
        yield _found(site, links.refresh, How.META_REFRESH, HostKind.STOREFRONT)
    for _, other in links.alternates:
        yield _found(site, other, How.LANGUAGE, HostKind.STOREFRONT)
    for form in links.forms:
        buttons = tuple(phrase_role(words(text)) for text in form.buttons)
        if form.has_password or (_asks_for_a_name(form) and (role in _DOORS or any(said in _DOORS for said in buttons))):
            yield _found(site, form.action, How.LOG_IN, HostKind.SERVICE)
        elif role in _MONEY or any(said in _MONEY for said in buttons) or _takes_money(name for name, _ in form.fields):
            yield _found(site, form.action, How.CHECKOUT, HostKind.SERVICE)
    if role in _MONEY:
        for frame in links.frames:
            yield _found(site, frame, How.CHECKOUT, HostKind.SERVICE)
    headline = fold(" ".join((links.title, *links.headings[:3])))
    foreign = [link for link in links.links if site_of(link.url) not in (None, site)]
    for link in foreign:
        yield from _linked(site, role, link, headline, alone=len({site_of(one.url) for one in foreign}) == 1)


def _asks_for_a_name(form: Form) -> bool:
    """A form for a user's name or an invitation's code; one for a mail address alone subscribes to a newsletter."""
    return any(_DOOR_FIELD.search(name) for name, _ in form.fields)


def _keys(url: str) -> list[str]:
    return [pair.partition("=")[0] for pair in urlsplit(url).query.split("&")[:40]]


def _takes_money(names: Iterable[str]) -> bool:
    return any(
        re.fullmatch(
            r"(?:merchant|shop|seller|payee|account)[_-]?(?:id|no|number)?|amount|invoice|order[_-]?(?:id|no|number)", n, re.I
        )
        for n in names
    )


def _linked(site: str, role: Role, link: Link, headline: str, *, alone: bool) -> Iterator[Discovery | None]:
    passage = fold(f"{link.text} {link.context}")
    if link.rel & {"sponsored", "nofollow"} or _PARTNERS.search(passage) or _REFERRAL_KEYS.search(urlsplit(link.url).query):
        return
    said = phrase_role(words(link.text))
    pays = said in (Role.CHECKOUT, Role.PAYMENT) or _PAY_BUTTON.match(fold(link.text)) is not None or _takes_money(_keys(link.url))
    if said in _DOORS:
        yield _found(site, link.url, How.LOG_IN, HostKind.SERVICE)
    elif pays:
        yield _found(site, link.url, How.CHECKOUT, HostKind.SERVICE)
    if _DENIED.search(passage):
        return
    if _MOVED.search(passage) or (alone and _MOVED.search(headline)):
        yield _found(site, link.url, How.MOVED, HostKind.STOREFRONT)
    if (
        said not in _MONEY
        and (_PAY.search(passage) or role is Role.PAYMENT)
        and _SEND.search(passage)
        and (role in _MONEY or _PAY.search(passage))
    ):
        yield _found(site, link.url, How.PAYMENT, HostKind.STOREFRONT)
    if _INVITED.search(passage):
        yield _found(site, link.url, How.INVITATION, HostKind.STOREFRONT)
