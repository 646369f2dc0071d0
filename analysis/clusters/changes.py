"""What is different from the crawl before, per storefront and per cluster, each told once and in a plain sentence.

docs/lineage.md has the table of all changes with their conditions. Everything is established elsewhere (``watch`` storefront by
storefront, ``regrouping`` and ``succession`` cluster by cluster); here it gets its row and its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.clusters.corrections import CORRECTED, CORRECTED_RANK, listed
from analysis.clusters.memory import Patience
from analysis.clusters.presence import Notice
from analysis.clusters.regrouping import Groups, Move, groups_of, regroup
from analysis.clusters.shift_words import shift_change
from analysis.clusters.sights import Reach
from analysis.clusters.succession import Succession, successions
from analysis.clusters.watch import Watched
from analysis.findings import ChangeRow, Findings, MemberRow, StateRow, StorefrontRow

__all__ = ["RANKS", "changes_between"]

#: The order in which people want to know; also the list of everything a change may be.
RANKS: Mapping[str, int] = {
    CORRECTED: CORRECTED_RANK,
    "merged": 1,
    "split": 1,
    "joined": 2,
    "discovered": 3,
    "successor": 4,
    "moved": 5,
    "payment": 6,
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
_DOWN = {
    "unavailable": "payment is unavailable",
    "withdrawn": "payment has been withdrawn",
    "moved": "customers are sent elsewhere to pay",
}
_SHUT_WORDS = {"refused-by-robots": "its robots.txt refuses us", "address-refused": "its address is not a public one"}
_SILENT = frozenset({"unreachable", "address-refused", "guard"})


def changes_between(
    previous: Findings | None,
    watched: Watched,
    storefronts: Iterable[StorefrontRow],
    members: Sequence[MemberRow],
    patience: Patience | None = None,
) -> tuple[list[ChangeRow], list[StateRow]]:
    """All changes in the order people want to know them, and the memory that the next crawl is weighed against.

    The first crawl has discoveries, and what could not be reached, only.
    """
    patience = patience or Patience()
    groups = groups_of(members)
    moves, cluster_states = regroup(previous, watched, members, patience)
    heirs, heir_states = successions(previous, watched, groups, moves)
    teller = _Teller(groups, watched, {row.site: row for row in storefronts}, patience)
    rows = [
        *teller.discovered(previous),
        *map(teller.moved, moves),
        *map(teller.succeeded, heirs),
        *teller.noticed(moves, heirs, is_first=previous is None),
        *teller.shifted(),
    ]
    rows.sort(key=lambda row: (row.rank, row.cluster, row.site, row.sentence))
    kept = {key: row for key, row in watched.states.items() if key[1] not in ("cluster", "successor")}
    states = {**kept, **{(row.site, row.attribute): row for row in (*cluster_states, *heir_states)}}
    return rows, [states[key] for key in sorted(states)]


class _Teller:
    """Rows and sentences of one crawl's changes."""

    def __init__(self, groups: Groups, watched: Watched, rows: Mapping[str, StorefrontRow], patience: Patience) -> None:
        self._groups, self._watched, self._rows, self._patience = groups, watched, rows, patience

    def discovered(self, previous: Findings | None) -> Iterator[ChangeRow]:
        """Storefronts that another one led to."""
        known = {row.site for row in previous.members} if previous else frozenset[str]()
        for site, row in sorted(self._rows.items()):
            if row.discovered_by and site not in known and row.kind == "storefront":
                how = row.discovered_how.replace("-", " ")
                yield self._row("discovered", site, "", row.discovered_how, f"{site} was found from {row.discovered_by} ({how})")

    def moved(self, move: Move) -> ChangeRow:
        """A regrouping in words."""
        match move.what:
            case "merged":
                names = ", ".join(sorted([move.cluster, *move.before.split()]))
                sentence = f"the clusters {names} are one now"
            case "split":
                sentence = f"cluster {move.cluster} has split from {move.before}"
            case "joined" if not move.before:
                sentence = f"{move.site} is new, with evidence consistent with common operation with {listed(move.others)}"
            case "joined":
                sentence = f"{move.site} now shows evidence consistent with common operation with {listed(move.others)}"
            case _:
                sentence = f"{move.site} no longer shows evidence of common operation with {', '.join(move.others[:3])}"
        if not move.site:
            return ChangeRow(move.what, "", move.cluster, move.before, move.after, RANKS[move.what], sentence, "", "")
        return self._row(move.what, move.site, move.before, move.after, sentence)

    def succeeded(self, found: Succession) -> ChangeRow:
        """An end, and who goes on."""
        site, heirs = found.site, ", ".join(found.heirs)
        ended = {
            "blog": "has become a blog",
            "farewell": "has become a blog that says farewell",
            "moved": "sends everybody elsewhere",
        }.get(found.how, f"has ended as a shop ({found.how.replace('-', ' ')})")
        if found.what == "moved":
            sentence = (
                f"{site} {ended}: to {heirs}" if found.how == "moved" else f"{site} {ended} and names {heirs} as its new place"
            )
        else:
            sentence = f"{site} {ended}; {heirs} of the same cluster {'go on' if len(found.heirs) > 1 else 'goes on'}"
        return self._row(found.what, site, site, " ".join(found.heirs), sentence)

    def noticed(self, moves: Iterable[Move], heirs: Iterable[Succession], *, is_first: bool) -> Iterator[ChangeRow]:
        """What presence establishes; a redirect is told by where it leads, a newcomer by whom it joined."""
        joined = {move.site for move in moves if move.what == "joined"}
        led = {found.site for found in heirs if found.how == "moved"}
        for note in self._watched.notices:
            site = note.site
            if note.what == "appeared":
                if is_first:
                    continue
                if site not in joined:
                    yield self._row("appeared", site, "", note.after, f"{site} was seen for the first time")
                payment = self._watched.sights[site].values.get("payment", "")
                if payment in _DOWN:
                    yield self._row("payment", site, "", payment, f"{site}: {_DOWN[payment]}", "payment")
            elif not (note.what == "gone" and site in led):
                yield self._row(note.what, site, note.before, note.after, self._notice_words(note))

    def _notice_words(self, note: Notice) -> str:
        site, before, after = note.site, note.before.replace("-", " "), note.after.replace("-", " ")
        many = f"{self._patience.confirm_after} crawls in a row"
        row = self._rows.get(site)
        reason = row.reason if row is not None and row.outcome == note.after else ""
        match note.what:
            case "not-reached":
                return f"{site} was not reached ({reason or _SHUT_WORDS.get(note.after) or after})"
            case "reached-again":
                return f"{site} is read again"
            case "gone" if note.after in _SILENT:
                return f"{site} is gone: it has not answered in {many}"
            case "gone" if note.after == "farewell":
                return f"{site} is gone: its pages say farewell"
            case "gone":
                return f"{site} is gone: its pages are {after} now"
            case "back":
                where = "it had not answered" if note.before in _SILENT else f"it was {before}"
                return f"{site} is back: {after} where {where}"
            case _ if self._watched.sights[site].reach is not Reach.OPEN:
                return f"{site} can no longer be read: {_SHUT_WORDS.get(note.after) or after}, {many}"
            case _:
                return f"{site} is open to us now: {after} where it was {before}"

    def shifted(self) -> Iterator[ChangeRow]:
        """The watched attributes that are different."""
        for shift in self._watched.shifts:
            if (told := shift_change(shift)) is not None:
                yield self._row(told.what, shift.site, told.before, told.after, told.sentence, shift.attribute)

    def _row(self, what: str, site: str, before: str, after: str, sentence: str, attribute: str = "") -> ChangeRow:
        sight = self._watched.sights.get(site)
        url, digest = sight.places.get(attribute, (sight.url, "")) if sight else ("", "")
        return ChangeRow(what, site, self._groups.of.get(site, ""), before, after, RANKS[what], sentence, url, digest)
