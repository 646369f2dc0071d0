"""The limited child process that decodes pictures: ``python -m analysis.imagery.picture_worker``.

``analysis.imagery.pictures`` speaks to it.

Frames: a request is 4 bytes big-endian length, one byte of wishes (bit 0: also as a mark), then the picture; an answer is 4 bytes
length and a JSON object, ``{"refused": reason}`` or the fields of ``analysis.imagery.pictures.Picture``. Address space,
processor seconds, open files and written bytes are limited, so that a hostile picture ends at worst this process, and the
parent takes that as a refusal of this one picture.
"""

from __future__ import annotations

import base64
import io
import json
import os
import resource
import struct
import sys
import warnings
from typing import BinaryIO

import resvg_py
from PIL import Image, UnidentifiedImageError

from analysis.imagery.picture_hash import boxes, canonical, flatten, has_shape, icon, is_figure, phash
from analysis.imagery.svg_cleaning import UnsafeSvg, clean_svg, looks_like_svg

__all__ = ["FORMATS", "MAX_PIXELS", "examine", "serve"]

#: Formats that are opened at all (Pillow's names). EPS would run Ghostscript; the others are nobody's shop picture.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "ICO", "BMP")
#: Pixels decoded at most; asked before decoding.
MAX_PIXELS = 25_000_000
ADDRESS_SPACE = 1_536 * 1024 * 1024
CPU_SECONDS = 6  # a picture; the parent's deadline is wall time
_SVG_SIDE = 512
_DRAFT_SIDE = 256  # a JPEG is decoded at the smallest scale that still has this many pixels a side; the hash looks at 64


def examine(body: bytes, as_mark: bool) -> dict[str, object]:
    """The picture's fields, or ``{"refused": reason}``."""
    try:
        image = _svg(body) if looks_like_svg(body) else _raster(body, as_mark)
    except UnsafeSvg as error:
        return {"refused": f"svg: {error}"}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": "more than 25 megapixels"}
    except UnidentifiedImageError:
        return {"refused": "not a picture of the allowed formats"}
    except MemoryError:
        return {"refused": "needs too much memory"}
    except Exception as error:  # noqa: BLE001 - decoders raise what they like; this process exists to contain it
        return {"refused": f"cannot be decoded ({type(error).__name__})"}
    grey = flatten(image)
    width, height = image.info.get("samehand_size", image.size)
    found: dict[str, object] = {"width": width, "height": height, "flat": not has_shape(grey), "phash_raw": phash(grey)}
    if as_mark:
        trimmed = canonical(grey)
        shaped = trimmed is not None and has_shape(trimmed) and not is_figure(trimmed)
        parts = boxes(trimmed) if trimmed is not None else []
        found["phash_canonical"] = phash(trimmed) if trimmed is not None and shaped else ""
        found["boxes"] = [phash(part) for part in parts if has_shape(part) and not is_figure(part)]
        found["icon"] = base64.b64encode(icon(image)).decode("ascii")
    return found


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer requests until the pipe closes."""
    while len(head := incoming.read(5)) == 5:
        length, wishes = struct.unpack(">IB", head)
        body = incoming.read(length)
        if len(body) < length:
            return
        _allow_cpu()
        answer = json.dumps(examine(body, bool(wishes & 1))).encode("ascii")
        outgoing.write(struct.pack(">I", len(answer)) + answer)
        outgoing.flush()


def _raster(body: bytes, as_mark: bool) -> Image.Image:
    image: Image.Image = Image.open(io.BytesIO(body), formats=FORMATS)
    size = image.size
    if size[0] * size[1] > MAX_PIXELS:
        raise Image.DecompressionBombError
    if image.format == "ICO":
        return _largest_icon(image)
    if image.format == "JPEG":
        image.draft(None, (_DRAFT_SIDE * 2,) * 2 if as_mark else (_DRAFT_SIDE,) * 2)
    image.load()
    image.info["samehand_size"] = size
    return image


def _largest_icon(image: Image.Image) -> Image.Image:
    """The largest entry of an ICO that decodes: its other entries may lie."""
    sizes = sorted(getattr(image, "info", {}).get("sizes", ()), reverse=True)[:16]
    failure: Exception = UnidentifiedImageError()
    for size in sizes or [image.size]:
        try:
            entry: Image.Image = image.ico.getimage(size)  # type: ignore[attr-defined]
            entry.load()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise
        except (ValueError, OSError, SyntaxError, KeyError, IndexError, EOFError, struct.error) as error:
            failure = error
            continue
        if entry.size[0] * entry.size[1] <= MAX_PIXELS and min(entry.size) > 0:
            return entry
    raise failure


def _svg(body: bytes) -> Image.Image:
    text, width, height = clean_svg(body, _SVG_SIDE)
    # No system fonts: words that are not outlines would look different on every machine.
    png = resvg_py.svg_to_bytes(svg_string=text, width=width, height=height, skip_system_fonts=True)
    image = Image.open(io.BytesIO(bytes(png)), formats=("PNG",))
    image.load()
    return image


def _allow_cpu() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))


def _limit() -> None:
    for limit, value in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(limit, (value, value))


def main() -> None:
    """Entry of the child process."""
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    # All decoders are loaded and the transform is warmed up before memory is limited: the first picture is like every other.
    Image.init()
    phash(Image.new("L", (8, 8)))
    _limit()
    # Whatever a decoder prints must not fall between our frames.
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, outgoing)


if __name__ == "__main__":
    main()
