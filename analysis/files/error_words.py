"""Words that error pages everywhere are made of, so that what is left of one is somebody's own.

Those of servers and platforms, and of what themes say in the languages that shops speak: that nothing is here, that it was
moved or deleted, that a search, a link or the home page may help.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LANGUAGES", "own_error_words"]

#: Languages whose usual words are known well enough that words left over are somebody's own.
LANGUAGES: Final = frozenset(["en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "no", "nb", "nn", "cs", "tr", "ru", "uk"])

_WORDS: Final = """
error errors page pages not found the you are were for looking look does doesn't exist exists existing existed requested request url uri address
this that was server on back to home homepage go return our site website main start oops whoops sorry unfortunately we can't cannot can could find
found anything at location here it may might have has been be moved move removed deleted renamed no longer available
temporarily unavailable
try again search using menu link links followed broken check spelling typed mistyped typing or and of a an in is by from with
your click please
contact us administrator webmaster additionally encountered while trying use errordocument handle nginx apache openresty
litespeed cloudflare caddy
iis microsoft internet information services tomcat port http https status code description message type report resource file
directory
forbidden access denied permission unknown invalid bad gateway continue shopping shop store products browse something went
wrong lost
nothing help let's visit view category categories below above following let get see want need if like that's it's there's what where why
seems seem appears page's doesnt cant couldnt internal service ubuntu debian centos unix win64 win32 openssl php
had its name changed changes following steps check make sure that link from site web owner open then look button another type
correctly enter
entered address bar browser refresh reload later few minutes moment either neither because correct double visited visiting
reached attempted
arrived here ended happened happens seem whatever it'd you'd you've we've i'm popular pages latest items item collection collections
technical information personnel about topic title titled custom common tasks messages review support phrase words enabled whose
fehler seite nicht gefunden die der das sie suchen gesuchte existiert wurde leider startseite zurück zur zum angeforderte adresse verfügbar ist es
erreur page introuvable la le les vous cherchez n'existe pas retour à l'accueil accueil désolé demandée trouvée trouvé été n'a votre
error página encontrada no la el que busca buscas existe volver inicio lo sentimos solicitada encontró ha sido se encuentra
ошибка страница страницы не найдена найден найдено существует вы ищете запрашиваемая вернуться на главную к сожалению такой нет или была удалена
перейти каталог возможно она адрес неправильно набран запрошенная была перемещена проверьте назад
sieht aussieht aus als scheint wohl dieser diese dieses diesem diesen ort stelle nichts gibt gab hier dort möchtest möchten wollen vielleicht
eventuell versuche versuchen versuchs probiere probieren einen eine einer eines einem ein den dem des und oder aber auch noch mal einmal mit für
von vom auf bei über unter unterhalb unten oben folgenden folgende link links suche suchfunktion suchfeld suchformular starten hilft helfen
weiter weiterhelfen kann können kannst konnte konnten wir uns unsere unserer unseren unser website webseite internetseite seiten inhalt
inhalte beitrag artikel etwas ups hoppla entschuldigung tut bedauern mehr schon wieder benutze benutzen nutze nutzen verwende verwenden
bitte eingegeben eingabe überprüfe überprüfen prüfe prüfen kein keine vorhanden gelöscht verschoben umbenannt entfernt worden deine deiner
dein ihre ihrer ihr ihnen wonach nach gesucht hast hat haben sein kehre kehren gehe gehen hauptseite hauptmenü menü navigation dass ob
semble qu'il rien n'ait trouver cet cette endroit emplacement essayez essayer avec une recherche recherches rechercher recherchez peut être
peut-être lien liens dessous ci suivants des est sont pas plus nous pouvons pouvez pouvoir oups oh désolés existe existait pages site url
vérifiez saisie saisi déplacée supprimée renommée dans sur pour par aux ces ceux que qui quoi contenu demandé lancer faire effectuer effectuez
autre autres utilisez utiliser utilisant champ formulaire c'est s'est c'était aucun aucune résultat moteur revenir revenez menu navigation d'un
d'une l'un l'une qu'une elle vers cherchiez recherchée il était ait chose quelque avons n'avons n'y semblerait
parece nada encontrado encontrar esta este estas ubicación lugar sitio web quieres quiere quizás quizá tal vez prueba probar pruebe intente
intenta intentar intentarlo una uno los las enlaces enlace abajo siguientes búsqueda búsquedas con por para del puede puedes pueda podemos
podido pudo ser haya hayas hay sido estado movida movido eliminada eliminado borrada dirección vaya ups oops disculpa disculpe perdón hemos
qué está estás estaba buscando contenido regresa regresar vuelve vuelva principal portada menú utiliza utilice usando esto aquí algo nuestro
nuestra más ningún ninguna resultado desea realizar hacer otra otro
sembra pare niente nulla che sia stato stata trovato trovata trovare questa questo posizione indirizzo pagina pagine prova provare riprova fare
con una uno ricerca ricerche cerca cercare cercando cercavi ricercare link collegamenti sotto seguenti dei degli delle della del dello dalla
dal alla allo agli forse può potrebbe essere esiste esistente più non ops oops siamo spiacenti spiacente dispiace torna tornare ritorna home
sito web stavi stai richiesta richiesto contenuto spostata spostato rimossa eliminata digitato correttamente principale menu utilizza usando
c'è non abbiamo possiamo possibile quello quella cosa qualcosa hai qui per nella nel tramite perso errore che seguono purtroppo
het lijkt erop dat niets niks gevonden werd deze dit locatie plek plaats adres misschien helpt kun kunt zoeken zoekopdracht zoekfunctie zoek
zoekt zocht probeer proberen een van onderstaande link links pagina pagina's bestaat bestaan meer kan kon konden worden niet helaas oeps terug
naar homepage startpagina die wij hebben zijn verwijderd verplaatst hernoemd met voor wat waar naartoe bent ben graag eens ook iets anders
hoofdpagina menu gebruik gebruiken website webpagina je jouw uw ons onze hier het een fout nog wel opnieuw
wygląda nic tutaj nie znaleziono znaleźć znalezione znaleziona może możesz spróbuj spróbować spróbujesz wyszukać wyszukiwania wyszukiwanie
wyszukiwarki wyszukiwarka wyszukiwarką szukasz szukana szukanej szukany szukać strona strony stronę stronie istnieje istniejąca została został
usunięta przeniesiona ups przepraszamy niestety wróć powrót główna główną głównej jednego jeden linków odnośników poniżej poniższych tego tej
ten tym adres sprawdź żądana jest błąd się że lub albo przejdź skorzystaj użyj menu podana pod czego ale nam takiej tam już przez
parece nada não foi encontrado encontrada encontrar neste nesse nesta desta deste local localização página páginas tente tentar talvez quer
quiser queira fazer realizar uma pesquisa pesquisar busca buscar procura procurar procurando dos das links ligações abaixo seguintes existe
mais desculpe desculpa ops pedimos voltar volte para início inicial principal site sítio você está estava pode poderá ter tem sido movida
removida apagada endereço verifique sentimos conseguimos possível conteúdo que com por algo aqui endereço menu utilize usando infelizmente
det verkar som inget ingenting hittades hittade här sidan sida sidor finns fanns inte kunde kan hittas hitta prova pröva försök kanske med
sökning söka sök länkarna länk nedan tyvärr hoppsan tillbaka till startsidan förstasidan den som letar letade efter har vill vara eller och
ser till der ikke blev fundet noget her siden side findes kunne prøv måske kanskje søgning søgefunktionen søge søg søk søket søke nedenfor
lenkene links desværre dessverre beklager undskyld hov ups tilbage tilbake forsiden hjemmesiden leder ledte lette etter funnet finner finnes
ble ingenting intet eksisterer eksister slettet flyttet nettstedet på med det som den eller din du vi en et ut ser til at fra for
zdá vypadá nic nebylo nebyla nebyl nalezeno nalezena nalezen stránka stránku stránky nenalezena neexistuje zkuste zkusit
vyhledávání hledání vyhledat hledat možná jeden odkazů odkaz níže uvedených omlouváme omluvte bohužel zpět úvodní hlavní která kterou
hledáte hledali tomto místě této adrese přesunuta smazána této něco pomůže zde tady stránce nemůžeme najít nepodařilo tuto tato
görünüşe göre burada bir şey bulunamadı bulunamıyor sayfa sayfası sayfayı sayfaya arama yapmayı yapın yapmak deneyin dene denemek ister misiniz
belki aşağıdaki bağlantılardan birini aradığınız istediğiniz mevcut değil üzgünüz maalesef ana anasayfaya dön dönün geri silinmiş taşınmış
olabilir adres konumda hiçbir için veya lütfen hata
этом этой этому данному данной месте ничего найти не но мы вам вас вы ваш попробуйте попробовать воспользоваться воспользуйтесь поиском поиск
поиска поиске ссылок ссылки ссылку ниже одну одной может быть похоже кажется извините простите увы ой упс вернитесь назад главной главная
сайт сайта сайте этого эта это она оно удалили переместили введен введён неверно неправильный опечатка меню через здесь по такого
схоже здається нічого знайдено знайти цією цьому місці адресою адреса сторінка сторінку сторінки спробуйте скористатися скористайтеся
пошуком пошук можливо посилань посилання нижче існує більше вибачте жаль головну головної повернутися шукаєте шукали видалено переміщено
помилка сайт сайту вона була або яку яка такої немає тут
"""  # noqa: E501
_COMMON: Final = frozenset(_WORDS.split())
_WORD: Final = re.compile(r"[^\W\d_][\w'’]*")


def own_error_words(text: str) -> int:
    """How many different words of a text are not those that error pages everywhere are made of."""
    words = _WORD.findall(re.sub(r"<\w{1,10}>", " ", text[:20_000].lower().replace("’", "'")))
    return len({word for word in words if len(word) > 2 and word not in _COMMON})
