"""Who is paid, by name: behind words that announce a payee, and as a card's statement will show it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Final

__all__ = ["names_in"]

_PAYEE_NAME: Final = re.compile(
    r"(?<!\w)(?:payee|beneficiary(?: name)?|recipient(?: of (?:the )?payment)?|account (?:holder|name|owner)|merchant name"
    r"|bénéficiaire|titulaire(?: du compte)?|kontoinhaber(?:in)?|zahlungsempfänger|begünstigter|beneficiario|titular(?: de la"
    r" cuenta)?"
    r"|получатель(?: платежа)?|владелец сч[её]та)\s{0,2}[:–=-]\s{0,3}([^\s:;|<>][^:;|<>\n]{2,70})",
    re.IGNORECASE,
)
_STATEMENT_NAME: Final = re.compile(
    r"(?:(?:appear|show(?:n)?(?: up)?|billed|charged|displayed|listed)\b.{0,40}?\b(?:statement|bill)?\b.{0,12}?\bas"
    r"|statement\b.{0,40}?\b(?:show|say|read|list)s?"
    r"|(?:apparaîtra|figurera).{0,60}?\b(?:comme|sous le nom(?: de)?)|(?:abrechnung|kontoauszug)\b.{0,60}?\b(?:als|unter(?:"
    r" dem namen)?)"
    r"|(?:aparecerá|figurará).{0,60}?\bcomo|(?:выписк\w|сч[её]те)\b.{0,60}?\bкак)\s{0,2}:?\s{0,2}"
    r"[\"'“”«„]?\s?([A-ZÀ-ÞА-ЯЁ0-9*][^\"'“”«»„.,;<>\n]{2,40})",
)
_NAME_ENDS: Final = re.compile(
    r"\s(?:IBAN|BIC|SWIFT|Bank|Account|Konto|Compte|Cuenta|ИНН|БИК|КПП|Р/с|Счет|Счёт|Merchant|Amount|Address)\b.*$|[,.(].*$",
    re.DOTALL,
)


@lru_cache(maxsize=4096)
def names_in(notice: str) -> tuple[str, ...]:
    """The names of who is paid that a notice tells, as written."""
    matches = chain(_PAYEE_NAME.finditer(notice), _STATEMENT_NAME.finditer(notice))
    names = (_NAME_ENDS.sub("", match.group(1)).strip(" .,-–\"'“”«»„") for match in matches)
    return tuple(
        name for name in names if 3 <= len(name) <= 60 and any(letter.isalpha() for letter in name) and len(name.split()) <= 7
    )
