"""The layout of one page, worked out once for all pages that have it."""

from __future__ import annotations

from analysis.page.pages import Page
from analysis.page.tags import Tag
from analysis.sketches import feature_value
from analysis.structure.page_layout import column, layout_of
from crawler.captures import Resource, Role


def tags(source: str) -> list[Tag]:
    return Page(Resource("https://shop.example/", 200, (), source.encode(), "0" * 64, "", Role.HOME)).tags


def page(text: str) -> list[Tag]:
    return tags(f'<body><header class="top"><a href="/{text}">{text}</a></header><form class="find"><input></form></body>')


def test_pages_that_say_other_things_in_one_layout_are_one() -> None:
    assert layout_of("home", page("one")) is layout_of("home", page("two"))


def test_features_of_groups_differ_but_for_class_names() -> None:
    home, door = layout_of("home", page("one")), layout_of("door", page("one"))
    shared = {word for word in home.bags if set(home.bags[word].values) & set(door.bags[word].values)}
    assert shared == {"class"}
    assert home.landmarks == ("header.top", "form")
    assert door.landmarks == ()


def test_a_column_tells_value_feature_and_the_logarithm_of_its_count() -> None:
    found = column("home", {"body>p": 5, "body": 1})
    assert found.values == (feature_value("home body>p"), feature_value("home body"))
    assert found.shown == ("home body>p", "home body")
    assert found.weights == (3.0, 1.0)
    assert column("", {"x" * 500: 1}).shown == ("x" * 160,)
    assert column("home", {}).values == ()
