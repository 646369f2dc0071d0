"""What is known of an imported storefront's hosts beside its answers: addresses, facts of our own archives, logged certificates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crawler.archive import CaptureWriter
from crawler.captures import Connection, DnsFacts, LoggedCertificate
from crawler.facts import connection_facts, dns_facts, logged_facts
from crawler.logged import LoggedCertificates
from crawler.records import Record

__all__ = ["HostFacts", "Seen", "facts_of"]


class Seen(NamedTuple):
    """One answer of a storefront's own host; ``moment`` is ``YYYY-MM-DDTHH:MM:SSZ``, empty where the archive has no date."""

    host: str
    scheme: str
    address: str | None
    moment: str


@dataclass(slots=True)
class HostFacts:
    """Connections with the rest of what their records tell, names asked of DNS, logged certificates by host."""

    connections: list[tuple[Connection, Mapping[str, Any]]] = field(default_factory=list)
    dns: list[DnsFacts] = field(default_factory=list)
    logged: dict[str, LoggedCertificate] = field(default_factory=dict)

    def write(self, writer: CaptureWriter) -> None:
        """Keep all of it in a capture."""
        for connection, rest in self.connections:
            writer.connection(connection, **rest)
        for facts in self.dns:
            writer.dns(facts)
        for certificate in self.logged.values():
            writer.logged(certificate)


def facts_of(told: Iterable[Record] | None, seen: Iterable[Seen], certificates: LoggedCertificates | None) -> HostFacts:
    """``told`` are the facts in an archive of ours, None for archives of others: their answers tell addresses only.

    A host whose certificate was seen at a handshake gets none from a log.
    """
    rows = list(seen)
    found = HostFacts()
    if told is None:
        found.connections = [(connection, {}) for connection in _addresses(rows)]
    for record in told or ():
        if (connected := connection_facts(record)) is not None:
            found.connections.append(connected)
        elif (dns := dns_facts(record)) is not None:
            found.dns.append(dns)
        elif (known := logged_facts(record)) is not None:
            found.logged[known.host] = known
    if certificates is not None:
        shown = {connection.host for connection, _ in found.connections if connection.certificate is not None}
        last: dict[str, str] = {}
        for row in rows:
            if row.host not in shown:
                last[row.host] = max(row.moment, last.get(row.host, ""))
        for host, moment in sorted(last.items()):
            if moment and (certificate := certificates.covering(host, moment)) is not None:
                found.logged[host] = certificate
    return found


def _addresses(rows: Iterable[Seen]) -> list[Connection]:
    """One address a host and scheme; the most frequent where there are several."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.address:
            counted[row.host, row.scheme][row.address] += 1
    return [
        Connection(host, scheme, min(counts, key=lambda address: (-counts[address], address)), None)
        for (host, scheme), counts in sorted(counted.items())
    ]
