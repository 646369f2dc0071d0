"""The name that a storefront calls itself by, and names of others that stayed where the name stands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from analysis.identities.name_places import MAKERS, NAME_PARTS, captions, page_names
from analysis.once import once_each
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.texts.boilerplate import is_vendor, word_set

__all__ = ["brand_names", "brand_value", "is_brand", "is_host_name"]

_WORDS = re.compile(r"[^\W_]+")
# Words of which descriptions of pictures are made.
_DESCRIBING = word_set(
    """
    a the of and card title category thumbnail image img product products banner slide slider live chat facebook twitter
    instagram linkedin youtube pinterest google plus logo small big large picture photo icon new hot best sale shop
    store item items post blog author avatar user our your us service services feature featured collection team member
    client testimonial men women kids home about team gallery portfolio service arrow search cart menu close play
    payment methods method visa mastercard card flag english 1 2 3 4 5 6 7 8 9 10 one two three four background hero
    main default placeholder responsive web template wordpress website free html css theme demo page header footer
    """
)
_HOST_NAME = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9][a-z0-9-]{2,40})(?:\.[a-z]{2,4}){1,2}/?", re.IGNORECASE)
#: Different pictures that carry one text before it is a name and not a description.
NAMING_PICTURES = 3
_LOGO_WORDS = re.compile(
    r"^(?:the\s)?(?:logo(?:\sof)?|image|icon|store logo|shop logo)\s+|\s+(?:logo|home ?page|home|image|icon|"
    r"official site|official store|online ?shop|onlineshop|template)$",
    re.IGNORECASE,
)
#: Names of files, links to somewhere, makers' credits, whole sentences and badges, which stand where logos stand too.
_NO_NAME = re.compile(
    r"_|\d{2,4}\s?x\s?\d{2,4}|\.(?:png|jpe?g|gif|svg|webp)$|^https?://|^(?:logotyp|contour|grafik)\b|"
    r"^(?:powered|hosted|made|designed|created|visit|go|back|link|zurück|zur|retour|aller|volver|ir|torna|vai|przejdź|wróć|"
    r"přejít|na|till|gå|tilbage|länk|перейти|вернуться|click|klick|klicken|follow|like|share|send|read|view|see|search|sign|log)"
    r"\s(?:by|to|with|on|a|al|à|au|zu|zum|zur|till|us|our|out|up|in|more|all|the|für|for|do|na|här|hier|here|на|в|к)\b|"
    r"^(?:custom search|self service|ad choices|index page|home page|search results|strona główna|hlavní strana|hlavná stránka|"
    r"úvodní stránka|página principal|pagina iniziale|página inicial|forside|etusivu|startsida|kezdőlap|główna)$|"
    r"^[0-9a-f]{8}-[0-9a-f]{4}-|^[^\d]{0,12}\b[^\W\d]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d$|"
    r"\baccredited\b|\bcertified\b|\bcertification\b|\bprivacy\b|\baward winner\b|\breserved\b|\bjog fenntartva\b",
    re.IGNORECASE,
)
#: An entity that a limit of length cut in two.
_CUT_ENTITY = re.compile(r"\s*&(?:amp?|a|quo?t?|#\d{0,5})?$")
_SENTENCE = re.compile(r"(?:\S+\s){3,}[^\s.]*[^\W\d_]{3}(?<!\bInc)(?<!\bLtd)(?<!Corp)[.!?…]$")
_COMMON = word_set(
    """
    home homepage homesweethome index main start welcome shop store onlineshop onlinestore webshop eshop buyonline
    bestpricesonline officialstore officialsite products product catalog catalogue category categories contact contacts
    contactus aboutus about cart basket checkout login register account signin signup myaccount search blog news logo
    image brand company companyname yourcompany yourlogo yourstore yourshop yoursite yoursitename sitename storename
    shopname untitled untitleddocument document title template html5template ecommerce ecommercetemplate multishop
    responsive website default page notfound pagenotfound error error404 404notfound privacypolicy privacy terms
    termsofservice termsofuse termsandconditions shipping shippingreturns returns delivery payment paymentmethods faq
    help support newsletter sitemap wishlist sale newarrivals bestsellers freeshipping startseite accueil inicio tienda
    boutique boutiqueenligne tiendaonline panier warenkorb kontakt impressum datenschutz главная магазин интернетмагазин
    каталог корзина контакты доставка оплата оcompany онас онлайнмагазин новости menu close open banner slider icon
    avatar photo picture loading back next previous english deutsch français español русский visa mastercard maestro
    americanexpress discover paypal secure ssl verified facebook twitter instagram youtube pinterest linkedin googleplus
    whatsapp telegram rss vkontakte termsconditions conditions agb reservedrights allrightsreserved securecheckout
    featured collection women mens music movies games books shopping shoppingcart redirecting logout brands dummy
    featuredproducts thumbnail forbidden accessdenied justamoment attentionrequired maintenance comingsoon invitation
    membersonly members homepagelink linktohomepage profilephoto profilepicture subscribenow advertisement advertisment
    anzeige werbung directions chooseyourpaymentmethod datenschutzeinstellungen cookiesettings cookiepolicy privacysettings
    borlabscookie
    """
)


def brand_value(name: str) -> str:
    """How names are compared: letters and digits only, case folded, ``&`` read as "and"."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", "and")
    return "".join(letter for letter in folded if letter.isalnum())


def is_brand(name: str) -> bool:
    """A name that may be a shop's own: five letters at least, six words at most, more than the words that every shop has."""
    value = brand_value(name)
    words = set(_WORDS.findall(name.casefold()))
    if value in MAKERS or words <= _DESCRIBING:
        return False
    return 5 <= len(value) <= 40 and value not in _COMMON and not value.isdigit() and len(name.split()) <= 6 and not is_vendor(name)


def is_host_name(name: str) -> bool:
    """A name that is written as a domain (``www.shop.com``)."""
    return _HOST_NAME.fullmatch(name.strip()) is not None


@once_each
def brand_names(reading: Reading) -> tuple[tuple[str, str, Page], ...]:
    """(value, name as written, page) of names in naming places: site name, titles, logo and header texts, comments.

    A name that stayed from another shop in an ``alt`` text, a title or a comment is among them: there it is a value like
    the own name, and equals the other shop's.
    """
    return tuple((*brand, page) for page, name in _named(reading) if (brand := _brand(name)))


@lru_cache(maxsize=4096)
def _brand(name: str) -> tuple[str, str] | None:
    """(value, as written) of a name in a naming place; None for words that are no name."""
    if "&" in name:  # written with its entities escaped once more
        name = _CUT_ENTITY.sub("", unescape(name))
    shown = " ".join(name.split())[:60]
    if _NO_NAME.search(shown) or _SENTENCE.match(shown):
        return None
    shown = _LOGO_WORDS.sub("", shown).strip(" -–—|:·•©\"'")
    name = host.group(1) if (host := _HOST_NAME.fullmatch(shown)) else shown
    return (brand_value(name), shown) if is_brand(name) else None


def _named(reading: Reading) -> Iterator[tuple[Page, str]]:
    pages = reading.readable
    for page in pages:
        for name in page_names(page):
            yield page, name
    yield from _title_parts(pages, reading.site)
    yield from _naming_alts(pages)


def _title_parts(pages: tuple[Page, ...], site: str) -> Iterator[tuple[Page, str]]:
    """Parts of titles that stand on more than half of the pages; of a single page, the last part of several."""
    titled = {page.title: page for page in pages if page.title}
    counted: Counter[str] = Counter()
    first: dict[str, Page] = {}
    for title, page in titled.items():
        for part in {part.strip() for part in NAME_PARTS.split(title[:200]) if part.strip()}:
            counted[part] += 1
            first.setdefault(part, page)
    if len(titled) == 1:
        parts = [part.strip() for part in NAME_PARTS.split(next(iter(titled))[:200]) if part.strip()]
        repeated = parts[-1:] if len(parts) > 1 else []
        counted = Counter(parts)
    else:
        repeated = sorted(part for part, times in counted.items() if times * 2 > len(titled))
    # A slogan is repeated like the name; where a part is the domain's own word, it is the name.
    label = brand_value(site.partition(".")[0])
    own = [part for part in sorted(counted) if (value := brand_value(part)) and len(value) >= 5 and value in label]
    for part in own or repeated:
        yield first[part], part


def _naming_alts(pages: tuple[Page, ...]) -> Iterator[tuple[Page, str]]:
    """Words that texts of several different pictures have in common and that the page itself does not say.

    A whole text, what stands before a colon (``Shop: the picture``) or behind a dash or bar (``the picture - Shop``):
    not what the pictures show, but whose they are.
    """
    shown: dict[str, set[str]] = {}
    for run in dict.fromkeys(run for page in pages for run in page.runs):
        for names, picture in captions(run):
            for name in names:
                shown.setdefault(name, set()).add(picture)
    often = {name for name, pictures in shown.items() if len(pictures) >= NAMING_PICTURES}
    carried: dict[str, set[str]] = {}
    first: dict[str, Page] = {}
    for page in pages if often else ():
        for run in page.runs:
            for names, picture in captions(run):
                for name in names & often:
                    if name not in page.text:
                        carried.setdefault(name, set()).add(picture)
                        first.setdefault(name, page)
    for name in sorted(carried):
        if len(carried[name]) >= NAMING_PICTURES:
            yield first[name], name
