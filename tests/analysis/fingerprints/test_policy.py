"""Policy text: equal where one author wrote it, whoever the shop says it is."""

from __future__ import annotations

import hashlib

from analysis.evidence import Trace
from analysis.fingerprints import policy, prose
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

CLAUSES = (
    "This site is operated by {company}, and by ordering from {brand} you accept these terms.",
    "Orders placed before 11:00 leave our cellar the same day, later ones within 3 working days.",
    "You may send back any record within 28 days as long as the sleeve is still sealed.",
    "Bulk buyers of more than 19 boxes must call ahead so that the goods lift can be booked.",
    "Postage of {price} is added to every order, and questions go to {mail} on weekdays.",
    "A member who brings 6 friends may choose one record from the wooden shelf.",
)
ONE = {"company": "Castle Lane sp. z o.o.", "brand": "Song Cellar", "price": "$4.90", "mail": "desk@songcellar.example"}
OTHER = {"company": "Harbour Vinyl GmbH", "brand": "Vinyl Attic", "price": "€ 5,20", "mail": "hello@attic.example"}


def page(site: str, path: str, role: Role, brand: str, body: str) -> Resource:
    html = (
        f"<!doctype html><html><head><title>{path} - {brand}</title></head><body>"
        f"<header><p>Welcome to the pages of {brand}</p></header>"
        f"<main>{body}</main>"
        "<footer><p>Every record of this shop is cleaned and checked by hand before it is sent.</p></footer></body></html>"
    )
    raw = html.encode()
    return Resource(
        f"https://{site}{path}",
        200,
        (("content-type", "text/html; charset=utf-8"),),
        raw,
        hashlib.sha256(raw).hexdigest(),
        "2026-01-01T00:00:00Z",
        role,
    )


def shop(site: str, names: dict[str, str], clauses: tuple[str, ...] = CLAUSES, tag: str = "p") -> Capture:
    body = "<h2>Terms</h2>" + "".join(f"<{tag}>{clause.format(**names)}</{tag}>" for clause in clauses)
    home = "<p>Since the flood of the old arcade we sell nothing but records that survived it.</p>" + "<p>Records</p>" * 30
    pages = (
        page(site, "/", Role.HOME, names["brand"], home),
        page(
            site, "/list", Role.LISTING, names["brand"], "<p>Jazz and more jazz from every decade that had any jazz in it.</p>" * 5
        ),
        page(site, "/terms", Role.TERMS, names["brand"], body),
    )
    return Capture(site, f"https://{site}/", HostKind.STOREFRONT, Outcome.FINISHED, "", pages)


def traces(capture: Capture, kind: str) -> list[Trace]:
    return [trace for trace in policy.take(read(capture)) if trace.kind == f"policy.{kind}"]


def values(capture: Capture, kind: str) -> set[str]:
    return {trace.value for trace in traces(capture, kind)}


def test_another_company_brand_mail_and_currency_change_nothing() -> None:
    one, other = shop("songcellar.example", ONE), shop("attic.example", OTHER)
    for kind in ("sentence", "shingle", "page_digest", "structure", "numbers"):
        assert values(one, kind) == values(other, kind) != set(), kind


def test_another_period_is_another_clause() -> None:
    """Clauses of one pattern with other numbers are written by others: strangers' "14 friends" and "32 friends"."""
    changed = tuple(clause.replace("6 friends", "9 friends") for clause in CLAUSES)
    one, other = shop("a.example", ONE), shop("b.example", ONE, changed)
    assert len(values(one, "sentence") - values(other, "sentence")) == 1
    assert not values(one, "page_digest") & values(other, "page_digest")


def test_a_dropped_and_a_moved_clause_leave_the_others_equal() -> None:
    moved = (CLAUSES[3], *CLAUSES[:3], CLAUSES[5])
    one, other = values(shop("a.example", ONE), "sentence"), values(shop("b.example", OTHER, moved, tag="li"), "sentence")
    assert other < one
    assert len(one - other) == 1


def test_numbers_survive_translation() -> None:
    french = (
        "Ce site est exploité par {company}, et en commandant chez {brand} vous acceptez ces conditions.",
        "Les commandes passées avant 11:00 partent le jour même, les autres sous 3 jours ouvrés.",
        "Vous pouvez renvoyer tout disque sous 28 jours tant que la pochette reste scellée.",
        "Au-delà de 19 cartons il faut appeler avant pour réserver le monte-charge.",
        "Des frais de {price} s'ajoutent à chaque commande, et les questions vont à {mail} en semaine.",
        "Un membre qui amène 6 amis peut choisir un disque de l'étagère en bois.",
    )
    one, other = shop("a.example", ONE), shop("b.example", OTHER, french)
    assert values(one, "numbers") == values(other, "numbers") == {"terms: 3 6 19 28 11:00"}
    assert not values(one, "sentence") & values(other, "sentence")


def test_what_stands_on_every_page_is_layout() -> None:
    shown = {trace.shown for trace in traces(shop("a.example", ONE), "sentence")}
    assert not any("cleaned and checked by hand" in text or "Welcome to the pages" in text for text in shown)


def test_short_sentences_are_anybodys() -> None:
    short = ("All prices include VAT.", "Delivery takes 3 to 6 working days.", "The law of Poland applies.")
    assert values(shop("a.example", ONE, short), "sentence") == set()


def test_lorem_ipsum_is_nobodys() -> None:
    filler = ("Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut labore.",) * 4
    capture = shop("a.example", ONE, filler)
    assert values(capture, "sentence") == values(capture, "page_digest") == set()


def test_what_software_says_by_default_is_nobodys() -> None:
    stock = ("Lost your password? Please enter your username or email address and wait for our letter.",)
    own = ("Every record is packed by the hands of whoever happens to be awake.",)
    assert len(values(shop("a.example", ONE, stock + own), "sentence")) == 1
    page_of_stock = page("a.example", "/", Role.HOME, "Vinyl Cellar", f"<p>{stock[0]}</p><p>{own[0]}</p>" + "<p>Music</p>" * 40)
    capture = Capture("a.example", "https://a.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", (page_of_stock,))
    assert [trace.shown for trace in prose.take(read(capture))] == list(own)


def test_a_job_and_a_trade_are_no_policies() -> None:
    body = (
        "<p>Whoever keeps the counter open until midnight on Fridays may go home an hour earlier on Mondays.</p>"
        + "<p>Music</p>" * 30
    )
    for heading in ("About the role", "Licensed businesses for sale"):
        pages = (
            page("a.example", "/", Role.HOME, "Vinyl Cellar", "<p>Music</p>" * 40),
            page("a.example", "/info", Role.PAGE, "Vinyl Cellar", f"<h1>{heading}</h1>{body}"),
        )
        capture = Capture("a.example", "https://a.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", pages)
        assert traces(capture, "sentence") == []


def test_quirks_are_told_with_the_words_around_them() -> None:
    odd = (
        "We send the the parcel on the day after your order has reached us.",
        "Records , sleeves and boxes are packed by hand in our cellar.",
        "Оплата принимaется картой или переводом на наш счёт в банке.",
        "You will recieve a note as soon as the parcel has left the house.",
        "That had had no effect and nous nous excusons for it.",
    )
    assert values(shop("a.example", ONE, odd), "quirk") == {
        "doubled: we send the the parcel on",
        "blank: records , sleeves and",
        "scripts: принимaется",
        "slip: you will recieve a note",
    }


def test_a_page_without_a_role_is_a_policy_by_its_heading() -> None:
    body = (
        "<h1>Lieferung und Versand</h1><p>Jede Platte wird von Hand gepackt und am nächsten Werktag dem Fahrer mitgegeben.</p>"
    ) + "<p>Musik</p>" * 30
    pages = (
        page("a.example", "/", Role.HOME, "Plattenkeller", "<p>Musik</p>" * 40),
        page("a.example", "/info", Role.PAGE, "Plattenkeller", body),
    )
    capture = Capture("a.example", "https://a.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", pages)
    assert len(traces(capture, "sentence")) == 1


def test_prose_comes_from_the_home_page_and_not_from_policies_or_layout() -> None:
    shown = [trace.shown for trace in prose.take(read(shop("a.example", ONE)))]
    assert shown == ["Since the flood of the old arcade we sell nothing but records that survived it."]


def test_traces_do_not_depend_on_the_run() -> None:
    capture = shop("a.example", ONE)
    assert list(policy.take(read(capture))) == list(policy.take(read(capture)))
    assert all(len({(t.kind, t.value) for t in taken}) == len(taken) for taken in [list(policy.take(read(capture)))])
