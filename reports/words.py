"""What a figure is called: probabilities, relations, states and times in words, and the story of one pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from analysis.findings import EvidenceRow, LinkRow, Relation
from reports.escape import defang, defang_text, visible

__all__ = [
    "CLASS_WORDS",
    "HELD_BY_OTHERS",
    "RELATION_WORDS",
    "PairStory",
    "count",
    "day",
    "is_readable",
    "moment",
    "pair_sentence",
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

CLASS_WORDS = {
    "A": "copyable: anything in the page",
    "B": "provider: what a host or platform gives to all its customers",
    "C": "payee: where the money goes",
    "D": "live control: what only who runs the site can answer",
    "E": "behind the page: what a copy of the page does not bring along",
    "F": "in time: changes at the same moment",
}

#: Kinds of evidence that come from outside a pair: from the rest of its cluster, or from an earlier crawl.
HELD_BY_OTHERS = frozenset({"cluster.through", "history.carried"})

# Lower bounds. The words follow the habit of intelligence reports: one word, one band, the number always beside it.
_BANDS = (
    (0.99, "almost certain"),
    (0.90, "very likely"),
    (0.70, "likely"),
    (0.50, "more likely than not"),
    (0.30, "less likely than not"),
    (0.10, "unlikely"),
    (0.01, "very unlikely"),
    (0.0, "remote"),
)


@dataclass(frozen=True, slots=True)
class PairStory:
    """One pair in words, hosts defanged, unseen characters shown.

    ``sentence`` the relation; ``reasons`` the strongest contributions of two distinct families (fewer where there are fewer);
    ``counter`` the strongest contribution against, or empty.
    """

    sentence: str
    reasons: tuple[str, ...]
    counter: str


def probability_words(probability: float) -> str:
    """The band a probability lies in: ``very likely`` and so on."""
    return next((words for bound, words in _BANDS if probability >= bound), "remote")


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


def state_words(page_state: str, outcome: str) -> str:
    """What is out of the ordinary about a storefront: why it was not reached, or what stands in a shop's place."""
    if not was_reached(outcome):
        return visible(outcome, 40)
    return "" if page_state in ("", "shop", "content") else visible(page_state, 40)


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
    """The contributions of one direction, the heaviest first, the heaviest of each family before any second of a family."""
    rows = sorted((row for row in evidence if row.direction == direction), key=lambda row: (-abs(row.bits), row.kind, row.value))
    families: set[str] = set()
    first: list[EvidenceRow] = []
    rest: list[EvidenceRow] = []
    for row in rows:
        (rest if row.family in families else first).append(row)
        families.add(row.family)
    return first + rest


def pair_sentence(link: LinkRow, evidence: Iterable[EvidenceRow]) -> PairStory:
    """The story of one pair. ``evidence`` may hold other pairs' rows too; they are passed over."""
    rows = [row for row in evidence if (row.site_a, row.site_b) == (link.site_a, link.site_b)]
    shared = ("explained", "for") if link.relation in (Relation.SAME_KIT, Relation.SAME_PROVIDER) else ("for", "explained")
    reasons = _distinct(strongest(rows, shared[0])) or _distinct(strongest(rows, shared[1]))
    counter = strongest(rows, "against")[:1]
    return PairStory(
        sentence=_sentence(link),
        reasons=tuple(_reason(row) for row in reasons) or _listed(link.pro, 2),
        counter=_reason(counter[0]) if counter else "".join(_listed(link.contra, 1)),
    )


def _distinct(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    families = {row.family for row in rows}
    return rows[: min(2, len(families))]


def _listed(reasons: str, most: int) -> tuple[str, ...]:
    return tuple(defang_text(part.strip(), 300) for part in reasons.split("; ")[:most] if part.strip())


def _reason(row: EvidenceRow) -> str:
    text = defang_text(row.sentence or f"{row.kind}: {row.shown or row.value}", 300)
    if row.direction == "explained" and row.explained_by not in ("", "common") and "explained by" not in row.sentence:
        text += f" (explained by {defang_text(row.explained_by, 80)})"
    return text


def _sentence(link: LinkRow) -> str:
    a, b = defang(link.site_a), defang(link.site_b)
    sure = f"{probability_words(link.probability)}, {percent(link.probability)}"
    relation = Relation(link.relation)
    if relation is Relation.SAME_OPERATOR:
        return f"{a} and {b}: evidence consistent with common operation ({sure})."
    if relation is Relation.COPY_OF:
        if link.original in (link.site_a, link.site_b):
            copy = b if link.original == link.site_a else a
            said = f"{copy} is a copy of {defang(link.original)}"
        else:
            said = f"{a} and {b} descend from one source, which first is not known"
        return f"{said}; common operation is {'for review' if link.review else 'not shown'} ({sure})."
    beyond = "whether there is more is for review" if link.review else "nothing beyond it"
    if relation is Relation.SAME_KIT:
        return f"{a} and {b} share a theme, platform or kit and {beyond} (common operation: {sure})."
    if relation is Relation.SAME_PROVIDER:
        return f"{a} and {b} share a provider and {beyond} (common operation: {sure})."
    if relation is Relation.NONE:
        return f"{a} and {b}: nothing holds between them that says more than chance (common operation: {sure})."
    return f"{a} and {b}: undecided, an analyst should look (common operation: {sure})."
