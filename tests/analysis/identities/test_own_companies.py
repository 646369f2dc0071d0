"""Which companies of a passage are the shop's own."""

from __future__ import annotations

import pytest

from analysis.identities.companies import companies_in
from analysis.identities.own_companies import Passage, own_companies


def own(text: str, landmark: str = "", *, everywhere: bool = False, speaking: bool = False, details: bool = False) -> list[str]:
    passage = Passage(text, landmark, everywhere, speaking, details)
    return [company.value for company in own_companies(tuple(companies_in(text)), passage)]


def test_footers_and_pages_about_the_shop_name_it() -> None:
    assert own("Cellar Door GmbH", "footer", everywhere=True) == ["cellar door gmbh"]
    assert own("Cellar Door GmbH, Kiel", speaking=True) == ["cellar door gmbh"]


@pytest.mark.parametrize(
    "text",
    [
        "Die Cellar Door GmbH aus Kiel hat gestern Zahlen vorgelegt.",
        "The patent owned by Cellar Door LLC was challenged.",
        "Cellar Door SA",
        "Firma: Sicherheit",
    ],
)
def test_an_article_names_others(text: str) -> None:
    assert own(text) == []


def test_elsewhere_it_is_its_own_where_contacts_stand_with_it_or_the_text_says_so() -> None:
    assert own("Cellar Door GmbH, Kanalweg 7, 24103 Kiel", details=True) == ["cellar door gmbh"]
    assert own("This website is owned and published by Cellar Door Ltd.") == ["cellar door ltd"]
    assert own("Cellar Door GmbH. " + "A long article about it. " * 60, details=True) == []


def test_menus_and_headlines_of_a_layout_name_others() -> None:
    assert own("Cellar Door LLC v. Does 1-34", "header", everywhere=True) == []
    assert own("Cellar Door LLC, 7 Canal Road", "aside", everywhere=True, details=True) == ["cellar door llc"]


def test_a_list_is_of_others() -> None:
    names = "One Maker Ltd, Two Makers Ltd, Three Makers Ltd"
    assert len(own(names, speaking=True)) == 3
    assert own(names + ", Four Makers Ltd", speaking=True) == []


def test_what_a_form_asks_is_no_declaration() -> None:
    assert own("Company: Musterhaus", "form", speaking=True) == []
    assert own("mails from Cellar Door Ltd", "form", speaking=True) == ["cellar door ltd"]
