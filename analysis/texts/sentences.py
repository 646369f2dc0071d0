"""Authored text made comparable: cut into sentences, with names, contacts, places, dates and amounts lifted out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from analysis.identities.addresses import without_addresses
from analysis.identities.brands import brand_names
from analysis.identities.companies import companies_in
from analysis.once import once_each
from analysis.page.reading import Reading
from analysis.texts.boilerplate import word_set

__all__ = ["LONG_ENOUGH", "is_filler", "lift", "own_names", "sentences", "words"]

#: Words below which a sentence is anybody's ("You can return goods within 14 days").
LONG_ENOUGH = 8

_END = re.compile(r"(?<=[.!?…])[\"»”’)]{0,2}\s+(?=[\"«„“(@]{0,2}[A-ZÀ-ÖØ-ÞА-ЯЁ0-9@])|\n|(?<=[。！？])")
# "Art. 6", "No. 5": the full stop belongs to the word.
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|no|nr|abs|bzw|z\.\s?b|ggf|inkl|zzgl|incl|e\.g|i\.e|approx|ca|tel|vgl|st|mr|mrs|dr|п|ст|руб|г|"
    r"т\.е|т\.д|п\.п)|(?<![\w])\w)\.[\"»”)]{0,2}$",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^\s*(?:§{1,2}\s?)?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|\(?[a-zа-я]\)|[ivx]{1,5}[.)]|[•·–—*-])\s+(?=\S)", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+%-]{1,64}\s?(?:@|\[at\]|\(at\))\s?(?:[\w-]{1,63}\.){1,4}[a-z]{2,18}", re.IGNORECASE)
#: Without one of these there is no mail address, without a digit no date, sum or telephone number.
_AT = re.compile(r"@|[\[(]at[\])]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_HOST = re.compile(
    r"(?:https?://\S{1,200}|(?<![\w.])(?:[a-z0-9][\w-]{1,62}\.){1,4}[a-z]{2,12}(?![\w]))(?:/\S{0,100})?", re.IGNORECASE
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avr|mai|juin|juil|août|märz|okt|dez|enero|"
    r"abril|mayo|agosto|январ|феврал|март|апрел|ма[йя]|июн|июл|август|"
    r"сентябр|октябр|ноябр|декабр)[\w.]{0,8}"
)
_DATE = re.compile(
    rf"\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?{_MONTH}(?:,?\s\d{{4}})?|"
    rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\b{_MONTH},?\s\d{{4}}",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:[$€£¥₽]|\b(?:usd|eur|gbp|rub|chf|pln|rs\.?))\s?\d(?:[.,\s]?\d){0,9}|\d(?:[.,]?\d){0,9}\s?(?:[$€£¥₽]|(?:usd|eur|"
    r"euros?|gbp|rub|руб\w{0,4}|dollars?|pounds?|cents?|zł|pln|chf)\b)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+\d[\d\s().–-]{6,20}\d")
_UP = "A-ZÀ-ÖØ-ÞА-ЯЁ"
_NAME = re.compile(rf"(?<=[\w,;:(]\s)(?:[{_UP}][\w’'-]{{1,30}}\s){{1,4}}[{_UP}][\w’'-]{{1,30}}")
_LAW = re.compile(
    rf"\b((?:laws?|courts?|jurisdiction)\s(?:of|in)\s)(?:the\s)?(?:(?:State|Republic|Commonwealth|Kingdom|Province|City)\sof\s)?"
    rf"(?:[{_UP}][\w-]{{2,20}})(?:\s(?:and\s)?[{_UP}][\w-]{{2,20}}){{0,3}}"
)
_WORD = re.compile(r"@[a-z]+|[^\W\d_]+(?:['’][^\W\d_]+)?|\d{1,6}(?![\d])")
_FILLER = word_set(
    """
    lorem ipsum dolor amet consectetur adipisicing adipiscing elit eiusmod tempor incididunt labore dolore magna aliqua
    aliquam quaerat numquam modi tempora magnam voluptatem vestibulum curabitur pellentesque donec praesent suspendisse
    phasellus maecenas ullamcorper vivamus viverra accumsan
    """
)
#: Characters of one block that are read.
MAX_CHARS = 20_000


@once_each
def own_names(reading: Reading) -> re.Pattern[str] | None:
    """The names that the storefront calls itself by, as one pattern; None where it has none."""
    names = {shown for _, shown, _ in brand_names(reading)} | {reading.site, reading.site.partition(".")[0]}
    told = sorted((re.escape(name) for name in names if len(name) >= 4), key=lambda name: (-len(name), name))[:20]
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)", re.IGNORECASE) if told else None


def lift(text: str, own: re.Pattern[str] | None = None) -> str:
    """``text`` with what differs between two shops of one author replaced by ``@mail``, ``@site``, ``@company`` and the like."""
    text = text[:MAX_CHARS]
    if _AT.search(text):
        text = _MAIL.sub("@mail", text)
    text = _HOST.sub("@site", text)
    spans = sorted((company.start, company.end) for company in companies_in(text, vendors=True) if company.start >= 0)
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        if start >= end:
            pieces += [text[end:start], "@company"]
            end = stop
    text = "".join([*pieces, text[end:]])
    if own is not None:
        text = own.sub("@name", text)
    text = without_addresses(text, "@address")
    if _DIGIT.search(text):
        text = _DATE.sub("@date", text)
        text = _MONEY.sub("@money", text)
        text = _PHONE.sub("@phone", text)
    text = _LAW.sub(r"\1@place", text)
    return _NAME.sub("@name", text)


def sentences(text: str) -> Iterator[str]:
    """Sentences of one block in order, numbering in front of them removed."""
    text = text[:MAX_CHARS]
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATION.search(text[max(start, match.start() - 12) : match.start() + 1].rstrip()):
            continue
        if piece := _NUMBERING.sub("", text[start : match.end()].strip()):
            yield piece
        start = match.end()
    if piece := _NUMBERING.sub("", text[start:].strip()):
        yield piece


def words(lifted: str) -> tuple[str, ...]:
    """The author's words and plain numbers of a lifted text, case folded, nothing that was lifted out.

    A period or a count stays: "28 days" is a decision of whoever wrote it, and clauses of one pattern differ by it.
    """
    folded = unicodedata.normalize("NFKC", lifted).casefold().replace("’", "'")
    return tuple(word for word in _WORD.findall(folded) if word[0] != "@")


def is_filler(told: Iterable[str]) -> bool:
    """Set-up text of a theme that nobody reads (lorem ipsum)."""
    return len(_FILLER.intersection(told)) >= 3
