"""What the first comparison of a crawl tells: who is likely of one hand, whose pages are of one source, who stands on one theme.

Of a pair's match no more is kept than this: at a thousand storefronts all contributions would be a gigabyte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.evidence import EvidenceClass, Family, Mode
from analysis.findings import Relation
from analysis.linkage.comparison import Direction
from analysis.linkage.matching import Match
from analysis.linkage.model import Weight

__all__ = ["Learnt"]

#: Plain likeness of templates from which two storefronts are held to stand on one theme.
_ONE_THEME = 0.45
#: Bits of own words, ids and names from which a pair with a trace of control is counted as one group.
_LIKELY_AUTHORED = 1.0
#: Likeness of policies, or constancy of a price ratio, that does the same.
_LIKELY_ALIKE = 0.5
#: Kinds of control that may give fewer bits than this come along with pictures and files too often to group by.
_LIKELY_CONTROL = 5.0
#: Bits of authored things from which two storefronts are of one source beyond doubt, whoever runs them.
_CLEAR_COPY = 9.0


@dataclass(slots=True)
class Learnt:
    """Pairs in the order they were seen: ``likely`` of one hand, ``copies`` of one source, ``clear_copies`` beyond doubt so,
    ``kits`` on one theme."""

    likely: list[tuple[str, str]] = field(default_factory=list)
    clear_copies: list[tuple[str, str]] = field(default_factory=list)
    copies: list[tuple[str, str]] = field(default_factory=list)
    kits: list[tuple[str, str]] = field(default_factory=list)

    def see(self, pair: tuple[str, str], found: Match, model: Mapping[str, Weight]) -> None:
        """Keep what one pair's match tells."""
        if _is_likely(found, model):
            self.likely.append(pair)
        if found.relation is Relation.COPY_OF:
            self.copies.append(pair)
            if found.authored >= _CLEAR_COPY:
                # their words, goods and pictures are no third party's to explain
                self.clear_copies.append(pair)
        named = any(row.kind.name == "assets.theme_name" and row.a is not None for row in found.contributions)
        if found.template >= _ONE_THEME or named:
            self.kits.append(pair)


def _is_likely(found: Match, model: Mapping[str, Weight]) -> bool:
    """Whether a pair is counted as one group the second time: a trace of control together with words, ids, names or prices of
    one source.

    Without this an operator's own mirrors would make their common traces look common. A shared template or range of goods
    does not do: strangers on one platform with one supplier have both.
    """
    return any(
        row.kind.cls.is_control and row.direction is Direction.FOR and model[row.kind.name].cap >= _LIKELY_CONTROL
        for row in found.contributions
    ) and _is_one_source(found)


def _is_one_source(found: Match) -> bool:
    own = (Family.TEXT, Family.TRACKING, Family.IDENTITY)
    authored = sum(row.raw for row in found.contributions if row.kind.family in own and row.kind.cls is EvidenceClass.COPYABLE)
    # siblings make each other's words look common, so likeness is asked beside rarity
    alike = max(
        (
            row.overlap or 0.0
            for row in found.contributions
            if (row.kind.family is Family.TEXT and row.kind.mode is Mode.BAG) or row.kind.mode is Mode.SERIES
        ),
        default=0.0,
    )
    return authored >= _LIKELY_AUTHORED or alike >= _LIKELY_ALIKE
