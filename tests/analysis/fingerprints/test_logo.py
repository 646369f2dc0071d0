"""Logo: the storefront's own marks, found wherever they stand; never other people's."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw

from analysis.evidence import Trace
from analysis.fingerprints import logo
from analysis.imagery.marks import is_foreign_mark
from analysis.imagery.murmur import favicon_hash, murmur3_32
from analysis.imagery.pictures import close
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

WORDS = "<p>" + "We sell good things made by careful people in small places. " * 20 + "</p>"


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close()


def mark(size: int = 96, ink: str = "black", ground: str = "white") -> Image.Image:
    image = Image.new("RGB", (size, size), ground)
    draw = ImageDraw.Draw(image)
    at = lambda *points: [(x * size // 96, y * size // 96) for x, y in points]  # noqa: E731
    draw.polygon(at((8, 88), (48, 6), (88, 88)), fill=ink)
    draw.rectangle(at((30, 56), (58, 76)), fill=ground)
    draw.line(at((10, 20), (34, 8)), fill=ink, width=max(2, size // 16))
    return image


def wordmark(text: str = "Mill Yard", ink: str = "black", ground: str = "white") -> Image.Image:
    image = Image.new("RGB", (340, 100), ground)
    image.paste(mark(96, ink, ground), (2, 2))
    ImageDraw.Draw(image).text((120, 36), text, fill=ink, font_size=30)
    return image


def png(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def asset(path: str, body: bytes, role: Role = Role.IMAGE, media: str = "image/png") -> Resource:
    digest = hashlib.sha256(body).hexdigest()
    return Resource(f"https://a.example{path}", 200, (("Content-Type", media),), body, digest, "2026-01-01", role)


def traces(body: str, *assets: Resource, head: str = "") -> list[Trace]:
    raw = f"<html><head><title>Mill Yard</title>{head}</head><body>{body}<h1>Shop</h1>{WORDS}</body></html>".encode()
    digest = hashlib.sha256(raw).hexdigest()
    home = Resource("https://a.example/", 200, (("Content-Type", "text/html"),), raw, digest, "2026-01-01", Role.HOME)
    return list(
        logo.take(read(Capture("a.example", "https://a.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", (home, *assets))))
    )


def values(found: list[Trace], kind: str) -> set[str]:
    return {trace.value for trace in found if trace.kind == f"logo.{kind}"}


def distance(a: set[str], b: set[str]) -> int:
    return min((int(x, 16) ^ int(y, 16)).bit_count() for x in a for y in b)


HEADER = '<header><a href="/"><img src="/assets/x1.png" alt="Mill Yard"></a></header>'


def test_the_reference_values_of_murmur3() -> None:
    assert [murmur3_32(text) for text in (b"", b"hello", b"hello, world", b"The quick brown fox jumps over the lazy dog")] == [
        0, 0x248BFA47, 0x149BBB7F, 0x2E4FF723,
    ]  # fmt: skip
    assert murmur3_32(b"", 1) == 0x514E28B7
    body = bytes(range(256))
    number = murmur3_32(base64.encodebytes(body))
    assert favicon_hash(body) in (number, number - 2**32)
    assert -(2**31) <= favicon_hash(body) < 2**31


@pytest.mark.parametrize(
    "body",
    [
        HEADER,
        '<div class="qx1"><a href="#"><img src="/assets/logo-x1.png"></a></div>',
        '<div class="brand"><img src="/assets/x1.png"></div>',
        '<nav><a href="https://a.example/"><img data-src="/assets/x1.png"></a></nav>',
    ],
)
def test_a_header_logo_is_found_by_its_words_or_its_way_home(body: str) -> None:
    picture = png(wordmark())
    name = "/assets/logo-x1.png" if "logo-x1" in body else "/assets/x1.png"
    found = traces(body, asset(name, picture))
    assert values(found, "digest") == {hashlib.sha256(picture).hexdigest()}
    assert len(values(found, "mark_raw")) == 1
    assert {trace.kind for trace in found} <= {kind.name for kind in logo.KINDS}


def test_a_logo_is_found_on_whatever_page_it_is_shown() -> None:
    """One that a page hangs among many others' is still found where it stands alone, and named by its first page."""
    wall = "".join(f'<p class="brand"><img src="/{n}.png" alt="{n}"></p>' for n in range(5))
    drawn = "data:image/png;base64," + base64.b64encode(png(mark())).decode()
    bodies = {
        "/": wall,
        "/a": f'<header><img class="logo" src="{drawn}"></header>',
        "/b": '<header><p class="brand"><img src="/0.png" alt="0"></p>',
    }
    bodies["/c"] = bodies["/a"]
    pages = []
    for path, body in bodies.items():
        raw = f"<html><body>{body}<h1>Shop</h1>{WORDS}</body></html>".encode()
        role = Role.HOME if path == "/" else Role.PAGE
        digest = hashlib.sha256(raw).hexdigest()
        pages.append(Resource(f"https://a.example{path}", 200, (("Content-Type", "text/html"),), raw, digest, "2026-01-01", role))
    files = [asset(f"/{n}.png", png(wordmark(f"Mill {n}"))) for n in range(5)]
    capture = Capture("a.example", "https://a.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", (*pages, *files))
    found = [trace for trace in logo.take(read(capture)) if trace.kind == "logo.digest"]
    assert {trace.url for trace in found} == {"https://a.example/a", "https://a.example/0.png"}


def test_declared_logos_touch_icons_and_manifest_icons_are_found() -> None:
    data = {"@type": "Organization", "logo": {"@type": "ImageObject", "url": "/l.png"}}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script><link rel="apple-touch-icon" href="/touch.png">'
    manifest = json.dumps({"icons": [{"src": "/big.png", "sizes": "192x192"}]}).encode()
    found = traces(
        "",
        asset("/l.png", png(wordmark())),
        asset("/touch.png", png(mark(180))),
        asset("/big.png", png(mark(192))),
        asset("/m.webmanifest", manifest, Role.MANIFEST, "application/json"),
        head=head,
    )
    assert len(values(found, "digest")) == 1
    assert len(values(found, "mark_canonical")) >= 2
    assert values(found, "favicon_mark")


def test_a_mark_beside_words_meets_the_mark_alone() -> None:
    beside = traces(HEADER, asset("/assets/x1.png", png(wordmark())))
    alone = traces(HEADER, asset("/assets/x1.png", png(mark(128))))
    assert distance(values(beside, "mark_canonical"), values(alone, "mark_canonical")) <= 40
    assert values(beside, "mark_canonical_band")


def test_words_beside_words_are_no_marks() -> None:
    """Glyphs of one font are equal everywhere: two shops named "... 24" once met in the picture of their "24"."""
    first, second = Image.new("RGB", (300, 44), "white"), Image.new("RGB", (300, 44), "white")
    ImageDraw.Draw(first).text((5, 5), "Closet    24", fill="black", font_size=32)
    ImageDraw.Draw(second).text((5, 5), "Barn & Mill    24", fill="black", font_size=32)
    found = [values(traces(HEADER, asset("/assets/x1.png", png(image))), "mark_canonical") for image in (first, second)]
    assert [len(marks) for marks in found] == [1, 1]
    assert distance(*found) > 51


def test_recoloured_and_inverted_marks_meet() -> None:
    dark = traces(HEADER, asset("/assets/x1.png", png(wordmark())))
    light = traces(HEADER, asset("/assets/x1.png", png(wordmark(ink="white", ground="navy"), "JPEG", quality=70)))
    assert distance(values(dark, "mark_canonical"), values(light, "mark_canonical")) <= 51
    assert not values(dark, "digest") & values(light, "digest")


def test_a_logo_drawn_in_the_page_is_found() -> None:
    """The page's reader writes ``viewbox``; SVG knows only ``viewBox``."""
    drawing = (
        '<svg viewBox="0 0 200 80" class="site-logo"><linearGradient id="g"><stop offset="0" stop-color="#222"/></linearGradient>'
        '<use xlink:href="#sym"/><path d="M10 70 L40 10 L70 70 Z M100 20 h40 v50 h-20 z" fill="url(#g)"/></svg>'
    )
    symbol = '<svg style="display:none"><symbol id="sym"><circle cx="170" cy="40" r="20"/></symbol></svg>'
    with_use = traces(f"<header>{drawing}</header>{symbol}")
    assert len(values(with_use, "mark_raw")) == 1
    without = traces(f"<header>{drawing}</header>")
    assert values(with_use, "mark_raw") != values(without, "mark_raw")


def test_a_data_url_is_a_picture_too() -> None:
    source = "data:image/png;base64," + base64.b64encode(png(wordmark())).decode()
    assert values(traces(f'<header><a href="/"><img src="{source}"></a></header>'), "digest")


@pytest.mark.parametrize(
    "name", ["visa.svg", "pay_pal-logo.png", "mastercard-logo.png", "facebook-logo.png", "payment-item.png", "cart.png"]
)
def test_other_peoples_marks_are_never_taken(name: str) -> None:
    body = f'<header><a href="/"><img src="/img/{name}" class="logo"></a></header>'
    assert traces(body, asset(f"/img/{name}", png(wordmark()))) == []


def test_names_that_only_contain_such_words_are_not_foreign() -> None:
    names = ("visage-shop.png", "mirabelle.png", "idealist-home.svg", "cardinal.png", "upstairs.png")
    assert not any(is_foreign_mark(name) for name in names)


def test_a_wall_of_brands_is_not_the_shops_own_mark() -> None:
    pictures = [asset(f"/b/logo-{n}.png", png(wordmark(text=f"Brand {n}"))) for n in range(6)]
    wall = "<div>" + "".join(f'<img src="/b/logo-{n}.png">' for n in range(6)) + "</div>"
    assert values(traces(wall, *pictures), "digest") == set()


def test_favicons_have_a_digest_and_the_scanners_hash() -> None:
    body = png(mark(32), "ICO", sizes=[(32, 32)])
    found = traces("", asset("/favicon.ico", body, Role.ICON, "image/x-icon"))
    assert values(found, "favicon_digest") == {hashlib.sha256(body).hexdigest()}
    assert values(found, "favicon_mmh3") == {str(favicon_hash(body))}
    assert len(values(found, "favicon_mark")) == 1
    assert not values(found, "mark_raw")


@pytest.mark.parametrize("colour", ["white", "red"])
def test_shapeless_icons_give_only_their_digest(colour: str) -> None:
    found = traces("", asset("/favicon.ico", png(Image.new("RGB", (32, 32), colour)), Role.ICON, "image/x-icon"))
    assert {trace.kind for trace in found} == {"logo.favicon_digest", "logo.favicon_mmh3"}


def test_the_icon_for_reports_is_ours_and_small() -> None:
    body = png(mark(400)) + b"<script>"
    (icon,) = values(traces(HEADER, asset("/assets/x1.png", body)), "icon")
    drawn = base64.b64decode(icon)
    assert len(drawn) <= 8_000
    assert b"script" not in drawn
    assert max(Image.open(io.BytesIO(drawn)).size) <= 64


def test_broken_and_hostile_pictures_give_at_most_digests() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'
    assert traces(HEADER, asset("/assets/x1.png", bomb)) == []
    assert traces(HEADER, asset("/assets/x1.png", png(wordmark())[:200])) == []
    assert traces('<header><a href="/"><img src="data:image/png;base64,%%%"></a></header>') == []
    deep = asset("/m.json", b"[" * 100_000, Role.MANIFEST)
    assert traces("<header>" + "<div>" * 300 + "<svg class=logo></svg></header>", deep) == []
