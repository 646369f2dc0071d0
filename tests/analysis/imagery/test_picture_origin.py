"""Ids that picture files carry of the document they were made from."""

from __future__ import annotations

import io
import zlib

from PIL import Image, PngImagePlugin

from analysis.imagery.picture_origin import document_ids

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description rdf:about="uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b" '
    'xmpMM:DocumentID="xmp.did:3E8C0A2F91D211E5B7C4A1F09D2E6B83" xmpMM:InstanceID="xmp.iid:0F1E2D3C4B5A69788796A5B4C3D2E1F0">'
    '<xmpMM:DerivedFrom stRef:documentID="adobe:docid:photoshop:7d1b3c55-0e2f-11e6-9a4b-c8f2d1e0a9b7"/>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def jpeg(xmp: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "JPEG", xmp=xmp.encode())
    return out.getvalue()


def test_xmp_ids_are_read_and_named() -> None:
    assert document_ids(jpeg(XMP)) == (
        "document:3e8c0a2f91d211e5b7c4a1f09d2e6b83",
        "document:7d1b3c55-0e2f-11e6-9a4b-c8f2d1e0a9b7",
        "instance:0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    )


def test_a_compressed_packet_of_a_png_is_read() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP, zip=True)
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG", pnginfo=info)
    assert "document:3e8c0a2f91d211e5b7c4a1f09d2e6b83" in document_ids(out.getvalue())


def test_program_defaults_and_short_counters_are_no_ids() -> None:
    """Every file written by one common program carries the same about-id; it names the program."""
    for value in (
        "uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b",
        "xmp.did:00000000000000000000000000000000",
        "xmp.did:12345678901234567",
    ):
        assert document_ids(jpeg(f'<x:xmpmeta xmpMM:DocumentID="{value}"></x:xmpmeta>')) == ()


def test_hostile_packets_are_bounded() -> None:
    many = "".join(f'<a xmpMM:DocumentID="xmp.did:{n:032x}"/>'.replace("0", "a") for n in range(5_000))
    assert len(document_ids(b"\xff\xd8\xff" + b"<x:xmpmeta" * 10_000 + many.encode())) <= 8
    assert document_ids(b"XML:com.adobe.xmp\x00\x01\x00 \x00\x00" + zlib.compress(b"<" * 10_000_000)) == ()
    assert document_ids(b"") == ()
