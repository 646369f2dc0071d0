"""Blocks of a page, and which of them are layout."""

from __future__ import annotations

import pytest

from analysis.page.blocks import MAX_BLOCKS, MAX_CHARS, Block, authored, block_runs, blocks, layout_texts
from analysis.page.pages import Page
from crawler.captures import Resource, Role


def page(body: str, digest: str = "a") -> Page:
    raw = f"<html><body>{body}</body></html>".encode()
    return Page(Resource("https://shop.example/", 200, (("content-type", "text/html; charset=utf-8"),), raw, digest, "", Role.HOME))


def test_inline_elements_do_not_cut_a_block_and_breaks_stay() -> None:
    assert blocks(page("<p>one <b>two</b><!-- c --> three<br>four</p>tail<script>x</script>")) == (
        Block("one two three\nfour", "p"),
        Block("tail", "body"),
    )


def test_landmarks_by_tag_and_by_name() -> None:
    found = {
        block.text: block.landmark
        for block in blocks(page('<div class="footer"><p>f</p></div><nav>n</nav><div class="section-header">s</div>'))
    }
    assert found == {"f": "footer", "n": "nav", "s": ""}


@pytest.mark.parametrize(
    "attributes", ['id="comments"', 'class="x comment-list"', 'id="onetrust-consent-sdk"', 'class="cookie-notice"']
)
def test_what_visitors_and_consent_tools_say_is_not_authored(attributes: str) -> None:
    own = "We press records in a cellar and sell them at the door to whoever comes, every weekday of the year."
    read = page(f"<p>{own}</p><div {attributes}><div><p>These cookies are necessary for it to work.</p></div></div>")
    assert [block.text for block in authored(read, frozenset())] == [own]


def test_texts_of_most_pages_are_layout() -> None:
    pages = [page(f"<p>everywhere</p><p>only {i}</p>", str(i)) for i in range(3)]
    layout = layout_texts(pages)
    assert layout == {"everywhere"}
    assert [block.text for block in authored(pages[0], layout)] == ["only 0"]


def test_the_same_page_twice_makes_no_layout() -> None:
    assert layout_texts([page("<p>x</p>", "same"), page("<p>x</p>", "same")]) == frozenset()


def test_depth_does_not_matter() -> None:
    deep = blocks(page("<p>top</p>" + "<div>" * 200 + "bottom" + "</div>" * 200 + "<div>" * 100_000 + "<p>end"))
    assert [block.text for block in deep[:2]] == ["top", "bottom"]


def test_a_block_goes_on_behind_what_is_not_seen() -> None:
    read = page("<p>before <object><div>not</div><div>seen</div></object> behind</p><button><div>nor</div></button><div>this</div>")
    assert [block.text for block in blocks(read)] == ["before behind", "this"]


def test_the_same_tags_elsewhere_are_other_blocks() -> None:
    card = "<div><div>a lamp</div><div>9 EUR</div></div>"
    assert [(block.tag, block.landmark) for block in blocks(page(f"{card}<footer>{card}</footer>"))] == [
        *[("div", "")] * 2,
        *[("div", "footer")] * 2,
    ]


def test_equal_runs_in_equal_places_are_one_object() -> None:
    first, second = (page(f"<header><div>menu</div><div>basket</div></header><p>only {number}</p>", number) for number in "ab")
    shared = set(block_runs(first)) & set(block_runs(second))
    assert {block.text for run in shared for block in run.blocks} == {"menu", "basket"}


def test_a_page_has_no_more_blocks_than_its_budget() -> None:
    read = blocks(page("".join(f"<p>{number}</p>" for number in range(MAX_BLOCKS + 10))))
    assert (len(read), read[-1].text) == (MAX_BLOCKS, str(MAX_BLOCKS - 1))
    long = blocks(page(f"<p>{'word ' * (MAX_CHARS // 10)}</p>" * 4))
    assert len(long) == 2
