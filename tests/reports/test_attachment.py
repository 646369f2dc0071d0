"""The attached table has every change, as plain CSV or zipped; only what no server takes is cut, and the count says so."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from dataclasses import replace
from types import ModuleType

import pytest

from analysis.findings import Findings
from reports import attachment
from reports.attachment import Attachment, attached_changes
from reports.languages.catalogue import ENGLISH, FRENCH


def rows_of(found: Attachment) -> list[dict[str, str]]:
    content = found.content
    if found.media_type == ("application", "zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.namelist() == ["changes.csv"]
            content = archive.read("changes.csv")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def many(world: ModuleType, number: int) -> Findings:
    chance = random.Random(7)
    rows = (
        world.change("payment", f"shop{n}.example", "", 1 + n % 9, f"shop{n}.example {chance.getrandbits(400):x}", "accepted", "")
        for n in range(number)
    )
    return replace(world.quiet(), changes=tuple(rows))


def test_few_changes_are_a_plain_table(world: ModuleType) -> None:
    found = attached_changes(world.made(), ENGLISH)
    assert (found.name, found.rows) == ("changes.csv", len(world.made().changes))
    assert len(rows_of(found)) == found.rows


def test_many_changes_are_zipped_and_complete(world: ModuleType) -> None:
    findings = many(world, 3000)
    found = attached_changes(findings, ENGLISH)
    assert found.name == "changes.csv.zip"
    assert {row["site"] for row in rows_of(found)} == {row.site for row in findings.changes}
    assert found.content == attached_changes(findings, ENGLISH).content


def test_what_no_server_takes_is_cut_from_its_least_important_end(world: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment, "_ZIPPED_BYTES", 100_000)
    findings = many(world, 3000)
    found = attached_changes(findings, ENGLISH)
    rows = rows_of(found)
    assert 100 < found.rows == len(rows) < 3000
    assert len(found.content) <= 100_000
    assert max(int(row["rank"]) for row in rows) <= sorted(row.rank for row in findings.changes)[found.rows]


def test_the_sentences_are_in_the_language_of_the_mail(world: ModuleType) -> None:
    said = {row["sentence"] for row in rows_of(attached_changes(world.made(), FRENCH)) if row["what"] == "gone"}
    assert said == {"nordwolle-sale.example a disparu\u00a0: site suspendu (auparavant\u00a0: boutique)"}
