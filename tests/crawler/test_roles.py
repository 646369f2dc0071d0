"""What each resource of a capture was, from its content alone."""

from __future__ import annotations

import hashlib

import pytest

from crawler.captures import Resource, Role
from crawler.pages import impossible_path
from crawler.roles import roles

SITE = "shop.example"
HTML = "text/html; charset=utf-8"


def answer(
    path: str, body: str | bytes = "", *, status: int = 200, media: str = HTML, location: str = "", host: str = SITE
) -> Resource:
    raw = body.encode() if isinstance(body, str) else body
    headers = (("Content-Type", media), *((("Location", location),) if location else ()))
    return Resource(f"https://{host}{path}", status, headers, raw, hashlib.sha256(raw).hexdigest(), "", Role.OTHER)


def page(*parts: str) -> str:
    return "<!doctype html><html><body>" + "".join(parts) + "</body></html>"


def card(path: str, name: str) -> str:
    return f'<div><a href="{path}">{name}</a><a href="{path}">Add to cart</a><b>$9.50</b></div>' + "<p>text</p>" * 3


def of(*resources: Resource, site: str = SITE) -> dict[str, Role]:
    return {url.removeprefix(f"https://{SITE}"): role for url, role in roles(resources, site).items()}


def test_products_and_listings_are_told_by_their_cards() -> None:
    names = ["Goat Cheese", "Blue Shoes", "Red Hat Xl", "Green Tea Box", "Old Wool Sock", "Plum Jam Jar", "Oak Table Top"]
    paths = ["/" + name.lower().replace(" ", "-") + ".html" for name in names]
    cards = "".join(map(card, paths, names))
    related = card(paths[0], names[0])
    found = of(
        answer("/", page('<a href="/all.php?x=1">Everything here</a>', related)),
        answer("/all.php?x=1", page(cards)),
        *(answer(path, page(f"<h1>{name}</h1>", related)) for path, name in zip(paths, names, strict=True)),
    )
    assert found["/all.php?x=1"] is Role.LISTING
    assert {found[path] for path in paths} == {Role.PRODUCT}


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ('<meta property="og:type" content="product"><h1>Shoe</h1>', Role.PRODUCT),
        ("<form><input name=user><input type=password></form>", Role.LOGIN),
        ("<form><input type=password><input type=password></form>", Role.REGISTER),
        ("<form><input name=invite_code></form>", Role.INVITATION),
        ("<form><input name=cardnumber><input name=cvv></form>", Role.PAYMENT),
        ("<h1>Datenschutzerklärung</h1><p>...</p>", Role.PRIVACY),
        ("<title>Условия использования - Shop</title>", Role.TERMS),
        ("<h1>Garden</h1>", Role.PAGE),
    ],
)
def test_what_neither_address_nor_link_names_is_told_by_content(body: str, role: Role) -> None:
    assert of(answer("/", page("home")), answer("/x7", page(body)))["/x7"] is role


def test_a_log_in_box_on_every_page_makes_no_log_in_page() -> None:
    box = "<form><input type=password></form>"
    found = of(answer("/", page(box)), *(answer(f"/x{n}a", page(box)) for n in range(5)))
    assert set(found.values()) == {Role.HOME, Role.PAGE}


def test_where_the_root_leads_is_the_home_page_too() -> None:
    found = of(answer("/", status=302, location="/de/"), answer("/de/", page("x")))
    assert found == {"/": Role.HOME, "/de/": Role.HOME}
    gate = of(answer("/", status=302, location="/login"), answer("/login", page("<input type=password>")))
    assert gate["/login"] is Role.LOGIN


def test_a_subdomain_has_no_home_where_the_domain_answers() -> None:
    found = of(answer("/", page("x")), answer("/", page("<h1>FAQ</h1>"), host=f"help.{SITE}"))
    assert found[f"https://help.{SITE}/"] is Role.PAGE
    assert of(answer("/", page("x"), host=f"store.{SITE}"))[f"https://store.{SITE}/"] is Role.HOME


ERROR = page("<h1>Nothing on this shelf</h1>")


def test_our_own_probe_is_the_error_page() -> None:
    path = impossible_path(SITE, "20070503T060000Z")
    found = of(answer("/", page('<a href="/dead">x</a>')), answer("/dead", ERROR, status=404), answer(path, ERROR, status=404))
    assert found[path] is Role.ERROR_PAGE
    assert list(found.values()).count(Role.ERROR_PAGE) == 1


@pytest.mark.parametrize(
    "path",
    ["/a-page-that-does-not-exist-9be1c0", "/nonexistent", "/404-test", "/zzz/not-found-page", "/0f3a9c1d2b4e5f60", "/qwertz"],
)
def test_probes_of_other_tools_are_the_error_page(path: str) -> None:
    assert of(answer("/", page("x")), answer(path, ERROR, status=404))[path] is Role.ERROR_PAGE


def test_a_soft_error_is_the_error_page_only_where_a_probe_was_made() -> None:
    found = of(answer("/", page("x")), answer("/this-does-not-exist-1", ERROR), answer("/hidden", ERROR))
    assert found["/this-does-not-exist-1"] is Role.ERROR_PAGE
    assert found["/hidden"] is Role.PAGE


@pytest.mark.parametrize("path", ["/0f3a9c1d2b4e5f60", "/404", "/404.html", "/x/error-404", "/does-not-exist-4"])
def test_a_probe_that_was_answered_like_a_page_is_the_error_page(path: str) -> None:
    assert of(answer("/", page("x")), answer(path, ERROR))[path] is Role.ERROR_PAGE


@pytest.mark.parametrize(
    "path",
    [
        "/lamps/desk-lamp/4006381333931",  # an article number
        "/4006381333931",
        "/recipes/lentil-soup-5a01c742450cfa39e02c5642",
        "/story/78989010-fddc-3e4a-b54f-10e3ad110564",
        "/shows/the-404-part-7-of-the-lamp-show/",
    ],
)
def test_goods_and_articles_with_long_numbers_are_no_error_page(path: str) -> None:
    found = of(answer("/", page("x")), answer(path, ERROR))
    assert Role.ERROR_PAGE not in found.values()
    moved = of(answer("/", page("x")), answer(path, status=301, location="/desk-lamp"), answer("/desk-lamp", ERROR))
    assert Role.ERROR_PAGE not in moved.values()


def test_a_page_whose_picture_is_an_anchor_on_it_is_a_page() -> None:
    assert of(answer("/lamp", page('<img src="#"><link rel="icon" href="#">A lamp'))) == {"/lamp": Role.PAGE}


def test_the_only_page_of_a_capture_is_no_error_page() -> None:
    assert of(answer("/0f3a9c1d2b4e5f60", ERROR)) == {"/0f3a9c1d2b4e5f60": Role.PAGE}


def test_a_redirected_probe_shows_the_error_page_at_its_end() -> None:
    found = of(answer("/", page("x")), answer("/no-such-page", status=302, location="/oops"), answer("/oops", ERROR))
    assert found["/oops"] is Role.ERROR_PAGE
    back = of(answer("/", page("x")), answer("/no-such-page", status=302, location="/"))
    assert Role.ERROR_PAGE not in back.values()


@pytest.mark.parametrize("status", [403, 500, 503])
def test_a_refused_probe_is_no_error_page(status: int) -> None:
    assert (
        of(answer("/", page("x"), status=status), answer("/does-not-exist", ERROR, status=status))["/does-not-exist"] is Role.PAGE
    )


def test_a_missing_picture_is_no_error_page_where_it_is_no_page() -> None:
    found = of(
        answer("/", page("<img src=/x.png>")),
        answer("/x.png", b"", status=404, media="image/png"),
        answer("/favicon.ico", ERROR, status=404),
    )
    assert found == {"/": Role.HOME, "/x.png": Role.IMAGE, "/favicon.ico": Role.ICON}


def test_assets_are_told_by_use_type_and_address() -> None:
    uses = '<script src="/min?g=js"></script><img src="/i/7">'
    found = of(
        answer("/", page('<link rel=icon href="/logo?s=1"><link rel=stylesheet href="/min?g=css">', uses)),
        answer("/logo?s=1", b"\x89PNG", media="image/png"),
        answer("/min?g=css", b"a{}", media="text/plain"),
        answer("/min?g=js", b"1", media="text/html"),
        answer("/i/7", b"GIF89a", media="application/octet-stream"),
        answer("/api", b"{}", media="application/json"),
        answer("/feed", b'<?xml version="1.0"?><urlset></urlset>', media="text/xml"),
        answer("/font", b"wOF2", media="font/woff2"),
    )
    assert found["/logo?s=1"] is Role.ICON
    assert found["/min?g=css"] is Role.STYLE
    assert found["/i/7"] is Role.IMAGE
    assert found["/api"] is Role.OTHER
    assert found["/feed"] is Role.SITEMAP
    assert found["/font"] is Role.FONT


def test_html_in_place_of_a_file_is_no_such_file() -> None:
    """A parked domain answers every address with its page: that is no robots.txt, no style sheet and no icon."""
    parked = page("<h1>This domain may be for sale</h1>")
    found = of(*(answer(path, parked) for path in ("/", "/robots.txt", "/favicon.ico", "/a.css")))
    assert found == {"/": Role.HOME, "/robots.txt": Role.OTHER, "/favicon.ico": Role.OTHER, "/a.css": Role.OTHER}


def test_roles_do_not_depend_on_the_order_or_on_roles_held() -> None:
    resources = [answer("/", page('<a href="/k">Kontakt</a>')), answer("/k", page("x")), answer("/nosuch", ERROR, status=404)]
    assert of(*resources) == of(*reversed(resources))


@pytest.mark.parametrize("body", [b"", b"\x00" * 100, b"<" * 5000, b"\xff\xfe" + b"<\x00a\x00" * 50])
def test_hostile_bodies_have_a_role(body: bytes) -> None:
    assert of(answer("/", body), answer("/x", body, status=404), answer("/y.png", body))["/"] is Role.HOME


MENU = "".join(f'<a href="/shelf{n}">Shelf {n}</a>' for n in range(20))
BOX = "<form><input name=user><input type=password></form>"


@pytest.mark.parametrize(
    ("body", "role"),
    [
        (f"<title>Oak lamp</title><h1>Oak lamp</h1>{MENU}{BOX}<p>A lamp of oak.</p>", Role.PAGE),
        (f"<h1>Threads of today</h1>{MENU}<h2>Register</h2><h2>Log in</h2>{BOX}", Role.PAGE),
        (f"<title>Customer log in :: Lamps</title>{MENU}{BOX}", Role.LOGIN),
        (f"<h1>Anmelden</h1>{MENU}{BOX}", Role.LOGIN),
        (f"{MENU}<form><input type=password><input type=password></form>", Role.REGISTER),
        (f"{MENU}<form><input type=password><input type=password><input type=password></form>", Role.PAGE),
        (f"<h1>Comments</h1>{MENU}<form><input type=hidden name=invitation_id><textarea></textarea></form>", Role.PAGE),
        (f"<h1>A house by the lake</h1>{MENU}<h2>About us</h2><h2>Contact us</h2>", Role.PAGE),
    ],
)
def test_a_box_beside_what_a_page_is_for_names_it_nothing(body: str, role: Role) -> None:
    """A capture of few pages does not tell what is frame: the page's own title and heading do."""
    assert of(answer("/", page("home")), answer("/x7", page(body)))["/x7"] is role


def test_a_link_to_itself_says_nothing_of_a_page() -> None:
    """Boxes that scripts open are linked as a place on the page itself."""
    goods = page('<h1>Lamps</h1><a href="#">Sign in</a><a href="">Log in</a>')
    assert of(answer("/", page("home")), answer("/lamps-of-oak", goods))["/lamps-of-oak"] is Role.PAGE
