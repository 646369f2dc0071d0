"""Prose: what somebody wrote for the home page, the blog, the contact page or a gate, outside of policies and catalogue.

Takes:    sentences of eight words and more that end like a sentence, from the page's own blocks, names and amounts lifted
          out as in policies; set-up texts of themes (lorem ipsum) are left out.
Keys:     every sentence.
Compares: equal sentences, weighted by rarity.
Class:    A. Texts of a home page are what a copyist takes first; a theme's demo text stands on every shop of the theme.
Fooled by: demo texts that the reference does not know, news copied from agencies.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.page.blocks import authored
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.sketches import bottom_k
from analysis.texts.policies import policy_pages, site_layout
from analysis.texts.sentences import LONG_ENOUGH, is_filler, lift, own_names, sentences, words
from analysis.texts.stock_phrases import is_stock_phrase
from crawler.captures import Role

__all__ = ["KINDS", "take"]

SENTENCE = Kind(
    "prose.sentence", Family.TEXT, EvidenceClass.COPYABLE, Mode.VALUE, "the same sentence in what they wrote themselves"
)
KINDS: tuple[Kind, ...] = (SENTENCE,)

#: Sentences of one storefront that are kept.
MAX_SENTENCES = 120
_WRITTEN = frozenset({Role.HOME, Role.BLOG, Role.CONTACT, Role.PAGE, Role.INVITATION, Role.LOGIN, Role.REGISTER})
_SHORTEST = 40
_ENDS = (".", "!", "?", "…", "»", "”", '"', "。")


def take(reading: Reading) -> Iterator[Trace]:
    """Prose traces of one storefront, in order of value."""
    layout = site_layout(reading)
    own = own_names(reading)
    policies = {page.url for _, page, _ in policy_pages(reading)}
    gates = {page.url for page in reading.gates}
    told: dict[str, tuple[str, Page]] = {}
    for page in reading.readable:
        if page.url in policies or (page.role not in _WRITTEN and page.url not in gates):
            continue
        for block in authored(page, layout):
            if not _may_hold_sentence(block.text):
                continue
            for sentence in sentences(lift(block.text, own)):
                spoken = words(sentence)
                is_long = len(spoken) >= LONG_ENOUGH and sentence.rstrip().endswith(_ENDS)
                if is_long and not is_filler(spoken) and not is_stock_phrase(spoken):
                    told.setdefault(" ".join(spoken), (sentence, page))
    for value, _, (sentence, page) in bottom_k(told, MAX_SENTENCES):
        yield Trace(SENTENCE.name, value, page.url, page.digest, sentence[:80])


def _may_hold_sentence(text: str) -> bool:
    """False of a text that is too short, ends no sentence or has too few words: lifting out adds neither ends nor words."""
    return len(text) >= _SHORTEST and any(end in text for end in _ENDS) and len(words(text)) >= LONG_ENOUGH
