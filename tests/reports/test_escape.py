"""Every output has one function that makes a hostile string safe; here each is attacked with what fools that output."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import escape

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["", "'", "''=1", "=1+1", "\t=1", "＝cmd|' /C calc'!A0", "-2", "a\x00b"]
)


@given(ANY_TEXT)
def test_terminal_shows_what_would_act(text: str) -> None:
    shown = escape.terminal(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066\u200b\u2028" for c in shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]8;;http://x\x07", "\\x1b]8;;http://x\\x07"),
        ("good\rbad", "good\\x0dbad"),
        ("a\nb", "a\\x0ab"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202egnp", "abc\\u202egnp"),
        ("\ud800", "\\ud800"),
        ("Žižkov 北京 مرحبا", "Žižkov 北京 مرحبا"),
    ],
)
def test_terminal_writes_out_only_what_is_unseen(text: str, shown: str) -> None:
    assert escape.terminal(text) == shown


@given(ANY_TEXT)
def test_a_neutralised_cell_is_no_formula_and_can_be_read_back(text: str) -> None:
    cell = escape.neutralise(text)
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert escape.unneutralise(cell) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=4))
def test_a_csv_line_reads_back_to_the_original(cells: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(escape.csv_line(cells), newline="")))
    assert [[escape.unneutralise(cell) for cell in row] for row in rows] == [cells] or cells == [""]


def test_our_own_negative_numbers_stay_numbers() -> None:
    assert escape.csv_line(["-1", -1.5, True, 3]) == '"\'-1",-1.5,true,3\n'


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://shop.example/a/b.html?x=1.2", "hxxps://shop[.]example/a/b.html?x=1.2"),
        ("http://user@shop.example:8080", "hxxp://user@shop[.]example:8080"),
        ("shop.example", "shop[.]example"),
        ("HTTP://SHOP.EXAMPLE/", "hxxp://SHOP[.]EXAMPLE/"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("ftp://a.example/x", "fxp://a[.]example/x"),
        ("https://a.example/?to=http://b.example/", "hxxps://a[.]example/?to=http[:]//b.example/"),
        ("shop[.]example", "shop[.]example"),
    ],
)
def test_defanged_addresses(address: str, safe: str) -> None:
    assert escape.defang(address) == safe


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("see https://a.example/x.css", "see hxxps://a[.]example/x.css"),
        ("mail sales@shop.co.uk.", "mail sales@shop[.]co[.]uk."),
        ("style.css and main.js of version 1.2.3", "style.css and main.js of version 1.2.3"),
        ("the same picture file: a.jpg", "the same picture file: a.jpg"),
        ("on 10.0.0.1", "on 10[.]0[.]0[.]1"),
        ("пример.рф says", "пример[.]рф says"),
        ("already hxxp://a[.]example", "already hxxp://a[.]example"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
    ],
)
def test_free_text_is_defanged_and_stays_readable(text: str, safe: str) -> None:
    assert escape.defang_text(text) == safe


def test_html_is_escaped_and_isolated() -> None:
    assert str(escape.html("<b>\u202ex")) == "<bdi>&lt;b&gt;\\u202ex</bdi>"


@given(st.recursive(ANY_TEXT | st.integers(), lambda inner: st.lists(inner, max_size=3)))
def test_json_in_html_cannot_end_its_element(value: object) -> None:
    text = str(escape.json_for_html(value))
    assert not any(c in text for c in "<>&\u2028\u2029")
    text.encode("utf-8")
    json.loads(text)


@given(ANY_TEXT)
def test_xml_holds_every_text(text: str) -> None:
    kept, _ = escape.xml_text(text)
    node = ElementTree.Element("x")
    node.text = kept
    ElementTree.fromstring(ElementTree.tostring(node, encoding="utf-8"))


def test_xml_counts_what_it_replaced() -> None:
    assert escape.xml_text("a\x00\x0b\ufffe\tb") == ("a\ufffd\ufffd\ufffd\tb", 3)


@pytest.mark.parametrize("words", ["a\nBcc: x@y", "a\rb", "\x00", "\ud800", "a\u202eb", "x" * 5000])
def test_a_header_of_foreign_words_is_a_bug_and_refused(words: str) -> None:
    with pytest.raises(ValueError, match="own words"):
        escape.mail_header(words)


@pytest.mark.parametrize(
    "identifier", ["../../x", "CON", "nul.html", "a" * 300, "a\x00b", "x.", "\u202egpj", "=cmd.csv", "", "C-1"]
)
def test_file_names_come_from_the_id_only_and_are_harmless(identifier: str) -> None:
    name = escape.file_name(identifier, ".html")
    assert name.isascii()
    assert len(name) <= 110
    assert name.startswith("cluster-")
    assert set(name.removesuffix(".html")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


def test_two_ids_never_share_a_file_name() -> None:
    ids = ["c-1", "C-1", "c/1", "c 1", "c-1-", "a" * 80, "a" * 81, "a" * 82]
    assert len({escape.file_name(identifier, "") for identifier in ids}) == len(ids)


def test_an_icon_is_a_small_png_or_nothing() -> None:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    assert escape.icon_uri(head + b"\x00\x00\x00\x40\x00\x00\x00\x40" + b"\x08\x06\x00\x00\x00crc!").startswith(
        "data:image/png;base64,"
    )
    assert escape.icon_uri(head + b"\x00\x01\x00\x40\x00\x00\x00\x40" + b"\x08\x06\x00\x00\x00crc!") == ""
    assert escape.icon_uri(b"<svg onload=alert(1)>" * 3) == ""
    assert escape.icon_uri(b"") == ""


def test_look_alikes_are_found_by_what_they_look_like() -> None:
    assert escape.skeleton("р\u0430y\u200bраl") == "paypal"
    assert escape.skeleton("Ünïcode") == "unicode"
