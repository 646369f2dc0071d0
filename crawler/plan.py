"""What one crawl is to do, as frozen values that travel to the crawling process as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.captures import HostKind

__all__ = ["SERVICE_BUDGETS", "Budgets", "CrawlPlan", "Seed"]


@dataclass(frozen=True, slots=True)
class Budgets:
    """Limits of one visit. At the default pace of one request in two seconds a full visit takes about seven minutes."""

    pages: int = 60  # enough of each page role to compare; a calendar or a facet trap is endless
    assets: int = 150  # styles, scripts, icons and logos come first, pictures after
    bytes: int = 64 * 1024 * 1024  # as received; the largest visits measured take 20 MiB
    seconds: float = 900.0  # from the first request to the last
    redirects: int = 5  # RFC 9309's number for robots.txt, browsers stop at 20
    depth: int = 3  # clicks from the home page; what tells operators apart is at most two away
    retries: int = 2  # of one address, after a network error or a 5xx answer
    retries_in_all: int = 8  # of one visit: a shop that answers 503 everywhere is not asked three times each


#: An accounts host or gateway only shows whom it answers for: its front door is enough.
SERVICE_BUDGETS = Budgets(pages=5, assets=6, bytes=8 * 1024 * 1024, seconds=180.0, depth=1, retries=1, retries_in_all=2)


@dataclass(frozen=True, slots=True)
class Seed:
    """One storefront or service to visit; ``urls`` are tried in order until one answers.

    ``discovered_by`` and ``discovered_how`` are None for candidates of the list.
    """

    site: str
    urls: tuple[str, ...]
    kind: HostKind = HostKind.STOREFRONT
    discovered_by: str | None = None
    discovered_how: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """One crawl.

    ``folder`` holds all crawls (``data/crawls``), ``crawl_id`` names the one in it. ``hosts`` is the path of a hosts file;
    ``hosts_only`` keeps the crawl inside it. Without a ``contact`` (an address or page where the crawler's owner can be
    reached) only names of the hosts file are crawled. ``delay`` and ``site_connections`` are for public sites,
    ``hosts_delay`` and ``hosts_connections`` for names of the hosts file. ``rejected`` are (line, text, why) of candidates
    that could not be used.
    """

    folder: str
    crawl_id: str
    seeds: tuple[Seed, ...]
    hosts: str | None = None
    hosts_only: bool = False
    contact: str | None = None
    budgets: Budgets = field(default_factory=Budgets)
    delay: float = 2.0
    hosts_delay: float = 0.0
    site_connections: int = 1
    hosts_connections: int = 4
    sites_at_once: int = 64
    discover: bool = True
    discovery_budget: int = 100
    service_budget: int = 100
    lookalikes: bool = False  # names that look like a candidate's are resolved, and those that exist are visited
    rejected: tuple[tuple[int, str, str], ...] = ()

    def to_json(self) -> str:
        """One JSON text; ``from_json`` gives the plan back."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=True, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> CrawlPlan:
        """The plan that ``to_json`` wrote; raises ValueError, KeyError or TypeError on any other text."""
        values: Mapping[str, Any] = json.loads(text)
        seeds = tuple(Seed(**{**seed, "urls": tuple(seed["urls"]), "kind": HostKind(seed["kind"])}) for seed in values["seeds"])
        rejected = tuple((int(line), str(text), str(why)) for line, text, why in values["rejected"])
        return cls(**{**values, "seeds": seeds, "budgets": Budgets(**values["budgets"]), "rejected": rejected})
