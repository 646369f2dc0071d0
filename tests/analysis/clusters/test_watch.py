"""Watching: each change told once and in its week, misses waited out, repeats damped, what was not read not changed."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clusters.memory import Patience
from tests.analysis.clusters.lives import ROLES, Chain, down, front, trace, week

A = "a.example"
MISSES = [
    down(A),
    down(A, "refused-by-robots", "not-seen"),
    down(A, "finished", "bot-challenge"),
    down(A, "finished", "maintenance"),
    down(A, "finished", "error"),
    down(A, "failed", "not-seen"),
]


@pytest.mark.parametrize("missed", MISSES, ids=lambda row: f"{row.outcome} {row.page_state}")
@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_an_outage_of_one_to_three_weeks_is_never_gone_and_never_back(missed, weeks: int) -> None:
    told = Chain().tells(front(A), *[missed] * weeks, front(A), front(A))
    assert told == [[], ["not-reached"], *[[]] * (weeks - 1), ["reached-again"], []]


def test_silence_is_gone_after_the_configured_number_of_crawls_and_told_once() -> None:
    chain = Chain(Patience(confirm_after=3))
    told = chain.tells(front(A), *[down(A)] * 6, front(A), front(A))
    assert told == [[], ["not-reached"], [], ["gone"], [], [], [], ["back"], []]
    (gone,) = chain.findings[3].changes
    assert (gone.before, gone.after, gone.sentence) == (
        "shop",
        "unreachable",
        f"{A} is gone: it has not answered in 3 crawls in a row",
    )


def test_who_answers_and_keeps_us_out_is_not_gone_but_shut() -> None:
    chain = Chain()
    told = chain.tells(front(A), *[down(A, "refused-by-robots", "not-seen")] * 6, front(A))
    assert told == [[], ["not-reached"], [], [], ["page-state"], [], [], ["page-state"]]
    assert chain.findings[4].changes[0].after == "refused-by-robots"
    assert chain.findings[7].changes[0].after == "shop"


def test_our_own_failures_confirm_nothing() -> None:
    told = Chain().tells(front(A), *[down(A, "failed", "not-seen")] * 9, front(A))
    assert told == [[], ["not-reached"], *[[]] * 8, ["reached-again"]]


def test_who_was_not_asked_for_has_not_been_missed() -> None:
    told = Chain().tells(front(A), *[down(A, "not-asked", "not-seen")] * 9, front(A))
    assert told == [[]] * 11


@pytest.mark.parametrize("state", ["parked", "for-sale", "suspended"])
def test_what_is_positively_ended_is_gone_at_once_and_back_at_once(state: str) -> None:
    ended = down(A, "finished", state)
    assert Chain().tells(front(A), ended, ended, front(A), front(A)) == [[], ["gone"], [], ["back"], []]


def test_a_farewell_is_an_end_and_a_blog_is_not() -> None:
    blog = front(A, page_state="blog", payment="", products=0)
    assert Chain().tells(front(A), blog, blog) == [[], ["page-state"], []]
    assert Chain().tells(front(A), replace(blog, marks="farewell: goodbye"), blog) == [[], ["gone"], ["back"]]


def test_an_end_after_misses_is_told_when_it_is_seen() -> None:
    assert Chain().tells(front(A), down(A), down(A, "finished", "parked"), down(A)) == [[], ["not-reached"], ["gone"], []]


def test_a_newcomer_that_does_not_answer_appears_when_it_does() -> None:
    chain = Chain()
    others = front("z.example")
    told = [[row.what for row in chain.crawl([others, *rows])] for rows in ([], [down(A)], [down(A)], [front(A)], [front(A)])]
    assert told == [[], ["not-reached"], [], ["appeared"], []]


def test_payment_is_told_in_its_week_and_not_again() -> None:
    lost, back = front(A, payment="unavailable"), front(A)
    assert Chain().tells(front(A), lost, lost, lost, back, back) == [[], ["payment"], [], [], ["payment"], []]


def test_payment_that_flaps_every_week_is_told_twice_and_then_when_it_settles() -> None:
    lost, back = front(A, payment="unavailable"), front(A)
    told = Chain().tells(front(A), lost, back, lost, back, lost, lost, lost, lost)
    assert told == [[], ["payment"], ["payment"], [], [], [], [], ["payment"], []]


def test_payment_no_longer_offered_needs_a_whole_visit_to_where_it_was_offered_and_time() -> None:
    silent = front(A, payment="")
    assert Chain().tells(front(A), silent, silent, silent, silent) == [[], [], [], ["payment"], []]
    assert Chain().tells(front(A), *[replace(silent, outcome="budget")] * 5) == [[]] * 6
    assert Chain().tells(front(A), *[replace(silent, roles="home,listing,product")] * 5) == [[]] * 6


def test_payment_found_on_a_page_that_was_not_read_before_is_no_change() -> None:
    unread = front(A, payment="", roles="home,listing")
    assert Chain().tells(unread, front(A)) == [[], []]
    assert Chain().tells(front(A, payment=""), front(A)) == [[], ["payment"]]


def test_payment_that_could_not_be_read_is_not_payment_that_is_gone() -> None:
    failed = front(A, payment="", unread="payment")
    assert Chain().tells(front(A), *[failed] * 6, front(A)) == [[]] * 8
    assert Chain().tells(failed, front(A), failed) == [[]] * 3
    assert Chain().tells(front(A), failed, front(A, payment="withdrawn")) == [[], [], ["payment"]]
    assert Chain().tells(front(A, payment="", unread="style"), front(A)) == [[], ["payment"]]


def test_payment_found_on_a_page_first_read_when_payment_could_not_be_read_is_no_change() -> None:
    silent, failed = front(A, payment="", roles="home,listing"), front(A, payment="", unread="payment")
    assert Chain().tells(silent, failed, front(A)) == [[]] * 3
    assert Chain().tells(silent, replace(failed, roles="home"), replace(silent, payment="accepted")) == [[], [], ["payment"]]


def test_another_company_is_told_at_once_and_one_more_is_not() -> None:
    chain = Chain()
    names = ["North Wind Trading", "North Wind Trading / South Sea Goods", "South Sea Goods", "South Sea Goods Ltd"]
    assert chain.tells(*[front(A, company=name) for name in names]) == [[], [], ["company"], []]
    assert chain.findings[2].changes[0].before == "North Wind Trading"


def test_another_language_is_told_at_once_one_more_when_it_stays() -> None:
    assert Chain().tells(front(A), front(A, languages="fr"), front(A, languages="fr")) == [[], ["language"], []]
    two = front(A, languages="en-GB,de")
    assert Chain().tells(front(A), two, front(A), two, two, two) == [[], [], [], [], [], ["language"]]


def test_a_catalogue_changes_by_share_and_by_count_and_only_in_whole_visits() -> None:
    assert Chain().tells(front(A, products=40), front(A, products=60), front(A, products=60)) == [[], ["catalogue"], []]
    assert Chain().tells(front(A, products=4), front(A, products=8)) == [[], []]
    assert Chain().tells(front(A, products=400), front(A, products=460)) == [[], []]
    assert Chain().tells(front(A, products=40), front(A, products=9, outcome="budget")) == [[], []]
    assert Chain().tells(front(A, products=40), front(A, products=9, roles="cart,home")) == [[], []]


def test_a_catalogue_that_goes_back_is_told_when_it_has_settled() -> None:
    big, small = front(A, products=60), front(A, products=40)
    assert Chain().tells(small, big, small, big, small, small, small) == [[], ["catalogue"], [], [], [], [], ["catalogue"]]


def _priced(factor: float, goods: range, currency: str = "EUR") -> list:
    prices = [trace(A, "catalogue.price", f"sku-{n}", round((10 + n) * factor, 2)) for n in goods]
    return [*prices, trace(A, "catalogue.currency", currency)]


def test_prices_are_compared_on_the_same_goods_only() -> None:
    chain = Chain()
    told = [
        [row.what for row in chain.crawl([front(A)], traces=traces)]
        for traces in (
            _priced(1, range(20)),
            _priced(1, range(10, 30)),  # other goods at the same level
            _priced(1.02, range(10, 30)),
            _priced(1.2, range(10, 30)),
            _priced(1.2, range(10, 30)),
            _priced(3, range(50, 70)),  # nothing to compare with
            _priced(3, range(50, 70), "USD"),
        )
    ]
    assert told == [[], [], [], ["prices"], [], [], ["prices"]]
    (row,) = chain.findings[3].changes
    assert (row.before, row.after) == ("EUR", "EUR 1.200 20")
    assert row.sentence == f"{A}: the same goods cost 20 % more (median of 20)"


def test_small_steps_of_prices_add_up() -> None:
    chain = Chain()
    told = [[row.what for row in chain.crawl([front(A)], traces=_priced(1.02**n, range(20)))] for n in range(4)]
    assert told == [[], [], [], ["prices"]]


def _hosted(*addresses: str, cdn: str = "") -> list:
    rows = [trace(A, "infrastructure.address", address) for address in addresses]
    return [*rows, *([trace(A, "infrastructure.cdn", cdn)] if cdn else [])]


def _told(rows: list[list]) -> list[list[str]]:
    chain = Chain()
    return [[row.what for row in chain.crawl([front(A)], traces=traces)] for traces in rows]


def test_another_network_is_told_and_a_neighbouring_address_is_not() -> None:
    rows = [_hosted("192.0.2.1"), _hosted("192.0.2.77"), _hosted("192.0.2.3", "198.51.100.4"), _hosted("198.51.100.9")]
    assert _told(rows) == [[], [], [], []]
    nginx, apache = ([trace(A, "infrastructure.server", name)] for name in ("nginx", "apache"))
    moved = [_hosted("192.0.2.1") + nginx, _hosted("203.0.113.5") + apache, _hosted("203.0.113.6") + apache]
    assert _told(moved) == [[], ["host"], []]


def test_another_network_alone_is_told_when_it_has_settled() -> None:
    rows = [_hosted("192.0.2.1"), *(_hosted(f"203.0.113.{n}") for n in range(1, 6))]
    assert _told(rows) == [[], [], [], ["host"], [], []]


def test_addresses_of_a_content_network_rotate_and_are_not_told() -> None:
    rows = [_hosted(f"203.0.{n}.1", cdn="cloudflare") for n in range(6)]
    assert _told(rows) == [[]] * 6
    assert _told([_hosted("192.0.2.1"), *rows[:2]]) == [[], ["host"], []]


def test_addresses_that_rotate_without_a_name_are_not_told() -> None:
    assert _told([_hosted(f"203.0.{n % 5}.1") for n in range(12)]) == [[]] * 12


def test_other_name_servers_are_told() -> None:
    rows = [[trace(A, "infrastructure.name_server", name)] for name in ("ns1.one.example", "ns2.one.example", "ns1.two.example")]
    assert _told(rows) == [[], [], ["host"]]


def test_a_new_key_is_told_and_a_renewal_with_the_same_key_is_not() -> None:
    def shown(key: str, certificate: str) -> list:
        return [trace(A, "infrastructure.spki", key * 64), trace(A, "infrastructure.certificate", certificate)]

    assert _told([shown("1", "c1"), shown("1", "c2"), shown("2", "c3"), shown("2", "c4")]) == [[], [], ["certificate"], []]


def test_what_half_of_all_change_of_their_hosting_is_nobodys_own_doing() -> None:
    chain = Chain()
    sites = [f"s{n}.example" for n in range(6)]
    keys = [[trace(site, "infrastructure.spki", f"{site}{turn}") for site in sites] for turn in range(2)]
    assert chain.crawl([front(site) for site in sites], traces=keys[0]) == []
    assert chain.crawl([front(site) for site in sites], traces=keys[1]) == []
    one = [trace("s0.example", "infrastructure.spki", "own"), *keys[1][1:]]
    assert [(row.what, row.site) for row in chain.crawl([front(site) for site in sites], traces=one)] == [
        ("certificate", "s0.example")
    ]


def test_a_gate_is_told_when_it_closes_and_when_it_opens() -> None:
    gate = front(A, page_state="invitation-gate", payment="", products=0)
    chain = Chain()
    assert chain.tells(front(A), gate, gate, front(A)) == [[], ["gate"], [], ["gate"]]
    assert [(row.before, row.after) for row in chain.findings[1].changes] == [("shop", "invitation-gate")]


def test_a_visit_that_a_budget_cut_does_not_make_a_page_of_a_shop() -> None:
    cut = front(A, page_state="content", outcome="budget", payment="", products=0)
    assert Chain().tells(front(A), cut, front(A)) == [[], [], []]


def test_findings_of_before_the_memory_are_a_history_too() -> None:
    chain = Chain()
    chain.crawl([front(A), down("b.example"), front("c.example", payment="unavailable")])
    chain.findings[-1] = replace(chain.findings[-1], states=(), steps=(), past=())
    rows = chain.crawl([front(A, payment="moved"), front("b.example"), front("c.example")])
    assert [(row.what, row.site) for row in rows] == [
        ("payment", A),
        ("payment", "c.example"),
        ("reached-again", "b.example"),
    ]


def test_the_memory_is_readable_and_ages() -> None:
    chain = Chain(Patience(confirm_after=2))
    chain.tells(front(A), front(A, payment="moved"))
    states = {row.attribute: row for row in chain.findings[-1].states}
    assert (states["payment"].value, states["payment"].since) == ("moved", week(2))
    assert json.loads(states["payment"].told) == [["accepted", "moved", 0]]
    assert states["read"].value == ROLES
    chain.tells(*[front(A, payment="moved")] * 3)
    assert {row.attribute: row.told for row in chain.findings[-1].states}["payment"] == ""


_LOOKS = st.sampled_from(
    [
        front("x"),
        front("x", payment="unavailable"),
        down("x"),
        down("x", "finished", "parked"),
        front("x", languages="fr", products=99),
    ]
)


@given(st.lists(st.lists(_LOOKS, min_size=3, max_size=3), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_storefronts_does_not_matter_and_a_replay_gives_the_same(looks: list, rng: random.Random) -> None:
    straight, shuffled = Chain(), Chain()
    for row in looks:
        fronts = [replace(look, site=site, url=f"https://{site}/") for look, site in zip(row, ("a", "b", "c"), strict=True)]
        traces = [trace(site, "infrastructure.address", "192.0.2.1") for site in ("a", "b", "c")]
        straight.crawl(fronts, {"a": "one", "b": "one"}, traces)
        rng.shuffle(fronts)
        rng.shuffle(traces)
        shuffled.crawl(fronts, {"a": "one", "b": "one"}, traces)
        assert straight.findings[-1].changes == shuffled.findings[-1].changes
        assert straight.findings[-1].states == shuffled.findings[-1].states
        assert straight.findings[-1].steps == shuffled.findings[-1].steps


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 24), st.integers(1, 3)), max_size=12), st.integers(0, 99))
def test_half_a_year_of_outages_makes_nobody_gone_or_back(outages: list[tuple[int, int, int]], seed: int) -> None:
    """Ten storefronts, 26 crawls, outages of one to three weeks each in its own way, and not one invented event."""
    rng = random.Random(seed)
    sites = [f"s{n}.example" for n in range(10)]
    missed = {}
    for number, start, weeks in outages:
        # two outages of one storefront do not touch
        if not any((number, at) in missed for at in range(start - 1, start + weeks + 1)):
            way = rng.choice(MISSES)
            missed |= {(number, at): replace(way, site=sites[number]) for at in range(start, start + weeks)}
    chain = Chain()
    for turn in range(26):
        rows = [missed.get((number, turn)) or front(site) for number, site in enumerate(sites)]
        chain.crawl(rows, dict.fromkeys(sites[:4], "one"))
    told = [row.what for findings in chain.findings for row in findings.changes]
    assert set(told) <= {"not-reached", "reached-again"}
    assert max(len({row.cluster for row in findings.members}) for findings in chain.findings) == 7
