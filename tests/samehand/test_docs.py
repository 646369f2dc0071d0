"""Documents are kept true: commands, options, exit codes, columns, kinds and links are compared with the code."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.clusters.changes import RANKS
from analysis.findings import TABLES
from analysis.fingerprints.registry import FINGERPRINTS, KINDS
from analysis.linkage.matching import RULE_KINDS
from benchmarks.evidence_table import renewed
from reports.exports import Table, columns
from samehand.cli import EXIT_CODES, build_parser

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _commands() -> dict[str, argparse.ArgumentParser]:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("the command line has no commands")


def _section(text: str, heading: str) -> str:
    """What stands under a heading of second order."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"no section {heading}"
    return found[1]


def _relative_links() -> Iterator[tuple[Path, str]]:
    for document in DOCUMENTS:
        for target in LINK.findall(_text(document)):
            if not re.match(r"[a-z]+:", target):
                yield document, target


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _text(path), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", sorted(_commands()))
def test_every_command_and_its_options_are_documented(name: str) -> None:
    page = _text(DOCS / "commands.md")
    section = _section(page, name)
    everywhere = _section(page, "Options of every command")
    assert f"samehand {name}" in section
    for action in _commands()[name]._actions:
        for option in action.option_strings:
            assert f"`{option}" in section + everywhere, f"{name} {option}"


def test_no_option_is_documented_that_does_not_exist() -> None:
    known = {option for parser in _commands().values() for action in parser._actions for option in action.option_strings}
    known |= {option for action in build_parser()._actions for option in action.option_strings}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", _text(DOCS / "commands.md"))) <= known


@pytest.mark.parametrize("page", ["commands.md", "operations.md"])
def test_every_exit_code_is_documented(page: str) -> None:
    section = _section(_text(DOCS / page), "Exit codes")
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", section, re.M)}
    assert told == set(EXIT_CODES)


def test_exit_codes_are_told_in_the_words_of_the_command() -> None:
    section = _section(_text(DOCS / "commands.md"), "Exit codes")
    for code, means in EXIT_CODES.items():
        assert f"| {code} | {means} |" in section


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_the_findings_is_documented(table: str) -> None:
    page = _text(DOCS / "formats.md")
    headings = [heading for heading in re.findall(r"^### (.+)$", page, re.M) if table in heading.split(" and ")]
    assert len(headings) == 1
    section = page.split(f"### {headings[0]}\n", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]
    told = {name for row in re.findall(r"^\| (`.+?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert told == {item.name for item in fields(TABLES[table])}


def test_exports_are_documented_with_their_columns() -> None:
    section = _section(_text(DOCS / "formats.md"), "Exports")
    for table in (Table.CLUSTERS, Table.LINKS):
        assert f"`{','.join(columns(table))}`" in section
    for table in Table:
        assert f"| {table} |" in section


def test_every_change_is_documented() -> None:
    page = _text(DOCS / "formats.md")
    told = re.search(r"^\| `what` \| text \| (.+) \|$", page, re.M)
    assert told
    assert set(re.findall(r"`([\w-]+)`", told[1])) == set(RANKS)


def test_the_table_of_kinds_is_what_the_code_says() -> None:
    page = _text(DOCS / "evidence.md")
    assert renewed(page) == page, "renew it: python -m benchmarks.evidence_table"
    assert len(KINDS) > 100


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no '<!-- numbers begin"):
        renewed("# Evidence\n")


def test_rules_are_documented() -> None:
    page = _text(DOCS / "evidence.md")
    head = page.split("## All kinds")[0]
    for kind in RULE_KINDS:
        assert f"`{kind.name}`" in head


def test_every_fingerprint_has_a_page() -> None:
    index = _text(DOCS / "evidence.md")
    for fingerprint in FINGERPRINTS:
        name = fingerprint.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
        assert name in index
        assert name == "prose" or f"(evidence/{name}.md)" in index


@pytest.mark.parametrize(("document", "target"), sorted({(str(d.relative_to(ROOT)), t) for d, t in _relative_links()}))
def test_links_lead_somewhere(document: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    place = (ROOT / document).parent / path if path else ROOT / document
    assert place.exists(), f"{document} links to {target}"
    if anchor:
        assert anchor in _anchors(place), f"{document} links to {target}"


@pytest.mark.parametrize("document", [str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_documents_are_finished_and_say_nothing_of_our_desks(document: str) -> None:
    text = _text(ROOT / document)
    for word in ("/work" + "/", "TO" + "DO", "FIX" + "ME", "XX" + "X "):
        assert word not in text


def test_every_document_is_in_the_index() -> None:
    index = _text(DOCS / "README.md")
    for path in DOCS.glob("*.md"):
        assert path.name in index, path.name


def test_pictures_of_the_readme_are_small() -> None:
    for picture in (DOCS / "pictures").iterdir():
        assert picture.stat().st_size <= 300_000, picture.name
