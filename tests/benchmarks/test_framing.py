import dataclasses

import pytest

from analysis.evidence import Trace
from analysis.fingerprints.registry import take_all
from analysis.page.reading import read
from benchmarks.framing import FRAMINGS, Victim, copied_shop


@pytest.fixture
def target(shop):
    def renamed(resource):
        body = resource.body.replace(b"lamps.example", b"shoes.example").replace(b"G-ABCDE12345", b"")
        return dataclasses.replace(resource, url=resource.url.replace("lamps", "shoes"), body=body)

    return dataclasses.replace(
        shop, site="shoes.example", url="https://shoes.example/", resources=tuple(map(renamed, shop.resources))
    )


@pytest.fixture
def victim(shop):
    traces = [Trace("logo.mark_raw", "0", "https://lamps.example/img/lamp-one.png", ""), *take_all(read(shop))]
    return Victim(shop, traces)


@pytest.mark.parametrize("title", sorted(FRAMINGS))
def test_every_framing_leaves_a_trace_of_the_victim(victim, target, title):
    framed = FRAMINGS[title](victim, target)
    assert framed.target != target
    assert framed.target.site == "shoes.example"
    urls = [resource.url for resource in framed.target.resources]
    assert urls == sorted(set(urls))


def test_planted_trackers_and_mail_are_read_as_the_victims(victim, target):
    def values(capture, kind):
        return {trace.value for trace in take_all(read(capture)) if trace.kind == kind}

    framed = FRAMINGS["trackers"](victim, target).target
    assert values(framed, "identifiers.google_measurement") == values(victim.capture, "identifiers.google_measurement") != set()
    framed = FRAMINGS["mail address and telephone"](victim, target).target
    assert values(framed, "identity.mail") >= values(victim.capture, "identity.mail") != set()


def test_a_shared_bundle_stands_behind_both(victim, target):
    framed = FRAMINGS["neighbour in a CDN's certificate"](victim, target)
    assert framed.target.connections[0].certificate == framed.victim.connections[0].certificate
    forged = FRAMINGS["victim named in the framer's certificate"](victim, target)
    assert forged.target.connections[0].certificate.spki != forged.victim.connections[0].certificate.spki


def test_a_copied_shop_keeps_the_words_and_not_the_name_or_the_server(shop):
    copy = copied_shop(shop, "copied.example")
    assert all(b"lamps.example" not in resource.body for resource in copy.resources)
    assert b"We bend every lamp ourselves." in copy.resources[0].body
    assert copy.resources[0].header("server") != shop.resources[0].header("server")
