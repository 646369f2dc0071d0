"""Files written beside their place, then renamed into it: whoever reads finds the old one or the new one, whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

__all__ = ["Beside"]


class Beside:
    """A file written beside its place, then synced and renamed; what stands in the way is never followed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.part")

    def open(self) -> Any:
        self._part.unlink(missing_ok=True)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.fdopen(os.open(self._part, flags, 0o644), "wb")
        return self._file

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def abandon(self) -> None:
        with suppress(OSError):  # the error that led here is the one to tell
            self._file.close()
        self._part.unlink(missing_ok=True)

    def __enter__(self) -> Any:
        return self.open()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.finish()
        else:
            self.abandon()
