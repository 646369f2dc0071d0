"""The story end to end: served over HTTP and TLS, crawled, analysed, reported, and every verdict asserted.

Nothing is replaced by a double. The story of the record is told by the command line in a process of its own; the seeds
and the variants by ``tell``, whose servers say what they were asked.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from analysis.findings import Findings, LinkRow, Relation, read
from reports.escape import defang_text
from samehand.config import read_config
from samehand.data_folder import DataFolder
from samehand.demo import telling
from samehand.demo.server import Access, Serving, serve
from samehand.demo.story import CRAWL_IDS, build_story, expected
from samehand.demo.world import Episode, Expected, Story

pytestmark = pytest.mark.story

RECORD = "the record, by the command line"
SEEDS = tuple(f"seed {seed}" for seed in range(1, 6))
WITHOUT_CONTROL, FRAMED = "without control", "framed"
HOUSE = ("original", "mirror", "members", "client")


@dataclass(frozen=True)
class Told:
    """A telling: its story, and of each crawl the findings, the folder of reports and what the servers were asked.

    ``accesses`` is empty and ``printed`` filled for the one that ran in another process.
    """

    story: Story
    data: DataFolder
    findings: tuple[Findings, ...]
    accesses: tuple[Access, ...]
    printed: str

    @property
    def episodes(self) -> Iterator[tuple[Expected, Findings]]:
        return zip(expected(self.story), self.findings, strict=True)

    def mail(self, act: int) -> EmailMessage:
        raw = (self.data.reports / CRAWL_IDS[act - 1] / "weekly.eml").read_bytes()
        return message_from_bytes(raw, EmailMessage, policy=default)

    def words(self, act: int) -> str:
        """The plain part of a mail on one line, white space collapsed."""
        body = self.mail(act).get_body(("plain",))
        assert body is not None
        return " ".join(str(body.get_content()).split())

    def name(self, role: str) -> str:
        """A host as the mails write it."""
        return defang_text(self.story.hosts[role])


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("telling")
    return _by_command(folder) if request.param == RECORD else _in_process(request.param, folder)


def tellings(*names: str) -> pytest.MarkDecorator:
    """Ask this of these tellings; each is told once."""
    return pytest.mark.parametrize("told", names, indirect=True, scope="module")


operated = tellings(RECORD, *SEEDS, FRAMED)
every = tellings(RECORD, *SEEDS, FRAMED, WITHOUT_CONTROL)


def _by_command(folder: Path) -> Told:
    done = subprocess.run(
        [sys.executable, "-m", "samehand", "demo", "--data", str(folder)],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    data = DataFolder(folder / "demo")
    return Told(build_story(), data, tuple(read(data.findings / crawl) for crawl in CRAWL_IDS), (), done.stdout)


def _in_process(name: str, folder: Path) -> Told:
    seed = int(name.split()[1]) if name in SEEDS else None
    story = build_story(seed, without_control=name == WITHOUT_CONTROL, framed=name == FRAMED)
    data, config, served = DataFolder(folder), read_config(None), list[Serving]()

    @contextmanager
    def overheard(episode: Episode) -> Iterator[Serving]:
        with serve(episode) as serving:
            served.append(serving)
            yield serving

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(telling, "serve", overheard)
        findings = tuple(telling.tell(episode, data, config)[0] for episode in story.episodes)
    return Told(story, data, findings, tuple(access for serving in served for access in serving.accesses), "")


def _links(findings: Findings) -> dict[tuple[str, str], LinkRow]:
    return {(row.site_a, row.site_b): row for row in findings.links}


def _clusters(findings: Findings) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in findings.members:
        found[row.cluster].add(row.site)
    return dict(found)


@every
def test_the_clusters_are_the_operators_and_nobody_else(told: Told) -> None:
    for right, findings in told.episodes:
        joined = {frozenset(sites) for sites in _clusters(findings).values() if len(sites) > 1}
        assert joined == set(right.operators), right.crawl_id


@operated
def test_the_cluster_keeps_its_id_from_crawl_to_crawl(told: Told) -> None:
    ids = {row.cluster for findings in told.findings for row in findings.members if row.site == told.story.hosts["original"]}
    assert len(ids) == 1


@every
def test_each_pair_has_the_relation_that_is_right(told: Told) -> None:
    wrong = []
    for right, findings in told.episodes:
        links = _links(findings)
        for pair, allowed in right.relations.items():
            found = links[pair].relation if pair in links else "none"
            if found not in allowed:
                wrong.append((right.crawl_id, pair, found, sorted(allowed)))
    assert wrong == []


@every
def test_no_other_pair_is_said_to_have_one_operator(told: Told) -> None:
    for right, findings in told.episodes:
        said = {pair for pair, row in _links(findings).items() if row.relation == Relation.SAME_OPERATOR}
        assert said <= right.relations.keys(), right.crawl_id


@every
def test_a_copy_is_told_from_its_original(told: Told) -> None:
    for right, findings in told.episodes:
        for (a, b), row in _links(findings).items():
            for copy, originals in right.copied_from.items():
                if row.relation == Relation.COPY_OF and copy in (a, b) and originals & {a, b}:
                    assert row.original in originals, (right.crawl_id, row.sentence)


@every
def test_bystanders_are_linked_to_nobody(told: Told) -> None:
    for right, findings in told.episodes:
        joined = {
            site
            for (a, b), row in _links(findings).items()
            if row.relation in (Relation.SAME_OPERATOR, Relation.COPY_OF)
            for site in (a, b)
        }
        assert not joined & right.alone, right.crawl_id


@every
def test_the_changes_are_found(told: Told) -> None:
    lacking = []
    for right, findings in told.episodes:
        for whats, site, words in right.changes:
            rows = [row for row in findings.changes if row.site == site and row.what in whats]
            texts = [f"{row.after} {row.sentence}".lower() for row in rows]
            if not any(not words or any(word.lower() in text for word in words) for text in texts):
                lacking.append(
                    (right.crawl_id, sorted(whats), site, words, [row.sentence for row in findings.changes if row.site == site])
                )
    assert lacking == []


@operated
def test_the_mirror_was_discovered_through_the_original(told: Told) -> None:
    for right, findings in told.episodes:
        found = {row.site: row.discovered_by for row in findings.storefronts}
        for site, through in right.discovered.items():
            assert found[site] in through, right.crawl_id


@tellings(FRAMED)
def test_a_planted_merchant_id_sends_an_analyst_and_joins_nobody(told: Told) -> None:
    for right, findings in told.episodes:
        assert right.review or right.crawl_id in CRAWL_IDS[3:]
        links = _links(findings)
        for pair in right.review:
            assert links[pair].review, (right.crawl_id, links[pair].sentence)
            rows = [row for row in findings.evidence if (row.site_a, row.site_b) == pair]
            assert any(row.kind == "payment.merchant_id" for row in rows)
            assert links[pair].relation != Relation.SAME_OPERATOR


@tellings(WITHOUT_CONTROL)
def test_without_control_each_mirror_falls_out_of_the_cluster(told: Told) -> None:
    third = told.findings[2]
    assert {row.size for row in third.clusters} == {1}
    links = _links(third)
    original = told.story.hosts["original"]
    for role in HOUSE[1:]:
        pair = tuple(sorted((original, told.story.hosts[role])))
        assert links[pair[0], pair[1]].relation == Relation.COPY_OF


@every
def test_every_said_thing_shows_where_it_was_seen(told: Told) -> None:
    for findings in told.findings:
        links = _links(findings)
        for row in findings.links:
            assert row.sentence
            assert row.pro
        for item in findings.evidence:
            pair = (item.site_a, item.site_b)
            if pair in links and item.value:
                assert item.url_a or item.url_b, item
                assert item.digest_a or item.digest_b, item


@every
def test_the_bits_of_a_pair_add_up(told: Told) -> None:
    """What ``why`` prints as the prior is what the evidence leaves over: it must be one number for all pairs of a crawl."""
    for findings in told.findings:
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for item in findings.evidence:
            sums[item.site_a, item.site_b] += item.bits
        priors = [row.bits - sums[row.site_a, row.site_b] for row in (*findings.links, *findings.compared)]
        assert max(priors) - min(priors) < 0.05
        assert -12 < priors[0] < -5


@tellings(*SEEDS, FRAMED, WITHOUT_CONTROL)
def test_the_crawls_only_read(told: Told) -> None:
    assert len(told.accesses) > 400
    assert {access.method for access in told.accesses} <= {"GET", "HEAD"}
    assert all(access.user_agent.startswith("samehand/") for access in told.accesses)


@operated
def test_the_second_mail_tells_the_mirror_and_the_lost_cards(told: Told) -> None:
    words, original, mirror = told.words(2), told.name("original"), told.name("mirror")
    assert f"{mirror} is new, with evidence consistent with common operation with {original}" in words
    assert f"{mirror} was found from {original}" in words
    assert f"{original}: customers are sent elsewhere to pay (before: accepted)" in words


@operated
def test_the_third_mail_tells_both_new_shops_and_that_the_cards_are_not_back(told: Told) -> None:
    words = told.words(3)
    for role in ("members", "client"):
        assert f"{told.name(role)} is new, with evidence consistent with common operation" in words
    assert f"{told.name('client')}: payment is unavailable" in words
    assert f"{told.name('original')}: payment is not back" in words


@operated
def test_the_fourth_mail_tells_the_end_and_what_is_still_closed(told: Told) -> None:
    words, original = told.words(4), told.name("original")
    assert f"{told.name('client')}: payment is not back, it is still unavailable" in words
    assert f"{original} has become a blog" in words
    assert all(told.name(role) in words for role in HOUSE[1:])
    assert "go on" in words


@every
def test_mails_and_pages_open_no_suspect_address(told: Told) -> None:
    for act in range(1, 5):
        words = told.words(act) + str(told.mail(act)["subject"])
        assert not any(host in words for host in told.story.hosts.values())
        assert (told.data.reports / CRAWL_IDS[act - 1] / "graph.html").is_file()


@tellings(RECORD)
def test_the_command_prints_clusters_relations_with_reasons_and_paths(told: Told) -> None:
    printed, last = told.printed, told.findings[-1]
    cluster = next(row.cluster for row in last.clusters if row.size == 4)
    assert cluster in printed
    table = printed[printed.index(cluster) :].splitlines()[:4]
    assert {name for role in HOUSE if (name := told.name(role)) in "".join(table)} == {told.name(role) for role in HOUSE}
    assert all(defang_text(row.site_a) in printed and defang_text(row.site_b) in printed for row in last.links)
    assert printed.count("\n    for      ") >= len(last.links)
    assert "\n    against  " in printed
    for words in ("evidence consistent with common operation", "is a copy of", "share a theme, platform or kit"):
        assert words in printed
    for name in ("graph.html", "weekly.eml"):
        path = told.data.reports / CRAWL_IDS[-1] / name
        assert str(path) in printed
        assert path.is_file()
    assert not any(f" {host}" in printed for host in told.story.hosts.values())
