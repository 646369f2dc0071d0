"""Page roles promised by addresses and link texts in many languages; what is worth a visit, and what is never asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.captures import Role
from crawler.links import extract
from crawler.pages import QUOTAS, choose, classify, impossible_path, is_html_body, is_state_changing, seeds

SITE = "shop.example"


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/", Role.HOME),
        ("/index.php", Role.HOME),
        ("/robots.txt", Role.ROBOTS),
        ("/sitemap_products_1.xml.gz", Role.SITEMAP),
        ("/site.webmanifest", Role.MANIFEST),
        ("/favicon-32x32.png", Role.ICON),
        ("/a/theme.css?v=2", Role.STYLE),
        ("/a/app.js", Role.SCRIPT),
        ("/wp-login.php", Role.LOGIN),
        ("/wp-signup.php", Role.REGISTER),
        ("/customer/account/create/", Role.REGISTER),
        ("/customer/account/login/", Role.LOGIN),
        ("/accounts/password/reset/", Role.LOGIN),
        ("/p/contact-us_29.html", Role.CONTACT),
        ("/p/lamp_29.html", Role.PRODUCT),
        ("/blog/contact/", Role.CONTACT),
        ("/blog/contact-lenses-of-old", Role.BLOG),
        ("/contatti", Role.CONTACT),
        ("/cart", Role.CART),
        ("/shoping-cart.html", Role.CART),
        ("/de/warenkorb/", Role.CART),
        ("/panier", Role.CART),
        ("/carrito", Role.CART),
        ("/korzina/", Role.CART),
        ("/index.php?route=checkout/cart", Role.CART),
        ("/checkout/", Role.CHECKOUT),
        ("/kasse", Role.CHECKOUT),
        ("/index.php?route=checkout/checkout", Role.CHECKOUT),
        ("/oplata", Role.PAYMENT),
        ("/payment-methods.html", Role.PAYMENT),
        ("/zahlungsarten", Role.PAYMENT),
        ("/formas-de-pago", Role.PAYMENT),
        ("/top-up", Role.PAYMENT),
        ("/account/login", Role.LOGIN),
        ("/auth/?login=yes", Role.LOGIN),
        ("/login?return=/checkout", Role.LOGIN),
        ("/mi-cuenta", Role.LOGIN),
        ("/index.php?route=account/register", Role.REGISTER),
        ("/registrieren", Role.REGISTER),
        ("/create-account", Role.REGISTER),
        ("/invitation", Role.INVITATION),
        ("/request-invite/", Role.INVITATION),
        ("/pages/Contact-Us.html", Role.CONTACT),
        ("/ContactUs.aspx", Role.CONTACT),
        ("/contacts/", Role.CONTACT),
        ("/kontakt", Role.CONTACT),
        ("/o-kompanii/", Role.ABOUT),
        ("/qui-sommes-nous", Role.ABOUT),
        ("/ueber-uns", Role.ABOUT),
        ("/policies/terms-of-service", Role.TERMS),
        ("/agb", Role.TERMS),
        ("/cgv.html", Role.TERMS),
        ("/oferta", Role.TERMS),
        ("/policies/privacy-policy", Role.PRIVACY),
        ("/datenschutz", Role.PRIVACY),
        ("/politica-de-privacidad", Role.PRIVACY),
        ("/shipping-policy", Role.SHIPPING),
        ("/dostavka-i-oplata/", Role.SHIPPING),
        ("/livraison", Role.SHIPPING),
        ("/policies/refund-policy", Role.RETURNS),
        ("/widerrufsrecht", Role.RETURNS),
        ("/impressum", Role.LEGAL),
        ("/mentions-legales", Role.LEGAL),
        ("/blog/privacy-policy-of-others", Role.BLOG),
        ("/blog-details.html", Role.BLOG),
        ("/collections/all", Role.LISTING),
        ("/catalog/page-2/", Role.LISTING),
        ("/browse/jazz.shtml", Role.LISTING),
        ("/news.shtml.html", Role.BLOG),
        ("/de/", Role.HOME),
        ("/en-GB/index.html", Role.HOME),
        ("/disc/5126.php.html", Role.PRODUCT),
        ("/shop?page=2", Role.LISTING),
        ("/index.php?route=product/category&path=20", Role.LISTING),
        ("/products/privacy-screen", Role.PRODUCT),
        ("/catalog/item94471/", Role.PRODUCT),
        ("/index.php?route=product/product&product_id=7", Role.PRODUCT),
        ("/shop-details.html", Role.PRODUCT),
        ("/x-p-1234.html", Role.PRODUCT),
        ("/goat-cheese-250-g.html", Role.PAGE),
    ],
)
def test_an_address_promises_a_role(path: str, role: Role) -> None:
    assert classify(f"https://{SITE}{path}") is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("View Cart", Role.CART),
        ("Zum Warenkorb", Role.CART),
        ("Voir le panier", Role.CART),
        ("Ver carrito", Role.CART),
        ("Корзина", Role.CART),
        ("Proceed to Checkout", Role.CHECKOUT),
        ("Оформить заказ", Role.CHECKOUT),
        ("Moyens de paiement", Role.PAYMENT),
        ("Способы оплаты", Role.PAYMENT),
        ("Anmelden", Role.LOGIN),
        ("Iniciar sesión", Role.LOGIN),
        ("Личный кабинет", Role.LOGIN),
        ("S’inscrire", Role.REGISTER),
        ("Регистрация", Role.REGISTER),
        ("Request an Invitation", Role.INVITATION),
        ("Приглашения", Role.INVITATION),
        ("Nous contacter", Role.CONTACT),
        ("Über uns", Role.ABOUT),
        ("¿Quiénes somos?", Role.ABOUT),
        ("Our Terms & Conditions", Role.TERMS),
        ("Пользовательское соглашение", Role.TERMS),
        ("Política de privacidad", Role.PRIVACY),
        ("Datenschutzerklärung", Role.PRIVACY),
        ("Доставка и оплата", Role.SHIPPING),
        ("Versand & Zahlung", Role.SHIPPING),
        ("Returns & Refunds", Role.RETURNS),
        ("Возврат товара", Role.RETURNS),
        ("Is it legal?", Role.LEGAL),
        ("Aviso legal", Role.LEGAL),
        ("Actualités", Role.BLOG),
        ("Все товары", Role.LISTING),
        ("Carrello", Role.CART),
        ("Winkelwagen", Role.CART),
        ("Minha conta", Role.LOGIN),
        ("Zaloguj się", Role.LOGIN),
        ("ログイン", Role.LOGIN),
        ("Üye ol", Role.REGISTER),
        ("会員登録", Role.REGISTER),
        ("Fale conosco", Role.CONTACT),
        ("İletişim", Role.CONTACT),
        ("お問い合わせ", Role.CONTACT),
        ("联系我们", Role.CONTACT),
        ("Chi siamo", Role.ABOUT),
        ("Regulamin sklepu", Role.TERMS),
        ("Algemene voorwaarden", Role.TERMS),
        ("Informativa sulla privacy", Role.PRIVACY),
        ("隐私政策", Role.PRIVACY),
        ("Verzendkosten", Role.SHIPPING),
        ("Trocas e devoluções", Role.RETURNS),
        ("特定商取引法に基づく表記", Role.LEGAL),
        ("Privacy screen protector", Role.PAGE),
        ("Contact lenses 30 pack", Role.PAGE),
        ("Gift card with free delivery this week only", Role.PAGE),
    ],
)
def test_a_link_text_promises_a_role(text: str, role: Role) -> None:
    assert classify(f"https://{SITE}/page?id=7", [text]) is role


def test_the_name_of_a_page_counts_more_than_what_links_call_it() -> None:
    texts = ["About us", "About us", "Add To Cart", "Goat Cheese 250 g"]
    assert classify(f"https://{SITE}/goat-cheese-250-g.html", texts, priced=True) is Role.PRODUCT
    assert classify(f"https://{SITE}/page7", ["About us", "About us", ""], priced=False) is Role.ABOUT


@given(st.text(max_size=120), st.lists(st.text(max_size=60), max_size=3))
def test_any_address_has_a_role(path: str, texts: list[str]) -> None:
    assert isinstance(classify(f"http://{SITE}/{path}", texts), Role)
    assert isinstance(is_state_changing(f"http://{SITE}/{path}", path), bool)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("/logout", ""),
        ("/account/sign-out", ""),
        ("/?add-to-cart=12", ""),
        ("/cart/add/12", ""),
        ("/index.php?action=remove&id=2", ""),
        ("/shop?do=addtocart", ""),
        ("/newsletter/unsubscribe", ""),
        ("/?currency=EUR", ""),
        ("/poll/vote/3", ""),
        ("/confirm?token=abc", ""),
        ("/x", "Add to Cart"),
        ("/x", "Se déconnecter"),
        ("/x", "In den Warenkorb"),
        ("/x", "Añadir al carrito"),
        ("/x", "В корзину"),
        ("/x", "Выйти"),
        ("/x", "Aggiungi al carrello"),
        ("/x", "Dodaj do koszyka"),
        ("/x", "Wyloguj się"),
        ("/x", "Sepete ekle"),
        ("/x", "Sair"),
        ("/x", "ログアウト"),
        ("/x", "加入购物车"),
        ("/sair", ""),
        ("/uitloggen.html", ""),
        ("/koszyk/dodaj/12", ""),
        ("/выход/", ""),
        ("/%D0%B2%D1%8B%D1%85%D0%BE%D0%B4/", ""),
    ],
)
def test_what_could_change_something_is_never_asked_for(url: str, text: str) -> None:
    assert is_state_changing(f"http://{SITE}{url}", text)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("/cart", "View cart"),
        ("/checkout", "Checkout"),
        ("/login", "Log in"),
        ("/index.php?route=account/login", "Account"),
        ("/?page=2", "2"),
        ("/returns", "Returns"),
        ("/music/login-records", "Login Records"),
        ("/index.php?action=view&id=2", ""),
    ],
)
def test_what_only_shows_something_may_be_asked_for(url: str, text: str) -> None:
    assert not is_state_changing(f"http://{SITE}{url}", text)


PAGE = b"""<html><head><link rel=icon href=/f.ico><link rel=stylesheet href=//cdn.example/s.css></head><body>
<a href=/terms>Terms</a><a href=/terms2>Terms of use</a><a href=/agb>AGB</a><a href=/cgv>CGV</a>
<a href=/logout>Log out</a><a href=http://other.example/cart>Cart</a><a href=/pay>How to pay</a>
<form action=/checkout method=get><button>Checkout</button></form>
<form action=/order method=post><input type=submit value=Checkout></form>
""" + b"".join(
    b"<div><a href=/x-%d.html>Blue Item %d</a> <a href=/x-%d.html>Add to cart</a> <i>$%d.50</i></div>" % (n, n, n, n + 1)
    for n in range(20)
)


def wanted(taken: dict[Role, int] | None = None, seen: frozenset[str] = frozenset(), page: bytes = PAGE) -> dict[str, Role]:
    chosen = choose(extract(page, f"http://{SITE}/"), SITE, taken or {}, seen)
    assert [one.rank for one in chosen] == sorted(one.rank for one in chosen)
    return {one.url.removeprefix(f"http://{SITE}"): one.role for one in chosen}


def test_what_is_worth_a_visit_is_chosen_within_quotas() -> None:
    found = wanted()
    roles = list(found.values())
    assert roles[0] is Role.PAYMENT
    assert roles.count(Role.TERMS) == QUOTAS[Role.TERMS] == 3
    assert roles.count(Role.PRODUCT) == QUOTAS[Role.PRODUCT]
    assert found["/checkout"] is Role.CHECKOUT
    assert found["http://cdn.example/s.css"] is Role.STYLE
    assert not {"/logout", "http://other.example/cart", "/order"} & set(found)


def test_quotas_and_what_was_seen_are_respected() -> None:
    found = wanted({Role.PRODUCT: 5, Role.TERMS: 9}, frozenset({f"http://{SITE}/pay"}))
    roles = list(found.values())
    assert (roles.count(Role.PRODUCT), roles.count(Role.TERMS), roles.count(Role.PAYMENT)) == (1, 0, 0)


def test_two_shops_with_one_catalogue_are_sampled_alike() -> None:
    """Mirrors show the same products under other addresses and in another order: the sample must overlap."""
    items = [f"Blue Item {n}" for n in range(40)]

    def shop(names: list[str], address: str) -> set[str]:
        html = "".join(f'<div><a href="{address.format(name[10:])}">{name}</a><i>$5.00</i></div>' for name in names)
        chosen = {one.url for one in choose(extract(html.encode(), f"http://{SITE}/"), SITE, {}, frozenset())}
        return {name for name in names if any(url.endswith(address.format(name[10:])) for url in chosen)}

    first, second = shop(items, "/product/{}"), shop(items[::-1], "/p/{}/item")
    assert first == second
    assert len(first) == QUOTAS[Role.PRODUCT]


def test_every_visit_begins_the_same() -> None:
    assert [url for url, _ in seeds("http://shop.example:8080/en/")] == [
        "http://shop.example:8080/robots.txt",
        "http://shop.example:8080/",
        "http://shop.example:8080/en/",
        "http://shop.example:8080/favicon.ico",
        "http://shop.example:8080/sitemap.xml",
    ]


def test_the_impossible_path_is_one_per_site_and_crawl() -> None:
    path = impossible_path(SITE, "20070503T060000Z")
    assert path == impossible_path(SITE, "20070503T060000Z")
    assert len({path, impossible_path(SITE, "20070603T060000Z"), impossible_path("b.example", "20070503T060000Z")}) == 3


@pytest.mark.parametrize(
    ("body", "media", "answer"),
    [
        (b"<!DOCTYPE html><p>", "image/png", True),
        (b"\xef\xbb\xbf\n <html>", "", True),
        (b"\x89PNG\r\n", "text/html", False),
        (b"hello", "text/html", True),
        (b"<svg xmlns='x'>", "text/html", False),
        (b"body{}", "text/css", False),
        (b"<?xml version='1.0'?><html xmlns='x'>", "application/xml", True),
        (b"", "", False),
    ],
)
def test_content_tells_what_is_html(body: bytes, media: str, answer: bool) -> None:
    assert is_html_body(body, media) is answer
