"""What a style sheet or a web manifest refers to."""

from __future__ import annotations

import json
import re

from crawler.links import MAX_ASSETS, MAX_PARSED, Asset, AssetUse
from crawler.names import absolute

__all__ = ["manifest_assets", "style_assets"]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORT = re.compile(r"@import\s{1,8}(?:url\(\s{0,8})?['\"]?([^'\"()\s;]{1,2083})", re.IGNORECASE)
_URL = re.compile(r"url\(\s{0,8}['\"]?([^'\"()\s]{1,2083})", re.IGNORECASE)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)", re.IGNORECASE)
_MAX_MANIFEST = 256 * 1024


def style_assets(body: bytes, url: str) -> tuple[Asset, ...]:
    """Sheets, fonts and pictures that a style sheet at ``url`` asks for, in order, each once."""
    text = _COMMENT.sub(" ", body[:MAX_PARSED].decode("utf-8", "replace"))
    found: dict[Asset, None] = {}
    for pattern, imported in ((_IMPORT, True), (_URL, False)):
        for match in pattern.finditer(text):
            if len(found) >= MAX_ASSETS:
                break
            written = match[1]
            if written[:5].lower() == "data:" or written.startswith("#"):
                continue
            target = absolute(url, written)
            if target is None:
                continue
            use = AssetUse.STYLE if imported else AssetUse.FONT if _FONT.search(written) else AssetUse.BACKGROUND
            if Asset(target, AssetUse.STYLE) not in found:
                found[Asset(target, use)] = None
    return tuple(found)


def manifest_assets(body: bytes, url: str) -> tuple[Asset, ...]:
    """The icons that a web manifest at ``url`` names."""
    try:
        icons = json.loads(body[:_MAX_MANIFEST].decode("utf-8", "replace")).get("icons")
    except (ValueError, RecursionError, AttributeError):
        return ()
    if not isinstance(icons, list):
        return ()
    sources = [icon["src"] for icon in icons[:20] if isinstance(icon, dict) and isinstance(icon.get("src"), str)]
    targets = (absolute(url, source) for source in sources)
    return tuple(dict.fromkeys(Asset(target, AssetUse.ICON) for target in targets if target))
