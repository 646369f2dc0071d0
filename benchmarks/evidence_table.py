"""``python -m benchmarks.evidence_table`` renews what ``docs/evidence.md`` says in figures: limits of the rules, and all kinds.

Both tables say what the fingerprints declare and what the matching model gives them, and nothing else; a test compares the
page with the code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analysis.clusters.lineage import CARRY_DAYS
from analysis.evidence import WEIGHED, Kind, Mode
from analysis.fingerprints.registry import KINDS
from analysis.linkage import matching
from analysis.linkage.caps import SHIPPED
from analysis.linkage.corpus import ANSWER_KINDS, NEAR_BITS
from analysis.linkage.judged import JUDGED_KINDS
from analysis.linkage.matching import HELD_KINDS, RULE_KINDS
from analysis.linkage.model import MODEL, UNWEIGHED
from analysis.linkage.synchrony import TIME_KINDS
from analysis.reference.table import MEASURED_FROM, load_reference
from analysis.verdicts import KEPT_FROM
from benchmarks.document import table

__all__ = ["PAGE", "kinds_table", "main", "numbers_table", "renewed"]

PAGE = Path(__file__).parent.parent / "docs" / "evidence.md"
_HEAD = ("kind", "class", "mode", "m", "floor", "cap", "against", "rarity", "both have ...", "why it weighs so")


def main(arguments: Sequence[str] | None = None) -> int:
    """Renew the page in place; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence_table", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=PAGE, help="the page to renew (default: docs/evidence.md)")
    page: Path = parser.parse_args(arguments).output
    page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{page}: {len(KINDS)} kinds", file=sys.stderr)
    return 0


def renewed(text: str) -> str:
    """The page with its tables written anew. Raises ValueError where a table's two marks are missing."""
    for name, write in _TABLES.items():
        begin, end = f"<!-- {name} begin: python -m benchmarks.evidence_table -->", f"<!-- {name} end -->"
        head, begun, rest = text.partition(begin)
        _, ended, tail = rest.partition(end)
        if not begun or not ended:
            raise ValueError(f"the page has no {begin!r} followed by {end!r}")
        text = f"{head}{begin}\n\n{write()}\n{end}{tail}"
    return text


def numbers_table() -> str:
    """Limits of the rules, as Markdown."""
    rows = [
        ("one operator is said from", f"probability {matching.SAME_OPERATOR_AT:g}"),
        ("worth an analyst's look from", f"probability {matching.REVIEW_AT:g}"),
        (
            "copyable evidence (class A) counts",
            f"{SHIPPED.class_a_share:.0%} of its bits, {SHIPPED.class_a_cap:g} bits in all at most",
        ),
        ("provider evidence (class B) gives", f"{SHIPPED.class_b_cap:g} bits in all at most"),
        ("pictures are one from", f"{NEAR_BITS} of 256 differing bits or fewer"),
        ("a server set-up corroborates up to", f"{matching.SETUP_SHARE:.0%} of strangers that have it"),
        ("a pair without relation is kept from", f"probability {KEPT_FROM:g}"),
        ("a membership lasts without new proof", f"{CARRY_DAYS} days"),
    ]
    return "\n".join(table(("what", "number"), rows))


def kinds_table() -> str:
    """All kinds by family, as Markdown."""
    compared = [*KINDS.values(), *ANSWER_KINDS, *TIME_KINDS]
    lines: list[str] = []
    for family in WEIGHED:
        kinds = sorted((kind for kind in compared if kind.family is family), key=lambda kind: kind.name)
        if kinds:
            caps = f"at most {SHIPPED.family[family]:g} bits of classes A and B, {SHIPPED.control[family]:g} of C to F"
            lines += [f"### {family}", "", f"The family gives {caps}.", "", *table(_HEAD, map(_row, kinds))]
    lines += [
        "### added by rule",
        "",
        "These stand beside the comparison: what a rule, the cluster or an analyst adds to a pair.",
        "",
    ]
    added = [(_code(kind.name), kind.cls, kind.means) for kind in (*RULE_KINDS, *HELD_KINDS, *JUDGED_KINDS.values())]
    return "\n".join([*lines, *table(("kind", "class", "what it says"), added)])


def _row(kind: Kind) -> tuple[str, ...]:
    name = _code(kind.name) + ("" if kind.key or kind.mode in (Mode.NOTE, Mode.NAMES) else " \\*")
    weight = MODEL.get(kind.name)
    if kind.mode is Mode.NOTE or weight is None:
        why = "shown, never compared" if kind.mode is Mode.NOTE else UNWEIGHED.get(kind.name, "has no row: weighs nothing")
        return (name, kind.cls, kind.mode, "", "", "", "", "", kind.means, why)
    against = f"{weight.against:g}" if weight.against else ""
    numbers = (f"{weight.m:g}", f"{weight.floor:g}", f"{weight.cap:g}", against)
    return (name, kind.cls, kind.mode, *numbers, _rarity(kind.name, weight.rarity), kind.means, weight.why)


def _rarity(name: str, source: str) -> str:
    """Where rarity comes from, and of how many families of packages the table has counts; "defaults" are explained, not counted."""
    table = load_reference()
    families = table.totals.get(name, 0)
    if name in table.left_overs:
        return f"{source}; defaults of {families} families" if families else source
    if source != "reference":
        return source
    if not families:
        return "reference: no package shows one, so as crawl"
    return f"reference: {families} families" + ("" if families >= MEASURED_FROM else ", known values only")


def _code(name: str) -> str:
    return f"`{name}`"


_TABLES: Mapping[str, Callable[[], str]] = {"numbers": numbers_table, "kinds": kinds_table}


if __name__ == "__main__":
    sys.exit(main())
