"""Parts of a page: what leaves them equal, and what does not."""

from __future__ import annotations

from analysis.structure.page_parts import parts_of


def labels(markup: str) -> list[str]:
    """``ul(li() img/)`` as labels: an opening bracket opens, a closing one closes."""
    return ["body", *markup.replace("(", " ").replace(")", " / ").split(), "/"]


def digests(markup: str) -> set[str]:
    return {part.digest for part in parts_of(labels(markup))}


def test_repetitions_are_told_once_and_single_wrappers_left_out() -> None:
    assert digests("ul(li(a()) li(a()))") == digests("ul(li(a()) li(a()) li(a()))") == digests("div(ul(li(a())))")


def test_comments_between_equal_neighbours_change_nothing() -> None:
    assert digests("ul(li() ! li())") == digests("ul(li())")


def test_order_and_names_are_told() -> None:
    assert digests("p(a() b())") != digests("p(b() a())")
    assert digests("p(a())") != digests("p(i() u())")


def test_a_part_counts_its_different_parts_and_itself() -> None:
    sizes = {part.name: part.size for part in parts_of(labels("section(ul(li() li()) img/ img/)"))}
    assert sizes == {"li": 1, "ul": 2, "img": 1, "section": 4, "body": 5}


def test_a_moved_section_keeps_its_parts() -> None:
    assert digests("header(h1() nav(ul())) main(p())") - digests("main(p()) header(h1() nav(ul()))") <= {
        part.digest for part in parts_of(labels("header(h1() nav(ul())) main(p())")) if part.name == "body"
    }


def test_equal_parts_of_different_pages_are_one_object() -> None:
    one, two = parts_of(labels("ul(li(a()))")), parts_of(labels("p() ul(li(a()))"))
    assert len(one & two) == 3
