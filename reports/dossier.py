"""One dossier a cluster, a file each: who is in it, since when, in what state, and every pair's evidence with its source."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.findings import ClusterRow, EvidenceRow, Findings, LinkRow, MemberRow, StorefrontRow
from analysis.masking import Shown
from reports.escape import defang, defang_text, file_name, icon_uri, visible
from reports.graph_page import environment, static_bytes
from reports.languages.catalogue import ENGLISH
from reports.languages.language import Language
from reports.news import News
from reports.stories import PairStory, edge_words, pair_story, sure_of
from reports.unseen import fingerprint_names
from reports.words import moment, strongest, was_reached

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
    """The clusters that get a dossier: those that the mail tells first, then those with another change, then the largest."""
    told = {row.cluster: place for place, row in enumerate(News(findings).clusters)}
    changed = {row.cluster for row in findings.changes}
    rows = (row for row in findings.clusters if row.size > 1)

    def place(row: ClusterRow) -> tuple[int, bool, int, str]:
        return told.get(row.cluster, len(told)), row.cluster not in changed, -row.size, row.cluster

    return tuple(sorted(rows, key=place)[:most])


def render_dossier(findings: Shown, cluster: ClusterRow, language: Language = ENGLISH, plain: str = "") -> str:
    """The dossier of one cluster as a page without a script; ``plain`` says why people's data are not masked. Equal findings
    give equal text."""
    members = sorted(
        (row for row in findings.members if row.cluster == cluster.cluster), key=lambda row: (row.first_seen, row.site)
    )
    sites = {row.site for row in members}
    fronts = {row.site: row for row in findings.storefronts if row.site in sites}
    links = findings.links_of(sites)
    inside = sorted(
        (row for row in links if {row.site_a, row.site_b} <= sites), key=lambda row: (-row.bits, row.site_a, row.site_b)
    )
    beside = sorted(
        (row for row in links if not {row.site_a, row.site_b} <= sites), key=lambda row: (-row.bits, row.site_a, row.site_b)
    )
    style = static_bytes("dossier.css").decode()
    style_hash = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    changes = (row for row in findings.changes if row.cluster == cluster.cluster)
    return (
        environment()
        .get_template("dossier.html.j2")
        .render(
            policy=f"default-src 'none'; style-src 'sha256-{style_hash}'; img-src data:; base-uri 'none'; form-action 'none'",
            style=Markup(style),
            language=language,
            say=language.say,
            name=visible(cluster.cluster, 60),
            plain=visible(plain, 1000),
            anchor=cluster.cluster,
            day=language.day(findings.crawl_id),
            lead=language.say("dossier/lead", size=language.count("storefront", len(members)), sure=sure_of(cluster, language)),
            facts=_facts(cluster, language),
            cards=[_card(row, fronts.get(row.site), members, findings.crawl_id, language) for row in members],
            pairs=[_pair(link, findings.evidence_of(link.site_a, link.site_b), language) for link in inside[:_PAIRS]],
            more_pairs=max(len(inside) - _PAIRS, 0),
            beside=[_pair(link, findings.evidence_of(link.site_a, link.site_b), language) for link in beside[:_PAIRS]],
            more_beside=max(len(beside) - _PAIRS, 0),
            changes=[defang_text(language.change(row), 300) for row in changes][:100],
            classes={letter: language.say(f"class/{letter}") for letter in "ABCDEFJ"},
        )
    )


def _facts(cluster: ClusterRow, language: Language) -> tuple[tuple[str, str], ...]:
    facts = (
        ("first-seen", language.day(cluster.first_seen)),
        ("last-seen", language.day(cluster.last_seen)),
        ("proven", f"{cluster.density * 100:.0f}\u00a0%"),
        ("weakest", edge_words(cluster.weakest, language)),
        ("bridges", "; ".join(edge_words(edge, language) for edge in cluster.bridges.split("; ")[:20])),
        ("parents", visible(cluster.parents, 300)),
    )
    return tuple((language.say(f"dossier/{name}"), value) for name, value in facts if value)


def _card(member: MemberRow, front: StorefrontRow | None, members: list[MemberRow], crawl_id: str, language: Language) -> _Card:
    left, width = _span(member, members, crawl_id)
    return _Card(
        name=defang(member.site),
        title=visible(front.title, 200) if front else "",
        icon=icon_uri(front.icon) if front else "",
        initials=visible(member.site.removeprefix("xn--")[:2].upper(), 8),
        facts=_card_facts(member, front, language) if front else (),
        first=language.day(member.first_seen),
        last=language.day(member.last_seen),
        left=left,
        width=width,
    )


def _card_facts(member: MemberRow, front: StorefrontRow, language: Language) -> tuple[tuple[str, str], ...]:
    say = language.say
    sure = language.percent(member.probability)
    inside = say("dossier/proved", sure=sure, day=language.day(member.proved)) if member.proved else sure
    state = language.token(front.page_state if was_reached(front.outcome) else front.outcome)
    if not was_reached(front.outcome):
        state = say("dossier/not-read", state=state, reason=defang_text(front.reason, 120)).strip()
    found = ": ".join(
        part
        for part in (
            defang(front.discovered_by) if front.discovered_by else "",
            defang_text(language.token(front.discovered_how), 200),
        )
        if part
    )
    nothing = "could-not-be-read" if "payment" in front.unread_in else "not-seen"
    facts = (
        ("address", defang(front.url, 240)),
        ("inside", inside),
        ("page", visible(state, 200)),
        ("marks", defang_text(front.marks, 300)),
        ("payment", visible(language.token(front.payment), 60) or say(f"dossier/{nothing}")),
        ("company", defang_text(front.company, 200)),
        ("languages", visible(front.languages, 80)),
        ("read", f"{language.count('page', front.pages)}, {language.count('product', front.products)}"),
        ("unread", fingerprint_names(front, language)),
        ("discovered", found),
    )
    return tuple((say(f"dossier/{name}"), value) for name, value in facts if value)


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


def _pair(link: LinkRow, rows: Sequence[EvidenceRow], language: Language) -> _Pair:
    told = [*strongest(rows, "for"), *strongest(rows, "against"), *strongest(rows, "explained")]
    return _Pair(
        relation=language.phrases.get(f"relation/{link.relation}") or visible(link.relation, 40),
        sure=language.percent(link.probability),
        bits=language.decimal(f"{link.bits:+.1f}"),
        story=pair_story(link, rows, language),
        note="" if language.tells_rows else defang_text(link.sentence, 400),
        contributions=tuple(_contribution(row, language) for row in told[:_CONTRIBUTIONS]),
        more=max(len(told) - _CONTRIBUTIONS, 0),
    )


def _contribution(row: EvidenceRow, language: Language) -> _Contribution:
    detail = language.say(
        "dossier/detail",
        letter=visible(row.cls, 4),
        family=language.phrases.get(f"family/{row.family}") or visible(row.family, 40),
        kind=visible(row.kind, 60),
        source=language.phrases.get(f"rarity/{row.u_source}") or visible(row.u_source, 20),
    )
    if row.explained_by:
        detail += ", " + language.say("dossier/explained", ancestor=defang_text(language.ancestor(row.explained_by), 120))
    return _Contribution(
        direction=visible(row.direction, 12),
        bits=language.decimal(f"{row.bits:+.1f}") if row.direction != "explained" else "0",
        sentence=defang_text(language.reason(row), 400),
        shown=defang_text(row.shown or row.value, 300),
        detail=detail,
        seen=tuple(
            (defang(site), defang(url, 300), visible(digest, 64))
            for site, url, digest in ((row.site_a, row.url_a, row.digest_a), (row.site_b, row.url_b, row.digest_b))
            if url or digest
        ),
    )
