"""The attack tables: recall under each mutation of one side, false links under each framing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from analysis.analyse import SiteReading
from analysis.evaluation import Truth
from analysis.evidence import EvidenceClass, Trace
from analysis.findings import Findings, LinkRow, Relation
from analysis.fingerprints.registry import KINDS
from analysis.workers import Died, Limits, run_limited
from benchmarks.document import name, share, table, text
from benchmarks.framing import FRAMINGS, Victim, copied_shop, everything_planted
from benchmarks.labels import operators, true_pairs
from benchmarks.linking import link_readings
from benchmarks.mutations import MUTATIONS, everything
from benchmarks.readings import CrawlReadings, read_capture
from crawler.archive import open_crawl
from crawler.captures import Capture

__all__ = ["copies_section", "framing_section", "mutation_section"]

Task = TypeVar("Task")
Result = TypeVar("Result")
_ALL = "all of these"
_COPY = "copied-shop.example"


def mutation_section(crawl: CrawlReadings, truth: Truth, workers: int, tell: Callable[[str], None]) -> list[str]:
    """Every second storefront of each operator is changed; asked are the pairs of a changed and an unchanged one."""
    changed = {site for sites in operators(truth).values() for site in [s for s in sites if s in crawl.sites][1::2]}
    asked = {pair for pair in true_pairs(truth, crawl.sites) if (pair[0] in changed) != (pair[1] in changed)}
    rows = [("nothing", *_counted(link_readings(crawl).findings, asked, truth))]
    for title in (*MUTATIONS, _ALL):
        tell(f"mutation: {title}")
        tasks = [(str(crawl.folder), site, title) for site in sorted(changed)]
        replaced = dict(_each(_read_mutated, tasks, workers, tell))
        rows.append((title, *_counted(link_readings(crawl, replaced=replaced).findings, asked, truth)))
    lines = [
        f"{len(changed)} of {len(crawl.sites)} storefronts changed, {len(asked)} pairs of one operator with one side changed "
        "(a storefront's other pairs are not counted; clusters count, so a pair may be found through a third):",
        "",
    ]
    return lines + table(("what was changed", "pairs found", "linked directly", "false pairs"), rows)


def framing_section(crawl: CrawlReadings, truth: Truth, workers: int, tell: Callable[[str], None]) -> list[str]:
    """Each operator's first storefront is a victim; as many unrelated shops are made to look like it."""
    pairs = _victims(crawl, truth)
    rows = []
    for title in (*FRAMINGS, _ALL):
        tell(f"framing: {title}")
        tasks = [(str(crawl.folder), victim, target, title, crawl.sites[victim].reading.traces) for victim, target in pairs]
        replaced: dict[str, SiteReading] = {}
        for both in _each(_read_framed, tasks, workers, tell):
            replaced |= both
        found = link_readings(crawl, replaced=replaced).findings
        rows.append((title, len(pairs), *_framed(found, pairs, truth)))
    return table(
        (
            "planted",
            "framed",
            "false same-operator links",
            "false pairs in clusters",
            "relations of victim and framed",
            "for review",
            "likeliest",
        ),
        rows,
    )


def copies_section(crawl: CrawlReadings, truth: Truth, tell: Callable[[str], None]) -> list[str]:
    """A stranger's full copy of each victim that still shows the victim's payee: copy-of, for review, never one operator."""
    archive = open_crawl(crawl.folder)
    rows = []
    for sites in operators(truth).values():
        paid = [
            site
            for site in sites
            if site in crawl.sites and any(KINDS[t.kind].cls is EvidenceClass.PAYEE for t in crawl.sites[site].reading.traces)
        ]
        if not paid:
            continue
        victim = paid[0]
        tell(f"copy of {victim}")
        capture = archive.capture(victim)
        kept = copied_shop(capture, _COPY, keep_redirects=True)
        copies = {"": copied_shop(capture, _COPY)} | ({", redirects kept": kept} if kept != copied_shop(capture, _COPY) else {})
        rows += [_copy_row(crawl, victim, title, copy) for title, copy in copies.items()]
    return table(("copied shop", "payees on the copy", "copy and victim", "joined with", "what speaks against"), rows)


def _copy_row(crawl: CrawlReadings, victim: str, title: str, copy: Capture) -> tuple[object, ...]:
    reading = read_capture(copy).reading
    found = link_readings(crawl, replaced={copy.site: reading}).findings
    link = next((row for row in found.links if {row.site_a, row.site_b} == {victim, copy.site}), None)
    joined = _partners(found, copy.site)
    payees = sum(KINDS[t.kind].cls is EvidenceClass.PAYEE for t in reading.traces)
    against = text(link.contra, 200) if link else ""
    return name(victim) + title, payees, _said(link), ", ".join(map(name, joined)) or "none", against


def _counted(found: Findings, asked: set[tuple[str, str]], truth: Truth) -> tuple[object, ...]:
    cluster_of = {row.site: row.cluster for row in found.members}
    joined = sum(cluster_of.get(a) == cluster_of.get(b, b) for a, b in asked)
    direct = sum(
        (row.site_a, row.site_b) in asked and row.relation == Relation.SAME_OPERATOR and row.bits > 0 and "rule." not in row.contra
        for row in found.links
    )
    return share(joined, len(asked)), share(direct, len(asked)), len(_false_pairs(found, truth))


def _false_pairs(found: Findings, truth: Truth) -> list[tuple[str, str]]:
    by_cluster: dict[str, list[str]] = {}
    for row in found.members:
        by_cluster.setdefault(row.cluster, []).append(row.site)
    return [
        (a, b)
        for sites in by_cluster.values()
        for a in sites
        for b in sites
        if a < b and truth.operator.get(a, a) != truth.operator.get(b, b)
    ]


def _victims(crawl: CrawlReadings, truth: Truth) -> list[tuple[str, str]]:
    """Each operator's original, or first storefront, with an unrelated readable shop of an operator of its own."""
    several = operators(truth)
    victims = []
    for sites in several.values():
        seen = [site for site in sites if site in crawl.sites and crawl.sites[site].reading.row.page_state == "shop"]
        if seen:
            victims.append(min(seen, key=lambda site: (truth.level.get(site) != "original", site)))
    lone = [
        site
        for site in sorted(crawl.sites)
        if truth.operator.get(site) not in several and crawl.sites[site].reading.row.page_state == "shop"
    ]
    lone.sort(key=lambda site: (-crawl.sites[site].reading.row.pages, site))
    return list(zip(victims, lone, strict=False))


def _framed(found: Findings, pairs: Sequence[tuple[str, str]], truth: Truth) -> tuple[object, ...]:
    links = {(row.site_a, row.site_b): row for row in found.links}
    said = [links.get((min(a, b), max(a, b))) for a, b in pairs]
    false = [
        row
        for row in found.links
        if row.relation == Relation.SAME_OPERATOR and truth.operator.get(row.site_a) != truth.operator.get(row.site_b)
    ]
    relations: dict[str, int] = {}
    for row in said:
        relation = row.relation if row else "nothing said"
        relations[relation] = relations.get(relation, 0) + 1
    return (
        f"{len(false)}" + (": " + ", ".join(f"{name(row.site_a)} + {name(row.site_b)}" for row in false[:5]) if false else ""),
        len(_false_pairs(found, truth)),
        ", ".join(f"{relation} {count}" for relation, count in sorted(relations.items())),
        sum(bool(row and row.review) for row in said),
        max((row.probability for row in said if row), default=0.0),
    )


def _partners(found: Findings, site: str) -> list[str]:
    cluster = next((row.cluster for row in found.members if row.site == site), None)
    return [row.site for row in found.members if row.cluster == cluster and row.site != site]


def _said(link: LinkRow | None) -> str:
    if link is None:
        return "nothing said"
    return f"{link.relation}{', for review' if link.review else ''} ({link.probability:.3f})"


def _each(function: Callable[[Task], Result], tasks: Sequence[Task], workers: int, tell: Callable[[str], None]) -> list[Result]:
    """``function`` of every task in limited processes; a task whose process gave up is told and left out."""
    found = []
    for task, answer in run_limited(function, tasks, Limits(seconds=300.0, workers=workers)):
        if isinstance(answer, Died):
            tell(f"{task}: {answer.reason}")
        else:
            found.append(answer)
    return found


def _read_mutated(task: tuple[str, str, str]) -> tuple[str, SiteReading]:
    folder, site, title = task
    mutate: Callable[[Capture], Capture] = everything if title == _ALL else MUTATIONS[title]
    return site, read_capture(mutate(open_crawl(Path(folder)).capture(site))).reading


def _read_framed(task: tuple[str, str, str, str, tuple[Trace, ...]]) -> dict[str, SiteReading]:
    folder, victim, target, title, traces = task
    crawl = open_crawl(Path(folder))
    plant = everything_planted if title == _ALL else FRAMINGS[title]
    was = crawl.capture(victim)
    framed = plant(Victim(was, traces), crawl.capture(target))
    readings = {target: read_capture(framed.target).reading}
    if framed.victim is not was:
        readings[victim] = read_capture(framed.victim).reading
    return readings
