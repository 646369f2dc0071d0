"""The words for one attribute that is different, with values from which other words can be made."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.clusters.likeness import price_step
from analysis.clusters.memory import Shift
from analysis.clusters.sights import GATES

__all__ = ["Told", "shift_change"]

_DOWN = frozenset({"unavailable", "withdrawn", "moved"})
_PAYMENT_WORDS = {
    "accepted": "payment is accepted",
    "unavailable": "payment is unavailable",
    "withdrawn": "payment has been withdrawn",
    "moved": "customers are sent elsewhere to pay",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change's word, its values and its sentence."""

    what: str
    before: str
    after: str
    sentence: str


def shift_change(shift: Shift) -> Told | None:
    """How a shift is told; None for what is told by other means."""
    site, before, after = shift.site, shift.before, shift.after
    match shift.attribute:
        case "page":
            return _page(site, before, after)
        case "payment":
            return Told("payment", before, after, _payment(site, before, after))
        case "company":
            return Told("company", before, after, f"{site} now names {after}, before it named {before}")
        case "language":
            return Told("language", before, after, f"{site}: its pages are in {_list(after)} now (before: {_list(before)})")
        case "catalogue":
            return Told("catalogue", before, after, f"{site}: {int(after):,} products where there were {int(before):,}")
        case "prices":
            return _prices(site, before, after)
        case "host" | "name-servers":
            before, after = _short(before), _short(after)
            return Told("host", before, after, f"{site}: hosted at {after} now (before: {before})")
        case "certificate":
            one, two = (value if value == "shared" else value[:16] for value in (before, after))
            said = "shares a certificate with other sites now" if two == "shared" else "shows a new public key of its own"
            return Told("certificate", one, two, f"{site} {said}")
        case _:
            return None


def _page(site: str, before: str, after: str) -> Told:
    if before in GATES and after in GATES:
        return Told("gate", before, after, f"{site} has {_state(after)} where it had {_state(before)}")
    if after in GATES:
        return Told("gate", before, after, f"{site} has closed its door: {_state(after)} stands before it now")
    if before in GATES:
        return Told("gate", before, after, f"{site} has opened its door: {_state(after)} without {_state(before)}")
    return Told("page-state", before, after, f"{site} was {_state(before)} and is {_state(after)} now")


def _payment(site: str, before: str, after: str) -> str:
    if not after:
        return f"{site}: payment is no longer offered on the pages that were read"
    if after == "accepted" and before in _DOWN:
        return f"{site}: payment is back, it is accepted again"
    return f"{site}: {_PAYMENT_WORDS[after]}" + (f" (before: {before})" if before else "")


def _prices(site: str, before: str, after: str) -> Told | None:
    step = price_step(before, after)
    if step is None:
        return None
    one, two, ratio, goods = step
    if one != two:
        sentence = f"{site}: prices are in {two or 'no named currency'} now (before: {one or 'no named currency'})"
    else:
        share = abs(round((ratio - 1) * 100))
        sentence = f"{site}: the same goods cost {share} % {'more' if ratio > 1 else 'less'} (median of {goods})"
    return Told("prices", one, f"{two} {ratio:.3f} {goods}".strip(), sentence)


def _list(codes: str) -> str:
    return codes.replace(",", ", ")


def _short(host: str) -> str:
    words = host.split()
    return " ".join(words[:4]) + (" ..." if len(words) > 4 else "")


def _state(state: str) -> str:
    words = {"content": "page without a shop"}.get(state, state.replace("-", " "))
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
