"""Slips and habits of whoever typed a text: few, precise, and each with the words around it so that chance is small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.texts.boilerplate import word_set

__all__ = ["quirks_in"]

_DOUBLED = re.compile(r"(?<![\w@'’-])([^\W\d_]{2,20})\s+\1(?![\w'’-])", re.IGNORECASE)
# Doubled on purpose, in one of the five languages or as a name.
_DOUBLED_RIGHTLY = word_set(
    "that had nous vous sie die der das bora bye ha ho no so very pom chop yo aye cha choo dada mama papa blah "
    "bla очень еле чуть было да нет ja nein was wie"
)
_BLANK_BEFORE = re.compile(r"([^\W\d_]{2,20}) +([,.])(?= ?[^\W_]|\s|$)")
_TWO_SCRIPTS = re.compile(r"(?<![\w-])(?=[^\W\d_]{3,30}(?![\w-]))(?:[A-Za-z]+[А-Яа-яЁё]+|[А-Яа-яЁё]+[A-Za-z]+)[A-Za-zА-Яа-яЁё]*")
_DIGIT_INSIDE = re.compile(r"(?<![\w@./-])[a-zа-яё]{2,15}[01][a-zа-яё]{2,15}(?![\w@./-])")
_MARKS = re.compile(r"[^\W\d_]{3,20}(,,|,\.|;;|::|\.,|!{2,}\?|\?!{2,}|(?<!\.)\.\.(?!\.))(?=\s|$)")
_SLIPPED = word_set(
    """
    acceuil accomodate acomodate aquisition begining beleive calender cancelation catagory comande commende compagny
    compony concious conditons conection contries contry costumer costumers custumer definately delievery delivary
    deliverd delivey delivry desicion dissapear enviroment excange exept exeption exhange existance familar foriegn
    freind fullfill garanted garantee garanty goverment gurantee happend harrass immediatly independant intrest
    knowlege liason libary lincese lisence lisenced livrasion magasain maintainance mispell neccessary necesary
    noticable ocassion occassion occured occuring orderd paiment paralel payement paymant personel phonenumber
    posession possesion prefered privelege priviledge procces procedings proces prodcut producs proffesional promiss
    publically purchace purchse qualty quantaties quesions reciept recieve recieved recive reciver recomend
    recommanded refered refound refounded reimbrusement reimburshment relevent rember remboursment remeber
    responsability responsable retourn retun retuned returnd rückgabrecht satisfed sattisfied seperate seperately
    serivce servise shedule shiping shippment shoping shopp similiar sory standart strenght succeded succesful
    succesfully sucessful supercede suprise temperary theire thier tommorow tomorow tranfer transation transfered
    trully unfortunatelly unfortunatly untill usefull usefuly usualy valide voucer warantee waranty warrenty wether
    whitout wich widerufsrecht wiederruf wiederrufsbelehrung wiederrufsrecht withing writen
    """
)
_WORD = re.compile(r"[^\W\d_]{4,24}")


def quirks_in(lifted: str) -> Iterator[tuple[str, str]]:
    """(value, as written) of the quirks in one block of text from which names have been lifted out."""
    for match in _DOUBLED.finditer(lifted):
        if match.group(1).casefold() not in _DOUBLED_RIGHTLY:
            yield _value("doubled", lifted, match), match.group()
    for match in _BLANK_BEFORE.finditer(lifted):
        yield _value("blank", lifted, match), match.group()
    for match in _TWO_SCRIPTS.finditer(lifted):
        yield f"scripts: {match.group()}", match.group()
    for match in _DIGIT_INSIDE.finditer(lifted):
        yield _value("digit", lifted, match), match.group()
    for match in _MARKS.finditer(lifted):
        yield _value("marks", lifted, match), match.group()
    for match in _WORD.finditer(lifted):
        if match.group().casefold() in _SLIPPED:
            yield _value("slip", lifted, match), match.group()


def _value(kind: str, text: str, match: re.Match[str]) -> str:
    """The quirk with two words before and two behind it, case folded."""
    before = re.findall(r"[^\W\d_]+", text[max(0, match.start() - 60) : match.start()])[-2:]
    after = re.findall(r"[^\W\d_]+", text[match.end() : match.end() + 60])[:2]
    return f"{kind}: {' '.join([*before, match.group(), *after])}".casefold()
