"""The traps of the field, one case each: what looks like one hand and is none, and what is one hand and hides it.

The figure in each docstring is what went wrong elsewhere when somebody believed that kind of evidence.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analysis.findings import Relation
from analysis.linkage.comparison import Direction
from analysis.linkage.matching import SAME_OPERATOR_AT, Match

VICTIM, OTHER = "victim", "other"


def _kinds(found: Match, direction: Direction = Direction.FOR) -> set[str]:
    return {row.kind.name for row in found.contributions if row.direction is direction}


@pytest.mark.parametrize("kind", ["identifiers.google_analytics", "identifiers.google_tag_manager", "identifiers.facebook_pixel"])
def test_a_tracker_alone_is_no_operator(made: SimpleNamespace, kind: str) -> None:
    """Kits carry their maker's id and copies the victim's: 19 % of phishing sites' ids stood on more than one site."""
    shared = {kind: ["UA-1234567-1"]}
    found = made.linked(made.shop("victim.example", made.whole("v"), shared), made.shop("other.example", made.whole("o"), shared))
    match = made.verdict(found, VICTIM, OTHER)
    assert match is not None
    assert kind in _kinds(match)
    assert match.relation in (Relation.NONE, Relation.FOR_REVIEW)
    assert match.probability < 0.5


def test_every_copyable_thing_together_is_a_copy_and_no_operator(made: SimpleNamespace) -> None:
    """A fraudster's ``wget`` of a shop has everything of class A that the shop has."""
    page = {kind: values for kind, values in made.whole("v").items() if kind not in made.host("v")}
    found = made.linked(
        made.shop("victim.example", page, made.host("v")),
        made.shop("copy.example", page, made.host("c"), {"links.canonical_elsewhere": ["victim.example"]}),
    )
    match = made.verdict(found, VICTIM, "copy")
    assert match is not None
    assert match.relation is Relation.COPY_OF
    assert match.named == "victim.example"
    assert match.probability < 0.5
    assert not match.review


def test_a_perfect_copy_without_any_mark_is_a_copy_too(made: SimpleNamespace) -> None:
    page = made.whole("v")
    found = made.linked(made.shop("victim.example", page), made.shop("copy.example", page))
    match = made.verdict(found, VICTIM, "copy")
    assert match is not None
    assert match.relation is Relation.COPY_OF
    assert match.named == ""


@pytest.mark.parametrize("sharers", [2, 12])
def test_one_address_and_one_certificate_are_a_provider(made: SimpleNamespace, sharers: int) -> None:
    """More than 60 % of sites share an address with ten others; 13.4 % of certificate-linked pairs were rejected by hand."""
    shared = {
        "infrastructure.address": ["198.51.100.7"],
        "infrastructure.certificate": ["c" * 64],
        "infrastructure.bundle_key": ["k"],
    }
    shops = [made.shop(f"tenant{n}.example", made.whole(f"t{n}"), shared) for n in range(sharers)]
    found = made.linked(*shops)
    for other in range(1, sharers):
        match = made.verdict(found, "tenant0", f"tenant{other}")
        if match is not None:
            assert match.relation in (Relation.SAME_PROVIDER, Relation.NONE)
            assert match.probability < 0.1
    if sharers == 2:
        match = made.verdict(found, "tenant0", "tenant1")
        assert match is not None
        assert match.relation is Relation.SAME_PROVIDER


def test_a_certificate_neighbour_that_names_the_other_is_a_provider(made: SimpleNamespace) -> None:
    """Anybody can be put into one certificate with anybody by a content network."""
    shared = {
        "infrastructure.address": ["198.51.100.7"],
        "infrastructure.certificate": ["c" * 64],
        "infrastructure.bundle_key": ["k"],
    }
    found = made.linked(
        made.shop("victim.example", made.whole("v"), shared, {"infrastructure.san_name": ["other.example"]}),
        made.shop("other.example", made.whole("o"), shared, {"infrastructure.san_name": ["victim.example"]}),
    )
    match = made.verdict(found, VICTIM, OTHER)
    assert match is not None
    assert match.relation is Relation.SAME_PROVIDER
    assert match.bits_for <= 1.5


LOGGED = {"infrastructure.logged_certificate": ["c" * 64]}


def test_one_logged_certificate_is_a_provider_and_weighs_no_more_than_an_address(made: SimpleNamespace) -> None:
    """It may never have been served, and bundles hold strangers."""
    found = made.linked(
        made.shop("victim.example", made.whole("v"), LOGGED, {"infrastructure.logged_name": ["other.example"]}),
        made.shop("other.example", made.whole("o"), LOGGED, {"infrastructure.logged_name": ["victim.example"]}),
    )
    match = made.verdict(found, VICTIM, OTHER)
    assert match is not None
    assert match.relation is Relation.SAME_PROVIDER
    assert match.bits_for <= 1.0


def test_a_certificate_of_many_tenants_is_told_by_counting(made: SimpleNamespace) -> None:
    found = made.linked(*(made.shop(f"tenant{n}.example", made.whole(f"t{n}"), LOGGED) for n in range(12)))
    match = made.verdict(found, "tenant0", "tenant1")
    assert match is None or match.bits_for == 0.0


def test_a_logged_key_alone_or_on_one_platform_is_no_operator(made: SimpleNamespace) -> None:
    """A platform may ask for the certificates of all its tenants with one key; the supplier's goods come on top."""
    key = {"infrastructure.logged_key": ["5" * 64]}
    for more in ({}, made.join(made.theme("the platform's"), made.goods("supplier"), LOGGED)):
        found = made.linked(
            made.shop("victim.example", made.whole("v"), key, more), made.shop("other.example", made.whole("o"), key, more)
        )
        match = made.verdict(found, VICTIM, OTHER)
        assert match is not None
        assert match.relation is not Relation.SAME_OPERATOR
        assert match.probability < SAME_OPERATOR_AT


@pytest.mark.parametrize("sharers", [2, 6])
def test_strangers_on_one_theme_are_one_kit(made: SimpleNamespace, sharers: int) -> None:
    """Different operators on one theme are alike to 1.00, one operator's shops to 0.04: layout never separates operators."""
    ground = made.theme("stock theme")
    shops = [
        made.shop(f"twin{n}.example", ground, made.words(f"t{n}"), made.goods(f"t{n}"), made.marks(f"t{n}"), made.company(f"t{n}"))
        for n in range(sharers)
    ]
    match = made.verdict(made.linked(*shops), "twin0", "twin1")
    assert match is not None
    assert match.relation is Relation.SAME_KIT
    assert match.probability < 0.5


def test_left_overs_of_a_theme_join_nobody(made: SimpleNamespace) -> None:
    """One theme's demo address stood in all 6 of 6 independent shops; its demo pictures and texts stay in too."""
    ground = made.join(
        made.theme("stock theme"),
        {
            "identity.mail": ["demo@theme.example"],
            "identity.phone": ["+1 555 0100"],
            "prose.sentence": ["demo text one", "demo text two"],
            "assets.picture": [f"{n:064x}" for n in range(6)],
        },
    )
    shops = [
        made.shop(f"twin{n}.example", ground, made.words(f"t{n}"), made.marks(f"t{n}"), made.company(f"t{n}"), made.host(f"t{n}"))
        for n in range(6)
    ]
    found = made.linked(*shops)
    for other in range(1, 6):
        match = made.verdict(found, "twin0", f"twin{other}")
        assert match is not None
        assert match.relation is Relation.SAME_KIT
        assert match.probability < 0.2


PLATFORM = {
    "behaviour.error_page": ["error page of the platform"],
    "behaviour.error_words": ["words of the platform's error page"],
    "behaviour.etag": ["the platform's file"],
    "behaviour.cookie_and_headers_common": ["platform cookie and headers"],
    "infrastructure.x_header": ["x-platform-id"],
    "infrastructure.cookie_name": ["platform_session"],
}


@pytest.mark.parametrize("known", [["wix"], ["nobody lists it"]])
@pytest.mark.parametrize("key", ["identifiers.sentry", "identifiers.recaptcha", None])
@pytest.mark.parametrize("tenants", [2, 4, 12])
def test_tenants_of_one_platform_are_strangers(made: SimpleNamespace, tenants: int, key: str | None, known: list[str]) -> None:
    """Two unrelated shops on one builder share its error tracker's key; another platform also hosts and registers its shops:
    template, address, registrar and name server agree between strangers."""
    platform = made.join(
        PLATFORM, made.host("platform"), made.theme("platform theme"), {"assets.platform": known}, {key: ["abc"]} if key else {}
    )
    shops = [
        made.shop(
            f"tenant{n}.example", platform, made.words(f"t{n}"), made.goods(f"t{n}"), made.marks(f"t{n}"), made.company(f"t{n}")
        )
        for n in range(tenants)
    ]
    found = made.linked(*shops, others=60)
    for other in range(1, tenants):
        match = made.verdict(found, "tenant0", f"tenant{other}")
        assert match is None or match.relation is not Relation.SAME_OPERATOR, other


def test_a_rented_shop_pays_through_its_landlord(made: SimpleNamespace) -> None:
    """The publishable key of a platform's own processor stands on every tenant's pages."""
    landlord = {"assets.platform": ["shopify"], "payment.payee_key": ["pk_live_of_the_landlord"]}
    found = made.linked(made.shop("one.example", made.whole("a"), landlord), made.shop("two.example", made.whole("b"), landlord))
    match = made.verdict(found, "one", "two")
    assert match is not None
    assert match.relation is not Relation.SAME_OPERATOR
    row = next(row for row in match.contributions if row.kind.name == "payment.payee_key")
    assert (row.direction, row.bits, row.explained_by) == (Direction.EXPLAINED, 0.0, "shopify")


@pytest.mark.parametrize(
    "key", ["stripe account:acct_1Gq8ZKj3mN9pQrS7", "paypal business:till@cellar-records.com", "upi:cellar@ybl"]
)
def test_a_rented_shop_may_be_paid_into_its_own_account(made: SimpleNamespace, key: str) -> None:
    """A platform's own key says nothing; the account that its tenant connected to it is the tenant's."""
    tenant = {"assets.platform": ["shopify"], "payment.payee_key": [key]}
    found = made.linked(made.shop("one.example", made.whole("a"), tenant), made.shop("two.example", made.whole("b"), tenant))
    match = made.verdict(found, "one", "two")
    assert match is not None
    row = next(row for row in match.contributions if row.kind.name == "payment.payee_key")
    assert row.direction is Direction.FOR
    assert row.bits > 10


@pytest.mark.parametrize("price", ["7.77", "8.88"])
def test_a_reseller_of_the_same_goods_is_neither_copy_nor_operator(made: SimpleNamespace, price: str) -> None:
    """Names, bar codes and pictures come from the supplier, at the recommended price or another."""
    found = made.linked(
        made.shop("victim.example", made.whole("v"), made.goods("supplier", "7.77")),
        made.shop("other.example", made.whole("o"), made.goods("supplier", price)),
    )
    match = made.verdict(found, VICTIM, OTHER)
    assert match is not None
    assert match.relation not in (Relation.SAME_OPERATOR, Relation.COPY_OF)
    assert match.probability < 0.5


@pytest.mark.parametrize("price", ["7.77", "8.88"])
def test_two_resellers_on_one_theme_are_a_kit(made: SimpleNamespace, price: str) -> None:
    """90 % of 20,871 kits share 90 % of their code; with one supplier's goods on them they look like mirrors."""
    ground = made.theme("stock theme")
    shops = [
        made.shop(f"{name}.example", ground, made.goods("supplier", amount), made.words(name), made.marks(name), made.company(name))
        for name, amount in ((VICTIM, "7.77"), (OTHER, price))
    ]
    found = made.linked(*shops)
    match = made.verdict(found, VICTIM, OTHER)
    assert match is not None
    assert match.relation is Relation.SAME_KIT
    assert match.probability < 0.5


@pytest.mark.parametrize("planted", ["logo", "policy", "tracker", "certificate", "names", "all"])
def test_planted_evidence_frames_nobody(made: SimpleNamespace, planted: str) -> None:
    """Collisions of perceptual hashes can be made, ids and texts pasted: a rival must not be framed by them."""
    offered = {
        "logo": made.marks("v"),
        "policy": made.words("v"),
        "tracker": made.trackers("v"),
        "certificate": {"infrastructure.certificate": ["c" * 64], "infrastructure.address": ["198.51.100.7"]},
        "names": made.join(made.company("v"), {"links.residual_name": ["victim.example"], "links.login_host": ["victim.example"]}),
    }
    plant = made.join(*offered.values()) if planted == "all" else offered[planted]
    bundle = {"infrastructure.certificate": ["c" * 64], "infrastructure.address": ["198.51.100.7"]}
    found = made.linked(made.shop("victim.example", made.whole("v"), bundle), made.shop("other.example", made.whole("o"), plant))
    match = made.verdict(found, VICTIM, OTHER)
    assert match is None or match.relation is not Relation.SAME_OPERATOR
    assert match is None or match.probability < 0.7


def test_a_payee_in_a_marked_copy_is_for_review(made: SimpleNamespace) -> None:
    """The account may have been copied along, or planted to frame its owner."""
    page = made.join(made.theme("v", named=False), made.words("v"), made.goods("v", "7.77"), made.company("v"), made.payee("v"))
    found = made.linked(
        made.shop("victim.example", page, made.host("v")),
        made.shop("copy.example", page, made.host("c"), {"links.absolute_elsewhere": ["victim.example"]}),
    )
    match = made.verdict(found, VICTIM, "copy")
    assert match is not None
    assert match.relation is Relation.COPY_OF
    assert match.review
    assert match.probability < SAME_OPERATOR_AT
    assert "rule.lone_payee" in _kinds(match, Direction.AGAINST)
    assert "payment.merchant_id" in _kinds(match)


def test_a_payee_in_an_unmarked_copy_is_for_review_too(made: SimpleNamespace) -> None:
    page = made.join(made.theme("v", named=False), made.words("v"), made.goods("v", "7.77"), made.company("v"), made.payee("v"))
    found = made.linked(made.shop("victim.example", page, made.host("v")), made.shop("copy.example", page, made.host("c")))
    match = made.verdict(found, VICTIM, "copy")
    assert match is not None
    assert (match.relation, match.review) == (Relation.COPY_OF, True)


@pytest.mark.parametrize("kind", ["payment.merchant_id", "payment.payee_key", "payment.wallet", "payment.bank_account"])
def test_a_payee_between_two_shops_of_their_own_decides(made: SimpleNamespace, kind: str) -> None:
    """A copyist changes where the money goes; between own markup and own goods copying explains nothing."""
    account = {kind: ["an account that passes its check digits"]}
    found = made.linked(made.shop("one.example", made.whole("a"), account), made.shop("two.example", made.whole("b"), account))
    match = made.verdict(found, "one", "two")
    assert match is not None
    assert match.relation is Relation.SAME_OPERATOR
    assert match.probability >= SAME_OPERATOR_AT
    # another company is named, and that stays to be read
    assert "identity.declared_company" in _kinds(match, Direction.AGAINST)


def test_a_merchant_id_of_a_platform_decides_nothing(made: SimpleNamespace) -> None:
    """A gateway account that a platform uses for all its tenants is the platform's."""
    account = made.payee("platform")
    shops = [made.shop(f"tenant{n}.example", made.whole(f"t{n}"), account) for n in range(30)]
    found = made.linked(*shops)
    match = made.verdict(found, "tenant0", "tenant1")
    assert match is None or match.relation is not Relation.SAME_OPERATOR


def test_a_payee_copied_along_through_a_third_shop_is_explained(made: SimpleNamespace) -> None:
    """A copyist kept the payee of what he copied; that does not make him the hand behind the original's other shops."""
    page = made.join(made.theme("v", named=False), made.words("v"), made.goods("v", "7.77"), made.company("v"), made.payee("v"))
    found = made.linked(
        made.shop("victim.example", page, made.host("v")),
        made.shop("sister.example", made.whole("s"), made.payee("v")),
        made.shop("copy.example", page, made.host("c"), {"links.copied_from": ["victim.example"]}),
    )
    match = made.verdict(found, "copy", "sister")
    assert match is not None
    assert match.relation is not Relation.SAME_OPERATOR
    assert match.review
    explained = [row for row in match.contributions if row.kind.name == "payment.merchant_id"]
    assert [(row.direction, row.bits, row.explained_by) for row in explained] == [(Direction.EXPLAINED, 0.0, "victim.example")]
    own = made.verdict(found, VICTIM, "sister")
    assert own is not None
    assert own.relation is Relation.SAME_OPERATOR


def test_what_stands_behind_the_page_needs_a_second_family(made: SimpleNamespace) -> None:
    """One server software can explain cookie, error page and file tags at once."""
    behind = {
        "behaviour.error_page": ["our own error page"],
        "behaviour.etag": ["5f-4a"],
        "behaviour.cookie_and_headers": ["zq; a, b"],
    }
    alone = made.linked(made.shop("one.example", made.whole("a"), behind), made.shop("two.example", made.whole("b"), behind))
    match = made.verdict(alone, "one", "two")
    assert match is not None
    assert match.relation is Relation.FOR_REVIEW
    assert "rule.one_family" in _kinds(match, Direction.AGAINST)
    second = made.join(made.words("common"), {"identity.mail": ["one-box@elsewhere.example"]})
    shops = [made.shop(f"{name}.example", made.whole(name), behind, second) for name in ("one", "two")]
    match = made.verdict(made.linked(*shops), "one", "two")
    assert match is not None
    assert match.relation is Relation.SAME_OPERATOR


def test_kinds_that_nobody_measured_never_decide_alone(made: SimpleNamespace) -> None:
    behind = {"behaviour.etag": ["5f-4a"], "behaviour.cookie_and_headers": ["zq; a, b"]}
    text = made.words("common")
    found = made.linked(
        made.shop("one.example", made.whole("a"), behind, text), made.shop("two.example", made.whole("b"), behind, text)
    )
    match = made.verdict(found, "one", "two")
    assert match is not None
    assert match.relation is not Relation.SAME_OPERATOR
    assert match.review
    assert "rule.unmeasured" in _kinds(match, Direction.AGAINST)


def test_counter_evidence_lowers_and_never_hides(made: SimpleNamespace) -> None:
    """Another company, platform and currency is what a mirror puts on: it costs bits, and the link stays."""
    account = made.payee("one hand")
    plain = [{k: v for k, v in made.whole(name).items() if k != "identity.declared_company"} for name in ("a", "b")]
    same = made.linked(made.shop("one.example", plain[0], account), made.shop("two.example", plain[1], account))
    declared = ("identity.declared_company", "assets.platform", "catalogue.currency")
    facts = [{kind: [name] for kind in declared} for name in ("alpha", "omega")]
    differs = made.linked(
        made.shop("one.example", plain[0], account, facts[0]), made.shop("two.example", plain[1], account, facts[1])
    )
    quiet, loud = made.verdict(same, "one", "two"), made.verdict(differs, "one", "two")
    assert quiet is not None
    assert loud is not None
    assert loud.bits < quiet.bits
    assert loud.bits_against > 0
    assert _kinds(loud, Direction.AGAINST) >= set(declared)
    assert loud.relation is quiet.relation is Relation.SAME_OPERATOR


def test_gone_blank_and_parked_pages_are_not_alike(made: SimpleNamespace) -> None:
    """Pages alike because they are nothing never link: without a trace there is nothing to compare."""
    found = made.linked(made.shop("one.example"), made.shop("two.example"))
    assert made.verdict(found, "one", "two") is None


BEHIND = {"behaviour.error_page": ["the platform's error page"], "behaviour.cookie_and_headers": ["zq_session; a, b"]}


def _tenant(made: SimpleNamespace, name: str, texts: str, *more: dict[str, list[str]]):
    """A shop with a name, goods, marks and ids of its own on the platform's theme."""
    own = made.join(made.goods(name, "9.50"), made.marks(name), made.company(name), made.trackers(name), made.host(name))
    return made.shop(f"{name}.example", made.theme("platform", named=False), made.words(texts), own, *more)


def test_default_policies_and_a_cookie_of_an_unlisted_platform_join_no_strangers(made: SimpleNamespace) -> None:
    """Nobody else of the crawl is a tenant, so nobody has measured whether the words are the platform's."""
    found = made.linked(_tenant(made, "one", "default", BEHIND), _tenant(made, "two", "default", BEHIND))
    match = made.verdict(found, "one", "two")
    assert match is not None
    assert match.relation is not Relation.SAME_OPERATOR
    assert "rule.platform" in _kinds(match, Direction.AGAINST)


def test_words_that_other_tenants_do_not_have_are_their_own(made: SimpleNamespace) -> None:
    """The same traces, where two others stand on the theme with words of their own: the theme brings none along."""
    others = [_tenant(made, name, f"{name}'s own") for name in ("three", "four")]
    found = made.linked(_tenant(made, "one", "theirs", BEHIND), _tenant(made, "two", "theirs", BEHIND), *others)
    match = made.verdict(found, "one", "two")
    assert match is not None
    assert match.relation is Relation.SAME_OPERATOR


def test_own_words_on_templates_of_their_own_count(made: SimpleNamespace) -> None:
    """No kit that both stand on could have brought the words along."""
    text, path = made.words("theirs"), {"assets.picture": ["one picture"]}
    pair = [
        made.shop(f"{name}.example", made.theme(name, named=False), made.company(name), text, BEHIND, path)
        for name in ("one", "two")
    ]
    match = made.verdict(made.linked(*pair), "one", "two")
    assert match is not None
    assert match.relation is Relation.SAME_OPERATOR


@pytest.mark.parametrize("families", [1, 3])
def test_default_texts_known_to_the_reference_are_explained(made: SimpleNamespace, families: int) -> None:
    values = [(kind, value) for kind, several in made.words("default").items() for value in several]
    reference = made.Counted(defaults=frozenset(values), families=dict.fromkeys(values, "generator") if families == 1 else {})
    others = [_tenant(made, name, f"{name}'s own") for name in ("three", "four")]
    found = made.linked(
        _tenant(made, "one", "default", BEHIND), _tenant(made, "two", "default", BEHIND), *others, reference=reference
    )
    match = made.verdict(found, "one", "two")
    assert match is not None
    assert match.relation is not Relation.SAME_OPERATOR
    told = {row.explained_by for row in match.contributions if row.kind.name == "policy.sentence"}
    assert told == {"generator" if families == 1 else "several public packages"}
