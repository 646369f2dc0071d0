"""The model table: complete, consistent, and in keeping with the classes."""

from __future__ import annotations

import pytest

from analysis.evidence import EvidenceClass, Mode
from analysis.fingerprints.registry import KINDS
from analysis.linkage.caps import SHIPPED
from analysis.linkage.corpus import ANSWER_KINDS
from analysis.linkage.model import MODEL, UNWEIGHED, Model, Weight
from analysis.linkage.synchrony import TIME_KINDS

ALL = {**KINDS, **{kind.name: kind for kind in (*ANSWER_KINDS, *TIME_KINDS)}}


def test_every_kind_that_is_no_note_has_a_row_or_a_reason() -> None:
    lacking = [
        name for name, kind in ALL.items() if kind.mode is not Mode.NOTE and name not in UNWEIGHED and MODEL.get(name) is None
    ]
    assert lacking == []


def test_every_row_and_reason_is_of_a_kind_that_exists() -> None:
    modules = {name.partition(".")[0] for name in ALL}
    stale = [row for row in MODEL if row not in ALL and row.removesuffix(".*") not in modules]
    assert stale == []
    assert [name for name in UNWEIGHED if name not in ALL] == []


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_row_is_in_keeping_with_its_class(name: str) -> None:
    kind, row = ALL[name], MODEL.get(name)
    if row is None or kind.mode is Mode.NOTE:
        return
    assert 0 < row.floor <= row.m <= 1 or row.cap == 0
    assert row.why
    assert row.rarity in ("issued", "reference", "crawl")
    if kind.cls is EvidenceClass.COPYABLE:
        assert row.cap <= 5, "what is copied must never come near an operator by itself"
    if kind.cls is EvidenceClass.PROVIDER:
        assert row.cap <= 2, "what a provider explains says next to nothing"
    if kind.cls.is_control:
        assert row.cap <= SHIPPED.control[kind.family]


def test_a_row_for_a_whole_fingerprint_gives_way_to_a_row_of_its_own() -> None:
    model = Model([Weight("x.*", 0.5, 0.1, 1.0, "crawl", "all"), Weight("x.one", 0.5, 0.1, 2.0, "crawl", "one")])
    assert model["x.one"].cap == 2.0
    assert model["x.two"].cap == 1.0
    with pytest.raises(KeyError):
        model["y.one"]
