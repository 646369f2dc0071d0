"""What was not seen, of which nothing follows: storefronts that were not reached, and those of which a part could not be read."""

from __future__ import annotations

from analysis.findings import Findings, StorefrontRow
from reports.escape import defang, defang_text, visible
from reports.languages.language import Language
from reports.words import was_reached

__all__ = ["fingerprint_names", "not_reached", "read_in_part"]


def not_reached(findings: Findings, language: Language) -> list[str]:
    """Storefronts that were asked for and not seen; a discovered host beyond the budget was never asked."""
    return [
        language.say("label", label=defang(row.site), text=visible(language.token(row.outcome), 60))
        + (f" ({defang_text(row.reason, 120)})" if row.reason else "")
        for row in sorted(findings.storefronts, key=lambda row: row.site)
        if row.kind == "storefront" and row.outcome != "not-asked" and not was_reached(row.outcome)
    ]


def read_in_part(findings: Findings, language: Language) -> list[str]:
    """Storefronts on which a fingerprint failed: that nothing is told of it means nothing."""
    return [
        language.say("read-in-part-line", site=defang(row.site), names=fingerprint_names(row, language))
        for row in sorted(findings.storefronts, key=lambda row: row.site)
        if row.kind == "storefront" and row.unread
    ]


def fingerprint_names(front: StorefrontRow, language: Language) -> str:
    """What could not be read of a storefront: the names of the fingerprints that failed on it."""
    return ", ".join(language.phrases.get(f"fingerprint/{name}") or visible(name, 40) for name in sorted(front.unread_in))
