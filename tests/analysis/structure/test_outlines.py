"""Outlines: what layout sees of a page's tags, and what it leaves out."""

from __future__ import annotations

from analysis.page.pages import Page
from analysis.structure.outlines import Mark, outline
from crawler.captures import Resource, Role


def marks(source: str) -> tuple[Mark, ...]:
    return outline(Page(Resource("https://shop.example/", 200, (), source.encode(), "0" * 64, "", Role.HOME)).tags)


def labels(source: str) -> str:
    return " ".join(mark.label for mark in marks(f"<html><body>{source}</body></html>"))


def test_empty_elements_have_no_end_and_comments_are_uncounted() -> None:
    assert labels("<p>a<br>b</p><!-- c --><i></i>") == "body p br/ / ! i/ /"


def test_what_has_no_structure_is_left_out_with_all_in_it() -> None:
    assert (
        labels("<p><svg><svg><path/></svg><style>a</style></svg></p><script>b</script><ul><li>c</li></ul>")
        == "body p ! / ! ul li / / /"
    )


def test_tags_that_differ_in_texts_and_addresses_are_one_mark() -> None:
    found = marks('<body><a class="x" href="/1">one</a><a href="/2" class="x">two</a><a class="y" href="/1">one</a></body>')
    links = [mark for mark in found if mark.label == "a"]
    assert links[0] is links[1]
    assert links[0] is not links[2]


def test_names_are_classes_and_id_with_serial_numbers_made_alike() -> None:
    mark = marks('<body class="theme page-20431 css-1a2b3c4d5" id="main77123">text</body>')[0]
    assert mark.classes == ("theme", "page-20431", "css-1a2b3c4d5")
    assert mark.names == ("theme", "page-#", "css-#", "#main#")


def test_landmarks_are_elements_and_words() -> None:
    found = marks('<body><header class="top-bar"><div class="logo-box">x</div></header><form>y</form><p>z</p></body>')
    assert [mark.landmark for mark in found if mark.landmark] == ["header.top", "div.logo", "form"]


def test_a_page_without_a_body_begins_with_one() -> None:
    assert marks("<html><frameset><frame src=a></frameset></html>")[0].label == "body"


def test_a_page_is_cut_where_it_is_endless_and_stays_well_formed() -> None:
    found = [mark.label for mark in marks("<html><body>" + "<p>x</p>" * 20_000 + "<ul><li>y</ul></body></html>")]
    assert len(found) < 25_000
    assert found.count("/") == sum(label not in ("/", "!") and not label.endswith("/") for label in found)
