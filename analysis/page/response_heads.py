"""The heads of responses as a habit: names in order, server, cookies, and which of a storefront's responses is typical."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Final

from crawler.captures import Resource

__all__ = ["constant_headers", "cookie_names", "header_order", "server_of", "typical"]

#: Length and framing depend on the single answer and on what the client asked for, so they count as one slot.
_FRAMING: Final = frozenset({"content-length", "transfer-encoding"})
#: Depends on what the client offered, or on the age of a cached copy.
_VARIABLE: Final = frozenset({"content-encoding", "age", "x-cache", "x-cache-hits", "cf-ray", "x-timer"})
#: Names in one head that are read.
_MAX_NAMES: Final = 100


def header_order(resource: Resource) -> str:
    """Header names in the order received, lower case, each once, separated by commas; framing is written ``length``."""
    return _order(tuple(map(itemgetter(0), resource.headers[:_MAX_NAMES])))


@lru_cache(maxsize=1024)
def _order(written: tuple[str, ...]) -> str:
    names: list[str] = []
    for name in written:
        word = name.strip().lower()[:60]
        word = "length" if word in _FRAMING else word
        if word and word not in _VARIABLE and word not in names:
            names.append(word)
    return ",".join(names)


def server_of(resource: Resource) -> str:
    """The ``Server`` header, lower case; empty when there is none."""
    return (resource.header("server") or "").strip().lower()[:80]


def cookie_names(resource: Resource) -> tuple[str, ...]:
    """Names of the cookies one response sets, sorted, each once."""
    names = set()
    for name, value in resource.headers[:_MAX_NAMES]:
        if name.lower() == "set-cookie":
            cookie = value.partition(";")[0].partition("=")[0].strip()
            if cookie and len(cookie) <= 120:
                names.add(cookie)
    return tuple(sorted(names))


def typical(resources: Iterable[Resource]) -> Resource | None:
    """The response whose header order is the most frequent; of several, the one with the lowest URL."""
    found = sorted(resources, key=lambda resource: resource.url)
    if not found:
        return None
    orders = Counter(header_order(resource) for resource in found)
    most = max(orders.values())
    return next(resource for resource in found if orders[header_order(resource)] == most)


def constant_headers(resources: Iterable[Resource], at_least: int = 3) -> dict[str, str]:
    """Headers that stand with one and the same value in every response, when there are ``at_least`` of them."""
    heads = [resource.headers[:_MAX_NAMES] for resource in resources]
    if len(heads) < at_least:
        return {}
    constant = set(_lowered(set(heads[0]).intersection(*heads)).items())
    return {
        name: value
        for name, value in sorted(_lowered(heads[0]).items())
        if (name, value) in constant or all(_lowered(head).get(name) == value for head in heads[1:])
    }


def _lowered(head: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in head}
