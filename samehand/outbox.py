"""The outbox in ``data/state.sqlite``: which digest goes to whom, what became of each letter, and what was sent last.

A digest is what is told of an interval of crawls; a letter is one digest for one recipient. Digest and letters are written in
one transaction, each step of a letter in one of its own. No clock decides what is told or whether it was: crawl ids do. A clock
only says how long a receiver that put us off is left alone, and one that was set back makes nobody wait.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from reports.escape import defang_text
from samehand.problems import StageFailed
from samehand.state import Part, open_state, transaction

__all__ = [
    "OUTBOX",
    "Address",
    "Channel",
    "DigestRow",
    "Letter",
    "Occasion",
    "Outbox",
    "State",
    "Summary",
    "digest_id",
    "open_outbox",
]

OUTBOX = Part(
    "outbox",
    (
        """CREATE TABLE outbox_bodies (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL)""",
        """CREATE TABLE outbox_digests (
            place INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            after TEXT NOT NULL,      -- crawl id of what was told before; empty: nothing was
            crawl TEXT NOT NULL,      -- the newest crawl it tells of
            occasion TEXT NOT NULL,   -- weekly | since
            severity INTEGER NOT NULL,
            marks INTEGER NOT NULL,   -- 1: what it tells need not be told again
            subject TEXT NOT NULL
        )""",
        """CREATE TABLE outbox_letters (
            digest TEXT NOT NULL REFERENCES outbox_digests (id),
            channel TEXT NOT NULL,    -- mail | webhook
            recipient TEXT NOT NULL,
            body TEXT NOT NULL REFERENCES outbox_bodies (sha256),
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            lost INTEGER NOT NULL DEFAULT 0,  -- how often all was handed over and no answer came
            tried REAL NOT NULL DEFAULT 0,    -- seconds since 1970, by a clock that may have been wrong
            wait REAL NOT NULL DEFAULT 0,     -- seconds to leave the receiver alone from then on
            said TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (digest, channel, recipient)
        )""",
    ),
)

#: Digests whose letters are kept for ``--resend``: a year of weeks.
_KEPT = 60
#: Answers that may be lost before a letter is held for a person to decide: a server that never answers would get it for ever.
_LOST = 4


class Channel(StrEnum):
    """How a letter travels."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Occasion(StrEnum):
    """WEEKLY: what is new since the last digest sent. SINCE: what is new since a crawl that somebody named."""

    WEEKLY = "weekly"
    SINCE = "since"


class State(StrEnum):
    """QUEUED to be sent; SENDING between the last byte and the answer; UNKNOWN if that answer never came.

    WITHDRAWN: the recipient is configured no more; SUPERSEDED: a later digest, which reached nobody before, tells it too.
    """

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


_MAY_HAVE_ARRIVED = (State.ACCEPTED, State.SENDING, State.UNKNOWN)
_OPEN = (State.QUEUED, State.UNKNOWN)
Address = tuple[Channel, str]


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One digest: it tells what happened after crawl ``after`` up to crawl ``crawl``."""

    id: str
    after: str
    crawl: str
    occasion: Occasion
    severity: int
    marks: bool
    subject: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One digest for one recipient. ``tried`` and ``wait`` are seconds; ``said`` is the receiver's last word."""

    digest: str
    crawl: str
    channel: Channel
    recipient: str
    body: str
    state: State
    attempts: int
    lost: int
    tried: float
    wait: float
    said: str

    @property
    def answer(self) -> str:
        """``said`` for people: servers put addresses into their answers, and a terminal would make links of them."""
        return defang_text(self.said)

    def seconds_left(self, now: float) -> float:
        """How long the receiver is still to be left alone; 0 where the clock stands before the last attempt."""
        passed = now - self.tried
        return max(self.wait - passed, 0.0) if passed >= 0 else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """For people: the last crawl that was told, and the newest letters that did not arrive, or may not have."""

    last_sent: str
    owed: tuple[Letter, ...]
    refused: tuple[Letter, ...]
    unsure: tuple[Letter, ...]


def digest_id(after: str, crawl: str) -> str:
    """The name of a digest: the same interval is the same digest, whenever and however often it is made."""
    return hashlib.sha256("\n".join(("samehand digest", after, crawl)).encode()).hexdigest()


@contextmanager
def open_outbox(path: Path) -> Iterator[Outbox]:
    """The outbox in this state file. Raises as ``open_state`` does."""
    with open_state(path, OUTBOX) as connection:
        yield Outbox(connection)


class Outbox:
    """All that is asked of and written to the outbox's tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def last_sent(self, newest: str) -> str:
        """The newest crawl, not after ``newest``, of a digest that reached somebody or may have; empty if there is none.

        Marks after ``newest`` are of findings that somebody took away (made under a wrong clock, perhaps): they count no more.
        """
        marks = ", ".join("?" * len(_MAY_HAVE_ARRIVED))
        row = self._db.execute(
            f"""SELECT max(crawl) AS crawl FROM outbox_digests AS d WHERE marks = 1 AND crawl <= ?
                AND EXISTS (SELECT 1 FROM outbox_letters AS l WHERE l.digest = d.id AND l.state IN ({marks}))""",
            (newest, *_MAY_HAVE_ARRIVED),
        ).fetchone()
        return str(row["crawl"] or "")

    def queue(self, digest: DigestRow, letters: Mapping[Address, bytes]) -> bool:
        """Write a digest and all its letters at once; False, and nothing is written, where it is there already.

        Letters of earlier digests that nobody got are superseded: their interval is part of this one.
        """
        with transaction(self._db) as db:
            if self.digest(digest.id) is not None:
                return False
            if digest.marks:
                self._supersede(db)
            db.execute(
                "INSERT INTO outbox_digests (id, after, crawl, occasion, severity, marks, subject) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (digest.id, digest.after, digest.crawl, digest.occasion, digest.severity, digest.marks, digest.subject),
            )
            for (channel, recipient), content in letters.items():
                mark = hashlib.sha256(content).hexdigest()
                # one that was emptied and is written anew has its words again
                db.execute(
                    "INSERT INTO outbox_bodies VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET content = excluded.content",
                    (mark, content),
                )
                db.execute(
                    "INSERT INTO outbox_letters (digest, channel, recipient, body, state) VALUES (?, ?, ?, ?, ?)",
                    (digest.id, channel, recipient, mark, State.QUEUED),
                )
            self._thin(db)
        return True

    def _supersede(self, db: sqlite3.Connection) -> None:
        arrived = ", ".join("?" * len(_MAY_HAVE_ARRIVED))
        db.execute(
            f"""UPDATE outbox_letters SET state = ? WHERE state = ? AND digest IN (
                    SELECT id FROM outbox_digests AS d WHERE occasion = ? AND NOT EXISTS (
                        SELECT 1 FROM outbox_letters AS l WHERE l.digest = d.id AND l.state IN ({arrived})))""",
            (State.SUPERSEDED, State.QUEUED, Occasion.WEEKLY, *_MAY_HAVE_ARRIVED),
        )

    def _thin(self, db: sqlite3.Connection) -> None:
        """Empty the bodies that no recent digest and no open letter needs."""
        db.execute(
            """UPDATE outbox_bodies SET content = x'' WHERE content <> x'' AND sha256 NOT IN (
                SELECT l.body FROM outbox_letters AS l JOIN outbox_digests AS d ON d.id = l.digest
                WHERE l.state IN (?, ?, ?) OR d.place > (SELECT max(place) FROM outbox_digests) - ?)""",
            (State.QUEUED, State.SENDING, State.UNKNOWN, _KEPT),
        )

    def digest(self, name: str) -> DigestRow | None:
        """The digest of this id."""
        row = self._db.execute("SELECT * FROM outbox_digests WHERE id = ?", (name,)).fetchone()
        return _digest_row(row) if row else None

    def newest_digest(self, crawl: str = "") -> DigestRow | None:
        """The digest queued last, of one crawl if one is named; one made for a ``--since`` only if there is no other."""
        row = self._db.execute(
            "SELECT * FROM outbox_digests WHERE ? IN ('', crawl) ORDER BY marks DESC, place DESC LIMIT 1", (crawl,)
        ).fetchone()
        return _digest_row(row) if row else None

    def letters(self, digest: str) -> tuple[Letter, ...]:
        """All letters of a digest."""
        return self._letters("l.digest = ?", (digest,))

    def newest_letters(self, channel: Channel) -> tuple[Letter, ...]:
        """The letters of the last digest that went, or is to go, this way."""
        last = self._db.execute(
            """SELECT max(d.place) AS place FROM outbox_digests AS d JOIN outbox_letters AS l ON l.digest = d.id
               WHERE l.channel = ? AND l.state NOT IN (?, ?)""",
            (channel, State.WITHDRAWN, State.SUPERSEDED),
        ).fetchone()["place"]
        found = self._letters("d.place = ? AND l.channel = ?", (last, channel))
        return tuple(letter for letter in found if letter.state not in (State.WITHDRAWN, State.SUPERSEDED))

    def open_letters(self, *, hold: bool) -> tuple[Letter, ...]:
        """Letters still to be handed over, the oldest digest first; ``hold``: mails that may have arrived are not among them."""

        def is_held(letter: Letter) -> bool:
            return letter.state is State.UNKNOWN and (letter.lost >= _LOST or (hold and letter.channel is Channel.MAIL))

        return tuple(letter for letter in self._letters("l.state IN (?, ?)", _OPEN) if not is_held(letter))

    def unsure_letters(self) -> tuple[Letter, ...]:
        """Letters that may have arrived, held ones too."""
        return self._letters("l.state = ?", (State.UNKNOWN,))

    def _letters(self, where: str, values: tuple[str | int | None, ...]) -> tuple[Letter, ...]:
        rows = self._db.execute(
            f"""SELECT l.*, d.crawl FROM outbox_letters AS l JOIN outbox_digests AS d ON d.id = l.digest
                WHERE {where} ORDER BY d.place, l.channel, l.rowid""",
            values,
        )
        return tuple(_letter(row) for row in rows)

    def body(self, letter: Letter) -> bytes:
        """The bytes of a letter; empty where it was sent so long ago that they are kept no more."""
        row = self._db.execute("SELECT content FROM outbox_bodies WHERE sha256 = ?", (letter.body,)).fetchone()
        return bytes(row["content"])

    def recover(self) -> int:
        """Letters that a dead process left between last byte and answer are unknown now. Returns how many they are."""
        said = "samehand ended before it could note the server's answer"
        return self._db.execute(
            "UPDATE outbox_letters SET state = ?, wait = 0, lost = lost + 1, said = ? WHERE state = ?",
            (State.UNKNOWN, said, State.SENDING),
        ).rowcount

    def withdraw(self, channel: Channel, keep: Collection[str]) -> tuple[Letter, ...]:
        """Open letters to recipients of this channel who are not among ``keep`` are not sent any more; returns them."""
        gone = [row for row in self._letters("l.state IN (?, ?)", _OPEN) if row.channel is channel and row.recipient not in keep]
        with transaction(self._db):
            for letter in gone:
                self.note(replace(letter, state=State.WITHDRAWN, said="configured no more"))
        return tuple(gone)

    def sending(self, letter: Letter) -> None:
        """Note that the last byte of this letter is about to leave. Raises ``StageFailed`` where another process took it."""
        taken = self._db.execute(
            "UPDATE outbox_letters SET state = ?, said = ? WHERE digest = ? AND channel = ? AND recipient = ? AND state IN (?, ?)",
            (State.SENDING, "no answer was noted", letter.digest, letter.channel, letter.recipient, *_OPEN),
        ).rowcount
        if taken != 1:
            raise StageFailed("another samehand is sending the same letters; wait for it", 75)

    def note(self, letter: Letter) -> None:
        """Write what came of an attempt: the letter as it is now."""
        self._db.execute(
            """UPDATE outbox_letters SET state = ?, said = ?, tried = ?, wait = ?, attempts = ?, lost = ?
               WHERE digest = ? AND channel = ? AND recipient = ?""",
            (
                *(letter.state, letter.said, letter.tried, letter.wait, letter.attempts, letter.lost),
                *(letter.digest, letter.channel, letter.recipient),
            ),
        )

    def again(self, letters: Collection[Letter]) -> None:
        """Queue letters anew, whatever became of them: somebody asked for it."""
        with transaction(self._db):
            for letter in letters:
                self.note(replace(letter, state=State.QUEUED, said="", wait=0.0, attempts=0, lost=0))

    def erase(self) -> tuple[Letter, ...]:
        """Empty every body, for somebody is to be forgotten; letters that were still to go are withdrawn, and returned.

        A digest that reached nobody is struck altogether, so that the next one tells its interval again, from findings without
        the forgotten. What was erased is not left in unused pages of the file either.
        """
        arrived = ", ".join("?" * len(_MAY_HAVE_ARRIVED))
        nobody = f"""SELECT id FROM outbox_digests AS d WHERE NOT EXISTS (
            SELECT 1 FROM outbox_letters AS l WHERE l.digest = d.id AND l.state IN ({arrived}))"""
        self._db.execute("PRAGMA secure_delete=ON")
        self.recover()  # what a dead process left in flight would be sent once more, without a word in it
        with transaction(self._db) as db:
            gone = self._letters("l.state IN (?, ?)", _OPEN)
            struck = [row["id"] for row in db.execute(nobody, _MAY_HAVE_ARRIVED)]
            for name in struck:
                db.execute("DELETE FROM outbox_letters WHERE digest = ?", (name,))
                db.execute("DELETE FROM outbox_digests WHERE id = ?", (name,))
            for letter in gone:
                self.note(replace(letter, state=State.WITHDRAWN, said="withdrawn: a site that it may name was forgotten"))
            db.execute("UPDATE outbox_bodies SET content = x''")
            db.execute("UPDATE outbox_digests SET subject = ''")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def summary(self) -> Summary:
        """How things stand; of what was refused or unsure, each recipient's newest letter."""
        newest: dict[Address, Letter] = {}
        for letter in self._letters("l.state NOT IN (?, ?)", (State.WITHDRAWN, State.SUPERSEDED)):
            newest[letter.channel, letter.recipient] = letter
        return Summary(
            last_sent=self.last_sent("~"),
            owed=self._letters("l.state = ?", (State.QUEUED,)),
            refused=tuple(letter for letter in newest.values() if letter.state is State.REFUSED),
            unsure=self._letters("l.state IN (?, ?)", (State.UNKNOWN, State.SENDING)),
        )


def _digest_row(row: sqlite3.Row) -> DigestRow:
    return DigestRow(
        row["id"], row["after"], row["crawl"], Occasion(row["occasion"]), row["severity"], bool(row["marks"]), row["subject"]
    )


def _letter(row: sqlite3.Row) -> Letter:
    return Letter(
        row["digest"],
        row["crawl"],
        Channel(row["channel"]),
        row["recipient"],
        row["body"],
        State(row["state"]),
        row["attempts"],
        row["lost"],
        row["tried"],
        row["wait"],
        row["said"],
    )
