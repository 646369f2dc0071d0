"""What the spider hands to the pipelines: exchanges as they went over the wire, and how a storefront's visit ended."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.captures import Connection, DnsFacts, HostKind, Outcome

__all__ = ["ArchivedExchange", "ConnectionFact", "DnsFact", "Exchange", "Lead", "SiteEnd", "SiteStart"]


@dataclass(frozen=True, slots=True)
class ArchivedExchange:
    """One request and the answer to it, as sent and received.

    ``url`` is the plain address (no port of a ``--hosts`` file). Header names and values are in the order and
    case of the wire, decoded as Latin-1; ``Transfer-Encoding`` is among them when it was sent, although ``body`` has
    it removed. ``body`` keeps its content encoding. ``date`` is the moment the request was sent, UTC, ``...Z`` with
    seconds. ``address`` is the one connected to (without port). ``truncated`` is the WARC-Truncated reason
    (``length``, ``time`` or ``disconnect``) when the body was cut. ``redirected_from`` is the address whose
    redirect asked for this one.
    """

    url: str
    method: str
    request_headers: tuple[tuple[str, str], ...]
    status: int
    reason: str
    http_version: str  # "HTTP/1.1"
    headers: tuple[tuple[str, str], ...]
    body: bytes
    date: str  # "2007-07-03T06:00:00Z"
    address: str | None
    truncated: str | None = None
    redirected_from: str | None = None


@dataclass(frozen=True, slots=True)
class SiteStart:
    """A visit begins: everything the archive says about it before the first response."""

    site: str
    url: str
    kind: HostKind
    discovered_by: str | None = None
    discovered_how: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange of one site's visit; ``asset`` is false for what people read (it counts against another budget)."""

    site: str
    exchange: ArchivedExchange
    asset: bool


@dataclass(frozen=True, slots=True)
class ConnectionFact:
    """How one host of a visit was connected to."""

    site: str
    connection: Connection
    tls_version: str | None
    verdict: str | None  # "ok", or why the certificate does not hold; None over plain HTTP
    header_order: tuple[str, ...]
    cookie_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DnsFact:
    """Records of one name of a visit."""

    site: str
    dns: DnsFacts


@dataclass(frozen=True, slots=True)
class Lead:
    """A host that a visit found and that may deserve a visit of its own; ``how`` is one of ``crawler.discovery``'s words."""

    site: str
    url: str
    kind: HostKind
    how: str


@dataclass(frozen=True, slots=True)
class SiteEnd:
    """A visit is over; after this the storefront is written, synced and acknowledged.

    ``pages``, ``assets`` and ``bytes`` (as received) are what was asked for, ``refused`` the addresses that robots.txt
    kept the visit from.
    """

    site: str
    outcome: Outcome
    reason: str
    seconds: float
    pages: int = 0
    assets: int = 0
    bytes: int = 0
    refused: int = 0
    leads: tuple[Lead, ...] = ()
