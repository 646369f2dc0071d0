"""The fitted part of the model: the prior, and how many bits families and classes of evidence may give.

The shipped values are ``defaults.toml`` beside this file, as ``samehand calibrate`` wrote it; ``analysis.model`` in the
configuration names another file of the same form. A value is a number, or a table with ``value``, ``judged`` (what the
authors held to be right before anything was fitted; a fit is drawn towards it), ``low`` and ``high`` (the interval of
values that fit nearly as well). A file may name some values only: the others are as shipped. This module is the format's
only reader, ``analysis.calibration`` its writer.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.evidence import WEIGHED, Family

__all__ = [
    "DEFAULTS",
    "SHIPPED",
    "Caps",
    "ModelProblem",
    "caps_of",
    "names_of",
    "read_caps",
    "read_judged",
    "values_of",
]

DEFAULTS = Path(__file__).parent / "defaults.toml"
#: Parts of the file that tell how its values were found; nothing is read from them.
_REPORTED = frozenset({"fit", "bins", "bins_held_out", "without"})
#: name -> (least, most) that is believed of anything; bits but for the first two.
_PRIOR, _SHARE, _BITS = (2.0, 1e6), (0.0, 1.0), (0.0, 20.0)
_CLASS_NAMES = {"a_share": _SHARE, "a_cap": _BITS, "b_cap": _BITS}


class ModelProblem(ValueError):
    """A model file that cannot be used: one sentence with file, value and mend."""


@dataclass(frozen=True, slots=True)
class Caps:
    """The numbers that a fit may move; everything but ``prior`` and ``class_a_share`` in bits.

    ``prior``: of how many candidates one is held to be a given storefront's partner, at best; in large crawls the odds are
    those of one partner each. ``class_a_share``: what copyable evidence says of one source, it says less of one operator:
    each bit counts this much, and all together no more than ``class_a_cap``. ``class_b_cap`` limits what a provider
    explains. ``family`` limits each family's evidence of classes A and B, ``control`` that of classes C to F: markup,
    styles, scripts and icon repeat one cause, and so do one server's cookies, errors and files.
    """

    prior: float
    class_a_share: float
    class_a_cap: float
    class_b_cap: float
    family: Mapping[Family, float]
    control: Mapping[Family, float]
    name: str = "shipped"


def names_of() -> Iterator[str]:
    """Every value's name, ``section.key``, in the order of the file."""
    yield "prior.one_in"
    yield from (f"class.{name}" for name in _CLASS_NAMES)
    yield from (f"family.{family}" for family in WEIGHED)
    yield from (f"control.{family}" for family in WEIGHED)


def values_of(caps: Caps) -> dict[str, float]:
    """The caps as name -> number."""
    classes = {"class.a_share": caps.class_a_share, "class.a_cap": caps.class_a_cap, "class.b_cap": caps.class_b_cap}
    of_families = {f"family.{family}": caps.family[family] for family in WEIGHED}
    return {"prior.one_in": caps.prior, **classes, **of_families, **{f"control.{f}": caps.control[f] for f in WEIGHED}}


def caps_of(values: Mapping[str, float], name: str) -> Caps:
    """``values_of`` turned round. KeyError for a value that is missing."""
    return Caps(
        values["prior.one_in"],
        values["class.a_share"],
        values["class.a_cap"],
        values["class.b_cap"],
        {family: values[f"family.{family}"] for family in WEIGHED},
        {family: values[f"control.{family}"] for family in WEIGHED},
        name,
    )


def read_caps(path: Path | None = None) -> Caps:
    """The values of a model file, the shipped ones where it names none; None asks for the shipped file.

    ``Caps.name`` tells files apart: "shipped", or the first digits of the SHA-256 of the values. Raises ModelProblem.
    """
    shipped = _values(DEFAULTS, "value")
    if path is None or path == DEFAULTS:
        return caps_of(shipped, "shipped")
    values = {**shipped, **_values(path, "value")}
    if values == shipped:
        return caps_of(shipped, "shipped")
    text = ",".join(f"{name}={value:g}" for name, value in sorted(values.items()))
    return caps_of(values, hashlib.sha256(text.encode()).hexdigest()[:12])


def read_judged(path: Path | None = None) -> Caps:
    """The values that a fit is drawn towards: ``judged`` where a file has it, else the value itself."""
    shipped = _values(DEFAULTS, "judged")
    given = _values(path, "judged") if path is not None else {}
    return caps_of({**shipped, **given}, "judged")


def _parsed(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        raise ModelProblem(f"{path}: there is no such file; `samehand calibrate TRUTH.csv -o FILE` writes a model") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelProblem(f"{path}: not readable as TOML: {error}") from error


def _values(path: Path, wanted: str) -> dict[str, float]:
    known = list(names_of())
    found: dict[str, float] = {}
    for section, entries in _parsed(path).items():
        if section in _REPORTED:
            continue
        if not isinstance(entries, dict):
            raise ModelProblem(f"{path}: {section} stands outside of [prior], [class], [family] and [control]; move it there")
        for key, entry in entries.items():
            name = f"{section}.{key}"
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                raise ModelProblem(f"{path}: no value is named {name}" + (f" (did you mean {near[0]}?)" if near else ""))
            found[name] = _number(path, name, entry, wanted)
    return found


def _number(path: Path, name: str, entry: object, wanted: str) -> float:
    number = entry.get(wanted, entry.get("value")) if isinstance(entry, dict) else entry
    least, most = _PRIOR if name == "prior.one_in" else _CLASS_NAMES.get(name.removeprefix("class."), _BITS)
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        raise ModelProblem(f"{path}: {name} must be a number, or a table with value = a number, not {entry!r}")
    if not least <= number <= most:
        raise ModelProblem(f"{path}: {name} must lie between {least:g} and {most:g}, but is {number:g}")
    return float(number)


#: The shipped values.
SHIPPED: Caps = read_caps()
