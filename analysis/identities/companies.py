"""Company names as pages write them: a name with its legal form, or a name behind a label that announces one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.texts.boilerplate import is_vendor, word_set

__all__ = ["Company", "companies_in", "company_named", "is_slip"]


@dataclass(frozen=True, slots=True)
class Company:
    """``value`` is compared: case, dots and spellings of the legal form removed. ``stem`` is the name without its form."""

    value: str
    stem: str
    shown: str
    start: int
    end: int

    @property
    def has_form(self) -> bool:
        """True when the name carries its legal form."""
        return self.value != self.stem


# Legal forms that follow a name. Long ones in any case; short ones only as they are properly written, because "AS", "SA"
# and "AG" are words and places too.
_LONG = (
    r"G(?:mb|MB)[Hh](?:\s?&\s?Co\.?\s?KG(?:aA)?)?|g(?:GmbH|mbh)|UG\s?\(haftungsbeschränkt\)|Ltd\.?|LTD\.?|Limited|"
    r"LIMITED|LLC|L\.L\.C\.?|LLP|L\.L\.P\.?|PLC|Plc|plc|"
    r"Inc\.?|INC\.?|Incorporated|INCORPORATED|Corp\.|CORP\.|Corporation|CORPORATION|Sp\.?\s?z\s?o\.?\s?o\.?|"
    r"sp\.?\s?z\s?o\.?\s?o\.?|SP\.?\s?Z\s?O\.?\s?O\.?|sp\.\s?j\.|"
    r"S\.\s?à\s?r\.\s?l\.?|S\.?A\.?R\.?L\.?|S\.A\.S\.?U?|SASU?|EURL|E\.U\.R\.L\.?|S\.\s?r\.\s?l\.?|S\.R\.L\.?|"
    r"s\.r\.l\.?|SRL|Srl|S\.p\.A\.?|S\.P\.A\.?|SpA|S\.A\.(?:U\.)?|"
    r"S\.L\.(?:U\.)?|SLU|B\.V\.?|N\.V\.?|V\.O\.F\.|e\.\s?K\.|e\.\s?V\.|OHG|ApS|A/S|s\.\s?r\.\s?o\.?|a\.\s?s\.|"
    r"d\.\s?o\.\s?o\.?|Kft\.?|Zrt\.?|Bt\.|OÜ|Oyj?|Ltda\.?|Lda\.?|"
    r"EOOD|OOD|ЕООД|ООД|S\.C\.|Pty\.?\s(?:Ltd|Limited)\.?|Pvt\.?\s(?:Ltd|Limited)\.?|Pte\.?\s(?:Ltd|Limited)\.?|"
    r"Co\.,?\s(?:Ltd|LTD|Limited)\.?|FZ-?LLC|FZE|DMCC|K\.K\."
)
_SHORT = r"AG|KG|SE|SA|SL|AB|AS|BV|NV|UG|OU|ASA|HB|KB"
_SUFFIX = re.compile(rf"(?<![\w.])(?:(?P<long>{_LONG})|(?P<short>{_SHORT}))(?![\w])")
# Forms that stand before the name.
_PREFIX = re.compile(
    r"(?<![\w.])(?P<form>ООО|ОАО|ЗАО|ПАО|НАО|АО|ТОВ|ТОО|ЧУП|ОДО|OOO|ZAO|OAO|UAB|SIA|ИП|Общество с ограниченной "
    r"ответственностью|Индивидуальный предприниматель)"
    r"\s{0,3}(?:[«\"“„'](?P<quoted>[^«»\"“”„'\n]{2,60})[»\"”“']|"
    r"(?P<plain>[A-ZА-ЯЁ][\w.&-]{1,30}(?:\s[A-ZА-ЯЁ][\w.&-]{0,30}){0,3}))"
)
_LABEL = re.compile(
    r"(?:(?<![\w])(?:company name|company|legal entity|operator|merchant|seller|registered name|firma|firmenname|"
    r"betreiber|anbieter|raison sociale|société|éditeur|"
    r"razón social|titular|empresa|компания|продавец|владелец(?: сайта)?|наименование организации|организация|"
    r"юридическое лицо)\s{0,3}:"
    r"|(?<![\w])(?:operated by|run by|owned by|is a (?:service|project|site|shop) of|"
    r"(?:service|site|website|shop|store|system) is (?:provided|offered) by|(?:shop|seite|website|dienst) wird "
    r"(?:angeboten|bereitgestellt) von|"
    r"(?:service|site|boutique) est (?:fournie?|proposée?) par|(?:servicio|sitio|tienda) es (?:ofrecid[oa]|prestad[oa]) por|"
    r"(?:сервис|сайт|магазин|услуги) предоставля\w{3,5}(?: компанией)?|betrieben von|exploitée? par|éditée? par|"
    r"operad[oa] por|принадлежит компании|принадлежит)"
    r")\s{1,3}(?P<name>(?-i:[A-ZÀ-ÞА-ЯЁ])[\w'’&-]{1,30}(?:\s(?:&\s)?(?-i:[A-ZÀ-ÞА-ЯЁ])"
    r"[\w'’&-]{0,30}){0,3})(?=\s*(?:[.,;(\n|]|$|\s(?:and|und|et|y|и|on|in|from|under|since)\b))",
    re.IGNORECASE,
)

_CONNECT = frozenset(
    {
        "&",
        "and",
        "und",
        "et",
        "y",
        "e",
        "of",
        "de",
        "du",
        "des",
        "del",
        "la",
        "le",
        "di",
        "da",
        "for",
        "the",
        "van",
        "von",
        "+",
        "-",
        "–",
        "и",
        "en",
    }
)
_LEAD = word_set(
    """
    copyright © (c) by the from with between company firma firm société operator seller merchant welcome to contact
    address impressum about us is our betreiber anbieter verantwortlich компания продавец registered name legal entity
    see at in as on for this that these if when we and or our all rights reserved supplier vendor owner controller
    operated distributor exploité éditeur editeur raison sociale empresa titular razón social kontakt anschrift adresse
    adresa all other service © 1
    """
)
_GENERIC = word_set(
    """
    your company my the name some private public shop store online co and group limited business website site owner
    customer client this our a an sample example demo test any other partner holding international services global
    edition time firma gesellschaft eine société une stock special offer new usa eu uk
    """
)
_NOT_OURS = re.compile(
    r"(?:powered|designed?|developed|developer|created|creation|réalis\w{1,6}|made|built|hosted|hosting|hébergeur|"
    r"hébergé\w{0,2}|hosteur|web\s?-?design|webdesign|website|theme|template|software|entwickelt|umsetzung|"
    r"programmierung|"
    r"trade\s?-?marks?(?:\s\w{1,12}){0,3}|marken|marques?(?:\s\w{1,12}){0,2}|licen[cs]ed|distributed|"
    r"manufactur\w{1,4}|created|создание\w{0,3}|разработ\w{1,5}|поддержка|hebergement|hébergement|copyright of|"
    r"bank|insur\w{1,6})"
    r"\s{0,3}(?:\w{2,12}\s){0,1}(?:by|of|from|with|par|von|der|de|des|door|:|[-–—])?\s{0,3}$",
    re.IGNORECASE,
)
_AFTER_LIMITED = re.compile(
    r"\s+(?:edition|time|offer|stock|warrant\w*|liabilit\w*|to|by|number|quantit\w*|use|guarantee|availab\w*|"
    r"period|only|series|run|access)\b",
    re.IGNORECASE,
)
_CLOSED = tuple(",;:!?)|•·»]}/\\<>*=→")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?,?")
_FORM_WORDS = {
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "ughaftungsbeschränkt": "ug",
    "ou": "oü",
    "ooo": "ооо",
    "общество с ограниченной ответственностью": "ооо",
    "индивидуальный предприниматель": "ип",
    "zao": "зао",
    "oao": "оао",
    "coltd": "ltd",
    "colimited": "ltd",
    "sasu": "sas",
}
_LOOSE = re.compile(r"[^\w&+]+")
#: Characters before a legal form in which its name is looked for.
_REACH = 90


def companies_in(text: str, *, vendors: bool = False) -> Iterator[Company]:
    """Companies named in one block of text; processors, carriers and networks that many shops name only with ``vendors``."""
    for match in _SUFFIX.finditer(text):
        found = _before(text, match)
        if found and (vendors or not (is_vendor(found.stem) or _NOT_OURS.search(text[max(0, found.start - 60) : found.start]))):
            yield found
    for match in _PREFIX.finditer(text):
        name = (match["quoted"] or match["plain"]).strip()
        if name and (vendors or not (is_vendor(name) or _NOT_OURS.search(text[max(0, match.start() - 60) : match.start()]))):
            form = match["form"].casefold()
            yield _company(name, _FORM_WORDS.get(form, form), match.group(), match.start(), match.end())
    for match in _LABEL.finditer(text):
        name = match["name"].strip()
        if (
            not _SUFFIX.search(text[match.start("name") : match.end() + 8])
            and not _PREFIX.search(name)
            and not _is_generic(name.split())
            and (vendors or not is_vendor(name))
        ):
            yield _company(name, "", name, match.start("name"), match.end("name"))


def company_named(name: str) -> Company | None:
    """What stands where a company's name stands, with its legal form or without; None for words that name nobody."""
    name = " ".join(name.split())[:80]
    for company in companies_in(name):
        return company
    if not name or is_vendor(name) or _is_generic(name.split()):
        return None
    return _company(name, "", name, 0, len(name))


def _before(text: str, match: re.Match[str]) -> Company | None:
    form = match.group()
    after = text[match.end() : match.end() + 24]
    if form in ("Limited", "LIMITED") and _AFTER_LIMITED.match(after):
        return None
    # "Reno, NV 42735" is a place.
    if match["short"] and (re.match(r"\s+[A-ZÀ-ÞА-ЯЁ\d]", after) or text[: match.start()].rstrip().endswith(",")):
        return None
    left = text[max(0, match.start() - _REACH) : match.start()]
    if "\n" in left:
        left = left[left.rindex("\n") + 1 :]
    if left and not left[-1].isspace() and left[-1] not in ",(":
        return None
    taken: list[str] = []
    pending: list[str] = []
    for place, token in enumerate(reversed(left.split())):
        bare = token.strip("\"'«»„“”’")
        if place == 0 and token.endswith(","):
            bare = token = token[:-1]
        elif token.endswith(_CLOSED) or (token.endswith(".") and not (len(token) <= 3 or token.count(".") > 1)):
            break
        if bare.casefold() in _CONNECT and taken:
            pending.append(token)
        elif bare and (bare[0].isupper() or bare[0].isdigit()) and not _YEAR.fullmatch(bare):
            taken += [*pending, token]
            pending.clear()
        else:
            break
        if len(taken) >= 6 or token[0] in '"«„“(':
            break
    words = taken[::-1]
    while words and (words[0].strip("\"'«»„“”(.").casefold() in _LEAD):
        del words[0]
    words = [word.strip("\"'«»„“”(") for word in words]
    if (
        not words
        or _is_generic(words)
        or re.fullmatch(r"\d{3,}", words[0])
        or (match["short"] and all(word.isupper() for word in words) and len(words) > 3)
    ):
        return None
    name = " ".join(words)
    start = text.rfind(words[0], max(0, match.start() - _REACH), match.start())
    key = re.sub(r"[\s./(),]", "", form).casefold()
    return _company(name, _FORM_WORDS.get(key, key), f"{name} {form}", start, match.end())


def _company(name: str, form: str, shown: str, start: int, end: int) -> Company:
    stem = " ".join(_LOOSE.sub(" ", unicodedata.normalize("NFKC", name).casefold()).split())
    return Company(f"{stem} {form}".strip(), stem, " ".join(shown.split())[:100], start, end)


def _is_generic(words: list[str]) -> bool:
    told = [word.casefold().strip(".,'’") for word in words]
    lettered = [word for word in told if sum(map(str.isalpha, word)) >= 2]
    return not lettered or all(word in _GENERIC or word in _LEAD or word in _CONNECT or word.isdigit() for word in told)


def is_slip(one: str, other: str) -> bool:
    """Two names that differ by one letter's typing error or two (``Nordhandel``, ``Nordhandl``); at least 6 letters."""
    if one == other or min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 2 or one[0] != other[0]:
        return False
    one, other = one[:80], other[:80]
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1] <= (1 if max(len(one), len(other)) < 9 else 2) and not any(letter.isdigit() for letter in one + other)
