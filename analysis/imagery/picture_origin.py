"""Where a picture file says it comes from: XMP document ids and the EXIF unique id, read from its bytes; no pixel is decoded."""

from __future__ import annotations

import contextlib
import re
import zlib

__all__ = ["MAX_SCAN", "document_ids"]

#: Bytes scanned at most. XMP packets stand near the head of JPEG and PNG, near the end of WebP and GIF.
MAX_SCAN = 8_000_000
_MAX_PACKET = 200_000
_MAX_IDS = 8

_ID = re.compile(
    rb"(?:xmpMM:|stRef:|exif:)(OriginalDocumentID|DocumentID|InstanceID|documentID|instanceID|originalDocumentID|ImageUniqueID)"
    rb"(?:\s{0,20}=\s{0,20}[\"']|>\s{0,20})([A-Za-z0-9:._-]{16,120})"
)
_HEX_RUN = re.compile(r"[0-9a-f]{8,}")
_COMPRESSED = b"XML:com.adobe.xmp\x00\x01\x00"
#: Ids that programs write into every file: they name the program's template, not a document.
_EVERYBODYS = frozenset({"faf5bdd5-ba3d-11da-ad31-d33d75182f1b", "00000000-0000-0000-0000-000000000000"})
_WORDS = {"originaldocumentid": "document", "documentid": "document", "instanceid": "instance", "imageuniqueid": "exif"}


def document_ids(body: bytes) -> tuple[str, ...]:
    """Sorted ids as ``document:<id>``, ``instance:<id>`` or ``exif:<id>``, lower case, at most eight.

    An id must carry 24 hex digits that are not all alike: shorter ones are counters and program defaults.
    """
    found: set[str] = set()
    for packet in _packets(body[:MAX_SCAN]):
        for match in _ID.finditer(packet):
            value = match.group(2).decode("ascii").lower()
            if (bare := _distinct(value)) is not None:
                found.add(f"{_WORDS[match.group(1).decode('ascii').lower()]}:{bare}")
    return tuple(sorted(found)[:_MAX_IDS])


def _distinct(value: str) -> str | None:
    bare = re.sub(r"^(?:xmp\.(?:did|iid|oid)|uuid|adobe:docid:[a-z]{2,20}|urn:uuid)[:.]", "", value)
    if bare in _EVERYBODYS:
        return None
    digits = re.sub(r"[^0-9a-f]", "", bare)
    return bare if len(digits) >= 24 and len(set(digits)) >= 6 and _HEX_RUN.search(bare) else None


def _packets(body: bytes) -> list[bytes]:
    packets: list[bytes] = []
    start = 0
    while len(packets) < 4 and (at := body.find(b"<x:xmpmeta", start)) >= 0:
        end = body.find(b"</x:xmpmeta>", at, at + _MAX_PACKET)
        packets.append(body[at : end if end > 0 else at + _MAX_PACKET])
        start = at + len(packets[-1]) + 1
    at = body.find(_COMPRESSED)
    if at > 0:
        packed = body[at + len(_COMPRESSED) : at + len(_COMPRESSED) + _MAX_PACKET]
        packed = packed[packed.find(b"\x00", packed.find(b"\x00") + 1) + 1 :]  # language tag, translated keyword
        with contextlib.suppress(zlib.error):
            packets.append(zlib.decompressobj().decompress(packed, _MAX_PACKET))
    return packets
