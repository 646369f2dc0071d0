"""What a figure is called: probabilities, relations, states and times in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from analysis.evidence import Family
from analysis.findings import EvidenceRow, Relation, StorefrontRow
from reports.escape import defang_text, visible

__all__ = [
    "BANDS",
    "HELD_BY_OTHERS",
    "PAYMENT_DOWN",
    "RELATION_WORDS",
    "count",
    "day",
    "is_ordinary",
    "is_readable",
    "moment",
    "payment_words",
    "percent",
    "probability_words",
    "state_words",
    "strongest",
    "was_reached",
]

RELATION_WORDS = {
    Relation.SAME_OPERATOR: "same operator",
    Relation.COPY_OF: "copy of",
    Relation.SAME_KIT: "same kit",
    Relation.SAME_PROVIDER: "same provider",
    Relation.FOR_REVIEW: "for review",
    Relation.NONE: "none",
}

#: Kinds of evidence that come from outside a pair: from the rest of its cluster, from an earlier crawl, or from an analyst.
HELD_BY_OTHERS = frozenset({"cluster.through", "history.carried", "judgement.same", "judgement.through"})

#: States of payment in which a shop's customers cannot pay it there.
PAYMENT_DOWN = frozenset({"unavailable", "withdrawn", "moved"})

#: Lower bounds and words, after the habit of intelligence reports: one word, one band, the number always beside it.
BANDS = (
    (0.99, "almost certain"),
    (0.90, "very likely"),
    (0.70, "likely"),
    (0.50, "more likely than not"),
    (0.30, "less likely than not"),
    (0.10, "unlikely"),
    (0.01, "very unlikely"),
    (0.0, "remote"),
)


def probability_words(probability: float) -> str:
    """The band a probability lies in: ``very likely`` and so on."""
    return next((words for bound, words in BANDS if probability >= bound), "remote")


def percent(probability: float) -> str:
    """A probability as a percentage that never claims certainty: ``97 %``, ``over 99.9 %``, ``under 0.1 %``."""
    if probability > 0.999:
        return "over 99.9 %"
    if probability < 0.001:
        return "under 0.1 %"
    if probability >= 0.99 or probability < 0.01:
        return f"{probability * 100:.1f} %"
    return f"{probability * 100:.0f} %"


def was_reached(outcome: str) -> bool:
    """Whether a visit saw the storefront at all; a spent budget saw some of it."""
    return outcome in ("", "finished", "budget")


def is_ordinary(page_state: str, outcome: str) -> bool:
    """Whether there is nothing to say of a storefront's pages: it was reached, and a shop or a page stands there."""
    return was_reached(outcome) and page_state in ("", "shop", "content")


def state_words(page_state: str, outcome: str) -> str:
    """What is out of the ordinary about a storefront: why it was not reached, or what stands in a shop's place."""
    if is_ordinary(page_state, outcome):
        return ""
    return visible(page_state if was_reached(outcome) else outcome, 40)


def payment_words(front: StorefrontRow) -> str:
    """The payment state, and what it means that there is none."""
    return front.payment or ("could not be read" if "payment" in front.unread_in else "not seen")


def is_readable(page_state: str, outcome: str) -> bool:
    """Whether there was something of the storefront to read: a shop, a page, or the door to one."""
    return was_reached(outcome) and (page_state in ("", "shop", "content", "blog") or page_state.endswith(("-gate", "-wall")))


def count(number: int, one: str, many: str = "") -> str:
    """``1 storefront``, ``2 storefronts``, ``12,000 storefronts``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(crawl_id: str) -> datetime | None:
    """The time a crawl id names (``20070703T060000Z``), or None where the id is no time."""
    try:
        return datetime.strptime(crawl_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def day(crawl_id: str) -> str:
    """The day of a crawl id, ``3 July 2007``; an id that is no time is given back as it is, made visible."""
    when = moment(crawl_id)
    return f"{when.day} {when:%B %Y}" if when else defang_text(crawl_id, 40)


def strongest(evidence: Iterable[EvidenceRow], direction: str) -> list[EvidenceRow]:
    """The contributions of one direction: judgements, then the heaviest, that of each family before any second of a family."""
    rows = sorted(
        (row for row in evidence if row.direction == direction),
        key=lambda row: (row.family != Family.JUDGEMENT, -abs(row.bits), row.kind, row.value),
    )
    families: set[str] = set()
    first: list[EvidenceRow] = []
    rest: list[EvidenceRow] = []
    for row in rows:
        (rest if row.family in families else first).append(row)
        families.add(row.family)
    return first + rest
