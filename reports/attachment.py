"""The table of changes as a mail can carry it: plain CSV while it is small, zipped above that, never more than servers take."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace

from analysis.masking import Shown
from reports.exports import Form, Table, render
from reports.languages.language import Language

__all__ = ["Attachment", "attached_changes"]

_PLAIN_BYTES = 300_000
_ZIPPED_BYTES = 4_000_000  # a third more in base64; servers that take no more than 10 MB are common, fewer are not
_THEN = (1980, 1, 1, 0, 0, 0)  # the first day a zip file knows: equal tables make equal files


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to attach; ``rows`` is how many changes it holds, the most important ones where it could not hold all."""

    name: str
    media_type: tuple[str, str]
    content: bytes
    rows: int


def attached_changes(findings: Shown, language: Language) -> Attachment:
    """The changes with their sentences in ``language``. A CSV that is too large becomes ``changes.csv.zip``; rows are left out only
    where that is too large too, the least important ones first."""
    changes = sorted(findings.changes, key=lambda row: (row.rank, row.cluster, row.site, row.what, row.sentence))
    told = [replace(row, sentence=language.change(row)) for row in changes]
    table = render(replace(findings, changes=tuple(told)), Table.CHANGES, Form.CSV)
    if len(table) <= _PLAIN_BYTES:
        return Attachment("changes.csv", ("text", "csv"), table, len(told))
    zipped = _zipped(table)
    while len(zipped) > _ZIPPED_BYTES and len(told) > 1:
        told = told[: max(len(told) * _ZIPPED_BYTES // len(zipped), 1)] if len(told) > 2 else told[:1]
        zipped = _zipped(render(replace(findings, changes=tuple(told)), Table.CHANGES, Form.CSV))
    return Attachment("changes.csv.zip", ("application", "zip"), zipped, len(told))


def _zipped(table: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(zipfile.ZipInfo("changes.csv", _THEN), table, zipfile.ZIP_DEFLATED, 9)
    return kept.getvalue()
