"""The demo as a command: the story's four crawls over HTTP from servers of its own, analysed and reported like any other."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from analysis.masking import Shown
from reports.escape import defang_text, terminal
from reports.report import ReportFiles
from samehand.config import Config, read_config
from samehand.data_folder import DataFolder
from samehand.demo.server import serve
from samehand.demo.story import build_story
from samehand.demo.world import Episode
from samehand.problems import BadInput
from samehand.stages import analyse_and_report, crawl_plan, crawl_with, print_findings, print_summary

__all__ = ["demo", "tell"]


def demo(arguments: argparse.Namespace) -> int:
    """Tell the story: crawl, analyse and report each episode, then print the last one's findings."""
    config = read_config(arguments.config)
    data = DataFolder(arguments.data / _folder_name(arguments))
    story = build_story(arguments.seed, without_control=arguments.without_control, framed=arguments.framed)
    with DataFolder(arguments.data).locked():
        # the story is always told from its beginning; only what an earlier telling left is taken away
        for folder in (data.crawls, data.findings, data.reports):
            shutil.rmtree(folder, ignore_errors=True)
        last: tuple[Shown, ReportFiles] | None = None
        for number, episode in enumerate(story.episodes, 1):
            print(f"\n{number}. {terminal(defang_text(episode.title))}")
            sys.stdout.flush()
            last = tell(episode, data, config)
            print_summary(last[0])
            print(f"   mail {last[1].mail}")
    if last is None:
        raise BadInput("the story has no episodes")
    print()
    print_findings(*last)
    return 0


def tell(episode: Episode, data: DataFolder, config: Config) -> tuple[Shown, ReportFiles]:
    """One episode: served on loopback, crawled with its own hosts file and nothing else, analysed, reported."""
    with tempfile.TemporaryDirectory(prefix="samehand-demo-") as scratch, serve(episode) as serving:
        hosts, candidates = Path(scratch) / "hosts", Path(scratch) / "candidates.csv"
        hosts.write_text(serving.hosts, encoding="utf-8")
        candidates.write_text(episode.candidates_csv, encoding="utf-8")
        options = argparse.Namespace(
            candidates=str(candidates), hosts=hosts, hosts_only=True, crawl_id=episode.crawl_id, lookalikes=False
        )
        crawl_with(crawl_plan(options, config, data), quiet=not os.isatty(2))
    return analyse_and_report(data, config, data.crawls / episode.crawl_id)


def _folder_name(arguments: argparse.Namespace) -> str:
    name = "demo" if arguments.seed is None else f"demo-{arguments.seed}"
    return name + ("-without-control" if arguments.without_control else "") + ("-framed" if arguments.framed else "")
