"""Addresses: a street, a number and a postal code."""

from __future__ import annotations

import pytest

from analysis.identities.addresses import addresses_in, without_addresses


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("126 Linden Road, 70-245 Gdańsk", "126 linden road 70245"),
        ("Catteshall Lane 12, Godalming, Surrey, GU7 1UU", "catteshall lane 12 gu71uu"),
        ("Lebacher Straße 4, 66113 Saarbrücken", "lebacher strasse 4 66113"),
        ("2140 Merritt Dr, Garland, TX 75041", "2140 merritt dr 75041"),
        ("г. Новосибирск, ул. Садовая, 162", "ул садовая 162"),
    ],
)
def test_an_address_in_a_line(text: str, value: str) -> None:
    assert [found for found, _ in addresses_in(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "16 February 2020",
        "10 Finger Multitouch, 300 nits, 1280",
        "KRS 91775256",
        "123 Street, New York, USA 10001",
        "28 Days, Free 12345",
    ],
)
def test_numbers_and_names_that_are_no_address(text: str) -> None:
    assert list(addresses_in(text)) == []


def test_addresses_are_lifted_out() -> None:
    assert without_addresses("sent to 126 Linden Road, 70-245 Gdańsk at once", "@address") == "sent to @address at once"
    assert without_addresses("320 and 192 files for 30 Days", "@address") == "320 and 192 files for 30 Days"
