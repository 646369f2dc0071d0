"""The outbox: a digest and its letters at once, each step of a letter noted, no clock that decides anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samehand.outbox import Channel, DigestRow, Letter, Occasion, Outbox, State, digest_id, open_outbox
from samehand.problems import StageFailed

ANN, BO, HOOK = (Channel.MAIL, "ann@x.example"), (Channel.MAIL, "bo@x.example"), (Channel.WEBHOOK, "webhook")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with open_outbox(tmp_path / "state.sqlite") as opened:
        yield opened


def digest(after: str, crawl: str, *, marks: bool = True, occasion: Occasion = Occasion.WEEKLY) -> DigestRow:
    return DigestRow(digest_id(after, crawl), after, crawl, occasion, 2, marks, f"up to {crawl}")


def queue(outbox: Outbox, after: str, crawl: str, *addresses: tuple[Channel, str]) -> str:
    made = digest(after, crawl)
    assert outbox.queue(made, {address: f"letter of {crawl}".encode() for address in addresses or (ANN, BO)})
    return made.id


def settle(outbox: Outbox, name: str, state: State, *recipients: str) -> None:
    for letter in outbox.letters(name):
        if not recipients or letter.recipient in recipients:
            outbox.note(replace(letter, state=state))


def states(outbox: Outbox, name: str) -> dict[str, State]:
    return {letter.recipient: letter.state for letter in outbox.letters(name)}


def test_a_digest_is_queued_once_with_all_its_letters(outbox: Outbox) -> None:
    name = queue(outbox, "", "A", ANN, BO, HOOK)
    assert not outbox.queue(digest("", "A"), {ANN: b"another"})
    letters = outbox.letters(name)
    assert [(row.channel, row.recipient, row.state) for row in letters] == [(*row, State.QUEUED) for row in (ANN, BO, HOOK)]
    assert {outbox.body(row) for row in letters} == {b"letter of A"}


def test_a_letter_that_cannot_be_written_leaves_no_digest(outbox: Outbox) -> None:
    with pytest.raises(sqlite3.Error):
        outbox.queue(digest("", "A"), {ANN: b"good", (Channel.MAIL, None): b"bad"})  # type: ignore[dict-item]
    assert outbox.newest_digest() is None
    assert outbox.open_letters(hold=False) == ()


def test_what_was_sent_is_what_somebody_got_or_may_have_got(outbox: Outbox) -> None:
    assert outbox.last_sent("Z") == ""
    first = queue(outbox, "", "A")
    assert outbox.last_sent("Z") == ""
    settle(outbox, first, State.REFUSED, "ann@x.example")
    assert outbox.last_sent("Z") == ""
    settle(outbox, first, State.UNKNOWN, "bo@x.example")
    assert outbox.last_sent("Z") == "A"
    settle(outbox, first, State.ACCEPTED, "bo@x.example")
    queue(outbox, "A", "B")
    assert outbox.last_sent("Z") == "A"


def test_marks_of_findings_that_were_taken_away_count_no_more(outbox: Outbox) -> None:
    """A crawl made while the clock was years ahead must not silence the digest until then."""
    settle(outbox, queue(outbox, "", "20260302T060000Z"), State.ACCEPTED)
    settle(outbox, queue(outbox, "20260302T060000Z", "20360302T060000Z"), State.ACCEPTED)
    assert outbox.last_sent("20360302T060000Z") == "20360302T060000Z"
    assert outbox.last_sent("20260309T060000Z") == "20260302T060000Z"


def test_a_digest_that_reached_nobody_is_told_by_the_next_one(outbox: Outbox) -> None:
    first = queue(outbox, "", "A")
    second = queue(outbox, "", "B")
    assert set(states(outbox, first).values()) == {State.SUPERSEDED}
    settle(outbox, second, State.ACCEPTED, "ann@x.example")
    third = queue(outbox, "B", "C")
    assert states(outbox, second) == {"ann@x.example": State.ACCEPTED, "bo@x.example": State.QUEUED}
    assert [row.digest for row in outbox.open_letters(hold=False)] == [second, third, third]


def test_what_somebody_asked_for_is_not_superseded(outbox: Outbox) -> None:
    asked = digest("A", "C", marks=False, occasion=Occasion.SINCE)
    outbox.queue(asked, {ANN: b"asked"})
    queue(outbox, "", "D")
    assert states(outbox, asked.id) == {"ann@x.example": State.QUEUED}
    settle(outbox, asked.id, State.ACCEPTED)
    assert outbox.last_sent("Z") == ""


def test_who_died_before_the_answer_leaves_a_question(outbox: Outbox, tmp_path: Path) -> None:
    name = queue(outbox, "", "A")
    ann, bo = outbox.letters(name)
    outbox.sending(ann)
    with open_outbox(tmp_path / "state.sqlite") as later:
        assert later.recover() == 1
        assert states(later, name) == {"ann@x.example": State.UNKNOWN, "bo@x.example": State.QUEUED}
        assert [row.recipient for row in later.open_letters(hold=False)] == ["ann@x.example", "bo@x.example"]
        assert [row.recipient for row in later.open_letters(hold=True)] == ["bo@x.example"]
        assert [row.recipient for row in later.unsure_letters()] == ["ann@x.example"]
        assert later.recover() == 0
    assert bo.lost == 0


def test_a_letter_whose_answer_is_lost_over_and_over_is_held(outbox: Outbox) -> None:
    (letter,) = outbox.letters(queue(outbox, "", "A", HOOK))
    outbox.note(replace(letter, state=State.UNKNOWN, lost=3))
    assert len(outbox.open_letters(hold=True)) == 1
    outbox.note(replace(letter, state=State.UNKNOWN, lost=4))
    assert outbox.open_letters(hold=False) == ()
    outbox.again(outbox.letters(letter.digest))
    (again,) = outbox.open_letters(hold=True)
    assert (again.state, again.lost, again.attempts) == (State.QUEUED, 0, 0)


def test_a_letter_is_taken_once(outbox: Outbox) -> None:
    ann, _ = outbox.letters(queue(outbox, "", "A"))
    outbox.sending(ann)
    with pytest.raises(StageFailed, match="another samehand"):
        outbox.sending(ann)


def test_a_clock_that_was_set_back_makes_nobody_wait() -> None:
    letter = Letter("d", "A", Channel.MAIL, "a@x.example", "b", State.QUEUED, 1, 0, tried=1000.0, wait=60.0, said="")
    assert letter.seconds_left(1000.0) == 60.0
    assert letter.seconds_left(1050.0) == 10.0
    assert letter.seconds_left(1060.0) == 0.0
    assert letter.seconds_left(999.0) == 0.0
    assert letter.seconds_left(1000.0 - 10 * 365 * 86400) == 0.0


def test_recipients_taken_off_the_list_get_nothing_more(outbox: Outbox) -> None:
    name = queue(outbox, "", "A", ANN, BO, HOOK)
    gone = outbox.withdraw(Channel.MAIL, ["ann@x.example"])
    assert [row.recipient for row in gone] == ["bo@x.example"]
    assert states(outbox, name) == {"ann@x.example": State.QUEUED, "bo@x.example": State.WITHDRAWN, "webhook": State.QUEUED}


def test_old_letters_are_emptied_and_what_is_owed_is_kept(outbox: Outbox) -> None:
    owed = queue(outbox, "", "000")
    settle(outbox, owed, State.ACCEPTED, "ann@x.example")
    for number in range(1, 70):
        settle(outbox, queue(outbox, f"{number - 1:03}", f"{number:03}"), State.ACCEPTED)
    assert outbox.body(outbox.letters(owed)[1]) == b"letter of 000"
    assert outbox.body(outbox.letters(digest_id("000", "001"))[0]) == b""
    assert outbox.body(outbox.letters(digest_id("068", "069"))[0]) == b"letter of 069"


def test_the_summary_tells_what_did_not_arrive(outbox: Outbox) -> None:
    first = queue(outbox, "", "A")
    settle(outbox, first, State.ACCEPTED, "ann@x.example")
    settle(outbox, first, State.REFUSED, "bo@x.example")
    assert [row.recipient for row in outbox.summary().refused] == ["bo@x.example"]
    second = queue(outbox, "A", "B")
    settle(outbox, second, State.UNKNOWN, "ann@x.example")
    told = outbox.summary()
    assert (told.last_sent, told.refused) == ("B", ())
    assert [row.recipient for row in told.owed] == ["bo@x.example"]
    assert [row.recipient for row in told.unsure] == ["ann@x.example"]


def test_who_only_looks_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with open_outbox(path) as outbox:
        queue(outbox, "", "A")
    before = path.read_bytes()
    with open_outbox(path) as outbox:
        assert outbox.summary().owed
    assert path.read_bytes() == before


def test_erasing_leaves_no_word_and_tells_again_what_nobody_got(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with open_outbox(path) as outbox:
        sent = queue(outbox, "", "A")
        settle(outbox, sent, State.ACCEPTED, "ann@x.example")
        owed = queue(outbox, "A", "B")
        assert [row.recipient for row in outbox.erase()] == ["bo@x.example", "ann@x.example", "bo@x.example"]
        assert outbox.open_letters(hold=False) == ()
        assert outbox.last_sent("Z") == "A"
        assert queue(outbox, "A", "B") == owed
        assert {row.state for row in outbox.letters(owed)} == {State.QUEUED}
    with open_outbox(path) as outbox:
        outbox.erase()
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"letter of" not in held
    assert b"up to" not in held


def test_words_that_were_erased_come_back_when_the_same_digest_is_made_anew(outbox: Outbox) -> None:
    """An empty mail must not go out because equal words were known once."""
    queue(outbox, "", "A")
    outbox.erase()
    again = queue(outbox, "", "A")
    assert {outbox.body(letter) for letter in outbox.letters(again)} == {b"letter of A"}


def test_what_was_in_flight_when_somebody_was_forgotten_is_not_sent_empty(outbox: Outbox) -> None:
    name = queue(outbox, "", "A")
    outbox.sending(outbox.letters(name)[0])
    outbox.erase()  # the process that was sending is dead
    outbox.recover()
    assert outbox.open_letters(hold=False) == ()
