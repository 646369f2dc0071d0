"""What a language is: phrases with slots, counted nouns, names of states, and how figures, days, changes and reasons are said.

Nothing here replaces words in a finished sentence: sentences are made from the fields of a row. Values are put into their slots
as they are; who shows the sentence defangs it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.findings import ChangeRow, EvidenceRow

__all__ = ["OTHER", "Language", "Wording"]

#: The wording of a change that has none of its own.
OTHER = "other"

_DOWN = frozenset({"unavailable", "withdrawn", "moved"})
#: Changes whose ``before`` and ``after`` are lists of storefronts or clusters.
_LISTS = frozenset({"merged", "split", "successor", "moved", "joined", "left", "corrected"})
#: Changes whose values are somebody's words and never the name of a state.
_WORDS = frozenset({"company", "certificate", "title"})
_LISTED = 4
_STEP = re.compile(r"([A-Za-z€$£¥. ]{0,12}?) ?(\d{1,9}\.\d{1,6}) (\d{1,9})")


@dataclass(frozen=True, slots=True)
class Wording:
    """A change in words: with both values, with the new one only, with the old one only, or with none.

    Slots: ``site``, ``cluster``, ``before``, ``after``. What is empty falls back to ``plain``, then to ``both``.
    """

    both: str = ""
    after: str = ""
    before: str = ""
    plain: str = ""

    def template(self, row: ChangeRow) -> str:
        """The sentence that fits the values the row has."""
        fitting = {
            (True, True): self.both,
            (False, True): self.after,
            (True, False): self.before,
            (False, False): self.plain,
        }
        return fitting[bool(row.before), bool(row.after)] or self.plain or self.both


@dataclass(frozen=True, slots=True)
class Language:
    """One language. ``names`` are states, outcomes and ways of discovery; ``bands`` probabilities from which a word holds.

    ``reason`` says one contribution; ``tells_rows`` is false where the analysis' own sentences are in this language already.
    """

    code: str
    phrases: Mapping[str, str]
    counted: Mapping[str, tuple[str, str]]
    names: Mapping[str, str]
    bands: Sequence[tuple[float, str]]
    changes: Mapping[str, Wording]
    reason: Callable[[EvidenceRow], str]
    day: Callable[[str], str]
    percent: Callable[[float], str]
    number: Callable[[int], str]
    is_one: Callable[[int], bool]
    tells_rows: bool

    def say(self, key: str, /, **slots: str) -> str:
        """The phrase with its slots filled. Raises ``KeyError`` for a phrase or a slot that does not exist."""
        return self.phrases[key].format(**slots)

    def count(self, key: str, number: int) -> str:
        """``1 storefront``, ``12,000 storefronts``: a counted noun in its right form."""
        one, many = self.counted[key]
        return f"{self.number(number)} {one if self.is_one(number) else many}"

    def sure(self, probability: float) -> str:
        """The word for a probability and its figure: ``very likely, 97 %``."""
        return f"{self.words(probability)}, {self.percent(probability)}"

    def words(self, probability: float) -> str:
        """The band a probability lies in: one word, one band."""
        return next((words for bound, words in self.bands if probability >= bound), self.bands[-1][1])

    def name(self, token: str) -> str:
        """What a state is called; a token that nobody named is quoted as it is."""
        return self.names.get(token) or self.quoted(token)

    def token(self, text: str) -> str:
        """A state as a report shows it: in the analysis' own language as the findings call it, else by its name."""
        return self.name(text) if self.tells_rows and text else text

    def decimal(self, figure: str) -> str:
        """A figure with this language's decimal mark."""
        return figure.replace(".", self.say("decimal"))

    def ancestor(self, explained_by: str) -> str:
        """What explains a shared value: our own words for it, or the name of a theme, platform or storefront as it is."""
        return self.phrases.get(f"ancestor/{explained_by}", explained_by)

    def quoted(self, text: str) -> str:
        """Somebody's own words."""
        return self.say("quoted", text=text)

    def join(self, items: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``; of a long list the first few and how many more."""
        parts = list(items)
        if len(parts) > _LISTED:
            parts = [*parts[: _LISTED - 1], self.count("more", len(parts) - _LISTED + 1)]
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.say('and')} {parts[-1]}"

    def change(self, row: ChangeRow) -> str:
        """One change as a sentence, of its fields; not defanged."""
        if not self.tells_rows and row.sentence:
            return row.sentence
        slots = {
            "site": row.site or row.cluster,
            "cluster": row.cluster,
            "before": self._value(row, row.before),
            "after": self._value(row, row.after),
        }
        if (step := _price_step(row)) is not None:
            share, goods, currency = step
            slots |= {"share": self.number(share), "goods": self.number(goods), "currency": currency or self.say("no-currency")}
            slots["before"] = row.before or self.say("no-currency")
        return self._wording(row).template(row).format(**slots)

    def has_wording(self, what: str) -> bool:
        """Whether a change of this sort has words of its own."""
        return any(key.partition("/")[0] == what for key in self.changes)

    def _wording(self, row: ChangeRow) -> Wording:
        for key in (f"{row.what}/{_variant(row)}", row.what, f"{row.what}/{OTHER}", OTHER):
            if key in self.changes:
                return self.changes[key]
        raise KeyError(OTHER)

    def _value(self, row: ChangeRow, value: str) -> str:
        if row.what in _LISTS:
            return self.join(value.split())
        if row.what == "language":
            return self.join([self.names.get(f"language {code}", code) for code in value.split(",")])
        if row.what == "host":
            sort, _, places = value.partition(" ")
            return f"{self.names.get(sort, sort)} {places}".strip()
        if value.isdecimal() and value.isascii() and len(value) < 12:
            return self.number(int(value))
        return self.quoted(value) if row.what in _WORDS else self.name(value)


def _variant(row: ChangeRow) -> str:
    """Which of a change's wordings: of payment the state and whether it is back, of an heir whether there are several, of prices
    whether they are higher, lower, or in another currency."""
    match row.what:
        case "payment":
            return "back" if row.after == "accepted" and row.before in _DOWN else row.after or "ended"
        case "successor":
            return "many" if len(row.after.split()) > 1 else "one"
        case "prices" if (step := _price_step(row)) is not None:
            currency = step[2]
            return "currency" if currency != row.before else "more" if float(row.after.split()[-2]) >= 1 else "less"
        case "prices":
            return ""
        case _:
            return row.after


def _price_step(row: ChangeRow) -> tuple[int, int, str] | None:
    """Per cent of a change of prices, number of goods, currency now; None where ``after`` is no "currency factor goods"."""
    found = _STEP.fullmatch(row.after) if row.what == "prices" else None
    return (abs(round((float(found[2]) - 1) * 100)), int(found[3]), found[1].strip()) if found else None
