"""Payment: who is paid and whether one can pay, from what a visitor sees without ordering."""

from __future__ import annotations

import hashlib

import pytest

from analysis.evidence import EvidenceClass, Mode, Trace
from analysis.fingerprints import payment
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

SITE = "shop-one.com"
STORY = (
    "<p>Songs by the megabyte, from artists of every land, in the format that you like and at the quality that you choose.</p>" * 8
)


def resource(path: str, source: str, role: Role, kind: str = "text/html") -> Resource:
    raw = source.encode()
    digest = hashlib.sha256(raw).hexdigest()
    return Resource(f"https://{SITE}{path}", 200, (("Content-Type", kind),), raw, digest, "2007-03-01T00:00:00Z", role)


def take(body: str, role: Role = Role.PAYMENT, *more: Resource) -> list[Trace]:
    page = f"<!DOCTYPE html><html><head><title>Shop One</title></head><body><h1>Music</h1>{STORY}{body}</body></html>"
    resources = (resource("/pay", page, role), *more)
    capture = Capture(SITE, f"https://{SITE}/", HostKind.STOREFRONT, Outcome.FINISHED, "", resources)
    return list(payment.take(read(capture)))


def values(traces: list[Trace], word: str) -> list[str]:
    return [trace.value for trace in traces if trace.kind == f"payment.{word}"]


KEYS = {
    '<script src="https://www.paypal.com/sdk/js?client-id=AdJEBll4-BN9ILXykJexIHdbSzZReK97&amp;currency=EUR"></script>': (
        "paypal:AdJEBll4-BN9ILXykJexIHdbSzZReK97"
    ),
    '<div data-key="pk_live_oIWt2PAVZbtIphW9ZyHs3m7n"></div>': "stripe:pk_live_oIWt2PAVZbtIphW9ZyHs3m7n",
    '<script>var key = "pk_live_0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";</script>': (
        "paystack:pk_live_0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
    ),
    '<script>Checkout({clientKey:"live_QW3RTYUI0PASDFGHJKLZXCVBNM4567QA"})</script>': "adyen:live_QW3RTYUI0PASDFGHJKLZXCVBNM4567QA",
    '<script>new Razorpay({key: "rzp_live_h7Gq2LmN9sKdPz"})</script>': "razorpay:rzp_live_h7Gq2LmN9sKdPz",
    '<script>new MercadoPago("APP_USR-3f2c9a1b-7d4e-4c8a-9b21-0d5e6f7a8b9c")</script>': (
        "mercado pago:APP_USR-3f2c9a1b-7d4e-4c8a-9b21-0d5e6f7a8b9c"
    ),
    (
        '<form action="https://www.paypal.com/cgi-bin/webscr" method="post"><input type="hidden" name="hosted_button_id"'
        ' value="K7QX2MNP9RT4W"></form>'
    ): ("paypal button:K7QX2MNP9RT4W"),
    (
        '<form action="https://www.paypal.com/cgi-bin/webscr" method="post"><input type="hidden" name="business"'
        ' value="Billing@Label.net"></form>'
    ): ("paypal business:billing@label.net"),
    "<p>WebMoney: <b>Z104728391826</b></p>": "webmoney:Z104728391826",
}


@pytest.mark.parametrize(("source", "value"), KEYS.items())
def test_keys_by_their_own_grammar(source: str, value: str) -> None:
    assert values(take(source), "payee_key") == [value]


@pytest.mark.parametrize(
    "source",
    [
        '<div data-key="pk_test_oIWt2PAVZbtIphW9ZyHs3m7n"></div>',
        '<div data-key="pk_live_xxxxxxxxxxxxxxxxxxxxxxxx"></div>',
        '<script src="https://www.paypal.com/sdk/js?client-id=sb"></script>',
        "<script>var name = merchant.com; merchant.name.first</script>",
        "<p>Article Z104728391826</p>",
    ],
)
def test_test_keys_and_lookalikes_are_nothing(source: str) -> None:
    """A sandbox key or an article number must not be taken for a payee."""
    assert values(take(source), "payee_key") == []


def test_merchant_number_of_an_unknown_gateway() -> None:
    form = (
        '<form action="https://billing.payhouse13.net/order/pay" method="post">'
        '<input type="hidden" name="merchant_id" value="189792"><input type="hidden" name="currency" value="GBP">'
        '<button type="submit">Continue to payment</button></form>'
    )
    traces = take(form, Role.CART)
    assert values(traces, "merchant_id") == ["payhouse13.net:189792"]
    assert values(traces, "checkout_host") == ["payhouse13.net"]
    assert values(traces, "merchant_number") == []


@pytest.mark.parametrize(
    "source",
    [
        (
            '<form action="/topup" method="post"><input type="hidden" name="merchant" value="MS-4471-0092"><input'
            ' name="amount"><input type="submit" value="Top up"></form>'
        ),
        '<a href="https://pay.gatehouse.net/start?merchant=MS-4471-0092&amp;sum=10">Pay now</a>',
        '<form action="/pay"><input name="amount"><div data-merchant-id="MS-4471-0092"></div><button>Pay</button></form>',
        '<script>window.checkout = {paymentUrl: "/pay", merchantId: "MS-4471-0092", currency: "USD"};</script>',
        '<form action="/pay"><input name="sum"></form><p>Merchant ID: MS-4471-0092</p>',
        '<form action="/pay"><input name="sum"></form><p>Номер магазина: MS-4471-0092</p>',
    ],
)
def test_a_long_merchant_number_is_the_same_wherever_it_stands(source: str) -> None:
    assert values(take(source), "merchant_number") == ["MS-4471-0092"]


@pytest.mark.parametrize(
    "source",
    [
        '<form action="https://pay.gatehouse.net/"><input type="hidden" name="merchant_id" value="YOUR_MERCHANT_ID"></form>',
        '<form action="https://pay.gatehouse.net/"><input type="hidden" name="merchant_id" value="123456"></form>',
        '<form action="https://pay.gatehouse.net/"><input type="hidden" name="merchant_id" value="{{ merchant }}"></form>',
        '<form action="/search"><input type="hidden" name="store_id" value="98131"><input name="q"></form>',
        '<form action="/login"><input type="hidden" name="merchant_id" value="98131"><input type="password" name="p"></form>',
        '<script>var ad = {prodid: "113695", merchant_center_note: "see Google Merchant Center 113695"};</script>',
    ],
)
def test_placeholders_and_other_forms_name_no_merchant(source: str) -> None:
    assert values(take(source, Role.PAGE), "merchant_id") == []


@pytest.mark.parametrize(
    "source",
    [
        '<form action="/checkout"><input type="hidden" name="storeId" value="10001"><input name="amount"></form>',
        '<script>var checkout = {payment: 1, shopId: "1000123"};</script>',
        '<form action="/checkout"><input type="hidden" name="merchant" value="7712"><input name="amount"></form>',
    ],
)
def test_without_a_gateway_a_platforms_count_is_nobodys(source: str) -> None:
    """Strangers on one platform share its first store number; that must not be read as one payee."""
    assert values(take(source), "merchant_id") == []


def test_scripts_of_the_shop_are_read_and_those_of_others_are_not() -> None:
    """A cart may be refused by robots.txt; the key in the shop's own script is seen all the same."""
    own = resource("/js/pay.js", 'Stripe("pk_live_oIWt2PAVZbtIphW9ZyHs3m7n")', Role.SCRIPT, "text/javascript")
    raw = b'Stripe("pk_live_Zz9Yy8Xx7Ww6Vv5Uu4Tt3Ss2")'
    other = Resource("https://cdn.elsewhere.net/x.js", 200, (), raw, hashlib.sha256(raw).hexdigest(), "", Role.SCRIPT)
    (trace,) = [trace for trace in take("", Role.HOME, own, other) if trace.kind == "payment.payee_key"]
    assert (trace.value, trace.url) == ("stripe:pk_live_oIWt2PAVZbtIphW9ZyHs3m7n", f"https://{SITE}/js/pay.js")


def test_bank_account_needs_its_check_digits_and_is_no_sample() -> None:
    body = "<p>IBAN: DE02 1203 0000 0000 2020 51</p><p>IBAN DE02 1203 0000 0000 2020 52</p><p>e.g. GB82 WEST 1234 5698 7654 32</p>"
    assert values(take(body), "bank_account") == ["DE02120300000000202051"]


def test_wallets_on_pages() -> None:
    body = '<a href="bitcoin:17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem">Bitcoin</a> or 17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYheM'
    assert values(take(body), "wallet") == ["btc:17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem"]


def test_payee_name_and_name_on_the_statement() -> None:
    form = '<form action="/pay"><input name="amount"></form>'
    assert values(take(f"{form}<p>Payee: Regiontorg Ltd, Moscow</p>"), "payee_name") == ["regiontorg ltd"]
    shown = '<p>The charge will appear on your card statement as "DIGITALMUSIC 77".</p>'
    assert values(take(form + shown), "payee_name") == ["digitalmusic 77"]


def test_state_message_and_where_to_pay() -> None:
    body = (
        "<div><p>Payment temporarily unavailable. Unfortunately, the payment could not be processed currently.</p>"
        '<p>To pay by card, please go to <a href="https://www.second-shop.net/pay">Second Shop</a>.</p></div>'
    )
    traces = take(body)
    assert values(traces, "state") == ["moved"]
    assert values(traces, "moved_to") == ["second-shop.net"]
    assert "payment temporarily unavailable" in values(traces, "message")
    assert "to pay by card, please go to second shop" in values(traces, "message")


def test_state_by_a_sentence_and_by_a_way_to_pay() -> None:
    assert values(take("<p>Payment temporarily unavailable</p>"), "state") == ["unavailable"]
    assert values(take("<p>We accept Visa and MasterCard.</p>"), "state") == ["accepted"]
    assert values(take('<div data-key="pk_live_oIWt2PAVZbtIphW9ZyHs3m7n"></div>', Role.CART), "state") == ["accepted"]
    assert values(take(""), "state") == []


def test_terms_tell_no_state() -> None:
    """Rules speak of what happens when a payment fails; the shop has not stopped taking cards."""
    assert values(take("<p>Payment is currently not possible from abroad.</p>", Role.TERMS), "state") == []


def test_a_processor_or_a_network_is_no_place_to_move_to() -> None:
    body = (
        '<p>To pay go to <a href="https://www.paypal.com/x">PayPal</a> or follow us on <a'
        ' href="https://facebook.com/y">Facebook</a></p>'
    )
    assert values(take(body), "moved_to") == []


def test_means_by_picture_and_class() -> None:
    body = (
        '<img src="/img/payment/visa.png" alt=""><img src="/p.gif" alt="MasterCard"><i class="fa fa-cc-amex"></i><img'
        ' src="/visage.png" alt="face">'
    )
    assert values(take(body), "means") == ["american express", "mastercard", "visa"]


def test_declared_classes_are_honest() -> None:
    cls = {kind.name: kind.cls for kind in payment.KINDS}
    assert cls["payment.merchant_id"] is cls["payment.wallet"] is EvidenceClass.PAYEE
    assert cls["payment.moved_to"] is cls["payment.checkout_host"] is EvidenceClass.COPYABLE
    assert {kind.mode for kind in payment.KINDS if kind.name == "payment.moved_to"} == {Mode.NAMES}


@pytest.mark.parametrize(
    "source",
    [
        "<form>" * 5000,
        "<input name=merchant value=" + "9" * 100_000 + ">",
        "pk_live_" * 20_000,
        "<p>" + "pay to " * 40_000,
        "Merchant ID: " * 20_000,
    ],
)
def test_hostile_pages_end(source: str) -> None:
    assert len(take(source)) < 500
