"""``judge`` and ``review`` by the command line, on a small market that was really brought in and analysed."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from analysis.findings import ChangeRow, Findings, read
from samehand.cli import main

MARCH, APRIL, MAY = "20260302T060000Z", "20260406T060000Z", "20260504T060000Z"


@pytest.fixture
def desk(market, tmp_path: Path) -> Path:
    """A data folder of one's own with the market analysed in it."""
    shutil.copytree(market.data, tmp_path / "data")
    return tmp_path / "data"


def said(capsys: pytest.CaptureFixture[str], data: Path, *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main([*words, "--data", str(data)]) == code
    streams = capsys.readouterr()
    return streams.out if code == 0 else streams.err


def judged(capsys: pytest.CaptureFixture[str], data: Path, *words: str, why: str = "two companies", code: int = 0) -> str:
    return said(capsys, data, "judge", *words, "--why", why, "--who", "ann", code=code)


def analysed(data: Path, crawl: str, archives: tuple[Path, ...], *options: str) -> Findings:
    """The same archives again as another crawl, analysed with the history."""
    if not (data / "crawls" / crawl).exists():
        assert main(["import", *map(str, archives), "--crawl-id", crawl, "--data", str(data)]) == 0
    assert main(["analyse", crawl, "--data", str(data), *options]) == 0
    return read(data / "findings" / crawl)


def moves(findings: Findings) -> list[ChangeRow]:
    return [row for row in findings.changes if row.what in ("corrected", "left", "joined", "split", "merged")]


def clusters(findings: Findings) -> list[list[str]]:
    of: dict[str, list[str]] = {}
    for row in findings.members:
        of.setdefault(row.cluster, []).append(row.site)
    return sorted(sorted(sites) for sites in of.values() if len(sites) > 1)


def test_a_shop_wrongly_linked_is_put_right_told_once_and_stays_right(
    market, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read(desk / "findings" / MARCH)
    assert clusters(before) == [["house.example", "mirror.example"]]
    out = judged(capsys, desk, "https://www.Mirror.example/cart", "house[.]example", "different")
    assert "recorded as 1: house[.]example and mirror[.]example are not run by one operator (ann, " in out
    assert f"in the findings of {MARCH} they are in one cluster; `samehand analyse` takes the judgement up" in out
    april = analysed(desk, APRIL, market.archives)
    assert clusters(april) == []
    (row,) = moves(april)
    assert row.what == "corrected"
    assert "an analyst's correction, not an event on the web" in row.sentence
    assert "because: two companies" in row.sentence
    may = analysed(desk, MAY, market.archives)
    assert clusters(may) == []
    assert moves(may) == []
    why = said(capsys, desk, "why", "house.example", "mirror.example")
    assert why.startswith("house[.]example and mirror[.]example are held apart by an analyst's judgement")
    assert "\njudged\n" in why
    assert "the evidence alone gives a probability" in why


def test_findings_are_a_function_of_the_judgements(market, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = {path.name: path.read_bytes() for path in (desk / "findings" / MARCH).iterdir()}
    judged(capsys, desk, "house.example", "mirror.example", "different")
    first = analysed(desk, MARCH, market.archives)
    once = {path.name: path.read_bytes() for path in (desk / "findings" / MARCH).iterdir()}
    assert once["links.parquet"] != plain["links.parquet"]
    analysed(desk, MARCH, market.archives)
    assert {path.name: path.read_bytes() for path in (desk / "findings" / MARCH).iterdir()} == once
    assert (first.notes["judgements"], first.notes["judgement_last"]) == ("1", "1")
    judged(capsys, desk, "house.example", "mirror.example", "same")
    again = analysed(desk, MARCH, market.archives)
    assert clusters(again) == [["house.example", "mirror.example"]]
    assert again.notes["judgement_digest"] != first.notes["judgement_digest"]


def test_a_link_by_judgement_alone_is_told_as_such(market, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judged(capsys, desk, "loner.example", "house.example", "same", why="one phone answers")
    april = analysed(desk, APRIL, market.archives)
    assert clusters(april) == [["house.example", "loner.example", "mirror.example"]]
    (row,) = moves(april)
    assert (row.what, row.site) == ("corrected", "loner.example")
    links = {(link.site_a, link.site_b): link for link in april.links}
    link = links["house.example", "loner.example"]
    assert link.sentence == "house.example and loner.example are held to be of one operator by an analyst's judgement"
    assert "because: one phone answers" in link.pro
    assert link.probability < 0.5, "no invented bits"
    assert links["loner.example", "mirror.example"].relation == "same-operator"
    sums: dict[tuple[str, str], float] = {}
    for row in april.evidence:
        sums[row.site_a, row.site_b] = sums.get((row.site_a, row.site_b), 0.0) + row.bits
    prior = links["house.example", "mirror.example"].bits - sums["house.example", "mirror.example"]
    assert all(abs(prior + sums[pair] - item.bits) < 0.01 for pair, item in links.items())


def test_a_value_judged_noise_is_found_as_it_is_shown(market, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (key,) = {row.value for row in read(desk / "findings" / MARCH).evidence if row.kind == "payment.payee_key" and row.bits > 0}
    assert "counts for 1 pair" in judged(capsys, desk, "--value", "payment.payee_key", key, "noise", why="a test key")
    april = analysed(desk, APRIL, market.archives)
    assert clusters(april) == []
    assert [row.what for row in moves(april)] == ["corrected"]
    why = said(capsys, desk, "why", "house.example", "mirror.example")
    assert "judged noise by ann, " in why
    assert "because: a test key" in why
    judged(capsys, desk, "--value", "payment.payee_key", key, "evidence", why="it is live after all")
    may = analysed(desk, MAY, market.archives)
    assert clusters(may) == [["house.example", "mirror.example"]]
    assert [row.what for row in moves(may)] == ["corrected"]


def test_an_owned_storefront_is_in_nobodys_cluster(market, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = desk.parent / "samehand.toml"
    config.write_text('[analysis]\nowned = "owned.txt"\n')
    (desk.parent / "owned.txt").write_text("house.example # ours\n")
    april = analysed(desk, APRIL, market.archives, "--config", str(config))
    assert clusters(april) == []
    link = next(row for row in april.links if (row.site_a, row.site_b) == ("house.example", "mirror.example"))
    assert (link.relation, link.original, link.review) == ("copy-of", "house.example", False)
    assert april.notes["owned"] == "house.example"
    err = judged(capsys, desk, "house.example", "mirror.example", "same", "--config", str(config), code=2)
    assert "house.example is your own storefront, and can be in no other operator's cluster" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("house.example", "house.example", "same"), "cannot be judged beside itself"),
        (("house.example", "mirrar.example", "same"), "did you mean mirror.example?"),
        (("house.example", "mirror.example", "yes"), "say same, different or unsure"),
        (("house.example", "mirror.example"), "a judgement is three words"),
        (("--value", "payment.payee_kee", "x", "noise"), "did you mean payment.payee_key"),
        (("--value", "payment.payee_key", "x", "noise"), "no storefront of the newest findings shows this"),
        (("--value", "payment.payee_key", "x", "same", "--anyway"), "say noise, evidence or unsure"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    desk: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in judged(capsys, desk, *words, code=2)
    assert not (desk / "state.sqlite").exists()


def test_a_judgement_needs_its_reason(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "needs its reason" in said(capsys, desk, "judge", "house.example", "mirror.example", "same", code=2)


def test_a_judgement_may_be_made_in_advance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there are no findings" in judged(capsys, tmp_path, "a.example", "b.example", "same", code=2)
    assert "the first analysis takes it up" in judged(capsys, tmp_path, "a.example", "b.example", "same", "--anyway")


def test_a_contradiction_is_named_when_it_is_made(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judged(capsys, desk, "house.example", "mirror.example", "different")
    judged(capsys, desk, "house.example", "copy.example", "same")
    out = judged(capsys, desk, "copy.example", "mirror.example", "same")
    assert "conflict: the judgement that house[.]example and mirror[.]example are not run by one operator (ann, " in out
    assert said(capsys, desk, "review").startswith("conflict: ")


def test_out_and_in_by_the_command_line(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judged(capsys, desk, "house.example", "mirror.example", "different", why="=cmd")
    judged(capsys, desk, "--value", "payment.payee_key", "pk_live_new", "noise", "--anyway")
    file = tmp_path / "judgements.csv"
    assert said(capsys, desk, "judge", "--export", str(file)) == ""
    other = tmp_path / "other"
    assert "2 judgements brought in, 0 known before" in said(capsys, other, "judge", "--import", str(file))
    assert "0 judgements brought in, 2 known before" in said(capsys, other, "judge", "--import", str(file))
    assert said(capsys, other, "judge", "--export", "-").encode() == file.read_bytes()
    file.write_text(file.read_text().replace("payment.payee_key", "payment.nothing"))
    third = tmp_path / "third"
    assert "line 3: no kind of evidence is named payment.nothing" in said(capsys, third, "judge", "--import", str(file), code=2)
    assert not (third / "state.sqlite").exists()


def test_the_queue_asks_and_its_file_can_be_filled_in(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judged(capsys, desk, "house.example", "loner.example", "unsure", why="the phone is engaged")
    assert main(["analyse", "--data", str(desk)]) == 0
    out = said(capsys, desk, "review")
    assert "left open by ann, " in out
    assert 'samehand judge house.example loner.example same|different|unsure --why "..." --data' in out
    queue = tmp_path / "queue.csv"
    said(capsys, desk, "review", "--format", "csv", "-o", str(queue))
    rows = list(csv.DictReader(io.StringIO(queue.read_text())))
    row = next(row for row in rows if row["site_b"] == "loner.example")
    row |= {"verdict": "different", "why": "another hand"}
    with queue.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerows(rows)
    assert "1 judgement brought in" in said(capsys, desk, "judge", "--import", str(queue), "--who", "bob")
    out = said(capsys, desk, "review")
    assert "1 judgement not yet in the findings" in out
    assert "loner.example" not in out


def test_fewer_questions_than_one_are_no_review(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--most -1: must be at least 1" in said(capsys, desk, "review", "--most", "-1", code=2)
