"""Real pages of strangers, and byte copies of them: whom do we call one operator, whom a copy, and how fast is a page read?

The pages are those that the form classifier Formasaurus was trained on (954 pages of 396 hosts, gathered from 2010 to 2017: shops,
forums, banks, news). They come with its source package on PyPI, ``formasaurus-0.9.0.tar.gz``, and belong to their authors: they are
measured, and nothing of them is kept. Who runs the sites is not known, but for the copies, which are made here.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from analysis.evaluation import Truth, evaluate
from analysis.findings import Findings, LinkRow, Relation
from benchmarks.document import share, table
from benchmarks.linking import link_readings
from benchmarks.reading import reading_section
from benchmarks.readings import read_crawl
from benchmarks.worlds import World
from crawler.importing import import_archives
from crawler.names import registrable

__all__ = ["Pages", "copies_of", "read_pages", "strangers_section", "write_archive"]

#: (url, body) of the pages of one site.
Pages = Mapping[str, Sequence[tuple[str, bytes]]]
_INDEX = "formasaurus/data/index.json"
_MOST_BYTES = 20_000_000
_DATE = "2026-03-02T09:00:00Z"


def read_pages(package: Path) -> Pages:
    """The pages of the source package by site; ``ValueError`` where it is another package."""
    found: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    with tarfile.open(package) as archive:
        members = {member.name.partition("/")[2]: member for member in archive if member.isfile() and member.size <= _MOST_BYTES}
        if _INDEX not in members:
            raise ValueError(f"{package}: no {_INDEX} in it; name formasaurus-0.9.0.tar.gz, as PyPI has it")
        for name, about in sorted(json.loads(_content(archive, members[_INDEX])).items()):
            member = members.get(f"formasaurus/data/{name}")
            if member is not None and (host := urlsplit(about["url"]).hostname):
                found[registrable(host)].append((about["url"], _content(archive, member)))
    return dict(sorted(found.items()))


def copies_of(pages: Pages) -> Pages:
    """A byte copy of every site of two pages or more, at a name of its own.

    Every second copy keeps the original's name in its pages, as a mirroring tool leaves it; the others have their own in its place.
    """
    copies = {}
    for number, (site, several) in enumerate((site, several) for site, several in pages.items() if len(several) > 1):
        own = f"copied{number:03}shop.com"
        kept = number % 2 == 0
        copies[own] = [
            (f"http://www.{own}{_path(url)}", body if kept else body.replace(site.encode(), own.encode())) for url, body in several
        ]
    return copies


def write_archive(pages: Pages, file: Path, server: str) -> Path:
    """The pages as a WARC file."""
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        for several in pages.values():
            for url, body in several:
                headers = [("Server", server), ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
                answer = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
                about = {"WARC-Date": _DATE}
                writer.write_record(
                    writer.create_warc_record(url, "response", io.BytesIO(body), len(body), "", about, None, answer)
                )
    return file


def strangers_section(
    pages: Pages, worlds: Sequence[World], room: Path, workers: int, tell: Callable[[str], None], rounds: int = 3
) -> list[str]:
    """What is said of strangers, of copies, and of a world's operators in the crowd; how fast their pages are read."""
    room.mkdir(parents=True, exist_ok=True)
    copies = copies_of(pages)
    archive = write_archive(pages, room / "strangers.warc.gz", "nginx")
    copied = write_archive(copies, room / "copies.warc.gz", "Apache")
    crawls: dict[str, tuple[list[Path], Truth | None]] = {
        "strangers": ([archive], None),
        "strangers and copies": ([archive, copied], None),
    }
    for world in worlds:
        for week, file in world.weeks.items():
            crawls[f"strangers and {world.name} week {week}"] = ([archive, file], world.truth(week))
    rows = []
    folders = []
    for title, (archives, truth) in crawls.items():
        folder = room / title.replace(" ", "-")
        folders.append(folder / import_archives(archives, folder))
        readings = read_crawl(folders[-1], workers, tell)
        findings = link_readings(readings).findings
        rows.append(
            (title, len(readings.sites), len(readings.died), *_told(findings, set(pages), copies), *_found(findings, truth))
        )
        tell(f"{title}: linked")
    lines = [f"{sum(map(len, pages.values()))} pages of {len(pages)} sites; {len(copies)} byte copies, half of them renamed:", ""]
    lines += table(
        (
            *("crawl", "storefronts", "could not be read", "strangers called one operator", "for review", "called a copy"),
            *("copies called copies", "of them for review", "copies called their original's operator"),
            *("the world's pairs found", "false pairs in it"),
        ),
        rows,
    )
    lines += ["A copy is for review where the original's payee stands in its pages. Reading the strangers' pages:", ""]
    return [*lines, *reading_section(folders[:1], rounds)]


def _told(findings: Findings, strangers: set[str], copies: Pages) -> Iterator[object]:
    """Counts of links between two strangers, then of those that a copy is in."""
    among: Counter[str] = Counter()
    of_copies: Counter[str] = Counter()
    for row in findings.links:
        counts = of_copies if {row.site_a, row.site_b} & copies.keys() else among
        if {row.site_a, row.site_b} <= strangers | copies.keys():
            counts[row.relation] += 1
            counts["review"] += _is_for_review(row)
    yield from (among[str(Relation.SAME_OPERATOR)], among["review"], among[str(Relation.COPY_OF)])
    yield from (of_copies[str(Relation.COPY_OF)], of_copies["review"], of_copies[str(Relation.SAME_OPERATOR)])


def _found(findings: Findings, truth: Truth | None) -> tuple[str, str]:
    """True pairs of a world's operators that were found in the crowd, and false ones."""
    if truth is None:
        return "-", "-"
    found = evaluate(findings, truth)
    return share(found.found_pairs, found.true_pairs), str(found.false_pairs)


def _is_for_review(row: LinkRow) -> bool:
    return row.review and row.relation != Relation.SAME_OPERATOR


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    return stream.read() if stream is not None else b""
