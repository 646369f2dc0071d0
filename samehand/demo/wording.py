"""What the shops say: labels in three languages, and policies in four houses' wording, each with choices a seed takes."""

# ruff: noqa: E501  (a paragraph is easier to judge on one line)

from __future__ import annotations

import random
from dataclasses import dataclass

from samehand.demo.names import Brand, spun

__all__ = ["BAND", "FANS", "SAYINGS", "Voice", "labels", "voices"]

_LABELS = {
    "en": {
        "home": "[Home|Front page|Start]", "new": "[New albums|New arrivals|Just added]", "top": "[Most downloaded|Top albums|Best sellers]",
        "genres": "[Genres|Browse by genre|Styles]", "search": "[Search|Find]", "artist": "Artist", "album": "Album", "year": "Year",
        "length": "[Length|Time|Duration]", "size": "[Size, MB|MB|Megabytes]", "price": "Price", "track": "[Track|Song|Title]",
        "buy": "[Add to cart|Add to basket|Put in the cart]", "buy_all": "[Buy the whole album|Download the whole album|Get all tracks]",
        "cart": "[Cart|Basket|Your cart]", "empty": "[Your cart is empty.|There is nothing in your cart yet.|The cart is still empty.]",
        "login": "[Log in|Sign in|Login]", "register": "[Register|Create an account|Sign up]", "email": "[E-mail|E-mail address]",
        "password": "Password", "topup": "[Top up your balance|Add funds|Refill your balance]", "help": "[Help|How to download|Help and delivery]",
        "terms": "[Terms of use|Terms and conditions|User agreement]", "privacy": "[Privacy policy|Privacy|Your privacy]",
        "legal": "[Why it is legal|Is it legal?|Legal information]", "contacts": "[Contacts|Contact us|Write to us]", "about": "[About us|About the shop]",
        "refunds": "[Refunds|Refund policy|Money back]", "news": "[News|Shop news|What is new]", "rate": "[per MB|a megabyte|for each MB]",
        "remember": "[Remember me|Keep me logged in]", "welcome": "Welcome to {brand}", "rights": "All rights reserved",
    },
    "ru": {
        "home": "Главная", "new": "Новые альбомы", "top": "Лучшие альбомы", "genres": "Жанры", "search": "Поиск", "artist": "Исполнитель",
        "album": "Альбом", "year": "Год", "length": "Время", "size": "Мб", "price": "Цена", "track": "Композиция", "buy": "В корзину",
        "buy_all": "Купить альбом", "cart": "Корзина", "empty": "Ваша корзина пуста.", "login": "Вход", "register": "Регистрация", "email": "E-mail",
        "password": "Пароль", "topup": "Пополнить счёт", "help": "Помощь", "terms": "Правила", "privacy": "Конфиденциальность",
        "legal": "О законности", "contacts": "Контакты", "about": "О магазине", "refunds": "Возврат", "news": "Новости", "rate": "за Мб",
        "remember": "Запомнить", "welcome": "Добро пожаловать в {brand}", "rights": "Все права защищены",
    },
    "fr": {
        "home": "Accueil", "new": "Nouveautés", "top": "Meilleures ventes", "genres": "Genres", "search": "Chercher", "artist": "Artiste",
        "album": "Album", "year": "Année", "length": "Durée", "size": "Mo", "price": "Prix", "track": "Titre", "buy": "Ajouter au panier",
        "buy_all": "Acheter l'album", "cart": "Panier", "empty": "Votre panier est vide.", "login": "Connexion", "register": "Créer un compte", "email": "Courriel",
        "password": "Mot de passe", "topup": "Paiement", "help": "Livraison", "terms": "Conditions générales de vente", "privacy": "Confidentialité",
        "legal": "Mentions légales", "contacts": "Contact", "about": "Qui sommes-nous", "refunds": "Retours", "news": "Actualités", "rate": "le Mo",
        "remember": "Se souvenir de moi", "welcome": "Bienvenue chez {brand}", "rights": "Tous droits réservés",
    },
}  # fmt: skip

#: Page -> topics -> the wordings of four houses; a cast deals them out so that two operators never say the same.
_TOPICS: dict[str, tuple[tuple[str, ...], ...]] = {
    "terms": (
        (
            "By [opening|creating] an account at {brand} you [accept|agree to] these rules. The service is operated by {company}, {city}. If you do not agree with [any of them|a part of them], please do not use the service.",
            "These terms bind {company} ({city}), [who runs|the owner of] {brand}, and everyone who [buys|orders] here. [Read them with care|Please read them first]; an order placed is an agreement made.",
            "{brand} belongs to {company} of {city}. [Using this site|A visit to this site] means that the conditions below apply between [you and us|the two of us], in the version of the day you order.",
            "Whoever [buys from|orders at] {brand} makes a contract with {company}, registered in {city}. What the contract [contains|says] is written on this page and nowhere else.",
        ),
        (
            "The balance of your account is [kept in US dollars|a dollar balance] and each download is charged by its size in megabytes. [An unused balance does not expire|Your balance never expires]; it cannot be moved to another person.",
            "Prices are [shown with|inclusive of] tax at the moment of sale. We may [correct|put right] an obvious mistake in a price before the order is [accepted|confirmed], and will tell you when we do.",
            "You pay [when the order is placed|with the order]. A sum that a bank [returns|takes back] for any reason closes the order until the matter is settled with [that bank|the card holder].",
            "Every price on {brand} is [final|a final price]. Postage, where there is any, [stands|is written] beside the total before the last step, and [nothing is added|no fee is added] after it.",
        ),
        (
            "Files are [meant|supplied] for your personal use. Copies for [your own players and computers|devices of your own] are allowed; [public performance|playing them in public], resale and sharing on networks are not.",
            "A purchase [grants|gives you] the licence named by the rights holder on the page of the recording, [no more and no less|neither more nor less]. [Five|Up to five] computers may be [authorised|signed on] at a time.",
            "Goods stay ours until they are [paid for|paid in full]. [Pictures and descriptions|What is pictured and described] here may not be reused without [our written leave|asking us in writing].",
            "Private collectors and schools may [order|buy] freely; [dealers|resellers] are asked to [write|talk] to us first, because some of our [editions|stock] are limited to one a household.",
        ),
        (
            "The administration may [change these rules|amend these rules] at any time; the new text comes into force when it is [published|placed] on this page. [Disputes|Arguments] are settled under the law of the country of {company}.",
            "We may [update|revise] this agreement and will [mail|announce] changes thirty days ahead. Courts at our [registered seat|place of registration] decide, unless the law of your home protects you [better|further].",
            "Should one clause [fail|turn out void], the others [stand|remain]. We will always [try to settle|talk about] a complaint before anyone [sees a judge|goes to court].",
            "Old versions of this page are [kept|held] and sent on request. [The law of our seat applies|Our local law applies], and mandatory rights of consumers are [left untouched|not affected].",
        ),
    ),
    "privacy": (
        (
            "{brand} [collects|asks for] your e-mail address and nothing else; card numbers are entered on the page of the [payment centre|processing centre] and never reach [us|our servers].",
            "We [hold|store] your name, address, mail and a history of purchases, since the labels [require|ask for] statistics by territory. Cards are handled by our [acquirer|payment partner].",
            "To [post|send] a parcel we need a name and a street. Both are [erased|removed] from our books when the [tax office|law] no longer wants them.",
            "Server logs are [thrown away|deleted] each month. Addresses of customers are [written|entered] in one ledger to which two [persons|of our staff] hold the key.",
        ),
        (
            "The data are [used|needed] to open your account, to [restore|recover] a lost password and to announce new releases if you [want us to|ask for it]. We do not [sell or lend|pass on] addresses to anyone.",
            "Your data serve to [fulfil|carry out] orders, to [prevent|detect] fraud and, with your consent, to [recommend|suggest] other recordings. A click in any letter [ends|stops] the letters.",
            "A letter comes [four times a year|each season] to those who [subscribed|signed the list]. [No one outside our shop|Nobody but us] ever sees the list.",
            "We never [ring up|telephone] customers, and we never [share|hand over] what they bought, unless a judge [orders|requires] it in writing.",
        ),
        (
            "A cookie keeps you [logged in|signed in] while you [walk through the catalogue|browse]. A counter reports the number of visitors, [not who they are|without names].",
            "Cookies remember the [country store|storefront of your country] and the player. An [outside|external] counter measures visits; your browser can refuse [it|its cookie].",
            "One cookie [carries|holds] the basket until the window is closed. [We count visits|Visits are counted] to know when the [server|machine] needs help.",
            "Without cookies the shop [works|can be read] but cannot remember what you [chose|put aside]. We use them for [this only|that purpose alone].",
        ),
    ),
    "help": (
        (
            "[Choose|Pick] the tracks you like and the encoding you [prefer|want]: MP3, WMA, OGG or lossless, from 128 to 384 kbit/s. The price [follows|depends on] the size of the file, [not the fame of the artist|never the name on it].",
            "Every song comes in AAC at 256 kbit/s with [artwork|its sleeve] and may be [previewed|heard] for thirty seconds. Our player [imports|takes in] it at once, on [Mac and Windows|both systems].",
            "Parcels [leave|are posted] on weekdays before noon, wrapped in card. Inside the country they take [two to four|three or four] days, abroad [one to three|up to three] weeks.",
            "Prints are [rolled|packed] in tubes, never folded. [Choose|Select] A3, A2 or A1 on the page of the picture; [matt and satin|both papers] cost the same.",
        ),
        (
            "After [encoding|preparation], which takes a few minutes, links to your files appear in [the section My downloads|your downloads]. [They stay there|They remain active] for ten days and may be resumed as often as [needed|necessary].",
            "A broken [transfer|download] may be repeated from [the purchase history|your history] at no cost. [Albums|Whole albums] carry a digital booklet wherever the label [supplied|made] one.",
            "Each record is [cleaned|washed], played and graded by one person before it [is offered|goes on the shelf]. If the grade seems [wrong|generous], [send a picture|write to us with a picture].",
            "Orders are printed in [batches|small runs] on Tuesdays and Fridays and travel by [tracked|registered] mail. Ask for [express|a courier] when there is a [party|date] to be met.",
        ),
    ),
    "refunds": (
        (
            "If a file [cannot be played|is damaged], [write to support|tell the support] within ten days: the [sum|amount] goes back to your balance. Money already on the balance is not paid out [in cash|again].",
            "Downloads are [final|not returnable] once begun, as the law allows for [digital goods|recordings]. A faulty file is [replaced|supplied anew], or its price credited, within [two|three] working days.",
            "Send a record back within fourteen days, [in the state it reached you|as it came], and we [return|repay] what it cost. Postage is ours when the [fault|mistake] was.",
            "A print damaged in the post is [made again|printed anew] without questions. [Sizes cut to order|Special sizes] cannot be [returned|taken back].",
        ),
    ),
    "about": (
        (
            "{brand} was [founded|started] in 2000 by [people who missed a decent choice of encodings|sound engineers]. The catalogue [grows|is extended] every day and [now spans|covers] all genres from early music to drum'n'bass.",
            "{brand} [works|is a shop that works] with labels large and small. Every recording here is licensed [for download|for sale], and each sale is [reported|accounted] to the artist's [label|house].",
            "{brand} is [a counter, two listening posts and a cat|one room full of crates]. We buy [collections|whole collections], pay [on the day|at once] and sell [what we would take home|only what we like].",
            "{brand} prints what [designers|young designers] send us and shares the [price|takings] with them, [half and half|in equal parts]. [The press|Our press] stands in {city}.",
        ),
    ),
    "legal": (
        (
            "The availability over the Internet of the materials of {brand} is authorised by [a licence|licences] of a collecting society of the country of {company}. [Under that licence|Accordingly], the service pays [fees|royalties] for every file that is downloaded.",
        )
        * 4,
        (
            "Users are [responsible|answerable] for any use of the materials and must [take into account|observe] the law of the country they live in. If downloading is [restricted|forbidden] there, please [refrain from it|do not use the service].",
        )
        * 4,
        (
            "The administration [has no right|is not entitled] to grant permissions for [further|commercial] distribution. Labels and authors who [have questions|wish to talk] about remuneration may [write|turn] to the society or to {mail}.",
        )
        * 4,
    ),
}

#: Short texts in the languages of single sites.
_OTHER = {
    "ru": {
        "help": ("Выберите композиции и формат: MP3, WMA, OGG или без потерь. Цена зависит от размера файла.", "Ссылки на файлы появляются через несколько минут и действуют десять дней."),
        "legal": ("Материалы {brand} доступны через Интернет на основании лицензии организации по коллективному управлению правами.",),
    },
    "fr": {
        "terms": ("Toute commande passée chez {brand} est conclue avec {company}, {city}.", "Les prix sont indiqués en euros, toutes taxes comprises. Les frais de port figurent avant la dernière étape.", "Les disques d'occasion sont décrits par état, de « correct » à « neuf »."),
        "privacy": ("Nous conservons le nom et l'adresse nécessaires à l'envoi, rien de plus. Vous pouvez demander leur suppression à {mail}.", "Un compteur de visites est utilisé, sans donnée nominative."),
        "help": ("Les colis partent du lundi au vendredi, emballés dans du carton rigide.", "Comptez deux à cinq jours en France, dix jours pour le reste de l'Europe."),
        "refunds": ("Un disque peut être renvoyé dans les quatorze jours ; nous remboursons son prix dès réception.",),
        "about": ("{brand} est une petite boutique de {city}, tenue par deux amateurs de microsillons depuis 1998.",),
        "legal": ("Éditeur : {company}, {city}. Directrice de la publication : la gérante. Hébergement : un prestataire français.",),
    },
}  # fmt: skip


#: Single sentences of the operator's shops, the licensed store and the blog.
SAYINGS = {
    "company": "[Company|Operator|Legal entity]", "run": "{brand} is [run|operated] by {company}.",
    "side": "[See payment news|How to pay now|News on payments]", "season": "[Spring collection|Spring arrivals|New this spring]",
    "seasonline": "[Two hundred albums added in April|More than two hundred new albums]",
    "accepted": "We accept Visa and MasterCard. [The sum is added to your balance at once|Your balance is credited within a minute].",
    "paylink": "[Pay 25 dollars by card|Quick payment by card: 25 dollars]",
    "cardsoff": "[Payment by credit card is temporarily unavailable on this site.|Card payments are temporarily unavailable here.|Credit cards are currently not accepted on this site.]",
    "moved": "[To top up your balance by card please go to|Customers who wish to pay by card are asked to use|Card holders can top up at]",
    "sameaccount": "[Your log-in, your balance and your downloads are the same there.|The same e-mail and password work there, with the same balance.]",
    "voucher": "[Prepaid vouchers|Vouchers bought earlier] are still [taken|honoured]:", "code": "[Voucher number|Number of the voucher]", "invitecode": "[Invitation code|Code]",
    "unavailable": "[Payment temporarily unavailable. Unfortunately, the payment could not be processed currently.|Payments are temporarily unavailable. We are sorry: your payment cannot be processed at the moment.]",
    "download": "[Download the programme|Get the programme] (Windows, 2.1 MB)",
    "client": "{brand} [is a programme for Windows|runs under Windows]: [search, listen and download|find, hear and fetch] without a browser. [A queue of downloads survives the night|Interrupted downloads go on by themselves].",
    "system": "Windows 2000 or XP, [64|128] MB of memory, [a connection of any speed|any connection]. [The programme is free|It costs nothing]; music is paid from your balance.",
    "invitation": "[Join by invitation|Have you been invited?|Invitations]",
    "invite": "[This club is open to invited guests only.|Membership is by invitation only.] [Each member may hand out five invitations|A member can invite five friends]; enter the code you were given.",
    "join": "[Join|Enter the club]", "lost": "[This track has been skipped|The needle jumped|Lost between two tracks]",
    "lostmore": "[The page you asked for was moved to another shelf or never pressed.|What you are looking for is not on this side of the record.] [Please begin again from the front page.|Try the front page or the search.]",
    "lostcode": "Ref. [SK|ND|GR]-[4041|4047|4049]-[A|B|C][2|3|7], [desk|counter|shelf] [11|14|19]",
    "accounts": "[One account opens these shops|The same account works at]:",
    "balance": "[Log-in for customers|Customers log in at]:",
    "resume": "[The service will resume|We will be back|The service is going to resume]",
    "resumemore": "{brand} [will resume its service in the foreseeable future|is going to resume its work]. [All balances are kept|Nothing of your balances is lost]. [Thank you for your patience|We thank all customers for waiting].",
    "closed": "[The catalogue is closed for now|The shop is closed for the time being]",
    "closedmore": "[The catalogue of {brand} cannot be reached at present|Since this week the catalogue of {brand} is off line]. [This page will tell the news|News will appear on this page].",
    "ruling": "[Court rules in our favour|The court decided for us|Lawsuit won]",
    "rulingmore": "[The arbitration court has found for {company} against the bank that stopped processing its card payments.|A court has ruled that the bank had no ground to end its contract with {company}.] [We expect card payments to resume|We hope for the return of card payments].",
    "still": "[Payments: no change yet|Cards: still waiting]",
    "stillmore": "[In spite of the ruling card payments remain unavailable.|The ruling is in force, and yet payments are still unavailable.] [We will announce their return here|Watch this page].",
    "opened": "[We are open|Opening day]", "openedmore": "[{brand} opens with the full catalogue today.|As of today {brand} offers its whole catalogue.]",
    "clubnews": "[New encodings|More formats]", "clubmore": "[Lossless files are now offered for all new albums.|All new albums come in lossless formats as well.]",
    "intro": "[More than two hundred thousand tracks in the encoding you choose|Choose the track, choose the encoding, pay for the megabytes]: [a song costs ten to twenty cents|an album for the price of a cup of coffee].",
    "introclient": "{brand} [brings a whole music shop to your desktop|puts the shop on your desktop]. [Download the programme, open an account and listen|Install it, log in and begin].",
    "introlicensed": "[Every song 99 cents, most albums 9.99|Songs at 99 cents, albums at 9.99]. [Licensed by the labels|All rights cleared], [no subscription|without a subscription].",
}  # fmt: skip

#: What five linkers say before their link, and the band's promotion.
FANS = (
    "[My page about pop music from the east|All I collect about pop of the nineties]. [Most of it I bought at|Half of my shelf comes from]",
    "[No hub, no uploads? A shop by the megabyte|Slow hubs? There is a cheap shop]:",
    "[I compared encodings this winter; the files came from|The listening test used files from]",
    "[Nobody paid me to write this|I have no share in that shop].",
    "[Index only, no files here. Elsewhere|We host nothing. See also]:",
)
BAND = {
    "/": ("Le nouvel album", ("[Notre deuxième album sort au printemps|Le deuxième album arrive]. Onze chansons enregistrées dans une grange.", "Rejoignez la team et faites circuler la musique.")),
    "/equipe.html": ("La team", ("Chaque membre gagne des points en plaçant nos bannières et nos liens, avec notre accord et celui du label.", "Mille points : une place de concert. Le lien porte votre numéro de parrain.")),
    "/mp3.html": ("MP3 offerts", ("Ces titres sont offerts avec l'accord du groupe et du label : copiez-les, prêtez-les, mettez-les sur les réseaux d'échange.",)),
    "/dates.html": ("Concerts", ("12 mai, [Rennes|Lille|Tours] ; 2 juin, [Lyon|Metz|Dijon] ; 21 juin, Paris.",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """One operator's wording: templates by page, to be filled for each brand the operator uses."""

    pages: dict[str, tuple[str, ...]]

    def say(self, page: str, brand: Brand) -> tuple[str, ...]:
        """The paragraphs of a page for ``brand``."""
        return tuple(
            text.format(brand=brand.name, company=brand.company, city=brand.city, mail=brand.mail)
            for text in self.pages.get(page, ())
        )


def voices(rng: random.Random) -> dict[str, Voice]:
    """The operators' voices: ``house`` (the four shops), ``licensed``, ``records``, ``posters``, and ``ru``, ``fr``.

    Which of the interchangeable wordings a house takes, and each choice inside them, are drawn.
    """
    made = {}
    for place, name in enumerate(("house", "licensed", "records", "posters")):
        made[name] = Voice(
            {
                page: tuple(spun(wordings[place], rng) for wordings in topics)
                for page, topics in _TOPICS.items()
                if page != "legal" or not place
            }
        )
    for language, pages in _OTHER.items():
        made[language] = Voice({page: tuple(texts) for page, texts in pages.items()})
    return made


def labels(language: str, rng: random.Random) -> dict[str, str]:
    """The words on buttons and in menus, one choice of each."""
    return {key: spun(text, rng) for key, text in _LABELS[language].items()}
