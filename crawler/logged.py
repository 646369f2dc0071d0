"""Which logged certificate was valid for a host on the day it was captured.

Rows of several files about one certificate are put together: a search of crt.sh for one domain may give of a shared
certificate that domain's names only. A certificate is told by issuer and serial number (a precertificate and the
certificate that came of it are one), else by crt.sh's number, else by key or names with issuer and dates.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from crawler.captures import LoggedCertificate
from crawler.logged_files import Row, read_rows
from crawler.problems import InputProblem

__all__ = ["LoggedCertificates", "read_logged"]

#: Names kept of one certificate, as of those that a crawl sees.
_MAX_SANS = 500
_Key = tuple[str, ...]


class LoggedCertificates:
    """Certificates by the names they cover."""

    def __init__(self, certificates: Mapping[_Key, Row]) -> None:
        self._by_name: dict[str, list[tuple[_Key, Row]]] = defaultdict(list)
        for key, row in certificates.items():
            for name in row.names:
                self._by_name[name].append((key, row))
        self.count = len(certificates)

    def covering(self, host: str, moment: str) -> LoggedCertificate | None:
        """The certificate for ``host`` (tidy) that was valid at ``moment`` (``YYYY-MM-DDTHH:MM:SSZ``), the newest of several.

        A wildcard covers one label. A certificate without dates is held to be valid whenever no dated one was.
        """
        names = (host, f"*.{host.partition('.')[2]}")
        valid = [
            (row.not_before, row.not_after, key, row)
            for name in names
            for key, row in self._by_name.get(name, ())
            if row.not_before <= moment and (not row.not_after or moment <= row.not_after)
        ]
        if not valid:
            return None
        _, _, key, row = max(valid, key=lambda each: each[:3])
        return LoggedCertificate(
            host=host,
            identity=hashlib.sha256("\n".join(key).encode()).hexdigest(),
            # a row by host does not tell whose key it is besides
            spki=row.spki if row.spki and row.is_whole else None,
            issuer=row.issuer,
            serial=row.serial or None,
            sans=tuple(sorted(row.names)[:_MAX_SANS]),
            not_before=row.not_before or None,
            not_after=row.not_after or None,
        )


def read_logged(files: Sequence[Path]) -> LoggedCertificates:
    """The certificates of crt.sh's JSON or CSV files; ``InputProblem`` where one of them cannot be used as a whole."""
    found: dict[_Key, Row] = {}
    names: dict[_Key, set[str]] = defaultdict(set)
    for path in files:
        for line, row in read_rows(path):
            if not row.names:
                continue
            key = _key(row)
            names[key] |= row.names
            found[key] = _joined(found[key], row, f"{path}, line {line}") if key in found else row
    return LoggedCertificates({key: replace(row, names=frozenset(names[key])) for key, row in found.items()})


def _joined(held: Row, row: Row, where: str) -> Row:
    """What two rows tell of one certificate, names aside."""
    for name in ("spki", "not_before", "not_after"):
        one, two = getattr(held, name), getattr(row, name)
        if one and two and one != two:
            raise InputProblem(
                f"{where}: {name} is {two} where an earlier row of the same certificate says {one}; mend or remove one of them. "
                "Nothing was imported."
            )
    return replace(
        held,
        is_whole=held.is_whole or row.is_whole,
        spki=held.spki or row.spki,
        not_before=held.not_before or row.not_before,
        not_after=held.not_after or row.not_after,
    )


def _key(row: Row) -> _Key:
    if row.issuer and row.serial:
        return ("serial", row.issuer, row.serial)
    if row.number:
        return ("crt.sh", row.number)
    dated = (row.issuer, row.not_before, row.not_after)
    return ("key", row.spki, *dated) if row.spki else ("names", *dated, *sorted(row.names))
