"""A storefront's own names, so that they can be lifted out of texts that are compared between storefronts."""

from __future__ import annotations

import re
from typing import Final

from analysis.page.reading import Reading

__all__ = ["lift_names", "own_names"]

#: Names that are lifted; a title is cut into its parts, and the part that is the brand is among them.
_MAX_NAMES: Final = 12
_TITLE_CUT: Final = re.compile(r"\s+[|–—·•»:-]\s+|\s*[|»]\s*")
_DOMAIN: Final = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,5}[a-z]{2,18}(?:/[^\s\"'<>]{0,200})?", re.IGNORECASE)


def own_names(reading: Reading) -> tuple[str, ...]:
    """The domain's label, the declared site name and the title parts that are the same words as one of those, longest first.

    ``Vivid & House`` is the brand behind ``vividandhouse.example``: compared by letters only, ``&`` read as "and".
    """
    label = _letters(reading.site.partition(".")[0])
    names = {reading.site.partition(".")[0], reading.site}
    for page, fresh in reading.fresh[:20]:
        for meta in fresh:
            if meta.name == "meta":
                told = meta.attributes.get
                if (told("property") or told("name") or "").lower() in ("og:site_name", "application-name"):
                    names.add((told("content") or "").strip()[:80])
        for part in _TITLE_CUT.split(page.title[:300]):
            letters = _letters(part)
            if len(letters) >= 3 and (letters == label or (len(letters) >= 5 and (letters in label or label in letters))):
                names.add(part.strip())
    kept = sorted((name for name in names if len(name) >= 3), key=lambda name: (-len(name), name))
    return tuple(kept[:_MAX_NAMES])


def lift_names(text: str, names: tuple[str, ...]) -> str:
    """``text`` in one case, with own names, domains and mail addresses replaced by marks and numbers by ``#``."""
    text = text[:20_000].casefold()
    for name in names:
        text = text.replace(name.casefold(), "<name>")
    text = re.sub(r"[\w.+-]{1,64}@(?:<name>|[\w.-]{1,100})", "<mail>", text)
    text = _DOMAIN.sub("<site>", text)
    return re.sub(r"\s+", " ", re.sub(r"\d+", "#", text)).strip()


def _letters(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text.casefold().replace("&", "and"))
