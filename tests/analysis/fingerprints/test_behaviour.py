"""Behaviour: what the software does that copying its pages does not bring along."""

from __future__ import annotations

import hashlib

import pytest

from analysis.evidence import EvidenceClass, Trace
from analysis.fingerprints import behaviour
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

STORY = (
    "<p>Songs by the megabyte, from artists of every land, in the format that you like and at the quality that you choose.</p>" * 8
)
Headers = tuple[tuple[str, str], ...]
OWN: Headers = (
    ("Server", "httpd"),
    ("X-Reel", "front"),
    ("Date", "now"),
    ("Set-Cookie", "reelsid_m7=1; path=/"),
    ("Content-Type", "text/html"),
)
STOCK: Headers = (("Date", "now"), ("Server", "Apache"), ("Set-Cookie", "PHPSESSID=1"), ("Content-Type", "text/html"))


def page(site: str, path: str, body: str, headers: Headers, role: Role, status: int = 200) -> Resource:
    raw = f"<!DOCTYPE html><html><head><title>{site.partition('.')[0].title()}</title></head><body>{body}</body></html>".encode()
    return Resource(f"https://{site}{path}", status, headers, raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", role)


def take(site: str, headers: Headers = STOCK, body: str = "", missing: str = "", *more: Resource) -> list[Trace]:
    resources = [page(site, "/", STORY + body, headers, Role.HOME), page(site, "/about", STORY, headers, Role.ABOUT)]
    resources += [page(site, "/pay", STORY + body, headers, Role.CHECKOUT)]
    if missing:
        resources.append(page(site, "/nothing-here", missing, headers, Role.ERROR_PAGE, 404))
    resources = sorted([*resources, *more], key=lambda r: r.url)
    capture = Capture(site, f"https://{site}/", HostKind.STOREFRONT, Outcome.FINISHED, "", tuple(resources))
    return list(behaviour.take(read(capture)))


def values(traces: list[Trace], word: str) -> set[str]:
    return {trace.value for trace in traces if trace.kind == f"behaviour.{word}"}


def test_an_own_cookie_with_the_header_order_is_the_same_on_two_shops() -> None:
    one, two = take("first.com", OWN), take("second.net", OWN)
    assert values(one, "cookie_and_headers") == values(two, "cookie_and_headers") != set()
    assert values(one, "cookie_and_headers_common") == set()


def test_another_order_of_the_same_headers_is_another_value() -> None:
    assert not values(take("first.com", OWN), "cookie_and_headers") & values(take("second.net", OWN[::-1]), "cookie_and_headers")


@pytest.mark.parametrize(
    "cookie",
    [
        "PHPSESSID",
        "JSESSIONID",
        "ASP.NET_SessionId",
        "laravel_session",
        "OCSESSID",
        "_shopify_y",
        "__cf_bm",
        "sid",
        "wordpress_test_cookie",
        "frontend",
    ],
)
def test_software_explains_its_own_cookie(cookie: str) -> None:
    """Strangers behind one stock server share cookie name and header order: that is class B and no key."""
    headers = (*STOCK[:2], ("Set-Cookie", f"{cookie}=1"), *STOCK[3:])
    traces = take("first.com", headers)
    assert values(traces, "cookie_and_headers") == set()
    assert len(values(traces, "cookie_and_headers_common")) == 1
    kinds = {kind.name: kind for kind in behaviour.KINDS}
    assert kinds["behaviour.cookie_and_headers_common"].cls is EvidenceClass.PROVIDER
    assert not kinds["behaviour.cookie_and_headers_common"].key
    assert kinds["behaviour.cookie_and_headers"].cls is EvidenceClass.BEHIND_THE_PAGE


def test_an_own_header_counts_only_when_it_always_says_the_same() -> None:
    steady = (*STOCK, ("X-Node", "fe3"))
    assert len(values(take("first.com", steady), "header_and_order")) == 1
    other = page("first.com", "/z", STORY, (*STOCK, ("X-Node", "fe4")), Role.PAGE)
    assert values(take("first.com", steady, "", "", other), "header_and_order") == set()


LOST = "<h2>The needle jumped</h2><p>What you seek is not on this side of the record, so lift the arm and begin anew at {}.</p>"


def test_an_error_page_in_own_words_is_the_same_without_the_shops_name() -> None:
    one, two = take("first.com", missing=LOST.format("First")), take("second.net", missing=LOST.format("second.net"))
    assert len(values(one, "error_words")) == 1
    other = take("third.org", missing=LOST.format("First"))
    assert values(take("first.com", missing=LOST.format("First")), "error_page") == values(one, "error_page")
    assert values(one, "error_words") != values(other, "error_words")
    assert values(two, "error_words") != set()


def test_brand_is_lifted_out_of_error_pages() -> None:
    one, two = take("first.com", missing=LOST.format("First")), take("second.net", missing=LOST.format("Second"))
    assert values(one, "error_words") == values(two, "error_words")
    assert values(one, "error_page") == values(two, "error_page")


@pytest.mark.parametrize(
    "missing",
    [
        "<h1>404 Not Found</h1><hr><center>nginx</center>",
        (
            "<h1>Not Found</h1><p>The requested URL was not found on this server.</p><address>Apache/1.3.37 Server at"
            " first.com Port 80</address>"
        ),
        "<p>The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.</p>",
        "<h1>404</h1><p>The page you are looking for does not exist.</p><a href='/'>Back to home</a>",
        "<p>Die gesuchte Seite wurde leider nicht gefunden.</p><p>La page demandée est introuvable, désolé.</p>",
        "<h1>Diese Seite gibt es hier leider nicht.</h1><p>Möchtest du es vielleicht mit einer Suche versuchen?</p>",
        "<p>Qui purtroppo non c'è nulla: prova a cercare la pagina con uno dei link che seguono.</p>",
        "<p>Niestety nic tutaj nie ma. Może spróbujesz wyszukać stronę jeszcze raz?</p>",
        f"{STORY}<p>Sorry, we could not find that page.</p>",
        "<nav class='menu'><p>Keranjang belanja anda masih kosong sekali sekarang</p></nav><p>Page not found</p>",
        "<footer><p>Subscribe now to hear about our finest seasonal bargains weekly</p></footer>",
    ],
)
def test_stock_error_pages_and_templates_say_nothing(missing: str) -> None:
    """Strangers share the server's error page, the theme's menus around it and the platform's wording."""
    traces = take("first.com", missing=missing)
    assert values(traces, "error_words") == values(traces, "error_page") == set()
    assert len(values(traces, "error_habit")) == 1


_GREEK = "<p>Φαίνεται ότι τίποτα δεν βρέθηκε εδώ πέρα.</p><p>Μήπως θέλετε να δοκιμάσετε μια αναζήτηση;</p>"


@pytest.mark.parametrize(
    ("language", "missing", "told"),
    [("el", _GREEK, 0), ("el", f"{_GREEK}{LOST}<p>Κάτω στο λιμάνι ξέρουμε όλοι πού κοιμάται η γάτα.</p>", 4), ("en-GB", LOST, 1)],
)
def test_what_a_theme_says_in_a_language_we_do_not_know_is_not_the_owners(language: str, missing: str, told: int) -> None:
    """Two strangers on WordPress in Greek share its sentence for a missing page; it made them an operator nearly by itself."""
    raw = f'<!DOCTYPE html><html lang="{language}"><body class="error404 wide">{missing}</body></html>'.encode()
    shown = Resource("https://first.com/none", 404, STOCK, raw, "e" * 64, "2007-03-01T00:00:00Z", Role.ERROR_PAGE)
    assert len(values(take("first.com", STOCK, "", "", shown), "error_words")) == told


def test_a_reference_on_the_error_page() -> None:
    assert values(take("first.com", missing="<p>Ref. SK-4041-A2, desk 14</p>"), "error_words") == {"code SK-4041-A2"}
    assert values(take("first.com", missing="<p>HTTP-404</p>"), "error_words") == set()


def test_uncommon_fields_of_forms() -> None:
    login = '<form action="/in"><input name="club_card_no"><input type="password" name="club_secret"></form>'
    assert values(take("first.com", body=login), "login_form") == {"club_card_no|club_secret"}
    plain = '<form action="/in"><input name="email"><input type="password" name="password"><input name="remember"></form>'
    assert values(take("first.com", body=plain), "login_form") == set()
    pay = '<form action="/pay" method="post"><input name="card_vault"><input name="wallet_slot"><input name="amount"></form>'
    assert values(take("first.com", body=pay), "checkout_form") == {"card_vault|wallet_slot|amount"}


@pytest.mark.parametrize(
    "names",
    [
        ("vb_login_username", "vb_login_password", "cookieuser", "s", "securitytoken", "do"),
        ("login[username]", "login[password]", "send"),
        ("success_url", "error_url", "firstname", "is_subscribed", "password", "confirmation"),
        ("name", "pass", "form_build_id", "form_id"),
        ("login", "register", "password", "cookie_check", "_xfToken"),
        ("auth_form", "type", "backurl", "USER_LOGIN", "USER_PASSWORD", "USER_REMEMBER"),
        ("dwfrm_login_username_d0abcdefghij", "dwfrm_login_password", "dwfrm_login_securekey"),
    ],
)
def test_fields_that_software_names_are_nobodys_own(names: tuple[str, ...]) -> None:
    fields = "".join(f'<input name="{name}" type="{"password" if "pass" in name.lower() else "text"}">' for name in names)
    assert values(take("first.com", body=f'<form action="/in">{fields}</form>'), "login_form") == set()
    own = f'<form action="/in">{fields}<input name="club_card_no"></form>'
    assert len(values(take("first.com", body=own), "login_form")) == 1


def test_a_later_page_has_its_own_log_in_form_and_the_same_one_is_told_once() -> None:
    login = '<form action="/in"><input name="club_card_no"><input type="password" name="club_secret"></form>'
    other = '<form action="/in"><input name="badge_no"><input name="desk_no"><input type="password" name="club_secret"></form>'
    later = page("first.com", "/z", STORY + other, STOCK, Role.PAGE)
    found = [trace for trace in take("first.com", STOCK, login, "", later) if trace.kind == "behaviour.login_form"]
    assert [(trace.value, trace.url) for trace in found] == [
        ("badge_no|desk_no|club_secret", "https://first.com/z"),
        ("club_card_no|club_secret", "https://first.com/"),
    ]


def picture(site: str, number: int, when: str, etag: str = "") -> Resource:
    headers = (("Last-Modified", when), ("Date", "Thu, 01 Mar 2007 12:00:00 GMT"), ("ETag", etag))
    raw = f"picture {site} {number}".encode()
    return Resource(f"https://{site}/i/{number}.jpg", 200, headers, raw, hashlib.sha256(raw).hexdigest(), "", Role.IMAGE)


def test_upload_times_need_to_differ() -> None:
    """A site whose files all carry one time was deployed at once, or its clock always says the same."""
    times = [f"Tue, 03 Oct 2006 1{n}:07:2{n} GMT" for n in range(5)]
    assert (
        len(
            values(
                take("first.com", STOCK, "", "", *(picture("first.com", n, when) for n, when in enumerate(times))), "last_modified"
            )
        )
        == 5
    )
    assert (
        values(take("first.com", STOCK, "", "", *(picture("first.com", n, times[0]) for n in range(5))), "last_modified") == set()
    )


def test_inode_etags() -> None:
    when = "Tue, 03 Oct 2006 10:07:20 GMT"
    traces = take(
        "first.com",
        STOCK,
        "",
        "",
        picture("first.com", 1, when, '"1a2b3c-4d2-44f1a2b3"'),
        picture("first.com", 2, when, '"5c0bd4f2-264"'),
    )
    assert values(traces, "etag") == {"1a2b3c-4d2-44f1a2b3"}


def test_a_shop_that_cannot_be_read_has_no_behaviour() -> None:
    capture = Capture(
        "first.com", "https://first.com/", HostKind.STOREFRONT, Outcome.FINISHED, "", (page("first.com", "/", "", OWN, Role.HOME),)
    )
    assert list(behaviour.take(read(capture))) == []


@pytest.mark.parametrize("missing", ["<p>" * 20_000, "<a " * 2000, "word " * 200_000])
def test_hostile_error_pages_end(missing: str) -> None:
    assert len(take("first.com", missing=missing)) < 50
