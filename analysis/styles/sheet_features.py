"""What a style sheet says, worked out once for each sheet and for each set of sheets: storefronts of one theme share them all.

Of the bags only the sample that may reach a trace is kept: what is smallest among several sheets is so in its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from operator import itemgetter

from analysis.sketches import SAMPLE, banded, bottom_k, minima
from analysis.styles.style_sheets import library_of, rules, without_comments, without_space

__all__ = ["BAGS", "SHORTEST_SHEET", "Sheet", "Together", "read_sheet", "together"]

#: The bags of a sheet, in order.
BAGS = ("block", "custom_property", "selector")
#: A normalised sheet below this many characters is a reset or a stub.
SHORTEST_SHEET = 400
_SHOWN_CHARS = 160
_BAND_SMALLEST = 30
_BANDS, _BAND_ROWS = 8, 5
_PALETTE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What one sheet says. ``name`` is its digest without comments and white space, ``characters`` its length so.

    ``bags`` are (value, shown, how often) in order of value, at most the sample's size; ``blocks`` the minima of all its blocks;
    ``colours`` count; a ``library``'s sheet has no features.
    """

    name: str
    characters: int
    library: str | None
    bags: tuple[Sequence[tuple[str, str, int]], ...]
    blocks: tuple[int, ...]
    colours: Mapping[str, int]
    fonts: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """What several sheets say together: rows of (value, shown, how often, number of the first sheet that has it) for each bag."""

    bags: tuple[Sequence[tuple[str, str, int, int]], ...]
    bands: tuple[str, ...]
    palette: str


def read_sheet(text: str) -> Sheet:
    """The features of one sheet."""
    bare = without_comments(text)
    normal, characters = without_space(bare)
    library = library_of(text) if characters >= SHORTEST_SHEET else None
    told = rules(bare) if library is None else []
    selectors, blocks, properties, colours = (Counter(chain.from_iterable(map(itemgetter(place), told))) for place in range(4))
    return Sheet(
        sha256(normal).hexdigest()[:32],
        characters,
        library,
        (_sample(blocks), _sample(properties), _sample(selectors)),
        minima(blocks, _BANDS * _BAND_ROWS),
        colours,
        frozenset(chain.from_iterable(map(itemgetter(4), told))),
    )


def _sample(features: Mapping[str, int]) -> list[tuple[str, str, int]]:
    return [(value, feature[:_SHOWN_CHARS], times) for value, feature, times in bottom_k(features)]


@lru_cache(maxsize=256)
def together(sheets: tuple[Sheet, ...]) -> Together:
    """What sheets of one storefront say together."""
    bags = tuple(_merged(bag) for bag in zip(*(sheet.bags for sheet in sheets), strict=True))
    has_bands = bool(bags) and len(bags[0]) >= _BAND_SMALLEST
    colours: Counter[str] = Counter()
    for sheet in sheets:
        colours.update(sheet.colours)
    main = sorted(colours.items(), key=lambda item: (-item[1], item[0]))[:_PALETTE]
    return Together(
        bags,
        tuple(banded(list(map(min, zip(*(sheet.blocks for sheet in sheets), strict=True))), _BAND_ROWS)) if has_bands else (),
        " ".join(colour for colour, _ in main),
    )


def _merged(bag: Iterable[Sequence[tuple[str, str, int]]]) -> list[tuple[str, str, int, int]]:
    found: dict[str, tuple[str, str, int, int]] = {}
    for number, rows in enumerate(bag):
        added = {value: (value, shown, times, number) for value, shown, times in rows}
        for value in found.keys() & added.keys():
            _, shown, times, first = found[value]
            added[value] = (value, shown, times + added[value][2], first)
        found.update(added)
    return [found[value] for value in sorted(found)[:SAMPLE]]
