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
        ("2140 Merritt Dr, Garland, TX 75041", "2140 merritt drive 75041"),
        ("г. Новосибирск, ул. Садовая, 162", "ул садовая 162"),
        ("2140 Merritt Drive Garland, TX 75041 Phone: 1", "2140 merritt drive 75041"),
        ("575 Quarry Street, Suite 2450\nSand City, CA 94105", "575 quarry street 94105"),
        ("1305 Orchard Ave Ste 215 West Mill, IN 47906", "1305 orchard avenue 47906"),
        ("125 West North Street\nP. O. Box 608\nMill, MS 39046", "125 west north street 39046"),
        ("2151 Miller Rd #219 Mill Station, TX 77840", "2151 miller road 77840"),
        ("Cellar Door GMBH Lebacher Strasse 4 66113 Saarbrücken", "lebacher strasse 4 66113"),
        ("© 2016 cellar GmbH + Co. KG W.-C.-Horn-Str. 2, 04509 Delitzsch", "w c horn str 2 04509"),
        ("Cellar ApS\nKlostergade 28\n8000 Århus C", "klostergade 28 8000"),
        ("Cellar AB, Box 143, 333 23 Småland", "box 143 33323"),
        ("52 rue du Puits, BP 40307\n01000 Bourg", "52 rue du puits 01000"),
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
        "OLG Köln NJW-RR 2002, 1700",
        "Copyright 2005-2014 Best Cellar Services, LLC - 2323",
        "Suite 200 Mill Valley",
    ],
)
def test_numbers_and_names_that_are_no_address(text: str) -> None:
    assert list(addresses_in(text)) == []


def test_addresses_are_lifted_out() -> None:
    assert without_addresses("sent to 126 Linden Road, 70-245 Gdańsk at once", "@address") == "sent to @address at once"
    assert without_addresses("320 and 192 files for 30 Days", "@address") == "320 and 192 files for 30 Days"


@pytest.mark.parametrize("word", ["A-" * 30, "A" * 60, "Ab." * 30])
def test_a_word_that_could_be_parted_in_many_ways_is_read_in_one(word: str) -> None:
    """One such line took a minute once: the tries must not grow with the ways to part a word."""
    assert list(addresses_in(f"1 {word} 5" * 40)) == []
