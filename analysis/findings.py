"""The format analysis hands on: one folder a crawl, a Parquet file a table, and ``findings.json`` as finished mark.

This module is the format's only writer and reader. Rows are frozen records; each record's docstring is the table's
documentation. Files are byte-identical for equal rows: sorted, one thread, no clock.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from analysis.history_rows import PastRow, StateRow, StepRow
from analysis.tables import in_order, read_parquet, write_parquet

__all__ = [
    "TABLES",
    "ChangeRow",
    "ClusterRow",
    "EvidenceRow",
    "Findings",
    "FindingsProblem",
    "LinkRow",
    "MemberRow",
    "PastRow",
    "Relation",
    "StateRow",
    "StepRow",
    "StorefrontRow",
    "TraceRow",
    "finished",
    "latest",
    "read",
    "read_changes",
    "write",
]

FORMAT = "samehand-findings"
VERSION = 1


class FindingsProblem(ValueError):
    """A findings folder that cannot be read, in one sentence that names the folder and the mend."""


class Relation(StrEnum):
    """What holds between two storefronts. ``FOR_REVIEW`` is the abstention where no lesser relation holds either;
    ``NONE`` was compared and nothing holds."""

    SAME_OPERATOR = "same-operator"
    COPY_OF = "copy-of"
    SAME_KIT = "same-kit"
    SAME_PROVIDER = "same-provider"
    FOR_REVIEW = "for-review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StorefrontRow:
    """storefronts.parquet: one row a host that was asked for or discovered.

    ``kind`` storefront|service; ``outcome`` how the visit ended; ``page_state`` what there was to read with ``marks``
    it was recognised by; ``languages`` comma-separated; ``company`` the declared one; ``payment`` the payment state
    (accepted, unavailable, withdrawn, moved, or empty for not seen); ``icon`` a PNG of at most 64x64 re-encoded by us,
    never the shop's own bytes (empty: none); ``unread`` the fingerprints that failed on it, comma-separated: of what these
    would have shown nothing is known, and nothing follows from its absence.
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
    roles: str = ""
    unread: str = ""

    @property
    def unread_in(self) -> frozenset[str]:
        """The fingerprints that could not be read here."""
        return frozenset(filter(None, self.unread.split(",")))


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
    """changes.parquet: one thing that is different from the previous crawl, told in the crawl in which it is established.

    ``what`` one of ``analysis.clusters.changes.RANKS``; ``before`` and ``after`` values, enough to say it in other words;
    ``rank`` the order in which people want to know (1 first); ``sentence`` plain words, addresses not defanged.
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
    """All tables of one crawl. ``previous`` is the crawl id whose findings were the history, or empty.

    ``links`` are the pairs that something is said of; ``compared`` (relation ``none``) those of which nothing holds, kept
    with their evidence so that an analyst may ask why. ``states``, ``steps`` and ``past`` are what history needs; they are
    empty in findings of before these tables.
    """

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
    compared: tuple[LinkRow, ...] = ()
    states: tuple[StateRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    past: tuple[PastRow, ...] = ()
    _of_pair: dict[tuple[str, str], list[EvidenceRow]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _of_site: dict[str, list[LinkRow]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def evidence_of(self, site_a: str, site_b: str) -> Sequence[EvidenceRow]:
        """The evidence of one pair (``site_a < site_b``), in order of the table, which is indexed at the first question."""
        if not self._of_pair:
            for row in self.evidence:
                self._of_pair.setdefault((row.site_a, row.site_b), []).append(row)
        return self._of_pair.get((site_a, site_b), ())

    def links_of(self, sites: Iterable[str]) -> list[LinkRow]:
        """The links of which one end or both are among ``sites``, each once."""
        if not self._of_site:
            for row in self.links:
                for site in {row.site_a, row.site_b}:
                    self._of_site.setdefault(site, []).append(row)
        wanted = frozenset(sites)
        # a link between two of them stands with its first end
        return [
            row for site in sorted(wanted) for row in self._of_site.get(site, ()) if row.site_a == site or row.site_a not in wanted
        ]


#: Table name -> record; the file is ``<name>.parquet``.
TABLES: dict[str, type[Any]] = {
    "storefronts": StorefrontRow,
    "traces": TraceRow,
    "evidence": EvidenceRow,
    "links": LinkRow,
    "members": MemberRow,
    "clusters": ClusterRow,
    "changes": ChangeRow,
    "compared": LinkRow,
    "states": StateRow,
    "steps": StepRow,
    "past": PastRow,
}
#: Tables that findings of an earlier release lack: read as empty.
_LATER = frozenset({"states", "steps", "past"})


def write(findings: Findings, folder: Path) -> Path:
    """Write all tables beside ``folder`` and rename them into place; an older folder of that name is replaced.

    Rows are sorted by all their columns, so the files do not depend on the order they were found in.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        digests = {}
        for name, record in TABLES.items():
            path = beside / f"{name}.parquet"
            rows = write_parquet(in_order(getattr(findings, name), record), record, path)
            digests[name] = {"rows": rows, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        about = {
            "format": FORMAT,
            "version": VERSION,
            "crawl_id": findings.crawl_id,
            "previous": findings.previous,
            "tables": digests,
            "notes": findings.notes,
        }
        mark = beside / "findings.json"
        mark.write_text(json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        for path in beside.iterdir():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        beside.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
            folder.rename(old / folder.name)
            beside.rename(folder)
            shutil.rmtree(old)
        else:
            beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return folder


def read(folder: Path) -> Findings:
    """Read a findings folder.

    Raises FindingsProblem when the folder is unfinished, of an unknown version, or not findings at all.
    """
    about = _about(folder)
    tables = {name: _read_table(folder, name, record, about["tables"]) for name, record in TABLES.items()}
    return Findings(crawl_id=about["crawl_id"], previous=about["previous"], notes=about["notes"], **tables)


def read_changes(folder: Path) -> Findings:
    """A findings folder without traces, evidence and links: what a time line needs, sooner. Raises as ``read`` does."""
    about = _about(folder)
    names = ("storefronts", "members", "clusters", "changes", "states")
    tables = {name: _read_table(folder, name, TABLES[name], about["tables"]) if name in names else () for name in TABLES}
    return Findings(crawl_id=about["crawl_id"], previous=about["previous"], notes=about["notes"], **tables)


def finished(findings: Path) -> list[Path]:
    """Every finished findings folder under ``findings``, the oldest crawl first."""
    if not findings.is_dir():
        return []
    done = (path for path in findings.iterdir() if not path.name.startswith(".") and (path / "findings.json").is_file())
    return sorted(done, key=lambda path: path.name)


def latest(findings: Path, before: str | None = None) -> Path | None:
    """The newest finished findings folder under ``findings``, older than crawl id ``before`` when given."""
    done = [path for path in finished(findings) if before is None or path.name < before]
    return done[-1] if done else None


def _read_table(folder: Path, name: str, record: type[Any], written: Mapping[str, Any]) -> tuple[Any, ...]:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        if name in _LATER and name not in written:
            return ()
        raise FindingsProblem(f"{path}: the table is missing; run `samehand analyse {folder.name}` again")
    try:
        return read_parquet(path, record)
    except duckdb.Error as error:
        raise FindingsProblem(f"{path}: cannot be read ({str(error).splitlines()[0]}); analyse the crawl again") from error


def _about(folder: Path) -> dict[str, Any]:
    mark = folder / "findings.json"
    try:
        about = json.loads(mark.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FindingsProblem(f"{folder}: no finished findings here; run `samehand analyse` first") from None
    except (OSError, ValueError) as error:
        raise FindingsProblem(f"{mark}: cannot be read ({error}); analyse the crawl again") from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise FindingsProblem(f"{mark}: not a findings mark of this project; name a folder under data/findings/")
    if about.get("version") != VERSION:
        raise FindingsProblem(
            f"{mark}: version {about.get('version')} is not known here (this is {VERSION}); analyse the crawl again"
        )
    return about
