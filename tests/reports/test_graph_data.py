"""What the page is given is bounded, defanged, and says what it leaves out."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType

from reports.escape import json_for_html
from reports.graph_data import GraphLimits, graph_data


def test_every_storefront_link_and_cluster_is_there(world: ModuleType) -> None:
    data = graph_data(world.made())
    assert (len(data["sites"]), len(data["links"]), len(data["clusters"]), len(data["map"]["nodes"])) == (20, 18, 3, 20)
    assert data["leftOut"] == []


def test_mirror_families_know_their_original_where_it_is_known(world: ModuleType) -> None:
    data = graph_data(world.made())
    originals = {data["sites"][family["original"]]["name"]: len(family["members"]) for family in data["families"]}
    assert originals == {"albumhaus[.]example": 2, "nordwolle[.]example": 3}


def test_no_address_is_live_and_no_unseen_character_is_left(world: ModuleType) -> None:
    text = str(json_for_html(graph_data(world.made())))
    assert "http://" not in text
    assert "https://" not in text
    assert "canary[.]example" in text
    assert "\\\\u202e" in text
    assert not any(ord(c) < 32 or c in "\u202e\u2028" for c in text)


def test_a_dossier_is_linked_only_where_there_is_one(world: ModuleType) -> None:
    data = graph_data(world.made(), None, frozenset({world.A}))
    assert [row["dossier"] for row in data["clusters"]] == [f"dossiers/cluster-{world.A}.html", "", ""]


def test_beyond_its_nodes_the_page_collapses_clusters_and_says_what_is_not_drawn(world: ModuleType) -> None:
    data = graph_data(world.large(60, 4, 100), GraphLimits(nodes=200))
    assert data["map"]["collapsed"]
    assert len(data["map"]["nodes"]) == 60
    assert data["leftOut"] == ["from the map, 100 storefronts that no cluster holds"]
    assert len(data["sites"]) == 340


def test_even_collapsed_it_draws_no_more_than_its_nodes(world: ModuleType) -> None:
    data = graph_data(world.large(60, 4, 0), GraphLimits(nodes=50))
    assert len(data["map"]["nodes"]) == 50
    assert "from the map, the 10 smallest clusters" in data["leftOut"]


def test_every_bound_holds_and_is_said(world: ModuleType) -> None:
    tight = GraphLimits(links=10, evidence_per_link=1, evidence_bytes=2500, icon_bytes=600, site_bytes=1500, changes=3)
    data = graph_data(world.made(), tight)
    said = "; ".join(data["leftOut"])
    assert len(data["links"]) == 10
    assert {link["relation"] for link in data["links"]} == {"same-operator"}
    assert "8 links of the weaker relations" in said
    assert "the evidence of" in said
    assert "light contributions" in said
    assert "the logos of" in said
    assert "the details of" in said
    assert "8 changes" in said
    assert len(data["changes"]) == 3


def test_a_title_of_a_megabyte_does_not_make_the_page_large(world: ModuleType) -> None:
    findings = world.made()
    fronts = tuple(replace(row, title="x" * 1_000_000, company="y" * 1_000_000) for row in findings.storefronts)
    assert len(json.dumps(graph_data(replace(findings, storefronts=fronts)))) < 150_000


def test_a_link_to_a_storefront_nobody_knows_is_passed_over(world: ModuleType) -> None:
    findings = world.made()
    stray = replace(findings.links[0], site_b="zzz.example")
    assert len(graph_data(replace(findings, links=(*findings.links, stray)))["links"]) == 18


def test_many_storefronts_of_endless_titles_keep_to_their_room(world: ModuleType) -> None:
    limits = GraphLimits(site_bytes=200_000, evidence_bytes=100_000, links=200)
    text = json_for_html(graph_data(world.large(250, 4, 1000, "\u202e" * 1000), limits))
    assert len(text.encode()) < 200_000 + 100_000 + 200 * 700 + 2000 * 260


def test_a_name_with_unseen_letters_is_found_by_what_it_looks_like(world: ModuleType) -> None:
    findings = world.made()
    fronts = (replace(findings.storefronts[0], title="P\u0430y\u200bP\u0430l"), *findings.storefronts[1:])
    data = graph_data(replace(findings, storefronts=fronts))
    assert "paypal" in data["sites"][0]["key"]
    assert "key" not in data["sites"][1]


def test_a_storefront_on_the_users_list_says_so(world: ModuleType) -> None:
    findings = world.made()
    own, licensed = findings.storefronts[0].site, findings.storefronts[1].site
    for limits in (None, GraphLimits(site_bytes=0)):
        data = graph_data(replace(findings, notes={"owned": own, "licensed": licensed}), limits)
        assert [row.get("listed") for row in data["sites"]] == ["owned", "licensed", *[None] * (len(data["sites"]) - 2)]


def test_what_people_judged_of_a_pair_is_kept_even_where_its_evidence_is_not(world: ModuleType) -> None:
    findings = world.made()
    first = findings.links[0]
    row = replace(
        next(row for row in findings.evidence if (row.site_a, row.site_b) == (first.site_a, first.site_b)),
        kind="judgement.same",
        family="judgement",
        bits=0.0,
    )
    for limits in (GraphLimits(), GraphLimits(evidence_per_link=1, evidence_bytes=0)):
        data = graph_data(replace(findings, evidence=(*findings.evidence, row)), limits)
        names = [site["name"].replace("[.]", ".") for site in data["sites"]]
        judged = {(names[link["a"]], names[link["b"]]): link["judged"] for link in data["links"] if link["judged"]}
        assert judged == {(first.site_a, first.site_b): "same"}
    cut = (replace(first, relation="for-review"), *findings.links[1:])
    data = graph_data(replace(findings, links=cut, evidence=(*findings.evidence, replace(row, kind="judgement.different"))))
    assert {link["judged"] for link in data["links"]} == {"", "apart"}
