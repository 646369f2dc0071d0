"""Plain-text tables for the terminal: as wide as the terminal is, every cell on one line, nothing in them obeyed by it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from analysis.findings import LinkRow
from analysis.masking import Shown
from reports.escape import defang, terminal
from reports.stories import pair_story
from reports.words import RELATION_WORDS, moment, payment_words, percent

__all__ = ["clusters_table", "pair_lines", "table", "width_of"]

_NARROWEST = 2  # columns a cell keeps however narrow the terminal


def width_of(text: str) -> int:
    """How many columns a terminal gives the text: East Asian wide letters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int = 100, dispensable: Sequence[str] = ()) -> str:
    """Rows under heads, at most ``width`` columns wide.

    Where they are wider, the ``dispensable`` columns are left out one by one, the first named first; then the widest is cut.
    """
    cells = [[terminal(cell, 400) for cell in row] for row in rows]
    heads = list(heads)
    widths = [max([width_of(head), *(width_of(row[n]) for row in cells)]) for n, head in enumerate(heads)]
    for name in dispensable:
        if sum(widths) + 2 * (len(widths) - 1) <= width:
            break
        at = heads.index(name)
        del heads[at], widths[at]
        for row in cells:
            del row[at]
    room = max(width - 2 * (len(heads) - 1), _NARROWEST * len(heads))
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda n: widths[n])
        widths[widest] -= 1
    lines = [_line(heads, widths), "  ".join("─" * w for w in widths)]
    lines += [_line(row, widths) for row in cells]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_fit(cell, w) for cell, w in zip(cells, widths, strict=True))


def _fit(text: str, width: int) -> str:
    if width_of(text) > width:
        kept, used = [], 0
        for character in text:
            used += width_of(character)
            if used > width - 1:
                break
            kept.append(character)
        text = "".join(kept) + "…"
    return text + " " * (width - width_of(text))


def _date(crawl_id: str) -> str:
    when = moment(crawl_id)
    return f"{when:%Y-%m-%d}" if when else crawl_id


def clusters_table(findings: Shown, width: int = 100) -> str:
    """The clusters of two storefronts and more, one line a member; then how many storefronts stand alone."""
    sizes = {row.cluster: row.size for row in findings.clusters}
    fronts = {row.site: row for row in findings.storefronts}
    members = [row for row in findings.members if sizes.get(row.cluster, 1) > 1]
    members.sort(key=lambda row: (-sizes[row.cluster], row.cluster, row.first_seen, row.site))
    rows, last = [], ""
    for row in members:
        front = fronts.get(row.site)
        rows.append(
            (
                row.cluster if row.cluster != last else "",
                defang(row.site),
                percent(row.probability),
                front.page_state if front else "",
                payment_words(front) if front else "",
                _date(row.first_seen),
                _date(row.last_seen),
            )
        )
        last = row.cluster
    alone = len({row.site for row in findings.members}) - len({row.site for row in members})
    heads = ("cluster", "storefront", "probability", "page", "payment", "first seen", "last seen")
    shown = (
        table(heads, rows, width, ("last seen", "page", "first seen", "payment"))
        if rows
        else "No cluster of two storefronts or more.\n"
    )
    return shown + (f"{alone:,} more stand alone.\n" if alone else "")


def pair_lines(findings: Shown, most: int = 200) -> str:
    """Each linked pair in one sentence with its two strongest reasons and the strongest counter-reason."""
    order = {str(relation): n for n, relation in enumerate(RELATION_WORDS)}

    def place(link: LinkRow) -> tuple[int, float, str, str]:
        return order.get(link.relation, len(order)), -link.probability, link.site_a, link.site_b

    links = sorted(findings.links, key=place)
    lines = []
    for link in links[:most]:
        story = pair_story(link, findings.evidence_of(link.site_a, link.site_b))
        lines.append(terminal(story.sentence))
        lines += [f"    for      {terminal(reason)}" for reason in story.reasons]
        if story.counter:
            lines.append(f"    against  {terminal(story.counter)}")
    if len(links) > most:
        lines.append(f"{len(links) - most:,} more pairs are in the graph page and in the exported links.")
    return "\n".join(lines) + "\n" if lines else "No two storefronts have anything in common that says more than chance.\n"
