"""Judgements carried into the linkage: what they make of a value, of a pair, and of a protected storefront.

A judgement is a constraint, not evidence: its contribution has 0 bits and stands in a family of its own, and the pair
keeps the probability that the evidence alone gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from analysis.evidence import EvidenceClass, Family, Kind, Mode
from analysis.findings import Relation
from analysis.linkage.comparison import Contribution, Direction
from analysis.linkage.corpus import NEAR_BITS, Profile
from analysis.linkage.judgements import Judgement, Pair, Standing
from analysis.linkage.matching import Match, lesser_relation, unmatched

__all__ = ["JUDGED_KINDS", "contribution_of", "judged_matches", "noise_contributions", "without_noise"]


def _kind(name: str, means: str) -> Kind:
    return Kind(f"judgement.{name}", Family.JUDGEMENT, EvidenceClass.JUDGED, Mode.NOTE, means)


#: What a judgement adds to a pair, by word.
JUDGED_KINDS: Mapping[str, Kind] = {
    "same": _kind("same", "an analyst's judgement that one operator runs both"),
    "through": _kind("through", "an analyst's judgement on others of their cluster"),
    "different": _kind("different", "an analyst's judgement that no one operator runs both"),
    "unsure": _kind("unsure", "an analyst's judgement that the question is open"),
    "protected": _kind("protected", "one of the two is your own or a licensed storefront"),
}
_DIRECTIONS = {
    "same": Direction.FOR,
    "through": Direction.FOR,
    "different": Direction.AGAINST,
    "unsure": Direction.EXPLAINED,
    "protected": Direction.AGAINST,
}


def contribution_of(word: str, sentence: str, judgement: Judgement | None = None) -> Contribution:
    """A judgement as a contribution of 0 bits; who, when and why are what it shows."""
    kind = JUDGED_KINDS[word]
    shown = f"{judgement.by}: {judgement.why}" if judgement is not None else ""
    return Contribution(kind, _DIRECTIONS[word], 0.0, 1.0, 1.0, "judgement", "", "", shown, None, None, sentence)


def without_noise(shop: Profile, kinds: Mapping[str, Kind], standing: Standing) -> Profile:
    """The storefront without the values that were judged noise; a picture's hash takes those of its look with it."""
    judged = {kind for kind, _ in standing.noise}
    if not judged & shop.traces.keys():
        return shop
    kept = {
        kind: {value: trace for value, trace in values.items() if _noise(kind, value, kinds, standing) is None}
        if kind in judged
        else values
        for kind, values in shop.traces.items()
    }
    return replace(shop, traces={kind: values for kind, values in kept.items() if values})


def noise_contributions(a: Profile, b: Profile, kinds: Mapping[str, Kind], standing: Standing) -> list[Contribution]:
    """What two storefronts share, or the one names of the other, and what was judged noise: shown, and worth nothing."""
    rows = []
    for kind in sorted({kind for kind, _ in standing.noise} & {*a.traces, *b.traces}):
        left, right = a.values(kind), b.values(kind)
        if kinds[kind].mode is Mode.NAMES:
            shared = [value for value, values in ((b.site, left), (a.site, right)) if value in values]
        else:
            shared = sorted(left.keys() & right.keys())
        for value in shared:
            judgement = _noise(kind, value, kinds, standing)
            if judgement is None:
                continue
            one, two = left.get(value), right.get(value)
            trace = one or two
            shown = trace.text if trace else value
            means = kinds[kind].means
            named = f"one names the other: {means}" if kinds[kind].mode is Mode.NAMES else f"both have {means}"
            sentence = f"{named}: {shown[:120]}; judged noise by {judgement.by}{judgement.because}"
            rows.append(
                Contribution(
                    kinds[kind], Direction.EXPLAINED, 0.0, 1.0, 1.0, "judgement", "judgement", value, shown, one, two, sentence
                )
            )
    return rows


def _noise(kind: str, value: str, kinds: Mapping[str, Kind], standing: Standing) -> Judgement | None:
    found = standing.noise_of(kind, value)
    if found is None and kinds[kind].mode is Mode.HASH:
        near = (row for (name, other), row in standing.noise.items() if name == kind and _distance(value, other) <= NEAR_BITS)
        return next(near, None)
    return found


def _distance(one: str, two: str) -> int:
    if len(one) != len(two):
        return NEAR_BITS + 1
    try:
        return (int(one, 16) ^ int(two, 16)).bit_count()
    except ValueError:
        return NEAR_BITS + 1


def judged_matches(matches: Mapping[Pair, Match], standing: Standing, sites: Iterable[str], prior: float) -> dict[Pair, Match]:
    """The matches as judgements and protected storefronts let them stand.

    A judged pair of ``sites`` that was never compared gets a match of its own.
    """
    present = set(sites)
    result = dict(matches)
    for pair in standing.pairs:
        if present.issuperset(pair):
            result.setdefault(pair, unmatched(prior))
    return {pair: _judged(pair, found, standing) for pair, found in sorted(result.items())}


def _judged(pair: Pair, found: Match, standing: Standing) -> Match:
    a, b = pair
    if standing.protected.get(a) != standing.protected.get(b):
        return _protected(pair, found, standing)
    if (judgement := standing.same.get(pair)) is not None:
        sentence = f"held by an analyst's judgement: {judgement.said} ({judgement.by}){judgement.because}"
        return _with(found, contribution_of("same", sentence, judgement), Relation.SAME_OPERATOR, review=False)
    if (judgement := standing.apart(a, b)) is not None:
        sentence = f"held apart by an analyst's judgement: {judgement.said} ({judgement.by}){judgement.because}"
        if judgement.pair != pair:
            sentence += f"; others are judged to go with {_outsiders(pair, judgement)}"
        asked = found.relation in (Relation.SAME_OPERATOR, Relation.FOR_REVIEW)
        relation = lesser_relation(found.contributions) if asked else found.relation
        return _with(found, contribution_of("different", sentence, judgement), relation, review=False)
    if (judgement := standing.unsure.get(pair)) is not None:
        sentence = f"an analyst left it open: {judgement.said} ({judgement.by}){judgement.because}"
        is_one = found.relation is Relation.SAME_OPERATOR
        relation = Relation.FOR_REVIEW if found.relation in (Relation.NONE, Relation.SAME_PROVIDER) else found.relation
        return _with(found, contribution_of("unsure", sentence, judgement), relation, review=not is_one)
    return found


def _outsiders(pair: Pair, judgement: Judgement) -> str:
    """The ends of the pair that the judgement itself does not name."""
    return " and ".join(site for site in pair if site not in judgement.pair) or "both"


def _protected(pair: Pair, found: Match, standing: Standing) -> Match:
    """A pair with one protected end: what resembles it is a copy of it, and nobody's operator."""
    # of a licensed storefront and one's own, one's own is the original
    original = min((site for site in pair if site in standing.protected), key=lambda site: standing.protected[site] != "owned")
    held = found.relation in (Relation.SAME_OPERATOR, Relation.FOR_REVIEW, Relation.COPY_OF)
    if not held and not found.review and standing.pairs.get(pair) is None:
        return found
    sentence = f"{original} is {standing.protected[original].words}: it is in no other operator's cluster"
    row = contribution_of("protected", sentence)
    if not held:
        return _with(found, row, found.relation, review=False)
    return replace(_with(found, row, Relation.COPY_OF, review=False), named=original)


def _with(found: Match, row: Contribution, relation: Relation, *, review: bool) -> Match:
    return replace(found, relation=relation, review=review, contributions=(row, *found.contributions))
