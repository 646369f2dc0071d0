"""What one crawl shows of one storefront, as far as history asks: whether it could be read, and the watched attributes.

A pure function of a storefront's row and its traces; nothing here knows another crawl.
"""

from __future__ import annotations

import ipaddress
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.files.third_parties import site_of
from analysis.findings import StorefrontRow, TraceRow
from analysis.sketches import bottom_k

__all__ = ["GATES", "READ_KINDS", "SEEN_AT", "SET_UP", "Reach", "Sight", "sight_of", "sights"]


class Reach(StrEnum):
    """What a visit says of whether the storefront is there."""

    UNASKED = "not-asked"  # it was not among the candidates: says nothing
    OURS = "ours"  # our own failure: says nothing of the shop
    SILENT = "silent"  # nothing answers, or nothing but an error or an empty server
    SHUT = "shut"  # something answers and keeps us out
    ENDED = "ended"  # positively no shop any more
    OPEN = "open"


GATES = frozenset({"login-gate", "invitation-gate", "cookie-wall", "age-wall"})
_OPEN = frozenset({"shop", "content", "blog", "app-shell"}) | GATES
_ENDED = frozenset({"parked", "for-sale", "suspended"})
_SILENT = frozenset({"unreachable", "error", "blank", "default-server-page", "soft-404", "not-html"})
_SILENT_OUTCOMES = frozenset({"unreachable", "address-refused", "guard"})
_READ_OUTCOMES = frozenset({"finished", "budget"})

#: The kind of trace that shows where a watched attribute was seen.
SEEN_AT: Mapping[str, str] = {
    "payment": "payment.state",
    "company": "identity.declared_company",
    "prices": "catalogue.price",
    "catalogue": "catalogue.size",
    "host": "infrastructure.address",
    "name-servers": "infrastructure.name_server",
    "certificate": "infrastructure.spki",
}
#: Kinds of traces that are read here; the others are passed over.
READ_KINDS = frozenset(
    {*SEEN_AT.values(), "catalogue.price_by_name", "catalogue.currency", "infrastructure.bundle_key", "infrastructure.cdn"}
    | {"links.redirects_to", "links.moved_to", "infrastructure.header_order", "infrastructure.server"}
)
#: How the server shows itself: remembered beside the address, for an address alone says little; never told by itself.
SET_UP = "set-up"
#: Goods whose prices are remembered: enough for a median, few enough to keep in every crawl's findings.
_PRICED = 48


@dataclass(frozen=True, slots=True)
class Sight:
    """``how`` the page state, or the outcome where there was none; ``values`` attribute -> what was seen (absent: could not
    be asked); ``roles`` of the pages read, ``is_whole`` whether no budget cut the visit; ``named`` the sites it redirects to
    or says that it has moved to, redirects first; ``places`` attribute -> (URL, digest)."""

    site: str
    reach: Reach
    how: str
    values: Mapping[str, str]
    roles: frozenset[str]
    is_whole: bool
    named: tuple[str, ...]
    redirects: bool
    places: Mapping[str, tuple[str, str]]
    url: str


def sights(storefronts: Iterable[StorefrontRow], traces: Iterable[TraceRow]) -> dict[str, Sight]:
    """site -> what is seen of it, for every storefront (services have no history)."""
    of: dict[str, list[TraceRow]] = defaultdict(list)
    for trace in traces:
        if trace.kind in READ_KINDS:
            of[trace.site].append(trace)
    return {
        row.site: sight_of(row, of[row.site]) for row in sorted(storefronts, key=lambda row: row.site) if row.kind == "storefront"
    }


def sight_of(row: StorefrontRow, traces: Sequence[TraceRow]) -> Sight:
    """What is seen of one storefront; ``traces`` are its own, in any order."""
    by_kind: dict[str, list[TraceRow]] = defaultdict(list)
    for trace in sorted(traces, key=lambda trace: (trace.kind, trace.value, trace.url)):
        by_kind[trace.kind].append(trace)
    to = [trace.value for trace in by_kind["links.redirects_to"] if trace.value != row.site]
    named = tuple(dict.fromkeys([*to, *(t.value for t in by_kind["links.moved_to"] if t.value != row.site)]))
    redirects = row.page_state == "redirect-only" and bool(to)
    reach = _reach(row, redirects=redirects)
    values = _values(row, by_kind) if reach is Reach.OPEN else {}
    places = {name: (by_kind[kind][0].url, by_kind[kind][0].digest) for name, kind in SEEN_AT.items() if by_kind[kind]}
    how = row.page_state if row.outcome in _READ_OUTCOMES else row.outcome
    if reach is Reach.ENDED and row.page_state == "blog":
        how = "farewell"
    elif redirects:
        how = "moved"
    roles = frozenset(filter(None, row.roles.split(",")))
    return Sight(row.site, reach, how, values, roles, row.outcome == "finished", named, redirects, places, row.url)


def _reach(row: StorefrontRow, *, redirects: bool) -> Reach:
    if row.outcome == "not-asked":
        return Reach.UNASKED
    if row.outcome == "failed":
        return Reach.OURS
    if row.outcome not in _READ_OUTCOMES:
        return Reach.SILENT if row.outcome in _SILENT_OUTCOMES else Reach.SHUT
    if row.page_state == "blog" and "farewell:" in row.marks:
        return Reach.ENDED
    if row.page_state in _OPEN:
        return Reach.OPEN
    if row.page_state in _ENDED or redirects:
        return Reach.ENDED
    if row.page_state == "redirect-only" and "links" in row.unread_in:
        # where it sends everybody could not be read: it may have ended or not
        return Reach.OURS
    return Reach.SILENT if row.page_state in _SILENT else Reach.SHUT


def _values(row: StorefrontRow, by_kind: Mapping[str, Sequence[TraceRow]]) -> dict[str, str]:
    values = {"page": row.page_state}
    if row.page_state == "shop" and "payment" not in row.unread_in:
        values["payment"] = row.payment
    if row.company:
        values["company"] = row.company
    if languages := sorted({code.split("-")[0].strip().lower() for code in row.languages.split(",")} - {""}):
        values["language"] = ",".join(languages)
    if row.page_state == "shop" and row.outcome == "finished" and row.products > 0:
        values["catalogue"] = str(row.products)
    if priced := _prices(by_kind):
        values["prices"] = priced
    if host := _host(by_kind):
        values["host"] = host
    if set_up := [t.value for kind in ("infrastructure.server", "infrastructure.header_order") for t in by_kind.get(kind, ())]:
        values[SET_UP] = " | ".join(set_up)[:400]
    if servers := sorted({site_of(trace.value) or trace.value for trace in by_kind.get("infrastructure.name_server", ())}):
        values["name-servers"] = "name-servers " + " ".join(servers[:8])
    if keys := sorted(trace.value for trace in by_kind.get("infrastructure.spki", ())):
        values["certificate"] = " ".join(keys[:8])
    elif by_kind.get("infrastructure.bundle_key"):
        values["certificate"] = "shared"
    return values


def _prices(by_kind: Mapping[str, Sequence[TraceRow]]) -> str:
    """Currency and the same sample of goods in every crawl, as JSON; by article number, else by name."""
    rows = by_kind.get("catalogue.price") or by_kind.get("catalogue.price_by_name") or ()
    prices = {trace.value: round(trace.weight, 4) for trace in rows if trace.weight > 0}
    if not prices:
        return ""
    currency = next((trace.value for trace in by_kind.get("catalogue.currency", ())), "")
    return json.dumps([currency, {name: price for _, name, price in bottom_k(prices, _PRICED)}], separators=(",", ":"))


def _host(by_kind: Mapping[str, Sequence[TraceRow]]) -> str:
    if cdn := sorted({trace.value for trace in by_kind.get("infrastructure.cdn", ())}):
        return "cdn " + " ".join(cdn[:4])
    networks = sorted({_network(trace.value) for trace in by_kind.get("infrastructure.address", ())} - {""})
    return "network " + " ".join(networks[:12]) if networks else ""


def _network(address: str) -> str:
    """The /24 or /48 an address is in: neighbours are one provider's; a loopback address counts by itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.is_loopback:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))
