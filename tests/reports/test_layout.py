"""Places are the same for the same input, groups keep together, and nothing lies on anything else."""

from __future__ import annotations

import math

from reports.layout import NODE_RADIUS, lay_out

GROUPS = [[f"a{n}" for n in range(4)], [f"b{n}" for n in range(20)], ["c0", "c1"], ["d"], ["e"], ["f"]]
LINKS = [("a0", "d", 1.0), ("b3", "c1", 2.0), ("a1", "b1", 0.4)]


def closest(places: dict[str, tuple[float, float]]) -> float:
    points = list(places.values())
    return min(math.dist(p, q) for n, p in enumerate(points) for q in points[:n])


def test_equal_input_has_equal_places() -> None:
    assert lay_out(GROUPS, LINKS) == lay_out(GROUPS, LINKS)


def test_nodes_never_touch() -> None:
    assert closest(lay_out(GROUPS, LINKS)) > 2 * NODE_RADIUS + 10


def test_a_group_keeps_to_itself() -> None:
    places = lay_out(GROUPS, LINKS)
    middle = [sum(places[name][k] for name in GROUPS[0]) / 4 for k in (0, 1)]
    rim = max(math.dist(middle, places[name]) for name in GROUPS[0])
    assert all(math.dist(middle, place) > rim for name, place in places.items() if name not in GROUPS[0])


def test_linked_groups_lie_nearer_than_strangers() -> None:
    places = lay_out(GROUPS, LINKS)
    assert math.dist(places["a0"], places["d"]) < min(math.dist(places["a0"], places[name]) for name in ("e", "f"))


def test_nothing_to_draw_is_no_error() -> None:
    assert lay_out([], []) == {}


def test_a_component_of_a_thousand_groups_is_laid_out_apart() -> None:
    groups = [[f"n{k}"] for k in range(1000)]
    places = lay_out(groups, [(f"n{k}", f"n{k + 1}", 1.0) for k in range(999)])
    assert closest(places) > 2 * NODE_RADIUS
