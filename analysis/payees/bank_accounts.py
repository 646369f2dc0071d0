"""Bank accounts and what is paid by a picture: each number only where its check digits or the words beside it hold.

International numbers by ISO 13616 and creditors' by the same digits (EPC262-08); Russian ones by the key that account and bank
code have together; American routing numbers by their own (ABA); British, Australian and Indian accounts, which have none, only
with both words. Payment codes behind pictures are read as EMV's merchant-presented QR puts them, CRC included.
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from collections.abc import Iterator
from typing import Final

from stdnum import iban
from stdnum.eu import at_02

__all__ = ["WORDS", "accounts_in", "coded_payees", "creditors_in"]

#: What must not stand before it is asked behind the first letter: a search that begins with a letter skips all else.
_IBAN: Final = re.compile(r"[A-Z](?<![0-9A-Za-z][A-Z])[A-Z] ?\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?(?![0-9A-Za-z])")
_LABELLED_IBAN: Final = re.compile(r"\bIBAN\W{0,4}([A-Z]{2}[ .-]?\d{2}(?:[ .-]?[0-9A-Z]){11,30})(?![0-9A-Za-z])", re.IGNORECASE)
#: The accounts that manuals print.
_SAMPLES: Final = (
    "DE89370400440532013000 GB82WEST12345698765432 GB29NWBK60161331926819 FR1420041010050500013M02606 FR7630006000011234567890189"
    " ES9121000418450200051332 NL91ABNA0417164300 BE68539007547034 CH9300762011623852957 AT611904300234573201"
    " IT60X0542811101000000123456"
    " DE12500105170648489890 NL02ABNA0123456789 GB33BUKB20201555555555 DE98ZZZ09999999999"
)
_SAMPLE_NUMBERS: Final = frozenset(_SAMPLES.split())

_RUSSIAN: Final = re.compile(r"(?<!\d)4(?: ?\d){4} ?(?:8 ?1 ?0|6 ?4 ?3|8 ?4 ?0|9 ?7 ?8)(?: ?\d){12}(?!\d)")
_BANK_CODE: Final = re.compile(r"(?:БИК|BIK|BIC)\W{0,6}(0\d{8})(?!\d)", re.IGNORECASE)
_BRITISH: Final = (
    re.compile(r"sort code\W{1,4}(?P<bank>\d\d[- ]?\d\d[- ]?\d\d)(?!\d)\D{1,60}?(?P<account>\d{8})(?!\d)", re.IGNORECASE),
    re.compile(
        r"account\W{0,2}(?:number|no|num)?\W{1,4}(?P<account>\d{8})(?!\d)\D{1,60}?sort code\W{1,4}"
        r"(?P<bank>\d\d[- ]?\d\d[- ]?\d\d)(?!\d)",
        re.IGNORECASE,
    ),
)
_AUSTRALIAN: Final = (
    re.compile(r"\bBSB\W{1,4}(?:no\W{1,3}|number\W{1,3})?(?P<bank>\d{3}[- ]?\d{3})(?!\d)\D{1,60}?(?P<account>\d{6,10})(?!\d)"),
)
_AMERICAN: Final = (
    re.compile(r"(?:ABA )?routing n(?:umber|o)\W{1,4}(?P<bank>\d{9})(?!\d)\D{1,60}?(?P<account>\d{6,17})(?!\d)", re.IGNORECASE),
)
_INDIAN: Final = (
    re.compile(
        r"\bIFSC\W{0,2}(?:code)?\W{1,4}(?P<bank>[A-Z]{4}0[0-9A-Z]{6})(?![0-9A-Z])\D{1,60}?(?P<account>\d{9,18})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:a/c|account)\W{0,2}(?:number|no|num)?\W{1,4}(?P<account>\d{9,18})(?!\d)[^\n]{1,100}?\bIFSC\W{0,2}(?:code)?\W{1,4}"
        r"(?P<bank>[A-Z]{4}0[0-9A-Z]{6})(?![0-9A-Z])",
        re.IGNORECASE,
    ),
)
#: Country -> a word without which none of its accounts is looked for (in lower case), and how they are written.
_LABELLED: Final = {
    "gb": ("sort code", _BRITISH),
    "au": ("bsb", _AUSTRALIAN),
    "us": ("routing n", _AMERICAN),
    "in": ("ifsc", _INDIAN),
}
_CREDITOR: Final = re.compile(
    r"(?:gläubiger-?\s?(?:id|identifikationsnummer|nr)|creditor\s?(?:id|identifier)|identifiant\s(?:de\s)?créancier(?:\ssepa)?"
    r"|incassant-?\s?id|identificador del? acreedor)\W{0,6}([A-Z]{2}\d\d ?[0-9A-Z]{3}(?: ?[0-9A-Z]){4,28})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
#: Parts of the words that announce a creditor, those that a source may write as entities left out.
_CREDITOR_WORDS: Final = ("ubiger-", "creditor i", "ancier", "incassant", "acreedor")
#: Words (in lower case) without which nothing but IBANs is found in a text.
WORDS: Final = ("iban", "бик", *(word for word, _ in _LABELLED.values()), *_CREDITOR_WORDS)
#: A payment code: the version, then fields of two digits, their length and their value, the last the check sum of all.
_CODE: Final = re.compile(r"000201[^\"'<>\n]{30,500}?6304[0-9A-F]{4}")
_COUNTING: Final = "01234567890123456789"
#: Accounts of one kind that are looked at in one text.
_MAX_TRIED: Final = 40
#: How far from its bank's code a Russian account stands.
_REACH: Final = 400


def accounts_in(text: str, words: frozenset[str] | None = None) -> Iterator[tuple[str, str]]:
    """(account, as written) of the bank accounts in a text; an account without an IBAN begins with its country (``ru:``).

    ``words`` are those of ``WORDS`` that may stand in it.
    """
    words = _words_of(text) if words is None else words
    for match in _IBAN.finditer(text):
        yield from _international(match.group())
    for match in _LABELLED_IBAN.finditer(text) if "iban" in words else ():
        # what follows may read like the rest of it
        yield from next(
            (found for end in range(len(match.group(1)), 14, -1) if (found := _international(match.group(1)[:end]))), ()
        )
    if "бик" in words:
        yield from _russian(text)
    for country, (word, patterns) in _LABELLED.items():
        if word in words:
            for pattern in patterns:
                for match in pattern.finditer(text):
                    bank, account = re.sub(r"[- ]", "", match["bank"]).upper(), match["account"]
                    if not _is_made_up(bank) and not _is_made_up(account) and (country != "us" or _routing_holds(bank)):
                        yield f"{country}:{bank}-{account}", f"{match['bank']} {account}"


def creditors_in(text: str, words: frozenset[str] | None = None) -> Iterator[str]:
    """SEPA creditor identifiers, the business code inside of them left out: a creditor may choose it freely."""
    if (_words_of(text) if words is None else words).isdisjoint(_CREDITOR_WORDS):
        return
    for match in _CREDITOR.finditer(text):
        number = match.group(1).replace(" ", "").upper()
        if number not in _SAMPLE_NUMBERS and at_02.is_valid(number) and not _is_made_up(number[7:]):
            yield number[:4] + number[7:]


def coded_payees(text: str) -> Iterator[tuple[str, str]]:
    """(scheme, account) of the payment codes that stand behind pictures (``pix``, key): EMV's fields 26 to 51."""
    for tried, match in enumerate(_CODE.finditer(text)):
        if tried >= _MAX_TRIED:
            return
        code = match.group()
        if f"{crc_hqx(code[:-4].encode('utf-8'), 0xFFFF):04X}" != code[-4:]:
            continue
        for tag, value in _fields(code):
            if "26" <= tag <= "51":
                inner = dict(_fields(value))
                scheme = inner.pop("00", "").lower()
                account = " ".join(inner[key] for key in sorted(inner) if key != "02" or "pix" not in scheme)
                if scheme and account:
                    yield "pix" if scheme == "br.gov.bcb.pix" else scheme, account.lower()


def _words_of(text: str) -> frozenset[str]:
    lowered = text.lower()
    return frozenset(word for word in WORDS if word in lowered)


def _international(written: str) -> tuple[tuple[str, str], ...]:
    number = re.sub(r"[ .-]", "", written).upper()
    return ((number, written.strip()),) if number not in _SAMPLE_NUMBERS and iban.is_valid(number) else ()


def _russian(text: str) -> Iterator[tuple[str, str]]:
    codes = [(match.start(), match.group(1)) for match in _BANK_CODE.finditer(text)][:_MAX_TRIED]
    for tried, match in enumerate(_RUSSIAN.finditer(text) if codes else ()):
        if tried >= _MAX_TRIED:
            return
        account = match.group().replace(" ", "")
        for place, code in codes:
            if abs(place - match.start()) <= _REACH and _russian_holds(account, code):
                yield f"ru:{account}/{code}", match.group()
                break


def _russian_holds(account: str, code: str) -> bool:
    """The key of the Bank of Russia (order 515 of 1997): weights 7, 1, 3 over the bank's last three digits and the account."""
    return sum(int(digit) * (7, 1, 3)[place % 3] % 10 for place, digit in enumerate(code[-3:] + account)) % 10 == 0


def _routing_holds(number: str) -> bool:
    return number != "110000000" and sum(int(digit) * (3, 7, 1)[place % 3] for place, digit in enumerate(number)) % 10 == 0


def _is_made_up(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return len(set(digits)) < 2 or digits in _COUNTING or digits in _COUNTING[::-1]


def _fields(code: str) -> Iterator[tuple[str, str]]:
    at = 0
    while code[at : at + 4].isdigit() and len(code) >= at + 4:
        end = at + 4 + int(code[at + 2 : at + 4])
        yield code[at : at + 2], code[at + 4 : end]
        at = end
