"""Build the reference table: ``python -m benchmarks.build_reference OUT --version DATE [--list FILE] [--cache DIR]``.

Fetches the packages of the list with the registries' own clients (two at a time, nothing that is already in the cache),
reads the archives without running anything in them and writes ``reference.parquet`` and ``reference.json`` to OUT. The
same archives give the same bytes. PyPI packages are taken as wheels only: to fetch a source archive pip would run its
set-up script. Debian's are had where apt knows the listed version (here: Debian 12). A package that cannot be had or read
is named and left out. See ``docs/reference.md``.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from analysis.reference.building import build
from analysis.reference.packages import ArchiveProblem, Package, check_archive, read_list

__all__ = ["fetch", "main"]

LIST = Path(__file__).parent / "reference_packages.tsv"
_SECONDS = 120
_VERSION_SIGN = {"npm": "@", "pypi": "==", "deb": "="}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when a table was written; 1 when no package could be had."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build_reference", description="Build the reference table.")
    parser.add_argument("out", type=Path, help="folder for reference.parquet and reference.json")
    parser.add_argument("--version", required=True, help="the table's version: the date of the build, as 2026-11-22")
    parser.add_argument("--list", type=Path, default=LIST, help="list of packages (default: %(default)s)")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "samehand-packages", help="fetched archives")
    parser.add_argument("--fetch-only", action="store_true", help="fill the cache and stop")
    asked = parser.parse_args(arguments)
    packages = read_list(asked.list)
    asked.cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        paths = list(pool.map(partial(fetch, cache=asked.cache), packages))
    had = []
    for package, path in zip(packages, paths, strict=True):
        why = _why_not(path)
        if path is None or why:
            print(f"left out: {package.registry} {package.name} {package.version}: {why}", file=sys.stderr)
        else:
            had.append((package, path))
    print(f"{len(had)} of {len(packages)} archives")
    if asked.fetch_only or not had:
        return 0 if had else 1
    print(build(had, asked.out, asked.version))
    return 0


def _why_not(path: Path | None) -> str:
    """Why an archive cannot be read; "" where it can."""
    if path is None:
        return "could not be fetched"
    try:
        check_archive(path)
    except ArchiveProblem as problem:
        return str(problem)
    return ""


def fetch(package: Package, cache: Path) -> Path | None:
    """The package's archive in ``cache``, fetched when it is not there; None when the registry's client cannot have it."""
    kept = cache / package.file_name
    if kept.is_file():
        return kept
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        asked = f"{package.name}{_VERSION_SIGN[package.registry]}{package.version}"
        command = {
            "npm": ["npm", "pack", asked, "--silent", "--ignore-scripts", "--pack-destination", folder],
            "pypi": [
                *(sys.executable, "-m", "pip", "download", asked, "--quiet", "--no-deps", "--only-binary=:all:"),
                *("--ignore-requires-python", "--disable-pip-version-check", "--dest", folder),
            ],
            # apt gives up its rights while it fetches, and the folder is not readable to others
            "deb": ["apt-get", "download", asked, "--quiet=2", "-o", "APT::Sandbox::User=root"],
        }[package.registry]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, cwd=folder)
        except (subprocess.TimeoutExpired, FileNotFoundError):
            return None
        files = [path for path in Path(folder).iterdir() if path.suffix in (".tgz", ".whl", ".deb")]
        if done.returncode != 0 or len(files) != 1:
            return None
        shutil.move(files[0], kept)
    return kept


if __name__ == "__main__":
    sys.exit(main())
