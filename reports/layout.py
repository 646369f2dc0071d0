"""Where everything is drawn: groups as discs, groups that are linked near one another, strangers in rows below.

Everything is deterministic: the same nodes, groups and links have the same places. Units are those of the page at its natural
zoom, one unit a CSS pixel; y grows upwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

__all__ = ["NODE_RADIUS", "Disc", "lay_out"]

NODE_RADIUS = 17.0
_SPACING = 172.0  # between neighbours in a group: room for a name under each
_MARGIN = 70.0  # from the outermost node of a group to its rim, its name included
_ALONE = 62.0  # radius kept free around a node that is in no group
_GAP = 40.0  # between groups
_SPRING_LIMIT = 320  # discs a component may have before the quadratic layout is given up for a spiral
_GOLDEN = math.pi * (3 - math.sqrt(5))

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Disc:
    """What is placed as one: its members, each at an offset from the middle, and its radius."""

    members: tuple[str, ...]
    offsets: tuple[Point, ...]
    radius: float


def lay_out(groups: Sequence[Sequence[str]], links: Iterable[tuple[str, str, float]], aspect: float = 1.55) -> dict[str, Point]:
    """A place for every node of every group.

    A group of one is a node by itself; links pull by their weight (> 0); ``aspect`` is how wide the whole is wanted for its height.
    """
    discs = [_disc(group) for group in groups]
    of = {member: n for n, disc in enumerate(discs) for member in disc.members}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(discs)))
    for a, b, weight in links:
        m, n = of[a], of[b]
        if m != n:
            graph.add_edge(m, n, weight=graph.get_edge_data(m, n, {"weight": 0.0})["weight"] + weight)
    linked: list[list[int]] = []
    alone: list[list[int]] = []
    for part in nx.connected_components(graph):
        (linked if len(part) > 1 or len(discs[min(part)].members) > 1 else alone).append(sorted(part))
    blocks = [_component(graph, discs, part) for part in sorted(linked, key=lambda part: (-_weight(discs, part), part))]
    middles = _rows(blocks, aspect)
    bottom = min((y - _half(discs[n])[1] for n, (_, y) in middles.items()), default=0.0)
    middles.update(_grid(sorted(part[0] for part in alone), _width(middles, discs), bottom, aspect))
    return {
        member: (round(middles[n][0] + dx, 1), round(middles[n][1] + dy, 1))
        for n, disc in enumerate(discs)
        for member, (dx, dy) in zip(disc.members, disc.offsets, strict=True)
    }


def _disc(group: Sequence[str]) -> Disc:
    members = tuple(group)
    many = len(members)
    if many == 1:
        return Disc(members, ((0.0, 0.0),), _ALONE)
    if many <= 8:
        ring = max(_SPACING / (2 * math.sin(math.pi / many)), _SPACING * 0.5)
        turn = 0.0 if many == 2 else math.pi / 2 if many % 2 else math.pi / 2 + math.pi / many
        offsets = tuple(
            (ring * math.cos(turn + 2 * math.pi * n / many), ring * math.sin(turn + 2 * math.pi * n / many)) for n in range(many)
        )
        return Disc(members, offsets, ring + _MARGIN)
    step = _SPACING * 0.62
    spiral = tuple((step * math.sqrt(n) * math.cos(n * _GOLDEN), step * math.sqrt(n) * math.sin(n * _GOLDEN)) for n in range(many))
    return Disc(members, spiral, step * math.sqrt(many) + _MARGIN)


def _weight(discs: Sequence[Disc], part: Sequence[int]) -> float:
    return sum(discs[n].radius ** 2 for n in part)


def _component(graph: nx.Graph[int], discs: Sequence[Disc], part: list[int]) -> dict[int, Box]:
    """Middles and half extents of the linked discs of one component, around the origin."""
    radii = np.array([discs[n].radius for n in part])
    if len(part) == 1:
        middles = np.zeros((1, 2))
    elif len(part) <= _SPRING_LIMIT:
        ring = {n: (math.cos(2 * math.pi * k / len(part)), math.sin(2 * math.pi * k / len(part))) for k, n in enumerate(part)}
        found = nx.spring_layout(graph.subgraph(part), pos=ring, seed=7, iterations=120, method="force")
        middles = np.array([found[n] for n in part])
        middles = _apart(middles * float(np.sqrt((radii**2).sum())) * 1.1, radii)
    else:
        order = sorted(range(len(part)), key=lambda k: (-radii[k], part[k]))
        middles = np.zeros((len(part), 2))
        area = 0.0
        for rank, k in enumerate(order):
            # neighbours on a sunflower of step c lie at least 1.6 c apart
            far = math.sqrt(area)
            middles[k] = far * math.cos(rank * _GOLDEN), far * math.sin(rank * _GOLDEN)
            area += ((2 * radii[k] + _GAP) / 1.6) ** 2
    return {n: (float(x), float(y), *_half(discs[n])) for n, (x, y) in zip(part, middles, strict=True)}


def _half(disc: Disc) -> Point:
    if len(disc.members) == 1:
        return disc.radius, disc.radius
    return max(abs(x) for x, _ in disc.offsets) + _MARGIN, max(abs(y) for _, y in disc.offsets) + _MARGIN


def _apart(middles: Points, radii: Points) -> Points:
    """Pull everything together, then push overlapping discs apart until none overlap (or 300 rounds are over)."""
    wide = radii[:, None] + radii[None, :] + _GAP
    np.fill_diagonal(wide, 0.0)
    for turn in range(300):
        if turn < 200:
            middles = middles - (middles - middles.mean(axis=0)) * 0.02
        between = middles[:, None, :] - middles[None, :, :]
        far = np.sqrt((between**2).sum(axis=2))
        short = np.clip(wide - far, 0.0, None)
        if turn >= 200 and float(short.max()) < 1.0:
            break
        away = between / np.maximum(far, 1e-6)[:, :, None]
        middles = middles + (away * short[:, :, None]).sum(axis=1) * 0.45
    centred: Points = middles - middles.mean(axis=0)
    return centred


def _rows(blocks: Sequence[Mapping[int, Box]], aspect: float) -> dict[int, Point]:
    """Blocks in rows from the top, the largest first, as wide as makes the whole ``aspect`` times as wide as high."""
    boxes = []
    for block in blocks:
        left = min(x - w for x, _, w, _ in block.values())
        right = max(x + w for x, _, w, _ in block.values())
        low = min(y - h for _, y, _, h in block.values())
        high = max(y + h for _, y, _, h in block.values())
        boxes.append((left, low, right - left + _GAP, high - low + _GAP))
    area = sum(width * height for _, _, width, height in boxes)
    limit = max(math.sqrt(area * aspect), max((box[2] for box in boxes), default=0.0)) * 1.05
    middles: dict[int, Point] = {}
    x, top, tallest = 0.0, 0.0, 0.0
    for block, (left, low, width, height) in zip(blocks, boxes, strict=True):
        if x and x + width > limit:
            x, top, tallest = 0.0, top - tallest, 0.0
        for n, (mx, my, _, _) in block.items():
            middles[n] = (x + mx - left, top - height + my - low)
        x += width
        tallest = max(tallest, height)
    return middles


def _width(middles: Mapping[int, Point], discs: Sequence[Disc]) -> float:
    return max((x + discs[n].radius for n, (x, _) in middles.items()), default=0.0)


def _grid(alone: Sequence[int], width: float, top: float, aspect: float) -> dict[int, Point]:
    cell = _SPACING
    columns = max(int(width // cell), math.ceil(math.sqrt(len(alone) * aspect)), 1)
    return {n: ((k % columns + 0.5) * cell, top - _GAP - (k // columns + 0.5) * cell * 0.8) for k, n in enumerate(alone)}
