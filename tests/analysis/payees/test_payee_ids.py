"""Ids of payees: keys by their grammar wherever they stand, and the quick look that comes first."""

from __future__ import annotations

import re

import pytest

from analysis.payees import payee_ids
from analysis.payees.payee_ids import heads_in, keys_in, names_field, written_fields

PADDING = "<div class='pay live merchant paypal card'>Long playing records</div>\n" * 80
KEYS = [
    ("paystack", "pk_live_5f2b8c1d7a904e63b1fdc2a97e4480d65f2b8c1d"),
    ("stripe", "pk_live_51HqW8ZKj3mN9pQrS7tU"),
    ("stripe account", "acct_1Gq8ZKj3mN9pQrS7"),
    ("braintree", "production_x7k2m9pq_4hj8wd5rn3tz6vcb"),
    ("mollie", "pfl_8Kj3mN9pQr"),
    ("razorpay", "rzp_live_8Kj3mN9pQrS7tU"),
    ("apple pay", "merchant.com.cellar-records"),
    ("google pay", "BCR2DN4T7QK2XJ5M"),
    ("payoneer", "pi_live_8Kj3mN9pQrS7tUvW"),
]
WRITTEN = [
    ("paypal", "https://www.paypal.com/sdk/js?client-id=AYx8Kj3mN9pQrS7tUvW2hD5gF1zL4cB6"),
    ("paypal", "paypal_client_id: 'AYx8Kj3mN9pQrS7tUvW2hD5gF1zL4cB6'"),
    ("paypal merchant", 'paypal <script data-merchant-id="7KQ2X9MP4WDHJ">'),
    ("amazon pay", "{merchantId: 'A2K7QX9MP4WDHJ'}"),
    ("amazon pay", "{sellerId: 'A2K7QX9MP4WDHJ'}"),
    ("webmoney", "WebMoney Z481726390517"),
]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_a_key_is_found_between_other_words_as_alone(name: str, key: str) -> None:
    for text in (f"'{key}'", f"{PADDING}key='{key}';{PADDING}"):
        assert list(keys_in(text)) == [(name, key)]
        assert list(keys_in(text, heads_in(f"{text}\n{PADDING}"))) == [(name, key)]
    assert list(keys_in(f"x{key}")) == []


@pytest.mark.parametrize(("name", "source"), WRITTEN)
def test_an_id_in_its_named_place_is_found(name: str, source: str) -> None:
    for text in (source, PADDING + source + PADDING):
        assert [found for found, _ in keys_in(text)] == [name]
        assert [found for found, _ in keys_in(text, heads_in(f"{text}\n{PADDING}"))] == [name]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("moyasar", "<script src='https://cdn.moyasar.com/mpf/1.7.3/moyasar.js'></script> {publishable_api_key: '%s'}"),
        ("pay.jp", "<script src='https://checkout.pay.jp/' data-key='%s'></script>"),
        ("tap", "<script src='https://tap-sdks.b-cdn.net/tap.company/card.js'></script> publicKey: '%s'"),
        ("yoco", "new window.YocoSDK({publicKey: '%s'}); /* https://js.yoco.com/sdk/v1/yoco-sdk-web.js */"),
        ("yoco", "load('https://js.stripe.com/v3/'); %s " % ("-" * 400) + "YocoSDK({publicKey: '%s'})"),
        ("stripe", "load('https://js.yoco.com/sdk/v1/'); " + "-" * 400 + " Stripe('%s')"),
        ("stripe", "checkout({key: '%s'})"),
    ],
)
def test_a_live_key_is_of_the_processor_named_nearest(name: str, source: str) -> None:
    key = "pk_live_8Kj3mN9pQrS7tUvW2hD5gF1z"
    source = source.replace("%s", key, 1) if source.count("%s") == 1 else source
    assert (name, key) in list(keys_in(source.replace("%s", key)))


@pytest.mark.parametrize(
    "source",
    [
        "Clerk.load({publishableKey: 'pk_live_Y2xlcmsuY2VsbGFyLXJlY29yZHMuZXhhbXBsZSQ'})",
        "new Magic('pk_live_5F2B8C1D7A904E63')",
    ],
)
def test_a_key_to_sign_in_with_pays_nobody(source: str) -> None:
    assert list(keys_in(source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "<footer><p>Shop</p><p>Theme by Wanda, <a href='https://paypal.me/wandamakes'>buy her a coffee</a></p></footer>",
        "<div><a href='https://paypal.me/wandamakes'>Support this theme</a></div>",
        "<p>Developed by <b>Wanda</b> &middot; <a href='https://www.paypal.com/cgi-bin/webscr?cmd=_s-xclick&amp;hosted_button_id=K7QX2M9PWDHJT'>"
        "Donate</a></p>",
    ],
)
def test_thanks_to_a_themes_maker_are_not_the_shops(source: str) -> None:
    assert list(keys_in(source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Theme by Wanda</p><p><a href='https://paypal.me/cellarshop'>Pay us</a></p>",
        "<p>Records from our cellar: <a href='https://paypal.me/cellarshop'>pay here</a></p><p>Theme by Wanda</p>",
        "<p>Rings made and designed by Anna, pay on our site by card or <a href='https://paypal.me/cellarshop'>here</a></p>",
    ],
)
def test_a_shops_own_link_beside_a_credit_stays(source: str) -> None:
    assert list(keys_in(source)) == [("paypal.me", "cellarshop")]


def test_an_account_in_an_encoded_address_is_read_plainly() -> None:
    source = "https://www.paypal.com/cgi-bin/webscr?cmd=_donations&amp;business=till%40cellar%2drecords%2enet&amp;lc=US"
    assert list(keys_in(source)) == [("paypal business", "till@cellar-records.net")]


def test_every_key_can_begin_only_where_one_is_tried() -> None:
    for _, pattern in payee_ids._KEYS:
        assert any(re.match(re.escape(head), pattern.replace("\\", "")) for head in payee_ids._KEY_HEADS), pattern


def test_a_text_without_any_head_tells_no_payee() -> None:
    text = "<p>Long playing records</p>\n" * 100
    assert heads_in(text) == frozenset()
    assert list(keys_in(f"'{KEYS[0][1]}'", heads_in(text))) == []


def test_a_field_is_written_only_where_its_heart_stands() -> None:
    text = "payment_url='https://gate.example/'; eshopId='471108'"
    assert names_field(heads_in(text))
    assert not names_field(heads_in("payment_url='https://gate.example/'"))
    assert list(written_fields(text, re.compile("pay"))) == [("eshopId", "471108")]
