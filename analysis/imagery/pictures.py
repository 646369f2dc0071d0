"""The one door for decoding pictures. Every picture is opened in a limited child process (``analysis.imagery.picture_worker``).

A picture that kills the child or takes longer than the deadline is refused, alone; the child is replaced. Answers are kept by
digest for the life of this process, so that a picture is decoded once however many storefronts share it. After a fork each
process has a child of its own.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.imagery.picture_origin import document_ids
from analysis.imagery.svg_cleaning import MAX_SVG_BYTES, looks_like_svg

__all__ = ["DEADLINE_SECONDS", "MAX_PICTURE_BYTES", "Look", "Picture", "Refused", "close", "look", "look_at", "picture_format"]

#: Wall seconds for one picture.
DEADLINE_SECONDS = 5.0
#: Bytes of one picture at most; a crawl truncates far earlier.
MAX_PICTURE_BYTES = 16_000_000
#: Pictures one child reads before it is replaced, so that what a decoder leaks stays bounded.
_CHILD_LIFE = 4_000
_STARTUP_SECONDS = 30.0  # importing the decoders on a busy machine
_MAX_ANSWER = 1_000_000
_KEPT = 60_000
_AHEAD = 262_144  # bytes of requests written ahead of the answers

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"BM", "bmp"),
)
_AVIF_BRANDS = (b"avif", b"avis", b"mif1", b"miaf")


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept of one picture.

    ``width`` and ``height`` in pixels (of an SVG: as rasterised); hashes are 64 hex characters (256 bits); ``phash_canonical`` (of
    the trimmed, grey, dark-on-light picture), ``boxes`` (canonical hashes of the parts of a wide mark) and ``icon`` (a PNG of at
    most 64x64 drawn anew by us) are empty unless it was looked at as a mark; ``flat`` means no spatial content: its hashes
    say nothing.
    """

    width: int
    height: int
    phash_raw: str
    phash_canonical: str
    flat: bool
    document_ids: tuple[str, ...]
    boxes: tuple[str, ...]
    icon: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A picture that was not read, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Look:
    """One wish: these bytes, plainly or also as a mark (canonical hash, boxes, icon)."""

    body: bytes
    as_mark: bool = False
    digest: str = ""


def picture_format(body: bytes) -> str | None:
    """The format by signature, whatever was declared; None for what we do not open."""
    for signature, name in _SIGNATURES:
        if body.startswith(signature):
            return name
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "webp"
    if body[4:8] == b"ftyp" and any(body[at : at + 4] in _AVIF_BRANDS for at in range(8, 40, 4)):
        return "avif"
    return "svg" if looks_like_svg(body) else None


def look(body: bytes, *, as_mark: bool = False) -> Picture | Refused:
    """One picture; never raises on what the bytes are."""
    return look_at((Look(body, as_mark),))[0]


def look_at(wishes: Sequence[Look]) -> list[Picture | Refused]:
    """Many pictures, in their order; those already known are not decoded again."""
    return _DOOR.look_at(wishes)


def close() -> None:
    """End this process's child; the next look starts another."""
    _DOOR.close()


class _Child:
    """One running worker and its pipes."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "analysis.imagery.picture_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={"PYTHONPATH": root, "LANG": "C.UTF-8", "PATH": os.defpath, **one},
            close_fds=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.to, self.back = self.process.stdin, self.process.stdout
        os.set_blocking(self.to.fileno(), False)
        os.set_blocking(self.back.fileno(), False)
        self.read = 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._shut()

    def forget(self) -> None:
        """After a fork: it is the other process's child, only our copies of the pipes are ours."""
        self.process.returncode = 0
        self._shut()

    def _shut(self) -> None:
        for pipe in (self.to, self.back):
            try:
                pipe.close()
            except OSError:
                continue


class _Door:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._known: dict[tuple[str, bool], Picture | Refused] = {}

    def look_at(self, wishes: Sequence[Look]) -> list[Picture | Refused]:
        with self._lock:
            keys = [(wish.digest or hashlib.sha256(wish.body).hexdigest(), wish.as_mark) for wish in wishes]
            todo: dict[tuple[str, bool], Look] = {}
            answers: dict[tuple[str, bool], Picture | Refused] = {}
            for key, wish in zip(keys, wishes, strict=True):
                if (known := self._known.get(key)) is not None:
                    answers[key] = known
                elif (reason := _unreadable(wish.body)) is not None:
                    answers[key] = Refused(reason)
                else:
                    todo[key] = wish
            answers.update(zip(todo, self._ask(list(todo.values())), strict=True))
            if len(self._known) + len(answers) > _KEPT:
                self._known.clear()
            self._known.update(answers)
            return [answers[key] for key in keys]

    def close(self) -> None:
        with self._lock:
            self._drop()

    def after_fork(self) -> None:
        """In the new process: the child belongs to the old one, and a lock held elsewhere is no lock of ours."""
        self._lock = threading.Lock()
        if self._child is not None:
            self._child.forget()
            self._child = None

    def _drop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _ask(self, wishes: list[Look]) -> list[Picture | Refused]:
        """Answers in order. A round ends when all are answered or one picture broke the child: that one is refused."""
        answers: list[Picture | Refused] = []
        while len(answers) < len(wishes):
            if self._child is not None and self._child.read >= _CHILD_LIFE:
                self._drop()
            fresh = self._child is None
            child = self._child = self._child or _Child()
            rest = wishes[len(answers) :]
            told, failure = _converse(child, rest, _STARTUP_SECONDS if fresh else 0.0)
            child.read += len(told)
            answers.extend(_understood(wish, answer) for wish, answer in zip(rest, told, strict=False))
            if failure is not None:
                self._drop()
                answers.append(Refused(failure))
        return answers


def _converse(child: _Child, wishes: list[Look], grace: float) -> tuple[list[bytes], str | None]:
    """Send requests ahead and read answers; (answers, None) or (answers so far, why the next one failed)."""
    frames = [struct.pack(">IB", len(wish.body), int(wish.as_mark)) + wish.body for wish in wishes]
    answers: list[bytes] = []
    outgoing, incoming, sent = bytearray(), bytearray(), 0
    deadline = time.monotonic() + DEADLINE_SECONDS + grace
    with selectors.DefaultSelector() as selector:
        selector.register(child.back, selectors.EVENT_READ)
        writing = False
        while len(answers) < len(frames):
            while sent < len(frames) and (not outgoing or len(outgoing) + len(frames[sent]) <= _AHEAD):
                outgoing += frames[sent]
                sent += 1
            if bool(outgoing) != writing:
                writing = bool(outgoing)
                if writing:
                    selector.register(child.to, selectors.EVENT_WRITE)
                else:
                    selector.unregister(child.to)
            left = deadline - time.monotonic()
            if left <= 0:
                return answers, f"took longer than {DEADLINE_SECONDS:g} s"
            for key, _ in selector.select(left):
                if key.fileobj is child.to:
                    try:
                        written = os.write(child.to.fileno(), outgoing[:65_536])
                    except BlockingIOError:
                        continue
                    except BrokenPipeError:
                        return answers, "ended the picture worker"
                    del outgoing[:written]
                    continue
                try:
                    chunk = os.read(child.back.fileno(), 65_536)
                except BlockingIOError:
                    continue
                if not chunk:
                    return answers, "ended the picture worker"
                incoming += chunk
                while (answer := _frame(incoming)) is not None:
                    answers.append(answer)
                    deadline = time.monotonic() + DEADLINE_SECONDS
    return answers, None


def _frame(incoming: bytearray) -> bytes | None:
    """Take one whole answer off the buffer."""
    if len(incoming) < 4:
        return None
    length = min(struct.unpack_from(">I", incoming)[0], _MAX_ANSWER)
    if len(incoming) < 4 + length:
        return None
    answer = bytes(incoming[4 : 4 + length])
    del incoming[: 4 + length]
    return answer


def _understood(wish: Look, answer: bytes) -> Picture | Refused:
    fields = json.loads(answer)
    if "refused" in fields:
        return Refused(str(fields["refused"]))
    return Picture(
        width=int(fields["width"]),
        height=int(fields["height"]),
        phash_raw=str(fields["phash_raw"]),
        phash_canonical=str(fields.get("phash_canonical", "")),
        flat=bool(fields["flat"]),
        document_ids=document_ids(wish.body),
        boxes=tuple(str(box) for box in fields.get("boxes", ())),
        icon=base64.b64decode(fields.get("icon", "")),
    )


def _unreadable(body: bytes) -> str | None:
    """Why these bytes need not be sent at all."""
    if not body:
        return "empty"
    if len(body) > MAX_PICTURE_BYTES:
        return "too large"
    form = picture_format(body)
    if form is None:
        return "not a picture of the allowed formats"
    return "too large" if form == "svg" and len(body) > MAX_SVG_BYTES else None


_DOOR = _Door()
atexit.register(close)
os.register_at_fork(after_in_child=_DOOR.after_fork)
