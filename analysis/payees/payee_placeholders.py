"""What stands where a payee's id will be: words of manuals, themes and templates, accounts to try, platforms' own numbers."""

from __future__ import annotations

import re
from typing import Final

from analysis.texts.boilerplate import is_demo_mail

__all__ = ["is_placeholder"]

_NOT_IDS: Final = re.compile(
    r"your|xxx|insert|replace|change_?me|placeholder|example|sample|dummy|sandbox|undefined|null|none|false|true|merchant_?id$"
    r"|shop_?id$|client_?id$|default"
    r"|^test|test$|^demo|demo$|^(?:id|mid|name|value|string|number|integer|visa|mastercard|paypal|stripe|hidden|text|on|off"
    r"|yes|no|store|shop|online|web|card)$",
    re.IGNORECASE,
)
#: How PayPal names the accounts of those who try.
_TRIED_MAIL: Final = re.compile(
    r"-(?:facilitator|buyer)(?:-?\d)?@|_(?:biz|per)@|@(?:business|personal)\.example\.com$", re.IGNORECASE
)
_TEMPLATE: Final = re.compile(r"[{}<>$%\[\]\\()|;]|^\W+$")
_COUNTING: Final = f"{'0123456789' * 3} {'9876543210' * 3} abcdefghijklmnopqrstuvwxyz"

#: Ids that manuals print for everybody to try, and those of platforms that stand on every tenant's pages.
_NOBODYS: Final = frozenset(
    {
        # WooPayments
        "pk_live_51etdmyfuixb5ouvxaiafkgpnwunccbxr1pxvhvlj4brwuiqfg6sldjatoglqhuqxndmgqwra7tdosflby4wfji7kr0079tvtxns",
        "16708973830884969730",  # Google Pay of Shopify
        "afueyt7no4bwzqern9vym5tbhag08ptika9gm8oarbygoqiajijlljrjeimi4g294kah1jdtnkzubt1fr",  # PayPal of Shopify
        "5kp3u95bqpv",  # Authorize.Net
        "901248204",  # 2Checkout
        "1303908",
        "gtkffx",  # PayU
        "145227",
        "300046",
        "300746",
        "508029",
        "512321",
        "10000100",  # PayFast
        "1396424",  # Fondy
        "1230000109",  # WeChat Pay
        "1900000109",
        "1900009191",
        "2088101122136241",  # Alipay
        "epaytest",  # eSewa
        "pgtestpayuat",  # PhonePe
        "test_merch_n1",  # WayForPay
        "demoqco@sun-fish.com",  # Skrill
        *("merchant@upi", "abc@upi", "test@upi", "success@razorpay"),
        "4100110000000000",
        "a1xxxxxxxxxxxx",
        "999008881",  # Redsys
    }
)


def is_placeholder(value: str) -> bool:
    """True for what a manual, a theme or a template puts where an id will be, and for what is too short to be one."""
    if len(value) < 4 or len(value) > 200 or value.lower() in _NOBODYS or _TEMPLATE.search(value):
        return True
    if "@" in value:
        return is_demo_mail(value) or _TRIED_MAIL.search(value) is not None
    if _NOT_IDS.search(value):
        return True
    plain = re.sub(r"[^0-9a-z]", "", value.lower())
    return len(set(plain)) < 3 or (len(plain) >= 4 and plain in _COUNTING)
