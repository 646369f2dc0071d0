"""Whether the pages of two storefronts come from one source: what copying explains, and what may be called a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import inf

from analysis.evidence import EvidenceClass, Family, Mode
from analysis.linkage.comparison import Contribution, Direction

__all__ = [
    "COPY_MARKS",
    "IN_FILES",
    "TOOL_MARKS",
    "has_copied_pages",
    "has_other_company",
    "has_same_markup",
    "is_copy",
    "may_be_copied",
    "may_descend",
    "raw_by_family",
]

#: Likeness of markup or policies from which pages were taken as they stood.
_ONE_TEMPLATE = 0.45
#: Likeness of markup from which pages may be the other's with words exchanged; sister shops on one theme are less alike.
_SAME_MARKUP = 0.95
#: Families of which something must be shared for a copying mark to count.
_BESIDE_A_MARK = (Family.TEXT, Family.IDENTITY, Family.TRACKING, Family.TEMPLATE, Family.CATALOGUE, Family.IMAGERY)
#: Traces of who made a file or when: whoever takes the file takes them along.
IN_FILES = frozenset(
    {
        "assets.build_id",
        "assets.source_map",
        "assets.upload_name",
        "behaviour.last_modified",
        "imagery.document_id",
        "logo.document_id",
    }
)
_MARKUP = frozenset({"layout.class", "layout.path", "layout.pq12", "layout.pq23"})
#: Marks that say which of two was copied from the other.
COPY_MARKS = frozenset(
    {
        "links.canonical_elsewhere",
        "links.og_url_elsewhere",
        "links.absolute_elsewhere",
        "links.copied_from",
        "links.residual_name",
        "links.feed_elsewhere",
        "time.echo",
    }
)
#: Those that a mirroring tool leaves, as opposed to a name left standing in a text.
TOOL_MARKS = COPY_MARKS - {"links.residual_name"}


def raw_by_family(rows: Iterable[Contribution]) -> defaultdict[Family, float]:
    """Bits for one source that copyable evidence gives, by family."""
    sums: defaultdict[Family, float] = defaultdict(float)
    for row in rows:
        if row.kind.cls is EvidenceClass.COPYABLE and row.raw > 0:
            sums[row.kind.family] += row.raw
    return sums


def may_descend(rows: Sequence[Contribution], raw: defaultdict[Family, float]) -> bool:
    """Whether words may have come along from the one to the other, be it policies or one sentence: so may a payee."""
    text, identity = raw[Family.TEXT], raw[Family.IDENTITY] + raw[Family.TRACKING]
    if any(row.kind.name in COPY_MARKS for row in rows) and (text >= 1 or identity >= 2):
        return True
    return text >= 3 or (text >= 1.5 and _own_markup(rows, raw) >= 2) or is_copy(rows, raw)


def is_copy(rows: Sequence[Contribution], raw: defaultdict[Family, float]) -> bool:
    """Whether so much descends from one source that the one may be called a copy, which is an accusation.

    A shared catalogue with its pictures alone is a reseller's, a shared theme alone a kit's. Policies are written after one
    pattern everywhere, software says one sentence in all its shops, and a partner names the other with its mail address. It
    takes what they wrote themselves, in more than one sentence, or two different authored families, or goods together with
    markup that few others have, or a copying mark.
    """
    text, identity = raw[Family.TEXT], raw[Family.IDENTITY] + raw[Family.TRACKING]
    goods, markup = raw[Family.CATALOGUE] + raw[Family.IMAGERY], _own_markup(rows, raw)
    said = sum(row.raw for row in rows if row.kind.name == "prose.sentence" and row.shared > 1)
    marks = {row.kind.name for row in rows} & COPY_MARKS
    if marks and (said >= 1 or markup >= 1 or goods >= 2):
        return True
    if marks & TOOL_MARKS and (text >= 1 or identity >= 2):
        return True
    if said >= 2 or (said >= 1.5 and markup >= 2):
        return True
    return (text >= 1.5 and (goods >= 1.5 or identity >= 2)) or (goods >= 3 and markup >= 2)


def _own_markup(rows: Sequence[Contribution], raw: defaultdict[Family, float]) -> float:
    """Bits of markup, but for what a theme of the same name accounts for: that was not taken from one another."""
    return 0.0 if any(row.kind.name == "assets.theme_name" for row in rows) else raw[Family.TEMPLATE]


def has_copied_pages(rows: Sequence[Contribution]) -> bool:
    """Whether whole pages may have been taken as they stood: a copying tool's mark says so, or markup or most policies alike.

    Not explained by copying: a shop with markup of its own.
    """
    if any(row.kind.name in TOOL_MARKS for row in rows):
        return True
    for row in rows:
        if row.kind.mode is Mode.BAG and row.overlap is not None and row.overlap >= _ONE_TEMPLATE:
            if row.kind.family is Family.TEMPLATE:
                return True
            if row.kind.name == "policy.shingle" and row.direction is Direction.FOR:
                return True
    return False


def has_same_markup(rows: Sequence[Contribution]) -> bool:
    """Whether the markup is the same nearly throughout: so it is where somebody took pages and put other words into them."""
    return any(row.overlap is not None and row.overlap >= _SAME_MARKUP and row.kind.name in _MARKUP for row in rows)


def may_be_copied(rows: Sequence[Contribution], raw: Mapping[Family, float], unread: frozenset[Family]) -> bool:
    """Whether pages may have been taken as they stood, words and all, had what could not be read shown as much as it can.

    ``unread``: families whose copyable traces could not all be read on one of the two; with that of links copying marks.
    """
    most: defaultdict[Family, float] = defaultdict(float, {**raw, **dict.fromkeys(unread, inf)})
    is_marked = Family.LINKS in unread and any(most[family] >= 1 for family in _BESIDE_A_MARK)
    has_pages = has_copied_pages(rows) or not unread.isdisjoint((Family.TEMPLATE, Family.TEXT, Family.LINKS))
    return has_pages and (is_marked or may_descend(rows, most))


def has_other_company(rows: Sequence[Contribution]) -> bool:
    """Whether the shops name different companies throughout, and no copying tool's mark stands in their pages.

    Who edits a copy that far and leaves the money to somebody else? A payee of such a pair did not come along with the pages.
    """
    if any(row.kind.name in TOOL_MARKS for row in rows):
        return False
    return any(row.kind.name == "identity.declared_company" and row.direction is Direction.AGAINST for row in rows)
