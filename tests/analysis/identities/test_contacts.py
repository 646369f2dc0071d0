"""Contacts as pages write and hide them."""

from __future__ import annotations

import pytest

from analysis.identities.contacts import account_of_link, mails_in, phones_in, protected_mail, region_of


@pytest.mark.parametrize(
    "text", ["desk [at] cellar [dot] org", "desk(at)cellar.org", "desk@cellar.org.", "Desk@Cellar.org", "desk AT cellar DOT org"]
)
def test_one_address_in_many_disguises(text: str) -> None:
    assert list(mails_in(text)) == ["desk@cellar.org"]


@pytest.mark.parametrize(
    "text",
    ["meet me at cellar.org", "@cellar.org", "a@b", "5f2b8c1d7a904e63b1fdc2a97e4480d6@o4829.ingest.cellar.org", "desk@cellar"],
)
def test_what_is_no_address(text: str) -> None:
    assert list(mails_in(text)) == []


@pytest.mark.parametrize("code", ["", "zz", "2a", "00ff", "2" * 11])
def test_a_code_that_hides_nothing(code: str) -> None:
    assert protected_mail(code) == ""


@pytest.mark.parametrize(
    ("site", "language", "region"),
    [("shop.co.uk", None, "GB"), ("shop.de", "en", "DE"), ("shop.com", "fr", "FR"), ("shop.shop", None, None)],
)
def test_the_region_is_the_endings_else_the_languages(site: str, language: str | None, region: str | None) -> None:
    assert region_of(site, language) == region


def test_international_numbers_need_no_region() -> None:
    assert [number for number, _ in phones_in("call +49 30 2641375 or 0049 (0)30 2641375", None)] == [
        "+49302641375",
        "+49302641375",
    ]
    assert list(phones_in("article 49302641375", None)) == []


def test_account_links() -> None:
    assert account_of_link("https://www.facebook.com/pages/Cellar/248913775") == ("social", "facebook:248913775")
    assert account_of_link("https://uk.pinterest.com/cellar/") == ("social", "pinterest:cellar")
    assert account_of_link("https://www.youtube.com/watch?v=abc") == ("", "")
    assert account_of_link("https://cellar.org/facebook.com/x") == ("", "")
    assert account_of_link("http://[") == ("", "")


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/shareArticle?mini=true",
        "https://www.linkedin.com/today/cellar.org",
        "https://www.youtube.com/subscription_center?add_user=cellar",
        "https://support.twitter.com/articles/20170514",
        "https://dev.twitter.com/docs/embed",
        "https://www.tumblr.com/widgets/share/tool",
        "https://www.facebook.com/recover/initiate",
        "https://twitter.com/363209896562413568",
        "https://www.myspace.com/index.cfm?fuseaction=x",
    ],
)
def test_links_to_nobodys_account(link: str) -> None:
    assert account_of_link(link) == ("", "")


@pytest.mark.parametrize(
    ("link", "account"),
    [
        ("https://de-de.facebook.com/songcellar", "facebook:songcellar"),
        ("https://www.linkedin.com/showcase/song-cellar/", "linkedin:song-cellar"),
        ("https://www.linkedin.com/pub/ann-low/5/33/1", "linkedin:ann-low"),
        ("https://songcellar.tumblr.com/post/1", "tumblr:songcellar"),
    ],
)
def test_accounts_behind_languages_and_second_steps(link: str, account: str) -> None:
    assert account_of_link(link) == ("social", account)


@pytest.mark.parametrize(
    "text", ["e.g. ann@cellar.org", "np. jan.nowak@cellar.pl", "z.B. ann@cellar.org", "you@cellar.org", "ann@domena.pl"]
)
def test_an_example_is_nobodys_mail(text: str) -> None:
    assert list(mails_in(text)) == []


def test_numbers_of_examples_and_accounts_are_no_telephones() -> None:
    assert list(phones_in("max 17 signs (es. 0039 348 9131767)", "IT")) == []
    assert list(phones_in("IBAN: CZ5301 0000 0043 7314 8502 37", "CZ")) == []


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("Tlf.: 3123 6110", "DK", "+4531236110"),
        ("Telefono: 080 5019521", "IT", "+390805019521"),
        ("по телефонам (495) 504-37-01", "RU", "+74955043701"),
        ("Call us toll-free 800.420.6088", "US", "+18004206088"),
        ("電話番号：03-3581-4701", "JP", "+81335814701"),
    ],
)
def test_words_that_announce_a_telephone(text: str, region: str, number: str) -> None:
    assert [told for told, _ in phones_in(text, region)] == [number]
