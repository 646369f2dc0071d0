"""Answers by digest: asked once, kept apart by what was read, bounded."""

from __future__ import annotations

from analysis import once
from analysis.once import OncePerDigest


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
