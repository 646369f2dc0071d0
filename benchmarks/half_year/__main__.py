"""``python -m benchmarks.half_year SEED...``: 26 weeks through the command line for each seed; what was told, missed, invented."""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from aiosmtpd.controller import Controller

from benchmarks.half_year.pages import render
from benchmarks.half_year.plan import WEEKS, Plan, crawl_id, is_listed_by_tls, make_plan, moment
from benchmarks.half_year.scoring import Row, Score, markdown, score
from benchmarks.half_year.serving import Front, serve

_CONFIG = """[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "samehand@desk.example"
recipients = ["desk@rights.example"]
[report]
attach_csv = true
"""


class _Inbox:
    """A real SMTP server's memory: every message with its envelope."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.read = 0

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        self.messages.append(message_from_bytes(getattr(envelope, "original_content", b""), EmailMessage, policy=SMTP))
        return "250 kept"


def main(argv: Sequence[str] | None = None) -> int:
    """Simulate, score, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.half_year", description=__doc__)
    parser.add_argument("seeds", nargs="+", type=int, metavar="SEED")
    parser.add_argument("--weeks", type=int, default=WEEKS, help="stop after so many weeks")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep data folders here")
    arguments = parser.parse_args(argv)
    scores = []
    for seed in arguments.seeds:
        with tempfile.TemporaryDirectory(prefix=f"half-year-{seed}-") as scratch:
            folder = (arguments.keep or Path(scratch)) / f"seed-{seed}"
            folder.mkdir(parents=True, exist_ok=True)
            scores.append(_half_year(seed, folder, arguments.weeks))
            print(markdown(scores[-1]), flush=True)
    good = all(one.is_clean for one in scores)
    told, planted = sum(one.told for one in scores), sum(one.planted for one in scores)
    invented = sum(len(one.invented) for one in scores)
    print(f"{len(scores)} half years, {told} of {planted} events told once and in their week, {invented} invented")
    return 0 if good else 1


def _half_year(seed: int, folder: Path, weeks: int) -> Score:
    plan = make_plan(seed)
    inbox = _Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=_free_port())
    controller.start()
    rows: list[Row] = []
    clusters: list[dict[str, str]] = []
    started = time.monotonic()
    try:
        config = folder / "samehand.toml"
        config.write_text(_CONFIG.format(port=controller.port))
        for week in range(weeks):
            _week(plan, week, folder, config)
            rows += _mailed(inbox, week)
            clusters.append(_clusters(folder, config))
            _say(f"seed {seed}: week {week} done, {len(inbox.messages)} mails, {time.monotonic() - started:.0f} s")
    finally:
        controller.stop()
    return score(seed, plan, weeks, rows, clusters, len(inbox.messages))


def _week(plan: Plan, week: int, folder: Path, config: Path) -> None:
    for step in plan.steps.get(week, ()):
        step()
    known = [shop for shop in plan.shops if shop.born <= week]
    fronts = {shop.host: Front(shop, render(shop), shop.out.get(week, "")) for shop in known}
    listed = folder / "candidates.csv"
    listed.write_text(
        "url\n"
        + "".join(
            f"{'https' if is_listed_by_tls(number) else 'http'}://{shop.host}/\n"
            for number, shop in enumerate(plan.shops)
            if shop.born <= week
        )
    )
    data = ["--data", str(folder / "data"), "--config", str(config)]
    with serve(fronts, moment(week)) as hosts:
        (folder / "hosts").write_text(hosts)
        _run("crawl", str(listed), "--hosts", str(folder / "hosts"), "--hosts-only", "--crawl-id", crawl_id(week), *data)
    for correction in plan.corrections:
        if correction.week == week:
            for other in correction.others:
                if any(shop.host == other and shop.born <= week for shop in plan.shops):
                    _run(
                        "judge",
                        correction.site,
                        other,
                        "different",
                        "--why",
                        "a client of the same agency",
                        "--who",
                        "analyst",
                        *data,
                    )
    _run("analyse", crawl_id(week), *data)
    _run("report", crawl_id(week), *data)
    _run("alert", *data)


def _run(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "samehand", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"samehand {' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _mailed(inbox: _Inbox, week: int) -> list[Row]:
    """The rows of the changes attached to the mails of this week."""
    rows = []
    new = inbox.messages[inbox.read :]
    inbox.read = len(inbox.messages)
    for message in new:
        for part in message.iter_attachments():
            name, body = part.get_filename() or "", part.get_payload(decode=True)
            if not isinstance(body, bytes) or "changes" not in name:
                continue
            if name.endswith(".gz"):
                body = gzip.decompress(body)
            elif name.endswith(".zip"):
                with zipfile.ZipFile(io.BytesIO(body)) as archive:
                    body = archive.read(archive.namelist()[0])
            for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig"))):
                rows.append(Row(week, row["what"], row["site"].replace("[.]", "."), row.get("after", ""), row.get("sentence", "")))
    return rows


def _clusters(folder: Path, config: Path) -> dict[str, str]:
    """site -> its cluster's id."""
    text = _run("export", "clusters", "--format", "csv", "--data", str(folder / "data"), "--config", str(config))
    return {row["site"].replace("[.]", "."): row["cluster"] for row in csv.DictReader(io.StringIO(text))}


def _free_port() -> int:
    with socket.socket() as probing:
        probing.bind(("127.0.0.1", 0))
        return int(probing.getsockname()[1])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
