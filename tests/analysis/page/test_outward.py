"""What tags say of other sites."""

from __future__ import annotations

import hashlib

import pytest

from analysis.page.outward import named_in, other_site, said_of_others
from analysis.page.pages import Page
from crawler.captures import Resource, Role

SITE = "first.com"


def page(body: str) -> Page:
    raw = f"<html><head></head><body>{body}</body></html>".encode()
    return Page(Resource(f"https://{SITE}/", 200, (), raw, hashlib.sha256(raw).hexdigest(), "", Role.PAGE))


def test_other_sites_are_worth_naming_when_they_may_be_storefronts() -> None:
    assert other_site("https://www.second.net/x", SITE) == other_site("www.second.net", SITE) == "second.net"
    for nobody in ("https://www.first.com/", "https://facebook.com/first", "https://www.paypal.com/", "/x", ""):
        assert other_site(nobody, SITE) == ""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<a href="https://second.net/x">x</a>', [("href", "second.net")]),
        ("<img src=' //cdn.second.net/x.png'>", [("src", "second.net")]),
        ('<form action="https://second.net/in"></form>', [("action", "second.net")]),
        ('<meta property="og:url" content="https://second.net/">', [("content", "second.net")]),
        ('<meta http-equiv=refresh content="0;url=https://second.net/">', [("refresh", "second.net")]),
        ('<a href="https://first.com/?to=https://second.net/">x</a><a href="/go//second.net">x</a>', []),
        ('<a href="https://facebook.com/second.net">x</a>', []),
        ('<meta name="theme" content="https://second.net/">', []),
    ],
)
def test_addresses(source: str, found: list[tuple[str, str]]) -> None:
    said = said_of_others(page(source).all_tags, SITE)
    assert [(address.attribute, address.site) for _, address in said.addresses] == found


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>at second.net today</p>", ["at second.net today"]),
        ("<!-- from second.net -->", [" from second.net "]),
        (
            '<img src="second.net.png" alt="second.net"><i title="third.org">fourth.com</i>',
            ["second.net", "third.org", "fourth.com"],
        ),
        ('<script>host = "www.second.net"</script><style>@import "https://second.net/x.css"</style>', []),
        ('<script type="application/json">["www.second.net"]</script>', ['["www.second.net"]']),
        ("<p>It costs 3.99 in all. Thanks.</p>", []),
    ],
)
def test_texts_with_names(source: str, texts: list[str]) -> None:
    assert [text for text, _ in said_of_others(page(source).all_tags, SITE).texts] == texts


def test_each_name_has_the_words_around_it() -> None:
    assert named_in(f"{'a ' * 60}second.net and\n facebook.com{' b' * 60}") == (
        ("second.net", f"{'a ' * 30}second.net and facebook.com{' b' * 21}", True),
    )
    assert [name.is_bare for name in named_in("second.net www.second.net https://second.net/ x@second.net")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Theme by Nightshift - www.second.net",
        "Photo: second.net",
        "© A. Person / www.second.net",
        "Web design by second.net",
    ],
)
def test_who_is_credited_is_not_who_was_left_standing(text: str) -> None:
    assert named_in(text) == ()


@pytest.mark.parametrize(
    ("comment", "names"),
    [
        ("This site is optimized with the Snail plugin v3.1 - https://second.net/snail", 0),
        ("Powered by Snail, see http://second.net", 0),
        ("second.net main template v7", 1),
        ("[if IE]><link href='https://cdn.second.net/wp-content/plugins/snail/ie.css'><![endif]", 1),
        ("Mirrored from second.net/ by HTTrack Website Copier/3.x", 1),
    ],
)
def test_software_that_names_its_maker_in_a_comment_names_no_shop(comment: str, names: int) -> None:
    said = said_of_others(page(f"<p>a</p><!-- {comment} --><p>b</p>").all_tags, SITE)
    assert sum(len(found) for _, found in said.texts) == names


def test_no_end_of_texts_is_read() -> None:
    said = said_of_others(page("".join(f"<p>{n}.{'x' * 1000}</p>" for n in range(500)) + "<p>second.net</p>").all_tags, SITE)
    assert said.texts == []


@pytest.mark.parametrize(
    ("source", "copied"),
    [
        ("<!-- Added by HTTrack -->", True),
        ('<img src="x.png" tppabs="http://second.net/x.png">', True),
        ('<script>wm("https://web.archive.org/web/2007/http://second.net/")</script>', True),
        ("<p>Curly hair, from a site mirrored from nowhere.</p><!-- menu -->", False),
    ],
)
def test_what_a_copying_tool_may_have_left(source: str, copied: bool) -> None:
    assert said_of_others(page(source).all_tags, SITE).may_be_copied is copied
