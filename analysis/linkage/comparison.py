"""Two storefronts, kind by kind: every shared value weighed, every difference kept.

Nothing to compare gives no contribution, never a zero. A contribution that a common ancestor accounts for (the theme
both stand on, the shop both were copied from) is kept as ``explained`` with 0 bits, so that a reader sees it was seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from math import log2
from operator import itemgetter
from typing import NamedTuple

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.goods.catalogue_prices import price_ratio
from analysis.linkage.bags import Bags, Overlap
from analysis.linkage.corpus import Profile
from analysis.linkage.model import Weight
from analysis.linkage.rarity import Rarity, Share

__all__ = ["AUTHORED", "SHOWN_VALUES", "Comparison", "Contribution", "Direction", "compare"]

#: Values of one kind that are listed one by one for a pair; the rest are counted in the last one's sentence.
SHOWN_VALUES = 5
#: Each further value of one kind weighs this much of the one before: they rarely are independent.
_FADE = 0.5
#: A value that this share of the fellow strangers carry says nothing about the pair.
_COMMON = 0.25
_ON_THE_GROUND = "others on the same ground"
_HEAVIEST_FIRST = itemgetter(0, 1, 2)
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


class Contribution(NamedTuple):
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
    """All contributions of one pair. ``ancestors`` are storefronts that both descend from."""
    comparison = Comparison({a.site: a, b.site: b}, kinds, model, rarity, bags)
    (found,) = comparison.beside(a.site, [b.site], {b.site: rarity.bits(ancestors)})
    return found


class Comparison:
    """The storefronts of one crawl, compared one with many at a time: what the one shows is looked up once for all others."""

    def __init__(
        self,
        shops: Mapping[str, Profile],
        kinds: Mapping[str, Kind],
        model: Mapping[str, Weight],
        rarity: Rarity,
        bags: Bags,
    ) -> None:
        self._shops, self._rarity, self._bags = shops, rarity, bags
        self._kinds = {name: (kind, weight) for name, kind in kinds.items() if (weight := model.get(name)) is not None}
        self._asked = {site: frozenset(filter(self._is_always_asked, shop.traces)) for site, shop in shops.items()}
        self._named = {site: self._names_of(shop) for site, shop in shops.items()}
        self._sentences: dict[tuple[str, str, str, str, str], str] = {}
        self._texts: dict[str, str] = {}
        self._numbers: dict[float, float] = {}

    def _is_always_asked(self, name: str) -> bool:
        """Whether a kind that both show may say something though they share no value of it."""
        kind, weight = self._kinds.get(name, (None, None))
        if kind is None or weight is None:
            return False
        return kind.mode is Mode.SERIES or (weight.against > 0 and kind.mode in (Mode.VALUE, Mode.HASH, Mode.FACT))

    def _names_of(self, shop: Profile) -> dict[str, list[str]]:
        """The sites that a storefront names -> kinds."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, values in shop.traces.items():
            if name in self._kinds and self._kinds[name][0].mode is Mode.NAMES:
                for other in values:
                    found[other].append(name)
        return dict(found)

    def beside(self, site: str, others: Sequence[str], ancestors: Mapping[str, int]) -> Iterator[list[Contribution]]:
        """All contributions of the site with each of ``others``, in their order.

        ``ancestors``: other site -> storefronts that both descend from, as ``Rarity.bits``.
        """
        overlaps = self._bags.overlaps(site, others, smaller=_BAG_MIN, alike=_ALIKE_MIN)
        shared = self._shared(site, others)
        for other, overlap in zip(others, overlaps, strict=True):
            yield list(self._pair(self._shops[site], self._shops[other], shared[other], overlap, ancestors.get(other, 0)))

    def _shared(self, site: str, others: Sequence[str]) -> dict[str, dict[str, list[str]]]:
        """other -> kind -> the values that the two share, in order; kinds of which they share none are left out."""
        found: dict[str, dict[str, list[str]]] = {other: {} for other in others}
        wanted = frozenset(others)
        for name, values in self._shops[site].traces.items():
            if name not in self._kinds or self._kinds[name][0].mode not in (Mode.VALUE, Mode.HASH):
                continue
            for value in sorted(values):
                for other in wanted & self._rarity.carriers(name, value):
                    found[other].setdefault(name, []).append(value)
        return found

    def _pair(
        self, a: Profile, b: Profile, shared: Mapping[str, list[str]], overlaps: Mapping[str, Overlap], ancestors: int
    ) -> Iterator[Contribution]:
        for name in sorted({*shared, *overlaps, *(self._asked[a.site] & self._asked[b.site])}):
            kind, weight = self._kinds[name]
            left, right = a.traces[name], b.traces[name]
            match kind.mode:
                case Mode.VALUE | Mode.HASH if name in shared:
                    yield from self._shared_values(kind, weight, a, b, shared[name], ancestors)
                case Mode.VALUE | Mode.HASH:
                    if left and right:
                        yield _against(kind, weight, left, right)
                case Mode.BAG:
                    row = _overlap(kind, weight, overlaps[name], left, right)
                    yield row._replace(sentence=self._texts.setdefault(row.sentence, row.sentence))
                case Mode.SERIES:
                    yield from _series(kind, weight, left, right)
                case Mode.FACT:
                    if not any(_one_name(one, two) for one in left for two in right):
                        yield _against(kind, weight, left, right)
                case Mode.NAMES | Mode.NOTE:
                    pass
        named = {*self._named[a.site].get(b.site, ()), *self._named[b.site].get(a.site, ())}
        for name in sorted(named):
            yield from _names(*self._kinds[name], a, b)

    def _shared_values(
        self, kind: Kind, weight: Weight, a: Profile, b: Profile, shared: Sequence[str], ancestors: int
    ) -> Iterator[Contribution]:
        rarity, left, right = self._rarity, a.traces[kind.name], b.traces[kind.name]
        copyable = kind.cls is EvidenceClass.COPYABLE
        covered = 1.0
        if copyable and kind.family in _BULK:
            covered = min(1.0, len(shared) / (_COVERED * min(len(left), len(right))))
        by_source = copyable and kind.family in AUTHORED
        circulates = copyable or kind.family not in _STAYS
        rows: list[tuple[float, float, str, Share, str]] = []
        for value in shared:
            share = rarity.share(kind.name, value, weight.floor, a.site, b.site, by_theme=copyable, by_source=by_source)
            ancestor = _ON_THE_GROUND if share.u >= _COMMON else ""
            if ancestors and not ancestor:
                ancestor = rarity.first_among(ancestors, kind.name, value, a.site, b.site)
            if kind.name.endswith(".document_id") and left[value].digest == right[value].digest:
                # the very same file: its document came along with it and says nothing more than the file does
                ancestor = ancestor or "the same file"
            shipped = rarity.family(kind.name, value) if copyable else None
            if shipped is not None:
                ancestor = shipped
            raw = 0.0 if shipped else min(max(log2(weight.m / share.u), 0.0), weight.cap) * covered
            if circulates:
                # what a third one has too is in circulation: boilerplate, a stock picture, a common build
                raw /= 1 + share.others
            bits = 0.0 if ancestor else raw
            rows.append((-bits, -raw, value, share, ancestor))
        rows.sort(key=_HEAVIEST_FIRST)
        kept, rest = rows[:SHOWN_VALUES], len(rows) - SHOWN_VALUES
        room = weight.cap
        once = self._numbers.setdefault
        for position, (less_bits, less_raw, value, share, ancestor) in enumerate(kept):
            bits, raw = min(-less_bits * _FADE**position, room), -less_raw * _FADE**position
            room -= bits
            more = f" (and {rest} more of this kind)" if rest > 0 and position == len(kept) - 1 else ""
            explained = ancestor or ("common" if less_bits == 0 else "")
            one = left[value]
            yield Contribution(
                kind,
                Direction.EXPLAINED if explained else Direction.FOR,
                once(bits, bits),
                weight.m,
                once(share.u, share.u),
                share.source,
                explained,
                value,
                one.text,
                one,
                right[value],
                self._sentence(kind, one.text, share.source, explained, more),
                once(raw, raw),
                shared=len(shared),
            )

    def _sentence(self, kind: Kind, shown: str, u_source: str, explained_by: str, more: str) -> str:
        """The same words are the same text, and equal numbers one object: a common value is shared by thousands of pairs."""
        asked = (kind.name, shown, u_source, explained_by, more)
        known = self._sentences.get(asked)
        if known is None:
            known = self._sentences[asked] = _shared_sentence(kind, shown, u_source, explained_by, more)
        return known


def _overlap(kind: Kind, weight: Weight, found: Overlap, left: Mapping[str, Trace], right: Mapping[str, Trace]) -> Contribution:
    bits = weight.cap * _level(found.derived)
    shown = left[found.best].text
    counted = f"{found.shared} of {found.smaller} {kind.means.removeprefix('the same ')} are shared ({found.alike:.0%} alike)"
    if bits > 0:
        sentence = f"{counted}, {found.own} of them rare, such as “{shown[:80]}”"
        direction, u, why = Direction.FOR, weight.m * 2**-bits, ""
    else:
        sentence = f"{counted}, and others have them too"
        direction, u, why = Direction.EXPLAINED, 1.0, "common"
    return Contribution(
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
