"""Every fingerprint there is, in one list: adding one is one file, one line here, one row in the matching model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from analysis.evidence import Kind, Trace, fingerprint_of
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

__all__ = ["FINGERPRINTS", "KINDS", "Fingerprint", "Taken", "take_all", "take_each", "writable"]


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


#: Letters of what an error says that are kept.
_SAID = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """``traces`` of one storefront, sorted, each once; ``unread`` fingerprint -> of what it failed: none of its traces is there."""

    traces: tuple[Trace, ...]
    unread: Mapping[str, str]


def take_each(reading: Reading) -> Taken:
    """What can be taken of one storefront: a fingerprint that fails costs its own traces, and its name is kept.

    Raises what the last one raised where every fingerprint fails, for then it is the pages that cannot be read; and
    ``MemoryError``, for a worker that is out of memory can read no others either.
    """
    found: set[Trace] = set()
    unread: dict[str, str] = {}
    for fingerprint in FINGERPRINTS:
        try:
            found |= _taken(fingerprint, reading)
        except MemoryError:
            raise
        except Exception as error:  # whatever a hostile page provokes there says nothing of the other fingerprints
            unread[fingerprint_of(fingerprint.KINDS[0].name)] = " ".join(writable(f"{type(error).__name__}: {error}").split())[
                :_SAID
            ]
            if len(unread) == len(FINGERPRINTS):
                raise
    return Taken(tuple(sorted(found)), unread)


def take_all(reading: Reading) -> list[Trace]:
    """All traces of one storefront, sorted, each once. Raises what any fingerprint raises."""
    return sorted(set[Trace]().union(*(_taken(fingerprint, reading) for fingerprint in FINGERPRINTS)))


def _taken(fingerprint: Fingerprint, reading: Reading) -> set[Trace]:
    """One fingerprint's traces, of declared kinds only; text that cannot be written is replaced."""
    found = set()
    for trace in fingerprint.take(reading):
        if trace.kind not in KINDS:
            raise LookupError(f"{trace.kind} is not declared by any fingerprint")
        found.add(_writable(trace))
    return found


def writable(text: str) -> str:
    """The text with lone surrogates and NUL replaced: Parquet holds UTF-8."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def _writable(trace: Trace) -> Trace:
    clean = [writable(text) for text in (trace.value, trace.url, trace.shown)]
    if clean == [trace.value, trace.url, trace.shown]:
        return trace
    return Trace(trace.kind, clean[0], clean[1], trace.digest, clean[2], trace.weight)
