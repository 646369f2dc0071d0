"""Links: which other storefront a storefront names, and as what."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

from analysis.evidence import EvidenceClass, Mode, Trace
from analysis.fingerprints import links
from analysis.page.reading import read
from crawler.captures import Capture, Certificate, Connection, HostKind, Outcome, Resource, Role

SITE = "first.com"
STORY = (
    "<p>Songs by the megabyte, from artists of every land, in the format that you like and at the quality that you choose.</p>" * 8
)


def page(body: str, path: str = "/", head: str = "", role: Role = Role.HOME) -> Resource:
    raw = f"<!DOCTYPE html><html><head><title>First</title>{head}</head><body>{STORY}{body}</body></html>".encode()
    return Resource(f"https://{SITE}{path}", 200, (("Content-Type", "text/html"),), raw, hashlib.sha256(raw).hexdigest(), "", role)


def take(*resources: Resource, kind: HostKind = HostKind.STOREFRONT, names: tuple[str, ...] = ()) -> list[Trace]:
    certificate = Certificate("f" * 64, "5" * 64, SITE, "CA", (SITE, *names), "", "")
    found = tuple(sorted(resources, key=lambda r: r.url))
    connections = (Connection(SITE, "https", None, certificate),)
    return list(links.take(read(Capture(SITE, f"https://{SITE}/", kind, Outcome.FINISHED, "", found, connections))))


def named(traces: list[Trace], word: str) -> set[str]:
    return {trace.value for trace in traces if trace.kind == f"links.{word}"}


@pytest.mark.parametrize(
    "notice",
    [
        '<p>We have moved to <a href="https://second.net/">our new home</a>.</p>',
        "<p>Our new address is www.second.net</p>",
        "<p>Nous avons déménagé : second.net</p>",
        "<p>Wir sind umgezogen: second.net</p>",
        "<p>Nos hemos mudado a second.net</p>",
        "<p>Мы переехали на second.net</p>",
    ],
)
def test_moved_to_in_five_languages(notice: str) -> None:
    assert named(take(page(notice)), "moved_to") == {"second.net"}


def test_a_redirect_of_the_home_page() -> None:
    moved = Resource(f"https://{SITE}/", 301, (("Location", "https://www.second.net/"),), b"", "0" * 64, "", Role.HOME)
    traces = take(moved)
    assert named(traces, "redirects_to") == {"second.net"}
    own = Resource(f"http://{SITE}/", 301, (("Location", f"https://www.{SITE}/"),), b"", "0" * 64, "", Role.HOME)
    assert named(take(own), "redirects_to") == set()


def test_invitation() -> None:
    assert named(take(page("<p>By invitation only: ask a member of second.net</p>")), "invitation") == {"second.net"}


def test_forms_that_leave_the_shop() -> None:
    login = '<form action="https://enter.melopass.com/in" method="post"><input name="u"><input type="password" name="p"></form>'
    pay = (
        '<form action="https://billing.payhouse13.net/pay" method="post"><input name="amount" value="5"><button>Pay</button></form>'
    )
    known = (
        '<form action="https://www.paypal.com/cgi-bin/webscr" method="post"><input name="amount" value="5">'
        "<button>Pay</button></form>"
    )
    traces = take(page(login + pay + known))
    assert named(traces, "login_host") == {"melopass.com"}
    assert named(traces, "checkout_host") == {"payhouse13.net"}


def test_a_service_names_the_shops_it_serves_on_its_page_and_in_its_certificate() -> None:
    body = "<ul><li>Second (second.net)</li><li><a href='https://third.org/'>Third</a></li></ul>"
    traces = take(page(body), kind=HostKind.SERVICE, names=("second.net", "fourth.biz"))
    assert named(traces, "answers_for") == {"second.net", "third.org", "fourth.biz"}
    assert {kind.cls for kind in links.KINDS if kind.name == "links.answers_for"} == {EvidenceClass.LIVE_CONTROL}


def test_a_shop_answers_only_in_words() -> None:
    assert named(take(page("<ul><li>Second (second.net)</li></ul>"), names=("second.net",)), "answers_for") == set()
    assert named(take(page("<p>Your account works at second.net too.</p>")), "answers_for") == {"second.net"}
    assert named(take(page("<p>Accounts for second.net, third.org</p>")), "answers_for") == {"second.net", "third.org"}
    purpose = "<p>With my account for use with the game I agree that what I do there is told to the studio, see second.net</p>"
    assert named(take(page(purpose)), "answers_for") == set()


def test_a_directory_answers_for_nobody() -> None:
    body = "".join(f"<p>Shop number {n}: shop-{n}.com</p>" for n in range(30))
    assert named(take(page(body), kind=HostKind.SERVICE), "answers_for") == set()


def test_heads_that_point_elsewhere() -> None:
    head = (
        '<link rel="canonical" href="https://www.second.net/"><meta property="og:url" content="https://third.org/x">'
        '<link rel="alternate" hreflang="ru" href="https://fourth.ru/">'
        '<link rel="alternate" type="application/rss+xml" href="https://fifth.fm/rss">'
    )
    traces = take(page("", head=head))
    assert named(traces, "canonical_elsewhere") == {"second.net"}
    assert named(traces, "og_url_elsewhere") == {"third.org"}
    assert named(traces, "hreflang_elsewhere") == {"fourth.ru"}
    assert named(traces, "feed_elsewhere") == {"fifth.fm"}
    own = f'<link rel="canonical" href="https://www.{SITE}/"><meta property="og:url" content="https://facebook.com/first">'
    traces = take(page("", head=own))
    assert named(traces, "canonical_elsewhere") == named(traces, "og_url_elsewhere") == set()


def test_addresses_that_a_mirroring_tool_left() -> None:
    left = "".join(f'<a href="https://second.net/cart/?add={n}">Add</a>' for n in range(6))
    assert named(take(page(left)), "absolute_elsewhere") == {"second.net"}
    outward = "".join(f'<a href="https://second.net/album/{n}?ref=77">See</a>' for n in range(6))
    traces = take(page(outward))
    assert named(traces, "absolute_elsewhere") == set()
    assert named(traces, "referral") == {"second.net ref=77"}
    (plain,) = [trace for trace in traces if trace.kind == "links.link_to"]
    assert (plain.value, plain.weight) == ("second.net", 6.0)


def test_links_weigh_as_often_as_they_stand_on_all_pages() -> None:
    link = '<a href="https://second.net/x">Second</a>'
    traces = take(page(link + link), page(link, "/b"), page("<p>none</p>", "/c"))
    (plain,) = [trace for trace in traces if trace.kind == "links.link_to"]
    assert (plain.url, plain.shown, plain.weight) == ("https://first.com/", "https://second.net/x", 3.0)


def test_a_base_elsewhere_makes_other_sites_of_own_paths() -> None:
    base, link = '<base href="https://second.net/x/">', '<a href="cart/">Cart</a><img src="/logo.png">'
    traces = take(page(link, "/", base), page(link, "/b", base), page(link, "/c"))
    (plain,) = [trace for trace in traces if trace.kind == "links.link_to"]
    assert (plain.value, plain.shown, plain.weight) == ("second.net", "https://second.net/x/cart/", 2.0)


@pytest.mark.parametrize("words", ["its <b>own</b> home", "<img src=/new.png>", "<b>here</b>"])
def test_a_notice_is_found_on_the_page_that_has_it_though_its_link_is_not_new(words: str) -> None:
    link = f'<a href="https://second.net/">{words}</a>'
    traces = take(page(f"<p>Partner: {link}</p>"), page(f"<p>We have<br>moved to {link}.</p>", "/b"))
    assert [(trace.value, trace.url) for trace in traces if trace.kind == "links.moved_to"] == [
        ("second.net", "https://first.com/b")
    ]


def test_a_page_that_goes_on_elsewhere_by_itself() -> None:
    goes_on = '<meta http-equiv="Refresh" content="5; URL=https://second.net/x">'
    assert named(take(page("", "/b", goes_on, Role.PAGE)), "moved_to") == {"second.net"}
    assert named(take(page("", "/", goes_on)), "redirects_to") == {"second.net"}


def test_pages_of_another_host_hide_nothing() -> None:
    link = '<a href="https://second.net/x">Second</a>'
    elsewhere = dataclasses.replace(page(link, "/a"), url="https://away.org/a")
    assert named(take(elsewhere, page(link)), "link_to") == {"second.net"}


@pytest.mark.parametrize(
    "body",
    [
        "<!-- second.net main template v7 -->",
        "<p>Write to help@second.net</p>",
        '<img src="/x.png" alt="second.net logo">',
        '<script type="application/ld+json">{"url": "https:\\/\\/second.net\\/"}</script>',
    ],
)
def test_names_left_in_the_pages(body: str) -> None:
    assert named(take(page(body)), "residual_name") == {"second.net"}


def test_the_end_of_the_own_name_is_no_other_site() -> None:
    body = "<h1>Garden Shop.com</h1><p>Shop.com is elsewhere</p>"
    own = dataclasses.replace(page(body), url="https://gardenshop.com/")
    capture = Capture("gardenshop.com", own.url, HostKind.STOREFRONT, Outcome.FINISHED, "", (own,), ())
    found = [trace for trace in links.take(read(capture)) if trace.kind == "links.residual_name"]
    assert [(trace.value, trace.shown) for trace in found] == [("shop.com", "Shop.com is elsewhere")]


def test_who_mentions_many_shops_left_none_of_their_names() -> None:
    shops = [f"shop{at}.net" for at in range(7)]
    listed = "".join(f"<li>{shop.title()}</li>" for shop in shops)
    assert named(take(page(f"<ul>{listed}</ul>")), "residual_name") == set()
    again = "<p>Welcome to shop0.net</p><p>All of shop0.net is here</p>" + '<a href="mailto:x@y">write to help@shop1.net</a>'
    assert named(take(page(f"<ul>{listed}</ul>{again}")), "residual_name") == {"shop0.net", "shop1.net"}


def test_searches_elsewhere_are_no_left_overs_of_a_mirror() -> None:
    def linked(path: str) -> str:
        return "".join(f'<a href="https://second.net/{path}?q={at}">{at}</a>' for at in range(6))

    assert named(take(page(linked("search"))), "absolute_elsewhere") == set()
    assert named(take(page(linked("cart/add"))), "absolute_elsewhere") == {"second.net"}


@pytest.mark.parametrize(
    "body",
    [
        "<p>see jquery.min.js, index.php, style.css and Mr.Smith.He said so.Then</p>",
        "<!--[if lt IE 9]><script src='https://oss.maxcdn.com/html5shiv/3.7.2/html5shiv.min.js'></script><![endif]-->",
        "<p>write to somebody@gmail.com or you@example.com</p>",
        f"<p>write to help@{SITE}</p>",
        "<p>demo of somebody.github.io</p>",
        f"<h1>Our Great {SITE.title()}</h1>",
        "<!-- caching by https://w3-edge.com -->",
    ],
)
def test_what_is_no_other_shop(body: str) -> None:
    assert named(take(page(body)), "residual_name") == set()


@pytest.mark.parametrize(
    ("mark", "tool"),
    [
        ("<!-- Mirrored from second.net/ by HTTrack Website Copier/3.x [XR&CO'2014], Mon, 02 Mar 2026 -->", "HTTrack: second.net"),
        ("<!-- saved from url=(0022)https://second.net/index.html -->", "browser: second.net"),
        ("<!--\n Page saved with SingleFile \n url: https://www.second.net/ \n-->", "SingleFile: www.second.net"),
        ('<a href="https://web.archive.org/web/20070301000000/http://second.net/">old</a>', "Wayback Machine: second.net"),
    ],
)
def test_marks_of_copying_tools(mark: str, tool: str) -> None:
    raw = f"<html>{mark}<body>{STORY}</body></html>".encode()
    resource = Resource(
        f"https://{SITE}/", 200, (("Content-Type", "text/html"),), raw, hashlib.sha256(raw).hexdigest(), "", Role.HOME
    )
    traces = take(resource)
    assert named(traces, "copying_tool") == {tool}
    assert named(traces, "copied_from") == {"second.net"}


def test_only_notes_and_names() -> None:
    assert {kind.mode for kind in links.KINDS} == {Mode.NAMES, Mode.NOTE}


@pytest.mark.parametrize(
    "body", ["a." * 200_000, "<a href='https://second.net/cart'>" * 5000, "x@" * 100_000, "we have moved " * 50_000]
)
def test_hostile_pages_end(body: str) -> None:
    assert len(take(page(body))) < 100
