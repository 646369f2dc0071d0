"""What a decoded picture looks like, as values: perceptual hashes, whether it has any shape, and the marks inside a wide one.

Pure functions of a Pillow image; they run inside the limited child process (``analysis.imagery.picture_worker``).
A perceptual hash is imagehash's pHash of 16x16 bits (256 bits, 64 hex characters): the signs of the low frequencies of the
cosine transform of the 64x64 grey picture. The *raw* hash keeps the picture as it is; the *canonical* one is taken of the trimmed,
grey, dark-on-light picture: they fail under different edits, so both are kept.
"""

from __future__ import annotations

import io

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from scipy.fft import dctn

__all__ = ["HASH_SIZE", "boxes", "canonical", "flatten", "has_shape", "icon", "is_figure", "phash"]

HASH_SIZE = 16
#: Side of the square the hash looks at: imagehash scales to hash size times this factor.
_SIDE = HASH_SIZE * 4
#: A low frequency counts as signal above this: 8-bit rounding noise gives about 37 in this unnormalised
#: transform, the ringing of a JPEG at quality 75 up to about 300.
_SIGNAL = 400.0
#: Low frequencies of 255 that must be signal. A solid colour has 0, a gradient or a two-tone split 15, a disc about 60 by symmetry;
#: their other hash bits are signs of rounding noise, so such pictures would agree with one another by nature.
_MIN_SIGNALS = 112
_INK = 40  # grey levels from the ground that count as drawn
_MIN_BOX = 16  # pixels: less is a glyph
_TALLER = 1.15  # how much taller than the words a mark is at least
_ICON_SIDE = 64
_ALIKE = 0.08  # share of pixels by which a figure and its reflection may differ


def flatten(image: Image.Image) -> Image.Image:
    """The picture in grey, transparency laid on white, or on black where it would vanish on white."""
    if image.mode.startswith(("I", "F")):
        levels = np.asarray(image, dtype=np.float64)
        top = max(float(levels.max(initial=0)), 255.0)
        return Image.fromarray((levels.clip(0) * (255.0 / top)).astype(np.uint8))
    if image.mode not in ("RGBA", "LA", "PA", "La", "RGBa") and "transparency" not in image.info:
        return image.convert("L")
    layered = image.convert("RGBA")
    on_white = _laid_on(layered, 255)
    low, high = on_white.getextrema()
    return _laid_on(layered, 0) if isinstance(low, int) and isinstance(high, int) and high - low < _INK else on_white


def phash(grey: Image.Image) -> str:
    """The 256-bit perceptual hash, 64 hex characters."""
    return str(imagehash.phash(grey, hash_size=HASH_SIZE))


def has_shape(grey: Image.Image) -> bool:
    """False without spatial content (solid, gradient, two-tone, a lone symmetric figure): such hashes mean nothing."""
    small = np.asarray(grey.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    low = np.abs(dctn(small, type=2))[:HASH_SIZE, :HASH_SIZE]
    low[0, 0] = 0.0
    return int((low > _SIGNAL).sum()) >= _MIN_SIGNALS


def is_figure(trimmed: Image.Image) -> bool:
    """True for a plain figure: one that at least two of five turns and reflections leave as it is.

    Rings, diamonds, chequers and crosses are drawn by everybody; strangers' logos met in them at distance 0.
    """
    dark = np.asarray(trimmed.resize((32, 32), Image.Resampling.BILINEAR), dtype=np.int16) < 160
    turned = (dark[:, ::-1], dark[::-1], dark[::-1, ::-1], dark.T, dark[::-1, ::-1].T)
    return sum(float(np.mean(dark != other)) <= _ALIKE for other in turned) >= 2


def canonical(grey: Image.Image) -> Image.Image | None:
    """Trimmed to what is drawn, dark on a light ground, contrast stretched; None when nothing is drawn."""
    levels = np.asarray(grey, dtype=np.int16)
    if levels.size == 0:
        return None
    rim = np.concatenate((levels[0], levels[-1], levels[:, 0], levels[:, -1]))
    ground = int(np.median(rim))
    drawn = np.abs(levels - ground) > _INK
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not rows.size or not columns.size:
        return None
    cut = levels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    image = Image.fromarray(cut.astype(np.uint8))
    if ground < 128:
        image = ImageOps.invert(image)
    return ImageOps.autocontrast(image)


def boxes(trimmed: Image.Image) -> list[Image.Image]:
    """The marks beside the words of a canonical picture wider than 2:1, cut at its empty columns; each canonical again.

    A mark stands at an end, is about as wide as high, and is taller than everything else: a part that is no taller is a
    word or a glyph, and glyphs of one font are equal in every shop that uses it ("&" and "24" were found so).
    """
    width, height = trimmed.size
    if width <= 2 * height or height < _MIN_BOX:
        return []
    drawn: NDArray[np.bool_] = np.asarray(trimmed, dtype=np.int16) < 255 - _INK
    filled: NDArray[np.bool_] = np.any(drawn, axis=0)
    parts = _segments(filled, max(2, height // 8))
    if len(parts) < 2:
        return []
    heights = [_ink_height(drawn[:, start:end]) for start, end in parts]
    found = []
    for at in (0, len(parts) - 1):
        start, end = parts[at]
        others = [other for number, other in enumerate(heights) if number != at]
        if heights[at] < _TALLER * max(others) or not 0.5 <= (end - start) / max(1, heights[at]) <= 2.0:
            continue
        part = canonical(ImageOps.expand(trimmed.crop((start, 0, end, height)), border=1, fill=255))
        if part is not None and min(part.size) >= _MIN_BOX:
            found.append(part)
    return found


def icon(image: Image.Image) -> bytes:
    """A PNG of at most 64x64 drawn anew from the pixels: nothing of the original file is in it."""
    small = image.convert("RGBA")
    small.thumbnail((_ICON_SIDE, _ICON_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    if out.tell() > 6_000:  # photographs: 128 colours are enough for an icon
        out = io.BytesIO()
        clean.quantize(128, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _laid_on(layered: Image.Image, level: int) -> Image.Image:
    ground = Image.new("RGBA", layered.size, (level, level, level, 255))
    ground.alpha_composite(layered)
    return ground.convert("L")


def _segments(filled: NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """Runs of filled columns; runs parted by fewer than ``gap`` empty columns are one."""
    columns = np.flatnonzero(filled)
    if not columns.size:
        return []
    breaks = np.flatnonzero(np.diff(columns) > gap)
    starts = [int(columns[0]), *(int(columns[at + 1]) for at in breaks)]
    ends = [*(int(columns[at]) + 1 for at in breaks), int(columns[-1]) + 1]
    return list(zip(starts, ends, strict=True))


def _ink_height(drawn: NDArray[np.bool_]) -> int:
    rows = np.flatnonzero(drawn.any(axis=1))
    return int(rows[-1] - rows[0] + 1) if rows.size else 0
