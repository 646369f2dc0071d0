"""What a digest tells: the interval of crawls it covers, and its two forms, made for the outbox."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.findings import Findings, read
from analysis.masking import Shown, masked
from reports.digest import make_digest
from reports.interval import over
from reports.mail import MailSettings, message_bytes, weekly_mail
from reports.severity import Severity
from reports.webhook import hook_letter
from samehand.data_folder import CRAWL_ID, DataFolder
from samehand.outbox import Address, Channel, DigestRow, Occasion, digest_id
from samehand.showing import masks_of

__all__ = ["Prepared", "crawls_after", "interval", "prepare"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A digest ready to be queued, with its two forms."""

    digest: DigestRow
    severity: Severity
    mail: bytes
    hook: bytes

    def letters(self, addresses: Sequence[Address]) -> dict[Address, bytes]:
        """What each of these gets."""
        return {address: self.mail if address[0] is Channel.MAIL else self.hook for address in addresses}


def crawls_after(data: DataFolder, after: str, newest: str) -> list[str]:
    """Ids of the finished findings after one crawl up to another."""
    folders = data.findings.iterdir() if data.findings.is_dir() else ()
    done = (path.name for path in folders if CRAWL_ID.fullmatch(path.name) and (path / "findings.json").is_file())
    return sorted(name for name in done if after < name <= newest)


def interval(data: DataFolder, after: str, newest: Findings) -> Shown:
    """Everything after a crawl told as one; the newest findings alone where nothing was told before. People's data are
    masked, always: who a mail reaches in the end nobody knows.
    """
    earlier = [name for name in crawls_after(data, after, newest.crawl_id) if name != newest.crawl_id] if after else []
    masks = masks_of(data)
    return over([masked(one, masks) for one in (*(read(data.findings / name) for name in earlier), newest)])


def prepare(findings: Shown, after: str, occasion: Occasion, settings: MailSettings, *, marks: bool = True) -> Prepared:
    """Render a digest. Its id is that of its interval, and its Message-ID that of its words: made again both are the same."""
    name = digest_id(after, findings.crawl_id)
    mail = weekly_mail(findings, settings)
    # of its words too: two lists that are crawled in the same second have intervals of the same names
    mark = hashlib.sha256(name.encode() + message_bytes(mail)).hexdigest()[:32]
    mail.replace_header("Message-ID", f"<{mark}@{settings.domain}>")
    severity = make_digest(findings).severity
    subject = str(mail["Subject"])
    row = DigestRow(name, after, findings.crawl_id, occasion, int(severity), marks, subject)
    return Prepared(row, severity, message_bytes(mail), hook_letter(findings, severity, name, subject))
