"""What stands where a shop's name stands and is none."""

from __future__ import annotations

import hashlib

import pytest

from analysis.identities.brands import brand_names
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role


def brands(alt: str) -> list[str]:
    words = "<p>Long playing records, shipped from our own cellar to any address you name, every weekday of the year.</p>" * 6
    body = f'<!doctype html><html><body><div class="logo"><img src="/l.png" alt="{alt}"></div>{words}</body></html>'.encode()
    page = Resource(
        "https://shop.example/",
        200,
        (("content-type", "text/html; charset=utf-8"),),
        body,
        hashlib.sha256(body).hexdigest(),
        "2026-01-01T00:00:00Z",
        Role.HOME,
    )
    capture = Capture("shop.example", page.url, HostKind.STOREFRONT, Outcome.FINISHED, "", (page,))
    return [value for value, _, _ in brand_names(read(capture))]


@pytest.mark.parametrize(
    ("alt", "brand"),
    [
        ("Song Cellar", "songcellar"),
        ("Song Cellar Logo", "songcellar"),
        ("Go Outdoors", "gooutdoors"),
        ("My Song Cellar, Inc.", "mysongcellarinc"),
        ("Ida&amp;#039;s Song Cellar", "idassongcellar"),
        ("Song Cellar &amp;am", "songcellar"),
    ],
)
def test_a_name(alt: str, brand: str) -> None:
    assert brands(alt) == [brand]


@pytest.mark.parametrize(
    "alt",
    [
        "STC_logo",
        "Cellar-Finance-Logo-300x144",
        "cellar-footer.png",
        "Powered by Quirkboard",
        "Go to Gallery of Designs",
        "Gå till startsidan",
        "Back to the front page",
        "Students showing their spirit.",
        "Quirk privacy certification",
        "Minden jog fenntartva",
        "Úvodní stránka",
        "Homepage link",
        "Profile photo",
        "903FF036-768A-4179-A702-D55418F91FB6",
        "Friday July 19, 2013",
    ],
)
def test_files_links_credits_and_sentences_are_no_names(alt: str) -> None:
    assert brands(alt) == []
