"""``samehand alert``, and the sending of ``run`` and ``report --send``: one outbox for all, so nobody is told twice."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Container
from contextlib import nullcontext

from analysis.findings import Findings
from reports.answer import SendError
from reports.escape import terminal
from reports.landing import replace_file
from reports.severity import Severity
from reports.webhook import hook_place
from reports.words import count
from samehand.config import Config, read_config
from samehand.data_folder import DataFolder, check_crawl_id
from samehand.delivery import Delivery, deliver
from samehand.digests import Prepared, crawls_after, interval, prepare
from samehand.outbox import Channel, DigestRow, Letter, Occasion, Outbox, State, open_outbox
from samehand.problems import BadInput, StageFailed
from samehand.routes import WEBHOOK, Routes, mail_settings, read_routes

__all__ = ["alert", "check_routes", "tell"]

#: The states that say something about whether a digest reached its recipients.
_COUNTED = frozenset(State) - {State.WITHDRAWN, State.SUPERSEDED}


def alert(arguments: argparse.Namespace) -> int:
    """Tell what is new since the last digest that was sent, and hand over what is still owed."""
    config, data = read_config(arguments.config), DataFolder(arguments.data)
    routes = read_routes(config)
    if arguments.to is not None and arguments.resend is None:
        raise BadInput("--to says who gets a digest again: it needs --resend")
    if arguments.since is not None:
        check_crawl_id(arguments.since)
    if arguments.dry_run:
        return _dry_run(arguments, config, data, routes)
    check_routes(config)
    with data.locked(), open_outbox(data.state) as outbox:
        if arguments.resend is not None:
            _resend(outbox, routes, arguments.resend, arguments.to)
        else:
            _queue(outbox, routes, config, data, data.found(None), arguments.since)
        return _deliver(outbox, routes)


def check_routes(config: Config) -> None:
    """Raise ``BadInput`` where nobody is configured, or a secret or certificate cannot be read: best asked before long work."""
    routes = read_routes(config)
    if routes.is_empty:
        raise BadInput(
            "nobody to send to: sending needs mail.host and mail.recipients, or alert.webhook, in samehand.toml; "
            "docs/configuration.md shows them"
        )
    routes.check()


def tell(data: DataFolder, config: Config, newest: Findings) -> None:
    """Tell what is new up to these findings, to everybody who is configured; the data folder's lock is held by the caller."""
    check_routes(config)
    routes = read_routes(config)
    with open_outbox(data.state) as outbox:
        _queue(outbox, routes, config, data, newest, None)
        _deliver(outbox, routes)


def _queue(outbox: Outbox, routes: Routes, config: Config, data: DataFolder, newest: Findings, since: str | None) -> None:
    """Put what is new into the outbox, and say so or why not."""
    ready = _news(outbox, config, data, newest, since)
    if isinstance(ready, str):
        print(ready)
        return
    wanted = routes.wanted(ready.severity)
    if wanted:
        outbox.queue(ready.digest, ready.letters(wanted))
        print(f"digest of {_span(ready.digest)}: {ready.digest.subject}")
    elif ready.severity is Severity.QUIET:
        print(f"digest of {_span(ready.digest)}: nothing changed, nobody is told (mail.quiet is silent)")
    else:
        print(f"digest of {_span(ready.digest)}: severity {ready.severity.name.lower()}, which nobody is configured to get")


def _news(outbox: Outbox | None, config: Config, data: DataFolder, newest: Findings, since: str | None) -> Prepared | str:
    """The digest to send now, or a sentence why there is none."""
    # a crawl made under a clock that was wrong is told when its time comes, not after the later ones
    known = crawls_after(data, "", "~")
    last = outbox.last_sent(max((newest.crawl_id, *known))) if outbox is not None else ""
    if since is None:
        if newest.crawl_id <= last:
            return f"nothing new: the last digest that was sent tells everything up to {last}"
        ready = prepare(interval(data, last, newest), last, Occasion.WEEKLY, mail_settings(config))
    else:
        if not crawls_after(data, since, newest.crawl_id):
            raise BadInput(f"--since {since}: there are no findings after it; the newest are those of {newest.crawl_id}")
        # only what leaves no gap behind the last digest saves the next one from telling it
        marks = since <= last and newest.crawl_id > last
        ready = prepare(interval(data, since, newest), since, Occasion.SINCE, mail_settings(config), marks=marks)
    if outbox is not None and outbox.digest(ready.digest.id) is not None:
        is_open = any(row.state in (State.QUEUED, State.UNKNOWN) for row in outbox.letters(ready.digest.id))
        what = "is in the outbox" if is_open else "was sent before; samehand alert --resend sends it again"
        return f"digest of {_span(ready.digest)} {what}"
    return ready


def _resend(outbox: Outbox, routes: Routes, crawl: str, to: str | None) -> None:
    digest, letters = _asked_again(outbox, routes, crawl, to)
    outbox.again(letters)
    print(f"again, digest of {_span(digest)}: {digest.subject}")


def _asked_again(outbox: Outbox, routes: Routes, crawl: str, to: str | None) -> tuple[DigestRow, list[Letter]]:
    """The letters of one digest that ``--resend`` means: all of those still configured, or one."""
    digest = outbox.newest_digest(check_crawl_id(crawl) if crawl else "")
    if digest is None:
        raise BadInput(f"--resend: there is no digest {f'of {crawl} ' if crawl else ''}in the outbox; samehand alert makes one")
    configured = {name for _, name in routes.wanted(Severity.ALERT)}
    letters = [row for row in outbox.letters(digest.id) if row.recipient in configured]
    if to is not None:
        letters = [row for row in letters if row.recipient.casefold() == to.casefold()]
    if not letters:
        who = f"{to} is" if to is not None else "those who were to get it are"
        raise BadInput(f"--resend: {who} not among the recipients of the digest of {digest.crawl} and of the configuration")
    if not all(outbox.body(row) for row in letters):
        raise BadInput(f"--resend: the digest of {digest.crawl} is kept no more: its words were erased, or it is too old")
    return digest, letters


def _dry_run(arguments: argparse.Namespace, config: Config, data: DataFolder, routes: Routes) -> int:
    """Say who would get what, and write the mail beside the report. The outbox is looked at, not touched."""
    with open_outbox(data.state) if data.state.is_file() else nullcontext() as outbox:
        if arguments.resend is not None:
            if outbox is None:
                raise BadInput("--resend: nothing was ever sent from here; samehand alert makes the first digest")
            digest, letters = _asked_again(outbox, routes, arguments.resend, arguments.to)
            names = [(row.channel, row.recipient) for row in letters]
            mail = next((outbox.body(row) for row in letters if row.channel is Channel.MAIL), b"")
        else:
            ready = _news(outbox, config, data, data.found(None), arguments.since)
            if outbox is not None:
                told = outbox.summary()
                for what, rows in (("still owed  ", told.owed), ("may have got", told.unsure)):
                    for row in rows:
                        print(f"{what} {terminal(_who(row.channel, row.recipient, routes))}, the digest of {row.crawl}")
            if isinstance(ready, str):
                print(ready)
                return 0
            digest, names, mail = ready.digest, list(routes.wanted(ready.severity)), ready.mail
    print(f"digest of {_span(digest)}: {digest.subject}")
    print(f"severity     {Severity(digest.severity).name.lower()}")
    for channel, name in names:
        print(f"would go to  {terminal(_who(channel, name, routes))}")
    if not names:
        print("would go to  nobody: none is configured for it")
    if mail:
        place = data.reports / f"{digest.crawl}.alert.eml"
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, mail)
        print(f"mail         {place}")
    print("nothing was sent")
    return 0


def _deliver(outbox: Outbox, routes: Routes) -> int:
    try:
        done = deliver(outbox, routes)
    except SendError as problem:
        raise BadInput(str(problem)) from None
    _say_done(outbox, routes, done)
    failed = {channel: sentence for channel in _configured(routes) if (sentence := _failed(outbox, channel))}
    _say_waiting(outbox, routes, failed)
    if failed:
        raise StageFailed("; ".join(failed.values()))
    return 0


def _configured(routes: Routes) -> list[Channel]:
    return [*([Channel.MAIL] if routes.addresses() else []), *([Channel.WEBHOOK] if routes.hook is not None else [])]


def _failed(outbox: Outbox, channel: Channel) -> str:
    """Why the newest digest has reached nobody by this way, as a sentence; empty where it reached somebody, or is for nobody."""
    letters = outbox.newest_letters(channel)
    if not letters or any(row.state is State.ACCEPTED for row in letters):
        return ""
    subject = "the weekly mail" if channel is Channel.MAIL else "the digest for the webhook"
    if all(row.state is State.REFUSED for row in letters):
        mend = f"samehand alert --resend {letters[0].crawl} sends it again once that is mended"
        return f"{subject} was not delivered: refused ({letters[0].answer}); {mend}"
    if any(row.state is State.UNKNOWN for row in letters):
        return f"nobody has confirmed {subject}, though it may have been delivered"
    said = next((row.answer for row in letters if row.state is not State.REFUSED and row.said), "not tried yet")
    return f"{subject} was not delivered: {said}; it stays in the outbox, and the next samehand alert tries again"


def _say_done(outbox: Outbox, routes: Routes, done: Delivery) -> None:
    for letter in done.withdrawn:
        who = terminal(_who(letter.channel, letter.recipient, routes))
        _complain(f"{who} is configured no more; the digest of {letter.crawl} is not sent there")
    for letter in done.refused:
        _complain(f"{_who(letter.channel, letter.recipient, routes)} was refused: {letter.answer}")
    for name in dict.fromkeys(letter.digest for letter in done.accepted if letter.channel is Channel.MAIL):
        letters = [row for row in outbox.letters(name) if row.channel is Channel.MAIL and row.state in _COUNTED]
        accepted = sum(row.state is State.ACCEPTED for row in letters)
        print(f"mail sent to {accepted} of {count(len(letters), 'recipient')}")
    for letter in done.accepted:
        if letter.channel is Channel.WEBHOOK:
            print(f"{_who(letter.channel, letter.recipient, routes)} told")


def _say_waiting(outbox: Outbox, routes: Routes, failed: Container[Channel]) -> None:
    """Who may have got a letter, and who has not got his yet; where a whole way failed, its one sentence says the latter."""
    now, ways = time.time(), _configured(routes)
    open_now = set(outbox.open_letters(hold=routes.hold))
    for letter in (row for row in outbox.unsure_letters() if row.channel in ways):
        who = _who(letter.channel, letter.recipient, routes)
        mend = f"it is held; samehand alert --resend {letter.crawl} --to {letter.recipient} sends it again"
        if letter in open_now:
            mend = f"the next samehand alert{_not_before(letter, now)} sends it once more, with the same Message-ID"
        _complain(f"{who} may have got the digest of {letter.crawl}, the answer was lost ({letter.answer}); {mend}")
    for letter in (row for row in outbox.summary().owed if row.channel in ways and row.channel not in failed):
        who = _who(letter.channel, letter.recipient, routes)
        mend = f"the next samehand alert{_not_before(letter, now)} tries again"
        _complain(f"{who} has not got the digest of {letter.crawl} yet ({letter.answer or 'not tried'}); {mend}")


def _not_before(letter: Letter, now: float) -> str:
    left = letter.seconds_left(now)
    return f" (not before {left / 60:.0f} min)" if left >= 90 else ""


def _complain(sentence: str) -> None:
    print(f"samehand: {terminal(sentence, 1000)}", file=sys.stderr)


def _who(channel: Channel, recipient: str, routes: Routes) -> str:
    if channel is Channel.MAIL:
        return recipient
    return f"webhook {hook_place(routes.hook.url)}" if routes.hook is not None else WEBHOOK


def _span(digest: DigestRow) -> str:
    return f"{digest.crawl}, since {digest.after}" if digest.after else digest.crawl
