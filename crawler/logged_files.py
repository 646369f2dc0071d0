"""Certificates that somebody brings from elsewhere: crt.sh's JSON, or CSV. Read whole, or refused with file, line and mend.

``docs/formats.md`` (Certificate lists) describes both. Nothing here was seen at a handshake: a logged certificate may never
have been served, and a search of crt.sh may give of its names only those that match the search.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from crawler.names import tidy_host
from crawler.problems import InputProblem

__all__ = ["COLUMNS", "Row", "read_rows"]

#: The columns of a CSV file; one of the first two must be there.
COLUMNS = ("host", "names", "spki", "issuer", "serial", "not_before", "not_after")
_MAX_BYTES = 64 * 1024 * 1024
_MAX_ROWS = 200_000
_MAX_NAMES = 500_000
#: Characters of one text: the longest lists of names are of some thousand.
_MAX_FIELD = 1_000_000
_MAX_TEXT = 2000
_MAX_SHOWN = 80
_DELIMITERS = ("\t", ";", ",")
_BETWEEN_NAMES = re.compile(r"[\s;,|]+")
_HEX = re.compile(r"[0-9a-f]{1,64}")
_SPACE = re.compile(r"[ \t\r\n]*")
_DAY = 10  # characters of a date without a time
_AS_IT_CAME = "give the answer of crt.sh with output=json as it came"


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says of a certificate. ``is_whole``: it lists the certificate's names, not just the one it was found by;
    ``number`` is crt.sh's own; times are ``YYYY-MM-DDTHH:MM:SSZ``; empty where not told."""

    names: frozenset[str]
    is_whole: bool = False
    spki: str = ""
    issuer: str = ""
    serial: str = ""
    number: str = ""
    not_before: str = ""
    not_after: str = ""


class _Bad(Exception):
    """Why a row cannot be used, with the mend; ``line`` where it is not the one that was read last."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Each row with the line it begins on; ``InputProblem`` for the first that cannot be used."""
    text = _text(path)
    start = text.lstrip()[:1]
    if not start:
        raise InputProblem(f"{path} is empty: give crt.sh's JSON, or CSV with a column host or names.")
    line = count = names = 0
    try:
        for line, make in _objects(text) if start in "[{" else _cells(text):
            row = make()
            count, names = count + 1, names + len(row.names)
            if count > _MAX_ROWS or names > _MAX_NAMES:
                what = f"{_MAX_ROWS:,} rows" if count > _MAX_ROWS else f"{_MAX_NAMES:,} names"
                raise _Bad(f"more than {what}; keep the rows of the sites that you import")
            yield line, row
    except _Bad as bad:
        raise InputProblem(f"{path}, line {bad.line or line}: {bad}. Nothing was imported.") from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise InputProblem(f"{path} cannot be read ({error.strerror}): name a file of certificates.") from error
    if len(raw) > _MAX_BYTES:
        raise InputProblem(f"{path} is larger than {_MAX_BYTES // 1024**2} MB: keep the certificates of the sites that you import.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputProblem(
            f"{path}, line {line}: not UTF-8 text; save it as JSON or CSV in UTF-8. Nothing was imported."
        ) from error


def _objects(text: str) -> Iterator[tuple[int, Callable[[], Row]]]:
    """The items of a list, or objects one after another, with the lines they begin on."""
    decoder = json.JSONDecoder()
    at, line, counted = _skip(text, 0), 1, 0
    is_list = text[at] == "["
    at = _skip(text, at + 1) if is_list else at
    while at < len(text) and not (is_list and text[at] == "]"):
        line, counted = line + text.count("\n", counted, at), at
        try:
            item, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _Bad(f"no JSON ({error.msg}); {_AS_IT_CAME}", error.lineno) from None
        except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
            raise _Bad(f"JSON that no list of certificates holds; {_AS_IT_CAME}", line) from None
        yield line, partial(_of_object, item)
        at = _skip(text, at)
        if is_list and text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif is_list and text[at : at + 1] != "]":
            break
    if is_list and text[at:].strip() != "]":
        raise _Bad(f"the list breaks off or goes on wrongly; {_AS_IT_CAME}", line + text.count("\n", counted, at))


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _of_object(item: object) -> Row:
    if not isinstance(item, dict):
        raise _Bad("no object; give one object a certificate, as crt.sh does")
    texts = {name: _told(item, name) for name in ("name_value", "common_name", "issuer_name", "serial_number")}
    if not texts["name_value"] and not texts["common_name"]:
        raise _Bad(f"neither name_value nor common_name; {_AS_IT_CAME}")
    found = (_name(text) for text in (*texts["name_value"].split("\n"), texts["common_name"]))
    number = item.get("id")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**63):
        raise _Bad(f"an id that is no number; {_AS_IT_CAME}")
    return _row(
        # names of people and firms stand there too: they cover no host
        frozenset(name for name in found if name),
        issuer=texts["issuer_name"],
        serial=texts["serial_number"],
        number="" if number is None else str(number),
        not_before=_told(item, "not_before"),
        not_after=_told(item, "not_after"),
    )


def _told(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Bad(f"{name} is no text; {_AS_IT_CAME}")
    if len(value) > _MAX_FIELD:
        raise _Bad(f"{name} is longer than in any certificate; remove the row")
    return value.strip()


def _cells(text: str) -> Iterator[tuple[int, Callable[[], Row]]]:
    """The rows of a CSV file by column, with the lines they begin on."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = next((mark for mark in _DELIMITERS if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    head: list[str] = []
    line = 1
    try:
        for cells in reader:
            given = [cell.strip() for cell in cells]
            if any(given) and not head:
                head = _head([cell.lower() for cell in given], line)
            elif any(given):
                if len(given) != len(head):
                    raise _Bad(f"{len(given)} cells where the head has {len(head)}; quote cells that hold a delimiter", line)
                yield line, partial(_of_cells, dict(zip(head, given, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _Bad(f"no CSV ({error}); quote cells that hold a delimiter, a quote or a new line", line) from None


def _head(cells: list[str], line: int) -> list[str]:
    if not {"host", "names"} & set(cells):
        raise _Bad("no column host or names in the head; give CSV with one of them, or crt.sh's JSON", line)
    for cell in cells:
        if cell not in COLUMNS:
            raise _Bad(f"no column is named {_shown(cell)}; rename or remove it, the columns are {', '.join(COLUMNS)}", line)
    if len(set(cells)) < len(cells):
        raise _Bad("a column stands there twice; remove one", line)
    return cells


def _of_cells(row: Mapping[str, str]) -> Row:
    listed = [name for name in _BETWEEN_NAMES.split(row.get("names", "")) if name]
    given = [*listed, *filter(None, [row.get("host", "")])]
    if not given:
        raise _Bad("neither host nor names; fill one of them or remove the row")
    names = set()
    for text in given:
        name = _name(text)
        if name is None:
            raise _Bad(f"{_shown(text)} is no host name; write it like www.shop.example or *.shop.example")
        names.add(name)
    spki = row.get("spki", "").replace(":", "").lower()
    if spki and not (len(spki) == 64 and _HEX.fullmatch(spki)):
        raise _Bad(f"{_shown(spki)} is no public key's SHA-256; write its 64 hexadecimal digits or leave the cell empty")
    told = {name: row.get(name, "") for name in ("issuer", "serial", "not_before", "not_after")}
    return replace(_row(frozenset(names), **told), spki=spki, is_whole=bool(listed))


def _row(names: frozenset[str], issuer: str, serial: str, not_before: str, not_after: str, number: str = "") -> Row:
    tidy = serial.replace(":", "").replace(" ", "").lower().removeprefix("0x")
    if tidy and not _HEX.fullmatch(tidy):
        raise _Bad(f"{_shown(serial)} is no serial number; write its hexadecimal digits or leave it out")
    begins, ends = _moment(not_before, "not_before"), _moment(not_after, "not_after", is_end=True)
    if begins and ends and ends < begins:
        raise _Bad(f"not_after {ends} lies before not_before {begins}; mend or leave out one of them")
    issuer = " ".join(issuer.encode("utf-8", "replace").decode().split())[:_MAX_TEXT]
    return Row(names, issuer=issuer, serial=tidy.lstrip("0") or tidy, number=number, not_before=begins, not_after=ends)


def _moment(text: str, name: str, *, is_end: bool = False) -> str:
    """UTC to the second. A time without zone is UTC, as crt.sh writes it; an end that is a day is that whole day."""
    if not text:
        return ""
    try:
        found = datetime.fromisoformat(text)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        if is_end and len(text) <= _DAY:
            found += timedelta(days=1, seconds=-1)
    except (ValueError, OverflowError):
        raise _Bad(f"{name} {_shown(text)} is no date; write it like 2026-03-02 or 2026-03-02T06:00:00Z") from None
    return f"{found.replace(tzinfo=None, microsecond=0).isoformat()}Z"


def _name(text: str) -> str | None:
    """A host name or address, or a wildcard for one label, in lower case and A-labels; None for anything else."""
    plain = text.strip().replace("[.]", ".")
    is_wild = plain.startswith("*.")
    host = tidy_host(plain[2:] if is_wild else plain)
    if host is None or not ("." in host or ":" in host):
        return None
    return f"*.{host}" if is_wild else host


def _shown(text: str) -> str:
    return repr(text[:_MAX_SHOWN])
