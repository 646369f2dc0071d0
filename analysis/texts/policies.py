"""Which pages are policies, and of what kind: by role, else by their own title or heading in five languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.once import once_each
from analysis.page.blocks import Block, authored, layout_texts
from analysis.page.pages import Page
from analysis.page.reading import Reading
from crawler.captures import Role

__all__ = ["policy_pages", "site_layout"]

_BY_ROLE = {
    Role.TERMS: "terms",
    Role.PRIVACY: "privacy",
    Role.SHIPPING: "shipping",
    Role.RETURNS: "returns",
    Role.LEGAL: "legal",
    Role.ABOUT: "about",
    Role.PAYMENT: "payment",
}
_BY_HEADING = (
    (
        "privacy",
        r"privacy|data protection|datenschutz|confidentialité|données personnelles|privacidad|protección de datos|"
        r"конфиденциальн|персональн\w+ данн",
    ),
    ("shipping", r"shipping|delivery|versand|liefer(?:ung|bedingungen)|livraison|expédition|envíos?|entregas?|доставк"),
    (
        "returns",
        r"returns?|refunds?|widerruf|rückgabe|rücksendung|retours?|remboursement|rétractation|devoluci|reembolso|"
        r"возврат",
    ),
    ("legal", r"\blegal\b|\blicen[cs](?:es?|ing)\b|impressum|mentions légales|aviso legal|правов|легальн|законн|лиценз"),
    (
        "terms",
        r"\bterms\b|conditions of (?:use|sale)|general conditions|\bagb\b|geschäftsbedingungen|nutzungsbedingungen|"
        r"conditions générales|\bcg[vu]\b|términos|condiciones|услови|\bправила\b|оферт|соглашени",
    ),
    ("payment", r"payment|paiement|zahlung|\bpagos?\b|оплат"),
    (
        "about",
        r"about (?:us\b|the (?:shop|store|company|firm|site|brand|team)\b)|"
        r"über uns|à propos|qui sommes|sobre nosotros|quiénes somos|\bо нас\b|о компании|о магазине",
    ),
)
_HEADINGS = tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in _BY_HEADING)


@once_each
def site_layout(reading: Reading) -> frozenset[str]:
    """Texts that are the storefront's layout (``analysis.page.blocks.layout_texts``)."""
    return layout_texts(reading.readable)


@once_each
def policy_pages(reading: Reading) -> tuple[tuple[str, Page, tuple[Block, ...]], ...]:
    """(kind of policy, page, its own blocks) of the policies, each different text once."""
    return tuple(_policy_pages(reading, site_layout(reading)))


def _policy_pages(reading: Reading, layout: frozenset[str]) -> Iterator[tuple[str, Page, tuple[Block, ...]]]:
    seen: set[str] = set()
    for page in reading.readable:
        if page.digest in seen:
            continue
        word = _BY_ROLE.get(page.role)
        if word is None and page.role is not Role.PAGE:
            continue
        own = authored(page, layout)
        word = word or _heading_word(page, own)
        if word and own:
            seen.add(page.digest)
            yield word, page, own


def _heading_word(page: Page, own: tuple[Block, ...]) -> str | None:
    told = " ".join([page.title[:80], *(block.text[:80] for block in own if block.tag in ("h1", "h2"))][:3])
    return next((word for word, pattern in _HEADINGS if pattern.search(told)), None)
