"""A digest is as urgent as the most urgent thing in it."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from reports.digest import make_digest
from reports.severity import Severity


def test_nothing_new_is_quiet_whatever_is_for_review(world: ModuleType) -> None:
    digest = make_digest(world.quiet())
    assert digest.review
    assert digest.severity is Severity.QUIET


@pytest.mark.parametrize(
    ("what", "severity"),
    [
        ("not-reached", Severity.QUIET),
        ("company", Severity.NOTICE),
        ("payment-still", Severity.NOTICE),
        ("payment", Severity.CHANGE),
        ("gone", Severity.CHANGE),
        ("joined", Severity.ALERT),
        ("successor", Severity.ALERT),
        ("something-new", Severity.NOTICE),
    ],
)
def test_each_change_has_its_severity(world: ModuleType, what: str, severity: Severity) -> None:
    row = world.change(what, "tunedepot.example", world.A, 5, "")
    assert make_digest(replace(world.made(), changes=(row,))).severity is severity


def test_a_new_cluster_is_an_alert_and_a_new_copy_a_change(world: ModuleType) -> None:
    assert make_digest(replace(world.quiet(), previous="")).severity is Severity.ALERT
    copies = tuple(row for row in world.made().links if row.site_a == "albumhaus-mp3.example")
    first = replace(world.quiet(), previous="", links=copies, clusters=())
    assert make_digest(first).severity is Severity.CHANGE
