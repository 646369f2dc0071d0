"""Phrases that software shows everywhere."""

from __future__ import annotations

import pytest

from analysis.texts.sentences import words
from analysis.texts.stock_phrases import is_stock_phrase


@pytest.mark.parametrize(
    "sentence",
    [
        "All times are GMT +1. The time now is 10:20 AM.",
        "Lost your password? Please enter your username or email address.",
        "At Corner Shop we use cookies to ensure that we give you the best experience here.",
        "A valid e-mail address. All e-mails from the system will be sent to it.",
    ],
)
def test_sentences_of_software(sentence: str) -> None:
    assert is_stock_phrase(words(sentence))


@pytest.mark.parametrize(
    "sentence", ["All times are good for a cup of our mountain tea.", "", "The time is", "Please enter your shop by the blue door."]
)
def test_sentences_of_somebody(sentence: str) -> None:
    assert not is_stock_phrase(words(sentence))
