"""Page state of what hosts, registrars, guards and platforms put before visitors, and of shops that only speak of such things.

The pages are made up after the shape of what is seen in the wild: the sentences that give each away, in the languages it comes in.
"""

from __future__ import annotations

import hashlib

import pytest

from analysis.page.page_state import PageState, assess
from analysis.page.pages import Page
from crawler.captures import Resource, Role

HOST = "lamps.example"
PROSE = " ".join(
    f"<p>Paragraph {n} says in plain words what somebody who owns this machine may want to do next.</p>" for n in range(18)
)
MENU = "".join(f'<a href="/{n}">Shelf {n}</a> ' for n in range(26))


def state_of(body: str, title: str = "", head: str = "", *, status: int = 200, role: Role = Role.HOME, url: str = "/") -> PageState:
    raw = f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    resource = Resource(f"https://www.{HOST}{url}", status, headers, raw, hashlib.sha256(raw).hexdigest(), "", role)
    return assess(Page(resource)).state


PARKED = [
    f"<h1>{HOST}</h1><p>This domain is parked by its owner.</p>",
    f"<h1>{HOST}</h1><p>{HOST} was recently registered at a registrar; this domain is parked.</p>",
    "<h1>Looks like this domain isn't connected to a website yet</h1>",
    f"<h1>Domaine réservé</h1><p>Ce nom de domaine a été enregistré. {HOST}</p>",
    "<h1>Diese Domain ist bereits registriert</h1>",
    "<p>Dominio registrado</p><p>Búsquedas relacionadas</p>",
    "<p>Questo dominio è stato registrato</p>",
    "<p>Deze domeinnaam is geregistreerd voor een klant.</p>",
    "<p>Domena została zarejestrowana i jest utrzymywana na serwerach.</p>",
    "<p>Este domínio foi registrado por um cliente.</p>",
    "<p>Bu alan adı park edilmiştir.</p>",
    "<p>Домен не прилинкован ни к одной из директорий</p>",
    "<p>该域名已注册</p>",
    "<p>このドメインは、お名前ドットコムで取得されています</p>",
    '<div id="target"></div><script>window.park = "e30="</script><script src="/bTdXy.js"></script>',
    '<script>window.LANDER_SYSTEM="PW"</script><div id="root"></div>',
    f"<h1>Welcome to {HOST}</h1><h2>{HOST} has been purchased and parked by a customer</h2>{PROSE[:900]}",
]
FOR_SALE = [
    f"<h1>{HOST} is for sale</h1><p>Inquire about this domain.</p>",
    f"<p>The domain name {HOST} is for sale! Get this domain.</p>",
    f"<h1>{HOST} est à vendre</h1>",
    f"<h1>{HOST} steht zum Verkauf</h1>",
    f"<h1>{HOST} está en venta</h1>",
    f"<h1>{HOST} продаётся</h1>",
    f"<h1>{HOST} è in vendita</h1>",
    f"<h1>{HOST} jest na sprzedaż</h1>",
    f"<h1>{HOST} is te koop</h1>",
    f"<h1>{HOST} está à venda</h1>",
    f"<h1>{HOST} satılık</h1><p>Bu alan adını satın alabilirsiniz.</p>",
    "<h1>此域名正在出售</h1>",
    "<h1>このドメインは販売中です。ドメインを購入する</h1>",
]
SUSPENDED = [
    "<h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider for more information.</p>",
    "<h2>Your Website has been temporarily suspended</h2><p>The hosting account has been suspended.</p>",
    "<h1>Website Expired</h1><p>This account has expired. If you are the owner, log in to renew.</p>",
    "<p>Sorry, this shop is currently unavailable.</p>",
    "<h1>Ce compte a été suspendu</h1>",
    "<h1>Diese Internetpräsenz ist gesperrt</h1>",
    "<h1>Sitio web suspendido</h1>",
    "<h1>Работа сайта приостановлена</h1>",
    "<h1>Sito sospeso</h1>",
    "<h1>Konto zostało zawieszone</h1>",
    "<h1>Deze website is opgeschort</h1>",
    "<h1>Esta conta foi suspensa</h1>",
    "<h1>Hesabı askıya alınmıştır</h1>",
    "<h1>该网站已被暂停</h1>",
    "<p>このアカウントは停止されています</p>",
]
DEFAULT = [
    f"<h1>Apache2 Debian Default Page</h1><h2>It works!</h2>{PROSE}",
    f"<h1>Testing 123..</h1><p>test the proper operation of the server after it has been installed</p>{PROSE[:600]}",
    "<h1>Welcome to nginx on a machine!</h1><p>Further configuration is required.</p>",
    "<h1>Welcome to tengine!</h1>",
    f"<h1>Apache Tomcat</h1><h2>If you're seeing this, you've successfully installed Tomcat. Congratulations!</h2>{PROSE[:2000]}",
    "<p>Congratulations, the site is created successfully! This is the default index page of the panel.</p>",
    "<html>Apache is functioning normally</html>",
    "<h1>You Are All Set to Go!</h1><p>All you have to do now is upload your website files.</p>",
    "<h1>Félicitations ! Votre domaine a bien été créé chez un hébergeur</h1>",
    "<h1>Hier entsteht eine neue Internetpräsenz</h1>",
    "<h1>恭喜, 站点创建成功！</h1><p>这是默认页面</p>",
    "<h1>SORRY!</h1><p>Default Web Site Page: if you are the owner of this website, please contact your hosting provider.</p>",
]
FRESH = [
    f"{MENU}<h1>My blog</h1><h2>Hello world!</h2><p>Welcome. This is your first post. Edit or delete it.</p>",
    f"{MENU}<h1>Mein Blog</h1><h2>Hallo Welt!</h2><p>Dies ist dein erster Beitrag.</p>",
    f"{MENU}<h1>Home Page</h1><p>CMS homepage content goes here.</p>",
]
CHALLENGE = [
    "<h1>One moment, please...</h1><p>Please wait while your request is being verified...</p>",
    "<p>We're verifying your browser</p>",
    "<p>Press and hold to confirm you are a human (and not a bot).</p>",
    "<p>Access to this page has been denied because we believe you are using automation tools to browse.</p>",
    "<p>Making sure you're not a bot!</p>",
    "<p>This website is using a security service to protect itself from online attacks.</p>",
    "<p>The requested URL was rejected. Your support ID is 1874.</p>",
    "<h1>DDoS protection</h1><form><img src='/c.png'><input name=captcha></form>",
    '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">',
    "<p>Verifica di non essere un robot</p>",
    "<p>Potwierdź, że jesteś człowiekiem</p>",
    "<p>Bevestig dat u een mens bent</p>",
    "<p>Verificando se você é humano</p>",
    "<p>İnsan olduğunuzu doğrulayın</p><p>Robot olmadığınızı doğrulayın</p>",
    "<p>请完成安全验证</p>",
    "<p>私はロボットではありません</p>",
]
MAINTENANCE = [
    "<h1>We'll be back soon.</h1><p>We are currently updating our shop and will be back really soon.</p>",
    "<h1>Maintenance</h1><p>We are currently performing some scheduled maintenance. We will be back as soon as possible.</p>",
    "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>",
    "<h1>Coming soon</h1>",
    "<h1>Pardon our dust!</h1><p>We're working on something amazing.</p>",
    "<h1>Site en cours de maintenance</h1>",
    "<h1>Sito in manutenzione</h1>",
    "<h1>Sitio en construcción</h1>",
    "<h1>Przerwa techniczna</h1>",
    "<h1>Wegens onderhoud gesloten</h1>",
    "<h1>Site em manutenção</h1>",
    "<h1>Bakım çalışması</h1>",
    "<h1>网站维护中</h1>",
    "<h1>ただいまメンテナンス中です</h1>",
]
ERRORS = [
    "<h1>Error establishing a database connection</h1>",
    "<p>There has been a critical error on this website.</p>",
    "<h1>502 Bad Gateway</h1><hr><center>nginx</center>",
    "<h1>403 Forbidden</h1>",
    "<h1>データベース接続確立エラー</h1>",
]
GEO = [
    "<h1>451</h1><p>We recognize you are attempting to access this website from the European Economic Area.</p>",
    "<p>Ta strona jest niedostępna w Twoim kraju.</p>",
    "<p>Questo negozio non è: non disponibile nel tuo paese.</p>",
    "<p>Este site não está disponível no seu país.</p>",
    "<p>Deze winkel is niet beschikbaar in uw land.</p>",
    "<p>Bu site ülkenizde kullanılamıyor.</p>",
    "<p>您所在的国家无法访问本网站。</p>",
]
AGE = [
    "<h1>Are you of legal drinking age?</h1><a href='/y'>Yes</a>",
    "<h2>Avez-vous plus de 18 ans ?</h2><button>Oui</button>",
    "<h2>Sei maggiorenne?</h2><button>Si</button>",
    "<h2>Ben je 18 jaar of ouder?</h2><button>Ja</button>",
    "<h2>Czy masz ukończone 18 lat?</h2><button>Tak</button>",
    "<h2>Você tem mais de 18 anos?</h2><button>Sim</button>",
    "<h2>18 yaşından büyük müsünüz?</h2><button>Evet</button>",
    "<h2>您已年满18岁吗？</h2><button>是</button>",
    "<h2>年齢確認</h2><p>あなたは18歳以上ですか</p><button>はい</button>",
]
INVITED = [
    "<h1>Solo su invito</h1><form><input type=password></form>",
    "<h1>Tylko na zaproszenie</h1><form><input type=password></form>",
    "<h1>Alleen op uitnodiging</h1><form><input type=password></form>",
    "<h1>Somente para convidados</h1><form><input name=convite><input type=password></form>",
    "<h1>仅限邀请</h1><form><input type=password></form>",
    "<h1>招待制</h1><form><input type=password></form>",
]
TABLE = [
    *((PageState.PARKED, body) for body in PARKED),
    *((PageState.FOR_SALE, body) for body in FOR_SALE),
    *((PageState.SUSPENDED, body) for body in SUSPENDED),
    *((PageState.DEFAULT_PAGE, body) for body in DEFAULT),
    *((PageState.DEFAULT_PAGE, body) for body in FRESH),
    *((PageState.CHALLENGE, body) for body in CHALLENGE),
    *((PageState.MAINTENANCE, body) for body in MAINTENANCE),
    *((PageState.ERROR, body) for body in ERRORS),
    *((PageState.GEO_BLOCK, body) for body in GEO),
    *((PageState.AGE_WALL, body) for body in AGE),
    *((PageState.INVITATION_GATE, body) for body in INVITED),
]


@pytest.mark.parametrize(("state", "body"), TABLE)
def test_what_stands_where_no_shop_is_is_called_by_its_name(state: PageState, body: str) -> None:
    assert state_of(body, title="Page") is state


@pytest.mark.parametrize("status", [403, 429])
def test_a_refusal_by_a_guard_is_no_dead_shop(status: int) -> None:
    """Whoever is kept out by a guard does not see that a shop is gone."""
    assert state_of("<h1>Slow down</h1>", status=429) is PageState.CHALLENGE
    blocked = "<h1>Sorry</h1><p>The owner used Cloudflare to restrict access.</p>"
    assert state_of(blocked, status=status) is PageState.CHALLENGE


def test_a_seller_of_the_domain_may_advertise_at_length_and_show_prices() -> None:
    offer = f"<h1>{HOST} is for sale</h1><p>Buy now: $2,395</p><p>Or $66.54 a month</p><p>desk.example $1,200</p>{PROSE * 2}"
    assert state_of(offer, title=f"{HOST} - premium names") is PageState.FOR_SALE


SHELLS = [
    '<app-root>Loading...</app-root><script src="/main.js"></script>',
    '<div id="app"></div><script src="/js/app.js"></script>',
    '<div id="__next"></div><script src="/_next/main.js"></script>',
    '<div id="root"></div><noscript>You need scripts to run this app.</noscript><script src="/static/main.js"></script>',
]


@pytest.mark.parametrize("body", SHELLS)
def test_a_page_that_waits_for_its_script_is_an_app_shell(body: str) -> None:
    assert state_of(body, title="React App") is PageState.APP_SHELL


def test_a_blog_that_kept_its_first_post_is_read() -> None:
    posts = f"<h1>My blog</h1>{PROSE}<h2>Hello world!</h2><p>This is your first post. Edit or delete it.</p>"
    assert state_of(posts, "My blog") is PageState.CONTENT


#: Speaks of what it is not; (role, title, body).
SHOPS = [
    (
        Role.HOME,
        "Names",
        "<h1>Domain names for sale</h1><p>a.com b.net c.org d.com: buy this domain, make an offer on this domain</p>",
    ),
    (Role.HOME, "Names", f"<h1>Premium domain for sale</h1>{MENU}<p>oak.com, elm.net, ash.org</p><p>Add to cart</p>"),
    (Role.HOME, f"{HOST} names", f"<h1>Domain for sale</h1><p>oak.com elm.net ash.org fir.de $900 $800 $700</p>{PROSE}"),
    (Role.PRODUCT, "Poster", "<h1>Poster</h1><p>Account suspended, framed</p><b>$12.00</b><button>Add to cart</button>"),
    (Role.PRODUCT, "Lamp", f"<h1>Suspended lamp</h1>{MENU}<p>The site has been suspended from a beam.</p><b>$12.00</b>"),
    (
        Role.PAGE,
        "What is a parked domain?",
        f"<h1>What is a parked domain?</h1><p>A parking page shows sponsored listings.</p>{PROSE}",
    ),
    (Role.HOME, "Lamps", f"<div>Before you continue: we use cookies. Accept and go on.</div>{MENU}<p>Lamps of oak and brass</p>"),
    (
        Role.HOME,
        "Lamps",
        f"{MENU}<h2>From our blog</h2><p>Farewell, Anna! 3 May 2024</p><p>New shelf. 9 May 2024</p><p>Your cart</p>",
    ),
    (Role.LISTING, "Brass lamps", f"{MENU}<h1>Brass lamps</h1><p>There are no products in this category. Your cart is empty.</p>"),
    (Role.HOME, "Lamps", f"{MENU}<a href=/m>Members only</a><form><input type=password></form><p>View cart</p><b>$ 9.50</b>"),
    (Role.HOME, "Lamps", f"{MENU}<h2>Members only offers</h2><form><input type=password></form><p>View cart</p>"),
    (Role.PRODUCT, "Desk lamp", f"{MENU}<h1>Desk lamp</h1><p>Coming soon</p>"),
    (Role.PRODUCT, "Wine", f"{MENU}<h1>Red wine</h1><p>You must be 18 to buy wine. 9,90 €</p>"),
    (Role.HOME, "Homes", f"{MENU}<h1>Homes by the lake</h1><p>Three houses under construction, one let.</p>"),
    (
        Role.CONTACT,
        "Contact",
        f"{MENU}<h1>Contact</h1><h2>Login</h2><form><input type=password></form><p>Write to us at the shop.</p>",
    ),
    (Role.HOME, "Hosting", f"{MENU}<h1>Hosting</h1><p>Your server with DDoS protection by the hour. 4.99 €</p>"),
]


@pytest.mark.parametrize(("role", "title", "body"), SHOPS)
def test_who_speaks_of_such_things_is_read(role: Role, title: str, body: str) -> None:
    assert state_of(body, title, role=role, url="/x" if role is not Role.HOME else "/") in (PageState.SHOP, PageState.CONTENT)


CARTS = [
    "<a>Koszyk</a>",
    "<a>Winkelwagen</a>",
    "<a>Adicionar ao carrinho</a>",
    "<a>Sepete ekle</a>",
    "<a>Handlekurv</a>",
    "<a>Varukorg</a>",
    "<a>Do košíku</a>",
    "<a>Kosárba</a>",
    "<a>Aggiungi al carrello</a>",
    "<a>加入购物车</a>",
    "<a>買い物かご</a>",
    "<p>12 900 Kč</p><p>4 500 Kč</p>",
    "<p>120 грн</p><p>75 грн</p>",
    "<p>DKK 120</p><p>75 SEK</p>",
    "<p>12,50 лв</p><p>3,20 лв</p>",
    "<p>₺120</p><p>₺75</p>",
]


@pytest.mark.parametrize("said", CARTS)
def test_a_shop_is_a_shop_in_its_own_language(said: str) -> None:
    assert state_of(f"{MENU}<p>Text</p>{said}", "Shop") is PageState.SHOP


def test_one_sum_of_money_makes_no_shop() -> None:
    news = f"<h1>News</h1><p>The bridge cost $5 in the end.</p>{PROSE}"
    assert state_of(news, "News") is PageState.CONTENT
    assert state_of(news, "News", role=Role.PRODUCT, url="/p/1") is PageState.SHOP
    assert state_of(f"<h1>Version</h1><p>git checkout main</p>{PROSE}", "Version") is PageState.CONTENT


def test_what_posts_say_good_bye_to_among_other_things_ends_no_site() -> None:
    """Rows of posts speak of farewells; a front page of them is no closed shop."""
    posts = "".join(
        f"<p>{n} May 2024. Good bye Switzerland, trains will be resumed. Read more</p>{PROSE[:600]}" for n in range(1, 12)
    )
    raw = f"<html><title>Blog</title><body>{posts}</body></html>".encode()
    page = Page(Resource(f"https://{HOST}/", 200, (("Content-Type", "text/html"),), raw, "", "", Role.HOME))
    verdict = assess(page)
    assert verdict.state is PageState.BLOG
    assert not any(mark.startswith("farewell") for mark in verdict.marks)


def test_cards_that_are_articles_make_no_blog() -> None:
    """Themes put each card into an article."""
    cards = "".join(f"<article><a href='/p{n}'>Lamp {n}</a></article>" for n in range(8))
    assert state_of(f"{MENU}{cards}{PROSE}", "Lamps") is PageState.CONTENT


def test_every_verdict_shows_its_marks() -> None:
    posts = "".join(f"<article>Read more <time>2024-05-0{n}</time></article>" for n in range(1, 4))
    raw = f"<html><title>Blog</title><body>{posts}{PROSE}</body></html>".encode()
    verdict = assess(Page(Resource(f"https://{HOST}/", 200, (("Content-Type", "text/html"),), raw, "", "", Role.HOME)))
    assert verdict.state is PageState.BLOG
    assert "3 articles" in verdict.marks


def test_unspaced_writing_has_words() -> None:
    """Chinese and Japanese put no spaces between words; a page of them is not next to empty for that."""
    policy = "本店は商品の発送をお約束します。" * 40
    assert state_of(f"<h1>会社概要</h1><p>{policy}</p><p>工事中の店舗があります</p>", "会社概要") is PageState.CONTENT
