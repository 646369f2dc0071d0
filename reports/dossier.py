"""One dossier a cluster, a file each: who is in it, since when, in what state, and every pair's evidence with its source."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from analysis.findings import ClusterRow, EvidenceRow, Findings, LinkRow, MemberRow, StorefrontRow
from reports.escape import defang, defang_text, file_name, icon_uri, visible
from reports.graph_page import environment, static_bytes
from reports.stories import PairStory, pair_story
from reports.words import (
    CLASS_WORDS,
    RELATION_WORDS,
    count,
    day,
    moment,
    percent,
    probability_words,
    strongest,
    was_reached,
)

__all__ = ["chosen_clusters", "dossier_name", "render_dossier"]

_PAIRS = 300  # told in one dossier, the strongest first
_CONTRIBUTIONS = 60  # told of one pair, the heaviest first


@dataclass(frozen=True, slots=True)
class _Card:
    name: str
    title: str
    icon: str
    initials: str
    facts: tuple[tuple[str, str], ...]
    first: str
    last: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class _Contribution:
    direction: str
    bits: str
    sentence: str
    shown: str
    detail: str
    seen: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    relation: str
    sure: str
    bits: str
    story: PairStory
    note: str
    contributions: tuple[_Contribution, ...]
    more: int


def dossier_name(cluster: str) -> str:
    """The dossier's file name: from the cluster's id and nothing else."""
    return file_name(cluster, ".html")


def chosen_clusters(findings: Findings, most: int) -> tuple[ClusterRow, ...]:
    """The clusters that get a dossier: those with a change first, then the largest."""
    changed = {row.cluster for row in findings.changes}
    rows = (row for row in findings.clusters if row.size > 1)
    return tuple(sorted(rows, key=lambda row: (row.cluster not in changed, -row.size, row.cluster))[:most])


def render_dossier(findings: Findings, cluster: ClusterRow) -> str:
    """The dossier of one cluster as a page without a script; equal findings give equal text."""
    members = sorted(
        (row for row in findings.members if row.cluster == cluster.cluster), key=lambda row: (row.first_seen, row.site)
    )
    sites = {row.site for row in members}
    fronts = {row.site: row for row in findings.storefronts if row.site in sites}
    links = [row for row in findings.links if row.site_a in sites or row.site_b in sites]
    inside = sorted(
        (row for row in links if {row.site_a, row.site_b} <= sites), key=lambda row: (-row.bits, row.site_a, row.site_b)
    )
    beside = sorted(
        (row for row in links if not {row.site_a, row.site_b} <= sites), key=lambda row: (-row.bits, row.site_a, row.site_b)
    )
    wanted = {(row.site_a, row.site_b) for row in inside[:_PAIRS] + beside[:_PAIRS]}
    rows: dict[tuple[str, str], list[EvidenceRow]] = defaultdict(list)
    for row in findings.evidence:
        if (row.site_a, row.site_b) in wanted:
            rows[row.site_a, row.site_b].append(row)
    style = static_bytes("dossier.css").decode()
    style_hash = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        environment()
        .get_template("dossier.html.j2")
        .render(
            policy=f"default-src 'none'; style-src 'sha256-{style_hash}'; img-src data:; base-uri 'none'; form-action 'none'",
            style=Markup(style),
            name=visible(cluster.cluster, 60),
            anchor=cluster.cluster,
            day=day(findings.crawl_id),
            size=count(len(members), "storefront"),
            words=probability_words(cluster.probability),
            sure=percent(cluster.probability),
            facts=_facts(cluster),
            cards=[_card(row, fronts.get(row.site), members, findings.crawl_id) for row in members],
            pairs=[_pair(link, rows[link.site_a, link.site_b]) for link in inside[:_PAIRS]],
            more_pairs=max(len(inside) - _PAIRS, 0),
            beside=[_pair(link, rows[link.site_a, link.site_b]) for link in beside[:_PAIRS]],
            more_beside=max(len(beside) - _PAIRS, 0),
            changes=[defang_text(row.sentence, 300) for row in findings.changes if row.cluster == cluster.cluster][:100],
            classes=CLASS_WORDS,
        )
    )


def _facts(cluster: ClusterRow) -> tuple[tuple[str, str], ...]:
    facts = (
        ("First seen", day(cluster.first_seen)),
        ("Last seen", day(cluster.last_seen)),
        ("Proven pairs", f"{cluster.density * 100:.0f} %"),
        ("Weakest link", defang_text(cluster.weakest, 300)),
        ("Cut bridges", defang_text(cluster.bridges, 800)),
        ("Came from", visible(cluster.parents, 300)),
    )
    return tuple((name, value) for name, value in facts if value)


def _card(member: MemberRow, front: StorefrontRow | None, members: list[MemberRow], crawl_id: str) -> _Card:
    left, width = _span(member, members, crawl_id)
    facts: tuple[tuple[str, str], ...] = ()
    title = icon = ""
    if front is not None:
        title, icon = visible(front.title, 200), icon_uri(front.icon)
        found = ": ".join(
            part
            for part in (defang(front.discovered_by) if front.discovered_by else "", defang_text(front.discovered_how, 200))
            if part
        )
        facts = (
            ("Address", defang(front.url, 240)),
            ("In this cluster", percent(member.probability) + (f", last proved {day(member.proved)}" if member.proved else "")),
            (
                "Page",
                visible(front.page_state, 60)
                if was_reached(front.outcome)
                else f"not read: {visible(front.outcome, 40)} {defang_text(front.reason, 120)}",
            ),
            ("Recognised by", defang_text(front.marks, 300)),
            ("Payment", visible(front.payment, 40) or "not seen"),
            ("Company named", defang_text(front.company, 200)),
            ("Languages", visible(front.languages, 80)),
            ("Read", f"{count(front.pages, 'page')}, {count(front.products, 'product')}"),
            ("Discovered by", found),
        )
    return _Card(
        name=defang(member.site),
        title=title,
        icon=icon,
        initials=visible(member.site.removeprefix("xn--")[:2].upper(), 8),
        facts=tuple((name, value) for name, value in facts if value),
        first=day(member.first_seen),
        last=day(member.last_seen),
        left=left,
        width=width,
    )


def _span(member: MemberRow, members: list[MemberRow], crawl_id: str) -> tuple[float, float]:
    """Where on the time line, from 0 to 100, the storefront's time begins, and how long it is; a crawl is never a point."""
    starts = [when for row in members if (when := moment(row.first_seen))]
    begin, end = min(starts, default=None), moment(crawl_id)
    first, last = moment(member.first_seen), moment(member.last_seen)
    if begin is None or end is None or first is None or last is None or end <= begin:
        return 0.0, 100.0
    whole = (end - begin).total_seconds()
    left = min((first - begin).total_seconds() / whole * 100, 97.0)
    return round(left, 2), round(max(min((last - first).total_seconds() / whole * 100, 100 - left), 3.0), 2)


def _pair(link: LinkRow, rows: list[EvidenceRow]) -> _Pair:
    told = [*strongest(rows, "for"), *strongest(rows, "against"), *strongest(rows, "explained")]
    relation = next((words for name, words in RELATION_WORDS.items() if name == link.relation), visible(link.relation, 40))
    return _Pair(
        relation=relation,
        sure=percent(link.probability),
        bits=f"{link.bits:+.1f}",
        story=pair_story(link, rows),
        note=defang_text(link.sentence, 400),
        contributions=tuple(_contribution(row) for row in told[:_CONTRIBUTIONS]),
        more=max(len(told) - _CONTRIBUTIONS, 0),
    )


def _contribution(row: EvidenceRow) -> _Contribution:
    explained = f", explained by {defang_text(row.explained_by, 120)}" if row.explained_by else ""
    source = visible(row.u_source, 20)
    return _Contribution(
        direction=visible(row.direction, 12),
        bits=f"{row.bits:+.1f}" if row.direction != "explained" else "0",
        sentence=defang_text(row.sentence or row.kind, 400),
        shown=defang_text(row.shown or row.value, 300),
        detail=f"class {visible(row.cls, 4)}, {visible(row.family, 40)}, {visible(row.kind, 60)}, rarity from {source}{explained}",
        seen=tuple(
            (defang(site), defang(url, 300), visible(digest, 64))
            for site, url, digest in ((row.site_a, row.url_a, row.digest_a), (row.site_b, row.url_b, row.digest_b))
            if url or digest
        ),
    )
