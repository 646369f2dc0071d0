"""The time line's data: every crawl with news, the newest events, whom each was about, and hostile text made harmless."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from analysis.findings import ChangeRow, Findings, PastRow
from reports.graph_data import GraphLimits, graph_data
from reports.timeline import timeline


def past(crawl: str, number: int, what: str, site: str, cluster: str = "", after: str = "", sentence: str = "told") -> PastRow:
    return PastRow(crawl, number, what, site, cluster, "", after, sentence)


def made(*rows: PastRow, changes: tuple[ChangeRow, ...] = (), previous: str = "20240311T060000Z") -> Findings:
    return Findings("20240318T060000Z", previous, (), (), (), (), (), (), changes, {}, (), (), (), rows)


INDEX = {"a.example": 0, "b.example": 1, "c.example": 2}


def test_crawls_are_in_order_and_this_one_and_the_one_before_are_always_there() -> None:
    now = ChangeRow("payment", "b.example", "", "accepted", "moved", 6, "now", "", "")
    crawls, events, left = timeline(made(past("20231225T060000Z", 0, "joined", "a.example"), changes=(now,)), INDEX, {}, 9)
    assert [crawl["day"] for crawl in crawls] == ["25 December 2023", "11 March 2024", "18 March 2024"]
    assert [crawl["events"] for crawl in crawls] == [[0], [], [1]]
    assert [(crawl["short"], crawl["year"]) for crawl in crawls][:2] == [("25 Dec", "2023"), ("11 Mar", "2024")]
    assert [(event["crawl"], event["what"], event["sort"], event["sites"]) for event in events] == [
        (0, "joined", "ring", [0]),
        (2, "payment", "money", [1]),
    ]
    assert left == 0


def test_an_event_is_about_its_heirs_or_its_whole_cluster_too() -> None:
    rows = (
        past("20240311T060000Z", 0, "successor", "a.example", after="c.example gone.example"),
        past("20240311T060000Z", 1, "merged", "", "c-1"),
        past("20240311T060000Z", 2, "host", "gone.example"),
    )
    _, events, _ = timeline(made(*rows), INDEX, {"c-1": [1, 2]}, 9)
    assert [event["sites"] for event in events] == [[0, 2], [1, 2], []]
    assert [event["sort"] for event in events] == ["end", "ring", "detail"]


def test_the_oldest_events_are_left_out_and_counted() -> None:
    rows = [past(f"202401{day:02}T060000Z", n, "host", "a.example", sentence=f"{day} {n}") for day in (1, 8) for n in range(3)]
    crawls, events, left = timeline(made(*rows), INDEX, {}, 4)
    assert left == 2
    assert [event["sentence"] for event in events] == ["1 2", "8 0", "8 1", "8 2"]
    assert [crawl["events"] for crawl in crawls] == [[0], [1, 2, 3], [], []]


def test_the_page_says_what_it_left_out_and_shows_no_hostile_text(world: ModuleType) -> None:
    rows = [
        past(f"2024010{n}T060000Z", 0, "host", "x.example", sentence=world.HOSTILE + " https://x.example/") for n in range(1, 6)
    ]
    data = graph_data(replace(world.made(), past=tuple(rows)), GraphLimits(events=12))
    assert [line for line in data["leftOut"] if "time line" in line]  # type: ignore[attr-defined]
    texts = [event["sentence"] for event in data["events"]]  # type: ignore[attr-defined]
    assert not any("\u202e" in text or "\x1b" in text or "https://x" in text for text in texts)
