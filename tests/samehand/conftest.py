"""A small market as archives, brought in and analysed by the command line: one hand, a copyist, a stranger, a parked name."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.archive import CaptureWriter
from crawler.captures import HostKind, Outcome
from crawler.items import ArchivedExchange
from samehand.cli import main

CRAWL = "20260302T060000Z"
SYLLABLES = (
    "ba",
    "co",
    "di",
    "fu",
    "gel",
    "hor",
    "ist",
    "jun",
    "kla",
    "lem",
    "mir",
    "nop",
    "ora",
    "pel",
    "qui",
    "ros",
    "sta",
    "tur",
)
HOSTILE = "=cmd|' /C calc'!A0 \x1b[2J\x1b]0;owned\x07 <script>alert(1)</script>"


@dataclass(frozen=True)
class Market:
    """Where the command line keeps its data, and the archives it was given."""

    data: Path
    archives: tuple[Path, ...]
    crawl: str = CRAWL


def _prose(seed: str, sentences: int) -> str:
    rng = random.Random(seed)

    def word() -> str:
        return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3)))

    made = [" ".join(word() for _ in range(rng.randint(7, 12))).capitalize() + "." for _ in range(sentences)]
    return "".join(f"<p>{' '.join(made[n : n + 3])}</p>\n" for n in range(0, sentences, 3))


def _page(site: str, seed: str, title: str, body: str, *, head: str = "") -> str:
    """``seed`` makes the markup: class names and nesting."""
    rng = random.Random(seed)
    names = ["".join(rng.choice(SYLLABLES) for _ in range(2)) for _ in range(6)]
    menu = "".join(
        f'<li class="{names[0]}"><a href="https://{site}/{path}">{path.title()}</a></li>'
        for path in ("products", "cart", "terms", "contact")
    )
    wrap = rng.choice(["section", "article", "div"])
    return (
        f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head>\n"
        f"<body class='{names[1]}'><nav class='{names[2]}'><ul class='{names[3]}'>{menu}</ul></nav>\n"
        f"<{wrap} class='{names[4]}'><div class='{names[5]}'><h1>{title}</h1>\n{body}</div></{wrap}></body></html>"
    )


def _goods(seed: str) -> str:
    rng = random.Random(seed)
    rows = [
        f"<div class='item'><h3>{rng.choice(SYLLABLES).title()}{rng.choice(SYLLABLES)} lamp {n}</h3>"
        f"<span class='price'>${rng.randint(11, 90)}.{rng.randint(11, 98)}</span><a href='/cart?add={n}'>Add to cart</a></div>"
        for n in range(14)
    ]
    return "\n".join(rows)


def _shop(site: str, *, markup: str, words: str, goods: str, key: str, company: str, title: str, head: str = "") -> dict[str, str]:
    pay = f'<form action="/pay"><div data-key="{key}"></div><button>Pay by card</button></form>'
    return {
        "/": _page(site, markup, title, f"{_goods(goods)}<footer>© 2026 {company}</footer>", head=head),
        "/products": _page(site, markup, f"{title}: products", _goods(goods)),
        "/cart": _page(site, markup, f"{title}: cart", f"<p>We accept Visa and MasterCard.</p>{pay}"),
        "/terms": _page(site, markup, "Terms and conditions", f"<p>This shop is operated by {company}.</p>{_prose(words, 36)}"),
        "/contact": _page(site, markup, "Contact", f"<p>{company}, write to office@{site}</p>"),
    }


def _archive(folder: Path, site: str, pages: dict[str, str]) -> Path:
    headers = (("Server", "nginx"), ("Content-Type", "text/html; charset=utf-8"))
    asked, date, address = (("Host", site),), "2026-03-02T06:00:00Z", "192.0.2.7"
    with CaptureWriter(folder, site, url=f"https://{site}/", kind=HostKind.STOREFRONT, crawl_id=CRAWL) as writer:
        for path, text in pages.items():
            url = f"https://{site}{path}"
            writer.exchange(ArchivedExchange(url, "GET", asked, 200, "OK", "HTTP/1.1", headers, text.encode(), date, address))
        return writer.close(Outcome.FINISHED, "")


def make_archives(folder: Path) -> tuple[Path, ...]:
    """One WARC a storefront."""
    folder.mkdir(parents=True)
    one, other = "pk_live_oIWt2PAVZbtIphW9ZyHs3m7n", "pk_live_Zq81RmXc4TnVb7Yk2LwHd9Ps"
    canonical = '<link rel="canonical" href="https://house.example/">'
    house = {"markup": "house", "words": "house", "goods": "house"}
    loner = dict.fromkeys(house, "loner")
    shops = {
        "house.example": _shop("house.example", **house, key=one, company="Lampworks Ltd", title="House of lamps"),
        "mirror.example": _shop(
            "mirror.example",
            markup="mirror",
            words="house",
            goods="mirror",
            key=one,
            company="Brightwell GmbH",
            title="Mirror lamps",
        ),
        "copy.example": _shop("copy.example", **house, key=other, company="Lampworks Ltd", title="House of lamps", head=canonical),
        "loner.example": _shop("loner.example", **loner, key="", company="Loner Inc", title=HOSTILE),
        "parked.example": {"/": "<html><head><title>parked.example</title></head><body>This domain is for sale.</body></html>"},
    }
    return tuple(_archive(folder, site, pages) for site, pages in shops.items())


def bring_in(data: Path, archives: Sequence[Path]) -> None:
    """Import and analyse, by the command line."""
    assert main(["import", *map(str, archives), "--data", str(data)]) == 0
    assert main(["analyse", "--data", str(data)]) == 0


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    """The market, brought in and analysed once; tests read it and leave it as it is."""
    root = tmp_path_factory.mktemp("market")
    archives = make_archives(root / "archives")
    bring_in(root / "data", archives)
    return Market(root / "data", archives)
