"""Bodies of scripts and sheets: what tells survives comments and white space, each body is read once."""

from __future__ import annotations

import hashlib

import pytest

from analysis.files.asset_bodies import body_told, normal_script
from crawler.captures import Resource, Role


def resource(body: str, role: Role = Role.SCRIPT) -> Resource:
    raw = body.encode()
    return Resource("https://shop.example/f", 200, (), raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", role)


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("a /* x */ b", "ab"),
        ("a /*/ x */ b", "ab"),
        ("  // x\na\n\t// y /* z\nb // c\n", "ab//c"),
        ("a /* never closed", "a/*neverclosed"),
        (f"a /*{'x' * 20_000}*/ b", "ab"),
        (f"a /*{'x' * 20_001}*/ b", f"a/*{'x' * 20_001}*/b"),
        (f"'*/*' {'x' * 30_000} /* c */ d", f"'*/*'{'x' * 30_000}d"),
        ("é\u2003 /* ü */ b", "éb"),
    ],
)
def test_comments_and_white_space_do_not_tell(source: str, bare: str) -> None:
    assert normal_script(source) == normal_script(bare)
    assert normal_script(bare) == (hashlib.sha256(bare.encode()).hexdigest()[:32], len(bare))


def test_the_own_name_is_nobodys_though_the_body_was_read_for_another() -> None:
    script = resource("open('https://one.example/');")
    other = resource("open('https://two.example/');")
    assert body_told(script, "none.example") != body_told(other, "none.example")
    assert body_told(script, "one.example") == body_told(other, "two.example")
    assert body_told(script, "none.example").text == normal_script("open('https://one.example/');")[0]


def test_maps_and_folders_of_a_computer_are_told() -> None:
    body = "'C:\\\\Users\\\\joe\\\\shop\\\\a.js'; x;/home/ann/shop/b.js\n//# sourceMappingURL=shop.js.map"
    told = body_told(resource(body), "")
    assert told.source_map == "shop.js.map"
    assert told.paths == ("C:\\Users\\joe\\shop\\a.js", "/home/ann/shop/b.js")


def test_a_theme_is_told_by_a_sheets_header_and_no_script() -> None:
    header = "/*\nTheme Name: Cellar\n*/ a{b:c}"
    assert body_told(resource(header, Role.STYLE), "").theme == "Cellar"
    assert body_told(resource(header, Role.SCRIPT), "").theme == ""


@pytest.mark.parametrize("body", ["/*" * 400_000, "/*" * 300_000 + "*/", "\n//" * 300_000, "//" + " " * 900_000])
def test_hostile_scripts_are_read_in_a_line(body: str) -> None:
    assert normal_script(body)[1] <= len(body)
