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
    "means_pictured",
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

#: Words that speak of paying wherever they stand.
_PAYING: Final = re.compile(
    r"\b(?:pay|pays|paying|payments?|payable|checkout|(?:credit|debit|bank) cards?|master ?card|maestro"
    r"|american express|amex|paypal|top[ -]?ups?|(?:balance|account) refills?|refill (?:your |the )?(?:balance|account)|deposits?"
    r"|paiements?|payer|payez|carte[s]? (?:bancaires?|bleue|de crédit)|rechargements?"
    r"|zahlung(?:en|sarten|sart|smethoden?|sweise)?|kartenzahlung(?:en)?|bezahlung|bezahlen|(?-i:zahlen)|zahlen sie|kreditkarten?"
    r"|aufladung(?:en)?|aufladen"
    r"|pagos?|pagar|pague|tarjetas? (?:de (?:crédito|débito)|bancarias?)|recargas?|recargar"
    r"|оплат\w{0,4}|плат[её]ж\w{0,4}|кредитн\w{2,3} карт\w{0,3}|банковск\w{2,3} карт\w{0,3}|пополнен\w{0,3}|пополнить"
    r"|заплатить)\b",
    re.IGNORECASE,
)
#: Words that do beside one of ``_TAKES``; else cards may be tickets, maps and goods, a visa a traveller's, a règlement a rule.
_LOOSELY: Final = re.compile(
    r"\b(?:cards?|visa|refills?|cartes?|réglements?|règlements?|recharges?|karten|tarjetas?|карт(?:а|ы|у|ой|ам|ами)|картой)\b",
    re.IGNORECASE,
)
#: What each of these words begins with, in lower case: most texts have none, and are done with.
_STEMS: Final = re.compile(
    "pay|paie|checkout|card|master|maestro|american|amex|top|balance|account|refill|deposit|carte|recharge|zahl|bezahl|kartenz|kredit|karten"
    "|auflad|pago|pague|pagar|tarjeta|recarga|visa|réglement|règlement|оплат|плат|кредит|банк|пополн|заплат|карт"
)
_TAKES: Final = re.compile(r"accept|process|akzept|angenommen|annehm|acept|admit|при[её]м|принима|обслужива", re.IGNORECASE)
_MONEY_OUT: Final = re.compile(
    r"\b(?:gift cards?|cartes? cadeaux?|cartes? de fidélité|geschenkkarten?|tarjetas? (?:de )?regalo|sim cards?|memory cards?"
    r"|sd cards?|graphics? cards?|(?:trading|report|id|identity|score|membership|loyalty|library|post) ?cards?"
    r"|business cards?|greeting cards?|playing cards?|sound cards?|video cards?"
    r"|cartes? (?:d['’]identité|grises?|mémoire|graphiques?|mères?|postales?|de visite|vitale|sim|des vins|du site)"
    r"|tarjetas? (?:gráficas?|postal(?:es)?|de (?:visita|embarque|memoria|vídeo|video|sonido|identidad))"
    r"|подарочн\w{2,3} карт\w{0,3}|карт\w{0,3} памяти|карт\w сайта|оплат\w{1,3} труда"
    r"|pay(?:s|ing)? (?:close |more |no |little )?(?:attention|heed|homage|respects?|tribute)|pay[- ]?walls?)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:if|when|whenever|unless|until(?! further)|should you|in case|in the event|once|may be|might|can be|would|shall"
    r"|si|lorsque|quand|en cas|sauf|wenn|falls|sofern|sollte[n]?|im falle|cuando|en caso|salvo"
    r"|если|когда|в случае|при условии|пока(?! что)|может быть)\b",
    re.IGNORECASE,
)
#: Who tells what others said or did, or what happened to himself, is no shop that speaks of its own payment.
_NEWS: Final = re.compile(
    r"\b(?:court|judges?|ruling|lawsuit|verdict|tribunal|jugement|gericht(?:s\w{0,8})?|urteil|juez|sentencia|(?:bank|processor"
    r"|company) (?:that|which)|according to|analysts?|(?:a )?spokes(?:wo)?man|ministers?|government|reported(?:ly)?"
    r"|selon|porte-parole|a (?:annoncé|déclaré|indiqué)|ministre|gouvernement|laut|sagte|berichtet\w{0,2}|teilte"
    r"|minister(?:ium|in)?"
    r"|bundesregierung|según|ministr[oa]|gobierno|portavoz)\b"
    r"|\bсуд(?:а|у|ом|е)?\b|\b(?:сообщи|заяви)л\w{0,2}\b|\bпо (?:словам|данным)\b|\bминистр|\bправительств",
    re.IGNORECASE,
)
_ONE_PERSON: Final = re.compile(
    r"\bI(?:['’](?:m|ve|ll|d))?\b|^\W*My\b|\bmy\b|\b(?:mein\w{0,2}|mon)\b|\b(?i:he|she|his|je|ich|mir|mich|yo|él|ella)\b"
    r"|\b(?i:я|мне|меня|мой|моя|мою|он|она)\b"
)
#: Where a shop speaks of itself, it is no news.
_OWN_VOICE: Final = re.compile(
    r"\b(?:we|our|us|nous|notre|nos|wir|uns(?:er\w{0,2})?|nosotr[oa]s|nuestr[oa]s?|мы|нам|у нас|наш\w{0,3})\b", re.IGNORECASE
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
    r"\b(?:we (?:now |also |only |gladly |do )?accept(?! (?:that|no|returns?|responsib\w+|liab\w+|submissions?|applications?)\b)"
    r"|(?:cards?|visa|master ?card)\b.{0,60}\b(?:are|is) (?:now )?accepted(?: again)?"
    r"|(?:payments?|paypal)\b.{0,60}\b(?:are|is) (?:now )?(?:accepted|available)(?: again)?"
    r"|accepted (?:here|cards|payments?|payment methods)"
    r"|nous acceptons|cartes? .{0,40}acceptée?s?|moyens de paiement acceptés|wir akzeptieren|akzeptierte zahlungs\w+|zahlen sie"
    r" (?:mit|per)"
    r"|aceptamos|se aceptan|formas de pago aceptadas|мы принимаем|принимаются|принимаем к оплате|к оплате принимаются"
    r"|(?:можете|можно) произвести оплату|доступна оплата)\b"
    r"|^\W*(?:be)?zahlung (?:per|mit|gegen|auf) (?:rechnung|vorkasse|kreditkarte|paypal|lastschrift|nachnahme)\b"
    r"|^\W*(?:(?:you|customers?) (?:can|may) (?:now |also )?)?pay (?:securely )?(?:with|by) (?:credit |debit |bank )?(?:card"
    r"|visa|paypal)\b",
    re.IGNORECASE,
)
_PAYS: Final = (
    r"(?:pay|top ?up|refill|deposit|add funds|complete (?:your |the )?(?:payment|purchase|order)"
    r"|make (?:a |your |the )?(?:payment|deposit)s?)"
)
#: Tells a customer to pay at another place, or that payment is taken there; not that people pay somewhere.
_GO_ELSEWHERE: Final = re.compile(
    r"(?:^\W*|\b(?:to|please|(?:you|customers?) (?:can|may|must|should|need to|have to|will)) (?:now |also |only |still )?)"
    + _PAYS
    + r"\b.{0,80}?\b(?:go to|visit|use|at|on|via|through|over|head|proceed|log ?in|sign ?in|switch)\b"
    r"|\b(?:payments?|deposits?|cards?|refills?|top ?ups?)\b.{0,60}?\b(?:(?:are|is) (?:\w{1,10} )?(?:accepted|processed"
    r"|handled|made"
    r"|taken|available|possible)|(?:can|must|should|may|will) (?:\w{1,10} )?be (?:made|sent|paid|processed)|moved|go to|visit)\b"
    r".{0,40}?\b(?:at|by|on|through|via|to)\b"
    r"|\b(?:go to|visit|proceed to|head to|switch to|use)\b.{0,60}?\bto " + _PAYS + r"\b"
    r"|\bpour (?:payer|régler|recharger|effectuer (?:le|votre) paiement).{0,80}?(?:allez|rendez-vous|visitez|utilisez|sur|via"
    r"|à)\b|\bpaiements? .{0,20}?\b(?:est|sont|se f(?:ait|ont)|s'effectuent?|doi(?:t|vent)|peu(?:t|vent))\b.{0,60}?\b(?:sur"
    r"|via|chez)\b"
    r"|\b(?:payez|réglez|rechargez|vous (?:pouvez|devez) (?:\w{1,12} )?(?:payer|régler|recharger))\b.{0,60}?\b(?:sur|via|chez)\b"
    r"|\b(?:um zu (?:be)?zahlen|zum (?:be)?zahlen|zur (?:be)?zahlung|zum aufladen)\b.{0,80}?\b(?:gehen|besuchen|nutzen|auf|über"
    r"|bei|zu)\b|\bzahlung(?:en)? .{0,20}?\b(?:ist|sind|erfolg\w{1,2}|wird|werden|läuft|laufen)\b.{0,60}?\b(?:auf|über|bei|unter)\b"
    r"|\b(?:be)?zahlen sie\b.{0,60}?\b(?:auf|über|bei|unter)\b"
    r"|\b(?:sie (?:können|müssen)|bitte)\b.{0,80}?\b(?:auf|über|bei|unter)\b.{0,60}?\b(?:(?:be)?zahlen|aufladen)\b"
    r"|\bpara (?:pagar|recargar|realizar (?:el|su) pago).{0,80}?\b(?:vaya|visite|use|utilice|diríjase|en|a)\b"
    r"|\bpagos? .{0,20}?\b(?:se (?:realiza|hace|efectúa)n?|es|son|deben?|pueden?)\b.{0,60}?\b(?:en|a través de)\b"
    r"|\b(?:pague|recargue|puede (?:pagar|recargar))\b.{0,60}?\b(?:en|a través de)\b"
    r"|(?:чтобы|для)\s+(?:оплатить|оплаты|пополнить|пополнения|заплатить).{0,80}?(?:перейдите|зайдите|посетите|используйте|на"
    r" сайт\w?|через|на)(?!\w)|(?:оплат\w+|плат[её]ж\w*|пополнени\w+).{0,40}?(?:производ|принима|осуществля|доступн|переехал"
    r"|переш)\w*"
    r".{0,40}?(?:на сайте|через|на)(?!\w)"
    r"|(?:оплатите|оплачивайте|платите|пополните|пополняйте|можете (?:оплатить|пополнить)).{0,60}?(?:на сайте|через|на)(?!\w)",
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
#: The same of a text in lower case, at a quarter of the time.
_ANY_LOWERED: Final = re.compile("|".join(_MEANS.values()))

_BREAK: Final = re.compile(r"(?<=[.!?…])[\s\"'»)]+(?=[A-ZÀ-ÞА-ЯЁ¿¡«\"'(])|[\n\r•|]+")
_DOMAIN: Final = re.compile(r"\b(?:https?://)?(?:[a-z0-9-]{1,63}\.)+[a-z]{2,18}(?:/\S*)?\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")


def sentences(text: str) -> list[str]:
    """The sentences of a block of text, without those longer than ``MAX_SENTENCE``."""
    parts = (part.strip() for part in _BREAK.split(text[:6000]))
    return [part for part in parts if 8 <= len(part) <= MAX_SENTENCE]


def speaks_of_paying(sentence: str) -> bool:
    """True when a sentence is about paying, and not about cards that are goods."""
    paying = _PAYING.search(sentence) or (_LOOSELY.search(sentence) and _TAKES.search(sentence))
    return paying is not None and _MONEY_OUT.search(sentence) is None


def tells_of_paying(text: str) -> bool:
    """True when a block may tell a state of payment or send people elsewhere to pay."""
    if not _STEMS.search(text.lower()) or not (_PAYING.search(text) or _LOOSELY.search(text)):
        return False
    return any(pattern.search(text[:6000]) for pattern in (_CANNOT, _NO_MORE, _ACCEPTED, _GO_ELSEWHERE))


def state_of(sentence: str) -> PaymentState | None:
    """The state of payment that one sentence tells, or None. Never ``MOVED``: that needs to know where to."""
    if not speaks_of_paying(sentence) or _CONDITION.search(sentence) or _is_talk(sentence):
        return None
    if _NO_MORE.search(sentence) and (_CANNOT.search(sentence) or _ACCEPTS.search(sentence)):
        return PaymentState.WITHDRAWN
    if _CANNOT.search(sentence):
        now = _FOR_NOW.search(sentence) is not None or _STANDS_ALONE.search(sentence) is not None
        return PaymentState.UNAVAILABLE if now else None
    if _ACCEPTED.search(sentence):
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
    return speaks_of_paying(sentence) and not _is_talk(sentence) and _GO_ELSEWHERE.search(sentence) is not None


def _is_talk(sentence: str) -> bool:
    """True for a question, for news, and for what happened to somebody."""
    if "?" in sentence or _ONE_PERSON.search(sentence):
        return True
    return _NEWS.search(sentence) is not None and _OWN_VOICE.search(sentence) is None


@lru_cache(maxsize=16384)
def means_in(text: str) -> frozenset[str]:
    """Means of payment named in a short text: an alternative text, a file name, a sentence."""
    if not _ANY_LOWERED.search(text.lower()):
        return frozenset()
    return frozenset(name for name, pattern in _MEANS_PATTERN.items() if pattern.search(text))


#: Means whose names are ordinary words, too, and how they are called beyond doubt.
_ORDINARY: Final = frozenset({"discover", "diners club", "ideal", "sofort", "maestro"})
_BEYOND_DOUBT: Final = re.compile(r"discover[ _-]?(?:card|network)|diners[ _-]?club|sofort[ _-]?(?:ü|ue|bank)", re.IGNORECASE)
#: What stands beside the name of a means on a picture of it.
_BESIDE_MEANS: Final = re.compile(
    r"\d|^(?:accept\w*|badge|bank|black|blank|by|cards?|cc|color|colou?red|credit|creditcards?|debit|footer|gif|icons?|icones?|images?|img|international"
    r"|jpe?g|large|light|dark|logos?|mark|mit|mode|now|on|pay(?:er|ing|ments?|ment_types?)?|png|secure|small|svg|types?|verified|we|webp"
    r"|white|with|zahlen|sie)$",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"[^\W_]{2,}")
#: More words beside one means are a headline's, or the name of something else.
_MOST_BESIDE: Final = 5


@lru_cache(maxsize=16384)
def means_pictured(text: str) -> frozenset[str]:
    """Means of payment that a picture shows, by its alternative text and file name; what is named in passing is none."""
    named = means_in(text)
    if not named:
        return named
    rest = _ANY_MEANS.sub(" ", text)
    beside = [word for word in _WORDS.findall(rest) if not _BESIDE_MEANS.search(word)]
    if len(named) == 1 and len(beside) > _MOST_BESIDE:
        return frozenset()
    return frozenset() if beside and named <= _ORDINARY and not _BEYOND_DOUBT.search(text) else named


def normal_sentence(sentence: str) -> str:
    """A sentence as compared between shops: one case, domains and numbers lifted out, no punctuation at its ends."""
    text = unicodedata.normalize("NFKC", sentence).casefold()
    text = _NUMBER.sub("#", _DOMAIN.sub("<site>", text))
    return re.sub(r"\s+", " ", text).strip(" .!,;:–—-*\"'«»()")
