"""Two storefronts, kind by kind: every shared value weighed, every difference kept.

Nothing to compare gives no contribution, never a zero. A contribution that a common ancestor accounts for (the theme
both stand on, the shop both were copied from) is kept as ``explained`` with 0 bits, so that a reader sees it was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from analysis.catalogue_prices import price_ratio
from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.linkage.bags import Bags
from analysis.linkage.corpus import Profile
from analysis.linkage.model import Weight
from analysis.linkage.rarity import Rarity, Share

__all__ = ["AUTHORED", "SHOWN_VALUES", "Contribution", "Direction", "compare"]

#: Values of one kind that are listed one by one for a pair; the rest are counted in the last one's sentence.
SHOWN_VALUES = 5
#: Each further value of one kind weighs this much of the one before: they rarely are independent.
_FADE = 0.5
#: A value that this share of the fellow strangers carry says nothing about the pair.
_COMMON = 0.25
#: Families of what somebody wrote, drew, priced or was given for this shop, as opposed to a template's.
AUTHORED = frozenset({Family.TEXT, Family.CATALOGUE, Family.IMAGERY, Family.IDENTITY, Family.TRACKING})
#: Families that storefronts show by the dozen: one shared file of forty is not the forty. From this share on it counts whole.
_BULK = frozenset({Family.TEMPLATE, Family.TEXT, Family.IMAGERY, Family.CATALOGUE})
_COVERED = 0.3
#: What a server does does not go from hand to hand; everything that stands in pages and files does.
_STAYS = frozenset({Family.BEHAVIOUR, Family.HOSTING, Family.LINKS, Family.PAYMENT})
#: Words of a company's name up to this length may be its legal form.
_LEGAL_FORM = 4
#: Fewer features than this are too few to compare as a bag, and less likeness than this is not worth a line.
_BAG_MIN = 5
_ALIKE_MIN = 0.1


class Direction(StrEnum):
    """What a contribution does to the match weight."""

    FOR = "for"
    AGAINST = "against"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One piece of evidence about one pair.

    ``bits`` is what it says of one operator, before the caps of its family; ``raw`` what it says of one source, common
    ancestors not subtracted; ``overlap`` (0..1, bags and series) how alike the two are in the kind, common things
    included; ``shared`` how many values of the kind they have in common; ``uncapped`` the bits before caps, once there are
    caps.
    """

    kind: Kind
    direction: Direction
    bits: float
    m: float
    u: float
    u_source: str
    explained_by: str
    value: str
    shown: str
    a: Trace | None
    b: Trace | None
    sentence: str
    raw: float = 0.0
    overlap: float | None = None
    shared: int = 1
    uncapped: float = 0.0


def compare(
    a: Profile,
    b: Profile,
    kinds: Mapping[str, Kind],
    model: Mapping[str, Weight],
    rarity: Rarity,
    bags: Bags,
    ancestors: frozenset[str] = frozenset(),
) -> list[Contribution]:
    """All contributions of the pair. ``ancestors`` are storefronts that both descend from."""
    found: list[Contribution] = []
    for name in sorted(set(a.traces) & set(b.traces)):
        kind = kinds[name]
        weight = model.get(name)
        if weight is None:
            continue
        left, right = a.traces[name], b.traces[name]
        match kind.mode:
            case Mode.VALUE | Mode.HASH:
                found += _shared_values(kind, weight, a, b, left, right, rarity, ancestors)
            case Mode.BAG:
                found += _overlap(kind, weight, a, b, left, right, bags)
            case Mode.SERIES:
                found += _series(kind, weight, left, right)
            case Mode.FACT:
                found += _difference(kind, weight, left, right)
            case Mode.NAMES | Mode.NOTE:
                pass
    for name in sorted(name for name in {*a.traces, *b.traces} if kinds[name].mode is Mode.NAMES):
        if (weight := model.get(name)) is not None:
            found += _names(kinds[name], weight, a, b)
    return found


def _shared_values(
    kind: Kind,
    weight: Weight,
    a: Profile,
    b: Profile,
    left: Mapping[str, Trace],
    right: Mapping[str, Trace],
    rarity: Rarity,
    ancestors: frozenset[str],
) -> Iterator[Contribution]:
    shared = sorted(left.keys() & right.keys())
    if not shared:
        if weight.against and left and right:
            yield _against(kind, weight, left, right)
        return
    covered = 1.0
    if kind.cls is EvidenceClass.COPYABLE and kind.family in _BULK:
        covered = min(1.0, len(shared) / (_COVERED * min(len(left), len(right))))
    copyable = kind.cls is EvidenceClass.COPYABLE
    rows: list[tuple[float, float, str, Share, str]] = []
    for value in shared:
        share = rarity.share(
            kind.name, value, weight.floor, a.site, b.site, by_theme=copyable, by_source=copyable and kind.family in AUTHORED
        )
        ancestor = _explanation(rarity, kind.name, value, a.site, b.site, share.u, ancestors)
        if kind.name.endswith(".document_id") and left[value].digest == right[value].digest:
            # the very same file: its document came along with it and says nothing more than the file does
            ancestor = ancestor or "the same file"
        shipped = rarity.family(kind.name, value) if copyable else None
        if shipped is not None:
            ancestor = shipped
        raw = 0.0 if shipped else min(max(log2(weight.m / share.u), 0.0), weight.cap) * covered
        if copyable or kind.family not in _STAYS:
            # what a third one has too is in circulation: boilerplate, a stock picture, a common build
            raw /= 1 + share.others
        bits = 0.0 if ancestor else raw
        rows.append((-bits, -raw, value, share, ancestor))
    rows.sort(key=lambda row: row[:3])
    kept, rest = rows[:SHOWN_VALUES], len(rows) - SHOWN_VALUES
    room = weight.cap
    for position, (less_bits, less_raw, value, share, ancestor) in enumerate(kept):
        bits = min(-less_bits * _FADE**position, room)
        room -= bits
        more = f" (and {rest} more of this kind)" if rest > 0 and position == len(kept) - 1 else ""
        explained = ancestor or ("common" if less_bits == 0 else "")
        yield Contribution(
            kind,
            Direction.EXPLAINED if explained else Direction.FOR,
            bits,
            weight.m,
            share.u,
            share.source,
            explained,
            value,
            left[value].text,
            left[value],
            right[value],
            _shared_sentence(kind, left[value].text, share.source, explained, more),
            -less_raw * _FADE**position,
            shared=len(shared),
        )


def _overlap(
    kind: Kind, weight: Weight, a: Profile, b: Profile, left: Mapping[str, Trace], right: Mapping[str, Trace], bags: Bags
) -> Iterator[Contribution]:
    found = bags.overlap(kind.name, a.site, b.site)
    if found is None or found.smaller < _BAG_MIN or found.alike < _ALIKE_MIN:
        return
    bits = weight.cap * _level(found.derived)
    shown = left[found.best].text
    counted = f"{found.shared} of {found.smaller} {kind.means.removeprefix('the same ')} are shared ({found.alike:.0%} alike)"
    if bits > 0:
        sentence = f"{counted}, {found.own} of them rare, such as “{shown[:80]}”"
        direction, u, why = Direction.FOR, weight.m * 2**-bits, ""
    else:
        sentence = f"{counted}, and others have them too"
        direction, u, why = Direction.EXPLAINED, 1.0, "common"
    yield Contribution(
        kind,
        direction,
        bits,
        weight.m,
        u,
        "crawl",
        why,
        "",
        shown,
        left[found.best],
        right[found.best],
        sentence,
        bits,
        found.alike,
    )


def _series(kind: Kind, weight: Weight, left: Mapping[str, Trace], right: Mapping[str, Trace]) -> Iterator[Contribution]:
    ratio = price_ratio({v: t.weight for v, t in left.items()}, {v: t.weight for v, t in right.items()})
    if ratio is None or ratio.shared < 5:
        return
    covered = ratio.shared / min(len(left), len(right))
    strength = max(0.0, (ratio.constant - 0.5) * 2) * min(1.0, covered * 1.5)
    key = sorted(left.keys() & right.keys())[0]
    if strength < 0.2:
        return
    bits = weight.cap * strength
    how = "the same price" if abs(ratio.median - 1) < 0.005 else f"a price {ratio.median:.3g} times as high"
    sentence = f"{ratio.shared} {kind.means}, {ratio.constant:.0%} of them at {how}"
    yield Contribution(
        kind,
        Direction.FOR,
        bits,
        weight.m,
        weight.m * 2**-bits,
        "floor",
        "",
        key,
        key,
        left[key],
        right[key],
        sentence,
        bits,
        strength,
    )


def _difference(kind: Kind, weight: Weight, left: Mapping[str, Trace], right: Mapping[str, Trace]) -> Iterator[Contribution]:
    if weight.against and not any(_one_name(one, two) for one in left for two in right):
        yield _against(kind, weight, left, right)


def _one_name(one: str, two: str) -> bool:
    """Whether two spellings are of one name, by most of their longer words: "Regal" and "Regal Ltd", not "Alpha Trading" and
    "Omega Trading"."""
    if one == two:
        return True
    words = [{word for word in name.casefold().split() if len(word) > _LEGAL_FORM} for name in (one, two)]
    return 2 * len(words[0] & words[1]) > min(len(words[0]), len(words[1]))


def _against(kind: Kind, weight: Weight, left: Mapping[str, Trace], right: Mapping[str, Trace]) -> Contribution:
    one, two = left[min(left)], right[min(right)]
    sentence = f"different {kind.means.removeprefix('the same ')}: “{one.text[:80]}” and “{two.text[:80]}”"
    shown = f"{one.text} / {two.text}"
    # m/u turned round: what a single hand shows in this kind less often than two strangers do
    return Contribution(
        kind, Direction.AGAINST, -weight.against, 2**-weight.against, 1.0, "floor", "", "", shown, one, two, sentence
    )


def _names(kind: Kind, weight: Weight, a: Profile, b: Profile) -> Iterator[Contribution]:
    for one, two in ((a, b), (b, a)):
        trace = one.values(kind.name).get(two.site)
        if trace is None:
            continue
        bits = min(log2(weight.m / weight.floor), weight.cap) if weight.cap > 0 else 0.0
        sentence = f"{one.site} names {two.site}: {kind.means}"
        if trace.shown and trace.shown != two.site:
            sentence += f" (“{trace.shown[:80]}”)"
        first, second = (trace, None) if one is a else (None, trace)
        direction = Direction.FOR if bits > 0 else Direction.EXPLAINED
        yield Contribution(
            kind,
            direction,
            bits,
            weight.m,
            weight.floor,
            "floor",
            "" if bits > 0 else "one-sided",
            two.site,
            trace.text,
            first,
            second,
            sentence,
            bits,
        )


def _explanation(rarity: Rarity, kind: str, value: str, site_a: str, site_b: str, u: float, ancestors: frozenset[str]) -> str:
    if u >= _COMMON:
        return "others on the same ground"
    others = rarity.others(kind, value, site_a, site_b) if ancestors else frozenset()
    for ancestor in sorted(ancestors):
        if ancestor in others:
            return ancestor
    return ""


def _shared_sentence(kind: Kind, shown: str, u_source: str, explained_by: str, more: str) -> str:
    sentence = f"both have {kind.means}: {shown[:120]}{more}"
    if explained_by == "common":
        return f"{sentence}; too common to count"
    if explained_by:
        return f"{sentence}; explained by {explained_by}"
    if u_source in ("crawl", "theme"):
        sentence += "; rare elsewhere"
    return sentence


def _level(share: float) -> float:
    """Comparison levels of a bag: the share of the smaller side's weight that is theirs alone -> share of the cap."""
    for least, level in _LEVELS:
        if share >= least:
            return level
    return 0.0


_LEVELS = ((0.6, 1.0), (0.4, 0.8), (0.25, 0.6), (0.12, 0.35), (0.05, 0.15))
