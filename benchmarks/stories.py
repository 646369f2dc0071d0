"""The demo's stories as labelled crawls: worlds with a known truth that anybody can make again from a seed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from analysis.calibration import labelled
from analysis.evaluation import Truth
from analysis.findings import Findings, read
from analysis.fitting import LabelledPair
from analysis.linkage.caps import Caps
from samehand.demo.story import build_story, expected
from samehand.demo.telling import demo

__all__ = ["HELD_OUT", "TOLD", "Tale", "labelled_crawls", "tale_pairs"]


@dataclass(frozen=True, slots=True, order=True)
class Tale:
    """One world: a seed, with or without traces of control, with the copyist framing the original or not."""

    seed: int
    without_control: bool = False
    framed: bool = False

    @property
    def name(self) -> str:
        """As the demo names its folder."""
        return f"demo-{self.seed}" + ("-without-control" if self.without_control else "") + ("-framed" if self.framed else "")


#: Worlds that the shipped values are fitted on, and worlds that no fit ever sees.
TOLD = (*(Tale(seed) for seed in range(201, 205)), Tale(205, True), Tale(206, True), Tale(207, framed=True), Tale(208, framed=True))
HELD_OUT = (Tale(301), Tale(302, framed=True), Tale(303, True), Tale(304))


def labelled_crawls(tale: Tale, room: Path) -> list[tuple[Findings, Truth]]:
    """The story's four findings with who runs what; told in ``room`` unless it was told there before.

    Without traces of control nobody could know the house from four copyists, so each of its shops is an operator then.
    """
    story = build_story(tale.seed, without_control=tale.without_control, framed=tale.framed)
    folder = room / tale.name / "findings"
    if not all((folder / episode.crawl_id / "findings.json").is_file() for episode in story.episodes):
        with redirect_stdout(StringIO()):
            demo(
                argparse.Namespace(config=None, data=room, seed=tale.seed, without_control=tale.without_control, framed=tale.framed)
            )
    rows = []
    for episode in expected(story):
        operator = {host: host for host in story.hosts.values()}
        for number, house in enumerate(episode.operators):
            operator |= dict.fromkeys(house, f"house {number}")
        rows.append((read(folder / episode.crawl_id), Truth(operator, dict.fromkeys(operator, ""))))
    return rows


def tale_pairs(tales: Sequence[Tale], room: Path, caps: Caps) -> list[LabelledPair]:
    """Labelled pairs of several stories, each a world of its own."""
    rows: list[LabelledPair] = []
    for tale in tales:
        for findings, truth in labelled_crawls(tale, room):
            rows += labelled(findings, truth, tale.name, caps)
    return rows
