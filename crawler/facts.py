"""What a capture file tells beside the answers: metadata records of JSON about the visit, its connections and its names.

``docs/formats-archive.md`` lists their keys. Records that are not ours, or are damaged, tell nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawler.captures import Certificate, Connection, DnsFacts, HostKind, LoggedCertificate, Outcome
from crawler.problems import InputProblem
from crawler.records import Record

__all__ = [
    "CONNECTION",
    "DNS",
    "LOGGED",
    "STOREFRONT",
    "Entry",
    "connection_facts",
    "dns_facts",
    "logged_facts",
    "storefront_facts",
]

#: What the target addresses of the four kinds of records begin with.
STOREFRONT = "urn:samehand:storefront:"
CONNECTION = "urn:samehand:connection:"
DNS = "urn:samehand:dns:"
LOGGED = "urn:samehand:logged-certificate:"


@dataclass(frozen=True, slots=True)
class Entry:
    """How the visit to one storefront went, as ``crawl.json`` tells it."""

    site: str
    url: str
    kind: HostKind
    outcome: Outcome
    reason: str
    discovered_by: str | None = None
    discovered_how: str | None = None
    responses: int = 0
    file: str | None = None
    size: int = 0
    sha256: str | None = None


def _facts_entry(facts: Mapping[str, Any]) -> Entry:
    try:
        return Entry(
            site=str(facts["site"]),
            url=str(facts["url"]),
            kind=HostKind(facts["kind"]),
            outcome=Outcome(facts["outcome"]),
            reason=str(facts["reason"]),
            discovered_by=facts["discovered_by"],
            discovered_how=facts["discovered_how"],
        )
    except (KeyError, ValueError) as error:
        raise InputProblem(f"The storefront facts of a capture lack or mistake a key ({error}).") from error


def storefront_facts(record: Record) -> Entry | None:
    """The entry that a record of ours tells; None for every other record."""
    if record.kind != "metadata" or not record.url.startswith(STOREFRONT):
        return None
    facts = _json(record)
    try:
        return _facts_entry(facts) if facts is not None else None
    except InputProblem:
        return None


def connection_facts(record: Record) -> tuple[Connection, Mapping[str, Any]] | None:
    """A connection record of ours, and the rest of what it tells; None for every other record."""
    if record.kind != "metadata" or not record.url.startswith(CONNECTION):
        return None
    facts = _json(record)
    if facts is None:
        return None
    try:
        shown = facts.get("certificate")
        certificate = None
        if shown is not None:
            told = {key: str(shown[key]) for key in _CERTIFICATE}
            certificate = Certificate(sans=tuple(map(str, shown["sans"])), **told)
        connection = Connection(str(facts["host"]), str(facts["scheme"]), facts.get("address"), certificate)
    except (KeyError, TypeError):
        return None
    return connection, {key: facts[key] for key in _CONNECTION_REST if key in facts}


def dns_facts(record: Record) -> DnsFacts | None:
    """A DNS record of ours; None for every other record."""
    if record.kind != "metadata" or not record.url.startswith(DNS):
        return None
    facts = _json(record)
    if facts is None:
        return None
    try:
        return DnsFacts(str(facts["name"]), **{key: tuple(map(str, facts.get(key, ()))) for key in _DNS_KINDS})
    except (KeyError, TypeError):
        return None


def logged_facts(record: Record) -> LoggedCertificate | None:
    """A record of ours about a certificate that is known from a log; None for every other record."""
    if record.kind != "metadata" or not record.url.startswith(LOGGED):
        return None
    facts = _json(record)
    if facts is None:
        return None
    try:
        return LoggedCertificate(
            host=str(facts["host"]),
            identity=str(facts["identity"]),
            spki=_text_or_none(facts["spki"]),
            issuer=str(facts["issuer"]),
            serial=_text_or_none(facts["serial"]),
            sans=tuple(map(str, facts["sans"])),
            not_before=_text_or_none(facts["not_before"]),
            not_after=_text_or_none(facts["not_after"]),
        )
    except (KeyError, TypeError):
        return None


_CERTIFICATE = ("fingerprint", "spki", "subject", "issuer", "not_before", "not_after")
_CONNECTION_REST = ("tls_version", "verdict", "header_order", "cookie_names")
_DNS_KINDS = ("a", "aaaa", "cname", "ns", "mx", "soa", "txt")


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _json(record: Record) -> Mapping[str, Any] | None:
    try:
        content = json.loads(record.payload)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
