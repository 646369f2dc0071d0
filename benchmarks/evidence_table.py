"""``python -m benchmarks.evidence_table`` renews the table of all kinds of evidence in ``docs/evidence.md``.

The table says what the fingerprints declare and what the matching model gives them, and nothing else; a test compares the
page with the code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.evidence import Family, Kind, Mode
from analysis.fingerprints.registry import KINDS
from analysis.linkage.corpus import ANSWER_KINDS
from analysis.linkage.matching import HELD_KINDS, RULE_KINDS
from analysis.linkage.model import CONTROL_CAPS, FAMILY_CAPS, MODEL, UNWEIGHED
from benchmarks.document import table

__all__ = ["BEGIN", "END", "PAGE", "evidence_table", "main", "renewed"]

PAGE = Path(__file__).parent.parent / "docs" / "evidence.md"
BEGIN = "<!-- the table of kinds begins: python -m benchmarks.evidence_table -->"
END = "<!-- the table of kinds ends -->"
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
    """The page with its table written anew. Raises ValueError where the two marks are missing."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN!r} followed by {END!r}")
    return f"{head}{BEGIN}\n\n{evidence_table()}\n{END}{tail}"


def evidence_table() -> str:
    """All kinds by family, as Markdown."""
    compared = [*KINDS.values(), *ANSWER_KINDS]
    lines: list[str] = []
    for family in Family:
        kinds = sorted((kind for kind in compared if kind.family is family), key=lambda kind: kind.name)
        if kinds:
            caps = f"at most {FAMILY_CAPS[family]:g} bits of classes A and B, {CONTROL_CAPS[family]:g} of C to F"
            lines += [f"### {family}", "", f"The family gives {caps}.", "", *table(_HEAD, map(_row, kinds))]
    lines += ["### added by rule", "", "These stand beside the comparison: what a rule or the cluster adds to a pair.", ""]
    added = [(_code(kind.name), kind.cls, kind.means) for kind in (*RULE_KINDS, *HELD_KINDS)]
    lines += table(("kind", "class", "what it says"), added)
    return "\n".join(lines)


def _row(kind: Kind) -> tuple[str, ...]:
    name = _code(kind.name) + ("" if kind.key or kind.mode in (Mode.NOTE, Mode.NAMES) else " *")
    weight = MODEL.get(kind.name)
    if kind.mode is Mode.NOTE or weight is None:
        why = "shown, never compared" if kind.mode is Mode.NOTE else UNWEIGHED.get(kind.name, "has no row: weighs nothing")
        return (name, kind.cls, kind.mode, "", "", "", "", "", kind.means, why)
    against = f"{weight.against:g}" if weight.against else ""
    numbers = (f"{weight.m:g}", f"{weight.floor:g}", f"{weight.cap:g}", against)
    return (name, kind.cls, kind.mode, *numbers, weight.rarity, kind.means, weight.why)


def _code(name: str) -> str:
    return f"`{name}`"


if __name__ == "__main__":
    sys.exit(main())
