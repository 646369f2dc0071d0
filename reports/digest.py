"""What the weekly mail says, before it is text or HTML: what changed, why, what is to be looked at, what was not reached.

Everything here is already defanged and visible. Each list is bounded and says how many more there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.findings import ChangeRow, ClusterRow, EvidenceRow, Findings, LinkRow, Relation
from reports.escape import defang, defang_text, file_name, visible
from reports.words import count, day, pair_sentence, percent, probability_words, state_words, was_reached

__all__ = ["ClusterNews", "Digest", "Member", "Section", "Story", "make_digest"]

_IN_CLUSTERS = ("appeared", "joined", "merged", "split", "left")
_SECTIONS = (
    ("Found", ("discovered", "appeared")),
    ("Payment", ("payment",)),
    ("Successors", ("successor",)),
    ("Gone, back and changed pages", ("gone", "back", "gate", "page-state")),
    ("Companies named", ("company",)),
)


@dataclass(frozen=True, slots=True)
class Story:
    """One pair: its relation, two strongest reasons, strongest counter-reason."""

    sentence: str
    reasons: tuple[str, ...]
    counter: str


@dataclass(frozen=True, slots=True)
class Member:
    """One storefront of a cluster that has news; ``story`` is its strongest link into the cluster if it is new there."""

    name: str
    is_new: bool
    state: str
    payment: str
    first_seen: str
    found: str
    story: Story | None


@dataclass(frozen=True, slots=True)
class ClusterNews:
    """One cluster that is new or is not what it was."""

    name: str
    is_new: bool
    sure: str
    words: str
    said: tuple[str, ...]
    members: tuple[Member, ...]
    more: int
    dossier: str


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one sort in plain sentences."""

    title: str
    said: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The whole digest. ``counts`` are own words and figures only; they make the subject."""

    day: str
    previous: str
    counts: tuple[str, ...]
    clusters: tuple[ClusterNews, ...]
    more_clusters: int
    copies: tuple[Story, ...]
    more_copies: int
    sections: tuple[Section, ...]
    review: tuple[Story, ...]
    more_review: int
    not_reached: tuple[str, ...]
    more_not_reached: int
    storefronts: int

    @property
    def is_quiet(self) -> bool:
        """Nothing changed."""
        return not (self.clusters or self.sections or self.copies)


def make_digest(findings: Findings, most: int = 12) -> Digest:
    """The digest of one crawl's findings; at most ``most`` entries in each list."""
    rows: dict[tuple[str, str], list[EvidenceRow]] = defaultdict(list)
    for row in findings.evidence:
        rows[row.site_a, row.site_b].append(row)

    def story(link: LinkRow) -> Story:
        told = pair_sentence(link, rows.get((link.site_a, link.site_b), ()))
        return Story(told.sentence, told.reasons, told.counter)

    changes = sorted(findings.changes, key=lambda row: (row.rank, row.site, row.what, row.sentence))
    news = _clusters_with_news(findings, changes)
    in_news = {row.cluster for row in news}
    told_there = {row for row in changes if row.what in _IN_CLUSTERS and row.cluster in in_news}
    first_seen = {row.site: row.first_seen for row in findings.members}
    copies = [
        link
        for link in findings.links
        if link.relation == Relation.COPY_OF and findings.crawl_id in _first(first_seen, link) and findings.previous
    ]
    copies.sort(key=lambda link: (-link.bits, link.site_a, link.site_b))
    review = [link for link in findings.links if link.review or link.relation == Relation.FOR_REVIEW]
    review.sort(key=lambda link: (-link.probability, link.site_a, link.site_b))
    missed = [
        f"{defang(row.site)}: {visible(row.outcome, 40)}" + (f" ({defang_text(row.reason, 120)})" if row.reason else "")
        for row in sorted(findings.storefronts, key=lambda row: row.site)
        if not was_reached(row.outcome)
    ]
    sections = _sections([row for row in changes if row not in told_there], most)
    return Digest(
        day=day(findings.crawl_id),
        previous=day(findings.previous) if findings.previous else "",
        counts=_counts(changes, news, len(review)),
        clusters=tuple(_cluster_news(findings, row, changes, story, most) for row in news[: max(most // 2, 1)]),
        more_clusters=max(len(news) - max(most // 2, 1), 0),
        copies=tuple(story(link) for link in copies[:most]),
        more_copies=max(len(copies) - most, 0),
        sections=sections,
        review=tuple(story(link) for link in review[:most]),
        more_review=max(len(review) - most, 0),
        not_reached=tuple(missed[:most]),
        more_not_reached=max(len(missed) - most, 0),
        storefronts=len(findings.storefronts),
    )


def _first(first_seen: dict[str, str], link: LinkRow) -> tuple[str, str]:
    return first_seen.get(link.site_a, ""), first_seen.get(link.site_b, "")


def _clusters_with_news(findings: Findings, changes: Iterable[ChangeRow]) -> list[ClusterRow]:
    """Clusters of two and more that a change of membership names: new ones first, then the largest."""
    named = {row.cluster for row in changes if row.what in _IN_CLUSTERS}
    news = [row for row in findings.clusters if row.cluster in named and row.size > 1]
    return sorted(news, key=lambda row: (row.first_seen != findings.crawl_id, -row.size, row.cluster))


def _cluster_news(
    findings: Findings, row: ClusterRow, changes: Sequence[ChangeRow], story: Callable[[LinkRow], Story], most: int
) -> ClusterNews:
    fronts = {front.site: front for front in findings.storefronts}
    inside = [member for member in findings.members if member.cluster == row.cluster]
    joined = {
        change.site for change in changes if change.cluster == row.cluster and change.what in ("joined", "appeared", "merged")
    }
    is_new = row.first_seen == findings.crawl_id
    inside.sort(key=lambda member: (member.site not in joined, member.first_seen, member.site))
    sites = {member.site for member in inside}
    links = sorted(
        (
            link
            for link in findings.links
            if link.relation == Relation.SAME_OPERATOR and link.site_a in sites and link.site_b in sites
        ),
        key=lambda link: (-link.bits, link.site_a, link.site_b),
    )
    members, told = [], set()
    for member in inside[:most]:
        front = fronts.get(member.site)
        best = (
            next((link for link in links if member.site in (link.site_a, link.site_b)), None)
            if member.site in joined or is_new
            else None
        )
        repeated = best is not None and (best.site_a, best.site_b) in told
        if best is not None:
            told.add((best.site_a, best.site_b))
        members.append(
            Member(
                name=defang(member.site),
                is_new=member.site in joined or is_new,
                state=state_words(front.page_state, front.outcome) if front else "",
                payment=visible(front.payment, 40) if front else "",
                first_seen=day(member.first_seen),
                found=_found(front.discovered_by, front.discovered_how) if front else "",
                story=story(best) if best is not None and not repeated else None,
            )
        )
    return ClusterNews(
        name=visible(row.cluster, 60),
        is_new=is_new,
        sure=percent(row.probability),
        words=probability_words(row.probability),
        said=tuple(
            defang_text(change.sentence, 300) for change in changes if change.cluster == row.cluster and change.what in _IN_CLUSTERS
        )[:most],
        members=tuple(members),
        more=max(len(inside) - most, 0),
        dossier="dossiers/" + file_name(row.cluster, ".html"),
    )


def _found(by: str, how: str) -> str:
    said = f"found from {defang(by)}" if by else ""
    return ": ".join(part for part in (said, defang_text(how, 160)) if part)


def _sections(changes: Sequence[ChangeRow], most: int) -> tuple[Section, ...]:
    known = {what for _, whats in _SECTIONS for what in whats}
    groups = [(title, [row for row in changes if row.what in whats]) for title, whats in _SECTIONS]
    groups.append(("Other changes", [row for row in changes if row.what not in known]))
    return tuple(
        Section(title, tuple(defang_text(row.sentence, 300) for row in rows[:most]), max(len(rows) - most, 0))
        for title, rows in groups
        if rows
    )


def _counts(changes: Sequence[ChangeRow], news: Sequence[ClusterRow], review: int) -> tuple[str, ...]:
    def many(*whats: str) -> int:
        return sum(1 for row in changes if row.what in whats)

    new = sum(1 for row in changes if row.what == "appeared" and row.cluster in {cluster.cluster for cluster in news})
    counts = (
        (new, "new cluster", ""),
        (many("joined"), "new member", ""),
        (many("merged", "split", "left"), "regrouping", ""),
        (many("payment"), "payment notice", ""),
        (many("successor"), "successor", ""),
        (many("gone"), "storefront gone", "storefronts gone"),
        (many("back"), "storefront back", "storefronts back"),
        (review, "pair for review", "pairs for review"),
    )
    return tuple(count(number, one, more) for number, one, more in counts if number)
