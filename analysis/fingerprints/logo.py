"""Logo: the marks by which a storefront presents itself.

Takes icons (favicon, touch and manifest icons), the logo of the header (also an SVG drawn in the page or a data URL), what
JSON-LD and ``og:logo`` declare. Each picture is decoded in the limited child (``analysis.imagery.pictures``). A header mark wider
than 2:1 is also cut into boxes at its empty columns, so that a mark beside other words is still found.
Keys: digests, and ``mark_raw_band`` and ``mark_canonical_band``: sixteen pieces of each hash, kept only to bring near hashes
together.
Compares: digests by equality; hashes by Hamming distance (256 bits; at most 51 for one false twin in 60 marks).
Class A: a logo is copied with a right click. ``document_id`` (the XMP id of the drawing a file was saved from) is class E where the
files differ: two exports of one drawing. Icons are template evidence: themes and platforms ship them.
Never taken: pictures without spatial content; payment, shipping, social, platform and partner marks by file name, alt text and
class.
Fooled by: a copied logo, stock logos of logo makers, default icons of platforms (the reference table's business), exact
collisions made on purpose, and words set in a common font without a mark of their own.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.imagery.hash_bands import hash_bands
from analysis.imagery.marks import Mark, MarkPlace, marks_of
from analysis.imagery.murmur import favicon_hash
from analysis.imagery.pictures import Look, Picture, Refused, look_at
from analysis.page.reading import Reading

__all__ = ["KINDS", "take"]

_A = EvidenceClass.COPYABLE

DIGEST = Kind("logo.digest", Family.IMAGERY, _A, Mode.VALUE, "the same logo file")
MARK_RAW = Kind("logo.mark_raw", Family.IMAGERY, _A, Mode.HASH, "a logo that looks alike")
MARK_RAW_BAND = Kind("logo.mark_raw_band", Family.IMAGERY, _A, Mode.NOTE, "a part of a logo's hash")
MARK_CANONICAL = Kind("logo.mark_canonical", Family.IMAGERY, _A, Mode.HASH, "a logo of the same drawing")
MARK_CANONICAL_BAND = Kind("logo.mark_canonical_band", Family.IMAGERY, _A, Mode.NOTE, "a part of a logo drawing's hash")
DOCUMENT_ID = Kind(
    "logo.document_id", Family.IMAGERY, EvidenceClass.BEHIND_THE_PAGE, Mode.VALUE, "a logo saved from the same drawing"
)
FAVICON_DIGEST = Kind("logo.favicon_digest", Family.TEMPLATE, _A, Mode.VALUE, "the same site icon file")
FAVICON_MMH3 = Kind("logo.favicon_mmh3", Family.TEMPLATE, _A, Mode.VALUE, "a site icon of the same scanner hash", key=False)
FAVICON_MARK = Kind("logo.favicon_mark", Family.TEMPLATE, _A, Mode.HASH, "a site icon that looks alike")
FAVICON_MARK_BAND = Kind("logo.favicon_mark_band", Family.TEMPLATE, _A, Mode.NOTE, "a part of a site icon's hash")
ICON = Kind("logo.icon", Family.IMAGERY, _A, Mode.NOTE, "the icon shown in reports", key=False)

KINDS: tuple[Kind, ...] = (
    DIGEST, MARK_RAW, MARK_RAW_BAND, MARK_CANONICAL, MARK_CANONICAL_BAND, DOCUMENT_ID,
    FAVICON_DIGEST, FAVICON_MMH3, FAVICON_MARK, FAVICON_MARK_BAND, ICON,
)  # fmt: skip

_BANDS = 16
_SMALLEST = 16  # pixels a side: less has no drawing
_MARK_SIDE = 64  # an icon this large is drawn as a mark, not as a blot
_MAX_FAVICON = 1_000_000
_MAX_ICON = 8_000


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of the storefront's marks."""
    marks = marks_of(reading)
    seen: dict[tuple[str, str], Trace] = {}
    shown: list[tuple[Mark, Picture]] = []
    for mark, picture in zip(marks, look_at([Look(mark.body, True, mark.digest) for mark in marks]), strict=True):
        for trace in _traces(mark, picture):
            seen.setdefault((trace.kind, trace.value), trace)
        if isinstance(picture, Picture) and picture.phash_canonical and len(picture.icon) <= _MAX_ICON:
            shown.append((mark, picture))
    if shown:
        mark, picture = min(shown, key=_preference)
        seen[ICON.name, ""] = Trace(ICON.name, base64.b64encode(picture.icon).decode("ascii"), mark.url, mark.digest)
    yield from sorted(seen.values())


def _traces(mark: Mark, picture: Picture | Refused) -> Iterator[Trace]:
    """One mark's traces. A file's digests need no decoding; a refused or shapeless picture has nothing else."""
    if mark.place is MarkPlace.FAVICON and len(mark.body) <= _MAX_FAVICON:
        yield Trace(FAVICON_DIGEST.name, mark.digest, mark.url, mark.digest, mark.url)
        yield Trace(FAVICON_MMH3.name, str(favicon_hash(mark.body)), mark.url, mark.digest)
    if isinstance(picture, Refused) or min(picture.width, picture.height) < _SMALLEST or not picture.phash_canonical:
        return
    large = min(picture.width, picture.height) >= _MARK_SIDE
    if mark.place >= MarkPlace.TOUCH_ICON:
        yield from _hashed(FAVICON_MARK, FAVICON_MARK_BAND, picture.phash_canonical, mark)
    if mark.place <= MarkPlace.HEADER or large:
        if mark.place <= MarkPlace.HEADER:
            yield Trace(DIGEST.name, mark.digest, mark.url, mark.digest, mark.url)
        if not picture.flat:
            yield from _hashed(MARK_RAW, MARK_RAW_BAND, picture.phash_raw, mark)
        for value in (picture.phash_canonical, *picture.boxes):
            yield from _hashed(MARK_CANONICAL, MARK_CANONICAL_BAND, value, mark)
    for value in picture.document_ids:
        kind, _, name = value.partition(":")
        if kind != "instance":
            yield Trace(DOCUMENT_ID.name, name, mark.url, mark.digest, f"{kind} {name}")


def _hashed(kind: Kind, band: Kind, value: str, mark: Mark) -> Iterator[Trace]:
    yield Trace(kind.name, value, mark.url, mark.digest, mark.url)
    for piece in hash_bands(value, _BANDS):
        yield Trace(band.name, piece, mark.url, mark.digest)


def _preference(row: tuple[Mark, Picture]) -> tuple[bool, bool, int, str]:
    """For reports: a square-like mark before a wide one, not too small, the surest place first."""
    mark, picture = row
    wide = picture.width > 2 * picture.height or picture.height > 2 * picture.width
    return wide, min(picture.width, picture.height) < 24, int(mark.place), mark.url
