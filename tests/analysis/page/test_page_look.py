"""Looks: what is said in passages counts as if it were said in one."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from analysis.page.page_look import Look
from analysis.page.pages import Page
from crawler.captures import Resource, Role

SAID = st.lists(
    st.sampled_from(
        [
            *(
                "$",
                "€",
                "12",
                "7.50",
                "0",
                "12 €",
                "$ 12",
                "EUR",
                "5 eur 6",
                "kr",
                "3 kr",
                "12.",
                "р.",
                "100 р.",
                "₽",
                "USD 5",
                "円",
                "8円",
            ),
            *(
                "Add to",
                "cart",
                "Your",
                "cart, please",
                "Ваша корзина",
                "в",
                "check",
                "out",
                "checkout",
                "Straße",
                "ἐς",
                "…",
                "1 2 3",
                "n",
            ),
        ]
    ),
    min_size=1,
    max_size=40,
)


def look(body: str) -> Look:
    raw = f"<html><body>{body}</body></html>".encode()
    digest = hashlib.sha256(raw).hexdigest()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Look(Page(Resource("https://shop.example/", 200, headers, raw, digest, "2026-03-02T06:00:00Z", Role.HOME)))


@given(said=SAID)
def test_prices_and_words_of_carts_may_stand_across_boxes(said: list[str]) -> None:
    whole = look(f"<p>{' '.join(said)}</p>")
    parted = look("".join(f"<div><span>{text}</span></div>" for text in said))
    assert parted.text == whole.text
    assert (parted.prices, parted.words, parted.sells) == (whole.prices, whole.words, whole.sells)


def test_what_costs_nothing_is_no_price_and_the_same_price_counts_once() -> None:
    assert look("<div>$0.00</div><div>$5</div><div>$5</div><p>6 <b>€</b></p>").prices == 2


def test_only_the_first_prices_are_looked_at() -> None:
    assert look("".join(f"<div>${number}</div>" for number in range(1, 100))).prices == 60


def test_a_text_without_end_is_looked_at_as_far_as_marks_are_searched() -> None:
    endless = look("<div>word </div>" * 20_000 + "<div>$9</div>")
    assert endless.prices == 0
    assert len(endless.text) == 60_000


def test_headings_fields_pictures_and_links_are_those_of_the_page() -> None:
    seen = look(
        "<h1>Members <b>only</b></h1><form><input name=invite_code><input type=' PASSWORD '><input type=hidden></form>"
        "<img src=a><img src=b><a href=/>x</a>"
    )
    assert seen.heading == " | members only | "
    assert (seen.codes, seen.passwords, seen.inputs, seen.pictures, seen.links) == (1, 1, 2, 2, 1)
