"""The nesting of a page's tags, and what of it is seen."""

from __future__ import annotations

import lxml.html

from analysis.goods.page_order import Located, PageOrder
from analysis.page.runs import runs_in, written


def order_of(body: str) -> PageOrder:
    return PageOrder([tag for run in runs_in(written(lxml.html.fragment_fromstring(body))) for tag in run.tags])


def names(order: PageOrder, places: object) -> list[str]:
    return [order.row[place].name for place in places]  # type: ignore[attr-defined]


def test_an_element_knows_what_is_around_and_in_it() -> None:
    order = order_of("<main><p>a<br>b<i>c</i></p><ul><li>1</li><li>2</li></ul></main>")
    inner = next(place for place, tag in enumerate(order.row) if tag.name == "i")
    assert names(order, [order.parent[inner], order.parent[order.parent[inner]]]) == ["p", "main"]
    assert order.row[order.last[inner]].closes
    assert names(order, order.elements(0, order.last[0], 5)) == ["main", "p", "br", "i", "ul"]


def test_climbing_ends_below_the_root() -> None:
    order = order_of("<main><div><section><b>x</b></section></div></main>")
    bold = next(place for place, tag in enumerate(order.row) if tag.name == "b")
    assert names(order, order.climb(bold, 9)) == ["section", "div"]
    assert names(order, order.climb(bold, 1)) == ["section"]


def test_own_text_leaves_out_what_stands_in_children() -> None:
    order = order_of("<p>from <b>now</b> on <script>x()</script> at &amp; <!-- y --> last<br></p>")
    assert order.own_text(0, 40) == "from on at & last"
    assert order.own_text(0, 10) == ""


def test_a_label_before_the_own_text_belongs_to_it() -> None:
    assert order_of("<td><b>Retail price:</b> $12</td>").own_text(0, 40) == "Retail price: $12"
    assert order_of("<td><b>12 pieces</b> $12</td>").own_text(0, 40) == "$12"
    assert order_of("<td><b><i>Old</i></b> $12</td>").own_text(0, 40) == "$12"


def test_what_is_hidden_is_no_element() -> None:
    order = order_of("<div><noscript><b>x</b></noscript><svg><g/></svg><i>y</i></div>")
    assert names(order, order.elements(0, order.last[0], 9)) == ["div", "i"]


def test_a_range_tells_what_is_in_it() -> None:
    located: Located[str] = Located()
    for place, value in ((2, "a"), (2, "b"), (7, "c")):
        located.add(place, value)
    assert (located.within(2, 6), located.within(3, 7), located.within(3, 6)) == (["a", "b"], ["c"], [])
