"""The generator's noise: how a page's source was typed, whatever it says.

Template authors and code generators each have their habits. Read from the raw source, since a parser forgets attribute
quoting, tag case and white space. Every pattern is bounded or possessive: a page of two million characters costs a
fraction of its parsing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import NamedTuple

from analysis.structure.snippet_comments import is_of_snippet

__all__ = ["Source", "comments", "habits", "source_of"]

#: Characters of the source that are read; habits show long before.
_READ = 120_000
_TAGS_READ = 1_000
_TAG = re.compile(r"<([A-Za-z][^<>]{0,1530}+)>")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:-]{0,30}")
#: A value that says nothing about how it was typed but that it is in double quotes.
_QUOTED = re.compile(r'="[^"<>]{0,1400}+"')
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]{1,40}+)(?:(\s{0,3}=\s{0,3})("[^"]{0,1400}+"|'[^']{0,1400}+'|[^\s"'>]{1,1400}+)?)?""")
_CODE_OPENS = re.compile(r"<(script|style)\b[^<>]{0,1500}+>", re.IGNORECASE)
_CODE_CLOSES = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_COMMENTS_READ = 600
#: The beginning of a line: its indentation, and the first character behind that.
_LINE_STARTS = re.compile(r"\n[ \t]*+[^\n]?")
_TRAILING = re.compile(r"\n(?<=[ \t]\n)")
_LINE_END = "\n"
#: What else than a line feed ends a line.
_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});?")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source"})
_SPACE = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]")
_WORD_RUN = re.compile(r"[^\W_]+")
#: Comments of browsers' quirks, page builders' machinery and optimisers: everywhere, or changing with each response.
_DULL_COMMENTS = (
    "[if",
    "<![endif",
    "[endif",
    "google tag manager",
    "end google",
    "googleoff",
    "googleon",
    "facebook pixel",
    "yandex.metrika",
    "/yandex",
    "wp:",
    "/wp:",
    "ko ",
    "/ko",
    "react-",
    "server-side",
    "cached",
    "cache ",
    "page generated",
    "generated in",
    "saved from url",
    "mirrored from",
    "added by httrack",
    "/added by httrack",
    "noindex",
    "/noindex",
)


class Source(NamedTuple):
    """What is read of a page's source: its ``start``; the ``markup`` of that, the bodies of scripts and style sheets left out,
    where ``a<b`` is no tag; what the comments in it say.
    """

    start: str
    markup: str
    comments: list[str]


def source_of(html: str) -> Source:
    """The part of a page's source that is read."""
    start = html[:_READ]
    markup = _without_code(start)
    return Source(start, markup, _written_comments(markup))


def habits(source: Source) -> dict[str, int]:
    """Habits of one page as words, each with the number of times seen."""
    found: defaultdict[str, int] = defaultdict(int)
    start = source.start.lstrip("\ufeff \t\r\n")[:200]
    if start[:9].lower() == "<!doctype":
        found[f"doctype {start[: start.find('>') + 1]}"] += 1
    _lines(source.start, found)
    for tag, times in Counter(_TAG.findall(_QUOTED.sub('=""', source.markup))[:_TAGS_READ]).items():
        for habit, count in _tag_habits(tag):
            found[habit] += times * count
    for entity, times in Counter(_ENTITY.findall(source.markup)[:_TAGS_READ]).items():
        found[f"entity {entity}"] += times
    for comment in source.comments:
        found[_comment_shape(comment)] += 1
    return found


def comments(source: Source) -> list[str]:
    """Comments with words of their own, white space collapsed, in order, at most 200 characters each."""
    return list(dict.fromkeys(filter(None, map(_telling, source.comments))))


def _without_code(source: str) -> str:
    kept = []
    position = 0
    while opens := _CODE_OPENS.search(source, position):
        kept.append(source[position : opens.end()])
        closes = _CODE_CLOSES[opens[1].lower()].search(source, opens.end())
        if closes is None:
            return "".join(kept)
        position = closes.start()
    kept.append(source[position:])
    return "".join(kept)


def _written_comments(markup: str) -> list[str]:
    found: list[str] = []
    position = 0
    while len(found) < _COMMENTS_READ and (start := markup.find("<!--", position)) >= 0:
        end = markup.find("-->", start + 4)
        if end < 0:
            break
        found.append(markup[start + 4 : min(end, start + 604)])
        position = end + 3
    return found


def _lines(source: str, found: dict[str, int]) -> None:
    """Indentation, line ends, trailing space, blank lines; shares of lines rather than counts, for pages differ in length."""
    source = source[:100_000]
    if "\r" in source and "\r\n" in source[:20_000]:
        found["lines end CRLF"] = 1
    if any(end in source for end in _LINE_ENDS):
        source = "\n".join(source.splitlines())
    starts = _LINE_STARTS.findall(f"\n{source.removesuffix(_LINE_END)}")
    if len(starts) < 20:
        found["one long line" if len(source) > 2_000 else "short source"] = 1
        return
    depths: defaultdict[str, int] = defaultdict(int)
    for start, count in Counter(starts).items():
        depths[_indentation(start)] += count
    depths.pop("", None)
    if trailing := len(_TRAILING.findall(source)) + source.endswith((" ", "\t")):
        depths["trailing"] = trailing
    for habit, count in depths.items():
        found[f"indent {habit} {round(10 * count / len(starts))}/10"] = 1


@lru_cache(maxsize=1_024)
def _indentation(start: str) -> str:
    """The kind of indentation that a line starts with; empty for none."""
    indent = start[1:] if start[-1] in "\n \t" else start[1:-1]
    if len(indent) == len(start) - 1:
        return "blank"
    if "\t" in indent:
        return "mixed" if " " in indent else "tab"
    return ("by 4" if len(indent) % 4 == 0 else "by 2" if len(indent) % 2 == 0 else "odd") if indent else ""


@lru_cache(maxsize=2_048)
def _telling(comment: str) -> str:
    """A comment with words of its own as it is told; empty for others."""
    plain = _SPACE.sub(" ", comment).strip(" -=*#/\t\r\n")[:200]
    letters = len(_LETTERS.findall(plain))
    lowered = plain.lower()
    is_dull = letters < 10 or letters * 2 < len(plain) or "<" in plain or lowered.startswith(_DULL_COMMENTS)
    return "" if is_dull or is_of_snippet(lowered) else plain


@lru_cache(maxsize=2_048)
def _comment_shape(comment: str) -> str:
    shape = _WORD_RUN.sub("a", comment[:80]) if len(comment) <= 80 else "long"
    return f"comment shape {shape[:40]}"


@lru_cache(maxsize=8_192)
def _tag_habits(tag: str) -> tuple[tuple[str, int], ...]:
    """Habits of one tag, each with the number of times seen; tags that differ in their values alone are one here."""
    named = _NAME.match(tag)
    if named is None:
        return ()
    name, inside = named[0], tag[named.end() :]
    found: Counter[str] = Counter()
    low = name.lower()
    if name != low:
        found[f"case {'upper' if name.isupper() else 'mixed'} {low}"] += 1
    if low in _VOID:
        found[f"void {low} {'slash' if inside.endswith('/') else 'bare'}{' after space' if inside.endswith(' /') else ''}"] += 1
    if not inside or inside.isspace():
        return tuple(found.items())
    names = []
    for attribute in _ATTRIBUTE.finditer(inside):
        key, equals, value = attribute[1], attribute[2], attribute[3]
        if not key[0].isalpha():
            continue
        names.append(key.lower())
        quote = "none" if equals is None else value[0] if value and value[0] in "\"'" else "bare"
        if quote != '"':
            found[f"quote {low} {key.lower()} {quote}"] += 1
        if equals is not None and equals != "=":
            found[f"space around = {low}"] += 1
        if len(names) == 12:
            break
    if len(names) > 1:
        found[f"order {low} {' '.join(names)}"] += 1
    return tuple(found.items())
