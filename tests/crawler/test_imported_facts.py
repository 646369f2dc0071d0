"""What an imported host is known by: the address most answers came from, and a logged certificate of its own day."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.imported_facts import Seen, facts_of
from crawler.logged import LoggedCertificates, read_logged

DAY = "2026-03-02T06:00:00Z"


@pytest.fixture
def known(tmp_path: Path) -> LoggedCertificates:
    path = tmp_path / "given.csv"
    path.write_text("names,not_before,not_after\nshop.example *.shop.example,2026-03-01,2026-03-31\n")
    return read_logged([path])


def test_the_most_frequent_address_counts() -> None:
    rows = [Seen("shop.example", "https", address, DAY) for address in ("192.0.2.2", "192.0.2.1", "192.0.2.2", None)]
    found = facts_of(None, rows, None)
    assert [(row.host, row.scheme, row.address, row.certificate) for row, _ in found.connections] == [
        ("shop.example", "https", "192.0.2.2", None)
    ]


def test_each_host_gets_the_certificate_of_its_last_answer(known: LoggedCertificates) -> None:
    rows = [
        Seen("shop.example", "http", None, "2026-02-02T06:00:00Z"),
        Seen("shop.example", "http", None, DAY),
        Seen("www.shop.example", "https", None, "2026-04-02T06:00:00Z"),
        Seen("m.shop.example", "https", None, ""),
    ]
    assert list(facts_of(None, rows, known).logged) == ["shop.example"]
    assert facts_of(None, rows, None).logged == {}
