"""Which companies named in a passage are the shop's own: by where it stands and what is said with them.

Precision first: a stranger's company declared as the shop's own speaks for false links and against right ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.identities.companies import Company

__all__ = ["MAX_LINE", "MAX_NAMED", "Passage", "may_name_its_own", "own_companies"]

#: More different companies than these in one passage, or alone in passages of a layout, are a list of others.
MAX_NAMED = 3
#: A line of a list is no longer.
MAX_LINE = 60
#: Parts of a layout in which names are links to articles and goods.
_MENUS = frozenset({"header", "nav", "aside"})
#: A longer text beside somebody's telephone number is an article.
_MAX_PRESENTED = 800
#: Said right before a company of itself.
_DECLARES = re.compile(
    r"(?:(?:operated|owned|published|provided|offered|run)(?:\sand\s\w{3,12})?\sby|(?:operator|owner|provider|publisher|seller)\s"
    r"(?:of\s(?:this|the)\s[^.\n]{3,60}\s)?is|betrieben\s(?:von|durch)|betreiber(?:in)?(?:\s[^.\n:]{3,40})?\sist|herausgegeben\svon|"
    r"(?:éditée?|exploitée?|propriété|proposée?)\s(?:par|de)|propriedade\sd[ae]|(?:titular|propiedad)\s(?:es|de)|"
    r"operad[oa]\spor|(?:gestito|di\sproprietà)\s(?:da|di)|beheerd\sdoor|eigendom\svan|prowadzon[ya]\sprzez|"
    r"provozov(?:án|atel(?:em)?)(?:\s(?:je|společnost\w*))?|prevádzkovateľ(?:om)?(?:\sje)?|drives\saf|drivs\sav|üzemeltető\w*|"
    r"принадлежит(?:\sкомпании)?|собственик\w*|належить)\s{0,2}[:\s]\s{0,2}(?:the\s|la\s(?:société\s)?|der\s|die\s|firm\w{1,3}\s)?$",
    re.IGNORECASE,
)
#: One of these stands in every such saying.
_OF_DECLARING = (
    *("operat", "owne", "provide", "publishe", "offered by", "run by", "seller", "betrieb", "betreiber", "herausgegeben"),
    *("édité", "exploité", "propri", "proposé", "titular", "propied", "operad", "gestito", "beheerd", "eigendom"),
    *("prowadzon", "provozov", "prevádzk", "drives", "drivs", "üzemelt", "принадлеж", "собственик", "належить"),
)
#: What is declared, in the words before.
_OF_THIS_SITE = re.compile(
    r"(?:site|shop|store|portal|service|magazine|blog|seite|boutique|tienda|sitio|loja|negozio|sito|winkel|sklepu?|serwisu?|"
    r"strán\w{2}|obchod\w?|butik\w*|oldal\w*|сайт\w*|магазин\w*|www\.[\w.-]+|[\w-]+\.[a-z]{2,4})\b",
    re.IGNORECASE,
)


class Passage(NamedTuple):
    """A block of text and where it stands.

    ``everywhere`` in the layout or the footer, ``speaking`` on a page about the shop itself; ``has_details`` when the text tells
    numbers, addresses or contacts too.
    """

    text: str
    landmark: str
    everywhere: bool
    speaking: bool
    has_details: bool


def may_name_its_own(passage: Passage) -> bool:
    """The quick look before companies are looked for: False where none could be the shop's own."""
    if passage.everywhere or passage.speaking or passage.has_details:
        return True
    lowered = passage.text.lower()
    return any(map(lowered.__contains__, _OF_DECLARING))


def own_companies(companies: tuple[Company, ...], passage: Passage) -> tuple[Company, ...]:
    """Those of a passage's companies that it presents as the shop's; none where it lists several."""
    if len({company.stem for company in companies if company.has_form}) > MAX_NAMED:
        return ()
    return tuple(company for company in companies if _is_presented(company, passage))


def _is_presented(company: Company, passage: Passage) -> bool:
    if passage.everywhere and passage.landmark in _MENUS:
        return passage.has_details
    if passage.everywhere or passage.speaking:
        return company.has_form or passage.landmark != "form"
    if passage.has_details and len(passage.text) <= _MAX_PRESENTED and passage.landmark != "form":
        return True
    before = passage.text[max(0, company.start - 160) : company.start]
    return company.has_form and _DECLARES.search(before) is not None and _OF_THIS_SITE.search(before) is not None
