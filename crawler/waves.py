"""Which hosts are visited after the candidates: a pure function of the plan and of what is done.

First every candidate; then, once, the storefronts that they led to; at last the service hosts of all of them. Waiting
for a wave to end is what makes the choice independent of who answers first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from crawler.captures import HostKind
from crawler.plan import CrawlPlan, Seed

__all__ = ["next_wave", "passed_over"]

Done = Mapping[str, Mapping[str, Any]]
_IN_HOSTS = "not in hosts"
_BUDGET = "the discovery budget was spent"
_DEPTH = "found on a discovered storefront"
_OFF = "discovery is off"


def next_wave(plan: CrawlPlan, done: Done, may_visit: Callable[[str], bool]) -> tuple[Seed, ...]:
    """The seeds of the first wave that is not done; empty when the crawl is complete."""
    for wave in _waves(plan, done, may_visit):
        waiting = tuple(seed for seed in wave if seed.site not in done)
        if waiting:
            return waiting
    return ()


def passed_over(plan: CrawlPlan, done: Done, may_visit: Callable[[str], bool]) -> list[dict[str, str]]:
    """Hosts that were found and not visited: site, by whom and how they were found, and why not, in order of site."""
    visited = {seed.site for wave in _waves(plan, done, may_visit) for seed in wave}
    rows: list[dict[str, str]] = []
    for kind in HostKind:
        for site, found in sorted(_leads(done, kind).items()):
            if site in visited:
                continue
            by, how, url = found[0]
            if not plan.discover:
                why = _OFF
            elif not may_visit(url):
                why = _IN_HOSTS
            elif kind is HostKind.STOREFRONT and all(_depth(done, finder) for finder, _, _ in found):
                why = _DEPTH
            else:
                why = _BUDGET
            rows.append({"site": site, "url": url, "kind": kind.value, "discovered_by": by, "discovered_how": how, "why": why})
    return sorted(rows, key=lambda row: (row["site"], row["kind"]))


def _waves(plan: CrawlPlan, done: Done, may_visit: Callable[[str], bool]) -> list[tuple[Seed, ...]]:
    waves = [plan.seeds]
    if not plan.discover or any(seed.site not in done for seed in plan.seeds):
        return waves
    taken = {seed.site for seed in plan.seeds}
    for kind, budget in ((HostKind.STOREFRONT, plan.discovery_budget), (HostKind.SERVICE, plan.service_budget)):
        found = _leads(done, kind)
        services = _leads(done, HostKind.SERVICE) if kind is HostKind.STOREFRONT else {}
        chosen: list[Seed] = []
        # Whom many led to comes first; names decide between equals.
        for site in sorted(found, key=lambda name: (-len({by for by, _, _ in found[name]}), name)):
            finders = [row for row in found[site] if kind is HostKind.SERVICE or not _depth(done, row[0])]
            if site in taken or not finders or len(chosen) >= budget:
                continue
            if len({by for by, _, _ in services.get(site, ())}) >= len({by for by, _, _ in found[site]}):
                continue  # a log-in or payment host that a certificate or a link names too: asked as a service below
            by, how, url = finders[0]
            if may_visit(url):
                chosen.append(Seed(site, (url,), kind, by, how))
        taken |= {seed.site for seed in chosen}
        waves.append(tuple(chosen))
        if any(seed.site not in done for seed in chosen):
            break
    return waves


def _leads(done: Done, kind: HostKind) -> dict[str, list[tuple[str, str, str]]]:
    """Site found -> (by, how, url), sorted."""
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for by, record in done.items():
        if record["entry"]["kind"] == HostKind.SERVICE.value:
            continue
        for lead in record["leads"]:
            if lead["kind"] == kind.value and lead["site"] != by:
                found[lead["site"]].add((by, lead["how"], lead["url"]))
    return {site: sorted(rows) for site, rows in found.items()}


def _depth(done: Done, site: str) -> int:
    return 0 if done[site]["entry"]["discovered_by"] is None else 1
