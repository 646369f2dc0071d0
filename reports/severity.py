"""How urgent a digest is: who wants only what matters is written to only then.

A digest is as urgent as the most urgent thing in it. What is for review and what was not reached stands in every digest and makes
none urgent by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

__all__ = ["NOTES", "SEVERITIES", "Severity", "severity_of"]


class Severity(IntEnum):
    """QUIET nothing changed; NOTICE something is different; CHANGE an operator did something; ALERT his ring is another."""

    QUIET = 0
    NOTICE = 1
    CHANGE = 2
    ALERT = 3


#: Told, and no change: a visit failed, or succeeded again before its failures meant anything.
NOTES = frozenset({"not-reached", "reached-again"})

#: How urgent each change is; one that is not named here is a notice.
SEVERITIES: Mapping[str, Severity] = {
    "joined": Severity.ALERT,
    "merged": Severity.ALERT,
    "successor": Severity.ALERT,
    "moved": Severity.ALERT,
    "corrected": Severity.CHANGE,
    "split": Severity.CHANGE,
    "left": Severity.CHANGE,
    "discovered": Severity.CHANGE,
    "payment": Severity.CHANGE,
    "gone": Severity.CHANGE,
    "back": Severity.CHANGE,
}


def severity_of(whats: Iterable[str], new_clusters: int, new_copies: int) -> Severity:
    """The severity of a digest that tells changes of these sorts, so many new clusters and so many new copies."""
    found = {SEVERITIES.get(what, Severity.NOTICE) for what in whats}
    if new_clusters:
        found.add(Severity.ALERT)
    if new_copies:
        found.add(Severity.CHANGE)
    return max(found, default=Severity.QUIET)
