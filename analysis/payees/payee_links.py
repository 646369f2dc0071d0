"""Addresses at which one account is paid: pay-me links, payment links, carts and checkouts of somebody's hosted shop."""

from __future__ import annotations

from analysis.ids.grammars import UUID, Grammar, grammar

__all__ = ["LINKS"]

_ON = r"[^\"'<>\s]{0,240}?"
_END = r"(?![\w-])"
#: Names below a hosted platform's domain that are the platform's own.
_OWN = r"(?!(?:www|app|api|assets|cdn|static|help|support|docs|store|blog|discover|checkout|images|my|dashboard)\.)"


def _link(word: str, marks: str, *patterns: str, fold: bool = True) -> Grammar:
    return grammar(word, word, marks, *patterns, fold=fold, reach=640)


LINKS: tuple[Grammar, ...] = (
    _link("paypal.me", "paypal", r"paypal\.(?:me|com/paypalme)/(?:my/profile/)?@?(?P<id>[0-9a-z]{3,40})" + _END),
    _link(
        "venmo",
        "venmo.com",
        r"venmo\.com/u/(?P<id>[\w-]{4,30})" + _END,
        r"venmo\.com/code\?user_id=(?P<id>\d{15,22})(?!\d)",
    ),
    _link("cash app", "cash.app cash.me", r"cash\.(?:app|me)/(?:\$|%24)(?P<id>[a-z][\w-]{1,19})" + _END),
    _link("revolut", "revolut.me", r"revolut\.me/(?P<id>[a-z]\w{2,30})" + _END),
    _link("wise", "wise.com/pay", r"wise\.com/pay/(?:me|business)/(?P<id>[\w-]{3,60})" + _END),
    _link(
        "stripe link",
        "buy.stripe.com donate.stripe.com book.stripe.com",
        r"(?:buy|donate|book)\.stripe\.com/(?P<id>(?!test_)\w{14,40})" + _END,
        fold=False,
    ),
    _link(
        "square link",
        "square.link checkout.square.site",
        r"square\.link/u/(?P<id>\w{6,12})" + _END,
        r"checkout\.square\.site/(?:buy|merchant)/(?P<id>\w{10,30})" + _END,
        fold=False,
    ),
    _link(
        "razorpay link",
        "razorpay.me rzp.io pages.razorpay",
        r"razorpay\.me/@(?P<id>[\w.-]{3,60})" + _END,
        r"rzp\.io/(?:l|i|rzp)/(?P<id>[\w-]{4,40})" + _END,
        r"pages\.razorpay\.com/(?:pl_)?(?P<id>\w{4,40})" + _END,
        fold=False,
    ),
    _link("paystack link", "paystack", r"paystack\.(?:com/(?:pay|buy)|shop(?:/pay)?)/(?P<id>[\w-]{3,60})" + _END),
    _link("flutterwave link", "flutterwave.com/", r"flutterwave\.com/(?:pay|donate|store)/(?P<id>[\w-]{3,60})" + _END),
    _link(
        "mercado pago link",
        "mpago. link.mercadopago",
        r"mpago\.(?:la|li)/(?P<id>\w{5,12})" + _END,
        r"link\.mercadopago\.(?:com\.)?[a-z]{2}/(?P<id>[\w.-]{3,40})" + _END,
        fold=False,
    ),
    _link("iyzico link", "iyzi.link", r"iyzi\.link/(?P<id>\w{4,16})" + _END, fold=False),
    _link("monobank jar", "monobank.ua", r"send\.monobank\.(?:ua|com\.ua)/(?:jar/)?(?P<id>\w{8,14})" + _END, fold=False),
    _link("cloudtips", "cloudtips", r"pay\.cloudtips\.ru/p/(?P<id>[0-9a-f]{8})" + _END),
    _link(
        "qiwi",
        "qiwi.com",
        r"qiwi\.com/" + _ON + r"publicKey=(?P<id>(?-i:[0-9A-Za-z]{40,140}))",
        r"qiwi\.com/n/(?P<id>\w{3,30})" + _END,
        r"my\.qiwi\.com/(?:form/)?(?P<id>[\w-]{5,50})" + _END,
        fold=False,
    ),
    _link("freekassa", "kassa", r"free-?kassa\.[a-z]{2,3}/" + _ON + r"[?&;]m=(?P<id>\d{3,8})(?!\d)"),
    _link("payeer shop", "payeer.com", r"payeer\.com/" + _ON + r"m_shop=(?P<id>\d{5,12})(?!\d)"),
    _link("skrill", "skrill moneybookers", r"pay_to_email=(?P<id>[\w.+-]{1,64}(?:@|%40)[\w.-]{4,100})"),
    _link(
        "ccbill",
        "ccbill",
        r"ccbill\.com/" + _ON + r"clientAccnum=(?P<id>9\d{5})(?!\d)",
        r"clientAccnum{Q}?{S}[:=]{S}{Q}?(?P<id>9\d{5})(?!\d)",
    ),
    _link("ccbill form", "ccbill", r"ccbill\.com/wap-frontflex/flexforms/(?P<id>" + UUID + r")"),
    _link(
        "epoch",
        "co_code=",
        r"epoch\.com/" + _ON + r"co_code=(?P<id>\w{2,8})" + _END,
        r"wnu\.com/" + _ON + r"co_code=(?P<id>\w{2,8})" + _END,
    ),
    _link("segpay", "eticketid=", r"secure\d?\.segpay\.com/" + _ON + r"eticketid=(?P<id>\d{3,8})(?!\d)"),
    _link("verotel", "verotel", r"verotel\.com/" + _ON + r"shopID=(?P<id>\d{4,8})(?!\d)"),
    _link("coinbase commerce", "commerce.coinbase", r"commerce\.coinbase\.com/checkout/(?P<id>" + UUID + r")"),
    _link(
        "nowpayments",
        "nowpayments",
        r"nowpayments\.io/" + _ON + r"api_key=(?P<id>[\w-]{20,40})" + _END,
        r"nowpayments\.io/" + _ON + r"iid=(?P<id>\d{8,12})(?!\d)",
        r"nowpayments\.io/(?:donation|pos-terminal)/(?P<id>[\w-]{3,40})" + _END,
    ),
    _link("btcpay app", "/apps/", r"/apps/(?P<id>(?-i:[1-9A-HJ-NP-Za-km-z]{26,30}))/(?:pos|crowdfund)" + _END, fold=False),
    _link("coinpayments", "coinpayments", r"coinpayments\.net/" + _ON + r"merchant=(?P<id>[0-9a-f]{32})(?!\w)"),
    _link("plisio", "plisio.net", r"plisio\.net/donate/(?P<id>[\w-]{6,40})" + _END, fold=False),
    _link("coingate", "coingate.com/pay", r"coingate\.com/pay/(?P<id>[\w-]{3,60})" + _END),
    _link("cryptocloud", "cryptocloud", r"pay\.cryptocloud\.plus/pos/(?P<id>\w{8,24})" + _END, fold=False),
    _link("cryptomus", "cryptomus", r"pay\.cryptomus\.com/(?:wallet|pos)/(?P<id>" + UUID + r")"),
    _link(
        "shopify",
        "myshopify.com",
        r"buildClient\({S}\{[^{}]{0,120}?domain{Q}?{S}:{S}{Q}(?P<id>[a-z0-9][a-z0-9-]{1,60}\.myshopify\.com){Q}",
        r"{Q}(?:https?:)?//(?P<id>[a-z0-9][a-z0-9-]{1,60}\.myshopify\.com)/cart/\d{5,20}:\d",
    ),
    _link("ecwid", "ecwid", r"app\.ecwid\.com/script\.js\?(?P<id>\d{5,10})(?!\d)", r"{Q}id=my-store-(?P<id>\d{5,10}){Q}"),
    # Makers of themes sell at these, and leave the address in the footer: only a button of the seller's script is the shop's own.
    _link("gumroad", "gumroad.com/js gumroad-button", r"//(?P<id>" + _OWN + r"[a-z0-9-]{2,40}\.gumroad\.com)/l/"),
    _link("gumroad product", "gumroad.com/js gumroad-button", r"//(?:www\.)?gumroad\.com/l/(?P<id>[\w-]{3,60})" + _END),
    _link(
        "lemon squeezy",
        "lemonsqueezy-button lemon.js lemonsqueezy.com/js",
        r"//(?P<id>" + _OWN + r"[a-z0-9-]{2,60}\.lemonsqueezy\.com)/(?:checkout/)?buy/",
    ),
    _link(
        "paddle",
        "paddle",
        r"Paddle\.Setup\({S}\{[^{}]{0,120}?(?:vendor|seller){Q}?{S}:{S}{Q}?(?P<id>\d{3,8})(?!\d)",
        r"Paddle\.Initialize\({S}\{[^{}]{0,120}?seller{Q}?{S}:{S}{Q}?(?P<id>\d{3,8})(?!\d)",
        r"token{Q}?{S}[:=]{S}{Q}(?P<id>live_[0-9a-f]{27}){Q}",
    ),
    _link(
        "fastspring",
        "fastspring",
        r"{Q}(?:https?:)?(?://)?(?P<id>(?!(?:sbl|www|sites)\.)[\w-]{2,60}\.onfastspring\.com)[/\"']",
        r"sites\.fastspring\.com/(?P<id>[\w-]{2,60})/",
    ),
    _link("payhip", "payhip.js payhip-buy-button", r"payhip\.com/(?:b/|buy\?link=)(?P<id>\w{4,8})" + _END, fold=False),
    _link(
        "sellfy",
        "sellfy-buy-button sellfy.com/js sellfy.com/embed",
        r"//(?P<id>[\w-]{2,60}\.sellfy\.store)(?![\w.-])",
        r"sellfy\.com/(?:p|embed/product)/(?P<id>\w{4,12})" + _END,
    ),
    _link("sendowl", "sendowl", r"sendowl\.com/(?:products|packages|subscriptions)/(?P<id>\d{4,10}/[0-9A-F]{6,10})/"),
    _link(
        "foxy",
        "foxycart.com",
        r"//(?P<id>" + _OWN + r"[a-z0-9-]{3,60}\.foxycart\.com)/",
        r"cdn\.foxycart\.com/(?P<id>[\w.-]{3,60})/loader\.js",
    ),
)
