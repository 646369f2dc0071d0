"""Contributions of known kinds, and what is said of a pair that has them."""

from __future__ import annotations

from analysis.fingerprints.registry import KINDS
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.corpus import ANSWER_KINDS
from analysis.linkage.matching import Match, match

__all__ = ["ALL", "PRIOR", "TEXT", "judged", "row"]

ALL = {**KINDS, **{kind.name: kind for kind in ANSWER_KINDS}}
PRIOR = -7.0


def row(name: str, bits: float, *, raw: float | None = None, value: str = "x", overlap: float | None = None) -> Contribution:
    """A contribution of a known kind; 0 bits are explained ones."""
    direction = Direction.FOR if bits > 0 else Direction.AGAINST if bits < 0 else Direction.EXPLAINED
    kind = ALL[name]
    return Contribution(
        kind, direction, bits, 0.5, 0.01, "floor", "", value, value, None, None, name, raw or max(bits, 0.0), overlap
    )


def judged(*rows: Contribution, prior: float = PRIOR) -> Match:
    return match("a.example", "b.example", rows, prior)


TEXT = row("policy.shingle", 2.5, overlap=0.9)
