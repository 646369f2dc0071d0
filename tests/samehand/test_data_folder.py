"""The data folder: the newest run, the lock, and names that cannot leave it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from samehand.data_folder import CRAWL_ID, DataFolder, check_crawl_id, new_crawl_id
from samehand.problems import BadInput, StageFailed


def crawl(data: DataFolder, name: str, *, finished: bool = True) -> Path:
    folder = data.crawls / name
    folder.mkdir(parents=True)
    if finished:
        (folder / "crawl.json").write_text("{}", "utf-8")
    return folder


def test_the_newest_finished_crawl_is_meant_when_none_is_named(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    crawl(data, "20260302T060000Z")
    newest = crawl(data, "20260406T060000Z")
    crawl(data, "20260504T060000Z", finished=False)
    assert data.crawl(None) == newest
    assert data.crawl("20260302T060000Z") == data.crawls / "20260302T060000Z"
    assert data.crawl(str(newest)) == newest


def test_what_is_not_there_is_told_with_its_mend(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    with pytest.raises(BadInput, match="no finished crawl"):
        data.crawl(None)
    with pytest.raises(BadInput, match="no such crawl"):
        data.crawl("20260302T060000Z")
    crawl(data, "20260302T060000Z", finished=False)
    with pytest.raises(BadInput, match="did not finish"):
        data.crawl("20260302T060000Z")
    with pytest.raises(BadInput, match="no findings here"):
        data.found(None)


@pytest.mark.parametrize(
    "text", ["", "20260302", "20260302T060000Z/..", "../20260302T060000Z", "20260302T060000Z\n", "２０２６0302T060000Z"]
)
def test_a_crawl_id_is_never_a_path(text: str) -> None:
    with pytest.raises(BadInput, match="not a crawl id"):
        check_crawl_id(text)


def test_a_new_crawl_id_is_a_crawl_id() -> None:
    assert check_crawl_id(new_crawl_id())
    assert CRAWL_ID.fullmatch(new_crawl_id())


def test_findings_and_history_are_by_crawl_id(market) -> None:
    data = DataFolder(market.data)
    assert data.found(None).crawl_id == data.found(market.crawl).crawl_id == market.crawl
    assert data.history(market.crawl) is None
    later = data.history("20260406T060000Z")
    assert later is not None
    assert later.crawl_id == market.crawl


def test_the_lock_is_held_against_others_and_given_back(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    with data.locked(), pytest.raises(StageFailed) as problem, DataFolder(tmp_path / "data").locked():
        pass
    assert problem.value.exit_code == 75
    with data.locked():
        pass


def test_the_kernel_takes_the_lock_back_from_the_dead(tmp_path: Path) -> None:
    program = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\nfrom samehand.data_folder import DataFolder\n"
        "with DataFolder(Path(sys.argv[2])).locked(): os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(Path(__file__).parents[2]), str(tmp_path)], timeout=60, check=False)
    assert done.returncode == 9
    with DataFolder(tmp_path).locked():
        pass


_WRITER = """
import os, sys
from pathlib import Path
from analysis.findings import Findings, write
folder = Path(sys.argv[1]) / "20260302T060000Z"
write(Findings(folder.name, "", (), (), (), (), (), (), ()), folder)
rename = Path.rename
def killed(self, target):
    if target == folder:
        os._exit(9)
    return rename(self, target)
Path.rename = killed
write(Findings(folder.name, "", (), (), (), (), (), (), ()), folder)
"""


def test_findings_that_a_killed_writer_set_aside_stand_in_their_place_again(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    done = subprocess.run([sys.executable, "-c", _WRITER, str(data.findings)], check=False)
    assert done.returncode == 9
    assert not (data.findings / "20260302T060000Z").exists()
    with data.locked():
        assert data.found("20260302T060000Z").crawl_id == "20260302T060000Z"
