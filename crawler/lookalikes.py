"""Names that look like a candidate's: generated only, on request. Which of them exist is asked by the crawl."""

from __future__ import annotations

import dnstwist

from crawler.names import is_public_suffix, registrable, tidy_host

__all__ = ["lookalikes"]

#: The kinds of permutation that real mirrors use first: another suffix, an added word or letter, a dropped hyphen.
_ORDER = (
    "tld-swap",
    "dictionary",
    "addition",
    "plural",
    "hyphenation",
    "omission",
    "repetition",
    "insertion",
    "replacement",
    "transposition",
    "vowel-swap",
    "homoglyph",
    "subdomain",
    "bitsquatting",
    "various",
    "cyrillic",
)
#: Words that mirrors of shops add to the name.
_WORDS = (
    "shop",
    "store",
    "online",
    "sale",
    "outlet",
    "club",
    "members",
    "new",
    "pro",
    "24",
    "eu",
    "us",
    "ru",
    "mirror",
    "official",
)
#: Suffixes that mirrors of shops take.
_SUFFIXES = [
    "com",
    "net",
    "org",
    "info",
    "biz",
    "shop",
    "store",
    "online",
    "site",
    "top",
    "club",
    "eu",
    "ru",
    "de",
    "fr",
    "es",
    "co.uk",
    "io",
    "me",
    "cc",
    "to",
    "ws",
]


def lookalikes(domain: str, limit: int) -> tuple[str, ...]:
    """At most ``limit`` registrable domains that look like ``domain``, the likeliest kinds first; always the same ones.

    Empty where ``domain`` is no name (an address, a public suffix).
    """
    host = tidy_host(domain)
    if host is None or is_public_suffix(host) or ":" in host or host.rpartition(".")[2].isdigit() or limit <= 0:
        return ()
    own = registrable(host)
    fuzzer = dnstwist.Fuzzer(own, dictionary=list(_WORDS), tld_dictionary=list(_SUFFIXES))
    fuzzer.generate()
    rank = {kind: place for place, kind in enumerate(_ORDER)}
    liked = {suffix: place for place, suffix in enumerate(_SUFFIXES)}
    found: dict[str, tuple[int, int, str]] = {}
    for permutation in fuzzer.domains:
        name = tidy_host(str(permutation.get("domain", "")))
        if name is None or is_public_suffix(name) or registrable(name) == own or registrable(name) != name:
            continue
        key = (rank.get(str(permutation.get("fuzzer", "")), len(_ORDER)), liked.get(name.partition(".")[2], len(liked)), name)
        found[name] = min(found.get(name, key), key)
    return tuple(sorted(found, key=lambda name: found[name])[:limit])
