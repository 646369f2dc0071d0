"""Masks: what a person's value looks like, what is a company's, and what is found in free text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.people import Masks, bare_name, is_company_mail, is_named_after

PLAIN, KEYED = Masks(), Masks(b"a key of this installation")


@pytest.mark.parametrize(
    ("kind", "value", "mask"),
    [
        ("identity.mail", "john@gmail.com", "j…n@gmail.com"),
        ("identity.mail", "ana@gmail.com", "a…@gmail.com"),
        ("identity.mail", "info@shop.example", "info@shop.example"),
        ("identity.phone", "+4915123987460", "+49…60"),
        ("identity.phone", "+498003301000", "+498003301000"),
        ("identity.messenger", "telegram:katarina", "telegram:k…a"),
        ("identity.messenger", "whatsapp:4915123987460", "whatsapp:+49…60"),
        ("identity.messenger", "jabber:john@jabber.example", "jabber:j…n@jabber.example"),
        ("identity.social", "facebook:john.smith.77", "facebook:j…7"),
        ("identity.address", "lindenallee 47 53111", "… 531…"),
        ("identity.address", "ул ленина 5", "…"),
        ("payment.bank_account", "DE75512108001245126199", "DE…6199"),
        ("payment.merchant_id", "robokassa:4915123987460", "robokassa:4915123987460"),
        ("identity.company", "john smith", "john smith"),
    ],
)
def test_a_mask_keeps_what_one_recognises_a_value_by(kind: str, value: str, mask: str) -> None:
    assert PLAIN.of(kind, value) == mask


def test_values_that_look_alike_are_told_apart_by_their_tags() -> None:
    one, two = (KEYED.mail(mail) for mail in ("john@gmail.com", "jason@gmail.com"))
    assert one.partition("#")[0] == two.partition("#")[0] == "j…n@gmail.com"
    assert one != two
    assert one == KEYED.mail("john@gmail.com")
    assert one != Masks(b"another").mail("john@gmail.com")


def test_one_number_has_one_tag_in_every_kind() -> None:
    assert KEYED.of("identity.messenger", "whatsapp:4915123987460").endswith(KEYED.of("identity.phone", "+4915123987460"))


@pytest.mark.parametrize(
    "mail",
    [
        "info@shop.example", "sales-uk@shop.example", "kundenservice@laden.example", "service.client@boutique.example",
        "atencion.al.cliente@tienda.example", "заказ@магазин.рф", "zakaz2@magazin.example", "no-reply@shop.example",
    ],
)  # fmt: skip
def test_role_mailboxes_are_a_companys(mail: str) -> None:
    assert is_company_mail(mail)
    assert KEYED.text(f"write to {mail} now") == f"write to {mail} now"


@pytest.mark.parametrize(
    "mail", ["info@gmail.com", "shop.support@mail.ru", "anna@shop.example", "anna.sales@shop.example", "7@x.example"]
)
def test_free_mail_and_names_are_persons(mail: str) -> None:
    assert not is_company_mail(mail)


@pytest.mark.parametrize(
    ("account", "is_own"),
    [
        ("allofmp3", True), ("allofmp3_support", True), ("AllOfMP3.official", True), ("allofmp3-2007", True),
        ("anna_allofmp3", False), ("katarina", False), ("mp3", False),
    ],
)  # fmt: skip
def test_an_account_called_like_the_shop_is_the_shops(account: str, is_own: bool) -> None:
    assert is_named_after(account, [bare_name("allofmp3")]) is is_own


@pytest.mark.parametrize(
    "written",
    [
        "write to John.Smith@gmail.com now", "…john.smith@gmail.com", "john.smith [at] gmail [dot] com", "john.smith(at)gmail.com",
        "https://shop.example/?mail=john.smith%40gmail.com&x=1", "mailto:john.smith@gmail.com?subject=a",
        "john.smith&#64;gmail.com",
        "“the beginning of a quotation and john.smith@gma”", "IBAN DE75 5121 0800 1245 1261 99", "iban: de75512108001245126199",
        "ring +49 151 23987460", "Tel.: 0151 / 239 874 60", "+49 (0)151 239-874-60", "WhatsApp: 8 915 239 87 46",
    ],
)  # fmt: skip
def test_a_text_loses_what_has_the_form_of_a_persons_data(written: str) -> None:
    shown = KEYED.text(written)
    assert not re.search(r"john|smith|5121|23[ -]?987|239", shown, re.IGNORECASE)
    assert "…" in shown


@pytest.mark.parametrize(
    "text",
    [
        "logo@2x.png", "https://cdn.example/npm/swiper@8.4.7/swiper.min.js", "vue@next", "robokassa:4915123987460",
        "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "pk_live_oIWt2PAVZbtIphW9ZyHs3m7n", "12 of 40 lamps, 30% alike",
        "0049123456789 lamps", "sha256:97154f6c2342", "DE75512108001245126198 has wrong check digits", "+49 800 3301000",
    ],
)  # fmt: skip
def test_a_text_keeps_the_rest(text: str) -> None:
    assert KEYED.text(text) == text


@given(st.text(alphabet="ab.1@ +0()/-“”…%4[]DE", max_size=60))
def test_any_text_can_be_masked(text: str) -> None:
    assert isinstance(KEYED.text(text), str)


@pytest.mark.parametrize("part", ["a", "a.", "1 ", "@", "a@", "+1", "(", "DE75 "])
def test_a_long_text_is_gone_over_once(part: str) -> None:
    """Not once for each of its letters, which would take hours."""
    assert part in KEYED.text(part * 50_000)
