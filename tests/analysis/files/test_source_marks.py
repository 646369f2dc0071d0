"""Marks in the source of pages: found where they stand, whatever was searched before."""

from __future__ import annotations

import hashlib

import pytest

from analysis.files import source_marks
from analysis.files.source_marks import SourceMarks, written
from analysis.page.pages import Page
from crawler.captures import Resource, Role

FILLER = "".join(f"<p>paragraph number {number} says nothing</p>" for number in range(200))


def page(body: str) -> Page:
    raw = f"<html><head></head><body>{body}</body></html>".encode()
    return Page(Resource("https://shop.example/", 200, (), raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", Role.HOME))


def within(marks: SourceMarks, body: str, beside: str = "") -> tuple[list[str], set[str]]:
    """What is written in the marked runs, and all marks."""
    runs, there = marks.within(dict.fromkeys(page(body).runs), beside)
    return [written(tag) for run in runs for tag in run.tags], set(there)


@pytest.mark.parametrize("around", ["", FILLER])
def test_marks_are_found_in_attributes_texts_scripts_and_comments(around: str) -> None:
    marks = SourceMarks(["/one/two", "var three", "four:", "five?", "six"])
    body = f"{around}<a href='/ONE/two.css'>é 1</a><script>var THREE</script><!-- four: --><p>Says ö five?</p>{around}"
    source, there = within(marks, body, "beside is SIX")
    assert there == {"/one/two", "var three", "four:", "five?", "six"}
    assert any("/ONE/two.css" in piece for piece in source)
    assert within(marks, around) == ([], set())


def test_what_was_searched_before_keeps_its_marks() -> None:
    marks = SourceMarks(["telling", "silent"])
    first = within(marks, f"<p class=telling>one</p>{FILLER}")
    assert first[1] == {"telling"}
    assert within(marks, f"<p class=telling>one</p>{FILLER}") == first
    assert within(marks, f"<div><p class=telling>one</p><i>new</i></div>{FILLER}")[1] == {"telling"}
    assert within(marks, FILLER, "silent") == ([], {"silent"})


def test_a_full_memory_is_forgotten_and_answers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_marks, "_SIZE_KEPT", 100)
    marks = SourceMarks(["telling"])
    for number in range(5):
        assert within(marks, f"<p class=telling>{number}</p>{FILLER}")[1] == {"telling"}
        assert within(marks, FILLER) == ([], set())
