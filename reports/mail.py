"""``weekly.eml``: the digest as text and HTML with one inline picture, the same bytes for the same findings and settings.

No header carries a word from outside; the Date and the Message-ID come from the crawl, never from the clock; nothing in the mail is
fetched from anywhere; no address of a storefront is live. The only live links are those to the report itself, where it is served.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

import css_inline

from analysis.findings import Findings
from analysis.masking import Shown
from reports.attachment import Attachment, attached_changes
from reports.digest import Digest, make_digest
from reports.escape import mail_header
from reports.graph_page import environment
from reports.languages.catalogue import language_of
from reports.picture import draw, picture_svg, picture_words
from reports.words import moment

__all__ = ["MailSettings", "is_base_url", "message_bytes", "render_html", "render_text", "subject", "weekly_mail"]

_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_BASE = re.compile(r"https?://[A-Za-z0-9\[\]._:-]+(?:/[A-Za-z0-9._~%+-]+)*/?")
_GAP = re.compile(r"\n{3,}")
_MAIL_BYTES = 100_000  # attachment apart: readers cut longer mails off ("message clipped")
_COLUMNS = 76
_SUBJECT = 150  # characters of counts; a subject list shows fewer still


@dataclass(frozen=True, slots=True)
class MailSettings:
    """From whom, to whom, and how much. ``domain`` names this installation in Message-ID and List-Id.

    ``base_url`` is where the folder of all reports is served (empty: nowhere, file names are given); ``language`` a code of
    ``reports.languages.catalogue``.
    """

    sender: str = "samehand@samehand.invalid"
    recipients: tuple[str, ...] = ()
    domain: str = "samehand.invalid"
    attach_changes: bool = False
    most: int = 12  # entries in each list of the digest; fewer where the mail would grow too large
    language: str = "en"
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class _Extras:
    """What a digest's pages carry beside it: the picture's words and id, where the report is served, where the rest is."""

    picture: str = ""
    picture_id: str = ""
    base: str = ""
    rest: str = ""


def is_base_url(text: str) -> bool:
    """Whether this can be where the reports are served: a plain http or https address without query and fragment."""
    return len(text) <= 500 and _BASE.fullmatch(text) is not None


def subject(digest: Digest) -> str:
    """Our own words and counts, nothing else; of many counts the first ones."""
    say = digest.language.say
    counts = list(digest.counts)
    while len(", ".join(counts)) > _SUBJECT:
        counts.pop()
    kept = ", ".join(counts) + (f", {say('and-more')}" if len(counts) < len(digest.counts) else "")
    nothing = say("nothing-changed") if digest.previous else say("first-quiet")
    said = nothing if digest.is_quiet else kept or say("changes")
    words = say("subject", day=digest.day, said=said) if digest.is_dated else say("subject-plain", said=said)
    return mail_header(words.replace("\u00a0", " "))


def _wrap(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, _COLUMNS, initial_indent=first, subsequent_indent=rest or first, break_long_words=False, break_on_hyphens=False
    )


def render_text(digest: Digest, base: str = "", rest: str = "") -> str:
    """The text part, 76 columns wide; links stand on lines of their own, unbroken."""
    page = environment().get_template("weekly.txt.j2")
    text = page.render(digest=digest, say=digest.language.say, base=base, rest=rest, wrap=_wrap)
    return _GAP.sub("\n\n", text).strip() + "\n"


def render_html(digest: Digest, extras: _Extras | None = None) -> str:
    """The HTML part: styles inlined, the rules for dark and narrow screens kept in its head."""
    chosen = extras or _Extras()
    page = environment().get_template("weekly.html.j2").render(digest=digest, say=digest.language.say, extras=chosen)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
    return str(inliner.inline(page))


def weekly_mail(findings: Shown, settings: MailSettings | None = None) -> EmailMessage:
    """The whole message. Raises ``ValueError`` for a domain, an address, a language or a base address that no mail can carry."""
    chosen = settings or MailSettings()
    if not _DOMAIN.fullmatch(chosen.domain):
        raise ValueError("the mail domain is not a host name")
    if chosen.base_url and not is_base_url(chosen.base_url):
        raise ValueError("the base address of the reports is no plain http or https address")
    attachment = attached_changes(findings, language_of(chosen.language)) if chosen.attach_changes and findings.changes else None
    most = chosen.most
    message = _composed(findings, chosen, most, attachment)
    while most > 1 and len(message_bytes(message)) > _MAIL_BYTES:
        most = max(most * 3 // 4, 1)
        message = _composed(findings, chosen, most, attachment)
    if attachment is not None:
        message.add_attachment(attachment.content, *attachment.media_type, filename=attachment.name)
    message["Content-Language"] = chosen.language  # last: an attachment would take it along into the inner part
    _settle_boundaries(message, _mark(findings, chosen))
    return message


def _composed(findings: Shown, settings: MailSettings, most: int, attachment: Attachment | None) -> EmailMessage:
    language = language_of(settings.language)
    digest = make_digest(findings, most, language)
    mark = _mark(findings, settings)
    svg = picture_svg(findings, most, language)
    extras = _Extras(
        picture=picture_words(findings, most, language),
        picture_id=f"{mark}.picture@{settings.domain}" if svg else "",
        base=_base(findings, settings),
        rest=_rest(digest, attachment),
    )
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(digest)
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients) if settings.recipients else "undisclosed-recipients:;"
    when = moment(findings.crawl_id)
    if when is not None:
        message["Date"] = format_datetime(when)
    message["Message-ID"] = f"<{mark}@{settings.domain}>"
    message["List-Id"] = f"{mail_header(language.say('list'))} <weekly.{settings.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(render_text(digest, extras.base, extras.rest), cte="quoted-printable")
    message.add_alternative(render_html(digest, extras), subtype="html", cte="quoted-printable")
    html_part = message.get_payload(1)
    if svg and isinstance(html_part, EmailMessage):
        cid = f"<{extras.picture_id}>"
        html_part.add_related(draw(svg), "image", "png", cid=cid, disposition="inline", filename="what-changed.png")
    _settle_boundaries(message, mark)
    return message


def _base(findings: Findings, settings: MailSettings) -> str:
    """Where this report's folder is served, with its slash; empty where it is not."""
    if not settings.base_url:
        return ""
    return f"{settings.base_url.rstrip('/')}/{quote(findings.crawl_id, safe='', errors='replace')}/"


def _rest(digest: Digest, attachment: Attachment | None) -> str:
    """Where the changes are that no list has room for."""
    count, say = digest.language.count, digest.language.say
    if not digest.changes or (attachment is None and not digest.is_cut):
        return ""
    changes = count("change", digest.changes)
    if attachment is None:
        return say("rest-beside", changes=changes)
    if attachment.rows < digest.changes:
        return say("rest-partly", some=digest.language.number(attachment.rows), changes=changes, file=attachment.name)
    return say("rest-attached", changes=changes, file=attachment.name)


def message_bytes(message: EmailMessage) -> bytes:
    """The message as it travels: CRLF lines."""
    return message.as_bytes(policy=SMTP)


def _mark(findings: Findings, settings: MailSettings) -> str:
    parts = "\n".join((findings.crawl_id, findings.previous, settings.domain, *sorted(settings.recipients)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _settle_boundaries(message: EmailMessage, mark: str) -> None:
    """The library would draw boundaries by chance."""
    for n, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_samehand_{mark}_{n}")
