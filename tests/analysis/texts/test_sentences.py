"""Sentences with names lifted out."""

from __future__ import annotations

import re

from analysis.texts.sentences import lift, sentences, words


def test_what_differs_between_two_shops_is_lifted_out() -> None:
    own = re.compile("Song Cellar")
    text = "Song Cellar is run by Castle Lane Ltd, 126 Linden Road, 70-245 Gdańsk; "
    text += "write to desk@cellar.org or www.cellar.org before 3 May 2007, fee $4.90."
    assert lift(text, own) == "@name is run by @company, @address; write to @mail or @site before @date, fee @money."


def test_the_place_of_law_is_lifted_out() -> None:
    assert lift("These terms follow the law of the State of Delaware.") == lift("These terms follow the law of Poland.")


def test_sentences_end_at_full_stops_and_breaks_but_not_at_abbreviations() -> None:
    text = "1. The basis is Art. 6 of the act. Parcels leave at 11.00 on weekdays! Ok\nb) Next line"
    assert list(sentences(text)) == ["The basis is Art. 6 of the act.", "Parcels leave at 11.00 on weekdays!", "Ok", "Next line"]


def test_words_keep_numbers_and_drop_what_was_lifted() -> None:
    assert words("@name gives You 28 days, doesn’t it? Да.") == ("gives", "you", "28", "days", "doesn't", "it", "да")
