"""Accounts of several providers that two storefronts share though neither's pages are taken from the other's.

An account id is pasted, so a copy has its victim's, a kit's customers have its maker's, and none of them shows control. What
is shared beside that has one of few causes: one owner, one agency, or a frame. On pages of strangers (``docs/quality.md``)
one account id was shared by a platform and its customer; accounts of two providers only ever by shops of one owner. So they
are worth an analyst's look, and never more than that.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.evidence import EvidenceClass, Family, Kind, Mode
from analysis.linkage.comparison import Contribution, Direction

__all__ = ["PLATFORM_KEYS", "SEVERAL_ACCOUNTS", "lifting_bits", "several_accounts"]

#: Keys that a platform puts into every tenant's pages: error trackers and captchas are its own, not the shop's.
PLATFORM_KEYS = frozenset(
    f"identifiers.{word}" for word in ("bugsnag", "hcaptcha", "new_relic", "recaptcha", "rollbar", "sentry", "turnstile")
)
SEVERAL_ACCOUNTS = Kind(
    "rule.accounts", Family.TRACKING, EvidenceClass.COPYABLE, Mode.NOTE, "accounts of several providers on pages that are no copies"
)
_PROVIDERS = 2
#: Accounts that the sentence names, and characters of each.
_NAMED, _SHOWN_CHARS = 3, 60
_TOKENS = "identifiers.verification"


def several_accounts(rows: Iterable[Contribution], room: float) -> Contribution | None:
    """The bits that shared accounts give beyond their caps, ``room`` at most; None with accounts of fewer than two providers.

    Each provider counts once, with its heaviest account and before caps: what pastes one provider's snippet pastes all of that
    provider's. ``rows`` are capped contributions.
    """
    heaviest: dict[str, Contribution] = {}
    given = 0.0
    for row in rows:
        if row.direction is Direction.FOR and row.kind.name.startswith("identifiers.") and row.kind.name not in PLATFORM_KEYS:
            provider = _provider(row)
            if provider not in heaviest or row.uncapped > heaviest[provider].uncapped:
                heaviest[provider] = row
            given += row.bits
    bits = round(min(sum(row.uncapped for row in heaviest.values()) - given, room), 4)
    if len(heaviest) < _PROVIDERS or bits <= 0:
        return None
    accounts = sorted(heaviest.values(), key=lambda row: (-row.uncapped, row.kind.name))
    named = [f"{row.kind.means.removeprefix('the same ')} {row.shown[:_SHOWN_CHARS]}" for row in accounts[:_NAMED]]
    causes = "one owner has them, one agency, or a frame"
    sentence = f"accounts with {len(accounts)} providers are shared by pages that are no copies, as {', '.join(named)}: {causes}"
    shown = ", ".join(row.shown[:_SHOWN_CHARS] for row in accounts[:_NAMED])
    return Contribution(SEVERAL_ACCOUNTS, Direction.FOR, bits, 1.0, 1.0, "floor", "", "", shown, None, None, sentence)


def lifting_bits(rows: Iterable[Contribution]) -> float:
    """What of a match's bits is such a contribution."""
    return sum(row.bits for row in rows if row.kind is SEVERAL_ACCOUNTS)


def _provider(row: Contribution) -> str:
    """Who issued an account: the first word of its kind, or of a site verification token."""
    return row.value.partition(":")[0] if row.kind.name == _TOKENS else row.kind.name.partition(".")[2].partition("_")[0]
