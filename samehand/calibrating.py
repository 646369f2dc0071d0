"""The command ``calibrate``: labelled crawls in, a model file out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from analysis.calibration import as_toml, labelled
from analysis.calibration import calibrate as fit
from analysis.evaluation import Truth, read_truth
from analysis.findings import Findings, read
from analysis.linkage.caps import read_caps
from reports.landing import replace_file
from samehand.config import read_config
from samehand.data_folder import DataFolder
from samehand.problems import BadInput

__all__ = ["calibrate"]


def calibrate(arguments: argparse.Namespace) -> int:
    """Caps and prior as the labelled crawls have them, with reliability by bins, as a model file."""
    output: Path | None = arguments.output
    if output is not None and (output.is_dir() or not output.parent.is_dir()):
        raise BadInput(f"{output}: not a file in an existing folder; name one, such as model.toml")
    in_force = read_caps(read_config(arguments.config).path("analysis.model"))
    rows = []
    for path, truth, findings in _labelled_crawls(arguments):
        found = labelled(findings, truth, str(path), in_force)
        if not found:
            raise BadInput(
                f"{path}: no compared pair of the crawl {findings.crawl_id} has two sites that this truth names; "
                "name the crawl it was made for"
            )
        rows += found
    text = as_toml(fit(rows, in_force))
    if output is None:
        print(text, end="")
    else:
        replace_file(output, text.encode())
    return 0


def _labelled_crawls(arguments: argparse.Namespace) -> Iterator[tuple[Path, Truth, Findings]]:
    truth = read_truth(arguments.truth, arguments.week)
    for crawl_id in arguments.crawl_id or [None]:
        yield arguments.truth, truth, DataFolder(arguments.data).found(crawl_id)
    for truth_path, folder in arguments.also or ():
        path = Path(truth_path)
        yield path, read_truth(path, arguments.week), _found(Path(folder))


def _found(folder: Path) -> Findings:
    """Findings named by their own folder, or the newest of a data folder."""
    return read(folder) if (folder / "findings.json").is_file() else DataFolder(folder).found(None)
