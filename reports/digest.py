"""What the weekly mail says, before it is text or HTML: what changed, why, what is to be looked at, what was not reached.

Everything here is already defanged and visible. Each list is bounded and says how many more there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.findings import ClusterRow, EvidenceRow, Findings, LinkRow, MemberRow, Relation
from reports.escape import defang, defang_text, file_name, visible
from reports.news import IN_CLUSTERS, News, copy_side, strongest_copies
from reports.severity import Severity, severity_of
from reports.standing import with_standing
from reports.words import HELD_BY_OTHERS, count, day, pair_sentence, percent, probability_words, state_words, was_reached

__all__ = ["ClusterNews", "Digest", "Member", "Section", "Story", "make_digest"]

_SECTIONS = (
    ("Found", ("discovered", "appeared")),
    ("Payment", ("payment", "payment-still")),
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
    severity: Severity

    @property
    def is_quiet(self) -> bool:
        """Nothing changed."""
        return not (self.clusters or self.sections or self.copies)


def make_digest(findings: Findings, most: int = 12) -> Digest:
    """The digest of one crawl's findings; at most ``most`` entries in each list."""
    findings = with_standing(findings)
    rows: dict[tuple[str, str], list[EvidenceRow]] = defaultdict(list)
    for row in findings.evidence:
        rows[row.site_a, row.site_b].append(row)

    def story(link: LinkRow) -> Story:
        told = pair_sentence(link, rows.get((link.site_a, link.site_b), ()))
        return Story(told.sentence, told.reasons, told.counter)

    news = News(findings)
    clusters = max(most // 2, 1)
    copies = _new_copies(findings)
    review = [link for link in findings.links if link.review or link.relation == Relation.FOR_REVIEW]
    review.sort(key=lambda link: (-link.probability, link.site_a, link.site_b))
    missed = _not_reached(findings)
    return Digest(
        day=day(findings.crawl_id),
        previous=day(findings.previous) if findings.previous else "",
        counts=_counts(findings, news, len(copies), len(review)),
        clusters=tuple(_cluster_news(findings, row, news, story, most) for row in news.clusters[:clusters]),
        more_clusters=max(len(news.clusters) - clusters, 0),
        copies=tuple(story(link) for link in copies[:most]),
        more_copies=max(len(copies) - most, 0),
        sections=_sections(findings, news, most),
        review=tuple(story(link) for link in review[:most]),
        more_review=max(len(review) - most, 0),
        not_reached=tuple(missed[:most]),
        more_not_reached=max(len(missed) - most, 0),
        storefronts=sum(1 for row in findings.storefronts if row.kind == "storefront"),
        severity=severity_of(
            (row.what for row in findings.changes if row.what != "not-reached"),
            sum(news.is_new(row) for row in news.clusters),
            len(copies),
        ),
    )


def _new_copies(findings: Findings) -> list[LinkRow]:
    """Copies seen for the first time (where the direction is not known: either side); at the first crawl all."""
    first_seen = {row.site: row.first_seen for row in findings.members}

    def is_new(link: LinkRow) -> bool:
        sides = (copy_side(link),) if copy_side(link) else (link.site_a, link.site_b)
        return not findings.previous or any(first_seen.get(site, "") > findings.previous for site in sides)

    return [link for link in strongest_copies(findings.links) if is_new(link)]


def _not_reached(findings: Findings) -> list[str]:
    """Storefronts that were asked for and not seen; a discovered host beyond the budget was never asked."""
    return [
        f"{defang(row.site)}: {visible(row.outcome, 40)}" + (f" ({defang_text(row.reason, 120)})" if row.reason else "")
        for row in sorted(findings.storefronts, key=lambda row: row.site)
        if row.kind == "storefront" and row.outcome != "not-asked" and not was_reached(row.outcome)
    ]


def _cluster_news(findings: Findings, row: ClusterRow, news: News, story: Callable[[LinkRow], Story], most: int) -> ClusterNews:
    said = [change for change in findings.changes if change.cluster == row.cluster and change.what in IN_CLUSTERS]
    said.sort(key=lambda change: (change.rank, change.site, change.sentence))
    new = news.new_members(row)
    inside = [member for member in findings.members if member.cluster == row.cluster]
    inside.sort(key=lambda member: (member.site not in new, member.first_seen, member.site))
    return ClusterNews(
        name=visible(row.cluster, 60),
        is_new=news.is_new(row),
        sure=percent(row.probability),
        words=probability_words(row.probability),
        said=tuple(defang_text(change.sentence, 300) for change in said[:most]),
        members=_members(findings, inside, new, story, most),
        more=max(len(inside) - most, 0),
        dossier="dossiers/" + file_name(row.cluster, ".html"),
    )


def _members(
    findings: Findings, inside: Sequence[MemberRow], new: set[str], story: Callable[[LinkRow], Story], most: int
) -> tuple[Member, ...]:
    """The members, each new one (all, where none is marked) with its strongest link into the cluster; no link is told twice."""
    fronts = {front.site: front for front in findings.storefronts}
    sites = {member.site for member in inside}
    links = [link for link in findings.links if link.relation == Relation.SAME_OPERATOR and {link.site_a, link.site_b} <= sites]
    # what two members show each other comes before what a third one or an earlier crawl says of them
    indirect = {(row.site_a, row.site_b) for row in findings.evidence if row.kind in HELD_BY_OTHERS}
    links.sort(key=lambda link: ((link.site_a, link.site_b) in indirect, -link.bits, link.site_a, link.site_b))
    told: set[LinkRow] = set()
    members = []
    for member in inside[:most]:
        front = fronts.get(member.site)
        best = next((link for link in links if member.site in (link.site_a, link.site_b)), None)
        is_told = best is not None and best not in told and (member.site in new or not new)
        if best is not None and is_told:
            told.add(best)
        members.append(
            Member(
                name=defang(member.site),
                is_new=member.site in new,
                state=state_words(front.page_state, front.outcome) if front else "",
                payment=visible(front.payment, 40) if front else "",
                first_seen=day(member.first_seen),
                found=_found(front.discovered_by, front.discovered_how) if front else "",
                story=story(best) if best is not None and is_told else None,
            )
        )
    return tuple(members)


def _found(by: str, how: str) -> str:
    said = f"found from {defang(by)}" if by else ""
    return ": ".join(part for part in (said, defang_text(how, 160)) if part)


def _sections(findings: Findings, news: News, most: int) -> tuple[Section, ...]:
    """The changes that are told neither with their cluster nor in the list of what was not reached."""
    in_news = {row.cluster for row in news.clusters}
    changes = [
        row for row in findings.changes if row.what != "not-reached" and not (row.what in IN_CLUSTERS and row.cluster in in_news)
    ]
    changes.sort(key=lambda row: (row.rank, row.site, row.what, row.sentence))
    known = {what for _, whats in _SECTIONS for what in whats}
    groups = [(title, [row for row in changes if row.what in whats]) for title, whats in _SECTIONS]
    groups.append(("Other changes", [row for row in changes if row.what not in known]))
    return tuple(
        Section(title, tuple(defang_text(row.sentence, 300) for row in rows[:most]), max(len(rows) - most, 0))
        for title, rows in groups
        if rows
    )


def _counts(findings: Findings, news: News, copies: int, review: int) -> tuple[str, ...]:
    def many(*whats: str) -> int:
        return sum(1 for row in findings.changes if row.what in whats)

    new = [row for row in news.clusters if news.is_new(row)]
    grown = sum(len(news.new_members(row)) for row in news.clusters if not news.is_new(row))
    counts = (
        (len(new), "new cluster", ""),
        (grown, "new member", ""),
        (many("merged", "split", "left"), "regrouping", ""),
        (copies, "new copy", "new copies"),
        (many("discovered"), "storefront discovered", "storefronts discovered"),
        (many("payment", "payment-still"), "payment notice", ""),
        (many("successor"), "successor", ""),
        (many("gone"), "storefront gone", "storefronts gone"),
        (many("back"), "storefront back", "storefronts back"),
        (review, "pair for review", "pairs for review"),
    )
    return tuple(count(number, one, more) for number, one, more in counts if number)
