"""The findings as files for other programs: CSV, JSON lines in one array, Parquet, GraphML and GEXF.

Every export is sorted, in a stable column order, UTF-8, and byte-identical for equal findings. CSV cells that a spreadsheet could
take for a formula carry a leading ``'`` (``reports.escape.unneutralise`` takes it away again).
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from enum import StrEnum
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TextIO
from xml.etree.ElementTree import ElementTree

import duckdb
import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from analysis.findings import ChangeRow, EvidenceRow, Findings, StorefrontRow
from analysis.masking import Shown
from reports.escape import csv_line, scrub, xml_text
from reports.landing import replace_file, replaced_file
from reports.words import moment

__all__ = ["Form", "Table", "columns", "render", "write", "write_gexf", "write_graphml", "write_stream"]

Cell = str | int | float | bool
Row = tuple[Cell, ...]


class Table(StrEnum):
    """What can be exported."""

    CLUSTERS = "clusters"
    LINKS = "links"
    EVIDENCE = "evidence"
    STOREFRONTS = "storefronts"
    CHANGES = "changes"


class Form(StrEnum):
    """The file formats of a table."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


_CLUSTERS = (
    ("site", "VARCHAR"),
    ("cluster", "VARCHAR"),
    ("probability", "DOUBLE"),
    ("first_seen", "VARCHAR"),
    ("last_seen", "VARCHAR"),
)
_LINKS = (
    ("site_a", "VARCHAR"),
    ("site_b", "VARCHAR"),
    ("relation", "VARCHAR"),
    ("probability", "DOUBLE"),
    ("bits", "DOUBLE"),
    ("for", "VARCHAR"),
    ("against", "VARCHAR"),
)
_SQL_TYPES = {"str": "VARCHAR", "float": "DOUBLE", "int": "BIGINT", "bool": "BOOLEAN"}
_STEP = 20_000  # rows a statement: keeps the lists handed over small
_DIGITS = 6  # of probabilities and bits: far below what they are known to, far above what a comparison of two runs needs


def _record_columns(record: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _SQL_TYPES[str(field.type)]) for field in fields(record) if field.name != "icon")


_COLUMNS = {
    Table.CLUSTERS: _CLUSTERS,
    Table.LINKS: _LINKS,
    Table.EVIDENCE: _record_columns(EvidenceRow),
    Table.STOREFRONTS: _record_columns(StorefrontRow),
    Table.CHANGES: _record_columns(ChangeRow),
}


def columns(table: Table) -> tuple[str, ...]:
    """The column names of a table, in order."""
    return tuple(name for name, _ in _COLUMNS[table])


def _clusters(findings: Findings) -> Iterator[Row]:
    return ((row.site, row.cluster, row.probability, row.first_seen, row.last_seen) for row in findings.members)


def _links(findings: Findings) -> Iterator[Row]:
    return ((row.site_a, row.site_b, row.relation, row.probability, row.bits, row.pro, row.contra) for row in findings.links)


def _storefronts(findings: Findings) -> Iterator[Row]:
    return map(attrgetter(*(field.name for field in fields(StorefrontRow) if field.name != "icon")), findings.storefronts)


def _whole(record: type[EvidenceRow | ChangeRow]) -> Callable[[object], Row]:
    """Takes all values of a row, many times as quickly as ``dataclasses.astuple``, which copies each."""
    return attrgetter(*(field.name for field in fields(record)))


_ROWS: dict[Table, Callable[[Findings], Iterator[Row]]] = {
    Table.CLUSTERS: _clusters,
    Table.LINKS: _links,
    Table.EVIDENCE: lambda findings: map(_whole(EvidenceRow), findings.evidence),
    Table.STOREFRONTS: _storefronts,
    Table.CHANGES: lambda findings: map(_whole(ChangeRow), findings.changes),
}


def _rows(findings: Findings, table: Table) -> Iterator[Row]:
    """The rows in order of their cells as text; those of one first cell at a time, for there may be millions."""
    for _, several in groupby(sorted(_ROWS[table](findings), key=_first), key=_first):
        yield from sorted((tuple(map(_plain, row)) for row in several), key=lambda row: tuple(map(str, row)))


def _first(row: Row) -> Cell:
    """A storefront's name, or what changed."""
    return _plain(row[0])


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return scrub(cell)
    if isinstance(cell, bool | int):
        return cell
    rounded = round(cell, _DIGITS)
    return 0.0 if rounded == 0 else rounded


def render(findings: Shown, table: Table, form: Form) -> bytes:
    """One table in one format. Floats have six decimals at most; the storefronts' icons stay out."""
    if form is Form.PARQUET:
        return _parquet(findings, table)
    text = io.StringIO()
    write_stream(findings, table, form, text)
    return text.getvalue().encode("utf-8")


def write_stream(findings: Shown, table: Table, form: Form, out: TextIO) -> None:
    """One table to an open text stream. Raises ``ValueError`` for Parquet, which is no text."""
    out.writelines(_lines(findings, table, form))


def write(findings: Shown, table: Table, form: Form, path: Path) -> None:
    """One table to a file, written beside and renamed. Raises ``OSError``."""
    if form is Form.PARQUET:
        replace_file(path, _parquet(findings, table))
    else:
        with replaced_file(path) as file:
            file.writelines(line.encode("utf-8") for line in _lines(findings, table, form))


def _lines(findings: Findings, table: Table, form: Form) -> Iterator[str]:
    """The text of a table, a row at a time."""
    rows, names = _rows(findings, table), columns(table)
    if form is Form.CSV:
        yield csv_line(names)
        yield from map(csv_line, rows)
    elif form is Form.JSON:
        before = "[\n"
        for row in rows:
            yield before + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
            before = ",\n"
        yield "[]\n" if before == "[\n" else "\n]\n"
    else:
        raise ValueError("Parquet is written to a file, not to a text stream")


def _parquet(findings: Findings, table: Table) -> bytes:
    shape = ", ".join(f'"{name}" {sql_type}' for name, sql_type in _COLUMNS[table])
    with (
        tempfile.TemporaryDirectory(prefix="samehand-") as folder,
        duckdb.connect(config={"threads": 1}) as connection,
    ):
        connection.execute("SET enable_progress_bar = false")  # it would be drawn on standard output, also into a file
        connection.execute(f"CREATE TABLE rows ({shape})")
        marks = ", ".join("unnest(?)" for _ in _COLUMNS[table])
        rows = _rows(findings, table)
        while part := list(islice(rows, _STEP)):
            connection.execute(f"INSERT INTO rows SELECT {marks}", [list(column) for column in zip(*part, strict=True)])
        target = Path(folder) / "rows.parquet"
        quoted = str(target).replace("'", "''")
        connection.execute(f"COPY rows TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
        return target.read_bytes()


def _graph(findings: Findings) -> tuple[nx.Graph[str], int]:
    graph: nx.Graph[str] = nx.Graph()
    replaced = 0

    def safe(text: str) -> str:
        nonlocal replaced
        kept, many = xml_text(text)
        replaced += many
        return kept

    member = {row.site: row for row in findings.members}
    for front in sorted(findings.storefronts, key=lambda row: row.site):
        place = member.get(front.site)
        graph.add_node(
            safe(front.site),
            label=safe(front.site),
            title=safe(front.title),
            cluster=safe(place.cluster) if place else "",
            page_state=safe(front.page_state),
            payment=safe(front.payment),
            company=safe(front.company),
            unread=safe(front.unread),
        )
    for link in sorted(findings.links, key=lambda row: (row.site_a, row.site_b)):
        graph.add_edge(
            safe(link.site_a),
            safe(link.site_b),
            relation=safe(link.relation),
            probability=round(link.probability, _DIGITS),
            bits=round(link.bits, _DIGITS),
            original=safe(link.original),
            reasons_for=safe(link.pro),
            reasons_against=safe(link.contra),
        )
    return graph, replaced


def write_graphml(findings: Shown, path: Path) -> int:
    """Storefronts and links as GraphML. Returns how many characters XML cannot hold were replaced by U+FFFD."""
    graph, replaced = _graph(findings)
    writer = GraphMLWriter(named_key_ids=True)
    writer.add_graph_element(graph)
    _write_xml(writer, path)
    return replaced


def write_gexf(findings: Shown, path: Path) -> int:
    """Storefronts and links as GEXF 1.2draft, dated by the crawl. Returns how many characters were replaced."""
    graph, replaced = _graph(findings)
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    when = moment(findings.crawl_id)
    for meta in writer.xml.iter("meta"):
        # networkx writes today's date; a file is a function of the findings
        del meta.attrib["lastmodifieddate"]
        if when is not None:
            meta.set("lastmodifieddate", f"{when:%Y-%m-%d}")
    _write_xml(writer, path)
    return replaced


def _write_xml(writer: GraphMLWriter | GEXFWriter, path: Path) -> None:
    """The tree of a writer, piece by piece: the text of a large graph is never there as a whole."""
    writer.indent(writer.xml)
    with replaced_file(path) as file:
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n')
        ElementTree(writer.xml).write(file, encoding="us-ascii", xml_declaration=False)
