"""The crawl's ledger: which storefronts are done. A storefront is in it only after its archive file is safely on disk.

One SQLite file per crawl, ``ledger.sqlite``, with one table. ``crawl.json`` is made from it at the end.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.problems import InputProblem

__all__ = ["Ledger", "SiteRecord"]

_VERSION = 1
SiteRecord = Mapping[str, Any]  # one entry of "sites" in crawl.json, see docs/crawling.md


class Ledger:
    """Opened by the one process that crawls; every ``acknowledge`` is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("PRAGMA busy_timeout=5000")
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._database.execute("CREATE TABLE IF NOT EXISTS done (site TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT")
            self._database.execute("CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
            self._database.execute(f"PRAGMA user_version={_VERSION}")
        elif version != _VERSION:
            self._database.close()
            raise InputProblem(f"{path}: written by another version ({version}); start a crawl with a new id")

    def acknowledge(self, site: str, record: SiteRecord) -> None:
        """Says that the archive file of ``site`` is complete."""
        text = json.dumps(record, ensure_ascii=False, sort_keys=True)
        self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?)", (site, text))

    def done(self) -> dict[str, SiteRecord]:
        """The acknowledged storefronts, sorted by name."""
        rows = self._database.execute("SELECT site, record FROM done ORDER BY site").fetchall()
        return {site: json.loads(record) for site, record in rows}

    def note(self, name: str, value: str) -> None:
        """Keeps one fact of the crawl as a whole, such as when it began."""
        self._database.execute("INSERT OR IGNORE INTO notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """A fact kept by ``note``."""
        row = self._database.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Closes the file; what was acknowledged stays."""
        self._database.close()
