"""Who is told, and by which way: the configuration's mail and webhook keys as settings that are known to work."""

from __future__ import annotations

from dataclasses import dataclass

from reports.answer import SendError
from reports.mail import MailSettings
from reports.send import Mailer, Security, SmtpSettings
from reports.severity import Severity
from reports.webhook import Hook, HookSettings
from samehand.config import Config
from samehand.outbox import Address, Channel
from samehand.problems import BadInput

__all__ = ["WEBHOOK", "Routes", "mail_settings", "read_routes"]

#: The one recipient of the webhook's channel. Its address is no part of the outbox, for it may be a secret.
WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Routes:
    """``lists``: the addresses that want digests from a severity on. ``patience``: seconds a command waits for servers."""

    smtp: SmtpSettings | None
    lists: tuple[tuple[Severity, tuple[str, ...]], ...]
    hook: HookSettings | None
    quiet_is_told: bool
    hold: bool
    patience: float

    @property
    def is_empty(self) -> bool:
        """Nobody would be told of anything."""
        return self.hook is None and not self.addresses()

    def addresses(self, severity: Severity = Severity.ALERT) -> tuple[str, ...]:
        """Who gets a mail of this severity, each once: an address differs from another by more than capital letters."""
        if self.smtp is None:
            return ()
        found: dict[str, str] = {}
        for least, addresses in self.lists:
            if severity >= least:
                for address in addresses:
                    found.setdefault(address.casefold(), address)
        return tuple(found.values())

    def wanted(self, severity: Severity) -> tuple[Address, ...]:
        """Everybody who is told of a digest of this severity."""
        if severity is Severity.QUIET and not self.quiet_is_told:
            return ()
        mails: tuple[Address, ...] = tuple((Channel.MAIL, address) for address in self.addresses(severity))
        return (*mails, (Channel.WEBHOOK, WEBHOOK)) if self.hook is not None else mails

    def check(self) -> None:
        """Raise ``BadInput`` for a secret or a certificate that cannot be read, before anything depends on it."""
        try:
            if self.smtp is not None and self.addresses():
                Mailer(self.smtp)
            if self.hook is not None:
                Hook(self.hook)
        except SendError as problem:
            raise BadInput(f"{problem}; docs/configuration.md lists the keys") from None


def read_routes(config: Config) -> Routes:
    """The routes that the configuration names; nothing is read or contacted yet."""
    return Routes(
        smtp=_smtp(config) if config.text("mail.host") else None,
        lists=(
            (Severity.QUIET, config.texts("mail.recipients")),
            (Severity.CHANGE, config.texts("mail.change_recipients")),
            (Severity.ALERT, config.texts("mail.alert_recipients")),
        ),
        hook=_hook(config) if config.text("alert.webhook") else None,
        quiet_is_told=config.text("mail.quiet") == "line",
        hold=config.text("mail.unsure") == "hold",
        patience=config.number("mail.patience"),
    )


def mail_settings(config: Config, recipients: tuple[str, ...] = ()) -> MailSettings:
    """How a mail is written; without recipients it names none, and each gets a copy addressed to him alone."""
    return MailSettings(
        sender=config.text("mail.sender"),
        recipients=recipients,
        domain=config.text("report.domain"),
        attach_changes=config.flag("report.attach_csv"),
        language=config.text("report.language"),
        base_url=config.text("report.base_url"),
    )


def _smtp(config: Config) -> SmtpSettings:
    return SmtpSettings(
        host=config.text("mail.host"),
        sender=config.text("mail.sender"),
        port=config.whole("mail.port"),
        security=Security(config.text("mail.security")),
        user=config.text("mail.user"),
        password_env=config.text("mail.password_env"),
        password_file=config.path("mail.password_file"),
        ca_file=config.path("mail.ca_file"),
    )


def _hook(config: Config) -> HookSettings:
    return HookSettings(
        url=config.text("alert.webhook"),
        secret_env=config.text("alert.webhook_secret_env"),
        secret_file=config.path("alert.webhook_secret_file"),
        ca_file=config.path("alert.webhook_ca_file"),
    )
