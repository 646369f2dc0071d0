"""Sites that are to be forgotten, known by a hash only: enough to leave them out of a crawl, not enough to read them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from crawler.plan import Seed
from reports.escape import defang, terminal
from samehand.state import Part, open_state

__all__ = ["let_in_again", "note_forgotten", "spared"]

_FORGOTTEN = Part("forgotten", ("CREATE TABLE forgotten (site_hash TEXT PRIMARY KEY, day TEXT NOT NULL, why TEXT NOT NULL)",))


def note_forgotten(path: Path, site: str, why: str) -> None:
    """Note that ``site`` is left out from today on."""
    with open_state(path, _FORGOTTEN) as state:
        today = datetime.now(UTC).strftime("%Y-%m-%d")
        state.execute("INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?)", (_hash(site), today, why))


def let_in_again(path: Path, site: str) -> bool:
    """Strike the note; False where there was none."""
    with open_state(path, _FORGOTTEN) as state:
        return bool(state.execute("DELETE FROM forgotten WHERE site_hash = ?", (_hash(site),)).rowcount)


def spared(path: Path, seeds: Iterable[Seed]) -> list[Seed]:
    """The seeds without the sites that are to be forgotten; each one left out is named on standard error."""
    seeds = list(seeds)
    if not path.is_file():
        return seeds
    with open_state(path, _FORGOTTEN) as state:
        days = {row["site_hash"]: row["day"] for row in state.execute("SELECT site_hash, day FROM forgotten")}
    kept = []
    for seed in seeds:
        day = days.get(_hash(seed.site))
        if day is None:
            kept.append(seed)
        else:
            print(f"samehand: {terminal(defang(seed.site))} was forgotten on {day} and is left out", file=sys.stderr)
    return kept


def _hash(site: str) -> str:
    return hashlib.sha256(f"samehand forgets {site}".encode()).hexdigest()
