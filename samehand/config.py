"""``samehand.toml``: every key, its default and its reason, in one table. Unknown keys are refused by name."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.linkage.caps import read_caps
from reports.languages.catalogue import LANGUAGES
from reports.mail import is_base_url
from reports.webhook import hook_place

__all__ = ["DEFAULT_FILE", "KEYS", "MOST", "Config", "ConfigProblem", "Key", "read_config"]

DEFAULT_FILE = "samehand.toml"
#: The largest number of any key: more days or hours than this no calendar holds.
MOST = 999_999_999

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_ADDRESS = re.compile(r"[^\s@<>,;\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")

#: Keys that take one of a few words.
_WORDS = {"mail.security": ("starttls", "tls", "none"), "mail.quiet": ("line", "silent"), "mail.unsure": ("again", "hold")}

Value = str | int | float | bool | list[str]


class ConfigProblem(ValueError):
    """A configuration that cannot be used: one sentence with file, key and mend."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: ``section.name``, its default (whose type it must have) and what it does."""

    name: str
    default: Value
    means: str


KEYS: tuple[Key, ...] = (
    Key("crawl.contact", "", "mail address or page where sites can reach you; without one only names of --hosts are crawled"),
    Key("crawl.delay", 2.0, "seconds between two requests to one public site"),
    Key("crawl.hosts_delay", 0.0, "the same for names of --hosts: they are your own"),
    Key("crawl.sites_at_once", 64, "storefronts visited at the same time"),
    Key("crawl.pages", 60, "pages a visit may read"),
    Key("crawl.assets", 150, "styles, scripts and pictures a visit may read"),
    Key("crawl.megabytes", 64, "megabytes a visit may read"),
    Key("crawl.seconds", 900, "seconds a visit may take"),
    Key("crawl.depth", 3, "clicks from the home page"),
    Key("crawl.discover", True, "visit the storefronts that candidates send people to"),
    Key("crawl.discovery_budget", 100, "storefronts that may be discovered in one crawl"),
    Key("crawl.service_budget", 100, "log-in and payment hosts that may be asked whom they answer for"),
    Key("crawl.lookalikes", False, "resolve look-alike names of each candidate and visit those that exist"),
    Key("crawl.revisit_known", True, "visit the storefronts of the last findings too, so that discovered mirrors stay watched"),
    Key("analysis.workers", 2, "processes that read pages"),
    Key("analysis.seconds", 120, "seconds one storefront may take to read before its reader is ended"),
    Key("analysis.megabytes", 4096, "megabytes a reader may map"),
    Key("analysis.key_cut", 200, "values on more storefronts than this bring no pair together"),
    Key("analysis.model", "", "model file written by `samehand calibrate`; empty: the shipped values"),
    Key("analysis.confirm_after", 4, "crawls in a row that a storefront must be missed in before it is held to be gone"),
    Key("analysis.settle_after", 3, "crawls in a row that a flapping value must hold before it is told again"),
    Key("analysis.owned", "", "file of your own storefronts, one domain a line: never in another operator's cluster"),
    Key("analysis.licensed", "", "file of storefronts that sell under your licence: the same"),
    Key("retention.days", 180, "crawls older than this before the newest keep only what their links rest on; 0 keeps them whole"),
    Key("schedule.crawl", "0 6 * * MON", "when watch crawls, analyses and reports: minute hour day month weekday"),
    Key("schedule.alert", "", "when watch sends the mail; empty: right after each crawl"),
    Key("schedule.timezone", "UTC", "the time zone of both, such as Europe/Paris"),
    Key("schedule.grace_hours", 24.0, "hours after which a crawl that was due and is not there makes `status` unhealthy"),
    Key("report.attach_csv", True, "attach the changes as CSV to the mail"),
    Key("report.language", "en", "language of mail and dossiers: en or fr"),
    Key("report.base_url", "", "where the folder of all reports is served; empty: mails name files instead of linking to them"),
    Key("report.domain", "samehand.invalid", "right-hand side of Message-ID and List-Id"),
    Key("mail.host", "", "SMTP server; empty: the mail is written, not sent"),
    Key("mail.port", 587, "its port"),
    Key("mail.security", "starttls", "starttls, tls or none"),
    Key("mail.sender", "samehand@localhost", "From"),
    Key("mail.recipients", [], "who gets every digest"),
    Key("mail.change_recipients", [], "who gets digests of severity change and alert only"),
    Key("mail.alert_recipients", [], "who gets digests of severity alert only"),
    Key("mail.quiet", "line", "when nothing changed: line (a mail that says so) or silent"),
    Key("mail.unsure", "again", "mails whose last answer was lost: again (sent once more, same Message-ID) or hold"),
    Key("mail.patience", 60, "seconds a command waits for servers that put it off; later ones go on from the outbox"),
    Key("mail.user", "", "log-in name; empty: no log-in"),
    Key("mail.password_env", "SAMEHAND_SMTP_PASSWORD", "environment variable that holds the password"),
    Key("mail.password_file", "", "file that holds the password, instead of the variable"),
    Key("mail.ca_file", "", "certificate authority to trust beside the system's"),
    Key("alert.webhook", "", "address that every digest is posted to as JSON; https, or http on loopback"),
    Key("alert.webhook_secret_env", "SAMEHAND_WEBHOOK_SECRET", "environment variable that holds the secret it is signed with"),
    Key("alert.webhook_secret_file", "", "file that holds the secret, instead of the variable"),
    Key("alert.webhook_ca_file", "", "certificate authority to trust beside the system's"),
)
_BY_NAME = {key.name: key for key in KEYS}


@dataclass(frozen=True, slots=True)
class Config:
    """Values by key name, defaults filled in; ``source`` is the file read, empty when there was none."""

    values: Mapping[str, Value]
    source: str = ""

    def text(self, name: str) -> str:
        return str(self.values[name])

    def path(self, name: str) -> Path | None:
        """The file that a key names, beside the configuration file; None where it names none."""
        return Path(self.source).parent / self.text(name) if self.text(name) else None

    def whole(self, name: str) -> int:
        value = self.values[name]
        return value if isinstance(value, int) else int(float(str(value)))

    def number(self, name: str) -> float:
        return float(str(self.values[name]))

    def flag(self, name: str) -> bool:
        return bool(self.values[name])

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        return tuple(value) if isinstance(value, list) else ()


def read_config(path: Path | None) -> Config:
    """The configuration in ``path``; with None, ``samehand.toml`` of the working directory if there is one.

    Raises ConfigProblem, and ModelProblem for a model file that it names.
    """
    given = path is not None
    path = path or Path(DEFAULT_FILE)
    if not given and not path.is_file():
        return Config({key.name: key.default for key in KEYS})
    try:
        with path.open("rb") as stream:
            parsed = tomllib.load(stream)
    except FileNotFoundError:
        raise ConfigProblem(f"{path}: there is no such file; name an existing one or leave --config out") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigProblem(f"{path}: not readable as TOML: {error}") from error
    values = {key.name: key.default for key in KEYS}
    for section, entries in parsed.items():
        if not isinstance(entries, dict):
            homes = sorted({key.name.partition(".")[0] for key in KEYS if key.name.partition(".")[2] == section})
            mend = f"write it under [{homes[0]}]" if homes else f"write it under its section{_closest(section)}"
            raise ConfigProblem(f"{path}: {section} stands outside a section; {mend}")
        for name, value in entries.items():
            full = f"{section}.{name}"
            if full not in _BY_NAME:
                raise ConfigProblem(f"{path}: unknown key {full}{_closest(full)}; docs/configuration.md lists every key")
            values[full] = _checked(path, _BY_NAME[full], value)
    return Config(values, str(path))


def _checked(path: Path, key: Key, value: object) -> Value:
    wanted = type(key.default)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST:
        value = float(value)
    if wanted is list:
        if not isinstance(value, list) or not all(isinstance(item, str) and _ADDRESS.fullmatch(item) for item in value):
            raise ConfigProblem(
                f'{path}: {key.name} must be a list of mail addresses such as ["desk@rights.example"], not {value!r}'
            )
        return value
    if not isinstance(value, (str, int, float, bool)) or type(value) is not wanted:
        names = {str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list of texts"}
        given = "" if key.name == "alert.webhook" else f", not {value!r}"  # its address may be a secret
        raise ConfigProblem(f"{path}: {key.name} must be {names[wanted]}{given}")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
        raise ConfigProblem(f"{path}: {key.name} must not be negative, but is {value}")
    if isinstance(value, (int, float)) and not value <= MOST:  # so, for nan is neither more nor less
        raise ConfigProblem(f"{path}: {key.name} must be at most {MOST}, but is {value}")
    if key.name == "analysis.model" and value:
        read_caps(path.parent / str(value))  # asked now, before a crawl is spent on it
    if key.name == "report.domain" and not _HOST.fullmatch(str(value)):
        raise ConfigProblem(f"{path}: {key.name} must be a host name such as samehand.example, not {value!r}")
    if key.name == "report.language" and value not in LANGUAGES:
        raise ConfigProblem(f"{path}: {key.name} must be one of {', '.join(sorted(LANGUAGES))}, not {value!r}")
    if key.name == "report.base_url" and value and not is_base_url(str(value)):
        raise ConfigProblem(f"{path}: {key.name} must be an address such as https://reports.rights.example/samehand, not {value!r}")
    if key.name == "mail.sender" and not _ADDRESS.fullmatch(str(value)):
        raise ConfigProblem(f"{path}: {key.name} must be a mail address such as desk@rights.example, not {value!r}")
    words = _WORDS.get(key.name, ())
    if words and value not in words:
        raise ConfigProblem(f"{path}: {key.name} must be {', '.join(words[:-1])} or {words[-1]}, not {value!r}")
    if key.name == "alert.webhook" and value and not hook_place(str(value)):
        raise ConfigProblem(f"{path}: {key.name} must be an https address without user and password (http: on loopback only)")
    return value


def _closest(name: str) -> str:
    near = difflib.get_close_matches(name, [*_BY_NAME, *(key.partition(".")[2] for key in _BY_NAME)], n=1)
    return f" (did you mean {near[0]}?)" if near else ""
