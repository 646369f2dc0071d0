"""``python -m benchmarks.quality WORLD...`` measures everything and writes ``docs/quality.md``.

Every figure of that page comes from one run of this command. Progress goes to standard error.
"""

from __future__ import annotations

import argparse
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.fingerprints.registry import KINDS
from analysis.reference.table import load_reference
from benchmarks.ablation import ablation_section, bits_section
from benchmarks.accuracy import Row, accuracy_section, negatives_section, rivals_section, score
from benchmarks.attacks import copies_section, framing_section, mutation_section
from benchmarks.bridges import bridge_section
from benchmarks.linking import link_readings
from benchmarks.live import Live, crawl_week
from benchmarks.pairing import pairing_section
from benchmarks.readings import CrawlReadings, read_crawl
from benchmarks.reliability import evidence_section, told_section
from benchmarks.stages import Imported, stages_section
from benchmarks.strangers import read_pages, strangers_section
from benchmarks.thousand import thousand_section
from benchmarks.worlds import World, WorldProblem, open_world
from crawler.importing import import_archives

__all__ = ["main"]

_OUTPUT = Path(__file__).parent.parent / "docs" / "quality.md"


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run measures; see ``--help``."""

    room: Path
    workers: int
    keep: Path | None
    live: Live | None
    tell: Callable[[str], None]
    certificates: Path | None = None
    parts: frozenset[str] = field(default_factory=frozenset)

    def wants(self, part: str) -> bool:
        """Whether a part is to be measured; none named means all."""
        return not self.parts or part in self.parts


PARTS = ("rows", "ablation", "rivals", "bridge", "mutations", "framing", "calibration", "stages")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("worlds", nargs="+", type=Path, metavar="WORLD", help="folder with week-N.warc.gz and truth.csv")
    parser.add_argument("-o", "--output", type=Path, default=_OUTPUT, help="the page to write (default: docs/quality.md)")
    parser.add_argument("--workers", type=int, default=2, help="processes that read storefronts")
    parser.add_argument("--readings", type=Path, help="folder that keeps readings between runs; delete it when the code changes")
    parser.add_argument("--serve", default="", help="command that serves a week for a live crawl; {world} and {week} are filled in")
    parser.add_argument("--hosts", type=Path, help="hosts file of the live crawl (default: the world's)")
    parser.add_argument("--certificates", type=Path, metavar="FILE", help="logged certificates: rows of imports with them, too")
    parser.add_argument("--pairing", type=int, nargs="*", default=[], metavar="N", help="also measure pairing at these sizes")
    parser.add_argument("--thousand", type=int, metavar="N", help="also analyse N made-up storefronts of 20 pages end to end")
    parser.add_argument(
        "--strangers", type=Path, metavar="FILE", help="formasaurus-0.9.0.tar.gz of PyPI: real pages of strangers, too"
    )
    parser.add_argument("--parts", default="", help=f"only these, separated by commas: {', '.join(PARTS)}")
    given = parser.parse_args(arguments)
    start = time.perf_counter()
    try:
        worlds = [open_world(folder) for folder in given.worlds]
    except WorldProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    parts = frozenset(part for part in given.parts.split(",") if part)
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="samehand-quality-") as room:
        strangers: list[str] = []
        if given.strangers:
            try:
                pages = read_pages(given.strangers)
            except (OSError, ValueError, tarfile.TarError) as problem:
                print(problem, file=sys.stderr)
                return 2
            found = strangers_section(pages, worlds, Path(room) / "strangers", given.workers, _teller(start))
            strangers = ["## Real pages of strangers", "", *found]
        for world in worlds:
            live = Live(given.serve, given.hosts or world.folder / "hosts") if given.serve else None
            settings = Settings(
                Path(room) / world.name, given.workers, given.readings, live, _teller(start), given.certificates, parts
            )
            lines += measure(world, settings)
        if given.pairing:
            lines += ["## Pairing at size", "", *pairing_section(given.pairing, _teller(start))]
        lines += strangers
        if given.thousand:
            lines += ["## A thousand storefronts", "", *thousand_section(given.thousand, 20, given.workers, _teller(start))]
    seconds = time.perf_counter() - start
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(
        "\n".join([*_head(worlds, seconds, given.readings is not None), *lines]).rstrip() + "\n", encoding="utf-8"
    )
    print(f"{given.output}: {seconds:.0f} s", file=sys.stderr)
    return 0


def measure(world: World, settings: Settings) -> list[str]:
    """Everything about one world, as lines of Markdown."""
    imports, crawls = _imported(world, settings)
    lines = [f"## World {world.name}", ""]
    rows: list[Row] = []
    linked = {week: link_readings(crawl) for week, crawl in crawls.items()}
    for week, crawl in crawls.items():
        settings.tell(f"week {week} linked")
        rows.append(score(f"week {week}, imported", linked[week], world.truth(week), world.relations))
        if week - 1 in linked:
            with_history = link_readings(crawl, previous=linked[week - 1].findings)
            title = f"week {week} with week {week - 1} as history, imported"
            rows.append(score(title, with_history, world.truth(week), world.relations))
    if settings.certificates is not None:
        rows += _certified_rows(world, settings, settings.certificates)
    if settings.live is not None:
        rows += _live_rows(world, settings, settings.live)
    last = max(crawls)
    if settings.wants("rows"):
        lines += ["### Operators and relations", "", *accuracy_section(rows)]
        lines += ["### Hard negatives", "", f"Of {rows[-1].title}:", "", *negatives_section(rows[-1], world.relations)]
    if settings.wants("ablation"):
        lines += ["### Evidence left out, and alone", "", f"Week {last}, imported, no history:", ""]
        lines += ablation_section(crawls[last], world.truth(last), world.relations, settings.tell)
        lines += [
            "",
            f"Pairs whose bits each fingerprint changes, week {last}, imported:",
            "",
            *bits_section(linked[last].findings),
        ]
    if settings.wants("rivals"):
        settings.tell("rivals' rules")
        sites = {site: facts.features for site, facts in crawls[last].sites.items()}
        row = next(row for row in rows if row.title == f"week {last}, imported")
        lines += [
            "### Rivals' rules",
            "",
            "On the same readings, connected components of each rule:",
            "",
            *rivals_section(sites, row),
        ]
    if settings.wants("bridge"):
        lines += ["### A planted false bridge", ""]
        lines += [
            "One operator's payee stands on one storefront of another operator. They must stay apart, and the bridge be shown:",
            "",
        ]
        lines += bridge_section(crawls[last], world.truth(last), settings.tell)
    crawl, truth = crawls[last], world.truth(last)
    if settings.wants("mutations"):
        lines += ["### Mirrors that hide", "", f"Week {last}, imported, no history. "]
        lines[-1] += (mutations := mutation_section(crawl, truth, settings.workers, settings.tell))[0]
        lines += mutations[1:]
    if settings.wants("framing"):
        lines += ["### Framing", "", "A victim's marks planted on unrelated shops, one victim an operator, all in one crawl:", ""]
        lines += framing_section(crawl, truth, settings.workers, settings.tell)
        lines += [
            "A stranger's copy of a whole shop, payee and all, under another name, on another server, with its own tracking ids:",
            "",
        ]
        lines += copies_section(crawl, truth, settings.tell)
    if settings.wants("calibration"):
        settings.tell("calibration")
        lines += ["### Calibration", ""]
        lines += told_section([(row.title, row.linked.findings, row.truth) for row in rows])
        lines += evidence_section([(f"Week {week}", linked[week].linkage, world.truth(week)) for week in crawls])
    if settings.wants("stages"):
        lines += ["### Where the time goes", ""]
        lines += stages_section(Imported(imports[last], crawls[last], linked[last], settings.workers), settings.tell)
    return lines


def _live_rows(world: World, settings: Settings, live: Live) -> list[Row]:
    """The same three rows from our own crawls of the served weeks."""
    rows: list[Row] = []
    before = None
    for week in world.weeks:
        folder, seconds = crawl_week(world, week, live, settings.room / "live", f"20260{week}01T000000Z", settings.tell)
        crawl = read_crawl(folder, settings.workers, settings.tell)
        linked = link_readings(crawl)
        title = f"week {week}, crawled in {seconds:.0f} s"
        rows.append(score(title, linked, world.truth(week), world.relations))
        if before is not None:
            with_history = link_readings(crawl, previous=before.findings)
            rows.append(score(f"week {week} with history, crawled", with_history, world.truth(week), world.relations))
        before = linked
    return rows


def _certified_rows(world: World, settings: Settings, certificates: Path) -> list[Row]:
    """The imported weeks once more, each by itself, with what a certificate log knows of their hosts."""
    rows: list[Row] = []
    for week, archive in world.weeks.items():
        crawls = settings.room / "certified"
        folder = crawls / import_archives([archive], crawls, certificates=[certificates])
        linked = link_readings(read_crawl(folder, settings.workers, settings.tell))
        settings.tell(f"week {week} linked with logged certificates")
        rows.append(score(f"week {week}, imported with logged certificates", linked, world.truth(week), world.relations))
    return rows


def _imported(world: World, settings: Settings) -> tuple[dict[int, float], dict[int, CrawlReadings]]:
    seconds, crawls = {}, {}
    for week, archive in world.weeks.items():
        start = time.perf_counter()
        crawl_id = import_archives([archive], settings.room / "crawls")
        seconds[week] = time.perf_counter() - start
        settings.tell(f"{world.name} week {week} imported as {crawl_id}")
        keep = None
        if settings.keep is not None:
            settings.keep.mkdir(parents=True, exist_ok=True)
            keep = settings.keep / f"{world.name}-week-{week}.pickle"
        crawls[week] = read_crawl(settings.room / "crawls" / crawl_id, settings.workers, settings.tell, keep)
    return seconds, crawls


def _head(worlds: Sequence[World], seconds: float, kept: bool) -> list[str]:
    folders = " ".join(world.name for world in worlds)
    return [
        "# How good it is",
        "",
        f"Made by `make quality WORLDS=...` (here: {folders}) in {seconds:.0f} s"
        + (", with readings kept from an earlier run" if kept else "")
        + ". Every figure is that run's output; nothing was chosen by hand.",
        "",
        "Pairwise figures count pairs of storefronts of one operator. ARI is the Rand index corrected for chance. B-cubed is given",
        "because others give it: it flatters where most operators have one storefront. The storefronts' names are made up and are",
        "written defanged.",
        "",
        f"{len(KINDS)} kinds of evidence; reference table: {load_reference().version}.",
        "",
    ]


def _teller(start: float) -> Callable[[str], None]:
    def tell(what: str) -> None:
        print(f"{time.perf_counter() - start:7.1f} s  {what}", file=sys.stderr)

    return tell


if __name__ == "__main__":
    sys.exit(main())
