"""The linkage on one screen: profiles -> candidate pairs -> compared twice -> matches.

The first comparison learns what the crawl itself can tell of themes and copies; the second one weighs with that
knowledge. Nothing here depends on the order the storefronts come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from analysis.evidence import EvidenceClass, Family, Kind, Mode, fingerprint_of
from analysis.files.platforms import RENTED
from analysis.findings import Relation
from analysis.linkage.bags import Bags
from analysis.linkage.blocking import Blocked, Key, candidate_pairs
from analysis.linkage.caps import SHIPPED, Caps
from analysis.linkage.comparison import AUTHORED, Comparison, Contribution, Direction
from analysis.linkage.corpus import ANSWER_KINDS, Profile, answered_claims, merge_near_hashes
from analysis.linkage.descent import TOOL_MARKS
from analysis.linkage.judged import noise_contributions, without_noise
from analysis.linkage.judgements import Protection, Standing
from analysis.linkage.learnt import Learnt
from analysis.linkage.matching import SETUP_SHARE, Match, held_back, is_same_setup, match, prior_bits
from analysis.linkage.model import MODEL, Weight
from analysis.linkage.rarity import Rarity, Reference, carriers_of, group_sites
from analysis.linkage.unknown import Unread
from analysis.payees.payee_ids import is_own_account

__all__ = ["Linkage", "link"]

#: A value on more sites than this is a provider's, whatever its kind, and unites nobody beforehand.
_STRONG_CARRIERS = 25


#: Other groups with policies on a kit from which they tell what words it brings along.
_KIT_FELLOWS = 2
_SETUP = "behaviour.cookie_and_headers_common"
_PLATFORM = "assets.platform"
_WORDS = "policy.shingle"
#: Fingerprints that tell whether two stand on one kit.
_OF_A_KIT = frozenset({"assets", "layout", "style"})
#: What explains a landlord's traces where neither storefront's platform could be read.
_UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Linkage:
    """Every compared pair with its match, in order of sites, and how blocking went."""

    matches: Mapping[tuple[str, str], Match]
    blocked: Blocked
    sites: tuple[str, ...]
    prior: float


def link(
    profiles: Iterable[Profile],
    kinds: Mapping[str, Kind],
    reference: Reference,
    *,
    model: Mapping[str, Weight] = MODEL,
    known_pairs: Iterable[tuple[str, str]] = (),
    originals: Mapping[str, frozenset[str]] | None = None,
    cut: int = 200,
    caps: Caps = SHIPPED,
    over_time: Mapping[tuple[str, str], Sequence[Contribution]] | None = None,
    standing: Standing | None = None,
) -> Linkage:
    """Compare the storefronts of one crawl.

    ``known_pairs`` are looked at whatever blocking says (last crawl's links); ``originals`` site -> sites it is known
    to be a copy of; ``over_time`` what no single crawl shows of a pair (``analysis.linkage.synchrony``); ``standing``: values
    judged noise count nowhere, and what a protected storefront shows too says nothing about two others. Judgements on pairs
    are the clusters' to keep.
    """
    over_time, standing = over_time or {}, standing or Standing()
    kinds = {**kinds, **{kind.name: kind for kind in ANSWER_KINDS}}
    answered = merge_near_hashes(answered_claims(sorted(profiles, key=lambda row: row.site)), kinds)
    seen = {row.site: row for row in answered if not row.is_service}
    shops = {site: without_noise(row, kinds, standing) for site, row in seen.items()}
    sites = tuple(sorted(shops))
    # a bag is compared as a whole: who carries each of its features is its own business
    compared = [name for name, kind in kinds.items() if kind.mode not in (Mode.NOTE, Mode.BAG)]
    carriers = carriers_of({site: {k: shops[site].values(k) for k in compared if k in shops[site].traces} for site in sites}, 2)
    # noise still brings pairs together, so that an analyst finds it among the reasons that do not count
    wanted = [pair for pair in (*known_pairs, *over_time, *standing.pairs) if pair[0] in shops and pair[1] in shops]
    blocked = candidate_pairs(_keys(seen, kinds, model), cut=cut).with_pairs(wanted)
    prior = prior_bits(len(sites), caps)
    bag_kinds = {
        k: {site: list(shops[site].values(k)) for site in sites if shops[site].values(k)} for k in _bag_names(kinds, model)
    }

    issued = _strong_pairs(carriers, kinds, model, standing)
    issued += [pair for pair in standing.same if shops.keys() >= set(pair)]
    groups = group_sites(sites, issued)
    rarity, bags = Rarity(carriers, groups, groups, {}, reference), Bags(bag_kinds, groups, reference)
    learnt = _learnt(blocked, Comparison(shops, kinds, model, rarity, bags), prior, model, caps)

    likely = [*issued, *(pair for pair in learnt.likely if standing.may_join(*pair))]
    groups, sources = group_sites(sites, likely), group_sites(sites, [*likely, *learnt.clear_copies])
    themes = _themes(sites, learnt.kits)
    rarity, bags = (
        Rarity(carriers, groups, sources, themes, reference),
        Bags(bag_kinds, groups, reference, {name: sources for name in bag_kinds if kinds[name].family in AUTHORED}),
    )
    copies = {site: rarity.bits(fellows) for site, fellows in _copies(sites, learnt.copies, groups).items()}
    marked = _marked_originals(shops, originals or {}, carriers, kinds, rarity)
    unmeasured, unread = _Unmeasured(shops, rarity), Unread(kinds, model)
    comparison = Comparison(shops, kinds, model, rarity, bags)
    matches = {}
    for a, others in _by_first(blocked):
        ancestors = {b: copies[a] & copies[b] | rarity.bits(_owners(a, b, shops, standing)) for b in others}
        for b, rows in zip(others, comparison.beside(a, others, ancestors), strict=True):
            rows = [_copied_along(row, a, b, carriers, marked) for row in rows]
            rows = [*_rented_along(rows, shops[a], shops[b]), *over_time.get((a, b), ())]
            rows += noise_contributions(seen[a], seen[b], kinds, standing)
            is_asked = any(row.kind.cls is EvidenceClass.BEHIND_THE_PAGE for row in rows)
            unknown = unread.beside(shops[a], shops[b], unmeasured.families(a, b) if is_asked else frozenset())
            matches[a, b] = match(a, b, rows, prior, model, caps, unknown)
    matches = _without_held_copies(matches, marked)
    return Linkage(matches, blocked, sites, prior)


def _by_first(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Pairs in order of their first site: that site, and all it goes with."""
    for a, several in groupby(pairs, key=itemgetter(0)):
        yield a, [b for _, b in several]


def _learnt(blocked: Blocked, comparison: Comparison, prior: float, model: Mapping[str, Weight], caps: Caps) -> Learnt:
    """The first comparison: of each pair no more is kept than what it tells."""
    learnt = Learnt()
    for a, others in _by_first(blocked):
        for b, rows in zip(others, comparison.beside(a, others, {}), strict=True):
            learnt.see((a, b), match(a, b, rows, prior, model, caps), model)
    return learnt


def _keys(shops: Mapping[str, Profile], kinds: Mapping[str, Kind], model: Mapping[str, Weight]) -> Iterator[Key]:
    """Every key once. A storefront that names another one has a key with it that nobody else has."""
    named: set[tuple[str, str]] = set()
    for site, shop in shops.items():
        for name, values in shop.traces.items():
            kind = kinds[name]
            if kind.mode is Mode.NAMES:
                if name in model:
                    named.update((site, other) for other in values if other in shops and other != site)
            elif kind.key:
                strong = kind.cls.is_control
                for value in values:
                    yield (site, name, value, strong)
    for site, other in sorted(named):
        pair = f"{site}>{other}"
        yield (site, "names", pair, True)
        yield (other, "names", pair, True)


def _owners(a: str, b: str, shops: Mapping[str, Profile], standing: Standing) -> frozenset[str]:
    """Protected storefronts whose values two others cannot have from each other: whatever they show, both took from there."""
    if a in standing.protected or b in standing.protected:
        return frozenset()
    return frozenset(standing.protected.keys() & shops.keys())


def _strong_pairs(
    carriers: Mapping[tuple[str, str], frozenset[str]],
    kinds: Mapping[str, Kind],
    model: Mapping[str, Weight],
    standing: Standing,
) -> list[tuple[str, str]]:
    """Pairs that share an issued control value: counted as one group when rarity is asked; a protected storefront is no
    fellow of who carries its values."""
    pairs = []
    for (name, _), sites in sorted(carriers.items()):
        weight = model.get(name)
        if weight is None or weight.rarity != "issued" or not kinds[name].cls.is_control:
            continue
        if 2 <= len(sites) <= _STRONG_CARRIERS:
            for why in (None, *Protection):
                ordered = sorted(site for site in sites if standing.protected.get(site) is why)
                pairs += [(ordered[0], other) for other in ordered[1:]]
    return pairs


def _bag_names(kinds: Mapping[str, Kind], model: Mapping[str, Weight]) -> list[str]:
    return sorted(name for name, kind in kinds.items() if kind.mode is Mode.BAG and name in model)


def _themes(sites: Sequence[str], kits: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    fellows: dict[str, set[str]] = {site: {site} for site in sites}
    for a, b in kits:
        fellows[a].add(b)
        fellows[b].add(a)
    return {site: frozenset(row) for site, row in fellows.items()}


class _Unmeasured:
    """Which families nobody has measured: words, where both shops stand on one kit that hardly anybody else in the crawl has.

    A platform gives its default policies to every tenant. Where others stand on the kit too, they tell whether the words are
    the kit's; where nobody does, nobody has measured it.
    """

    def __init__(self, shops: Mapping[str, Profile], rarity: Rarity) -> None:
        self._shops, self._rarity = shops, rarity
        self._worded = rarity.bits(site for site, shop in shops.items() if shop.values(_WORDS))

    def families(self, a: str, b: str) -> frozenset[Family]:
        """Families that the kit of both may bring along, for all one knows: also where nobody could read what they stand on."""
        if (self._shops[a].unread | self._shops[b].unread) & _OF_A_KIT:
            return frozenset({Family.TEXT})
        fellows = self._rarity.fellows(a, b) if self._rarity.is_fellow(a, b) else 0
        for platform in self._shops[a].values(_PLATFORM).keys() & self._shops[b].values(_PLATFORM).keys():
            fellows |= self._rarity.bits(self._rarity.carriers(_PLATFORM, platform))
        if not fellows or self._rarity.groups_beside(fellows & self._worded, a, b) >= _KIT_FELLOWS:
            return frozenset()
        return frozenset({Family.TEXT})


def _copies(sites: Sequence[str], copies: Iterable[tuple[str, str]], groups: Mapping[str, int]) -> dict[str, set[str]]:
    """site -> sites of other groups that share authored things with it: each may be the source of what two share."""
    related: dict[str, set[str]] = {site: set() for site in sites}
    for a, b in copies:
        if groups[a] != groups[b]:
            related[a].add(b)
            related[b].add(a)
    return related


def _marked_originals(
    shops: Mapping[str, Profile],
    known: Mapping[str, frozenset[str]],
    carriers: Mapping[tuple[str, str], frozenset[str]],
    kinds: Mapping[str, Kind],
    rarity: Rarity,
) -> dict[str, frozenset[str]]:
    """site -> shops it was mirrored from, as a mirroring tool's marks or earlier findings say.

    A shop that shares a control trace other than a payee, or a server set-up that hardly anybody else has, with its source
    is not its copyist and is left out.
    """
    joined: dict[str, set[str]] = defaultdict(set)
    for (name, _), sites in carriers.items():
        kind = kinds[name]
        if kind.cls.is_control and kind.cls is not EvidenceClass.PAYEE and len(sites) <= _STRONG_CARRIERS:
            for site in sites:
                joined[site] |= sites
    result: dict[str, frozenset[str]] = {}
    for site, shop in shops.items():
        sources = {other for name in TOOL_MARKS for other in shop.values(name) if other in shops and other != site} | known.get(
            site, frozenset()
        )
        sources -= joined[site]
        setups = set(shop.values(_SETUP))
        result[site] = frozenset(
            source
            for source in sources
            if not any(
                rarity.share(_SETUP, value, 0.0, site, source).u <= SETUP_SHARE
                for value in setups & set(shops[source].values(_SETUP))
            )
        )
    return result


def _copied_along(
    row: Contribution,
    a: str,
    b: str,
    carriers: Mapping[tuple[str, str], frozenset[str]],
    marked: Mapping[str, frozenset[str]],
) -> Contribution:
    """A payee that a copy shares with a third shop came along from the shop it was copied from."""
    if row.kind.cls is not EvidenceClass.PAYEE or row.direction is not Direction.FOR:
        return row
    holders = carriers.get((row.kind.name, row.value), frozenset())
    for one, other in ((a, b), (b, a)):
        for source in sorted(marked[one] & holders):
            if source != other:
                return row._replace(
                    direction=Direction.EXPLAINED,
                    bits=0.0,
                    explained_by=source,
                    sentence=f"{row.sentence}; {one} is a copy of {source}, which has it too",
                )
    return row


def _rented_along(rows: list[Contribution], a: Profile, b: Profile) -> list[Contribution]:
    """On one rented platform the server's doings and the publishable key are the landlord's, whoever the tenants are; so they may
    be where the platform of one could not be read."""
    read = [RENTED & set(shop.values(_PLATFORM)) for shop in (a, b) if fingerprint_of(_PLATFORM) not in shop.unread]
    landlords = sorted(frozenset.intersection(*read)) if read else [_UNREAD]
    if not landlords:
        return rows
    said = (
        f"are rented from {landlords[0]}" if len(read) == 2 else "may be rented from one platform: not both could be read in that"
    )
    return [
        row._replace(
            direction=Direction.EXPLAINED,
            bits=0.0,
            explained_by=landlords[0],
            sentence=f"{row.sentence}; both shops {said}",
        )
        if row.direction is Direction.FOR and _is_landlords(row)
        else row
        for row in rows
    ]


def _is_landlords(row: Contribution) -> bool:
    if row.kind.name == "payment.payee_key":
        return not is_own_account(row.value)
    return row.kind.cls is EvidenceClass.BEHIND_THE_PAGE


def _without_held_copies(
    matches: Mapping[tuple[str, str], Match], marked: Mapping[str, frozenset[str]]
) -> dict[tuple[str, str], Match]:
    """A page copy that is held against one shop for its payee does not join that shop's operator through another mirror.

    Such a copy is told by this: every link that would make it one of the operator's rests on the very payee for which it is
    held, and on no server set-up of its own. Where marks or earlier findings tell which of the two is the copy, only that
    one is asked.
    """
    payees: dict[str, set[tuple[str, str]]] = defaultdict(set)
    of_site: dict[str, list[Match]] = defaultdict(list)
    for pair, found in matches.items():
        for site in pair:
            if found.relation is Relation.SAME_OPERATOR:
                of_site[site].append(found)
        if any(row.kind.name == "rule.lone_payee" for row in found.contributions):
            a, b = pair
            copies = [site for site, other in ((a, b), (b, a)) if other in marked[site]] or [a, b]
            for site in copies:
                payees[site] |= _control_values(found)
    held_copies = {
        site
        for site, values in payees.items()
        if all(_control_values(found) <= values and not any(map(is_same_setup, found.contributions)) for found in of_site[site])
    }
    result = dict(matches)
    for pair, found in matches.items():
        if found.relation is Relation.SAME_OPERATOR and any(
            site in held_copies and _control_values(found) <= payees[site] for site in pair
        ):
            result[pair] = held_back(found, "rule.lone_payee")
    return result


def _control_values(found: Match) -> set[tuple[str, str]]:
    return {(row.kind.name, row.value) for row in found.contributions if row.kind.cls.is_control and row.bits >= 1}
