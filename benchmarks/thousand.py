"""``python -m benchmarks.thousand``: the analysis of 1,000 storefronts of 20 pages, end to end, and where the time goes.

The storefronts are those of the demo's story under many seeds: each seed brings one operator's three shops, a copy of one
of them, a licensed shop, two strangers on one theme, a neighbour in one certificate, and the host at which the operator's
customers log in. They are written as a crawl archive, without a server; then reading, linking, concluding, writing and
reporting run with default settings in a process of their own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.connection
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from analysis.analyse import AnalysisSettings, compare_readings, conclude, read_all
from analysis.findings import Relation, write
from analysis.masking import masked
from analysis.people import Masks
from benchmarks.document import figure, table
from benchmarks.memory import peak_megabytes
from crawler.archive import CaptureWriter, Entry, crawl_moment, open_crawl, write_crawl_json
from crawler.captures import Connection, HostKind, Outcome
from crawler.items import ArchivedExchange
from reports.report import report
from samehand.demo.story import build_story
from samehand.demo.world import Reply, Site

__all__ = ["Stage", "Thousand", "main", "make_crawl", "measure", "thousand_section"]

#: Roles of the story that are whole shops; ``accounts`` comes along as a service.
_SHOPS = ("original", "mirror", "client", "licensed", "fraud", "twin_a", "twin_b", "neighbour")
_SERVICE = "accounts"
#: The crawl of the story at which all of them are on stage.
_ACT = 2
_CRAWL_ID = "20070604T060000Z"
_NOWHERE = "/no-such-page-4c1f7a"


@dataclass(frozen=True, slots=True)
class Stage:
    """Wall clock seconds and processor seconds, worker processes included."""

    name: str
    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Thousand:
    """One run from a crawl folder to a report. ``peak`` and ``worker_peak`` are resident MB, of it and its largest worker."""

    storefronts: int
    pages: int
    stages: tuple[Stage, ...]
    peak: float
    worker_peak: float
    pairs: int
    operators: int
    links: int


def make_crawl(folder: Path, storefronts: int, pages: int, tell: Callable[[str], None] = lambda _: None) -> Path:
    """Write a finished crawl of so many storefronts, of ``pages`` pages each where they have as many; the same every time."""
    target = folder / _CRAWL_ID
    target.mkdir(parents=True)
    entries = []
    shops = 0
    for site in _sites():
        if site.role != _SERVICE:
            if shops == storefronts:
                break
            shops += 1
            if shops % 100 == 0:
                tell(f"{shops} storefronts made")
        entries.append(_archived(target, site, pages))
    write_crawl_json(target, _CRAWL_ID, entries)
    return target


def measure(crawl: Path, workers: int) -> Thousand:
    """Analyse and report in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_inside, args=(crawl, workers, theirs))
    process.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError as error:
        raise RuntimeError("the analysis ended without an answer") from error
    finally:
        process.join()
    assert isinstance(answer, Thousand)
    return answer


def thousand_section(storefronts: int, pages: int, workers: int, tell: Callable[[str], None]) -> list[str]:
    """Make the crawl, measure, and tell it as Markdown."""
    with tempfile.TemporaryDirectory(prefix="samehand-thousand-") as folder:
        crawl = make_crawl(Path(folder), storefronts, pages, tell)
        tell(f"crawl of {storefronts} storefronts made")
        return told(measure(crawl, workers), workers)


def told(run: Thousand, workers: int) -> list[str]:
    """The run as lines of Markdown."""
    seconds, cpu = sum(stage.seconds for stage in run.stages), sum(stage.cpu for stage in run.stages)
    rows = [
        (stage.name, figure(stage.seconds, 1), figure(stage.cpu, 1), f"{stage.cpu / cpu:.0%}" if cpu else "-")
        for stage in run.stages
    ]
    rows.append(("all", figure(seconds, 1), figure(cpu, 1), ""))
    return [
        f"{run.storefronts:,} made-up storefronts, {run.pages:,} pages with pictures, style sheets and scripts, from the crawl "
        f"archive to the report, {workers} reading processes:",
        "",
        *table(("stage", "seconds", "CPU seconds", "share of CPU"), rows),
        f"{run.pairs:,} pairs compared, {run.operators:,} operators of two storefronts or more, {run.links:,} links. Peak memory "
        f"{run.peak:,.0f} MB, of the largest reading process {run.worker_peak:,.0f} MB: captures are held one a worker, never all.",
        "",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the section; ``--crawl`` keeps the crawl between runs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thousand", description="A thousand storefronts, end to end.")
    parser.add_argument("--storefronts", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--workers", type=int, default=AnalysisSettings().limits.workers)
    parser.add_argument("--crawl", type=Path, help="folder that keeps the crawl between runs")
    given = parser.parse_args(arguments)

    def tell(what: str) -> None:
        print(what, file=sys.stderr)

    if given.crawl is None:
        lines = thousand_section(given.storefronts, given.pages, given.workers, tell)
    else:
        crawl = given.crawl / _CRAWL_ID
        if not crawl.is_dir():
            make_crawl(given.crawl, given.storefronts, given.pages, tell)
        lines = told(measure(crawl, given.workers), given.workers)
    print("\n".join(lines))
    return 0


def _sites() -> Iterator[Site]:
    """The sites of one seed after the other, each host once: invented names may fall together."""
    seen: set[str] = set()
    seed = 0
    while True:
        seed += 1
        stage = build_story(seed).episodes[_ACT].sites
        for site in sorted(stage, key=lambda site: site.role != _SERVICE):
            if site.role in (*_SHOPS, _SERVICE) and site.host not in seen:
                seen.add(site.host)
                yield site


def _archived(folder: Path, site: Site, pages: int) -> Entry:
    kind = HostKind.SERVICE if site.role == _SERVICE else HostKind.STOREFRONT
    with CaptureWriter(folder, site.host, url=site.url, kind=kind, crawl_id=_CRAWL_ID) as writer:
        for path, reply in (*_kept(site, pages).items(), (_NOWHERE, site.missing)):
            writer.exchange(_exchange(site, path, reply))
        writer.connection(Connection(site.host, "http", site.address, None))
        writer.close(Outcome.FINISHED, "")
    return writer.entry


def _kept(site: Site, pages: int) -> dict[str, Reply]:
    """So many pages, from both ends of the site (shelves stand in front, policies at the end), and the files they name."""
    every = [path for path, reply in site.replies.items() if _is_page(reply)]
    half = pages // 2
    chosen = every if len(every) <= pages else [*every[: pages - half], *every[len(every) - half :]]
    text = b"".join(site.replies[path].body for path in chosen)
    files = [path for path, reply in site.replies.items() if not _is_page(reply) and path.rpartition("/")[2].encode() in text]
    return {path: site.replies[path] for path in (*chosen, *files)}


def _is_page(reply: Reply) -> bool:
    return any(name.lower() == "content-type" and value.startswith("text/html") for name, value in reply.headers)


def _exchange(site: Site, path: str, reply: Reply) -> ArchivedExchange:
    return ArchivedExchange(
        url=f"http://{site.host}{path}",
        method="GET",
        request_headers=(("Host", site.host),),
        status=reply.status,
        reason=HTTPStatus(reply.status).phrase,
        http_version="HTTP/1.1",
        headers=reply.headers,
        body=reply.body,
        date=crawl_moment(_CRAWL_ID),
        address=site.address,
    )


def _inside(folder: Path, workers: int, pipe: multiprocessing.connection.Connection) -> None:
    settings = AnalysisSettings(limits=replace(AnalysisSettings().limits, workers=workers))
    stages: list[Stage] = []
    clock = [time.perf_counter(), _cpu()]

    def done(name: str) -> None:
        now = [time.perf_counter(), _cpu()]
        stages.append(Stage(name, now[0] - clock[0], now[1] - clock[1]))
        clock[:] = now

    workers_peak = [0.0]

    def watched(*_: object) -> None:
        peaks = [peak_megabytes(child.pid) for child in multiprocessing.active_children()]
        workers_peak[0] = max([workers_peak[0], *peaks])

    with tempfile.TemporaryDirectory(prefix="samehand-thousand-") as room:
        crawl = open_crawl(folder)
        readings = read_all(crawl, folder, settings, watched)
        done("read")
        compared = compare_readings(crawl.crawl_id, readings, None, settings)
        del readings
        done("link")
        findings = conclude(crawl.crawl_id, compared, None)
        del compared  # as ``analyse`` lets go of them
        done("conclude")
        write(findings, Path(room) / "findings")
        done("write findings")
        report(masked(findings, Masks()), Path(room) / "report")
        done("report")
    shops = [row for row in findings.storefronts if row.kind == HostKind.STOREFRONT]
    pipe.send(
        Thousand(
            storefronts=len(shops),
            pages=sum(row.pages for row in shops),
            stages=tuple(stages),
            peak=peak_megabytes(),
            worker_peak=workers_peak[0],
            pairs=int(findings.notes["candidate_pairs"]),
            operators=sum(row.size > 1 for row in findings.clusters),
            links=sum(row.relation != Relation.NONE for row in findings.links),
        )
    )


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    sys.exit(main())
