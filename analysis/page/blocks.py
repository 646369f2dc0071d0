"""A page cut into the blocks that people read, and which of them are the site's layout rather than the page's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import NamedTuple

from analysis.once import once_each
from analysis.page.pages import Page
from analysis.page.runs import Run
from analysis.page.tags import ByHead, Head

__all__ = ["Block", "BlockRun", "authored", "block_runs", "blocks", "layout_texts"]

_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea", "button", "canvas", "math"}
)
_BLOCK_TAGS = frozenset(
    {
        *(
            "p",
            "div",
            "li",
            "td",
            "th",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "dt",
            "dd",
            "blockquote",
            "pre",
            "section",
            "article",
            "header",
        ),
        *(
            "footer",
            "nav",
            "aside",
            "main",
            "address",
            "table",
            "tr",
            "ul",
            "ol",
            "dl",
            "form",
            "fieldset",
            "figure",
            "figcaption",
            "center",
        ),
        *("body", "tbody", "thead", "tfoot", "caption", "details", "summary", "hr", "menu"),
    }
)
_LANDMARK_TAGS = frozenset({"header", "footer", "nav", "aside", "form"})
#: What visitors wrote, not who runs the site.
_COMMENTS = "comments commentlist comment-list comments-list comments-area comment-body comment-content"
#: Boxes that ask for consent say what their makers wrote.
_CONSENT = """
    cookie-banner cookiebanner cookie-bar cookiebar cookie-box cookie-notice cookie-message cookie-consent cookieconsent
    cookie-popup cookie-info cookies-info cookie-law-info-bar eu-cookie-law gdpr-banner gdpr-cookie-notice cc-window
    onetrust-consent-sdk onetrust-banner-sdk onetrust-pc-sdk cybotcookiebotdialog usercentrics-root uc-banner didomi-host
    didomi-popup qc-cmp2-container qc-cmp2-ui borlabscookiebox cmplz-cookiebanner cmplz-cookiebanner-container
    cky-consent-container iubenda-cs-banner moove_gdpr_cookie_modal moove_gdpr_cookie_info_bar tarteaucitronroot
    cookiescript_injected cookiefirst-root klaro truste-consent-track osano-cm-window axeptio_overlay coi-banner-wrapper
"""
# Names that people give to the same parts where they do not use the tags; matched as whole class or id words.
_LANDMARK_NAMES = {
    "header": "header",
    "site-header": "header",
    "masthead": "header",
    "topbar": "header",
    "top-bar": "header",
    "footer": "footer",
    "site-footer": "footer",
    "page-footer": "footer",
    "footer-area": "footer",
    "imprint": "footer",
    "nav": "nav",
    "navbar": "nav",
    "navigation": "nav",
    "menu": "nav",
    "mainmenu": "nav",
    "main-menu": "nav",
    "mobile-menu": "nav",
    "breadcrumb": "nav",
    "breadcrumbs": "nav",
    "sidebar": "aside",
    **dict.fromkeys(_COMMENTS.split(), "aside"),
    **dict.fromkeys(_CONSENT.split(), "aside"),
}
#: Blocks of one page that are kept; a longer page is cut here.
MAX_BLOCKS = 6000
#: Characters of all blocks of one page: what people read of a shop's page, many times over.
MAX_CHARS = 400_000
#: Tags of runs that one process remembers; then it forgets them all and begins anew. A longer run is one page's own.
_KNOWN_TAGS = 300_000
_REMEMBERED_TAGS = 1_000
#: A remembered place takes as much memory as this many tags.
_TAGS_A_PLACE = 4


class Block(NamedTuple):
    """One run of text that a person reads in one go.

    ``text`` has its white space collapsed; a line break made by ``<br>`` stays as a newline. ``tag`` is the block
    element that holds it; ``landmark`` is header, footer, nav, aside or form when it stands in one, else empty.
    """

    text: str
    tag: str
    landmark: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class BlockRun:
    """Blocks in a row. One object for all places where the same tags stand within the same elements: never changed.

    ``cost`` is what they take of a page's budget of blocks.
    """

    blocks: tuple[Block, ...]
    cost: int


@once_each
def block_runs(page: Page) -> tuple[BlockRun, ...]:
    """The blocks of one page in document order, in runs of which none is empty."""
    place = _beginning()
    found: list[BlockRun] = []
    for run in page.body_runs:
        blocks_of_run, place = place[run]
        if blocks_of_run is not None:
            found.append(blocks_of_run)
    if sum([run.cost for run in found]) < MAX_BLOCKS:
        return tuple(found)
    return tuple(_cut_off(found))


def _cut_off(found: Iterable[BlockRun]) -> Iterator[BlockRun]:
    """Runs up to the block that exhausts the budget."""
    left = MAX_BLOCKS
    for run in found:
        if run.cost >= left:
            costs = accumulate(map(_cost, run.blocks))
            yield BlockRun(tuple(block for block, cost in zip(run.blocks, costs, strict=True) if cost - _cost(block) < left), left)
            return
        left -= run.cost
        yield run


@once_each
def blocks(page: Page) -> tuple[Block, ...]:
    """The blocks of one page in document order, none empty; cut once and kept as long as the page."""
    return tuple(chain.from_iterable([run.blocks for run in block_runs(page)]))


class _Place(dict[Run, "tuple[BlockRun | None, _Place]"]):
    """Where a page stands between two runs: within which elements, and how deep in what is not seen.

    ``place[run]`` is what the run says there and the place behind it, worked out once for all pages. ``said`` is the text of a
    block that goes on behind what is not seen; elsewhere a block ends with its run, because the next one begins with the end of
    a box.
    """

    def __init__(self, above: _Place | None, name: str, landmark: str, hidden: int = 0, said: str = "") -> None:
        super().__init__()
        self.above = above
        self.name = name
        self.landmark = landmark
        self.hidden = hidden
        self.said = said
        self._within: dict[tuple[str, str], _Place] = {}
        self._hiding: dict[tuple[int, str], _Place] = {}

    def within(self, name: str, landmark: str) -> _Place:
        """The place in an element that opens here."""
        known = self._within.get((name, landmark))
        if known is None:
            known = self._within[name, landmark] = _Place(self, name, landmark)
            _MEMORY.tags += _TAGS_A_PLACE
        return known

    def hiding(self, hidden: int, said: str) -> _Place:
        """This place, ``hidden`` levels deep in what is not seen."""
        known = self._hiding.get((hidden, said))
        if known is None:
            known = self._hiding[hidden, said] = _Place(self, self.name, self.landmark, hidden, said)
            _MEMORY.tags += _TAGS_A_PLACE + len(said) // 100
        return known

    def __missing__(self, run: Run) -> tuple[BlockRun | None, _Place]:
        found = self._read(run)
        if len(run) <= _REMEMBERED_TAGS:
            _MEMORY.tags += 1 + len(run)
            self[run] = found
        return found

    def _read(self, run: Run) -> tuple[BlockRun | None, _Place]:
        found: list[Block] = []
        pieces = [self.said] if self.said else []
        speaks = bool(self.said.replace("\0", " ").strip())
        hidden = self.hidden
        place = self.above if hidden and self.above is not None else self
        for tag in run.tags:
            if hidden:
                if tag.opens:
                    hidden += not tag.closes
                elif tag.closes:
                    hidden -= 1
                if hidden:
                    continue
            elif tag.opens and tag.name in _UNSEEN:
                if not tag.closes:
                    hidden = 1
                    continue
            elif tag.name in _BLOCK_TAGS:
                if speaks:
                    found.append(_made(pieces, place))
                    speaks = False
                pieces.clear()
                if tag.opens:
                    if not tag.closes:
                        place = place.within(tag.name, place.landmark or _LANDMARK[tag.head])
                else:
                    place = place if place.above is None else place.above
            elif tag.name == "br" and tag.opens:
                pieces.append("\0")
            if tag.text:
                pieces.append(tag.text)
                if tag.words:
                    speaks = True
        if hidden:
            place = place.hiding(hidden, "".join(pieces))
        elif speaks:
            found.append(_made(pieces, place))
        return BlockRun(tuple(found), sum(map(_cost, found))) if found else None, place


@dataclass(slots=True)
class _Memory:
    """All places that are remembered, by the one where pages begin, and how many tags of runs."""

    beginning: _Place
    tags: int = 0


def _beginning() -> _Place:
    if _MEMORY.tags > _KNOWN_TAGS:
        _MEMORY.beginning = _Place(None, "body", "")
        _MEMORY.tags = 0
    return _MEMORY.beginning


_MEMORY = _Memory(_Place(None, "body", ""))


def _cost(block: Block) -> int:
    return 1 + len(block.text) * MAX_BLOCKS // MAX_CHARS


def _made(pieces: list[str], place: _Place) -> Block:
    raw = "".join(pieces)
    if "\0" not in raw:
        text = " ".join(raw.split())
    else:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in raw.split("\0"))))
    return Block(text, place.name, place.landmark)


def _landmark(head: Head) -> str:
    if head.name in _LANDMARK_TAGS:
        return head.name
    if head.is_bare or head.name in ("body", "main", "article"):
        return ""
    for name in f"{head.attributes.get('class', '')} {head.attributes.get('id', '')}".lower().split()[:12]:
        if name in _LANDMARK_NAMES:
            return _LANDMARK_NAMES[name]
    return ""


_LANDMARK = ByHead(_landmark)


def layout_texts(pages: Iterable[Page]) -> frozenset[str]:
    """Texts of blocks that stand on more than half of the site's different pages: its layout.

    With one page there is nothing to compare and nothing is layout.
    """
    different = {page.digest: page for page in pages}
    if len(different) < 2:
        return frozenset()
    counted: Counter[str] = Counter()
    for page in different.values():
        counted.update({block.text for block in blocks(page)})
    return frozenset(text for text, times in counted.items() if times * 2 > len(different))


def authored(page: Page, layout: frozenset[str]) -> tuple[Block, ...]:
    """The page's own blocks: outside of landmarks, not layout; where nothing is left, landmarks are looked into too."""
    own = tuple(block for block in blocks(page) if block.text not in layout)
    inside = tuple(block for block in own if not block.landmark)
    return inside if sum(len(block.text) for block in inside) >= 80 else own
