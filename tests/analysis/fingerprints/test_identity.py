"""Identity: what a storefront says it is, and what only stands in its pages."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from analysis.fingerprints import identity
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

TALK = "<p>Long playing records, shipped from our own cellar to any address you name, every weekday of the year.</p>" * 6


def page(path: str, body: str, role: Role, head: str = "", host: str = "shop.example") -> Resource:
    raw = f"<!doctype html><html><head>{head}</head><body><main>{TALK}{body}</main></body></html>".encode()
    return Resource(
        f"https://{host}{path}",
        200,
        (("content-type", "text/html; charset=utf-8"),),
        raw,
        hashlib.sha256(raw).hexdigest(),
        "2026-01-01T00:00:00Z",
        role,
    )


def traces(*pages: Resource, site: str = "shop.example") -> dict[str, list[str]]:
    capture = Capture(
        site, f"https://{site}/", HostKind.STOREFRONT, Outcome.FINISHED, "", tuple(sorted(pages, key=lambda p: p.url))
    )
    found: dict[str, list[str]] = {}
    for trace in identity.take(read(capture)):
        found.setdefault(trace.kind.partition(".")[2], []).append(trace.value)
    return found


def contact(body: str, site: str = "shop.example") -> dict[str, list[str]]:
    return traces(page("/contact", body, Role.CONTACT), site=site)


def test_a_footer_line_tells_company_number_tax_and_address() -> None:
    found = contact(
        "<footer>Castle Lane Records sp. z o.o., KRS 91775256, VAT PL1513809753, 126 Linden Road, 70-245 Gdańsk</footer>"
    )
    assert found["company"] == found["declared_company"] == ["castle lane records spzoo"]
    assert found["registration"] == ["91775256"]
    assert found["vat"] == ["PL1513809753"]
    assert found["address"] == ["126 linden road 70245"]


def test_without_a_home_page_the_language_of_most_pages_tells_the_country() -> None:
    said = page("/contact", '<p>Phone: 212-736-5000</p><a href="tel://2127365001">call</a>', Role.CONTACT, host="shop.com")
    spoken = replace(said, body=said.body.replace(b"<html>", b'<html lang="en-US">'))
    assert traces(spoken, site="shop.com")["phone"] == ["+12127365000", "+12127365001"]
    assert "phone" not in traces(said, site="shop.com")


def test_a_tax_number_with_wrong_check_digits_is_kept_apart() -> None:
    found = contact("<p>VAT DE228004154</p>")
    assert found["false_vat"] == ["DE228004154"]
    assert "vat" not in found


def test_json_ld_declares_before_everything_else() -> None:
    data = '<script type="application/ld+json">{"@type":"Organization","name":"Cellar Door",'
    data += '"legalName":"Cellar Door GmbH","vatID":"DE228004153"}</script>'
    found = traces(page("/contact", "<footer>Another Trading Ltd</footer>", Role.CONTACT, head=data))
    assert found["declared_company"] == ["cellar door gmbh"]
    assert found["company"] == ["another trading ltd", "cellar door gmbh"]
    assert found["brand"] == ["cellardoor"]


@pytest.mark.parametrize(
    "data",
    [
        "[" * 50_000,
        '{"@type":"Organization","name":' + "1" * 5000 + "}",
        '{"@type":["Organization"],"address":[[]]}',
        '{"vatID":{}}',
    ],
)
def test_hostile_json_ld_is_no_organisation(data: str) -> None:
    found = traces(page("/contact", "", Role.CONTACT, head=f'<script type="application/ld+json">{data}</script>'))
    assert "declared_company" not in found


def test_hidden_mail_addresses_are_read() -> None:
    code = "2a" + "".join(f"{ord(letter) ^ 0x2A:02x}" for letter in "sales@cellar.org")
    found = contact(
        f'<a href="mailto:owner%40cellar.org?subject=x">write</a> <span data-cfemail="{code}">[protected]</span>'
        " desk [at] cellar [dot] org,"
        " info&#64;cellar.org press(at)cellar.org"
    )
    assert found["mail"] == ["desk@cellar.org", "info@cellar.org", "owner@cellar.org", "press@cellar.org", "sales@cellar.org"]
    assert found["mail_domain"] == ["cellar.org"]


def test_free_mail_is_a_mail_and_no_domain() -> None:
    found = contact("<p>cellarrecords74@gmail.com</p>")
    assert found["mail"] == ["cellarrecords74@gmail.com"]
    assert "mail_domain" not in found


@pytest.mark.parametrize(
    "left_over",
    [
        "info@example.com",
        "hello@colorlib.com",
        "you@yourdomain.com",
        "logo@2x.png",
        "+65 11.188.888",
        "Phone: +1 (202) 555-0134",
        "Tel. 123-456-7890",
        "+1 234 567 8901",
        "123 Street, New York, USA 10001",
        "Your Company Ltd",
        "&copy; 2020 Your Company Name. All rights reserved",
        "VAT GB123456789",
        "Company No. 12345678",
        "uses Google LLC, PayPal (Europe) S.à r.l. and Hotjar Ltd for this",
        "Intel and the Intel logo are trademarks of Intel Corporation",
        "Web design by Brickwork Studios Ltd.",
        "for a Limited time",
    ],
)
def test_left_overs_and_third_parties_are_no_identity(left_over: str) -> None:
    """A theme's demo contact stood on all six of six independent shops; a processor stands in every privacy page."""
    assert contact(f"<p>{left_over}</p>", site="shop.com") == {}


def test_a_national_number_needs_a_word_and_a_country() -> None:
    assert contact("<p>Tél. : 04.66.93.80.04</p>", site="cave.fr")["phone"] == ["+33466938004"]
    assert "phone" not in contact("<p>Réf. 04.66.93.80.04</p>", site="cave.fr")
    assert "phone" not in contact("<p>Tél. : 04.66.93.80.04</p>", site="cave.example")


def test_messengers_and_accounts_but_no_share_buttons() -> None:
    found = contact(
        '<a href="https://api.whatsapp.com/send?phone=4915735984012">w</a><a href="https://t.me/cellarrecords">t</a>'
        '<a href="skype:cellar.records?chat">s</a><p>ICQ: 248-913-775</p><a href="https://www.facebook.com/CellarRecords/">f</a>'
        '<a href="https://www.facebook.com/sharer/sharer.php?u=x">share</a><a href="https://twitter.com/intent/tweet?x">tweet</a>'
        '<a href="https://facebook.com">fb</a><a href="https://www.youtube.com/channel/UCab-XY12">y</a>'
        '<a href="https://x.com/shopify">p</a>'
    )
    assert found["messenger"] == ["icq:248913775", "skype:cellar.records", "telegram:cellarrecords", "whatsapp:4915735984012"]
    assert found["social"] == ["facebook:cellarrecords", "youtube:UCab-XY12"]


def test_a_company_in_two_spellings_is_told_as_a_slip() -> None:
    found = traces(
        page("/contact", "<p>This shop is operated by Northtorg.</p>", Role.CONTACT),
        page("/terms", "<p>Company: Northrog, Moscow</p>", Role.TERMS),
    )
    assert found["company"] == ["northrog", "northtorg"]
    assert found["company_slip"] == ["northrog / northtorg"]


def test_a_name_left_in_an_alt_text_equals_the_other_shops_brand() -> None:
    first = traces(page("/", '<div class="logo"><img src="/l.png" alt="Song &amp; Cellar"></div>', Role.HOME))
    left = "<title>Deals - Vinyl Attic</title>"
    second = traces(
        page(
            "/",
            "".join(f'<img src="/p/{i}.jpg" alt="Song &amp; Cellar">' for i in range(3)),
            Role.HOME,
            head=left,
            host="attic.example",
        ),
        page("/a", "<p>x</p>", Role.LISTING, head="<title>Jazz - Vinyl Attic</title>", host="attic.example"),
        site="attic.example",
    )
    assert first["brand"] == ["songandcellar"]
    assert second["brand"] == ["songandcellar", "vinylattic"]


def test_a_domain_left_in_a_template_comment_is_a_name() -> None:
    found = traces(page("/", "<!-- songcellar.com main template v2 --><!-- colorlib.com template -->", Role.HOME))
    assert found == {"brand": ["songcellar"]}


def test_a_wall_of_brands_is_nobodys_name() -> None:
    wall = "".join(f'<div class="logo"><img src="/b{i}.png" alt="Famous Maker {name}"></div>' for i, name in enumerate("ABCDEFG"))
    assert traces(page("/", wall, Role.HOME)) == {}


def test_companies_of_product_pages_are_not_the_shops() -> None:
    pages = [page(f"/p{i}", f"<p>Made by Different Maker{i} GmbH</p>", Role.PRODUCT) for i in range(3)]
    assert "company" not in traces(*pages)


def test_the_copyright_holder() -> None:
    assert contact("<p>© 2005-2015 Song Cellar. All rights reserved.</p>")["copyright"] == ["songcellar"]
    assert "copyright" not in contact("<p>Copyright © 2015 All rights reserved | This template is made with love</p>")


def test_a_holder_who_is_not_the_brand_is_the_declared_company() -> None:
    """Old shops name their company in the copyright line only; the brand itself there declares nobody."""
    head = "<title>Song Cellar</title>"
    logo = '<div class="logo">Song Cellar</div>'
    found = traces(page("/contact", logo + "<p>© 2000-2007 Harbour Trade. All rights reserved.</p>", Role.CONTACT, head=head))
    assert found["declared_company"] == ["harbour trade"]
    assert "declared_company" not in traces(page("/contact", logo + "<p>© 2007 Song Cellar</p>", Role.CONTACT, head=head))


def test_a_contact_card_names_a_company_and_its_slip() -> None:
    found = traces(
        page("/contact", "<p>Northrog<br>Moscow<br>+7 495 251-31-45</p>", Role.CONTACT),
        page("/terms", "<p>The service is provided by Northtorg, Moscow.</p>", Role.TERMS),
    )
    assert found["declared_company"] == ["northtorg"]
    assert found["company_slip"] == ["northrog / northtorg"]


def test_a_name_left_before_the_colon_of_alt_texts_is_found() -> None:
    pictures = "".join(f'<img src="/{i}.gif" alt="Song Cellar: record {i}"><p>record {i}</p>' for i in range(3))
    assert traces(page("/", pictures, Role.HOME))["brand"] == ["songcellar"]
    assert "brand" not in traces(page("/", pictures + "<p>by the Song Cellar</p>", Role.HOME))


def test_every_kind_is_class_a_and_the_fact_is_no_key() -> None:
    assert {kind.cls.value for kind in identity.KINDS} == {"A"}
    assert {kind.name for kind in identity.KINDS if not kind.key} == {"identity.declared_company", "identity.company_slip"}


def test_a_list_of_makers_in_the_layout_is_not_the_shop() -> None:
    """A shop's filter by maker stood on all pages, and each maker was declared as the shop's own company."""
    makers = "".join(f"<li>{name} Works Inc</li>" for name in ("Anvil", "Bellows", "Chisel", "Drill"))
    body = f"<ul>{makers}</ul><footer>Song Cellar Ltd</footer>"
    found = traces(*(page(f"/p{i}", body + f"<p>{i}</p>", Role.LISTING) for i in range(4)))
    assert found["company"] == found["declared_company"] == ["song cellar ltd"]


def test_an_article_of_a_small_site_declares_nobody() -> None:
    found = traces(page("/news", "<p>Gestern hat die Anker Werke GmbH aus Kiel gekündigt. © Lens Agency</p>", Role.PAGE))
    assert "company" not in found
    assert "copyright" not in found
