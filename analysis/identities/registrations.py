"""Numbers under which companies are registered, taxed and licensed: only behind the words that announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from analysis.texts.boilerplate import word_set

__all__ = ["is_tax_number", "licences_in", "registrations_in", "tax_numbers_in"]

_NUMBER_WORD = r"(?:\s{0,2}(?:number|numbers|no|nr|nummer|num|numéro|número|n°|nº|№|code|id)\.?)?"
_LABELS = (
    r"companies house(?: no\.?)?|compan(?:y|ies) (?:reg(?:istration|istered)?\.?\s?)?(?:number|no|nr|code|id)\.?|"
    r"registered (?:company )?(?:number|no)\.?|registered in [A-Z][a-z]{2,12}(?: (?:and|&) "
    r"[A-Z][a-z]{2,10})?(?:,? (?:under|with))?(?: company)? (?:number|no)\.?|"
    r"reg(?:istration|\.)?\s?(?:number|no|nr|code|id)\.?|business (?:registration )?(?:number|id)|crn|uen|abn|acn|"
    r"ein|nzbn|brn|bn|"
    r"hrb|hra|handelsregister(?:nummer)?|registernummer|fn|firmenbuch(?:nummer)?|uid|steuernummer|"
    r"siren|siret|rcs(?: [A-ZÀ-Ý][A-Za-zÀ-ÿ-]{1,20}){0,2}(?: [AB])?|r\.c\.s\.(?: [A-ZÀ-Ý][A-Za-zÀ-ÿ-]{1,20}){0,2}(?: [AB])?|"
    r"krs|regon|nip|iČo|ičo|ico|ič|cégjegyzékszám|adószám|cui|cif|nif|c\.i\.f\.|n\.i\.f\.|c\.f\.|kvk|k\.v\.k\.|"
    r"cvr|org\.?\s?(?:nr|nummer)\.?|organisationsnummer|y-tunnus|registrikood|reg\.?\s?kood|"
    r"eik|еик|булстат|огрн(?:ип)?|инн|кпп|окпо|унп|едрпоу|єдрпоу|регистрационный номер|he|kvk-nummer|rea|"
    r"matr[ií]cula|rpm|pib|oib|jib"
)
_REGISTRATION = re.compile(
    rf"(?<![\w.])"
    rf"(?P<label>{_LABELS}){_NUMBER_WORD}\s{{0,2}}[:#.\-–—]{{0,2}}\s{{0,3}}(?P<prefix>[A-Z]{{1,3}}[\s-]?)?(?P<number>\d(?:[\s.\-/]?\d){{4,15}}(?:\s?[A-Za-z](?![A-Za-z]))?)(?![\w-])",
    re.IGNORECASE,
)
_TAX_LABEL = (
    r"v\.?\s?a\.?\s?t\.?(?:\s(?:reg(?:istration)?\.?|id))?|ust\.?-?\s?id(?:ent(?:ifikations)?)?\.?(?:-?\s?nr|"
    r"nummer)?\.?|umsatzsteuer-?\s?id(?:entifikationsnummer|ent-?nr|nr)?\.?|mwst|"
    r"tva(?:[\s-]?intra[\s-]?communautaire)?|"
    r"iva|p\.?\s?iva|partita iva|part\.?\s?iva|btw|nif|cif|nip|moms|dph|kmkr|pvn|pvm|инн|ндс|tax id|gst"
)
_TAX = re.compile(
    rf"(?<![\w.])"
    rf"(?P<label>{_TAX_LABEL}){_NUMBER_WORD}\s{{0,2}}[:#.\-–—]{{0,2}}\s{{0,3}}(?P<number>(?:[A-Z]{{2}}[\s-]?)?[A-Z]?[\s]?\d[\dA-Z]?(?:[\s.\-]?[\dA-Z]){{5,12}})(?![\w-])",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"(?<!\w)(?:licen[cs]ed?|licencia|lizenz|лицензи[яию]|licenza|accreditation|permit)\s{0,2}(?:number|no\.?|"
    r"nr\.?|n°|nº|№|num\.?|#)?\s{0,2}(?:number|no\.?|nr\.?|n°|nº|№|#|:)\s{0,3}"
    r"(?P<number>[A-ZА-Я0-9][A-ZА-Яa-zа-я0-9]{0,10}(?:[/\-–.]?[A-ZА-Яa-zа-я0-9]{1,10}){0,6})(?![\w])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FIVE_DIGITS = re.compile(r"\d(?:[\s.\-/]?\d){4}")
_CLEAN = re.compile(r"[^0-9A-Z]")
_EU = word_set("AT BE BG CY CZ DE DK EE EL ES FI FR GB HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI CH NO RU")
# Words of one country's language, where the number itself names none.
_LABEL_COUNTRIES = {
    "piva": "IT",
    "partitaiva": "IT",
    "partiva": "IT",
    "nip": "PL",
    "инн": "RU",
    "btw": "NL",
    "moms": "DK",
    "kmkr": "EE",
    "pvn": "LV",
    "pvm": "LT",
}
#: Numbers of one kind read in one text.
MAX_HITS = 20


def registrations_in(text: str) -> Iterator[tuple[str, str]]:
    """(number, as written with its label) of registration numbers.

    The number is compared without its label (one register is announced in many words), except that numbers of
    German courts keep theirs: ``HRB`` counts anew at each court, and has too few digits to be told apart.
    """
    for hits, match in enumerate(_REGISTRATION.finditer(text) if _FIVE_DIGITS.search(text) else ()):
        if hits >= MAX_HITS:
            return
        label = match["label"].casefold()
        number = _CLEAN.sub("", ((match["prefix"] or "") + match["number"]).upper())
        digits = re.sub(r"\D", "", number)
        if label in ("hrb", "hra", "handelsregister") or (match["prefix"] or "").strip().upper() in ("HRB", "HRA"):
            number = f"HR{'A' if 'HRA' in match.group().upper() else 'B'}{digits}"
        elif len(digits) < 6 or (label in ("he", "fn", "bn", "uid", "rea", "ico") and len(digits) < 5):
            continue
        elif label in ("siret",) or (label == "siren" and len(digits) == 14):
            number = digits[:9]
        if not _is_shown_off(digits):
            yield number, " ".join(match.group().split())[:80]


def tax_numbers_in(text: str, country: str | None) -> Iterator[tuple[str, str, bool]]:
    """(number with its country, as written, whether its check digits are right) of tax numbers.

    ``country`` is tried where the number names none; then only right check digits count.
    """
    for hits, match in enumerate(_TAX.finditer(text) if len(_DIGIT.findall(text)) >= 7 else ()):
        if hits >= MAX_HITS:
            return
        number = _CLEAN.sub("", match["number"].upper())
        digits = re.sub(r"\D", "", number)
        if len(digits) < 7 or _is_shown_off(digits):
            continue
        written = " ".join(match.group().split())[:80]
        if number[:2] in _EU:
            value = number.replace("EL", "GR", 1) if number.startswith("EL") else number
            yield value, written, is_tax_number(value)
        else:
            home = _LABEL_COUNTRIES.get(match["label"].casefold().replace(" ", "").replace(".", ""), country)
            if home and is_tax_number(home + number):
                yield home + number, written, True


def is_tax_number(number: str) -> bool:
    """True when the country numbers like that and the check digits are right."""
    module = get_cc_module(number[:2].lower(), "vat")
    if module is None:
        return False
    for tried in (number, number[2:]):
        try:
            module.validate(tried)
        except (ValidationError, ValueError, IndexError):
            continue
        return True
    return False


def licences_in(text: str) -> Iterator[tuple[str, str]]:
    """(number, as written) of licences that a page claims."""
    for hits, match in enumerate(_LICENCE.finditer(text) if len(_DIGIT.findall(text)) >= 4 else ()):
        if hits >= MAX_HITS:
            return
        number = match["number"].upper()
        digits = re.sub(r"\D", "", number)
        if len(digits) >= 4 and len(number) <= 40 and not _is_shown_off(digits) and not re.fullmatch(r"(?:19|20)\d\d", number):
            yield number, " ".join(match.group().split())[:80]


def _is_shown_off(digits: str) -> bool:
    """A number that shows what a number looks like."""
    return len(set(digits)) <= 2 or digits in "01234567890123456789" or digits in "98765432109876543210"
