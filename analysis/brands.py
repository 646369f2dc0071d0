"""The name that a storefront calls itself by, and names of others that stayed where the name stands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from analysis.boilerplate import is_vendor, word_set
from analysis.once import once_each
from analysis.pages import Page
from analysis.reading import Reading

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
_META_NAMES = frozenset({"og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone"})
_PARTS = re.compile(r"\s+[-–—|»«·•:/]\s*|\s*[|»«•]\s*|:\s+")
_LOGO = re.compile(
    r"(?<![a-z])(?:[a-z]{0,12}logo|masthead|(?:navbar|site|header|shop|store)[-_]?(?:brand|name|title)|branding)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_LOGO_WORD = re.compile(r"\blogo\b", re.IGNORECASE)
_LOGO_FILE = re.compile(
    r"(?:^|[/_-])(?:logo|brand)(?![a-z])[\w-]{0,12}\.[a-z]{3,4}(?:\?|$)|[a-z]logo\.[a-z]{3,4}(?:\?|$)", re.IGNORECASE
)
_HOST_NAME = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9][a-z0-9-]{2,40})(?:\.[a-z]{2,4}){1,2}/?", re.IGNORECASE)
#: More different logo texts than these on one page are a wall of other people's brands.
MAX_LOGOS = 5
#: Different pictures that carry one text before it is a name and not a description.
NAMING_PICTURES = 3
_LOGO_WORDS = re.compile(
    r"^(?:the\s)?(?:logo(?:\sof)?|image|icon|store logo|shop logo)\s+|\s+(?:logo|home ?page|home|image|icon|"
    r"official site|official store|online ?shop|onlineshop|template)$",
    re.IGNORECASE,
)
_HOST_IN_COMMENT = re.compile(
    r"(?<![\w.@/-])(?:www\.)?([a-z0-9][a-z0-9-]{3,40})\.(?:com|net|org|info|biz|ru|de|fr|es|eu|co|shop|store|site|"
    r"online|top|uk|it|pl|us|ca|io|me|tv|cc|su)(?![\w-])",
    re.IGNORECASE,
)
_COMMENT_WORDS = re.compile(r"template|theme|layout|shop|store|skin|site|version|v\d|design|page", re.IGNORECASE)
_MAKERS = word_set(
    """
    colorlib htmlcodex themewagon themeforest envato templatemo w3layouts bootstrapmade getbootstrap bootstrap jquery
    github google googleapis fontawesome wordpress shopify magento opencart prestashop joomla drupal templatemonster
    freehtml5 html5up w3schools mozilla microsoft stackoverflow cloudflare adobe example yoursite yourdomain untree
    hasthemes webflow squarespace wix tilda bitrix insales apache nginx modernizr html5shiv html5shim respond
    selectivizr browsehappy creativecommons schema facebook twitter instagram plerdy hotjar yandex mailchimp httrack
    paypal doubleclick googletagmanager googlesyndication addthis typekit monotype themezy oscommerce zencart xcart
    virtuemart cscart aspdotnetstorefront corecommerce ekmpowershop volusion bigcartel
    """
)
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
    membersonly members
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
    if value in _MAKERS or words <= _DESCRIBING:
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
    shown = " ".join(name.split())[:60]
    shown = _LOGO_WORDS.sub("", shown).strip(" -–—|:·•©\"'")
    name = host.group(1) if (host := _HOST_NAME.fullmatch(shown)) else shown
    return (brand_value(name), shown) if is_brand(name) else None


def _named(reading: Reading) -> Iterator[tuple[Page, str]]:
    pages = reading.readable
    for page in pages:
        for meta in page.named("meta"):
            told = meta.attributes.get
            if (told("property") or told("name") or "").strip().lower() in _META_NAMES and (name := told("content")):
                yield page, name
        logos = set(_logo_texts(page))
        for name in sorted(logos) if len(logos) <= MAX_LOGOS else ():
            yield page, name
        for name in _comment_hosts(page):
            yield page, name
    yield from _title_parts(pages, reading.site)
    yield from _naming_alts(pages)


def _title_parts(pages: tuple[Page, ...], site: str) -> Iterator[tuple[Page, str]]:
    """Parts of titles that stand on more than half of the pages; of a single page, the last part of several."""
    titled = {page.title: page for page in pages if page.title}
    counted: Counter[str] = Counter()
    first: dict[str, Page] = {}
    for title, page in titled.items():
        for part in {part.strip() for part in _PARTS.split(title[:200]) if part.strip()}:
            counted[part] += 1
            first.setdefault(part, page)
    if len(titled) == 1:
        parts = [part.strip() for part in _PARTS.split(next(iter(titled))[:200]) if part.strip()]
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
    carried: dict[str, set[str]] = {}
    first: dict[str, Page] = {}
    for page in pages:
        for image in page.named("img"):
            alt = image.attributes.get("alt", "").strip()[:120]
            before, after = alt.partition(": ")[0], _PARTS.split(alt)[-1]
            for name in {alt, before, after}:
                if 5 <= len(name) <= 40 and name[0].isupper() and len(name.split()) <= 4 and name not in page.text:
                    carried.setdefault(name, set()).add(image.attributes.get("src", "")[:200] + alt)
                    first.setdefault(name, page)
    for name in sorted(carried):
        if len(carried[name]) >= NAMING_PICTURES:
            yield first[name], name


def _logo_texts(page: Page) -> Iterator[str]:
    """``alt`` and ``title`` of pictures that are logos by their name or where they stand, and texts of logo links."""
    for image in page.tree.iter("img"):
        alt = (image.get("alt") or image.get("title") or "").strip()
        if alt and len(alt) <= 60 and _is_logo(image):
            yield alt
    for element in page.tree.iter("a", "h1", "div", "span"):
        if _names_logo(element) and len(element) <= 3:
            text = (element.text or "").strip() or _one_text(element)
            if text and len(text) <= 40:
                yield text


def _is_logo(image: etree._Element) -> bool:
    if _names_logo(image) or _LOGO_FILE.search((image.get("src") or "")[-80:]):
        return True
    if _LOGO_WORD.search((image.get("alt") or "")[:80]):
        return True
    above = image.getparent()
    for _ in range(3):
        if above is None or not isinstance(above.tag, str):
            return False
        if _names_logo(above):
            return True
        above = above.getparent()
    return False


def _names_logo(element: etree._Element) -> bool:
    """True when the element's class or id says that it is the logo or the shop's name."""
    names, name = element.get("class"), element.get("id")
    return (names is not None or name is not None) and _is_logo_name(f"{names or ''} {name or ''}"[:200])


@lru_cache(maxsize=16_384)
def _is_logo_name(names: str) -> bool:
    return _LOGO.search(names) is not None


def _one_text(element: etree._Element) -> str:
    texts = [stripped for text in islice(element.itertext(), 12) if (stripped := str(text).strip())]
    return texts[0] if len(texts) == 1 else ""


def _comment_hosts(page: Page) -> Iterator[str]:
    for place, comment in enumerate(page.tree.iter(etree.Comment)):
        if place > 400:
            return
        yield from _hosts_in_comment((comment.text or "")[:300])


@lru_cache(maxsize=4096)
def _hosts_in_comment(text: str) -> tuple[str, ...]:
    if "." not in text or not _COMMENT_WORDS.search(text):
        return ()
    return tuple(match.group(1) for match in _HOST_IN_COMMENT.finditer(text) if match.group(1).lower() not in _MAKERS)
