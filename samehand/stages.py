"""The stages as commands: each reads the folder before it, writes its own, and says in a line what came of it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from analysis.analyse import UNREAD, AnalysisSettings
from analysis.analyse import analyse as analyse_crawl
from analysis.clusters.memory import Patience
from analysis.evidence import Family
from analysis.findings import Findings, Relation
from analysis.fingerprints.registry import KINDS
from analysis.linkage.caps import read_caps
from analysis.linkage.matching import HELD_KINDS
from analysis.linkage.synchrony import TIME_KINDS
from analysis.masking import Shown
from analysis.reference.overlay import add_crawl
from analysis.workers import Limits
from crawler.archive import read_crawl_json
from crawler.candidates import CandidateList, read_candidates
from crawler.crawl import CrawlFailed, CrawlLocked, CrawlReport, run_crawl
from crawler.importing import import_archives
from crawler.options import seeds_of
from crawler.plan import Budgets, CrawlPlan, Seed
from reports.escape import terminal
from reports.report import ReportFiles, ReportSettings
from reports.report import report as write_report
from reports.tables import clusters_table, pair_lines
from reports.words import count
from samehand.alert import check_routes, tell
from samehand.config import Config, read_config
from samehand.data_folder import DataFolder, check_crawl_id, new_crawl_id
from samehand.forgotten import spared
from samehand.own_lists import standing_of
from samehand.problems import BadInput, Interrupted, StageFailed
from samehand.progress import Progress
from samehand.routes import mail_settings
from samehand.showing import masks_of, reason_for, shown, wanted

__all__ = [
    "analyse",
    "analyse_and_report",
    "bring_in",
    "check_reach",
    "crawl",
    "crawl_plan",
    "crawl_with",
    "print_findings",
    "print_summary",
    "reference",
    "report",
    "report_settings",
    "run",
]


def run(arguments: argparse.Namespace) -> int:
    """Crawl, analyse, report."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    plan = crawl_plan(arguments, config, data)
    sends = bool(config.text("mail.host") or config.text("alert.webhook"))
    if sends:
        check_routes(config)
    standing_of(data, config)  # a bad list is better told before the crawl than after
    with data.locked():
        crawl_with(plan)
        findings, files = analyse_and_report(data, config, data.crawls / plan.crawl_id)
        print_findings(findings, files)
        if sends:
            tell(data, config, findings)
    return 0


def crawl(arguments: argparse.Namespace) -> int:
    """Visit candidates."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    plan = crawl_plan(arguments, config, data)
    with data.locked():
        crawl_with(plan)
    print(data.crawls / plan.crawl_id)
    return 0


def bring_in(arguments: argparse.Namespace) -> int:
    """Import archives as a crawl."""
    data = DataFolder(arguments.data)
    crawl_id = check_crawl_id(arguments.crawl_id) if arguments.crawl_id else None
    for path in arguments.files:
        if not path.exists():
            raise BadInput(f"{path}: there is no such file; name a WARC (.warc, .warc.gz) or WACZ file")
    with data.locked():
        folder = data.crawls / import_archives(arguments.files, data.crawls, crawl_id, arguments.certificates)
    if arguments.certificates:
        _, entries, about = read_crawl_json(folder)
        named = about["certificates"]["storefronts"]
        print(f"{named} of {count(len(entries), 'storefront')} named in a logged certificate of their day")
    print(folder)
    return 0


def analyse(arguments: argparse.Namespace) -> int:
    """Analyse a crawl."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    with data.locked():
        folder = data.crawl(arguments.crawl)
        _known_evidence(arguments.without)
        findings = _analyse(data, config, folder, frozenset(arguments.without), with_history=not arguments.no_history)
    print_summary(findings)
    print(data.findings / findings.crawl_id)
    return 0


def report(arguments: argparse.Namespace) -> int:
    """Write graph page, mail, dossiers and exports."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    if arguments.send:
        check_routes(config)
    reason = reason_for(arguments)
    with data.locked():
        findings = data.found(Path(arguments.crawl).name if arguments.crawl else None)
        told = wanted(arguments, data, findings, "report")
        mailed = shown(data, findings) if reason else told
        files = write_report(told, data.reports / findings.crawl_id, replace(report_settings(config), plain=reason), mailed)
        print_files(files)
        if arguments.send:
            tell(data, config, findings)
    return 0


def reference(arguments: argparse.Namespace) -> int:
    """Grow the user's own reference table from a crawl of ordinary shops."""
    data = DataFolder(arguments.data)
    with data.locked():
        findings = data.found(Path(arguments.crawl).name if arguments.crawl else None)
        added = add_crawl(findings, data.reference)
    print(
        f"{count(added.storefronts, 'storefront')} counted, {added.known} known before; {data.reference} now counts {added.total}"
    )
    return 0


def crawl_plan(arguments: argparse.Namespace, config: Config, data: DataFolder) -> CrawlPlan:
    """What the options, the configuration and the history ask for; names bad candidates on the way."""
    listed = _candidates(arguments.candidates)
    check_reach(arguments, config)
    crawl_id = check_crawl_id(arguments.crawl_id) if arguments.crawl_id else new_crawl_id()
    seeds = spared(data.state, seeds_of(listed.candidates))
    seeds += _known_seeds(data, crawl_id, {seed.site for seed in seeds}) if config.flag("crawl.revisit_known") else []
    return CrawlPlan(
        folder=str(data.crawls),
        crawl_id=crawl_id,
        seeds=tuple(seeds),
        hosts=str(arguments.hosts) if arguments.hosts else None,
        hosts_only=arguments.hosts_only,
        contact=config.text("crawl.contact") or None,
        budgets=Budgets(
            pages=config.whole("crawl.pages"),
            assets=config.whole("crawl.assets"),
            bytes=config.whole("crawl.megabytes") * 1024 * 1024,
            seconds=config.number("crawl.seconds"),
            depth=config.whole("crawl.depth"),
        ),
        delay=config.number("crawl.delay"),
        hosts_delay=config.number("crawl.hosts_delay"),
        sites_at_once=config.whole("crawl.sites_at_once"),
        discover=config.flag("crawl.discover"),
        discovery_budget=config.whole("crawl.discovery_budget"),
        service_budget=config.whole("crawl.service_budget"),
        lookalikes=arguments.lookalikes or config.flag("crawl.lookalikes"),
        rejected=tuple((row.line, row.text, row.reason) for row in listed.rejected),
    )


def check_reach(arguments: argparse.Namespace, config: Config) -> None:
    """Raise ``BadInput`` where options and configuration do not say what may be contacted, and in whose name."""
    if arguments.hosts is not None and not arguments.hosts.is_file():
        raise BadInput(f"{arguments.hosts}: there is no such hosts file")
    if arguments.hosts_only and arguments.hosts is None:
        raise BadInput("--hosts-only needs --hosts FILE: it says what may be contacted at all")
    if arguments.hosts is None and not config.text("crawl.contact"):
        raise BadInput(
            'the open web is not crawled without a contact: write [crawl] and contact = "you@your.example" into samehand.toml, '
            "so that the shops can reach you; or name your own servers with --hosts FILE"
        )


def analyse_and_report(data: DataFolder, config: Config, crawl_folder: Path) -> tuple[Shown, ReportFiles]:
    """The two stages after a crawl; the findings as they are shown."""
    findings = shown(data, _analyse(data, config, crawl_folder, frozenset(), with_history=True))
    return findings, write_report(findings, data.reports / findings.crawl_id, report_settings(config))


def print_findings(findings: Shown, files: ReportFiles, width: int = 110) -> None:
    """Clusters as a table, each linked pair in a sentence with its reasons, and where everything lies."""
    print(clusters_table(findings, width))
    print(pair_lines(findings))
    print_files(files)


def print_files(files: ReportFiles) -> None:
    """Where the graph page and the mail are."""
    print(f"graph page   {files.graph}")
    print(f"weekly mail  {files.mail}")


def crawl_with(plan: CrawlPlan, *, quiet: bool = False) -> CrawlReport:
    """Carry a plan out; ``quiet`` leaves its progress unsaid."""
    try:
        outcome = run_crawl(plan, (lambda _event: None) if quiet else None)
    except CrawlLocked as problem:
        raise StageFailed(str(problem), 75) from problem
    except CrawlFailed as problem:
        raise StageFailed(str(problem), 3 if problem.disk_full else 1) from problem
    if outcome.interrupted:
        raise Interrupted(f"interrupted; what was done so far is kept: go on with --crawl-id {plan.crawl_id}")
    return outcome


def _analyse(data: DataFolder, config: Config, folder: Path, without: frozenset[str], *, with_history: bool) -> Findings:
    crawl_id = folder.name
    settings = AnalysisSettings(
        limits=Limits(
            config.number("analysis.seconds"), config.whole("analysis.megabytes"), max(1, config.whole("analysis.workers"))
        ),
        key_cut=config.whole("analysis.key_cut"),
        without=without,
        reference=data.reference if data.reference.is_dir() else None,
        patience=Patience(max(1, config.whole("analysis.confirm_after")), max(1, config.whole("analysis.settle_after"))),
        caps=read_caps(config.path("analysis.model")),
    )
    previous = data.history(crawl_id) if with_history else None
    standing = standing_of(data, config)
    for conflict in standing.conflicts:
        print(f"samehand: {terminal(masks_of(data).text(conflict.sentence))}", file=sys.stderr)
    findings = analyse_crawl(folder, data.findings / crawl_id, previous, settings, Progress("storefronts read"), standing)
    for row in findings.storefronts:
        if row.reason.startswith(UNREAD):
            what = f"{terminal(row.site)} {terminal(masks_of(data).text(row.reason), 300)}"
            print(f"samehand: {what}; the findings say nothing of {'that' if row.unread else 'it'}", file=sys.stderr)
    return findings


def print_summary(findings: Findings) -> None:
    """What a crawl came to, in a line."""
    shops = [row for row in findings.storefronts if row.kind == "storefront"]
    joined = [row for row in findings.clusters if row.size > 1]
    review = sum(row.review for row in findings.links)
    pairs = sum(row.relation == Relation.SAME_OPERATOR for row in findings.links)
    told = (count(len(shops), "storefront"), count(len(joined), "cluster"), count(pairs, "pair"), count(review, "pair"))
    print("   {}, {} of two or more ({}), {} for review".format(*told))


def _candidates(source: str) -> CandidateList:
    if source == "-":
        listed = read_candidates(sys.stdin)
    else:
        path = Path(source)
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "there is no such file"
            raise BadInput(f"{source}: {what}; name a CSV or text file of addresses, or - for standard input")
        listed = read_candidates(path)
    for row in listed.rejected:
        print(f"samehand: {terminal(source)}, line {row.line}: {terminal(row.text, 80)}: {terminal(row.reason)}", file=sys.stderr)
    return listed


def _known_seeds(data: DataFolder, crawl_id: str, listed: set[str]) -> list[Seed]:
    """Storefronts of the last findings that share a cluster or a copy with others: found once, watched on."""
    previous = data.history(crawl_id)
    if previous is None:
        return []
    linked = {
        site
        for row in previous.links
        if row.relation in (Relation.SAME_OPERATOR, Relation.COPY_OF)
        for site in (row.site_a, row.site_b)
    }
    return [
        Seed(row.site, (row.url,), discovered_by=row.discovered_by or None, discovered_how=row.discovered_how or None)
        for row in previous.storefronts
        if row.site in linked and row.site not in listed and row.kind == "storefront"
    ]


#: Evidence that no page shows, but a chain of crawls; and the words that mean it.
_IN_HISTORY = frozenset(
    word
    for kind in (*TIME_KINDS, *HELD_KINDS)
    if kind.family is Family.TIME
    for word in (kind.name, kind.name.partition(".")[0], str(kind.family))
)


def _known_evidence(names: list[str]) -> None:
    known = {word for kind in KINDS.values() for word in (kind.name, kind.name.partition(".")[0], str(kind.family))}
    for name in names:
        if name in _IN_HISTORY:
            raise BadInput(f"--without {name}: that is known only from earlier crawls; --no-history leaves out all of it")
        if name.partition(".")[0] == Family.JUDGEMENT:
            raise BadInput(
                f"--without {name}: judgements have no bits that could be left out; samehand judge SITE SITE unsure takes one back"
            )
        if name not in known:
            raise BadInput(f"--without {name}: no such kind, fingerprint or family of evidence; docs/evidence.md lists them")


def report_settings(config: Config) -> ReportSettings:
    """What the configuration says of reports."""
    return ReportSettings(
        mail=mail_settings(config, config.texts("mail.recipients")),
    )
