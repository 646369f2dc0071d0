"""DuckDB as the analysis uses it: in memory, one thread, and silent."""

from __future__ import annotations

import duckdb

__all__ = ["open_database"]


def open_database() -> duckdb.DuckDBPyConnection:
    """A database of its own, closed by ``with``.

    One thread, so that files come out byte for byte the same. No progress bar: DuckDB draws one on standard output after two
    seconds, also where that is a file.
    """
    database = duckdb.connect(config={"threads": 1})
    database.execute("SET enable_progress_bar = false")
    return database
