"""A fingerprint that fails on a storefront costs that storefront its traces only, and nothing follows from their absence."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.analyse import UNREAD, AnalysisSettings, analyse
from analysis.evaluation import Truth, evaluate
from analysis.evidence import fingerprint_of
from analysis.findings import Findings, read
from analysis.fingerprints.registry import FINGERPRINTS
from analysis.workers import Limits
from tests.analysis.stumbling import OTHER, SHOP, block, crawl, stumbling

__all__ = ["stumbling"]

WEEKS = [f"202603{day:02}T060000Z" for day in (2, 9, 16, 23)]
NAMES = sorted(fingerprint_of(one.KINDS[0].name) for one in FINGERPRINTS)
SITES = ("a.example", "b.example")
ONE_WORKER = AnalysisSettings(Limits(workers=1))


def found(root: Path, homes: dict[str, str], week: int = 0, previous: Findings | None = None) -> Findings:
    folder = crawl(root / "crawls", WEEKS[week], homes)
    analyse(folder, root / "findings" / WEEKS[week], previous, ONE_WORKER)
    return read(root / "findings" / WEEKS[week])


def chain(root: Path, *homes: str) -> list[Findings]:
    """Weeks in which a.example shows what is given, and b.example always the same."""
    told: list[Findings] = []
    for week, home in enumerate(homes):
        told.append(found(root, {"a.example": home, "b.example": OTHER}, week, told[-1] if told else None))
    return told


def kinds(findings: Findings, site: str) -> set[str]:
    return {fingerprint_of(row.kind) for row in findings.traces if row.site == site}


@pytest.mark.usefixtures("stumbling")
def test_a_fingerprint_that_fails_costs_its_own_traces_only(tmp_path: Path) -> None:
    whole, part = found(tmp_path / "1", {"a.example": SHOP}), found(tmp_path / "2", {"a.example": SHOP + block("payment")})
    (row,) = part.storefronts
    assert (row.outcome, row.page_state, row.unread, row.pages) == ("finished", "shop", "payment", 1)
    assert row.reason == f"{UNREAD} in payment (ValueError: no ? payment at all: jane.miller@gmail.com)"
    assert kinds(whole, "a.example") - kinds(part, "a.example") == {"payment"}
    others = [
        {(t.kind, t.value) for t in week.traces if fingerprint_of(t.kind) not in ("payment", "layout")} for week in (whole, part)
    ]
    assert others[0] == others[1]
    assert [(member.site, member.last_seen) for member in part.members] == [("a.example", WEEKS[0])]


@pytest.mark.usefixtures("stumbling")
def test_where_every_fingerprint_fails_the_storefront_is_lost(tmp_path: Path) -> None:
    findings = found(tmp_path, {"a.example": SHOP + "".join(map(block, NAMES)), "b.example": OTHER})
    lost, kept = findings.storefronts
    assert (lost.outcome, lost.unread, kept.outcome) == ("failed", "", "finished")
    assert lost.reason.startswith(f"{UNREAD}: its reader failed: ValueError")
    assert not kinds(findings, "a.example")


@pytest.mark.usefixtures("stumbling")
def test_a_link_is_carried_through_a_week_in_which_what_showed_it_could_not_be_read(tmp_path: Path) -> None:
    first, second, third = chain(tmp_path, SHOP, SHOP + block("payment"), SHOP)
    assert [(link.relation) for week in (first, second, third) for link in week.links] == ["same-operator"] * 3
    assert [row.kind for row in second.evidence if row.bits > 0 and row.family == "time"] == ["history.carried"]
    assert second.changes == third.changes == ()
    assert {row.proved for row in second.members} == {WEEKS[0]}
    assert {row.proved for row in third.members} == {WEEKS[2]}
    scores = [evaluate(week, Truth(dict.fromkeys(SITES, "x"), dict.fromkeys(SITES, ""))) for week in (first, second, third)]
    assert [(score.sites, score.recall) for score in scores] == [(2, 1.0)] * 3


@pytest.mark.usefixtures("stumbling")
@pytest.mark.parametrize("fails", [(False, True, False), (True, False, True)])
def test_nothing_is_told_of_what_could_not_be_read(tmp_path: Path, fails: tuple[bool, ...]) -> None:
    """Read, not read, read again, and the other way round, one fingerprint on each of as many storefronts: no week has news but
    the links that the first whole reading shows."""
    weeks: list[Findings] = []
    for week, is_failing in enumerate(fails):
        homes = {f"{name}.example": SHOP + (block(name) if is_failing else "") for name in NAMES}
        weeks.append(found(tmp_path, {**homes, "whole.example": SHOP}, week, weeks[-1] if weeks else None))
    assert [{row.site: row.unread for row in week.storefronts if row.unread} for week in weeks] == [
        {f"{name}.example": name for name in NAMES} if is_failing else {} for is_failing in fails
    ]
    told = [{(row.what, row.site) for row in week.changes} for week in weeks]
    assert told[0] == told[2] == set()
    assert ("joined", "payment.example") in told[1] if fails[0] else not told[1]
    assert {what for what, _ in told[1]} <= {"joined"}
    assert {row.value for row in weeks[-1].states if row.attribute in ("presence", "page", "payment")} == {
        "reached",
        "shop",
        "accepted",
    }


@pytest.mark.usefixtures("stumbling")
def test_a_change_is_told_when_it_can_be_read(tmp_path: Path) -> None:
    down = SHOP.replace("<p>We accept Visa.</p>", "<p>Credit card payment is currently unavailable.</p>")
    weeks = chain(tmp_path, SHOP, down + block("payment"), down)
    assert [[(row.what, row.before, row.after) for row in week.changes] for week in weeks] == [
        [],
        [],
        [("payment", "accepted", "unavailable")],
    ]
