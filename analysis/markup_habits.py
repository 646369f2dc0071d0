"""The generator's noise: how a page's source was typed, whatever it says.

Template authors and code generators each have their habits. Read from the raw source, since a parser forgets attribute
quoting, tag case and white space. Every pattern is bounded or possessive: a page of two million characters costs a
fraction of its parsing.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

__all__ = ["comments", "habits", "without_code"]

#: Characters of the source that are read; habits show long before.
_READ = 120_000
_TAGS_READ = 1_000
_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,30})([^<>]{0,1500}+)>")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]{1,40}+)(?:(\s{0,3}=\s{0,3})("[^"]{0,1400}+"|'[^']{0,1400}+'|[^\s"'>]{1,1400}+)?)?""")
_CODE_OPENS = re.compile(r"<(script|style)\b[^<>]{0,1500}+>", re.IGNORECASE)
_CODE_CLOSES = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_COMMENTS_READ = 600
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


def habits(html: str, markup: str | None = None) -> Counter[str]:
    """Habits of one page as words, each with the number of times seen; ``markup`` is ``without_code(html)`` where known."""
    source = html[:_READ]
    markup = without_code(html) if markup is None else markup
    found: Counter[str] = Counter()
    start = source.lstrip("\ufeff \t\r\n")[:200]
    if start[:9].lower() == "<!doctype":
        found[f"doctype {start[: start.find('>') + 1]}"] += 1
    _lines(source, found)
    for (name, inside), times in Counter(tag.groups() for tag in islice(_TAG.finditer(markup), _TAGS_READ)).items():
        for habit, count in _tag_habits(name, inside):
            found[habit] += times * count
    for entity, times in Counter(_ENTITY.findall(markup)[:_TAGS_READ]).items():
        found[f"entity {entity}"] += times
    for text in _raw_comments(markup):
        shape = _WORD_RUN.sub("a", text[:80]) if len(text) <= 80 else "long"
        found[f"comment shape {shape[:40]}"] += 1
    return found


def comments(html: str, markup: str | None = None) -> list[str]:
    """Comments with words of their own, white space collapsed, in order, at most 200 characters each."""
    found: dict[str, None] = {}
    for text in _raw_comments(without_code(html) if markup is None else markup):
        plain = _SPACE.sub(" ", text).strip(" -=*#/\t\r\n")[:200]
        letters = len(_LETTERS.findall(plain))
        low = plain.lower()
        if letters >= 10 and letters * 2 >= len(plain) and "<" not in plain and not low.startswith(_DULL_COMMENTS):
            found[plain] = None
    return list(found)


def without_code(html: str) -> str:
    """The part of a page's source that is read, without the bodies of scripts and style sheets, where ``a<b`` is no tag."""
    source = html[:_READ]
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


def _raw_comments(source: str) -> list[str]:
    found: list[str] = []
    position = 0
    while len(found) < _COMMENTS_READ and (start := source.find("<!--", position)) >= 0:
        end = source.find("-->", start + 4)
        if end < 0:
            break
        found.append(source[start + 4 : min(end, start + 604)])
        position = end + 3
    return found


def _lines(source: str, found: Counter[str]) -> None:
    """Indentation, line ends, trailing space, blank lines; shares of lines rather than counts, for pages differ in length."""
    if "\r\n" in source[:20_000]:
        found["lines end CRLF"] += 1
    lines = source[:100_000].splitlines()
    if len(lines) < 20:
        found["one long line" if len(source) > 2_000 else "short source"] += 1
        return
    bare = [line.lstrip(" \t") for line in lines]
    depths: Counter[str] = Counter()
    for (indent, blank), count in Counter(
        (line[: len(line) - len(rest)], not rest) for line, rest in zip(lines, bare, strict=True)
    ).items():
        if blank:
            depths["blank"] += count
        elif "\t" in indent:
            depths["mixed" if " " in indent else "tab"] += count
        elif indent:
            depths["by 4" if len(indent) % 4 == 0 else "by 2" if len(indent) % 2 == 0 else "odd"] += count
    if trailing := sum(line.endswith((" ", "\t")) for line in lines):
        depths["trailing"] = trailing
    for habit, count in depths.items():
        found[f"indent {habit} {round(10 * count / len(lines))}/10"] += 1


@lru_cache(maxsize=8_192)
def _tag_habits(name: str, inside: str) -> tuple[tuple[str, int], ...]:
    """Habits of one tag, each with the number of times seen; cards and menus repeat theirs, on one page and on all."""
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
