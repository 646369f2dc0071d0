"""The rows of findings that history needs: what is held to be so, what changed specifically, and what was told before.

``analysis.findings`` writes and reads them with the other tables.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PastRow", "StateRow", "StepRow"]


@dataclass(frozen=True, slots=True)
class StateRow:
    """states.parquet: what is held to be so of one storefront, one row a watched attribute: the memory longer than one crawl.

    ``value`` as last told, or as first seen; ``since`` the crawl that established it; ``seen`` the last crawl that could ask;
    ``pending`` another value seen but not told yet, since the crawl ``pending_since``, in ``times`` crawls in a row; ``told``
    the changes told lately, a JSON list of [before, after, crawls ago]. Of the attribute ``presence``: ``times`` counts the
    crawls missed in a row, ``pending`` says in which way.
    """

    site: str
    attribute: str
    value: str
    since: str
    seen: str
    pending: str
    pending_since: str
    times: int
    told: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """steps.parquet: one specific change of one storefront, kept for a year of weekly crawls: what synchrony is asked of.

    ``crawl`` that established it; ``signature`` equal where two storefronts made the same change; ``same`` of ``among``
    storefronts that were read made it in that crawl.
    """

    crawl: str
    site: str
    attribute: str
    signature: str
    shown: str
    same: int
    among: int
    url: str
    digest: str


@dataclass(frozen=True, slots=True)
class PastRow:
    """past.parquet: a change that an earlier crawl told, for the time line; ``number`` its place in that crawl's list."""

    crawl: str
    number: int
    what: str
    site: str
    cluster: str
    before: str
    after: str
    sentence: str
