"""Bank accounts by their check digits or by both their words, creditors' numbers, and payment codes behind pictures."""

from __future__ import annotations

from binascii import crc_hqx

import pytest

from analysis.payees.bank_accounts import accounts_in, coded_payees, creditors_in


def account(text: str) -> list[str]:
    return list(dict.fromkeys(number for number, _ in accounts_in(text)))


def code(payee: str, amount: str = "19.90") -> str:
    """A payment code as EMV writes it: fields of two digits, a length and a value, the check sum last."""
    told = f"000201{payee}52040000530398654{len(amount):02}{amount}5802BR5907CELLARS6006BERLIN6304"
    return f"{told}{crc_hqx(told.encode(), 0xFFFF):04X}"


PIX = "26580014br.gov.bcb.pix01363c9d1f5a-72b4-4e0d-9a68-b15c07f2ed43"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("IBAN: DE02 1203 0000 0000 2020 51, BIC BYLADEM1001", "DE02120300000000202051"),
        ("iban de02-1203-0000-0000-2020-51 bic byladem", "DE02120300000000202051"),
        ("Konto DE02120300000000202051", "DE02120300000000202051"),
        ("ООО «Погреб», р/с 40702810900000012344 в ПАО «Банк», БИК 044525225", "ru:40702810900000012344/044525225"),
        ("БИК: 044525225 Расчётный счёт 4070 2810 9000 0001 2344", "ru:40702810900000012344/044525225"),
        ("Sort code: 30-94-71, account number 48213790", "gb:309471-48213790"),
        ("Account no: 48213790 Sort Code 309471", "gb:309471-48213790"),
        ("BSB: 182-512 Account number: 948213790", "au:182512-948213790"),
        ("Routing number: 122105155 Account number: 4821379051", "us:122105155-4821379051"),
        ("IFSC Code: HDFC0004821 A/c no. 50200048213790", "in:HDFC0004821-50200048213790"),
        ("A/C No: 50200048213790, IFSC: HDFC0004821", "in:HDFC0004821-50200048213790"),
    ],
)
def test_an_account_is_read_as_its_country_writes_it(text: str, number: str) -> None:
    assert account(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "IBAN: DE02 1203 0000 0000 2020 52",
        "e.g. IBAN DE89 3704 0044 0532 0130 00",
        "р/с 40702810900000012345 БИК 044525225",
        "р/с 40702810900000012344",
        "Sort code: 12-34-56, account number 12345678",
        "Sort code: 00-00-00, account number 48213790",
        "Routing number: 122105156 Account number: 4821379051",
        "Routing number: 110000000 Account number: 000123456789",
        "Order 40702810900000012344 of 2026, article 044525225",
        "We sort code by colour. Phone 48213790.",
    ],
)
def test_wrong_digits_samples_and_lone_numbers_are_no_account(text: str) -> None:
    assert account(text) == []


def test_a_creditor_is_one_whatever_its_business_code() -> None:
    assert list(creditors_in("Gläubiger-ID: DE75ZZZ00001482137")) == list(creditors_in("Creditor identifier DE75 A1B 00001482137"))
    assert list(creditors_in("Gläubiger-Identifikationsnummer DE75ZZZ00001482137")) == ["DE7500001482137"]
    assert list(creditors_in("Gläubiger-ID: DE98ZZZ09999999999; creditor id DE76ZZZ00001482137")) == []


def test_a_payment_code_names_who_is_paid() -> None:
    assert list(coded_payees(f'<img data-code="{code(PIX)}">')) == [("pix", "3c9d1f5a-72b4-4e0d-9a68-b15c07f2ed43")]
    assert list(coded_payees(code(PIX, "7.00"))) == list(coded_payees(code(PIX)))
    thai = "30370016a00000067701011201130066948213790"
    assert list(coded_payees(code(thai))) == [("a000000677010112", "0066948213790")]


def test_a_payment_code_needs_its_check_sum() -> None:
    assert list(coded_payees(code(PIX)[:-1] + "!")) == []
    right = code(PIX)
    assert list(coded_payees(right[:-4] + ("0000" if right[-4:] != "0000" else "1111"))) == []
    assert list(coded_payees("000201" + "9" * 5000)) == []
