"""The words of evidence: families, classes, kinds and traces. Every fingerprint speaks them; nothing here decides anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

__all__ = ["WEIGHED", "EvidenceClass", "Family", "Kind", "Mode", "Trace", "fingerprint_of"]


class Family(StrEnum):
    """One cause repeats itself inside a family, so a family's bits are capped together."""

    TEMPLATE = "template"
    TEXT = "text"
    IMAGERY = "imagery"
    CATALOGUE = "catalogue"
    TRACKING = "tracking"
    IDENTITY = "identity"
    PAYMENT = "payment"
    HOSTING = "hosting"
    BEHAVIOUR = "behaviour"
    LINKS = "links"
    TIME = "time"
    JUDGEMENT = "judgement"  # people's decisions: constraints beside the evidence, never bits


#: Families whose evidence has bits.
WEIGHED: tuple[Family, ...] = tuple(family for family in Family if family is not Family.JUDGEMENT)


class EvidenceClass(StrEnum):
    """Could a stranger acquire it, and what would it cost him?"""

    COPYABLE = "A"
    PROVIDER = "B"
    PAYEE = "C"
    LIVE_CONTROL = "D"
    BEHIND_THE_PAGE = "E"
    IN_TIME = "F"
    JUDGED = "J"  # a person's decision: beyond the question, and no trace of anything

    #: True for C to F: what copying the page does not bring along.
    is_control: bool

    def __init__(self, letter: str) -> None:
        self.is_control = letter in "CDEF"


class Mode(StrEnum):
    """How two storefronts compare in a kind."""

    VALUE = "value"  # equal values; each shared value weighs by its rarity
    BAG = "bag"  # many small features; weighted overlap
    HASH = "hash"  # perceptual hash in hex; Hamming distance
    SERIES = "series"  # "key=number" rows; shared keys and the ratio of their numbers
    FACT = "fact"  # a declared fact; a difference may speak against, equality says nothing by itself
    NAMES = "names"  # another site's registrable domain, named by this one; speaks about that pair
    NOTE = "note"  # kept and shown, never compared


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trace: its name (``family.word`` or ``module.word``), and what an analyst would call it.

    ``means`` completes the sentence "both have ..."; ``key`` says whether its values may bring a pair together.
    """

    name: str
    family: Family
    cls: EvidenceClass
    mode: Mode
    means: str
    key: bool = True


class Trace(NamedTuple):
    """One value seen on one storefront.

    ``value`` is canonical: equality is asked of it. ``shown`` is what a person reads when that differs.
    ``url`` and ``digest`` (SHA-256 of the payload, hex) say where it was seen. ``weight`` is how often (BAG) or the
    number of the row (SERIES).
    """

    kind: str
    value: str
    url: str
    digest: str
    shown: str = ""
    weight: float = 1.0

    @property
    def text(self) -> str:
        """What a person reads."""
        return self.shown or self.value


def fingerprint_of(kind: str) -> str:
    """The fingerprint that takes a kind of trace: kinds are named after it."""
    return kind.partition(".")[0]
