"""What software explains, habits of heads, own names, places and marks of copying."""

from __future__ import annotations

import pytest

from analysis.evidence import Trace
from analysis.files.copy_marks import copy_marks
from analysis.files.error_words import own_error_words
from analysis.files.stock_marks import cdn_of, is_stock_cookie, is_stock_header, is_stock_robots_line
from analysis.identities.own_names import lift_names
from analysis.page.response_heads import constant_headers, cookie_names, header_order, typical
from analysis.places import Places
from analysis.texts.moving_words import invites, says_moved, serves_accounts
from crawler.captures import Resource, Role


def answer(path: str, *headers: tuple[str, str], role: Role = Role.PAGE) -> Resource:
    return Resource(f"https://first.com{path}", 200, headers, b"", "0" * 64, "", role)


def test_stock_headers_and_cookies() -> None:
    assert all(map(is_stock_header, ("Server", "X-Powered-By", "CF-Ray", "x-sorting-hat-shopid", "X-Turbo-Charged-By")))
    assert not any(map(is_stock_header, ("X-Reel", "X-Srv", "X-Backend")))
    assert all(map(is_stock_cookie, ("PHPSESSID", "JSESSIONID", "_ga", "woocommerce_cart_hash", "x", "BIGipServerpool")))
    assert not any(map(is_stock_cookie, ("reelsid_m7", "tkn_tx2u", "PrestaShop-4wdpmwjwlt6pu2pfbv1n")))


def test_own_words_of_error_pages() -> None:
    assert own_error_words("The page you are looking for could not be found on this server at <site>.") == 0
    assert own_error_words("What you seek is on the other side of the record") >= 3
    assert own_error_words("Die Motten haben dieses Blatt leider aus unserem Katalog gefressen") >= 3
    assert own_error_words("Кошка утащила эту страницу под старую печку") >= 3


@pytest.mark.parametrize(
    "usual",
    [
        "Diese Seite gibt es leider nicht mehr. Vielleicht hilft dir die Suche weiter?",
        "Il semble qu’il n’y ait rien ici. Essayez peut-être une recherche ?",
        "Vaya, parece que aquí no hay nada. ¿Quieres intentar una búsqueda?",
        "Er is hier helaas niets gevonden. Misschien kan een zoekopdracht helpen?",
        "Não foi possível encontrar esta página. Tente uma pesquisa ou volte ao início.",
        "Inget hittades tyvärr här. Prova kanske att söka?",
        "Tuto stránku se bohužel nepodařilo najít. Zkuste možná vyhledávání.",
        "Кажется, здесь ничего нет. Попробуйте воспользоваться поиском по сайту.",
        "Burada bir şey bulunamadı. Belki arama yapmak istersiniz?",
    ],
)
def test_usual_words_of_error_pages_in_other_languages(usual: str) -> None:
    assert own_error_words(usual) < 2


def test_robots_lines() -> None:
    assert all(map(is_stock_robots_line, ("", "user-agent: *", "disallow: /cart", "# hello", "sitemap: <site>/sitemap.xml")))
    assert not is_stock_robots_line("disallow: /vault-room")


def test_content_networks() -> None:
    assert cdn_of((("Server", "cloudflare"),)) == cdn_of((("CF-RAY", "x"),)) == "cloudflare"
    assert cdn_of((("Server", "nginx"),)) is None


def test_heads() -> None:
    one = answer("/b", ("Server", "x"), ("Set-Cookie", "b=1; path=/"), ("set-cookie", "a=2"), ("Content-Length", "3"), ("Age", "9"))
    assert header_order(one) == "server,set-cookie,length"
    assert cookie_names(one) == ("a", "b")
    other = answer("/a", ("X-Own", "1"), ("Server", "x"))
    assert typical([one, other, answer("/c", *one.headers)]) is one
    assert typical([]) is None
    assert constant_headers([one, other, other]) == {"server": "x"}
    assert constant_headers([one, other]) == {}


def test_names_are_lifted() -> None:
    assert lift_names("Back to First Shop at www.first.com or mail 2 help@first.com", ("First Shop",)) == (
        "back to <name> at <site> or mail # <mail>"
    )


def test_places_prefer_pages_and_have_weights() -> None:
    places = Places()
    places.add("k.a", "v", answer("/x.js", role=Role.SCRIPT))
    places.add("k.a", "v", answer("/z"))
    places.add("k.a", "v", answer("/y"), "shown")
    places.add("k.b", "w", answer("/y"), weight=4.0)
    places.weigh("k.a", "v", 3.0)
    assert list(places.traces()) == [
        Trace("k.a", "v", "https://first.com/y", "0" * 64, "shown", 3.0),
        Trace("k.b", "w", "https://first.com/y", "0" * 64, "", 4.0),
    ]


@pytest.mark.parametrize(
    ("text", "moved", "invited", "served"),
    [
        ("We have moved to second.net", True, False, False),
        ("Membership is by invitation only", False, True, False),
        ("Your account works at second.net as well", False, False, True),
        ("Ваш аккаунт действует на second.net", False, False, True),
        ("Ihr Konto gilt auch bei second.net", False, False, True),
        ("Единая учётная запись: ваша учётная запись действует на second.net", False, False, True),
        ("Comptes de second.net", False, False, True),
        ("Konten von Second (second.net)", False, False, True),
        ("Create an account for free", False, False, False),
        ("Conditions du compte de fidélité", False, False, False),
        ("Our songs moved many people", False, False, False),
        ("We have moved " + "and moved " * 100, False, False, False),
    ],
)
def test_words_about_other_sites(text: str, moved: bool, invited: bool, served: bool) -> None:
    assert (says_moved(text), invites(text), serves_accounts(text)) == (moved, invited, served)


def test_nameless_marks_of_copying_tools() -> None:
    assert list(copy_marks("<html><!-- Added by HTTrack --><body>")) == [("HTTrack", "")]
    assert list(copy_marks("<html><body>We like curl and wget</body>")) == []
