"""Fields of forms and addresses that say who is paid only at one processor, and fields that hide others inside of them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl

__all__ = ["hidden_fields", "is_payee_at"]

#: Processor -> names of fields, letters only, lower case.
_AT: Final = {
    processor: frozenset(names.split())
    for processor, names in {
        "2checkout": "merch sid sellerid",
        "advcash": "acaccountemail acsciname",
        "alipay": "partner appid sellerid selleremail",
        "authorize.net": "xlogin apiloginid",
        "billplz": "collectionid",
        "ccavenue": "accesscode",
        "ccbill": "clientaccnum",
        "dotpay": "id",
        "epay.bg": "min",
        "epoch": "cocode picode",
        "esewa": "scd productcode",
        "freekassa": "m",
        "liqpay": "publickey",
        "nowpayments": "apikey iid",
        "paybox": "pbxidentifiant",
        "payeer": "mshop",
        "payfast": "merchantkey",
        "paysera": "projectid",
        "payu": "key posid merchantposid",
        "przelewy24": "pmerchantid pposid",
        "qiwi": "publickey from shop",
        "segpay": "xeticketid",
        "skrill": "paytoemail",
        "sofort": "userid projectid",
        "tpay": "id",
        "unitpay": "publickey",
        "verotel": "shopid",
        "yookassa": "shopid scid account",
        "zombaio": "siteid",
    }.items()
}
#: Fields that hold others, as base64 of JSON or of a query, and their processors' spelling of the name, letters only.
_HOLDERS: Final = frozenset({"data", "dsmerchantparameters", "params"})
_BASE64: Final = re.compile(r"[0-9A-Za-z+/_-]{16,4000}={0,2}")


def is_payee_at(processor: str | None, name: str) -> bool:
    """True when a field of that name says who is paid at that processor."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    return letters in _AT.get(processor or "", frozenset())


def hidden_fields(name: str, value: str) -> Iterator[tuple[str, str]]:
    """(name, value) of the fields that one field holds in base64 (LiqPay, Paysera, Redsys); nothing for any other."""
    if re.sub(r"[^a-z]", "", name.lower()) not in _HOLDERS or not _BASE64.fullmatch(value):
        return
    try:
        text = base64.b64decode(value.translate(str.maketrans("-_", "+/")) + "===").decode("utf-8")
        told = json.loads(text) if text.startswith("{") else dict(parse_qsl(text[:4000], max_num_fields=60))
    except (ValueError, RecursionError):
        return
    for key, held in told.items() if isinstance(told, dict) else ():
        if isinstance(held, (str, int)):
            yield str(key)[:80], str(held)[:200]
