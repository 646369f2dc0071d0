"""The hosts file: hosts(5) lines, ports beside addresses, and errors that say what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.hostsfile import HostEntry, HostsFileError, read_hosts
from crawler.problems import InputProblem


def read(tmp_path: Path, text: str) -> dict[str, tuple[HostEntry, ...]]:
    path = tmp_path / "hosts"
    path.write_text(text, "utf-8")
    return dict(read_hosts(path).names)


def test_lines_of_hosts_5(tmp_path: Path) -> None:
    names = read(
        tmp_path, "# shops\n127.0.0.1\tshop.example  www.shop.example # two\n\n::1 shop.example\n127.0.0.1 Магазин.example.\n"
    )
    assert names == {
        "shop.example": (HostEntry("127.0.0.1"), HostEntry("::1")),
        "www.shop.example": (HostEntry("127.0.0.1"),),
        "xn--80aairftm.example": (HostEntry("127.0.0.1"),),
    }


def test_ports_stand_in_for_80_and_443(tmp_path: Path) -> None:
    names = read(tmp_path, "127.0.0.1:18080,18443 a.example\n[::1]:8000,8001 b.example\n127.0.0.1:18080 c.example\n")
    assert names["a.example"] == (HostEntry("127.0.0.1", 18080, 18443),)
    assert names["b.example"] == (HostEntry("::1", 8000, 8001),)
    assert names["c.example"] == (HostEntry("127.0.0.1", 18080, 443),)
    assert [names["a.example"][0].port(port) for port in (80, 443, 8080)] == [18080, 18443, 8080]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("shop.example 127.0.0.1", "write the address first"),
        ("127.0.0.1", "an address without a name"),
        ("127.0.0.1:1,2,3 shop.example", "are not ports"),
        ("127.0.0.1:0,443 shop.example", "between 1 and 65535"),
        ("127.0.0.1:99999,1 shop.example", "between 1 and 65535"),
        ("127.0.0.1 *.shop.example", "is not a host name"),
        ("127.0.0.1 127.0.0.2", "is not a host name"),
        ("[::1 shop.example", "is not an address"),
        ("999.0.0.1 shop.example", "is not an address"),
    ],
)
def test_bad_lines_name_file_line_and_mend(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(HostsFileError, match=says) as error:
        read(tmp_path, f"127.0.0.1 good.example\n{line}\n")
    assert f"{tmp_path / 'hosts'}:2:" in str(error.value)
    assert isinstance(error.value, InputProblem)
