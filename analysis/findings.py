"""The format analysis hands on: one folder a crawl, a Parquet file a table, and ``findings.json`` as finished mark.

This module is the format's only writer and reader. Rows are frozen records; each record's docstring is the table's
documentation. Files are byte-identical for equal rows: sorted, one thread, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "ChangeRow",
    "ClusterRow",
    "EvidenceRow",
    "Findings",
    "LinkRow",
    "MemberRow",
    "Relation",
    "StorefrontRow",
    "TraceRow",
]

FORMAT = "samehand-findings"
VERSION = 1


class Relation(StrEnum):
    """What holds between two storefronts. ``FOR_REVIEW`` is the abstention where no lesser relation holds either."""

    SAME_OPERATOR = "same-operator"
    COPY_OF = "copy-of"
    SAME_KIT = "same-kit"
    SAME_PROVIDER = "same-provider"
    FOR_REVIEW = "for-review"


@dataclass(frozen=True, slots=True)
class StorefrontRow:
    """storefronts.parquet: one row a host that was asked for or discovered.

    ``kind`` storefront|service; ``outcome`` how the visit ended; ``page_state`` what there was to read with ``marks``
    it was recognised by; ``languages`` comma-separated; ``company`` the declared one; ``payment`` the payment state
    (accepted, unavailable, withdrawn, moved, or empty for not seen); ``icon`` a PNG of at most 64x64 re-encoded by us,
    never the shop's own bytes (empty: none).
    """

    site: str
    url: str
    kind: str
    outcome: str
    reason: str
    page_state: str
    marks: str
    title: str
    languages: str
    company: str
    payment: str
    products: int
    pages: int
    discovered_by: str
    discovered_how: str
    icon: bytes


@dataclass(frozen=True, slots=True)
class TraceRow:
    """traces.parquet: one value of one kind on one storefront, with the URL and SHA-256 digest it was seen at."""

    site: str
    kind: str
    value: str
    shown: str
    url: str
    digest: str
    weight: float


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """evidence.parquet: one contribution to one pair (``site_a < site_b``).

    ``direction`` for|against|explained (explained: shared, but a common ancestor accounts for it, 0 bits);
    ``bits`` = log2(m/u) after caps, positive for, negative against; ``m`` and ``u`` the two probabilities;
    ``u_source`` reference|crawl|floor: where the rarity comes from; ``explained_by`` the ancestor (theme, platform,
    third site); ``sentence`` says it in words.
    """

    site_a: str
    site_b: str
    kind: str
    family: str
    cls: str
    direction: str
    bits: float
    m: float
    u: float
    u_source: str
    explained_by: str
    value: str
    shown: str
    url_a: str
    digest_a: str
    url_b: str
    digest_b: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """links.parquet: one pair with its relation (``site_a < site_b``).

    ``probability`` is that of one operator behind both, whatever the relation; ``bits`` the whole match weight, the
    prior included; ``original`` the site copied from where a direction is known; ``review`` true where an analyst
    should look; ``sentence`` the relation in one sentence; ``pro`` and ``contra`` the reasons, strongest first,
    separated by "; ".
    """

    site_a: str
    site_b: str
    relation: str
    probability: float
    bits: float
    bits_for: float
    bits_against: float
    review: bool
    original: str
    sentence: str
    pro: str
    contra: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """members.parquet: which cluster a storefront is in; a lone storefront has a cluster of its own.

    ``first_seen``, ``last_seen`` and ``proved`` are crawl ids; ``proved`` is the last crawl whose own evidence held
    the storefront in its cluster.
    """

    site: str
    cluster: str
    probability: float
    first_seen: str
    last_seen: str
    proved: str


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """clusters.parquet: one row a cluster. ``density`` = proven pairs / all pairs; ``weakest`` its weakest member
    link as "a b probability"; ``bridges`` the cut links as "a b probability" separated by "; ";
    ``parents`` the clusters it came from when it merged or split."""

    cluster: str
    size: int
    probability: float
    density: float
    weakest: str
    bridges: str
    parents: str
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """changes.parquet: one thing that is different from the previous crawl.

    ``what`` one of appeared, joined, left, merged, split, gone, back, successor, gate, page-state, payment, company,
    discovered; ``before`` and ``after`` values; ``rank`` the order in which people want to know (1 first);
    ``sentence`` plain words, addresses not defanged.
    """

    what: str
    site: str
    cluster: str
    before: str
    after: str
    rank: int
    sentence: str
    url: str
    digest: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All tables of one crawl. ``previous`` is the crawl id whose findings were the history, or empty."""

    crawl_id: str
    previous: str
    storefronts: tuple[StorefrontRow, ...]
    traces: tuple[TraceRow, ...]
    evidence: tuple[EvidenceRow, ...]
    links: tuple[LinkRow, ...]
    members: tuple[MemberRow, ...]
    clusters: tuple[ClusterRow, ...]
    changes: tuple[ChangeRow, ...]
    notes: dict[str, str] = field(default_factory=dict)
