"""The story of one pair in a language: its relation in a sentence, its two strongest reasons, its strongest counter-reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.evidence import Family
from analysis.findings import ClusterRow, EvidenceRow, LinkRow, Relation
from reports.escape import defang, defang_text
from reports.languages.catalogue import ENGLISH
from reports.languages.language import Language
from reports.words import strongest

__all__ = ["PairStory", "edge_words", "pair_story", "sure_of"]

_FIGURE = re.compile(r"[01]\.\d{1,9}")


@dataclass(frozen=True, slots=True)
class PairStory:
    """One pair in words, hosts defanged, unseen characters shown.

    ``sentence`` the relation; ``reasons`` the strongest contributions of two distinct families (fewer where there are fewer);
    ``counter`` the strongest contribution against, or empty.
    """

    sentence: str
    reasons: tuple[str, ...]
    counter: str


def pair_story(link: LinkRow, evidence: Iterable[EvidenceRow], language: Language = ENGLISH) -> PairStory:
    """The story of one pair. ``evidence`` may hold other pairs' rows too; they are passed over."""
    rows = [row for row in evidence if (row.site_a, row.site_b) == (link.site_a, link.site_b)]
    # a kit's or a provider's is what the theme or the host explains; why one operator is for review, it does not
    is_grounds = link.relation in (Relation.SAME_KIT, Relation.SAME_PROVIDER) and not link.review
    shared = ("explained", "for") if is_grounds else ("for", "explained")
    reasons = _distinct(strongest(rows, shared[0])) or _distinct(strongest(rows, shared[1]))
    counter = strongest(rows, "against")[:1]
    listed = () if language.tells_rows else _listed(link.pro, 2)
    listed_against = () if language.tells_rows else _listed(link.contra, 1)
    return PairStory(
        sentence=_sentence(link, language, rows),
        reasons=tuple(_reason(row, language) for row in reasons) or listed,
        counter=_reason(counter[0], language) if counter else "".join(listed_against),
    )


def sure_of(cluster: ClusterRow, language: Language) -> str:
    """How sure a cluster is: word and figure, or that nothing but an analyst's judgement holds its weakest member."""
    if cluster.weakest.endswith(" judged"):
        return language.say("by-judgement")
    return language.sure(cluster.probability)


def edge_words(edge: str, language: Language = ENGLISH) -> str:
    """An edge of a cluster row (``a.example b.example 0.970``, or ``judged`` for the figure) in words, defanged."""
    a, _, rest = edge.partition(" ")
    b, _, figure = rest.partition(" ")
    if figure == "judged":
        return f"{defang(a)} \u2013 {defang(b)} ({language.say('judged-edge')})"
    if not _FIGURE.fullmatch(figure):
        return defang_text(edge, 200)
    return f"{defang(a)} \u2013 {defang(b)} ({language.percent(float(figure))})"


def _distinct(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    families = {row.family for row in rows}
    return rows[: min(2, len(families))]


def _listed(reasons: str, most: int) -> tuple[str, ...]:
    """The reasons the link itself carries, in the analysis' language, for pairs whose evidence is not at hand."""
    return tuple(defang_text(part.strip(), 300) for part in reasons.split("; ")[:most] if part.strip())


def _reason(row: EvidenceRow, language: Language) -> str:
    text = defang_text(language.reason(row), 300)
    if language.tells_rows:
        return text
    if row.direction == "explained" and row.explained_by not in ("", "common", "judgement") and "explained by" not in row.sentence:
        return language.say("explained", reason=text, ancestor=defang_text(row.explained_by, 80))
    return text


def _sentence(link: LinkRow, language: Language, rows: Iterable[EvidenceRow]) -> str:
    relation = Relation(link.relation)
    key, copy = str(relation), ""
    if relation is Relation.COPY_OF:
        key = "copy" if link.original in (link.site_a, link.site_b) else "source"
        copy = link.site_b if link.original == link.site_a else link.site_a
    judged = next((row.kind.partition(".")[2] for row in rows if row.family == Family.JUDGEMENT), "")
    if judged == "different" and relation is Relation.FOR_REVIEW:
        judged = "cut"
    if f"pair/judged-{judged}" in language.phrases and (judged != "protected" or relation is Relation.COPY_OF):
        key = f"judged-{judged}"
    elif link.review and f"pair/{key}-review" in language.phrases:
        key += "-review"
    return language.say(
        f"pair/{key}",
        a=defang(link.site_a),
        b=defang(link.site_b),
        copy=defang(copy),
        original=defang(link.original),
        sure=language.sure(link.probability),
    )
