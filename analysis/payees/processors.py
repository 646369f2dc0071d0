"""Payment processors by the hosts they answer at, and how a host that is none of them gives itself away as a gateway."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from analysis.files.third_parties import host_of, site_of

__all__ = ["is_try_out", "looks_like_gateway", "processor_of"]

_BY_DOMAIN: Final = {
    domain: name
    for name, domains in {
        "stripe": "stripe.com stripe.network",
        "paypal": "paypal.com paypalobjects.com paypal.me paypal-shopping.net venmo.com",
        "braintree": "braintreegateway.com braintree-api.com braintreepayments.com",
        "adyen": "adyen.com adyenpayments.com",
        "square": "squareup.com squarecdn.com square.site square.link",
        "cash app": "cash.app cash.me",
        "mollie": "mollie.com mollie.nl",
        "klarna": "klarna.com klarnacdn.net klarnaservices.com klarna.net",
        "sofort": "sofort.com",
        "razorpay": "razorpay.com",
        "paystack": "paystack.co paystack.com",
        "flutterwave": "flutterwave.com ravepay.co",
        "mercado pago": "mercadopago.com mercadopago.com.br mercadopago.com.ar mercadopago.com.mx mlstatic.com",
        "yookassa": "yookassa.ru yoomoney.ru money.yandex.ru kassa.yandex.ru",
        "robokassa": "robokassa.ru robokassa.com roboxchange.com",
        "webmoney": "webmoney.ru wmtransfer.com webmoney.com paymaster.ru",
        "qiwi": "qiwi.com qiwi.ru",
        "chronopay": "chronopay.com",
        "cloudpayments": "cloudpayments.ru cloudtips.ru",
        "interkassa": "interkassa.com",
        "payeer": "payeer.com",
        "freekassa": "free-kassa.ru freekassa.ru freekassa.com freekassa.net",
        "perfect money": "perfectmoney.is perfectmoney.com",
        "advcash": "advcash.com volet.com",
        "wallet one": "walletone.com w1.ru",
        "paymaster24": "paymaster24.com",
        "platron": "platron.ru paybox.money freedompay.money freedompay.kz",
        "enot": "enot.io",
        "aaio": "aaio.so aaio.io",
        "lava": "lava.ru lava.top",
        "prodamus": "payform.ru prodamus.ru",
        "payanyway": "payanyway.ru moneta.ru",
        "uniteller": "uniteller.ru",
        "best2pay": "best2pay.net",
        "portmone": "portmone.com.ua portmone.com",
        "fondy": "fondy.eu fondy.ua ipsp.com",
        "monobank": "monobank.ua",
        "epay.bg": "epay.bg",
        "unitpay": "unitpay.ru unitpay.money",
        "tinkoff": "tinkoff.ru securepay.tinkoff.ru tbank.ru t-static.ru tcsbank.ru",
        "sberbank": "sberbank.ru securepayments.sberbank.ru",
        "assist": "assist.ru paysec.by",
        "liqpay": "liqpay.ua liqpay.com",
        "wayforpay": "wayforpay.com",
        "worldpay": "worldpay.com rbsworldpay.com",
        "sagepay": "sagepay.com opayo.co.uk elavon.com",
        "authorize.net": "authorize.net",
        "2checkout": "2checkout.com 2co.com avangate.com verifone.com verifone.cloud",
        "checkout.com": "checkout.com",
        "amazon pay": "payments-amazon.com pay.amazon.com",
        "google pay": "pay.google.com",
        "apple pay": "applepay.cdn-apple.com",
        "skrill": "skrill.com moneybookers.com",
        "neteller": "neteller.com paysafe.com paysafecard.com",
        "ccbill": "ccbill.com",
        "segpay": "segpay.com",
        "epoch": "epoch.com wnu.com",
        "zombaio": "zombaio.com",
        "vendo": "vend-o.com vendoservices.com",
        "verotel": "verotel.com",
        "payu": "payu.com payu.pl payu.ru payulatam.com payu.in payumoney.com payubiz.in payu.ro payu.cz payu.hu",
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
        "paybox": "paybox.com",
        "payplug": "payplug.com",
        "paysera": "paysera.com paysera.lt mokejimai.lt",
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
        "btcpay": "btcpayserver.org mainnet.demo.btcpayserver.org",
        "coingate": "coingate.com",
        "cryptocloud": "cryptocloud.plus",
        "heleket": "heleket.com",
        "oxapay": "oxapay.com",
        "opennode": "opennode.com",
        "alipay": "alipay.com alipayobjects.com",
        "payssion": "payssion.com",
        "oceanpayment": "oceanpayment.com",
        "payoneer": "payoneer.com",
        "ebanx": "ebanx.com",
        "pagseguro": "pagseguro.com.br pagseguro.com pagbank.com.br",
        "paytm": "paytm.com paytm.in paytmpayments.com",
        "phonepe": "phonepe.com",
        "instamojo": "instamojo.com imjo.in",
        "esewa": "esewa.com.np",
        "khalti": "khalti.com",
        "midtrans": "midtrans.com veritrans.co.id",
        "xendit": "xendit.co",
        "billplz": "billplz.com",
        "toyyibpay": "toyyibpay.com",
        "ipay88": "mobile88.com ipay88.com.my ipay88.com.ph",
        "omise": "omise.co opn.ooo",
        "paymongo": "paymongo.com",
        "iyzico": "iyzipay.com iyzico.com iyzi.link",
        "paytr": "paytr.com",
        "payfast": "payfast.co.za payfast.io",
        "yoco": "yoco.com",
        "peach payments": "peachpayments.com oppwa.com",
        "tap": "tap.company",
        "moyasar": "moyasar.com",
        "tabby": "tabby.ai",
        "tamara": "tamara.co",
        "myfatoorah": "myfatoorah.com",
        "conekta": "conekta.com conekta.io",
        "openpay": "openpay.mx openpay.co openpay.pe",
        "culqi": "culqi.com",
        "wompi": "wompi.co wompi.sv",
        "epayco": "epayco.co epayco.io",
        "pagar.me": "pagar.me",
        "dlocal": "dlocal.com dlocalgo.com",
        "wechat pay": "wxpay.wxutil.com wx.tenpay.com",
        "revolut": "revolut.com revolut.me",
        "wise": "wise.com transferwise.com",
        "ccavenue": "ccavenue.com",
        "cashfree": "cashfree.com",
        "gocardless": "gocardless.com",
        "paddle": "paddle.com",
        "fastspring": "fastspring.com onfastspring.com",
        "gumroad": "gumroad.com",
        "lemon squeezy": "lemonsqueezy.com",
        "payhip": "payhip.com",
        "sellfy": "sellfy.com sellfy.store",
        "sendowl": "sendowl.com",
        "snipcart": "snipcart.com",
        "foxy": "foxycart.com foxy.io",
        "ecwid": "app.ecwid.com",
        "bolt": "bolt.com",
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
#: Labels of hosts at which processors let developers try.
_TRY_OUT: Final = re.compile(
    r"sandbox|playground|(?:^|[.-])(?:\w{0,12}test\d?|testing|stage|staging|stg\w{0,3}|uat|pguat|demo|snd|qas?\d?|preprod|mock|sis-t)(?=[.-])"
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


def is_try_out(url_or_host: str) -> bool:
    """True for a processor's host where nobody is paid: a sandbox, a test system, a demonstration."""
    host = host_of(url_or_host) if "//" in url_or_host[:12] else url_or_host.lower()
    return _processor(host) is not None and _TRY_OUT.search(host) is not None


def looks_like_gateway(host: str) -> bool:
    """True when a host's own name says that money is taken there (``pay.``, ``billing.``, ``checkout.`` ...)."""
    return _GATEWAY_HOST.search(host[:253]) is not None
