"""Where a page sends people to pay: forms, links and frames that lead to a gateway, and what they carry along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from analysis.files.third_parties import host_of, is_third_party, site_of
from analysis.once import once_each
from analysis.page.pages import Page
from analysis.page.tags import Tag, end_of, text_within
from analysis.payees.processors import looks_like_gateway, processor_of
from crawler.captures import Role

__all__ = [
    *("FIELD_NAMES", "PAYING_ROLES", "Form", "Outward", "forms_of", "leads_to_pay", "may_lead_to_pay", "outward_to_pay"),
    "query_fields",
]

#: Pages whose business is paying.
PAYING_ROLES: Final = frozenset({Role.CART, Role.CHECKOUT, Role.PAYMENT})
#: Forms, and fields of one form, that are read of a page.
MAX_FORMS: Final = 200
MAX_FIELDS: Final = 100
#: Words of a button, and parts of a page's name in an address; more are a headline's.
_BUTTON_WORDS: Final = 8
_NAME_PARTS: Final = 4
#: The host of a page's address where nothing else stands beside it.
_OWN: Final = re.compile(r"https?://([a-z0-9.-]{1,253})(?=[/?#]|$)")
#: Elements that are fields of a form.
FIELD_NAMES: Final = frozenset({"input", "select", "textarea", "button"})

#: Says "pay here" in an address, an id or the text of a button.
_PAY_WORD: Final = re.compile(
    r"(?<![a-z])(?:pay|payments?|paying|checkout|check-out|purchase|buy-?now|top-?up|refill|deposit|add-?funds|billing"
    r"|donat\w{1,4}|invoice"
    r"|acquiring|cashier|paiement|payer|recharge|zahlung|bezahlen|kasse|aufladen|pagos?|pagar|recarga|oplata|oplatit"
    r"|popolnit\w{0,3}"
    r"|оплат\w{0,4}|оформить заказ|пополн\w{0,5})(?![a-z])",
    re.IGNORECASE,
)
_MONEY_FIELD: Final = re.compile(
    r"^(?:amount|sum|total|price|currency|order_?(?:id|no|number|amount|sum)|out_?summ?|invoice(?:_?(?:id|no))?|inv_?id"
    r"|lmi_payment_\w+|quantity|cost|balance)$",
    re.IGNORECASE,
)
#: Fields that are typed unseen and are no passwords: a card's check digits, a gift card's secret.
_CARD_SECRET: Final = re.compile(
    r"^(?!.*pass)(?!.*pwd).*(?:cvv|cvc|cvn|cv2|cvd|csc\b|(?:secur|verif|scur)\w{0,9}[_.-]?(?:code|num|value)|gift|card(?!holder)|(?<![a-z])cc[_.-]?(?:id|code|num|pin))",
    re.IGNORECASE,
)


class Form(NamedTuple):
    """A form as written: absolute ``action``, ``fields`` as (name, type, value) in order, words on its buttons."""

    action: str
    method: str
    fields: tuple[tuple[str, str, str], ...]
    words: str
    attributes: tuple[tuple[str, str], ...]

    @property
    def asks_for_a_password(self) -> bool:
        return any(kind == "password" and _CARD_SECRET.search(name) is None for name, kind, _ in self.fields)

    @property
    def carries_money(self) -> bool:
        """True when a field names an amount, a currency or an order."""
        return any(_MONEY_FIELD.match(name) for name, _, _ in self.fields)


@dataclass(frozen=True, slots=True)
class Outward:
    """A way to pay at another site: the absolute ``target``, and ``how`` (``form``, ``link``, ``frame``)."""

    target: str
    how: str


@once_each
def forms_of(page: Page) -> tuple[Form, ...]:
    """The forms of a page, in order."""
    tags = page.all_tags
    places = [at for at, tag in enumerate(tags) if tag.name == "form" and tag.opens]
    return tuple(_form(page, tags, at) for at in places[:MAX_FORMS])


def _form(page: Page, tags: list[Tag], at: int) -> Form:
    """A form stands on page after page to the letter: its tags are gone through once, and then only compared."""
    known = _WRITTEN.get(tags[at])
    if known is None or tags[at : at + len(known.run)] != known.run:
        if len(_WRITTEN) >= _MOST_WRITTEN:
            _WRITTEN.clear()
        known = _WRITTEN[tags[at]] = _written(tags[at : end_of(tags, at)])
    return Form(page.absolute(known.action or page.url), *known.said)


class _Written(NamedTuple):
    """A form's tags, its action as written and the other fields of a ``Form``."""

    run: list[Tag]
    action: str
    said: tuple[str, tuple[tuple[str, str, str], ...], str, tuple[tuple[str, str], ...]]


#: The form that each opening tag began when it was last seen; how many are remembered.
_WRITTEN: Final[dict[Tag, _Written]] = {}
_MOST_WRITTEN: Final = 2_000


def _written(run: list[Tag]) -> _Written:
    fields: list[tuple[str, str, str]] = []
    words: list[str] = []
    for at, tag in enumerate(run):
        if tag.name not in FIELD_NAMES or not tag.opens:
            continue
        if len(fields) >= MAX_FIELDS:
            break
        told = tag.attributes.get
        kind = (told("type") or tag.name).lower()
        if kind in ("submit", "button", "image", "reset"):
            words.append(told("value") or told("alt") or text_within(run, at)[:80])
            if kind != "image":
                continue
        name = (told("name") or "").strip()
        if name:
            fields.append((name[:80], kind, (told("value") or "").strip()[:200]))
    attributes = run[0].attributes
    method = (attributes.get("method") or "get").lower()
    kept = tuple((key, value[:200]) for key, value in attributes.items())
    return _Written(run, attributes.get("action") or "", (method, tuple(fields), " ".join(words)[:200], kept))


def leads_to_pay(page: Page, form: Form) -> bool:
    """True when a form is where one pays: by its target, by where it stands, by what it carries or is called.

    A log-in form never is, nor a form that searches, subscribes or only adds to a basket.
    """
    if form.asks_for_a_password:
        return False
    host = host_of(form.action)
    if processor_of(host):
        return True
    outside = site_of(host) not in ("", site_of(page.url))
    says = _PAY_WORD.search(_path_and_name(form)) is not None or _PAY_WORD.search(form.words) is not None
    if outside:
        if is_third_party(host):
            return False
        return looks_like_gateway(host) or (form.carries_money and (says or page.role in PAYING_ROLES))
    return says or (page.role in PAYING_ROLES and form.carries_money)


def outward_to_pay(page: Page) -> Iterator[Outward]:
    """Targets on another registrable domain where this page lets people pay, processors of renown included."""
    here = site_of(page.url)
    for form in forms_of(page):
        if site_of(form.action) not in ("", here) and leads_to_pay(page, form):
            yield Outward(form.action, "form")
    own = _OWN.match(page.url)
    begins = own[1] if own else ""
    for target, text in page.links:
        if begins and target.startswith((f"https://{begins}/", f"http://{begins}/")):
            continue
        if site_of(target) not in ("", here) and _link_to_pay(target, text[:81], page.role in PAYING_ROLES):
            yield Outward(target, "link")
    for frame in page.named("iframe"):
        target = page.absolute(frame.attributes.get("src") or "")
        if site_of(target) in ("", here) or is_third_party(target):
            continue
        if processor_of(target) or (looks_like_gateway(host_of(target)) and page.role in PAYING_ROLES):
            yield Outward(target, "frame")


@lru_cache(maxsize=4096)
def _link_to_pay(target: str, text: str, paying: bool) -> bool:
    """True for a link to another site where one pays; ``paying`` says that it stands on a page whose business that is."""
    if is_third_party(target):
        return False
    host = host_of(target)
    if processor_of(host):
        return paying or bool(query_fields(target))
    says = len(text) <= 80 and text.count(" ") < _BUTTON_WORDS and _PAY_WORD.search(text) is not None
    if looks_like_gateway(host) and (says or paying):
        return True
    return says and any(
        _PAY_WORD.search(part) is not None
        for part in urlsplit(target).path.replace("_", "-").split("/")
        if part.count("-") < _NAME_PARTS
    )


@lru_cache(maxsize=4096)
def may_lead_to_pay(target: str) -> bool:
    """True for an address on a site of no renown where one may pay: its host or its path says so."""
    return looks_like_gateway(host_of(target)) or _PAY_WORD.search(target.replace("_", "-")) is not None


def query_fields(url: str) -> tuple[tuple[str, str], ...]:
    """The (name, value) pairs of a URL's query, at most ``MAX_FIELDS``."""
    try:
        query = urlsplit(url).query[:4000]
    except ValueError:
        return ()
    return tuple(parse_qsl(query.replace("&amp;", "&"), keep_blank_values=False))[:MAX_FIELDS]


def _path_and_name(form: Form) -> str:
    try:
        path = urlsplit(form.action).path[:300]
    except ValueError:
        path = ""
    names = " ".join(value for key, value in form.attributes if key in ("id", "name", "class"))
    return f"{path} {names}".replace("_", "-").replace("/", " ")
