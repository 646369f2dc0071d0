"""The matching model as a table: one row a kind of evidence that may weigh anything.

Bits of one contribution are log2(m/u) (Fellegi and Sunter, as in FIELD part 3): ``m`` is how often two storefronts of
one hand share a value of this kind when both show one, ``u`` how often strangers do. ``floor`` is the smallest ``u``
that is ever believed, ``cap`` the most bits the kind may give, ``against`` the bits that a difference costs, ``rarity``
where the rarity of its values comes from:

- ``issued``: somebody hands the value out once (a payment processor, a key generator): rare by construction;
- ``reference``: the reference table counts it among packages, themes and icons;
- ``crawl``: only this crawl's groups and the floor speak; such kinds never make an operator alone.

A kind that has no row is kept in the findings and weighs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CLASS_A_CAP", "CLASS_B_CAP", "FAMILY_CAPS", "MODEL", "Weight"]


@dataclass(frozen=True, slots=True)
class Weight:
    """One row of the model; ``cap`` and ``against`` in bits."""

    kind: str
    m: float
    floor: float
    cap: float
    rarity: str
    why: str
    against: float = 0.0


#: Bits that all copyable evidence together may add toward one operator: a perfect copy proves a copy, not a hand.
CLASS_A_CAP = 5.0
#: Bits that everything a provider explains may add.
CLASS_B_CAP = 1.5
#: Bits per family: DOM, CSS, scripts and favicon repeat one cause.
FAMILY_CAPS: Mapping[str, float] = {
    "template": 3.0,
    "text": 3.0,
    "imagery": 3.0,
    "catalogue": 3.0,
    "tracking": 3.0,
    "identity": 4.0,
    "payment": 16.0,
    "hosting": 12.0,
    "behaviour": 12.0,
    "links": 14.0,
    "time": 6.0,
}

_ROWS: tuple[Weight, ...] = (
    Weight("answers.login_host", 0.5, 2e-5, 14, "issued", "a log-in host names both as its own: only who runs it can write that"),
    Weight(
        "answers.checkout_host", 0.5, 1e-4, 12, "issued", "a payment host names both; processors with many shops are counted down"
    ),
    Weight("answers.reciprocal", 0.3, 5e-5, 12, "issued", "each sends its customers to the other"),
)

MODEL: Mapping[str, Weight] = {row.kind: row for row in _ROWS}
