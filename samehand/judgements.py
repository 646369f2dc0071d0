"""Analysts' decisions in ``data/state.sqlite``: rows are added and never changed, and go out and in as CSV.

This module is the table's only writer and reader, and the CSV form's. A decision is kept with who, when and why; a later
one on the same pair or value wins, and the earlier one stays in the history.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.linkage.judgements import PAIR_VERDICTS, VALUE_VERDICTS, Judgement, Verdict
from crawler.candidates import Rejected, parse_candidate
from crawler.names import naming
from reports.escape import csv_line, scrub, unneutralise
from samehand.problems import BadInput
from samehand.state import Part, open_state, transaction

__all__ = [
    "COLUMNS",
    "MOMENT",
    "Entry",
    "add",
    "as_csv",
    "bring_in",
    "new_entry",
    "now",
    "read_csv",
    "recorded",
    "site_named",
    "strike",
]

#: Columns of the table and of the CSV, in order; ``id`` counts the recordings and is ignored when rows are brought in.
COLUMNS = ("id", "when", "who", "verdict", "site_a", "site_b", "kind", "value", "why")
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
#: Longest text that is kept of one cell; longer ones are refused rather than cut.
_LONGEST = 4000
_KIND = re.compile(r"[a-z0-9_]{1,40}\.[a-z0-9_]{1,60}")
#: How far the clock of whoever judged may be ahead of ours.
_AHEAD = timedelta(days=1)
_SHOWN_PROBLEMS = 5

_NOT_DELETED = (
    "CREATE TRIGGER judgements_are_not_deleted BEFORE DELETE ON judgements "
    "BEGIN SELECT RAISE(ABORT, 'judgements are added, never deleted'); END"
)
_PART = Part(
    "judgements",
    (
        "CREATE TABLE judgements ("
        "id INTEGER PRIMARY KEY AUTOINCREMENT, judged_at TEXT NOT NULL, who TEXT NOT NULL, verdict TEXT NOT NULL, "
        "site_a TEXT NOT NULL, site_b TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, why TEXT NOT NULL)",
        "CREATE TRIGGER judgements_are_not_changed BEFORE UPDATE ON judgements "
        "BEGIN SELECT RAISE(ABORT, 'judgements are added, never changed'); END",
        _NOT_DELETED,
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A judgement that has no number yet, with the line it stands on in a file (0: typed)."""

    judgement: Judgement
    line: int = 0


def now() -> str:
    """This second, in UTC."""
    return datetime.now(UTC).strftime(MOMENT)


def recorded(state: Path) -> tuple[Judgement, ...]:
    """The whole history, oldest recording first; empty where nothing was ever recorded."""
    if not state.is_file():
        return ()
    with open_state(state, _PART) as connection:
        rows = connection.execute(
            "SELECT id, judged_at, who, verdict, why, site_a, site_b, kind, value FROM judgements ORDER BY id"
        ).fetchall()
    return tuple(Judgement(row[0], row[1], row[2], Verdict(row[3]), *row[4:]) for row in rows)


def add(state: Path, judgement: Judgement) -> Judgement:
    """Record one judgement; it comes back with its number. What is acknowledged survives a power cut."""
    with open_state(state, _PART) as connection, transaction(connection):
        return _insert(connection, judgement)


def bring_in(state: Path, judgements: Sequence[Judgement]) -> int:
    """Record those that are not there yet, all or none; returns how many were added."""
    with open_state(state, _PART) as connection, transaction(connection):
        known = Counter(
            tuple(row)
            for row in connection.execute("SELECT judged_at, who, verdict, why, site_a, site_b, kind, value FROM judgements")
        )
        added = 0
        for item in judgements:
            key = (item.when, item.who, str(item.verdict), item.why, item.site_a, item.site_b, item.kind, item.value)
            if known[key]:
                known[key] -= 1
                continue
            _insert(connection, item)
            added += 1
    return added


def strike(state: Path, site: str) -> int:
    """Take out every judgement that names a site which is to be forgotten: the one case in which history goes. How many went."""
    if not state.is_file():
        return 0
    named = naming(site)
    with open_state(state, _PART) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        with transaction(connection):
            rows = connection.execute("SELECT id, site_a, site_b, value, why FROM judgements").fetchall()
            gone = [(row["id"],) for row in rows if any(named.search(text) for text in tuple(row)[1:])]
            connection.execute("DROP TRIGGER judgements_are_not_deleted")
            connection.executemany("DELETE FROM judgements WHERE id = ?", gone)
            connection.execute(_NOT_DELETED)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(gone)


def _insert(connection: sqlite3.Connection, item: Judgement) -> Judgement:
    cursor = connection.execute(
        "INSERT INTO judgements (judged_at, who, verdict, site_a, site_b, kind, value, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (item.when, item.who, str(item.verdict), item.site_a, item.site_b, item.kind, item.value, item.why),
    )
    return replace(item, number=cursor.lastrowid or 0)


def new_entry(
    verdict: str, *, who: str, why: str, when: str, sites: tuple[str, str] | None = None, value: tuple[str, str] | None = None
) -> Judgement:
    """A judgement of two sites or of one (kind, value), checked. Raises ``BadInput`` with what is wrong and its mend."""
    if (sites is None) == (value is None):
        raise BadInput("a judgement is of two storefronts or of one value: give site_a and site_b, or kind and value")
    allowed = PAIR_VERDICTS if sites is not None else VALUE_VERDICTS
    if verdict not in [str(item) for item in allowed]:
        of = "two storefronts" if sites is not None else "a value"
        raise BadInput(f"{verdict or 'nothing'}: no verdict on {of}; say {', '.join(allowed[:-1])} or {allowed[-1]}")
    who, why = scrub(who).strip(), scrub(why).strip()
    for name, text in (("who", who), ("why", why)):
        if not text:
            raise BadInput(f"a judgement needs {name}: give --{name} TEXT, or fill the column {name}")
        if len(text) > _LONGEST or "\x00" in text:
            raise BadInput(f"{name} must be at most {_LONGEST} characters without NUL")
    if sites is not None:
        a, b = sorted(site_named(name) for name in sites)
        if a == b:
            raise BadInput(f"{a}: a storefront cannot be judged beside itself; name two")
        return Judgement(0, when, who, Verdict(verdict), why, a, b)
    assert value is not None
    kind, text = value[0].strip(), scrub(value[1])
    if not _KIND.fullmatch(kind) or not text.strip() or "\x00" in text:
        raise BadInput(
            f"{kind or 'nothing'}: give a kind such as payment.merchant_id and a value; docs/evidence.md lists the kinds"
        )
    return Judgement(0, when, who, Verdict(verdict), why, kind=kind, value=text)


def site_named(text: str) -> str:
    """The storefront that an address or a domain names, as candidates are read."""
    found = parse_candidate(text)
    if isinstance(found, Rejected):
        raise BadInput(f"{found.text or 'an empty name'} {found.reason}")
    return found.site


def as_csv(judgements: Iterable[Judgement]) -> str:
    """The history as CSV, oldest recording first; cells that a spreadsheet could take for a formula are defused."""
    lines = [csv_line(COLUMNS)]
    for item in judgements:
        texts = (item.when, item.who, str(item.verdict), item.site_a, item.site_b, item.kind, item.value, item.why)
        lines.append(csv_line((item.number, *texts)))
    return "".join(lines)


def read_csv(path: Path, *, who: str, when: str) -> tuple[Entry, ...]:
    """The judgements of a CSV file, in its order; ``who`` and ``when`` fill cells or columns that are not there.

    Rows without a verdict are open questions and are passed over. Raises ``BadInput`` that names file and lines when any row
    cannot be used: nothing is brought in half.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 text ({error.reason}); save it as CSV UTF-8") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}); name a CSV file") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    entries: list[Entry] = []
    problems: list[str] = []
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        if "verdict" not in head or not ({"site_a", "site_b"} <= set(head) or {"kind", "value"} <= set(head)):
            raise BadInput(
                f"{path}, line 1: needs a head with verdict, and site_a and site_b or kind and value; also who, when, why"
            )
        line = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(head):
                problems.append(f"line {line} has {len(cells)} cells where the head has {len(head)}")
            elif cells:
                row = {name: unneutralise(cell) for name, cell in zip(head, cells, strict=True)}
                try:
                    if row["verdict"].strip():
                        entries.append(Entry(_of_row(row, who, when), line))
                except BadInput as problem:
                    problems.append(f"line {line}: {problem}")
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(f"line {reader.line_num}: no CSV ({error})")
    if problems:
        more = f" | and {len(problems) - _SHOWN_PROBLEMS} more" if len(problems) > _SHOWN_PROBLEMS else ""
        raise BadInput(f"{path}: {' | '.join(problems[:_SHOWN_PROBLEMS])}{more}; nothing was brought in, mend these and try again")
    return tuple(entries)


def _of_row(row: dict[str, str], who: str, when: str) -> Judgement:
    sites, value = (row.get("site_a", ""), row.get("site_b", "")), (row.get("kind", ""), row.get("value", ""))
    return new_entry(
        row["verdict"].strip().lower(),
        who=row.get("who", "").strip() or who,
        why=row.get("why", ""),
        when=_moment(row.get("when", "").strip() or when, when),
        sites=(sites[0], sites[1]) if any(sites) else None,
        value=value if any(value) else None,
    )


def _moment(text: str, latest: str) -> str:
    try:
        given = datetime.strptime(text, MOMENT)
    except ValueError:
        raise BadInput(f"{text}: no time; write it in UTC as 2026-03-02T06:00:00Z") from None
    if given > datetime.strptime(latest, MOMENT) + _AHEAD:
        raise BadInput(f"{text}: lies in the future and would outrank every later judgement; mend the date")
    return given.strftime(MOMENT)
