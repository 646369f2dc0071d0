"""The registry: every fingerprint is in it, keeps to the protocol, and survives whatever a page is made of."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis.fingerprints
from analysis.evidence import EvidenceClass, Mode
from analysis.fingerprints.registry import FINGERPRINTS, KINDS, take_all
from analysis.page.reading import Reading, read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

FOLDER = Path(next(iter(analysis.fingerprints.__path__)))
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in ("__init__", "registry"))
DOCS = Path(__file__).parents[3] / "docs" / "evidence.md"


def reading(body: bytes, site: str = "shop.example") -> Reading:
    def resource(path: str, role: Role, media: str = "text/html; charset=utf-8") -> Resource:
        headers = (("Server", "x"), ("Content-Type", media), ("Set-Cookie", "a_b=1"))
        return Resource(f"https://{site}{path}", 200, headers, body, hashlib.sha256(body).hexdigest(), "2026-03-02T06:00:00Z", role)

    pages = [resource(f"/{role}", role) for role in (Role.HOME, Role.CART, Role.TERMS, Role.CONTACT, Role.PRODUCT, Role.ERROR_PAGE)]
    assets = [resource("/a.css", Role.STYLE, "text/css"), resource("/a.js", Role.SCRIPT, "text/javascript")]
    assets += [resource("/a.png", Role.IMAGE, "image/png"), resource("/favicon.ico", Role.ICON, "image/x-icon")]
    ordered = tuple(sorted([*pages, *assets], key=lambda item: item.url))
    return read(Capture(site, f"https://{site}/", HostKind.STOREFRONT, Outcome.FINISHED, "", ordered))


def test_every_file_of_the_folder_is_in_the_registry() -> None:
    assert sorted(module.__name__.rpartition(".")[2] for module in FINGERPRINTS) == MODULES


def test_kinds_are_named_after_their_fingerprint_and_once() -> None:
    assert len(KINDS) == sum(len(module.KINDS) for module in FINGERPRINTS)
    for module in FINGERPRINTS:
        stem = module.__name__.rpartition(".")[2]
        assert all(kind.name.startswith(f"{stem}.") for kind in module.KINDS)
        assert all(kind.means for kind in module.KINDS)


def test_facts_and_notes_bring_no_pair_together_as_control() -> None:
    assert not [kind.name for kind in KINDS.values() if kind.mode is Mode.FACT and kind.key]
    assert not [kind.name for kind in KINDS.values() if kind.mode is Mode.NOTE and kind.cls.is_control]
    assert {kind.cls for kind in KINDS.values()} <= set(EvidenceClass)


@pytest.mark.parametrize("module", MODULES)
def test_a_fingerprint_imports_no_other_and_says_what_it_is(module: str) -> None:
    tree = ast.parse((FOLDER / f"{module}.py").read_text("utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [name for name in named if name.startswith("analysis.fingerprints")]
    assert not {"time", "socket", "urllib.request", "random", "os", "pathlib", "subprocess"} & set(named)
    calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not {"now", "utcnow", "today"} & calls
    text = (ast.get_docstring(tree) or "").lower()
    assert len(text) > 200
    assert "class" in text


@pytest.mark.parametrize("module", MODULES)
def test_a_fingerprint_is_documented(module: str) -> None:
    assert module in DOCS.read_text("utf-8").lower()


SHOP = (
    b"<html><head><title>Lamps</title></head><body><h1>Lamps</h1>"
    + b"".join(b"<div><b>$%d.37</b><a href='/cart'>Add to cart</a></div>" % n for n in range(10, 24))
    + b"<p>Lampworks Ltd, office@lamps.example</p></body></html>"
)


def test_traces_are_sorted_each_once_declared_and_seen_somewhere() -> None:
    traces = take_all(reading(SHOP))
    assert traces == sorted(set(traces))
    assert len({(trace.kind, trace.value) for trace in traces}) == len(traces)
    assert {trace.kind for trace in traces} <= set(KINDS)
    digest = hashlib.sha256(SHOP).hexdigest()
    assert all(trace.url.startswith("https://shop.example/") for trace in traces)
    assert all(len(trace.digest) == 64 for trace in traces)
    assert any(trace.digest == digest for trace in traces)


def test_the_same_capture_gives_the_same_traces() -> None:
    assert take_all(reading(SHOP)) == take_all(reading(SHOP))


def test_what_cannot_be_written_is_replaced() -> None:
    traces = take_all(reading(SHOP.replace(b"Lampworks", b"Lamp\xed\xa0\x80&#xD800;&#0;works")))
    for trace in traces:
        assert "\x00" not in trace.value + trace.shown + trace.url
        (trace.value + trace.shown + trace.url).encode("utf-8")


MARKUP = """<div class=a>
</div>
<script>
</script>
<style>a{
<a href='
'>
<form action=
<input value=
<!--
-->
<table>
<svg>
<meta property=og:url content=
<link rel=canonical href=
<base href=
<iframe src=
http://[
//xn--
url(
data:image/png;base64,AAAA
&#x110000;
$1.1.1
gtag('config', 'G-
{"@type": "Product", "offers": [
GB999 9999 73
office@
+1 (555)"""
PIECES = st.sampled_from([*MARKUP.encode().splitlines(), b"\xff\xfe", b"\x00", b"\xe2\x80\xae"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.binary(max_size=12), max_size=40))
def test_no_page_upsets_a_fingerprint(pieces: list[bytes]) -> None:
    """Everything crawled is hostile; what cannot be read gives no trace and no exception."""
    traces = take_all(reading(SHOP.replace(b"</body>", b"".join(pieces) + b"</body>")))
    assert {trace.kind for trace in traces} <= set(KINDS)
