"""Class F: two storefronts that change the same thing in the same interval, again and again; and the one that only echoes.

Two intervals at least, for one says little of two shops; both ways, so that most of what either changed the other changed
too; and rare, so that what a platform or a processor does to all explains itself. A side that follows a crawl or two later,
and never leads, copies: that is a mark of copying, not of one hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import log2

from analysis.crawl_ids import days_between
from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.findings import StepRow
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.model import MODEL, Weight

__all__ = ["ECHO", "SYNCHRONOUS", "TIME_KINDS", "synchrony"]

SYNCHRONOUS = Kind(
    "time.synchronous_change", Family.TIME, EvidenceClass.IN_TIME, Mode.VALUE, "the same changes in the same intervals", key=False
)
ECHO = Kind("time.echo", Family.TIME, EvidenceClass.COPYABLE, Mode.NAMES, "one repeats the other's changes later", key=False)
TIME_KINDS: tuple[Kind, ...] = (SYNCHRONOUS, ECHO)

#: Intervals that it takes, and how often one must follow to be an echo.
_INTERVALS, _ECHOES = 2, 2
#: A change that a larger share of the other storefronts made in the interval is nobody's own.
_COMMON = 0.05
#: Each side must share this part of its own changes.
_BOTH_WAYS = 0.5
#: More storefronts than this never make one change in step for one hand's sake.
_MOST = 25
#: An echo comes within so many days.
_ECHO_DAYS = 31

Pair = tuple[str, str]


def synchrony(
    steps: Iterable[StepRow], cluster_of: Mapping[str, str], model: Mapping[str, Weight] = MODEL
) -> dict[Pair, list[Contribution]]:
    """(a, b) with a < b -> what their changes over time say of them.

    ``cluster_of``: the clusters of the crawl before; storefronts of one cluster count as one when it is asked how many others
    made the same change.
    """
    rows = sorted(set(steps), key=lambda row: (row.crawl, row.attribute, row.signature, row.site))
    together: dict[tuple[str, str, str], list[StepRow]] = defaultdict(list)
    alike: dict[tuple[str, str], list[StepRow]] = defaultdict(list)
    own: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        together[row.crawl, row.attribute, row.signature].append(row)
        alike[row.attribute, row.signature].append(row)
        own[row.site].add((row.crawl, row.attribute))
    shared: dict[Pair, list[tuple[StepRow, StepRow, float]]] = defaultdict(list)
    for found in together.values():
        if 2 <= len(found) <= _MOST:
            for one, two in combinations(found, 2):
                if (share := _others(one, two, found, cluster_of)) is not None:
                    shared[one.site, two.site].append((one, two, share))
    leads = _leads(alike)
    result: dict[Pair, list[Contribution]] = {}
    for pair in sorted({*shared, *leads}):
        if (said := _said(pair, shared.get(pair, []), leads.get(pair, {}), own, model)) is not None:
            result[pair] = [said]
    return result


def _others(one: StepRow, two: StepRow, found: Sequence[StepRow], cluster_of: Mapping[str, str]) -> float | None:
    """The share of other storefronts that made this change, each cluster once; None where it is common."""
    groups = {cluster_of.get(row.site, row.site) for row in found}
    others = len(groups - {cluster_of.get(one.site, one.site), cluster_of.get(two.site, two.site)})
    among = max(one.among - 2, 1)
    return None if others > _COMMON * among else (others + 0.5) / (among + 1)


def _leads(alike: Mapping[tuple[str, str], Sequence[StepRow]]) -> dict[Pair, dict[str, int]]:
    """(a, b) -> how often each of the two made a change that the other made later."""
    found: dict[Pair, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for rows in alike.values():
        if len(rows) > _MOST:
            continue
        for first, later in combinations(rows, 2):
            if first.site != later.site and first.crawl < later.crawl and days_between(first.crawl, later.crawl) <= _ECHO_DAYS:
                pair = (first.site, later.site) if first.site < later.site else (later.site, first.site)
                found[pair][first.site] += 1
    return found


def _said(
    pair: Pair,
    shared: Sequence[tuple[StepRow, StepRow, float]],
    leads: Mapping[str, int],
    own: Mapping[str, set[tuple[str, str]]],
    model: Mapping[str, Weight],
) -> Contribution | None:
    a, b = pair
    best: dict[str, tuple[StepRow, StepRow, float]] = {}
    for row in sorted(shared, key=lambda row: (row[2], row[0].attribute)):
        best.setdefault(row[0].crawl, row)
    leaders = [site for site in pair if leads.get(site, 0) >= _ECHOES]
    if len(leaders) == 1 and not leads.get(b if leaders[0] == a else a, 0) and leads[leaders[0]] > len(best):
        return _echo(pair, leaders[0], leads[leaders[0]], model[ECHO.name])
    both_ways = all(len(shared) >= _BOTH_WAYS * len(own[site]) for site in pair)
    if len(best) < _INTERVALS or not both_ways:
        return None
    weight = model[SYNCHRONOUS.name]
    # the first coincidence is free: only what repeats weighs
    rows = sorted(best.values(), key=lambda row: (row[2], row[0].crawl))[1:]
    u = max(max(row[2] for row in rows), weight.floor)
    bits = min(max(log2(weight.m / u), 0.0) * len(rows), weight.cap)
    if bits <= 0:
        return None
    one, two, _ = best[max(best)]
    shown = "; ".join(f"{crawl}: {best[crawl][0].shown}" for crawl in sorted(best))
    sentence = f"both made the same changes in the same interval, {len(best)} times: " + ", ".join(
        dict.fromkeys(best[crawl][0].shown for crawl in sorted(best))
    )
    a_seen, b_seen = _trace(SYNCHRONOUS, one), _trace(SYNCHRONOUS, two)
    return Contribution(SYNCHRONOUS, Direction.FOR, bits, weight.m, u, "crawl", "", "", shown, a_seen, b_seen, sentence)


def _echo(pair: Pair, leader: str, times: int, weight: Weight) -> Contribution:
    follower = pair[1] if leader == pair[0] else pair[0]
    sentence = f"{follower} repeated changes of {leader} later, {times} times, and never the other way round"
    bits = min(log2(weight.m / weight.floor), weight.cap)
    return Contribution(ECHO, Direction.FOR, bits, weight.m, weight.floor, "crawl", "", leader, "", None, None, sentence, raw=bits)


def _trace(kind: Kind, row: StepRow) -> Trace:
    return Trace(kind.name, row.signature, row.url, row.digest, row.shown)
