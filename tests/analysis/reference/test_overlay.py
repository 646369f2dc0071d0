"""A user's own table: counted by cluster, each shop once, never what is issued once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.findings import Findings, MemberRow, StorefrontRow, TraceRow
from analysis.reference.overlay import add_crawl
from analysis.reference.table import DATA, ReferenceProblem, load_reference


def storefront(site: str, kind: str = "storefront", pages: int = 3) -> StorefrontRow:
    return StorefrontRow(site, f"https://{site}/", kind, "finished", "", "shop", "", "", "", "", "", 0, pages, "", "", b"")


def crawl(shops: dict[str, str], traces: list[tuple[str, str, str]], more: tuple[StorefrontRow, ...] = ()) -> Findings:
    """``shops`` site -> cluster."""
    members = tuple(MemberRow(site, cluster, 1.0, "c", "c", "c") for site, cluster in shops.items())
    rows = tuple(TraceRow(site, kind, value, "", f"https://{site}/", "0" * 64, 1.0) for site, kind, value in traces)
    return Findings("c", "", (*map(storefront, shops), *more), rows, (), (), members, (), ())


def merged(folder: Path, kind: str, value: str) -> float | None:
    return load_reference(folder / "no-packages", folder).share(kind, value)


def test_mirrors_of_one_operator_count_once(tmp_path: Path) -> None:
    shops = {f"s{n}.example": f"c{n}" for n in range(38)} | {f"m{n}.example": "mirrors" for n in range(9)}
    traces = [(site, "policy.sentence", "all have it") for site in shops]
    traces += [(f"m{n}.example", "policy.sentence", "the mirrors'") for n in range(9)]
    added = add_crawl(crawl(shops, traces), tmp_path)
    assert (added.storefronts, added.known, added.total, added.values) == (39, 0, 39, 2)
    assert merged(tmp_path, "policy.sentence", "all have it") == pytest.approx(38 / 39)
    assert merged(tmp_path, "policy.sentence", "the mirrors'") == 0.0
    assert merged(tmp_path, "policy.shingle", "x") is None


def test_a_shop_is_never_counted_twice_and_a_second_crawl_adds(tmp_path: Path) -> None:
    first = {f"a{n}.example": f"a{n}" for n in range(15)}
    second = {f"b{n}.example": f"b{n}" for n in range(15)}
    add_crawl(crawl(first, [(site, "style.font", "lora") for site in first]), tmp_path)
    again = add_crawl(crawl(first | second, [(site, "style.font", "lora") for site in first | second]), tmp_path)
    assert (again.storefronts, again.known, again.total) == (15, 15, 30)
    assert merged(tmp_path, "style.font", "lora") == pytest.approx(29 / 30)
    assert load_reference(tmp_path / "no-packages", tmp_path).version.endswith("+own.30")


def test_issued_ids_services_and_empty_storefronts_are_not_counted(tmp_path: Path) -> None:
    shops = {f"s{n}.example": f"c{n}" for n in range(25)}
    traces = [(site, "payment.payee_key", "pk_live_x") for site in shops]
    traces += [("pay.example", "style.font", "lora"), ("empty.example", "style.font", "lora")]
    more = (storefront("pay.example", kind="service"), storefront("empty.example", pages=0))
    added = add_crawl(crawl(shops, traces, more), tmp_path)
    assert added.values == 0
    assert merged(tmp_path, "payment.payee_key", "pk_live_x") is None


def test_a_shop_on_which_a_fingerprint_failed_is_counted_when_it_is_read_whole(tmp_path: Path) -> None:
    failed = replace(storefront("half.example"), unread="style")
    found = crawl({}, [("half.example", "policy.sentence", "ours")], (failed,))
    assert (add_crawl(found, tmp_path).storefronts, add_crawl(found, tmp_path).known) == (0, 0)
    whole = replace(found, storefronts=(storefront("half.example"),))
    assert (add_crawl(whole, tmp_path).storefronts, add_crawl(whole, tmp_path).known) == (1, 1)


def test_the_shipped_table_is_never_written_over() -> None:
    with pytest.raises(ReferenceProblem, match="another folder"):
        add_crawl(crawl({"a.example": "a"}, []), DATA)
