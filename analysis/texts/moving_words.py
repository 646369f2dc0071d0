"""What sites say about other sites of theirs, in English, French, German, Spanish and Russian: moved, invited, served."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from analysis.texts.any_case import AnyCase

__all__ = ["invites", "says_moved", "serves_accounts", "speaks_of_others"]

#: Longer blocks are articles, not notices.
_MAX_NOTICE: Final = 700

_MOVED: Final = AnyCase(
    r"\b(?:(?:we|this (?:site|shop|store)|our (?:site|shop|store|website)|the (?:site|shop|store))(?:'ve| have| has| are|"
    r" is)?(?: now)? (?:moved|moving|relocated|migrated|continues?)"
    r"|(?:we|our shop|the shop|our store) (?:are|is) (?:now|open(?:ed)?) (?:again )?(?:at|on)|new (?:address|home|domain|site"
    r"|website|shop) (?:is|:|of)|our new (?:address|home|domain|site|website|shop|store)"
    r"|find us (?:now )?(?:at|on|under)|(?:continue|go on|shop) (?:shopping )?at our new"
    r"|nous avons (?:déménagé|changé d'adresse)|notre (?:nouvelle adresse|nouveau site)|(?:le|notre) site (?:a déménagé|a"
    r" changé d'adresse)"
    r"|wir sind umgezogen|(?:unsere|die) neue (?:adresse|seite|website)|unser neuer (?:shop|onlineshop)|sie finden uns"
    r" (?:jetzt|nun|ab sofort)"
    r"|nos hemos (?:mudado|trasladado)|nuestra nueva (?:dirección|web|página|tienda)|nuestro nuevo (?:sitio|dominio)"
    r"|мы переехали|сайт переехал|магазин переехал|наш новый (?:адрес|сайт|домен|магазин)|новый адрес (?:сайта|магазина)?)(?!\w)"
)
_INVITED: Final = AnyCase(
    r"\b(?:by invitation only|invitation (?:code|only|required)|invitations? (?:from|to|for|of|by)|(?:you are|you have been"
    r"|we) invited?|invite (?:code|your|a|friends)|members (?:may|can) invite|join (?:us )?(?:at|on)"
    r"|sur invitation|code d'invitation|vous êtes invités?|invitez|nur (?:auf|mit|per) einladung|einladungs(?:code|link)|sie"
    r" sind eingeladen|solo (?:con|por) invitación|código de invitación"
    r"|está invitado|по приглашени\w{1,3}|код приглашения|пригласит\w{1,3}|вас пригла\w{1,6})(?!\w)"
)
#: A host not far behind "accounts for": else it is for a purpose, or of a kind.
_OF_HOST: Final = r"(?=[^.!?]{0,40}?(?<![\w@])(?:[\w-]{1,63}\.){1,4}[a-z]{2,18}\b)"
_SERVES: Final = AnyCase(
    r"\b(?:(?:your|one|the same|this|a single) (?:account|log-?in|password|balance|wallet|membership)s? (?:also )?(?:works?|is"
    r" valid|are valid|can be used|may be used|opens?|gives access|is good)"
    rf"|accounts? (?:(?:for|of|at){_OF_HOST}|serve[sd]?|is shared)|(?:we|this (?:server|service|site|host)) (?:serves?|handles?"
    r"|process(?:es)?|manages?|keeps?) (?:the )?(?:accounts?|log-?ins?|payments?|customers?|orders?)"
    r"|(?:sign|log) in (?:here )?(?:for|to (?:use )?(?:any|all|one) of)|(?:shops?|stores?|sites?) (?:served|using|on|of) (?:by"
    r" |with )?(?:this|our|one) (?:account|service|server|host|log-?in|network)?|our (?:shops|stores|sites)\b"
    r"|valid (?:at|on|for|in) (?:these|the following|all)|works? (?:at|on|in|with) (?:these|the following|all)"
    rf"|votre compte (?:fonctionne|est valable|est valide)|comptes? (?:de|pour){_OF_HOST}|un seul compte|nos (?:boutiques|sites)"
    rf"|ihr konto (?:gilt|funktioniert)|ein konto für|konten (?:für|von){_OF_HOST}|unsere shops"
    rf"|su cuenta (?:funciona|sirve|es válida)|cuentas? (?:de|para){_OF_HOST}|nuestras tiendas"
    r"|ваш\w? (?:аккаунт|уч[её]тн\w{2,3}"
    r" запис\w{1,2}|логин|баланс) (?:действует|работает|действителен)|един\w{2} (?:аккаунт|вход|логин|уч[её]тн\w{2,3})"
    r"|аккаунты? (?:для|магазинов)|наши (?:магазины|сайты))(?!\w)"
)


def says_moved(text: str) -> bool:
    """True when a short notice says that the site is now elsewhere."""
    return len(text) <= _MAX_NOTICE and _MOVED.stands_in(text)


def invites(text: str) -> bool:
    """True when a short notice is about invitations."""
    return len(text) <= _MAX_NOTICE and _INVITED.stands_in(text)


def serves_accounts(text: str) -> bool:
    """True when a short notice says that one account works at several shops, or whose accounts are kept here."""
    return len(text) <= _MAX_NOTICE and _SERVES.stands_in(text)


@lru_cache(maxsize=8_192)
def speaks_of_others(text: str) -> bool:
    """True when a short notice may speak of another site as moved to, inviting or served."""
    return says_moved(text) or invites(text) or serves_accounts(text)
