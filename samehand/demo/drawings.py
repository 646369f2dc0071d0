"""Pictures drawn by our own code with Pillow: covers, logos, icons, card marks, banners. The same bytes for the same words."""

from __future__ import annotations

import colorsys
import io
import math
import random
import struct
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont, ImageOps, PngImagePlugin

from samehand.demo.names import Colours

__all__ = ["arrow", "banner", "card_mark", "cover", "gradient", "icon", "logo", "photo", "screenshot", "sleeve"]

_PAPER = "#ffffff"


@lru_cache(maxsize=4096)
def cover(key: str, title: str, artist: str, size: int) -> bytes:
    """A record sleeve as JPEG, ``size`` pixels square; ``key`` decides the drawing."""
    return _jpeg(_sleeve(key, title, artist).resize((size, size), Image.Resampling.LANCZOS))


@lru_cache(maxsize=4096)
def sleeve(key: str, title: str, artist: str, size: int) -> bytes:
    """The same record photographed by another shop: tilted into a case, with a mirror image below."""
    art = _sleeve(key, title, artist).resize((size, size), Image.Resampling.LANCZOS)
    case = Image.new("RGB", (size + 22, size + size // 2), _PAPER)
    tilted = art.rotate(4, resample=Image.Resampling.BICUBIC, expand=False, fillcolor="#d9d9d9")
    draw = ImageDraw.Draw(case)
    draw.rectangle((2, 2, size + 19, size + 7), fill="#d9d9d9", outline="#8c8c8c")
    draw.rectangle((2, 2, 15, size + 7), fill="#3c3c3c")
    case.paste(tilted.crop((4, 4, size - 2, size - 2)), (18, 6))
    fading = ImageOps.flip(case.crop((0, size // 2, size + 22, size + 8)))
    veil = Image.linear_gradient("L").resize(fading.size).point(lambda level: 110 - level * 110 // 255)
    case.paste(fading, (0, size + 8), veil)
    return _jpeg(case)


@lru_cache(maxsize=512)
def logo(name: str, tagline: str, colours: Colours, style: int, size: tuple[int, int] = (230, 60)) -> bytes:
    """A word mark with a drawn emblem; ``style`` 0-5 picks emblem and lettering."""
    scale = 3
    width, height = size[0] * scale, size[1] * scale
    picture = Image.new("RGB", (width, height), colours.dark if style % 2 else _PAPER)
    draw = ImageDraw.Draw(picture)
    ink = _PAPER if style % 2 else colours.dark
    box = (6 * scale, 6 * scale, height - 6 * scale, height - 6 * scale)
    _emblem(draw, box, colours, style, ink)
    left = height + 2 * scale
    room = width - left - 6 * scale
    letters = _fitted(name, room, 30 * scale)
    draw.text((left, height * 0.44), name, font=letters, fill=ink, anchor="lm")
    half = max(2, len(name) // 2)
    if style in (0, 3):  # second half of the word in the main colour
        offset = draw.textlength(name[:half], font=letters)
        draw.text(
            (left + offset, height * 0.44),
            name[half:],
            font=letters,
            fill=colours.main if style == 0 else colours.accent,
            anchor="lm",
        )
    if tagline:
        draw.text(
            (left, height * 0.82),
            tagline,
            font=_fitted(tagline, room, 10 * scale),
            fill=colours.accent if not style % 2 else colours.pale,
            anchor="lm",
        )
    return _png(picture.resize(size, Image.Resampling.LANCZOS))


@lru_cache(maxsize=512)
def icon(letter: str, colours: Colours, style: int) -> bytes:
    """A favicon (ICO, one 32x32 picture)."""
    picture = Image.new("RGB", (96, 96), colours.main)
    draw = ImageDraw.Draw(picture)
    if style % 3 == 0:
        draw.ellipse((4, 4, 92, 92), fill=colours.dark)
    elif style % 3 == 1:
        draw.polygon([(0, 96), (96, 0), (96, 96)], fill=colours.accent)
    else:
        draw.rectangle((10, 10, 86, 86), outline=_PAPER, width=8)
    draw.text((48, 50), letter, font=_font(62), fill=_PAPER, anchor="mm")
    png = _png(picture.resize((32, 32), Image.Resampling.LANCZOS))
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 32, 32, 0, 0, 1, 32, len(png), 22) + png


@lru_cache(maxsize=64)
def card_mark(name: str, colour: str) -> bytes:
    """The mark of a way to pay, 52x33."""
    picture = Image.new("RGB", (156, 99), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((1, 1, 154, 97), radius=12, fill=_PAPER, outline="#9a9a9a", width=3)
    draw.rectangle((3, 12, 153, 30), fill=colour)
    draw.text((78, 62), name, font=_fitted(name, 136, 36), fill=colour, anchor="mm")
    return _png(picture.resize((52, 33), Image.Resampling.LANCZOS))


@lru_cache(maxsize=64)
def gradient(top: str, bottom: str, height: int) -> bytes:
    """A one-colour-to-the-other strip for bars and boxes, 4 pixels wide."""
    first, last = _rgb(top), _rgb(bottom)
    picture = Image.new("RGB", (4, height))
    for y in range(height):
        share = y / max(1, height - 1)
        tone = tuple(round(a + (b - a) * share) for a, b in zip(first, last, strict=True))
        for x in range(4):
            picture.putpixel((x, y), tone)
    return _png(picture, colours=0)


@lru_cache(maxsize=64)
def arrow(colour: str) -> bytes:
    """A small bullet."""
    picture = Image.new("RGB", (36, 36), _PAPER)
    ImageDraw.Draw(picture).polygon([(9, 6), (27, 18), (9, 30)], fill=colour)
    return _png(picture.resize((9, 9), Image.Resampling.LANCZOS))


@lru_cache(maxsize=64)
def banner(headline: str, line: str, colours: Colours, document: str) -> bytes:
    """A 468x60 banner; ``document`` is the XMP id of the drawing it was exported from (empty: none)."""
    picture = Image.new("RGB", (936, 120), colours.main)
    draw = ImageDraw.Draw(picture)
    for place in range(14):
        draw.polygon([(place * 80 - 40, 120), (place * 80, 0), (place * 80 + 30, 0), (place * 80 - 10, 120)], fill=colours.dark)
    draw.ellipse((20, 10, 120, 110), fill=colours.pale)
    draw.ellipse((55, 45, 85, 75), fill=colours.accent)
    draw.text((150, 44), headline, font=_fitted(headline, 760, 48), fill=_PAPER, anchor="lm")
    draw.text((150, 90), line, font=_fitted(line, 760, 26), fill=colours.pale, anchor="lm")
    return _png(picture.resize((468, 60), Image.Resampling.LANCZOS), document=document)


@lru_cache(maxsize=64)
def screenshot(name: str, rows: tuple[str, ...], colours: Colours) -> bytes:
    """A drawn window of a desktop programme, 360x240."""
    picture = Image.new("RGB", (720, 480), "#ece9d8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 720, 44), fill=colours.main)
    draw.text((16, 22), name, font=_font(24), fill=_PAPER, anchor="lm")
    for place, tone in enumerate(("#c0392b", "#7f8c8d", "#7f8c8d")):
        draw.rectangle((686 - place * 36, 10, 710 - place * 36, 34), fill=tone, outline=_PAPER)
    draw.rectangle((10, 56, 190, 470), fill=_PAPER, outline="#8c8c8c")
    draw.rectangle((200, 56, 710, 470), fill=_PAPER, outline="#8c8c8c")
    for place, row in enumerate(rows[:15]):
        if place % 2:
            draw.rectangle((202, 60 + place * 27, 708, 86 + place * 27), fill=colours.pale)
        draw.text((212, 74 + place * 27), row[:48], font=_font(19), fill="#222222", anchor="lm")
    for place in range(9):
        draw.rectangle(
            (22, 74 + place * 34, 60 + (place * 37) % 110, 86 + place * 34), fill=colours.main if place == 1 else "#b5b5b5"
        )
    return _png(picture.resize((360, 240), Image.Resampling.LANCZOS))


@lru_cache(maxsize=256)
def photo(key: str, size: tuple[int, int]) -> bytes:
    """A landscape of hills and a light: posters, band pictures and the like."""
    rng = random.Random(f"photo/{key}")
    width, height = size[0] * 2, size[1] * 2
    hue = rng.random()
    picture = Image.new("RGB", (width, height), _tone(hue, 0.35, 0.95))
    draw = ImageDraw.Draw(picture)
    x, y, radius = rng.randrange(width), rng.randrange(height // 2), rng.randrange(height // 12, height // 4)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_tone(hue + 0.5, 0.6, 0.95))
    for layer in range(4):
        phase, pitch = rng.random() * 6, rng.uniform(1.5, 5)
        base = height * (0.45 + layer * 0.14)
        ridge = [(step, base + math.sin(phase + step / width * pitch * 3) * height * 0.1) for step in range(0, width + 8, 8)]
        draw.polygon([(0, height), *ridge, (width, height)], fill=_tone(hue + layer * 0.04, 0.5, 0.75 - layer * 0.17))
    return _jpeg(picture.resize(size, Image.Resampling.LANCZOS))


def _sleeve(key: str, title: str, artist: str) -> Image.Image:
    rng = random.Random(f"cover/{key}")
    side = 400
    hue, style = rng.random(), rng.randrange(7)
    ground, figure, light = (
        _tone(hue, rng.uniform(0.3, 0.8), rng.uniform(0.25, 0.9)),
        _tone(hue + rng.choice((0.12, 0.33, 0.5)), 0.7, 0.8),
        _tone(hue, 0.1, 1),
    )
    picture = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(picture)
    x, y = rng.randrange(80, 320), rng.randrange(80, 280)
    if style == 0:
        for ring in range(rng.randrange(4, 11), 0, -1):
            reach = ring * rng.randrange(16, 24)
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=figure if ring % 2 else ground)
    elif style == 1:
        width, slant = rng.randrange(12, 44), rng.randrange(-160, 160)
        for left in range(-200, 600, width * 2):
            draw.polygon([(left, 0), (left + width, 0), (left + width + slant, side), (left + slant, side)], fill=figure)
    elif style == 2:
        for spoke in range(0, 360, rng.choice((12, 18, 24, 30))):
            ends = [(x + 600 * math.cos(math.radians(a)), y + 600 * math.sin(math.radians(a))) for a in (spoke, spoke + 8)]
            draw.polygon([(x, y), *ends], fill=figure)
    elif style == 3:
        cells = rng.randrange(3, 8)
        step = side // cells
        for cell in range(cells * cells):
            if rng.random() < 0.55:
                left, top = cell % cells * step, cell // cells * step
                draw.rectangle(
                    (left, top, left + step - 3, top + step - 3), fill=_tone(hue + rng.random() * 0.2, 0.7, rng.uniform(0.4, 1))
                )
    elif style == 4:
        for band in range(9):
            tall = rng.randrange(30, 330)
            draw.rectangle((band * 45 + 4, side - tall, band * 45 + 38, side), fill=figure if band % 3 else light)
    elif style == 5:
        draw.polygon([(rng.randrange(side), rng.randrange(160)), (0, side), (side, rng.randrange(200, side))], fill=figure)
        draw.polygon(
            [(rng.randrange(side), rng.randrange(200)), (rng.randrange(120), side), (side, side)], fill=_tone(hue + 0.6, 0.5, 0.5)
        )
        draw.ellipse((x - 45, 40, x + 45, 130), fill=light)
    else:
        for dot in range(60):
            reach = rng.randrange(6, 46)
            left, top = rng.randrange(side), rng.randrange(side)
            draw.ellipse((left - reach, top - reach, left + reach, top + reach), fill=(figure, ground, light)[dot % 3])
    strip = rng.choice((0, 300, 330))
    draw.rectangle((0, strip, side, strip + 70), fill=_tone(hue, 0.5, 0.15))
    draw.text((16, strip + 24), artist, font=_fitted(artist, 368, 34), fill=_PAPER, anchor="lm")
    if title.isascii():  # the built-in lettering has no Cyrillic
        draw.text((16, strip + 54), title, font=_fitted(title, 368, 24), fill=light, anchor="lm")
    shine = Image.radial_gradient("L").resize((side, side)).point(lambda level: 70 - level * 70 // 255)
    picture.paste(Image.new("RGB", (side, side), _PAPER), (0, 0), shine)
    return picture


def _emblem(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colours: Colours, style: int, ink: str) -> None:
    left, top, right, bottom = box
    middle, reach = (left + right) / 2, (right - left) / 2
    if style == 0:  # a disc
        draw.ellipse(box, fill=colours.main)
        draw.ellipse((middle - reach / 3, top + reach * 2 / 3, middle + reach / 3, top + reach * 4 / 3), fill=_PAPER)
    elif style == 1:  # a spark
        points = []
        for step in range(16):
            length = reach if step % 2 == 0 else reach * 0.38
            points.append((middle + length * math.sin(step * math.pi / 8), top + reach - length * math.cos(step * math.pi / 8)))
        draw.polygon(points, fill=colours.accent)
    elif style == 2:  # a pyramid
        draw.polygon([(middle, top), (right, bottom), (left, bottom)], fill=colours.main)
        draw.polygon([(middle, top), (right, bottom), (middle + reach / 4, bottom)], fill=colours.dark)
    elif style == 3:  # bars
        for place, share in enumerate((0.4, 0.8, 1, 0.55)):
            x = left + place * reach / 2
            draw.rectangle(
                (x, bottom - share * 2 * reach, x + reach * 0.36, bottom), fill=colours.accent if place == 2 else colours.pale
            )
    elif style == 4:  # waves
        for place in range(3):
            inset = place * reach / 3.2
            draw.arc((left + inset, top + inset, right - inset, bottom - inset), 200, 340, fill=ink, width=int(reach / 5))
        draw.ellipse((middle - reach / 5, bottom - reach * 0.7, middle + reach / 5, bottom - reach * 0.3), fill=colours.accent)
    else:  # a sleeve with its record
        draw.ellipse((middle - reach * 0.2, top, right + reach * 0.2, bottom), fill="#111111")
        draw.rectangle((left, top, middle + reach * 0.3, bottom), fill=colours.pale)


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise OSError("the story's lettering needs a Pillow built with FreeType; every wheel on PyPI is")
    return font


def _fitted(text: str, room: float, size: int) -> ImageFont.FreeTypeFont:
    while size > 8 and _font(size).getlength(text) > room:
        size -= 2
    return _font(size)


def _tone(hue: float, saturation: float, value: float) -> str:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _png(picture: Image.Image, *, colours: int = 64, document: str = "") -> bytes:
    about = PngImagePlugin.PngInfo()
    if document:
        about.add_itxt("XML:com.adobe.xmp", _XMP.format(document=document))
    flat = picture.quantize(colours, method=Image.Quantize.MEDIANCUT) if colours else picture
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=False, pnginfo=about)
    return out.getvalue()


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


_XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmpMM:OriginalDocumentID="uuid:{document}" xmpMM:DocumentID="uuid:{document}"/>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
