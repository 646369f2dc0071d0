"""Answers by digest: asked once, kept apart by what was read, bounded."""

from __future__ import annotations

import gc
import weakref

from analysis import once
from analysis.once import Answers, OncePerDigest, once_each


def test_a_file_is_read_once_and_a_cut_one_apart() -> None:
    asked: list[str] = []

    def shout(text: str) -> str:
        asked.append(text)
        return text.upper()

    answers = OncePerDigest[str]()
    assert [answers.read("d1", "abc", shout), answers.read("d1", "abc", shout), answers.read("d1", "ab", shout)] == [
        "ABC",
        "ABC",
        "AB",
    ]
    assert asked == ["abc", "ab"]


def test_the_memory_is_bounded() -> None:
    answers = OncePerDigest[int]()
    for number in range(once.MAX_KEPT + 10):
        assert answers.read(str(number), "x" * (number % 7), len) == number % 7
    assert len(answers._known) <= once.MAX_KEPT


def test_answers_are_worked_out_once_and_those_of_long_texts_each_time() -> None:
    asked: list[str] = []

    def shout(text: str) -> str:
        asked.append(text)
        return text.upper()

    answers = Answers(shout, most=2, longest=3)
    assert list(map(answers.__getitem__, ["abc", "abc", "long", "long"])) == ["ABC", "ABC", "LONG", "LONG"]
    assert asked == ["abc", "long", "long"]


def test_full_answers_are_forgotten() -> None:
    answers = Answers(len, most=2, longest=9)
    for text in ("a", "bb", "ccc", "dddd"):
        assert answers[text] == len(text)
        assert len(answers) <= 2


class Owner:
    """Something that is asked of, as a page or a reading is."""


def test_each_owner_is_asked_once_and_let_go_with_its_answer() -> None:
    asked: list[int] = []

    @once_each
    def answer(owner: Owner) -> list[int]:
        asked.append(id(owner))
        return [id(owner)]

    one, other = Owner(), Owner()
    assert answer(one) is answer(one)
    assert answer(one) != answer(other)
    assert asked == [id(one), id(other)]
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
