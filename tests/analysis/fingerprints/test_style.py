"""Style: what survives minifying, renaming and recolouring of a style sheet."""

from __future__ import annotations

import hashlib

import pytest

from analysis.evidence import EvidenceClass, Mode, Trace
from analysis.fingerprints import style
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

PAGE = "<html><body><h1>Shop</h1><p>Records by the megabyte, $0.02 each, add to cart</p></body></html>"

RULES = "\n".join(
    f""".shelf-{name} > li:hover, #pane-{name} {{
    margin: {n}px auto;
    padding-left: {n + 3}em;   /* a note */
    color: #A1B2{n:02d};
    border: {n}px solid #ccc;
}}"""
    for n, name in enumerate(
        ("alder", "birch", "cedar", "dogwood", "elm", "fir", "gum", "hazel", "iris", "juniper", "kapok", "larch"), 1
    )
)
SHEET = (
    f"@import 'x.css';\n:root {{ --shelf-gap: 3px; --bs-blue: #00f }}\nbody {{ font-family: 'Cairo', Arial, sans-serif }}\n{RULES}"
)


def traces(*sheets: str, page: str = PAGE) -> list[Trace]:
    resources = []
    for url, text, kind, role in [
        ("https://shop.example/", page, "text/html", Role.HOME),
        *((f"https://shop.example/s{n}.css", sheet, "text/css", Role.STYLE) for n, sheet in enumerate(sheets)),
    ]:
        raw = text.encode()
        resources.append(
            Resource(url, 200, (("Content-Type", kind),), raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", role)
        )
    capture = Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", tuple(resources))
    return list(style.take(read(capture)))


def values(found: list[Trace], kind: str) -> set[str]:
    return {trace.value for trace in found if trace.kind == kind}


def shown(found: list[Trace], kind: str) -> set[str]:
    return {trace.text for trace in found if trace.kind == kind}


def minified(sheet: str) -> str:
    text = sheet.replace("/* a note */", "").replace("\n", "").replace("    ", "")
    for mark in "{}:;,>":
        text = text.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return text.replace(";}", "}")


BAGS = ("style.selector", "style.block", "style.custom_property")


def test_all_is_class_a_and_the_palette_is_never_compared() -> None:
    assert {kind.cls for kind in style.KINDS} == {EvidenceClass.COPYABLE}
    assert {kind.name for kind in style.KINDS if kind.mode is Mode.NOTE} == {"style.palette"}


@pytest.mark.parametrize("kind", BAGS)
def test_minifying_changes_no_feature(kind: str) -> None:
    assert values(traces(SHEET), kind) == values(traces(minified(SHEET)), kind) != set()


def test_comments_and_white_space_leave_the_sheets_digest() -> None:
    assert (
        values(traces(SHEET), "style.sheet") == values(traces("/* ours */\n" + SHEET.replace("\n", "\n\n")), "style.sheet") != set()
    )


def test_recolouring_changes_the_palette_and_no_block() -> None:
    other = SHEET.replace("#A1B2", "#0C1D").replace("#ccc", "rgba(1, 2, 3, .5)")
    before, after = traces(SHEET), traces(other)
    assert values(before, "style.block") == values(after, "style.block") != set()
    assert values(before, "style.palette") != values(after, "style.palette")


def test_renamed_classes_leave_the_blocks_and_the_band() -> None:
    other = SHEET.replace("shelf-", "q").replace("pane-", "z")
    before, after = traces(SHEET), traces(other)
    assert values(before, "style.selector") & values(after, "style.selector") <= values(
        traces(":root{a:b}body{a:b}"), "style.selector"
    )
    assert values(before, "style.block") == values(after, "style.block")


def test_library_sheets_and_rules_named_after_libraries_stay_out_of_the_bags() -> None:
    library = "/*!\n * Bootstrap v4.3.1\n */\n" + ".own-name{margin:0;padding:0;border:0}\n" * 20
    found = traces(library, SHEET + "\n.owl-item .x { margin: 1px; padding: 2px; width: 3px }")
    selectors = shown(found, "style.selector")
    assert ".own-name" not in selectors
    assert not any("owl-item" in selector for selector in selectors)
    assert any(".shelf-alder" in selector for selector in selectors)
    assert any("bootstrap" in text for text in shown(found, "style.sheet"))


def test_own_custom_properties_are_taken_and_libraries_left() -> None:
    assert shown(traces(SHEET), "style.custom_property") == {"--shelf-gap"}


def test_fonts_come_from_sheets_and_links_and_system_fonts_are_left() -> None:
    page = PAGE.replace(
        "<body>",
        '<head><link href="https://fonts.googleapis.com/css?family=Nunito+Sans:400,700|Lora" rel="stylesheet"></head><body>',
    )
    assert values(traces(SHEET, page=page), "style.font") == {"cairo", "nunito sans", "lora"}


def test_rules_inside_media_queries_are_read_and_keyframes_are_not() -> None:
    media = "@media (max-width: 9px) { .deep-shelf { margin: 1px; padding: 1px; width: 1px } }"
    sheet = f"{media}\n@keyframes k {{ from {{ top: 0 }} to {{ top: 9px }} }}"
    assert shown(traces(sheet), "style.selector") == {".deep-shelf"}


def test_inline_style_elements_are_read() -> None:
    page = PAGE.replace("<body>", "<head><style>.inline-shelf { margin: 1px; padding: 2px; float: left }</style></head><body>")
    assert ".inline-shelf" in shown(traces(page=page), "style.selector")


def test_strings_with_braces_do_not_end_a_block() -> None:
    sheet = ".quoted-shelf::before { content: '}{;'; margin: 1px; padding: 2px } .next-shelf { margin: 1px }"
    assert shown(traces(sheet), "style.selector") == {".quoted-shelf::before", ".next-shelf"}


@pytest.mark.parametrize(
    "sheet",
    [
        "{" * 300_000,
        "a{" * 200_000,
        "'" * 300_000,
        "/*" * 300_000,
        "@media x{" * 100_000,
        "a{b:" + "(" * 400_000,
        "}" * 400_000,
        "\\" * 300_000,
    ],
)
def test_hostile_sheets_end_and_are_bounded(sheet: str) -> None:
    assert len(traces(sheet)) <= 512 * 3 + 200
