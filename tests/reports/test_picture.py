"""The mail's picture is valid SVG of our own making, whatever the names, and the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from xml.etree import ElementTree

import pytest

from reports.picture import changed_clusters, draw, drawable, picture_svg, picture_words

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
    first = draw(picture_svg(world.made()))
    draw.cache_clear()
    assert draw(picture_svg(world.made())) == first


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("bücher.example", "bücher.example"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("商店.example", "xn--czrs0t.example"),
        ("متجر.example", "xn--pgbep1f.example"),
        ("a\u202eb.example", "xn--ab-g4t.example"),
    ],
)
def test_names_of_other_scripts_are_drawn_as_dns_has_them(world: ModuleType, name: str, drawn: str) -> None:
    assert drawable(name) == drawn
    findings = world.made()
    fronts = tuple(replace(row, site=name, icon=b"") if row.site == "songkontor.example" else row for row in findings.storefronts)
    members = tuple(replace(row, site=name) if row.site == "songkontor.example" else row for row in findings.members)
    words = [
        node.text
        for node in ElementTree.fromstring(picture_svg(replace(findings, storefronts=fronts, members=members))).iter(f"{SVG}text")
    ]
    assert drawn.replace(".", "[.]") in words
    assert all(ord(letter) < 256 or letter == "…" for word in words for letter in word or "")


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
