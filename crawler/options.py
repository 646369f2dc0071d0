"""A crawl plan from what a person gives: a list of candidates, a hosts file, a contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from crawler.candidates import Candidate, read_candidates
from crawler.hostsfile import HostsFile, read_hosts
from crawler.plan import CrawlPlan, Seed
from crawler.problems import InputProblem

__all__ = ["check_plan", "hosts_of", "new_crawl_id", "plan_from_options", "seeds_of"]

_OPTIONS = frozenset({"candidates", "hosts", "hosts_only", "data", "contact", "crawl_id", "discover", "lookalikes"})
_CONTACT = re.compile(r"(?:https?://[^\s()<>\"]{4,200}|(?:mailto:)?[^\s@()<>\"]{1,64}@[^\s@()<>\"]{3,190})", re.ASCII)


def new_crawl_id(now: datetime | None = None) -> str:
    """The id of a crawl that begins now; ids sort by time."""
    return (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")


def hosts_of(plan: CrawlPlan) -> HostsFile:
    """The hosts file of a plan; an empty one where it names none."""
    if plan.hosts is None:
        return HostsFile()
    try:
        return read_hosts(Path(plan.hosts))
    except OSError as error:
        raise InputProblem(f"the hosts file {plan.hosts} cannot be read: {error.strerror}") from error


def check_plan(plan: CrawlPlan) -> None:
    """Raises ``InputProblem`` when the plan may not or cannot be carried out."""
    if plan.hosts_only and plan.hosts is None:
        raise InputProblem("hosts-only needs a hosts file: name one with --hosts FILE")
    if plan.contact and not _CONTACT.fullmatch(plan.contact):
        raise InputProblem(f"the contact {plan.contact[:80]!r} is neither a mail address nor an http(s) address")
    if not plan.contact:
        hosts = hosts_of(plan)
        outside = sorted(
            {seed.site for seed in plan.seeds if not any((urlsplit(url).hostname or "") in hosts for url in seed.urls)}
        )
        if outside and not plan.hosts_only:
            raise InputProblem(
                f"no contact is configured, so only names of a hosts file may be crawled, and {outside[0]} "
                f"({len(outside)} of {len(plan.seeds)} candidates) is in none: set the contact to a mail address or web page "
                "where the owners of the shops can reach you"
            )


def plan_from_options(options: Mapping[str, Any]) -> CrawlPlan:
    """The plan of ``scrapy crawl storefront -a name=value ...``; raises ``InputProblem`` for what it does not know."""
    unknown = sorted(set(options) - _OPTIONS)
    if unknown:
        raise InputProblem(f"unknown option {unknown[0]!r}; known are {', '.join(sorted(_OPTIONS))}")
    if "candidates" not in options:
        raise InputProblem("name the list of candidates: -a candidates=list.csv")
    listed = read_candidates(Path(str(options["candidates"])))
    plan = CrawlPlan(
        folder=str(Path(str(options.get("data", "data"))) / "crawls"),
        crawl_id=str(options.get("crawl_id") or new_crawl_id()),
        seeds=seeds_of(listed.candidates),
        hosts=options.get("hosts"),
        hosts_only=_yes(options.get("hosts_only")),
        contact=options.get("contact") or None,
        discover=_yes(options.get("discover", "1")),
        lookalikes=_yes(options.get("lookalikes", "0")),
        rejected=tuple((bad.line, bad.text, bad.reason) for bad in listed.rejected),
    )
    check_plan(plan)
    return plan


def seeds_of(candidates: Iterable[Candidate]) -> tuple[Seed, ...]:
    """The storefronts to visit. A bare domain is tried over https, http, and with ``www.`` before it."""
    return tuple(Seed(one.site, (one.url,) if one.scheme_given else _guesses(one.url, one.site)) for one in candidates)


def _guesses(url: str, site: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    names = [parts.netloc]
    if parts.netloc == site and not site.rpartition(".")[2].isdigit() and "." in site:
        names.append(f"www.{site}")
    return tuple(urlunsplit((scheme, name, parts.path, parts.query, "")) for name in names for scheme in ("https", "http"))


def _yes(value: object) -> bool:
    return str(value).lower() in ("1", "true", "yes", "on")
