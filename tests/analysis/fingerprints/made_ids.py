"""A shop of one page and made-up ids, for tables of where services put theirs."""

from __future__ import annotations

import hashlib

from analysis.fingerprints import identifiers
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

__all__ = ["FILLING", "HEX24", "HEX25", "HEX32", "HEX40", "UUID", "found", "script"]

FILLING = (
    "<h1>Records</h1>"
    + "<p>Long playing records, shipped from our own cellar to any address you name, every weekday of the year.</p>" * 6
)
UUID = "3c9d1f5a-72b4-4e0d-9a68-b15c07f2ed43"
HEX32 = "5f2b8c1d7a904e63b1fdc2a97e4480d6"
HEX24 = "5c84f1d9a2e6b37f80d91c42"
HEX40 = f"{HEX32}19ae73bc"
HEX25 = "a9f3c17e20d84b56f1e7d3c28"


def found(source: str) -> list[str]:
    """``word=value`` of the identifiers of a shop of one page."""
    raw = f"<!doctype html><html><head><title>Cellar Records</title></head><body>{FILLING}{source}</body></html>".encode()
    page = Resource(
        "https://shop.example/",
        200,
        (("content-type", "text/html"),),
        raw,
        hashlib.sha256(raw).hexdigest(),
        "2026-03-02T00:00:00Z",
        Role.HOME,
    )
    capture = Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", (page,))
    return [f"{trace.kind.partition('.')[2]}={trace.value}" for trace in identifiers.take(read(capture))]


def script(text: str) -> str:
    return f"<script>{text}</script>"
