"""Many short strings looked for at once: never one missed, never one invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.literals import Literals, occurrences, surroundings

WORDS = ("UA-", "fbq", "mc.yandex", "6L", "g-", "a")
#: Long enough for the table of trigrams to be made.
PADDING = "Ж–<div class=row>7</div>\n" * 100


def test_a_capital_is_looked_for_as_written_the_rest_in_any_case() -> None:
    for around in ("", PADDING):
        assert Literals(WORDS).within(f"{around}FBQ ua- MC.Yandex{around}") >= {"fbq", "mc.yandex"}
        assert "UA-" not in Literals(WORDS).within(f"{around}ua-1{around}")
        assert "UA-" in Literals(WORDS).within(f"{around}'UA-1'{around}")


@given(st.text(alphabet="UAua-fbqmc.yandex6Lg \nЖİ", max_size=80), st.booleans())
def test_within_says_what_looking_for_each_would_say(text: str, long: bool) -> None:
    text = PADDING.replace("a", "o") + text if long else text
    told = {word for word in WORDS if word in (text if word != word.lower() else text.lower())}
    assert Literals(WORDS).within(text) == told


def test_nothing_to_look_for_is_found_nowhere() -> None:
    assert Literals(()).within(PADDING) == frozenset()


@given(st.text(alphabet="ab", max_size=60), st.sampled_from(["a", "ab", "aba"]), st.integers(0, 9))
def test_surroundings_cover_each_place_and_nothing_farther(text: str, literal: str, reach: int) -> None:
    places = list(occurrences(text, literal))
    assert places == [at for at in range(len(text)) if text.startswith(literal, at)]
    covered = [at for start, end in surroundings(places, reach, len(text)) for at in range(start, end)]
    assert covered == sorted(set(covered))
    assert set(covered) == {at for at in range(len(text)) if any(place - reach <= at < place + reach for place in places)}
