"""Where pages say the shop's name."""

from __future__ import annotations

import pytest

from analysis.identities.name_places import captions, page_names
from analysis.page.pages import Page
from crawler.captures import Resource, Role


def page(body: str, head: str = "") -> Page:
    raw = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return Page(Resource("https://shop.example/", 200, (("content-type", "text/html; charset=utf-8"),), raw, "a", "", Role.HOME))


def test_a_page_declares_its_name_and_keeps_one_in_a_comment() -> None:
    read = page("<p>x</p><!-- Template of www.oldshop.com -->", '<meta property="og:site_name" content="Lamp House">')
    assert list(page_names(read)) == ["Lamp House", "oldshop"]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('<div class="logo"><a href="/"><img src="a.png" alt="Lamp House"></a></div>', ["Lamp House"]),
        ('<div class="logo"><div><i><b><img src="a.png" alt="Too deep"></b></i></div></div>', []),
        ('<div class="logo"><div></div><div id="sitelogo"><p>a</p></div><i><img src="a" alt="Behind"></i></div>', ["Behind", "a"]),
        ('<div class="logo"></div><img src="a.png" alt="Outside">', []),
        ('<img src="/img/logo.png" alt="By its file">', ["By its file"]),
        ('<a class="navbar-brand" href="/"><span></span> Lamp House</a>', ["Lamp House"]),
        ('<a class="navbar-brand" href="/">Lamp <b>House</b></a>', ["Lamp"]),
        ('<a class="navbar-brand" href="/"><b>Lamp</b> <b>House</b></a>', []),
        ('<div class="navbar-brand"><i></i><i></i><i></i><i>Lamp House</i></div>', []),
    ],
)
def test_logos_are_pictures_and_texts(body: str, names: list[str]) -> None:
    assert list(page_names(page(body))) == names


def test_many_logos_are_other_peoples() -> None:
    logos = "".join(f'<img src="/logo.png" alt="Brand {number}">' for number in range(6))
    assert list(page_names(page(logos))) == []


def test_a_caption_may_carry_a_name_before_a_colon_and_behind_a_dash() -> None:
    (run,) = [run for run in page('<img src="a.png" alt="House: Lamp - Lights"><img src="b.png" alt="lamp">').runs if captions(run)]
    assert captions(run) == ((frozenset({"House", "House: Lamp - Lights", "Lights"}), "a.pngHouse: Lamp - Lights"),)
