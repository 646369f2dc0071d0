"""An SVG made safe to rasterise: no outside reference, no script, no entity, a bounded size. Runs inside the limited child."""

from __future__ import annotations

import re

from lxml import etree

__all__ = ["MAX_SVG_BYTES", "UnsafeSvg", "clean_svg", "looks_like_svg"]

MAX_SVG_BYTES = 1_000_000
_MAX_ELEMENTS = 20_000
_DROPPED = frozenset(
    {"script", "foreignobject", "iframe", "audio", "video", "handler", "set", "animate", "animatetransform", "animatemotion"}
)
_REFERENCES = frozenset({"href", "src", "base"})
_RASTER_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_OUTSIDE_URL = re.compile(r"url\(\s*['\"]?\s*(?!['\"]?\s*#)[^)]{0,4096}\)?", re.IGNORECASE)
_IMPORT = re.compile(r"@import[^;]{0,4096};?", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}>", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9]{1,7}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})\s*(px|pt|mm|cm|in|em|rem|ex)?\s*$")


class UnsafeSvg(ValueError):
    """The SVG is refused; the text says why."""


def looks_like_svg(body: bytes) -> bool:
    """True when the first element is ``<svg``, whatever was declared."""
    start = body[:20_000].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").lstrip()
    head = start[:4096]
    if not head.startswith(b"<"):
        return False
    rest = re.sub(rb"<\?[^>]{0,1000}\?>|<!--.{0,3000}?-->|<![^>]{0,1000}>", b"", head, flags=re.DOTALL).lstrip()
    return rest[:4].lower() == b"<svg" or rest[:5].lower() == b"<svg:" or (b"<!ENTITY" in head and b"<svg" in start)


def clean_svg(body: bytes, side: int) -> tuple[str, int, int]:
    """The SVG without anything that reaches outside it, with the pixel size (longer side ``side``) to rasterise it at.

    Every reference except ``#...`` and raster ``data:`` is removed; entities and internal subsets are refused.
    Raises UnsafeSvg.
    """
    if len(body) > MAX_SVG_BYTES:
        raise UnsafeSvg("too large")
    root = _parsed(_DOCTYPE.sub("", _decoded(body), count=1))
    if etree.QName(root).localname.lower() != "svg":
        raise UnsafeSvg("no svg element")
    for count, element in enumerate(list(root.iter())):
        if count > _MAX_ELEMENTS:
            raise UnsafeSvg("too many elements")
        if not isinstance(element.tag, str):
            _remove(element)
        else:
            _clean(element)
    width, height = _size(root)
    scale = side / max(width, height)
    pixels = max(1, round(width * scale)), max(1, round(height * scale))
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", str(pixels[0]))
    root.set("height", str(pixels[1]))
    _forget(root, "x", "y", "style")
    return etree.tostring(root, encoding="unicode"), *pixels


def _decoded(body: bytes) -> str:
    encoding = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    if "<!ENTITY" in text.upper() or re.search(r"<!DOCTYPE[^>]{0,1000}\[", text, re.IGNORECASE):
        raise UnsafeSvg("entities")
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeSvg("not well-formed") from error
    if root is None:
        raise UnsafeSvg("not well-formed")
    return root


def _clean(element: etree._Element) -> None:
    name = etree.QName(element).localname.lower()
    if name in _DROPPED and element.getparent() is not None:
        _remove(element)
        return
    if name == "style" and element.text:
        element.text = _IMPORT.sub("", _OUTSIDE_URL.sub("none", element.text))
    for key, value in list(element.attrib.items()):
        attribute, text = etree.QName(key).localname.lower(), str(value).strip()
        if attribute in _REFERENCES:
            if not (text.startswith("#") or (name != "use" and _RASTER_DATA.match(text))):
                del element.attrib[key]
        elif attribute.startswith("on"):
            del element.attrib[key]
        elif "(" in text and _OUTSIDE_URL.search(text):
            element.set(key, _OUTSIDE_URL.sub("none", text))


def _forget(element: etree._Element, *names: str) -> None:
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _size(root: etree._Element) -> tuple[float, float]:
    """Width and height in user units: of the viewBox, else of the attributes, else CSS's 300 by 150."""
    parts = re.split(r"[\s,]+", (root.get("viewBox") or "").strip()[:100])
    if len(parts) == 4:
        try:
            width, height = float(parts[2]), float(parts[3])
        except ValueError:
            width = height = 0.0
        if 0 < width < 1e9 and 0 < height < 1e9:
            return width, height
    _forget(root, "viewBox")
    found = [_NUMBER.match((root.get(name) or "")[:40]) for name in ("width", "height")]
    if found[0] and found[1]:
        width, height = float(found[0].group(1)), float(found[1].group(1))
        if width > 0 and height > 0:
            return width, height
    return 300.0, 150.0
