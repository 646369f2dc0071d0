"""Runs: what pages have in common is taken apart once, and a page put together of runs is the page itself."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.page.pages import Page
from analysis.page.runs import visible
from crawler.captures import Resource, Role

PIECES = st.lists(
    st.sampled_from(
        [
            *("<div class=a>", "</div>", "<p>", "</p>", "<li>", "</li>", "text", "<b>x</b>", "<br>", "&amp;&lt;", "\n"),
            *(
                "<!-- <div>off</div> -->",
                "<!--- > --->",
                "<!---------- line ----------->",
                "<!--<body class=ie6>-->",
                "<!-- a",
                "<i <!-- c -->",
                "-->",
            ),
            *("<noscript><div>none</div>", "</noscript>", "<svg><g>", "</g></svg>", "<script>'</div><!--'</script>", "<template>"),
            *(
                "<table><tr><td>",
                "</td></tr></table>",
                "<body id=b>",
                "</body>",
                "<bodyguard>",
                "<q<r>",
                "</html>",
                "<object><div>",
            ),
        ]
    ),
    max_size=30,
)


def page(body: str) -> Page:
    raw = body.encode()
    digest = hashlib.sha256(raw).hexdigest()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Page(Resource("https://shop.example/", 200, headers, raw, digest, "2026-03-02T06:00:00Z", Role.PAGE))


@given(pieces=PIECES)
def test_what_people_see_is_the_same_in_runs_and_in_one_row(pieces: list[str]) -> None:
    read = page("".join(pieces))
    assert read.strings == visible(read.tags)[0]
    assert [list(run.by_name) for run in read.runs] == [list(dict.fromkeys(t.name for t in r.tags if t.opens)) for r in read.runs]


@given(pieces=PIECES, before=PIECES)
def test_a_page_is_read_alike_whatever_was_read_before(pieces: list[str], before: list[str]) -> None:
    """What began within a comment must not be taken for the same written outside of one."""
    _ = page("".join(before)).all_tags
    _ = page(f"<!-- {''.join(pieces)}").all_tags
    read = page("".join(pieces))
    written = [(element.tag, dict(element.attrib)) for element in read.tree.iter() if isinstance(element.tag, str)]
    assert [(tag.name, dict(tag.attributes)) for tag in read.all_tags if tag.opens] == written


@pytest.mark.parametrize(
    "box", ["<div class=card><h3>{}</h3><p>9.99</p></div>", "<tr><td>{}</td></tr>", "<li><a href=/{}>x</a></li>"]
)
def test_what_two_pages_have_in_common_is_one_object(box: str) -> None:
    around = "<table>{}</table>" if box.startswith("<tr") else "<div>{}</div>"
    first, second = (
        page(f"<body class={name}>" + around.format("".join(box.format(f"{name}{n}" if n == 3 else n) * 20 for n in range(9))))
        for name in ("a", "b")
    )
    common = {id(run) for run in first.runs} & {id(run) for run in second.runs}
    assert len(common) >= 8
    assert first.strings != second.strings or first.links != second.links


def test_a_commented_box_hides_no_part_of_the_page() -> None:
    read = page("<body><p>one</p><!-- <div>two</div> --><div>three<!-------- </div> --------></div><p>four</p></body>")
    assert read.text == "one three four"
    assert [tag.head.comment for tag in read.tags if not tag.opens and not tag.closes] == [
        " <div>two</div> ",
        "------ </div> ------",
    ]


@pytest.mark.parametrize("inside", ["<>", "<", "a<>b<"])
def test_brackets_behind_a_box_within_a_comment_do_not_stop_the_reading(inside: str) -> None:
    read = page(f"<body><p>before</p><!-- <div>off</div>{inside}<b>off</b> --><p>behind</p>")
    assert read.strings == ("before", "behind")


def test_a_comment_within_a_tag_is_a_name_of_the_tag() -> None:
    read = page("<body <!-- header --><div>one</div><!-- two --><div>three</div><p <!-- x -->four</p>")
    assert read.strings == ("one", "three", "four")
    assert [tag.head.comment for tag in read.tags if not tag.opens and not tag.closes] == [" two "]
