"""Imagery: the pictures of what is sold.

Takes the pictures of the storefront's products: their exact bytes, their 256-bit perceptual hash as shown, their file names; and
of every picture file the XMP document id of the work it was saved from. Decoded in the limited child
(``analysis.imagery.pictures``), at most 46 a storefront, those of product pages first.
Keys: digests, and ``look_band``: eight pieces of the first hashes, kept only to bring near hashes together.
Compares: digests by equality, hashes by Hamming distance (re-encoding moves 2 to 20 of 256 bits, unrelated pictures differ in
about 128), file names as a bag.
Class A: suppliers hand the same pictures to every reseller and a copyist takes them along, so looking alike is lineage at most.
``document_id`` is class E where the files differ: two exports of one work. Equal bytes carry equal ids and say no more than the
digest.
Never taken: pictures without spatial content, theme thumbnails shown for several products, other people's marks.
Fooled by: suppliers' and stock pictures, theme demo pictures with their author's ids, tools that keep XMP when re-encoding a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.goods.products import products_of_storefront
from analysis.imagery.hash_bands import hash_bands
from analysis.imagery.marks import is_foreign_mark, resources_by_url
from analysis.imagery.picture_origin import document_ids
from analysis.imagery.pictures import Look, Picture, look_at
from analysis.page.reading import Reading
from analysis.sketches import bottom_k
from crawler.captures import Resource, Role

__all__ = ["KINDS", "take"]

_A, _IMAGERY = EvidenceClass.COPYABLE, Family.IMAGERY

PICTURE = Kind("imagery.picture", _IMAGERY, _A, Mode.VALUE, "the same picture file of a product")
LOOK = Kind("imagery.look", _IMAGERY, _A, Mode.HASH, "product pictures that look alike")
LOOK_BAND = Kind("imagery.look_band", _IMAGERY, _A, Mode.NOTE, "a part of a product picture's hash")
FILE_NAMES = Kind("imagery.file_names", _IMAGERY, _A, Mode.BAG, "product pictures of the same file names")
DOCUMENT_ID = Kind(
    "imagery.document_id", _IMAGERY, EvidenceClass.BEHIND_THE_PAGE, Mode.VALUE, "pictures saved from the same document"
)

KINDS: tuple[Kind, ...] = (PICTURE, LOOK, LOOK_BAND, FILE_NAMES, DOCUMENT_ID)

_MAX_PICTURES = 46
_MAX_SCANNED = 400
_BANDS = 8
_BANDED = 24  # pictures whose hash pieces are kept: of a shared catalogue some meet for certain
_SMALLEST = 48  # pixels a side: less is an icon or a colour swatch
_SIZE_SUFFIX = re.compile(
    r"(?:[-_]?\d{2,4}x(?:\d{2,4}x)*+\d{0,4}+(?:_crop_\w{1,12})?|@[23]x|[-_](?:small|medium|large|thumb|grande|scaled|home_default))+$"
)
_PLAIN_NAME = re.compile(
    r"(?:img|image|photo|pic|product|thumb|default|item|p|dscn?|screenshot|placeholder|no-?image)[-_ ]?\d{0,5}|\d{0,4}"
)


def take(reading: Reading) -> Iterator[Trace]:
    """Traces of the storefront's product pictures and of the documents its pictures come from."""
    known = resources_by_url(reading)
    wanted: dict[str, Resource] = {}
    names: dict[str, tuple[str, str, str]] = {}
    for product in products_of_storefront(reading):
        if not product.picture or is_foreign_mark(urlsplit(product.picture).path.rsplit("/", 1)[-1]):
            continue
        if name := _base_name(product.picture):
            names.setdefault(name, (product.seen_url, product.seen_digest, product.picture))
        parts = urlsplit(product.picture)
        resource = known.get(f"{parts.netloc}{parts.path or '/'}?{parts.query}")
        if resource is not None and not resource.role.is_page:
            wanted.setdefault(resource.digest, resource)
    for value, name, (url, digest, _) in bottom_k(names):
        yield Trace(FILE_NAMES.name, value, url, digest, name)
    yield from _looked_at(list(wanted.values())[:_MAX_PICTURES])
    yield from _documents(reading)


def _looked_at(resources: list[Resource]) -> Iterator[Trace]:
    seen: dict[tuple[str, str], Trace] = {}
    banded = {resource.digest for resource in resources[:_BANDED]}
    pictures = look_at([Look(resource.body, False, resource.digest) for resource in resources])
    for resource, picture in sorted(zip(resources, pictures, strict=True), key=lambda row: (row[0].url, row[0].digest)):
        if not isinstance(picture, Picture) or picture.flat or min(picture.width, picture.height) < _SMALLEST:
            continue
        values = [(PICTURE, resource.digest), (LOOK, picture.phash_raw)]
        if resource.digest in banded:
            values.extend((LOOK_BAND, piece) for piece in hash_bands(picture.phash_raw, _BANDS))
        for kind, value in values:
            shown = resource.url if kind is not LOOK_BAND else ""
            seen.setdefault((kind.name, value), Trace(kind.name, value, resource.url, resource.digest, shown))
    yield from seen.values()


def _documents(reading: Reading) -> Iterator[Trace]:
    seen: dict[str, Trace] = {}
    for count, resource in enumerate(reading.assets(Role.IMAGE)):
        if count >= _MAX_SCANNED:
            break
        for value in document_ids(resource.body):
            kind, _, name = value.partition(":")
            if kind != "instance":
                seen.setdefault(name, Trace(DOCUMENT_ID.name, name, resource.url, resource.digest, f"{kind} {name}"))
    yield from (seen[name] for name in sorted(seen)[:200])


def _base_name(url: str) -> str:
    """The file name without folder, ending and size marks, lower case; empty for names that everybody's files have."""
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])[:120].lower()
    stem = _SIZE_SUFFIX.sub("", name.rsplit(".", 1)[0])
    return "" if len(stem) < 4 or _PLAIN_NAME.fullmatch(stem) else stem
