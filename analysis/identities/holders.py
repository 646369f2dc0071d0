"""Copyright holders: whose name stands at the sign, and whether that is a notice or a photographer's credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.identities.brands import is_brand, is_host_name
from analysis.identities.companies import Company, companies_in, company_named, signs_own_work

__all__ = ["Holder", "holders_in"]


class Holder(NamedTuple):
    """``name`` as written; ``company`` where it may be one; ``is_noticed`` where a year or the reserved rights stand with it.

    A name without them is a notice in a footer, and anywhere else the credit of a picture or a phrase about the law.
    """

    name: str
    company: Company | None
    is_noticed: bool


_RIGHTS = (
    r"(?:all(?:\s(?:the|other))?\srights?|tous\s(?:les\s)?droits|alle\srechten?|(?:todos|algunos)\s(?:los\s)?derechos|"
    r"derechos\sreservados|(?:todos\sos\s)?direitos|tutti\si\s?diritti|wszelkie|wszystkie\sprawa|prawa\szastrz|"
    r"všechna\správa|všetky\správa|minden\sjog|toate\sdrepturile|sva\sprava|vse\spravice|alla\srättigheter|"
    r"alle\srettigheder|alle\srettigheter|kaikki\soikeudet|visos\steisės|visas\stiesības|kõik\sõigused|"
    r"tüm\shakları|her\shakkı|все\sправа|всі\sправа|усі\sправа|всички\sправа|копирование|πνευματικά|με\sεπιφύλαξη|"
    r"版[权權]所有|保留所有|無断|모든\s권리|สงวน|bảo\slưu|semua\shak|hak\scipta|חל\sאיסור|כל\sהזכויות)"
)
_SIGN = r"(?:(?:^|(?<=[\s|(\[>.,;:·•–—\-®™\"'”’0-9]))(?:©|ⓒ|\(c\))|\bcopyright\b)"
_COPYRIGHT = re.compile(
    rf"(?P<sign>{_SIGN}(?:\s{{0,3}}(?:©|ⓒ|\(c\)|copyright|by|&copy;))*)[\s:,]{{0,3}}(?P<year>(?:19|20)\d\d(?:\s?[-–—,/]\s?(?:(?:19|20)"
    rf"\d\d|\d\d|present|heute|today|now)?)?)?[\s:,|–-]{{0,4}}(?:by\s{{1,2}})?(?!\s|{_RIGHTS})(?P<name>[^\n|•·©,;()\[\]]{{2,60}}?)"
    rf"\s{{0,2}}(?=\n|[|•·©,;()\[\]]|(?<!\s\w)\.(?:\s|$)|$|\s[/-]\s|(?:-|–|—)\s|\b{_RIGHTS}"
    rf"|(?<=[a-zß-ÿ])(?-i:(?=[A-ZÀ-ÞА-Я])){_RIGHTS}|(?:19|20)\d\d)",
    re.IGNORECASE,
)
#: A credit of one thing that stands before the sign: the rest of the page is somebody else's.
_CREDITED = re.compile(
    r"(?<!all )(?<!our )(?<!site )(?<!this )(?<!and )(?<!& )\b"
    r"(?:image|photo(?:graph)?|picture|illustration|artwork|video|material|foto|bild)\s{0,2}[:(]?\s{0,2}$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\s+v?\d{1,3}(?:\.\d{1,3}){1,3}$", re.IGNORECASE)
_ONLY_WORD = re.compile(r"copyright\s{0,3}(?:by)?", re.IGNORECASE)
_RESERVED = re.compile(rf"[^\n]{{0,60}}\b{_RIGHTS}", re.IGNORECASE)
_YEAR_NEAR = re.compile(r"[\s,.–-]{0,4}(?:19|20)\d\d(?!\d)")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d[\s,.–-]{0,4}$")
# "Cellar Records, 2004-2007" at the end of a footer.
_YEARS = re.compile(r"\d\d\s?[-–—]")
_YEARS_BEHIND = re.compile(
    r"(?:^|[|•·\n]\s?)(?P<name>[A-ZÀ-ÞА-ЯЁ][\w&.'’-]{1,30}(?:\s[\w&.'’-]{1,30}){0,4}),?\s(?:19|20)"
    r"\d\d\s?[-–—]\s?(?:19|20)\d\d(?=[ .]{0,2}(?:$|[\n|•·]|(?P<sign>©|\([cC]\))))"
)
_NO_HOLDER = re.compile(
    rf"template|theme|design|made with|powered|your (?:site|company|website|name)|rights?\b|prawa|made by|"
    r"copyright|website|copies|holder|infring|law\b|material|notice|polic(?:y|ies)|licen[sc]|property of|information|"
    r"associated press|agence france|getty images|shutterstock|istock|fotolia|corbis|dreamstime|123rf|"
    r"complaints?|protected|trolls?\b|litigation|office\b|act\b|statement|reform\b|collaboration|bildrechte|bildnachweis|"
    rf"^(?:since|seit|depuis|desde|dal|от|с)$|^(?:foto|photo|bild|image|picture|collage|quelle|source|grafik|illustration)s?\b|{_RIGHTS}",
    re.IGNORECASE,
)
#: Links that stand right behind the name in one line.
_LINKS_BEHIND = re.compile(
    r"(?:^|\s+)(?:impressum|datenschutz\w*|terms\s(?:&\s|of\b|and\b)|privacy\b|agb\b|kontakt|sitemap|disclaimer|mentions\sl|cgv|"
    r"aviso\slegal|note\slegali).*",
    re.IGNORECASE | re.DOTALL,
)


def holders_in(text: str) -> Iterator[Holder]:
    """Copyright holders that a text tells; makers of forum software and the like, who sign their own work, left out."""
    for match in _COPYRIGHT.finditer(text) if _shows_sign(text) else ():
        if holder := _holder(text, match):
            yield holder
    end = text[-200:]
    for match in _YEARS_BEHIND.finditer(end) if ("-" in end or "–" in end or "—" in end) and _YEARS.search(end) else ():
        if holder := _named(match["name"], match["name"], is_noticed=match["sign"] is not None):
            yield holder


def _shows_sign(text: str) -> bool:
    """The quick look before the long one."""
    lowered = text.lower()
    return "©" in lowered or "copyr" in lowered or "(c)" in lowered or "ⓒ" in lowered


def _holder(text: str, match: re.Match[str]) -> Holder | None:
    before = text[max(0, match.start() - 120) : match.start()]
    behind = text[match.end() : match.end() + 80]
    is_noticed = bool(match["year"] or _YEAR_NEAR.match(behind) or _YEAR_BEFORE.search(before) or _RESERVED.match(behind))
    if _CREDITED.search(before):
        return None
    if match["year"] and "|" in text[match.end("year") : match.start("name")] and before[-2:].strip().isalnum():
        return None  # the name stands before the sign, and another thing behind the bar
    name = _VERSION.sub("", _LINKS_BEHIND.sub("", match["name"])).strip(" .-–—:'\"")
    half, odd = divmod(len(name), 2)
    if not odd and name[:half] == name[half:]:  # a text and a logo's, side by side
        name = name[:half]
    signed = _ONLY_WORD.fullmatch(match["sign"]) is None
    if not signed and not (match["year"] or (is_noticed and (name[:1].isupper() or is_host_name(name)))):
        return None
    return (
        None if signs_own_work(name, before + match["sign"]) else _named(name, text[match.start("name") :], is_noticed=is_noticed)
    )


def _named(name: str, behind: str, *, is_noticed: bool) -> Holder | None:
    """The holder of a name; ``behind`` is the text from the name on, where its legal form may go beyond it."""
    if not is_brand(name) or _NO_HOLDER.search(name) or not name[0].isalnum():
        return None
    written = next((found for found in companies_in(behind[: len(name) + 40]) if found.start <= len(name)), None)
    company = None if written or is_host_name(name) else company_named(name)
    if written and written.start == 0:
        company = written
    return Holder(name, company if company and company.stem.count(" ") <= 4 else None, is_noticed)
