"""Postal addresses: a street with its number, and a postal code behind it. Nothing less counts as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from analysis.identities.legal_forms import SUFFIX
from analysis.texts.boilerplate import is_demo_place, word_set

__all__ = ["address_value", "addresses_in", "without_addresses"]

_UP = "A-ZÀ-ÖØ-ÞŁŚŻŹĆŃĄĘŠŽČĎŤŇŘŐŰ"
#: Never given back: a word that could be parted into several would be tried in all ways.
_WORD = rf"[{_UP}][\w'’.ß-]{{0,25}}+"
_CITY = rf"(?!(?:Tel|Phone|Ph|Fax|Use|Office|E-?[Mm]ail|Mobile?|Att|IČO|VAT)\b)[{_UP}][\w'’-]{{1,25}}"
_SMALL = (
    r"(?:de|du|des|la|le|les|of|the|del|de la|den|der|van|von|am|an|im|auf|zum|zur|rue|avenue|boulevard|chemin|"
    r"calle|via|viale|ul\.)"
)
#: A part of a building and its number, and the town behind it; no number behind such a word is a house's or a postal code.
_UNIT_WORDS = (
    "Suite",
    "SUITE",
    "Ste",
    "STE",
    r"Ste\.",
    "Unit",
    "UNIT",
    "Apt",
    r"Apt\.",
    "Room",
    "Box",
    "BOX",
    "BP",
    r"B\.P\.",
    "CS",
)
_NO_UNIT = "".join(f"(?<!{word}[ ])" for word in (*_UNIT_WORDS, "Postfach")) + "(?<!#)(?<!#[ ])"
_UNIT = (
    rf"(?:[ ]?[,\n]?[ ]?(?:(?:{'|'.join(_UNIT_WORDS)}|Floor|P\.?[ ]?O\.?[ ]?Box)[ ]?#?[ ]?|#[ ]?)[\w-]{{1,6}}"
    rf"(?:[ ]{_WORD}){{0,3}})?"
)
_STREET = (
    rf"(?:{_NO_UNIT}(?!(?:19|20)\d\d[-–/](?:19|20)\d\d)\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?,?[ ](?:(?:{_WORD}|{_SMALL})[ ]?){{1,6}}"
    r"|(?:P\.?[ ]?O\.?[ ]?)?B(?:ox|OX)[ ]\d{1,6}|(?:Postfach|Postbus)[ ]\d(?:[ ]?\d){1,5}"
    rf"|(?:(?:{_WORD}|{_SMALL})[ ]){{1,5}}{_NO_UNIT}\d{{1,4}}(?:[ ]?[a-zA-Z](?![\w]))?(?:[-/]\d{{1,4}}[a-z]?)?)"
)
_POST = (
    r"\d{2}-\d{3}|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|\d{4}\s?[A-Z]{2}(?![\w])|(?!BP|CS)[A-Z]{2}\s\d{5}(?:-\d{4})?|"
    r"[A-Z]\d[A-Z]\s?\d[A-Z]\d|(?:[A-Z]{1,2}-)?\d{4,6}|\d{3}\s\d{2}"
)
_STREET_WORD = re.compile(
    r"^(?:street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|way|square|sq|court|ct|place|pl|boulevard|blvd|highway|"
    r"hwy|close|crescent|terrace|row|quay|gardens?|park|mill|"
    r"str|gasse|platz|weg|allee|ring|damm|ufer|rue|chemin|impasse|allée|place|quai|route|cours|calle|avenida|avda|"
    r"plaza|paseo|carrer|via|viale|piazza|corso|"
    r"ul|ulica|aleja|straat|laan|gracht|weg|plein|gata|gatan|vej|tänav|iela|gatve|utca|út|tér|katu|suite|unit|"
    r"floor|box|postfach|postbus)\.?$|(?:str(?:aße|asse|\.)?|gasse|platz|weg|allee|damm|ufer|straat|laan|gracht|kade|plein|gatan|vägen|gade|vej|"
    r"veien|gaten|katu|utca)$",
    re.IGNORECASE,
)
_MONTHS = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août
    aout septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre
    noviembre diciembre gmt utc am pm fall spring summer winter
    """
)
#: A street, at most two short parts between, a postal code; group ``street`` and group ``post``.
_ADDRESS = re.compile(
    rf"(?<![\w.])(?P<street>{_STREET}){_UNIT}(?P<between>(?:\s?[,\n–-]\s?[^,\n\d]{{2,30}}){{0,2}})(?:\s?[,\n–-]\s{{0,2}}|"
    rf"\s{{1,2}})(?<!\d){_NO_UNIT}"
    rf"(?P<post>{_POST})(?![\w-])(?P<city>\s{{1,2}}{_CITY}(?:\s{_CITY}){{0,1}})?"
)
_RUSSIAN = re.compile(
    r"(?:(?P<post>\d{6}),?\s{0,2})?(?:[\w.\s-]{0,40},\s{0,2})?(?:г\.|город)"
    r"\s?[А-ЯЁ][а-яё-]{2,25},\s{0,2}(?P<street>(?:ул|пр|просп|пр-т|пер|наб|ш|б-р|пл|улица|проспект|переулок)"
    r"\.?\s?[А-ЯЁ][\w\s.-]{2,30},?\s{0,2}(?:д(?:ом)?\.?\s?)?\d{1,4}[\w/]{0,4})"
)
#: What every Russian address has; another has a house's number and a postal code.
_TOWN = re.compile(r"г\.|город")
_TWO_NUMBERS = re.compile(r"\d\D+\d")
_HAS_POST = re.compile(rf"(?<=[\s,–-])(?:{_POST})(?![\w-])")
#: English words for a street that end its name, as they are written and as they are compared.
_SHORT_WORDS = {
    **{"st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "ct": "court", "sq": "square"},
    **{"pl": "place", "blvd": "boulevard", "hwy": "highway"},
}
_WORD_OF_THREE = re.compile(r"[^\W\d_]{3}")
_LONG_WORDS = frozenset(_SHORT_WORDS.values())
_LOOSE = re.compile(r"[\W_]+")
#: Addresses read in one text; more is a list of somebody's branches.
MAX_HITS = 12


def addresses_in(text: str) -> Iterator[tuple[str, str]]:
    """(value, as written) of the addresses in one block of text; those of theme demos are left out."""
    if len(text) > 20_000:
        text = text[:20_000]
    for match in _matches(text):
        written = " ".join(match.group().split())
        if not is_demo_place(written) and (value := address_value(match["street"], match["post"] or "")):
            yield value, written[:120]


def without_addresses(text: str, instead: str) -> str:
    """``text`` with ``instead`` in the place of every address, those of theme demos too."""
    pieces: list[str] = []
    end = 0
    for match in sorted(_matches(text), key=lambda match: match.start()):
        if match.start() >= end:
            pieces += [text[end : match.start()], instead]
            end = match.end()
    return "".join([*pieces, text[end:]])


def _matches(text: str) -> Iterator[re.Match[str]]:
    patterns = (_ADDRESS, _RUSSIAN) if _TOWN.search(text) else (_ADDRESS,)
    for pattern in patterns if _TWO_NUMBERS.search(text) and _HAS_POST.search(text) else patterns[1:]:
        found = (match for match in pattern.finditer(text) if _is_place(match))
        yield from islice(found, MAX_HITS)


def _is_place(match: re.Match[str]) -> bool:
    """More than a number with a name and another number: a word for a street, or a real postal code with a city."""
    words = match["street"].casefold().replace(",", " ").split()
    if any(word.strip(".,") in _MONTHS for word in words):
        return False
    post = match["post"] or ""
    if re.fullmatch(r"(?:19|20)\d\d", post):
        return False
    if any(_STREET_WORD.search(word) for word in words):
        return True
    return match.re is _RUSSIAN or (len(post.replace(" ", "")) >= 5 and bool(match["city"]) and "," in match.group())


def address_value(street: str, post: str) -> str:
    """How addresses are compared: words of the street and the postal code, case folded; empty when too little is told."""
    told = _LOOSE.sub(" ", unicodedata.normalize("NFKC", _without_company(street)).casefold()).split()
    code = _LOOSE.sub("", post.casefold())
    if not any(word.isdigit() or word[0].isdigit() for word in told) or not any(len(word) >= 3 and word.isalpha() for word in told):
        return ""
    if any(
        word in ("copyright", "rights", "visa", "items", "item", "working", "business", "days", "orders", "products")
        for word in told
    ):
        return ""
    if told[0][0].isdigit():
        told = _up_to_street_word(told)[:6]
    kept = told[-6:] if told[-1][0].isdigit() else told[:6]
    return f"{' '.join(kept)} {code}".strip()


def _without_company(street: str) -> str:
    """A street with its number last, without a company that stands before it in its line."""
    ends = [match.end() for match in SUFFIX.finditer(street)] if street[:1].isalpha() else []
    behind = street[ends[-1] :].lstrip(" .,") if ends else street
    return behind if _WORD_OF_THREE.search(behind) else street


def _up_to_street_word(told: list[str]) -> list[str]:
    """What stands before the town in a line without a comma: the number, the name, the word for a street."""
    for place, word in enumerate(told[2:], start=2):
        if word in _SHORT_WORDS or word in _LONG_WORDS:
            return [*told[:place], _SHORT_WORDS.get(word, word)]
    return told
