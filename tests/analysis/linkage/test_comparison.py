"""Two storefronts kind by kind: weighed, explained, differing, or nothing to compare."""

from __future__ import annotations

from collections.abc import Callable
from math import log2
from types import SimpleNamespace

import pytest

from analysis.evidence import Mode, Trace
from analysis.fingerprints.registry import KINDS
from analysis.linkage.bags import Bags
from analysis.linkage.comparison import SHOWN_VALUES, Contribution, Direction, compare
from analysis.linkage.corpus import Profile, profile
from analysis.linkage.model import MODEL
from analysis.linkage.rarity import Rarity, carriers_of

Compared = Callable[..., dict[str, list[Contribution]]]


@pytest.fixture
def compared(made: SimpleNamespace) -> Compared:
    """compared(a, b, *others) -> contributions of the first two, by kind."""

    def run(
        *shops: Profile, ancestors: frozenset[str] = frozenset(), families: dict[tuple[str, str], str] | None = None
    ) -> dict[str, list[Contribution]]:
        groups = {row.site: number for number, row in enumerate(shops)}
        carriers = carriers_of({row.site: row.traces for row in shops})
        bag_kinds = {
            name: {row.site: list(row.values(name)) for row in shops if row.values(name)}
            for name, kind in KINDS.items()
            if kind.mode is Mode.BAG and any(row.values(name) for row in shops)
        }
        rarity = Rarity(carriers, groups, groups, {}, made.Counted(families=families or {}))
        found: dict[str, list[Contribution]] = {}
        for row in compare(shops[0], shops[1], KINDS, MODEL, rarity, Bags(bag_kinds, groups, made.Counted()), ancestors):
            found.setdefault(row.kind.name, []).append(row)
        return found

    return run


def strangers(made: SimpleNamespace, count: int = 20) -> list[Profile]:
    return made.strangers(count)


def test_nothing_to_compare_gives_no_contribution(made: SimpleNamespace, compared: Compared) -> None:
    assert compared(made.shop("a.example", made.payee("x")), made.shop("b.example", made.words("y"))) == {}


def test_a_value_weighs_m_over_u_up_to_its_cap(made: SimpleNamespace, compared: Compared) -> None:
    values = {"policy.quirk": ["slip"], "payment.merchant_id": ["x"]}
    found = compared(made.shop("a.example", values), made.shop("b.example", values), *strangers(made))
    (quirk,), (payee,) = found["policy.quirk"], found["payment.merchant_id"]
    row = MODEL["policy.quirk"]
    assert quirk.bits == pytest.approx(min(log2(row.m / row.floor), row.cap))
    assert payee.bits == pytest.approx(MODEL["payment.merchant_id"].cap)
    assert payee.direction is Direction.FOR


def test_a_value_that_many_groups_carry_loses_its_bits(made: SimpleNamespace, compared: Compared) -> None:
    value = {"identifiers.google_analytics": ["UA-1-1"]}
    bits = []
    for holders in (0, 1, 3, 10):
        others = [made.shop(f"other{n}.example", value if n < holders else made.payee(str(n))) for n in range(20)]
        (row,) = compared(made.shop("a.example", value), made.shop("b.example", value), *others)["identifiers.google_analytics"]
        bits.append(row.bits)
    assert bits == sorted(bits, reverse=True)
    assert bits[0] > 3
    assert bits[1] < bits[0] / 1.9
    assert bits[3] == 0
    assert row.direction is Direction.EXPLAINED
    assert "explained by" in row.sentence


def test_what_a_third_shop_that_both_descend_from_has_is_explained(made: SimpleNamespace, compared: Compared) -> None:
    value = {"identity.mail": ["office@victim.example"]}
    shops = [made.shop(f"{name}.example", value) for name in ("a", "b", "victim")]
    (plain,) = compared(*shops, *strangers(made))["identity.mail"]
    (told,) = compared(*shops, *strangers(made), ancestors=frozenset({"victim.example"}))["identity.mail"]
    assert plain.direction is Direction.FOR
    assert (told.direction, told.bits, told.explained_by) == (Direction.EXPLAINED, 0.0, "victim.example")
    assert told.raw == plain.raw


def test_what_a_theme_ships_is_explained_by_its_name(made: SimpleNamespace, compared: Compared) -> None:
    value = {"layout.block": ["demo block"]}
    shops = [made.shop("a.example", value), made.shop("b.example", value), *strangers(made)]
    (row,) = compared(*shops, families={("layout.block", "demo block"): "stock theme"})["layout.block"]
    assert (row.direction, row.bits, row.raw, row.explained_by) == (Direction.EXPLAINED, 0.0, 0.0, "stock theme")
    assert "explained by stock theme" in row.sentence
    (own,) = compared(*shops)["layout.block"]
    assert own.bits > 0


def test_further_values_of_a_kind_weigh_less_and_the_rest_is_counted(made: SimpleNamespace, compared: Compared) -> None:
    values = {"policy.sentence": [f"sentence {n}" for n in range(12)]}
    rows = compared(made.shop("a.example", values), made.shop("b.example", values), *strangers(made))["policy.sentence"]
    assert len(rows) == SHOWN_VALUES
    assert [row.bits for row in rows] == sorted((row.bits for row in rows), reverse=True)
    assert sum(row.bits for row in rows) <= MODEL["policy.sentence"].cap + 1e-9
    assert "and 7 more of this kind" in rows[-1].sentence


def test_one_shared_file_of_forty_is_not_the_forty(made: SimpleNamespace, compared: Compared) -> None:
    def files(name: str, count: int) -> dict[str, list[str]]:
        return {"assets.picture": ["common", *(f"{name} {n}" for n in range(count))]}

    few = compared(made.shop("a.example", files("a", 1)), made.shop("b.example", files("b", 1)), *strangers(made))
    many = compared(made.shop("a.example", files("a", 40)), made.shop("b.example", files("b", 40)), *strangers(made))
    assert 0 < many["assets.picture"][0].bits < few["assets.picture"][0].bits / 5


def test_a_bag_says_how_alike_and_how_much_is_their_own(made: SimpleNamespace, compared: Compared) -> None:
    found = compared(made.shop("a.example", made.words("w")), made.shop("b.example", made.words("w")), *strangers(made))
    (row,) = found["policy.shingle"]
    assert row.overlap == pytest.approx(1.0)
    assert row.bits == MODEL["policy.shingle"].cap
    assert "200 of 200" in row.sentence
    fellows = [made.shop(f"fellow{n}.example", made.words("w")) for n in range(10)]
    (row,) = compared(made.shop("a.example", made.words("w")), made.shop("b.example", made.words("w")), *fellows)["policy.shingle"]
    assert (row.direction, row.bits) == (Direction.EXPLAINED, 0.0)
    assert "others have them too" in row.sentence


@pytest.mark.parametrize(("ratio", "words"), [(1.0, "the same price"), (1.35, "1.35 times as high")])
def test_a_price_list_at_one_ratio_is_one_list(made: SimpleNamespace, compared: Compared, ratio: float, words: str) -> None:
    lists = [{"catalogue.price": [f"sku {n}={(n + 3) * factor}" for n in range(20)]} for factor in (1.0, ratio)]
    (row,) = compared(made.shop("a.example", lists[0]), made.shop("b.example", lists[1]))["catalogue.price"]
    assert row.bits == MODEL["catalogue.price"].cap
    assert words in row.sentence


def test_prices_of_their_own_say_nothing(made: SimpleNamespace, compared: Compared) -> None:
    lists = [{"catalogue.price": [f"sku {n}={3 + n * step % 17}" for n in range(20)]} for step in (5, 11)]
    assert "catalogue.price" not in compared(made.shop("a.example", lists[0]), made.shop("b.example", lists[1]))


def test_a_declared_fact_counts_only_against(made: SimpleNamespace, compared: Compared) -> None:
    def company(name: str) -> Profile:
        return made.shop(f"{name.split()[0].lower()}.example", {"identity.declared_company": [name]})

    (row,) = compared(company("Mediaworks"), company("Regional Trade"))["identity.declared_company"]
    assert row.direction is Direction.AGAINST
    assert row.bits == -MODEL["identity.declared_company"].against
    assert "“Mediaworks” and “Regional Trade”" in row.sentence
    # two spellings of one name, and one name with its legal form
    assert compared(company("Mediaworks"), company("MEDIAWORKS Ltd")) == {}


def test_a_name_speaks_about_the_pair_that_it_names(made: SimpleNamespace, compared: Compared) -> None:
    names = {"links.copied_from": ["b.example", "elsewhere.example"]}
    (row,) = compared(made.shop("a.example", names), made.shop("b.example"))["links.copied_from"]
    assert (row.value, row.b) == ("b.example", None)
    assert row.a is not None
    assert row.sentence.startswith("a.example names b.example")
    assert compared(made.shop("a.example", names), made.shop("c.example")) == {}


def test_the_same_file_brings_its_document_along(made: SimpleNamespace, compared: Compared) -> None:
    def picture(site: str, digest: str) -> Profile:
        return profile(site, False, [Trace("imagery.document_id", "uuid:1", f"https://{site}/a.png", digest)])

    (same,) = compared(picture("a.example", "e" * 64), picture("b.example", "e" * 64), *strangers(made))["imagery.document_id"]
    (other,) = compared(picture("a.example", "e" * 64), picture("b.example", "f" * 64), *strangers(made))["imagery.document_id"]
    assert (same.direction, same.explained_by) == (Direction.EXPLAINED, "the same file")
    assert other.bits == MODEL["imagery.document_id"].cap
