"""The larger parts of a page by their tags alone, repetitions told once and single wrappers left out.

A moved or wrapped section, one more card, or other class names leave the parts equal; header and footer are shared by all pages of
a shop, gates among them. Parts made of the same are one object, whatever page they are of: its digest is worked out once a process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.sketches import feature_value
from analysis.structure.outlines import CLOSE, UNCOUNTED, WRAPPERS

__all__ = ["Part", "parts_of"]

#: Parts that one process remembers; then it forgets them all and begins anew.
_KNOWN_PARTS = 20_000


class Part:
    """An element and all in it: the element's name, the number of different parts, itself among them, and a digest of them."""

    __slots__ = ("digest", "name", "size")
    digest: str
    size: int

    def __init__(self, name: str, told: Iterable[Part]) -> None:
        self.name = name
        self.size = 1 + sum(part.size for part in set(told))
        self.digest = feature_value(f"{name} {' '.join(part.digest for part in told)}")


class _Known(dict[tuple["str | Part", ...], Part]):
    """The parts met so far, by the name of the element and the parts in it."""

    def __missing__(self, row: tuple[str | Part, ...]) -> Part:
        name = str(row[0])
        told = [part for part in row if isinstance(part, Part)]
        self[row] = made = told[0] if len(told) == 1 and name in WRAPPERS else Part(name, told)
        return made


_KNOWN = _Known()


def parts_of(labels: Sequence[str]) -> set[Part]:
    """All parts of a page, of any size, by its outline's labels (``analysis.structure.outlines``)."""
    if len(_KNOWN) > _KNOWN_PARTS:
        _KNOWN.clear()
    parts: list[Part] = []
    row: list[str | Part] = [""]
    around: list[list[str | Part]] = []
    for label in labels:
        if label == CLOSE:
            part = _KNOWN[tuple(row)]
            row = around.pop()
        elif label[-1:] == CLOSE:
            part = _KNOWN[label[:-1],]
        else:
            if label != UNCOUNTED:
                around.append(row)
                row = [label]
            continue
        parts.append(part)
        if row[-1] is not part:
            row.append(part)
    return set(parts)
