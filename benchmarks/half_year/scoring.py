"""What was planted against what the mails told: each event once and in its week, nothing else, and cluster ids that stay."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.half_year.plan import Plan, Told

__all__ = ["Row", "Score", "markdown", "score"]


@dataclass(frozen=True, slots=True)
class Row:
    """One change as a mail's attachment told it."""

    week: int
    what: str
    site: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Score:
    """``late``: (planted, the week it was told in); ``repeated``: told again; ``stable``: share of (storefront, week) pairs whose
    cluster id is the one of the week before, among those whose true operator had a storefront in both."""

    seed: int
    weeks: int
    mails: int
    planted: int
    told: int
    missed: tuple[Told, ...]
    late: tuple[tuple[Told, int], ...]
    repeated: tuple[Row, ...]
    invented: tuple[Row, ...]
    stable: float
    pairs_found: float
    pairs_false: int

    @property
    def is_clean(self) -> bool:
        """Everything told once in its week and nothing invented."""
        return self.told == self.planted and not self.invented and not self.repeated


def score(seed: int, plan: Plan, weeks: int, rows: Sequence[Row], clusters: Sequence[Mapping[str, str]], mails: int) -> Score:
    """Match rows to events: the first row of a fitting kind about the site in the event's week is the event."""
    planted = [one for one in plan.told if one.week < weeks]
    left = list(rows)
    missed, late = [], []
    told = 0
    for event in planted:
        found = next((row for row in left if row.week == event.week and row.site == event.site and row.what in event.whats), None)
        if found is not None:
            left.remove(found)
            told += 1
            continue
        after = next((row for row in left if row.week > event.week and row.site == event.site and row.what in event.whats), None)
        if after is None:
            missed.append(event)
        else:
            left.remove(after)
            late.append((event, after.week))
    repeated: list[Row] = []
    invented: list[Row] = []
    for row in left:
        if any(row.week == one.week and row.site == one.site and row.what in one.whats for one in plan.allowed):
            continue
        is_again = any(row.site == one.site and row.what in one.whats and row.week > one.week for one in planted)
        (repeated if is_again else invented).append(row)
    return Score(
        seed, weeks, mails, len(planted), told, tuple(missed), tuple(late), tuple(repeated), tuple(invented),
        _stability(plan, clusters), *_pairs(plan, weeks, clusters),
    )  # fmt: skip


def _stability(plan: Plan, clusters: Sequence[Mapping[str, str]]) -> float:
    corrected = {one.site for one in plan.corrections}
    kept = asked = 0
    for week in range(1, len(clusters)):
        for site, cluster in clusters[week].items():
            if site in clusters[week - 1] and site not in corrected:
                asked += 1
                kept += clusters[week - 1][site] == cluster
    return kept / asked if asked else 1.0


def _pairs(plan: Plan, weeks: int, clusters: Sequence[Mapping[str, str]]) -> tuple[float, int]:
    """At the last crawl: share of the true pairs that share a cluster, and pairs of strangers that do."""
    if not clusters:
        return 0.0, 0
    operator = {shop.host: shop.operator for shop in plan.shops if shop.born < weeks}
    groups: dict[str, list[str]] = defaultdict(list)
    for site, cluster in clusters[-1].items():
        groups[cluster].append(site)
    right = wrong = 0
    for sites in groups.values():
        for n, one in enumerate(sites):
            for other in sites[n + 1 :]:
                same = operator.get(one) is not None and operator.get(one) == operator.get(other)
                right += same
                wrong += not same
    sizes = Counter(operator.values())
    true = sum(size * (size - 1) // 2 for size in sizes.values())
    return right / true if true else 1.0, wrong


def markdown(one: Score) -> str:
    """The score of one seed as lines of a page."""
    lines = [
        f"### Seed {one.seed}: {one.weeks} crawls, {one.mails} mails",
        "",
        f"{one.told} of {one.planted} planted events told in their week, {len(one.late)} later, {len(one.missed)} never;",
        f"{len(one.repeated)} repeated, {len(one.invented)} invented; cluster ids kept in {one.stable:.1%} of storefront-weeks;",
        f"at the end {one.pairs_found:.0%} of true pairs together, {one.pairs_false} false.",
        "",
    ]
    lines += [f"- missed in week {e.week}: {e.site}: {e.why} ({', '.join(sorted(e.whats))})" for e in one.missed]
    lines += [f"- told in week {week} instead of {e.week}: {e.site}: {e.why}" for e, week in one.late]
    lines += [f"- told again in week {row.week}: {row.what}: {row.sentence}" for row in one.repeated]
    lines += [f"- invented in week {row.week}: {row.what}: {row.sentence}" for row in one.invented]
    return "\n".join(lines) + "\n"
