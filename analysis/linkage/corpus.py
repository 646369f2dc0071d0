"""The storefronts of one crawl as linkage sees them: traces by kind and value, near-equal pictures made equal, claims answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace

__all__ = ["ANSWER_KINDS", "NEAR_BITS", "Profile", "answered_claims", "merge_near_hashes", "profile"]

#: Largest distance of two 256-bit perceptual hashes that are held to be one picture (FIELD part 2: 1.7 % false twins).
NEAR_BITS = 51

#: Kinds that no single storefront shows: they hold only because the other side answers.
ANSWER_KINDS: tuple[Kind, ...] = (
    Kind("answers.login_host", Family.LINKS, EvidenceClass.LIVE_CONTROL, Mode.VALUE, "a log-in host that names both as its own"),
    Kind(
        "answers.checkout_host", Family.PAYMENT, EvidenceClass.LIVE_CONTROL, Mode.VALUE, "a payment host that names both as its own"
    ),
    Kind(
        "answers.reciprocal",
        Family.LINKS,
        EvidenceClass.LIVE_CONTROL,
        Mode.VALUE,
        "links in both directions that send customers on",
    ),
)

_CLAIMS = {
    "links.login_host": "answers.login_host",
    "links.checkout_host": "answers.checkout_host",
    "payment.checkout_host": "answers.checkout_host",
}
_ANSWER = "links.answers_for"
_SEND_ON = ("links.moved_to", "links.redirects_to", "payment.moved_to", "links.invitation", "links.hreflang_elsewhere")
#: A name in a certificate does not count: whoever shares a bundle with his victim is named beside it.
_SEND_BACK = (*_SEND_ON, "links.answers_for")


@dataclass(frozen=True, slots=True)
class Profile:
    """One host: ``traces[kind][value]`` is the trace to show for it; ``unread`` the fingerprints that failed on it."""

    site: str
    is_service: bool
    traces: Mapping[str, Mapping[str, Trace]]
    unread: frozenset[str] = frozenset()

    def values(self, kind: str) -> Mapping[str, Trace]:
        """The values of one kind; empty when there are none."""
        return self.traces.get(kind, _NOTHING)


_NOTHING: Mapping[str, Trace] = MappingProxyType({})


def profile(site: str, is_service: bool, traces: Iterable[Trace], unread: frozenset[str] = frozenset()) -> Profile:
    """Index traces; of equal values the one seen first in sort order is shown."""
    found: dict[str, dict[str, Trace]] = defaultdict(dict)
    for trace in sorted(traces):
        found[trace.kind].setdefault(trace.value, trace)
    return Profile(site, is_service, dict(found), unread)


def merge_near_hashes(profiles: Iterable[Profile], kinds: Mapping[str, Kind]) -> list[Profile]:
    """Give perceptual hashes within NEAR_BITS one value: the smallest hash of their neighbourhood.

    Leaders are taken in sort order and never chained: a hash joins the first leader it is near to, so a row of ever so
    slightly different pictures does not become one picture, and the order of storefronts does not matter.
    """
    rows = list(profiles)
    for kind in sorted(name for name, kind in kinds.items() if kind.mode is Mode.HASH):
        hashes = sorted({value for row in rows for value in row.values(kind)})
        leader = _leaders(hashes)
        rows = [
            replace(row, traces={**row.traces, kind: _renamed(row.values(kind), leader)}) if row.values(kind) else row
            for row in rows
        ]
    return rows


def answered_claims(profiles: Iterable[Profile]) -> list[Profile]:
    """Add class D traces where a named host names the storefront back.

    A form target or a link is anybody's to type; it becomes live control only when the target, seen in this crawl,
    names that storefront on its page or in its certificate.
    """
    rows = list(profiles)
    by_site = {row.site: row for row in rows}
    result = []
    for row in rows:
        added: dict[str, dict[str, Trace]] = defaultdict(dict)
        for claim, answer in _CLAIMS.items():
            for host, trace in row.values(claim).items():
                target = by_site.get(host)
                if target is not None and target.site != row.site and row.site in target.values(_ANSWER):
                    added[answer].setdefault(host, trace._replace(kind=answer, shown=host))
        for claim in _SEND_ON:
            for host, trace in row.values(claim).items():
                target = by_site.get(host)
                if target is None or target.site == row.site:
                    continue
                if any(row.site in target.values(kind) for kind in _SEND_BACK):
                    both = " and ".join(sorted((row.site, host)))
                    added["answers.reciprocal"].setdefault(both, trace._replace(kind="answers.reciprocal", value=both, shown=both))
        result.append(replace(row, traces={**row.traces, **added}) if added else row)
    return _mirrored(result)


def _mirrored(rows: list[Profile]) -> list[Profile]:
    """A reciprocal link belongs to both of its ends."""
    ends: dict[str, dict[str, Trace]] = defaultdict(dict)
    for row in rows:
        for both, trace in row.values("answers.reciprocal").items():
            for site in both.split(" and "):
                ends[site].setdefault(both, trace)
    return [
        replace(row, traces={**row.traces, "answers.reciprocal": {**ends[row.site], **row.values("answers.reciprocal")}})
        if row.site in ends
        else row
        for row in rows
    ]


def _renamed(values: Mapping[str, Trace], leader: Mapping[str, str]) -> dict[str, Trace]:
    renamed: dict[str, Trace] = {}
    for value in sorted(values):
        renamed.setdefault(leader[value], values[value])
    return renamed


def _leaders(hashes: list[str]) -> dict[str, str]:
    """Each hash -> its leader. Plain scan over leaders; a hash of another length leads itself."""
    leader: dict[str, str] = {}
    chosen: list[str] = []
    table = np.zeros((len(hashes), 32), dtype=np.uint8)
    for value in hashes:
        try:
            bits = np.frombuffer(bytes.fromhex(value), dtype=np.uint8)
        except ValueError:
            bits = np.zeros(0, dtype=np.uint8)
        if bits.size != 32:
            leader[value] = value
            continue
        if chosen:
            distance = np.bitwise_count(table[: len(chosen)] ^ bits).sum(axis=1)
            near = int(distance.argmin())
            if distance[near] <= NEAR_BITS:
                leader[value] = chosen[near]
                continue
        leader[value] = value
        table[len(chosen)] = bits
        chosen.append(value)
    return leader
