"""How files land: written beside, synced, renamed; never through a link that somebody planted in their place."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["PlantedError", "landed_folder", "replace_file", "replaced_file", "write_new"]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class PlantedError(OSError):
    """Something other than our own file or folder stands where a report is to be written."""


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, synced. Raises ``PlantedError`` if anything stands there, a dangling link included."""
    with _new_file(path) as file:
        file.write(content)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it there. Raises ``PlantedError`` if its place is no plain file of one name."""
    with replaced_file(path) as file:
        file.write(content)


@contextmanager
def replaced_file(path: Path) -> Iterator[BinaryIO]:
    """A new file beside ``path`` to write into; it takes the place of ``path`` when the block ends without an error.

    Raises ``PlantedError`` if its place is no plain file of one name.
    """
    _refuse_unless(path, stat.S_ISREG)
    beside = path.with_name(f".{path.name[:60]}.{os.getpid()}.partial")
    try:
        with _new_file(beside) as file:
            yield file
        beside.replace(path)
    except PlantedError:
        raise
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    try:
        handle = os.open(path, _NEW, 0o644)
    except FileExistsError as error:
        raise PlantedError(f"{path.name} exists already and is not overwritten") from error
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def landed_folder(folder: Path) -> Iterator[Path]:
    """A new folder beside ``folder`` to write into; it takes the place of ``folder`` when the block ends without an error."""
    _refuse_unless(folder, stat.S_ISDIR)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name[:60]}.{os.getpid()}.partial")
    try:
        beside.mkdir()
    except FileExistsError as error:
        raise PlantedError(f"{beside.name} exists already: another report is being written, or one was interrupted") from error
    try:
        yield beside
        _swap(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _swap(beside: Path, folder: Path) -> None:
    if not folder.exists():
        beside.rename(folder)
        return
    old = folder.with_name(f".{folder.name[:60]}.{os.getpid()}.old")
    folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old)


def _refuse_unless(path: Path, wanted: Callable[[int], bool]) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not wanted(found.st_mode):
        raise PlantedError(f"{path.name} is a link or another kind of thing than what is to be written there")
    if stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
        raise PlantedError(f"{path.name} has other names (hard links) and is not overwritten")
