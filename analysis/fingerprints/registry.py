"""Every fingerprint there is, in one list: adding one is one file, one line here, one row in the matching model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from analysis.evidence import Kind, Trace
from analysis.fingerprints import (
    assets,
    behaviour,
    catalogue,
    identifiers,
    identity,
    imagery,
    infrastructure,
    layout,
    links,
    logo,
    payment,
    policy,
    prose,
    style,
)
from analysis.page.reading import Reading

__all__ = ["FINGERPRINTS", "KINDS", "Fingerprint", "take_all"]


class Fingerprint(Protocol):
    """What a fingerprint module offers."""

    KINDS: tuple[Kind, ...]

    def take(self, reading: Reading) -> Iterator[Trace]: ...


FINGERPRINTS: tuple[Fingerprint, ...] = (
    assets,
    behaviour,
    catalogue,
    identifiers,
    identity,
    imagery,
    infrastructure,
    layout,
    links,
    logo,
    payment,
    policy,
    prose,
    style,
)

#: Every kind a fingerprint may emit, by name.
KINDS: Mapping[str, Kind] = {kind.name: kind for fingerprint in FINGERPRINTS for kind in fingerprint.KINDS}


def take_all(reading: Reading) -> list[Trace]:
    """All traces of one storefront, sorted, each once, of declared kinds only; text that cannot be written is replaced."""
    found = set()
    for fingerprint in FINGERPRINTS:
        for trace in fingerprint.take(reading):
            if trace.kind not in KINDS:
                raise LookupError(f"{trace.kind} is not declared by any fingerprint")
            found.add(_writable(trace))
    return sorted(found)


def _writable(trace: Trace) -> Trace:
    """The same trace with lone surrogates and NUL replaced: Parquet holds UTF-8."""
    clean = [text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd") for text in (trace.value, trace.url, trace.shown)]
    if clean == [trace.value, trace.url, trace.shown]:
        return trace
    return Trace(trace.kind, clean[0], clean[1], trace.digest, clean[2], trace.weight)
