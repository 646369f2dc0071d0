"""Policy text: terms, privacy, shipping, returns, legal, about and payment pages, as their author wrote them.

Takes:    the page's own blocks (no header, footer, navigation, nothing that stands on more than half of the pages).
          Companies, brand, mails, domains, addresses, dates and amounts are lifted out first. Sentences of eight words and
          more, five-word shingles, a digest of the whole page, and what survives translation: block kinds and numbers in
          order. Quirks are habits and slips that a writer has: doubled words, blanks before commas, letters of two
          alphabets in one word, well-known misspellings, each with the words around it.
Keys:     sentences, page digests, numbers and quirks; shingles and structure are too many and too common.
Compares: sentences, digests, numbers, quirks by equality and rarity; shingles and structure by overlap.
Class:    A. Text is copied by kits, by impostors and by colleagues; platforms give the same defaults to all their shops.
          Equal policies say one source. Derived slips and odd clauses that no third shop has are the telling part.
Fooled by: rewriting by machine (structure and numbers stay), default texts of platforms that the reference does not know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.page.blocks import Block
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.sightings import Sightings
from analysis.sketches import bottom_k, feature_value
from analysis.texts.policies import policy_pages
from analysis.texts.quirks import quirks_in
from analysis.texts.sentences import LONG_ENOUGH, is_filler, lift, own_names, sentences, words
from analysis.texts.stock_phrases import is_stock_phrase

__all__ = ["KINDS", "take"]

SENTENCE = Kind("policy.sentence", Family.TEXT, EvidenceClass.COPYABLE, Mode.VALUE, "the same sentence in their policies")
SHINGLE = Kind("policy.shingle", Family.TEXT, EvidenceClass.COPYABLE, Mode.BAG, "policies in the same words", key=False)
PAGE_DIGEST = Kind(
    "policy.page_digest", Family.TEXT, EvidenceClass.COPYABLE, Mode.VALUE, "a policy page in the same words from beginning to end"
)
STRUCTURE = Kind(
    "policy.structure", Family.TEXT, EvidenceClass.COPYABLE, Mode.BAG, "policies built alike, whatever the language", key=False
)
NUMBERS = Kind(
    "policy.numbers",
    Family.TEXT,
    EvidenceClass.COPYABLE,
    Mode.VALUE,
    "a policy with the same periods and numbers, whatever the language",
)
QUIRK = Kind("policy.quirk", Family.TEXT, EvidenceClass.COPYABLE, Mode.VALUE, "the same slip or habit of writing in their policies")
KINDS: tuple[Kind, ...] = (SENTENCE, SHINGLE, PAGE_DIGEST, STRUCTURE, NUMBERS, QUIRK)

#: Words of a page that make it long enough for a digest.
PAGE_WORDS = 40
#: Numbers of a page that make its row of numbers more than chance.
PAGE_NUMBERS = 5
#: Sentences of one storefront; of longer policies the smallest hashes, so that two long ones still overlap.
MAX_SENTENCES = 200
_NUMBER = re.compile(r"(?<![\w.,@-])\d{1,4}(?:[.,:]\d{1,2})?\s?%?(?![\w,]|\.\d|:\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLAUSE = re.compile(r"^\s*(?:§{1,2}\s?)?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?(?=\s|$)")
_Place = tuple[str, Page]


def take(reading: Reading) -> Iterator[Trace]:
    """Policy traces of one storefront."""
    own = own_names(reading)
    seen = Sightings(limit=MAX_SENTENCES)
    told: dict[str, _Place] = {}
    shingles: dict[str, Page] = {}
    frequency: Counter[str] = Counter()
    built: dict[str, Page] = {}
    for word, page, blocks in policy_pages(reading):
        body: list[str] = []
        numbers: list[str] = []
        texts = tuple(lift(block.text, own) for block in blocks)
        for block, lifted in zip(blocks, texts, strict=True):
            numbers += _numbers(lifted, block)
            for quirk, shown in quirks_in(lifted):
                if any(shown in text for text in page.strings):
                    seen.see(QUIRK.name, quirk, page.url, page.digest, shown)
            if block.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                continue
            for sentence in sentences(lifted):
                spoken = words(sentence)
                body += spoken
                if len(spoken) >= LONG_ENOUGH and not is_filler(spoken) and not is_stock_phrase(spoken):
                    told.setdefault(" ".join(spoken), (sentence, page))
        for start in range(len(body) - 4):
            shingle = " ".join(body[start : start + 5])
            frequency[shingle] += 1
            shingles.setdefault(shingle, page)
        if len(body) >= PAGE_WORDS and not is_filler(body):
            seen.see(PAGE_DIGEST.name, feature_value(" ".join(body)), page.url, page.digest, f"{word}, {len(body)} words")
        if len(numbers) >= PAGE_NUMBERS and len(set(numbers)) >= 4:
            row = " ".join(sorted(numbers, key=lambda number: (len(number), number))[:40])
            seen.see(NUMBERS.name, f"{word}: {row}", page.url, page.digest)
        for piece in _built(word, blocks, texts):
            built.setdefault(piece, page)
    yield from seen.traces()
    for value, _, (sentence, page) in bottom_k(told, MAX_SENTENCES):
        yield Trace(SENTENCE.name, value, page.url, page.digest, sentence[:80])
    for value, shingle, page in bottom_k(shingles):
        yield Trace(SHINGLE.name, value, page.url, page.digest, shingle, float(frequency[shingle]))
    for value, piece, page in bottom_k(built):
        yield Trace(STRUCTURE.name, value, page.url, page.digest, piece)


def _numbers(lifted: str, block: Block) -> list[str]:
    """Periods, percentages and counts of one block in order; not clause numbers, years, dates, amounts."""
    text = _CLAUSE.sub("", lifted) if block.tag != "p" or len(lifted) > 4 else ""
    found = (match.group().replace(" ", "") for match in _NUMBER.finditer(text))
    return [number for number in found if not _YEAR.fullmatch(number)]


def _built(word: str, blocks: tuple[Block, ...], texts: tuple[str, ...]) -> Iterator[str]:
    """Runs of three of what a translator keeps: each block's kind with its numbers and its length in steps of five words."""
    row = []
    for block, lifted in zip(blocks, texts, strict=True):
        if _CLAUSE.fullmatch(block.text):
            continue
        kind = "h" if block.tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "t"
        numbers = " ".join(_numbers(lifted, block)[:6])
        row.append(f"{kind}{len(words(lifted)) // 5 if kind == 't' else ''}{'#' + numbers if numbers else ''}")
    for start in range(len(row) - 2):
        piece = " ".join(row[start : start + 3])
        if "#" in piece:
            yield f"{word}: {piece}"
