"""The data folder: where each stage leaves its work, which run is the newest, and who may write."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.findings import Findings, latest, read
from samehand.problems import BadInput, StageFailed

__all__ = ["CRAWL_ID", "DataFolder", "check_crawl_id", "new_crawl_id"]

CRAWL_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z")


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths under one ``--data`` folder."""

    root: Path

    @property
    def crawls(self) -> Path:
        return self.root / "crawls"

    @property
    def findings(self) -> Path:
        return self.root / "findings"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def reference(self) -> Path:
        """The user's own reference table; it need not exist."""
        return self.root / "reference"

    @property
    def state(self) -> Path:
        """Outbox, judgements and schedule marks; made when first written."""
        return self.root / "state.sqlite"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock; a second writer ends at once with exit 75. The kernel drops it when we die.

        What a killed writer had set aside stands in its place again before anything is done.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StageFailed(f"{self.root}: another samehand is at work here; wait for it or use another --data", 75) from None
            _put_back(self.findings)
            yield
        finally:
            os.close(handle)

    def crawl(self, name: str | None) -> Path:
        """The folder of a crawl: by id, by path, or the newest finished one."""
        if name is None:
            done = sorted(path for path in self.crawls.glob("*") if (path / "crawl.json").is_file()) if self.crawls.is_dir() else []
            if not done:
                raise BadInput(f"{self.crawls}: no finished crawl here; run `samehand crawl CANDIDATES` first")
            return done[-1]
        for path in (self.crawls / name, Path(name)):
            if (path / "crawl.json").is_file():
                return path
        if (self.crawls / name).is_dir():
            raise BadInput(
                f"{self.crawls / name}: this crawl did not finish; run `samehand crawl` with --crawl-id {name} to go on with it"
            )
        raise BadInput(f"{name}: no such crawl under {self.crawls}; `ls {self.crawls}` shows what there is")

    def found(self, name: str | None) -> Findings:
        """The findings of a crawl id, or the newest ones."""
        if name is None:
            newest = latest(self.findings)
            if newest is None:
                raise BadInput(f"{self.findings}: no findings here; run `samehand analyse` first")
            return read(newest)
        return read(self.findings / check_crawl_id(name))

    def history(self, crawl_id: str) -> Findings | None:
        """The newest findings older than this crawl."""
        older = latest(self.findings, before=crawl_id)
        return read(older) if older else None


def _put_back(findings: Path) -> None:
    """Findings that ``analysis.findings.write`` had set aside when it was killed, before the new ones stood in their place."""
    for aside in findings.glob(".*.old.*/*"):
        if not (place := findings / aside.name).exists():
            aside.rename(place)


def check_crawl_id(text: str) -> str:
    """A crawl id as given, or BadInput."""
    if not CRAWL_ID.fullmatch(text):
        raise BadInput(f"{text}: not a crawl id; write date and time in UTC as 20260302T060000Z")
    return text


def new_crawl_id() -> str:
    """Now, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
