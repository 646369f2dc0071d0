"""Pictures are opened in a limited child: what it reads, what it refuses, and that a broken picture costs only itself."""

from __future__ import annotations

import io
import multiprocessing
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from analysis.imagery import pictures
from analysis.imagery.pictures import Look, Picture, Refused, close, look, look_at, picture_format


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close()


def drawn(size: tuple[int, int] = (300, 120), ground: str = "white", ink: str = "black", text: str = "House & Co") -> Image.Image:
    image = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(image)
    draw.polygon([(20, 100), (60, 15), (100, 100)], fill=ink)
    draw.ellipse((45, 55, 75, 85), fill=ground)
    draw.text((125, 40), text, fill=ink, font_size=30)
    return image


def encoded(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def seen(body: bytes, *, as_mark: bool = False) -> Picture:
    picture = look(body, as_mark=as_mark)
    assert isinstance(picture, Picture), picture
    return picture


def distance(a: str, b: str) -> int:
    return (int(a, 16) ^ int(b, 16)).bit_count()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"])
def test_every_allowed_format_gives_nearly_the_same_hash(form: str) -> None:
    first, second = seen(encoded(drawn())), seen(encoded(drawn(), form))
    assert (second.width, second.height) == (300, 120)
    assert len(second.phash_raw) == 64
    assert distance(first.phash_raw, second.phash_raw) <= 40


def test_two_different_marks_are_far_apart() -> None:
    other = Image.new("RGB", (300, 120), "white")
    ImageDraw.Draw(other).text((10, 10), "Tyre\nLeader", fill="black", font_size=45)
    assert distance(seen(encoded(drawn())).phash_raw, seen(encoded(other)).phash_raw) > 80


def test_the_canonical_hash_survives_inversion_and_padding_where_the_raw_one_does_not() -> None:
    first = seen(encoded(drawn()), as_mark=True)
    inverted = seen(encoded(drawn(ground="black", ink="white")), as_mark=True)
    padded = Image.new("RGB", (400, 220), "white")
    padded.paste(drawn(), (50, 50))
    assert distance(first.phash_canonical, inverted.phash_canonical) <= 30
    assert distance(first.phash_raw, inverted.phash_raw) > 100
    assert distance(first.phash_canonical, seen(encoded(padded), as_mark=True).phash_canonical) <= 30


def test_a_mark_beside_words_is_found_again_by_its_box() -> None:
    alone = seen(encoded(drawn().crop((15, 10, 105, 105))), as_mark=True)
    beside = seen(encoded(drawn()), as_mark=True)
    assert min(distance(alone.phash_canonical, box) for box in beside.boxes) <= 30


def test_spaced_letters_are_no_boxes() -> None:
    image = Image.new("RGB", (500, 60), "white")
    draw = ImageDraw.Draw(image)
    for at, letter in enumerate("STUVWXYZ"):
        draw.text((10 + at * 60, 8), letter, fill="black", font_size=40)
    assert seen(encoded(image), as_mark=True).boxes == ()


@pytest.mark.parametrize("white", [True, False])
def test_transparent_marks_are_laid_on_what_shows_them(white: bool) -> None:
    ink = (255, 255, 255, 255) if white else (0, 0, 0, 255)
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).text((20, 30), "House & Co", fill=ink, font_size=40)
    picture = seen(encoded(image), as_mark=True)
    assert not picture.flat
    assert picture.phash_canonical


@pytest.mark.parametrize("name", ["solid", "gradient", "split"])
def test_pictures_without_shape_are_flat(name: str) -> None:
    """All solid pictures share one hash, and two-tone ones collide at distance 0: they must never bring shops together."""
    image = {
        "solid": Image.new("RGB", (200, 200), "teal"),
        "gradient": Image.linear_gradient("L"),
        "split": Image.new("RGB", (200, 200), "white"),
    }[name]
    if name == "split":
        image.paste((0, 0, 0), (0, 0, 100, 200))
    assert seen(encoded(image), as_mark=True).flat
    assert seen(encoded(image, "JPEG"), as_mark=True).flat


def test_a_lone_disc_has_no_canonical_hash() -> None:
    image = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(image).ellipse((30, 60, 120, 150), fill="red")
    assert seen(encoded(image), as_mark=True).phash_canonical == ""


@pytest.mark.parametrize("name", ["ring", "diamond", "chequer"])
def test_plain_figures_have_no_canonical_hash_alone_or_beside_words(name: str) -> None:
    """Strangers draw the same rings and diamonds: two shops of the measured world met in one at distance 0."""
    image = Image.new("RGB", (340, 100), "white")
    draw = ImageDraw.Draw(image)
    if name == "ring":
        draw.ellipse((8, 8, 92, 92), outline="black", width=18)
    elif name == "diamond":
        draw.polygon([(50, 5), (95, 50), (50, 95), (5, 50)], fill="black")
        draw.ellipse((38, 38, 62, 62), fill="white")
    else:
        draw.rectangle((5, 5, 48, 48), fill="black")
        draw.rectangle((52, 52, 95, 95), fill="black")
    assert seen(encoded(image.crop((0, 0, 100, 100))), as_mark=True).phash_canonical == ""
    draw.text((125, 40), "House & Co", fill="black", font_size=30)
    beside = seen(encoded(image), as_mark=True)
    assert beside.phash_canonical
    assert beside.boxes == ()


def test_the_icon_is_small_and_ours() -> None:
    body = encoded(Image.effect_noise((500, 400), 90).convert("RGB"), "PNG")
    icon = seen(body + b"<script>trailing</script>", as_mark=True).icon
    assert len(icon) <= 8_000
    assert b"script" not in icon
    assert max(Image.open(io.BytesIO(icon)).size) == 64


def test_only_the_first_frame_of_an_animation_counts() -> None:
    frames = [drawn(), drawn(text="Second"), drawn(text="Third")]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert seen(moving).phash_raw == seen(encoded(frames[0], "GIF")).phash_raw


def test_the_largest_valid_entry_of_an_icon_is_read() -> None:
    body = bytearray(encoded(drawn((256, 256)), "ICO", sizes=[(16, 16), (64, 64)]))
    assert (seen(bytes(body)).width, seen(bytes(body)).height) == (64, 64)
    for at in range(2):  # break the large entry's length and offset
        entry = 6 + 16 * at
        if body[entry] == 64:
            struct.pack_into("<II", body, entry + 8, 4, 0xFFFFFF)
    broken = look(bytes(body))
    assert isinstance(broken, Refused) or (broken.width, broken.height) == (16, 16)


def test_sixty_thousand_pixels_a_side_are_refused_before_decoding() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))  # noqa: E731
    body = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")
    assert look(body) == Refused("more than 25 megapixels")


def test_just_over_the_limit_is_refused_and_just_under_is_read() -> None:
    assert look(encoded(Image.new("1", (5_001, 5_000)))) == Refused("more than 25 megapixels")
    assert isinstance(look(encoded(Image.new("1", (5_000, 5_000)))), Picture)


@pytest.mark.parametrize("body", [b"", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"8BPS\x00\x01", b"hello", b"<html><svg></svg></html>"])
def test_other_formats_are_refused_by_signature(body: bytes) -> None:
    assert isinstance(look(body), Refused)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO"])
def test_broken_bytes_are_refused_and_the_next_picture_is_still_read(form: str) -> None:
    body = encoded(drawn((64, 64)) if form == "ICO" else drawn(), form)
    wishes = [Look(body[: len(body) // 2]), Look(body[:40] + bytes(reversed(body[40:]))), Look(encoded(drawn()))]
    answers = look_at(wishes)
    assert len(answers) == 3
    assert isinstance(answers[2], Picture)
    assert isinstance(answers[0], Refused) or form in ("BMP", "GIF", "AVIF")


def test_a_polyglot_is_a_picture() -> None:
    assert seen(encoded(drawn()) + b"PK\x03\x04 <script>alert(1)</script>").phash_raw == seen(encoded(drawn())).phash_raw


NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = "<svg " + NAMES + ' viewBox="0 0 300 100" {attributes}>{body}</svg>'
MARK = '<path d="M10 90 L50 10 L90 90 Z M120 20 h40 v60 h-20 z M190 20 l60 10 -30 50 z"/>'


def svg(body: str = MARK, attributes: str = "") -> bytes:
    return SVG.format(body=body, attributes=attributes).encode()


def test_an_svg_is_rasterised_at_a_bounded_size() -> None:
    plain = seen(svg(), as_mark=True)
    assert (plain.width, plain.height) == (512, 171)
    assert plain.phash_canonical
    huge = seen(svg(attributes='width="1000000000" height="400000000"'), as_mark=True)
    assert huge.phash_raw == plain.phash_raw


def test_an_svg_reads_no_file(tmp_path: Path) -> None:
    """The rasteriser reads local pictures by absolute path: a canary picture must leave no mark in what is drawn."""
    canary = tmp_path / "canary.png"
    canary.write_bytes(encoded(drawn((300, 100))))
    without = seen(svg())
    for reference in (str(canary), canary.as_uri(), f"/{canary}", f" {canary}"):
        for name in ("href", "xlink:href"):
            assert seen(svg(f'{MARK}<image {name}="{reference}" width="300" height="100"/>')).phash_raw == without.phash_raw
    inner = (
        svg(f'<image href="{canary}" width="300" height="100"/>')
        .decode()
        .replace('"', "%22")
        .replace("<", "%3C")
        .replace(">", "%3E")
    )
    assert seen(svg(f'{MARK}<image href="data:image/svg+xml,{inner}" width="300" height="100"/>')).phash_raw == without.phash_raw
    styled = f'<style>@import "{canary.as_uri()}"; path {{ fill: url({canary}) black }}</style>{MARK}'
    assert seen(svg(f'{MARK}<image href="{pngdata()}" width="300" height="100"/>')).phash_raw != without.phash_raw
    assert isinstance(look(svg(styled)), Picture)


def pngdata() -> str:
    import base64

    return "data:image/png;base64," + base64.b64encode(encoded(drawn((300, 100), ground="navy", ink="white"))).decode()


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY % x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'.encode(
            "utf-16"
        ),
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * 300_000 + b"</svg>",
    ],
)
def test_svgs_with_entities_or_too_large_are_refused(body: bytes) -> None:
    answer = look(body)
    assert isinstance(answer, Refused)
    assert answer.reason.startswith(("svg: ", "too large"))


def test_use_bombs_and_deep_groups_end_as_a_refusal_or_a_picture() -> None:
    levels = "".join(f'<g id="g{n + 1}">' + f'<use xlink:href="#g{n}"/>' * 10 + "</g>" for n in range(9))
    bomb = svg(f'<defs><rect id="g0" width="1" height="1"/>{levels}</defs><use xlink:href="#g9"/>')
    deep = svg("<g>" * 200 + MARK + "</g>" * 200)
    answers = look_at([Look(bomb), Look(deep), Look(svg())])
    assert isinstance(answers[2], Picture)


def test_a_picture_that_kills_the_child_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline is real: the child is killed, replaced, and the pictures after the slow one are read."""
    monkeypatch.setattr(pictures, "DEADLINE_SECONDS", 2.0)
    assert isinstance(look(encoded(drawn(text="Before"))), Picture)
    first = pictures._DOOR._child
    assert first is not None
    blurred = '<rect width="300" height="100" filter="url(#f)"/>' * 5_000
    bomb = svg(f'<filter id="f"><feGaussianBlur stdDeviation="100000"/></filter>{blurred}')
    answers = look_at([Look(encoded(drawn())), Look(bomb), Look(encoded(drawn(text="After")))])
    assert isinstance(answers[0], Picture)
    assert isinstance(answers[2], Picture)
    assert isinstance(answers[1], Refused)
    assert pictures._DOOR._child is not first


def test_known_pictures_are_not_decoded_again() -> None:
    body = encoded(drawn(text="Once"))
    first = look(body)
    child = pictures._DOOR._child
    assert child is not None
    read = child.read
    assert look(body) is first
    assert look_at([Look(body), Look(body)]) == [first, first]
    assert child.read == read


def test_formats_are_told_by_signature() -> None:
    assert [picture_format(encoded(drawn(), form)) for form in ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")] == [
        "png", "jpeg", "gif", "webp", "avif", "bmp",
    ]  # fmt: skip
    assert picture_format(b"\xef\xbb\xbf <?xml version='1.0'?><!-- c --><svg/>") == "svg"
    assert picture_format(b"<html><body><svg/></body>") is None


def _in_pool(text: str) -> str:
    picture = look(encoded(drawn(text=text)))
    return picture.phash_raw if isinstance(picture, Picture) else picture.reason


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_it_works_inside_worker_processes(method: str) -> None:
    mine = _in_pool("Alpha")
    with multiprocessing.get_context(method).Pool(2) as pool:
        theirs = pool.map(_in_pool, ["Alpha", "Beta", "Gamma"])
        pool.close()
        pool.join()
    assert theirs[0] == mine
    assert all(len(found) == 64 for found in theirs)
    assert _in_pool("Delta") not in theirs
