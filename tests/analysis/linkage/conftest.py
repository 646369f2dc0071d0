"""Made storefronts for linkage: traces by the armful, and a market of strangers to compare them in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace

import pytest

from analysis.evidence import Mode, Trace
from analysis.fingerprints.registry import KINDS
from analysis.linkage.corpus import Profile, profile
from analysis.linkage.link import Linkage, link
from analysis.linkage.matching import Match

Material = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Counted:
    """A reference table made for a test: shares of (kind, value), every kind in it measured; who alone ships a value; and what
    is a default text."""

    shares: Mapping[tuple[str, str], float] = field(default_factory=dict)
    families: Mapping[tuple[str, str], str] = field(default_factory=dict)
    defaults: frozenset[tuple[str, str]] = frozenset()

    def share(self, kind: str, value: str) -> float | None:
        if not any(known == kind for known, _ in self.shares):
            return None
        return self.shares.get((kind, value), 0.0)

    def family(self, kind: str, value: str) -> str | None:
        return self.families.get((kind, value))

    def ships(self, kind: str, value: str) -> bool:
        return (kind, value) in self.defaults


def _numbered(word: str, count: int) -> list[str]:
    return [f"{word} {number}" for number in range(count)]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def join(*parts: Material) -> dict[str, list[str]]:
    """Several armfuls as one; values of one kind add up."""
    found: dict[str, list[str]] = {}
    for part in parts:
        for kind, values in part.items():
            found.setdefault(kind, []).extend(values)
    return found


def theme(name: str, *, named: bool = True) -> dict[str, list[str]]:
    """What a theme brings: tags, classes, style sheets, its name when it gives one."""
    return {
        "layout.path": _numbered(f"{name}/path", 90),
        "layout.class": _numbered(f"{name}-class", 60),
        "layout.pq23": _numbered(f"{name}+pq", 90),
        "style.block": _numbered(f"{name} block", 40),
        "style.selector": _numbered(f"{name} selector", 40),
        "layout.band": _numbered(f"{name} band", 4),
        "style.band": _numbered(f"{name} style band", 4),
        "assets.script": [_digest(f"{name} script")],
        "assets.style_file": [_digest(f"{name} sheet")],
        **({"assets.theme_name": [name]} if named else {}),
    }


def words(name: str) -> dict[str, list[str]]:
    """Policies and prose of one author."""
    return {
        "policy.shingle": _numbered(f"{name} five words in a row", 200),
        "policy.sentence": _numbered(f"{name} sentence", 20),
        "policy.page_digest": _numbered(f"{name} page", 3),
        "policy.structure": _numbered(f"{name} clause", 12),
        "policy.quirk": [f"{name} slip"],
        "prose.sentence": _numbered(f"{name} prose", 8),
    }


def goods(name: str, prices: str | None = None) -> dict[str, list[str]]:
    """A supplier's goods: names, bar codes, pictures. ``prices`` names who set them."""
    priced = {} if prices is None else {"catalogue.price_by_name": [f"{name} article {n}={prices}" for n in range(30)]}
    return {
        "catalogue.product_name": _numbered(f"{name} article", 30),
        "catalogue.gtin": _numbered(f"{name} gtin", 30),
        "catalogue.mpn": _numbered(f"{name} mpn", 30),
        "catalogue.category": _numbered(f"{name} category", 8),
        "imagery.picture": [_digest(f"{name} picture {n}") for n in range(30)],
        "imagery.file_names": _numbered(f"{name} file", 30),
        **priced,
    }


def own_numbers(name: str) -> dict[str, list[str]]:
    """What a shop gives its goods itself: article numbers, odd prices."""
    return {"catalogue.sku": _numbered(f"{name} sku", 30), "catalogue.odd_price": _numbered(f"{name} 25.62", 6)}


def marks(name: str) -> dict[str, list[str]]:
    """Logo and site icon."""
    return {
        "logo.digest": [_digest(f"{name} logo")],
        "logo.mark_raw": [_digest(f"{name} raw")],
        "logo.mark_canonical": [_digest(f"{name} canonical")],
        "logo.favicon_digest": [_digest(f"{name} icon")],
        "logo.favicon_mark": [_digest(f"{name} icon mark")],
    }


def company(name: str) -> dict[str, list[str]]:
    """Who a shop says it is."""
    return {
        "identity.company": [name],
        "identity.declared_company": [name],
        "identity.mail": [f"office@{name}.example"],
        "identity.phone": [f"+1 {name}"],
        "identity.copyright": [name],
    }


def trackers(name: str) -> dict[str, list[str]]:
    """Ids pasted into pages."""
    return {"identifiers.google_analytics": [f"UA-{name}-1"], "identifiers.verification": [f"token {name}"]}


def host(name: str) -> dict[str, list[str]]:
    """What a hosting company brings."""
    return {
        "infrastructure.address": [f"192.0.2.{name}"],
        "infrastructure.name_server": [f"ns1.{name}.example", f"ns2.{name}.example"],
        "infrastructure.soa": [f"hostmaster.{name}.example"],
        "infrastructure.header_order": [f"{name} date, server, content-type"],
        "infrastructure.certificate": [_digest(f"{name} certificate")],
        "infrastructure.bundle_key": [_digest(f"{name} key")],
    }


def payee(name: str) -> dict[str, list[str]]:
    """Where the money goes."""
    return {"payment.merchant_id": [f"gateway {name}"]}


def whole(name: str) -> dict[str, list[str]]:
    """All that an ordinary stranger has, nothing of it anybody else's."""
    parts = (theme(f"{name} theme", named=False), words(name), goods(name, "9.50"), own_numbers(name), marks(name))
    return join(*parts, company(name), trackers(name), host(name))


def shop(site: str, *parts: Material, service: bool = False) -> Profile:
    """A storefront; a SERIES value is written ``key=number``."""
    traces = []
    for kind, values in join(*parts).items():
        for value in values:
            number = 1.0
            if kind in KINDS and KINDS[kind].mode is Mode.SERIES:
                value, _, amount = value.rpartition("=")
                number = float(amount)
            traces.append(Trace(kind, value, f"https://{site}/", _digest(f"{site} {kind} {value}"), weight=number))
    return profile(site, service, traces)


@cache
def strangers(count: int) -> list[Profile]:
    """Small shops that have nothing to do with anybody."""
    small = ({kind: values[::6] for kind, values in whole(f"s{number}").items()} for number in range(count))
    return [shop(f"stranger{number}.example", material) for number, material in enumerate(small)]


def linked(*shops: Profile, reference: Counted | None = None, others: int = 30) -> Linkage:
    """These shops in a market of strangers."""
    return link([*shops, *strangers(others)], KINDS, reference or Counted())


def verdict(found: Linkage, a: str, b: str) -> Match | None:
    """The match of two shops, named without their ending."""
    one, two = sorted((f"{a}.example", f"{b}.example"))
    return found.matches.get((one, two))


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """The makers above by name."""
    makers = (
        join,
        theme,
        words,
        goods,
        own_numbers,
        marks,
        company,
        trackers,
        host,
        payee,
        whole,
        shop,
        strangers,
        linked,
        verdict,
    )
    return SimpleNamespace(Counted=Counted, **{maker.__name__: maker for maker in makers})
