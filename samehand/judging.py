"""What analysts decide: ``judge`` records it, ``review`` says what to decide next."""

from __future__ import annotations

import argparse
import difflib
import getpass
import sys
from dataclasses import replace
from pathlib import Path

from analysis.clusters.corrections import LAST_NOTE
from analysis.clusters.review import Question, review_questions
from analysis.evidence import Kind, Mode
from analysis.findings import Findings, latest, read
from analysis.fingerprints.registry import KINDS
from analysis.linkage.corpus import ANSWER_KINDS
from analysis.linkage.judgements import VALUE_KEPT, Judgement, Standing, Verdict
from analysis.people import Masks
from reports.escape import csv_line, defang_text, terminal
from reports.landing import replace_file
from reports.languages.catalogue import ENGLISH
from reports.stories import pair_story
from reports.words import count
from samehand.config import read_config
from samehand.data_folder import DataFolder
from samehand.judgements import add, as_csv, bring_in, new_entry, now, read_csv, recorded
from samehand.own_lists import standing_of
from samehand.problems import BadInput
from samehand.showing import masks_of, shown

__all__ = ["QUEUE_COLUMNS", "judge", "review"]

#: Columns of the exported queue; filled in (verdict, why), `samehand judge --import` takes it as it is.
QUEUE_COLUMNS = (
    "site_a",
    "site_b",
    "verdict",
    "why",
    "usefulness",
    "decides",
    "probability",
    "relation",
    "asked_for",
    "sentence",
    "for",
    "against",
)
_KINDS: dict[str, Kind] = {**KINDS, **{kind.name: kind for kind in ANSWER_KINDS}}
_FORMS = {
    False: 'samehand judge SITE SITE same|different|unsure --why "..."',
    True: 'samehand judge --value KIND VALUE noise|evidence|unsure --why "..."',
}


def judge(arguments: argparse.Namespace) -> int:
    """Record one judgement, or bring in or write out all of them."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    if arguments.import_file is not None or arguments.export_file is not None:
        if arguments.words or arguments.value or (arguments.import_file is not None and arguments.export_file is not None):
            raise BadInput("--import and --export stand alone: give one of them, and no judgement beside it")
        if arguments.import_file is not None:
            return _import(arguments, data)
        return _export(arguments.export_file, data)
    if len(arguments.words) != 3:
        raise BadInput(f"a judgement is three words: {_FORMS[arguments.value]}")
    findings = _newest(data)
    standing = standing_of(data, config)
    entry = _of_value(arguments, findings, masks_of(data)) if arguments.value else _of_pair(arguments, findings, standing)
    earlier = _earlier(entry, standing)
    entry = add(data.state, entry)
    masks = masks_of(data)
    print(f"recorded as {entry.number}: {_text(_said(entry, masks))} ({_text(entry.by)})")
    if earlier is not None:
        print(f"it wins over {earlier.number}: {_text(_said(earlier, masks))} ({_text(earlier.by)})")
    known = {conflict.sentence for conflict in standing.conflicts}
    after = standing_of(data, config)
    for conflict in after.conflicts:
        if conflict.sentence not in known:
            print(f"conflict: {_text(masks.text(conflict.sentence))}")
    for line in _consequence(entry, findings):
        print(line)
    return 0


def review(arguments: argparse.Namespace) -> int:
    """The open questions, the most useful first."""
    if arguments.most < 1:
        raise BadInput(f"--most {arguments.most}: must be at least 1")
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    findings = shown(data, data.found(arguments.crawl_id))
    standing = standing_of(data, config)
    questions = review_questions(findings, standing)
    if arguments.format == "csv":
        text = csv_line(QUEUE_COLUMNS) + "".join(csv_line(_cells(question)) for question in questions)
        if arguments.output is None:
            sys.stdout.write(text)
        else:
            _write(arguments.output, text, "queue.csv")
        return 0
    if arguments.output is not None:
        raise BadInput("-o writes the queue as CSV: add --format csv")
    for conflict in standing.conflicts:
        print(f"conflict: {_text(masks_of(data).text(conflict.sentence))}")
    pending = sum(row.number > int(findings.notes.get(LAST_NOTE, "0")) for row in standing.history)
    if pending:
        print(f"{count(pending, 'judgement')} not yet in the findings of {findings.crawl_id}: `samehand analyse` takes them up")
    if not questions:
        print(f"nothing to decide in the findings of {findings.crawl_id}")
        return 0
    for number, question in enumerate(questions[: arguments.most], 1):
        _print_question(number, question, findings, arguments.data)
    more = len(questions) - min(arguments.most, len(questions))
    if more:
        print(f"\n{count(more, 'question')} more: --most {len(questions)} shows them, --format csv -o FILE writes them")
    return 0


def _of_pair(arguments: argparse.Namespace, findings: Findings | None, standing: Standing) -> Judgement:
    one, two, verdict = arguments.words
    entry = new_entry(verdict, who=_who(arguments), why=_why(arguments, value=False), when=now(), sites=(one, two))
    rows = {row.site: row for row in findings.storefronts} if findings else {}
    for site in entry.pair:
        if site not in rows and not arguments.anyway:
            where = f"in the findings of {findings.crawl_id}" if findings else "yet, for there are no findings"
            near = difflib.get_close_matches(site, rows, n=1, cutoff=0.8)
            meant = f" (did you mean {near[0]}?)" if near else ""
            raise BadInput(f"{site}: no such storefront {where}{meant}; --anyway records the judgement in advance")
        if site in rows and rows[site].kind == "service":
            raise BadInput(f"{site}: a service that answers for storefronts, not a storefront; name two storefronts")
    if entry.verdict is Verdict.SAME and standing.protected.get(entry.site_a) != standing.protected.get(entry.site_b):
        listed = " and ".join(f"{site} is {standing.protected[site].words}" for site in entry.pair if site in standing.protected)
        raise BadInput(f"{listed}, and can be in no other operator's cluster; mend the list if that is wrong")
    return entry


def _of_value(arguments: argparse.Namespace, findings: Findings | None, masks: Masks) -> Judgement:
    kind, given, verdict = arguments.words
    if kind not in _KINDS or _KINDS[kind].mode is Mode.NOTE:
        compared = sorted(name for name, row in _KINDS.items() if row.mode is not Mode.NOTE)
        near = difflib.get_close_matches(kind, compared, n=3, cutoff=0.4)
        meant = f"; did you mean {' or '.join(near)}?" if near else "; docs/evidence.md lists them"
        what = "is shown and never compared" if kind in _KINDS else "no such kind of evidence"
        raise BadInput(f"{kind}: {what}{meant}")
    value = given if arguments.anyway else _value_named(kind, given, findings, masks)
    return new_entry(verdict, who=_who(arguments), why=_why(arguments, value=True), when=now(), value=(kind, value))


def _said(entry: Judgement, masks: Masks) -> str:
    """What was judged; of a value that is a person's its mask."""
    return replace(entry, value=masks.of(entry.kind, entry.value)).said if entry.is_of_value else entry.said


def _value_named(kind: str, given: str, findings: Findings | None, masks: Masks) -> str:
    """The canonical value that somebody typed as it is, as it is shown, or as it is printed, defanged and masked."""
    wanted = given.strip()
    exact: set[str] = set()
    shown: set[str] = set()
    seen = ((row.value, row.shown) for row in findings.traces if row.kind == kind) if findings else ()
    weighed = ((row.value, row.shown) for row in findings.evidence if row.kind == kind and row.value) if findings else ()
    for value, text in (*seen, *weighed):
        if given == value:
            exact.add(value[:VALUE_KEPT])
        elif wanted in (value, text, _text(value), _text(text)) or _is_mask(wanted, masks.of(kind, value)):
            shown.add(value[:VALUE_KEPT])
    found = exact or shown
    if len(found) == 1:
        return found.pop()
    if found:
        several = " or ".join(masks.of(kind, value) for value in sorted(found)[:3])
        raise BadInput(f"{given}: is shown for {len(found)} values of {kind}; give the value itself: {several}")
    raise BadInput(f"{given}: no storefront of the newest findings shows this {kind}; --anyway records the judgement in advance")


def _is_mask(wanted: str, mask: str) -> bool:
    return wanted in (mask, _text(mask))


def _import(arguments: argparse.Namespace, data: DataFolder) -> int:
    entries = read_csv(arguments.import_file, who=_who(arguments), when=now())
    unknown = [
        f"line {entry.line}: no kind of evidence is named {entry.judgement.kind}"
        for entry in entries
        if entry.judgement.is_of_value and entry.judgement.kind not in _KINDS
    ]
    if unknown:
        raise BadInput(
            f"{arguments.import_file}: {' | '.join(unknown[:5])}; nothing was brought in, docs/evidence.md lists the kinds"
        )
    judgements = [entry.judgement for entry in entries]
    added = bring_in(data.state, judgements) if judgements else 0
    print(f"{count(added, 'judgement')} brought in, {len(judgements) - added} known before")
    findings = _newest(data)
    if findings is not None:
        sites = {row.site for row in findings.storefronts}
        strange = {site for item in judgements if not item.is_of_value for site in item.pair if site not in sites}
        if strange:
            print(f"{count(len(strange), 'storefront')} of them not in the findings of {findings.crawl_id}: kept for when they are")
    return 0


def _export(path: Path, data: DataFolder) -> int:
    text = as_csv(recorded(data.state))
    if str(path) == "-":
        sys.stdout.write(text)
    else:
        _write(path, text, "judgements.csv")
    return 0


def _write(path: Path, text: str, example: str) -> None:
    if path.is_dir() or not path.parent.is_dir():
        raise BadInput(f"{path}: not a file in an existing folder; name one, such as {example}")
    replace_file(path, text.encode())


def _newest(data: DataFolder) -> Findings | None:
    folder = latest(data.findings)
    return read(folder) if folder else None


def _who(arguments: argparse.Namespace) -> str:
    if arguments.who:
        return str(arguments.who)
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise BadInput("this login has no name: say who judges with --who NAME") from None


def _why(arguments: argparse.Namespace, *, value: bool) -> str:
    if not (arguments.why or "").strip():
        raise BadInput(f"a judgement needs its reason, for others will rely on it: {_FORMS[value]}")
    return str(arguments.why)


def _earlier(entry: Judgement, standing: Standing) -> Judgement | None:
    if entry.is_of_value:
        rows = [row for row in standing.history if (row.kind, row.value[:VALUE_KEPT]) == (entry.kind, entry.value[:VALUE_KEPT])]
        return rows[-1] if rows else None
    return standing.pairs.get(entry.pair)


def _consequence(entry: Judgement, findings: Findings | None) -> list[str]:
    """What the newest findings say now, and that the next analysis takes the judgement up."""
    if findings is None:
        return ["the first analysis takes it up"]
    if entry.is_of_value:
        key = (entry.kind, entry.value[:VALUE_KEPT])
        pairs = {(row.site_a, row.site_b) for row in findings.evidence if (row.kind, row.value) == key and row.bits > 0}
        now_said = f"it counts for {count(len(pairs), 'pair')}"
    else:
        cluster_of = {row.site: row.cluster for row in findings.members}
        if not {entry.site_a, entry.site_b} <= cluster_of.keys():
            return ["the next analysis that sees both takes it up"]
        together = cluster_of[entry.site_a] == cluster_of[entry.site_b]
        now_said = "they are in one cluster" if together else "they are in two clusters"
    return [f"in the findings of {findings.crawl_id} {now_said}; `samehand analyse` takes the judgement up"]


def _print_question(number: int, question: Question, findings: Findings, data: Path) -> None:
    link = question.link
    print(f"\n{number}. {_text(link.sentence)}")
    sure = ENGLISH.sure(link.probability)
    print(f"   {question.asked_for}; one operator is {sure}; the answer decides {count(question.decides, 'pair')}", end="")
    print(f" and settles {count(question.also, 'more question')}" if question.also else "", end="")
    print(f"; usefulness {question.usefulness:.3g}")
    if question.unsure is not None:
        print(f"   left open by {_text(question.unsure.by)}{_text(question.unsure.because)}")
    story = pair_story(link, findings.evidence)
    for name, texts in (("for", story.reasons), ("against", (story.counter,) if story.counter else ())):
        for text in texts:
            print(f"   {name:8} {text}")
    where = "" if data == Path("data") else f" --data {terminal(str(data))}"
    print(f'   samehand judge {terminal(link.site_a)} {terminal(link.site_b)} same|different|unsure --why "..."{where}')


def _cells(question: Question) -> tuple[str | int | float, ...]:
    link = question.link
    figures = (question.usefulness, question.decides, round(link.probability, 6))
    words = (link.relation, question.asked_for, link.sentence, link.pro, link.contra)
    return (link.site_a, link.site_b, "", "", *figures, *words)


def _text(text: str) -> str:
    """Safe for a terminal, addresses defanged."""
    return terminal(defang_text(text))
