"""Paths and pq-grams: what the walk counts is what the definition says of the tree."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from analysis.structure.outlines import CLOSE, UNCOUNTED, WRAPPERS
from analysis.structure.page_grams import PATH_TAGS, grams_of


class Element(NamedTuple):
    name: str
    children: list[Element | None]
    is_empty: bool = False


EMPTY = st.builds(Element, st.sampled_from(["img", "br", "hr"]), st.just([]), st.just(True))
TREES = st.recursive(
    EMPTY | st.none(),
    lambda inside: st.builds(
        Element, st.sampled_from(["div", "p", "ul", "li", "a", "b"]), st.lists(inside, max_size=5), st.just(False)
    ),
    max_leaves=40,
)


def labels_of(element: Element | None) -> list[str]:
    if element is None:
        return [UNCOUNTED]
    if element.is_empty:
        return [f"{element.name}/"]
    return [element.name, *(label for child in element.children for label in labels_of(child)), CLOSE]


def grams_by_definition(element: Element, parent: str, above: tuple[str, ...]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    paths: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    if element.name not in WRAPPERS:
        above = (*above, element.name)
        paths[">".join(above[-PATH_TAGS:])] += 1
    children = [child for child in element.children if child is not None]
    if children:
        row = ["*", "*", *(child.name for child in children), "*", "*"]
        pairs.update(f"{element.name} {one} {two}" for one, two in list(pairwise(row))[1:-1])
        triples.update(f"{parent} {element.name} {' '.join(three)}" for three in zip(row, row[1:], row[2:], strict=False))
    else:
        times = 2 if element.children else 1
        pairs[f"{element.name} * *"] += times
        triples[f"{parent} {element.name} * * *"] += times
    for child in children:
        for all_of, of_child in zip((paths, pairs, triples), grams_by_definition(child, element.name, above), strict=True):
            all_of.update(of_child)
    return paths, pairs, triples


@given(st.lists(TREES, max_size=6))
def test_a_walk_counts_what_the_definition_counts(children: list[Element | None]) -> None:
    body = Element("body", children)
    grams = grams_of(labels_of(body))
    assert (grams.paths, grams.pq12, grams.pq23) == grams_by_definition(body, "*", ())


def test_an_empty_body_has_its_path_and_its_leaf() -> None:
    grams = grams_of(["body/"])
    assert (grams.paths, grams.pq12, grams.pq23) == ({"body": 1}, {"body * *": 1}, {"* body * * *": 1})


def test_paths_tell_the_innermost_elements() -> None:
    deep = ["body", *(f"x{number}" for number in range(9)), *[CLOSE] * 10]
    assert "x2>x3>x4>x5>x6>x7>x8" in grams_of(deep).paths
