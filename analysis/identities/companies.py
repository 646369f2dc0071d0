"""Company names as pages write them: a name with its legal form, or a name behind a label that announces one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.identities.legal_forms import NAME_IN_SIGNS, PREFIX, SHOWS_SIGNS, SUFFIX, form_key
from analysis.texts.boilerplate import is_vendor, word_set

__all__ = ["Company", "companies_in", "company_named", "is_slip", "signs_own_work"]


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


_LABEL = re.compile(
    r"(?:(?<![\w])(?:company name|company|legal entity|operator|merchant|seller|registered name|trading name|firma|firmenname|"
    r"betreiber|(?:dienste)?anbieter|(?:firmen)?inhaber|raison sociale|dénomination sociale|société|éditeur|"
    r"razón social|denominación social|titular|empresa|ragione sociale|denominazione(?: sociale)?|razão social|"
    r"denominação social|handelsnaam|bedrijfsnaam|statutaire naam|nazwa firmy|pełna nazwa|obchodní (?:jméno|firma)|"
    r"obchodné meno|företagsnamn|firmanavn|selskapsnavn|virksomhedsnavn|toiminimi|cégnév|denumire|"
    r"ticar[iî] [uü]nvan[ıi]?|[ŞS]irket [uü]nvanı|επωνυμία|компания|продавец|владелец(?: сайта)?|"
    r"наименование организации|организация|юридическое лицо|назва (?:компанії|підприємства))[ \t]{0,3}:"
    r"|(?<![\w])(?:operated by|run by|owned by|is a (?:service|project|site|shop) of|"
    r"(?:service|site|website|shop|store|system) is (?:provided|offered) by|(?:shop|seite|website|dienst) wird "
    r"(?:angeboten|bereitgestellt) von|"
    r"(?:service|site|boutique) est (?:fournie?|proposée?) par|(?:servicio|sitio|tienda) es (?:ofrecid[oa]|prestad[oa]) por|"
    r"(?:сервис|сайт|магазин|услуги) предоставля\w{3,5}(?: компанией)?|betrieben von|exploitée? par|éditée? par|"
    r"operad[oa] por|принадлежит компании|принадлежит)"
    r")[ \t]{1,3}(?P<name>(?-i:[A-ZÀ-ÞА-ЯЁΑ-ΩĀ-ŽİŞÇ])[\w'’&-]{1,30}(?:[ ](?:&[ ])?(?-i:[A-ZÀ-ÞА-ЯЁ])"
    r"[\w'’&-]{0,30}){0,3})(?=\s*(?:[.,;(\n|]|$|\s(?:and|und|et|y|и|on|in|from|under|since)\b))",
    re.IGNORECASE,
)

#: Forms before a name that need no letters beyond ASCII.
_LEADS_PLAIN = re.compile(r"UAB|SIA|[OZ][OA]O|PT\.")
#: What a label without a colon ends with, and a name behind one with a colon: the quick looks before the long one.
_OF_LABELS = ("by ", "of ", "von ", "par ", "por ", "лежит", "авля")
_BEHIND_COLON = re.compile(r":[ \t]{1,3}[A-ZÀ-ÞА-ЯЁΑ-ΩĀ-ŽİŞÇ]")

_CONNECT = word_set(
    """
    & + and und et y e of de du des del la le di da for the van von и i en og och ja és ve für pour per para dos das do
    della delle dei degli
    """
)
#: Shortened words in names.
_SHORTENED = word_set("san. tic. paz. ind. com. intl. bros. gebr. mfg. ges. hnos. cia. comp. soc. prod.")
#: What stands between a thing and whose it is ("Terms of", "AGB der").
_OF = word_set("of von der des du de del di da do della by")
#: Things of a company that begin like a name: "Terms of", "Kunden der".
_THINGS = word_set(
    """
    terms conditions policy privacy agb datenschutz datenschutzerklärung datenschutzbestimmungen marken marke impressum
    kunden kundenservice newsletter
    geschäftsbedingungen nutzungsbedingungen cgv site website webseite homepage shop onlineshop angebot angebote
    geschäftsführer mitarbeiter trademarks trademark property division part member brand brands products rights service
    webdesign design hosting programmierung umsetzung realisierung gestaltung entwicklung konzept konzeption
    realizzazione desarrollo diseño création conception réalisation
    services customers mentions légales condiciones servizi prodotti serwis strona tochter tochtergesellschaft inhaber
    """
)
_LEAD = word_set(
    """
    copyright © (c) by the from with between company firma firm firmy firmę firme firmen société societe sociedad società
    societa sociedade spółka spółki spółką spoločnosť společnost společnosti operator seller merchant welcome to contact
    address impressum about us is our betreiber anbieter verantwortlich verantwortlicher herausgeber inhaber компания
    компании продавец registered name legal entity see at in as on for this that these if when we and or our all rights
    reserved supplier vendor owner controller operated distributor exploité éditeur editeur raison sociale empresa
    titular razón social ragione sociale kontakt anschrift adresse adresa all other service © 1 powered a
    der die das dem den des eine einer einem einen dieser diese dieses dies unsere unser bei von vom zur zum ab serwisu
    """
)
_GENERIC = word_set(
    """
    your company my the name some private public shop store online co and group limited business website site owner
    customer client this our a an sample example demo test any other partner holding international services global
    edition time professional law firma gesellschaft eine société une stock special offer new usa eu uk
    """
)
#: What others do for a shop or own, right before their name. What follows a shop's name in these words is its own.
_NOT_OURS = re.compile(
    r"(?<!\w)(?:powered|designed?|developed|developer|created|creation|création|créé|réalis\w{1,6}|made|built|hosted|hosting|"
    r"h[eé]bergeur|h[eé]berg[eé]\w{0,2}|h[eé]bergement|hosteur|web\s?-?design|webdesign|website|site|theme|template|"
    r"software|add-?ons?|plug-?ins?|entwickelt|umsetzung|realisierung|gehostet|programmierung|gestaltung|"
    r"desarrollad[oa]|diseñad[oa]|diseño|desarrollo|creado|desenvolvid[oa]|realizzat[oa]|realizzazione|sviluppat[oa]|"
    r"ontwikkeld|ontworpen|gerealiseerd|gehost|realizacja|wykonanie|projekt|vytvořil[oa]?|vytvoril[oa]?|tvorba|"
    r"készítette|sukūrė|izrada|toteutus|udviklet|utvecklad|utviklet|yazılım|tasarım|izstrāde|"
    r"trade\s?-?marks?(?:\s\w{1,12}){0,3}|warenzeichen|marken?|marques?(?:\s\w{1,12}){0,2}|licen[cs]ed|lizenziert|lizenz|distributed|"
    r"manufactur\w{1,4}|создан\w{0,4}|разработ\w{1,5}|розроб\w{1,5}|изработка|поддержка|дизайн|copyright of|"
    r"partners?|supplied|shipped|delivered|acquired|bought|shares?|affiliat\w{1,3}|associated|endorsed|sponsored|subsidiary|unlike|"
    r"bank|insur\w{1,6}|(?:data|quotes?|rates?|weather|forecasts?|images?|photos?|reviews?|translations?)\s"
    r"(?:is\s|are\s|was\s)?(?:provided|supplied|delivered|sourced|courtesy))"
    r"\s{0,3}(?:(?!operat|own|run\b|provid|publish|betr|exploit|[ée]dit|gestit|prowadz)[\w-]{1,12}\s{0,2}){0,1}(?:by|of|from|with|par|von|durch|bei|der|de|des|door|da|por|przez|av|af|:|[-–—])?"
    r"(?:\s{1,2}(?:the|la|le|die|der|company|soci[eé]t[eé]|soci[eé]tà|firma|firmy|empresa|ditta|компани\w{1,3}|фирм\w{1,2})){0,2}"
    r"\s{0,3}$",
    re.IGNORECASE,
)
#: A mark and whose it is, in one sentence.
_MARKS_OF = re.compile(
    r"trade\s?-?marks?|warenzeichen|marchi(?:o|\sregistrat\w)|marcas?\sregistrad|товарн\w{2,3}\sзнак|znak\w*\stowarow",
    re.IGNORECASE,
)
#: What makes the name before it somebody who made a part of the page, or a line of a list with its count.
_BEHIND_OTHERS = re.compile(r"[\s.]{0,2}(?:themes?|template|plug-?in|skin)\b|\s?[(\[]\d{1,5}[)\]]", re.IGNORECASE)
#: What says before a name that a part of the page is somebody's product, and a copyright sign in the same line.
_MADE_BY = re.compile(
    r"powered\s(?:by|on)\b|(?:forum|board|shop|cart|blog|wiki|gallery|chat)\s?-?software|software\s(?:by|von|de)\b|"
    r"\b(?:theme|template|skin|style|add-?ons?|plug-?ins?|mods?|script|engine|hack|design(?:ed)?|optimi[sz]ation)\b\s?"
    r"(?:by\b|from\b|&|©|v?\d)|\b(?:version|v)\s?\d[\w.]*|based\son\b|на\sоснове\b|basiert\sauf\b|basado\sen\b",
    re.IGNORECASE,
)
_SIGN_BEHIND = re.compile(r"^[^\n|]{0,80}(?:©|\(c\)|copyright)[^\n|©]{0,20}$", re.IGNORECASE)
_PRODUCT_SIGNED = re.compile(r"(\w{3,})[®™]?\s?(?:©|\(c\))[^\n|©]{0,20}$")
_SENTENCE_END = re.compile(r"\w{3,}[.!?]\s+(?=[A-ZÀ-ÞА-ЯЁ©])|\n")
_AFTER_LIMITED = re.compile(
    r"\s+(?:edition|time|offer|stock|warrant\w*|liabilit\w*|to|by|number|quantit\w*|use|guarantee|availab\w*|"
    r"period|only|series|run|access)\b",
    re.IGNORECASE,
)
_CLOSED = tuple(",;:!?)|•·»]}/\\<>*=→")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?,?")
#: A sign or years that are written to a name without a space: what stands behind them is the name.
_SIGNED = re.compile(r".*(?:©|ⓒ|\([cC]\)|(?:19|20)\d\d[-–—](?:19|20)\d\d)")
_LOOSE = re.compile(r"[^\w&+]+")
#: Characters before a legal form in which its name is looked for, and words of the longest name.
_REACH = 90
_MAX_WORDS = 6
_SMALL_NAME = re.compile(r"\s*(?:(?:copyright|©|\(c\)|(?:19|20)\d\d|[-–—|,])\s*)*([a-z][\w.&-]{2,40})\s", re.IGNORECASE)
#: What stands before a name in signs without a space, and the years of a copyright.
_SIGNS_BEFORE = re.compile(
    r"^(?:\d{4})?(?:版[权權]所有|著作[权權]|公司名[称稱]|主办单位|主辦單位|本网站由|本網站由|运营(?:商|主体)?|營運商|由|"
    r"会社名|商号|販売業者|販売会社|運営会社|運営|事業者|企業名|상호명?|회사명|법인명|업체명|.*は)[:：]?"
)


def companies_in(text: str, *, vendors: bool = False) -> Iterator[Company]:
    """Companies named in one block of text; those that many shops name, or that made a part of it, only with ``vendors``."""
    for found in _named_in(text):
        if vendors or not _is_somebody_elses(found, text):
            yield found
    for match in _LABEL.finditer(text) if _may_label(text) else ():
        name = match["name"].strip()
        if (
            not SUFFIX.search(text[match.start("name") : match.end() + 8])
            and not PREFIX.search(name)
            and not _is_generic(name.split())
            and (vendors or not is_vendor(name))
        ):
            yield _company(name, "", name, match.start("name"), match.end("name"))


def _may_label(text: str) -> bool:
    return _BEHIND_COLON.search(text) is not None or any(map(text.lower().__contains__, _OF_LABELS))


def _named_in(text: str) -> Iterator[Company]:
    """Names with a legal form."""
    for match in SUFFIX.finditer(text):
        if found := _before(text, match):
            yield found
    is_plain = text.isascii()
    for match in () if is_plain and not _LEADS_PLAIN.search(text) else PREFIX.finditer(text):
        if name := (match["quoted"] or match["plain"]).strip(" .-"):
            yield _company(name, form_key(match["form"]), match.group(), match.start(), match.end())
    if not is_plain and SHOWS_SIGNS.search(text):
        for match in NAME_IN_SIGNS.finditer(text):
            name = match["behind"] or _SIGNS_BEFORE.sub("", match["name"])
            if len(name) >= 2:
                yield _company(name, form_key(match["before"] or match["form"]), match.group(), match.start(), match.end())


def _is_somebody_elses(found: Company, text: str) -> bool:
    """A vendor; who made, hosts or ships something; whose mark something is; a name in a list with its count."""
    before = text[max(0, found.start - 160) : found.start]
    return (
        is_vendor(found.stem)
        or _NOT_OURS.search(before[-60:]) is not None
        or (_MARKS_OF.search(before) is not None and _MARKS_OF.search(_SENTENCE_END.split(before)[-1]) is not None)
        or _BEHIND_OTHERS.match(text[found.end : found.end + 20]) is not None
        or signs_own_work(found.stem, before)
    )


def signs_own_work(name: str, before: str) -> bool:
    """True of makers who sign their part of a page: ``Quirkboard 2.1 © Some Makers``, ``Powered by Quirkboard. © Quirkboard``."""
    if not (credited := _MADE_BY.search(before)):
        return False
    told = before[credited.start() :].casefold()
    first = name.split()[0].casefold() if name else ""
    product = _PRODUCT_SIGNED.search(told)
    return (
        _SIGN_BEHIND.search(told) is not None
        or (len(first) >= 3 and first in told)
        or (product is not None and told.count(product.group(1)) > 1)
    )


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
        if signed := _SIGNED.match(bare):
            rest = bare[signed.end() :].rstrip(",")
            if _begins_a_name(rest) and not _YEAR.fullmatch(rest):
                taken += [*pending, rest]
            break
        if place == 0 and token.endswith(","):
            bare = token = token[:-1]
        elif taken and token[0] == "(" and token[-1] == ")":
            bare = token = token[1:-1]
        elif token.endswith(_CLOSED) or (token.endswith(".") and not _is_short(token)):
            break
        if bare.casefold() in _CONNECT and taken:
            pending.append(token)
        elif _begins_a_name(bare) and not _YEAR.fullmatch(bare) and not (taken and SUFFIX.fullmatch(bare)):
            if len(taken) >= _MAX_WORDS:  # a cloud of names, or a headline
                return None
            taken += [*pending, token]
            pending.clear()
        else:
            break
        if token[0] in '"«„“(':
            break
    if not taken and match["long"]:
        taken = _small_name(left)
    words = taken[::-1]
    words = _without_lead(words)
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
    return _company(name, form_key(form), f"{name} {form}", start, match.end())


def _is_short(token: str) -> bool:
    """A word that its full stop shortens, and does not end a sentence."""
    return len(token) <= 3 or token.count(".") > 1 or token.casefold() in _SHORTENED


def _begins_a_name(word: str) -> bool:
    """Written large at the beginning, or like ``eShop`` and ``e-Shop`` right behind it."""
    return bool(word) and (
        word[0].isupper()
        or word[0].isdigit()
        or (len(word) > 3 and word[0].isalpha() and (word[1].isupper() or (word[1] == "-" and word[2].isupper())))
    )


def _small_name(left: str) -> list[str]:
    """A name written small, where nothing but a copyright sign and a year stands before it in its line."""
    alone = _SMALL_NAME.fullmatch(left)
    return [alone.group(1)] if alone else []


def _without_lead(words: list[str]) -> list[str]:
    """A name without the words that lead to it: "Terms of", "Copyright", "die Firma"."""
    told = [word.strip("\"'«»„“”(.").casefold() for word in words]
    first = 0
    while first < len(told):
        if told[first] in _LEAD or (first and told[first] in _OF):
            first += 1
        elif told[first] in _THINGS and told[first + 1 : first + 2] and told[first + 1] in _OF:
            first += 2
        else:
            break
    return words[first:]


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
