"""Whom a storefront leads to, in five languages; and whom it does not, however often it links there."""

from __future__ import annotations

import pytest

from crawler.captures import Certificate, HostKind, Role
from crawler.discovery import MAX_CERTIFICATE_SITES, Discovery, How, from_certificate, from_page, from_redirect
from crawler.links import extract
from crawler.platforms import PLATFORMS, platform_reason

SITE = "old.example"
LINK = '<a href="http://new.example/start?session=1">New Shop</a>'


def found(html: str, role: Role = Role.PAGE) -> list[tuple[str, How, HostKind]]:
    return [(one.site, one.how, one.kind) for one in from_page(SITE, role, extract(html.encode(), f"http://{SITE}/x"))]


@pytest.mark.parametrize(
    "text",
    [
        "We have moved! Please visit {}",
        "Our new address is {}",
        "If this site is blocked, use {}",
        "Nous avons déménagé : {}",
        "Retrouvez-nous désormais sur {}",
        "Wir sind umgezogen: {}",
        "Sie finden uns ab sofort unter {}. Finden Sie uns jetzt dort.",
        "Nos hemos mudado a {}",
        "Nuestra nueva dirección: {}",
        "Мы переехали: {}",
        "Наш новый сайт: {}",
        "Рабочее зеркало: {}",
    ],
)
def test_a_new_address_is_discovered(text: str) -> None:
    assert found(f"<p>{text.format(LINK)}</p>") == [("new.example", How.MOVED, HostKind.STOREFRONT)]


@pytest.mark.parametrize(
    "text",
    [
        "Card holders can top up at {}.",
        "To pay by credit card please go to {}",
        "Cards are not accepted here any more. To top up your balance use {}",
        "Pour payer par carte, rendez-vous sur {}",
        "Kreditkarten: bitte zahlen Sie auf {}",
        "Para pagar con tarjeta visite {}",
        "Чтобы пополнить баланс, перейдите на {}",
        "Оплатить картой можно на {}",
    ],
)
def test_a_payment_page_that_sends_elsewhere_leads_to_a_storefront(text: str) -> None:
    assert found(f"<p>{text.format(LINK)}</p>", Role.PAYMENT) == [("new.example", How.PAYMENT, HostKind.STOREFRONT)]


@pytest.mark.parametrize(
    "text",
    ["You are invited to {}", "Vous avez une invitation pour {}", "Ihre Einladung zu {}", "Su invitación a {}", "Приглашаем на {}"],
)
def test_an_invitation_leads_to_a_storefront(text: str) -> None:
    assert found(f"<p>{text.format(LINK)}</p>") == [("new.example", How.INVITATION, HostKind.STOREFRONT)]


def test_refresh_and_other_languages() -> None:
    html = '<meta http-equiv=refresh content="0;url=http://new.example/"><link rel=alternate hreflang=de href="http://shop.example/de/">'
    assert found(html) == [
        ("new.example", How.META_REFRESH, HostKind.STOREFRONT),
        ("shop.example", How.LANGUAGE, HostKind.STOREFRONT),
    ]


def test_log_in_and_checkout_lead_to_services() -> None:
    assert found('<form action="https://accounts.example/in" method=post><input name=u><input type=password></form>') == [
        ("accounts.example", How.LOG_IN, HostKind.SERVICE)
    ]
    assert found('<a href="https://accounts.example/?shop=1">Log in</a>') == [("accounts.example", How.LOG_IN, HostKind.SERVICE)]
    assert found('<form action="https://gate.example/pay" method=post><input name=merchant_id></form>') == [
        ("gate.example", How.CHECKOUT, HostKind.SERVICE)
    ]
    assert found('<iframe src="https://gate.example/box"></iframe>', Role.CHECKOUT) == [
        ("gate.example", How.CHECKOUT, HostKind.SERVICE)
    ]
    assert found('<iframe src="https://gate.example/box"></iframe>', Role.PAGE) == []


def test_a_host_is_one_kind() -> None:
    """A gateway named beside "we accept cards" is a service; a new home that also logs users in is a storefront."""
    gateway = '<p>Top up at once, please: <a href="https://gate.example/pay?merchant_id=7&amount=25">Gate</a></p>'
    form = '<form action="https://gate.example/pay" method=post><input name=merchant_id></form>'
    assert found(gateway + form, Role.PAYMENT) == [("gate.example", How.CHECKOUT, HostKind.SERVICE)]
    assert found('<p><a href="https://gate.example/">Pay 25 dollars by card</a></p>', Role.PAYMENT) == [
        ("gate.example", How.CHECKOUT, HostKind.SERVICE)
    ]
    moved = f'<p>We have moved: {LINK}</p><form action="http://new.example/in" method=post><input type=password></form>'
    assert found(moved) == [("new.example", How.MOVED, HostKind.STOREFRONT)]


def test_a_link_that_a_copying_tool_left_makes_no_service() -> None:
    assert found('<nav><a href="http://victim.example/cart/">Cart</a></nav>') == []


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="http://park.example/?d=old.example">Buy this domain</a></p>',
        f"<p>Our partners: {LINK}</p>",
        f"<p>Our friends moved to a new site: {LINK}</p>",
        f"<p>Seen at {LINK}</p>",
        f"<p>{LINK}</p>",
        f"<p>Beware of the fake site that says we have moved to {LINK}</p>",
        '<p>We have moved: <a rel="sponsored" href="http://new.example/">x</a></p>',
        '<p>Top up at <a href="http://new.example/?aff=77">x</a></p>',
        '<p>We have moved <a href="http://www.old.example/new">here</a></p>',
        '<p>Top up at <a href="https://www.paypal.com/x">PayPal</a></p>',
        '<p>You are invited to <a href="https://www.facebook.com/x">our group</a></p>',
        '<p>We moved to <a href="http://127.0.0.1.co.uk/">a</a></p>'.replace("127.0.0.1.co.uk", "co.uk"),
        '<form action="https://list.example/subscribe" method=post><input name=email><input type=submit value="Join"></form>',
        "<p>New: bathroom mirror, see " + LINK + "</p>",
    ],
)
def test_other_links_discover_nothing(html: str) -> None:
    assert found(html) == []


def test_a_page_of_many_such_links_is_a_list_and_discovers_nothing() -> None:
    assert found("".join(f'<p>We have moved: <a href="http://s{n}.example/">x</a></p>' for n in range(12))) == []


def test_the_visit_begins_at_the_root() -> None:
    (one,) = from_page(SITE, Role.PAGE, extract(f"<p>We have moved: {LINK}</p>".encode(), f"http://{SITE}/"))
    assert one == Discovery("new.example", "http://new.example/", How.MOVED, HostKind.STOREFRONT)


def test_redirects_lead_to_the_new_home_or_to_a_service() -> None:
    home = from_redirect(SITE, f"http://{SITE}/", "//new.example/x?y", Role.HOME)
    assert home == Discovery("new.example", "http://new.example/", How.REDIRECT, HostKind.STOREFRONT)
    door = from_redirect(SITE, f"http://{SITE}/login", "https://accounts.example/", Role.LOGIN)
    assert door is not None
    assert (door.how, door.kind) == (How.LOG_IN, HostKind.SERVICE)
    for location in ("/inside", "http://www.old.example/", "https://www.facebook.com/x", "javascript:1", "http://[", ""):
        assert from_redirect(SITE, f"http://{SITE}/", location, Role.HOME) is None


def certificate(*names: str) -> Certificate:
    return Certificate("", "", "", "", names, "", "")


def test_certificates_name_other_storefronts_unless_they_are_bundles() -> None:
    assert [
        one.url for one in from_certificate(SITE, certificate("*.old.example", "shop.example", "www.shop.example", "*.b.example"))
    ] == [
        "https://b.example/",
        "https://shop.example/",
    ]
    many = tuple(f"s{n}.example" for n in range(MAX_CERTIFICATE_SITES + 1))
    assert from_certificate(SITE, certificate(*many)) == ()
    assert from_certificate(SITE, certificate("sni.cloudflaressl.com", "shop.example")) == ()
    assert from_certificate(SITE, certificate("", "*", "*.co.uk", "not a name", "x" * 300)) == ()


@pytest.mark.parametrize(
    "host", ["www.facebook.com", "google.de", "t.me", "pay.paypal.com", "d1.cloudfront.net", "m.vk.com", "apps.apple.com"]
)
def test_platforms_have_a_reason(host: str) -> None:
    assert platform_reason(host) in PLATFORMS


@pytest.mark.parametrize(
    "host", ["shop.example", "t.example", "applecart.example", "mail.example", "blog.blogspot.com", "visa.example", "x.co.uk"]
)
def test_others_have_none(host: str) -> None:
    assert platform_reason(host) is None
