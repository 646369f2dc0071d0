"""The simulated half year by itself: the same for one seed, every kind of event planted, and a score that forgives nothing."""

from __future__ import annotations

from benchmarks.half_year.pages import render
from benchmarks.half_year.plan import WEEKS, crawl_id, make_plan
from benchmarks.half_year.scoring import Row, score


def test_a_seed_gives_the_same_half_year_and_another_seed_another() -> None:
    first, again, other = make_plan(7), make_plan(7), make_plan(8)
    assert first.told == again.told
    assert render(first.shops[0]) == render(again.shops[0])
    assert {shop.host for shop in first.shops}.isdisjoint({shop.host for shop in other.shops})


def test_every_kind_of_event_is_planted_within_the_half_year() -> None:
    for seed in range(20):
        plan = make_plan(seed)
        assert {what for one in plan.told for what in one.whats} >= {
            "joined", "appeared", "gone", "back", "successor", "payment", "company", "language", "gate", "catalogue", "prices",
            "host", "certificate", "corrected",
        }  # fmt: skip
        assert all(0 < one.week < WEEKS for one in plan.told)
        assert len(plan.shops) == len({shop.host for shop in plan.shops}) == len({shop.address for shop in plan.shops})
        assert all(length <= 3 for length in (len(shop.out) for shop in plan.shops))


def test_steps_change_what_is_served_and_only_that() -> None:
    plan = make_plan(3)
    event = next(one for one in plan.told if one.whats == {"language"})
    shop = next(one for one in plan.shops if one.host == event.site)
    others = {one.host: render(one) for one in plan.shops if one is not shop}
    before = render(shop)
    for week in range(event.week + 1):
        for step in plan.steps.get(week, ()):
            step()
    assert b'lang="fr"' in render(shop)["/"][2]
    assert b'lang="en"' in before["/"][2]
    assert sum(render(one) == others[one.host] for one in plan.shops if one is not shop) > len(others) / 2


def test_crawl_ids_are_mondays_in_order() -> None:
    assert crawl_id(0) == "20260105T060000Z"
    assert [crawl_id(week) for week in range(WEEKS)] == sorted(crawl_id(week) for week in range(WEEKS))


def test_the_score_tells_missed_late_repeated_and_invented_apart() -> None:
    plan = make_plan(5)
    rows = [Row(one.week, sorted(one.whats)[0], one.site, "", "") for one in plan.told]
    assert score(5, plan, WEEKS, rows, [], 0).is_clean
    missed = score(5, plan, WEEKS, rows[1:], [], 0)
    assert (len(missed.missed), missed.told, missed.is_clean) == (1, missed.planted - 1, False)
    language = next(row for row in rows if row.what == "language")
    late = [row for row in rows if row is not language] + [Row(language.week + 1, "language", language.site, "", "")]
    assert len(score(5, plan, WEEKS, late, [], 0).late) == 1
    again = [*rows, Row(language.week + 1, "language", language.site, "", "")]
    assert len(score(5, plan, WEEKS, again, [], 0).repeated) == 1
    quiet = next(shop.host for shop in plan.shops if not any(one.site == shop.host for one in plan.told))
    invented = score(5, plan, WEEKS, [*rows, Row(9, "gone", quiet, "", "")], [], 0)
    assert [row.site for row in invented.invented] == [quiet]


def test_cluster_ids_that_change_lower_the_figure() -> None:
    plan = make_plan(5)
    sites = [shop.host for shop in plan.shops if shop.born == 0][:10]
    stays = dict.fromkeys(sites, "c1")
    moves = stays | {sites[0]: "c2"}
    assert score(5, plan, 2, [], [stays, stays], 0).stable == 1.0
    assert score(5, plan, 2, [], [stays, moves], 0).stable == 0.9
