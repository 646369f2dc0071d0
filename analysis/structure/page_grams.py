"""Which elements stand in and beside which: paths and pq-grams of a page's tree, counted in one walk along its labels.

The walk goes from state to state. A state is a place in the tree (the element, what is around it) and the last children seen
there, and knows what it adds to the counts; the step from a state by a label is worked out once a process. So a page costs two
look-ups an element, and then one addition for each of the few hundred different states that it was in.

Grams follow Augsten, Böhlen and Gamper, "Approximate matching of hierarchical data using pq-grams" (VLDB 2005), with
p,q = 1,2 and 2,3: an element, for 2,3 with its parent, and each run of 2 or 3 neighbours among its children, ``*`` where
there is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from analysis.structure.outlines import CLOSE, UNCOUNTED, WRAPPERS

__all__ = ["PATH_TAGS", "Grams", "grams_of"]

#: The innermost elements of a path that are told, wrappers left out.
PATH_TAGS = 7
#: States that one process remembers; then it forgets them all and begins anew.
_KNOWN_STATES = 20_000
_NOTHING = "*"


class Grams(NamedTuple):
    """How often a page has each path, 1,2-gram and 2,3-gram, each as text."""

    paths: dict[str, int]
    pq12: dict[str, int]
    pq23: dict[str, int]


class _Place(NamedTuple):
    """An element: the names of ``path`` down to it, its parent's name, its own."""

    path: tuple[str, ...]
    parent: str
    name: str


class _Gain:
    """What a step adds: a path or none, 1,2-grams, 2,3-grams. Each state has its own: they are told apart by identity."""

    __slots__ = ("path", "pq12", "pq23")

    def __init__(self, path: str, pq12: tuple[str, ...], pq23: tuple[str, ...]) -> None:
        self.path = path
        self.pq12 = pq12
        self.pq23 = pq23


class _State(dict[str, "_State"]):
    """In the element ``place``, behind the children of which ``last`` are the last three; holds the steps known from here.

    ``inside`` is where the walk goes on in the last child, None where nothing can be in it. ``entering`` is what the step to
    that child adds, ``leaving`` what the end of the element adds.
    """

    __slots__ = ("entering", "inside", "last", "leaving", "place")

    def __init__(self, place: _Place, last: tuple[str, str, str], leaving: _Gain) -> None:
        super().__init__()
        self.place = place
        self.last = last
        self.leaving = leaving
        self.entering = leaving
        self.inside: _State | None = None

    def __missing__(self, label: str) -> _State:
        self[label] = step = self if label == UNCOUNTED else _KNOWN.behind(self, label)
        return step


class _States:
    """The states met so far."""

    def __init__(self) -> None:
        self._known: dict[tuple[_Place, tuple[str, str, str], bool], _State] = {}
        self.root = _State(_Place((), "", _NOTHING), (_NOTHING,) * 3, _Gain("", (), ()))

    def start(self) -> _State:
        """Where the walk along a page begins."""
        if len(self._known) > _KNOWN_STATES:
            for state in self._known.values():
                state.clear()
            self._known.clear()
            self.root.clear()
        return self.root

    def behind(self, before: _State, label: str) -> _State:
        """The state behind one more child."""
        name = label.rstrip("/")
        last = (before.last[1], before.last[2], name)
        key = (before.place, last, label != name)
        state = self._known.get(key)
        if state is None:
            state = self._known[key] = self._made(before.place, last, is_empty=label != name)
        return state

    def _made(self, place: _Place, last: tuple[str, str, str], *, is_empty: bool) -> _State:
        parent, name = place.parent, place.name
        one, two, three = last
        state = _State(
            place,
            last,
            _Gain("", (f"{name} {three} *",), (f"{parent} {name} {two} {three} *", f"{parent} {name} {three} * *")),
        )
        path = place.path
        if three not in WRAPPERS:
            path = (*path, three)[-PATH_TAGS:]
        pq12 = [f"{name} {two} {three}"] if parent else []
        pq23 = [f"{parent} {name} {one} {two} {three}"] if parent else []
        leaf = _Gain("", (f"{three} * *",), (f"{name} {three} * * *",))
        if is_empty:
            pq12 += leaf.pq12
            pq23 += leaf.pq23
        else:
            state.inside = self._fresh(_Place(path, name, three), leaf)
        state.entering = _Gain("" if three in WRAPPERS else ">".join(path), tuple(pq12), tuple(pq23))
        return state

    def _fresh(self, place: _Place, leaf: _Gain) -> _State:
        """The state in an element before its first child; one whose children are all uncounted counts twice."""
        key = (place, (_NOTHING,) * 3, False)
        state = self._known.get(key)
        if state is None:
            state = self._known[key] = _State(place, (_NOTHING,) * 3, leaf)
            state[UNCOUNTED] = _State(place, (_NOTHING,) * 3, _Gain("", leaf.pq12 * 2, leaf.pq23 * 2))
        return state


_KNOWN = _States()


def grams_of(labels: Sequence[str]) -> Grams:
    """The grams of an outline's labels (``analysis.structure.outlines``), of which the first is the body's."""
    state = _KNOWN.start()
    gains: list[_Gain] = []
    around: list[_State] = []
    for label in labels:
        if label == CLOSE:
            gains.append(state.leaving)
            state = around.pop()
            continue
        state = state[label]
        if label == UNCOUNTED:
            continue
        gains.append(state.entering)
        if (inside := state.inside) is not None:
            around.append(state)
            state = inside
    paths: defaultdict[str, int] = defaultdict(int)
    pq12: defaultdict[str, int] = defaultdict(int)
    pq23: defaultdict[str, int] = defaultdict(int)
    for gain, times in Counter(gains).items():
        if gain.path:
            paths[gain.path] += times
        for gram in gain.pq12:
            pq12[gram] += times
        for gram in gain.pq23:
            pq23[gram] += times
    return Grams(paths, pq12, pq23)
