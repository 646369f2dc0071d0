"""The WARC files behind what was given to import: files, folders, WACZ, gzip in one piece.

What has to be unpacked goes into a room of the caller's under names of our own: no name in an archive becomes a path.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawler.problems import InputProblem
from crawler.records import Damage, is_one_member

__all__ = ["sources"]

_INNER = re.compile(r"archive/[^/]{1,255}\.warc(?:\.gz)?", re.IGNORECASE)
_MAX_FILES = 10_000
#: A WARC file in a WACZ is stored, not compressed again; more than this ratio is a bomb.
_MAX_RATIO = 200
_MAX_TOTAL = 256 * 1024**3
_CHUNK = 1024 * 1024
#: Unpacking a file that is one gzip member stops here: nothing honest is larger on one machine's disk.
_MAX_UNPACKED = 64 * 1024**3


def sources(files: Sequence[Path], room: Path, damage: list[Damage]) -> Iterator[Path]:
    """WARC files that can be read by offset, in a fixed order; what has to be unpacked first lies in ``room``."""
    given: list[Path] = []
    for path in files:
        if path.is_dir():
            given += sorted(p for p in path.iterdir() if p.name.lower().endswith((".warc", ".warc.gz", ".wacz")))
        elif path.is_file():
            given.append(path)
        else:
            raise InputProblem(f"{path} does not exist: name the WARC or WACZ files to import.")
    for number, path in enumerate(given):
        try:
            with path.open("rb") as file:
                head = file.read(4)
            if head.startswith(b"PK\x03\x04"):
                inner = _unpack(path, room, f"{number:06d}", damage)
            elif head.startswith(b"\x28\xb5\x2f\xfd"):
                raise InputProblem(f"{path} is compressed with zstd: unpack it with `zstd -d` first.")
            else:
                inner = [path]
            for place, warc in enumerate(inner):
                yield _by_offset(warc, room, f"{number:06d}-{place:06d}", damage)
        except OSError as error:
            raise InputProblem(f"{path} cannot be read ({error.strerror}).") from error


def _by_offset(path: Path, room: Path, name: str, damage: list[Damage]) -> Path:
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b" or not is_one_member(path):
            return path
        file.seek(0)
        plain = room / f"{name}.warc"
        engine = zlib.decompressobj(31)
        size = 0
        with plain.open("wb") as out:
            try:
                while not engine.eof and size < _MAX_UNPACKED:
                    data = engine.unconsumed_tail or file.read(256 * 1024)
                    if not data:
                        break
                    piece = engine.decompress(data, 1024 * 1024)
                    size += out.write(piece)
            except zlib.error:
                damage.append(Damage(path, file.tell(), "is damaged"))
    return plain


def _unpack(path: Path, room: Path, name: str, damage: list[Damage]) -> list[Path]:
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
