"""What shops call their pages, in twelve languages (also as addresses spell it in Latin letters).

A phrase is compared word by word after ``fold``: lower case, no accents. The longest phrase that matches wins, then
the earliest in the text; one phrase has one role.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crawler.captures import Role

__all__ = ["BLOG_FOLDERS", "LISTING_FOLDERS", "PHRASES", "PRODUCT_FOLDERS", "fold", "phrase_role", "words"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


PHRASES: dict[Role, str] = {
    Role.HOME: """
        home, homepage, home page, accueil, startseite, inicio, portada, glavnaya, главная, главная страница,
        strona glowna, pagina inicial, anasayfa, ana sayfa, 首页, 首頁, ホーム, トップページ
    """,
    Role.LISTING: """
        shop, store, shop now, shop all, all products, our products, products, product list, catalog, catalogue,
        category, categories, collection, collections, shop grid, shop list, shop sidebar, new arrivals, best sellers,
        bestsellers, sale, deals, albums, artists, genres, music, charts, boutique, la boutique, tous les produits,
        nos produits, produits, categorie, rayons, rayon, nouveautes, meilleures ventes, promotions, soldes, produkte,
        alle produkte, unsere produkte, sortiment, kategorie, kategorien, neuheiten, angebote, zum shop, tienda,
        productos, todos los productos, nuestros productos, catalogo, categoria, categorias, novedades, ofertas,
        mas vendidos, katalog, tovary, magazin, каталог, товары, магазин, все товары, новинки, хиты продаж, распродажа,
        категории, коллекции, альбомы, исполнители, shopping, browse, shop by category, all categories,
        negozio, prodotti, tutti i prodotti, i nostri prodotti, categorie prodotti, offerte, novita, sklep, produkty,
        kategorie produktow, nowosci, promocje, wyprzedaz, winkel, producten, alle producten, categorieen, aanbiedingen,
        nieuw binnen, loja, produtos, todos os produtos, promocoes, lancamentos, magaza, urunler, tum urunler, kategoriler,
        indirim, kampanyalar, 全部商品, 商品列表, 产品, 所有产品, 商品分类, 新品, 商品一覧, 全商品, カテゴリー, 新着商品
    """,
    Role.PRODUCT: """
        product detail, product details, product page, single product, shop details, shop detail, shop single,
        product single, product info, fiche produit, detail produit, produktdetails, produktseite, detalle producto,
        ficha producto, kartochka tovara, карточка товара
    """,
    Role.CART: """
        cart, shopping cart, shoping cart, view cart, my cart, your cart, basket, shopping basket, shopping bag,
        my bag, your bag, view basket, panier, mon panier, votre panier, voir le panier, caddie, warenkorb,
        zum warenkorb, einkaufswagen, mein warenkorb, carrito, carro, cesta, mi cesta, ver carrito, mi carrito,
        carrito de compras, carrito de la compra, korzina, корзина, моя корзина, ваша корзина, перейти в корзину,
        carrello, il mio carrello, vai al carrello, koszyk, twoj koszyk, moj koszyk, do koszyka, winkelwagen, winkelmand,
        winkelmandje, mijn winkelwagen, carrinho, meu carrinho, carrinho de compras, sacola, sepet, sepetim,
        alisveris sepeti, indkobskurv, varukorg, kundvagn, handlekurv, ostoskori, kosik, kosar, cosul meu,
        cos de cumparaturi, 购物车, 購物車, 我的购物车, カート, 買い物かご, ショッピングカート, カートを見る
    """,
    Role.CHECKOUT: """
        checkout, check out, secure checkout, proceed to checkout, place order, order, one page checkout, commande,
        commander, passer commande, passer la commande, finaliser la commande, validation commande, kasse, zur kasse,
        bestellung, bestellen, bestellvorgang, finalizar compra, finalizar pedido, realizar pedido, tramitar pedido,
        pedido, caja, oformlenie zakaza, oformit zakaz, zakaz, оформить заказ, оформление заказа, заказ, заказать,
        alla cassa, vai alla cassa, zamowienie, zloz zamowienie, kasa, afrekenen, bestelling, naar de kassa,
        finalizar encomenda, fechar pedido, siparis, siparisi tamamla, 结算, 结账, 去结算, 結帳, 下单, レジに進む,
        ご注文手続き, 購入手続き
    """,
    Role.PAYMENT: """
        payment, payments, payment methods, payment options, payment information, payment terms, how to pay, pay,
        pay now, top up, topup, refill, add funds, deposit, balance, billing, paiement, paiements, moyens de paiement,
        modes de paiement, paiement securise, payer, zahlung, zahlungen, zahlungsarten, zahlungsmethoden,
        zahlungsmoglichkeiten, zahlungsweisen, bezahlung, bezahlen, pago, pagos, formas de pago, metodos de pago,
        medios de pago, pagar, oplata, sposoby oplaty, popolnit, оплата, способы оплаты, оплатить, как оплатить,
        пополнить счет, пополнение, пополнить баланс,
        pagamenti, pagamento, metodi di pagamento, modalita di pagamento, platnosc, platnosci, metody platnosci,
        formy platnosci, sposoby platnosci, betaling, betalen, betaalmethoden, betaalmogelijkheden, pagamentos,
        formas de pagamento, meios de pagamento, odeme, odeme secenekleri, 支付方式, 付款方式, 支付, お支払い,
        お支払い方法, お支払方法
    """,
    Role.LOGIN: """
        login, log in, logon, log on, signin, sign in, sign on, my account, account, your account, customer login,
        member login, members login, account login, user login, auth, authentication, password forgotten,
        forgot password, lost password, recover password, connexion, se connecter, mon compte, compte, espace client,
        identification, s identifier, mot de passe oublie, anmelden, anmeldung, einloggen, mein konto, kundenkonto,
        konto, kundenlogin, passwort vergessen, iniciar sesion, inicia sesion, acceder, acceso, mi cuenta, entrar,
        ingresar, acceso clientes, vhod, voiti, lichnyj kabinet, lichnyy kabinet, kabinet, avtorizaciya, вход, войти,
        вход на сайт, личный кабинет, мой кабинет, авторизация, мой аккаунт, забыли пароль, passwort, reset password,
        password reset, recover your password,
        password, login or register, log in or register, sign in or register, sign in register, login register,
        wp login, userlogin, user sign in, user signin, myaccount, accountlogin, client login, resetpassword,
        forgotpassword, lostpassword, passwordreset, forgotten password, password recovery, retrieve password,
        remind password, login form, login page, connectez vous, identifiez vous, authentification, accedi, accesso,
        area clienti, il mio account, il tuo account, password dimenticata, recupera password, zaloguj, zaloguj sie,
        logowanie, moje konto, panel klienta, przypomnij haslo, inloggen, log in op, mijn account, mijn gegevens,
        wachtwoord vergeten, iniciar sessao, minha conta, area do cliente, recuperar senha, esqueci minha senha,
        esqueci a senha, giris yap, uye girisi, hesabim, hesabım, sifremi unuttum, log ind, logga in, logg inn, min konto,
        mitt konto, kirjaudu, kirjaudu sisaan, prihlaseni, prihlasenie, prihlasit se, bejelentkezes, belepes,
        autentificare, contul meu, увійти, вхід, вписване, 登录, 登入, 会员登录, 我的账户, 忘记密码, ログイン, マイページ,
        会員ログイン, パスワードをお忘れの方, パスワード再設定, 로그인
    """,
    Role.REGISTER: """
        register, registration, sign up, signup, create account, create an account, new account, new customer, join,
        join now, join us, open account, adduser, inscription, s inscrire, creer un compte, creer mon compte,
        nouveau client, enregistrement, registrieren, registrierung, konto erstellen, konto anlegen, neuer kunde,
        neukunde, neu registrieren, registro, registrarse, registrate, crear cuenta, crear una cuenta, nueva cuenta,
        alta, registratsiya, registraciya, registraciia, registracia, регистрация, зарегистрироваться, создать аккаунт,
        создать учетную запись,
        wp signup, userregister, user registration, createaccount, account create, account registration,
        create your account, create new account, create new customer account, register account, new member, new user,
        registrieren sie sich, konto eroffnen, registrati, registrazione, crea account, crea un account, iscriviti,
        rejestracja, zarejestruj, zarejestruj sie, zaloz konto, utworz konto, registreren, account aanmaken,
        maak een account, cadastro, cadastre se, cadastrar, criar conta, registe se, uye ol, kayit ol, kayıt ol,
        hesap olustur, uyelik, opret, opret bruger, opret konto, skapa konto, registracija, bli medlem, opprett konto,
        registrer deg,
        rekisteroidy, registrace, regisztracio, regisztracia, creare cont, inregistrare, зареєструватися, реєстрація, 注册,
        註冊, 会员注册, 免费注册, 会員登録, 新規登録, 新規会員登録, ユーザー登録, 회원가입
    """,
    Role.INVITATION: """
        invitation, invitations, invite, invites, invite a friend, invite friends, invitation code, invite code,
        request an invitation, request invitation, request an invite, request invite, by invitation,
        by invitation only, invitation only, invite only, have an invitation, code d invitation, sur invitation,
        demander une invitation, inviter un ami, inviter des amis, einladung, einladungen, einladungscode,
        einladung anfordern, freunde einladen, nur auf einladung, invitacion, invitaciones, codigo de invitacion,
        solicitar invitacion, invitar amigos, invitar a un amigo, por invitacion, priglashenie, приглашение,
        приглашения, код приглашения, по приглашению, только по приглашениям, запросить приглашение, пригласить друга,
        su invito, codice invito, kod zaproszenia, uitnodigingscode,
        codigo de convite, davet kodu, 邀请码, 邀请, 招待, 招待コード
    """,
    Role.CONTACT: """
        contact, contact us, contactus, contacts, contact form, contact details, get in touch, customer service,
        customer support, support, help desk, write to us, contactez nous, nous contacter, contacter, service client,
        coordonnees, kontakt, kontaktformular, kontaktieren sie uns, kundenservice, kundendienst, contacto,
        contactanos, contactenos, contactar, atencion al cliente, kontakty, kontakti, obratnaya svyaz, контакты,
        контакт, связаться с нами, обратная связь, напишите нам, служба поддержки, наши контакты,
        contatti, contattaci, contatto, servizio clienti, assistenza clienti, assistenza, skontaktuj sie,
        skontaktuj sie z nami, obsluga klienta, kontakt z nami, klantenservice, neem contact op, contact opnemen, contato,
        contactos, fale conosco, entre em contato, atendimento, atendimento ao cliente, iletisim, bize ulasin, bize ulaşın,
        musteri hizmetleri, kontakt os, kontakta oss, kontakt oss, ota yhteytta, kapcsolat, kontaktujte nas, зв язок,
        контакти, 联系我们, 聯絡我們, 联系客服, 客户服务, お問い合わせ, お問合せ, お問い合わせフォーム, feedback form
    """,
    Role.ABOUT: """
        about, about us, aboutus, about the company, who we are, whoweare, our story, our company, company,
        company information, the company, why us, about our store, a propos, a propos de nous, qui sommes nous,
        notre histoire, notre societe, l entreprise, presentation, uber uns, ueber uns, das unternehmen, unternehmen,
        unsere geschichte, wir uber uns, sobre nosotros, quienes somos, acerca de, acerca de nosotros,
        nuestra historia, nuestra empresa, la empresa, empresa, o nas, o kompanii, o magazine, o kompanyi, о нас,
        о компании, о магазине, о проекте, кто мы, о сайте, наша история,
        chi siamo, la nostra storia, azienda, l azienda, o firmie, o sklepie, over ons, wie zijn wij, ons verhaal,
        quem somos, a empresa, nossa historia, hakkimizda, hakkımızda, biz kimiz, kurumsal, om os, om oss, rolunk,
        despre noi, про нас, 关于我们, 關於我們, 公司简介, 会社概要, 会社案内, 当店について, 店舗紹介
    """,
    Role.TERMS: """
        terms, terms of service, terms of use, terms and conditions, terms conditions, conditions of use,
        conditions of sale, terms of sale, user agreement, licence agreement, license agreement, general conditions,
        tos, public offer, conditions generales, conditions generales de vente, conditions generales d utilisation,
        conditions de vente, cgv, cgu, conditions d utilisation, agb, agbs, allgemeine geschaftsbedingungen,
        allgemeine geschaeftsbedingungen, geschaftsbedingungen, nutzungsbedingungen, terminos, terminos y condiciones,
        terminos de uso, terminos de servicio, condiciones de uso, condiciones generales, condiciones de venta,
        condiciones, terminos del servicio, oferta, publichnaya oferta, usloviya, pravila, rules,
        polzovatelskoe soglashenie, условия, условия использования, пользовательское соглашение, публичная оферта,
        оферта, договор оферты, правила, правила сайта, условия продажи, условия обслуживания,
        termini e condizioni, condizioni generali, condizioni di vendita, condizioni generali di vendita,
        termini di servizio, condizioni d uso, regulamin, regulamin sklepu, warunki sprzedazy, algemene voorwaarden,
        voorwaarden, gebruiksvoorwaarden, verkoopvoorwaarden, termos, termos de uso, termos e condicoes, condicoes gerais,
        condicoes de venda, kullanim kosullari, kullanım koşulları, mesafeli satis sozlesmesi, mesafeli satış sözleşmesi,
        uyelik sozlesmesi, sartlar ve kosullar, obchodni podminky, obchodne podmienky, handelsbetingelser, kopvillkor,
        kjopsvilkar, altalanos szerzodesi feltetelek, termeni si conditii, умови використання, 服务条款, 使用条款, 条款,
        用户协议, 利用規約, ご利用規約
    """,
    Role.PRIVACY: """
        privacy, privacy policy, privacy notice, privacy statement, privacy and cookies, data protection,
        cookie policy, cookies, cookies policy, politique de confidentialite, confidentialite, vie privee,
        protection des donnees, donnees personnelles, politique cookies, datenschutz, datenschutzerklarung,
        datenschutzerklaerung, datenschutzbestimmungen, datenschutzhinweise, privatsphare, privacidad,
        politica de privacidad, proteccion de datos, aviso de privacidad, politica de cookies,
        politika konfidencialnosti, politika konfidentsialnosti, konfidencialnost, personalnye dannye,
        конфиденциальность, политика конфиденциальности, персональные данные, обработка персональных данных,
        политика обработки персональных данных,
        informativa privacy, informativa sulla privacy, privacy e cookie, informativa cookie, polityka prywatnosci,
        ochrona danych, ochrona danych osobowych, polityka cookies, privacybeleid, privacyverklaring, cookiebeleid,
        politica de privacidade, aviso de privacidade, gizlilik, gizlilik politikasi, gizlilik politikası,
        gizlilik sozlesmesi, kvkk, kisisel verilerin korunmasi, kişisel verilerin korunması, privatlivspolitik,
        integritetspolicy, personvern, adatvedelem, adatkezelesi tajekoztato, політика конфіденційності, 隐私政策,
        隱私權政策, 隐私声明, プライバシーポリシー, 個人情報保護方針, 個人情報の取り扱い
    """,
    Role.SHIPPING: """
        shipping, shipping policy, shipping information, shipping info, shipping rates, shipping and delivery,
        shipping delivery, shipping and payment, delivery, delivery information, deliveries, delivery policy,
        delivery options, delivery and returns, shipping and returns, shipping returns, livraison, livraisons,
        frais de livraison, frais de port, expedition, livraison et retours, livraison et paiement, modes de livraison,
        versand, versandkosten, versandinformationen, lieferung, lieferbedingungen, versand und zahlung, versandarten,
        liefer und versandkosten, zahlung und versand, envio, envios, gastos de envio, politica de envio,
        politica de envios, entrega, entregas, envios y devoluciones, dostavka, dostavka i oplata, oplata i dostavka,
        доставка, доставка и оплата, оплата и доставка, условия доставки, стоимость доставки,
        spedizione, spedizioni, spedizioni e consegne, consegna, costi di spedizione, dostawa, wysylka, koszty dostawy,
        koszt dostawy, koszty wysylki, dostawa i platnosc, dostawa i platnosci, verzending, verzendkosten, bezorging,
        levering, verzenden, verzending en retour, frete, envio e entrega, entrega e frete, prazo de entrega,
        politica de entrega, kargo, teslimat, kargo ve teslimat, teslimat kosullari, fragt, frakt, leverans, doprava,
        doprava a platba, szallitas, livrare, 配送, 配送方式, 物流配送, 运费, 配送について, 送料, 送料について, 配送方法
    """,
    Role.RETURNS: """
        returns, return, return policy, returns policy, refund, refunds, refund policy, money back,
        returns and refunds, returns exchanges, exchanges, returns and exchanges, cancellation policy, cancellation,
        guarantee, warranty, retours, retour, politique de retour, remboursement, remboursements,
        politique de remboursement, droit de retractation, echanges, garantie, ruckgabe, rueckgabe, rucksendung,
        rucksendungen, widerruf, widerrufsrecht, widerrufsbelehrung, ruckgaberecht, erstattung, umtausch, devoluciones,
        devolucion, politica de devoluciones, politica de devolucion, reembolsos, reembolso, cambios,
        cambios y devoluciones, garantia, vozvrat, vozvrat tovara, obmen i vozvrat, garantiya, возврат, возврат товара,
        возврат средств, обмен и возврат, гарантия, гарантии, условия возврата,
        resi, reso, resi e rimborsi, diritto di recesso, recesso, rimborsi, rimborso, garanzia, zwroty, zwrot,
        zwroty i reklamacje, reklamacje, odstapienie od umowy, gwarancja, retourneren, retouren, retourbeleid,
        herroepingsrecht, terugbetaling, trocas, trocas e devolucoes, devolucoes, politica de trocas,
        politica de devolucao, iade, iade kosullari, iade ve degisim, iptal ve iade, garanti, reklamace, visszakuldes,
        retur, ångerratt, 退货, 退换货, 退货政策, 退款政策, 售后服务, 返品, 返品について, 返品交換, 返品特約
    """,
    Role.LEGAL: """
        legal, legal notice, legal information, legal info, imprint, disclaimer, copyright, dmca, is it legal,
        why legal, why it is legal, legality, company details, policies, policy, mentions legales,
        informations legales, impressum, rechtliches, rechtliche hinweise, anbieterkennzeichnung, aviso legal,
        informacion legal, nota legal, rekvizity, pravovaya informaciya, реквизиты, правовая информация,
        юридическая информация, законность, легальность, авторские права, правообладателям,
        note legali, informazioni legali, dane firmy, nota prawna, informacje prawne, juridische informatie,
        bedrijfsgegevens, avisos legais, informacoes legais, yasal uyari, yasal uyarı, 特定商取引法,
        特定商取引法に基づく表記, 特定商取引に関する表記, 特定商取引に基づく表記, 法律声明, 版权声明
    """,
    Role.BLOG: """
        blog, news, articles, journal, magazine, press, press releases, our blog, latest news, actualites, nouvelles,
        presse, aktuelles, neuigkeiten, nachrichten, noticias, articulos, prensa, novosti, stati, новости, статьи,
        блог, пресса, blog details, blog detail, blog single, blog post,
        notizie, novita dal blog, aktualnosci, nieuws, noticias do blog, haberler, duyurular, 新闻, 新闻中心, 公司新闻,
        ブログ, お知らせ, ニュース
    """,
}

#: A page below one of these folders is one product.
PRODUCT_FOLDERS = _set("""
    product products produit produits produkt produkte producto productos tovar tovary item items goods detail details artikel
    article-detail p dp sku album albums disc discs disque disques track release title book books song ip prod pd
""")
#: A page below one of these folders lists products.
LISTING_FOLDERS = _set("""
    category categories categorie categoria categorias kategorie kategorien kategoriya genre genres browse collection collections
    c cat brand brands department departments dept rubrik rubrique rayon style styles section sections
""")
#: A page below one of these folders is a news article.
BLOG_FOLDERS = _set("""
    blog blogs news post posts article articles journal magazine actualites aktuelles noticias novosti stati presse press
""")
_FILLERS = _set("""
    our the and of to us me my your you for at on in it is a an we this page html htm php aspx asp jsp cfm cgi view show index
    en fr de es ru uk us gb la le les et du des un une nos notre votre vos au aux pour sur l d
    die der das den dem und zu zum zur von im am ein eine el los las y del al una su sus i na po v o s k и в на по с к о
""")
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, compatibility forms, no accents: what two spellings of one word share."""
    decomposed = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> tuple[str, ...]:
    """The folded words of ``text``, in order."""
    return tuple(_WORD.findall(fold(text)))


def _table() -> dict[str, list[tuple[tuple[str, ...], Role]]]:
    table: dict[str, list[tuple[tuple[str, ...], Role]]] = {}
    for role, phrases in PHRASES.items():
        for phrase in phrases.split(","):
            spelled = words(phrase)
            table.setdefault(spelled[0], []).append((spelled, role))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


_TABLE = _table()


def phrase_role(spoken: tuple[str, ...], *, whole: bool = False) -> Role | None:
    """The role that these words name, when phrases make up most of them (all of them for ``whole``); else None.

    Words that carry nothing ("our", "the", "html") do not count, so that "Our Terms & Conditions" names the terms and
    "privacy screen protector" nothing.
    """
    if not spoken or len(spoken) > 12:
        return None
    best: tuple[int, Role] | None = None
    rest = at = 0
    while at < len(spoken):
        phrase, role = next(
            ((phrase, role) for phrase, role in _TABLE.get(spoken[at], ()) if spoken[at : at + len(phrase)] == phrase),
            (spoken[at : at + 1], None),
        )
        if role is None:
            rest += spoken[at] not in _FILLERS and not spoken[at].isdigit()
        elif best is None or len(phrase) > best[0]:
            best = (len(phrase), role)
        at += len(phrase)
    if best is None or (whole and rest):
        return None
    length, role = best
    return role if rest < length and rest <= 2 else None
