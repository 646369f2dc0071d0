"""Imagery: product pictures by bytes, by look, by name and by the document they come from."""

from __future__ import annotations

import hashlib
import io
import json
import random
from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw, ImageFilter

from analysis.evidence import Trace
from analysis.fingerprints import imagery
from analysis.imagery.hash_bands import hash_bands
from analysis.imagery.pictures import close
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

WORDS = "<p>" + "We sell good things made by careful people in small places. " * 20 + "</p>"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d xmpMM:DocumentID="xmp.did:3E8C0A2F91D211E5B7C4A1F09D2E6B83"/></x:xmpmeta>'


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close()


def photo(seed: int) -> Image.Image:
    """Something like a photograph: blots of colour, blurred."""
    chance = random.Random(seed)
    image = Image.new("RGB", (400, 400), (chance.randrange(256), 200, 180))
    draw = ImageDraw.Draw(image)
    for _ in range(25):
        x, y, size = chance.randrange(380), chance.randrange(380), chance.randrange(20, 150)
        draw.ellipse((x, y, x + size, y + size), fill=tuple(chance.randrange(256) for _ in range(3)))
    return image.filter(ImageFilter.GaussianBlur(3))


def jpeg(image: Image.Image, quality: int = 90, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, **options)
    return out.getvalue()


def traces(pictures: dict[str, bytes], *others: Resource) -> list[Trace]:
    rows = [
        {"@type": "Product", "name": f"Nice thing {n}", "image": path, "url": f"/{n}", "offers": {"price": "5.10"}}
        for n, path in enumerate(pictures)
    ]
    script = f'<script type="application/ld+json">{json.dumps(rows)}</script>'
    page = f"<html><head><title>Shop</title>{script}</head><body><h1>Shop</h1>{WORDS}</body></html>".encode()
    resources = [
        Resource("https://a.example/", 200, (("Content-Type", "text/html"),), page, "0" * 64, "2026-01-01", Role.HOME),
        *others,
    ]
    resources += [asset(path, body) for path, body in pictures.items()]
    return list(
        imagery.take(read(Capture("a.example", "https://a.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", tuple(resources))))
    )


def asset(path: str, body: bytes) -> Resource:
    digest = hashlib.sha256(body).hexdigest()
    return Resource(f"https://a.example{path}", 200, (("Content-Type", "image/jpeg"),), body, digest, "2026-01-01", Role.IMAGE)


def values(found: list[Trace], kind: str) -> set[str]:
    return {trace.value for trace in found if trace.kind == f"imagery.{kind}"}


def test_re_encoded_and_scaled_pictures_still_look_alike() -> None:
    first = traces({f"/img/thing-{n}a.jpg": jpeg(photo(n)) for n in range(6)})
    second = traces({f"/x/{n}77.jpg": jpeg(photo(n).resize((230, 230)), 55) for n in range(6)})
    assert not values(first, "picture") & values(second, "picture")
    for a in values(first, "look"):
        assert min((int(a, 16) ^ int(b, 16)).bit_count() for b in values(second, "look")) <= 40
    assert values(first, "look_band") & values(second, "look_band")


def test_other_pictures_do_not_look_alike() -> None:
    first = values(traces({f"/img/thing-{n}a.jpg": jpeg(photo(n)) for n in range(6)}), "look")
    second = values(traces({f"/img/thing-{n}b.jpg": jpeg(photo(n + 50)) for n in range(6)}), "look")
    assert min((int(a, 16) ^ int(b, 16)).bit_count() for a in first for b in second) > 60


def test_file_names_without_sizes_and_everybodys_names() -> None:
    names = [
        "/a/Organic-Almonds_300x300.jpg",
        "/b/organic-almonds@2x.png",
        "/c/IMG_0001.jpg",
        "/d/product-1.jpg",
        "/e/AWB_0296.jpg",
    ]
    found = traces({path: jpeg(photo(n)) for n, path in enumerate(names)})
    assert {trace.shown for trace in found if trace.kind == "imagery.file_names"} == {"organic-almonds", "awb_0296"}


def test_flat_small_and_foreign_pictures_are_left_out() -> None:
    found = traces(
        {
            "/img/nothing-here.jpg": jpeg(Image.new("RGB", (300, 300), "white")),
            "/img/tiny-swatch.jpg": jpeg(photo(1).resize((20, 20))),
            "/img/visa.jpg": jpeg(photo(2)),
            "/img/broken-one.jpg": jpeg(photo(3))[:300],
        }
    )
    assert values(found, "picture") == values(found, "look") == set()


def test_a_document_id_names_the_work_and_keeps_the_digest_of_the_file() -> None:
    """Two exports of one work are class E only where the files differ: the digest beside the id tells."""
    first, second = jpeg(photo(1), xmp=XMP), jpeg(photo(1).resize((200, 200)), xmp=XMP)
    one, other = (traces({}, asset("/img/banner.jpg", body)) for body in (first, second))
    assert values(one, "document_id") == values(other, "document_id") == {"3e8c0a2f91d211e5b7c4a1f09d2e6b83"}
    assert one[0].digest != other[0].digest


def test_at_most_46_pictures_are_decoded_and_traces_are_declared_and_single() -> None:
    found = traces({f"/img/thing-{n}a.jpg": jpeg(photo(n).resize((64, 64))) for n in range(60)})
    assert len(values(found, "picture")) <= 46
    assert {trace.kind for trace in found} <= {kind.name for kind in imagery.KINDS}
    assert len({(trace.kind, trace.value) for trace in found}) == len(found)


def test_near_hashes_share_a_band_by_the_pigeonhole_principle() -> None:
    chance = random.Random(7)
    for _ in range(50):
        number = chance.getrandbits(256)
        near = number
        for bit in chance.sample(range(256), 15):
            near ^= 1 << bit
        assert set(hash_bands(f"{number:064x}", 16)) & set(hash_bands(f"{near:064x}", 16))


def test_a_name_full_of_sizes_is_taken_apart_once() -> None:
    """Every further size doubled the tries once; forty of them never came to an end."""
    sizes = "234x" * 28
    found = traces({f"/img/{sizes[:80]}hat_300x300@2x.jpg": jpeg(photo(1)), f"/img/{sizes}!.jpg": jpeg(photo(2))})
    assert {trace.shown for trace in found if trace.kind == "imagery.file_names"} == {f"{sizes[:80]}hat", f"{sizes}!"}
