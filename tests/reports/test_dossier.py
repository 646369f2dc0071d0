"""A dossier tells a cluster whole: members, time, state, evidence with its source; as text, with nothing live."""

from __future__ import annotations

import re
from types import ModuleType

from reports.dossier import chosen_clusters, render_dossier
from reports.languages.catalogue import FRENCH


def page(world: ModuleType, cluster: str) -> str:
    findings = world.made()
    return render_dossier(findings, next(row for row in findings.clusters if row.cluster == cluster))


def test_it_names_every_member_pair_and_source(world: ModuleType) -> None:
    text = page(world, world.A)
    for said in (
        "songkontor[.]example",
        "last proved 18 March 2024",
        "withdrawn",
        "+11.2",
        "hxxps://albumhaus[.]example/terms.html",
        "Tonmedien Handels GmbH",
    ):
        assert said in text
    assert text.count('<article class="pair">') == 9  # six inside, three to storefronts outside
    assert world.digest("albumhaus.examplepayment.merchant_id") in text
    assert "explained by provider bundle" in text


def test_it_has_no_script_and_no_live_address(world: ModuleType) -> None:
    text = page(world, world.A)
    assert "<script" not in text
    assert re.findall(r'href="([^"]+)"', text) == ["data:,", f"../graph.html#{world.A}"]
    assert not re.search(r"https?://", text)
    assert "default-src &#39;none&#39;" in text


def test_only_real_clusters_get_one_those_with_news_first(world: ModuleType) -> None:
    assert [row.cluster for row in chosen_clusters(world.made(), 10)] == [world.C, world.A, world.B]
    assert [row.cluster for row in chosen_clusters(world.made(), 1)] == [world.C]


def test_a_french_dossier_has_no_english_of_ours(world: ModuleType) -> None:
    findings = world.made()
    cluster = next(row for row in findings.clusters if row.cluster == world.A)
    page = render_dossier(findings, cluster, FRENCH)
    assert '<html lang="fr">' in page
    for words in (
        "Indices, paire par paire",
        "prouvé pour la dernière fois le 18 mars 2024",
        "même exploitant",
        "+11,2",
        "accès sur invitation",
    ):
        assert words in page
    assert not re.search(r"Time line|Members|very likely|they name different companies|class C|rarity|First seen", page)
