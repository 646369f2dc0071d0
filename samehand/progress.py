"""Progress of long work: one line that moves on a terminal, quiet elsewhere."""

from __future__ import annotations

import sys
import time

from reports.escape import terminal

__all__ = ["Progress"]


class Progress:
    """Say how far a stage is; ``what`` names the unit ("storefronts read")."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._started = time.monotonic()
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show ``done`` of ``total``, the last one's ``name``, and what time is left."""
        if not self._live:
            return
        spent = time.monotonic() - self._started
        left = spent / done * (total - done) if done else 0.0
        line = f"{done}/{total} {self._what}, about {left:.0f} s left  {terminal(name, 60)}"
        sys.stderr.write(f"\r\x1b[K{line[:110]}")
        if done == total:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
