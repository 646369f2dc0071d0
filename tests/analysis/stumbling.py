"""Shops on whose pages a fingerprint fails, and the worker that reads them: the registry's own fingerprints, each with a stumbling
block that a page can put in its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis import analyse
from analysis.evidence import Kind, Trace, fingerprint_of
from analysis.fingerprints import registry
from analysis.page.reading import Reading
from crawler.archive import CaptureWriter, write_crawl_json
from crawler.captures import HostKind, Outcome
from crawler.items import ArchivedExchange

_HTML = (("Content-Type", "text/html; charset=utf-8"), ("Server", "lamps/1"), ("X-Lamp", "1"))
_READ_SITE = analyse.read_site
GOODS = "".join(f"<div><h3>Lamp {n}</h3><b>${n + 10}.37</b> <a href='/cart?add={n}'>Add to cart</a></div>" for n in range(12))
PAYEE = '<form action="/pay"><div data-key="pk_live_oIWt2PAVZbtIphW9ZyHs3m7n"></div><button>Pay</button></form>'
SHOP = f"<html lang=en><head><title>Lamps</title></head><body><h1>Lamps</h1>{GOODS}{PAYEE}<p>We accept Visa.</p></body></html>"
OTHER = f"<html lang=en><head><title>Other</title></head><body><main><section>{GOODS}</section></main>{PAYEE}</body></html>"


@dataclass(frozen=True)
class Stumbling:
    """A fingerprint that gives its first trace and then fails, where a page of the storefront says ``block(its name)``."""

    real: registry.Fingerprint

    @property
    def KINDS(self) -> tuple[Kind, ...]:  # noqa: N802  - as a fingerprint's module calls it
        return self.real.KINDS

    def take(self, reading: Reading) -> Iterator[Trace]:
        name = fingerprint_of(self.KINDS[0].name)
        for trace in self.real.take(reading):
            yield trace
            break
        if any(block(name).encode() in resource.body for resource in reading.capture.resources):
            raise ValueError(f"no \ud800 {name}\nat all: jane.miller@gmail.com")
        yield from self.real.take(reading)


def block(name: str) -> str:
    """What a page holds in its way."""
    return f"<!-- {name} stumbles -->"


def read_site(task: tuple[str, str]) -> object:
    """As ``analysis.analyse.read_site``, with fingerprints that stumble; runs in the worker."""
    registry.FINGERPRINTS = tuple(one if isinstance(one, Stumbling) else Stumbling(one) for one in registry.FINGERPRINTS)
    return _READ_SITE(task)


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every storefront is read by workers whose fingerprints stumble where a page says so."""
    monkeypatch.setattr(analyse, "read_site", read_site)


def crawl(root: Path, crawl_id: str, homes: Mapping[str, str], services: frozenset[str] = frozenset()) -> Path:
    """A finished crawl in which each site has its home page."""
    folder = root / crawl_id
    folder.mkdir(parents=True)
    entries = []
    for site, text in homes.items():
        kind = HostKind.SERVICE if site in services else HostKind.STOREFRONT
        with CaptureWriter(folder, site, url=f"http://{site}/", kind=kind, crawl_id=crawl_id) as writer:
            seen = ArchivedExchange(
                f"http://{site}/", "GET", (), 200, "OK", "HTTP/1.1", _HTML, text.encode(), "2026-03-02T06:00:00Z", None
            )
            writer.exchange(seen)
            writer.close(Outcome.FINISHED, "")
            entries.append(writer.entry)
    write_crawl_json(folder, crawl_id, entries)
    return folder
