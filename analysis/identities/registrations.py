"""Numbers under which companies are registered, taxed and licensed: only behind the words that announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from analysis.identities.register_words import REGISTER_WORDS, TAX_WORDS
from analysis.texts.boilerplate import word_set

__all__ = ["is_tax_number", "licences_in", "registrations_in", "tax_numbers_in"]

_NUMBER_WORD = (
    r"(?:[ \t]{0,2}(?:-[ \t]?)?(?:number|numbers|no|nr|nummer|num|numéro|número|numero|n°|nº|n\.º|№|code|id|kod|kood)\.?)?"
)
#: A number of a register, and what stands right before it: the word that announces it, and letters of its own.
_NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-–/]?\d){3,17}(?:[\s-]?[A-Za-z](?![A-Za-z]))?(?![\w-])")
_ANNOUNCED = re.compile(
    rf"(?<![\w.])(?P<label>{REGISTER_WORDS})(?![^\W\d_]){_NUMBER_WORD}\s{{0,2}}[:#.\-–—]{{0,2}}\s{{0,3}}"
    r"(?P<prefix>(?:hr[ab]\s?(?:nr|nummer)?[.:]?\s?|[A-Z]{1,3}[\s-]?))?$",
    re.IGNORECASE,
)
#: Characters before a number in which its word is looked for.
_REACH = 56
# Numbers whose letters and digits show the register by themselves.
_SHAPED = re.compile(
    r"(?<![\w])(?:"
    r"(?P<swiss>CHE[-\s]?\d{3}[.\s]?\d{3}[.\s]?\d{3})(?!\d)"
    r"|(?:CIN|C\.I\.N\.)[\s:.-]{1,3}(?P<cin>[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6})(?!\w)"
    r"|GST(?:IN)?(?:\s(?:no|number))?[\s:.-]{1,3}(?P<gstin>\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z])(?!\w)"
    r"|RFC[\s:.-]{1,3}(?P<rfc>[A-ZÑ&]{3,4}-?\d{6}-?[A-Z0-9]{3})(?!\w)"
    r"|(?P<cnpj>\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2})(?!\d)"
    r"|UEN[\s:.-]{1,3}(?P<uen>(?:\d{8,9}|T\d{2}[A-Z]{2}\d{4})[A-Z])(?!\w)"
    r"|(?:Reg(?:istration)?\.?\s?(?:no|number)\.?[\s:]{1,2})(?P<african>(?:19|20)\d\d/\d{6}/\d{2})(?!\d)"
    r"|(?P<romanian>J\d{1,2}/\d{2,6}/(?:\d{2}\.\d{2}\.)?(?:19|20)\d\d)(?!\d)"
    r")",
    re.IGNORECASE,
)
#: The quick look before the long one; the rest have a slash.
_NAMES_SHAPED = re.compile(r"[cC][hH][eE]|[cC]\.?[iI]\.?[nN]|[gG][sS][tT]|[rR][fF][cC]|[uU][eE][nN]")
_SHAPED_SIGNS = re.compile(
    r"(?:统一社会信用代码|統一社會信用代碼|信用代码|营业执照(?:号|注册号)?)[\s:：(（]{0,3}(?P<credit>[0-9A-Z]{15}(?:[0-9A-Z]{3})?)(?![0-9A-Za-z])"
    r"|(?P<icp>[\u4e00-\u9fff]ICP[备備证證]\s?(?:B2-)?\d{6,10})号?"
    r"|(?P<police>[\u4e00-\u9fff]公网安备\s?\d{10,16})号?"
    r"|(?:統一編號|统一编号|統編)[\s:：]{0,3}(?P<taiwan>\d{8})(?!\d)"
    r"|(?:法人番号|登録番号|適格請求書発行事業者登録番号)[\s:：]{0,3}(?P<japan>T?\d{13})(?!\d)"
    r"|許可[^\n\d]{0,20}第\s?(?P<permit>\d{8,14})\s?号"
    r"|사업자\s?(?:등록)?\s?번호[\s:：]{0,3}(?P<korea>\d{3}-?\d{2}-?\d{5})(?!\d)"
    r"|통신판매업?\s?(?:신고)?\s?(?:번호)?[\s:：]{0,3}(?:제\s?)?(?P<mailorder>(?:19|20)\d\d-?[가-힣]{1,12}-?\d{2,6})\s?호?",
)
_HAS_SIGNS = re.compile(r"[\u4e00-\u9fff\uac00-\ud7a3]")
_TAX = re.compile(
    rf"(?<![\w.])"
    rf"(?P<label>{TAX_WORDS}){_NUMBER_WORD}\s{{0,2}}[:#.\-–—]{{0,2}}\s{{0,3}}(?P<number>(?:[A-Z]{{2}}[\s-]?)?[A-Z]?[\s]?\d[\dA-Z]?(?:[\s.\-]?[\dA-Z]){{5,12}})(?![\w-])",
    re.IGNORECASE,
)
#: A word that came along behind a tax number: what follows a space and has no digit.
_WORD_BEHIND = re.compile(r"(?:\s[A-Z]{2,})+$", re.IGNORECASE)
_LICENCE = re.compile(
    r"(?<!\w)(?:licen[cs]ed?|licencia|lizenz|лицензи[яию]|licenza|accreditation|permit)\s{0,2}(?:number|no\.?|"
    r"nr\.?|n°|nº|№|num\.?|#)?\s{0,2}(?:number|no\.?|nr\.?|n°|nº|№|#|:)\s{0,3}"
    r"(?P<number>[A-ZА-Я0-9][A-ZА-Яa-zа-я0-9]{0,10}+(?:[/\-–.]?[A-ZА-Яa-zа-я0-9]{1,10}+){0,6}+)(?![\w])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(r"\d(?:[ .\-–/]?\d){3}")
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
    "pi": "IT",
    "pivaecodfisc": "IT",
    "pivaecodicefiscale": "IT",
    "pivaecf": "IT",
    "dič": "CZ",
    "dph": "CZ",
    "ičdph": "SK",
    "mva": "NO",
    "alv": "FI",
    "oib": "HR",
    "αφμ": "GR",
}
#: Registers whose numbers may have five digits.
_SHORT_NUMBERS = word_set("he fn bn uid rea ico rc")
#: Numbers of one kind read in one text.
MAX_HITS = 20


def registrations_in(text: str) -> Iterator[tuple[str, str]]:
    """(number, as written with its label) of registration numbers.

    The number is compared without its label (one register is announced in many words), except that numbers of
    German courts keep theirs: ``HRB`` counts anew at each court, and has too few digits to be told apart.
    """
    hits = 0
    if not _FOUR_DIGITS.search(text):
        return
    for match in _NUMBER.finditer(text):
        if hits >= MAX_HITS:
            return
        if announced := _ANNOUNCED.search(text, max(0, match.start() - _REACH), match.start()):
            hits += 1
            if number := _registered(announced["label"].casefold(), (announced["prefix"] or "").strip().upper(), match.group()):
                yield number, " ".join(text[announced.start() : match.end()].split())[:80]
    yield from _shaped(text)


def _registered(label: str, prefix: str, written: str) -> str:
    """A number as it is compared; empty where it is too short for its register or shows what a number looks like."""
    digits = re.sub(r"\D", "", written)
    number = _CLEAN.sub("", (prefix + written).upper())
    court = "HRA" if "HRA" in (label.upper(), prefix[:3]) else "HRB" if "HRB" in (label.upper(), prefix[:3]) else ""
    if court or label.startswith("handelsregister"):
        if not court and len(digits) >= 7:  # a Dutch one
            return "" if _is_shown_off(digits) else digits
        number = f"{court or 'HRB'}{digits}"
    elif len(digits) < (5 if label in _SHORT_NUMBERS else 6):
        return ""
    elif label == "siret" or (label == "siren" and len(digits) == 14):
        number = digits[:9]
    return "" if _is_shown_off(digits) else number


def _shaped(text: str) -> Iterator[tuple[str, str]]:
    """Numbers that show their register by their shape, or by signs that need no space."""
    found = [
        *(_SHAPED.finditer(text) if "/" in text or _NAMES_SHAPED.search(text) else ()),
        *(_SHAPED_SIGNS.finditer(text) if _HAS_SIGNS.search(text) else ()),
    ]
    for match in found[:MAX_HITS]:
        written = match[str(match.lastgroup)]
        number = re.sub(r"[\s./-]", "", written).upper()
        if not _is_shown_off(re.sub(r"\D", "", number)):
            yield number, " ".join(match.group().split())[:80]


def tax_numbers_in(text: str, country: str | None) -> Iterator[tuple[str, str, bool]]:
    """(number with its country, as written, whether its check digits are right) of tax numbers.

    ``country`` is tried where the number names none; then only right check digits count.
    """
    for hits, match in enumerate(_TAX.finditer(text) if len(_DIGIT.findall(text)) >= 7 else ()):
        if hits >= MAX_HITS:
            return
        number = _CLEAN.sub("", _WORD_BEHIND.sub("", match["number"]).upper())
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
    for hits, match in enumerate(_LICENCE.finditer(text) if _may_license(text) and len(_DIGIT.findall(text)) >= 4 else ()):
        if hits >= MAX_HITS:
            return
        number = match["number"].upper()
        digits = re.sub(r"\D", "", number)
        if len(digits) >= 4 and len(number) <= 40 and not _is_shown_off(digits) and not re.fullmatch(r"(?:19|20)\d\d", number):
            yield number, " ".join(match.group().split())[:80]


def _may_license(text: str) -> bool:
    """The quick look before the long one."""
    lowered = text.lower()
    return "licen" in lowered or "permit" in lowered or "lizenz" in lowered or "accreditation" in lowered or not text.isascii()


def _is_shown_off(digits: str) -> bool:
    """A number that shows what a number looks like."""
    return len(set(digits)) <= 2 or digits in "01234567890123456789" or digits in "98765432109876543210"
