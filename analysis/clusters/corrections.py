"""Changes that people made: a storefront taken out of a cluster or put into one by a judgement, told as a correction.

A correction is news of the analysts, not of the web. It is told once: by the first findings that know the judgement and
whose history did not. Only a membership that really changed is told; the rows that tell the same move as an event on the
web (left, joined, split, merged) give way to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.clusters.memory import first_state
from analysis.findings import ChangeRow, EvidenceRow, Findings, MemberRow, StateRow, StorefrontRow
from analysis.linkage.judgements import VALUE_KEPT, Judgement, Standing

__all__ = ["CORRECTED", "CORRECTED_RANK", "LAST_NOTE", "listed", "protected_note", "settled", "with_corrections"]

#: The word of these changes, and their place in the order in which people want to know.
CORRECTED = "corrected"
CORRECTED_RANK = 1
#: The note of findings.json that says which recording of a judgement was the last one known.
LAST_NOTE = "judgement_last"
#: The state of being in a cluster, and its value for a lone storefront, as ``regrouping`` keeps them.
_MEMBERSHIP, _ALONE = "cluster", "alone"
_NOT_AN_EVENT = "an analyst's correction, not an event on the web"


@dataclass(frozen=True, slots=True)
class _Part:
    """Storefronts that were in one cluster before and are in one now."""

    was: str
    now: str
    sites: tuple[str, ...]


def protected_note(standing: Standing, sites: Iterable[str], word: str) -> str:
    """The protected storefronts of one list among ``sites``, separated by spaces."""
    return " ".join(site for site in sorted(sites) if standing.protected.get(site) == word)


def with_corrections(
    changes: Sequence[ChangeRow],
    previous: Findings | None,
    storefronts: Mapping[str, StorefrontRow],
    members: Iterable[MemberRow],
    evidence: Iterable[EvidenceRow],
    standing: Standing,
) -> list[ChangeRow]:
    """``changes`` with the corrections among them, in the order people want to know."""
    if previous is None:
        return list(changes)
    was = {row.site: row.cluster for row in previous.members}
    now = {row.site: row.cluster for row in members}
    why = _Reasons(previous, evidence, standing)
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for site in sorted(was.keys() & now.keys()):
        grouped[was[site], now[site]].append(site)
    parts = [_Part(*names, tuple(sites)) for names, sites in sorted(grouped.items())]
    out = _explained(parts, "was", why.parted)
    into = _explained(parts, "now", why.joined)
    rows = [row for part, reason in out.items() for row in _rows(part, reason, _beside(parts, part, "was"), storefronts, "out")]
    rows += [row for part, reason in into.items() for row in _rows(part, reason, _beside(parts, part, "now"), storefronts, "in")]
    told = _Told(parts, out, into)
    kept = [_judged_newcomer(row, was, now, standing) for row in changes if not told.tells(row)]
    return sorted({*kept, *rows}, key=lambda row: (row.rank, row.cluster, row.site, row.sentence))


def settled(
    states: Iterable[StateRow], changes: Iterable[ChangeRow], members: Iterable[MemberRow], crawl_id: str
) -> list[StateRow]:
    """The states with the corrected clusters' memberships as they are: a correction is no flapping, and nothing of it is left
    to be told later."""
    corrected = {cluster for row in changes if row.what == CORRECTED for cluster in (row.before, row.after)}
    rows = list(members)
    size = Counter(row.cluster for row in rows)
    new = {
        row.site: first_state(row.site, _MEMBERSHIP, row.cluster if size[row.cluster] > 1 else _ALONE, crawl_id)
        for row in rows
        if row.cluster in corrected
    }
    return [new.get(state.site, state) if state.attribute == _MEMBERSHIP else state for state in states]


class _Reasons:
    """What of the judgements and lists is new since the previous findings, and which two groups of sites it concerns."""

    def __init__(self, previous: Findings, evidence: Iterable[EvidenceRow], standing: Standing) -> None:
        known = int(previous.notes.get(LAST_NOTE, "0"))
        new = [row for row in reversed(standing.history) if row.number > known]
        self._pairs = [row for row in new if not row.is_of_value]
        self._values = {(row.kind, row.value[:VALUE_KEPT]): row for row in reversed(new) if row.is_of_value}
        self._before = self._pairs_of(previous.evidence)
        self._now = self._pairs_of(evidence)
        self._protected = {site: str(why) for site, why in standing.protected.items()}
        self._was_protected = {site: word for word in ("licensed", "owned") for site in previous.notes.get(word, "").split()}

    def parted(self, one: Sequence[str], two: Sequence[str]) -> str:
        """Why two groups that were one cluster are none any more; empty where no judgement says so."""
        return self._judged(one, two, self._before) or self._listed(one, two, self._protected, "is on your list now")

    def joined(self, one: Sequence[str], two: Sequence[str]) -> str:
        """Why two groups that were apart are one cluster; empty where no judgement says so."""
        return self._judged(one, two, self._now) or self._listed(one, two, self._was_protected, "is on your list no more")

    def _pairs_of(self, rows: Iterable[EvidenceRow]) -> list[tuple[str, str, Judgement]]:
        found = []
        for row in rows if self._values else ():
            judgement = self._values.get((row.kind, row.value[:VALUE_KEPT]))
            if judgement is not None and row.bits > 0:
                found.append((row.site_a, row.site_b, judgement))
        return found

    def _judged(self, one: Sequence[str], two: Sequence[str], valued: Iterable[tuple[str, str, Judgement]]) -> str:
        left, right = set(one), set(two)
        for a, b, row in (*((row.site_a, row.site_b, row) for row in self._pairs), *valued):
            if (a in left and b in right) or (a in right and b in left):
                return f"{row.who} judged on {row.when[:10]} that {row.said}{row.because}"
        return ""

    def _listed(self, one: Sequence[str], two: Sequence[str], listed: Mapping[str, str], words: str) -> str:
        for site in sorted({*one, *two}):
            if site in listed and self._protected.get(site) != self._was_protected.get(site):
                return f"{site} {words} ({listed[site]})"
        return ""


def _explained(parts: Sequence[_Part], side: str, reason: Callable[[Sequence[str], Sequence[str]], str]) -> dict[_Part, str]:
    """The parts whose coming out of a cluster (side ``was``) or into one (``now``) a judgement explains.

    The part that keeps the cluster's id, else the largest one, is the one that the others left or came to.
    """
    clusters: dict[str, list[_Part]] = defaultdict(list)
    for part in parts:
        clusters[getattr(part, side)].append(part)
    found: dict[_Part, str] = {}
    for several in clusters.values():
        stays = min(several, key=lambda part: (part.was != part.now, -len(part.sites), part.sites))
        for part in several:
            if part is not stays:
                why = next(
                    (why for other in [stays, *several] if other is not part and (why := reason(part.sites, other.sites))), ""
                )
                if why:
                    found[part] = why
    return found


def _beside(parts: Iterable[_Part], part: _Part, side: str) -> list[str]:
    return sorted(site for other in parts if other != part and getattr(other, side) == getattr(part, side) for site in other.sites)


def _rows(part: _Part, reason: str, others: Sequence[str], storefronts: Mapping[str, StorefrontRow], way: str) -> list[ChangeRow]:
    done = "taken out of the cluster with" if way == "out" else "put into one cluster with"
    return [
        ChangeRow(
            CORRECTED,
            site,
            part.now,
            part.was,
            part.now,
            CORRECTED_RANK,
            f"{_NOT_AN_EVENT}: {site} is {done} {listed(others)}; {reason}",
            storefronts[site].url,
            "",
        )
        for site in part.sites
    ]


class _Told:
    """Which rows of the other changes tell the same moves as the corrections."""

    def __init__(self, parts: Sequence[_Part], out: Mapping[_Part, str], into: Mapping[_Part, str]) -> None:
        self._of = {site: part for part in parts for site in part.sites}
        self._parts, self._out, self._into = parts, out, into

    def tells(self, row: ChangeRow) -> bool:
        part = self._of.get(row.site)
        if row.what == "left" and part is not None:
            return part in self._out or self._all_others(part, "was", self._out)
        if row.what == "joined" and part is not None:
            gained = any(other != part and other.now == part.now for other in self._parts)
            if gained:
                return part in self._into or self._all_others(part, "now", self._into)
            return part in self._out
        if row.what == "split":
            return any(item.was == row.before and item.now == row.cluster for item in self._out)
        if row.what == "merged":
            merged = set(row.before.split())
            return bool(merged) and merged <= {item.was for item in self._into if item.now == row.cluster}
        return False

    def _all_others(self, part: _Part, side: str, explained: Mapping[_Part, str]) -> bool:
        others = [other for other in self._parts if other != part and getattr(other, side) == getattr(part, side)]
        return bool(others) and all(other in explained for other in others)


def _judged_newcomer(row: ChangeRow, was: Mapping[str, str], now: Mapping[str, str], standing: Standing) -> ChangeRow:
    """A storefront that was judged before it was ever seen joins by the judgement, not by evidence."""
    if row.what != "joined" or row.site in was or row.site not in standing.groups:
        return row
    fellows = [site for site, cluster in sorted(now.items()) if cluster == row.cluster and standing.is_same(row.site, site)]
    others = [site for site in fellows if site != row.site]
    if not others:
        return row
    return replace(
        row, sentence=f"{row.site} is new, and an analyst's judgement holds it to be of one operator with {listed(others)}"
    )


def listed(sites: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``, ``a, b, c and 2 more``."""
    parts = [*sites[:3], f"{len(sites) - 3} more"] if len(sites) > 3 else list(sites)
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
