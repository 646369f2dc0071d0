"""What shops say about paying, in English, French, German, Spanish and Russian: means, states, and where to go to pay.

Used on one sentence at a time. A condition ("if your card is declined ...") is a rule of the shop, never its state.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final

__all__ = [
    "MAX_SENTENCE",
    "PaymentState",
    "means_in",
    "normal_sentence",
    "sends_elsewhere",
    "sentences",
    "speaks_of_paying",
    "state_of",
    "tells_of_paying",
]


class PaymentState(StrEnum):
    """What a shop says of its own payment; the order of ``RANK`` decides when it says several things."""

    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    UNAVAILABLE = "unavailable"
    ACCEPTED = "accepted"


#: Longer sentences are terms and conditions, not notices.
MAX_SENTENCE: Final = 320

_PAYING: Final = re.compile(
    r"\b(?:pay|pays|paying|payments?|payable|checkout|credit cards?|debit cards?|bank cards?|cards?|visa|master ?card|maestro"
    r"|american express|amex|paypal|top[ -]?ups?|refills?|deposits?"
    r"|paiements?|payer|payez|réglements?|règlements?|carte[s]? (?:bancaires?|bleue|de crédit)|cartes?|recharge(?:ment)?s?"
    r"|zahlung(?:en|sarten|sart|smethoden?|sweise)?|kartenzahlung(?:en)?|bezahlung|bezahlen|zahlen|kreditkarten?|karten"
    r"|aufladung(?:en)?|aufladen"
    r"|pagos?|pagar|pague|tarjetas?|recargas?|recargar"
    r"|оплат\w{0,4}|плат[её]ж\w{0,4}|карт(?:а|ы|у|ой|ам|ами)|картой|кредитн\w{2,3} карт\w{0,3}|пополнен\w{0,3}|пополнить"
    r"|заплатить)\b",
    re.IGNORECASE,
)
_MONEY_OUT: Final = re.compile(
    r"\b(?:gift cards?|cartes? cadeaux?|cartes? de fidélité|geschenkkarten?|tarjetas? (?:de )?regalo|sim cards?|memory cards?"
    r"|sd cards?|graphics? cards?"
    r"|business cards?|greeting cards?|playing cards?|sound cards?|video cards?|подарочн\w{2,3} карт\w{0,3}|карт\w{0,3} памяти"
    r"|карт\w сайта)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:if|when|whenever|unless|until(?! further)|should you|in case|in the event|once|may be|might|can be|would|shall"
    r"|si|lorsque|quand|en cas|sauf|wenn|falls|sofern|sollte[n]?|im falle|cuando|en caso|salvo"
    r"|если|когда|в случае|при условии|пока(?! что)|может быть)\b",
    re.IGNORECASE,
)
_NEWS: Final = re.compile(
    r"\b(?:court|judges?|ruling|lawsuit|verdict|tribunal|jugement|gericht(?:s\w{0,8})?|urteil|juez|sentencia|(?:bank|processor"
    r"|company) (?:that|which))\b|\bсуд(?:а|у|ом|е)?\b",
    re.IGNORECASE,
)
_FOR_NOW: Final = re.compile(
    r"\b(?:temporar(?:y|ily)|currently|at the moment|at present|presently|for now|until further notice|right now"
    r"|temporairement|actuellement|pour le moment|pour l'instant|momentanément|jusqu'à nouvel ordre"
    r"|vorübergehend|derzeit|zurzeit|zur zeit|momentan|im moment|bis auf weiteres|aktuell"
    r"|temporalmente|actualmente|por el momento|de momento|en este momento|hasta nuevo aviso"
    r"|временно|в настоящее время|сейчас|в данный момент|на данный момент|пока что)\b",
    re.IGNORECASE,
)
_CANNOT: Final = re.compile(
    r"\b(?:unavailable|(?:is|are|were|was) (?:\w{1,12} )?(?:not (?:\w{1,12} )?(?:available|possible|working|accepted|processed"
    r"|supported)|suspended|disabled|down"
    r"|out of (?:service|order)|offline|being (?:upgraded|updated|migrated|repaired))|(?:not|isn't|aren't) accepted"
    r"|could not be processed|cannot be processed|can ?not (?:currently |temporarily )?(?:accept|process|take)|can't"
    r" (?:currently )?(?:accept|process|take)"
    r"|unable to (?:accept|process|take)|not (?:currently )?(?:accepting|processing|taking)|under maintenance"
    r"|do(?:es)? not work|don't work|doesn't work"
    r"|indisponibles?|ne (?:sont|est) (?:\w{1,16} )?pas (?:\w{1,16} )?(?:disponibles?|possibles?|acceptée?s?|fonctionnels?)"
    r"|n'est (?:\w{1,16} )?pas (?:disponible|possible|acceptée?)"
    r"|n'a pas pu être|suspendue?s?|désactivée?s?|hors service|ne fonctionne(?:nt)? pas|en maintenance|en cours de mise à jour"
    r"|nicht verfügbar|nicht möglich|nicht akzeptiert|nicht angenommen|nicht verarbeitet|ausgesetzt|deaktiviert|außer betrieb"
    r"|gestört|in wartung|funktioniert nicht"
    r"|no (?:está|están) (?:\w{1,16} )?(?:disponibles?|operativ[oa]s?)|no disponibles?|no es posible|no se (?:aceptan?"
    r"|puede(?:n)?|admiten?|pudo)|no aceptamos|suspendid[oa]s?|desactivad[oa]s?"
    r"|fuera de servicio|en mantenimiento|no funcionan?"
    r"|недоступн\w{1,3}|невозможн\w{1,3}|не работа(?:ет|ют)|не принима(?:ется|ются|ем)|приостановлен\w{0,2}|отключен\w{0,2}|не"
    r" доступн\w{1,2}"
    r"|не может быть (?:обработан|принят|проведен)\w{0,1}|не удалось (?:обработать|провести)|на обслуживании)(?!\w)",
    re.IGNORECASE,
)
_NO_MORE: Final = re.compile(
    r"\b(?:no longer|any ?more|stopped (?:accepting|processing|taking)|have (?:been )?(?:withdrawn|discontinued|ceased"
    r"|terminated)|has been (?:withdrawn|discontinued|terminated)"
    r"|ceased (?:accepting|processing|to accept)|discontinued|cut (?:us )?off"
    r"|ne (?:\w{1,16} )?plus|n'accept(?:ons|e) plus|n'est plus|a cessé|avons cessé|retirée?s?"
    r"|nicht mehr|nicht länger|eingestellt|ya no|dejamos de|dej[óo] de|ha(?:n)? dejado de|hemos dejado de|retirad[oa]s?"
    r"|больше не|более не|прекра(?:тили|щен|щена|щено|щены|тил)|перестали)(?!\w)",
    re.IGNORECASE,
)
_ACCEPTED: Final = re.compile(
    r"\b(?:we (?:now |also )?accept|(?:cards?|visa|master ?card|payments?|paypal)\b.{0,60}\b(?:are|is) (?:now )?(?:accepted"
    r"|available)(?: again)?|accepted (?:here|cards|payments?|payment methods)|pay (?:securely )?(?:with|by) (?:credit |debit "
    r"|bank )?(?:card|visa|paypal)"
    r"|nous acceptons|cartes? .{0,40}acceptée?s|moyens de paiement acceptés|wir akzeptieren|akzeptierte zahlungs\w+|zahlen sie"
    r" (?:mit|per)"
    r"|aceptamos|se aceptan|formas de pago aceptadas|мы принимаем|принимаются|принимаем к оплате|к оплате принимаются)\b",
    re.IGNORECASE,
)
_GO_ELSEWHERE: Final = re.compile(
    r"\b(?:(?:to|in order to|please) (?:pay|top ?up|refill|deposit|complete (?:your |the )?(?:payment|purchase|order)|buy|add"
    r" funds)\b.{0,80}?\b(?:go|visit|use|at|on|via|through|over|head|proceed|log ?in|sign ?in)\b"
    r"|(?:pay|top ?up|refill|payments?|deposits?|cards?)\b.{0,60}?\b(?:at|on|via|through|go to|visit|moved to|taken (?:at|by"
    r"|on)|(?:are|is) (?:now )?(?:accepted|processed|handled|made|available) (?:at|by|on|through|via))\b"
    r"|(?:go|visit|proceed|head|switch|use)\b.{0,60}?\bto (?:pay|top ?up|refill|deposit)\b"
    r"|pour (?:payer|régler|recharger|effectuer (?:le|votre) paiement).{0,80}?(?:allez|rendez-vous|visitez|utilisez|sur|via"
    r"|à)\b|(?:paiements?|payez|payer|recharger).{0,60}?\b(?:sur|via|chez)\b"
    r"|(?:um zu (?:be)?zahlen|zum (?:be)?zahlen|zur (?:be)?zahlung|zum aufladen).{0,80}?\b(?:gehen|besuchen|nutzen|auf|über"
    r"|bei|zu)\b|(?:zahlungen?|bezahlen|zahlen|aufladen).{0,60}?\b(?:auf|über|bei|unter)\b"
    r"|para (?:pagar|recargar|realizar (?:el|su) pago).{0,80}?\b(?:vaya|visite|use|utilice|diríjase|en|a)\b|(?:pagos?|pague"
    r"|pagar|recargue).{0,60}?\b(?:en|a través de)\b"
    r"|(?:чтобы|для)\s+(?:оплатить|оплаты|пополнить|пополнения|заплатить).{0,80}?(?:перейдите|зайдите|посетите|используйте|на"
    r" сайт\w?|через|на)(?!\w)|(?:оплат\w+|плат[её]ж\w*|пополн\w+|платите).{0,60}?(?:на сайте|через|на)(?!\w))",
    re.IGNORECASE,
)

_MEANS: Final = {
    "visa": r"visa(?! ?(?:support|application|requirement|free))",
    "mastercard": r"master[ _-]?card",
    "maestro": r"maestro",
    "american express": r"american[ _-]?express|amex",
    "discover": r"discover[ _-]?(?:card|network)?",
    "jcb": r"jcb",
    "diners club": r"diners(?:[ _-]?club)?",
    "unionpay": r"union[ _-]?pay",
    "mir": r"карт\w* мир|mir[ _-]?card|мир pay",
    "paypal": r"pay[ _-]?pal",
    "klarna": r"klarna",
    "apple pay": r"apple[ _-]?pay",
    "google pay": r"google[ _-]?pay|g[ _-]?pay",
    "amazon pay": r"amazon[ _-]?pay",
    "sofort": r"sofort(?:überweisung)?",
    "giropay": r"giropay",
    "ideal": r"ideal(?=\W*(?:bank|payment|\.(?:png|svg|gif|jpg)))",
    "sepa": r"sepa",
    "bank transfer": r"bank[ _-]?transfer|wire[ _-]?transfer|virement|überweisung|transferencia bancaria|банковск\w+ перевод\w*",
    "cash on delivery": r"cash on delivery|nachnahme|contre[ -]remboursement|contra ?reembolso|наложенн\w+ плат[её]ж\w*",
    "webmoney": r"web[ _-]?money",
    "qiwi": r"qiwi|киви",
    "yoomoney": r"yoo?money|юmoney|яндекс[. ]?деньги|yandex[. ]?money",
    "bitcoin": r"bitcoin|btc",
    "skrill": r"skrill|moneybookers",
    "western union": r"western[ _-]?union",
    "alipay": r"ali[ _-]?pay",
    "wechat pay": r"wechat[ _-]?pay",
    "sms": r"premium sms|sms payment|оплата по sms|paiement par sms",
}
_MEANS_PATTERN: Final = {
    name: re.compile(rf"(?<![a-zа-я])(?:{pattern})(?![a-zа-я])", re.IGNORECASE) for name, pattern in _MEANS.items()
}
_ANY_MEANS: Final = re.compile("|".join(_MEANS.values()), re.IGNORECASE)

_BREAK: Final = re.compile(r"(?<=[.!?…])[\s\"'»)]+(?=[A-ZÀ-ÞА-ЯЁ¿¡«\"'(])|[\n\r•|]+")
_DOMAIN: Final = re.compile(r"\b(?:https?://)?(?:[a-z0-9-]{1,63}\.)+[a-z]{2,18}(?:/\S*)?\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")


def sentences(text: str) -> list[str]:
    """The sentences of a block of text, without those longer than ``MAX_SENTENCE``."""
    parts = (part.strip() for part in _BREAK.split(text[:6000]))
    return [part for part in parts if 8 <= len(part) <= MAX_SENTENCE]


def speaks_of_paying(sentence: str) -> bool:
    """True when a sentence is about paying, and not about cards that are goods."""
    return _PAYING.search(sentence) is not None and _MONEY_OUT.search(sentence) is None


def tells_of_paying(text: str) -> bool:
    """True when a block may tell a state of payment or send people elsewhere to pay."""
    if not speaks_of_paying(text):
        return False
    return any(pattern.search(text[:6000]) for pattern in (_CANNOT, _NO_MORE, _ACCEPTED, _GO_ELSEWHERE))


def state_of(sentence: str) -> PaymentState | None:
    """The state of payment that one sentence tells, or None. Never ``MOVED``: that needs to know where to."""
    if not speaks_of_paying(sentence) or _CONDITION.search(sentence):
        return None
    if not _NEWS.search(sentence) and _NO_MORE.search(sentence) and (_CANNOT.search(sentence) or _ACCEPTS.search(sentence)):
        return PaymentState.WITHDRAWN
    if _CANNOT.search(sentence):
        now = _FOR_NOW.search(sentence) is not None or _STANDS_ALONE.search(sentence) is not None
        return PaymentState.UNAVAILABLE if now else None
    if _ACCEPTED.search(sentence) and "?" not in sentence:
        return PaymentState.ACCEPTED
    return None


#: What is given up when it is done "no longer".
_ACCEPTS: Final = re.compile(
    r"accept|process|support|available|possible|take|offer|disponib|fonctionn|propos|akzept|möglich|verfügbar|angeboten|annehm"
    r"|acept|admit|ofrec|"
    r"приним|доступ|работа|возмож|при[её]м",
    re.IGNORECASE,
)
#: Says "not now" without a word for now: being rebuilt, suspended, unavailable as a heading says it.
_STANDS_ALONE: Final = re.compile(
    r"\b(?:unavailable|being (?:upgraded|updated|migrated|repaired)|under maintenance|suspended|out of (?:service|order)|could"
    r" not be processed"
    r"|indisponibles?|suspendue?s?|en maintenance|hors service|en cours de mise à jour|in wartung|ausgesetzt|außer betrieb|gestört"
    r"|suspendid[oa]s?|en mantenimiento|fuera de servicio|приостановлен\w{0,2}|недоступн\w{1,3}|не работа(?:ет|ют)|на"
    r" обслуживании)(?!\w)",
    re.IGNORECASE,
)


def sends_elsewhere(sentence: str) -> bool:
    """True when a sentence tells people to pay at another place; the place itself is a link or a name in it."""
    return speaks_of_paying(sentence) and _GO_ELSEWHERE.search(sentence) is not None


@lru_cache(maxsize=16384)
def means_in(text: str) -> frozenset[str]:
    """Means of payment named in a short text: an alternative text, a file name, a sentence."""
    if not _ANY_MEANS.search(text):
        return frozenset()
    return frozenset(name for name, pattern in _MEANS_PATTERN.items() if pattern.search(text))


def normal_sentence(sentence: str) -> str:
    """A sentence as compared between shops: one case, domains and numbers lifted out, no punctuation at its ends."""
    text = unicodedata.normalize("NFKC", sentence).casefold()
    text = _NUMBER.sub("#", _DOMAIN.sub("<site>", text))
    return re.sub(r"\s+", " ", text).strip(" .!,;:–—-*\"'«»()")
