"""How rare a value is: floor, reference, groups of the crawl, fellows on a theme."""

from __future__ import annotations

import random
from types import SimpleNamespace

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from analysis.linkage.rarity import Rarity, carriers_of, group_sites

SITES = [f"s{number}" for number in range(12)]
ALONE = {site: number for number, site in enumerate(SITES)}


def rarity(made: SimpleNamespace, carriers: list[str], **parts: object) -> Rarity:
    groups = parts.get("groups", ALONE)
    return Rarity(
        {("k.v", "x"): frozenset(carriers)},
        groups,
        parts.get("sources", groups),
        parts.get("themes", {}),
        made.Counted(parts.get("shares", {})),
    )


def test_a_value_that_nobody_else_has_weighs_its_floor(made: SimpleNamespace) -> None:
    share = rarity(made, ["s0", "s1"]).share("k.v", "x", 0.001, "s0", "s1")
    assert (share.u, share.source, share.others) == (0.001, "floor", 0)


def test_the_reference_speaks_where_it_knows_more(made: SimpleNamespace) -> None:
    found = rarity(made, ["s0", "s1"], shares={("k.v", "x"): 0.2, ("k.v", "y"): 1e-5})
    assert found.share("k.v", "x", 0.001, "s0", "s1").source == "reference"
    assert found.share("k.v", "x", 0.001, "s0", "s1").u == 0.2
    assert found.share("k.v", "y", 0.001, "s0", "s1").source == "floor"
    assert found.share("k.w", "x", 0.001, "s0", "s1").source == "floor"


def test_other_groups_make_a_value_common(made: SimpleNamespace) -> None:
    share = rarity(made, SITES[:6]).share("k.v", "x", 0.001, "s0", "s1")
    assert (share.u, share.source, share.others) == (4 / 10, "crawl", 4)


def test_an_operators_ten_mirrors_are_one_piece_of_news(made: SimpleNamespace) -> None:
    """The siblings of the two shops are no strangers, and other siblings count once."""
    groups = {site: 0 if number < 6 else number for number, site in enumerate(SITES)}
    found = rarity(made, SITES[:6], groups=groups)
    assert found.share("k.v", "x", 0.001, "s0", "s1").others == 0
    assert found.share("k.v", "x", 0.001, "s0", "s7").others == 0
    assert found.share("k.v", "x", 0.001, "s7", "s8").others == 1


def test_a_family_of_copies_counts_once_only_for_what_somebody_wrote(made: SimpleNamespace) -> None:
    sources = {site: 0 if number < 4 else number for number, site in enumerate(SITES)}
    found = rarity(made, SITES[:5], sources=sources)
    assert found.share("k.v", "x", 0.001, "s0", "s1", by_source=True).others == 1
    assert found.share("k.v", "x", 0.001, "s0", "s1").others == 3


def test_what_the_fellows_on_a_theme_have_is_the_themes(made: SimpleNamespace) -> None:
    themes = {site: frozenset(SITES[:5]) for site in SITES[:5]}
    found = rarity(made, SITES[:5], themes=themes)
    by_theme = found.share("k.v", "x", 0.001, "s0", "s1", by_theme=True)
    assert (by_theme.u, by_theme.source) == (1.0, "theme")
    assert found.share("k.v", "x", 0.001, "s0", "s1").u == 3 / 10
    assert found.share("k.v", "x", 0.001, "s0", "s7", by_theme=True).source == "crawl"


def test_an_ancestor_carries_the_value_and_is_of_another_group(made: SimpleNamespace) -> None:
    found = rarity(made, ["s0", "s1", "s2", "s3", "s4"], groups={**ALONE, "s2": 0})
    assert found.first_among(found.bits(["s0", "s2", "s4", "s3", "s5"]), "k.v", "x", "s0", "s1") == "s3"
    assert found.first_among(found.bits(["s0", "s2", "s5"]), "k.v", "x", "s0", "s1") == ""
    assert found.first_among(found.bits(SITES), "k.v", "unseen", "s0", "s1") == ""


def test_groups_beside_a_pair_are_counted_once(made: SimpleNamespace) -> None:
    found = rarity(made, [], groups={site: number // 3 for number, site in enumerate(SITES)})
    assert found.groups_beside(found.bits(["s0", "s2", "s3", "s4", "s9"]), "s0", "s1") == 2
    assert found.groups_beside(found.bits(["s0", "s2"]), "s0", "s1") == 0


def test_fellows_are_on_the_theme_of_both(made: SimpleNamespace) -> None:
    themes = {"s0": frozenset(SITES[:4]), "s1": frozenset(SITES[1:6]), "s2": frozenset({"s2"})}
    found = rarity(made, [], themes=themes)
    assert found.fellows("s0", "s1") == found.bits(SITES[1:4])
    assert found.fellows("s0", "s9") == 0
    assert found.is_fellow("s0", "s1")
    assert not found.is_fellow("s2", "s0")


@given(st.sets(st.integers(2, 11)), st.floats(1e-6, 0.5))
def test_a_share_is_never_below_the_floor_and_never_above_one(carriers: set[int], floor: float) -> None:
    found = Rarity({("k.v", "x"): frozenset(SITES[n] for n in carriers)}, ALONE, ALONE, {}, _Nothing())
    share = found.share("k.v", "x", floor, "s0", "s1")
    assert floor <= share.u <= 1
    assert share.others == len(carriers)


class _Nothing:
    def share(self, kind: str, value: str) -> float | None:  # noqa: ARG002
        return None

    def family(self, kind: str, value: str) -> str | None:  # noqa: ARG002
        return None

    def ships(self, kind: str, value: str) -> bool:  # noqa: ARG002
        return False


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11))), st.randoms())
def test_groups_are_connected_components_in_any_order(pairs: list[tuple[int, int]], rng: random.Random) -> None:
    named = [(SITES[a], SITES[b]) for a, b in pairs]
    found = group_sites(SITES, named)
    graph = nx.Graph(named)
    graph.add_nodes_from(SITES)
    groups: dict[int, set[str]] = {}
    for site, number in found.items():
        groups.setdefault(number, set()).add(site)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, nx.connected_components(graph)))
    rng.shuffle(named)
    assert group_sites(reversed(SITES), named) == found


def test_carriers_are_the_table_turned_round() -> None:
    found = carriers_of({"a": {"k": ["1", "2"]}, "b": {"k": ["2"], "l": ["2"]}})
    assert found == {("k", "1"): frozenset("a"), ("k", "2"): frozenset("ab"), ("l", "2"): frozenset("b")}
    assert carriers_of({"a": {"k": ["1", "2"]}, "b": {"k": ["2"], "l": ["2"]}}, 2) == {("k", "2"): frozenset("ab")}
