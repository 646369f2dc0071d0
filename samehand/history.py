"""Questions to all findings: the time line of a storefront or a cluster, and what is different between two crawls."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace

from analysis.clusters.between import difference
from analysis.findings import ChangeRow, Findings, finished, read_changes
from analysis.masking import masked
from reports.escape import defang_text, terminal
from reports.life import Event, cluster_events, cluster_now, site_events, site_now
from reports.words import count, day
from samehand.asking import site_names
from samehand.data_folder import DataFolder, check_crawl_id
from samehand.problems import BadInput
from samehand.showing import masks_of, shown

__all__ = ["diff", "history"]


def history(arguments: argparse.Namespace) -> int:
    """The time line of one storefront or one cluster, over all findings."""
    data = DataFolder(arguments.data)
    masks = masks_of(data)
    chain = [masked(read_changes(folder), masks) for folder in finished(data.findings)]
    if not chain:
        raise BadInput(f"{data.findings}: no findings here; run `samehand analyse` first")
    name = str(arguments.name).strip()
    if any(row.cluster == name for findings in chain for row in findings.clusters):
        events, now = list(cluster_events(chain, name)), cluster_now(chain[-1], name)
    else:
        name = _site(chain, name)
        events, now = list(site_events(chain, name)), site_now(chain[-1], name)
    if arguments.json:
        print(json.dumps([{field: getattr(event, field) for field in Event.__slots__} for event in events], indent=1))
        return 0
    print(f"{_text(name)}, over {count(len(chain), 'crawl')} from {day(chain[0].crawl_id)} to {day(chain[-1].crawl_id)}\n")
    for event in events:
        print(f"{day(event.crawl):>18}  {event.what:14} {_text(event.sentence)}")
    print("\nnow")
    for word, value in now:
        print(f"  {word:16} {_text(value)}")
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """What is different between two crawls, from the older to the newer."""
    data = DataFolder(arguments.data)
    one, two = check_crawl_id(arguments.crawl_a), check_crawl_id(arguments.crawl_b)
    if one == two:
        raise BadInput(f"{one}: name two different crawls")
    known = [folder.name for folder in finished(data.findings)]
    for crawl in (one, two):
        if crawl not in known:
            there = f"there are findings of {', '.join(known[-12:])}" if known else "there are no findings at all"
            raise BadInput(f"{crawl}: no findings of this crawl under {data.findings}; {there}")
    older, newer = sorted((one, two))
    between = [read_changes(folder) for folder in finished(data.findings) if older < folder.name <= newer]
    newest = data.found(newer)
    told = difference(data.found(older), newest, [row for one in between for row in one.changes])
    rows = shown(data, replace(newest, changes=tuple(told))).changes
    if arguments.json:
        print(json.dumps([{field: getattr(row, field) for field in ChangeRow.__slots__} for row in rows], indent=1))
        return 0
    order = " (named in the other order)" if one > two else ""
    print(f"from {older} ({day(older)}) to {newer} ({day(newer)}){order}: {count(len(rows), 'change')}")
    for row in rows:
        print(f"  {row.what:14} {_text(row.sentence)}")
    return 0


def _site(chain: Sequence[Findings], name: str) -> str:
    known = {row.site for findings in chain for row in findings.storefronts}
    for candidate in site_names(name):
        if candidate in known:
            return candidate
    raise BadInput(f"{name}: no such storefront or cluster in any findings; `samehand export clusters` lists the newest")


def _text(text: str) -> str:
    """Safe for a terminal, addresses defanged."""
    return terminal(defang_text(text), 2000)
