"""Findings with people's data masked: in their own columns, and in whatever text repeats them."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from analysis.findings import TABLES, ChangeRow, EvidenceRow, Findings, LinkRow, StorefrontRow, TraceRow
from analysis.masking import Shown, as_they_are, masked
from analysis.people import Masks

MASKS = Masks(b"key")
PHONE, MASK = "+4915123987460", MASKS.telephone("+4915123987460")


def trace(site: str, kind: str, value: str, shown: str = "") -> TraceRow:
    return TraceRow(site, kind, value, shown, f"https://{site}/", "ab" * 32, 1.0)


def evidence(kind: str, value: str, shown: str = "", sentence: str = "", **others: str) -> EvidenceRow:
    row = EvidenceRow(
        *("a.example", "b.example", kind, "identity", "A", "for", 1.0, 0.5, 0.01, "floor", ""),
        *(
            value,
            shown,
            "https://a.example/",
            "ab" * 32,
            "https://b.example/",
            "cd" * 32,
            sentence or f"both have: {shown or value}",
        ),
    )
    return replace(row, **others)


def findings(*traces: TraceRow, **tables: tuple[object, ...]) -> Findings:
    empty = dict.fromkeys(TABLES, ())
    return Findings(crawl_id="20260302T060000Z", previous="", **{**empty, "traces": traces, **tables})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "0151 23987460", "(0151) 239 874 60", "0151/239-874-60", "+49 (0)151 239 874 60", "004915123987460", "15123987460",
        "wa.me/4915123987460", "?phone=%2B4915123987460",
    ],
)  # fmt: skip
def test_a_number_that_a_storefront_shows_is_found_however_it_is_written(written: str) -> None:
    row = evidence("policy.shingle", "", f"on weekdays {written} until 18:00, 2004 lamps")
    shown = masked(findings(trace("a.example", "identity.phone", PHONE), evidence=(row,)), MASKS)
    assert shown.evidence[0].shown.endswith(f"{MASK} until 18:00, 2004 lamps")
    assert shown.evidence[0].sentence == f"both have: {shown.evidence[0].shown}"


@pytest.mark.parametrize("other", ["9915123987460", "UA-15123987460", "151239874601", "0151 23987461"])
def test_other_numbers_stay(other: str) -> None:
    row = evidence("assets.path", other)
    assert masked(findings(trace("a.example", "identity.phone", PHONE), evidence=(row,)), MASKS).evidence == (row,)


@pytest.mark.parametrize("words", ["de tel 0151 239 874", "239 874 60 from abroad", "terms: 0 0 1 1 8 239 874 0151"])
def test_what_a_quotation_kept_of_a_number_is_masked(words: str) -> None:
    row = evidence("policy.shingle", "", words)
    shown = masked(findings(trace("a.example", "identity.phone", PHONE), evidence=(row,)), MASKS).evidence[0].shown
    assert MASK in shown
    assert "239" not in shown


@pytest.mark.parametrize("words", ["or to k weiss at gmx", "k weiss at gmx dot de", "k.weiss gmx de", "K.Weiss@gmx.de"])
def test_a_mail_address_in_words_is_masked(words: str) -> None:
    row = evidence("policy.shingle", "", words)
    shown = masked(findings(trace("a.example", "identity.mail", "k.weiss@gmx.de"), evidence=(row,)), MASKS).evidence[0].shown
    assert MASKS.mail("k.weiss@gmx.de") in shown
    assert "weiss" not in shown.casefold()


def test_a_number_of_another_storefront_is_not_looked_for() -> None:
    row = evidence("assets.path", "15123987460")
    assert masked(findings(trace("c.example", "identity.phone", PHONE), evidence=(row,)), MASKS).evidence == (row,)


@pytest.mark.parametrize(
    "text",
    ["Lindenallee 47, 53111 Bonn", "LINDENALLEE 47", "at Lindenallee  47 we bake", "lindenallee-47"],
)
def test_a_home_is_masked_in_texts(text: str) -> None:
    home = trace("a.example", "identity.address", "lindenallee 47 53111", "Lindenallee 47, 53111 Bonn")
    shown = masked(findings(home, evidence=(evidence("policy.shingle", "", text),)), MASKS).evidence[0].shown
    assert "47" not in shown
    assert "inden" not in shown.casefold()
    assert MASKS.address("lindenallee 47 53111") in shown


def test_a_street_with_a_sharp_s_is_found_in_both_spellings() -> None:
    home = trace("a.example", "identity.address", "hauptstrasse 5 10115", "")
    for text in ("Hauptstraße 5", "Hauptstrasse 5"):
        assert "aupt" not in masked(findings(home, evidence=(evidence("x.y", text),)), MASKS).evidence[0].value


def test_an_account_is_masked_only_where_it_is_announced() -> None:
    account = trace("a.example", "identity.messenger", "telegram:music")
    rows = tuple(evidence("policy.shingle", "", text) for text in ("ask @music or t.me/music", "music for all"))
    shown = masked(findings(account, evidence=rows), MASKS).evidence
    assert "music" not in shown[0].shown
    assert shown[1].shown == "music for all"


def test_accounts_of_the_shops_own_name_or_brand_stay() -> None:
    own = trace("lampworks.example", "identity.social", "facebook:lampworks_official")
    brand = (trace("x.example", "identity.brand", "house of lamps"), trace("x.example", "identity.social", "x:houseoflamps"))
    other = trace("x.example", "identity.social", "x:katarina")
    sites = ("lampworks.example", "x.example")
    shown = {row.value for row in masked(findings(own, *brand, other), MASKS, sites).traces}
    assert {"facebook:lampworks_official", "x:houseoflamps"} <= shown
    assert "x:katarina" not in shown


def test_a_payee_stays_but_for_a_mail_address_and_a_bank_account() -> None:
    rows = (
        evidence("payment.merchant_id", "robokassa:12345678"),
        evidence("payment.payee_key", "paypal business:john@gmail.com"),
        evidence("payment.payee_key", "upi:9190119354@paytm"),
        evidence("payment.bank_account", "DE75512108001245126199", "DE75 5121 0800 1245 1261 99"),
    )
    merchant, paypal, indian, bank = masked(findings(evidence=rows), MASKS).evidence
    assert merchant == rows[0]
    assert paypal.value == f"paypal business:{MASKS.mail('john@gmail.com')}"
    assert indian.value == f"upi:{MASKS.mail('9190119354@paytm')}"
    assert (bank.value, bank.shown) == (MASKS.bank_account("DE75512108001245126199"),) * 2
    assert "john" not in paypal.sentence
    assert "5121" not in bank.sentence


def test_every_text_column_that_is_not_ours_is_looked_through() -> None:
    """A column that comes later is masked from its first day."""
    texts = {name: [item.name for item in fields(record) if item.type == "str"] for name, record in TABLES.items()}
    left = set()
    for name, record in TABLES.items():
        filled = {
            item.name: "john@gmail.com" if item.type == "str" else b"" if item.type == "bytes" else 1 for item in fields(record)
        }
        (row,) = getattr(masked(findings(**{name: (record(**filled),)}), MASKS, ("john@gmail.com",)), name)
        left |= {column for column in texts[name] if getattr(row, column) == "john@gmail.com"}
    assert left == {
        "site", "site_a", "site_b", "kind", "family", "cls", "direction", "u_source", "digest", "digest_a", "digest_b", "cluster",
        "relation", "original", "outcome", "page_state", "payment", "discovered_by", "weakest", "bridges", "parents", "first_seen",
        "last_seen", "proved", "what", "attribute", "since", "seen", "pending_since", "crawl", "languages", "roles", "unread",
    }  # fmt: skip


def test_titles_changes_links_and_notes_are_texts_too() -> None:
    front = StorefrontRow(
        "a.example", "https://a.example/", "storefront", "finished", *[""] * 3, "john@gmail.com", *[""] * 3, 1, 1, "", "", b""
    )
    change = ChangeRow("company", "a.example", "", "", "john@gmail.com", 3, "now names john@gmail.com", "", "")
    link = LinkRow("a.example", "b.example", "copy-of", 0.5, 1.0, 1.0, 0.0, False, "", "", "both have john@gmail.com", "")
    shown = masked(
        replace(findings(storefronts=(front,), changes=(change,), links=(link,)), notes={"n": "of john@gmail.com"}), MASKS
    )
    for text in (
        shown.storefronts[0].title,
        shown.changes[0].after,
        shown.changes[0].sentence,
        shown.links[0].pro,
        shown.notes["n"],
    ):
        assert text.endswith(MASKS.mail("john@gmail.com"))


def test_what_is_shown_is_not_masked_again() -> None:
    shown = masked(findings(evidence=(evidence("identity.mail", "john@gmail.com"),)), MASKS)
    assert isinstance(shown, Shown)
    assert masked(shown, MASKS) is shown
    plain = as_they_are(findings(evidence=(evidence("identity.mail", "john@gmail.com"),)))
    assert masked(plain, MASKS).evidence[0].value == "john@gmail.com"


def test_about_keeps_the_rows_of_some_storefronts_and_their_traces() -> None:
    all_of_them = findings(*(trace(site, "identity.mail", f"john@{site}") for site in ("a.example", "b.example", "c.example")))
    assert [row.site for row in masked(all_of_them, MASKS, ("b.example",)).traces] == ["b.example"]
    assert masked(all_of_them, MASKS).traces == ()
