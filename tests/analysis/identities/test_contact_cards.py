"""Contact cards: hCard and microdata, as people read them."""

from __future__ import annotations

import pytest

from analysis.identities.contact_cards import MAX_CARDS, contact_cards
from analysis.identities.organisations import organisations
from analysis.page.pages import Page
from crawler.captures import Resource, Role

HCARD = """<div class="footer vcard"><span class="org">Lampworks Ltd</span> <span class="street-address">4 Quay Row</span>
<span class="postal-code">LS1 4AB</span> <b class="locality">Leeds</b>
<a class="email" href="mailto:x">desk@lampworks.example</a></div>"""
MICRODATA = """<div itemscope itemtype="http://schema.org/Organization"><meta itemprop="legalName" content="Lampworks Ltd">
<span itemprop="name">House of  lamps</span><span itemprop="telephone">+44 113 496 0000</span>
<i itemprop="vatID">GB 980 7806 84</i></div>"""


def page(body: str) -> Page:
    raw = f"<html><body>{body}</body></html>".encode()
    return Page(Resource("http://shop.example/", 200, (("Content-Type", "text/html"),), raw, "0" * 64, "", Role.HOME))


def test_an_hcard_is_read() -> None:
    assert list(contact_cards(page(HCARD))) == [
        {
            "name": "Lampworks Ltd",
            "mail": "desk@lampworks.example",
            "street": "4 Quay Row",
            "postal_code": "LS1 4AB",
            "city": "Leeds",
        }
    ]


def test_microdata_is_read_with_the_value_meant_for_machines() -> None:
    (card,) = contact_cards(page(MICRODATA))
    assert card["legal_name"] == "Lampworks Ltd"
    assert card["name"] == "House of lamps"
    assert card["tax_number"] == "GB 980 7806 84"


def test_a_card_is_an_organisation_that_identity_reads() -> None:
    found = list(organisations(page(HCARD)))
    assert [(one.name, one.city) for one in found] == [("Lampworks Ltd", "Leeds")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>no card</p>",
        '<div class="vcard"><span class="org">Only a name</span></div>',
        '<div class="vcard"><span class="locality">Leeds</span></div>',
        '<div class="vcard">' + "<b>" * 5000,
        '<div class="vcard"><span class="org">' + "x" * 100_000,
        '<div itemtype="http://schema.org/Product"><span itemprop="name">Lamp</span><i itemprop="email">a@b.example</i></div>',
    ],
)
def test_what_is_no_card_gives_none(body: str) -> None:
    assert list(contact_cards(page(body))) == []


def test_a_page_full_of_cards_is_read_in_part() -> None:
    assert len(list(contact_cards(page(HCARD * 50)))) == MAX_CARDS


def test_a_card_whose_class_is_written_in_numbers_is_a_card() -> None:
    assert list(contact_cards(page(HCARD.replace("vcard", "v&#99;ard"))))
