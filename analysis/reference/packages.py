"""Public packages as files: the list of what to take, and archives read without running or unpacking anything."""

from __future__ import annotations

import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Literal

from analysis.reference.debian import UNREADABLE_PACKING, data_member, served_name

__all__ = [
    "ArchiveProblem",
    "Category",
    "Package",
    "PackageFile",
    "PackageListProblem",
    "check_archive",
    "read_archive",
    "read_list",
]

_COLUMNS = ("registry", "name", "versions", "category", "family", "sites")
_NAME = re.compile(r"^(?:@[a-z0-9][\w.-]{0,60}/)?[A-Za-z0-9][\w.-]{0,80}$")
#: Debian's versions besides have an epoch and tildes.
_VERSION = re.compile(r"^[0-9][\w.+:~-]{0,40}$")
_SUFFIXES = {"npm": "tgz", "pypi": "whl", "deb": "deb"}
#: Limits of one archive: files taken, bytes of one file, bytes of all, members looked at.
_FILES = 4_000
_FILE_BYTES = 4_000_000
_ALL_BYTES = 200_000_000
_MEMBERS = 60_000
_WANTED = re.compile(
    r"(?i)\.(?:html?|tpl|twig|ejs|njk|liquid|pt|jinja2?|xhtml|css|js|woff2?|ttf|otf|eot|svg|png|jpe?g|gif|webp|ico)$|(?:^|/)robots\.txt$"
)
#: Files of Debian's packages besides: a platform's own pages, and the words it says them in.
_PROGRAMS = re.compile(r"(?i)\.(?:php|mo)$")
_DEB_MODES: Mapping[str, Literal["r|xz", "r|gz", "r|"]] = {".xz": "r|xz", ".gz": "r|gz", "": "r|"}
#: Folders whose contents no storefront serves: sources before the build, tests, other people's packages.
_UNSERVED = re.compile(
    r"(?i)(?:^|/)(?:node_modules|bower_components|tests?|__tests__|spec|specs|coverage|benchmarks?|i18n-src|typings|flow-typed"
    r"|es|esm|lib-esm|cjs|\.github|locale|migrations)/"
)


class Category(StrEnum):
    """What a package is to a page builder; ``is_site`` ones have pages of their own, ``policy`` ones texts to fill in."""

    SCRIPT = "script"
    STYLE = "style"
    FONT = "font"
    ICON = "icon"
    BRAND_ICON = "brand-icon"
    THEME = "theme"
    SHOP = "shop"
    POLICY = "policy"

    @property
    def is_site(self) -> bool:
        """True for themes, templates and shop platforms."""
        return self in (Category.THEME, Category.SHOP)


class PackageListProblem(ValueError):
    """A list that cannot be read, in one sentence that names the line."""


class ArchiveProblem(ValueError):
    """An archive that is packed in a way we cannot read, in one sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """One version of one package. Versions and forks of one work have one ``family`` and count once; ``sites`` is the
    estimated share of shops that use the family in any version."""

    registry: str
    name: str
    version: str
    category: Category
    family: str
    sites: float

    @property
    def file_name(self) -> str:
        """Name of its archive in a cache."""
        plain = self.name.replace("@", "").replace("/", "__")
        return f"{self.registry}-{plain}-{self.version.replace(':', '%3a')}.{_SUFFIXES[self.registry]}"


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of a package: ``path`` inside of it, without the folder that npm puts around everything."""

    path: str
    body: bytes


def read_list(path: Path) -> list[Package]:
    """The packages of a list, one entry a version, in order of registry, name and version.

    Tab-separated with a header line: registry (npm|pypi|deb), name, versions (comma-separated), category, family, sites.
    Raises PackageListProblem for a line that says something else.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != _COLUMNS:
        raise PackageListProblem(f"{path}: the first line must name the columns {', '.join(_COLUMNS)}")
    found = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        try:
            registry, name, versions, category, family, sites = cells
            share, kind = float(sites), Category(category)
        except ValueError as error:
            raise PackageListProblem(f"{path}:{number}: {error}") from error
        names = versions.split(",")
        if registry not in _SUFFIXES or not _NAME.match(name) or not all(map(_VERSION.match, names)) or not 0 < share < 1:
            raise PackageListProblem(
                f"{path}:{number}: not a package of npm, pypi or deb with plain versions and a share: {line[:120]}"
            )
        found += [Package(registry, name, version, kind, family, share) for version in names]
    return sorted(set(found))


def check_archive(path: Path) -> None:
    """Raises ArchiveProblem for a Debian package whose files are packed with zstd, which our oldest Python cannot open."""
    member = data_member(path) if path.suffix == ".deb" else None
    if member is not None and member[0] == UNREADABLE_PACKING:
        raise ArchiveProblem("its files are packed with zstd, which cannot be read here; name a version packed with xz or gz")


def read_archive(path: Path) -> Iterator[PackageFile]:
    """Files of an npm, wheel or Debian archive that a storefront may serve, in the archive's order; broken archives end early."""
    taken = size = 0
    for name, body in _READERS[path.suffix](path):
        taken, size = taken + 1, size + len(body)
        if taken > _FILES or size > _ALL_BYTES:
            return
        yield PackageFile(name, body)


def _is_wanted(name: str, size: int) -> bool:
    return 0 < size <= _FILE_BYTES and bool(_WANTED.search(name)) and not _UNSERVED.search(name) and len(name) < 300


def _npm(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(path, "r|gz") as archive:
            for member, stream in _regular(archive):
                name = member.name.partition("/")[2]
                if _is_wanted(name, member.size):
                    yield name, stream.read()
    except (tarfile.TarError, OSError, EOFError, zlib.error):
        return


def _deb(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        member = data_member(path)
        if member is None or (mode := _DEB_MODES.get(member[0])) is None:
            return
        with tarfile.open(fileobj=member[1], mode=mode) as archive:
            for entry, stream in _regular(archive):
                name = served_name(entry.name)
                if name and (_is_wanted(name, entry.size) or _is_program(name, entry.size)):
                    yield name, stream.read()
    except (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError):
        return


def _regular(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Regular files of a tar file, as many as one archive may have."""
    for number, member in enumerate(archive):
        if number > _MEMBERS:
            return
        if member.isreg() and (stream := archive.extractfile(member)) is not None:
            yield member, stream


def _is_program(name: str, size: int) -> bool:
    return 0 < size <= _FILE_BYTES and bool(_PROGRAMS.search(name)) and len(name) < 300


def _wheel(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist()[:_MEMBERS]:
                if not member.is_dir() and _is_wanted(member.filename, member.file_size):
                    yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError):
        return


_READERS = {".tgz": _npm, ".whl": _wheel, ".deb": _deb}
