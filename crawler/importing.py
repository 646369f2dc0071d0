"""Archives made by any tool (WARC, WACZ) become a crawl in our own format.

Two passes, so that archives larger than memory work: the first indexes every answer, the second copies, storefront by
storefront. Captures of our own keep what they say of themselves.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.archive import CaptureWriter, crawl_moment, open_crawl, resource_of, write_crawl_json
from crawler.captures import HostKind, Outcome
from crawler.facts import Entry, connection_facts, dns_facts, logged_facts, storefront_facts
from crawler.imported_facts import HostFacts, Seen, facts_of
from crawler.items import ArchivedExchange
from crawler.links import extract
from crawler.logged import LoggedCertificates, read_logged
from crawler.names import host_of, registrable, tidy_url
from crawler.problems import InputProblem
from crawler.records import Damage, Record, load, received, scan
from crawler.sources import sources

__all__ = ["import_archives"]

_log = logging.getLogger(__name__)
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)")
_CSS_URL = re.compile(rb"url\(\s*['\"]?([^'\"()\s]{1,2083})")
_MAX_CSS_URLS = 500


@dataclass(slots=True)
class _Answer:
    """Where one answer lies, and what the grouping needs to know of it."""

    file: int
    offset: int
    url: str
    site: str
    date: str
    status: int
    is_page: bool
    kind: str
    part: int
    record_id: str
    source: tuple[int, int] | None = None
    address: str | None = None


@dataclass(slots=True)
class _Index:
    files: list[Path]
    answers: list[_Answer] = field(default_factory=list)
    requests: dict[str, tuple[int, int]] = field(default_factory=dict)
    asked_from: dict[str, tuple[str, str]] = field(default_factory=dict)
    own: dict[int, Entry] = field(default_factory=dict)
    facts: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    crawl_ids: set[str] = field(default_factory=set)
    first: str = ""


def import_archives(files: Sequence[Path], crawls: Path, crawl_id: str | None = None, certificates: Sequence[Path] = ()) -> str:
    """Brings WARC and WACZ files (or folders of them) in as one crawl below ``crawls`` and gives its crawl id.

    The id is the earliest WARC-Date unless given. Each registrable domain that answered as a site becomes a
    storefront; what others served to it is kept in its capture. ``certificates`` are files of logged certificates, as
    ``crawler.logged_files`` reads them. ``InputProblem`` where nothing can be used, or a certificate file not wholly.
    """
    logged = read_logged(certificates) if certificates else None
    if crawl_id is not None:
        crawl_moment(crawl_id)
    damage: list[Damage] = []
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samehand-import-")))
        index = _index(list(sources(files, room, damage)), damage)
        _tell(damage)
        if not index.answers and not index.own:
            raise InputProblem(f"No web page could be read from {_names(files)}: give WARC (.warc, .warc.gz) or WACZ files.")
        chosen = crawl_id or _moment(index)
        target = crawls / chosen
        if target.exists():
            raise InputProblem(f"{target} exists already: remove it, or give another crawl id.")
        crawls.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{chosen}.", dir=crawls))
        try:
            entries, known = [], 0
            for group in _groups(index):
                facts = _facts(index, group, logged)
                known += bool(facts.logged)
                entries.append(_write(beside, chosen, index, group, facts))
            if not entries:
                raise InputProblem(f"{_names(files)} holds no storefront: no site answered with a page of its own.")
            about: dict[str, Any] = {
                "imported_from": [Path(name).name for name in map(str, files)],
                "unreadable": [_sentence(part) for part in damage],
            }
            if logged is not None:
                names = [path.name for path in certificates]
                about["certificates"] = {"files": names, "read": logged.count, "storefronts": known}
            write_crawl_json(beside, chosen, entries, about)
            beside.chmod(0o755)
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    open_crawl(target)
    return chosen


def _names(files: Iterable[Path]) -> str:
    return ", ".join(str(path) for path in files) or "nothing"


def _sentence(part: Damage) -> str:
    return f"{part.path.name} {part.what} at byte {part.offset}"


def _tell(damage: Sequence[Damage]) -> None:
    if damage:
        more = f", and {len(damage) - 3} more" if len(damage) > 3 else ""
        _log.warning("Not all could be read: %s%s; the rest was imported.", "; ".join(_sentence(part) for part in damage[:3]), more)


def _index(files: list[Path], damage: list[Damage]) -> _Index:
    index = _Index(files)
    by_digest: dict[str, tuple[int, int]] = {}
    by_visit: dict[tuple[str, str], tuple[int, int]] = {}
    part = 0
    for number, path in enumerate(files):
        for record in scan(path, damage):
            here = (number, record.offset)
            if record.kind == "warcinfo":
                part += 1
            if record.date and (not index.first or record.date < index.first):
                index.first = record.date
            if record.kind == "metadata":
                _note_facts(index, record, part, here)
            elif record.kind == "request":
                _note_request(index, record, here)
            elif record.kind in ("response", "revisit", "resource"):
                answer = _answer(record, number, part)
                if answer is None:
                    continue
                if record.kind == "revisit":
                    visited = (
                        tidy_url(record.field("WARC-Refers-To-Target-URI") or "") or "",
                        record.field("WARC-Refers-To-Date") or "",
                    )
                    answer.source = by_visit.get(visited) or by_digest.get(record.field("WARC-Payload-Digest") or "")
                else:
                    by_digest[record.field("WARC-Payload-Digest") or ""] = here
                    by_visit[answer.url, record.date] = here
                index.answers.append(answer)
        part += 1
    return index


def _note_facts(index: _Index, record: Record, part: int, here: tuple[int, int]) -> None:
    entry = storefront_facts(record)
    if entry is not None:
        index.own[part] = entry
        found = re.search(rb'"crawl_id": "(\d{8}T\d{6}Z)"', record.payload)
        index.crawl_ids.add(found[1].decode() if found else "")
    elif any(tells(record) is not None for tells in (connection_facts, dns_facts, logged_facts)):
        index.facts[part].append(here)


def _note_request(index: _Index, record: Record, here: tuple[int, int]) -> None:
    for name in ("WARC-Concurrent-To", "WARC-Record-ID"):
        if key := record.field(name):
            index.requests[key] = here
    referer, use = record.header("referer"), (record.header("sec-fetch-dest") or "").lower()
    if referer and (url := tidy_url(record.url)) and (host := host_of(referer)):
        index.asked_from[url] = (registrable(host), use)


def _answer(record: Record, number: int, part: int) -> _Answer | None:
    url = tidy_url(record.url)
    host = host_of(url) if url else None
    if url is None or host is None or (record.kind != "resource" and not record.status):
        return None
    media = (record.header("content-type") or (record.field("Content-Type") if record.kind == "resource" else "") or "").lower()
    is_page = media.partition(";")[0].strip() in ("", "text/html", "application/xhtml+xml")
    concurrent = record.field("WARC-Concurrent-To") or record.field("WARC-Record-ID") or ""
    status = record.status or 200
    address = record.field("WARC-IP-Address")
    return _Answer(
        number, record.offset, url, registrable(host), record.date, status, is_page, record.kind, part, concurrent, None, address
    )


def _moment(index: _Index) -> str:
    if len(index.crawl_ids) == 1 and "" not in index.crawl_ids and all(answer.part in index.own for answer in index.answers):
        return next(iter(index.crawl_ids))
    found = _MOMENT.match(index.first)
    if found is None:
        raise InputProblem("The archive has no usable WARC-Date: give a crawl id (20070703T060000Z).")
    return "{}{}{}T{}{}{}Z".format(*found.groups())


@dataclass(slots=True)
class _Group:
    """One storefront to be: its answers in the archive's order, and what our own archive said of it."""

    site: str
    answers: list[_Answer]
    told: Entry | None = None
    facts: list[tuple[int, int]] = field(default_factory=list)


def _groups(index: _Index) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for part, entry in sorted(index.own.items()):
        group = groups.setdefault(entry.site, _Group(entry.site, []))
        group.told = entry
        group.facts += index.facts.get(part, [])
    others: dict[str, list[_Answer]] = defaultdict(list)
    for answer in index.answers:
        if answer.part in index.own:
            groups[index.own[answer.part].site].answers.append(answer)
        else:
            others[answer.site].append(answer)
    stores = {site for site, answers in others.items() if site in groups or any(_is_front(index, answer) for answer in answers)}
    strangers = {site: answers for site, answers in others.items() if site not in stores}
    for site in sorted(stores):
        groups.setdefault(site, _Group(site, [])).answers.extend(others[site])
    if strangers:
        _place(index, groups, strangers)
    return [groups[site] for site in sorted(groups)]


def _is_front(index: _Index, answer: _Answer) -> bool:
    """The root of a host that answered for itself: with a page, a redirect, or a refusal."""
    if urlsplit(answer.url).path != "/" or not answer.is_page:
        return False
    asker, use = index.asked_from.get(answer.url, ("", ""))
    return not (asker and asker != answer.site and use in ("iframe", "frame", "image", "script", "style", "empty", "font"))


def _place(index: _Index, groups: dict[str, _Group], strangers: dict[str, list[_Answer]]) -> None:
    """Puts what other hosts served to a storefront into its capture; a site with pages that nobody asked for is one itself."""
    by_url: dict[str, list[_Answer]] = defaultdict(list)
    for answers in strangers.values():
        for answer in answers:
            by_url[answer.url].append(answer)
    users: dict[str, set[str]] = defaultdict(set)
    for url in by_url:
        asker = index.asked_from.get(url, ("", ""))[0]
        if asker in groups:
            users[url].add(asker)
    for site, group in groups.items():
        for answer in group.answers:
            for target in _references(index, answer):
                if target in by_url:
                    users[target].add(site)
    for site, answers in sorted(strangers.items()):
        if any(a.is_page and a.status == 200 and not users[a.url] for a in answers) and not any(users[a.url] for a in answers):
            groups[site] = _Group(site, list(answers))
    for url, askers in sorted(users.items()):
        for site in sorted(askers):
            groups[site].answers.extend(by_url[url])


def _references(index: _Index, answer: _Answer) -> Iterator[str]:
    """What an archived page or style sheet loads."""
    style = urlsplit(answer.url).path.endswith(".css")
    if answer.status != 200 or not (answer.is_page or style):
        return
    record, body = _record(index, answer)
    resource = resource_of(record, body) if record is not None else None
    if resource is None:
        return
    if style:
        for target in _CSS_URL.findall(resource.body)[:_MAX_CSS_URLS]:
            if url := tidy_url(_joined(answer.url, target.decode("latin-1"))):
                yield url
        return
    links = extract(resource.body, answer.url, resource.header("content-type"))
    yield from (asset.url for asset in links.assets)
    yield from links.frames


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        return ""


def _record(index: _Index, answer: _Answer) -> tuple[Record | None, bytes]:
    record = load(index.files[answer.file], answer.offset)
    if record is None:
        return None, b""
    if answer.kind != "revisit":
        return record, record.payload
    origin = load(index.files[answer.source[0]], answer.source[1]) if answer.source else None
    return record, origin.payload if origin is not None else record.payload


def _facts(index: _Index, group: _Group, logged: LoggedCertificates | None) -> HostFacts:
    told = None
    if group.told:
        told = [record for file, offset in group.facts if (record := load(index.files[file], offset)) is not None]
    seen = (
        Seen(host_of(answer.url) or "", urlsplit(answer.url).scheme, answer.address, _to_the_second(answer.date))
        for answer in _latest(group)
        if answer.site == group.site
    )
    return facts_of(told, seen, logged)


def _to_the_second(date: str) -> str:
    found = _MOMENT.match(date)
    return f"{found[0]}Z" if found else ""


def _write(folder: Path, crawl_id: str, index: _Index, group: _Group, facts: HostFacts) -> Entry:
    answers = _latest(group)
    told = group.told
    url = told.url if told else _front_url(answers)
    kind = told.kind if told else HostKind.STOREFRONT
    by, how = (told.discovered_by, told.discovered_how) if told else (None, None)
    with CaptureWriter(folder, group.site, url=url, kind=kind, crawl_id=crawl_id, discovered_by=by, discovered_how=how) as writer:
        for answer in answers:
            exchange = _exchange(index, answer)
            if exchange is not None:
                writer.exchange(exchange)
        facts.write(writer)
        if told:
            writer.close(told.outcome, told.reason)
        else:
            writer.close(Outcome.FINISHED, "imported")
        return writer.entry


def _latest(group: _Group) -> list[_Answer]:
    """One answer per address: the last that brought content, in the archive's order."""
    chosen: dict[str, _Answer] = {}
    for answer in group.answers:
        held = chosen.get(answer.url)
        if held is None or answer.status != 304 or held.status == 304:
            chosen.pop(answer.url, None)
            chosen[answer.url] = answer
    return sorted(chosen.values(), key=lambda answer: (answer.file, answer.offset))


def _front_url(answers: Sequence[_Answer]) -> str:
    fronts = [a for a in answers if urlsplit(a.url).path == "/"]
    best = [a for a in fronts if a.is_page and a.status == 200] or fronts or [a for a in answers if a.is_page] or list(answers)
    return best[0].url


def _exchange(index: _Index, answer: _Answer) -> ArchivedExchange | None:
    record, body = _record(index, answer)
    if record is None:
        return None
    asked = index.requests.get(answer.record_id)
    request = load(index.files[asked[0]], asked[1]) if asked else None
    headers = record.headers
    if record.kind == "resource":
        headers = (("Content-Type", record.field("Content-Type") or "application/octet-stream"),)
    return ArchivedExchange(
        url=answer.url,
        method=(request.method if request else "") or "GET",
        request_headers=request.headers if request else (),
        status=answer.status,
        reason=record.reason or ("OK" if answer.status == 200 else ""),
        http_version=record.version if record.version.startswith("HTTP/") else "HTTP/1.1",
        headers=received(headers) if record.header("x-archive-orig-content-encoding") is None else headers,
        body=body,
        date=record.date,
        address=answer.address,
        truncated=record.truncated,
    )
