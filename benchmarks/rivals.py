"""The rules that other tools link sites by, on the same home pages: what a published rule alone would have said.

Each rule gives every pair of storefronts a score; pairs at or above its threshold are joined, and whatever hangs together
is one operator (connected components, as these tools draw it). The rules are written from their published descriptions:

- one shared analytics or tracker id (what most link tools call conclusive);
- the tag sequence of the home page, hashed: equal or not;
- the site icon: equal bytes, or the mmh3 hash that search engines of hosts use;
- simhash of 64 bits over words, or over tags three by three: at most 3 bits apart (Manku, Jain, Das Sarma 2007);
- class vocabularies by Jaccard, at 0.9;
- the tag sequence ratio 2M/T of Ratcliff and Obershelp, at 0.80;
- html-similarity's joint figure k * structure + (1 - k) * style with k = 0.3, structure the tag sequence ratio and style
  the Jaccard of the class sets. Its text gives no threshold; 0.8 is taken.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from analysis.evidence import Trace
from analysis.linkage.rarity import group_sites
from analysis.page.reading import Reading

__all__ = ["RULES", "Features", "Pair", "Rule", "components", "features", "scores", "simhash"]

Pair = tuple[str, str]
_WORD = re.compile(r"\w+")
_STRUCTURE_SHARE = 0.3
_MOST_TAGS = 5_000
_MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Features:
    """What the rules look at, of one storefront; sets and sequences are empty where there is nothing to look at."""

    tags: tuple[str, ...]
    classes: frozenset[str]
    trackers: frozenset[str]
    icon_digests: frozenset[str]
    icon_mmh3: frozenset[str]
    words_simhash: int | None
    tags_simhash: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``score`` of a pair (None: nothing to compare), joined from ``threshold``."""

    name: str
    threshold: float
    score: Callable[[Features, Features], float | None]


def features(reading: Reading, traces: Iterable[Trace]) -> Features:
    """Features of the home page, or of the first page that can be read."""
    home = reading.home or next(iter(reading.readable), None)
    tags: list[str] = []
    classes: set[str] = set()
    words: list[str] = []
    if home is not None:
        for element in home.tree.iter():
            if isinstance(element.tag, str):
                tags.append(element.tag)
                classes.update((element.get("class") or "").split())
            if len(tags) >= _MOST_TAGS:
                break
        words = _WORD.findall(home.text.lower())[:_MOST_WORDS]
    of: dict[str, set[str]] = {"trackers": set(), "digest": set(), "mmh3": set()}
    for trace in traces:
        if trace.kind.startswith("identifiers."):
            of["trackers"].add(f"{trace.kind}={trace.value}")
        elif trace.kind == "logo.favicon_digest":
            of["digest"].add(trace.value)
        elif trace.kind == "logo.favicon_mmh3":
            of["mmh3"].add(trace.value)
    return Features(
        tuple(tags),
        frozenset(classes),
        frozenset(of["trackers"]),
        frozenset(of["digest"]),
        frozenset(of["mmh3"]),
        simhash(words),
        simhash([" ".join(tags[at : at + 3]) for at in range(len(tags) - 2)]),
    )


def simhash(words: Sequence[str]) -> int | None:
    """Charikar's 64-bit hash of a bag of words; None of nothing."""
    if not words:
        return None
    sums = [0] * 64
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    for word, count in counts.items():
        value = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        for bit in range(64):
            sums[bit] += count if value >> bit & 1 else -count
    return sum(1 << bit for bit in range(64) if sums[bit] > 0)


def scores(rule: Rule, sites: Mapping[str, Features]) -> dict[Pair, float]:
    """Every pair that can be compared, with its score."""
    found = {}
    for a, b in combinations(sorted(sites), 2):
        score = rule.score(sites[a], sites[b])
        if score is not None:
            found[a, b] = score
    return found


def components(sites: Iterable[str], scored: Mapping[Pair, float], threshold: float) -> dict[str, str]:
    """site -> the name of its connected component when pairs from ``threshold`` are joined."""
    groups = group_sites(sites, [pair for pair, score in sorted(scored.items()) if score >= threshold])
    return {site: str(number) for site, number in groups.items()}


def _any_shared(left: frozenset[str], right: frozenset[str]) -> float | None:
    return float(bool(left & right)) if left and right else None


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float | None:
    return len(left & right) / len(left | right) if left and right else None


def _near(left: int | None, right: int | None) -> float | None:
    return None if left is None or right is None else 1.0 - (left ^ right).bit_count() / 64


def _sequence_ratio(a: Features, b: Features) -> float | None:
    return SequenceMatcher(None, a.tags, b.tags).ratio() if a.tags and b.tags else None


def _joint(a: Features, b: Features) -> float | None:
    style, structure = _jaccard(a.classes, b.classes), _sequence_ratio(a, b)
    if style is None or structure is None:
        return None
    return _STRUCTURE_SHARE * structure + (1 - _STRUCTURE_SHARE) * style


def _same_tags(a: Features, b: Features) -> float | None:
    return float(a.tags == b.tags) if a.tags and b.tags else None


RULES: tuple[Rule, ...] = (
    Rule("any shared analytics or tracker id", 1.0, lambda a, b: _any_shared(a.trackers, b.trackers)),
    Rule("exact DOM hash", 1.0, _same_tags),
    Rule("equal icon bytes", 1.0, lambda a, b: _any_shared(a.icon_digests, b.icon_digests)),
    Rule("equal icon mmh3", 1.0, lambda a, b: _any_shared(a.icon_mmh3, b.icon_mmh3)),
    Rule("simhash of words, at most 3 bits", 1 - 3 / 64, lambda a, b: _near(a.words_simhash, b.words_simhash)),
    Rule("simhash of tags, at most 3 bits", 1 - 3 / 64, lambda a, b: _near(a.tags_simhash, b.tags_simhash)),
    Rule("class sets, Jaccard 0.9", 0.9, lambda a, b: _jaccard(a.classes, b.classes)),
    Rule("tag sequence ratio 0.80", 0.8, _sequence_ratio),
    Rule("html-similarity, k = 0.3, at 0.8", 0.8, _joint),
)
