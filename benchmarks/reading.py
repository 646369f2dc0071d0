"""``python -m benchmarks.reading CRAWL...`` measures how fast pages are read, on one core, beside bare parsing of the same pages.

Every round runs in a new process, so that nothing is remembered from the round before; figures are medians of the rounds'
processor times. What a page or a storefront works out once counts for who asks first. Captures are in memory before the clock
starts: unpacking the archive is another stage. Each part pays for the collector's look at the objects that it made, letting go of
a storefront belongs to its pages, and bare parsing comes before all reading, in memory that nothing has used.
"""

from __future__ import annotations

import argparse
import gc
import io
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

import lxml.html
from extruct.w3cmicrodata import MicrodataExtractor
from lxml import etree
from PIL import Image

from analysis.evidence import Trace
from analysis.fingerprints.registry import FINGERPRINTS, Fingerprint
from analysis.identities.contact_cards import contact_cards
from analysis.imagery.picture_hash import flatten, phash
from analysis.imagery.picture_worker import examine
from analysis.imagery.pictures import picture_format
from analysis.page.pages import Page
from analysis.page.reading import Reading, is_html, read
from analysis.workers import settle
from benchmarks.document import figure, table
from crawler.archive import open_crawl
from crawler.captures import Capture, Role

__all__ = ["OF_TREE", "Clock", "main", "page_bodies", "reading_lines", "reading_section", "timed"]

Answer = TypeVar("Answer")

_BARE = "lxml parsing, one walk"
_STATES = "pages and their states"
_CARDS = "BeautifulSoup (contact cards)"
_MICRODATA = "extruct (microdata)"
#: Fingerprints that look at every element of a page, with what they ask of it.
OF_TREE = {
    "layout": "tags, nesting and classes of every element, the source's habits",
    "catalogue": "prices, links, headings, pictures and numbers of every element",
    "links": "every address, text, comment and setting that may name another site",
    "assets": "every link, script and picture, marks in the source",
    "style": "style elements and links, and the style sheets themselves",
    "logo": "every picture and what is around it",
    "behaviour": "every form, the error page",
}
#: Fingerprints that look at every text of a page, or at its source.
_OF_TEXT = ("identifiers", "identity", "payment", "policy", "prose")


def page_bodies(capture: Capture) -> list[bytes]:
    """The HTML pages of a capture."""
    return [r.body for r in capture.resources if r.role.is_page and r.body.strip() and is_html(r)]


def _bare_parsing(bodies: Sequence[bytes]) -> None:
    """Parse each page and walk over its elements once."""
    for body in bodies:
        try:
            for _ in lxml.html.document_fromstring(body).iter():
                pass
        except (etree.ParserError, ValueError):
            continue


class Clock:
    """Processor seconds by name of what was spent on it.

    The collector looks at young objects when many have gathered, whoever made them: then a part would pay for others before it,
    another one in each run. Here it looks when a part ends, and the part pays; nothing young is left over to the next.
    """

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Answer]) -> Answer:
        gc.collect(0)
        start = time.process_time()
        answer = work()
        gc.collect(0)
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - start
        return answer


def timed(captures: Sequence[Capture]) -> dict[str, float]:
    """Processor seconds of bare parsing and of each part of reading, by name; ``pages`` and ``storefronts`` are counts."""
    clock = Clock()
    held: list[Reading] = []
    # before anything is read: in memory that reading has left in pieces bare parsing would be slower, and reading seem quicker
    bodies = [page_bodies(capture) for capture in captures]
    for of_capture in bodies:
        clock.time(_BARE, partial(_bare_parsing, of_capture))
    for capture in captures:
        reading = clock.time(_STATES, partial(_read_anew, held, capture))
        for fingerprint in FINGERPRINTS:
            name = getattr(fingerprint, "__name__", "").rpartition(".")[2]
            clock.time(name, partial(_taken, fingerprint, reading))
        resources = [page.resource for page in reading.readable]
        del reading
        for page in map(Page, resources):
            _ = page.all_tags, page.lowered, page.tree
            clock.time(_CARDS, partial(_cards, page))
            if "itemprop" in page.html and "itemtype" in page.html:
                clock.time(_MICRODATA, partial(MicrodataExtractor().extract_items, page.tree, page.url))
    return {_CARDS: 0.0, _MICRODATA: 0.0, **clock.spent, "pages": sum(map(len, bodies)), "storefronts": len(captures)}


def _read_anew(held: list[Reading], capture: Capture) -> Reading:
    """Let go of the reading held, and hold that of a capture."""
    held.clear()
    held.append(read(capture))
    return held[0]


def _taken(fingerprint: Fingerprint, reading: Reading) -> list[Trace]:
    return list(fingerprint.take(reading))


def _cards(page: Page) -> list[dict[str, str]]:
    return list(contact_cards(page))


def _round(task: tuple[Sequence[Path], int]) -> dict[str, float]:
    folders, every = task
    captures = [archive.capture(entry.site) for archive in map(open_crawl, folders) for entry in archive.entries[::every]]
    settle()
    return timed(captures)


def _pictures(folders: Sequence[Path]) -> list[str]:
    """Decoding with one hash beside our own look, each file once; how often files are shared."""
    bodies: dict[str, bytes] = {}
    seen = 0
    for archive in map(open_crawl, folders):
        for capture in archive.captures():
            for resource in capture.resources:
                if resource.role in (Role.IMAGE, Role.ICON) and picture_format(resource.body) not in (None, "svg"):
                    bodies[resource.digest] = resource.body
                    seen += 1
    floor = ours = 0.0
    for body in bodies.values():
        start = time.process_time()
        try:
            phash(flatten(Image.open(io.BytesIO(body))))
        except (OSError, ValueError, SyntaxError):
            continue
        middle = time.process_time()
        examine(body, as_mark=False)
        floor, ours = floor + middle - start, ours + time.process_time() - middle
    if not floor:
        return []
    return [
        f"Pictures: {seen} in the captures, {len(bodies)} different files. Decoding and one perceptual hash "
        f"{len(bodies) / floor:.0f}/s, our look at a product picture {len(bodies) / ours:.0f}/s. A process decodes a file once, "
        "however many storefronts show it: its answer is kept by digest.",
        "",
    ]


def reading_lines(rounds: Sequence[dict[str, float]], halves: Sequence[dict[str, float]]) -> list[str]:
    """The tables of rounds over all storefronts and of rounds over every second one."""
    spent = {name: median(found[name] for found in rounds) for name in rounds[0]}
    pages, bare = spent["pages"], spent[_BARE]
    tree = sum(spent[name] for name in (_STATES, *OF_TREE))
    texts = tree + sum(spent[name] for name in _OF_TEXT)
    names = [_STATES, *(getattr(f, "__name__", "").rpartition(".")[2] for f in FINGERPRINTS)]
    everything = sum(spent[name] for name in names)
    libraries = spent[_CARDS] + spent[_MICRODATA]
    half = {name: median(found[name] for found in halves) for name in halves[0]}
    lines = [f"{spent['storefronts']:.0f} storefronts, {pages:.0f} pages, {len(rounds)} rounds, processor time of one core:", ""]
    rows = [
        (_BARE, bare),
        ("reading with every fingerprint that looks at all elements", tree),
        ("the same and those that look at all texts", texts),
        ("everything, pictures' decoding aside", everything),
        ("of it BeautifulSoup and extruct", libraries),
    ]
    lines += table(
        ("what", "pages/s", "ms a page", "of bare parsing"),
        [
            (what, f"{pages / s:.0f}" if s else "-", figure(1000 * s / pages, 2), f"{bare / s:.3f}" if s else "-")
            for what, s in rows
        ],
    )
    asks = {**OF_TREE, **dict.fromkeys(_OF_TEXT, "texts or source")}
    lines += table(
        ("part", "ms a page", "times bare parsing", "looks at"),
        [
            (
                name,
                figure(1000 * spent[name] / pages, 2),
                figure(spent[name] / bare, 2),
                asks.get(name, ""),
            )
            for name in sorted(names, key=lambda name: -spent[name])
        ],
    )
    grown = sum(half[name] for name in names) / half["pages"] / (everything / pages)
    lines += [
        f"BeautifulSoup reads contact cards in {1000 * spent[_CARDS] / pages:.2f} ms a page, extruct microdata in "
        f"{1000 * spent[_MICRODATA] / pages:.2f}: together {libraries / everything:.0%} of everything, which contains them.",
        "",
        f"Growth: a page costs {grown:.2f} times as much where only every second storefront is read ({half['pages']:.0f} pages); "
        "more than 1 means that a larger crawl is the cheaper one a page.",
        "",
    ]
    return lines


def reading_section(crawls: Sequence[Path], rounds: int = 3, every: int = 1) -> list[str]:
    """Measure the crawls and show it, each round in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        whole = pool.map(_round, [(crawls, every)] * rounds, chunksize=1)
        halves = pool.map(_round, [(crawls, 2 * every)] * rounds, chunksize=1)
    return [*reading_lines(whole, halves), *_pictures(crawls)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print Markdown; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("crawls", type=Path, nargs="+", metavar="CRAWL", help="crawl folders")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each measurement (default 3)")
    parser.add_argument("--every", type=int, default=1, help="read only every N-th storefront (default 1)")
    asked = parser.parse_args(arguments)
    print("\n".join(reading_section(asked.crawls, asked.rounds, asked.every)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
