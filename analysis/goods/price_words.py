"""What the words around an amount of money say of it: that it is asked, that it was asked before, or that it is no price at all.

Shops write amounts beside their prices all the time: what one saves, from which order on the shipping is free, what a month costs,
the limits of a filter. And articles and posts speak of millions.
"""

from __future__ import annotations

import re

__all__ = ["says_former", "says_no_price", "stands_in_prose"]

#: Characters before and behind an amount that are read.
_NEAR = 32
#: Words on both sides of an amount that make the text a sentence about it.
_PROSE_WORDS = 3
_SAVED = (
    r"saved|savings|off|discount|voucher|coupon|cashback|ersparnis|gespart|rabatt?|gutschein|remise|réduction|économie|descuento|"
    r"desconto|sconto|korting|скидк[аи]|экономия|выгода"
)
_SAVE = r"sav(?:e|es|ing)|sparen|spar(?:e|t)?|économisez|ahorr[ao]s?|poup[ae]|risparmi[oa]?|bespaar|spara|oszczędzasz"
_LIMIT = (
    r"over|above|under|below|up\sto|less\sthan|more\sthan|at\sleast|minimum|min|spend|worth|win|add|(?:mindest)?bestellwert(?:\svon)?|mindestbestell\w{0,8}|über|unter|bis|"
    r"bis\szu|wert\svon|jusqu['’]à|plus\sde|moins\sde|supérieure?\sà|valeur\sde|hasta|más\sde|menos\sde|até|mais\sde|oltre|fino\sa|"
    r"powyżej|poniżej|до|более|свыше|менее|сумму"
)
_BESIDE = (
    r"shipping|delivery|postage|handling|p&p|protection|warranty|guarantee|insurance|deposit|donate|versand(?:kosten)?|porto|pfand|"
    r"livraison|frais\sde\sport|envío|gastos\sde\senvío|spedizione|trasporto|portes|frakt\w{0,8}|fragt|dostaw[ay]|wysyłk[ai]|"
    r"(?:ki)?szállítás(?:\sdíja)?|doprava|poštovné|verzending|доставк[аи]"
)
_NO_PRICE_BEFORE = re.compile(
    rf"(?i)(?:(?<!\w)(?:{_SAVED}|{_SAVE}|{_LIMIT}|{_BESIDE})[\s:.,(+*-]{{0,4}}(?:(?:of|to|up\sto|a|an|on|von|zu|de|di|на)\s{{1,2}})?"
    r"|\bmo(?:n|ntag)?\.?\s?[-–]\s?)$"
)
_MANY = (
    r"millions?|billions?|trillions?|thousands?|mio|mln|mrd|million(?:en|ärs)|milliards?|milliarden|millones|milioni|miliardi|mld|"
    r"lakhs?|lacs?|crores?|тыс|тысяч\w{0,2}|млн|млрд|миллион\w{0,3}|миллиард\w{0,3}"
)
_BESIDE_IT = (
    r"d['’]achats?|certificate|donation|fee|credit|reward|points?|value|worth|remboursés|offerts|(?:\w+\s)?coupon|more\sfor|extra"
)
_OR_MORE = r"up|under|over|above|below|less|more|mehr|weniger|plus|moins|más|menos"
_SPAN = r"minute?|min|month|mo|mth|annum|year|yr|monat|jahr|mois|mes|mese|мес|год"
_NO_PRICE_BEHIND = re.compile(
    rf"""(?ix)
    (?: (?:k|m|b|bn|mm|mn)(?!\w)
      | \+(?!\s?\d)
      | \s?%
      | \s?[-–]?\s?(?:{_MANY})(?!\w)
      | -[^\W\d_]{{2}}
      | \s?[-–]\s?\d{{1,2}}[.:]\d\d\s?(?:uhr|h)(?!\w)
      | \s{{0,2}}(?:&|and|or|oder|et|y|o|e)\s(?:{_OR_MORE})(?!\w)
      | \s{{0,2}}(?:in|of|de|di|en|as|for)?\s{{0,2}}(?:{_SAVED}|{_BESIDE}|{_BESIDE_IT})(?!\w)
      | \s{{0,2}}(?:/|per|pro|par|al|a|im|je)\s{{0,2}}(?:{_SPAN})(?!\w)
      | \s{{0,2}}(?:mtl|monatlich|monthly|p\.\s?a\.|pcm|pa)(?!\w)
    )"""
)
_FORMER = re.compile(
    r"(?i)(?<!\w)(?:was|rrp|r\.r\.p|msrp|uvp|list\sprice|(?:suggested\s)?retail(?:\sprice)?|market\sprice|regular(?:ly)?(?:\sprice)?|reg|"
    r"original(?:ly)?(?:\sprice)?|old\sprice|previously|compare\sat|instead\sof|statt|bisher(?:iger\spreis)?|vorher|früher|ehemals|"
    r"alter\spreis|au\slieu\sde|ancien\sprix|prix\s(?:conseillé|public|barré)|precio\santerior|antes|en\slugar\sde|"
    r"prezzo\s(?:precedente|di\slistino)|anziché|invece\sdi|em\svez\sde|старая\sцена|вместо|раньше|ранее|zamiast|stara\scena)"
    r"[\s:.,(*]{0,4}$"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")


def says_no_price(before: str, behind: str) -> bool:
    """True for an amount that nobody asks for goods: saved, a limit, shipping, a rate a month, millions."""
    return _NO_PRICE_BEHIND.match(behind[:_NEAR]) is not None or _NO_PRICE_BEFORE.search(before[-_NEAR:]) is not None


def says_former(before: str) -> bool:
    """True where the words before an amount say that it was asked at another time, or by others."""
    return _FORMER.search(before[-_NEAR:]) is not None


def stands_in_prose(before: str, behind: str) -> bool:
    """True for an amount within a sentence: words on both sides of it."""
    return _words(before) >= _PROSE_WORDS and _words(behind) >= _PROSE_WORDS


def _words(text: str) -> int:
    """Words in a text; of scripts that leave no space between words two signs are one."""
    return max(len(_WORD.findall(text)), len(_SIGN.findall(text)))
