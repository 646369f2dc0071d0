"""Ids that say who is paid: publishable keys by their own grammar, merchant numbers by the field they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote

from analysis.literals import Literals, Searched, occurrences
from analysis.payees.bank_accounts import WORDS
from analysis.payees.live_keys import processor_of_key
from analysis.payees.makers import is_makers
from analysis.payees.payee_grammars import PAYEES
from analysis.payees.payee_links import LINKS
from analysis.payees.payee_placeholders import is_placeholder

__all__ = [
    "COIN_SCHEMES",
    "heads_in",
    "is_beyond_doubt",
    "is_own_account",
    "keys_in",
    "merchant_field",
    "names_field",
    "names_key",
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
        # but of the processors' own, which stand on all their merchants' pages
        r"merchant\.(?:com|net|org|io|co|app|ru|de|fr|es|it|eu|uk|shop|store|me"
        r"|dev)\.(?!(?:stripe|shopify|squareup|adyen|paypal|braintree\w{0,20}|checkout|klarna|apple|wix|squarespace|worldpay"
        r"|bigcommerce|mycompany|company|test)(?![0-9A-Za-z-]))[0-9A-Za-z-]{2,40}(?:\.[0-9A-Za-z-]{2,40}){0,3}",
    ),
    ("google pay", r"BCR2DN[0-9A-Z]{8,14}"),
    ("payoneer", r"pi_live_[0-9A-Za-z]{16,60}"),
    ("cloudpayments", r"pk_[0-9a-f]{29}(?![0-9A-Za-z])"),
    ("checkout.com", r"pk_[a-z2-7]{26}[a-z2-7*#=](?![0-9A-Za-z])"),
    ("worldpay", r"L_C_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    ("xendit", r"xnd_public_production_[0-9A-Za-z_-]{16,120}"),
    ("khalti", r"live_public_key_[0-9a-f]{32}"),
    ("omise", r"pkey_[0-9a-z]{16,24}(?![0-9A-Za-z])"),
)
_KEY: Final = re.compile(r"(?<![0-9A-Za-z_])(?:" + "|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_KEYS)) + ")")
#: What the grammars above begin with, as written.
_KEY_HEADS: Final = frozenset(re.sub(r"[\[(].*", "", pattern).replace("\\", "") for _, pattern in _KEYS)

#: A purse, and the words near it without which the same letters and digits are an article's number.
_PURSE: Final = re.compile(r"(?<![0-9A-Za-z])[ZREUBGXKHLP]\d{12}(?!\d)")
_PURSE_WORD: Final = re.compile(r"web\W?money|wmtransfer|\bwm[zreubgxklp]\b|wmk:|lmi_payee|purse|кошел", re.IGNORECASE)
_PURSE_HEADS: Final = ("webmoney", "web money", "wmtransfer", "wmk:", "lmi_payee", "wmz", "wmr")
#: How far from a purse its word stands.
_BEFORE_PURSE: Final = 100
_BEHIND_PURSE: Final = 25

#: What an id of one name says where an id of the other stands beside it: the money goes to the second, the first is that of the
#: platform which takes it on the second's behalf (Stripe Connect, PayPal's partners).
_ON_BEHALF: Final = {"stripe": "stripe account", "paypal": "paypal merchant"}
#: Names of ids that only the one who is paid can have put there.
_OWN_ACCOUNTS: Final = frozenset(
    {
        *("stripe account", "stripe button", "stripe table", "paypal merchant", "paypal button", "paypal business"),
        *("mercado pago collector", "razorpay button", "upi", "pix", "sepa creditor"),
        *("webmoney", "webmoney id", "yoomoney", "payeer", "perfect money"),
        *(row.word for row in LINKS),
    }
)
#: Names of ids at which makers of themes and plug-ins ask for a coffee in the footer.
_FOR_THANKS: Final = frozenset({"paypal button", "paypal business", *(row.word for row in LINKS)})
#: How near is beside.
_BESIDE: Final = 2_000
#: What stands in the source where an id is that of a try-out; without it, it is the shop's.
_TRY_OUT: Final = {
    "authorize.net": "jstest.authorize.net",
    "affirm": "sandbox.affirm.com",
    "afterpay": "sandbox.afterpay",
    "openpay": "setsandboxmode(true",
    "paddle": "paddle.environment.set",
    "square location": "sandbox.web.squarecdn",
}

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
    " lmimerchantid wmimerchantid pgmerchantid pmerchantid pposid merchantposid vadssiteid terminalkey clientaccnum paytoemail"
    " googlemerchantid merchantuuid merchantpublickey"
)
_WEAK_NAMES: Final = (
    "shop vendor seller clientid client accountid account acct business productid siteid projectid project partnerid sid"
    " userid loginid ssl"
)
#: What means who is paid wherever it stands.
_UNMISTAKABLE: Final = re.compile(
    r"merchant|mid$|mrch|mch|eshop|payee|lmi|purse|pspid|instid|beneficiary|dsmerchant|wmimerchant|pgmerchant|pmerchant"
    r"|vadssiteid|terminalkey|clientaccnum|paytoemail|ikcoid"
)
_BEYOND_DOUBT_NAMES: Final = (
    "terminalkey clientaccnum paytoemail vadssiteid lmipayeepurse lmimerchantid wmimerchantid pgmerchantid pmerchantid pposid"
    " merchantposid ikcoid merchantlogin mrchlogin dsmerchantmerchantcode merchantaccount eshopid"
)
_BEYOND_DOUBT: Final = frozenset(_BEYOND_DOUBT_NAMES.split())
_STRONG: Final = frozenset(_STRONG_NAMES.split())
_WEAK: Final = frozenset(_WEAK_NAMES.split())
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
#: Schemes of addresses that a purse opens.
COIN_SCHEMES: Final = ("bitcoin:", "ethereum:", "litecoin:", "monero:", "dogecoin:", "bitcoincash:", "ripple:", "tron:")
#: Strings of which one stands in every source that tells a key.
_OF_KEYS: Final = frozenset((*_KEY_HEADS, *_PURSE_HEADS, *(mark for row in PAYEES for mark in row.marks)))
_HEADS: Final = Literals(
    (
        *COIN_SCHEMES,
        *WORDS,
        *sorted(_OF_KEYS),
        *sorted(_ALL_HEARTS),
    )
)
_WRITTEN: Final = re.compile(
    r"(?<![\w-])((?:data-)?[a-z_]{0,16}[_-]?(?:merchant|mrch|eshop|shop|terminal|payee|seller|vendor|gateway|store)[_-]?"
    r"(?:id|no|number|num|code|account|login|key|name|purse)?)[\"']?\s{0,4}[:=]\s{0,4}[\"']?([0-9A-Za-z][0-9A-Za-z._@-]{3,63})"
    r"(?![0-9A-Za-z._@(-])",
    re.IGNORECASE,
)
#: Who calls a shop its merchant, too: search engines' lists of goods and networks that pay for visitors.
_OTHERS_MERCHANTS: Final = re.compile(
    r"gapi\.|ratingbadge|surveyoptin|merchant_?center|\bawin|dwin1|shareasale|avantlink|criteo|linksynergy|ranmid|webgains"
    r"|tradedoubler|kelkoo|refersion|affiliate",
    re.IGNORECASE,
)
#: Hits of one pattern in one piece of a text.
_MAX_HITS: Final = 20
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
    if heads is not None and not names_key(heads):
        return
    lowered = lowered or text.lower()
    there = heads_in(text) if heads is None else _still_in(text, lowered, heads)
    found = list(dict.fromkeys((*_keys(text, lowered, there), *_named(text, lowered, there), *_purses(text, there))))
    for name, key in found:
        if not (_is_of_a_try_out(name, lowered) or _is_on_behalf(name, key, found, text)):
            yield name, key


def _keys(text: str, lowered: str, heads: frozenset[str]) -> Iterator[tuple[str, str]]:
    for match in _keys_at(text, heads & _KEY_HEADS):
        name = _KEYS[int((match.lastgroup or "k0")[1:])][0]
        if not is_placeholder(match.group()) and _varied(match.group()):
            name = processor_of_key(match.group(), text, lowered) if name == "stripe" else name
            if name:
                yield name, match.group()


def _named(text: str, lowered: str, heads: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The ids that stand where a processor's documentation puts them; what a remark names is paid by nobody."""
    for row in PAYEES:
        if heads.isdisjoint(row.marks):
            continue
        for pattern in row.patterns:
            if pattern.anchor not in lowered:
                continue
            for piece in pattern.pieces(text, lowered):
                for match in islice(pattern.pattern.finditer(piece), _MAX_HITS):
                    value = unquote(match["id"]) if "%" in match["id"] else match["id"]
                    if (
                        not is_placeholder(value)
                        and (len(value) < 16 or len(set(value)) > 4)
                        and not _in_remark(match.group(), text)
                        and not (row.word in _FOR_THANKS and is_makers(text, islice(occurrences(text, match.group()), _MAX_HITS)))
                    ):
                        yield row.word, value.lower() if row.fold else value


def _purses(text: str, heads: frozenset[str]) -> Iterator[tuple[str, str]]:
    if heads.isdisjoint(_PURSE_HEADS):
        return
    for match in islice(_PURSE.finditer(text), _MAX_HITS):
        around = text[max(0, match.start() - _BEFORE_PURSE) : match.end() + _BEHIND_PURSE]
        if _PURSE_WORD.search(around) and not is_placeholder(match.group()):
            yield "webmoney", match.group()


def _in_remark(part: str, text: str) -> bool:
    """True for what stands within ``<!-- -->`` only, outside of scripts: there makers of plug-ins ask for a donation."""
    return "<!--" in text and all(_is_remark(text, place) for place in islice(occurrences(text, part), _MAX_HITS))


def _is_remark(text: str, place: int) -> bool:
    opened = text.rfind("<!--", 0, place)
    if opened < 0 or text.rfind("-->", opened, place) >= 0:
        return False
    return text.rfind("<script", 0, opened) <= text.rfind("</script", 0, opened)


def _is_of_a_try_out(name: str, lowered: str) -> bool:
    return name in _TRY_OUT and _TRY_OUT[name] in lowered


def _is_on_behalf(name: str, key: str, found: Iterable[tuple[str, str]], text: str) -> bool:
    """True for a platform's own id, beside which stands the account that it takes the money for."""
    others = [other for kind, other in found if kind == _ON_BEHALF.get(name)]
    places = [place for other in others for place in occurrences(text, other)]
    return any(abs(place - at) <= _BESIDE for at in occurrences(text, key) for place in places)


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
    return _UNMISTAKABLE.match(letters) is not None


def is_beyond_doubt(name: str) -> bool:
    """True when a hidden field of that name says who is paid in whatever form it stands, one that a script sends included."""
    return re.sub(r"[^a-z]", "", name.lower()) in _BEYOND_DOUBT


def is_own_account(value: str) -> bool:
    """True for a payee key (``name:id``) that is the shop's own account even on a platform that others rent, too.

    A platform puts its own publishable key on its tenants' pages; a mailbox, a pay-me link or a connected account is a tenant's.
    """
    return value.partition(":")[0] in _OWN_ACCOUNTS


def names_key(heads: frozenset[str]) -> bool:
    """False when ``keys_in`` finds nothing in a text that has ``heads`` only."""
    return not heads.isdisjoint(_OF_KEYS)


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
        if near.search(around) and not _OTHERS_MERCHANTS.search(around):
            yield name, value


def shown_numbers(text: str) -> Iterator[str]:
    """Merchant numbers that a page shows to its readers ("Merchant ID: 4711-0815")."""
    for match in _SHOWN.finditer(text):
        if any(letter.isdigit() for letter in match.group(1)) and not is_placeholder(match.group(1)):
            yield match.group(1)


def _varied(key: str) -> bool:
    """A real key draws on many letters; ``pk_live_xxxxxxxxxxxxxxxx`` does not."""
    return len(set(key.rpartition("_")[2])) >= 6 or len(set(key)) >= 12
