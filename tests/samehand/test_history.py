"""History and diff, by the command line, over findings of several crawls."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.findings import write
from samehand.cli import main
from tests.analysis.clusters.lives import Chain, down, front, week

HOSTILE = "evil\x1b]0;owned\x07 https://click.example/ \u202egnp"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Five weeks: a ring of two grows, loses its payment, one of them goes silent, another cluster is swallowed."""
    chain = Chain()
    apart = {"old.example": "c1", "new.example": "c1", "far.example": "c2", "near.example": "c2", "lone.example": "c3"}
    sites = list(apart)
    chain.crawl([front(site) for site in sites[:1] + sites[2:]], apart)
    came = front("new.example", discovered_by="old.example", discovered_how="moved-to", company=HOSTILE)
    chain.crawl([came, *(front(site) for site in sites if site != "new.example")], apart)
    for payment in ("unavailable", "accepted"):
        chain.crawl([came, *(front(site, payment=payment) for site in sites if site != "new.example")], apart)
    whole = {**apart, "far.example": "c1", "near.example": "c1"}
    chain.crawl([came, down("old.example"), *(front(site) for site in sites[2:])], whole)
    for findings in chain.findings:
        write(findings, tmp_path / "findings" / findings.crawl_id)
    return tmp_path


def said(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main([*words, "--data", str(data)]) == 0
    return capsys.readouterr().out


def test_a_storefronts_time_line_has_every_change_and_its_state(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(data, capsys, "history", "hxxps://www.old[.]example/cart")
    lines = [line.split()[3] for line in text.splitlines() if " 2026  " in line]
    assert lines == ["first-seen", "payment", "payment", "merged", "not-reached"]
    assert "old[.]example, over 5 crawls from 5 January 2026 to 2 February 2026" in text
    assert "missed unreachable, since 2 February 2026" in text
    assert "c1 (4 storefronts)" in text


def test_a_clusters_time_line_has_its_members_coming_and_the_ids_merged_into_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(data, capsys, "history", "c1")
    assert "with old[.]example (1 storefront)" in text
    assert "came: new[.]example (2 storefronts)" in text
    assert "came: far[.]example, near[.]example (4 storefronts)" in text
    assert "the clusters c1, c2 are one now" in text


def test_a_cluster_that_was_swallowed_says_by_which(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(data, capsys, "history", "c2")
    assert "merged-into" in text
    assert "no storefront is in it any more" in text


def test_the_time_line_as_json_has_the_values(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(data, capsys, "history", "lone.example", "--json"))
    assert [(row["crawl"], row["what"], row["after"]) for row in rows] == [
        (week(1), "first-seen", "shop"),
        (week(3), "payment", "unavailable"),
        (week(4), "payment", "accepted"),
    ]


def test_what_shops_say_is_harmless_in_a_terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(data, capsys, "history", "new.example")
    assert "evil" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "https://click.example" not in text


def test_diff_compares_any_two_crawls_from_the_older_to_the_newer(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    straight = said(data, capsys, "diff", week(2), week(4))
    assert straight.startswith(f"from {week(2)} (12 January 2026) to {week(4)} (26 January 2026): 0 changes")
    lost = said(data, capsys, "diff", week(3), week(2))
    assert f"from {week(2)} (12 January 2026) to {week(3)} (19 January 2026) (named in the other order): 4 changes" in lost
    assert "old[.]example: payment is unavailable (before: accepted)" in lost
    rows = json.loads(said(data, capsys, "diff", week(1), week(5), "--json"))
    assert [(row["what"], row["site"]) for row in rows] == [
        ("merged", ""),
        ("joined", "new.example"),
        ("discovered", "new.example"),
        ("not-reached", "old.example"),
    ]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("diff", week(1), week(9)), f"{week(9)}: no findings of this crawl"),
        (("diff", week(1), week(1)), "name two different crawls"),
        (("diff", week(1), "yesterday"), "not a crawl id"),
        (("history", "nobody.example"), "no such storefront or cluster in any findings"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    assert main([*words, "--data", str(data)]) == 2
    assert complaint in capsys.readouterr().err


def test_without_findings_history_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "a.example", "--data", str(tmp_path)]) == 2
    assert "run `samehand analyse` first" in capsys.readouterr().err
