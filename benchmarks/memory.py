"""The most memory a process ever held."""

from __future__ import annotations

import re
import resource
from pathlib import Path

__all__ = ["peak_megabytes"]

_HIGH_WATER = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_megabytes(process: int | None = None) -> float:
    """Peak resident memory of this process, or of another that runs.

    ``ru_maxrss`` is no answer where ``/proc`` is: a process that was started by ``exec`` inherits its parent's peak in it.
    """
    try:
        found = _HIGH_WATER.search(Path(f"/proc/{process or 'self'}/status").read_text("ascii", "replace"))
    except OSError:
        found = None
    if found is not None:
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if process is None else 0.0
