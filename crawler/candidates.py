"""What people give us to look at (CSV, text lines, stdin; defanged or not) becomes one candidate per storefront."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from crawler.names import is_public_suffix, registrable, tidy_host, tidy_url
from crawler.problems import InputProblem

__all__ = ["Candidate", "CandidateList", "Rejected", "parse_candidate", "read_candidates"]

#: Columns that name the address, the best first.
_COLUMNS = ("url", "site", "domain", "host")
_DELIMITERS = "\t;,"
_MAX_LINE = 4096
#: A quoted field may go over lines; one whose end does not come is a bad line and must not swallow the rest.
_MAX_FIELD_LINES = 20
_MAX_SHOWN = 80

_DEFANGED = (
    (
        re.compile(r"^\s*h(?:xx|tt|\*\*)p(s?|\[s\])\s*(?:\[://\]|:\[//\]|\[?:\]?//)", re.IGNORECASE),
        lambda m: f"http{m[1].strip('[]')}://",
    ),
    (re.compile(r"\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*", re.IGNORECASE), lambda _: "."),
    (re.compile(r"\[:\]"), lambda _: ":"),
    (re.compile(r"\[/\]"), lambda _: "/"),
)
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PORT = re.compile(r"^:\d{1,5}(?:[/?#]|$)")
_COMMENT = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One storefront to visit. ``url`` is where the visit starts; ``scheme_given`` is false for a bare domain, whose
    ``https`` is our guess; ``line`` is where it stands in the list, counted from 1."""

    site: str
    url: str
    line: int
    scheme_given: bool = True


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that names no storefront: what stands there (cut), and how to mend it."""

    line: int
    text: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text!r}: {self.reason}"


@dataclass(frozen=True, slots=True)
class CandidateList:
    """Candidates in the order given, one per site; ``duplicates`` lines named a site that an earlier line names."""

    candidates: tuple[Candidate, ...]
    rejected: tuple[Rejected, ...]
    duplicates: int


def read_candidates(source: Path | TextIO) -> CandidateList:
    """The candidates of a file or an open text stream; ``InputProblem`` where not one line is usable."""
    if isinstance(source, Path):
        name, text = str(source), _decoded(source)
    else:
        name, text = "the standard input", source.read()
    chosen: dict[str, Candidate] = {}
    rejected: list[Rejected] = []
    duplicates = 0
    for line, cell, row in _cells(text):
        found = parse_candidate(cell, line)
        if isinstance(found, Rejected) and not cell.strip():
            found = Rejected(line, row.strip()[:_MAX_SHOWN], "has nothing in the column of addresses")
        if isinstance(found, Rejected):
            rejected.append(found)
        elif found.site in chosen:
            duplicates += 1
        else:
            chosen[found.site] = found
    if not chosen:
        told = f" ({rejected[0]})" if rejected else ""
        raise InputProblem(f"{name} names no storefront{told}: give one address or domain a line, or a CSV with a column `url`.")
    return CandidateList(tuple(chosen.values()), tuple(rejected), duplicates)


def parse_candidate(text: str, line: int = 0) -> Candidate | Rejected:
    """The storefront that one address or domain names, defanged or not, or why it names none."""
    shown = text.strip()[:_MAX_SHOWN]
    if len(text) > _MAX_LINE:
        return Rejected(line, shown, "is longer than any address: give the domain only")
    fanged = _fanged(text)
    if not fanged:
        return Rejected(line, shown, "is empty: give an address or a domain")
    scheme = _SCHEME.match(fanged)
    bare = scheme is None or _PORT.match(fanged[scheme.end() - 1 :]) is not None
    if not bare and scheme is not None and scheme[1].lower() not in ("http", "https"):
        return Rejected(line, shown, f"has the scheme {scheme[1].lower()!r}: only http and https are visited")
    if bare and "@" in re.split(r"[/?#]", fanged, maxsplit=1)[0]:
        return Rejected(line, shown, "is a mail address: give the domain of the shop")
    if re.search(r"\s", fanged):
        return Rejected(line, shown, "has a space inside: give one address a line")
    url = tidy_url(f"https://{fanged.lstrip('/')}" if bare else fanged)
    if url is None:
        return Rejected(line, shown, "is no web address: write it like https://shop.example/ or shop.example")
    host = tidy_host(urlsplit(url).hostname or "") or ""
    if is_public_suffix(host):
        return Rejected(line, shown, "is no registrable domain: give the name of one shop below it")
    return Candidate(registrable(host), url, line, scheme_given=not bare)


def _fanged(text: str) -> str:
    fanged = text.strip().strip("\"'<>`\u200b\ufeff").strip()
    for pattern, instead in _DEFANGED:
        fanged = pattern.sub(instead, fanged)
    return fanged.rstrip(",;").strip()


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputProblem(f"{path} cannot be read ({error.strerror}): name a CSV or text file of candidates.") from error
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _cells(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line's number, its cell that holds the address, and all of it; empty lines and comments are left out."""
    lines = text.lstrip("\ufeff").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = _rows(lines)
    first = next(rows, None)
    if first is None:
        return
    number, head = first
    delimiter = next((d for d in _DELIMITERS if d in head and not _is_address_with(head, d)), None)
    names = [cell.strip().lower() for cell in _split(head, delimiter)]
    column = next((names.index(name) for name in _COLUMNS if name in names), None)
    if column is None:
        column = 0
        yield number, _cell(head, delimiter, column), head
    for number, row in rows:
        yield number, _cell(row, delimiter, column), row


def _is_address_with(text: str, delimiter: str) -> bool:
    """True when the delimiter is part of the one address that the line is."""
    return "://" in text and " " not in text.strip() and delimiter in urlsplit(text.strip()).query


def _rows(lines: list[str]) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(lines):
        row, taken = lines[at], 1
        if row.count('"') % 2:
            for more in range(1, min(_MAX_FIELD_LINES, len(lines) - at)):
                joined = "\n".join(lines[at : at + more + 1])
                if joined.count('"') % 2 == 0:
                    row, taken = joined, more + 1
                    break
        if row.strip() and not row.lstrip().startswith("#"):
            yield at + 1, row
        at += taken


def _cell(row: str, delimiter: str | None, column: int) -> str:
    cells = _split(row, delimiter)
    cell = cells[column] if column < len(cells) else ""
    return cell if delimiter else _COMMENT.sub("", cell)


def _split(row: str, delimiter: str | None) -> list[str]:
    if delimiter is None:
        return [row]
    try:
        return next(csv.reader([row], delimiter=delimiter, skipinitialspace=True), [""])
    except csv.Error:
        return [row]
