"""People's decisions as values: what was judged, what of it stands, and what contradicts what.

Nothing here opens a file or reads a clock. The history is kept whole; of several judgements on one pair or one value
the latest stands. ``same`` must link and ``different`` cannot link, both by closure: who is the same as a is held apart
from whoever a is held apart from. Judgements that contradict one another through third storefronts are resolved from
the latest back: the older one yields and is named with those it yields to.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from enum import StrEnum

__all__ = [
    "PAIR_VERDICTS",
    "VALUE_KEPT",
    "VALUE_VERDICTS",
    "Conflict",
    "Judgement",
    "Pair",
    "Protection",
    "Standing",
    "Verdict",
    "ordered",
    "resolve",
]

Pair = tuple[str, str]

#: Characters of a value that a judgement names it by: what the evidence table keeps of it.
VALUE_KEPT = 500
#: Characters of a reason that a sentence repeats.
_WHY_SHOWN = 300
#: Judgements that a conflict names beside the two that it is about.
_THROUGH_SHOWN = 3


class Verdict(StrEnum):
    """What a person decided: of two storefronts the first three; of a value the last three."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    NOISE = "noise"
    EVIDENCE = "evidence"


PAIR_VERDICTS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)
VALUE_VERDICTS = (Verdict.NOISE, Verdict.EVIDENCE, Verdict.UNSURE)


class Protection(StrEnum):
    """Why a storefront can never be in an operator's cluster."""

    OWNED = "owned"
    LICENSED = "licensed"

    @property
    def words(self) -> str:
        """``your own storefront`` or ``a licensed storefront``."""
        return "your own storefront" if self is Protection.OWNED else "a licensed storefront"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: of the pair ``site_a < site_b``, or of ``value`` of ``kind`` (the other two are empty then).

    ``number`` counts the recordings, from 1; ``when`` is UTC as ``2026-03-02T06:00:00Z``.
    """

    number: int
    when: str
    who: str
    verdict: Verdict
    why: str
    site_a: str = ""
    site_b: str = ""
    kind: str = ""
    value: str = ""

    @property
    def pair(self) -> Pair:
        """The two sites; two empty texts for a value."""
        return self.site_a, self.site_b

    @property
    def is_of_value(self) -> bool:
        return bool(self.kind)

    @property
    def by(self) -> str:
        """``ann, 2026-03-02 06:00 UTC``."""
        return f"{self.who}, {self.when[:10]} {self.when[11:16]} UTC"

    @property
    def because(self) -> str:
        """The reason, as the end of a sentence; empty where none was given."""
        return f", because: {self.why[:_WHY_SHOWN]}" if self.why else ""

    @property
    def said(self) -> str:
        """What was decided, without the reason."""
        if self.is_of_value:
            what = {Verdict.NOISE: "noise", Verdict.EVIDENCE: "evidence"}.get(self.verdict)
            # a kind without its dot, which in a report would be taken for a host's
            named = f"the {self.kind.replace('.', ' ')} {self.value[:80]}"
            return f"{named} is {what}" if what else f"it is open what {named} says"
        match self.verdict:
            case Verdict.SAME:
                return f"{self.site_a} and {self.site_b} are run by one operator"
            case Verdict.DIFFERENT:
                return f"{self.site_a} and {self.site_b} are not run by one operator"
            case _:
                return f"it is open whether one operator runs {self.site_a} and {self.site_b}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A judgement that does not stand, the later ones that it yields to, and both in one sentence."""

    yields: Judgement
    to: tuple[Judgement, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of a history of judgements, and of the lists of protected storefronts.

    ``pairs`` the latest judgement of each pair, whether it stands or not; ``same`` and ``different`` those that stand;
    ``noise`` by (kind, the first ``VALUE_KEPT`` characters of the value); ``groups`` site -> number of its must-link group;
    ``enemies`` pair of group numbers -> the judgement that holds them apart.
    """

    history: tuple[Judgement, ...] = ()
    pairs: Mapping[Pair, Judgement] = field(default_factory=dict)
    same: Mapping[Pair, Judgement] = field(default_factory=dict)
    different: Mapping[Pair, Judgement] = field(default_factory=dict)
    unsure: Mapping[Pair, Judgement] = field(default_factory=dict)
    noise: Mapping[tuple[str, str], Judgement] = field(default_factory=dict)
    protected: Mapping[str, Protection] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict)
    enemies: Mapping[tuple[int, int], Judgement] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The number of the newest recording; 0 where there is none."""
        return max((row.number for row in self.history), default=0)

    @property
    def digest(self) -> str:
        """SHA-256 over all judgements and protected storefronts, hex."""
        told = [*map(repr, map(astuple, self.history)), *(f"{site} {why}" for site, why in sorted(self.protected.items()))]
        return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()

    def is_same(self, a: str, b: str) -> bool:
        """Whether the two must be linked, if only through others."""
        return a in self.groups and self.groups[a] == self.groups.get(b)

    def apart(self, a: str, b: str) -> Judgement | None:
        """The judgement that holds the two apart, if only through others; None where there is none."""
        if a not in self.groups or b not in self.groups:
            return None
        one, two = sorted((self.groups[a], self.groups[b]))
        return self.enemies.get((one, two))

    def may_join(self, a: str, b: str) -> bool:
        """False where a judgement or a protected storefront forbids that one operator has both."""
        return self.protected.get(a) == self.protected.get(b) and self.apart(a, b) is None

    def noise_of(self, kind: str, value: str) -> Judgement | None:
        """The judgement by which a value no longer counts."""
        return self.noise.get((kind, value[:VALUE_KEPT]))


def ordered(rows: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """By time; of one moment the later recording is the later one."""
    return tuple(sorted(rows, key=lambda row: (row.when, row.number, *map(str, astuple(row)))))


def resolve(rows: Iterable[Judgement], owned: Iterable[str] = (), licensed: Iterable[str] = ()) -> Standing:
    """What stands; the order in which judgements and sites are given does not matter. A site on both lists is owned."""
    history = ordered(rows)
    protected = dict.fromkeys(sorted(licensed), Protection.LICENSED) | dict.fromkeys(sorted(owned), Protection.OWNED)
    pairs: dict[Pair, Judgement] = {}
    values: dict[tuple[str, str], Judgement] = {}
    for row in history:
        if row.is_of_value:
            values[row.kind, row.value[:VALUE_KEPT]] = row
        else:
            pairs[row.pair] = row
    constraints = _Constraints()
    conflicts = []
    for row in reversed(ordered(pairs.values())):
        if row.verdict is Verdict.UNSURE:
            continue
        if (conflict := _protected_conflict(row, protected) or constraints.add(row)) is not None:
            conflicts.append(conflict)
    groups, enemies = constraints.numbered()
    return Standing(
        history,
        dict(sorted(pairs.items())),
        dict(sorted(constraints.same.items())),
        dict(sorted(constraints.different.items())),
        {pair: row for pair, row in sorted(pairs.items()) if row.verdict is Verdict.UNSURE},
        {key: row for key, row in sorted(values.items()) if row.verdict is Verdict.NOISE},
        protected,
        tuple(conflicts),
        groups,
        enemies,
    )


class _Constraints:
    """Must-link groups and what holds them apart, built from the latest judgement back."""

    def __init__(self) -> None:
        self.same: dict[Pair, Judgement] = {}
        self.different: dict[Pair, Judgement] = {}
        self._parent: dict[str, str] = {}
        self._near: dict[str, dict[str, Judgement]] = defaultdict(dict)
        self._enemies: dict[str, dict[str, Judgement]] = defaultdict(dict)

    def add(self, row: Judgement) -> Conflict | None:
        """Take a judgement in, or say with which later ones it cannot stand."""
        a, b = row.pair
        one, two = self._root(a), self._root(b)
        if row.verdict is Verdict.SAME:
            rival = self._enemies[one].get(two)
            if rival is not None:
                ends = rival.pair if self._root(rival.site_a) == one else (rival.site_b, rival.site_a)
                return _conflict(row, rival, [*self._path(a, ends[0]), *self._path(b, ends[1])])
            self.same[row.pair] = row
            self._near[a][b] = self._near[b][a] = row
            self._join(one, two)
            return None
        if one == two:
            path = self._path(a, b)
            rival = max(path, key=lambda item: (item.when, item.number))
            return _conflict(row, rival, [item for item in path if item != rival])
        self.different[row.pair] = row
        # the latest judgement that holds two groups apart is the one to name
        self._enemies[one].setdefault(two, row)
        self._enemies[two].setdefault(one, row)
        return None

    def numbered(self) -> tuple[dict[str, int], dict[tuple[int, int], Judgement]]:
        """Groups numbered in order of their first site, and what holds two of them apart."""
        numbers: dict[str, int] = {}
        groups = {site: numbers.setdefault(self._root(site), len(numbers)) for site in sorted(self._parent)}
        enemies: dict[tuple[int, int], Judgement] = {}
        for one, rivals in self._enemies.items():
            for two, row in rivals.items():
                low, high = sorted((numbers[self._root(one)], numbers[self._root(two)]))
                enemies[low, high] = row
        return groups, dict(sorted(enemies.items()))

    def _root(self, site: str) -> str:
        self._parent.setdefault(site, site)
        while self._parent[site] != site:
            self._parent[site] = self._parent[self._parent[site]]
            site = self._parent[site]
        return site

    def _join(self, one: str, two: str) -> None:
        if one == two:
            return
        low, high = sorted((one, two))
        self._parent[high] = low
        for rival, row in self._enemies.pop(high, {}).items():
            known = self._enemies[low].get(rival)
            latest = row if known is None else max(known, row, key=lambda item: (item.when, item.number))
            self._enemies[low][rival] = self._enemies[rival][low] = latest
            self._enemies[rival].pop(high, None)

    def _path(self, a: str, b: str) -> list[Judgement]:
        """The fewest ``same`` judgements that lead from a to b."""
        came: dict[str, str] = {a: a}
        waiting = deque([a])
        while waiting and b not in came:
            here = waiting.popleft()
            for there in sorted(self._near[here]):
                if there not in came:
                    came[there] = here
                    waiting.append(there)
        steps = []
        while b != a:
            steps.append(self._near[came[b]][b])
            b = came[b]
        return steps[::-1]


def _conflict(yields: Judgement, rival: Judgement, through: list[Judgement]) -> Conflict:
    sentence = f"the judgement that {yields.said} ({yields.by}) does not stand beside the later one that {rival.said} ({rival.by})"
    if through:
        named = "; ".join(f"{row.said} ({row.by})" for row in through[:_THROUGH_SHOWN])
        more = f" and {len(through) - _THROUGH_SHOWN} more" if len(through) > _THROUGH_SHOWN else ""
        sentence += f", since also {named}{more}"
    return Conflict(yields, (rival, *through), sentence)


def _protected_conflict(row: Judgement, protected: Mapping[str, Protection]) -> Conflict | None:
    kinds = [protected.get(site) for site in row.pair]
    if row.verdict is not Verdict.SAME or kinds[0] == kinds[1]:
        return None
    named = " and ".join(f"{site} is {kind.words}" for site, kind in zip(row.pair, kinds, strict=True) if kind is not None)
    return Conflict(row, (), f"the judgement that {row.said} ({row.by}) does not stand, for {named}: take it off the list first")
