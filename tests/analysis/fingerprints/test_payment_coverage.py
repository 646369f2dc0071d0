"""Payment on real pages: the spellings in which processors' documentation and shop software put a payee, and what is none.

Every id is made up; it satisfies the grammar of its processor and belongs to nobody.
"""

from __future__ import annotations

import hashlib

import pytest

from analysis.fingerprints import payment
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

SITE = "cellar-records.com"
STORY = "<p>Long playing records, shipped from our own cellar to any address that you name, every weekday of the year.</p>" * 6
UUID = "3c9d1f5a-72b4-4e0d-9a68-b15c07f2ed43"
CLIENT = "AXk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8wJ0aVxRiTnMoKqPbGdHsYuCfZl-Ie_OjXt7W5r3Q1p9N2m8K"
PK = "pk_live_51HqW8ZKj3mN9pQrS7tUvW2hD5gF1zL4cB6yE8wJ0aVxRi"
HEX32 = "5f2b8c1d7a904e63b1fdc2a97e4480d6"


def traces(body: str, role: Role = Role.PRODUCT, head: str = "") -> dict[str, list[str]]:
    """Word -> values of the payees of a shop of one page."""
    page = f"<!DOCTYPE html><html><head><title>Records</title>{head}</head><body><h1>Records</h1>{STORY}{body}</body></html>"
    raw = page.encode()
    resource = Resource(
        f"https://{SITE}/lp/7",
        200,
        (("Content-Type", "text/html"),),
        raw,
        hashlib.sha256(raw).hexdigest(),
        "2026-03-02T00:00:00Z",
        role,
    )
    capture = Capture(SITE, f"https://{SITE}/", HostKind.STOREFRONT, Outcome.FINISHED, "", (resource,))
    found: dict[str, list[str]] = {}
    for trace in payment.take(read(capture)):
        word = trace.kind.partition(".")[2]
        if word in ("payee_key", "merchant_id", "merchant_number", "bank_account", "wallet", "payee_name"):
            found.setdefault(word, []).append(trace.value)
    return found


def form(action: str, **fields: str) -> str:
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    return (
        f'<form action="{action}" method="post">{hidden}<input type="hidden" name="amount" value="19.90">'
        "<button>Pay</button></form>"
    )


def script(text: str) -> str:
    return f"<script>{text}</script>"


KEYS = [
    # Stripe
    (script(f'var wc_stripe_params = {{"key":"{PK}","locale":"en"}};'), f"stripe:{PK}"),
    (f'<form id="pay" data-stripe-publishable-key="{PK}"></form>', f"stripe:{PK}"),
    (f'<meta name="stripe-key" content="{PK}">', f"stripe:{PK}"),
    (script(f'window.checkoutConfig = {{"payment":{{"stripe_payments":{{"apiKey":"{PK}"}}}}}};'), f"stripe:{PK}"),
    (
        f'<stripe-buy-button buy-button-id="buy_btn_1Nq8ZKj3mN9pQrS7tUvW2hD5" publishable-key="{PK}"></stripe-buy-button>',
        f"stripe:{PK}",
        "stripe button:buy_btn_1Nq8ZKj3mN9pQrS7tUvW2hD5",
    ),
    (
        f'<stripe-pricing-table pricing-table-id="prctbl_1Nq8ZKj3mN9pQrS7tUvW2hD5" publishable-key="{PK}">',
        f"stripe:{PK}",
        "stripe table:prctbl_1Nq8ZKj3mN9pQrS7tUvW2hD5",
    ),
    ('<a href="https://buy.stripe.com/8wM3eK7fH2bT9qC5kk">Buy the record</a>', "stripe link:8wM3eK7fH2bT9qC5kk"),
    # PayPal
    (
        f'<script src="https://www.paypal.com/sdk/js?components=buttons&#038;client-id={CLIENT}&#038;currency=EUR"></script>',
        f"paypal:{CLIENT}",
    ),
    (
        script(f'var PayPalCommerceGateway = {{"url":"https:\\/\\/www.paypal.com\\/sdk\\/js?client-id={CLIENT}&currency=EUR"}};'),
        f"paypal:{CLIENT}",
    ),
    (script(f"paypal.Button.render({{env: 'production', client: {{sandbox: 'sb', production: '{CLIENT}'}}}})"), f"paypal:{CLIENT}"),
    (script(f'var ppcp = {{"paypal":true,"url_params":{{"client-id":"{CLIENT}","currency":"USD"}}}};'), f"paypal:{CLIENT}"),
    (f'<div data-paypal-client-id="{CLIENT}"></div>', f"paypal:{CLIENT}"),
    (
        f'<script src="https://www.paypal.com/sdk/js?client-id={CLIENT}&amp;merchant-id=7KQ2X9MP4WDHJ"></script>',
        "paypal merchant:7KQ2X9MP4WDHJ",
    ),
    (script("paypal.checkout.setup('7KQ2X9MP4WDHJ', {environment: 'production'});"), "paypal merchant:7KQ2X9MP4WDHJ"),
    (
        script('paypal.Buttons({createOrder: (d, a) => a.order.create({payee: {merchant_id: "7KQ2X9MP4WDHJ"}})})'),
        "paypal merchant:7KQ2X9MP4WDHJ",
    ),
    (script('paypal.Buttons({payee: {email_address: "Till@Cellar-Records.com"}})'), "paypal business:till@cellar-records.com"),
    ('<div data-pp-message data-pp-payerid="7KQ2X9MP4WDHJ">Pay later with PayPal</div>', "paypal merchant:7KQ2X9MP4WDHJ"),
    (script('paypal.HostedButtons({ hostedButtonId: "K7QX2MNP9RT4W" }).render("#b")'), "paypal button:K7QX2MNP9RT4W"),
    ('<a href="https://www.paypal.com/donate/?hosted_button_id=K7QX2MNP9RT4W">Support</a>', "paypal button:K7QX2MNP9RT4W"),
    ('<a href="https://www.paypal.com/ncp/payment/K7QX2MNP9RT4W">Pay</a>', "paypal button:K7QX2MNP9RT4W"),
    (
        '<a href="https://www.paypal.com/cgi-bin/webscr?cmd=_xclick&amp;business=till%40cellar-records.com&amp;amount=9">Buy</a>',
        "paypal business:till@cellar-records.com",
    ),
    ('<a href="https://paypal.me/CellarRecords/19EUR">PayPal</a>', "paypal.me:cellarrecords"),
    ('<a href="https://www.paypal.com/paypalme/CellarRecords">PayPal</a>', "paypal.me:cellarrecords"),
    ('<a href="https://venmo.com/u/Cellar-Records">Venmo</a>', "venmo:cellar-records"),
    ('<a href="https://cash.app/$CellarRecords">Cash App</a>', "cash app:cellarrecords"),
    ('<a href="https://revolut.me/cellarrec">Revolut</a>', "revolut:cellarrec"),
    ('<a href="https://wise.com/pay/business/cellarrecords">Wise</a>', "wise:cellarrecords"),
    (
        '<form action="https://www.paypal.com/cgi-bin/webscr">'
        '<input type="hidden" name="business" value="till@yoursampler.com"></form>',
        "paypal business:till@yoursampler.com",
    ),
    # Braintree, Square, Adyen, Checkout.com, Worldpay
    (
        script("braintree.client.create({authorization: 'production_x7k2m9pq_4hj8wd5rn3tz6vcb'})"),
        "braintree:production_x7k2m9pq_4hj8wd5rn3tz6vcb",
    ),
    (
        '<div id="braintree" data-authorization="production_x7k2m9pq_4hj8wd5rn3tz6vcb"></div>',
        "braintree:production_x7k2m9pq_4hj8wd5rn3tz6vcb",
    ),
    (
        '<script src="https://web.squarecdn.com/v1/square.js"></script>'
        + script("Square.payments('sq0idp-Yk3mN9pQrS7tUvW2hD5gFA', 'x'); var locationId = 'L8KQ2X9MP4WDH';"),
        "square:sq0idp-Yk3mN9pQrS7tUvW2hD5gFA",
        "square location:L8KQ2X9MP4WDH",
    ),
    ('<a href="https://square.link/u/8KqX2mN9">Buy now</a>', "square link:8KqX2mN9"),
    (
        script('window.adyenConfiguration = {"clientKey":"live_QW3RTYUI0PASDFGHJKLZXCVBNM4567QA","environment":"live"}'),
        "adyen:live_QW3RTYUI0PASDFGHJKLZXCVBNM4567QA",
    ),
    (script('var adyen = {merchantAccount: "CellarRecordsCOM"}'), "adyen merchant:CellarRecordsCOM"),
    (
        script('new AdyenCheckout({originKey: "pub.v2.8415720936174205.aHR0cHM6Ly9jZWxsYXI.kJ3hD5gF1zL4cB6y"})'),
        "adyen account:8415720936174205",
    ),
    (script(f"Frames.init('pk_{UUID}')"), f"checkout.com:pk_{UUID}"),
    (script("CheckoutWebComponents({publicKey: 'pk_xk3mn7pqrs2tuvw5hdgf4zlcb6y'})"), "checkout.com:pk_xk3mn7pqrs2tuvw5hdgf4zlcb6y"),
    (script(f"Worldpay.setClientKey('L_C_{UUID}')"), f"worldpay:L_C_{UUID}"),
    # Klarna, Afterpay, Affirm and the like
    (
        script("Klarna.init({client_id: 'klarna_live_client_Yk3mN9pQrS7tUvW2hD5gF1zL'})"),
        "klarna:klarna_live_client_Yk3mN9pQrS7tUvW2hD5gF1zL",
    ),
    (f'<script async src="https://eu-library.klarnaservices.com/lib.js" data-client-id="{UUID}"></script>', f"klarna:{UUID}"),
    (
        f'<script data-environment="production" data-client-id="{UUID}" src="https://js.klarnaservices.com/lib.js"></script>',
        f"klarna:{UUID}",
    ),
    (
        '<img src="https://cdn.klarna.com/1.0/shared/image/generic/badge/de_de/basic.png?width=100&amp;eid=48213">',
        "klarna store:48213",
    ),
    (script("new Klarna.Terms.Invoice({el: 'terms', eid: '48213', locale: 'sv_se'})"), "klarna store:48213"),
    (f'<square-placement data-mpid="{UUID}" data-page-type="product"></square-placement>', f"afterpay:{UUID}"),
    (
        script('_affirm_config = {public_api_key: "Q7K2X9MP4WDHJ3ZT", script: "https://cdn1.affirm.com/js/v2/affirm.js"};'),
        "affirm:Q7K2X9MP4WDHJ3ZT",
    ),
    (f'<script src="https://widget.sezzle.com/v1/javascript/price-widget?uuid={UUID}"></script>', f"sezzle:{UUID}"),
    (script(f"document.sezzleConfig = {{}}; document.sezzleConfig['merchantID'] = '{UUID}';"), f"sezzle:{UUID}"),
    (f'<div data-zm-merchant="{UUID}" data-env="production"></div>', f"zip:{UUID}"),
    (
        script("Alma.Widgets.initialize('merchant_11q7K2x9MP4wDHj3ZTs5rL8cVbNmY6', 'LIVE')"),
        "alma:merchant_11q7K2x9MP4wDHj3ZTs5rL8cVbNmY6",
    ),
    # wallets of Google, Apple and Amazon
    (script("merchantInfo: {merchantId: 'BCR2DN4T7QK2XJ5M', merchantName: 'Cellar Records'}"), "google pay:BCR2DN4T7QK2XJ5M"),
    (script("merchantInfo: {merchantName: 'Cellar', merchantId: '81364720951738264017'}"), "google pay:81364720951738264017"),
    (script("parameters: {'gateway': 'adyen', 'gatewayMerchantId': 'CellarCOM'}"), "google pay gateway:CellarCOM"),
    (script("var s = {applePayMerchantId: 'merchant.cellarrecords'}"), "apple pay:merchant.cellarrecords"),
    (script("validate('merchant.com.cellar-records')"), "apple pay:merchant.com.cellar-records"),
    (
        script("amazon.Pay.renderButton('#b', {merchantId: 'A2K7QX9MP4WDHJ', publicKeyId: 'LIVE-AGK2'})"),
        "amazon pay:A2K7QX9MP4WDHJ",
    ),
    (
        (
            '<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/de/lpa/js/Widgets.js'
            '?sellerId=A2K7QX9MP4WDHJ"></script>'
        ),
        "amazon pay:A2K7QX9MP4WDHJ",
    ),
    (script('var wc_amazon = {"amazon_seller_id":"A2K7QX9MP4WDHJ"}'), "amazon pay:A2K7QX9MP4WDHJ"),
    # America
    (
        '<button class="AcceptUI" data-apiLoginID="7kQ2x9Mp4W" data-acceptUIFormBtnTxt="Pay">Pay</button>',
        "authorize.net:7kQ2x9Mp4W",
    ),
    (script("var authData = {}; authData.clientKey = k; authData.apiLoginID = '7kQ2x9Mp4W';"), "authorize.net:7kQ2x9Mp4W"),
    (script('TwoCoInlineCart.setup.setMerchant("250839417265");'), "2checkout:250839417265"),
    ('<a href="https://secure.2checkout.com/checkout/buy?merchant=CELLARREC7&amp;prod=4">Buy</a>', "2checkout:CELLARREC7"),
    (
        '<script src="https://secure.nmi.com/token/Collect.js" data-tokenization-key="7kQ2x9-Mp4WdH-jZ3tS5-rL8cVb"></script>',
        "nmi:7kQ2x9-Mp4WdH-jZ3tS5-rL8cVb",
    ),
    (script("recurly.configure('ewr1-Yk3mN9pQrS7tUvW2hD5gF1');"), "recurly:ewr1-Yk3mN9pQrS7tUvW2hD5gF1"),
    (
        script('new MercadoPago("APP_USR-3f2c9a1b-7d4e-4c8a-9b21-0d5e6f7a8b9c")'),
        "mercado pago:APP_USR-3f2c9a1b-7d4e-4c8a-9b21-0d5e6f7a8b9c",
    ),
    (
        (
            '<script src="https://www.mercadopago.com.ar/integrations/v1/web-payment-checkout.js"'
            f' data-preference-id="482137905-{UUID}"></script>'
        ),
        "mercado pago collector:482137905",
    ),
    ('<a href="https://mpago.la/2kQx9Mp">Pagar</a>', "mercado pago link:2kQx9Mp"),
    (
        '<script src="https://checkout.wompi.co/widget.js" data-public-key="pub_prod_Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8w"></script>',
        "wompi:pub_prod_Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8w",
    ),
    (
        f'<script src="https://checkout.epayco.co/checkout.js" data-epayco-key="{HEX32}" data-epayco-test="false"></script>',
        f"epayco:{HEX32}",
    ),
    # India and the rest of Asia, Africa
    (script('new Razorpay({"key": "rzp_live_h7Gq2LmN9sKdPz"})'), "razorpay:rzp_live_h7Gq2LmN9sKdPz"),
    (
        '<script src="https://checkout.razorpay.com/v1/payment-button.js" data-payment_button_id="pl_Kj3mN9pQrS7tUv"></script>',
        "razorpay button:pl_Kj3mN9pQrS7tUv",
    ),
    ('<a href="https://razorpay.me/@cellarrecords">Pay</a>', "razorpay link:cellarrecords"),
    (
        '<script src="https://securegw.paytm.in/merchantpgpui/checkoutjs/merchants/CelRec48213790516427.js"></script>',
        "paytm:CelRec48213790516427",
    ),
    ('<a href="upi://pay?pa=cellarrecords@okaxis&amp;pn=Cellar%20Records&amp;cu=INR">UPI</a>', "upi:cellarrecords@okaxis"),
    ("<p>Pay by UPI ID: cellarrecords@ybl.</p>", "upi:cellarrecords@ybl"),
    (
        '<script src="https://app.midtrans.com/snap/snap.js" data-client-key="Mid-client-Yk3mN9pQrS7tUvW2"></script>',
        "midtrans:Mid-client-Yk3mN9pQrS7tUvW2",
    ),
    (
        script("Xendit.setPublishableKey('xnd_public_production_Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8w');"),
        "xendit:xnd_public_production_Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8w",
    ),
    (script(f"var config = {{publicKey: 'live_public_key_{HEX32}'}}"), f"khalti:live_public_key_{HEX32}"),
    (script("OmiseCard.configure({publicKey: 'pkey_5k3mn9pqrs7tuvw2hd5'})"), "omise:pkey_5k3mn9pqrs7tuvw2hd5"),
    (
        script("PaystackPop.setup({key: 'pk_live_0a1b2c3d4e5f60718293a4b5c6d7e8f901234567'})"),
        "paystack:pk_live_0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
    ),
    ('<a href="https://paystack.com/pay/cellar-records">Pay</a>', "paystack link:cellar-records"),
    (script(f"FlutterwaveCheckout({{public_key: 'FLWPUBK-{HEX32}-X'}})"), f"flutterwave:FLWPUBK-{HEX32}-X"),
    ('<a href="https://iyzi.link/AKx92Q">Öde</a>', "iyzico link:AKx92Q"),
    (
        '<a href="https://mapi.alipay.com/gateway.do?service=trade&amp;partner=2088471930256148">支付宝</a>',
        "alipay:2088471930256148",
    ),
    (script("var wxpay = {appId: 'wx2421b1c4370ec43b', mch_id: '1482137905'}"), "wechat pay:1482137905"),
    # Russia and its neighbours
    (
        '<form name="payform" onsubmit="pay(this)"><input type="hidden" name="terminalkey" value="1648213790516"></form>',
        "tinkoff:1648213790516",
    ),
    (script("PaymentIntegration.init({terminalKey: '1648213790516'})"), "tinkoff:1648213790516"),
    (
        script("widget.pay('charge', {publicId: 'pk_3c9d1f5a72b44e0d9a68b15c07f2e'})"),
        "cloudpayments:pk_3c9d1f5a72b44e0d9a68b15c07f2e",
    ),
    ('<a href="https://pay.cloudtips.ru/p/4f8a2c1d">Чаевые</a>', "cloudtips:4f8a2c1d"),
    (
        '<script src="https://auth.robokassa.ru/Merchant/PaymentForm/FormMS.js?MerchantLogin=CellarRec&amp;OutSum=99"></script>',
        "robokassa:cellarrec",
    ),
    (
        (
            '<iframe src="https://yoomoney.ru/quickpay/shop-widget'
            '?writer=seller&amp;account=410018472039516&amp;quickpay=shop"></iframe>'
        ),
        "yoomoney:410018472039516",
    ),
    ("<p>ЮMoney: 410018472039516</p>", "yoomoney:410018472039516"),
    (script("const checkout = YooMoneyCheckout(482137, {language: 'ru'})"), "yookassa:482137"),
    ('<a href="https://passport.webmoney.ru/asp/certview.asp?wmid=481726390517">attested</a>', "webmoney id:481726390517"),
    ("<p>WMZ Z481726390517</p>", "webmoney:Z481726390517"),
    ('<a href="https://qiwi.com/n/CELLARREC">QIWI</a>', "qiwi:CELLARREC"),
    ('<a href="https://unitpay.ru/pay/48213-9f2c1?sum=10&amp;account=1">Оплатить</a>', "unitpay:48213-9f2c1"),
    ('<a href="https://pay.freekassa.ru/?m=48213&amp;oa=100&amp;o=7">Оплатить</a>', "freekassa:48213"),
    ('<a href="https://payeer.com/merchant/?m_shop=482137905&amp;m_amount=1">Payeer</a>', "payeer shop:482137905"),
    ("<p>Payeer: P48213790</p>", "payeer:P48213790"),
    ("<p>Perfect Money account U4821379</p>", "perfect money:U4821379"),
    (script('var wfp = new Wayforpay(); wfp.run({merchantAccount: "cellar_records_com"})'), "wayforpay:cellar_records_com"),
    # adult and high risk
    ('<a href="https://bill.ccbill.com/jpost/signup.cgi?clientAccnum=948213&amp;clientSubacc=0002">Join</a>', "ccbill:948213"),
    (f'<a href="https://api.ccbill.com/wap-frontflex/flexforms/{UUID}?clientSubacc=0002">Join</a>', f"ccbill form:{UUID}"),
    ('<a href="https://wnu.com/secure/services/?api=join&amp;co_code=clr7">Join</a>', "epoch:clr7"),
    ('<a href="https://secure2.segpay.com/billing/poset.cgi?x-eticketid=197482:25094">Join</a>', "segpay:197482"),
    ('<a href="https://secure.verotel.com/startorder?shopID=48213&amp;priceAmount=9">Join</a>', "verotel:48213"),
    # coins by a processor
    (f'<a class="buy-with-crypto" href="https://commerce.coinbase.com/checkout/{UUID}">Buy</a>', f"coinbase commerce:{UUID}"),
    (f'<iframe src="https://nowpayments.io/embeds/donation-widget?api_key={UUID}"></iframe>', f"nowpayments:{UUID}"),
    ('<a href="https://nowpayments.io/payment/?iid=4821379051">Pay</a>', "nowpayments:4821379051"),
    (
        '<form action="https://btcpay.cellar.example/api/v1/invoices"><input type="hidden" name="storeId"'
        ' value="7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY6eG1uFhXoKiTqJsD"></form>',
        "btcpay:7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY6eG1uFhXoKiTqJsD",
    ),
    (f'<a href="https://www.coinpayments.net/index.php?cmd=_pay&amp;merchant={HEX32}">Pay</a>', f"coinpayments:{HEX32}"),
    # carts and hosted shops
    (
        script("ShopifyBuy.buildClient({domain: 'cellar-records.myshopify.com', storefrontAccessToken: 't'})"),
        "shopify:cellar-records.myshopify.com",
    ),
    ('<a href="https://cellar-records.myshopify.com/cart/48213790516427:1">Buy</a>', "shopify:cellar-records.myshopify.com"),
    ('<script src="https://app.ecwid.com/script.js?48213790&amp;data_platform=code"></script>', "ecwid:48213790"),
    ('<a class="gumroad-button" href="https://gumroad.com/l/cellar-lp">Buy</a>', "gumroad product:cellar-lp"),
    (
        '<script src="https://gumroad.com/js/gumroad.js"></script><a href="https://cellar.gumroad.com/l/lp7">Buy</a>',
        "gumroad:cellar.gumroad.com",
    ),
    (
        f'<a href="https://cellar.lemonsqueezy.com/buy/{UUID}" class="lemonsqueezy-button">Buy</a>',
        "lemon squeezy:cellar.lemonsqueezy.com",
    ),
    (script("Paddle.Setup({ vendor: 48213 });"), "paddle:48213"),
    (script("Paddle.Initialize({ token: 'live_7d279f61a3499fed520f7cd8c08' });"), "paddle:live_7d279f61a3499fed520f7cd8c08"),
    (
        (
            '<script id="fsc-api" src="https://sbl.onfastspring.com/sbl/1.0.3/fastspring-builder.min.js"'
            ' data-storefront="cellar.onfastspring.com/popup-lp"></script>'
        ),
        "fastspring:cellar.onfastspring.com",
    ),
    ('<a href="https://payhip.com/b/kQ2x" class="payhip-buy-button">Buy</a>', "payhip:kQ2x"),
    ('<a href="https://sellfy.com/p/48xq2k/" class="sellfy-buy-button">Buy</a>', "sellfy:48xq2k"),
    ('<a href="https://transactions.sendowl.com/products/482137/9F2C1A7B/purchase">Buy</a>', "sendowl:482137/9f2c1a7b"),
    (
        '<div id="snipcart" data-api-key="NGY4YTJjMWQtN2I5MC00ZTYzLWIxZmQtYzJhOTdlNDQ4MGQ2NjM3OTA1MTY0Mjcw"></div>',
        "snipcart:NGY4YTJjMWQtN2I5MC00ZTYzLWIxZmQtYzJhOTdlNDQ4MGQ2NjM3OTA1MTY0Mjcw",
    ),
    ('<form action="https://cellar.foxycart.com/cart"><input name="name" value="LP"></form>', "foxy:cellar.foxycart.com"),
]


@pytest.mark.parametrize(("source", "values"), [(row[0], sorted(row[1:])) for row in KEYS], ids=[row[1][:40] for row in KEYS])
def test_an_id_of_a_payee_is_found_in_its_documented_place(source: str, values: list[str]) -> None:
    assert traces(source).get("payee_key") == values


FORMS = [
    (form("https://secure.worldpay.com/wcc/purchase", instId="1048213", cartId="7"), "worldpay:1048213"),
    (form("https://secure.authorize.net/gateway/transact.dll", x_login="7kQ2x9Mp4W", x_amount="9"), "authorize.net:7kQ2x9Mp4W"),
    (form("https://www.2checkout.com/checkout/purchase", sid="2048213", mode="2CO"), "2checkout:2048213"),
    (form("https://secure.payu.in/_payment", key="oZ7jo3", txnid="19"), "payu:oZ7jo3"),
    (
        form("https://checkout.payulatam.com/ppp-web-gateway-payu/", merchantId="748213", accountId="751904"),
        "payu:748213",
        "payu:751904",
    ),
    (form("https://secure.payu.com/api/v2_1/orders", merchantPosId="482137"), "payu:482137"),
    (form("https://secure.przelewy24.pl/trnDirect", p24_merchant_id="148213", p24_pos_id="148213"), "przelewy24:148213"),
    (form("https://secure.tpay.com", id="48213", kwota="19.90"), "tpay:48213"),
    (form("https://ssl.dotpay.pl/t2/", id="748213", opis="LP"), "dotpay:748213"),
    (form("https://www.paysera.com/pay/", data="cHJvamVjdGlkPTE0ODIxMyZvcmRlcmlkPTcmYW1vdW50PTE5OTA="), "paysera:148213"),
    (
        form("https://www.liqpay.ua/api/3/checkout", data="eyJwdWJsaWNfa2V5IjoiaTQ4MjEzNzkwNTE2IiwidmVyc2lvbiI6IjMifQ=="),
        "liqpay:i48213790516",
    ),
    (form("https://yookassa.ru/integration/simplepay/payment", shopId="482137"), "yookassa:482137"),
    (form("https://yoomoney.ru/eshop.xml", shopId="148213", scid="751904"), "yookassa:148213", "yookassa:751904"),
    (form("https://auth.robokassa.ru/Merchant/Index.aspx", MerchantLogin="CellarRec", InvId="7"), "robokassa:CellarRec"),
    (form("https://merchant.webmoney.ru/lmi/payment.asp", LMI_PAYEE_PURSE="Z481726390517"), "webmoney:Z481726390517"),
    (form("https://wl.walletone.com/checkout/checkout/Index", WMI_MERCHANT_ID="148213790516"), "wallet one:148213790516"),
    (form("https://payeer.com/merchant/", m_shop="482137905", m_orderid="7"), "payeer:482137905"),
    (form("https://pay.freekassa.ru/", m="48213", oa="19"), "freekassa:48213"),
    (form("https://sci.interkassa.com/", ik_co_id="5f2b8c1d7a904e63b1fdc2a9"), "interkassa:5f2b8c1d7a904e63b1fdc2a9"),
    (form("https://perfectmoney.com/api/step1.asp", PAYEE_ACCOUNT="U4821379"), "perfect money:U4821379"),
    (form("https://pay.skrill.com", pay_to_email="till@cellar-records.com"), "skrill:till@cellar-records.com"),
    (form("https://bill.ccbill.com/jpost/signup.cgi", clientAccnum="948213", clientSubacc="0000"), "ccbill:948213"),
    (form("https://wnu.com/secure/fpost.cgi", co_code="clr7", pi_code="clr7lp19"), "epoch:clr7", "epoch:clr7lp19"),
    (form("https://www.coinpayments.net/index.php", cmd="_pay", merchant=HEX32), f"coinpayments:{HEX32}"),
    (
        form("https://www.payfast.co.za/eng/process", merchant_id="14821379", merchant_key="q7k2x9mp4wdhj"),
        "payfast:14821379",
        "payfast:q7k2x9mp4wdhj",
    ),
    (form("https://epay.esewa.com.np/api/epay/main/v2/form", product_code="NP-ES-CELLAR"), "esewa:NP-ES-CELLAR"),
    (form("https://securegw.paytm.in/order/process", MID="CelRec48213790516427"), "paytm:CelRec48213790516427"),
    (
        form("https://secure.ccavenue.com/transaction/transaction.do", merchant_id="148213", access_code="AVQK72XM91BD"),
        "ccavenue:148213",
        "ccavenue:AVQK72XM91BD",
    ),
    (form("https://paiement.systempay.fr/vads-payment/", vads_site_id="48213790"), "systempay:48213790"),
    (
        form(
            "https://sis.redsys.es/sis/realizarPago",
            Ds_MerchantParameters="eyJEU19NRVJDSEFOVF9NRVJDSEFOVENPREUiOiIzNDgyMTM3OTAifQ==",
        ),
        "redsys:348213790",
    ),
    (form("https://mapi.alipay.com/gateway.do", partner="2088471930256148"), "alipay:2088471930256148"),
    (form("https://www.sofort.com/payment/start", user_id="148213", project_id="751904"), "sofort:148213", "sofort:751904"),
]


@pytest.mark.parametrize(("source", "values"), [(row[0], sorted(row[1:])) for row in FORMS], ids=[row[1] for row in FORMS])
def test_a_hidden_field_is_a_payee_at_the_processor_that_calls_it_so(source: str, values: list[str]) -> None:
    assert sorted(traces(source).get("merchant_id", [])) == values


NONE = {
    "test key": '<div data-key="pk_test_51HqW8ZKj3mN9pQrS7tUvW2hD5"></div>',
    "test button": (
        '<stripe-buy-button buy-button-id="buy_btn_1Nq8ZKj3mN9pQrS7tUvW2hD5"'
        ' publishable-key="pk_test_51HqW8ZKj3mN"></stripe-buy-button>'
    ),
    "test link": '<a href="https://buy.stripe.com/test_8wM3eK7fH2bT9qC5kk">Buy</a>',
    "x-ed out key": script("Stripe('pk_live_xxxxxxxxxxxxxxxxxxxxxxxx')"),
    "your key": script("Stripe('pk_live_YourPublishableKeyGoesHere')"),
    "client id of the manual": '<script src="https://www.paypal.com/sdk/js?client-id=YOUR_CLIENT_ID_FROM_THE_DASHBOARD"></script>',
    "client id sb": '<script src="https://www.paypal.com/sdk/js?client-id=sb&amp;currency=EUR"></script>',
    "sandbox host": f'<script src="https://www.sandbox.paypal.com/sdk/js?client-id={CLIENT}"></script>',
    "sandbox form": form("https://www.sandbox.paypal.com/cgi-bin/webscr", business="till@cellar-records.com"),
    "sandbox of PayU": form("https://sandbox.checkout.payulatam.com/ppp-web-gateway-payu/", merchantId="748213"),
    "test of PayU": form("https://test.payu.in/_payment", key="oZ7jo3"),
    "documented merchant of PayU": form("https://checkout.payulatam.com/ppp-web-gateway-payu/", merchantId="508029"),
    "demo of Robokassa": form("https://auth.robokassa.ru/Merchant/Index.aspx", MerchantLogin="demo"),
    "demo terminal": '<form><input type="hidden" name="terminalkey" value="1648213790516DEMO"></form>',
    "test terminal": '<form><input type="hidden" name="terminalkey" value="TinkoffBankTest"></form>',
    "test id of CloudPayments": script("widget.charge({publicId: 'test_api_00000000000000000000002'})"),
    "sandbox key of Midtrans": (
        '<script src="https://app.midtrans.com/snap/snap.js" data-client-key="SB-Mid-client-Yk3mN9pQrS7tUvW2"></script>'
    ),
    "test key of Razorpay": script("new Razorpay({key: 'rzp_test_h7Gq2LmN9sKdPz'})"),
    "test key of Mercado Pago": script(f"new MercadoPago('TEST-{UUID}')"),
    "test key of Flutterwave": script(f"k = 'FLWPUBK_TEST-{HEX32}-X'"),
    "test key of Paystack": script("k = 'pk_test_0a1b2c3d4e5f60718293a4b5c6d7e8f901234567'"),
    "test key of Adyen": script("clientKey: 'test_QW3RTYUI0PASDFGHJKLZXCVBNM4567QA'"),
    "sandbox key of Braintree": script("authorization: 'sandbox_x7k2m9pq_4hj8wd5rn3tz6vcb'"),
    "sandbox key of Square": script("Square.payments('sandbox-sq0idb-Yk3mN9pQrS7tUvW2hD5gFA')"),
    "try-out of Authorize.Net": (
        '<script src="https://jstest.authorize.net/v3/AcceptUI.js"></script><button data-apiLoginID="7kQ2x9Mp4W">Pay</button>'
    ),
    "documented login of Authorize.Net": '<button data-apiLoginID="5KP3u95bQpv">Pay</button>',
    "try-out of Affirm": script(
        '_affirm_config={public_api_key:"Q7K2X9MP4WDHJ3ZT",script:"https://cdn1-sandbox.affirm.com/js/v2/affirm.js"}'
    ),
    "try-out of Paddle": script("Paddle.Environment.set('sandbox'); Paddle.Setup({vendor: 48213})"),
    "storefront to try": (
        '<script data-storefront="cellar.test.onfastspring.com/popup-lp"'
        ' src="https://sbl.onfastspring.com/sbl/1.0.3/x.js"></script>'
    ),
    "playground of Klarna": (
        f'<script src="https://eu-library.playground.klarnaservices.com/lib.js" data-client-id="{UUID}"></script>'
    ),
    "example of Google Pay": script("parameters: {'gateway': 'example', 'gatewayMerchantId': 'exampleGatewayMerchantId'}"),
    "numbers of Google Pay's manual": script(
        "merchantInfo: {merchantId: '12345678901234567890', merchantName: 'Example Merchant'}"
    ),
    "Google Pay of a platform": script("payment merchantInfo: {merchantId: '16708973830884969730', merchantName: 'Cellar'}"),
    "Apple Pay of a processor": script("validate('merchant.com.stripe.web')"),
    "Apple Pay of the manual": script("validate('merchant.com.example.shop')"),
    "account to try of PayPal": form("https://www.paypal.com/cgi-bin/webscr", business="till-facilitator@cellar-records.com"),
    "mailbox of a demonstration": form("https://www.paypal.com/cgi-bin/webscr", business="your-email@example.com"),
    "example of UPI": "<p>UPI ID: yourname@upi</p>",
    "mail behind UPI": "<p>UPI: till@cellar-records.com</p>",
    "donation to a plug-in's maker": (
        "<!-- Slider by Foo: https://www.paypal.com/cgi-bin/webscr"
        "?cmd=_s-xclick&hosted_button_id=K7QX2MNP9RT4W https://paypal.me/foomaker -->"
    ),
    "template": '<a href="https://cash.app/${tag}">Cash App</a><a href="https://paypal.me/{{ name }}">PayPal</a>',
    "name of a variable": script("var name = merchant.com; window.acct_settings = {}; paypal_client_id: config.id"),
    "photo": '<img src="/img/G-2023010112.jpg" alt="P20230101 and Z202301011234">',
    "article number": "<p>Article R481726390517 in our shop; we also take WebMoney.</p>"
    + "<p>Records.</p>" * 40
    + "<p>E481726390518</p>" * 0,
    "card number": "<p>For a test pay with 4111 1111 1111 1111 or 5555555555554444.</p>",
    "order number": "<p>Order 4821379051642 was paid by card. Invoice DE2026000482137905.</p>",
    "hash": f'<script src="/js/app.{HEX32}.js" integrity="sha384-{HEX32}{HEX32}"></script><i data-v="{HEX32}">Bitcoin</i>',
    "commit": '<link rel="stylesheet" href="/s.css?v=0x5f2b8c1d7a904e63b1fdc2a97e4480d65f2b8c1d"><p>Bitcoin accepted</p>',
    "base64": (
        '<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD'
        'hgGAWjR9awAAAABJRU5ErkJggg==" alt="bitcoin">'
    ),
    "merchant centre": script(
        "window.renderBadge = function() { gapi.ratingbadge.render(c, {'merchant_id': 482137905}); } // after payment"
    ),
    "merchant of an affiliate network": script(
        "var payment = 1; var awin = {merchantId: '48213790', sale: 'checkout'}; AWIN.Tracking.Sale = {};"
    ),
    "search form": '<form action="/search"><input type="hidden" name="mid" value="48213790"><input name="q"></form>',
    "other's product": '<a href="https://gumroad.com/l/themename">Theme by Foo</a>',
    "maker of the theme": '<p>Template by <a href="https://maker.gumroad.com/l/theme">Maker</a>'
    ' and <a href="https://maker.lemonsqueezy.com/buy/3c9d1f5a-72b4-4e0d-9a68-b15c07f2ed43">others</a></p>',
    "help page": '<a href="https://help.gumroad.com/l/start">Help</a><a href="https://cash.app/help">Help</a>',
    "account of a script": script("acct_id = 4; var acct_ = 'x'; merchantAccount: 'YOUR_MERCHANT_ACCOUNT'"),
    "marketplace": script("paypal.com/sdk/js?client-id=test&merchant-id=*"),
}


@pytest.mark.parametrize("source", NONE.values(), ids=NONE)
def test_what_nobody_is_paid_by_is_no_payee(source: str) -> None:
    """An example, a try-out, a platform's own key or a number that looks alike must not join two shops."""
    assert traces(source, Role.PAYMENT) == {}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (
            script(
                f'var wcpay_upe_config = {{"publishableKey":"{PK}","testMode":false,"accountId":"acct_1Gq8ZKj3mN9pQrS7'
                '","locale":"en"}};'
            ),
            "stripe account:acct_1Gq8ZKj3mN9pQrS7",
        ),
        (script(f"Stripe('{PK}', {{stripeAccount: 'acct_1Gq8ZKj3mN9pQrS7'}})"), "stripe account:acct_1Gq8ZKj3mN9pQrS7"),
        (
            f'<script src="https://www.paypal.com/sdk/js?client-id={CLIENT}&amp;merchant-id=7KQ2X9MP4WDHJ"></script>',
            "paypal merchant:7KQ2X9MP4WDHJ",
        ),
        (script(f'var p = {{"paypal":1,"client-id":"{CLIENT}","merchant-id":"7KQ2X9MP4WDHJ"}};'), "paypal merchant:7KQ2X9MP4WDHJ"),
    ],
)
def test_who_takes_the_money_on_behalf_of_another_is_not_the_payee(source: str, value: str) -> None:
    """A plug-in's own key stands on all shops that use it: strangers would be one operator."""
    assert traces(source) == {"payee_key": [value]}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            '<a href="bitcoin:17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem?amount=0.1"><img src="/qr.png" alt=""></a>',
            {"wallet": ["btc:17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem"]},
        ),
        (
            '<a href="ethereum:0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb?value=1"><img src="/qr.png" alt=""></a>',
            {"wallet": ["eth:0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"]},
        ),
        (
            "<p>USDT (TRC20): <code>TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL</code></p>",
            {"wallet": ["trx:TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL"]},
        ),
        (
            '<p>IBAN</p><input readonly value="DE02 1203 0000 0000 2020 51"><button>Copy</button>',
            {"bank_account": ["DE02120300000000202051"]},
        ),
        (
            "<p>ООО «Погреб»</p><p>Р/с: 40702810900000012344</p><p>БИК: 044525225</p>",
            {"bank_account": ["ru:40702810900000012344/044525225"]},
        ),
        ("<p>Unsere Gläubiger-ID: DE75ZZZ00001482137</p>", {"payee_key": ["sepa creditor:DE7500001482137"]}),
    ],
)
def test_wallets_and_accounts_of_one_page(source: str, found: dict[str, list[str]]) -> None:
    assert traces(source) == found
