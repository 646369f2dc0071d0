"""Hosts that many strangers use and that therefore lead to no operator: never discovered, each group with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.names import registrable, tidy_host

__all__ = ["PLATFORMS", "platform_reason"]

#: Reason -> first labels of registrable domains, whatever their suffix (``google.de`` as ``google.com``).
PLATFORMS: Mapping[str, str] = {
    "social network": """
        facebook fb instagram twitter x youtube youtu tiktok pinterest pin linkedin lnkd reddit tumblr snapchat
        threads mastodon vk vkontakte ok odnoklassniki myspace flickr vimeo dailymotion rutube twitch discord telegram
        t whatsapp wa viber line weibo wechat xing quora medium livejournal soundcloud spotify bandcamp last deezer
        bsky
    """,
    "search engine, maps or office": """
        google goo g yahoo bing msn live microsoft outlook yandex ya mail rambler baidu duckduckgo apple icloud
        openstreetmap waze dropbox office docs evernote zoom skype wikipedia wikimedia archive
    """,
    "market place or app store": """
        amazon amzn ebay etsy aliexpress alibaba walmart allegro zalando rakuten mercadolibre ozon wildberries play
        itunes steampowered steamcommunity
    """,
    "payment service": """
        paypal paypalobjects stripe klarna adyen braintreegateway braintreepayments squareup square mollie worldpay
        skrill moneybookers neteller payoneer paysafecard webmoney wmtransfer qiwi yoomoney robokassa visa mastercard
        americanexpress amex discover maestro jcb sofort giropay afterpay clearpay affirm authorize 2checkout paddle
        coinbase bitpay coinpayments amazonpay sagepay opayo
    """,
    "content network or public library": """
        cloudflare cloudflaressl cloudfront akamai akamaized akamaihd edgekey edgesuite fastly fastlylb jsdelivr unpkg
        cdnjs bootstrapcdn jquery googleapis gstatic googleusercontent ggpht typekit fontawesome gravatar wp imgix
        cloudinary shopifycdn azureedge windows amazonaws stackpathcdn bunnycdn b-cdn keycdn incapsula imperva sucuri
    """,
    "shop, site or form builder": """
        shopify myshopify wordpress woocommerce prestashop magento opencart bigcommerce wix squarespace weebly jimdo
        blogger typepad joomla drupal themeforest templatemonster colorlib github gitlab bitrix insales tilda typeform
        surveymonkey jotform mailchimp list-manage klaviyo zendesk freshdesk intercom tawk jivosite livechatinc crisp
    """,
    "analytics or advertising": """
        google-analytics googletagmanager doubleclick googlesyndication googleadservices adservice hotjar matomo
        statcounter clicky addthis sharethis addtoany criteo taboola outbrain bingads awin1 zanox tradedoubler
        shareasale cj linksynergy
    """,
    "seal, review or standards body": """
        trustpilot trustedshops trustwave mcafeesecure norton verisign symantec digicert sectigo comodo geotrust
        letsencrypt bbb truste w3 schema iubenda onetrust cookiebot cookieyes usercentrics aboutads youronlinechoices
        allaboutcookies europa
    """,
}

_NETWORKS = "content network or public library"
_LABELS = {label: reason for reason, labels in PLATFORMS.items() for label in labels.split()}
#: One-letter and everyday labels are platforms under their own suffix only.
_EXACT = {
    domain.partition(".")[0]: domain
    for domain in [
        "affirm.com",
        "amex.com",
        "apple.com",
        "archive.org",
        "authorize.net",
        "bing.com",
        "cj.com",
        "clicky.com",
        "crisp.chat",
        "discord.com",
        "discover.com",
        "docs.com",
        "drupal.org",
        "europa.eu",
        "fastly.com",
        "fb.com",
        "flickr.com",
        "g.co",
        "goo.gl",
        "imperva.com",
        "last.fm",
        "line.me",
        "live.com",
        "maestro.com",
        "mail.ru",
        "medium.com",
        "norton.com",
        "office.com",
        "ok.ru",
        "paddle.com",
        "pin.it",
        "play.com",
        "rakuten.com",
        "schema.org",
        "skype.com",
        "sofort.com",
        "square.com",
        "t.me",
        "telegram.org",
        "threads.net",
        "twitch.tv",
        "visa.com",
        "wa.me",
        "waze.com",
        "windows.net",
        "wix.com",
        "wp.com",
        "x.com",
        "ya.ru",
        "youtu.be",
        "zoom.us",
    ]
}


def platform_reason(host: str) -> str | None:
    """Why a host leads to no operator; None for a host that may."""
    tidy = tidy_host(host)
    if tidy is None:
        return "no host name"
    site = registrable(tidy)
    label = site.partition(".")[0]
    if label in _LABELS and _EXACT.get(label, site) == site:
        return _LABELS[label]
    # Below a content network every customer has a name of its own, which is a public suffix's child.
    return _NETWORKS if any(_LABELS.get(part) == _NETWORKS and part not in _EXACT for part in site.split(".")[1:]) else None
