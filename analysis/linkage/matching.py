"""From contributions to a relation: caps, the two tests of control, and the one sentence that says it.

The match weight is M = log2(lambda/(1-lambda)) + sum of capped bits, the probability 2^M / (1 + 2^M) (FIELD part 3). It
is the probability that *one operator* runs both, whatever relation is shown. Four relations and an abstention come of
it by rule, so that a number alone never makes an operator:

- ``same-operator``: likely enough, two families that no ancestor explains, one trace of class C to F among them, and
  not a lone payee on what is otherwise a copy;
- ``copy-of``: authored text, catalogue, pictures or names descend from one source;
- ``same-kit``: theme or platform files and structure only;
- ``same-provider``: only what a host, a CDN or a platform explains;
- ``for-review``: none of these, but too likely to be silent about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2

from analysis.evidence import EvidenceClass, Family, Kind, Mode
from analysis.findings import Relation
from analysis.linkage.accounts import PLATFORM_KEYS, SEVERAL_ACCOUNTS, lifting_bits, several_accounts
from analysis.linkage.caps import SHIPPED, Caps
from analysis.linkage.comparison import AUTHORED, Contribution, Direction
from analysis.linkage.descent import (
    COPY_MARKS,
    IN_FILES,
    has_copied_pages,
    has_other_company,
    has_same_markup,
    is_copy,
    may_be_copied,
    may_descend,
    raw_by_family,
)
from analysis.linkage.model import MODEL, Weight
from analysis.linkage.unknown import NOTHING_UNKNOWN, Unknown

__all__ = [
    "AGAINST_CAP",
    "HELD_KINDS",
    "RULE_KINDS",
    "SETUP_SHARE",
    "Match",
    "cap",
    "held",
    "is_same_setup",
    "lesser_relation",
    "match",
    "prior_bits",
    "rule_ceiling",
    "unlifted",
    "unmatched",
]

#: Probability from which one operator is said.
SAME_OPERATOR_AT = 0.9
#: Probability from which a pair is worth an analyst's look.
REVIEW_AT = 0.4
#: A pair that fails a test of control is never shown as likelier than this; one without any trace of control, than that.
_HELD_AT = 0.8
_HELD_WITHOUT_CONTROL = 0.35
#: What shared accounts lift is never shown as likelier than this: an agency and a frame look the same.
_LIFTED_AT = 0.65
#: All counter-evidence together takes at most this many bits: operators lie about exactly these things.
AGAINST_CAP = 5.0
#: Likeness of each template bag, or number of equal pictures, from which two storefronts stand on one kit. Tag paths are few
#: and everybody's, so they must be much more alike than class names; habits of typing never tell a kit.
_ALIKE_FROM: Mapping[str, float] = {
    "layout.class": 0.4,
    "layout.class_pattern": 0.45,
    "layout.path": 0.6,
    "layout.pq12": 0.5,
    "layout.pq23": 0.4,
    "style.block": 0.45,
    "style.custom_property": 0.45,
    "style.selector": 0.45,
}
_DEMO_PICTURES = 4
_OF_A_PROVIDER = frozenset(
    f"infrastructure.{word}" for word in ("address", "certificate", "logged_certificate", "logged_name", "san_name")
)
#: A common server set-up that a larger share of strangers has corroborates nothing.
SETUP_SHARE = 0.06
#: Bits from which a family or a control trace counts in the tests of control.
_COUNTS_FROM = 1.0

RULE_KINDS: tuple[Kind, ...] = (
    Kind(
        "rule.lone_payee", Family.PAYMENT, EvidenceClass.COPYABLE, Mode.NOTE, "a payee that may have been copied along or planted"
    ),
    Kind("rule.no_control", Family.LINKS, EvidenceClass.COPYABLE, Mode.NOTE, "nothing but what copying brings along"),
    Kind("rule.platform", Family.BEHAVIOUR, EvidenceClass.COPYABLE, Mode.NOTE, "what one platform would give to all its shops"),
    Kind("rule.one_family", Family.LINKS, EvidenceClass.COPYABLE, Mode.NOTE, "one family of evidence only"),
    Kind("rule.unread", Family.LINKS, EvidenceClass.COPYABLE, Mode.NOTE, "what might explain it could not be read"),
    Kind("rule.unmeasured", Family.LINKS, EvidenceClass.COPYABLE, Mode.NOTE, "only kinds whose rarity nobody has measured"),
    SEVERAL_ACCOUNTS,
)
#: Kinds that no comparison gives: what an earlier crawl showed, and what the rest of the cluster shows.
HELD_KINDS: tuple[Kind, Kind, Kind] = (
    Kind("history.carried", Family.TIME, EvidenceClass.IN_TIME, Mode.NOTE, "what an earlier crawl showed"),
    Kind("cluster.through", Family.LINKS, EvidenceClass.COPYABLE, Mode.NOTE, "links to the same third storefront"),
    Kind("cluster.several", Family.LINKS, EvidenceClass.COPYABLE, Mode.NOTE, "such traces with several of one operator"),
)
#: Families that a rented platform and a common supplier do not bring along: words, names, ids and money of one's own.
_NO_PLATFORMS = frozenset({Family.TEXT, Family.IDENTITY, Family.TRACKING, Family.PAYMENT, Family.LINKS})
_RULES = {kind.name: kind for kind in RULE_KINDS}


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one pair. ``bits`` includes the prior; ``contributions`` are capped; ``named`` is the site that the
    other one's copying marks name, where they name just one; ``rule`` the test of control it fails, empty where it
    fails none."""

    relation: Relation
    probability: float
    bits: float
    bits_for: float
    bits_against: float
    review: bool
    named: str
    contributions: tuple[Contribution, ...]
    template: float
    authored: float
    rule: str = ""


def prior_bits(storefronts: int, caps: Caps = SHIPPED) -> float:
    """log2 of the odds that two candidates have one operator: one partner each, and never better than the caps' prior."""
    share = min(1.0 / caps.prior, 1.0 / max(storefronts - 1, 1))
    return log2(share / (1.0 - share))


def match(
    site_a: str,
    site_b: str,
    contributions: Sequence[Contribution],
    prior: float,
    model: Mapping[str, Weight] = MODEL,
    caps: Caps = SHIPPED,
    unknown: Unknown = NOTHING_UNKNOWN,
) -> Match:
    """Weigh the contributions of one pair. ``unknown``: what nobody can tell of it."""
    capped = cap(contributions, caps)
    raw = raw_by_family(contributions)
    authored = sum(each for family, each in raw.items() if family in AUTHORED)
    template = max((c.overlap or 0.0 for c in contributions if c.kind.family is Family.TEMPLATE), default=0.0)
    bits = prior + sum(c.bits for c in capped)
    is_copied = may_descend(contributions, raw) and has_copied_pages(contributions)
    rule = _failed_rule(capped, is_copied, model, unknown.kit)
    if rule is None and _may_be_explained(capped, bits, raw, unknown):
        rule = "rule.unread"
    ceiling = rule_ceiling(rule)
    if rule is not None and bits > ceiling:
        capped = [*capped, _rule_contribution(rule, ceiling - bits)]
        bits = ceiling
    is_one = rule is None and _probability(bits) >= SAME_OPERATOR_AT
    relation = Relation.SAME_OPERATOR if is_one else lesser_relation(contributions)
    if not (is_one or may_descend(contributions, raw) or has_same_markup(contributions)):
        lifted = several_accounts(capped, _bits(_LIFTED_AT) - bits)
        if lifted is not None:
            capped = [*capped, lifted]
            bits += lifted.bits
    probability = _probability(bits)
    # a payee that may have come along with a copy proves nothing, but somebody should look where the money goes
    payee = any(row.kind.cls is EvidenceClass.PAYEE for row in contributions)
    review = relation is not Relation.SAME_OPERATOR and (probability >= REVIEW_AT or payee)
    if review and relation in (Relation.NONE, Relation.SAME_PROVIDER):
        relation = Relation.FOR_REVIEW
    return Match(
        relation,
        probability,
        round(bits, 4),
        round(sum(c.bits for c in capped if c.bits > 0), 4),
        round(-sum(c.bits for c in capped if c.bits < 0), 4),
        review,
        _named(site_a, site_b, contributions),
        tuple(capped),
        template,
        authored,
        rule or "",
    )


def lesser_relation(rows: Sequence[Contribution]) -> Relation:
    """What holds between two storefronts where one operator is out of the question."""
    if is_copy(rows, raw_by_family(rows)):
        return Relation.COPY_OF
    if _is_kit(rows):
        return Relation.SAME_KIT
    if _is_provider(rows):
        return Relation.SAME_PROVIDER
    return Relation.NONE


def unlifted(found: Match) -> float:
    """The probability of a match without what shared accounts may add for an analyst's sake: it decides nothing."""
    return _probability(found.bits - lifting_bits(found.contributions))


def unmatched(prior: float) -> Match:
    """A pair that was never compared: nothing but the prior."""
    return Match(Relation.NONE, _probability(prior), round(prior, 4), 0.0, 0.0, False, "", (), 0.0, 0.0)


def held(found: Match, probability: float, kind: Kind, sentence: str) -> Match:
    """The match of a pair that is held together by something outside the pair, as a contribution that makes up the difference."""
    sure = min(max(probability, SAME_OPERATOR_AT), 1 - 1e-9)
    bits = round(log2(sure / (1 - sure)), 4)
    added = round(bits - found.bits, 4)
    row = Contribution(kind, Direction.FOR, added, 1.0, 1.0, "floor", "", "", "", None, None, sentence)
    return replace(
        found,
        relation=Relation.SAME_OPERATOR,
        probability=round(max(probability, SAME_OPERATOR_AT), 6),
        bits=bits,
        bits_for=round(found.bits_for + added, 4),
        review=False,
        contributions=(*found.contributions, row),
    )


def held_back(found: Match, rule: str) -> Match:
    """A match that fails a test of control which only the whole crawl could show; it is copy-of and for review."""
    ceiling = rule_ceiling(rule)
    row = _rule_contribution(rule, round(min(ceiling - found.bits, 0.0), 4))
    return replace(
        found,
        relation=Relation.COPY_OF,
        probability=_probability(min(found.bits, ceiling)),
        bits=round(min(found.bits, ceiling), 4),
        bits_against=round(found.bits_against - row.bits, 4),
        review=True,
        contributions=(*found.contributions, row),
        rule=rule,
    )


def rule_ceiling(rule: str | None) -> float:
    """The most bits of a pair that fails a test of control."""
    return _bits(_HELD_WITHOUT_CONTROL if rule == "rule.no_control" else _HELD_AT)


def _bits(probability: float) -> float:
    return log2(probability / (1 - probability))


def _probability(bits: float) -> float:
    return round(2**bits / (1 + 2**bits) if bits < 60 else 1.0, 6)


def cap(contributions: Iterable[Contribution], caps: Caps = SHIPPED) -> list[Contribution]:
    """Scale the bits for so that no family, and neither class A nor class B, passes its cap; the bits against likewise.

    ``uncapped`` of what comes back are the bits as they were.
    """
    rows = list(contributions)
    bits = [row.bits for row in rows]
    groups: dict[tuple[Family, bool], float] = defaultdict(float)
    for row in rows:
        if row.bits > 0:
            groups[row.kind.family, row.kind.cls.is_control] += row.bits
    for place, row in enumerate(rows):
        if row.bits > 0:
            family, is_control = row.kind.family, row.kind.cls.is_control
            bits[place] = _scaled(row.bits, (caps.control if is_control else caps.family)[family], groups[family, is_control])
            if row.kind.cls is EvidenceClass.COPYABLE:
                bits[place] *= caps.class_a_share
    for cls, most in ((EvidenceClass.COPYABLE, caps.class_a_cap), (EvidenceClass.PROVIDER, caps.class_b_cap)):
        places = [place for place, row in enumerate(rows) if bits[place] > 0 and row.kind.cls is cls]
        total = sum(bits[place] for place in places)
        for place in places:
            bits[place] = _scaled(bits[place], most, total)
    against = -sum(each for each in bits if each < 0)
    if against > AGAINST_CAP:
        bits = [each * AGAINST_CAP / against if each < 0 else each for each in bits]
    return [
        row if row.uncapped == row.bits == each else row._replace(bits=each, uncapped=row.bits)
        for row, each in zip(rows, bits, strict=True)
    ]


def _scaled(bits: float, most: float, total: float) -> float:
    return bits * most / total if total > most else bits


def _failed_rule(
    rows: Sequence[Contribution], is_copied: bool, model: Mapping[str, Weight], unmeasured: frozenset[Family]
) -> str | None:
    control = _control(rows)
    if is_copied:
        control = [row for row in control if row.kind.name not in IN_FILES]
    if not control:
        return "rule.no_control"
    may_be_copied = is_copied and not has_other_company(rows) and not any(is_same_setup(row) for row in rows)
    if may_be_copied and all(row.kind.cls is EvidenceClass.PAYEE for row in control):
        return "rule.lone_payee"
    families: dict[Family, float] = defaultdict(float)
    for row in rows:
        if row.bits > 0 and row.kind.cls is not EvidenceClass.PROVIDER:
            # scaling by the class caps must not hide that a family spoke
            families[row.kind.family] += max(row.bits, min(row.raw, _COUNTS_FROM) if row.direction is Direction.FOR else 0.0)
    speaking = [family for family, bits in families.items() if bits >= _COUNTS_FROM]
    payee = any(row.kind.cls is EvidenceClass.PAYEE for row in control)
    if len(speaking) < 2 and not payee:
        return "rule.one_family"
    own = {row.kind.family for row in rows if row.bits > 0 and row.kind.name not in PLATFORM_KEYS}
    if all(row.kind.cls is EvidenceClass.BEHIND_THE_PAGE for row in control) and not own & set(speaking) & (
        _NO_PLATFORMS - unmeasured
    ):
        return "rule.platform"
    weights = [model.get(row.kind.name) for row in rows if row.bits > 0]
    if not any(weight is not None and weight.rarity != "crawl" for weight in weights):
        return "rule.unmeasured"
    return None


def _control(rows: Sequence[Contribution]) -> list[Contribution]:
    """The traces of control; a one-sided link, even a redirect, is in the hands of one side only and never shows control of the
    other."""
    return [row for row in rows if row.kind.cls.is_control and row.bits >= _COUNTS_FROM and row.kind.mode is not Mode.NAMES]


def _may_be_explained(rows: Sequence[Contribution], bits: float, raw: Mapping[Family, float], unknown: Unknown) -> bool:
    """Whether one operator is said only because something could not be read: differences that would cost too much, or copied
    pages that a payee or a file came along with."""
    against = -sum(row.bits for row in rows if row.bits < 0)
    if unknown.against and _probability(bits - min(unknown.against, AGAINST_CAP - against)) < SAME_OPERATOR_AT:
        return True
    if not unknown.copyable or not may_be_copied(rows, raw, unknown.copyable):
        return False
    names_another = Family.LINKS not in unknown.copyable and has_other_company(rows)
    may_come_along = all(row.kind.cls is EvidenceClass.PAYEE or row.kind.name in IN_FILES for row in _control(rows))
    return may_come_along and not names_another and not any(map(is_same_setup, rows))


def is_same_setup(row: Contribution) -> bool:
    """Whether a contribution shows one server set-up that hardly anybody else in the crawl has.

    A common cookie name with the exact header order proves little by itself, but a page that was merely copied does not
    bring it along: beside a shared payee it speaks against copying and planting.
    """
    return row.kind.name == "behaviour.cookie_and_headers_common" and row.direction is Direction.FOR and row.u <= SETUP_SHARE


def _rule_contribution(rule: str, bits: float) -> Contribution:
    kind = _RULES[rule]
    sentences = {
        "rule.lone_payee": "only the payee speaks for one hand on what is otherwise a copy: it may have been copied or planted",
        "rule.no_control": "everything shared can be had by copying the pages: nothing shows one hand",
        "rule.platform": "a platform that both rent would explain the server, the template and the supplier's goods alike",
        "rule.one_family": "only one family of evidence speaks for one hand",
        "rule.unread": "what might explain this, or speak against it, could not be read on one of the two",
        "rule.unmeasured": "nobody has measured how rare the shared things are",
    }
    return Contribution(kind, Direction.AGAINST, bits, 1.0, 1.0, "floor", "", "", "", None, None, sentences[rule])


def _is_kit(rows: Sequence[Contribution]) -> bool:
    """Whether the templates are alike, by name or by most of what the pages are built of."""
    for row in rows:
        if row.kind.name in ("assets.theme_name", "layout.skeleton") and row.direction is not Direction.AGAINST:
            return True
        if row.overlap is not None and row.overlap >= _ALIKE_FROM.get(row.kind.name, 1.1):
            return True
        if row.kind.name == "assets.picture" and row.shared >= _DEMO_PICTURES:
            return True
    return sum(row.raw for row in rows if row.kind.family is Family.TEMPLATE) >= 3


def _is_provider(rows: Sequence[Contribution]) -> bool:
    return any(
        row.kind.cls is EvidenceClass.PROVIDER
        and row.kind.family is Family.HOSTING
        and row.direction is not Direction.AGAINST
        and row.kind.name in _OF_A_PROVIDER
        for row in rows
    )


def _named(site_a: str, site_b: str, rows: Iterable[Contribution]) -> str:
    """The one that the other's copying marks name; empty when neither, or each names the other."""
    named = {row.value for row in rows if row.kind.name in COPY_MARKS and row.value in (site_a, site_b)}
    return named.pop() if len(named) == 1 else ""
