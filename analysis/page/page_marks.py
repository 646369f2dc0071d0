"""The marks by which pages that are nothing, gates and farewells are recognised, in English, French, German, Spanish, Russian,
Italian, Polish, Dutch, Portuguese, Turkish, Chinese and Japanese.

All are plain substrings of case-folded text (straight apostrophes, ``ё`` written ``е``): searching them is linear.
A bar parts one phrase from the next.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "AGE",
    "BASKET_WORDS",
    "BLOG_WORDS",
    "CHALLENGE_CODE",
    "CHALLENGE_HEADINGS",
    "CHALLENGE_WORDS",
    "CLOSED",
    "COOKIE",
    "COOKIE_NAMES",
    "DEFAULT_PAGE",
    "ERROR",
    "FAREWELL",
    "FOR_SALE",
    "FRESH",
    "GEO",
    "INVITATION",
    "LOGIN",
    "MAINTENANCE",
    "NOT_FOUND",
    "OFFER_WORDS",
    "PARKED",
    "PARKED_CODE",
    "PAYMENT_WORDS",
    "SOON",
    "SUSPENDED",
]


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()).casefold() for phrase in listed.split("|"))


#: In the source: put there by the services that challenge visitors; they count on short pages only.
CHALLENGE_CODE: Final = _phrases("""
_cf_chl_opt | cf-browser-verification | jschl_vc | captcha-delivery.com | px-captcha | _incapsula_resource |
ddos-guard/js-challenge | sucuri_cloudproxy_js | gokuprops | awswafintegration | /_guard/html.js | kpsdk | sec-if-cpt-container |
slowaes.decrypt | bobcmn | stormwall | qrator | anubis_challenge | /.well-known/sgcaptcha | awswaf.com | geo.captcha-delivery |
errors.edgesuite.net | /cdn-cgi/challenge-platform/h/ | perimeterx.net/whywasiblocked | cdn.ddos-guard | vercel/security | rbzns |
imunify360 | bitninja
""")
CHALLENGE_WORDS: Final = _phrases("""
just a moment... | verifying you are human | verify you are human | verify that you are human | verify that you're not a robot |
confirm you are not a robot | are you a robot | checking your browser | checking the site connection security | enable javascript
and cookies to continue | please enable js and disable any ad blocker | ddos protection by | attention required! | sorry, you have
been blocked | request unsuccessful. incapsula | pardon our interruption | complete the security check | vérification de votre
navigateur | vérifiez que vous êtes humain | vérification que vous êtes humain | vous n'êtes pas un robot | überprüfung ihres
browsers | ihr browser wird überprüft | bestätigen sie, dass sie ein mensch sind | dass sie kein roboter sind | comprobando su
navegador | verificando que usted es humano | verifica que eres humano | que no eres un robot | проверка браузера | проверяем ваш
браузер | подтвердите, что вы не робот | подтвердите, что вы человек | вы не робот | verifying that you are not a robot | make
sure you're not a robot | making sure you're not a bot | you are a human (and not a bot) | confirm you are human | one moment,
please | your request is being verified | verifying your browser | connection needs to be verified | security service to protect
itself | used cloudflare to restrict access | you are being rate limited | we believe you are using automation tools | access to
this page has been denied | requested url was rejected | site has been limited by the site owner | request blocked | sucuri
website firewall | anti-ddos | ddos gateway | nur einen moment... | un instant... | un momento... | um momento... | einen moment
geduld | bir dakika lütfen | chwileczkę... | один момент... | 请稍候 | しばらくお待ちください | verifica di non essere un robot |
verifica che sei un essere umano | verifica di essere umano | non sono un robot | potwierdź, że jesteś człowiekiem | nie jesteś
robotem | nie jestem robotem | sprawdzanie przeglądarki | controleer of u een mens bent | bevestig dat u een mens bent | geen
robot bent | verificando se você é humano | confirme que você é humano | não é um robô | não sou um robô | verificando seu
navegador | insan olduğunuzu doğrulayın | robot olmadığınızı | tarayıcınız kontrol ediliyor | 验证您是真人 | 验证您是否是真人 |
请完成安全验证 | 人机验证 | 正在检查您的浏览器 | 浏览器安全检查 | あなたが人間であることを | ロボットではありません |
ブラウザを確認しています
""")
#: In title or headings of a hollow page.
CHALLENGE_HEADINGS: Final = _phrases("""
ddos protection | ddos-protection | ddos guard | ddos-guard | human verification | bot verification | security checkpoint | security
verification | captcha | 安全验证 | セキュリティチェック
""")
#: In the source: parking services' own hosts and scripts.
PARKED_CODE: Final = _phrases("""
sedoparking.com | parkingcrew.net | bodis.com | parklogic.com | skenzo.com | cashparking | domainparking | parking.js |
window.park | parked-domain | adsense/domains/caf.js | parkmydomain | voodoo.com/parking | above.com/marketplace | parking-lander
| sedoparkingurl | footer_domain_parking | dsparking.com | parkpage | /park.js | window.lander_system | namebrightstatic | parkweb
| d38psrni17bvxu | dnsparking | rookmedia | ztomy.com/parking
""")
PARKED: Final = _phrases("""
domain is parked | domain has been parked | parked free, courtesy of | parked domain | parking page | related searches | sponsored
listings | domain name has been registered | domain has been registered | this domain is registered | this web page is parked |
recherches associées | ce domaine est garé | ce nom de domaine a été enregistré | domaine réservé | domain ist geparkt | diese
domain wurde geparkt | diese domain wurde registriert | verwandte suchanfragen | ähnliche suchanfragen | dominio aparcado |
dominio estacionado | este dominio ha sido registrado | búsquedas relacionadas | домен припаркован | домен зарегистрирован |
похожие запросы | parked domain name | recently registered at | domain is not connected | domain isn't connected to a website |
domain is not configured | domain is pointing to | domain has been purchased and parked | domain is registered, but | domain is
registered and | diese domain ist bereits registriert | diese domain ist registriert | domain wurde registriert | domaine est
enregistré | domaine est parké | dominio registrado | dominio parcheggiato | dominio è stato registrato | dominio è parcheggiato |
ricerche correlate | domeinnaam is geregistreerd | domein is geregistreerd | domeinnaam is gereserveerd | domein is geparkeerd |
gerelateerde zoekopdrachten | domena zaparkowana | domena jest zaparkowana | domena została zarejestrowana | powiązane
wyszukiwania | domínio estacionado | domínio está estacionado | domínio foi registrado | domínio registado | pesquisas
relacionadas | alan adı park | park edilmiş | park edilmiştir | alan adı tescil edilmiştir | ilgili aramalar | домен не
прилинкован | домен не привязан | домен направлен на | домен успешно | 域名停放 | 该域名已注册 | 此域名已注册 | 相关搜索 |
ドメインパーキング | ドメインは登録されています | このドメインは、お名前
""")
FOR_SALE: Final = _phrases("""
domain may be for sale | domain is for sale | domain name is for sale | domain for sale | buy this domain | purchase this domain |
make an offer on this domain | interested in this domain | get this domain | ce domaine est à vendre | nom de domaine est à vendre
| domaine à vendre | acheter ce domaine | acheter ce nom de domaine | domain steht zum verkauf | domain zu verkaufen | domain
kaufen | dominio está en venta | dominio en venta | comprar este dominio | домен продается | продажа домена | купить домен |
купить этот домен | domain is available for sale | domain is available for purchase | domain may be available for purchase |
domain could be yours | domain can be yours | inquire about this domain | offer for this domain | domain est à vendre | domain est
en vente | domaine est en vente | domain ist zu verkaufen | domain steht zum kauf | domain ist käuflich | domain está en venta |
domain está a la venta | dominio a la venta | domain продается | domain è in vendita | dominio in vendita | dominio è in vendita |
acquista questo dominio | compra questo dominio | domain is te koop | domein is te koop | domeinnaam is te koop | domeinnaam te
koop | koop dit domein | koop deze domeinnaam | domain jest na sprzedaż | domena jest na sprzedaż | domena na sprzedaż | kup tę
domenę | domain está à venda | domínio está à venda | domínio à venda | compre este domínio | comprar este domínio | domain
satılık | alan adı satılık | satılık alan adı | satılık domain | bu alan adını satın | 域名出售 | 域名转让 | 域名正在出售 |
购买此域名 | 购买该域名 | 域名可以转让 | ドメインは売り出し中 | ドメイン販売中 | ドメインを購入 | このドメインは販売
""")
SUSPENDED: Final = _phrases("""
account suspended | account has been suspended | account is suspended | website has been suspended | website is suspended | site
has been suspended | site suspended | service suspended | domain has been suspended | this store is unavailable | this shop is
currently unavailable | this domain has been seized | compte suspendu | compte a été suspendu | site suspendu | site a été
suspendu | konto gesperrt | konto wurde gesperrt | seite wurde gesperrt | webseite gesperrt | präsenz ist gesperrt | cuenta
suspendida | cuenta ha sido suspendida | sitio suspendido | аккаунт заблокирован | аккаунт приостановлен | сайт заблокирован |
сайт отключен | хостинг приостановлен | работа сайта приостановлена | website has been temporarily suspended | website suspended |
hosting suspended | hosting account has been suspended | account associated with this website has been | account has been
temporarily suspended | account has expired | website expired | website has expired | website has been disabled | site has been
disabled | site has been deactivated | website is disabled | shop is unavailable | store is currently unavailable | hosting has
expired | domain has expired | domain name has expired | domain expired | archived or suspended | has been seized | site désactivé
| compte désactivé | site est désactivé | domaine a expiré | webseite ist gesperrt | website wurde gesperrt | website ist gesperrt
| webspace gesperrt | domain ist abgelaufen | internetseite wurde gesperrt | internetpräsenz ist gesperrt | sitio web suspendido |
página suspendida | dominio ha expirado | dominio ha caducado | account sospeso | sito sospeso | sito è stato sospeso | sito web
sospeso | dominio scaduto | dominio è scaduto | account opgeschort | website is opgeschort | website is geblokkeerd | domeinnaam
is verlopen | konto zawieszone | konto zostało zawieszone | strona zawieszona | strona została zawieszona | strona została
zablokowana | domena wygasła | usługa zawieszona | conta suspensa | conta foi suspensa | site suspenso | site foi suspenso |
domínio expirou | domínio expirado | hesap askıya alın | hesabı askıya alın | site askıya alın | sitesi askıya alın | alan adının
süresi doldu | срок регистрации домена истек | домен истек | сайт временно отключен | сайт приостановлен | аккаунт отключен |
网站已暂停 | 该网站已被暂停 | 账户已暂停 | 域名已过期 | 站点已停止 | 该站点已被管理员停止 | アカウントは停止 | サイトは停止されて
| ドメインの有効期限が切れ
""")
DEFAULT_PAGE: Final = _phrases("""
welcome to nginx | welcome to openresty | nginx web server is successfully installed | apache2 default page | apache2 ubuntu
default page | apache2 debian default page | apache http server test page | test page for the apache | test page for the nginx |
http server test page | it works! | iis windows server | internet information services | welcome to caddy | caddy works |
litespeed web server | congratulations! your website is up and running | default web site page | plesk default page | web server's
default page | future home of something quite cool | this is the default web page | placeholder for the subdomain | welcome to
centos | hestia control panel | vesta control panel | ispmanager | cpanel, inc | index of / | site par défaut | page par défaut du
serveur | willkommen bei nginx | standardseite des webservers | página predeterminada | страница по умолчанию | добро пожаловать в
nginx | welcome to tengine | webserver test page | test the proper operation of | test the correct operation of | successfully
installed tomcat | it works ! | iis7 | iis8 | iis 8 | openlitespeed | domain default page | domain's default page | default index
page | default website page | welcome to your new website | your new web server is ready | site is created successfully | votre
domaine a bien été créé | domaine a bien été créé chez | hier entsteht eine neue internetpräsenz | hier entsteht eine neue website
| internetpräsenz wurde noch nicht freigeschaltet | noch keine inhalte hinterlegt | pagina predefinita del server |
standaardpagina van de | domyślna strona serwera | página padrão do servidor | varsayılan sunucu sayfası | 站点创建成功 | 欢迎使用
nginx | 没有找到站点 | 默认页面 | デフォルトページ | 初期ページ | the install worked successfully! | welcome to xampp | ip is
being shared among many domains | ip address is shared | you are all set to go! | apache is functioning normally | testing 123..
""")
#: On the front of a shop or blog that was installed and left at that.
FRESH: Final = _phrases("""
this is your first post | c'est votre premier article | ceci est votre premier article | dies ist dein erster beitrag | esta es tu
primera entrada | это ваша первая запись | questo è il tuo primo articolo | to jest twój pierwszy wpis | dit is je eerste bericht
| esse é o seu primeiro post | este é o seu primeiro artigo | bu sizin ilk yazınız | 这是您的第一篇文章 | これは最初の投稿です |
cms homepage content goes here | no front page content has been created | edit src/app.js and save | get started by editing
""")
MAINTENANCE: Final = _phrases("""
maintenance mode | under maintenance | undergoing maintenance | scheduled maintenance | down for maintenance | we'll be back soon
| briefly unavailable | en maintenance | maintenance en cours | wartungsarbeiten | wartungsmodus | wird gewartet | en
mantenimiento | технические работы | техническое обслуживание | технических работ | site en cours de maintenance | en cours de
maintenance | nous serons de retour bientôt | wir sind gleich zurück | in wartung | sitio en mantenimiento | in manutenzione |
manutenzione in corso | lavori di manutenzione | in onderhoud | onderhoudswerkzaamheden | wegens onderhoud | prace konserwacyjne |
przerwa techniczna | w trakcie konserwacji | em manutenção | manutenção programada | bakım çalışması | bakımdayız | bakım modu |
bakım nedeniyle | 网站维护中 | 系统维护 | 正在维护 | 维护升级 | メンテナンス中 | メンテナンスのため | техобслуживание
""")
#: Of sites that are not there yet, or not just now. Products are said to be so too, so only in headings and on next to empty pages.
SOON: Final = _phrases("""
under construction | coming soon | opening soon | launching soon | be right back | pardon our dust | temporarily unavailable |
temporarily closed | en construction | bientôt disponible | ouverture prochaine | bientôt en ligne | temporairement indisponible |
im aufbau | in kürze verfügbar | demnächst hier | vorübergehend nicht erreichbar | en construcción | próximamente | fuera de
servicio | temporalmente no disponible | in costruzione | prossimamente | prossima apertura | temporaneamente non disponibile | in
aanbouw | binnenkort beschikbaar | binnenkort online | tijdelijk niet beschikbaar | w budowie | wkrótce otwarcie | już wkrótce |
chwilowo niedostępn | tymczasowo niedostępn | em construção | em breve | temporariamente indisponível | yapım aşamasında | çok
yakında | на реконструкции | в разработке | скоро открытие | скоро откроемся | временно недоступен | 建设中 | 即将上线 | 敬请期待
| 暂时无法访问 | 工事中 | 準備中 | 近日公開 | 近日オープン | geçici olarak kapalı | geçici olarak hizmet
""")
GEO: Final = _phrases("""
not available in your country | not available in your region | not available in your location | unavailable in your country |
unavailable in your region | unavailable for legal reasons | blocked in your country | access from your country | unavailable due
to legal reasons | pas disponible dans votre pays | pas disponible dans votre région | indisponible dans votre pays | in ihrem
land nicht verfügbar | in deinem land nicht verfügbar | in ihrer region nicht verfügbar | no está disponible en tu país | no está
disponible en su país | no disponible en tu región | недоступен в вашей стране | недоступно в вашей стране | недоступен в вашем
регионе | недоступно в вашем регионе | not available in your area | not available in your territory | not currently available in
your | unavailable in your location | unavailable in most european countries | unavailable in your jurisdiction | blocked in your
region | restricted in your country | visitors from your country | visitors from the european | non disponibile nel tuo paese |
non disponibile nella tua regione | niet beschikbaar in uw land | niet beschikbaar in jouw land | niet beschikbaar in uw regio |
niedostępna w twoim kraju | niedostępny w twoim kraju | niedostępna w twoim regionie | não está disponível no seu país |
indisponível no seu país | não disponível na sua região | não está disponível em seu país | ülkenizde kullanılamıyor | ülkenizden
erişilemez | bölgenizde kullanılamıyor | доступ к информационному ресурсу ограничен | доступ к ресурсу ограничен | 您所在的国家 |
您所在的地区 | 所在地区不可用 | お住まいの国では | お住まいの地域では | from the european economic area
""")
COOKIE: Final = _phrases("""
accept cookies to continue | accept all cookies to continue | cookies must be enabled | cookies are required to | please enable
cookies | before you continue | agree to cookies | accept or subscribe | accepter les cookies pour continuer | accepter et
continuer | avant de continuer | veuillez activer les cookies | mit cookies akzeptieren | mit werbung weiterlesen | cookies
akzeptieren, um | bitte aktivieren sie cookies | bevor sie fortfahren | acepta las cookies para continuar | aceptar y continuar |
antes de continuar | примите cookie | примите файлы cookie | включите cookies | прежде чем продолжить | accetta i cookie per
continuare | accetta e continua | prima di continuare | cookies accepteren om | accepteren en doorgaan | voordat u verdergaat |
zaakceptuj pliki cookie | akceptuj i przejdź | zanim przejdziesz | aceitar e continuar | aceite os cookies | çerezleri kabul |
devam etmeden önce | 接受 cookie | 继续之前 | 続行する前に | クッキーを有効
""")
COOKIE_NAMES: Final = _phrases("cookie | çerez | クッキー")
AGE: Final = _phrases("""
are you over 18 | are you over 21 | are you 18 | are you 21 | i am 18 | i am over 18 | i am over 21 | i'm over 18 | you must be 18
| you must be 21 | you must be at least 18 | you must be at least 21 | you must be over 18 | of legal drinking age | age
verification | verify your age | confirm your age | enter your date of birth | plus de 18 ans | vérification de l'âge | êtes-vous
majeur | über 18 jahre | mindestens 18 jahre | bist du 18 | sind sie 18 | altersprüfung | altersverifikation | mayor de 18 | mayor
de edad | verificación de edad | вам исполнилось 18 | вам есть 18 | мне есть 18 | мне исполнилось 18 | старше 18 | подтвердите
свой возраст | of legal age | are you of legal | are you old enough | i am over the age | i am at least 18 | i am at least 21 |
must be of legal | 18 years or older | 21 years or older | age gate | avez-vous 18 ans | avez-vous plus de 18 | j'ai plus de 18 |
j'ai 18 ans | bist du über 18 | sind sie über 18 | alter bestätigen | sind sie volljährig | eres mayor | tienes más de 18 | soy
mayor | hai più di 18 | hai 18 anni | sei maggiorenne | verifica dell'età | ben je 18 | bent u 18 | ben je ouder dan 18 |
leeftijdsverificatie | leeftijdscontrole | masz ukończone 18 | czy masz 18 | jesteś pełnoletni | jestem pełnoletni | weryfikacja
wieku | tem mais de 18 | tenho mais de 18 | maior de 18 | maior de idade | verificação de idade | 18 yaşından büyük | 18 yaşını
doldur | yaş doğrulama | 年满18 | 已满18 | 满18周岁 | 18歳以上 | 年齢確認 | 20歳以上
""")
INVITATION: Final = _phrases("""
by invitation | invitation only | invite only | invite-only | invitation code | invite code | request an invitation | request an
invite | need an invitation | members only | members-only | only members | private club | sur invitation | code d'invitation |
demander une invitation | réservé aux membres | club privé | nur auf einladung | auf einladung | einladungscode | nur für
mitglieder | einladung anfordern | solo por invitación | por invitación | código de invitación | solo para miembros | solo
miembros | по приглашению | по приглашениям | код приглашения | только для участников | только для членов | инвайт | su invito |
solo su invito | codice di invito | codice invito | solo per membri | riservato ai membri | riservato ai soci | op uitnodiging |
alleen op uitnodiging | uitnodigingscode | alleen voor leden | tylko na zaproszenie | kod zaproszenia | tylko dla członków |
zaproszenie od | somente para convidados | por convite | código de convite | apenas para membros | somente membros | davetiye ile
| davet kodu | sadece üyeler | yalnızca üyeler | 邀请码 | 仅限邀请 | 仅限会员 | 会员专享入口 | 招待コード | 招待制 | 会員限定 |
会員専用
""")
LOGIN: Final = _phrases("""
log in | login | log-in | sign in | sign-in | signin | enter using password | enter store using password | please authenticate |
authorization required | connexion | connectez-vous | se connecter | identifiez-vous | mot de passe | anmelden | anmeldung |
einloggen | passwort | iniciar sesión | inicia sesión | acceder | contraseña | войти | вход | авторизация | пароль | password |
accedi | inloggen | aanmelden | zaloguj | logowanie | entrar | iniciar sessão | senha | giriş yap | üye girişi | oturum aç | şifre
| 登录 | 登入 | 密码 | ログイン | パスワード | log ind | logga in | logg inn | kirjaudu | přihlášení | prihlásenie | bejelentkezés
| belépés | autentificare | вписване | увійти | 로그인
""")
NOT_FOUND: Final = _phrases("""
page not found | not found | page cannot be found | page can't be found | page could not be found | page doesn't exist | page does
not exist | page you requested | page introuvable | page non trouvée | page n'existe pas | seite nicht gefunden | seite existiert
nicht | seite konnte nicht gefunden | página no encontrada | página no existe | no se encuentra la página | страница не найдена |
страницы не существует | страница не существует | pagina non trovata | pagina non esiste | pagina niet gevonden | pagina bestaat
niet | strona nie została znaleziona | nie znaleziono strony | strona nie istnieje | página não encontrada | página não existe |
sayfa bulunamadı | 页面不存在 | 找不到页面 | 页面未找到 | ページが見つかりません | ページは存在しません | お探しのページ
""")
#: What a server says in the place of a page when something behind it is broken, or when it will not show one.
ERROR: Final = _phrases("""
internal server error | bad gateway | gateway timeout | gateway time-out | service unavailable | establishing a database
connection | database connection error | could not connect to the database | critical error on this website | error processing
your request | an error has occurred | web server is down | origin is unreachable | server error in '/' | fatal error: | uncaught
exception | 403 forbidden | access denied | access is denied | permission to access | erreur interne du serveur | accès refusé |
accès interdit | interner serverfehler | zugriff verweigert | error interno del servidor | acceso denegado | errore interno del
server | accesso negato | toegang geweigerd | odmowa dostępu | wewnętrzny błąd serwera | acesso negado | erro interno do servidor
| erişim engellendi | sunucu hatası | внутренняя ошибка сервера | ошибка установки соединения с базой | доступ запрещен |
服务器内部错误 | 访问被拒绝 | 数据库连接错误 | データベース接続確立エラー | アクセスが拒否
""")
FAREWELL: Final = _phrases("""
service will resume | will be resumed | we will resume | will reopen | we will be back | we'll be back | we shall be back | see
you soon | goodbye | good bye | farewell | so long, and thank | shop is closed | store is closed | shop has closed | store has
closed | we have closed | we are closing | we're closing | closing our doors | closed our doors | ceased trading | no longer
accept orders | no longer taking orders | not taking orders | no longer sell | orders are closed | thank you for all the years |
thank you for your years | reprendra | nous reviendrons | nous serons de retour | à bientôt | adieu | boutique est fermée |
boutique ferme | nous fermons | fermeture définitive | n'acceptons plus de commandes | wird wieder aufgenommen | wir kommen zurück
| wir sind bald zurück | bald wieder da | auf wiedersehen | wir schließen | shop ist geschlossen | shop wurde geschlossen | keine
bestellungen mehr | se reanudará | volveremos | hasta pronto | adiós | tienda está cerrada | tienda ha cerrado | cerramos nuestras
puertas | no aceptamos más pedidos | возобновит | мы вернемся | скоро вернемся | до свидания | прощай | магазин закрыт | мы
закрываемся | мы закрылись | больше не принимаем заказы | closed for good | closed its doors | closing its doors | closed down for
| arrivederci | il negozio è chiuso | negozio ha chiuso | chiudiamo | riprenderà | torneremo presto | tot ziens | winkel is
gesloten | wij stoppen | wij sluiten | hervatten | do widzenia | sklep jest zamknięty | sklep został zamknięty | zamykamy |
zakończyliśmy działalność | até breve | loja está fechada | loja fechou | encerramos | voltaremos em breve | hoşça kalın | mağaza
kapandı | mağazamız kapan | 再见 | 本店已关闭 | 停止营业 | 停止服务 | さようなら | 閉店いたしました | 閉店しました |
サービスを終了
""")
#: Of the farewells those that leave no way back; said alone on a page that sells nothing they need no date and no blog beside them.
CLOSED: Final = _phrases("""
closed for good | closed forever | permanently closed | closed permanently | shop has closed | store has closed | we have closed |
closed our doors | ceased trading | no longer in business | fermé définitivement | définitivement fermé | fermeture définitive |
avons fermé nos portes | endgültig geschlossen | für immer geschlossen | dauerhaft geschlossen | shop wurde geschlossen | cerrado
definitivamente | cerrada definitivamente | tienda ha cerrado | cerramos nuestras puertas | мы закрылись | закрыт навсегда |
магазин закрылся | прекратил работу | closed its doors | no longer taking orders | no longer accept orders | orders are closed |
so long, and thank | n'acceptons plus de commandes | keine bestellungen mehr | no aceptamos más pedidos | больше не принимаем
заказы | chiuso definitivamente | chiusa definitivamente | negozio ha chiuso | abbiamo chiuso | definitief gesloten | voorgoed
gesloten | winkel is gestopt | sklep został zamknięty | zakończyliśmy działalność | zamknięty na stałe | encerramos as atividades
| loja fechou | encerrada definitivamente | encerrado definitivamente | kalıcı olarak kapan | mağaza kapandı | mağazamız kapan |
永久关闭 | 本店已关闭 | 停止营业 | 閉店いたしました | 閉店しました | サービスを終了しました
""")
BLOG_WORDS: Final = _phrases("""
posted by | posted on | posted in | leave a comment | read more | older posts | recent posts | comments ( | no comments | publié
le | publié par | lire la suite | laisser un commentaire | veröffentlicht am | weiterlesen | kommentar hinterlassen | publicado el
| publicado por | leer más | deja un comentario | опубликовано | читать далее | комментариев | оставить комментарий | pubblicato
il | pubblicato da | leggi tutto | continua a leggere | lascia un commento | geplaatst op | geplaatst door | lees meer | lees
verder | reactie plaatsen | opublikowano | czytaj dalej | czytaj więcej | dodaj komentarz | publicado em | leia mais | deixe um
comentário | devamını oku | yorum yap | yayınlandı | 阅读全文 | 发表评论 | 続きを読む | コメントを残す | 投稿日
""")
#: What only a page that sells says.
BASKET_WORDS: Final = _phrases("""
add to cart | add to basket | add to bag | add to trolley | your cart | shopping cart | view cart | view basket | ajouter au
panier | mon panier | votre panier | voir le panier | in den warenkorb | warenkorb | añadir al carrito | agregar al carrito | mi
carrito | tu carrito | aggiungi al carrello | carrello | do koszyka | カートに入れる | в корзину | корзина | add to my cart | your
basket | my basket | my cart | shopping basket | ajouter à mon panier | ajouter au caddie | mon caddie | in den einkaufswagen |
mein warenkorb | añadir a la cesta | agregar a la cesta | mi cesta | cesta de la compra | carrito de compra | aggiungi al cestino
| dodaj do koszyka | twój koszyk | koszyk | in winkelwagen | winkelwagen | winkelmand | adicionar ao carrinho | adicionar à sacola
| sepete ekle | sepetim | sepetiniz | læg i kurv | indkøbskurv | lägg i varukorg | varukorg | legg i handlekurv | handlekurv |
lisää ostoskoriin | ostoskori | do košíku | do košíka | nákupní košík | nákupný košík | kosárba | bevásárlókosár | adaugă în coș |
adauga in cos | coșul | coş de cumpărături | добави в количката | до кошика | į krepšelį | krepšelis | ielikt grozā | ostukorv |
προσθήκη στο καλάθι | u košaricu | košarica | u korpu | 加入购物车 | 购物车 | 加入購物車 | 購物車 | 去结算 | 買い物かご |
ショッピングカート | カートを見る | 장바구니 | thêm vào giỏ | giỏ hàng | keranjang belanja | سلة التسوق | سبد خرید | עגלת קניות |
no carrinho | meu carrinho | seu carrinho | carrinho de compras | в количката | моята количка | пазарна количка | в кошницата |
στο καλάθι | καλάθι αγορών | у кошик | мій кошик | ваш кошик | кошик покупок | your shopping bag | my shopping bag | view bag
""")
#: What pages that sell say too, and now and then a magazine or a hotel.
OFFER_WORDS: Final = _phrases("""
buy now | buy it now | checkout | proceed to checkout | free shipping | livraison gratuite | versandkostenfrei | kostenloser
versand | envío gratis | comprar ahora | spedizione gratuita | acquista ora | darmowa dostawa | gratis verzending | comprar agora
| frete grátis | portes grátis | hemen satın al | ücretsiz kargo | fri frakt | бесплатная доставка | 立即购买 | 立即購買 | 包邮 |
今すぐ購入 | 送料無料 | 바로구매 | zur kasse | оформить заказ
""")
#: A page that speaks of these says that paying is unavailable, not the site.
PAYMENT_WORDS: Final = _phrases("""
payment | pay by | credit card | paiement | payer | carte bancaire | zahlung | bezahlen | kreditkarte | pago | pagar | tarjeta |
оплат | платеж | карты visa | pagamento | carta di credito | betaling | betalen | creditcard | płatnoś | zapłać | karta kredytowa
| cartão | ödeme | kredi kartı | 支付 | 付款 | 信用卡 | 支払 | クレジットカード
""")
