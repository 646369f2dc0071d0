"""How long things are kept: ``thin`` makes old crawls smaller, ``forget`` takes a site out of everything."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.findings import FindingsProblem, read, write
from analysis.redaction import needed, without_people, without_site
from crawler.archive import read_crawl_json
from crawler.thinning import drop_site, thin
from reports.escape import defang
from reports.report import report
from reports.words import count
from samehand.config import MOST, Config, read_config
from samehand.data_folder import CRAWL_ID, DataFolder
from samehand.forgotten import let_in_again, note_forgotten
from samehand.judgements import site_named, strike
from samehand.outbox import open_outbox
from samehand.problems import BadInput
from samehand.showing import shown, strike_uses
from samehand.stages import report_settings

__all__ = ["forget", "thin_crawls", "thin_old"]


def thin_crawls(arguments: argparse.Namespace) -> int:
    """``samehand thin``."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    days = config.whole("retention.days") if arguments.days is None else arguments.days
    if arguments.days is not None and arguments.days < 1:
        raise BadInput(f"--days {arguments.days}: must be at least 1; crawls older than so many days before the newest are thinned")
    if days > MOST:
        raise BadInput(f"--days {days}: must be at most {MOST}")
    if days < 1:
        print("nothing is thinned: retention.days is 0, every crawl is kept whole; --days N thins once")
        return 0
    with data.locked():
        is_idle = True
        for crawl_id, said in thin_old(data, days, dry_run=arguments.dry_run):
            print(f"{crawl_id}: {said}")
            is_idle = False
    if is_idle:
        print(f"nothing to thin: no crawl is more than {count(days, 'day')} older than the newest one, or all were thinned before")
    return 0


def thin_old(data: DataFolder, days: int, *, dry_run: bool = False) -> Iterator[tuple[str, str]]:
    """Thin every crawl more than ``days`` older than the newest one; what became of each, in words.

    A crawl without findings is left as it is: nothing says yet what will rest on it.
    """
    finished = [path for path in _folders(data.crawls) if (path / "crawl.json").is_file()]
    if not finished:
        return
    newest = _moment(finished[-1].name)
    for folder in finished:
        if newest - _moment(folder.name) <= timedelta(days=days):
            continue
        if not (data.findings / folder.name / "findings.json").is_file():
            yield folder.name, "not analysed yet, left whole"
            continue
        findings = read(data.findings / folder.name)
        rests = needed(findings)
        if dry_run:
            entries = read_crawl_json(folder)[1]
            gone = [entry for entry in entries if entry.file and entry.site not in rests.whole and entry.site not in rests.cited]
            yield folder.name, f"{count(len(gone), 'capture')} of {len(entries)} would go, and what is not cited of the others"
            continue
        done = thin(folder, rests.whole, rests.cited)
        smaller = without_people(findings)
        if smaller != findings:
            write(smaller, data.findings / folder.name)
        if done.captures or smaller != findings:
            yield (
                folder.name,
                f"{count(done.captures, 'capture')} thinned, {_megabytes(done.before)} before, {_megabytes(done.after)} now",
            )


def forget(arguments: argparse.Namespace) -> int:
    """``samehand forget SITE``."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    site = site_named(arguments.site)
    with data.locked():
        if arguments.allow:
            return _allow(data, site)
        unfinished = [path.name for path in _folders(data.crawls) if not (path / "crawl.json").is_file()]
        if unfinished:
            raise BadInput(
                f"{data.crawls / unfinished[0]}: this crawl did not finish and may hold the site; finish it (samehand crawl with "
                f"--crawl-id {unfinished[0]}) or remove the folder, then forget"
            )
        # first the note: if this run is cut off, the next crawl leaves the site out and the command can be given again
        note_forgotten(data.state, site, arguments.why)
        crawls = sum(drop_site(folder, site) for folder in _folders(data.crawls))
        findings = sum(_forget_findings(data, config, folder, site) for folder in _folders(data.findings))
        _sweep(data.findings)
        _sweep(data.reports)
        withdrawn = _forget_letters(data)
        judged = strike(data.state, site)
        strike_uses(data.state, site)
    if crawls or findings:
        print(f"{defang(site)}: taken out of {count(crawls, 'crawl')} and {count(findings, 'set')} of findings with their reports")
    else:
        print(f"{defang(site)}: no crawl and no findings here know it; is the name right?")
    if withdrawn:
        print(f"{count(withdrawn, 'letter')} still to be sent withdrawn: samehand alert makes a new digest without it")
    if judged:
        print(f"{count(judged, 'judgement')} that named it taken out of the history")
    print("it is left out of coming crawls; take it out of your lists too (samehand forget --allow lets it in again)")
    return 0


def _allow(data: DataFolder, site: str) -> int:
    if not let_in_again(data.state, site):
        raise BadInput(f"{defang(site)} was not forgotten; nothing is changed")
    print(f"{defang(site)} may be crawled again; what was erased is not brought back")
    return 0


def _forget_letters(data: DataFolder) -> int:
    """Letters that were sent cannot be taken back, but need not be kept; returns how many are withdrawn."""
    for path in data.reports.glob("*.alert.eml"):
        path.unlink()
    with open_outbox(data.state) as outbox:
        return len(outbox.erase())


def _forget_findings(data: DataFolder, config: Config, folder: Path, site: str) -> bool:
    try:
        findings = read(folder)
    except FindingsProblem as problem:
        raise BadInput(f"{problem}; the site may stand in it: remove the folder or mend it, then forget again") from problem
    left = without_site(findings, site)
    if left == findings:
        return False
    place = data.reports / folder.name
    if place.is_dir():
        # made anew, for pages and pictures name the site everywhere; before the findings, which tell a second try that it is needed
        report(shown(data, left), place, report_settings(config))
    write(left, folder)
    return True


def _sweep(parent: Path) -> None:
    """Remove what killed runs left half written beside findings and reports; whoever holds the lock is alone here."""
    for path in parent.glob(".*"):
        if path.is_dir() and CRAWL_ID.fullmatch(path.name.split(".")[1]):
            shutil.rmtree(path)


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(path for path in parent.iterdir() if path.is_dir() and CRAWL_ID.fullmatch(path.name))


def _moment(crawl_id: str) -> datetime:
    return datetime.strptime(crawl_id, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
