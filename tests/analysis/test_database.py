"""DuckDB is silent and one thread strong."""

from __future__ import annotations

from analysis.database import open_database


def test_no_progress_is_drawn_and_one_thread_works() -> None:
    """A bar on standard output would stand in the middle of what ``samehand`` prints for other programs."""
    with open_database() as database:
        asked = "SELECT current_setting('enable_progress_bar'), current_setting('threads')"
        assert database.execute(asked).fetchall() == [(False, 1)]
