"""Page state: what is nothing says so by its marks; shops, small pages and gates are not taken for it."""

from __future__ import annotations

import hashlib

import pytest

from analysis.page.page_state import PageState, assess
from analysis.page.pages import Page
from crawler.captures import Resource, Role


def page(
    body: str | bytes,
    *,
    url: str = "https://shop.example/",
    status: int = 200,
    role: Role = Role.HOME,
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),),
) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(Resource(url, status, headers, raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", role))


def html(body: str, title: str = "A page", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


CARDS = "".join(
    f'<div class="card"><a href="/p/{n}">Album {n}</a><b>${n}.40</b><button>Add to cart</button></div>' for n in range(1, 9)
)
PROSE = " ".join(
    f"<p>The {n}th record of this label was pressed in a cellar and sold at the door to whoever came.</p>" for n in range(30)
)
LOGIN_BOX = '<form action="/login"><input name="user"><input type="password" name="pw"><button>Sign in</button></form>'

NOTHING = [
    (PageState.PARKED, html("<h1>x.example</h1><h3>Related searches</h3><a href='/s'>Mp3</a><p>Buy this domain</p>")),
    (PageState.PARKED, html("<p>x.example</p>", head='<script src="https://img.sedoparking.com/js/p.js"></script>')),
    (PageState.PARKED, html("<h1>Diese Domain ist geparkt</h1><p>Ähnliche Suchanfragen</p><p>Domain ist geparkt</p>")),
    (PageState.PARKED, html("<h1>Домен припаркован</h1><p>Похожие запросы: музыка</p>")),
    (PageState.FOR_SALE, html("<h1>x.example</h1><p>This domain is for sale. Make an offer.</p>")),
    (PageState.FOR_SALE, html("<h1>x.example</h1><p>Ce nom de domaine est à vendre.</p>")),
    (PageState.FOR_SALE, html("<h1>x.example</h1><p>Diese Domain steht zum Verkauf.</p>")),
    (PageState.FOR_SALE, html("<h1>x.example</h1><p>Este dominio está en venta.</p>")),
    (PageState.FOR_SALE, html("<h1>x.example</h1><p>Этот домен продаётся</p>")),
    (PageState.SUSPENDED, html("<h1>Account Suspended</h1><p>Contact your hosting provider.</p>")),
    (PageState.SUSPENDED, html("<h1>Compte suspendu</h1>")),
    (PageState.SUSPENDED, html("<h1>Ihre Webseite gesperrt</h1>")),
    (PageState.SUSPENDED, html("<h1>Cuenta suspendida</h1>")),
    (PageState.SUSPENDED, html("<h1>Сайт заблокирован</h1><p>Обратитесь к провайдеру</p>")),
    (PageState.DEFAULT_PAGE, html("<h1>Welcome to nginx!</h1><p>Further configuration is required.</p>")),
    (PageState.DEFAULT_PAGE, html("<h1>It works!</h1>")),
    (PageState.DEFAULT_PAGE, html("<h1>Index of /</h1><a href='a.zip'>a.zip</a>", title="Index of /")),
    (
        PageState.CHALLENGE,
        html("<h2>Verifying you are human.</h2><script>window._cf_chl_opt={}</script>", title="Just a moment..."),
    ),
    (PageState.CHALLENGE, html("<p>Проверка браузера. Подтвердите, что вы не робот.</p>")),
    (PageState.CHALLENGE, html("<p>Vérification de votre navigateur avant d'accéder au site</p>")),
    (PageState.CHALLENGE, html("<p>Ihr Browser wird überprüft</p>")),
    (PageState.CHALLENGE, html("<p>Verifica que eres humano</p>")),
    (PageState.MAINTENANCE, html("<h1>We are under maintenance</h1><p>Please come back later.</p>")),
    (PageState.MAINTENANCE, html("<h1>Wartungsarbeiten</h1>")),
    (PageState.MAINTENANCE, html("<h1>Site en maintenance</h1>")),
    (PageState.MAINTENANCE, html("<h1>Sitio en mantenimiento</h1>")),
    (PageState.MAINTENANCE, html("<h1>Ведутся технические работы</h1>")),
    (PageState.GEO_BLOCK, html("<p>This service is not available in your country.</p>")),
    (PageState.GEO_BLOCK, html("<p>Сервис недоступен в вашей стране.</p>")),
    (PageState.REDIRECT, html("", head='<meta http-equiv="Refresh" content="0; url=https://other.example/">')),
    (PageState.REDIRECT, html("<script>window.location.replace('https://other.example/')</script>")),
    (PageState.APP_SHELL, html('<div id="root"></div><noscript>You need scripts.</noscript><script src="/main.js"></script>')),
    (PageState.BLANK, html("  ")),
    (PageState.BLANK, " \n "),
    (PageState.NOT_HTML, '{"error": "no such host"}'),
]


@pytest.mark.parametrize(("state", "source"), NOTHING)
def test_nothing_is_told_by_its_marks(state: PageState, source: str) -> None:
    verdict = assess(page(source))
    assert verdict.state is state
    assert verdict.marks
    assert not verdict.is_readable
    assert not verdict.is_gate


GATES = [
    (PageState.INVITATION_GATE, html("<h1>By invitation only</h1><form><input name='invitation'><button>Enter</button></form>")),
    (PageState.INVITATION_GATE, html(f"<h1>Только для участников</h1><p>Код приглашения</p>{LOGIN_BOX}")),
    (PageState.INVITATION_GATE, html("<h1>Sur invitation</h1><form><input name='code_invitation'></form>")),
    (PageState.INVITATION_GATE, html("<h1>Nur auf Einladung</h1><form><input name='einladung'></form>")),
    (PageState.INVITATION_GATE, html("<h1>Solo por invitación</h1><form><input name='invitacion'></form>")),
    (PageState.LOGIN_GATE, html(f"<h1>Please log in</h1>{LOGIN_BOX}")),
    (PageState.LOGIN_GATE, html(f"<h1>Вход</h1>{LOGIN_BOX}")),
    (PageState.AGE_WALL, html("<h1>Are you over 18?</h1><a href='/in'>Yes</a><a href='/out'>No</a>")),
    (PageState.AGE_WALL, html("<h1>Sind Sie 18 Jahre alt?</h1><button>Ja</button>")),
    (PageState.COOKIE_WALL, html("<h1>Before you continue</h1><p>We use cookies.</p><button>Accept</button>")),
    (PageState.COOKIE_WALL, html("<p>Avant de continuer, veuillez accepter les cookies.</p><button>OK</button>")),
]


@pytest.mark.parametrize(("state", "source"), GATES)
def test_a_gate_is_a_gate_and_has_a_readable_part(state: PageState, source: str) -> None:
    verdict = assess(page(source))
    assert (verdict.state, verdict.is_gate, verdict.is_readable) == (state, True, False)


def test_an_invitation_page_that_explains_itself_at_length_is_still_a_gate() -> None:
    source = html(f"<h1>Members only</h1>{PROSE}<form><input name='invite_code'></form>")
    assert assess(page(source)).state is PageState.INVITATION_GATE


SHOPS = [
    html(f"{LOGIN_BOX}{CARDS}", title="Records"),
    html(f"<div class='consent'>Before you continue: we use cookies</div>{CARDS}"),
    html(f"<div>Are you over 18?</div>{CARDS}"),
    html(f"<h1>Sale! Domain name t-shirts, buy this domain joke shirt</h1>{CARDS}"),
    html(f"<p>Members only prices: ask for an invitation code</p>{CARDS}"),
    html(f"<p>Our blog was under maintenance, goodbye old design</p>{CARDS}"),
    html(f"<script>var u='/cdn-cgi/challenge-platform/x';var _cf_chl_opt;</script>{CARDS}"),
    html(f"<h2>From our blog</h2><time>2007-03-01</time><time>2007-03-04</time>{CARDS}"),
]


@pytest.mark.parametrize("source", SHOPS)
def test_a_shop_is_a_shop_whatever_words_it_uses(source: str) -> None:
    assert assess(page(source)).state is PageState.SHOP


def test_a_small_page_with_something_to_say_is_content() -> None:
    """Fan pages of eighty words must not be lost as empty."""
    words = " ".join(["I have collected the records of this band since I was twelve and these are the links I like."] * 4)
    verdict = assess(page(html(f"<h1>My page</h1><p>{words}</p><a href='https://other.example/'>other</a>")))
    assert verdict.state is PageState.CONTENT


FAREWELLS = [
    "<h1>The blog</h1><p>The service will resume in the foreseeable future. 3 July 2007</p><p>Thank you. 9 July 2007</p>",
    "<h1>Blog</h1><p>Le service reprendra bientôt. 3 juillet 2007</p><p>Merci. 9 juillet 2007</p>",
    "<h1>Blog</h1><p>Der Dienst wird wieder aufgenommen. 3. Juli 2007</p><p>Danke. 9. Juli 2007</p>",
    "<h1>Blog</h1><p>El servicio se reanudará. 03/07/2007</p><p>Gracias. 09/07/2007</p>",
    "<h1>Блог</h1><p>Сервис возобновит работу. 3 июля 2007</p><p>Спасибо. 9 июля 2007</p>",
]


@pytest.mark.parametrize("body", FAREWELLS)
def test_a_farewell_blog_is_readable_and_no_shop(body: str) -> None:
    verdict = assess(page(html(body)))
    assert verdict.state is PageState.BLOG
    assert verdict.is_readable
    assert any(mark.startswith("farewell") for mark in verdict.marks)


CLOSURES = [
    "<h1>Goodbye</h1><p>Our store has closed. All parcels are on their way. Thank you for ten years.</p>",
    "<h1>Merci</h1><p>Après dix ans la boutique a fermé définitivement. Merci à vous toutes et tous.</p>",
    "<h1>Danke</h1><p>Unser Shop wurde geschlossen. Offene Bestellungen kommen noch an.</p>",
    "<h1>Gracias</h1><p>La tienda ha cerrado. Los pedidos pendientes llegarán.</p>",
    "<h1>Спасибо</h1><p>Мы закрылись. Все заказы отправлены.</p>",
]


@pytest.mark.parametrize("body", CLOSURES)
def test_a_closing_note_needs_neither_date_nor_blog(body: str) -> None:
    verdict = assess(page(html(body)))
    assert verdict.state is PageState.BLOG
    assert all(mark.startswith("farewell") for mark in verdict.marks)


def test_who_only_tells_of_a_closed_shop_says_no_farewell() -> None:
    told = "<p>The record store has closed that I went to as a boy, and so have the others in our street.</p>"
    essay = f"<h1>My street</h1>{told}" + "<p>I remember every one of its shelves and all the people behind its counter.</p>" * 20
    assert assess(page(html(essay))).state is PageState.CONTENT
    shop = f"<h1>Lamps</h1>{told}" + "".join(f"<p>Lamp {n} <b>$ {n}9.50</b> <button>Add to cart</button></p>" for n in range(1, 5))
    assert assess(page(html(shop))).state is PageState.SHOP


def test_an_article_that_tells_of_money_is_no_shop() -> None:
    told = "".join(
        f"<p>In the year {n} the label sold its cellar for ${n}00 to a neighbour who had asked for years.</p>" for n in range(2, 9)
    )
    assert assess(page(html(told), role=Role.PAGE)).state is PageState.CONTENT
    assert assess(page(html(told), role=Role.PRODUCT)).state is PageState.CONTENT
    assert assess(page(html(told), role=Role.PAYMENT)).state is PageState.SHOP
    tags = "".join(f"<li>Album {n} <b>$</b><b>{n}.40</b></li>" for n in range(2, 4))
    assert assess(page(html(told + tags), role=Role.PAGE)).state is PageState.SHOP
    assert assess(page(html(f"{told}<b>$ 7.40</b>"), role=Role.PAGE)).state is PageState.CONTENT
    assert assess(page(html(f"{told}<b>$ 7.40</b>"), role=Role.PRODUCT)).state is PageState.SHOP


UNPAYABLE = [
    "Payment temporarily unavailable. Unfortunately, the payment could not be processed currently.",
    "Paiement temporairement indisponible.",
    "Zahlung vorübergehend nicht erreichbar.",
    "Pago temporalmente no disponible.",
    "Оплата временно недоступна. Приём платежей временно недоступен.",
]


@pytest.mark.parametrize("text", UNPAYABLE)
@pytest.mark.parametrize("role", [Role.PAYMENT, Role.PAGE])
def test_a_page_that_says_paying_is_unavailable_is_read(text: str, role: Role) -> None:
    """That the cards do not work is news of a shop; taken for maintenance, the page would be lost."""
    source = html(f"<h1>Top up</h1><p>{text}</p><a href='/'>Home</a>")
    assert assess(page(source, url="https://shop.example/topup", role=role)).is_readable


POLICIES = [
    "A customer whose account has been suspended may not order. You must be at least 18.",
    "This service is not available in your country if local law forbids it. Please enable cookies.",
]


@pytest.mark.parametrize("text", POLICIES)
def test_policies_speak_of_walls_without_being_one(text: str) -> None:
    source = html(f"<h1>Terms</h1><p>{text}</p>{' '.join(['<p>We deliver what was ordered in good time and order.</p>'] * 8)}")
    assert assess(page(source, url="https://shop.example/terms", role=Role.TERMS)).is_readable


def test_a_missing_page_answered_with_200_is_soft_404() -> None:
    source = html("<h1>Page not found</h1><p>Try the home page.</p>")
    assert assess(page(source, url="https://shop.example/old", role=Role.PAGE)).state is PageState.SOFT_404


def test_a_number_in_a_name_is_no_error() -> None:
    assert assess(page(html(f"<h1>Drill 404</h1>{CARDS}"), role=Role.PRODUCT)).state is PageState.SHOP
    assert assess(page(html("<h1>404</h1><p>Nothing here.</p>"), role=Role.PAGE)).state is PageState.SOFT_404


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (404, PageState.ERROR),
        (500, PageState.ERROR),
        (401, PageState.LOGIN_GATE),
        (451, PageState.GEO_BLOCK),
        (503, PageState.MAINTENANCE),
    ],
)
def test_a_status_decides_when_the_page_says_nothing_more(status: int, state: PageState) -> None:
    assert assess(page(html("<p>Sorry, something went wrong here today.</p>"), status=status)).state is state


def test_a_full_shop_behind_a_wrong_status_is_read() -> None:
    assert assess(page(html(CARDS), status=404)).state is PageState.SHOP


HOSTILE = [
    b"\x00\xff" * 5_000,
    b"<" * 200_000,
    b"<a " * 20_000,
    b"<div>" * 50_000,
    b"<p>$" + b"9" * 100_000,
    ("1 " * 60_000).encode(),
    b"<input " + b"a=b " * 20_000 + b">",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_bytes_have_a_state(body: bytes) -> None:
    assert isinstance(assess(page(body)).state, PageState)
