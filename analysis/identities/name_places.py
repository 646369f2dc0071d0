"""Where a page says the shop's name: meta elements, what is named a logo, comments, texts of pictures; told run by run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from analysis.once import Answers
from analysis.page.pages import Page
from analysis.page.runs import Run
from analysis.page.tags import ByHead, Head, Tag
from analysis.texts.boilerplate import word_set

__all__ = ["MAKERS", "NAME_PARTS", "captions", "page_names"]

_META_NAMES = frozenset({"og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone"})
#: Where a title or a caption falls apart into names.
NAME_PARTS = re.compile(r"\s+[-–—|»«·•:/]\s*|\s*[|»«•]\s*|:\s+")
_LOGO = re.compile(
    r"(?<![a-z])(?:[a-z]{0,12}logo|masthead|(?:navbar|site|header|shop|store)[-_]?(?:brand|name|title)|branding)"
    r"(?![a-z])",
    re.IGNORECASE,
)
#: Words that name a logo by what it is the name of; one of these or of ``_may_name_logo`` stands in the markup of every logo.
_OF_SITE = re.compile(r"(?:navbar|site|header|shop|store)[-_]?(?:name|title)")
_LOGO_WORD = re.compile(r"\blogo\b", re.IGNORECASE)
_LOGO_FILE = re.compile(
    r"(?:^|[/_-])(?:logo|brand)(?![a-z])[\w-]{0,12}\.[a-z]{3,4}(?:\?|$)|[a-z]logo\.[a-z]{3,4}(?:\?|$)", re.IGNORECASE
)
#: More different logo texts than these on one page are a wall of other people's brands.
MAX_LOGOS = 5
#: Comments of one page that are read, tags within an element whose text may be a logo, and its children.
_MAX_COMMENTS = 400
_MAX_WITHIN = 400
_MAX_CHILDREN = 3
#: An image stands in what is named a logo when it is at most this deep in it.
_DEPTH_OF_LOGO = 3
_HOST_IN_COMMENT = re.compile(
    r"(?<![\w.@/-])(?:www\.)?([a-z0-9][a-z0-9-]{3,40})\.(?:com|net|org|info|biz|ru|de|fr|es|eu|co|shop|store|site|"
    r"online|top|uk|it|pl|us|ca|io|me|tv|cc|su)(?![\w-])",
    re.IGNORECASE,
)
_COMMENT_WORDS = re.compile(r"template|theme|layout|shop|store|skin|site|version|v\d|design|page", re.IGNORECASE)
#: Makers of themes and platforms, whose names stand in what they made.
MAKERS = word_set(
    """
    colorlib htmlcodex themewagon themeforest envato templatemo w3layouts bootstrapmade getbootstrap bootstrap jquery
    github google googleapis fontawesome wordpress shopify magento opencart prestashop joomla drupal templatemonster
    freehtml5 html5up w3schools mozilla microsoft stackoverflow cloudflare adobe example yoursite yourdomain untree
    hasthemes webflow squarespace wix tilda bitrix insales apache nginx modernizr html5shiv html5shim respond
    selectivizr browsehappy creativecommons schema facebook twitter instagram plerdy hotjar yandex mailchimp httrack
    paypal doubleclick googletagmanager googlesyndication addthis typekit monotype themezy oscommerce zencart xcart
    vbulletin phpbb mybb xenforo invisionpower disqus oneall tagdiv mythemeshop truste certona gismeteo paperblog
    virtuemart cscart pagelines aspdotnetstorefront corecommerce ekmpowershop volusion bigcartel
    """
)


class _Told(NamedTuple):
    """What a run says of names. ``marks`` are places of opening tags that are named as logos."""

    declared: tuple[str, ...]
    logos: tuple[str, ...]
    marks: tuple[int, ...]
    comments: int
    hosts: tuple[str, ...]
    captions: tuple[tuple[frozenset[str], str], ...]


def page_names(page: Page) -> Iterator[str]:
    """Names as the page writes them: its declared ones, its logos unless they are many, hosts in comments; some repeated."""
    logos: set[str] = set()
    hosts: list[str] = []
    comments = passed = counted = walked = 0
    for number, told in enumerate(map(_TOLD.__getitem__, page.runs)):
        if told is None:
            continue
        yield from told.declared
        logos.update(told.logos)
        if told.marks:
            passed += sum([len(run.tags) for run in page.runs[counted:number]])
            counted = number
        for mark in told.marks:
            at = passed + mark
            if text := _text_of_logo(page.all_tags, at):
                logos.add(text)
            if at >= walked:
                walked = _gather_pictures(page.all_tags, at, logos)
        if comments <= _MAX_COMMENTS:
            hosts += told.hosts
        comments += told.comments
    if len(logos) <= MAX_LOGOS:
        yield from sorted(logos)
    yield from hosts


def captions(run: Run) -> tuple[tuple[frozenset[str], str], ...]:
    """(names that its text may carry, the picture) of each picture whose text may carry one."""
    told = _TOLD[run]
    return () if told is None else told.captions


def _told(run: Run) -> _Told | None:
    pictures = [tag.head for tag in run.by_name.get("img", ())]
    metas = [meta for tag in run.by_name.get("meta", ()) if (meta := _DECLARED[tag.head])]
    logos = [alt for head in pictures if (alt := _ALT[head]) and _IS_LOGO[head]]
    captions_of_run = tuple([caption for head in pictures if (caption := _CAPTION[head])])
    marks = [
        place
        for place, tag in enumerate(run.tags)
        if tag.opens and not tag.head.is_bare and not tag.closes and _NAMES_LOGO[tag.head]
    ]
    comments = [tag.head.comment for tag in run.tags if not tag.opens and not tag.closes]
    if not (metas or logos or marks or comments or captions_of_run):
        return None
    hosts = [host for comment in comments for host in _hosts_in_comment(comment[:300])]
    return _Told(tuple(metas), tuple(logos), tuple(marks), len(comments), tuple(hosts), captions_of_run)


def _declared(head: Head) -> str:
    told = head.attributes.get
    return told("content", "") if (told("property") or told("name") or "").strip().lower() in _META_NAMES else ""


def _alt(head: Head) -> str:
    """The text of a picture, when it is short enough for a name."""
    alt = (head.attributes.get("alt") or head.attributes.get("title") or "").strip()
    return alt if len(alt) <= 60 else ""


def _caption(head: Head) -> tuple[frozenset[str], str] | None:
    alt = head.attributes.get("alt", "").strip()[:120]
    names = frozenset(
        name
        for name in (alt, alt.partition(": ")[0], NAME_PARTS.split(alt)[-1])
        if 5 <= len(name) <= 40 and name[0].isupper() and len(name.split()) <= 4
    )
    return (names, head.attributes.get("src", "")[:200] + alt) if names else None


def _may_name_logo(markup: str) -> bool:
    """The quick look before attributes are taken apart."""
    lowered = markup.lower()
    return (
        "logo" in lowered
        or "brand" in lowered
        or "masthead" in lowered
        or (
            ("title" in lowered or "name" in lowered)
            and ("site" in lowered or "shop" in lowered or "store" in lowered or "header" in lowered or "navbar" in lowered)
            and _OF_SITE.search(lowered) is not None
        )
    )


def _names_logo(head: Head) -> bool:
    """True when the element's class or id says that it is the logo or the shop's name."""
    if not _may_name_logo(head.markup):
        return False
    names, name = head.attributes.get("class"), head.attributes.get("id")
    return (names is not None or name is not None) and _LOGO.search(f"{names or ''} {name or ''}"[:200]) is not None


def _is_logo(head: Head) -> bool:
    """True of a picture that is a logo by its own words."""
    told = head.attributes.get
    return bool(_NAMES_LOGO[head] or _LOGO_FILE.search((told("src") or "")[-80:]) or _LOGO_WORD.search((told("alt") or "")[:80]))


def _text_of_logo(tags: Sequence[Tag], at: int) -> str:
    """The text of a link, heading or box: what it begins with, else the only one in it; nothing of one with many children."""
    opened = tags[at]
    if opened.name not in ("a", "h1", "div", "span"):
        return ""
    depth = 1
    children = 0
    pieces = [opened.text] if opened.text else []
    for tag in tags[at + 1 : at + _MAX_WITHIN]:
        if tag.closes and not tag.opens:
            depth -= 1
            if not depth:
                break
        else:
            children += depth == 1
            if children > _MAX_CHILDREN:
                return ""
            depth += tag.opens and not tag.closes
        if tag.text:
            pieces.append(tag.text)
    said = [text for piece in pieces[:12] if (text := piece.strip())]
    text = opened.text.strip() or (said[0] if len(said) == 1 else "")
    return text if len(text) <= 40 else ""


def _gather_pictures(tags: Sequence[Tag], at: int, logos: set[str]) -> int:
    """Add the texts of pictures that stand in the logo that opens at a place; the place of its end."""
    depth = 0
    named: list[int] = []
    for place in range(at, len(tags)):
        tag = tags[place]
        if tag.closes and not tag.opens:
            if named[-1] == depth:
                named.pop()
                if not named:
                    return place
            depth -= 1
        elif not tag.closes:
            if tag.opens:
                depth += 1
                if not tag.head.is_bare and _NAMES_LOGO[tag.head]:
                    named.append(depth)
        elif tag.name == "img" and depth - named[-1] < _DEPTH_OF_LOGO and (alt := _ALT[tag.head]):
            logos.add(alt)
    return len(tags)


@lru_cache(maxsize=4096)
def _hosts_in_comment(text: str) -> tuple[str, ...]:
    if "." not in text or not _COMMENT_WORDS.search(text):
        return ()
    return tuple(match.group(1) for match in _HOST_IN_COMMENT.finditer(text) if match.group(1).lower() not in MAKERS)


_DECLARED = ByHead(_declared)
_ALT = ByHead(_alt)
_CAPTION = ByHead(_caption)
_NAMES_LOGO = ByHead(_names_logo)
_IS_LOGO = ByHead(_is_logo)
_TOLD = Answers(_told)
