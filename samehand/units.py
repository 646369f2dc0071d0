"""``samehand schedule --print``: the same timetable for those who would rather have systemd or cron start things."""

from __future__ import annotations

import argparse
import getpass
import os
import shlex
import sys
from pathlib import Path

from samehand.config import Config, read_config
from samehand.data_folder import DataFolder
from samehand.problems import BadInput
from samehand.schedule import Job, jobs

__all__ = ["print_schedule"]


def print_schedule(arguments: argparse.Namespace) -> int:
    """Print systemd units or crontab lines for this list, data folder and configuration."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    listed = [job for job in jobs(config) if job.name == "crawl"]
    if not listed:
        raise BadInput('schedule.crawl is empty: write [schedule] and crawl = "0 6 * * MON" into samehand.toml')
    if not Path(arguments.candidates).is_file():
        raise BadInput(f"{arguments.candidates}: there is no such file; name the CSV or text file to crawl")
    command = _command(arguments, config, data)
    print(_systemd(command, listed[0]) if arguments.print == "systemd" else _cron(command, listed[0]))
    return 0


def _command(arguments: argparse.Namespace, config: Config, data: DataFolder) -> list[str]:
    """``watch --once`` with absolute paths: it knows what was done, goes on with what was cut off, and catches up once."""
    words = [sys.executable, "-m", "samehand", "watch", str(Path(arguments.candidates).resolve()), "--once"]
    words += ["--data", str(data.root.resolve())]
    if config.source:
        words += ["--config", str(Path(config.source).resolve())]
    if arguments.hosts:
        words += ["--hosts", str(Path(arguments.hosts).resolve())]
    return words + (["--hosts-only"] if arguments.hosts_only else [])


def _systemd(command: list[str], job: Job) -> str:
    occasions = "\n".join(f"OnCalendar={line}" for line in job.timetable.systemd())
    return f"""# /etc/systemd/system/samehand.service
[Unit]
Description=samehand: crawl, analyse and mail what changed
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
User={_user()}
WorkingDirectory={_unit_path(str(Path.cwd()))}
ExecStart={" ".join(_unit_word(word) for word in command)}
# 75: another run is at work
SuccessExitStatus=75
# what failed or was cut off is taken up again
Restart=on-failure
RestartSec=10min
KillSignal=SIGTERM
TimeoutStopSec=90

# /etc/systemd/system/samehand.timer
[Unit]
Description=when samehand is due

[Timer]
{occasions}
# what passed while the machine was off is caught up with once
Persistent=true
Unit=samehand.service

[Install]
WantedBy=timers.target

# then: systemctl daemon-reload && systemctl enable --now samehand.timer"""


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a login without a name, as in a container: systemd takes its number too
        return str(os.getuid())


def _cron(command: list[str], job: Job) -> str:
    line = " ".join(shlex.quote(word) for word in command)
    log = shlex.quote(str(Path.cwd() / "samehand.log"))
    # cron ends a command at an unescaped per cent sign
    run = f"cd {shlex.quote(str(Path.cwd()))} && {line} >> {log} 2>&1".replace("%", "\\%")
    fields = " ".join(job.timetable.expression.split())
    zone = job.timetable.zone.key
    return f"""# crontab -e; the times are those of {zone}: cron has no time zone of its own for a line, see CRON_TZ in crontab(5)
CRON_TZ={zone}
{fields}  {run}
# what was cut off or missed while the machine was off is caught up with once
@reboot  {run}"""


def _unit_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(letter in word for letter in " \t'\"\\;") else escaped


def _unit_path(path: str) -> str:
    return path.replace("%", "%%")
