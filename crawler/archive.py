"""The crawl archive, ``data/crawls/<crawl id>/``: this module is its only writer and reader.

A folder holds one WARC 1.1 file per storefront, ``<first 16 hex digits of SHA-256 of the site>.warc.gz``, and
``crawl.json``, which is written last: a folder without it is unfinished. ``crawl.json`` has these keys:

- ``format``: ``"samehand crawl"``; ``version``: 1; ``crawl_id``: ``YYYYMMDDTHHMMSSZ``;
- ``about``: whatever the run wants to tell (software, limits, rejected candidates), never read back for results;
- ``sites``: sorted by site, each with ``site``, ``url``, ``kind``, ``outcome``, ``reason``, ``discovered_by``,
  ``discovered_how``, ``responses`` (how many), ``file`` (null where nothing was archived), ``size`` and ``sha256`` of
  the file.

``docs/formats-archive.md`` describes the records inside the WARC files.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from crawler.beside import Beside
from crawler.captures import Capture, Connection, DnsFacts, HostKind, LoggedCertificate, Outcome, Resource, Role
from crawler.decode import decode
from crawler.facts import CONNECTION, DNS, LOGGED, STOREFRONT, Entry, connection_facts, dns_facts, logged_facts, storefront_facts
from crawler.items import ArchivedExchange
from crawler.names import tidy_url
from crawler.problems import InputProblem
from crawler.record_writer import RecordWriter
from crawler.records import Damage, Record, received, scan
from crawler.roles import roles

__all__ = [
    "CRAWL_JSON",
    "MAX_BODY",
    "CaptureWriter",
    "Crawl",
    "Entry",
    "capture_file",
    "crawl_moment",
    "open_crawl",
    "read_crawl_json",
    "read_entry",
    "resource_of",
    "write_crawl_json",
]

CRAWL_JSON = "crawl.json"
#: Bytes of a body after its content encoding is removed: more is cut and marked.
MAX_BODY = 16 * 1024 * 1024
_FORMAT = "samehand crawl"
_VERSION = 1
_CRAWL_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_FILE = re.compile(r"[0-9a-f]{16}\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Crawl:
    """A finished crawl. ``entries`` are in order of site."""

    folder: Path
    crawl_id: str
    entries: tuple[Entry, ...]
    about: Mapping[str, Any]

    def captures(self) -> Iterator[Capture]:
        """Every storefront's capture in order of site, read one at a time."""
        for entry in self.entries:
            yield self._read(entry)

    def capture(self, site: str) -> Capture:
        """The capture of one site; ``InputProblem`` where this crawl did not visit it."""
        for entry in self.entries:
            if entry.site == site:
                return self._read(entry)
        raise InputProblem(f"Crawl {self.crawl_id} did not visit {site!r}: ask for a site that its crawl.json lists.")

    def _read(self, entry: Entry) -> Capture:
        bare = Capture(
            entry.site, entry.url, entry.kind, entry.outcome, entry.reason, (), (), (), entry.discovered_by, entry.discovered_how
        )
        if entry.file is None:
            return bare
        path = self.folder / entry.file
        try:
            size, digest = path.stat().st_size, _sha256(path)
        except OSError as error:
            raise InputProblem(f"{path} cannot be read ({error.strerror}): restore it, or crawl again.") from error
        if (size, digest) != (entry.size, entry.sha256):
            raise InputProblem(f"{path} is not the file that crawl.json names (its SHA-256 differs): restore it, or crawl again.")
        damage: list[Damage] = []
        capture = _filled(bare, scan(path, damage))
        if damage:
            raise InputProblem(f"{path} {damage[0].what} at byte {damage[0].offset}: restore it, or crawl again.")
        decided = roles(capture.resources, entry.site)
        return replace(capture, resources=tuple(replace(r, role=decided[r.url]) for r in capture.resources))


def capture_file(site: str) -> str:
    """The name of a site's file: from a digest only, so that no name of the web becomes a name on the disk."""
    return f"{hashlib.sha256(site.encode()).hexdigest()[:16]}.warc.gz"


def crawl_moment(crawl_id: str) -> str:
    """The WARC-Date that a crawl id stands for; ``InputProblem`` for anything but ``YYYYMMDDTHHMMSSZ``."""
    if not _CRAWL_ID.fullmatch(crawl_id):
        raise InputProblem(f"{crawl_id!r} is no crawl id: write it as 20070703T060000Z.")
    i = crawl_id
    return f"{i[:4]}-{i[4:6]}-{i[6:8]}T{i[9:11]}:{i[11:13]}:{i[13:15]}Z"


def open_crawl(folder: Path) -> Crawl:
    """The crawl in ``folder``; ``InputProblem`` for an unfinished one and for versions that this reader does not know."""
    crawl_id, entries, about = read_crawl_json(folder)
    return Crawl(folder, crawl_id, entries, about)


def read_crawl_json(folder: Path) -> tuple[str, tuple[Entry, ...], Mapping[str, Any]]:
    """Crawl id, entries and the ``about`` part of ``folder/crawl.json``."""
    path = folder / CRAWL_JSON
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        if folder.is_dir():
            raise InputProblem(f"{folder} is an unfinished crawl (it has no {CRAWL_JSON}): let the crawl end first.") from None
        raise InputProblem(f"There is no crawl at {folder}: name a folder below data/crawls/.") from None
    except OSError as error:
        raise InputProblem(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise InputProblem(f"{path} is no JSON: restore it, or crawl again.") from error
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise InputProblem(f"{path} is not the {CRAWL_JSON} of a crawl.")
    if content.get("version") != _VERSION:
        raise InputProblem(f"{path} has version {content.get('version')!r}; this samehand reads version {_VERSION} only.")
    try:
        entries = tuple(_entry(row) for row in content["sites"])
        crawl_moment(content["crawl_id"])
        return content["crawl_id"], tuple(sorted(entries, key=lambda entry: entry.site)), content.get("about") or {}
    except (KeyError, TypeError, ValueError) as error:
        raise InputProblem(f"{path} lacks or mistakes a key ({error}): restore it, or crawl again.") from error


def _entry(row: Mapping[str, Any]) -> Entry:
    file = row["file"]
    if file is not None and not _FILE.fullmatch(file):
        raise ValueError(f"file {file!r}")
    return Entry(
        site=str(row["site"]),
        url=str(row["url"]),
        kind=HostKind(row["kind"]),
        outcome=Outcome(row["outcome"]),
        reason=str(row["reason"]),
        discovered_by=row["discovered_by"],
        discovered_how=row["discovered_how"],
        responses=int(row["responses"]),
        file=file,
        size=int(row["size"]),
        sha256=row["sha256"],
    )


def write_crawl_json(folder: Path, crawl_id: str, entries: Sequence[Entry], about: Mapping[str, Any] | None = None) -> Path:
    """Finishes a crawl: writes ``crawl.json`` beside its place, synced, and renames it into place."""
    crawl_moment(crawl_id)
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.site)]
    content = {"format": _FORMAT, "version": _VERSION, "crawl_id": crawl_id, "about": dict(about or {}), "sites": rows}
    path = folder / CRAWL_JSON
    with Beside(path) as file:
        file.write((json.dumps(content, indent=1, sort_keys=True) + "\n").encode())
    return path


def read_entry(path: Path) -> Entry:
    """The entry of one finished capture file, from the facts inside it."""
    damage: list[Damage] = []
    told: Entry | None = None
    responses = 0
    for record in scan(path, damage):
        responses += record.kind in ("response", "revisit")
        told = storefront_facts(record) or told
    if told is None or damage:
        raise InputProblem(f"{path} is no finished capture of a crawl: remove it, so that the storefront is visited again.")
    return replace(told, responses=responses, file=path.name, size=path.stat().st_size, sha256=_sha256(path))


def _filled(bare: Capture, records: Iterator[Record]) -> Capture:
    """The capture with what the records tell; roles are still open."""
    payloads: dict[str, bytes] = {}
    resources: dict[str, Resource] = {}
    connections: dict[tuple[str, str], Connection] = {}
    names: dict[str, DnsFacts] = {}
    logged: dict[str, LoggedCertificate] = {}
    for record in records:
        if record.kind == "response":
            payloads.setdefault(record.field("WARC-Payload-Digest") or "", record.payload)
        if record.kind in ("response", "revisit"):
            body = record.payload if record.kind == "response" else payloads.get(record.field("WARC-Payload-Digest") or "", b"")
            resource = resource_of(record, body)
            if resource is not None:
                resources[resource.url] = resource
        elif (found := connection_facts(record)) is not None:
            connections[found[0].host, found[0].scheme] = found[0]
        elif (dns := dns_facts(record)) is not None:
            names[dns.name] = dns
        elif (known := logged_facts(record)) is not None:
            logged[known.host] = known
    return replace(
        bare,
        resources=tuple(resources[url] for url in sorted(resources)),
        connections=tuple(connections[key] for key in sorted(connections)),
        dns=tuple(names[name] for name in sorted(names)),
        logged=tuple(logged[host] for host in sorted(logged)),
    )


def resource_of(record: Record, body: bytes) -> Resource | None:
    """The resource that a response record with this payload holds, its role still open; None where it is no answer."""
    url = tidy_url(record.url)
    if url is None or not record.status:
        return None
    encoding = record.header("content-encoding") or ""
    truncated = record.truncated
    if encoding:
        plain, whole = decode(body, encoding, MAX_BODY)
        if len(plain) >= MAX_BODY:
            truncated = truncated or "length"
        elif not whole and plain != body:
            truncated = truncated or "unspecified"
    else:
        plain = body[:MAX_BODY]
        truncated = truncated or ("length" if len(body) > MAX_BODY else None)
    return Resource(
        url=url,
        status=record.status,
        headers=received(record.headers),
        body=plain,
        digest=hashlib.sha256(plain).hexdigest(),
        date=record.date,
        role=Role.OTHER,
        address=record.field("WARC-IP-Address"),
        truncated=truncated,
    )


class CaptureWriter:
    """Writes one storefront's file. As a context manager it leaves nothing behind unless ``close`` was reached.

    ``url`` is the address asked for first. ``close`` syncs the file and renames it into place; after it ``entry`` is
    what ``crawl.json`` says of the visit.
    """

    def __init__(
        self,
        folder: Path,
        site: str,
        *,
        url: str,
        kind: HostKind,
        crawl_id: str,
        discovered_by: str | None = None,
        discovered_how: str | None = None,
        software: str = "samehand",
    ) -> None:
        self._facts = Entry(site, url, kind, Outcome.FAILED, "", discovered_by, discovered_how)
        self._crawl_id = crawl_id
        self._moment = crawl_moment(crawl_id)
        self._path = folder / capture_file(site)
        self._responses = 0
        self._entry: Entry | None = None
        self._beside = Beside(self._path)
        file = self._beside.open()
        self._records = RecordWriter(file, f"{crawl_id}\n{site}")
        facts = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": f"crawl {crawl_id}",
            "description": f"capture of {site}",
        }
        self._records.information(self._moment, self._path.name, facts)

    @property
    def entry(self) -> Entry:
        """What ``crawl.json`` says of this visit; only after ``close``."""
        if self._entry is None:
            raise RuntimeError("the capture is not closed")
        return self._entry

    def exchange(self, exchange: ArchivedExchange) -> None:
        """One request and its answer."""
        answer = self._records.response(
            exchange.url,
            exchange.date,
            (exchange.http_version, exchange.status, exchange.reason),
            exchange.headers,
            exchange.body,
            address=exchange.address,
            truncated=exchange.truncated,
        )
        self._responses += 1
        if exchange.request_headers:
            parts = urlsplit(exchange.url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            self._records.request(exchange.url, exchange.date, exchange.method, target, exchange.request_headers, answer)

    def connection(
        self,
        connection: Connection,
        *,
        tls_version: str | None = None,
        verdict: str | None = None,
        header_order: Sequence[str] = (),
        cookie_names: Sequence[str] = (),
    ) -> None:
        """How one host was connected to: address and certificate, and what its answers had in common."""
        facts = {
            **asdict(connection),
            "tls_version": tls_version,
            "verdict": verdict,
            "header_order": list(header_order),
            "cookie_names": list(cookie_names),
        }
        self._metadata(f"{CONNECTION}{connection.scheme}:{connection.host}", facts)

    def dns(self, facts: DnsFacts) -> None:
        """The records of one name."""
        self._metadata(f"{DNS}{facts.name}", asdict(facts))

    def logged(self, certificate: LoggedCertificate) -> None:
        """A certificate of one host that a log knows; nobody here saw it served."""
        self._metadata(f"{LOGGED}{certificate.host}", asdict(certificate))

    def _metadata(self, url: str, facts: Mapping[str, Any]) -> None:
        self._records.metadata(url, self._moment, json.dumps(facts, sort_keys=True).encode())

    def close(self, outcome: Outcome, reason: str, *, limits: Mapping[str, int | float] | None = None) -> Path:
        """Ends the capture: storefront facts, sync, rename, sync of the folder. Gives the finished file's path."""
        facts = replace(self._facts, outcome=outcome, reason=reason)
        told = {key: value for key, value in asdict(facts).items() if key not in ("responses", "file", "size", "sha256")}
        self._metadata(f"{STOREFRONT}{facts.site}", {**told, "crawl_id": self._crawl_id, "limits": dict(limits or {})})
        self._beside.finish()
        self._entry = replace(
            facts, responses=self._responses, file=self._path.name, size=self._path.stat().st_size, sha256=_sha256(self._path)
        )
        return self._path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._entry is None:
            self._beside.abandon()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
