"""Findings with something taken out: a site that is to be forgotten, or what was known of people where nothing rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from analysis.findings import TABLES, Findings, LinkRow, Relation
from crawler.names import naming

__all__ = ["PERSONAL", "Needed", "needed", "without_people", "without_site"]

#: Kinds whose values are, or may be, somebody's own: a mail address, a telephone number, an account, a home address.
PERSONAL = frozenset({"identity.address", "identity.mail", "identity.messenger", "identity.phone", "identity.social"})
#: Relations that an analyst acts on: everything both storefronts showed is kept, for bags rest on every page.
_ACTED_ON = frozenset({Relation.SAME_OPERATOR, Relation.COPY_OF, Relation.FOR_REVIEW})


@dataclass(frozen=True, slots=True)
class Needed:
    """What the links of some findings rest on: sites whose captures are needed whole, and digests that are cited, by site."""

    whole: frozenset[str]
    cited: dict[str, frozenset[str]]


def needed(findings: Findings) -> Needed:
    """The bytes that the links, the pairs for review and the changes of these findings rest on."""
    whole = {site for row in findings.links if _is_acted_on(row) for site in (row.site_a, row.site_b)}
    cited: dict[str, set[str]] = {}

    def cite(site: str, digest: str) -> None:
        if digest and site not in whole:
            cited.setdefault(site, set()).add(digest)

    linked = {(row.site_a, row.site_b) for row in findings.links}
    for row in findings.evidence:
        if (row.site_a, row.site_b) in linked:
            cite(row.site_a, row.digest_a)
            cite(row.site_b, row.digest_b)
    for change in findings.changes:
        cite(change.site, change.digest)
    return Needed(frozenset(whole), {site: frozenset(digests) for site, digests in sorted(cited.items())})


def without_people(findings: Findings) -> Findings:
    """Without the traces of people of storefronts that no link speaks of."""
    spoken = {site for row in findings.links for site in (row.site_a, row.site_b)}
    kept = tuple(row for row in findings.traces if row.kind not in PERSONAL or row.site in spoken)
    return replace(findings, traces=kept)


def without_site(findings: Findings, site: str) -> Findings:
    """Without every row that is about ``site`` or names it; rows of others only lose the text that does.

    Cluster sizes follow; a cluster that loses its last member goes. Probabilities, densities and what was concluded about
    others stay as they were found.
    """
    named = naming(site)

    def names(value: object) -> bool:
        return isinstance(value, str) and named.search(value) is not None

    tables: dict[str, Any] = {name: tuple(_kept(getattr(findings, name), name, site, names)) for name in TABLES}
    sizes = Counter(row.cluster for row in tables["members"])
    tables["clusters"] = tuple(replace(row, size=sizes[row.cluster]) for row in tables["clusters"] if sizes[row.cluster])
    return replace(findings, **tables, notes={key: _told_without(key, value, names) for key, value in findings.notes.items()})


def _told_without(key: str, note: str, names: Callable[[object], bool]) -> str:
    """A note without its parts that name the site: of the lists of protected storefronts a word, of conflicts a sentence."""
    between = " " if key in ("owned", "licensed") else " | "
    return between.join(part for part in note.split(between) if not names(part)) if names(note) else note


def _kept(rows: tuple[Any, ...], table: str, site: str, names: Callable[[object], bool]) -> list[Any]:
    """The rows of a table that may stay; in the tables of storefronts and clusters, texts that name the site are emptied."""
    kept = []
    for row in rows:
        values = {item.name: getattr(row, item.name) for item in fields(row)}
        if site in (values.get("site"), values.get("site_a"), values.get("site_b")):
            continue
        blank = {name: "" for name, value in values.items() if names(value)}
        if not blank:
            kept.append(row)
        elif table in ("storefronts", "clusters", "members"):
            kept.append(replace(row, **blank))
    return kept


def _is_acted_on(row: LinkRow) -> bool:
    return row.review or row.relation in _ACTED_ON
