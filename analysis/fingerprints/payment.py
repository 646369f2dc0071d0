"""Who is paid, through whom, and whether one can pay at all: read passively, without ordering anything.

Takes: publishable keys and merchant numbers from forms, addresses, attributes, settings and scripts of readable pages
(a cart that robots.txt refuses is simply not among them); payee names, bank accounts (ISO 13616 check digits) and
wallets (their own check digits); gateways, processors, accepted means; and what the shop says of its own payment.

Keys: every payee value, the gateway host and the unusual payment notice. Processors and means are too common.
Compares: equal values, weighted by rarity; ``moved_to`` names a storefront; the state is a fact to watch from crawl to crawl.
Class: C for payees (a copyist changes where the money goes), A for notices and gateway names (anyone can type them),
B for the processor.
Fooled by: a payee copied along with the page or planted to frame; a platform's or market place's merchant number that
all its tenants show; a payee that only appears after an order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.files.third_parties import host_of, is_third_party, site_of
from analysis.host_names import hosts_in
from analysis.once import OncePerDigest
from analysis.page.page_state import PageState
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.page.source_lines import plain_source, plain_text, source_lines
from analysis.payees.bank_accounts import accounts_in, coded_payees, creditors_in
from analysis.payees.checkout import PAYING_ROLES, Form, Outward, forms_of, leads_to_pay, outward_to_pay, query_fields
from analysis.payees.gateway_fields import hidden_fields, is_payee_at
from analysis.payees.payee_ids import (
    COIN_SCHEMES,
    heads_in,
    is_beyond_doubt,
    keys_in,
    merchant_field,
    names_field,
    names_key,
    names_merchant,
    shown_numbers,
    written_fields,
)
from analysis.payees.payee_names import names_in
from analysis.payees.payee_placeholders import is_placeholder
from analysis.payees.payment_words import (
    PaymentState,
    means_in,
    means_pictured,
    normal_sentence,
    sends_elsewhere,
    sentences,
    state_of,
    tells_of_paying,
)
from analysis.payees.processors import is_try_out, looks_like_gateway, processor_of
from analysis.payees.wallets import announced_wallets, wallets_in
from analysis.places import Places
from analysis.texts.notices import new_notices
from crawler.captures import Resource, Role

__all__ = ["KINDS", "take"]

_A, _B, _C = EvidenceClass.COPYABLE, EvidenceClass.PROVIDER, EvidenceClass.PAYEE


def _kind(word: str, cls: EvidenceClass, mode: Mode, means: str, *, key: bool = True) -> Kind:
    return Kind(f"payment.{word}", Family.PAYMENT, cls, mode, means, key)


KINDS: tuple[Kind, ...] = (
    _kind("payee_key", _C, Mode.VALUE, "the same publishable payment key"),
    _kind("merchant_id", _C, Mode.VALUE, "the same merchant number at the same gateway"),
    _kind("merchant_number", _C, Mode.VALUE, "the same long merchant number, whatever the gateway"),
    _kind("payee_name", _C, Mode.VALUE, "the same name of who is paid"),
    _kind("bank_account", _C, Mode.VALUE, "the same bank account"),
    _kind("wallet", _C, Mode.VALUE, "the same wallet"),
    _kind("checkout_host", _A, Mode.VALUE, "a checkout at the same uncommon host"),
    _kind("message", _A, Mode.VALUE, "the same notice about payment"),
    _kind("processor", _B, Mode.VALUE, "the same payment processor", key=False),
    _kind("moved_to", _A, Mode.NAMES, "one sends its customers to the other to pay"),
    _kind("state", _A, Mode.FACT, "what it says of its own payment", key=False),
    _kind("means", _B, Mode.NOTE, "means of payment shown", key=False),
)

#: Pages that speak about rules, not about today.
_RULES: Final = frozenset({Role.TERMS, Role.PRIVACY, Role.RETURNS, Role.LEGAL, Role.BLOG})
#: Pages on which a notice is about the shop as it is now; elsewhere it may be last month's news.
_OWN_VOICE: Final = PAYING_ROLES | {Role.HOME, Role.LOGIN, Role.REGISTER}
_RANK: Final = {state: rank for rank, state in enumerate(PaymentState)}
#: Pages with many texts that are not the shop's own voice: only a short notice counts there.
_GOODS: Final = frozenset({Role.PRODUCT, Role.LISTING})
_SHORT_NOTICE: Final = 160
#: Characters of a script that are read; settings stand in small files, libraries are large.
_SCRIPT_CHARS: Final = 600_000
#: Stands for a gateway that is not known, and how long a number must be to say something without one.
_NO_GATEWAY: Final = "shop"
_LONE_NUMBER: Final = 6
#: A merchant number of this many characters is not met again by chance at another gateway.
_LONG_NUMBER: Final = 8

_PAY_SETTINGS: Final = re.compile(
    r"pay(?:ment|[_-]?url|ee)|checkout|gateway|acquir|top-?up|billing|\bcards?\b|refill|оплат|plat[ei]zh", re.IGNORECASE
)
#: Words without which no wallet is looked for in attributes and scripts, where hashes look alike.
_COINS: Final = ("bitcoin", "crypto", "ethereum", "litecoin", "monero", "tether", "toncoin", "cardano", "биткоин", "крипт")
_TICKERS: Final = {
    word: re.compile(rf"{word}\b(?<!\w{word})")
    for word in ("btc", "eth", "ltc", "xmr", "usdt", "trx", "doge", "dash", "xrp", "bch", "ton")
}
#: A link or picture that a purse opens, on a page that may not speak of coins.
_COIN_LINK: Final = re.compile("|".join(COIN_SCHEMES))
_COIN_ADDRESS: Final = re.compile(r"ethereum:(?:pay-)?0x[0-9a-f]{40}")
#: A field to copy an account from.
_FIELD: Final = re.compile(r"=[\"']([A-Z]{2}\d{2}[0-9A-Z ]{11,36})[\"']")
_PICTURE_NAME: Final = re.compile(r"[^/?#]{1,80}(?=[?#]|$)")
_CARD_CLASS: Final = re.compile(r"(?:fa-cc-|pf-|payment-icon--|icon-(?:cc|payment)-|cc-)([a-z-]{2,20})")

_Told = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
"""Publishable keys and merchant fields of one script."""
_OF_SCRIPTS: Final = OncePerDigest[_Told]()


def take(reading: Reading) -> Iterator[Trace]:
    """Payment traces of one storefront, sorted by kind and value."""
    found = Places()
    notes: list[tuple[PaymentState, str, Page]] = []
    seen: set[str] = set()
    late = tuple(_out_of_order(reading))
    pages = (*reading.readable, *late)
    sources = _Sources(heads_in(source_lines(reading)).union(*(heads_in(plain_source(page).text) for page in late)))
    for page in sorted(pages, key=lambda page: (page.role not in PAYING_ROLES, page.role is not Role.HOME, page.url)):
        outward = tuple(outward_to_pay(page))
        _key_payees(found, page, sources.heads)
        gateway = _payees(found, page, outward, sources.heads)
        _written_payees(found, page, gateway, sources)
        _hosts(found, page, outward)
        _means(found, page)
        notes.extend(_states(found, page, reading.site, seen))
    for script in reading.assets(Role.SCRIPT):
        if site_of(script.url) == reading.site:
            _script(found, script)
    _state(found, reading, notes)
    yield from found.traces()


def _out_of_order(reading: Reading) -> Iterator[Page]:
    """Paying pages taken for pages under maintenance: "payment temporarily unavailable" is what is asked for here."""
    states = dict(reading.states)
    for resource in reading.capture.resources:
        verdict = states.get(resource.url)
        if verdict is not None and verdict.state is PageState.MAINTENANCE and resource.role in PAYING_ROLES:
            yield Page(resource)


def _payees(found: Places, page: Page, outward: tuple[Outward, ...], heads: frozenset[str]) -> str:
    """What forms, links, attributes and texts tell; returns the page's one gateway."""
    gateways = sorted({_gateway(target.target) for target in outward})
    about_paying = page.role in PAYING_ROLES or bool(outward)
    for form in forms_of(page):
        if is_try_out(form.action):
            continue
        if leads_to_pay(page, form) or any(is_beyond_doubt(name) for name, kind, _ in form.fields if kind == "hidden"):
            about_paying = True
            _form_payees(found, page, form, gateways)
    for target in outward:
        if target.how != "form" and not is_try_out(target.target):
            for name, value in query_fields(target.target):
                if _is_hosted(_gateway(target.target), name):
                    _hosted(found, page, name, value)
                elif (merchant_field(name, weak=True) or is_payee_at(_gateway(target.target), name)) and not is_placeholder(value):
                    _merchant(found, page, _gateway(target.target), value)
    gateway = gateways[0] if len(gateways) == 1 else _NO_GATEWAY
    if about_paying:
        for name, value in _data_attributes(page):
            if merchant_field(name, weak=False) and not is_placeholder(value) and _has_digit(value):
                _merchant(found, page, gateway, value, name)
        for value in shown_numbers(page.text):
            _merchant(found, page, gateway, value)
        _names(found, page)
    coins = _names_coin(page.text.lower()) or (not heads.isdisjoint(COIN_SCHEMES) and _COIN_LINK.search(page.lowered) is not None)
    for currency, address in wallets_in(page.html if coins else page.text, rarer=coins):
        found.add("payment.wallet", f"{currency}:{address}", page)
    for currency, address in announced_wallets(f"{page.text} {' '.join(_COIN_ADDRESS.findall(page.lowered))}") if coins else ():
        found.add("payment.wallet", f"{currency}:{address}", page)
    fields = _FIELD.findall(page.html) if "iban" in heads and "iban" in page.lowered else ()
    for number, shown in (*accounts_in(page.text, heads), *(account for field in fields for account in accounts_in(field))):
        found.add("payment.bank_account", number, page, shown)
    for creditor in creditors_in(page.text, heads):
        found.add("payment.payee_key", f"sepa creditor:{creditor}", page)
    return gateway


def _names_coin(lowered: str) -> bool:
    return any(coin in lowered for coin in _COINS) or any(
        ticker in lowered and written.search(lowered) is not None for ticker, written in _TICKERS.items()
    )


def _form_payees(found: Places, page: Page, form: Form, gateways: list[str]) -> None:
    host = host_of(form.action)
    outside = site_of(host) not in ("", site_of(page.url))
    gateway = _gateway(form.action) if outside else gateways[0] if len(gateways) == 1 else _NO_GATEWAY
    named = [(name, value) for name, kind, value in form.fields if kind in ("hidden", "text", "input") and value]
    named += [(name, value) for name, value in form.attributes if name.startswith("data-")]
    named += list(query_fields(form.action))
    named += [hidden for name, value in named for hidden in hidden_fields(name, value)]
    for name, value in named:
        if _is_hosted(processor_of(host), name):
            _hosted(found, page, name, value)
        elif (
            merchant_field(name, weak=outside and (processor_of(host) is not None or looks_like_gateway(host)))
            or is_payee_at(processor_of(host), name)
        ) and not is_placeholder(value):
            _merchant(found, page, gateway, value, name)


def _is_hosted(processor: str | None, name: str) -> bool:
    """True for a field by which PayPal's own buttons and links name who is paid."""
    return processor == "paypal" and name.lower() in ("hosted_button_id", "business")


def _hosted(found: Places, page: Page, name: str, value: str) -> None:
    if not is_placeholder(value):
        word = "button" if name.lower() == "hosted_button_id" else "business"
        found.add("payment.payee_key", f"paypal {word}:{value.lower() if word == 'business' else value}", page)


def _data_attributes(page: Page) -> Iterator[tuple[str, str]]:
    """The ``data-`` attributes of all elements."""
    named = (tag.attributes.items() for tag in page.all_tags if not tag.head.is_bare)
    return ((name, value) for name, value in chain.from_iterable(named) if name.startswith("data-"))


def _key_payees(found: Places, page: Page, heads: frozenset[str]) -> None:
    """What keys, and codes behind pictures, tell."""
    if "000201" in page.html:
        for scheme, account in coded_payees(page.html):
            found.add("payment.payee_key", f"{scheme}:{account}", page)
    if names_key(heads):
        source = plain_source(page)
        for name, key in keys_in(source.text, heads, source.lowered):
            found.add("payment.payee_key", f"{name}:{key}", page)


def _written_payees(found: Places, page: Page, gateway: str, sources: _Sources) -> None:
    """What inline scripts tell."""
    for script in page.named("script") if names_field(sources.heads) else ():
        if len(script.text) < _SCRIPT_CHARS:
            for name, value in sources.fields(script.text):
                _merchant(found, page, gateway, value, name)


class _Sources:
    """What one storefront's sources may tell of payees at all, and what its inline scripts do: one stands on many pages."""

    def __init__(self, heads: frozenset[str]) -> None:
        self.heads = heads
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def fields(self, text: str) -> tuple[tuple[str, str], ...]:
        if text not in self._known:
            self._known[text] = tuple(written_fields(text, _PAY_SETTINGS))
        return self._known[text]


def _script(found: Places, script: Resource) -> None:
    text = script.body[:_SCRIPT_CHARS].decode("utf-8", "replace")
    keys, fields = _OF_SCRIPTS.read(script.digest, text, _told_by_script)
    for name, key in keys:
        found.add("payment.payee_key", f"{name}:{key}", script)
    if len(script.body) < _SCRIPT_CHARS:
        for name, value in fields:
            _merchant(found, script, _NO_GATEWAY, value, name)


def _told_by_script(text: str) -> _Told:
    text = plain_text(text)
    return tuple(keys_in(text)), tuple(written_fields(text, _PAY_SETTINGS))


def _merchant(found: Places, seen_at: Page | Resource, gateway: str, value: str, name: str = "merchant") -> None:
    value = value.strip()
    # Platforms count their tenants' shops and stores from the same number on: without a gateway such an id is nobody's.
    if gateway == _NO_GATEWAY and (len(value) < _LONE_NUMBER or not names_merchant(name) or _is_a_key(found, value)):
        return
    found.add("payment.merchant_id", f"{gateway}:{value}", seen_at)
    if len(value) >= _LONG_NUMBER and _has_digit(value):
        found.add("payment.merchant_number", value, seen_at)


def _is_a_key(found: Places, value: str) -> bool:
    """True for an id that is told already, with the name of its processor."""
    return any(key.partition(":")[2].lower() == value.lower() for key in found.values("payment.payee_key"))


def _names(found: Places, page: Page) -> None:
    for notice in dict.fromkeys(page.strings):
        for name in names_in(notice) if len(notice) <= 2000 else ():
            found.add("payment.payee_name", name.casefold(), page, name)


def _hosts(found: Places, page: Page, outward: tuple[Outward, ...]) -> None:
    for target in outward:
        name = processor_of(target.target)
        if name:
            found.add("payment.processor", name, page, host_of(target.target))
        else:
            found.add("payment.checkout_host", site_of(target.target), page, host_of(target.target))
    for tag in page.named("script", "link"):
        source = tag.attributes.get("src") or tag.attributes.get("href") or ""
        if "//" in source and (name := processor_of(address := page.absolute(source))):
            found.add("payment.processor", name, page, host_of(address))


def _means(found: Places, page: Page) -> None:
    for tag in page.named("img", "i", "use", "svg", "span"):
        if not tag.attributes:
            continue
        told = tag.attributes.get
        if tag.name == "img":
            source = (told("src") or told("data-src") or "")[:600]
            names = _named_by_picture(source if not source.startswith("data:") else "", (told("alt") or "")[:200])
        else:
            target = (told("href") or told("xlink:href") or "")[-60:] if tag.name == "use" else ""
            names = _named_by_class((told("class") or "")[:200], target)
        for name in names:
            found.add("payment.means", name, page)


@lru_cache(maxsize=8192)
def _named_by_picture(source: str, text: str) -> frozenset[str]:
    """Means of payment that a picture's file name or alternative text names."""
    tail = _PICTURE_NAME.search(source.rpartition("/")[2])
    words = f"{text} {tail.group() if tail else ''}"[:200]
    return means_pictured(words.replace("_", " ")) if words.strip() else frozenset()


@lru_cache(maxsize=8192)
def _named_by_class(classes: str, target: str) -> frozenset[str]:
    """Means of payment that the class of an icon, or the symbol that it uses, names."""
    words = f"{' '.join(_CARD_CLASS.findall(classes))} {target}"
    return means_in(words.replace("_", " ")) if words.strip() else frozenset()


def _states(found: Places, page: Page, site: str, seen: set[str]) -> Iterator[tuple[PaymentState, str, Page]]:
    """Each notice of payment on one page as (state, sentence, page); a place where people are sent to pay is kept at once."""
    if page.role in _RULES:
        return
    for notice in new_notices(page, tells_of_paying, seen):
        elsewhere = _elsewhere(notice.text, notice.links, site)
        for sentence in sentences(notice.text):
            if page.role in _GOODS and len(sentence) > _SHORT_NOTICE:
                continue
            if elsewhere and sends_elsewhere(sentence):
                for target in elsewhere:
                    found.add("payment.moved_to", target, page, sentence)
                yield PaymentState.MOVED, sentence, page
                continue
            state = state_of(sentence)
            if state is PaymentState.ACCEPTED:
                for name in means_in(sentence):
                    found.add("payment.means", name, page)
            if state is not None:
                yield state, sentence, page


def _elsewhere(text: str, links: tuple[str, ...], site: str) -> tuple[str, ...]:
    """Other sites named in a notice, by link or by name, that are neither processors nor platforms."""
    targets = {site_of(link) for link in links}
    targets.update(site_of(host) for host, _ in hosts_in(text[:1500]))
    return tuple(sorted(t for t in targets if t and t != site and not is_third_party(t) and not processor_of(t)))


def _state(found: Places, reading: Reading, notes: list[tuple[PaymentState, str, Page]]) -> None:
    for state, sentence, page in notes:
        if state is not PaymentState.ACCEPTED:
            found.add("payment.message", normal_sentence(sentence), page, sentence)
    for roles, ill in ((_OWN_VOICE, True), (PAYING_ROLES, False), (frozenset(Role), True), (frozenset(Role), False)):
        here = [note for note in notes if note[2].role in roles and (note[0] is not PaymentState.ACCEPTED) == ill]
        if here:
            state, sentence, page = min(here, key=lambda note: (_RANK[note[0]], note[2].url, note[1]))
            found.add("payment.state", state.value, page, sentence)
            return
    if found.values("payment.payee_key") or found.values("payment.merchant_id"):
        paying = next(reading.with_role(*PAYING_ROLES), None)
        if paying is not None:
            found.add("payment.state", PaymentState.ACCEPTED.value, paying, "a way to pay is offered")


def _gateway(url: str) -> str:
    return processor_of(url) or site_of(url) or _NO_GATEWAY


def _has_digit(value: str) -> bool:
    return any(letter.isdigit() for letter in value)
