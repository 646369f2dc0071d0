"""What stands in pages that nobody wrote for this shop: placeholders, documented test keys, platforms' own keys, demo contacts.

Each list says why a value is on it; a value on a list is no evidence at all.
"""

from __future__ import annotations

import re

__all__ = [
    "is_demo_mail",
    "is_demo_phone",
    "is_demo_place",
    "is_file_name",
    "is_free_mail",
    "is_placeholder_id",
    "is_platform_host",
    "is_vendor",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """The words of a list as it is written in a module."""
    return frozenset(text.split())


# Documented by their makers for tests or examples, or shipped inside a theme by its author.
_KNOWN_IDS = frozenset(
    {
        "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI",  # reCAPTCHA v2 test key
        "10000000-ffff-ffff-ffff-000000000001",  # hCaptcha test keys
        "20000000-ffff-ffff-ffff-000000000002",
        "30000000-ffff-ffff-ffff-000000000003",
        "UA-23581568",  # a theme maker's own account, left in the demo pages that people download
        "UA-55234356",  # likewise
        "pub-0123456789012345",
        "pub-1234567890123456",
        "pub-1556223355139109",  # a blog platform's share of its tenants' advertisements
        "249643311490",  # Facebook apps of blog and site platforms, and those of Facebook's own manuals
        "314192535267336",
        "48119224995",
        "113869198637480",
        "145634995501895",
        "966242223397117",
        "2309869772",  # Facebook's own application for shared links
        "529576650555031",  # what a sharing plug-in sets until its user sets his own
        "7518284",  # the comScore audience of all sites of a blog platform
        "p-18-mFEk4J448M",  # the audience of all blogs of a platform
        "p-94D6e1NDscLvI",
        "p-19UtqE8ngoZbM",
        "725X1342",  # its affiliate links
        "ra-515eeaf54693130e",  # what a shop system's own theme shares with
        "ucoznet",  # counters of a site builder on its tenants
        "ucoz_sscounter_1",
        "noadsru",
        "bh4d9od16a",  # Algolia's search of documents, and of packages
        "r2iyf7eth7",
        "ofcncog2cu",
        "f06e6c50-85a8-45c8-87d0-21a2b65856fe",  # a shop platform's captcha key, on every tenant
        "6LeHG2ApAAAAAO4rPaDW-qVpPKPOBfjbCpzJB9ey",
        "6LeTRAoeAAAAACKeCUlhSkXvVTIwv0_OgDTqgYsa",
    }
)
_TURNSTILE_TEST = re.compile(r"[1-3]x0{10,}[A-Fa-f0]{2}")
_WORDY = re.compile(r"x{3,}|your|example|sample|placeholder|insert|change_?me|test_?id|demo", re.IGNORECASE)
#: What scripts and templates write where nothing was set.
_NOTHING = frozenset({"undefined", "null", "none", "false", "true", "nan", "[object object]"})
_ALNUM = re.compile(r"[^0-9A-Za-z]")
_DIGITS = re.compile(r"\d+")
_ASCENDING = "01234567890123456789"
_DESCENDING = _ASCENDING[::-1]

# Hosts whose error trackers, chats and captchas belong to the platform a shop rents, not to the shop.
_PLATFORM_HOSTS = (
    "wixpress.com",
    "wix.com",
    "shopify.com",
    "shopifycloud.com",
    "myshopify.io",
    "squarespace.com",
    "bigcommerce.com",
    "weebly.com",
    "ecwid.com",
    "jimdo.com",
    "godaddy.com",
    "salesforce.com",
    "demandware.net",
    "insales.ru",
    "tildacdn.com",
    "cloudflare.com",
    "klarna.net",
    "lightspeedhq.com",
    "shoptet.cz",
    "prestashop.com",
    "nosto.com",
    "yotpo.com",
)

_FREE_MAIL = word_set(
    """
    gmail.com googlemail.com outlook.com hotmail.com hotmail.fr hotmail.de hotmail.es hotmail.co.uk live.com msn.com
    yahoo.com yahoo.fr yahoo.de yahoo.es yahoo.co.uk yahoo.co.jp ymail.com aol.com icloud.com me.com mac.com mail.com
    email.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de mail.ru bk.ru inbox.ru list.ru
    yandex.ru yandex.com ya.ru rambler.ru ukr.net proton.me protonmail.com tutanota.com tuta.com zoho.com qq.com 163.com
    126.com sina.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tin.it wp.pl o2.pl onet.pl
    interia.pl seznam.cz centrum.cz abv.bg mail.bg terra.es telefonica.net fastmail.com hushmail.com naver.com
    hanmail.net rediffmail.com btinternet.com
    """
)
# Reserved by RFC 2606, or the words that people put where a domain should stand.
_DEMO_MAIL_HOST = re.compile(
    r"(?:^|\.)(?:example\.[a-z.]{2,6}|(?:your|my)[-_]?(?:domain|site|website|company|shop|store|mail|email|"
    r"business|name)?\.[a-z.]{2,6}"
    r"|(?:domain|company|website|mysite|site|companyname|sitename|domainname|yourcompany|demo|test|sample|"
    r"template|placeholder|abc|xyz|xxx+|email|mailserver|address|domena|domaine|dominio|domein|beispiel|exemple|ejemplo|esempio|"
    r"exemplo|voorbeeld|przyklad|mustermann|mustershop|musterfirma)\.(?:com|net|org|de|ru|fr|es|co|tld|ltd|xyz|io|pl|it|nl|pt|br|at|ch|be))$"
)
_DEMO_MAIL_LOCAL = re.compile(
    r"(?:your|my)[-_.]?(?:e?-?mail|name|address|login|user(?:name)?|id|account)?|(?:x{2,}|abc|example|"
    r"user(?:name)?|e-?mail|name|someone|john\.?(?:doe|smith)|jane\.?doe|foo|bar|test|demo|noreply@)"
)
# Makers of themes, kits and platforms: their addresses stay in what they made.
_MAKER_HOSTS = word_set(
    """
    colorlib.com themeforest.net envato.com htmlcodex.com themewagon.com templatemo.com freehtml5.co bootstrapmade.com
    untree.co w3layouts.com w3.org html5up.net hasthemes.com htmldemo.net prestashop.com opencart.com magento.com
    woocommerce.com wordpress.org wordpress.com shopify.com wix.com squarespace.com bigcommerce.com jquery.com
    getbootstrap.com fontawesome.com google.com sentry.io wixpress.com github.com apache.org nginx.org zen-cart.com
    oscommerce.com templatemonster.com themezy.com os-templates.com freewebsitetemplates.com plerdy.com lipsum.com
    schema.org demolink.org
    """
)
_NOT_A_HOST = word_set("png jpg jpeg gif svg webp avif bmp ico css js json map php html htm woff woff2 ttf eot mp4 webm pdf zip")

# What theme demos write where a shop's place should stand.
_DEMO_PLACE = re.compile(
    r"123\s+(?:main\s+)?(?:street|st\b|fake|demo|anywhere|example)|1234\s+street\s+name|street\s+name|"
    r"your\s+(?:address|street|city|company|store)|60-49\s+road|"
    r"iris\s+watson|lorem|ipsum|address\s+line|anytown|city\s+name|sample\s+(?:street|city)|123\s+street",
    re.IGNORECASE,
)

# First words of companies that a shop's privacy page names because it uses their services; none of them is the shop.
_VENDORS = word_set(
    """
    google alphabet youtube facebook meta instagram whatsapp twitter linkedin microsoft apple amazon paypal stripe
    klarna adyen mollie worldpay skrill sofort giropay braintree afterpay clearpay affirm sezzle laybuy visa mastercard
    maestro american amex diners discover jcb unionpay hotjar matomo innocraft piwik yandex яндекс mail.ru vk вконтакте
    dhl dpd ups fedex gls hermes tnt usps royal correos chronopost colissimo mondial cloudflare akamai fastly automattic
    wordpress woocommerce shopify bigcommerce wix squarespace prestashop opencart magento adobe oracle sap salesforce
    zendesk intercom hubspot mailchimp rocket intuit sendinblue brevo klaviyo sendgrid twilio tiktok bytedance pinterest
    snap snapchat criteo taboola outbrain awin tradedoubler rakuten cj sentry functional datadog vimeo spotify ebay etsy
    trustpilot trustedshops trusted ekomi feefo yotpo onetrust usercentrics cookiebot cybot zopim tawk tawk.to crisp
    livechat jivosite jivo sberbank сбербанк tinkoff тинькофф qiwi киви webmoney roboxchange робокасса yoomoney юmoney
    ростелеком почта сдэк cdek boxberry ovh ovhcloud hetzner ionos strato online infomaniak gandi godaddy digitalocean
    rackspace heroku quantcast adroll appnexus xandr oath verizon yahoo baidu tencent alibaba alipay wechat bing
    vbulletin jelsoft crawlability phpbb xenforo mybb invision woltlab comsenz discuz dragonbyte tapatalk
    newrelic new mixpanel amplitude segment optimizely vwo wingify contentsquare mouseflow smartsupp userlike
    """
)


def is_placeholder_id(identifier: str) -> bool:
    """An identifier that someone wrote to show what one looks like: documented test keys, runs, sequences, words."""
    if identifier in _KNOWN_IDS or _TURNSTILE_TEST.fullmatch(identifier) or _WORDY.search(identifier):
        return True
    if identifier.lower() in _NOTHING:
        return True
    head, _, tail = identifier.partition("-")
    if tail and head in ("UA", "GTM", "G", "GT", "AW", "DC", "OPT", "pub"):
        identifier = tail
    bare = _ALNUM.sub("", identifier)
    if len(set(bare.lower())) <= (2 if len(bare) > 5 else 1):
        return True
    digits = "".join(_DIGITS.findall(bare))
    return len(digits) == len(bare) and len(digits) >= 5 and _is_sequence(digits)


def _is_sequence(digits: str) -> bool:
    return digits in _ASCENDING or digits in _DESCENDING or digits in "123123123123" or digits in "11223344556677889900"


def is_platform_host(host: str) -> bool:
    """A server of a platform that shops rent: keys that report to it stand on every tenant."""
    return any(host == known or host.endswith("." + known) for known in _PLATFORM_HOSTS)


def is_free_mail(host: str) -> bool:
    """A mail host where anyone may have a box."""
    return host in _FREE_MAIL


def is_file_name(host: str) -> bool:
    """What looks like a host and is a file: ``2x.png`` of ``logo@2x.png``."""
    return host.rpartition(".")[2] in _NOT_A_HOST


def is_demo_mail(mail: str) -> bool:
    """A mail address of an example, a theme's demo or its maker, or a file name that looks like one (``logo@2x.png``)."""
    local, _, host = mail.lower().partition("@")
    if is_file_name(host) or host in _MAKER_HOSTS or any(host.endswith("." + maker) for maker in _MAKER_HOSTS):
        return True
    return bool(
        _DEMO_MAIL_HOST.search(host)
        or local == "you"
        or local.endswith(".example")
        or (_DEMO_MAIL_LOCAL.fullmatch(local) and (is_free_mail(host) or local.startswith(("your", "example"))))
    )


def is_demo_phone(digits: str) -> bool:
    """A number that nobody answers: 555-01xx, a sequence, a run of one digit (``+65 11.188.888``), or too few different digits."""
    national = digits[-10:]
    return (
        re.search(r"(\d)\1{4}", digits) is not None
        or len(set(national)) <= 3
        or any(_is_sequence(national[i:j]) for i, j in ((0, 7), (1, 8), (0, 8), (3, 10), (2, 10)) if len(national) >= j)
        or (digits.startswith("1") and digits[4:7] == "555")
        or (len(digits) == 10 and digits[3:6] == "555")
    )


def is_demo_place(text: str) -> bool:
    """An address that a theme's demo page brings along."""
    return _DEMO_PLACE.search(text) is not None


def is_vendor(company: str) -> bool:
    """A processor, carrier, platform or network that many shops name; ``company`` as written."""
    first = re.split(r"[\s,.(«\"]+", company.strip('«"“„ ').casefold(), maxsplit=1)[0]
    return first in _VENDORS
