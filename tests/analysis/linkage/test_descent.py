"""What may be called a copy, and what copying explains."""

from __future__ import annotations

import pytest

from analysis.findings import Relation
from analysis.linkage.comparison import Contribution
from tests.analysis.linkage.made_rows import TEXT, judged, row

SAID = [row("prose.sentence", bits)._replace(shared=3) for bits in (1.5, 0.75, 0.4)]
NAMED = row("links.residual_name", 1.0, value="b.example")


@pytest.mark.parametrize(
    "rows",
    [SAID, [SAID[0], row("layout.class", 3.0)], [NAMED, *SAID[:1]], [NAMED, row("layout.block", 1.0)]],
    ids=["several sentences", "sentences and markup", "a name and sentences", "a name and markup"],
)
def test_what_they_wrote_themselves_is_a_copy(rows: list[Contribution]) -> None:
    assert judged(*rows).relation is Relation.COPY_OF


@pytest.mark.parametrize(
    "rows",
    [
        [TEXT, row("policy.sentence", 2.5)],
        [row("prose.sentence", 1.5), row("layout.pq23", 2.5)],
        [NAMED, row("identity.mail", 4.0), row("identity.mail_domain", 3.0)],
        [NAMED, TEXT],
    ],
    ids=["policies", "the software's one sentence", "a partner's mail address", "a partner's terms"],
)
def test_what_everybody_has_or_may_say_is_no_copy(rows: list[Contribution]) -> None:
    """To call a shop a copy is an accusation: one pattern of policies, one forum software, one named partner are none."""
    assert judged(*rows).relation is not Relation.COPY_OF


@pytest.mark.parametrize("company", [[], [row("identity.declared_company", -2.0)]], ids=["same company", "other company"])
@pytest.mark.parametrize("trace", ["assets.upload_name", "logo.document_id", "behaviour.last_modified"])
def test_what_lies_in_copied_files_controls_nothing(trace: str, company: list[Contribution]) -> None:
    markup = row("layout.class", 3.0, overlap=1.0)
    found = judged(row(trace, 14.0), *SAID, markup, *company, prior=0.0)
    assert (found.relation, found.rule, found.review) == (Relation.COPY_OF, "rule.no_control", False)
    own = row("layout.class", 3.0, overlap=0.1)
    assert judged(row(trace, 14.0), row("identity.phone", 3.0), own, prior=0.0).relation is Relation.SAME_OPERATOR
