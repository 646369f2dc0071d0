"""Questions to the findings: why, show, export, evaluate. Nothing here writes but ``export``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys

from analysis.evaluation import Evaluation, read_relations, read_truth
from analysis.evaluation import evaluate as score
from analysis.evidence import Family
from analysis.findings import EvidenceRow, Findings
from analysis.masking import Shown
from analysis.reliability import ENOUGH_OPERATORS
from reports.escape import defang_text, terminal
from reports.exports import Form, Table, write, write_stream
from reports.words import count, payment_words
from samehand.data_folder import DataFolder
from samehand.problems import BadInput
from samehand.showing import wanted

__all__ = ["EXPORTED", "FORMATS", "evaluate", "export", "show", "site_names", "why"]

EXPORTED = ("clusters", "links", "evidence")
FORMATS = ("csv", "json", "parquet")


def why(arguments: argparse.Namespace) -> int:
    """Every contribution to one pair."""
    data = DataFolder(arguments.data)
    findings = data.found(arguments.crawl_id)
    a, b = sorted(_site(findings, name) for name in (arguments.site_a, arguments.site_b))
    for name in (a, b):
        if any(item.site == name and item.kind == "service" for item in findings.storefronts):
            raise BadInput(
                f"{name}: a service that answers for storefronts, not a storefront; `samehand show {name}` tells what it names"
            )
    if a == b:
        raise BadInput(f"{a}: name two different storefronts")
    findings = wanted(arguments, data, findings, f"why {a} {b}", (a, b))
    row = next((link for link in (*findings.links, *findings.compared) if (link.site_a, link.site_b) == (a, b)), None)
    if row is None:
        print(f"{_text(a)} and {_text(b)}: they share too little to be compared, or nothing came of it")
        _print_unread(findings, a, b)
        return 0
    print(f"{_text(row.sentence)}")
    rows = [item for item in findings.evidence if (item.site_a, item.site_b) == (a, b)]
    judged = [item for item in rows if item.family == Family.JUDGEMENT]
    alone = "the evidence alone gives a " if judged else ""
    print(f"relation {row.relation}, {alone}probability of one operator {row.probability:.3f}, match weight {row.bits:+.1f} bits")
    _print_unread(findings, a, b)
    if judged:
        print("\njudged")
    for item in judged:
        print(f"          {_text(item.sentence)}")
    order = {"for": 0, "against": 1, "explained": 2}
    rows = [item for item in rows if item.family != Family.JUDGEMENT]
    rows.sort(key=lambda item: (order[item.direction], -abs(item.bits), item.kind, item.value))
    prior = row.bits - sum(item.bits for item in rows)
    print(f"\n  {prior:+6.1f}  prior: how likely any two of these candidates have one operator")
    heading = ""
    for item in rows:
        if item.direction != heading:
            heading = item.direction
            print({"for": "\nfor", "against": "\nagainst", "explained": "\nshared, but explained (0 bits)"}[heading])
        _print_evidence(item)
    return 0


def _print_unread(findings: Shown, *sites: str) -> None:
    """What the pair could not be asked about: a fingerprint that failed is neither for nor against."""
    for front in findings.storefronts:
        if front.site in sites and front.unread:
            print(f"not compared: {_text(front.site)} could not be read in {', '.join(sorted(front.unread_in))}")


def _print_evidence(item: EvidenceRow) -> None:
    print(f"  {item.bits:+6.1f}  {_text(item.sentence)}")
    print(f"          {item.kind}, class {item.cls}, family {item.family}, m {item.m:.3g}, u {item.u:.2g} ({item.u_source})")
    for site, url, digest in ((item.site_a, item.url_a, item.digest_a), (item.site_b, item.url_b, item.digest_b)):
        if url:
            print(f"          {_text(site)}: {_text(url)} sha256:{_text(digest)}")


def show(arguments: argparse.Namespace) -> int:
    """What is known of one storefront or one cluster."""
    data = DataFolder(arguments.data)
    findings = data.found(arguments.crawl_id)
    clusters = {row.cluster: row for row in findings.clusters}
    if arguments.name in clusters:
        return _show_cluster(wanted(arguments, data, findings, f"show {arguments.name}"), arguments.name)
    site = _site(findings, arguments.name)
    findings = wanted(arguments, data, findings, f"show {site}", (site,))
    row = next(item for item in findings.storefronts if item.site == site)
    member = next((item for item in findings.members if item.site == site), None)
    print(f"{_text(row.site)}  {_text(row.title)}")
    facts = {
        "address": row.url,
        "visit": f"{row.outcome} {row.reason}".strip(),
        "page state": f"{row.page_state} ({row.marks})" if row.marks else row.page_state,
        "company": row.company,
        "payment": payment_words(row),
        "languages": row.languages,
        "products": str(row.products),
        "pages read": str(row.pages),
        "not read": f"{', '.join(sorted(row.unread_in))}: nothing of that is compared or watched" if row.unread else "",
        "discovered": f"from {row.discovered_by}, {row.discovered_how}" if row.discovered_by else "",
        "cluster": f"{member.cluster} since {member.first_seen}, last proved {member.proved}" if member else "",
    }
    for name, value in facts.items():
        if value:
            print(f"  {name:12} {_text(value)}")
    links = [item for item in findings.links if site in (item.site_a, item.site_b)]
    links.sort(key=lambda item: (-item.probability, item.relation, item.site_a, item.site_b))
    for link in links:
        other = link.site_b if link.site_a == site else link.site_a
        review = "  for review" if link.review else ""
        print(f"  {link.relation:13} {link.probability:5.3f}  {_text(other)}{review}")
    traces = [item for item in findings.traces if item.site == site]
    kinds: dict[str, list[str]] = {}
    for trace in traces:
        kinds.setdefault(trace.kind, []).append(trace.shown or trace.value)
    print(f"  traces       {len(traces)} of {len(kinds)} kinds")
    for kind, values in sorted(kinds.items()):
        listed = ", ".join(_text(value[:60]) for value in values[:4])
        print(f"    {kind:32} {len(values):5}  {listed}{' ...' if len(values) > 4 else ''}")
    return 0


def _show_cluster(findings: Shown, name: str) -> int:
    row = next(item for item in findings.clusters if item.cluster == name)
    print(f"cluster {row.cluster}: {count(row.size, 'storefront')}, first seen {row.first_seen}, last seen {row.last_seen}")
    if row.size > 1:
        print(f"  density {row.density:.2f}, weakest link {_text(row.weakest)}")
    if row.bridges:
        print(f"  cut bridges: {_text(row.bridges)}")
    for member in sorted((item for item in findings.members if item.cluster == name), key=lambda item: item.site):
        print(f"  {_text(member.site)}  {member.probability:.3f}  first seen {member.first_seen}, last proved {member.proved}")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """One table as a file."""
    data = DataFolder(arguments.data)
    findings = data.found(arguments.crawl_id)
    table, form, output = Table(arguments.table), Form(arguments.format), arguments.output
    if output is None and form is Form.PARQUET:
        raise BadInput("Parquet is written to a file; name one with -o FILE")
    if output is not None and (output.is_dir() or not output.parent.is_dir()):
        raise BadInput(f"{output}: not a file in an existing folder; name one, such as {table}.{form}")
    told = wanted(arguments, data, findings, f"export {table}")
    if output is None:
        write_stream(told, table, form, sys.stdout)
    else:
        write(told, table, form, output)
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Figures against a truth."""
    truth = read_truth(arguments.truth, arguments.week)
    relations = read_relations(arguments.relations) if arguments.relations else {}
    found = score(DataFolder(arguments.data).found(arguments.crawl_id), truth, relations)
    if arguments.json:
        print(json.dumps(dataclasses.asdict(found), indent=1, sort_keys=True))
    else:
        _print_evaluation(found)
    return 0


def _print_evaluation(found: Evaluation) -> None:
    print(f"sites {found.sites}, operators {found.operators}, clusters {found.clusters}, sites without a cluster {found.missing}")
    print(
        f"pairwise  precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}"
        f"   ({found.found_pairs} of {found.true_pairs} pairs, {found.false_pairs} false)"
    )
    print(f"B-cubed   precision {found.bcubed_precision:.3f}  recall {found.bcubed_recall:.3f}  F1 {found.bcubed_f1:.3f}")
    print(f"ARI       {found.ari:.3f}")
    print(f"false same-operator links {found.false_links}")
    _print_reliability(found)
    if any(found.levels):
        print("recall by level: pairs found, sites joined")
        for name, level in found.levels.items():
            print(f"  {name or '-':10} {level.pairs_found}/{level.pairs}   {level.sites_joined}/{level.sites}")
    for a, b, known in found.false_merges:
        print(f"false merge: {_text(a)} and {_text(b)} ({known})")
    for a, b, levels in found.missed:
        print(f"missed: {_text(a)} and {_text(b)} ({levels})")
    if found.relations:
        right, asked = sum(row[0] for row in found.relations.values()), sum(row[1] for row in found.relations.values())
        print(f"relations right {right}/{asked} ({right / asked:.1%})")
        for name, (hit, total) in found.relations.items():
            print(f"  {name:32} {hit}/{total}")
        for a, b, expected, got in found.wrong_relations:
            print(f"wrong relation: {_text(a)} and {_text(b)}: {expected}, found {got}")
        print(f"strangers called copies where no copy is listed {len(found.false_copies)}")
        for a, b in found.false_copies:
            print(f"false copy: {_text(a)} and {_text(b)}")


def _print_reliability(found: Evaluation) -> None:
    shown = found.reliability
    if shown.error is None or shown.by_chance is None:
        print("calibration: no pair has a probability from 0.02 to 0.98")
        return
    interval = f", 95 % over operators {shown.interval[0]:.3f} to {shown.interval[1]:.3f}" if shown.interval else ""
    print(
        f"calibration error {shown.error:.3f} over {shown.pairs} pairs with a probability from 0.02 to 0.98{interval};"
        f" a model that is right about each would show {shown.by_chance:.3f}"
    )
    if found.many < ENOUGH_OPERATORS:
        print(f"  operators of two storefronts or more: {found.many}, too few to say how well this holds for others")
    for row in shown.bins:
        print(f"  {row.low:.1f} to {row.high:.1f}   pairs {row.pairs:<5} mean probability {row.mean:.3f}   true {row.true:.3f}")


def _site(findings: Findings, name: str) -> str:
    sites = {row.site for row in findings.storefronts}
    for candidate in site_names(name):
        if candidate in sites:
            return candidate
    raise BadInput(
        f"{name}: no such storefront or cluster in the findings of {findings.crawl_id}; `samehand export clusters` lists them"
    )


def site_names(name: str) -> tuple[str, str]:
    """What a user may mean by a name or an address, defanged or not: as it stands, and without ``www.``."""
    wanted = name.strip().lower().replace("hxxp", "http").removeprefix("http://").removeprefix("https://")
    wanted = wanted.split("/")[0].replace("[.]", ".").rstrip(".")
    return wanted, wanted.removeprefix("www.")


def _text(text: str) -> str:
    """Safe for a terminal, addresses defanged."""
    return terminal(defang_text(text))
