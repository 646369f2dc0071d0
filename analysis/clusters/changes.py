"""What is different from the previous crawl, per storefront and per cluster, each in a plain sentence.

A miss is not a disappearance: a storefront that was refused, blocked or not reached is "not reached", never "gone".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.findings import ChangeRow, ClusterRow, Findings, MemberRow, StorefrontRow, TraceRow

__all__ = ["RANKS", "changes_between"]

#: The order in which people want to know; also the list of everything a change may be.
RANKS: Mapping[str, int] = {
    "merged": 1,
    "split": 1,
    "joined": 2,
    "discovered": 3,
    "successor": 4,
    "moved": 5,
    "payment": 6,
    "payment-still": 7,
    "left": 8,
    "gone": 9,
    "back": 10,
    "gate": 11,
    "page-state": 12,
    "company": 13,
    "prices": 14,
    "catalogue": 15,
    "language": 16,
    "host": 17,
    "certificate": 18,
    "appeared": 19,
    "not-reached": 20,
    "reached-again": 21,
}

_OPEN = frozenset({"shop", "content", "blog", "login-gate", "invitation-gate", "cookie-wall", "age-wall"})
_DOWN = frozenset({"unavailable", "withdrawn", "moved"})
_REACHED = frozenset({"finished", "budget"})
_PAYMENT_WORDS = {
    "accepted": "payment is accepted",
    "unavailable": "payment is unavailable",
    "withdrawn": "payment has been withdrawn",
    "moved": "customers are sent elsewhere to pay",
}


def changes_between(
    previous: Findings | None,
    storefronts: Iterable[StorefrontRow],
    members: Iterable[MemberRow],
    clusters: Iterable[ClusterRow],
    traces: Iterable[TraceRow],
) -> list[ChangeRow]:
    """All changes, in the order people want to know them. The first crawl has discoveries and grown clusters only."""
    now = {row.site: row for row in storefronts if row.kind == "storefront"}
    member = {row.site: row for row in members}
    before = {row.site: row for row in previous.storefronts if row.kind == "storefront"} if previous else {}
    was = {row.site: row for row in previous.members} if previous else {}
    seen_at = _places(traces)
    rows: list[ChangeRow] = []
    size = defaultdict(list)
    for row in member.values():
        size[row.cluster].append(row.site)
    for site in sorted(now):
        if site in member:
            rows += _of_storefront(now[site], before.get(site), member[site], was, size, seen_at, previous is None)
    rows += _of_clusters(clusters, previous)
    rows += _successors(now, before, member, size, seen_at)
    return sorted(set(rows), key=lambda row: (row.rank, row.cluster, row.site, row.sentence))


def _of_storefront(
    row: StorefrontRow,
    old: StorefrontRow | None,
    member: MemberRow,
    was: Mapping[str, MemberRow],
    size: Mapping[str, list[str]],
    seen_at: Mapping[tuple[str, str], TraceRow],
    is_first: bool,
) -> Iterator[ChangeRow]:
    site, cluster = row.site, member.cluster
    others = [other for other in sorted(size[cluster]) if other != site]
    company = _listed(others)
    earlier = was.get(site)
    if row.discovered_by and earlier is None:
        how = row.discovered_how.replace("-", " ")
        yield _row(
            "discovered", row, cluster, "", row.discovered_how, f"{site} was found from {row.discovered_by} ({how})", seen_at
        )
    if others and not is_first and (earlier is None or earlier.cluster != cluster):
        if earlier is None:
            sentence = f"{site} is new, with evidence consistent with common operation with {company}"
        else:
            sentence = f"{site} now shows evidence consistent with common operation with {company}"
        yield _row("joined", row, cluster, earlier.cluster if earlier else "", cluster, sentence, seen_at)
    elif earlier is None and not is_first:
        yield _row("appeared", row, cluster, "", row.page_state, f"{site} was seen for the first time", seen_at)
    if earlier is not None and not others:
        left = [other for other, past in sorted(was.items()) if past.cluster == earlier.cluster and other != site]
        if left:
            sentence = f"{site} no longer shows evidence of common operation with {', '.join(left[:3])}"
            yield _row("left", row, cluster, earlier.cluster, cluster, sentence, seen_at)
    if row.outcome not in _REACHED:
        if row.outcome != "not-asked":
            yield _row(
                "not-reached", row, cluster, "", row.outcome, f"{site} was not reached ({row.reason or row.outcome})", seen_at
            )
        return
    if old is None or old.outcome not in _REACHED:
        if row.payment in _DOWN:
            yield _row("payment", row, cluster, "", row.payment, f"{site}: {_PAYMENT_WORDS[row.payment]}", seen_at, "payment.state")
        return
    yield from _state_changes(row, old, cluster, seen_at)


def _state_changes(
    row: StorefrontRow, old: StorefrontRow, cluster: str, seen_at: Mapping[tuple[str, str], TraceRow]
) -> Iterator[ChangeRow]:
    site = row.site
    if row.payment != old.payment and row.payment:
        sentence = f"{site}: {_PAYMENT_WORDS[row.payment]}"
        if row.payment == "accepted" and old.payment in _DOWN:
            sentence = f"{site}: payment is back, it is accepted again"
        elif old.payment:
            sentence += f" (before: {old.payment})"
        yield _row("payment", row, cluster, old.payment, row.payment, sentence, seen_at, "payment.state")
    elif row.payment == old.payment and row.payment in _DOWN:
        still = {"moved": "customers are still sent elsewhere to pay"}.get(row.payment, f"it is still {row.payment}")
        sentence = f"{site}: payment is not back, {still}"
        yield _row("payment-still", row, cluster, old.payment, row.payment, sentence, seen_at, "payment.state")
    elif old.payment == "accepted" and not row.payment:
        sentence = f"{site}: payment is no longer offered on the pages that were read"
        yield _row("payment", row, cluster, old.payment, "", sentence, seen_at)
    if row.page_state != old.page_state:
        if old.page_state in _OPEN and row.page_state not in _OPEN:
            sentence = f"{site} is gone: its pages are {row.page_state.replace('-', ' ')} now"
            yield _row("gone", row, cluster, old.page_state, row.page_state, sentence, seen_at)
        elif old.page_state not in _OPEN and row.page_state in _OPEN:
            sentence = f"{site} is back: {row.page_state.replace('-', ' ')} where it was {old.page_state.replace('-', ' ')}"
            yield _row("back", row, cluster, old.page_state, row.page_state, sentence, seen_at)
        else:
            sentence = f"{site} was {_state(old.page_state)} and is {_state(row.page_state)} now"
            yield _row("page-state", row, cluster, old.page_state, row.page_state, sentence, seen_at)
    if row.company and old.company and not _is_one_company(row.company, old.company):
        sentence = f"{site} now names {row.company}, before it named {old.company}"
        yield _row("company", row, cluster, old.company, row.company, sentence, seen_at, "identity.declared_company")


def _is_one_company(one: str, two: str) -> bool:
    """Whether most of the longer words agree; short ones may be legal forms."""
    words = [{word.strip(".,()/") for word in name.casefold().split()} for name in (one, two)]
    longer = [{word for word in row if len(word) > 4} or row for row in words]
    return 2 * len(longer[0] & longer[1]) > min(len(longer[0]), len(longer[1]))


def _listed(sites: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``, ``a, b, c and 2 more``."""
    parts = [*sites[:3], f"{len(sites) - 3} more"] if len(sites) > 3 else list(sites)
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _of_clusters(clusters: Iterable[ClusterRow], previous: Findings | None) -> Iterator[ChangeRow]:
    if previous is None:
        return
    sizes = {row.cluster: row.size for row in previous.clusters}
    current = {row.cluster: row for row in clusters}
    for row in current.values():
        large = [parent for parent in row.parents.split() if sizes.get(parent, 0) > 1]
        merged = [parent for parent in large if parent not in current]
        if merged:
            sentence = f"the clusters {', '.join(sorted([row.cluster, *merged]))} are one now"
            yield ChangeRow("merged", "", row.cluster, " ".join(merged), row.cluster, RANKS["merged"], sentence, "", "")
        for parent in large:
            if parent in current and row.size > 1:
                sentence = f"cluster {row.cluster} has split from {parent}"
                yield ChangeRow("split", "", row.cluster, parent, row.cluster, RANKS["split"], sentence, "", "")


def _successors(
    now: Mapping[str, StorefrontRow],
    before: Mapping[str, StorefrontRow],
    member: Mapping[str, MemberRow],
    size: Mapping[str, list[str]],
    seen_at: Mapping[tuple[str, str], TraceRow],
) -> Iterator[ChangeRow]:
    """An old shop that dies or turns into a farewell while others of its cluster go on, or that sends people to another."""
    for site, row in sorted(now.items()):
        old = before.get(site)
        if old is None or site not in member or row.outcome not in _REACHED or old.outcome not in _REACHED:
            continue
        ended = old.page_state == "shop" and row.page_state != "shop"
        if not ended:
            continue
        heirs = [
            other
            for other in sorted(size[member[site].cluster])
            if other != site and other in now and now[other].page_state in _OPEN and now[other].page_state != "blog"
        ]
        if heirs:
            named = ", ".join(heirs[:4])
            become = (
                "has become a blog" if row.page_state == "blog" else f"has ended as a shop ({row.page_state.replace('-', ' ')})"
            )
            sentence = (
                f"{site} {become}; {named} of the same cluster go on"
                if len(heirs) > 1
                else f"{site} {become}; {named} of the same cluster goes on"
            )
            yield _row("successor", row, member[site].cluster, site, " ".join(heirs[:4]), sentence, seen_at)


def _row(
    what: str,
    row: StorefrontRow,
    cluster: str,
    before: str,
    after: str,
    sentence: str,
    seen_at: Mapping[tuple[str, str], TraceRow],
    kind: str = "",
) -> ChangeRow:
    place = seen_at.get((row.site, kind))
    return ChangeRow(
        what,
        row.site,
        cluster,
        before,
        after,
        RANKS[what],
        sentence,
        place.url if place else row.url,
        place.digest if place else "",
    )


def _places(traces: Iterable[TraceRow]) -> dict[tuple[str, str], TraceRow]:
    places: dict[tuple[str, str], TraceRow] = {}
    for trace in traces:
        if trace.kind in ("payment.state", "identity.declared_company"):
            places.setdefault((trace.site, trace.kind), trace)
    return places


def _state(state: str) -> str:
    words = {"content": "page without a shop"}.get(state, state.replace("-", " "))
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
