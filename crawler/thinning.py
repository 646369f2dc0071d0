"""Old crawls made smaller, and sites taken out of them: the only code that changes an archive after its crawl has ended.

``crawl.json`` is marked before the first file changes and finished after the last one, so that work which was cut off is taken up
again by the next call: until then the crawl is read as the unfinished thing it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.archive import Entry, capture_file, read_crawl_json, read_entry, resource_of, write_crawl_json
from crawler.beside import Beside
from crawler.names import naming
from crawler.problems import InputProblem
from crawler.records import Damage, Record, scan

__all__ = ["THINNED", "Thinned", "drop_site", "is_thinned", "thin"]

#: Key of ``about`` in ``crawl.json``: ``going-on`` while files are changed, ``done`` afterwards.
THINNED = "thinned"


@dataclass(frozen=True, slots=True)
class Thinned:
    """Bytes of the capture files before and after; ``captures`` lost bytes."""

    before: int
    after: int
    captures: int


def thin(folder: Path, whole: Collection[str], cited: Mapping[str, Collection[str]]) -> Thinned:
    """Remove from a finished crawl what nothing rests on.

    ``whole``: sites whose captures stay as they are. ``cited``: site -> digests (SHA-256 in hex of a decoded body) that stay with
    their requests; what is known of connections, names and the visit stays beside them. A capture in neither is removed; its
    line in ``crawl.json`` remains and says how the visit went. Doing it again changes nothing.
    """
    crawl_id, entries, about = read_crawl_json(folder)
    before = sum(entry.size for entry in entries)
    write_crawl_json(folder, crawl_id, entries, {**about, THINNED: "going-on"})
    kept: list[Entry] = []
    changed = 0
    for entry in entries:
        if entry.file is None or entry.site in whole:
            kept.append(entry)
            continue
        digests = frozenset(cited.get(entry.site, ()))
        smaller = _thin_capture(folder, entry, digests) if digests else _without_file(folder, entry)
        changed += smaller.size < entry.size
        kept.append(smaller)
    write_crawl_json(folder, crawl_id, kept, {**about, THINNED: "done"})
    return Thinned(before, sum(entry.size for entry in kept), changed)


def drop_site(folder: Path, site: str) -> bool:
    """Take one site out of a crawl, file, line and every note that names it; False where the crawl does not know it.

    What other storefronts archived from that site's hosts stays in their captures.
    """
    crawl_id, entries, about = read_crawl_json(folder)
    left = [_unnamed(entry, site) for entry in entries if entry.site != site]
    cleaned = {key: _without(value, naming(site)) for key, value in about.items()}
    path = folder / capture_file(site)
    path.with_name(f"{path.name}.part").unlink(missing_ok=True)  # of a thinning that was cut off
    if len(left) == len(entries) and left == list(entries) and cleaned == dict(about) and not path.exists():
        return False
    write_crawl_json(folder, crawl_id, left, cleaned)
    path.unlink(missing_ok=True)
    return True


def _thin_capture(folder: Path, entry: Entry, digests: frozenset[str]) -> Entry:
    path = folder / str(entry.file)
    if not path.is_file():  # an earlier call was cut off after the file was removed
        return _without_file(folder, entry)
    damage: list[Damage] = []
    keep, last = _kept(path, digests, damage)
    if damage:
        raise InputProblem(f"{path} {damage[0].what} at byte {damage[0].offset}: restore it, or leave this crawl as it is.")
    with path.open("rb") as whole, Beside(path) as part:
        for start, end in keep:
            whole.seek(start)
            part.write(whole.read((end if end is not None else last) - start))
    found = read_entry(path)
    return replace(entry, responses=found.responses, size=found.size, sha256=found.sha256)


def _kept(path: Path, digests: frozenset[str], damage: list[Damage]) -> tuple[list[tuple[int, int | None]], int]:
    """Byte ranges of the records that stay, and the size of the file."""
    rows: list[tuple[int, bool]] = []
    payloads: dict[str, bytes] = {}
    answers: set[str] = set()
    for record in scan(path, damage):
        stays = record.kind in ("warcinfo", "metadata")
        if record.kind in ("response", "revisit"):
            stays = _digest(record, payloads) in digests
            if stays:
                answers.add(record.field("WARC-Record-ID") or "")
        elif record.kind == "request":
            stays = (record.field("WARC-Concurrent-To") or "") in answers
        rows.append((record.offset, stays))
    ends: list[int | None] = [offset for offset, _ in rows[1:]] + [None] if rows else []
    return [(offset, end) for (offset, stays), end in zip(rows, ends, strict=True) if stays], path.stat().st_size


def _digest(record: Record, payloads: dict[str, bytes]) -> str:
    name = record.field("WARC-Payload-Digest") or ""
    if record.kind == "response":
        payloads.setdefault(name, record.payload)
    resource = resource_of(record, payloads.get(name, b""))
    return resource.digest if resource is not None else ""


def _without_file(folder: Path, entry: Entry) -> Entry:
    (folder / str(entry.file)).unlink(missing_ok=True)
    return replace(entry, responses=0, file=None, size=0, sha256=None)


def _unnamed(entry: Entry, site: str) -> Entry:
    return replace(entry, discovered_by=None, discovered_how=None) if entry.discovered_by == site else entry


def _without(value: object, named: re.Pattern[str]) -> object:
    """``value`` without the list items and texts that name a site."""
    if isinstance(value, list):
        return [_without(item, named) for item in value if not _names(item, named)]
    if isinstance(value, dict):
        return {key: _without(item, named) for key, item in value.items() if not isinstance(item, str) or not _names(item, named)}
    return value


def _names(item: object, named: re.Pattern[str]) -> bool:
    if isinstance(item, dict):
        return any(_names(part, named) for part in item.values() if isinstance(part, str))
    return isinstance(item, str) and named.search(item) is not None


def is_thinned(about: Mapping[str, object]) -> bool:
    """Whether a crawl, by the ``about`` of its ``crawl.json``, holds only what its links rest on (or is about to)."""
    return bool(about.get(THINNED))
