"""The mail's picture is valid SVG of our own making, whatever the names, and the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from xml.etree import ElementTree

from reports.picture import changed_clusters, draw, picture_svg, picture_words

SVG = "{http://www.w3.org/2000/svg}"


def test_new_members_are_marked(world: ModuleType) -> None:
    assert [(row.cluster, new) for row, new in changed_clusters(world.made())] == [
        (world.C, {"chronoluxe.example", "horlogedirect.example"}),
        (world.A, {"memberdisc.example", "songkontor.example"}),
    ]
    words = [node.text for node in ElementTree.fromstring(picture_svg(world.made())).iter(f"{SVG}text")]
    assert words.count("NEW") == 4
    assert "songkontor[.]example" in words
    assert "payment unavailable" in words


def test_nothing_changed_is_no_picture(world: ModuleType) -> None:
    assert picture_svg(world.quiet()) == ""
    assert picture_words(world.quiet()) == ""


def test_equal_drawings_are_equal_bytes(world: ModuleType) -> None:
    assert draw(picture_svg(world.made())) == draw(picture_svg(world.made()))


def test_a_hostile_cluster_id_is_text(world: ModuleType) -> None:
    findings = world.made()
    bad = '"/><image href="file:///etc/passwd"/>\x00\u202e'
    named = replace(
        findings,
        clusters=tuple(replace(row, cluster=bad) if row.cluster == world.A else row for row in findings.clusters),
        members=tuple(replace(row, cluster=bad) if row.cluster == world.A else row for row in findings.members),
        changes=tuple(replace(row, cluster=bad) if row.cluster == world.A else row for row in findings.changes),
    )
    root = ElementTree.fromstring(picture_svg(named))
    assert all(node.get("href", "").startswith("data:image/png;base64,") for node in root.iter(f"{SVG}image"))
