"""The life of a storefront and of a cluster, from findings of several crawls."""

from __future__ import annotations

from reports.life import cluster_events, cluster_now, site_events, site_now
from tests.analysis.clusters.lives import Chain, down, front, week


def three_weeks() -> Chain:
    """A storefront alone, then with another, then silent."""
    chain = Chain()
    together = {"a.example": "ring", "b.example": "ring"}
    chain.crawl([front("a.example")], together)
    chain.crawl([front("a.example"), front("b.example", discovered_by="a.example", discovered_how="moved-to")], together)
    chain.crawl([front("a.example"), down("b.example")], together)
    return chain


def test_a_storefront_begins_with_whom_it_was_found_from_and_events_keep_their_crawls() -> None:
    chain = three_weeks()
    events = list(site_events(chain.findings, "b.example"))
    assert (events[0].what, events[0].crawl) == ("first-seen", week(2))
    assert "found from a.example (moved to)" in events[0].sentence
    assert (events[-1].what, events[-1].crawl) == ("not-reached", week(3))
    assert list(site_events(chain.findings, "nobody.example")) == []
    assert [word for word, _ in site_now(chain.findings[-1], "nobody.example")] == ["not known"]


def test_a_cluster_tells_its_members_where_they_changed() -> None:
    chain = three_weeks()
    told = [(event.what, event.before, event.after) for event in cluster_events(chain.findings, "ring") if not event.site]
    assert told == [("first-seen", "0", "1"), ("members", "1", "2")]
    assert [site.partition(",")[0] for _, site in cluster_now(chain.findings[-1], "ring")] == ["a.example", "b.example"]
