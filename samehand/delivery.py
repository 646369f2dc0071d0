"""From the outbox to the receivers: what is due is handed over, what came of it is noted before anything else is done.

A letter is ``sending`` from right before its last byte until its answer is noted. Who dies in between leaves the one question
that SMTP cannot answer (RFC 1047); everybody else knows whether the letter was taken.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import FrameType, TracebackType

from reports.answer import Answer, CarrierDown, Fate
from reports.send import Mailer, addressed
from reports.webhook import Hook
from samehand.outbox import Channel, Letter, Outbox, State
from samehand.routes import WEBHOOK, Routes

__all__ = ["Clock", "Delivery", "deliver"]

_FIRST_WAIT = 5.0
_LONGEST_WAIT = 14_400.0
_LOST_WAITS = (5.0, 900.0, 3600.0)  # after an answer was lost: once more at once, then slowly, for each time may be a double
_ATTEMPTS = 60  # with an hourly command some ten days, longer than mail servers try among themselves

HandOver = Callable[[Letter, Callable[[], None]], Answer]


@dataclass(frozen=True, slots=True)
class Clock:
    """``wall`` is kept in the outbox and may jump; ``steady`` (seconds from anywhere) measures patience and does not."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass
class Delivery:
    """What one command came to: letters accepted, refused (with the reason in ``said``) and withdrawn by it."""

    accepted: list[Letter] = field(default_factory=list)
    refused: list[Letter] = field(default_factory=list)
    withdrawn: list[Letter] = field(default_factory=list)


def deliver(outbox: Outbox, routes: Routes, clock: Clock | None = None) -> Delivery:
    """Hand over what is due; wait, as long as ``routes.patience`` lasts, for those who put us off.

    A receiver that put us off is left alone over commands too; a server that could not be reached is asked anew by each command.
    Raises ``SendError`` for settings that cannot work. Never raises for what a receiver or the network does.
    """
    outbox.recover()
    return _Courier(outbox, routes, clock or Clock()).deliver()


class _Courier:
    """One command's deliveries.

    ``_closed``: channels that are not configured, or that no second try will open; ``_down``: how often a channel failed in a row
    and until when it is left alone.
    """

    def __init__(self, outbox: Outbox, routes: Routes, clock: Clock) -> None:
        self._outbox = outbox
        self._routes = routes
        self._clock = clock
        self._done = Delivery()
        self._closed: set[Channel] = set()
        self._down: dict[Channel, tuple[int, float]] = {}

    def deliver(self) -> Delivery:
        self._withdraw()
        began = self._clock.steady()
        while True:
            letters = [row for row in self._outbox.open_letters(hold=self._routes.hold) if row.channel not in self._closed]
            left = min(map(self._seconds_left, letters), default=None)
            if left is None or (left > 0 and self._clock.steady() - began + left > self._routes.patience):
                return self._done
            if left > 0:
                _say_wait(left)
                self._clock.sleep(left)
            self._round([row for row in letters if self._seconds_left(row) <= 0])

    def _seconds_left(self, letter: Letter) -> float:
        _, until = self._down.get(letter.channel, (0, 0.0))
        return max(letter.seconds_left(self._clock.wall()), until - self._clock.steady(), 0.0)

    def _withdraw(self) -> None:
        keep = {Channel.MAIL: self._routes.addresses(), Channel.WEBHOOK: (WEBHOOK,) if self._routes.hook is not None else ()}
        for channel, recipients in keep.items():
            if recipients:
                self._done.withdrawn += self._outbox.withdraw(channel, recipients)
            else:
                # a whole way that is not configured is another configuration, not a recipient taken off a list
                self._closed.add(channel)

    def _round(self, due: Sequence[Letter]) -> None:
        mails = [row for row in due if row.channel is Channel.MAIL]
        posts = [row for row in due if row.channel is Channel.WEBHOOK]
        if mails and self._routes.smtp is not None:
            with Mailer(self._routes.smtp) as mailer:

                def send(letter: Letter, before_end: Callable[[], None]) -> Answer:
                    body = addressed(self._outbox.body(letter), letter.recipient)
                    return mailer.hand_over(body, letter.recipient, before_end)

                self._hand_over(send, mails)
        if posts and self._routes.hook is not None:
            hook = Hook(self._routes.hook)
            self._hand_over(lambda letter, before_end: hook.hand_over(self._outbox.body(letter), letter.body, before_end), posts)

    def _hand_over(self, way: HandOver, letters: Sequence[Letter]) -> None:
        for place, letter in enumerate(letters):
            try:
                with _Window() as window:
                    self._settle(letter, way(letter, partial(self._last_word, letter, window)))
            except CarrierDown as problem:
                self._way_failed(letters[place:], problem)
                return
            self._down.pop(letter.channel, None)

    def _way_failed(self, letters: Sequence[Letter], problem: CarrierDown) -> None:
        """None of them was handed over, and the rest would fare no better; one that may have arrived before still may have."""
        channel = letters[0].channel
        for letter in letters:
            self._outbox.note(replace(letter, said=problem.said, wait=0.0))
        if problem.hopeless:
            self._closed.add(channel)
        times, _ = self._down.get(channel, (0, 0.0))
        self._down[channel] = (times + 1, self._clock.steady() + _growing(times))

    def _last_word(self, letter: Letter, window: _Window) -> None:
        window.open()
        self._outbox.sending(letter)

    def _settle(self, letter: Letter, answer: Answer) -> None:
        attempts, fate = letter.attempts + 1, answer.fate
        tried = replace(letter, attempts=attempts, tried=self._clock.wall(), wait=0.0, said=answer.said)
        if fate is Fate.LATER and attempts >= _ATTEMPTS:
            fate, tried = Fate.REFUSED, replace(tried, said=f"given up after {attempts} attempts: {answer.said}")
        match fate:
            case Fate.ACCEPTED:
                self._outbox.note(replace(tried, state=State.ACCEPTED))
                self._done.accepted.append(letter)
            case Fate.UNSURE:
                wait = _LOST_WAITS[min(letter.lost, len(_LOST_WAITS) - 1)]
                self._outbox.note(replace(tried, state=State.UNKNOWN, lost=letter.lost + 1, wait=wait))
            case Fate.LATER:
                self._outbox.note(replace(tried, state=State.QUEUED, wait=_growing(letter.attempts)))
            case Fate.REFUSED:
                self._outbox.note(replace(tried, state=State.REFUSED))
                self._done.refused.append(tried)


class _Window:
    """From ``open`` to the end of the block Ctrl-C and SIGTERM wait: only SIGKILL and a power cut come between.

    A mask would not do: it holds for one thread, and the system hands the signal to another one (numerical libraries have some),
    upon which the interpreter interrupts the main thread all the same.
    """

    def __init__(self) -> None:
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self._came: list[int] = []

    def __enter__(self) -> _Window:
        return self

    def open(self) -> None:
        if threading.current_thread() is threading.main_thread():  # no other one is ever interrupted, or may ask
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: object) -> None:
        self._came.append(number)

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        for number in dict.fromkeys(self._came):
            signal.raise_signal(number)


def _growing(times: int) -> float:
    return float(min(_FIRST_WAIT * 2 ** min(times, 20), _LONGEST_WAIT))


def _say_wait(seconds: float) -> None:
    if sys.stderr.isatty():
        print(f"samehand: trying again in {seconds:.0f} s (Ctrl-C: what is left stays in the outbox)", file=sys.stderr)
