"""An SVG that stands in a page, as a file of its own. An HTML reader lowers the case of names that SVG spells with capitals."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree, html

__all__ = ["standalone_svg"]

_MAX_ELEMENTS = 3_000
_CAPITALS = {
    name.lower(): name
    for name in (
        "viewBox",
        "preserveAspectRatio",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "patternUnits",
        "patternTransform",
        "patternContentUnits",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "filterUnits",
        "primitiveUnits",
        "stdDeviation",
        "startOffset",
        "textLength",
        "lengthAdjust",
        "pathLength",
        "markerWidth",
        "markerHeight",
        "markerUnits",
        "refX",
        "refY",
        "baseFrequency",
        "numOctaves",
        "tableValues",
        "xChannelSelector",
        "yChannelSelector",
        "linearGradient",
        "radialGradient",
        "clipPath",
        "textPath",
        "foreignObject",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feConvolveMatrix",
        "feDiffuseLighting",
        "feDisplacementMap",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feImage",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "feSpecularLighting",
        "feTile",
        "feTurbulence",
        "fePointLight",
        "feSpotLight",
    )
}


def standalone_svg(element: html.HtmlElement, tree: html.HtmlElement) -> bytes:
    """The element as an SVG file, with what its ``<use href="#id">`` point at in the page; empty when it is too large to be a
    mark."""
    copied = deepcopy(element)
    copied.tail = None
    for use in list(copied.iter("use"))[:8]:
        target = (use.get("href") or use.get("xlink:href") or "").strip()
        if target.startswith("#") and not copied.xpath(".//*[@id=$id]", id=target[1:]):
            found = tree.xpath("//*[@id=$id]", id=target[1:])
            if isinstance(found, list) and found and isinstance(found[0], etree._Element):
                symbol = deepcopy(found[0])
                symbol.tail = None
                if "viewbox" in symbol.attrib and "viewbox" not in copied.attrib:
                    copied.set("viewbox", str(symbol.get("viewbox")))
                copied.append(symbol)
    nodes = list(copied.iter())
    if len(nodes) > _MAX_ELEMENTS:
        return b""
    for node in nodes:
        if not isinstance(node.tag, str):
            continue
        node.tag = _CAPITALS.get(node.tag, node.tag)
        for name, value in list(node.attrib.items()):
            kept = _CAPITALS.get(str(name), str(name))
            if kept == "xlink:href":
                kept = "href"
            if kept != name or ":" in kept:
                del node.attrib[name]
                if ":" not in kept and kept != "xmlns":
                    node.set(kept, value)
    copied.attrib.pop("xmlns", "")
    raw = etree.tostring(copied, encoding="utf-8", method="xml")
    return raw.replace(b"<svg", b'<svg xmlns="http://www.w3.org/2000/svg"', 1)
