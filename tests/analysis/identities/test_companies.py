"""Companies by their legal form."""

from __future__ import annotations

import pytest

from analysis.identities.companies import companies_in, is_slip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("uses Byrne Digital UG (haftungsbeschränkt), the", "byrne digital ug"),
        ("© 2009-2014 Harbour Brew Shop, LLC. All rights", "harbour brew shop llc"),
        ("- The Paper People Limited. Registered", "paper people ltd"),
        ("ООО «Ромашка», ИНН", "ромашка ооо"),
        ("between Lanenet Solutions sp. z o.o. and its customers", "lanenet solutions spzoo"),
        ("Company: Harbourline, Moscow", "harbourline"),
        ("This shop is operated by Harbourline.", "harbourline"),
        ("Betreiber: Nordlicht Handels GmbH & Co. KG, Kiel", "nordlicht handels gmbh&cokg"),
        ("édité par Vague Bleue SARL, Nantes", "vague bleue sarl"),
        ("HANDLED BY:  Harbourline\nOPERATED BY Harbourline.", "harbourline"),
        ("Nordlicht e. K.", "nordlicht ek"),
        ("Nordlicht gGmbH", "nordlicht ggmbh"),
        ("Lanenet spol. s r.o.", "lanenet spolsro"),
        ("Lanenet a. s.", "lanenet as"),
        ("Harbour Brew plc", "harbour brew plc"),
        ("Harbour Brew (Pty) Ltd", "harbour brew ptyltd"),
        ("Vague Bleue Sàrl", "vague bleue sàrl"),
        ("Lanenet OÜ", "lanenet oü"),
        ("ПАО «Ромашка»", "ромашка пао"),
        ("©Harbour Brew Media, Inc. All rights reserved", "harbour brew media inc"),
        ("Copyright© Lanenet Inc. All rights reserved", "lanenet inc"),
        ("©2013, The Harbour News Inc. All rights reserved", "harbour news inc"),
        ("published under licence from Quirk Studios.© Harbour Brew Ltd. 2022", "harbour brew ltd"),
        ("part of Lanenet1997-2022 Lanenet AB", "lanenet ab"),
        ("Copyright © 2022 e-Média Edições Ltda - Todos", "e média edições ltda"),
    ],
)
def test_a_company_is_found(text: str, value: str) -> None:
    assert [company.value for company in companies_in(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "for a Limited time",
        "Limited Edition",
        "56888 Reno NV",
        "a Limited company",
        "SHIPPED AS IS",
        "Ltd",
        "your Company Ltd",
        "9/21 Limited",
    ],
)
def test_words_that_are_no_company(text: str) -> None:
    assert list(companies_in(text)) == []


def test_slips_are_one_or_two_letters() -> None:
    assert is_slip("northtorg", "northrog") is True
    assert is_slip("nordtorg", "nordtorg") is False
    assert is_slip("vance ltd", "walsh ltd") is False
    assert is_slip("shop 24 ltd", "shop 25 ltd") is False
