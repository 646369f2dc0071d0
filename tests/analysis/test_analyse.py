"""The stage: archive in, findings out; a reader that dies costs one storefront, and leaves its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.analyse import AnalysisSettings, analyse, compare_readings, conclude, nearly_proven, read_all, read_site
from analysis.findings import Findings, Relation, read
from analysis.linkage.blocking import candidate_pairs
from analysis.linkage.judgements import Standing
from analysis.linkage.link import Linkage
from analysis.workers import Limits
from crawler.archive import CaptureWriter, open_crawl, write_crawl_json
from crawler.captures import HostKind, Outcome
from crawler.items import ArchivedExchange
from tests.analysis.linkage.made_rows import judged, row

CRAWL, LATER = "20260302T060000Z", "20260406T060000Z"
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)
GOODS = "".join(f"<div><h3>Lamp {n}</h3><b>${n + 10}.37</b> <a href='/cart?add={n}'>Add to cart</a></div>" for n in range(12))
PAYEE = '<form action="/pay"><div data-key="pk_live_oIWt2PAVZbtIphW9ZyHs3m7n"></div><button>Pay</button></form>'
SHOP = f"<html lang=en><head><title>Lamps</title></head><body><h1>Lamps</h1>{GOODS}{PAYEE}<p>We accept Visa.</p></body></html>"
OTHER = f"<html lang=en><head><title>Other</title></head><body><main><section>{GOODS}</section></main>{PAYEE}</body></html>"


def crawl(root: Path, pages: dict[str, str | None], crawl_id: str = CRAWL, **kinds: HostKind) -> Path:
    """site -> its home page; None for a site that was not reached."""
    folder = root / crawl_id
    folder.mkdir(parents=True)
    entries = []
    for site, text in pages.items():
        kind = kinds.get(site.partition(".")[0], HostKind.STOREFRONT)
        with CaptureWriter(folder, site, url=f"http://{site}/", kind=kind, crawl_id=crawl_id) as writer:
            if text is not None:
                writer.exchange(
                    ArchivedExchange(
                        f"http://{site}/", "GET", (), 200, "OK", "HTTP/1.1", HEADERS, text.encode(), "2026-03-02T06:00:00Z", None
                    )
                )
            writer.close(Outcome.FINISHED if text is not None else Outcome.UNREACHABLE, "" if text is not None else "no answer")
            entries.append(writer.entry)
    write_crawl_json(folder, crawl_id, entries)
    return folder


def found(tmp_path: Path, pages: dict[str, str | None], crawl_id: str = CRAWL, previous: Findings | None = None) -> Findings:
    folder = crawl(tmp_path / "crawls", pages, crawl_id)
    return analyse(folder, tmp_path / "findings" / crawl_id, previous)


def test_what_is_written_is_what_was_found(tmp_path: Path) -> None:
    findings = found(tmp_path, {"a.example": SHOP, "b.example": OTHER})
    written = read(tmp_path / "findings" / CRAWL)
    assert len(written.traces) == len(findings.traces) > 0
    assert {(row.site_a, row.site_b): row.relation for row in written.links} == {("a.example", "b.example"): "same-operator"}
    assert written.members == findings.members
    assert written.notes["reader"].startswith("lxml ")


def test_a_site_that_was_not_reached_is_a_row_and_no_evidence(tmp_path: Path) -> None:
    findings = found(tmp_path, {"a.example": SHOP, "lost.example": None})
    row = next(row for row in findings.storefronts if row.site == "lost.example")
    assert (row.outcome, row.reason, row.pages) == ("unreachable", "no answer", 0)
    assert not any(trace.site == "lost.example" for trace in findings.traces)
    assert {row.site for row in findings.members} == {"a.example", "lost.example"}


def test_a_service_is_no_member(tmp_path: Path) -> None:
    folder = crawl(tmp_path, {"a.example": SHOP, "pass.example": SHOP}, **{"pass": HostKind.SERVICE})
    findings = analyse(folder, tmp_path / "findings" / CRAWL)
    assert {row.site: row.kind for row in findings.storefronts} == {"a.example": "storefront", "pass.example": "service"}
    assert [row.site for row in findings.members] == ["a.example"]
    assert findings.links == ()


def test_a_lone_storefront_has_a_cluster(tmp_path: Path) -> None:
    findings = found(tmp_path, {"a.example": SHOP})
    (row,) = findings.clusters
    assert (row.size, row.probability, row.weakest) == (1, 1.0, "")


def test_an_empty_crawl_is_no_failure(tmp_path: Path) -> None:
    findings = found(tmp_path, {})
    assert (findings.storefronts, findings.members, findings.changes) == ((), (), ())


def test_a_reading_that_takes_too_long_costs_one_storefront(tmp_path: Path) -> None:
    folder = crawl(tmp_path, {"a.example": SHOP, "b.example": SHOP})
    findings = analyse(folder, tmp_path / "findings" / CRAWL, settings=AnalysisSettings(Limits(seconds=0.0, workers=1)))
    assert {row.outcome for row in findings.storefronts} == {"failed"}
    assert all("longer than" in row.reason for row in findings.storefronts)
    assert len(findings.members) == 2


def test_deep_and_broken_pages_are_read_all_the_same(tmp_path: Path) -> None:
    deep = "<html><body>" + "<div>" * 20_000 + "lamp $10.37"
    torn = "<html><body><table><tr><td><script>" + "\x00\ufffd<!--" * 50
    findings = found(tmp_path, {"deep.example": deep, "torn.example": torn, "empty.example": "", "a.example": SHOP})
    assert {row.site: row.outcome for row in findings.storefronts} == dict.fromkeys(
        ("a.example", "deep.example", "empty.example", "torn.example"), "finished"
    )


def test_a_membership_is_kept_when_a_shop_is_not_reached(tmp_path: Path) -> None:
    first = found(tmp_path, {"a.example": SHOP, "b.example": OTHER})
    second = found(tmp_path, {"a.example": SHOP, "b.example": None}, LATER, first)
    assert [row.size for row in second.clusters] == [2]
    assert {row.cluster for row in second.members} == {first.members[0].cluster}
    member = {row.site: row for row in second.members}["b.example"]
    assert (member.first_seen, member.last_seen, member.proved) == (CRAWL, CRAWL, CRAWL)
    (link,) = second.links
    assert link.relation == "same-operator"
    assert "earlier crawl" in link.sentence
    assert [row.what for row in second.changes] == ["not-reached"]


def test_a_shop_that_nobody_asked_about_stays_a_member(tmp_path: Path) -> None:
    first = found(tmp_path, {"a.example": SHOP, "b.example": OTHER})
    second = found(tmp_path, {"a.example": SHOP}, LATER, first)
    assert {row.site for row in second.members} == {"a.example", "b.example"}
    assert second.changes == ()


def test_progress_is_told_of_every_storefront(tmp_path: Path) -> None:
    folder = crawl(tmp_path, {"a.example": SHOP, "b.example": SHOP})
    told: list[tuple[int, int, str]] = []
    analyse(folder, tmp_path / "findings" / CRAWL, progress=lambda *step: told.append(step))
    assert told == [(1, 2, "a.example"), (2, 2, "b.example")]


@pytest.mark.parametrize("left_out", ["payment.payee_key", "payment"])
def test_left_out_evidence_does_not_speak(tmp_path: Path, left_out: str) -> None:
    folder = crawl(tmp_path, {"a.example": SHOP, "b.example": OTHER})
    findings = analyse(folder, tmp_path / "findings" / CRAWL, settings=replace(AnalysisSettings(), without=frozenset({left_out})))
    assert not any(row.relation == "same-operator" for row in findings.links)
    assert not any(row.kind == "payment.payee_key" for row in findings.traces)


def test_a_reading_is_a_function_of_the_archive(tmp_path: Path) -> None:
    folder = crawl(tmp_path, {"a.example": SHOP})
    assert read_site((str(folder), "a.example")) == read_site((str(folder), "a.example"))


LOST = SHOP.replace("<p>We accept Visa.</p>", "<p>Credit card payment is currently unavailable.</p>")
WEEKS = [f"202603{day:02}T060000Z" for day in (2, 9, 16, 23, 30)]


def test_a_story_of_five_crawls_is_told_once_and_in_its_week(tmp_path: Path) -> None:
    """Payment lost, an outage of a week, payment back: through archives, readers and findings read back from disk."""
    home = [SHOP, LOST, None, SHOP, SHOP]
    told, previous = [], None
    for crawl_id, text in zip(WEEKS, home, strict=True):
        found(tmp_path, {"a.example": text, "b.example": OTHER}, crawl_id, previous)
        previous = read(tmp_path / "findings" / crawl_id)
        told.append([(row.what, row.site, row.after) for row in previous.changes])
    assert told == [
        [],
        [("payment", "a.example", "unavailable")],
        [("not-reached", "a.example", "unreachable")],
        [("payment", "a.example", "accepted"), ("reached-again", "a.example", "shop")],
        [],
    ]
    assert {row.cluster for row in previous.members if row.site in ("a.example", "b.example")} == {previous.members[0].cluster}
    assert [(row.crawl, row.what) for row in previous.past] == [
        (WEEKS[1], "payment"),
        (WEEKS[2], "not-reached"),
        (WEEKS[3], "payment"),
        (WEEKS[3], "reached-again"),
    ]
    assert [row.signature for row in previous.steps] == ["accepted>unavailable", "unavailable>accepted"]


def test_a_story_analysed_again_gives_the_same_bytes(tmp_path: Path) -> None:
    previous = found(tmp_path, {"a.example": SHOP, "b.example": OTHER}, WEEKS[0])
    folder = crawl(tmp_path / "crawls", {"b.example": OTHER, "a.example": LOST}, WEEKS[1])
    for name in ("one", "two"):
        analyse(folder, tmp_path / name, previous)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_changes_in_step_are_weighed_as_evidence(tmp_path: Path) -> None:
    """Two shops that lose and regain their payment in the same weeks, among many that do not."""
    plain = SHOP.replace(PAYEE, "")
    others = {f"s{n}.example": plain.replace("<h1>", f"<h1>{n} ") for n in range(5)}
    own = {"a.example": "<p>ours</p>", "b.example": "<div>theirs</div>"}
    previous = None
    for crawl_id, text in zip(WEEKS[:3], (SHOP, LOST, SHOP), strict=True):
        pages = {site: text.replace(PAYEE, extra) for site, extra in own.items()}
        previous = found(tmp_path, {**pages, **others}, crawl_id, previous)
    assert previous is not None
    rows = [row for row in previous.evidence if row.kind == "time.synchronous_change"]
    assert [(row.site_a, row.site_b, row.cls, row.direction) for row in rows] == [("a.example", "b.example", "F", "for")]
    assert rows[0].bits > 0
    assert "2 times" in rows[0].sentence


@pytest.mark.parametrize(("rule", "together"), [("", 4), ("rule.lone_payee", 3)])
def test_who_is_near_to_several_of_one_operator_joins_them_but_for_a_rule(tmp_path: Path, rule: str, together: int) -> None:
    folder = crawl(tmp_path, {f"{name}.example": OTHER if name == "a" else SHOP for name in "abcx"})
    settings = AnalysisSettings(Limits(workers=1))
    archive = open_crawl(folder)
    compared = compare_readings(CRAWL, read_all(archive, folder, settings), None, settings)
    matches = {
        pair: replace(found, relation=Relation.COPY_OF, probability=0.8, bits=2.0, review=True, rule=rule)
        if "x.example" in pair
        else replace(found, relation=Relation.SAME_OPERATOR, probability=0.99)
        for pair, found in compared.linkage.matches.items()
    }
    findings = conclude(CRAWL, replace(compared, linkage=replace(compared.linkage, matches=matches)), None)
    assert max(row.size for row in findings.clusters) == together
    assert any(row.kind == "cluster.several" for row in findings.evidence) == (together == 4)


@pytest.mark.parametrize(("bits", "edges"), [(3.0, 0), (5.5, 1)])
def test_accounts_alone_bring_no_storefront_into_an_operator(bits: float, edges: int) -> None:
    """What is for review because of them is not nearly proven: the odds of several such links are not added up."""
    accounts = [row(f"identifiers.{word}", 4.0) for word in ("google_analytics", "facebook_pixel", "hotjar")]
    pair = judged(row("answers.login_host", bits), row("catalogue.sku", 3.0), *accounts)
    assert (pair.review, pair.rule) == (True, "")
    linkage = Linkage({("a.example", "b.example"): pair}, candidate_pairs([]), ("a.example", "b.example"), 0.0)
    assert len(nearly_proven(linkage, Standing())) == edges
