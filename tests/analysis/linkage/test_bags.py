"""Bags: weighted overlap, what is shared with everybody, and samples of very large bags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.linkage.bags import BAG_FULL, Bags


class _Unmeasured:
    def share(self, kind: str, value: str) -> float | None:  # noqa: ARG002
        return None

    def family(self, kind: str, value: str) -> str | None:  # noqa: ARG002
        return None

    def ships(self, kind: str, value: str) -> bool:  # noqa: ARG002
        return False


class _Stock(_Unmeasured):
    """Knows that every value beginning with "stock" is in nine shops of ten."""

    def share(self, kind: str, value: str) -> float | None:  # noqa: ARG002
        return 0.9 if value.startswith("stock") else 0.0


def bags(**sites: list[str]) -> Bags:
    return Bags({"k": sites}, {site: number for number, site in enumerate(sorted(sites))}, _Unmeasured())


def strangers(count: int = 10) -> dict[str, list[str]]:
    return {f"stranger{n}": [f"{n} {m}" for m in range(20)] for n in range(count)}


OWN = [f"own {number}" for number in range(20)]


def test_nothing_to_compare_is_none() -> None:
    made = bags(a=OWN, **strangers())
    assert made.overlap("k", "a", "b") is None
    assert made.overlap("other", "a", "stranger1") is None


def test_equal_and_rare_is_all_their_own() -> None:
    found = bags(a=OWN, b=OWN, **strangers()).overlap("k", "a", "b")
    assert found is not None
    assert (found.shared, found.smaller, found.own) == (20, 20, 20)
    assert found.alike == pytest.approx(1.0)
    assert found.derived == pytest.approx(1.0)
    assert found.best in OWN


def test_nothing_shared_is_nothing_alike() -> None:
    found = bags(a=OWN, **strangers()).overlap("k", "a", "stranger0")
    assert found is not None
    assert (found.shared, found.alike, found.derived, found.best) == (0, 0.0, 0.0, "")


def test_what_a_themes_following_has_is_alike_and_nobodys_own() -> None:
    following = {f"fellow{n}": [*OWN, f"extra {n}"] for n in range(8)}
    found = bags(a=OWN, b=OWN, **following).overlap("k", "a", "b")
    assert found is not None
    assert found.alike == pytest.approx(1.0)
    assert (found.own, found.derived) == (0, 0.0)


def test_what_the_reference_knows_is_nobodys_own() -> None:
    stock = [f"stock {number}" for number in range(20)]
    sites = {"a": stock, "b": stock, **strangers()}
    found = Bags({"k": sites}, {site: number for number, site in enumerate(sorted(sites))}, _Stock()).overlap("k", "a", "b")
    assert found is not None
    assert (found.own, found.derived) == (0, 0.0)


def test_a_third_copy_of_the_source_halves_what_is_their_own() -> None:
    two = bags(a=OWN, b=OWN, **strangers()).overlap("k", "a", "b")
    three = bags(a=OWN, b=OWN, c=OWN, **strangers()).overlap("k", "a", "b")
    assert two is not None
    assert three is not None
    assert three.derived == pytest.approx(two.derived / 2)


def test_a_sibling_of_one_group_takes_nothing_away() -> None:
    sites = {"a": OWN, "b": OWN, "c": OWN, **strangers()}
    groups = {site: 0 if site in "abc" else number for number, site in enumerate(sorted(sites), 1)}
    found = Bags({"k": sites}, groups, _Unmeasured()).overlap("k", "a", "b")
    assert found is not None
    assert found.derived == pytest.approx(1.0)


def test_one_more_section_does_not_make_two_pages_strangers() -> None:
    found = bags(a=OWN, b=[*OWN, *(f"section {n}" for n in range(5))], **strangers()).overlap("k", "a", "b")
    assert found is not None
    assert 0.8 < found.alike < 1.0


def test_a_tiny_page_is_not_equal_to_everything() -> None:
    found = bags(a=OWN[:2], b=[*OWN, *(f"more {n}" for n in range(200))], **strangers()).overlap("k", "a", "b")
    assert found is not None
    assert found.alike < 0.6


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_overlap_is_a_share_and_the_same_both_ways(a: set[int], b: set[int], c: set[int]) -> None:
    made = bags(a=[f"{n:02}" for n in a], b=[f"{n:02}" for n in b], c=[f"{n:02}" for n in c], **strangers(4))
    one, two = made.overlap("k", "a", "b"), made.overlap("k", "b", "a")
    assert one is not None
    assert two is not None
    assert (one.shared, one.own, one.best) == (two.shared, two.own, two.best)
    assert (one.alike, one.derived) == pytest.approx((two.alike, two.derived))
    assert one.shared == len(a & b)
    assert 0 <= one.derived <= 1 + 1e-9
    assert 0 <= one.alike <= 1 + 1e-9
    assert one.own <= one.shared


def test_equal_bags_are_wholly_alike() -> None:
    """Not all but a rounding error: reasons of equal likeness are told in order of their kinds, whoever carries what."""
    for size in range(5, 120):
        same = [f"{number:03}" for number in range(size)]
        others = {f"other{n}": same[: n * size // 7] or same[:1] for n in range(7)}
        found = bags(a=same, b=same, **others).overlap("k", "a", "b")
        assert found is not None
        assert found.alike == 1.0


@given(st.lists(st.sets(st.integers(0, 700), min_size=1), min_size=2, max_size=5), st.integers(0, 4))
def test_who_is_compared_beside_changes_nothing(drawn: list[set[int]], grouped: int) -> None:
    sites = {f"s{n}": sorted(f"{value:03}" for value in values) for n, values in enumerate(drawn)}
    sites["s0"] = [f"{value:03}" for value in range(700)][:BAG_FULL]
    groups = {site: max(number, grouped) for number, site in enumerate(sites)}
    made = Bags({"k": sites, "l": {"s0": ["x"], "s1": ["x"]}}, groups, _Themes())
    others = [site for site in sites if site != "s0"]
    together = made.overlaps("s0", others)
    assert [found["k"] for found in together] == [made.overlap("k", "s0", site) for site in others]
    assert [site for site, found in zip(others, together, strict=True) if "l" in found] == ["s1"]
    alike = [found["k"].alike for found in together]
    few = made.overlaps("s0", others, smaller=3, alike=0.3)
    wanted = [found["k"].smaller >= 3 and share >= 0.3 for found, share in zip(together, alike, strict=True)]
    assert ["k" in found for found in few] == wanted


def test_the_smallest_hashes_of_two_large_bags_stand_for_the_whole() -> None:
    """Half of two huge bags is common; each is kept as its BAG_FULL smallest hashes, and the sample must say half too."""
    half = [f"{number * 2654435761 % 2**32:08x}" for number in range(3000)]
    rests = [[f"{number * 2246822519 % 2**32:08x}" for number in range(start, start + 3000)] for start in (10_000, 20_000)]
    samples = [sorted({*half, *rest})[:BAG_FULL] for rest in rests]
    found = bags(a=samples[0], b=samples[1], **strangers()).overlap("k", "a", "b")
    assert found is not None
    assert found.shared / found.smaller == pytest.approx(0.5, abs=0.08)
    # Jaccard is a third, containment a half: their mean
    assert found.alike == pytest.approx(5 / 12, abs=0.08)


class _Defaults(_Unmeasured):
    """Knows every value beginning with "default" from a package, and how common none of them is."""

    def ships(self, kind: str, value: str) -> bool:  # noqa: ARG002
        return value.startswith("default")


def test_default_texts_are_alike_and_nobodys_own() -> None:
    """Two shops that filled in one generator's policy wrote nothing together, however few others use it."""
    told = [f"default {number}" for number in range(20)]
    sites = {"a": [*told, "mine"], "b": [*told, "yours"], "c": ["other"], "d": ["another"]}
    groups = {site: number for number, site in enumerate(sorted(sites))}
    shipped = Bags({"k": sites}, groups, _Defaults()).overlap("k", "a", "b")
    written = Bags({"k": sites}, groups, _Unmeasured()).overlap("k", "a", "b")
    assert shipped is not None
    assert written is not None
    assert (shipped.derived, shipped.own) == (0.0, 0)
    assert shipped.alike == written.alike
    assert written.derived > 0.5


class _Themes(_Unmeasured):
    """Knows every value beginning with a theme's name as that theme's alone, on one shop of five hundred."""

    def share(self, kind: str, value: str) -> float | None:  # noqa: ARG002
        return 0.002 if value.startswith("theme") else 0.0

    def family(self, kind: str, value: str) -> str | None:  # noqa: ARG002
        return value.split()[0] if value.startswith("theme") else None


@pytest.mark.parametrize(("shipped", "own"), [(3, True), (40, False)])
def test_what_a_theme_ships_is_certain_where_both_stand_on_it(shipped: int, own: bool) -> None:
    """Forty names of one theme on both are the theme; three that it alone ships may be chance, and stay as rare as they are."""
    both = [f"theme-a {number}" for number in range(shipped)]
    sites = {"a": [*both, "theme-b 1", "mine"], "b": [*both, "theme-b 1", "yours"], "c": ["other"], "d": ["another"]}
    groups = {site: number for number, site in enumerate(sorted(sites))}
    found = Bags({"k": sites}, groups, _Themes()).overlap("k", "a", "b")
    assert found is not None
    assert found.shared == shipped + 1
    assert found.own == (shipped + 1 if own else 1)
    assert found.alike > 0.4
