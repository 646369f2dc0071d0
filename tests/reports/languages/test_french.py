"""French is made from fields, never from English sentences; plurals, figures, dates and spaces are as French has them."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType

import pytest

from analysis.evidence import Family, fingerprint_of
from analysis.fingerprints.registry import KINDS
from analysis.linkage.corpus import ANSWER_KINDS
from analysis.linkage.judged import JUDGED_KINDS
from analysis.linkage.matching import HELD_KINDS, RULE_KINDS
from reports.languages.french import FRENCH
from reports.languages.french_kinds import BOTH_HAVE, FAMILIES, NAMES_THE_OTHER, SAYS

_EVERY_KIND = {kind.name: kind for kind in (*KINDS.values(), *ANSWER_KINDS, *RULE_KINDS, *HELD_KINDS, *JUDGED_KINDS.values())}
#: Words that no French sentence has.
_ENGLISH = re.compile(r"\b(?:the|same|of|both|and|with|was|has|have|is|are|different|shared|now|before)\b")


@pytest.mark.parametrize("name", sorted(_EVERY_KIND))
def test_every_kind_of_evidence_has_a_french_name(name: str) -> None:
    assert (name in BOTH_HAVE) + (name in NAMES_THE_OTHER) + (name in SAYS) == 1


def test_every_french_name_is_of_a_kind_that_exists() -> None:
    assert {*BOTH_HAVE, *NAMES_THE_OTHER, *SAYS} <= _EVERY_KIND.keys()


@pytest.mark.parametrize("family", Family)
def test_every_family_has_a_french_name(family: Family) -> None:
    assert FAMILIES[family]


@pytest.mark.parametrize("name", sorted({fingerprint_of(kind) for kind in KINDS}))
def test_every_fingerprint_has_a_french_name(name: str) -> None:
    assert f"fingerprint/{name}" in FRENCH.phrases


def test_what_both_have_completes_its_sentence() -> None:
    assert [words for words in BOTH_HAVE.values() if not re.match(r"(?:le|la|les) même", words)] == []


@pytest.mark.parametrize("name", [*sorted(_EVERY_KIND), "novel.kind"])
def test_a_reason_is_made_of_the_fields_and_never_of_the_sentence(world: ModuleType, name: str) -> None:
    row = replace(
        world.contribution("a.example", "b.example", "for", "payee"),
        kind=name,
        shown="4410",
        value="b.example" if name in NAMES_THE_OTHER else "4410",
        sentence="both have the same thing",
    )
    for direction in ("for", "against", "explained"):
        said = FRENCH.reason(replace(row, direction=direction, explained_by="common" if direction == "explained" else ""))
        assert not _ENGLISH.search(said)
        assert not re.search(r"[{}]| [:;!?%»]|« ", said)


def test_an_unknown_kind_is_told_by_its_family(world: ModuleType) -> None:
    row = replace(world.contribution("a.example", "b.example", "for", "payee"), kind="novel.kind", shown="x")
    assert FRENCH.reason(row) == "les deux ont un indice de la famille «\u00a0paiement\u00a0»\u00a0: x"
    assert "«\u00a0autres indices\u00a0»" in FRENCH.reason(replace(row, family="novel"))


def test_who_names_whom_is_told(world: ModuleType) -> None:
    row = replace(world.contribution("a.example", "b.example", "for", "payee"), kind="links.moved_to", value="a.example")
    assert FRENCH.reason(row) == "annonce de déménagement\u00a0: b.example nomme a.example"


@pytest.mark.parametrize(
    ("explained_by", "said"),
    [("common", "trop courant pour compter"), ("one-sided", "un seul des deux le dit"), ("shopify", "s'explique par shopify")],
)
def test_what_explains_a_reason_is_told(world: ModuleType, explained_by: str, said: str) -> None:
    row = replace(world.contribution("a.example", "b.example", "for", "payee"), direction="explained", explained_by=explained_by)
    assert FRENCH.reason(row).endswith(said)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 boutique"), (1, "1 boutique"), (2, "2 boutiques"), (12_000, "12\u00a0000 boutiques")],
)
def test_zero_and_one_are_singular(number: int, said: str) -> None:
    assert FRENCH.count("storefront", number) == said


@pytest.mark.parametrize("key", sorted(FRENCH.counted))
def test_every_noun_has_both_forms(key: str) -> None:
    one, many = FRENCH.counted[key]
    assert one.split()[0] != many.split()[0]


@pytest.mark.parametrize(
    ("probability", "said"),
    [(1.0, "plus de 99,9\u00a0%"), (0.9951, "99,5\u00a0%"), (0.97, "97\u00a0%"), (0.004, "0,4\u00a0%"), (0, "moins de 0,1\u00a0%")],
)
def test_percentages_have_a_comma_and_a_space_that_does_not_break(probability: float, said: str) -> None:
    assert FRENCH.percent(probability) == said


@pytest.mark.parametrize(
    ("crawl_id", "said"),
    [("20260302T060000Z", "2 mars 2026"), ("20260801T060000Z", "1er août 2026"), ("nonsense.example", "nonsense[.]example")],
)
def test_dates(crawl_id: str, said: str) -> None:
    assert FRENCH.day(crawl_id) == said


@pytest.mark.parametrize(
    ("what", "before", "after", "said"),
    [
        ("payment", "unavailable", "accepted", "x.example\u00a0: le paiement est rétabli, il est de nouveau accepté"),
        ("payment", "accepted", "", "x.example\u00a0: le paiement n'est plus proposé sur les pages lues"),
        ("successor", "a.example", "b.example", "a.example ne vend plus\u00a0; b.example continue"),
        ("successor", "a.example", "b.example c.example", "a.example ne vend plus\u00a0; b.example et c.example continuent"),
        ("company", "A Ltd", "error", "x.example nomme désormais «\u00a0error\u00a0», auparavant «\u00a0A Ltd\u00a0»"),
        ("gone", "shop", "for-sale", "x.example a disparu\u00a0: domaine à vendre (auparavant\u00a0: boutique)"),
        (
            "prices",
            "EUR",
            "EUR 0.900 1200",
            "x.example\u00a0: les mêmes articles coûtent 10\u00a0% de moins (médiane de 1\u00a0200)",
        ),
        ("prices", "", "EUR 1.000 9", "x.example\u00a0: les prix sont en EUR (auparavant\u00a0: monnaie non nommée)"),
        ("language", "de", "en,fr", "x.example\u00a0: pages en anglais et français (auparavant\u00a0: allemand)"),
        (
            "host",
            "cdn a",
            "network 192.0.2.0/24",
            "x.example\u00a0: hébergé ailleurs, réseau 192.0.2.0/24 (auparavant\u00a0: réseau de diffusion a)",
        ),
        ("catalogue", "90", "1200", "x.example\u00a0: 1\u00a0200 articles, auparavant 90"),
    ],
)
def test_changes_are_said_from_their_values(world: ModuleType, what: str, before: str, after: str, said: str) -> None:
    assert FRENCH.change(world.change(what, "x.example", "c", 1, "an English sentence", before, after)) == said
