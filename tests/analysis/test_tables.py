"""Tables written and read a piece at a time: in order, whole, and with equal texts kept once."""

from __future__ import annotations

import random
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import tables
from analysis.tables import in_order, read_parquet, write_parquet


@dataclass(frozen=True, slots=True)
class Row:
    """One of every type a table may have."""

    site: str
    bits: float
    many: int
    icon: bytes
    later: str = ""


@dataclass(frozen=True, slots=True)
class Older:
    """A row of before ``later`` was a column."""

    site: str
    bits: float
    many: int
    icon: bytes


ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from(["a.example", "b.example", "c.example", ""]),
        st.floats(-100, 100),
        st.integers(-12, 12),
        st.binary(max_size=2),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=2),
    ),
    max_size=30,
)


@given(ROWS)
def test_rows_are_in_order_of_all_their_columns_as_text(rows: list[Row]) -> None:
    as_text = sorted(
        (tuple(value.hex() if isinstance(value, bytes) else str(value) for value in astuple(row)), row) for row in rows
    )
    assert list(in_order(rows, Row)) == [row for _, row in as_text]


@pytest.mark.parametrize("batch", [1, 3, 10, 1000])
@pytest.mark.parametrize("count", [0, 1, 9, 10, 11])
def test_what_is_written_in_batches_is_read_back_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, count: int
) -> None:
    monkeypatch.setattr(tables, "_BATCH", batch)
    monkeypatch.setattr(tables, "_READ", batch)
    path = tmp_path / "it's a table.parquet"
    rows = tuple(Row(f"site{number}", number / 3, number, bytes([number]), "ö\n" * number) for number in range(count))
    assert write_parquet(iter(rows), Row, path) == count
    assert read_parquet(path, Row) == rows
    assert list(tmp_path.iterdir()) == [path], "nothing is left beside the table"


def test_equal_texts_are_one_object(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    write_parquet([Row("shop.example", 0.0, number, b"", "a sentence of many rows") for number in range(40)], Row, path)
    rows = read_parquet(path, Row)
    assert len(rows) == 40
    assert len({id(row.later) for row in rows}) == 1
    assert len({id(row.site) for row in rows}) == 1


def test_a_column_that_an_older_file_lacks_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    write_parquet([Older("shop.example", 1.5, 2, b"\x00")], Older, path)
    assert read_parquet(path, Row) == (Row("shop.example", 1.5, 2, b"\x00"),)


def test_a_torn_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    path.write_bytes(b"torn")
    with pytest.raises(duckdb.Error):
        read_parquet(path, Row)


def test_one_table_is_the_same_bytes_however_it_was_shuffled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_BATCH", 7)
    rows = [Row(f"site{number % 5}", float(number), number, b"", "") for number in range(30)]
    shuffled = random.Random(1).sample(rows, len(rows))
    write_parquet(in_order(rows, Row), Row, tmp_path / "one.parquet")
    write_parquet(in_order(shuffled, Row), Row, tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
