"""The stage on one screen: crawl archive -> readings -> linkage -> clusters -> changes -> findings.

Findings are a function of the archive, the previous findings, the judgements and the settings; time is the crawl id, never
the clock.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from analysis.clusters.changes import changes_between
from analysis.clusters.constraints import apart_pairs, judged_edges, still_carried
from analysis.clusters.corrections import LAST_NOTE, protected_note, settled, with_corrections
from analysis.clusters.history import past_rows
from analysis.clusters.joining import joined
from analysis.clusters.lineage import carried_edges, first_seen_of, name_clusters
from analysis.clusters.memory import Patience
from analysis.clusters.partition import Edge, partition
from analysis.clusters.sights import READ_KINDS
from analysis.clusters.watch import Watched, watch
from analysis.evidence import Mode, Trace
from analysis.findings import Findings, MemberRow, Relation, StorefrontRow, TraceRow, write
from analysis.fingerprints.registry import KINDS, take_each, writable
from analysis.linkage.caps import SHIPPED, Caps
from analysis.linkage.corpus import profile
from analysis.linkage.judged import judged_matches
from analysis.linkage.judgements import Protection, Standing
from analysis.linkage.link import Linkage, link
from analysis.linkage.matching import REVIEW_AT, SAME_OPERATOR_AT, Match, unlifted
from analysis.linkage.synchrony import synchrony
from analysis.page.pages import READER
from analysis.page.reading import Reading, read
from analysis.reference.table import load_reference
from analysis.verdicts import cluster_rows, evidence_rows, link_rows, told_pairs
from analysis.workers import Died, Limits, run_limited
from crawler.archive import Crawl, open_crawl
from crawler.captures import HostKind, Outcome
from crawler.problems import InputProblem
from crawler.thinning import is_thinned

__all__ = [
    "UNREAD",
    "AnalysisSettings",
    "Compared",
    "SiteReading",
    "analyse",
    "compare_readings",
    "conclude",
    "nearly_proven",
    "read_all",
    "read_site",
    "storefront_row",
]

#: Begins the reason of a storefront whose pages are archived and could not be read, all of them or in some fingerprints.
UNREAD = "could not be read"
#: Worst first: one page that says cards are gone outweighs ten that still show their pictures.
_PAYMENT_ORDER = ("unavailable", "withdrawn", "moved", "accepted")
#: Traces that go into a storefront's row instead of the table.
_ICON = "logo.icon"


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """``key_cut``: keys on more storefronts than this are skipped in blocking; ``without``: kinds, fingerprints or
    families whose evidence is left out; ``reference``: folder of the user's own reference table, if there is one;
    ``caps``: the fitted part of the model; ``patience``: how long a miss and a flapping value are waited for."""

    limits: Limits = field(default_factory=Limits)
    key_cut: int = 200
    without: frozenset[str] = frozenset()
    reference: Path | None = None
    caps: Caps = SHIPPED
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class SiteReading:
    """What a worker hands back for one storefront."""

    row: StorefrontRow
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A crawl's storefronts compared: rows and wanted traces by site, every pair's match, what the comparison rested on, and
    what is different of each storefront by itself, and the judgements that stand."""

    rows: Mapping[str, StorefrontRow]
    traces: Mapping[str, Sequence[Trace]]
    linkage: Linkage
    notes: Mapping[str, str]
    watched: Watched
    patience: Patience = field(default_factory=Patience)
    standing: Standing = field(default_factory=Standing)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A capture whose file is missing or not what the crawl wrote; ``problem`` is one sentence."""

    problem: str


def analyse(
    crawl_folder: Path,
    findings_folder: Path,
    previous: Findings | None = None,
    settings: AnalysisSettings | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    standing: Standing | None = None,
) -> Findings:
    """Analyse one crawl and write its findings to ``findings_folder``; ``progress(done, total, site)`` is told of each reading.

    ``standing``: the judgements known now, whatever the age of the crawl, and the protected storefronts.
    """
    settings = settings or AnalysisSettings()
    crawl = open_crawl(crawl_folder)
    if is_thinned(crawl.about):
        raise InputProblem(
            f"{crawl_folder} was thinned: it holds only what its links rest on; a new analysis would miss the rest. Its "
            "findings are kept; analyse a newer crawl."
        )
    # no reading and no match is held any longer than it is asked
    findings = conclude(
        crawl.crawl_id,
        compare_readings(crawl.crawl_id, read_all(crawl, crawl_folder, settings, progress), previous, settings, standing),
        previous,
    )
    write(findings, findings_folder)
    return findings


def compare_readings(
    crawl_id: str,
    readings: Mapping[str, SiteReading],
    previous: Findings | None,
    settings: AnalysisSettings,
    standing: Standing | None = None,
) -> Compared:
    """Profiles of all readings, every candidate pair weighed and judged; storefronts that only the history knows get a row."""
    standing = standing or Standing()
    rows = {site: reading.row for site, reading in readings.items()}
    rows |= _not_asked(previous, rows)
    traces = {site: [t for t in reading.traces if _wanted(t, settings)] for site, reading in readings.items()}
    watching = {site: [t for t in kept if t.kind in READ_KINDS] for site, kept in traces.items()}
    watched = watch(previous, rows.values(), _trace_rows(watching), crawl_id, settings.patience)
    cluster_of = {row.site: row.cluster for row in previous.members} if previous else {}
    reference = load_reference(overlay=settings.reference)
    linkage = link(
        (profile(site, rows[site].kind == HostKind.SERVICE, kept, rows[site].unread_in) for site, kept in traces.items()),
        KINDS,
        reference,
        known_pairs=[(row.site_a, row.site_b) for row in previous.links] if previous else (),
        originals=_known_originals(previous, standing),
        cut=settings.key_cut,
        caps=settings.caps,
        over_time=synchrony(watched.steps, cluster_of),
        standing=standing,
    )
    shops = [site for site, row in rows.items() if row.kind == HostKind.STOREFRONT]
    linkage = replace(linkage, matches=judged_matches(linkage.matches, standing, shops, linkage.prior))
    notes = {"reference": reference.version, "model": settings.caps.name, **_judgement_notes(standing, shops)}
    return Compared(rows, traces, linkage, notes, watched, settings.patience, standing)


def _judgement_notes(standing: Standing, shops: Sequence[str]) -> dict[str, str]:
    notes = {"judgements": str(len(standing.history)), LAST_NOTE: str(standing.last), "judgement_digest": standing.digest}
    lists = {str(word): protected_note(standing, shops, word) for word in Protection} if standing.protected else {}
    conflicts = " | ".join(conflict.sentence for conflict in standing.conflicts)
    return {**notes, **lists, **({"judgement_conflicts": conflicts} if conflicts else {})}


def read_site(task: tuple[str, str]) -> SiteReading | Damaged:
    """Read one storefront of a crawl: (crawl folder, site). Runs in a limited child process."""
    folder, site = task
    try:
        capture = _opened(folder).capture(site)
    except InputProblem as problem:
        return Damaged(str(problem))
    reading = read(capture)
    taken = take_each(reading)
    row = storefront_row(reading, taken.traces, taken.unread)
    return SiteReading(row, tuple(trace for trace in taken.traces if trace.kind != _ICON))


def read_all(
    crawl: Crawl, folder: Path, settings: AnalysisSettings, progress: Callable[[int, int, str], None] | None = None
) -> dict[str, SiteReading]:
    """What the workers hand back, by site; ``InputProblem`` where a capture is not what the crawl wrote."""
    tasks = [(str(folder), entry.site) for entry in sorted(crawl.entries, key=lambda entry: entry.site)]
    readings: dict[str, SiteReading] = {}
    by_site = {entry.site: entry for entry in crawl.entries}
    texts: dict[str, str] = {}
    for number, ((_, site), answer) in enumerate(run_limited(read_site, tasks, settings.limits), 1):
        if isinstance(answer, Damaged):
            # an archive that was changed proves nothing: better no findings than findings without this storefront
            raise InputProblem(answer.problem)
        if isinstance(answer, Died):
            entry = by_site[site]
            row = _empty_row(
                site, entry.url, str(entry.kind), str(Outcome.FAILED), writable(f"{UNREAD}: {answer.reason}"), "not-seen"
            )
            answer = SiteReading(row, ())
        readings[site] = SiteReading(answer.row, tuple(_sharing(trace, texts) for trace in answer.traces))
        if progress is not None:
            progress(number, len(tasks), site)
    return readings


def _sharing(trace: Trace, texts: dict[str, str]) -> Trace:
    """The trace with texts that others have too as the same objects: every answer of a worker brings its own."""
    kind, value, url, digest, shown, weight = trace
    once = texts.setdefault
    return Trace(once(kind, kind), once(value, value), once(url, url), once(digest, digest), once(shown, shown), weight)


def conclude(crawl_id: str, compared: Compared, previous: Findings | None) -> Findings:
    """Clusters, lineage and changes of a compared crawl, as findings."""
    rows, traces, linkage, standing = compared.rows, compared.traces, compared.linkage, compared.standing
    history = first_seen_of(previous)
    shops = sorted(site for site, row in rows.items() if row.kind == HostKind.STOREFRONT)
    first_seen = {site: history[site].first_seen if site in history else crawl_id for site in shops}
    proven = [
        _edge(pair, found)
        for pair, found in sorted(linkage.matches.items())
        if found.relation is Relation.SAME_OPERATOR and pair not in standing.same
    ]
    several = joined(proven, nearly_proven(linkage, standing), SAME_OPERATOR_AT)
    proven += several
    carried = still_carried(carried_edges(previous, rows, proven, crawl_id), previous, standing)
    edges = [edge for edge in [*proven, *carried, *judged_edges(standing, shops)] if edge.a in rows and edge.b in rows]
    named = name_clusters(partition(shops, edges, apart_pairs(standing, shops)), previous, crawl_id)
    proved_now = {site for edge in proven for site in (edge.a, edge.b)}
    members = [
        MemberRow(
            site,
            item.name,
            _held(site, edges, item.cluster.sites),
            first_seen[site],
            crawl_id
            if rows[site].outcome in (Outcome.FINISHED, Outcome.BUDGET) or site not in history
            else history[site].last_seen,
            crawl_id
            if site in proved_now or len(item.cluster.sites) == 1
            else history[site].proved
            if site in history
            else crawl_id,
        )
        for item in named
        for site in item.cluster.sites
    ]
    clusters = cluster_rows(named, members)
    proved_in = {(edge.a, edge.b): min(history[site].proved for site in (edge.a, edge.b) if site in history) for edge in carried}
    told = told_pairs(linkage, named, edges, proved_in, standing, frozenset((edge.a, edge.b) for edge in several))
    links = link_rows(told, named, first_seen, [edge for item in named for edge in item.cluster.bridges])
    evidence = evidence_rows(told)
    changes, states = changes_between(previous, compared.watched, rows.values(), members, compared.patience)
    changes = with_corrections(changes, previous, rows, members, evidence, standing)
    return Findings(
        crawl_id=crawl_id,
        previous=previous.crawl_id if previous else "",
        storefronts=tuple(rows[site] for site in sorted(rows)),
        traces=tuple(_trace_rows(traces)),
        evidence=tuple(evidence),
        links=tuple(row for row in links if row.relation != Relation.NONE),
        members=tuple(members),
        clusters=tuple(clusters),
        changes=tuple(changes),
        compared=tuple(row for row in links if row.relation == Relation.NONE),
        states=tuple(settled(states, changes, members, crawl_id)),
        steps=compared.watched.steps,
        past=past_rows(previous),
        notes={
            "reader": READER,
            **compared.notes,
            "candidate_pairs": str(len(linkage.blocked)),
            "skipped_keys": str(linkage.blocked.skipped_keys),
        },
    )


def _edge(pair: tuple[str, str], found: Match) -> Edge:
    values = frozenset(f"{c.kind.name}={c.value}" for c in found.contributions if c.kind.cls.is_control and c.bits >= 1)
    return Edge(*pair, found.probability, values)


def nearly_proven(linkage: Linkage, standing: Standing) -> list[Edge]:
    """Links for review that pass every test of control, and about which nobody has judged; what lifts a pair for an analyst's
    sake alone does not count."""
    return [
        replace(_edge(pair, found), probability=likely)
        for pair, found in sorted(linkage.matches.items())
        if found.review and not found.rule and (likely := unlifted(found)) >= REVIEW_AT and pair not in standing.pairs
    ]


def _trace_rows(traces: Mapping[str, Iterable[Trace]]) -> list[TraceRow]:
    return [TraceRow(site, t.kind, t.value, t.shown, t.url, t.digest, t.weight) for site in sorted(traces) for t in traces[site]]


def _held(site: str, edges: Iterable[Edge], fellows: tuple[str, ...]) -> float:
    """The strongest link that holds a storefront in its cluster; 1.0 for a lone one."""
    inside = set(fellows)
    held = [edge.probability for edge in edges if site in (edge.a, edge.b) and {edge.a, edge.b} <= inside]
    return max(held, default=1.0)


def storefront_row(reading: Reading, traces: Sequence[Trace], unread: Mapping[str, str] | None = None) -> StorefrontRow:
    """What the findings say of the storefront itself. ``unread``: fingerprints that failed on it, and of what."""
    capture = reading.capture
    by_kind: dict[str, list[Trace]] = {}
    for trace in traces:
        by_kind.setdefault(trace.kind, []).append(trace)
    home = reading.home or next(iter(reading.readable), None)
    states = {trace.value for trace in by_kind.get("payment.state", ())}
    sizes = [trace.weight for trace in by_kind.get("catalogue.size", ())]
    failed = ", ".join(f"{name} ({said})" for name, said in sorted((unread or {}).items()))
    companies = list(dict.fromkeys(trace.text for trace in by_kind.get("identity.declared_company", ())))
    return StorefrontRow(
        site=capture.site,
        url=capture.url,
        kind=str(capture.kind),
        outcome=str(capture.outcome),
        reason="; ".join(filter(None, (f"{UNREAD} in {failed}" if failed else "", capture.reason))),
        page_state=str(reading.verdict.state),
        marks="; ".join(reading.verdict.marks),
        title=(home.title if home else "").encode("utf-8", "replace").decode()[:200],
        languages=",".join(sorted({page.language for page in reading.readable if page.language})),
        company=" / ".join(companies[:2])[:200],
        payment=next((state for state in _PAYMENT_ORDER if state in states), ""),
        products=int(max(sizes, default=0)),
        pages=len(reading.pages),
        discovered_by=capture.discovered_by or "",
        discovered_how=capture.discovered_how or "",
        icon=_icon(by_kind.get(_ICON, [])),
        roles=",".join(sorted({str(page.role) for page in reading.readable})),
        unread=",".join(sorted(unread or ())),
    )


def _empty_row(site: str, url: str, kind: str, outcome: str, reason: str, state: str) -> StorefrontRow:
    return StorefrontRow(site, url, kind, outcome, reason, state, "", "", "", "", "", 0, 0, "", "", b"")


def _not_asked(previous: Findings | None, rows: Mapping[str, StorefrontRow]) -> dict[str, StorefrontRow]:
    """Storefronts of the history that this crawl did not ask about: they stay members, and nothing is said of them."""
    if previous is None:
        return {}
    return {
        row.site: _empty_row(row.site, row.url, row.kind, "not-asked", "not among this crawl's candidates", "not-seen")
        for row in previous.storefronts
        if row.site not in rows and row.kind == HostKind.STOREFRONT
    }


def _known_originals(previous: Findings | None, standing: Standing) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in previous.links if previous else ():
        if row.relation == Relation.COPY_OF and row.original and not standing.is_same(row.site_a, row.site_b):
            copy = row.site_b if row.original == row.site_a else row.site_a
            found.setdefault(copy, set()).add(row.original)
    return {site: frozenset(originals) for site, originals in found.items()}


def _icon(traces: list[Trace]) -> bytes:
    if not traces:
        return b""
    try:
        return base64.b64decode(traces[0].value, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _wanted(trace: Trace, settings: AnalysisSettings) -> bool:
    kind = KINDS[trace.kind]
    return kind.mode is Mode.NOTE or not ({trace.kind, trace.kind.partition(".")[0], str(kind.family)} & settings.without)


@lru_cache(maxsize=1)
def _opened(folder: str) -> Crawl:
    return open_crawl(Path(folder))
