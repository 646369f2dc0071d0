"""Ids that say who is paid: publishable keys by their own grammar, merchant numbers by the field they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from analysis.literals import Literals, Searched, occurrences

__all__ = [
    "heads_in",
    "is_placeholder",
    "keys_in",
    "merchant_field",
    "names_field",
    "names_merchant",
    "shown_numbers",
    "written_fields",
]

#: Each processor's own grammar. Test keys (``pk_test_``, ``sandbox_``, ``rzp_test_``) are not matched on purpose.
_KEYS: Final = (
    ("paystack", r"pk_live_[0-9a-f]{40}(?![0-9A-Za-z])"),
    ("stripe", r"pk_live_[0-9A-Za-z]{16,120}"),
    ("stripe account", r"acct_[0-9A-Za-z]{16,24}"),
    ("adyen", r"live_[A-Z0-9]{32}(?![0-9A-Za-z])"),
    ("braintree", r"production_[0-9a-z]{6,10}_[0-9a-z]{14,20}"),
    ("square", r"sq0idp-[0-9A-Za-z_-]{20,28}"),
    ("mollie", r"pfl_[0-9A-Za-z]{8,20}"),
    ("klarna", r"klarna_live_client_[0-9A-Za-z_-]{20,200}"),
    ("razorpay", r"rzp_live_[0-9A-Za-z]{12,20}"),
    ("flutterwave", r"FLWPUBK-[0-9a-f]{32}-X"),
    ("mercado pago", r"APP_USR-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    ("checkout.com", r"pk_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    (
        "apple pay",
        r"merchant\.(?:com|net|org|io|co|app|ru|de|fr|es|it|eu|uk|shop|store|me"
        r"|dev)\.[0-9A-Za-z-]{2,40}(?:\.[0-9A-Za-z-]{2,40}){0,3}",
    ),
    ("google pay", r"BCR2DN[0-9A-Z]{8,14}"),
    ("payoneer", r"pi_live_[0-9A-Za-z]{16,60}"),
    ("cloudpayments", r"pk_[0-9a-f]{29}(?![0-9A-Za-z])"),
)
_KEY: Final = re.compile(r"(?<![0-9A-Za-z_])(?:" + "|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_KEYS)) + ")")
#: What the grammars above begin with, as written.
_KEY_HEADS: Final = frozenset(re.sub(r"[\[(].*", "", pattern).replace("\\", "") for _, pattern in _KEYS)

#: Addresses and settings of PayPal carry its ids in named places only: (name, what stands in each match in some case, grammar).
_PAYPAL: Final = (
    ("paypal", "client-id=", re.compile(r"paypal\.com/sdk/js\?[^\"'<>\s]{0,400}?client-id=([0-9A-Za-z_-]{30,100})")),
    (
        "paypal",
        "client",
        re.compile(
            r"(?:paypal[_-]?client[_-]?id|data-paypal-client-id)[\"']?\s{0,4}[:=]\s{0,4}[\"']([0-9A-Za-z_-]{30,100})[\"']",
            re.IGNORECASE,
        ),
    ),
    ("paypal merchant", "merchant-id=", re.compile(r"paypal\.com/[^\"'<>\s]{0,400}?merchant-id=([0-9A-Z]{13})(?![0-9A-Z])")),
    (
        "paypal merchant",
        "merchant",
        re.compile(
            r"(?:paypal[_-]?merchant[_-]?id|data-merchant-id)[\"']?\s{0,4}[:=]\s{0,4}[\"']([0-9A-Z]{13})[\"']", re.IGNORECASE
        ),
    ),
    (
        "paypal button",
        "hosted_button_id=",
        re.compile(r"paypal\.com/[^\"'<>\s]{0,300}?hosted_button_id=([0-9A-Z]{11,16})(?![0-9A-Z])"),
    ),
    ("paypal business", "business=", re.compile(r"paypal\.com/[^\"'<>\s]{0,300}?business=([^\"'<>&\s]{5,100})")),
    ("paypal.me", "paypal", re.compile(r"paypal\.(?:me|com/paypalme)/([0-9A-Za-z]{3,40})(?![0-9A-Za-z])")),
    ("amazon pay", "merchantid", re.compile(r"merchantId[\"']?\s{0,4}[:=]\s{0,4}[\"'](A[0-9A-Z]{12,13})[\"']")),
    ("amazon pay", "sellerid", re.compile(r"sellerId[\"']?\s{0,4}[:=]\s{0,4}[\"'](A[0-9A-Z]{12,13})[\"']")),
    ("yoomoney", "yoomoney.ru/", re.compile(r"yoomoney\.ru/[^\"'<>\s]{0,300}?(?:receiver|to)[=/](4100\d{9,12})(?!\d)")),
    ("webmoney", "", re.compile(r"(?<![0-9A-Za-z])([ZREUBGXKHL]\d{12})(?!\d)")),
)
_PAYPAL_HEADS: Final = ("paypal", "merchantid", "sellerid", "yoomoney.ru")
_WEBMONEY_HEADS: Final = ("webmoney", "web money", "lmi_payee")

#: Names of a field, attribute, parameter or setting whose value is who is paid, letters only, lower case.
#: Strong ones say so anywhere in a payment; weak ones only in a form or address that leads to a gateway.
_STRONG_NAMES: Final = (
    "merchant merchantid merchantno merchantnumber merchantnum merchantcode merchantaccount merchantlogin merchantkey"
    " merchantname mid mrchlogin mrchid"
    " mrchntid mchid eshopid eshopaccount shopid shopcode payee payeeid payeeaccount lmipayeepurse purse ikcoid ikshopid"
    " terminalid terminalno"
    " terminal storeid storename instid pbxsite pspid vendorid vendortxcode dsmerchantmerchantcode merchantmerchantcode"
    " beneficiary receiver receiverid"
    " recipientid payeename sellerid sellercode pmmerchantid epaymerchant gatewayid gatewayaccount paymentaccount"
)
_WEAK_NAMES: Final = (
    "shop vendor seller clientid client accountid account acct business productid siteid projectid project partnerid sid"
    " userid loginid ssl"
)
_STRONG: Final = frozenset(_STRONG_NAMES.split())
_WEAK: Final = frozenset(_WEAK_NAMES.split())
_NOT_IDS: Final = re.compile(
    r"your|xxx|insert|replace|change_?me|placeholder|example|sample|dummy|sandbox|undefined|null|none|false|true|merchant_?id$"
    r"|shop_?id$|client_?id$|default"
    r"|^test|test$|^demo|demo$|^(?:id|mid|name|value|string|number|integer|visa|mastercard|paypal|stripe|hidden|text|on|off"
    r"|yes|no|store|shop|online|web|card)$",
    re.IGNORECASE,
)
_TEMPLATE: Final = re.compile(r"[{}<>$%\[\]\\()|;]|^\W+$")
_COUNTING: Final = "01234567890123456789 9876543210987654321 abcdefghijklmnopqrstuvwxyz"

#: The heart of a name that sets a merchant number (in lower case), and the whole assignment read from shortly before it.
_HEARTS: Final = (
    "merchant",
    "mrch",
    "eshop",
    "terminal",
    "payee",
    "shopid",
    "shop_id",
    "shop-id",
    "sellerid",
    "seller_id",
    "vendorid",
    "vendor_id",
)
_HEARTS_TOO: Final = ("gatewayid", "gateway_id", "gateway_account", "gatewayaccount", "storeid", "store_id")
_ALL_HEARTS: Final = frozenset((*_HEARTS, *_HEARTS_TOO))
_WRITTEN_HEART: Final = re.compile("|".join((*_HEARTS, *_HEARTS_TOO)))
_ANY_CASE_HEART: Final = re.compile("|".join((*_HEARTS, *_HEARTS_TOO)), re.IGNORECASE)
_HEADS: Final = Literals(
    (*_KEY_HEADS, *_PAYPAL_HEADS, *_WEBMONEY_HEADS, *(part for _, part, _ in _PAYPAL if part), *sorted(_ALL_HEARTS))
)
_WRITTEN: Final = re.compile(
    r"(?<![\w-])((?:data-)?[a-z_]{0,16}[_-]?(?:merchant|mrch|eshop|shop|terminal|payee|seller|vendor|gateway|store)[_-]?"
    r"(?:id|no|number|num|code|account|login|key|name|purse)?)[\"']?\s{0,4}[:=]\s{0,4}[\"']?([0-9A-Za-z][0-9A-Za-z._@-]{3,63})"
    r"(?![0-9A-Za-z._@(-])",
    re.IGNORECASE,
)
#: Reach of a name before its heart.
_BEFORE_HEART: Final = 24
#: Hearts of one text that are looked at.
_MAX_HEARTS: Final = 2000
_SHOWN: Final = re.compile(
    r"\b(?:merchant(?:'s)? ?(?:id|no|nr|number|code|account)|shop ?id|terminal ?(?:id|no|number)"
    r"|(?:numéro|n°|identifiant|code) (?:de |du )?(?:marchand|commerçant)|identifiant marchand|händler-?(?:id|nummer|kennung)"
    r"|vertragsunternehmer-?nummer"
    r"|(?:número|n[.º°]|id|código) (?:de )?comerci(?:o|ante)|(?:идентификатор|номер|код|id) (?:магазина|продавца|мерчанта"
    r"|торговца|терминала)|мерчант id)"
    r"\b\s{0,3}[.:#№=–-]{0,3}\s{0,3}([0-9A-Za-z](?:[0-9A-Za-z-]{3,30}))(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def heads_in(text: Searched | str) -> frozenset[str]:
    """Strings without which nothing is found: those of ``text``, for all texts that are made of whole lines of it."""
    return _HEADS.within(text)


def keys_in(text: str, heads: frozenset[str] | None = None, lowered: str = "") -> Iterator[tuple[str, str]]:
    """(processor, key) of every publishable key and PayPal-like id in a source text, placeholders left out.

    ``heads`` is what ``heads_in`` found in a text that has all its lines, ``lowered`` the text in lower case.
    """
    there = heads_in(text) if heads is None else _still_in(text, lowered or text.lower(), heads)
    for match in _keys_at(text, there & _KEY_HEADS):
        name = _KEYS[int((match.lastgroup or "k0")[1:])][0]
        if not is_placeholder(match.group()) and _varied(match.group()):
            yield name, match.group()
    webmoney = not there.isdisjoint(_WEBMONEY_HEADS)
    if webmoney or not there.isdisjoint(_PAYPAL_HEADS):
        for name, part, pattern in _PAYPAL:
            if part not in there if part else not webmoney:
                continue
            for match in pattern.finditer(text):
                if not is_placeholder(match.group(1)):
                    yield (
                        name,
                        match.group(1).replace("%40", "@").lower() if name in ("paypal business", "paypal.me") else match.group(1),
                    )


def _keys_at(text: str, heads: Iterable[str]) -> Iterator[re.Match[str]]:
    """What ``_KEY.finditer`` gives, tried only where a key can begin."""
    end = 0
    for place in sorted({place for head in heads for place in occurrences(text, head)}):
        if place >= end and (match := _KEY.match(text, place)):
            yield match
            end = match.end()


def _still_in(text: str, lowered: str, heads: frozenset[str]) -> frozenset[str]:
    return frozenset(head for head in heads if head in (lowered if head == head.lower() else text))


def merchant_field(name: str, *, weak: bool) -> bool:
    """True when a field of that name says who is paid; ``weak`` allows the names that mean it only at a gateway."""
    letters = re.sub(r"[^a-z]", "", name.lower().removeprefix("data-"))
    return letters in _STRONG or (weak and letters in _WEAK)


def names_merchant(name: str) -> bool:
    """True when a field of that name means who is paid even where no gateway is in sight: not a shop, store or terminal."""
    letters = re.sub(r"[^a-z]", "", name.lower().removeprefix("data-"))
    return re.match(r"merchant|mid$|mrch|mch|eshop|payee|lmi|purse|pspid|instid|beneficiary|dsmerchant", letters) is not None


def names_field(heads: frozenset[str]) -> bool:
    """False when ``written_fields`` finds nothing in a text that has ``heads`` only."""
    return not heads.isdisjoint(_ALL_HEARTS)


def written_fields(text: str, near: re.Pattern[str], reach: int = 240) -> Iterator[tuple[str, str]]:
    """(field, value) of merchant numbers set in scripts and settings, where ``near`` matches within ``reach`` characters."""
    lower = text.lower()
    if not any(heart in lower for heart in _ALL_HEARTS):
        return
    done = 0
    # A few letters grow when lowered; then the places differ, and the slower search is made on the text itself.
    hearts = _WRITTEN_HEART.finditer(lower) if len(lower) == len(text) else _ANY_CASE_HEART.finditer(text)
    for number, heart in enumerate(hearts):
        if number >= _MAX_HEARTS:
            return
        match = _WRITTEN.search(text, max(done, heart.start() - _BEFORE_HEART), heart.end() + 120)
        if match is None or match.start() > heart.start():
            continue
        done = match.end()
        name, value = match.groups()
        if not merchant_field(name, weak=False) or is_placeholder(value) or not any(letter.isdigit() for letter in value):
            continue
        around = text[max(0, match.start() - reach) : match.start()] + " " + text[match.end() : match.end() + reach]
        if near.search(around):
            yield name, value


def shown_numbers(text: str) -> Iterator[str]:
    """Merchant numbers that a page shows to its readers ("Merchant ID: 4711-0815")."""
    for match in _SHOWN.finditer(text):
        if any(letter.isdigit() for letter in match.group(1)) and not is_placeholder(match.group(1)):
            yield match.group(1)


def is_placeholder(value: str) -> bool:
    """True for what a manual, a theme or a template puts where an id will be, and for what is too short to be one."""
    if len(value) < 4 or len(value) > 200 or _TEMPLATE.search(value) or _NOT_IDS.search(value):
        return True
    plain = re.sub(r"[^0-9a-z]", "", value.lower())
    return len(set(plain)) < 3 or (len(plain) >= 4 and plain in _COUNTING)


def _varied(key: str) -> bool:
    """A real key draws on many letters; ``pk_live_xxxxxxxxxxxxxxxx`` does not."""
    return len(set(key.rpartition("_")[2])) >= 6 or len(set(key)) >= 12
