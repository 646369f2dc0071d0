"""The marks by which pages that are nothing, gates and farewells are recognised, in English, French, German, Spanish and Russian.

All are plain substrings of case-folded text (straight apostrophes, ``ё`` written ``е``): searching them is linear.
A bar parts one phrase from the next.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "AGE",
    "BLOG_WORDS",
    "CART_WORDS",
    "CHALLENGE_CODE",
    "CHALLENGE_WORDS",
    "CLOSED",
    "COOKIE",
    "DEFAULT_PAGE",
    "FAREWELL",
    "FOR_SALE",
    "GEO",
    "INVITATION",
    "LOGIN",
    "MAINTENANCE",
    "NOT_FOUND",
    "PARKED",
    "PARKED_CODE",
    "PAYMENT_WORDS",
    "SUSPENDED",
]


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in listed.split("|"))


#: In the source: put there by the services that challenge visitors; they count on short pages only.
CHALLENGE_CODE: Final = _phrases("""
_cf_chl_opt | cf-browser-verification | jschl_vc | captcha-delivery.com | px-captcha | _incapsula_resource |
ddos-guard/js-challenge | sucuri_cloudproxy_js | gokuprops | awswafintegration | /_guard/html.js | kpsdk |
sec-if-cpt-container | slowaes.decrypt | bobcmn | stormwall | qrator | anubis_challenge
""")
CHALLENGE_WORDS: Final = _phrases("""
just a moment... | verifying you are human | verify you are human | verify that you are human | verify that you're not a robot
| confirm you are not a robot | are you a robot | checking your browser | checking the site connection security | enable
javascript and cookies to continue | please enable js and disable any ad blocker | ddos protection by | attention required! |
sorry, you have been blocked | request unsuccessful. incapsula | pardon our interruption | complete the security check |
vérification de votre navigateur | vérifiez que vous êtes humain | vérification que vous êtes humain | vous n'êtes pas un
robot | überprüfung ihres browsers | ihr browser wird überprüft | bestätigen sie, dass sie ein mensch sind | dass sie kein
roboter sind | comprobando su navegador | verificando que usted es humano | verifica que eres humano | que no eres un robot |
проверка браузера | проверяем ваш браузер | подтвердите, что вы не робот | подтвердите, что вы человек | вы не робот
""")
#: In the source: parking services' own hosts and scripts.
PARKED_CODE: Final = _phrases("""
sedoparking.com | parkingcrew.net | bodis.com | parklogic.com | skenzo.com | cashparking | domainparking | parking.js |
window.park | parked-domain | adsense/domains/caf.js | parkmydomain | voodoo.com/parking | above.com/marketplace |
parking-lander
""")
PARKED: Final = _phrases("""
domain is parked | domain has been parked | parked free, courtesy of | parked domain | parking page | related searches |
sponsored listings | domain name has been registered | domain has been registered | this domain is registered | this web page
is parked | recherches associées | ce domaine est garé | ce nom de domaine a été enregistré | domaine réservé | domain ist
geparkt | diese domain wurde geparkt | diese domain wurde registriert | verwandte suchanfragen | ähnliche suchanfragen |
dominio aparcado | dominio estacionado | este dominio ha sido registrado | búsquedas relacionadas | домен припаркован | домен
зарегистрирован | похожие запросы
""")
FOR_SALE: Final = _phrases("""
domain may be for sale | domain is for sale | domain name is for sale | domain for sale | buy this domain | purchase this
domain | make an offer on this domain | interested in this domain | get this domain | ce domaine est à vendre | nom de domaine
est à vendre | domaine à vendre | acheter ce domaine | acheter ce nom de domaine | domain steht zum verkauf | domain zu
verkaufen | domain kaufen | dominio está en venta | dominio en venta | comprar este dominio | домен продается | продажа домена
| купить домен | купить этот домен
""")
SUSPENDED: Final = _phrases("""
account suspended | account has been suspended | account is suspended | website has been suspended | website is suspended |
site has been suspended | site suspended | service suspended | domain has been suspended | this store is unavailable | this
shop is currently unavailable | this domain has been seized | compte suspendu | compte a été suspendu | site suspendu | site a
été suspendu | konto gesperrt | konto wurde gesperrt | seite wurde gesperrt | webseite gesperrt | präsenz ist gesperrt |
cuenta suspendida | cuenta ha sido suspendida | sitio suspendido | аккаунт заблокирован | аккаунт приостановлен | сайт
заблокирован | сайт отключен | хостинг приостановлен | работа сайта приостановлена
""")
DEFAULT_PAGE: Final = _phrases("""
welcome to nginx | welcome to openresty | nginx web server is successfully installed | apache2 default page | apache2 ubuntu
default page | apache2 debian default page | apache http server test page | test page for the apache | test page for the nginx
| http server test page | it works! | iis windows server | internet information services | welcome to caddy | caddy works |
litespeed web server | congratulations! your website is up and running | default web site page | plesk default page | web
server's default page | future home of something quite cool | this is the default web page | placeholder for the subdomain |
welcome to centos | hestia control panel | vesta control panel | ispmanager | cpanel, inc | index of / | site par défaut |
page par défaut du serveur | willkommen bei nginx | standardseite des webservers | página predeterminada | страница по
умолчанию | добро пожаловать в nginx
""")
MAINTENANCE: Final = _phrases("""
maintenance mode | under maintenance | undergoing maintenance | scheduled maintenance | down for maintenance | temporarily
unavailable | under construction | coming soon | opening soon | launching soon | be right back | we'll be back soon | briefly
unavailable | en maintenance | maintenance en cours | en construction | bientôt disponible | ouverture prochaine |
temporairement indisponible | wartungsarbeiten | wartungsmodus | wird gewartet | im aufbau | in kürze verfügbar |
vorübergehend nicht erreichbar | en mantenimiento | en construcción | próximamente | temporalmente no disponible | fuera de
servicio | технические работы | техническое обслуживание | технических работ | на реконструкции | в разработке | временно
недоступен | скоро открытие | скоро откроемся
""")
GEO: Final = _phrases("""
not available in your country | not available in your region | not available in your location | unavailable in your country |
unavailable in your region | unavailable for legal reasons | blocked in your country | access from your country | do not ship
to your country | unavailable due to legal reasons | pas disponible dans votre pays | pas disponible dans votre région |
indisponible dans votre pays | in ihrem land nicht verfügbar | in deinem land nicht verfügbar | in ihrer region nicht
verfügbar | no está disponible en tu país | no está disponible en su país | no disponible en tu región | недоступен в вашей
стране | недоступно в вашей стране | недоступен в вашем регионе | недоступно в вашем регионе
""")
COOKIE: Final = _phrases("""
accept cookies to continue | accept all cookies to continue | cookies must be enabled | cookies are required to | please
enable cookies | before you continue | agree to cookies | accept or subscribe | accepter les cookies pour continuer | accepter
et continuer | avant de continuer | veuillez activer les cookies | mit cookies akzeptieren | mit werbung weiterlesen | cookies
akzeptieren, um | bitte aktivieren sie cookies | bevor sie fortfahren | acepta las cookies para continuar | aceptar y
continuar | antes de continuar | примите cookie | примите файлы cookie | включите cookies | прежде чем продолжить
""")
AGE: Final = _phrases("""
are you over 18 | are you over 21 | are you 18 | are you 21 | i am 18 | i am over 18 | i am over 21 | i'm over 18 | you must
be 18 | you must be 21 | you must be at least 18 | you must be at least 21 | you must be over 18 | of legal drinking age | age
verification | verify your age | confirm your age | enter your date of birth | plus de 18 ans | vérification de l'âge |
êtes-vous majeur | über 18 jahre | mindestens 18 jahre | bist du 18 | sind sie 18 | altersprüfung | altersverifikation | mayor
de 18 | mayor de edad | verificación de edad | вам исполнилось 18 | вам есть 18 | мне есть 18 | мне исполнилось 18 | старше 18
| подтвердите свой возраст
""")
INVITATION: Final = _phrases("""
by invitation | invitation only | invite only | invite-only | invitation code | invite code | request an invitation | request
an invite | need an invitation | members only | members-only | only members | private club | sur invitation | code
d'invitation | demander une invitation | réservé aux membres | club privé | nur auf einladung | auf einladung | einladungscode
| nur für mitglieder | einladung anfordern | solo por invitación | por invitación | código de invitación | solo para miembros
| solo miembros | по приглашению | по приглашениям | код приглашения | только для участников | только для членов | инвайт
""")
LOGIN: Final = _phrases("""
log in | login | log-in | sign in | sign-in | signin | enter using password | enter store using password | please authenticate
| authorization required | connexion | connectez-vous | se connecter | identifiez-vous | mot de passe | anmelden | anmeldung |
einloggen | passwort | iniciar sesión | inicia sesión | acceder | contraseña | войти | вход | авторизация | пароль | password
""")
NOT_FOUND: Final = _phrases("""
page not found | not found | page cannot be found | page can't be found | page could not be found | page doesn't exist |
page does not exist | page you requested | page introuvable | page non trouvée | page n'existe pas | seite nicht gefunden |
seite existiert nicht | seite konnte nicht gefunden | página no encontrada | página no existe | no se encuentra la página |
страница не найдена | страницы не существует | страница не существует
""")
FAREWELL: Final = _phrases("""
service will resume | will be resumed | we will resume | will reopen | we will be back | we'll be back | we shall be back |
see you soon | goodbye | good bye | farewell | so long, and thank | shop is closed | store is closed | shop has closed | store
has closed | we have closed | we are closing | we're closing | closing our doors | closed our doors | closed for good | ceased
trading | no longer accept orders | no longer taking orders | not taking orders | no longer sell | orders are closed | thank
you for all the years | thank you for your years | reprendra | nous reviendrons | nous serons de retour | à bientôt | adieu |
boutique est fermée | boutique ferme | nous fermons | fermeture définitive | n'acceptons plus de commandes | wird wieder
aufgenommen | wir kommen zurück | wir sind bald zurück | bald wieder da | auf wiedersehen | wir schließen | shop ist
geschlossen | shop wurde geschlossen | keine bestellungen mehr | se reanudará | volveremos | hasta pronto | adiós | tienda
está cerrada | tienda ha cerrado | cerramos nuestras puertas | no aceptamos más pedidos | возобновит | мы вернемся | скоро
вернемся | до свидания | прощай | магазин закрыт | мы закрываемся | мы закрылись | больше не принимаем заказы
""")
#: Of the farewells those that leave no way back; said alone on a page that sells nothing they need no date and no blog beside them.
CLOSED: Final = _phrases("""
closed for good | closed forever | permanently closed | closed permanently | shop has closed | store has closed | we have closed |
closed our doors | ceased trading | no longer in business | fermé définitivement | définitivement fermé | fermeture définitive |
avons fermé nos portes | endgültig geschlossen | für immer geschlossen | dauerhaft geschlossen | shop wurde geschlossen |
cerrado definitivamente | cerrada definitivamente | tienda ha cerrado | cerramos nuestras puertas | мы закрылись |
закрыт навсегда | магазин закрылся | прекратил работу
""")
BLOG_WORDS: Final = _phrases("""
posted by | posted on | posted in | leave a comment | read more | older posts | recent posts | comments ( | no comments |
publié le | publié par | lire la suite | laisser un commentaire | veröffentlicht am | weiterlesen | kommentar hinterlassen |
publicado el | publicado por | leer más | deja un comentario | опубликовано | читать далее | комментариев | оставить
комментарий
""")
#: What only a page that sells says.
CART_WORDS: Final = _phrases("""
add to cart | add to basket | add to bag | add to trolley | buy now | your cart | shopping cart | view cart | view basket |
proceed to checkout | checkout | free shipping | ajouter au panier | mon panier | votre panier | voir le panier | livraison
gratuite | in den warenkorb | warenkorb | zur kasse | versandkostenfrei | añadir al carrito | agregar al carrito | mi carrito
| tu carrito | envío gratis | aggiungi al carrello | carrello | do koszyka | カートに入れる | в корзину | корзина | бесплатная
доставка | оформить заказ
""")
#: A page that speaks of these says that paying is unavailable, not the site.
PAYMENT_WORDS: Final = _phrases("""
payment | pay by | credit card | paiement | payer | carte bancaire | zahlung | bezahlen | kreditkarte | pago | pagar |
tarjeta | оплат | платеж | карты visa
""")
