"""How right the clusters and relations are, against a truth that names each site's operator.

Pairwise precision, recall and F1 count pairs of sites; B-cubed (Bagga and Baldwin 1998) counts sites and flatters where
most operators have one site; ARI is the Rand index corrected for chance (Hubert and Arabie 1985).
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from analysis.findings import Findings, LinkRow, Relation
from analysis.reliability import Asked, Reliability, reliability

__all__ = ["Evaluation", "LevelScore", "Truth", "TruthProblem", "evaluate", "read_relations", "read_truth", "told_pairs"]

_LEVEL = re.compile(r"\blevel=([\w-]+)")
_WEEKS = re.compile(r"\bweeks=(\d+)")
#: How hard a mirror hides, from not at all to fully; a pair has the level of its harder side.
_LEVEL_ORDER = ("original", "L0", "L1", "L2", "L3", "L4", "gated", "successor")
#: Names of relations in truth files -> the relations of ours that are right for them.
_RIGHT: Mapping[str, frozenset[str]] = {
    "same_operator": frozenset({Relation.SAME_OPERATOR}),
    "same_theme": frozenset({Relation.SAME_KIT}),
    "shared_hosting": frozenset({Relation.SAME_PROVIDER}),
    "impersonates": frozenset({Relation.COPY_OF}),
    "copied_tracker_id": frozenset({Relation.COPY_OF}),
}
_NEITHER = frozenset({"reseller_same_catalogue", "affiliate_link", "parked_alike"})


class TruthProblem(ValueError):
    """A truth or relations file that cannot be used: one sentence with file, line and mend."""


@dataclass(frozen=True, slots=True)
class Truth:
    """``operator`` and ``level`` by site; ``level`` is empty where the file gives none."""

    operator: Mapping[str, str]
    level: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LevelScore:
    """True pairs of one level: found and all; sites of that level joined to any site of their operator, and all."""

    pairs_found: int
    pairs: int
    sites_joined: int
    sites: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures. ``false_merges`` are (site, site, what the truth says of them); ``missed`` true pairs not joined;
    ``false_copies`` are pairs of strangers called copies where the relations name no copy, empty without relations;
    ``relations`` name -> (right, all); ``wrong_relations`` are (site, site, expected, found). ``reliability`` is that of the
    probabilities told, and ``many`` the number of operators of two storefronts or more."""

    sites: int
    operators: int
    clusters: int
    missing: int
    precision: float
    recall: float
    f1: float
    true_pairs: int
    found_pairs: int
    false_pairs: int
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    ari: float
    levels: Mapping[str, LevelScore]
    false_merges: Sequence[tuple[str, str, str]]
    missed: Sequence[tuple[str, str, str]]
    false_links: int
    false_copies: Sequence[tuple[str, str]]
    relations: Mapping[str, tuple[int, int]]
    wrong_relations: Sequence[tuple[str, str, str, str]]
    reliability: Reliability
    many: int


def read_truth(path: Path, week: str | None = None) -> Truth:
    """Columns ``site`` and ``operator``, others ignored; a ``level`` column or ``level=`` in ``notes`` splits the figures.

    With ``week``, rows whose notes say ``weeks=`` without that digit are left out.
    """
    operator: dict[str, str] = {}
    level: dict[str, str] = {}
    for number, row in _rows(path, ("site", "operator")):
        site = _site(row["site"])
        if not site or not row["operator"].strip():
            raise TruthProblem(f"{path}, line {number}: site or operator is empty; fill it in or take the line out")
        notes = row.get("notes") or ""
        weeks = _WEEKS.search(notes)
        if week is not None and weeks and week not in weeks[1]:
            continue
        found = _LEVEL.search(notes)
        if operator.get(site, row["operator"].strip()) != row["operator"].strip():
            raise TruthProblem(f"{path}, line {number}: {site} is given to another operator than before; keep one of the two lines")
        operator[site] = row["operator"].strip()
        level[site] = (row.get("level") or (found[1] if found else "")).strip()
    return Truth(operator, level)


def read_relations(path: Path) -> dict[tuple[str, str], frozenset[str]]:
    """Columns ``site_a``, ``site_b``, ``relation``: pair -> all relations named for it."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, row in _rows(path, ("site_a", "site_b", "relation")):
        a, b = sorted((_site(row["site_a"]), _site(row["site_b"])))
        found[a, b].add(row["relation"].strip())
    return {pair: frozenset(names) for pair, names in found.items()}


def evaluate(findings: Findings, truth: Truth, relations: Mapping[tuple[str, str], frozenset[str]] | None = None) -> Evaluation:
    """Score clusters and links. A site that the findings lack is a cluster of its own."""
    cluster_of = {row.site: row.cluster for row in findings.members}
    sites = sorted(truth.operator)
    label = {site: cluster_of.get(site, f"alone {site}") for site in sites}
    want, got = [truth.operator[s] for s in sites], [label[s] for s in sites]
    both, wanted, given = Counter(zip(want, got, strict=True)), Counter(want), Counter(got)
    hit, all_given, all_wanted = _pairs(both), _pairs(given), _pairs(wanted)
    precision = hit / all_given if all_given else 1.0
    recall = hit / all_wanted if all_wanted else 1.0
    b_precision = sum(n * n / given[y] for (_, y), n in both.items()) / len(sites) if sites else 1.0
    b_recall = sum(n * n / wanted[x] for (x, _), n in both.items()) / len(sites) if sites else 1.0
    relations = relations or {}
    return Evaluation(
        sites=len(sites),
        operators=len(wanted),
        clusters=len(given),
        missing=sum(site not in cluster_of for site in sites),
        precision=precision,
        recall=recall,
        f1=_f1(precision, recall),
        true_pairs=all_wanted,
        found_pairs=hit,
        false_pairs=all_given - hit,
        bcubed_precision=b_precision,
        bcubed_recall=b_recall,
        bcubed_f1=_f1(b_precision, b_recall),
        ari=_ari(hit, all_given, all_wanted, len(sites)),
        levels=_levels(truth, label),
        false_merges=_false_merges(truth, label, relations),
        missed=_missed(truth, label),
        false_links=_false_links(truth, findings.links),
        false_copies=_false_copies(truth, findings.links, relations) if relations else [],
        relations=_relation_scores(truth, findings.links, relations)[0],
        wrong_relations=_relation_scores(truth, findings.links, relations)[1],
        reliability=reliability(told_pairs(findings, truth)),
        many=sum(count > 1 for count in wanted.values()),
    )


def told_pairs(findings: Findings, truth: Truth) -> list[Asked]:
    """Every pair with a probability in the findings whose two operators are known, also those of which nothing holds."""
    return [
        Asked(row.probability, (truth.operator[row.site_a], truth.operator[row.site_b]), (row.site_a, row.site_b))
        for row in (*findings.links, *findings.compared)
        if row.site_a in truth.operator and row.site_b in truth.operator
    ]


def _rows(path: Path, wanted: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            lacking = [name for name in wanted if name not in (reader.fieldnames or ())]
            if lacking:
                raise TruthProblem(
                    f"{path}, line 1: no column named {lacking[0]}; the first line must name the columns {', '.join(wanted)}"
                )
            return [(reader.line_num, {key: value or "" for key, value in row.items() if key}) for row in reader]
    except FileNotFoundError:
        raise TruthProblem(f"{path}: there is no such file; name a CSV with the columns {', '.join(wanted)}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TruthProblem(f"{path}: cannot be read as CSV in UTF-8 ({error})") from error


def _site(text: str) -> str:
    host = re.sub(r"^[a-z]+://", "", text.strip().lower()).split("/")[0].split(":")[0].rstrip(".")
    return host.removeprefix("www.")


def _pairs(counts: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _ari(hit: int, given: int, wanted: int, sites: int) -> float:
    total = sites * (sites - 1) / 2
    if total == 0:
        return 1.0
    expected, most = given * wanted / total, (given + wanted) / 2
    return 1.0 if most == expected else (hit - expected) / (most - expected)


def _levels(truth: Truth, label: Mapping[str, str]) -> dict[str, LevelScore]:
    rank = {name: position for position, name in enumerate(_LEVEL_ORDER)}
    by_operator = _by_operator(truth)
    pairs_found: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    sites: Counter[str] = Counter()
    for members in by_operator.values():
        if len(members) < 2:
            continue
        for a, b in combinations(members, 2):
            level = max((truth.level[a], truth.level[b]), key=lambda name: rank.get(name, 0))
            pairs[level] += 1
            pairs_found[level] += label[a] == label[b]
        for site in members:
            sites[truth.level[site]] += 1
            joined[truth.level[site]] += any(label[site] == label[other] for other in members if other != site)
    names = sorted(set(pairs) | set(sites), key=lambda name: (rank.get(name, 99), name))
    return {name: LevelScore(pairs_found[name], pairs[name], joined[name], sites[name]) for name in names}


def _by_operator(truth: Truth) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for site in sorted(truth.operator):
        found[truth.operator[site]].append(site)
    return found


def _false_merges(
    truth: Truth, label: Mapping[str, str], relations: Mapping[tuple[str, str], frozenset[str]]
) -> list[tuple[str, str, str]]:
    rows = []
    for a, b in combinations(sorted(label), 2):
        if label[a] == label[b] and truth.operator[a] != truth.operator[b]:
            rows.append((a, b, ", ".join(sorted(relations.get((a, b), frozenset()))) or "nothing known"))
    return rows


def _missed(truth: Truth, label: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (a, b, f"{truth.level[a] or '-'} and {truth.level[b] or '-'}")
        for members in _by_operator(truth).values()
        for a, b in combinations(members, 2)
        if label[a] != label[b]
    ]


def _false_links(truth: Truth, links: Iterable[LinkRow]) -> int:
    return sum(row.relation == Relation.SAME_OPERATOR for row in _between_strangers(truth, links))


def _false_copies(
    truth: Truth, links: Iterable[LinkRow], relations: Mapping[tuple[str, str], frozenset[str]]
) -> list[tuple[str, str]]:
    copies = {pair for pair, names in relations.items() if any(Relation.COPY_OF in _RIGHT.get(name, ()) for name in names)}
    told = [(row.site_a, row.site_b) for row in _between_strangers(truth, links) if row.relation == Relation.COPY_OF]
    return sorted(pair for pair in told if pair not in copies)


def _between_strangers(truth: Truth, links: Iterable[LinkRow]) -> Iterator[LinkRow]:
    for row in links:
        one, other = truth.operator.get(row.site_a), truth.operator.get(row.site_b)
        if one is not None and other is not None and one != other:
            yield row


def _relation_scores(
    truth: Truth, links: Iterable[LinkRow], relations: Mapping[tuple[str, str], frozenset[str]]
) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str, str, str]]]:
    relation_of = {(row.site_a, row.site_b): row.relation for row in links}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    for (a, b), names in sorted(relations.items()):
        if a not in truth.operator or b not in truth.operator:
            continue
        found = relation_of.get((a, b), str(Relation.NONE))
        hidden = {truth.level.get(a, ""), truth.level.get(b, "")} & {"L3", "gated"}
        if "same_operator" in names:
            group, is_right = "same_operator", found == Relation.SAME_OPERATOR
        else:
            allowed = frozenset().union(*(_RIGHT.get(name, frozenset()) for name in names))
            is_right = found in allowed
            if names & _NEITHER and found not in (Relation.SAME_OPERATOR, Relation.COPY_OF):
                is_right = True
            group = sorted(names)[0]
            if hidden and group == "same_theme":
                group = "same_theme (L3 or gated)"
        asked[group] += 1
        right[group] += is_right
        if not is_right:
            wrong.append((a, b, "/".join(sorted(names)), found))
    return {name: (right[name], asked[name]) for name in sorted(asked)}, wrong
