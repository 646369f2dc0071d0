"""The WARC files inside a WACZ, unpacked under names of our own: no name in the archive becomes a path."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from crawler.problems import InputProblem
from crawler.records import Damage

__all__ = ["unpack"]

_INNER = re.compile(r"archive/[^/]{1,255}\.warc(?:\.gz)?", re.IGNORECASE)
_MAX_FILES = 10_000
#: A WARC file in a WACZ is stored, not compressed again; more than this ratio is a bomb.
_MAX_RATIO = 200
_MAX_TOTAL = 256 * 1024**3
_CHUNK = 1024 * 1024


def unpack(path: Path, room: Path, name: str, damage: list[Damage]) -> list[Path]:
    """The WARC files of the WACZ at ``path``, copied into ``room``; members that are damaged go to ``damage``."""
    found: list[Path] = []
    try:
        with zipfile.ZipFile(path) as archive:
            inner = sorted((info for info in archive.infolist() if _INNER.fullmatch(info.filename)), key=lambda info: info.filename)
            if len(inner) > _MAX_FILES or sum(info.file_size for info in inner) > _MAX_TOTAL:
                raise InputProblem(f"{path} holds more than can be imported at once: split it.")
            for number, info in enumerate(inner):
                target = room / f"{name}-{number:06d}.part"
                if _copy(archive, info, target, path, damage):
                    found.append(target)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, EOFError) as error:
        damage.append(Damage(path, 0, f"is no readable WACZ ({error})"))
    if not found:
        damage.append(Damage(path, 0, "holds no WARC file below archive/"))
    return found


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, path: Path, damage: list[Damage]) -> bool:
    if info.file_size > _MAX_RATIO * max(info.compress_size, 1024):
        damage.append(Damage(path, info.header_offset, "holds a file that unpacks to suspiciously much"))
        return False
    left = info.file_size
    try:
        with archive.open(info) as source, target.open("wb") as out:
            while left > 0 and (data := source.read(min(_CHUNK, left))):
                left -= out.write(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        damage.append(Damage(path, info.header_offset, f"holds a file that cannot be unpacked ({error})"))
        return target.exists() and target.stat().st_size > 0
    return True
