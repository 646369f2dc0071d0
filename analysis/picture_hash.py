"""What a decoded picture looks like, as values: perceptual hashes, whether it has any shape, and the marks inside a wide one.

Pure functions of a Pillow image; they run inside the limited child process (``analysis.picture_worker``).
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

__all__ = ["HASH_SIZE", "boxes", "canonical", "flatten", "has_shape", "icon", "phash"]

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
_MAX_SEGMENTS = 6  # more are letters, not marks
_ICON_SIDE = 64


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
    """The parts of a canonical picture wider than 2:1, cut at its empty columns, so that a mark beside text is still found.

    A gap of a third of the height parts a mark from words; more than six parts are spaced letters, and none is returned.
    """
    width, height = trimmed.size
    if width <= 2 * height or height < _MIN_BOX:
        return []
    filled: NDArray[np.bool_] = np.any(np.asarray(trimmed, dtype=np.int16) < 255 - _INK, axis=0)
    parts = _segments(filled, max(2, height // 3))
    if len(parts) < 2 or len(parts) > _MAX_SEGMENTS:
        parts = _widest_cut(filled)
    found = []
    for start, end in parts:
        if end - start < max(_MIN_BOX, height // 2):
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


def _widest_cut(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Two parts, cut at the widest empty run, when that run clearly is the widest; else none."""
    columns = np.flatnonzero(filled)
    gaps = np.diff(columns)
    if gaps.size < 2:
        return []
    order = np.argsort(gaps, kind="stable")
    widest, second = int(order[-1]), int(order[-2])
    if gaps[widest] < 3 or gaps[widest] < 1.5 * gaps[second]:
        return []
    return [(int(columns[0]), int(columns[widest]) + 1), (int(columns[widest + 1]), int(columns[-1]) + 1)]
