"""``weekly.eml``: the digest as text and HTML with one inline picture, the same bytes for the same findings and settings.

No header carries a word from outside; the Date and the Message-ID come from the crawl, never from the clock; nothing in the mail is
fetched from anywhere; no address of a storefront is live.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import css_inline

from analysis.findings import Findings
from reports.digest import Digest, make_digest
from reports.escape import mail_header
from reports.exports import Form, Table, render
from reports.graph_page import environment
from reports.picture import draw, picture_svg, picture_words
from reports.words import moment

__all__ = ["MailSettings", "message_bytes", "render_html", "render_text", "subject", "weekly_mail"]

_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_CSV_BYTES = 300_000  # an attachment that every mail server takes; larger ones are left beside the report
_MAIL_BYTES = 100_000  # attachment apart: readers cut longer mails off ("message clipped")
_COLUMNS = 76


@dataclass(frozen=True, slots=True)
class MailSettings:
    """From whom, to whom, and how much. ``domain`` names this installation in Message-ID and List-Id."""

    sender: str = "samehand@samehand.invalid"
    recipients: tuple[str, ...] = ()
    domain: str = "samehand.invalid"
    attach_changes: bool = False
    most: int = 12  # entries in each list of the digest; fewer where the mail would grow too large


def subject(digest: Digest) -> str:
    """Our own words and counts, nothing else."""
    nothing = "nothing changed" if digest.previous else "first crawl, nothing to tell yet"
    said = nothing if digest.is_quiet else ", ".join(digest.counts) or "changes"
    return mail_header(f"samehand, {digest.day}: {said}" if _is_plain(digest.day) else f"samehand: {said}")


def _is_plain(day: str) -> bool:
    return re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", day) is not None


def _wrap(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, _COLUMNS, initial_indent=first, subsequent_indent=rest or first, break_long_words=False, break_on_hyphens=False
    )


def render_text(digest: Digest, picture: str = "") -> str:
    """The text part, 76 columns wide."""
    return environment().get_template("weekly.txt.j2").render(digest=digest, picture=picture, wrap=_wrap).strip() + "\n"


def render_html(digest: Digest, picture: str = "", picture_id: str = "") -> str:
    """The HTML part: styles inlined, the rules for dark and narrow screens kept in its head."""
    page = environment().get_template("weekly.html.j2").render(digest=digest, picture=picture, picture_id=picture_id)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
    return str(inliner.inline(page))


def weekly_mail(findings: Findings, settings: MailSettings | None = None) -> EmailMessage:
    """The whole message. Raises ``ValueError`` for a domain or an address that no header can carry."""
    chosen = settings or MailSettings()
    if not _DOMAIN.fullmatch(chosen.domain):
        raise ValueError("the mail domain is not a host name")
    most = chosen.most
    message = _composed(findings, chosen, most)
    while most > 1 and len(message_bytes(message)) > _MAIL_BYTES:
        most = max(most // 2, 1)
        message = _composed(findings, chosen, most)
    if chosen.attach_changes:
        table = render(findings, Table.CHANGES, Form.CSV)
        if len(table) <= _CSV_BYTES:
            message.add_attachment(table, "text", "csv", filename="changes.csv")
    _settle_boundaries(message, _mark(findings.crawl_id, chosen))
    return message


def _composed(findings: Findings, settings: MailSettings, most: int) -> EmailMessage:
    digest = make_digest(findings, most)
    mark = _mark(findings.crawl_id, settings)
    svg = picture_svg(findings, most)
    words = picture_words(findings, most)
    picture_id = f"{mark}.picture@{settings.domain}"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(digest)
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients) if settings.recipients else "undisclosed-recipients:;"
    when = moment(findings.crawl_id)
    if when is not None:
        message["Date"] = format_datetime(when)
    message["Message-ID"] = f"<{mark}@{settings.domain}>"
    message["List-Id"] = f"samehand weekly digest <weekly.{settings.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(render_text(digest, words), cte="quoted-printable")
    message.add_alternative(render_html(digest, words, picture_id if svg else ""), subtype="html", cte="quoted-printable")
    html_part = message.get_payload(1)
    if svg and isinstance(html_part, EmailMessage):
        html_part.add_related(draw(svg), "image", "png", cid=f"<{picture_id}>", disposition="inline", filename="what-changed.png")
    _settle_boundaries(message, mark)
    return message


def message_bytes(message: EmailMessage) -> bytes:
    """The message as it travels: CRLF lines."""
    return message.as_bytes(policy=SMTP)


def _mark(crawl_id: str, settings: MailSettings) -> str:
    parts = "\n".join((crawl_id, settings.domain, *sorted(settings.recipients)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _settle_boundaries(message: EmailMessage, mark: str) -> None:
    """The library would draw boundaries by chance."""
    for n, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_samehand_{mark}_{n}")
