"""The command line: one word per stage. Parses, calls, and turns every foreseeable failure into one sentence and an exit code."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis.evaluation import TruthProblem
from analysis.findings import FindingsProblem
from analysis.linkage.caps import ModelProblem
from analysis.reference.table import ReferenceProblem
from crawler.problems import InputProblem
from reports.escape import terminal
from samehand import alert, asking, calibrating, history, judging, keeping, stages, status, units, watch
from samehand.config import DEFAULT_FILE, ConfigProblem
from samehand.demo import telling
from samehand.problems import BadInput, Interrupted, StageFailed

__all__ = ["EXIT_CODES", "build_parser", "main"]

#: Every exit code and what it means; 3, 11 and 75 as web archiving and mail tools use them.
EXIT_CODES = {
    0: "done, also when nothing was found",
    1: "a stage failed",
    2: "bad input: a file, an option or a name that cannot be used",
    3: "the disk is full",
    11: "interrupted, what was done so far is kept",
    75: "another run holds the lock on this data folder",
}

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = build_parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command(arguments)
    except (BadInput, ConfigProblem, FindingsProblem, InputProblem, ModelProblem, ReferenceProblem, TruthProblem) as problem:
        return _say(2, str(problem))
    except StageFailed as problem:
        return _say(problem.exit_code, str(problem))
    except Interrupted as problem:
        return _say(11, str(problem))
    except KeyboardInterrupt:
        return _say(11, "interrupted; what finished stages have written is kept")
    except BrokenPipeError:
        # a reader such as `head` has left; keep the interpreter from complaining while it flushes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            return _say(3, f"the disk is full ({problem.filename or problem}); free some space and run the same command again")
        return _say(1, f"{problem.strerror or problem}: {problem.filename or ''}".rstrip(": "))


def _say(code: int, sentence: str) -> int:
    print(f"samehand: {terminal(sentence, 2000)}", file=sys.stderr)
    return code


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line."""
    parser = argparse.ArgumentParser(
        prog="samehand",
        description="Finds the same hand behind different storefronts.",
        epilog="exit codes: " + "; ".join(f"{code} {means}" for code, means in EXIT_CODES.items()),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"samehand {_version()}")
    words = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    run = _add(words, "run", stages.run, "crawl, analyse and report in one go", "samehand run shops.csv")
    _candidates(run)
    _crawl_options(run)

    demo = _add(words, "demo", telling.demo, "tell the story of a shop and its mirrors, offline", "samehand demo --seed 7")
    demo.add_argument("--seed", type=int, help="other names, hosts, companies, goods, ids, colours and texts")
    demo.add_argument("--without-control", action="store_true", help="take away every trace of one hand: mirrors become copies")
    demo.add_argument("--framed", action="store_true", help="give the copyist the original's merchant id")

    crawl = _add(
        words, "crawl", stages.crawl, "visit candidates: -> data/crawls/<crawl id>/", "samehand crawl shops.csv --hosts my-hosts"
    )
    _candidates(crawl)
    _crawl_options(crawl)

    bring = _add(words, "import", stages.bring_in, "bring in WARC or WACZ files as a crawl", "samehand import march.warc.gz")
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE", help="WARC (.warc, .warc.gz) or WACZ")
    bring.add_argument("--crawl-id", help="default: the date of the first record")
    bring.add_argument(
        "--certificates",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="logged ones: crt.sh's JSON, or CSV; repeatable",
    )

    analyse = _add(words, "analyse", stages.analyse, "a crawl -> data/findings/<crawl id>/", "samehand analyse 20260302T060000Z")
    analyse.add_argument("crawl", nargs="?", help="crawl id or folder (default: the newest)")
    analyse.add_argument(
        "--without", action="append", default=[], metavar="KIND", help="leave out a kind, fingerprint or family of evidence"
    )
    analyse.add_argument("--no-history", action="store_true", help="as if this were the first crawl")

    report = _add(words, "report", stages.report, "findings -> data/reports/<crawl id>/", "samehand report")
    report.add_argument("crawl", nargs="?", help="crawl id (default: the newest findings)")
    _plain(report)
    report.add_argument("--send", action="store_true", help="tell the configured recipients, as samehand alert does")

    told = _add(words, "alert", alert.alert, "tell by mail and webhook what is new since the last digest", "samehand alert")
    which = told.add_mutually_exclusive_group()
    which.add_argument("--since", metavar="CRAWL", help="tell everything after this crawl, whatever was sent before")
    which.add_argument("--resend", nargs="?", const="", metavar="CRAWL", help="send a digest again as it was (default: the last)")
    told.add_argument("--to", metavar="ADDRESS", help="with --resend: to this recipient only, or webhook")
    told.add_argument("--dry-run", action="store_true", help="say who would get what and write the mail; send and note nothing")

    watching = _add(words, "watch", watch.watch, "stay, and crawl, analyse and mail when due", "samehand watch shops.csv")
    _candidates(watching)
    _hosts(watching)
    watching.add_argument("--once", action="store_true", help="do what is due, catch up with what was missed, and end")
    watching.add_argument("--now", action="store_true", help="a first crawl now, then by the timetable")

    health = _add(words, "status", status.status, "what was done, what is next, is all well", "samehand status")
    health.description = f"{health.description} Exit code 0: healthy, 1: not."

    timer = _add(
        words, "schedule", units.print_schedule, "the timetable as systemd units or cron lines",
        "samehand schedule shops.csv --print systemd",
    )  # fmt: skip
    _candidates(timer)
    _hosts(timer)
    timer.add_argument("--print", choices=("systemd", "cron"), required=True, help="for whom")

    thinning = _add(words, "thin", keeping.thin_crawls, "old crawls keep only what their links rest on", "samehand thin --days 365")
    thinning.add_argument("--days", type=int, metavar="N", help="older than this before the newest (default: retention.days)")
    thinning.add_argument("--dry-run", action="store_true", help="say what would go, change nothing")

    forgetting = _add(
        words, "forget", keeping.forget, "take a site out of every crawl, finding and report",
        "samehand forget shop.example",
    )  # fmt: skip
    forgetting.add_argument("site", metavar="SITE")
    forgetting.add_argument("--why", default="", metavar="TEXT", help="kept beside the day it was done")
    forgetting.add_argument("--allow", action="store_true", help="let a forgotten site be crawled again")

    ordinary = _add(
        words,
        "reference",
        stages.reference,
        "count a crawl of ordinary shops as reference",
        "samehand reference add 20260302T060000Z",
    )
    ordinary.add_argument("action", choices=("add",), help="add: count the values of a crawl's ordinary shops")
    ordinary.add_argument("crawl", nargs="?", metavar="CRAWL", help="crawl id (default: the newest findings)")

    why = _add(words, "why", asking.why, "every contribution for and against a pair, in bits", "samehand why a.example b.example")
    why.add_argument("site_a", metavar="SITE")
    why.add_argument("site_b", metavar="SITE")
    why.add_argument("--crawl-id", help="default: the newest findings")
    _plain(why)

    show = _add(words, "show", asking.show, "what is known of a storefront or a cluster", "samehand show shop.example")
    show.add_argument("name", metavar="SITE|CLUSTER")
    show.add_argument("--crawl-id", help="default: the newest findings")
    _plain(show)

    past = _add(words, "history", history.history, "what happened to a storefront or a cluster", "samehand history shop.example")
    past.add_argument("name", metavar="SITE|CLUSTER")
    past.add_argument("--json", action="store_true", help="the time line as JSON")

    between = _add(
        words, "diff", history.diff, "what is different between two crawls", "samehand diff 20260302T060000Z 20260406T060000Z"
    )
    between.add_argument("crawl_a", metavar="CRAWL", help="crawl id; the older one is always the one compared from")
    between.add_argument("crawl_b", metavar="CRAWL")
    between.add_argument("--json", action="store_true", help="the changes as JSON")

    export = _add(
        words, "export", asking.export, "clusters, links or evidence as a file", "samehand export links --format csv -o links.csv"
    )
    export.add_argument("table", choices=asking.EXPORTED)
    export.add_argument("--format", choices=asking.FORMATS, default="csv")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    export.add_argument("--crawl-id", help="default: the newest findings")
    _plain(export)

    judge = _add(
        words,
        "judge",
        judging.judge,
        "record an analyst's decision on two storefronts or on a value",
        'samehand judge a.example b.example different --why "..."',
    )
    judge.add_argument("words", nargs="*", metavar="SITE SITE VERDICT", help="same, different or unsure")
    judge.add_argument("--value", action="store_true", help="the words are KIND VALUE VERDICT: noise, evidence or unsure")
    judge.add_argument("--why", metavar="TEXT", help="the reason; nobody can rely on a judgement without one")
    judge.add_argument("--who", metavar="NAME", help="who judges (default: the login name)")
    judge.add_argument(
        "--anyway", action="store_true", help="record it though the newest findings do not know the name or the value"
    )
    judge.add_argument("--import", dest="import_file", type=Path, metavar="FILE", help="bring in judgements from CSV, all or none")
    judge.add_argument(
        "--export", dest="export_file", type=Path, metavar="FILE", help="write all judgements as CSV; - for standard output"
    )

    review = _add(words, "review", judging.review, "what to judge next, the most useful question first", "samehand review --most 3")
    review.add_argument("--most", type=int, default=10, metavar="N", help="questions to print (default: 10)")
    review.add_argument("--format", choices=("text", "csv"), default="text")
    review.add_argument("-o", "--output", type=Path, metavar="FILE", help="with --format csv (default: standard output)")
    review.add_argument("--crawl-id", help="default: the newest findings")

    evaluate = _add(
        words,
        "evaluate",
        asking.evaluate,
        "score clusters against a truth",
        "samehand evaluate truth.csv --relations relations.csv",
    )
    evaluate.add_argument(
        "truth", type=Path, metavar="TRUTH.csv", help="columns site,operator; a level column or level= in notes splits"
    )
    evaluate.add_argument("--relations", type=Path, metavar="FILE", help="columns site_a,site_b,relation")
    evaluate.add_argument("--week", help="leave out rows whose notes say weeks= without this digit")
    evaluate.add_argument("--crawl-id", help="default: the newest findings")
    evaluate.add_argument("--json", action="store_true", help="figures as JSON")

    fit = _add(
        words,
        "calibrate",
        calibrating.calibrate,
        "fit caps and prior to labelled crawls, and say how far probabilities can be believed",
        "samehand calibrate truth.csv -o model.toml",
    )
    fit.add_argument("truth", type=Path, metavar="TRUTH.csv", help="columns site,operator")
    fit.add_argument("--week", help="leave out rows whose notes say weeks= without this digit")
    fit.add_argument("-o", "--output", type=Path, metavar="FILE", help="the model file (default: standard output)")
    fit.add_argument("--crawl-id", nargs="+", metavar="ID", help="crawls that the truth labels (default: the newest findings)")
    fit.add_argument(
        "--also",
        nargs=2,
        action="append",
        metavar=("TRUTH.csv", "FINDINGS"),
        help="another truth and the findings it labels: a folder of findings, or a data folder for its newest; repeatable",
    )
    return parser


def _add(
    words: argparse._SubParsersAction[argparse.ArgumentParser], name: str, command: Command, what: str, example: str
) -> argparse.ArgumentParser:
    parser = words.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".", epilog=f"example: {example}", allow_abbrev=False
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("data"),
        metavar="DIR",
        help="where crawls, findings and reports are kept (default: data/)",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help=f"settings (default: {DEFAULT_FILE} where there is one)")
    parser.set_defaults(command=command)
    return parser


def _candidates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("candidates", metavar="CANDIDATES", help="CSV or text file of URLs or domains; - for standard input")


def _hosts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hosts", type=Path, metavar="FILE", help="names resolved by this file first; hosts(5), ports as 127.0.0.1:18080,18443"
    )
    parser.add_argument("--hosts-only", action="store_true", help="never resolve or contact anything outside --hosts")


def _plain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plain", metavar="REASON", help="do not mask people's data; who asked, when and why is written down")


def _crawl_options(parser: argparse.ArgumentParser) -> None:
    _hosts(parser)
    parser.add_argument("--crawl-id", help="default: now, as 20260302T060000Z")
    parser.add_argument(
        "--lookalikes", action="store_true", help="resolve look-alike names of each candidate, visit those that exist"
    )


def _version() -> str:
    try:
        return version("samehand")
    except PackageNotFoundError:
        return "(not installed)"
