"""The state of a storefront: its home page's, behind redirects; what an archive without one shows best."""

from __future__ import annotations

import hashlib

import pytest

from analysis.page.page_state import PageState, Verdict, assess
from analysis.page.pages import Page
from analysis.page.storefront_state import storefront_verdict
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

LOGIN_BOX = '<form action="/login"><input name="user"><input type="password" name="pw"><button>Sign in</button></form>'
CARDS = "".join(f'<div><a href="/p/{n}">Album {n}</a><b>${n}.40</b><button>Add to cart</button></div>' for n in range(1, 9))
PROSE = " ".join(f"<p>The {n}th record of this label was pressed in a cellar and sold at the door.</p>" for n in range(30))
FAREWELL = "<h1>The blog</h1><p>The service will resume some day. 3 July 2007</p><p>Thank you. 9 July 2007</p>"


def page(
    body: str,
    *,
    url: str = "https://shop.example/",
    status: int = 200,
    role: Role = Role.HOME,
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),),
) -> Page:
    raw = body.encode()
    return Page(Resource(url, status, headers, raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", role))


def html(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>A page</title></head><body>{body}</body></html>"


def capture(*resources: Resource, outcome: Outcome = Outcome.FINISHED, reason: str = "") -> Capture:
    return Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, outcome, reason, resources)


def judged(*pages: Page) -> tuple[tuple[Page, Verdict], ...]:
    return tuple((one, assess(one)) for one in pages)


def redirect(url: str, target: str) -> Page:
    return page("", url=url, status=302, headers=(("Location", target),))


def test_the_storefront_is_its_home_page_behind_redirects() -> None:
    home = redirect("https://shop.example/", "/en/start")
    start = page(html(CARDS), url="https://shop.example/en/start", role=Role.PAGE)
    assert storefront_verdict(capture(home.resource, start.resource), judged(home, start)).state is PageState.SHOP


def test_a_home_page_that_sends_elsewhere_is_redirect_only_and_says_where() -> None:
    home = redirect("https://shop.example/", "https://other.example/")
    verdict = storefront_verdict(capture(home.resource), judged(home))
    assert verdict.state is PageState.REDIRECT
    assert any("other.example" in mark for mark in verdict.marks)


def test_a_redirect_loop_ends() -> None:
    one = redirect("https://shop.example/", "https://shop.example/a")
    two = redirect("https://shop.example/a", "https://shop.example/")
    assert storefront_verdict(capture(one.resource, two.resource), judged(one, two)).state is PageState.REDIRECT


def test_a_home_page_that_leads_to_a_page_not_archived_is_not_seen() -> None:
    """An archive made by another crawler may end at the redirect: that says nothing of the shop."""
    plain = redirect("http://shop.example/", "https://shop.example/")
    home = redirect("https://shop.example/", "/start")
    assert storefront_verdict(capture(plain.resource, home.resource), judged(plain, home)).state is PageState.NOT_SEEN


def test_spellings_of_the_home_address_are_no_redirect_loop() -> None:
    plain = redirect("http://shop.example/", "https://www.shop.example/")
    www = redirect("https://www.shop.example/", "https://www.shop.example/start")
    start = page(html(CARDS), url="https://www.shop.example/start", role=Role.PAGE)
    assert (
        storefront_verdict(capture(plain.resource, www.resource, start.resource), judged(plain, www, start)).state is PageState.SHOP
    )


def test_a_gated_home_page_gates_the_storefront_though_its_terms_can_be_read() -> None:
    home = page(html(f"<h1>By invitation only</h1>{LOGIN_BOX}"))
    terms = page(html(PROSE), url="https://shop.example/terms", role=Role.TERMS)
    assert storefront_verdict(capture(home.resource, terms.resource), judged(home, terms)).state is PageState.INVITATION_GATE


def test_a_log_in_page_among_others_gates_nothing() -> None:
    home = page(html(CARDS))
    login = page(html(f"<h1>Log in</h1>{LOGIN_BOX}"), url="https://shop.example/login", role=Role.LOGIN)
    assert storefront_verdict(capture(home.resource, login.resource), judged(home, login)).state is PageState.SHOP


def test_a_farewell_on_the_home_page_ends_the_shop_though_an_old_product_page_answers() -> None:
    home = page(html(FAREWELL))
    product = page(html(CARDS), url="https://shop.example/p/1", role=Role.PRODUCT)
    assert storefront_verdict(capture(home.resource, product.resource), judged(home, product)).state is PageState.BLOG


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.UNREACHABLE, PageState.UNREACHABLE), (Outcome.ROBOTS, PageState.NOT_SEEN), (Outcome.FAILED, PageState.NOT_SEEN)],
)
def test_without_pages_the_outcome_of_the_visit_is_the_state(outcome: Outcome, state: PageState) -> None:
    verdict = storefront_verdict(capture(outcome=outcome, reason="why"), ())
    assert verdict.state is state
    assert "why" in verdict.marks


def test_an_archive_without_a_home_page_is_what_it_shows_best() -> None:
    """Its first page may be a log-in form while the goods stand on the next."""
    login = page(html(f"<h1>Log in</h1>{LOGIN_BOX}"), url="https://shop.example/account/login", role=Role.LOGIN)
    goods = page(html(CARDS), url="https://shop.example/lamps", role=Role.LISTING)
    shown = Capture("shop.example", login.url, HostKind.STOREFRONT, Outcome.FINISHED, "", (login.resource, goods.resource))
    assert storefront_verdict(shown, judged(login, goods)).state is PageState.SHOP


def test_doors_alone_are_a_gate() -> None:
    login = page(html(f"<h1>Log in</h1>{LOGIN_BOX}"), url="https://shop.example/account/login", role=Role.LOGIN)
    forgot = page(
        html("<p>Tell us your address, and a new word comes by mail.</p>"), url="https://shop.example/forgot", role=Role.LOGIN
    )
    shown = Capture("shop.example", login.url, HostKind.STOREFRONT, Outcome.FINISHED, "", (login.resource, forgot.resource))
    assert storefront_verdict(shown, judged(login, forgot)).state is PageState.LOGIN_GATE
