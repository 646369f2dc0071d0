"""Payment processors by the hosts they answer at, and how a host that is none of them gives itself away as a gateway."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from analysis.third_parties import host_of, site_of

__all__ = ["looks_like_gateway", "processor_of"]

_BY_DOMAIN: Final = {
    domain: name
    for name, domains in {
        "stripe": "stripe.com stripe.network",
        "paypal": "paypal.com paypalobjects.com paypal.me paypal-shopping.net",
        "braintree": "braintreegateway.com braintree-api.com braintreepayments.com",
        "adyen": "adyen.com adyenpayments.com",
        "square": "squareup.com squarecdn.com square.site",
        "mollie": "mollie.com mollie.nl",
        "klarna": "klarna.com klarnacdn.net klarnaservices.com klarna.net sofort.com",
        "razorpay": "razorpay.com",
        "paystack": "paystack.co paystack.com",
        "flutterwave": "flutterwave.com ravepay.co",
        "mercado pago": "mercadopago.com mercadopago.com.br mercadopago.com.ar mercadopago.com.mx mlstatic.com",
        "yookassa": "yookassa.ru yoomoney.ru money.yandex.ru kassa.yandex.ru",
        "robokassa": "robokassa.ru robokassa.com roboxchange.com",
        "webmoney": "webmoney.ru wmtransfer.com webmoney.com paymaster.ru",
        "qiwi": "qiwi.com qiwi.ru",
        "chronopay": "chronopay.com",
        "cloudpayments": "cloudpayments.ru",
        "interkassa": "interkassa.com",
        "payeer": "payeer.com",
        "freekassa": "free-kassa.ru freekassa.ru freekassa.com",
        "unitpay": "unitpay.ru unitpay.money",
        "tinkoff": "tinkoff.ru securepay.tinkoff.ru tbank.ru",
        "sberbank": "sberbank.ru securepayments.sberbank.ru",
        "assist": "assist.ru paysec.by",
        "liqpay": "liqpay.ua liqpay.com",
        "wayforpay": "wayforpay.com",
        "worldpay": "worldpay.com rbsworldpay.com",
        "sagepay": "sagepay.com opayo.co.uk elavon.com",
        "authorize.net": "authorize.net",
        "2checkout": "2checkout.com 2co.com avangate.com verifone.com",
        "checkout.com": "checkout.com",
        "amazon pay": "payments-amazon.com pay.amazon.com",
        "google pay": "pay.google.com",
        "apple pay": "applepay.cdn-apple.com",
        "skrill": "skrill.com moneybookers.com",
        "neteller": "neteller.com paysafe.com paysafecard.com",
        "ccbill": "ccbill.com",
        "segpay": "segpay.com",
        "epoch": "epoch.com",
        "verotel": "verotel.com",
        "payu": "payu.com payu.pl payu.ru payulatam.com payu.in",
        "przelewy24": "przelewy24.pl",
        "dotpay": "dotpay.pl",
        "tpay": "tpay.com",
        "payone": "payone.com payone.de pay1.de",
        "computop": "computop.com computop-paygate.com",
        "saferpay": "saferpay.com six-payment-services.com",
        "datatrans": "datatrans.ch datatrans.com",
        "wirecard": "wirecard.com wirecard.de",
        "ogone": "ogone.com ingenico.com v-psp.com",
        "atos": "sips-atos.com sips-services.com mercanet.bnpparibas.net",
        "systempay": "systempay.fr payzen.eu lyra.com",
        "paybox": "paybox.com paybox.money",
        "payplug": "payplug.com",
        "stancer": "stancer.com",
        "redsys": "redsys.es sermepa.es",
        "multisafepay": "multisafepay.com",
        "buckaroo": "buckaroo.nl",
        "icepay": "icepay.com",
        "nets": "nets.eu dibspayment.eu dibspayment.com",
        "quickpay": "quickpay.net",
        "bambora": "bambora.com epay.dk beanstream.com",
        "eway": "ewaypayments.com eway.com.au",
        "afterpay": "afterpay.com clearpay.co.uk",
        "affirm": "affirm.com",
        "sezzle": "sezzle.com",
        "zip": "zip.co quadpay.com",
        "alma": "getalma.eu",
        "scalapay": "scalapay.com",
        "bitpay": "bitpay.com",
        "coinbase": "commerce.coinbase.com",
        "coinpayments": "coinpayments.net",
        "nowpayments": "nowpayments.io",
        "cryptomus": "cryptomus.com",
        "plisio": "plisio.net",
        "alipay": "alipay.com alipayobjects.com",
        "payssion": "payssion.com",
        "oceanpayment": "oceanpayment.com",
        "payoneer": "payoneer.com",
        "ebanx": "ebanx.com",
        "pagseguro": "pagseguro.com.br pagseguro.com pagbank.com.br",
        "paytm": "paytm.com paytm.in",
        "ccavenue": "ccavenue.com",
        "cashfree": "cashfree.com",
        "gocardless": "gocardless.com",
        "paddle": "paddle.com",
        "fastspring": "fastspring.com onfastspring.com",
        "gumroad": "gumroad.com",
        "nmi": "nmi.com networkmerchants.com safewebservices.com",
        "recurly": "recurly.com",
        "chargebee": "chargebee.com",
        "trustly": "trustly.com",
        "giropay": "giropay.de",
        "paydirekt": "paydirekt.de",
        "ideal": "ideal.nl",
    }.items()
    for domain in domains.split()
}

_GATEWAY_HOST: Final = re.compile(
    r"(?:^|[.-])(?:secure-?)?(?:e?pay(?:s|ing|ments?|gate|gateway|line|page|server|api|portal|safe|way|hub|desk)?"
    r"|bill(?:ing)?|checkout|acquir\w{0,6}|merchants?|cashier|kassa|kasse|(?:payment)?gate(?:way)?|topup|wallet"
    r"|cards?)\d{0,3}(?=[.-]|$)"
    r"|^(?:secure|ssl|gw|process(?:ing)?|tpv|3ds?)\d{0,2}\.[a-z0-9-]{0,30}(?:gate|pay|charge|bill|cash|bank|card|merch"
    r"|acquir)[a-z0-9-]{0,30}\."
    r"|(?:^|[.-])pay[a-z]{2,12}\d{0,4}\.[a-z]{2,12}$"
)


def processor_of(url_or_host: str) -> str | None:
    """The name of the well-known processor that answers there, or None."""
    return _processor(host_of(url_or_host) if "//" in url_or_host[:12] else url_or_host.lower())


@lru_cache(maxsize=65536)
def _processor(host: str) -> str | None:
    parts = host.split(".")
    for start in range(max(0, len(parts) - 4), len(parts) - 1):
        name = _BY_DOMAIN.get(".".join(parts[start:]))
        if name is not None:
            return name
    return _BY_DOMAIN.get(site_of(host))


def looks_like_gateway(host: str) -> bool:
    """True when a host's own name says that money is taken there (``pay.``, ``billing.``, ``checkout.`` ...)."""
    return _GATEWAY_HOST.search(host[:253]) is not None
