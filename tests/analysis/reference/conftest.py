"""Small packages made on the spot."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from analysis.reference.packages import Package


def tar_of(files: Mapping[str, bytes], packing: str) -> bytes:
    """A tar file of regular files, packed as its suffix says (``.xz``, ``.gz``, "")."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=f"w:{packing.removeprefix('.')}") as archive:
        for name, body in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return packed.getvalue()


def deb_of(files: Mapping[str, bytes], packing: str = ".xz") -> bytes:
    """A Debian package: an ``ar`` file of its format's version, its description and its files."""
    members = {
        "debian-binary": b"2.0\n",
        "control.tar.xz": tar_of({"./control": b"Package: x\n"}, ".xz"),
        f"data.tar{packing}": tar_of(files, packing if packing in (".xz", ".gz") else ""),
    }
    body = b"!<arch>\n"
    for name, held in members.items():
        body += f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(held):<10}`\n".encode() + held + b"\n" * (len(held) % 2)
    return body


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[Package, Mapping[str, str | bytes]], Path]:
    """Writes the archive of a package into ``tmp_path / "cache"`` and says where."""

    def write(package: Package, texts: Mapping[str, str | bytes]) -> Path:
        files = {name: text.encode() if isinstance(text, str) else text for name, text in texts.items()}
        path = tmp_path / "cache" / package.file_name
        path.parent.mkdir(exist_ok=True)
        if package.registry == "deb":
            path.write_bytes(deb_of({f"./usr/share/{package.family}/{name}": body for name, body in files.items()}))
            return path
        if package.registry == "pypi":
            with zipfile.ZipFile(path, "w") as wheel:
                for name, body in files.items():
                    wheel.writestr(name, body)
            return path
        with tarfile.open(path, "w:gz") as packed:
            for name, body in files.items():
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(body)
                packed.addfile(member, io.BytesIO(body))
        return path

    return write


@pytest.fixture
def deb() -> Callable[..., bytes]:
    """``deb_of``: the bytes of a Debian package with these files, its files packed with xz or as asked."""
    return deb_of


@pytest.fixture
def catalogue() -> Callable[[Mapping[str, str]], bytes]:
    """The bytes of a message catalogue (``.mo``) of these translations; a context stands before its message and ``\\x04``."""

    def write(messages: Mapping[str, str]) -> bytes:
        rows = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **messages}.items())
        names, texts = [[row[side].encode() + b"\0" for row in rows] for side in (0, 1)]
        start = 28 + 16 * len(rows)
        table = b""
        for several in (names, texts):
            for text in several:
                table += struct.pack("<II", len(text) - 1, start)
                start += len(text)
        head = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0)
        return head + table + b"".join(names) + b"".join(texts)

    return write
