"""Where the ids of payees stand: in named settings, attributes and addresses of processors of cards and of local payments.

Each row is a processor's word and the places in which its documentation puts the id. A word names one sequence of numbers:
what a processor calls account and what it calls button are two. Ids that are told apart by their own letters alone stand in
``analysis.payees.payee_ids``.
"""

from __future__ import annotations

from analysis.ids.grammars import UUID, Grammar, grammar
from analysis.payees.payee_links import LINKS

__all__ = ["PAYEES"]

#: What an address goes on with, up to the parameter that is asked for.
_ON = r"[^\"'<>\s]{0,240}?"
_MAIL = r"[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}"
#: A PayPal account's id, and the whole of a REST client's.
_PAYER = r"(?-i:[0-9A-Z]{13})(?![0-9A-Z])"
_CLIENT = r"(?-i:A[0-9A-Za-z_-]{79})"
_AMAZON = r"(?-i:A[0-9A-Z]{12,13})"
_REACH = 720


def _row(word: str, marks: str, *patterns: str, fold: bool = False) -> Grammar:
    return grammar(word, word, marks, *patterns, fold=fold, reach=_REACH)


_CARDS = (
    _row(
        "paypal",
        "paypal",
        r"(?<!sandbox\.)paypal\.com/sdk/js\?" + _ON + r"client-id=(?P<id>[\w-]{30,100})",
        r"paypal[\w-]{0,24}client[_-]?id{Q}?{S}[:=]{S}{Q}(?P<id>[\w-]{30,100}){Q}",
        r"client-?_?id{Q}?{S}:{S}{Q}(?P<id>" + _CLIENT + r"){Q}",
        r"client{Q}?{S}:{S}\{[^{}]{0,200}?production{Q}?{S}:{S}{Q}(?P<id>[\w-]{30,100}){Q}",
    ),
    _row(
        "paypal merchant",
        "paypal",
        r"(?<!sandbox\.)paypal\.com/" + _ON + r"merchant-id=(?P<id>" + _PAYER + r")",
        r"paypal[\w-]{0,24}merchant[_-]?id{Q}?{S}[:=]{S}{Q}(?P<id>" + _PAYER + r"){Q}",
        r"data-merchant-id{S}={S}{Q}(?P<id>" + _PAYER + r"){Q}",
        r"{Q}merchant-id{Q}{S}:{S}{Q}(?P<id>" + _PAYER + r"){Q}",
        r"payee{Q}?{S}:{S}\{[^{}]{0,120}?merchant_id{Q}?{S}:{S}{Q}(?P<id>" + _PAYER + r"){Q}",
        r"data-pp-payerid{S}={S}{Q}(?P<id>" + _PAYER + r"){Q}",
        r"paypal\.checkout\.setup\({S}{Q}(?P<id>" + _PAYER + r"){Q}",
    ),
    _row(
        "paypal button",
        "paypal",
        r"(?<!sandbox\.)paypal\.com/" + _ON + r"hosted_button_id=(?P<id>(?-i:[0-9A-Z]{11,16}))(?![0-9A-Z])",
        r"hosted_?button_?id{Q}?{S}:{S}{Q}(?P<id>(?-i:[0-9A-Z]{11,16})){Q}",
        r"paypal\.com/ncp/payment/(?P<id>(?-i:[0-9A-Z]{10,16}))(?![0-9A-Z])",
    ),
    _row(
        "paypal business",
        "paypal",
        r"(?<!sandbox\.)paypal\.com/" + _ON + r"business=(?P<id>[^\"'<>&\s]{5,100})",
        r"payee{Q}?{S}:{S}\{[^{}]{0,160}?email_address{Q}?{S}:{S}{Q}(?P<id>" + _MAIL + r"){Q}",
        fold=True,
    ),
    _row("paypal publisher", "data-pp-pubid", r"data-pp-pubid{S}={S}{Q}(?P<id>[0-9a-f]{32,40}){Q}", fold=True),
    _row("stripe button", "buy_btn_", r"buy-button-id={Q}(?P<id>buy_btn_[0-9A-Za-z]{16,40}){Q}(?![^<>]{0,300}pk_test_)"),
    _row("stripe table", "prctbl_", r"pricing-table-id={Q}(?P<id>prctbl_[0-9A-Za-z]{16,40}){Q}(?![^<>]{0,300}pk_test_)"),
    _row(
        "square location",
        "squarecdn squareup sq0idp",
        r"location_?id{Q}?{S}[:=]{S}{Q}(?P<id>(?-i:L[0-9A-Z]{10,14})){Q}",
    ),
    _row(
        "klarna",
        "klarnaservices klarna.com/web-sdk",
        r"(?<!playground\.)klarnaservices\.com/lib\.js(?![^<>]{0,300}playground)[^<>]{0,300}?data-client-id={Q}(?P<id>"
        + UUID
        + r"){Q}",
        r"data-client-id={Q}(?P<id>" + UUID + r"){Q}[^<>]{0,300}?[./-](?<!playground\.)klarnaservices\.com",
        fold=True,
    ),
    _row(
        "klarna store",
        "klarna",
        r"klarna[\w./-]{1,120}\?" + _ON + r"eid=(?P<id>\d{2,8})(?!\d)",
        r"Klarna\.Terms\.\w{3,20}\({S}\{[^{}]{0,120}?eid{Q}?{S}:{S}{Q}?(?P<id>\d{2,8})(?!\d)",
    ),
    _row(
        "adyen merchant",
        "adyen",
        r"merchant_?Account(?:Name)?{Q}?{S}[:=]{S}{Q}(?P<id>[A-Za-z][\w-]{4,60}){Q}",
    ),
    _row("adyen account", "pub.v2.", r"pub\.v2\.(?P<id>\d{10,20})\.[\w-]{4,200}"),
    _row(
        "google pay",
        "merchantinfo",
        r"merchantInfo{Q}?{S}[:=]{S}\{[^{}]{0,160}?merchantId{Q}?{S}:{S}{Q}(?P<id>\d{18,20}){Q}",
    ),
    _row(
        "google pay gateway",
        "gatewaymerchantid",
        r"gatewayMerchantId{Q}?{S}:{S}{Q}(?P<id>[\w.@-]{4,60}){Q}",
    ),
    _row(
        "apple pay",
        "merchant.",
        r"(?:apple[\w-]{0,16}merchant[\w-]{0,12}|merchantIdentifier){Q}?{S}[:=]{S}{Q}(?P<id>merchant\.[\w.-]{4,80}){Q}",
        fold=True,
    ),
    _row(
        "amazon pay",
        "merchantid sellerid payments-amazon amazon_merchant amazon_seller amazon-merchant amazon-seller",
        r"merchantId{Q}?{S}[:=]{S}{Q}(?P<id>" + _AMAZON + r"){Q}",
        r"sellerId{Q}?{S}[:=]{S}{Q}(?P<id>" + _AMAZON + r"){Q}",
        r"payments-amazon\.[a-z.]{2,6}/" + _ON + r"sellerId=(?P<id>" + _AMAZON + r")(?![0-9A-Z])",
        r"amazon[\w-]{0,24}(?:merchant|seller)[_-]?id{Q}?{S}[:=]{S}{Q}(?P<id>" + _AMAZON + r"){Q}",
    ),
    _row(
        "authorize.net",
        "apiloginid",
        r"apiLoginID{Q}?{S}[:=]{S}{Q}(?P<id>[0-9A-Za-z]{6,25}){Q}",
    ),
    _row(
        "2checkout",
        "2checkout 2co. twoco avangate",
        r"TwoCoInlineCart\.setup\.setMerchant\({S}{Q}(?P<id>[0-9A-Za-z]{5,16}){Q}",
        r"2checkout\.com/" + _ON + r"[?&;](?:sid|merch|merchant)=(?P<id>\w{5,16})(?!\w)",
        r"2co\.com/" + _ON + r"[?&;](?:sid|merch|merchant)=(?P<id>\w{5,16})(?!\w)",
    ),
    _row("nmi", "data-tokenization-key", r"data-tokenization-key={Q}(?P<id>[0-9A-Za-z]{6}(?:-[0-9A-Za-z]{6}){3}){Q}"),
    _row("recurly", "recurly", r"recurly\.configure\([^)]{0,60}?{Q}(?P<id>(?:ewr1|sjc|fra)-[0-9A-Za-z]{16,40}){Q}"),
    _row("chargebee", "data-cb-site", r"data-cb-site={Q}(?P<id>(?![\w-]{0,50}-test{Q})[\w-]{3,50}){Q}", fold=True),
    _row("snipcart", "snipcart", r"api-?key{Q}?{S}[:=]{S}{Q}(?P<id>[0-9A-Za-z+/=]{60,90}){Q}"),
    _row("bolt", "bolt.com", r"bolt\.com[^<>]{0,200}?data-publishable-key={Q}(?P<id>[\w.-]{40,160}){Q}"),
)

_INSTALMENTS = (
    _row("afterpay", "afterpay clearpay square-placement", r"data-mpid={Q}(?P<id>" + UUID + r"){Q}", fold=True),
    _row("affirm", "affirm", r"public_api_key{Q}?{S}:{S}{Q}(?P<id>(?-i:[0-9A-Z]{16})){Q}"),
    _row(
        "sezzle",
        "sezzle",
        r"sezzle\.com/[\w/.-]{1,40}price-widget\?uuid=(?P<id>" + UUID + r")",
        r"sezzleConfig{S}(?:\.|\[{S}{Q}|={S}\{[^{}]{0,80}?)merchant_?(?:uu)?id{Q}?{S}\]?{S}[:=]{S}{Q}(?P<id>" + UUID + r"){Q}",
        fold=True,
    ),
    _row(
        "zip",
        "data-zm-merchant quadpay",
        r"data-zm-merchant={Q}(?P<id>[\w-]{8,40}){Q}",
        r"<quadpay-[^<>]{0,200}?merchantId={Q}(?P<id>[\w-]{8,40}){Q}",
        fold=True,
    ),
    _row("alma", "merchant_1", r"{Q}(?P<id>merchant_(?-i:[0-9A-Za-z]{30,36})){Q}"),
    _row("scalapay", "scalapay", r"scalapay[^<>]{0,300}?merchant-?token={Q}[\"'\\]{0,4}(?P<id>[0-9A-Z]{6,20})"),
)

_LOCAL = (
    _row("razorpay button", "payment_button_id", r"payment_button_id={Q}(?P<id>pl_(?-i:[0-9A-Za-z]{14})){Q}"),
    _row("payu", "payu", r"pos-?id{Q}?{S}[:=]{S}{Q}(?P<id>\d{5,8}){Q}"),
    _row(
        "mercado pago collector",
        "preference-id pref_id= preferenceid",
        r"preference-?id{Q}?{S}[:=]{S}{Q}(?P<id>\d{6,12})-" + UUID + r"{Q}",
        r"[?&;]pref_id=(?P<id>\d{6,12})-" + UUID,
    ),
    _row("wompi", "pub_prod_", r"(?P<id>pub_prod_(?-i:[0-9A-Za-z]{24,40}))(?!\w)"),
    _row("epayco", "data-epayco-key", r"data-epayco-key={Q}(?P<id>[0-9a-f]{32}){Q}(?![^<>]{0,400}test={Q}true)", fold=True),
    _row("openpay", "openpay.setid", r"OpenPay\.setId\({S}{Q}(?P<id>m[0-9a-z]{15,22}){Q}", fold=True),
    _row("midtrans", "-client-", r"(?<!SB-)(?P<id>(?:Mid|VT)-client-(?-i:[\w-]{12,24}))(?![\w-])"),
    _row(
        "paytm",
        "merchantpgpui",
        r"(?<!stage\.)paytm(?:payments)?\.(?:in|com)/merchantpgpui/checkoutjs/merchants/(?P<id>[0-9A-Za-z]{12,24})\.js",
    ),
    _row("wechat pay", "wechat weixin wxpay", r"mch_?id{Q}?{S}[:=]{S}{Q}?(?P<id>1\d{9})(?!\d)"),
    _row(
        "alipay",
        "alipay",
        r"alipay\w{0,8}\.com/" + _ON + r"partner=(?P<id>2088\d{12})(?!\d)",
        r"alipay\w{0,8}\.com/" + _ON + r"seller_id=(?P<id>2088\d{12})(?!\d)",
        r"(?:seller|partner)(?:_?id)?{Q}?{S}[:=]{S}{Q}(?P<id>2088\d{12}){Q}",
    ),
    _row(
        "upi",
        "UPI VPA BHIM upi://",
        r"upi://pay\?" + _ON + r"pa=(?P<id>[\w.-]{2,60}(?:@|%40)[a-z][a-z0-9]{2,20})(?![\w.@])",
        r"(?<!\w)(?:UPI|VPA|BHIM)(?:\s?ID)?\W{0,6}(?P<id>[\w.-]{3,60}@[a-z]{2,20})(?!-|\.?[\w@])",
        fold=True,
    ),
    _row("tinkoff", "terminalkey", r"terminalkey{Q}?(?:{S}[:=]|[^<>]{1,80}?value=){S}{Q}(?P<id>[0-9A-Za-z]{8,20}){Q}"),
    _row("cloudpayments", "publicid public-id", r"public-?Id{Q}?{S}[:=]{S}{Q}(?P<id>pk_[0-9a-z]{20,64}){Q}"),
    _row("wayforpay", "wayforpay", r"merchantAccount{Q}?{S}[:=]{S}{Q}(?P<id>[\w.-]{4,60}){Q}"),
    _row(
        "yookassa",
        "yoomoneycheckout yandexcheckout",
        r"YooMoneyCheckout(?:Widget)?\({S}{Q}?(?P<id>\d{5,8})(?!\d)",
        r"YandexCheckout\({S}{Q}?(?P<id>\d{5,8})(?!\d)",
    ),
    _row(
        "yoomoney",
        "yoomoney money.yandex юmoney яндекс",
        r"yoomoney\.ru/" + _ON + r"(?:receiver|to|account)[=/](?P<id>4100\d{9,12})(?!\d)",
        r"money\.yandex\.\w{2,3}/" + _ON + r"(?:receiver|to|account)[=/](?P<id>4100\d{9,12})(?!\d)",
        r"(?<![\d.])(?P<id>41001\d{8,11})(?![\d.])",
    ),
    _row(
        "robokassa",
        "robokassa roboxchange",
        r"robokassa\.[a-z]{2,3}/" + _ON + r"(?:Merchant|Mrch)Login=(?P<id>[\w.-]{3,40})",
        r"roboxchange\.com/" + _ON + r"(?:Merchant|Mrch)Login=(?P<id>[\w.-]{3,40})",
        fold=True,
    ),
    _row(
        "webmoney id",
        "wmid",
        r"wmid=(?P<id>\d{12})(?!\d)",
        r"(?<!\w)WMID\W{1,6}(?P<id>\d{12})(?!\d)",
    ),
    _row("payeer", "payeer", r"payeer\W{1,12}(?:\w{1,12}\W{1,5}){0,3}(?P<id>(?-i:P)\d{7,10})(?!\w)"),
    _row(
        "perfect money", "perfectmoney Perfect", r"perfect\W?money\W{1,12}(?:\w{1,12}\W{1,5}){0,3}(?P<id>(?-i:[UEB])\d{6,9})(?!\w)"
    ),
    _row("unitpay", "unitpay", r"unitpay\.(?:ru|money)/pay/(?P<id>\d{3,8}-[0-9a-f]{5})(?!\w)", fold=True),
    _row("btcpay", "storeid", r"storeId{Q}?(?:{S}[:=]|[^<>]{1,60}?value=){S}{Q}?(?P<id>(?-i:[1-9A-HJ-NP-Za-km-z]{42,46}))(?!\w)"),
)

#: Every place of every processor, in one table.
PAYEES: tuple[Grammar, ...] = (*_CARDS, *_INSTALMENTS, *_LOCAL, *LINKS)
