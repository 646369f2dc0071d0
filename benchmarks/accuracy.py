"""The main rows: how right clusters, links and relations are, with every wrong and every missed pair named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.evaluation import Evaluation, Truth, evaluate
from analysis.findings import Relation
from analysis.linkage.matching import Match
from benchmarks.document import figure, name, pair, share, table, text
from benchmarks.labels import score_labels
from benchmarks.linking import Linked
from benchmarks.rivals import RULES, Features, Pair, components, scores

__all__ = ["Row", "accuracy_section", "negatives_section", "rivals_section", "score"]

#: Relations of a truth file between sites of different operators that a careless rule joins.
_HARD = ("impersonates", "copied_tracker_id", "reseller_same_catalogue", "affiliate_link", "parked_alike")
#: Evidence lines shown for a missed pair.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was linked, against which truth."""

    title: str
    linked: Linked
    truth: Truth
    found: Evaluation


def score(title: str, linked: Linked, truth: Truth, relations: Mapping[Pair, frozenset[str]]) -> Row:
    """Score one run."""
    return Row(title, linked, truth, evaluate(linked.findings, truth, relations))


def accuracy_section(rows: Sequence[Row]) -> list[str]:
    """The rows, recall by level, relations, and what was missed or wrong."""
    lines = table(
        (
            "row",
            "P",
            "R",
            "F1",
            "ARI",
            "B³ P",
            "B³ R",
            "B³ F1",
            "pairs found",
            "false pairs",
            "false same-operator links",
            "false copies",
        ),
        [
            (
                row.title,
                row.found.precision,
                row.found.recall,
                row.found.f1,
                row.found.ari,
                row.found.bcubed_precision,
                row.found.bcubed_recall,
                row.found.bcubed_f1,
                share(row.found.found_pairs, row.found.true_pairs),
                row.found.false_pairs,
                row.found.false_links,
                len(row.found.false_copies),
            )
            for row in rows
        ],
    )
    lines += ["Recall by level of a pair's harder side (in brackets: sites joined to any of their operator's):", ""]
    levels = list(dict.fromkeys(level for row in rows for level in row.found.levels))
    lines += table(
        ("row", *(level or "-" for level in levels)),
        [(row.title, *(_level(row.found, level) for level in levels)) for row in rows],
    )
    groups = list(dict.fromkeys(group for row in rows for group in row.found.relations))
    if groups:
        lines += ["The right relation, by what the truth says:", ""]
        lines += table(
            ("row", "all", *(text(group) for group in groups)),
            [
                (row.title, _relations(row.found), *(share(*row.found.relations.get(group, (0, 0))) for group in groups))
                for row in rows
            ],
        )
    told: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        told.setdefault((*row.found.false_merges, "", *row.found.missed, "", *row.found.wrong_relations), []).append(row)
    for alike in told.values():
        lines += _failures(alike[0], "; ".join(row.title for row in alike))
    return lines


def negatives_section(row: Row, relations: Mapping[Pair, frozenset[str]]) -> list[str]:
    """Every pair of strangers that a careless rule joins, one by one."""
    relation = {(link.site_a, link.site_b): link for link in row.linked.findings.links}
    shown = []
    for (a, b), names in sorted(relations.items()):
        if not names & set(_HARD) or "same_operator" in names or not {a, b} <= set(row.truth.operator):
            continue
        link = relation.get((a, b))
        shown.append(
            (
                pair(a, b),
                text(", ".join(sorted(names))),
                link.relation if link else "nothing said",
                figure(link.probability) if link else "-",
                text(strongest(row.linked.linkage.matches.get((a, b)))[0], 240) if link else "",
            )
        )
    if not shown:
        return ["This world lists no hard negatives.", ""]
    return table(
        ("pair of strangers", "the truth", "found", "probability of one operator", "what speaks most for it, in bits"), shown
    )


def rivals_section(sites: Mapping[str, Features], row: Row) -> list[str]:
    """Each rival's rule on the same readings, at its own threshold and at the one that suits this truth best."""
    lines = [
        (f"{row.title}, {len(sites)} storefronts", row.found.precision, row.found.recall, row.found.f1, row.found.ari, "-", "-"),
    ]
    for rule in RULES:
        scored = scores(rule, sites)
        usual = score_labels(components(sites, scored, rule.threshold), row.truth)
        tried = sorted({round(value, 2) for value in scored.values() if value > 0.3}, reverse=True)
        best = max(((score_labels(components(sites, scored, at), row.truth).f1, at) for at in tried), default=(0.0, 0.0))
        lines.append((rule.name, usual.precision, usual.recall, usual.f1, usual.ari, figure(best[0]), figure(best[1], 2)))
    nothing = score_labels({}, row.truth)
    lines.append(("no links at all (B³ F1 " + figure(nothing.bcubed_f1, 2) + ")", 1.0, 0.0, 0.0, nothing.ari, "-", "-"))
    return table(("rule", "P", "R", "F1", "ARI", "best F1, threshold picked on the truth", "that threshold"), lines)


def strongest(found: Match | None) -> tuple[str, str]:
    """What speaks most for a pair, and the rule that held it back."""
    if found is None:
        return "they share no key that is rare enough to bring them together", "never compared"
    rows = sorted((c for c in found.contributions if c.bits > 0), key=lambda c: -c.bits)[:_SHOWN]
    rules = [c.sentence for c in found.contributions if c.kind.name.startswith("rule.")]
    # kinds, not values: what stands on the storefronts' pages is not ours to print
    evidence = "; ".join(f"{c.bits:+.1f} {c.kind.means} ({c.kind.name})" for c in rows) or "nothing"
    if rules:
        return evidence, "; ".join(rules)
    if found.relation is Relation.SAME_OPERATOR:
        return evidence, "linked, and the link was cut as a bridge"
    return evidence, f"too few bits ({found.bits:+.1f})"


def _level(found: Evaluation, level: str) -> str:
    if level not in found.levels:
        return "-"
    counts = found.levels[level]
    return f"{share(counts.pairs_found, counts.pairs)} ({share(counts.sites_joined, counts.sites)})"


def _relations(found: Evaluation) -> str:
    hit, asked = sum(row[0] for row in found.relations.values()), sum(row[1] for row in found.relations.values())
    return f"{share(hit, asked)} = {hit / asked:.1%}" if asked else "-"


def _failures(row: Row, title: str) -> list[str]:
    lines = []
    if row.found.false_merges:
        lines += [f"{title}: storefronts of different operators in one cluster:", ""]
        lines += table(("pair", "the truth"), [(pair(a, b), text(known)) for a, b, known in row.found.false_merges])
    if row.found.missed:
        lines += [f"{title}: pairs of one operator that were missed:", ""]
        missed = []
        for a, b, levels in row.found.missed:
            match = row.linked.linkage.matches.get((a, b))
            evidence, rule = strongest(match)
            shown = figure(match.probability) if match else "-"
            missed.append((pair(a, b), levels, shown, text(evidence, 420), text(rule)))
        lines += table(("pair", "levels", "probability", "strongest evidence, in bits", "what held it back"), missed)
    if row.found.wrong_relations:
        lines += [f"{title}: relations that differ from the truth:", ""]
        groups: dict[tuple[str, str], list[str]] = {}
        for a, b, expected, got in row.found.wrong_relations:
            groups.setdefault((expected, got), []).append(f"{name(a)} + {name(b)}")
        lines += table(
            ("the truth", "found", "pairs", "which"),
            [(text(expected), got, len(which), ", ".join(which)) for (expected, got), which in sorted(groups.items())],
        )
    return lines
