"""What the weekly mail says, before it is text or HTML: what changed, why, what is to be looked at, what was not reached.

Everything here is in the digest's language, defanged and visible. Each list is bounded and says how many more there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from analysis.findings import ChangeRow, ClusterRow, Findings, LinkRow, MemberRow, Relation, StateRow
from reports.escape import defang, defang_text, file_name, visible
from reports.languages.catalogue import ENGLISH
from reports.languages.language import Language
from reports.news import IN_CLUSTERS, News, copy_side, strongest_copies
from reports.severity import NOTES, Severity, severity_of
from reports.stories import pair_story, sure_of
from reports.unseen import not_reached, read_in_part
from reports.words import HELD_BY_OTHERS, PAYMENT_DOWN, is_ordinary, moment, was_reached

__all__ = ["SECTIONS", "ClusterNews", "Digest", "Line", "Member", "Section", "Story", "make_digest"]

_PAYMENT = ("payment", "payment-still")  # the second one stands in findings of before it was a state

#: Phrase of the title -> the changes told under it; all others are told under "others".
SECTIONS = (
    ("found", ("discovered", "appeared")),
    ("payments", _PAYMENT),
    ("successors", ("successor", "moved")),
    ("pages", ("gone", "back", "gate", "page-state")),
    ("companies", ("company",)),
    ("offers", ("catalogue", "prices", "language")),
    ("servers", ("host", "certificate")),
    ("corrections", ("corrected",)),
)


@dataclass(frozen=True, slots=True)
class Story:
    """One pair: its relation, two strongest reasons, strongest counter-reason, since when both are known."""

    sentence: str
    reasons: tuple[str, ...]
    counter: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One storefront of a cluster that has news; ``story`` is its strongest link into the cluster if it is new there."""

    name: str
    is_new: bool
    state: str
    payment: str
    is_paid: bool
    first_seen: str
    found: str
    story: Story | None


@dataclass(frozen=True, slots=True)
class ClusterNews:
    """One cluster that is new or is not what it was; ``dossier`` and ``map`` are names relative to the report's folder."""

    name: str
    is_new: bool
    sure: str
    said: tuple[str, ...]
    members: tuple[Member, ...]
    more: int
    dossier: str
    map: str


@dataclass(frozen=True, slots=True)
class Line:
    """One change in a plain sentence, with the cluster it is of where that has two members and more.

    The first time the mail names the cluster ``sure`` says how sure it is, and ``story`` why its storefront is held in it.
    """

    sentence: str
    cluster: str = ""
    dossier: str = ""
    sure: str = ""
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one sort."""

    title: str
    said: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The whole digest. ``counts`` are own words and figures only; they make the subject. ``crawls`` is how many it covers,
    ``changes`` how many changes there are, told here or not."""

    language: Language
    is_dated: bool
    day: str
    previous: str
    crawls: int
    counts: tuple[str, ...]
    changes: int
    clusters: tuple[ClusterNews, ...]
    more_clusters: int
    copies: tuple[Story, ...]
    more_copies: int
    sections: tuple[Section, ...]
    review: tuple[Story, ...]
    more_review: int
    still_down: tuple[str, ...]
    more_still_down: int
    not_reached: tuple[str, ...]
    more_not_reached: int
    read_in_part: tuple[str, ...]
    more_read_in_part: int
    reached_again: tuple[str, ...]
    more_reached_again: int
    storefronts: int
    severity: Severity

    @property
    def is_quiet(self) -> bool:
        """Nothing changed."""
        return not (self.clusters or self.sections or self.copies)

    @property
    def is_cut(self) -> bool:
        """Whether there are changes that no list has room for."""
        return bool(self.more_clusters or any(row.more for row in self.sections) or any(row.more for row in self.clusters))


class _Teller:
    """The findings of one digest, indexed, in its language; ``most`` entries in each list."""

    def __init__(self, findings: Findings, most: int, language: Language) -> None:
        self.findings, self.most, self.language = findings, most, language
        self.news = News(findings)
        self.first_seen = {row.site: row.first_seen for row in findings.members}
        self.clusters = {row.cluster: row for row in findings.clusters if row.size > 1}
        self.strongest = _strongest_links(findings, self.is_indirect)
        self.changes = sorted(
            (row for row in findings.changes if row.what not in NOTES),
            key=lambda row: (row.rank, row.site, row.what, row.sentence),
        )

    def story(self, link: LinkRow) -> Story:
        told = pair_story(link, self.findings.evidence_of(link.site_a, link.site_b), self.language)
        return Story(told.sentence, told.reasons, told.counter)

    def story_with_dates(self, link: LinkRow) -> Story:
        told = self.story(link)
        a, b = (self.first_seen.get(site, "") for site in (link.site_a, link.site_b))
        if not (a and b):
            return told
        seen = self.language.say(
            "seen-both",
            a=defang(link.site_a),
            day_a=self.language.day(a),
            b=defang(link.site_b),
            day_b=self.language.day(b),
        )
        return Story(told.sentence, told.reasons, told.counter, seen)

    def is_indirect(self, link: LinkRow) -> bool:
        """Whether a third storefront or an earlier crawl holds the pair, beside or in place of what the two show each other."""
        return any(row.kind in HELD_BY_OTHERS for row in self.findings.evidence_of(link.site_a, link.site_b))

    def line(self, row: ChangeRow, explained: set[str]) -> Line:
        """A change; ``explained`` are the clusters whose reasons the mail has given, and grows."""
        sentence = defang_text(self.language.change(row), 300)
        cluster = self.clusters.get(row.cluster)
        if cluster is None:
            return Line(sentence)
        link = self.strongest.get(row.site) if row.cluster not in explained else None
        explained.add(row.cluster)
        return Line(
            sentence,
            visible(row.cluster, 60),
            _dossier(row.cluster),
            sure_of(cluster, self.language) if link else "",
            self.story_with_dates(link) if link else None,
        )


def _strongest_links(findings: Findings, is_indirect: Callable[[LinkRow], bool]) -> dict[str, LinkRow]:
    """Of each storefront the strongest link into its own cluster; what two show each other comes before what others say of them."""
    cluster_of = {row.site: row.cluster for row in findings.members}
    inside = [
        link
        for link in findings.links
        if link.relation == Relation.SAME_OPERATOR and cluster_of.get(link.site_a, "") == cluster_of.get(link.site_b)
    ]
    found: dict[str, LinkRow] = {}
    for link in sorted(inside, key=lambda link: (is_indirect(link), -link.bits, link.site_a, link.site_b)):
        found.setdefault(link.site_a, link)
        found.setdefault(link.site_b, link)
    return found


def make_digest(findings: Findings, most: int = 12, language: Language = ENGLISH) -> Digest:
    """The digest of one crawl's findings, or of an interval's; at most ``most`` entries in each list."""
    teller = _Teller(findings, most, language)
    news = teller.news
    clusters = max(most // 2, 1)
    copies = _new_copies(findings)
    review = [link for link in findings.links if link.review or link.relation == Relation.FOR_REVIEW]
    review.sort(key=lambda link: (-link.probability, link.site_a, link.site_b))
    down = _still_down(teller)
    missed, in_part = not_reached(findings, language), read_in_part(findings, language)
    again = sorted(row.site for row in findings.changes if row.what == "reached-again")
    return Digest(
        language=language,
        is_dated=moment(findings.crawl_id) is not None,
        day=language.day(findings.crawl_id),
        previous=language.day(findings.previous) if findings.previous else "",
        crawls=int(findings.notes.get("crawls", "1")),
        counts=_counts(teller, len(copies), len(review)),
        changes=len(findings.changes),
        clusters=tuple(_cluster_news(teller, row) for row in news.clusters[:clusters]),
        more_clusters=max(len(news.clusters) - clusters, 0),
        copies=tuple(teller.story_with_dates(link) for link in copies[:most]),
        more_copies=max(len(copies) - most, 0),
        sections=_sections(teller),
        review=tuple(teller.story_with_dates(link) for link in review[:most]),
        more_review=max(len(review) - most, 0),
        still_down=tuple(down[:most]),
        more_still_down=max(len(down) - most, 0),
        not_reached=tuple(missed[:most]),
        more_not_reached=max(len(missed) - most, 0),
        read_in_part=tuple(in_part[:most]),
        more_read_in_part=max(len(in_part) - most, 0),
        reached_again=tuple(map(defang, again[:most])),
        more_reached_again=max(len(again) - most, 0),
        storefronts=sum(1 for row in findings.storefronts if row.kind == "storefront"),
        severity=severity_of((row.what for row in teller.changes), sum(news.is_new(row) for row in news.clusters), len(copies)),
    )


def _dossier(cluster: str) -> str:
    return "dossiers/" + file_name(cluster, ".html")


def _new_copies(findings: Findings) -> list[LinkRow]:
    """Copies seen for the first time (where the direction is not known: either side); at the first crawl all."""
    first_seen = {row.site: row.first_seen for row in findings.members}

    def is_new(link: LinkRow) -> bool:
        sides = (copy_side(link),) if copy_side(link) else (link.site_a, link.site_b)
        return not findings.previous or any(first_seen.get(site, "") > findings.previous for site in sides)

    return [link for link in strongest_copies(findings.links) if is_new(link)]


def _still_down(teller: _Teller) -> list[str]:
    """Who was read, and whose payment is not back since before: a state, told beside changes and by itself no news."""
    findings, language = teller.findings, teller.language
    if not teller.changes:
        return []
    told = {row.site for row in teller.changes if row.what in _PAYMENT}
    reached = {row.site for row in findings.states if row.attribute == "presence" and row.value == "reached"}
    asked = (reached & teller.first_seen.keys()) - told

    def line(row: StateRow) -> str:
        still = ChangeRow("payment-still", row.site, "", row.value, row.value, 0, "", "", "")
        return language.say("still-line", said=defang_text(language.change(still), 200), day=language.day(row.since))

    return [
        line(row)
        for row in sorted(findings.states, key=lambda row: row.site)
        if row.attribute == "payment"
        and row.value in PAYMENT_DOWN
        and row.since < findings.crawl_id == row.seen
        and row.site in asked
    ]


def _named(language: Language, token: str) -> str:
    """A state or outcome: in English as the findings call it, else by the language's name for it."""
    return visible(language.token(token), 60)


def _cluster_news(teller: _Teller, row: ClusterRow) -> ClusterNews:
    said = [change for change in teller.changes if change.cluster == row.cluster and change.what in IN_CLUSTERS]
    new = teller.news.new_members(row)
    inside = [member for member in teller.findings.members if member.cluster == row.cluster]
    inside.sort(key=lambda member: (member.site not in new, member.first_seen, member.site))
    return ClusterNews(
        name=visible(row.cluster, 60),
        is_new=teller.news.is_new(row),
        sure=sure_of(row, teller.language),
        said=tuple(defang_text(teller.language.change(change), 300) for change in said[: teller.most]),
        members=_members(teller, inside, new),
        more=max(len(inside) - teller.most, 0),
        dossier=_dossier(row.cluster),
        map="graph.html#" + quote(row.cluster, safe="", errors="replace"),
    )


def _members(teller: _Teller, inside: Sequence[MemberRow], new: set[str]) -> tuple[Member, ...]:
    """The members, each new one (all, where none is marked) with its strongest link into the cluster; no link is told twice."""
    findings, language = teller.findings, teller.language
    sites = {member.site for member in inside}
    fronts = {front.site: front for front in findings.storefronts if front.site in sites}
    told: set[LinkRow] = set()
    members = []
    for member in inside[: teller.most]:
        front = fronts.get(member.site)
        best = teller.strongest.get(member.site)
        is_told = best is not None and best not in told and (member.site in new or not new)
        if best is not None and is_told:
            told.add(best)
        is_odd = front is not None and not is_ordinary(front.page_state, front.outcome)
        members.append(
            Member(
                name=defang(member.site),
                is_new=member.site in new,
                state=_state(language, front.page_state, front.outcome) if front and is_odd else "",
                payment=_named(language, front.payment) if front and front.payment else "",
                is_paid=front is not None and front.payment == "accepted",
                first_seen=language.day(member.first_seen),
                found=_found(language, front.discovered_by, front.discovered_how) if front else "",
                story=teller.story(best) if best is not None and is_told else None,
            )
        )
    return tuple(members)


def _state(language: Language, page_state: str, outcome: str) -> str:
    return _named(language, page_state if was_reached(outcome) else outcome)


def _found(language: Language, by: str, how: str) -> str:
    said = language.say("found-from", site=defang(by)) if by else ""
    shown = defang_text(language.token(how), 160)
    return language.say("label", label=said, text=shown) if said and shown else said or shown


def _sections(teller: _Teller) -> tuple[Section, ...]:
    """The changes that are told neither with their cluster nor in the list of what was not reached."""
    in_news = {row.cluster for row in teller.news.clusters}
    groups: dict[str, list[ChangeRow]] = {title: [] for title in (*(title for title, _ in SECTIONS), "others")}
    title_of = {what: title for title, whats in SECTIONS for what in whats}
    for row in teller.changes:
        if not (row.what in IN_CLUSTERS and row.cluster in in_news):
            groups[title_of.get(row.what, "others")].append(row)
    most = teller.most
    explained = {row.cluster for row in teller.news.clusters[: max(most // 2, 1)]}
    return tuple(
        Section(teller.language.say(title), tuple(teller.line(row, explained) for row in rows[:most]), max(len(rows) - most, 0))
        for title, rows in groups.items()
        if rows
    )


def _counts(teller: _Teller, copies: int, review: int) -> tuple[str, ...]:
    news, count = teller.news, teller.language.count
    # who joined is counted by cluster; what a whole cluster did has no storefront
    whats = Counter(row.what for row in teller.changes if row.what != "joined" and (row.site or row.what != "appeared"))

    def many(*names: str) -> int:
        return sum(whats.pop(name, 0) for name in names)

    new = sum(news.is_new(row) for row in news.clusters)
    grown = sum(len(news.new_members(row)) for row in news.clusters if not news.is_new(row))
    counts = (
        ("new-cluster", new),
        ("new-member", grown),
        ("regrouping", many("merged", "split", "left")),
        ("new-copy", copies),
        ("discovered", many("discovered")),
        ("payment", many(*_PAYMENT)),
        ("successor", many("successor", "moved")),
        ("gone", many("gone")),
        ("back", many("back")),
        ("correction", many("corrected")),
        ("first-seen", many("appeared")),
        ("other", sum(whats.values())),
        ("review", review),
    )
    return tuple(count(name, number) for name, number in counts if number)
