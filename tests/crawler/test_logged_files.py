"""Files of logged certificates: what crt.sh and people write is read, and what cannot be used is named with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler import logged_files
from crawler.logged_files import Row, read_rows
from crawler.problems import InputProblem

KEY = "5a" * 32
OBJECT = {
    "issuer_ca_id": 7,
    "issuer_name": "C=US,  O=Example,\nCN=E1",
    "common_name": "shop.example",
    "name_value": "Shop.Example\n*.shop.example\nsomebody@shop.example\nExample Ltd\nxn--bcher-kva.example.",
    "id": 99,
    "entry_timestamp": "2026-01-01T00:00:01.5",
    "not_before": "2026-01-01T00:00:00",
    "not_after": "2026-03-31T23:59:59",
    "serial_number": "03ABE9",
}
READ = Row(
    frozenset({"shop.example", "*.shop.example", "xn--bcher-kva.example"}),
    issuer="C=US, O=Example, CN=E1",
    serial="3abe9",
    number="99",
    not_before="2026-01-01T00:00:00Z",
    not_after="2026-03-31T23:59:59Z",
)


def rows(folder: Path, content: str | bytes) -> list[tuple[int, Row]]:
    path = folder / "given"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_rows(path))


def refused(folder: Path, content: str | bytes) -> str:
    with pytest.raises(InputProblem) as found:
        rows(folder, content)
    assert str(folder / "given") in str(found.value)
    assert "\n" not in str(found.value)
    return str(found.value)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_list_of_crt_sh_is_read_however_it_is_laid_out(tmp_path: Path, indent: int | None, mark: str) -> None:
    found = rows(tmp_path, mark + json.dumps([OBJECT, OBJECT], indent=indent))
    assert [row for _, row in found] == [READ, READ]
    assert [line for line, _ in found] == ([1, 1] if indent is None else [2, 13])


@pytest.mark.parametrize("between", ["\n", "", "\r\n\r\n"])
def test_objects_one_after_another_are_read(tmp_path: Path, between: str) -> None:
    found = rows(tmp_path, between.join([json.dumps(OBJECT)] * 2) + "\n")
    assert found == [(1, READ), (1 + between.count("\n"), READ)]


def test_an_empty_answer_of_crt_sh_is_no_fault(tmp_path: Path) -> None:
    assert rows(tmp_path, "[]\n") == []


def test_names_of_people_and_firms_cover_nothing(tmp_path: Path) -> None:
    ((_, row),) = rows(tmp_path, json.dumps([{"name_value": "a@b.example", "common_name": "Some Firm"}]))
    assert row.names == frozenset()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read(tmp_path: Path, delimiter: str) -> None:
    head = ["names", "spki", "issuer", "serial", "not_before", "not_after"]
    cells = ['"shop[.]example *.other.example"', ":".join([KEY[:2].upper()] * 32), "CN=E1", "0a:0B", "2026-01-01", "2026-03-31"]
    ((line, row),) = rows(tmp_path, f"{delimiter.join(head)}\r\n\r\n{delimiter.join(cells)}\r\n")
    assert line == 3
    assert row == Row(
        frozenset({"shop.example", "*.other.example"}),
        is_whole=True,
        spki=KEY,
        issuer="CN=E1",
        serial="a0b",
        not_before="2026-01-01T00:00:00Z",
        not_after="2026-03-31T23:59:59Z",
    )


def test_a_host_does_not_tell_the_other_names(tmp_path: Path) -> None:
    (_, by_host), (_, by_names) = rows(tmp_path, "host,names\nb.example,\nb.example,a.example")
    assert (by_host, by_names) == (Row(frozenset({"b.example"})), Row(frozenset({"a.example", "b.example"}), is_whole=True))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-02T06:00:00+02:00", "2026-03-02T04:00:00Z"),
        ("2026-03-02 06:00:00.75", "2026-03-02T06:00:00Z"),
        ("2026-03-02", "2026-03-02T23:59:59Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_an_end_is_in_utc_and_a_day_is_whole(tmp_path: Path, text: str, read: str) -> None:
    ((_, row),) = rows(tmp_path, f"host,not_after\na.example,{text}\n")
    assert row.not_after == read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty: give crt.sh's JSON"),
        (b"host\n\xff\xfe.example\n", "line 2: not UTF-8 text; save it"),
        (
            "<html>502 Bad Gateway</html>",
            "line 1: no column host or names in the head; give CSV with one of them, or crt.sh's JSON",
        ),
        ("host,valid_from\na.example,2026-01-01\n", "line 1: no column is named 'valid_from'; rename or remove it"),
        ("host,host\na.example,b.example\n", "line 1: a column stands there twice; remove one"),
        ("host,issuer\na.example\n", "line 2: 1 cells where the head has 2; quote cells"),
        ("host,issuer\n,me\n", "line 2: neither host nor names; fill one of them or remove the row"),
        ("host\na.example\nhttps://b.example/\n", "line 3: 'https://b.example/' is no host name; write it like www.shop.example"),
        ("host\n*.com\n", "line 2: '*.com' is no host name"),
        ("host\nf*.shop.example\n", "is no host name"),
        ("host\n\x1b]0;owned\x07\n", r"line 2: '\x1b]0;owned\x07' is no host name"),
        ("host,spki\na.example,abc\n", "line 2: 'abc' is no public key's SHA-256; write its 64 hexadecimal digits"),
        ("host,serial\na.example,seven\n", "line 2: 'seven' is no serial number; write its hexadecimal digits"),
        ("host,not_after\na.example,soon\n", "line 2: not_after 'soon' is no date; write it like 2026-03-02"),
        ("host,not_after\na.example,9999-12-31T23:59:59-12:00\n", "is no date"),
        ("host,not_before,not_after\na.example,2026-03-02,2026-03-01\n", "lies before not_before 2026-03-02T00:00:00Z; mend"),
        ('host\n"a.example\nb.example\n', "line 2: no CSV (unexpected end of data); quote cells"),
        (f"host\n{'a' * 200_000}\n", "line 2: no CSV (field larger than field limit (131072)); quote cells"),
        ('[{"name_value": "a.example"},\n 5]', "line 2: no object; give one object a certificate"),
        ('[{"name_value": "a.example"}', "line 1: the list breaks off or goes on wrongly; give the answer of crt.sh"),
        ('[{"name_value": "a.example"}\n{"name_value": "b.example"}]', "line 2: the list breaks off or goes on wrongly"),
        ('[{"name_value": "a.example"}]\n[]', "the list breaks off or goes on wrongly"),
        ('[{"name_value": "a.example"},\n{"name_value": "b]', "line 2: no JSON (Unterminated string"),
        ('{"issuer_name": "E1"}', "line 1: neither name_value nor common_name; give the answer"),
        ('{"name_value": ["a.example"]}', "line 1: name_value is no text; give the answer"),
        ('{"name_value": "a.example", "id": true}', "line 1: an id that is no number; give the answer"),
        ('{"name_value": "a.example"}\n' + "[" * 200_000, "line 2: JSON that no list of certificates holds"),
        ('{"name_value": "a.example", "id": ' + "9" * 5000 + "}", "line 1: JSON that no list of certificates holds"),
        (json.dumps({"name_value": "a.example\n" * 200_000}), "line 1: name_value is longer than in any certificate"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_mend(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert said in refused(tmp_path, content)


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most, said in (
        ("_MAX_ROWS", 2, "line 4: more than 2 rows; keep the rows"),
        ("_MAX_NAMES", 2, "line 4: more than 2 names; keep the rows"),
        ("_MAX_BYTES", 1024, "is larger than 0 MB: keep the certificates"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(logged_files, name, most)
            assert said in refused(tmp_path, "host\na.example\nb.example\nc.example\n" + "\n" * 1024)


def test_what_is_no_file_is_one_sentence(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "Is a directory"), (tmp_path / "none", "No such file")):
        with pytest.raises(InputProblem, match=said):
            list(read_rows(path))


def test_a_lone_surrogate_does_not_reach_the_archive(tmp_path: Path) -> None:
    ((_, row),) = rows(tmp_path, '{"name_value": "a.example\\n\\ud800.example", "issuer_name": "CN=\\ud800"}')
    assert row.issuer == "CN=?"
    assert row.names == {"a.example"}
