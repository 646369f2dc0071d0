"""Which hosts are visited after the candidates: the same ones, whoever answered first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crawler.captures import HostKind
from crawler.plan import CrawlPlan, Seed
from crawler.waves import next_wave, passed_over

PLAN = CrawlPlan(
    "crawls", "20070703T060000Z", (Seed("a.example", ("https://a.example/",)), Seed("b.example", ("https://b.example/",)))
)


def record(*leads: tuple[str, str, str], by: str | None = None, kind: str = "storefront") -> dict[str, Any]:
    rows = [{"site": site, "url": f"https://{site}/", "kind": what, "how": how} for site, what, how in leads]
    return {"entry": {"kind": kind, "discovered_by": by}, "leads": rows}


def everything(_url: str) -> bool:
    return True


def sites(plan: CrawlPlan, done: dict[str, Any], may: Any = everything) -> list[str]:
    return [seed.site for seed in next_wave(plan, done, may)]


def test_candidates_then_storefronts_then_services() -> None:
    done = {"a.example": record(("new.example", "storefront", "moved"), ("login.example", "service", "log-in"))}
    assert sites(PLAN, done) == ["b.example"]
    done["b.example"] = record(("a.example", "storefront", "moved"), ("new.example", "storefront", "redirect"))
    (seed,) = next_wave(PLAN, done, everything)
    assert seed == Seed("new.example", ("https://new.example/",), HostKind.STOREFRONT, "a.example", "moved")
    done["new.example"] = record(("third.example", "storefront", "moved"), ("pay.example", "service", "checkout"), by="a.example")
    assert sites(PLAN, done) == ["login.example", "pay.example"]
    done["login.example"] = record(("beyond.example", "storefront", "redirect"), by="a.example", kind="service")
    done["pay.example"] = record(by="new.example", kind="service")
    assert sites(PLAN, done) == []
    passed = {row["site"]: row["why"] for row in passed_over(PLAN, done, everything)}
    assert passed == {"third.example": "found on a discovered storefront"}


def test_the_budget_takes_whom_most_led_to() -> None:
    done = {
        "a.example": record(
            ("m.example", "storefront", "moved"), ("z.example", "storefront", "moved"), ("c.example", "storefront", "moved")
        ),
        "b.example": record(("z.example", "storefront", "moved")),
    }
    plan = replace(PLAN, discovery_budget=2)
    assert sites(plan, done) == ["z.example", "c.example"]
    done |= {"z.example": record(by="a.example"), "c.example": record(by="a.example")}
    assert [(row["site"], row["why"]) for row in passed_over(plan, done, everything)] == [
        ("m.example", "the discovery budget was spent")
    ]


def test_names_that_may_not_be_contacted_are_only_told() -> None:
    done = {"a.example": record(("out.example", "storefront", "moved")), "b.example": record()}
    assert sites(PLAN, done, lambda _: False) == []
    assert passed_over(PLAN, done, lambda _: False) == [
        {
            "site": "out.example",
            "url": "https://out.example/",
            "kind": "storefront",
            "discovered_by": "a.example",
            "discovered_how": "moved",
            "why": "not in hosts",
        }
    ]
    assert sites(replace(PLAN, discover=False), done) == []
