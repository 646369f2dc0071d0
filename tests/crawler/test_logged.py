"""Which logged certificate a host gets: names, wildcards, dates, and rows that are one certificate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.captures import LoggedCertificate
from crawler.logged import LoggedCertificates, read_logged
from crawler.problems import InputProblem

DAY = "2026-03-02T06:00:00Z"
KEY = "5a" * 32


def table(folder: Path, *lines: str) -> LoggedCertificates:
    path = folder / "given.csv"
    path.write_text("\n".join(lines))
    return read_logged([path])


def answers(folder: Path, *given: list[Mapping[str, object]]) -> LoggedCertificates:
    paths = []
    for number, rows in enumerate(given):
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(rows))
    return read_logged(paths)


def got(found: LoggedCertificate | None) -> LoggedCertificate:
    assert found is not None
    return found


def test_a_wildcard_covers_one_label(tmp_path: Path) -> None:
    known = table(tmp_path, "names", "*.shop.example", "plain.example")
    assert got(known.covering("www.shop.example", DAY)).sans == ("*.shop.example",)
    assert known.covering("shop.example", DAY) is None
    assert known.covering("a.b.shop.example", DAY) is None
    assert known.covering("www.plain.example", DAY) is None
    assert known.count == 2


@pytest.mark.parametrize(
    ("moment", "serial"),
    [
        ("2025-12-31T23:59:59Z", None),
        ("2026-01-01T00:00:00Z", "1"),
        ("2026-03-01T00:00:00Z", "2"),
        ("2026-03-31T23:59:59Z", "2"),
        ("2026-04-01T00:00:00Z", "2"),
        ("2026-06-01T00:00:00Z", None),
    ],
)
def test_the_newest_that_was_valid_on_the_day(tmp_path: Path, moment: str, serial: str | None) -> None:
    known = table(
        tmp_path,
        "host,issuer,serial,not_before,not_after",
        "shop.example,E1,2,2026-03-01,2026-05-31",
        "shop.example,E1,1,2026-01-01,2026-03-31",
    )
    found = known.covering("shop.example", moment)
    assert (found.serial if found else None) == serial


def test_without_dates_it_is_valid_and_yields_to_a_dated_one(tmp_path: Path) -> None:
    known = table(tmp_path, "host,issuer,serial,not_before", "a.example,E1,1,", "a.example,E1,2,2026-03-01")
    assert got(known.covering("a.example", "2007-05-03T06:00:00Z")).serial == "1"
    assert got(known.covering("a.example", DAY)).serial == "2"


def test_what_two_searches_tell_of_one_certificate_is_put_together(tmp_path: Path) -> None:
    """crt.sh may give of a shared certificate only the names that match the search; the precertificate is another entry."""
    told = {"issuer_name": "E1", "serial_number": "0a1", "not_before": "2026-01-01T00:00:00", "not_after": "2026-03-31T00:00:00"}
    one = [{**told, "id": 1, "name_value": "a.example\nwww.a.example"}, {**told, "id": 2, "name_value": "a.example"}]
    two = [{**told, "id": 3, "name_value": "b.example"}, {**told, "serial_number": "a2", "id": 4, "name_value": "c.example"}]
    known = answers(tmp_path, one, two)
    a, b = got(known.covering("a.example", DAY)), got(known.covering("b.example", DAY))
    assert known.count == 2
    assert a.sans == b.sans == ("a.example", "b.example", "www.a.example")
    assert a.identity == b.identity != got(known.covering("c.example", DAY)).identity
    assert len(a.identity) == 64


def test_without_serial_the_number_of_crt_sh_tells_them_apart(tmp_path: Path) -> None:
    known = answers(
        tmp_path, [{"id": 1, "name_value": "a.example"}, {"id": 1, "name_value": "b.example"}, {"common_name": "c.example"}]
    )
    assert got(known.covering("a.example", DAY)).sans == ("a.example", "b.example")
    assert got(known.covering("c.example", DAY)).sans == ("c.example",)


def test_the_key_is_told_only_where_all_names_are(tmp_path: Path) -> None:
    """A bundle's key at one of its hosts must not look like a key of that host's own."""
    by_host = table(tmp_path, "host,spki", f"a.example,{KEY}", f"b.example,{KEY}")
    assert got(by_host.covering("a.example", DAY)).spki is None
    assert got(by_host.covering("a.example", DAY)).sans == ("a.example", "b.example")
    by_names = table(tmp_path, "names,spki", f"a.example www.a.example,{KEY}")
    assert got(by_names.covering("a.example", DAY)).spki == KEY


def test_rows_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"given.csv, line 3: not_after is 2026-05-01T23:59:59Z where an earlier row .* mend"):
        table(tmp_path, "host,issuer,serial,not_after", "a.example,E1,1,2026-04-01", "b.example,E1,1,2026-05-01")


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    lines = [f"a.example s{n}.example,E1,{n},2026-01-01" for n in range(1, 9)]
    head = "names,issuer,serial,not_before"
    one, two = table(tmp_path, head, *lines), table(tmp_path, head, *reversed(lines))
    assert one.covering("a.example", DAY) == two.covering("a.example", DAY)


def test_many_rows_of_one_certificate_are_read_at_once(tmp_path: Path) -> None:
    known = table(tmp_path, "host,issuer,serial", *(f"s{n}.example,E1,1" for n in range(20_000)))
    assert known.count == 1
    assert len(got(known.covering("s7.example", DAY)).sans) == 500
