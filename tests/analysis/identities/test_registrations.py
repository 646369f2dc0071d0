"""Registration, tax and licence numbers behind their words."""

from __future__ import annotations

import pytest

from analysis.identities.registrations import is_tax_number, licences_in, registrations_in, tax_numbers_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Companies House no. 82094948", "82094948"),
        ("Reg. code 33279175, VAT", "33279175"),
        ("Siret : 413 256 397 00030 Code", "413256397"),
        ("RCS Paris 552 100 554", "552100554"),
        ("Handelsregister: HRB 92250527", "HRB92250527"),
        ("ОГРН 1027700132195", "1027700132195"),
        ("EIN 07-4515354", "074515354"),
    ],
)
def test_a_number_counts_behind_its_word(text: str, number: str) -> None:
    assert [value for value, _ in registrations_in(text)] == [number]
    assert list(registrations_in(number.removeprefix("HRB"))) == []


@pytest.mark.parametrize("text", ["Company No. 12345678", "Reg. no. 00000000", "Company no. 4711", "the company 82094948"])
def test_examples_and_short_numbers_do_not_count(text: str) -> None:
    assert list(registrations_in(text)) == []


def test_tax_numbers_carry_their_country_and_check_digits() -> None:
    assert [(v, ok) for v, _, ok in tax_numbers_in("VAT No. 221 5470 41", "GB")] == [("GB221547041", True)]
    assert [(v, ok) for v, _, ok in tax_numbers_in("P. IVA: 04718980727", None)] == [("IT04718980727", True)]
    assert [(v, ok) for v, _, ok in tax_numbers_in("USt-IdNr.: DE228004154", None)] == [("DE228004154", False)]
    assert list(tax_numbers_in("VAT 221547042", "GB")) == []
    assert is_tax_number("PL1513809753") is True


def test_licences() -> None:
    assert [value for value, _ in licences_in("under licence No. LS-3M-05-03 of the society")] == ["LS-3M-05-03"]
    assert list(licences_in("licence number 1 and licensed 2007")) == []


def test_a_long_word_behind_licence_is_read_once() -> None:
    """A line like this took a second each, for a word can be cut into licence numbers in many ways."""
    assert list(licences_in(("Licence number " + "Number12" * 30 + " ") * 200)) == []
