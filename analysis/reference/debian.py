"""Debian's packages as archives: an ``ar`` file whose member ``data.tar.*`` holds the files. Nothing is unpacked or run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

__all__ = ["UNREADABLE_PACKING", "data_member", "served_name"]

#: How Debian's archives may be packed that the standard library of our oldest Python cannot open.
UNREADABLE_PACKING = ".zst"

_MAGIC = b"!<arch>\n"
_HEADER = 60
#: Members looked at: a package has three, and a signature at most.
_MEMBERS = 16
#: Bytes of the packed member; the largest one of the list has eight million.
_PACKED_BYTES = 200_000_000
_HOME = "usr/share/"
#: Folders beside those of packages, which no storefront serves.
_OF_THE_SYSTEM = frozenset({"doc", "doc-base", "man", "lintian", "locale", "bug", "apport", "menu", "pixmaps"})


def data_member(path: Path) -> tuple[str, io.BytesIO] | None:
    """(how it is packed, as ``.xz``; bytes) of a package's files; None where it is no package or a broken one."""
    with path.open("rb") as archive:
        if archive.read(len(_MAGIC)) != _MAGIC:
            return None
        for name, size in _members(archive):
            if name.startswith("data.tar"):
                body = archive.read(size) if size <= _PACKED_BYTES else b""
                return (name.removeprefix("data.tar"), io.BytesIO(body)) if len(body) == size else None
            archive.seek(size + size % 2, io.SEEK_CUR)
    return None


def _members(archive: io.BufferedReader) -> Iterator[tuple[str, int]]:
    """(name, bytes) of the members, each read or passed over by the caller."""
    for _ in range(_MEMBERS):
        header = archive.read(_HEADER)
        size = header[48:58].strip()
        if len(header) < _HEADER or header[58:] != b"`\n" or not size.isdigit():
            return
        yield header[:16].decode("ascii", "replace").strip().rstrip("/"), int(size)


def served_name(name: str) -> str:
    """A file's path below the folder that its application is served from, ``/usr/share/APPLICATION``; "" of any other file."""
    inside = name.removeprefix("./").removeprefix("/")
    application, _, rest = inside.removeprefix(_HOME).partition("/")
    return rest if inside.startswith(_HOME) and application not in _OF_THE_SYSTEM else ""
