"""Small packages made on the spot."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from analysis.reference.packages import Package


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[Package, Mapping[str, str]], Path]:
    """Writes the archive of a package into ``tmp_path / "cache"`` and says where."""

    def write(package: Package, files: Mapping[str, str]) -> Path:
        path = tmp_path / "cache" / package.file_name
        path.parent.mkdir(exist_ok=True)
        if package.registry == "pypi":
            with zipfile.ZipFile(path, "w") as wheel:
                for name, text in files.items():
                    wheel.writestr(name, text)
            return path
        with tarfile.open(path, "w:gz") as packed:
            for name, text in files.items():
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(text.encode())
                packed.addfile(member, io.BytesIO(text.encode()))
        return path

    return write
