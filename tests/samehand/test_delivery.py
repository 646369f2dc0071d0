"""Deliveries from a real outbox to a real SMTP server that puts off, refuses, breaks off and comes back; only time is ours."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from reports.send import Security, SmtpSettings
from reports.severity import Severity
from samehand.delivery import Clock, deliver
from samehand.outbox import Channel, DigestRow, Occasion, Outbox, State, digest_id, open_outbox
from samehand.routes import Routes
from tests.mail_server import Postbox, serving

ANN, BO = "ann@x.example", "bo@x.example"
LETTER = b"From: s@x.example\r\nTo: undisclosed-recipients:;\r\nMessage-ID: <one@x.example>\r\n\r\nNews.\r\n"


@dataclass
class Time:
    """A clock on the wall and a steady one; sleeping moves both."""

    wall: float = 1_000_000.0
    steady: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.wall += seconds
        self.steady += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.wall, lambda: self.steady, self.sleep)


@pytest.fixture
def box() -> Postbox:
    return Postbox()


@pytest.fixture
def port(box: Postbox) -> Iterator[int]:
    with serving(box) as port:
        yield port


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with open_outbox(tmp_path / "state.sqlite") as opened:
        yield opened


def routes(port: int, *addresses: str, patience: float = 60.0, hold: bool = False) -> Routes:
    smtp = SmtpSettings("127.0.0.1", "s@x.example", port, Security.NONE, timeout=20.0, end_timeout=20.0)
    return Routes(smtp, ((Severity.QUIET, addresses or (ANN, BO)),), None, True, hold, patience)


def queue(outbox: Outbox, *recipients: str) -> str:
    made = DigestRow(digest_id("", "A"), "", "A", Occasion.WEEKLY, 2, True, "News")
    assert outbox.queue(made, {(Channel.MAIL, recipient): LETTER for recipient in recipients or (ANN, BO)})
    return made.id


def states(outbox: Outbox, name: str) -> dict[str, State]:
    return {letter.recipient: letter.state for letter in outbox.letters(name)}


def test_each_gets_it_once_and_a_second_command_finds_nothing_to_do(outbox: Outbox, box: Postbox, port: int) -> None:
    name = queue(outbox)
    assert [row.recipient for row in deliver(outbox, routes(port)).accepted] == [ANN, BO]
    assert deliver(outbox, routes(port)).accepted == []
    assert box.reached == [ANN, BO]
    assert set(states(outbox, name).values()) == {State.ACCEPTED}


def test_a_refused_recipient_is_told_and_not_asked_again(outbox: Outbox, box: Postbox, port: int) -> None:
    box.answers[ANN] = ["550 no such desk"]
    name = queue(outbox)
    done = deliver(outbox, routes(port))
    assert [(row.recipient, row.said) for row in done.refused] == [(ANN, "550 no such desk")]
    assert states(outbox, name) == {ANN: State.REFUSED, BO: State.ACCEPTED}
    assert deliver(outbox, routes(port)).refused == []


def test_who_puts_us_off_is_asked_with_growing_waits(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time()
    box.answers[ANN] = ["451 later"] * 3
    queue(outbox)
    deliver(outbox, routes(port), time.clock)
    assert box.reached == [BO, ANN]
    assert time.slept == [5.0, 10.0, 20.0]


def test_a_wait_outlives_the_command(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time()
    box.answers[ANN] = ["451 later"] * 3
    queue(outbox)
    deliver(outbox, routes(port, patience=12.0), time.clock)
    assert time.slept == [5.0]
    assert box.answers[ANN] == ["451 later"]
    time.slept.clear()
    deliver(outbox, routes(port, patience=0.0), time.clock)
    assert box.answers[ANN] == ["451 later"]
    time.wall += 10.0
    deliver(outbox, routes(port, patience=0.0), time.clock)
    assert box.answers[ANN] == []
    time.wall += 20.0
    deliver(outbox, routes(port, patience=0.0), time.clock)
    assert (box.reached, time.slept) == ([BO, ANN], [])


def test_a_clock_set_back_by_years_delays_nothing(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time(wall=2_000_000_000.0)
    box.answers[ANN] = ["451 later"] * 2
    queue(outbox)
    deliver(outbox, routes(port, patience=0.0), time.clock)
    time.wall = 1_000_000_000.0
    deliver(outbox, routes(port, patience=0.0), time.clock)
    assert box.answers[ANN] == []
    assert box.reached == [BO]


def test_who_puts_us_off_for_ever_is_given_up(outbox: Outbox, box: Postbox, port: int) -> None:
    name = queue(outbox, ANN)
    (letter,) = outbox.letters(name)
    outbox.note(replace(letter, attempts=59))
    box.answers[ANN] = ["452 full"]
    (refused,) = deliver(outbox, routes(port)).refused
    assert refused.said == "given up after 60 attempts: 452 full"
    assert states(outbox, name) == {ANN: State.REFUSED}


def test_a_lost_answer_brings_one_copy_more_with_the_same_message_id(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time()
    box.ends = ["lost"]
    name = queue(outbox)
    deliver(outbox, routes(port), time.clock)
    assert box.got == [(ANN, "<one@x.example>"), (BO, "<one@x.example>"), (ANN, "<one@x.example>")]
    assert set(states(outbox, name).values()) == {State.ACCEPTED}


def test_a_lost_answer_can_be_left_to_a_person(outbox: Outbox, box: Postbox, port: int) -> None:
    box.ends = ["lost"]
    name = queue(outbox)
    for _ in range(2):
        deliver(outbox, routes(port, hold=True), Time().clock)
    assert box.reached == [ANN, BO]
    assert states(outbox, name) == {ANN: State.UNKNOWN, BO: State.ACCEPTED}
    outbox.again([letter for letter in outbox.letters(name) if letter.recipient == ANN])
    deliver(outbox, routes(port, hold=True))
    assert box.reached == [ANN, BO, ANN]


def test_a_server_that_never_answers_gets_four_copies_over_hours_and_no_more(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time()
    box.ends = ["lost"] * 9
    queue(outbox, ANN)
    deliver(outbox, routes(port), time.clock)
    assert len(box.kept) == 2
    for _ in range(6):
        time.wall += 3600.0
        deliver(outbox, routes(port), time.clock)
    assert len(box.kept) == 4
    (letter,) = outbox.unsure_letters()
    assert letter.lost == 4


def test_a_server_that_breaks_off_before_the_end_has_nothing(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time()
    box.breaks = ["DATA", "DATA", "DATA"]
    queue(outbox)
    deliver(outbox, routes(port), time.clock)
    assert box.reached == [ANN, BO]
    assert time.slept == [5.0, 10.0, 20.0]


def test_no_network_costs_patience_and_no_attempt(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time()
    name = queue(outbox)
    deliver(outbox, routes(1), time.clock)
    assert time.slept == [5.0, 10.0, 20.0]
    assert {(row.state, row.attempts, row.said) for row in outbox.letters(name)} == {(State.QUEUED, 0, "Connection refused")}
    deliver(outbox, routes(port, patience=0.0), time.clock)
    assert box.reached == [ANN, BO]


def test_what_no_second_try_mends_is_tried_once(outbox: Outbox, box: Postbox, port: int) -> None:
    time = Time()
    name = queue(outbox)
    unknown = routes(port)
    assert unknown.smtp is not None
    deliver(outbox, replace(unknown, smtp=replace(unknown.smtp, security=Security.STARTTLS)), time.clock)
    assert time.slept == []
    assert all("STARTTLS" in row.said for row in outbox.letters(name))
    deliver(outbox, routes(port), time.clock)
    assert box.reached == [ANN, BO]


def test_a_recipient_taken_off_the_list_is_not_written_to(outbox: Outbox, box: Postbox, port: int) -> None:
    name = queue(outbox)
    assert [row.recipient for row in deliver(outbox, routes(port, BO)).withdrawn] == [ANN]
    assert box.reached == [BO]
    assert states(outbox, name) == {ANN: State.WITHDRAWN, BO: State.ACCEPTED}


def test_another_configuration_without_a_server_takes_nobody_off(outbox: Outbox, box: Postbox, port: int) -> None:
    name = queue(outbox)
    deliver(outbox, replace(routes(port), smtp=None), Time().clock)
    assert set(states(outbox, name).values()) == {State.QUEUED}
    deliver(outbox, routes(port))
    assert box.reached == [ANN, BO]


def test_ctrl_c_before_the_answer_waits_for_it(outbox: Outbox, box: Postbox, port: int) -> None:
    """With threads of numerical libraries about, a signal that is masked in the main thread alone comes all the same."""
    name = queue(outbox, ANN)
    # whoever starts the tests in the background may have Ctrl-C ignored for them
    signal.signal(signal.SIGINT, signal.default_int_handler)
    box.before_answer = lambda: os.kill(os.getpid(), signal.SIGINT)  # the server's thread takes signals, as such threads do
    with pytest.raises(KeyboardInterrupt):
        deliver(outbox, routes(port, ANN))
    assert states(outbox, name) == {ANN: State.ACCEPTED}
