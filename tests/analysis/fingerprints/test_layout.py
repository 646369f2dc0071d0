"""Layout: what survives edits of a page, and what tells two layouts apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pytest

from analysis.evidence import EvidenceClass, Trace
from analysis.fingerprints import layout
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

CARD = (
    '<div class="card"><a href="/p"><img src="/i.jpg" alt=""></a><h3 class="card-name">Album</h3><b class="price">$1.40</b></div>'
)


def shop(cards: int = 6, *, wrapped: bool = False, moved: bool = False) -> str:
    header = '<header class="top"><ul class="menu"><li><a href="/">Home</a></li><li><a href="/c">Cart</a></li></ul></header>'
    side = (
        '<aside class="side"><form class="find"><input name="q"><button>Find</button></form><dl><dt>A</dt><dd>B</dd></dl></aside>'
    )
    goods = f'<main class="goods"><section><h2>New</h2>{CARD * cards}</section></main>'
    footer = '<footer class="foot"><table><tr><td>Terms</td><td>Privacy</td></tr></table><p>&copy; 2007 <em>us</em></p></footer>'
    middle = goods + side if moved else side + goods
    body = header + middle + footer
    if wrapped:
        body = f'<div class="outer"><div class="inner">{body}</div></div>'
    head = "<!DOCTYPE html><html><head><title>Shop</title></head>"
    return f"{head}<body>\n<!-- Layout drawn by the night shift -->\n{body}</body></html>"


OTHER = (
    "<!doctype html><html><body><center><table border=0>"
    + "<tr><td><font size=2><a href=/x>Buy</a> $3.00</font></td><td><blockquote><ol><li>One<li>Two</ol></blockquote></td></tr>" * 4
    + "</table><hr></center></body></html>"
)


def traces(*sources: str, role: Role = Role.HOME, site: str = "shop.example") -> list[Trace]:
    resources = []
    for number, source in enumerate(sources):
        raw = source.encode()
        url = f"https://{site}/{number or ''}"
        digest = hashlib.sha256(raw).hexdigest()
        resources.append(Resource(url, 200, (("Content-Type", "text/html"),), raw, digest, "2007-03-01T00:00:00Z", role))
    capture = Capture(site, f"https://{site}/", HostKind.STOREFRONT, Outcome.FINISHED, "", tuple(resources))
    return list(layout.take(read(capture)))


def values(found: Iterable[Trace], kind: str) -> set[str]:
    return {trace.value for trace in found if trace.kind == kind}


def likeness(a: list[Trace], b: list[Trace], kind: str) -> float:
    one, two = values(a, kind), values(b, kind)
    return len(one & two) / len(one | two)


STRUCTURE = ("layout.path", "layout.pq12", "layout.pq23")


def test_every_trace_is_of_a_declared_kind_and_class_a() -> None:
    assert {kind.cls for kind in layout.KINDS} == {EvidenceClass.COPYABLE}
    assert {trace.kind for trace in traces(shop())} <= {kind.name for kind in layout.KINDS}
    assert values(traces(shop()), "layout.path")


def test_bags_bring_no_pairs_together() -> None:
    assert {kind.name for kind in layout.KINDS if kind.key} == {"layout.band", "layout.block", "layout.skeleton", "layout.comment"}


@pytest.mark.parametrize("kind", STRUCTURE)
def test_one_more_product_card_changes_nothing_of_the_set(kind: str) -> None:
    assert likeness(traces(shop(6)), traces(shop(7)), kind) == 1.0


def test_wrappers_leave_the_paths_as_they_were() -> None:
    assert likeness(traces(shop()), traces(shop(wrapped=True)), "layout.path") == 1.0
    assert likeness(traces(shop()), traces(shop(wrapped=True)), "layout.pq12") > 0.7


@pytest.mark.parametrize("kind", STRUCTURE)
def test_a_moved_section_changes_little(kind: str) -> None:
    assert likeness(traces(shop()), traces(shop(moved=True)), kind) > 0.75


def test_renamed_classes_empty_the_vocabulary_and_keep_structure_and_pattern() -> None:
    renamed = shop()
    for name in ("card-name", "card", "price", "top", "menu", "side", "find", "goods", "foot"):
        renamed = renamed.replace(f'class="{name}"', f'class="x{hashlib.md5(name.encode()).hexdigest()[:5]}"')
    before, after = traces(shop()), traces(renamed)
    assert likeness(before, after, "layout.class") == 0.0
    assert likeness(before, after, "layout.class_pattern") == 1.0
    for kind in STRUCTURE:
        assert likeness(before, after, kind) == 1.0


@pytest.mark.parametrize("kind", STRUCTURE)
def test_another_layout_is_another(kind: str) -> None:
    assert likeness(traces(shop()), traces(OTHER), kind) < 0.2


def test_near_equal_layouts_share_a_blocking_band_and_others_do_not() -> None:
    same = values(traces(shop()), "layout.band") & values(traces(shop(9, moved=True)), "layout.band")
    assert same
    assert not values(traces(shop()), "layout.band") & values(traces(OTHER), "layout.band")


def test_features_of_different_roles_are_different() -> None:
    """A listing that looks like another's home page is no evidence."""
    assert not values(traces(shop()), "layout.path") & values(traces(shop(), role=Role.LISTING), "layout.path")


def test_the_generators_noise_is_seen_when_the_tree_is_equal() -> None:
    typed = shop().replace('class="card"', "class='card'").replace("<h3", "<H3").replace("<!DOCTYPE html>", "<!doctype html>")
    before, after = traces(shop()), traces(typed)
    assert likeness(before, after, "layout.path") == 1.0
    assert likeness(before, after, "layout.noise") < 0.9


def test_attribute_order_is_a_habit() -> None:
    swapped = shop().replace('<img src="/i.jpg" alt="">', '<img alt="" src="/i.jpg">')
    assert likeness(traces(shop()), traces(swapped), "layout.noise") < 1.0


def test_a_comment_with_words_is_kept_and_machinery_is_not() -> None:
    source = shop().replace("<header", "<!--[if lt IE 9]> old browser goes here <![endif]--><!-- 20070301 --><header", 1)
    found = values(traces(source), "layout.comment")
    assert found == {"layout drawn by the night shift"}


def test_markup_in_scripts_is_no_markup() -> None:
    quiet = shop().replace("</body>", "<script>var i=0;</script></body>")
    loud = shop().replace("</body>", "<script>if(a<b && c>d){s='<TABLE border=1>'};//<!-- words of a script -->\n</script></body>")
    assert likeness(traces(quiet), traces(loud), "layout.noise") == 1.0
    assert values(traces(quiet), "layout.comment") == values(traces(loud), "layout.comment")


def test_one_file_on_two_storefronts_is_seen_on_each() -> None:
    one, two = traces(shop()), traces(shop(), site="mirror.example")
    assert [(t.kind, t.value, t.shown, t.weight) for t in one] == [(t.kind, t.value, t.shown, t.weight) for t in two]
    assert {trace.url for trace in two} == {"https://mirror.example/"}


def test_two_readings_are_equal() -> None:
    assert traces(shop(), OTHER) == traces(shop(), OTHER)


def test_a_trace_is_given_once_per_value() -> None:
    found = traces(shop(), shop(3), role=Role.PRODUCT)
    assert len(found) == len({(trace.kind, trace.value) for trace in found})


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 30_000 + "price $3 add to cart",
        "<body>" + "<a " * 20_000,
        "<body><p " + " ".join(f"a{n}='{n}'" for n in range(20_000)) + ">text $1",
        "<body>" + "<!--" * 50_000,
        "<body>" + "".join(f"<x{n} class='c{n} d{n}'>" for n in range(20_000)) + "words " * 100,
        "<script>" * 20_000,
        "<body>" + "<p class='" + "k " * 300_000 + "'>words of a page " * 20,
    ],
)
def test_hostile_pages_give_bounded_traces(source: str) -> None:
    found = traces(source)
    assert len(found) <= 512 * 6 + 64 * 3


def test_a_shop_without_readable_pages_has_no_layout() -> None:
    assert traces("<html><body></body></html>") == []


def richly_framed(source: str) -> str:
    more = "<section><h4>Help</h4><ol><li><a>A</a><li><b>B</b></ol><dl><dt>x</dt><dd><u>y</u></dd></dl><hr><pre>z</pre></section>"
    return source.replace("</footer>", f"{more}</footer>")


def test_a_gate_shares_the_parts_of_the_page_that_frame_it() -> None:
    """A gated mirror shows nothing of its catalogue; header and footer must still be found."""
    whole = shop()
    start, end = whole.index("<aside"), whole.index("<footer")
    gate = whole[:start] + "<h1>By invitation only</h1><form><input name='invite'></form>" + whole[end:]
    found = [values(traces(richly_framed(source)), "layout.block") for source in (whole, gate)]
    assert found[0] & found[1]


def test_equal_parts_survive_a_move_a_wrapper_and_one_more_card() -> None:
    edited = richly_framed(shop(9, wrapped=True, moved=True))
    assert values(traces(richly_framed(shop(6))), "layout.block") & values(traces(edited), "layout.block")
    assert not values(traces(richly_framed(shop())), "layout.block") & values(traces(OTHER), "layout.block")
